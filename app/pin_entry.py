"""A PIN for a command: typed unseen in the terminal, or read from a file. Never from the command line."""

from __future__ import annotations

import getpass
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from app.errors import ProfileFault
from resources.notices import sentence

VARIABLE: Final = "DOUMI_PIN_FILE"
"""Names a file whose first line is the PIN; only its owner may read it."""
MAX_BYTES: Final = 1_000


class AskedPin:
    """Asks when a key needs it, once; says whose PIN is meant."""

    def __init__(self, whose: Callable[[], str]) -> None:
        self._whose = whose
        self._pin: str | None = None

    def __call__(self) -> str:
        """Return the PIN. Raises ProfileFault: there is nobody to ask, or the file cannot be used."""
        if self._pin is None:
            self._pin = from_file() or self._typed()
        return self._pin

    def _typed(self) -> str:
        if not sys.stdin.isatty():
            raise ProfileFault("profiles.pin_needed", variable=VARIABLE)
        return getpass.getpass(sentence("profiles.ask_pin", name=self._whose()) + " ")


def from_file() -> str:
    """Return the PIN of the file that the environment names; empty where it names none. Raises ProfileFault."""
    named = os.environ.get(VARIABLE, "")
    if not named:
        return ""
    file = Path(named)
    try:
        if os.name != "nt" and stat.S_IMODE(file.stat().st_mode) & 0o077:
            raise ProfileFault("profiles.pin_file_open", path=str(file))
        with file.open("rb") as stream:
            text = stream.read(MAX_BYTES).decode("utf-8")
    except (OSError, UnicodeDecodeError):
        raise ProfileFault("profiles.pin_file", path=str(file)) from None
    return text.split("\n", 1)[0].strip("\r\n")


def new_pin() -> str:
    """Return a new PIN: typed twice in the terminal, else the first line of standard input; may be empty.

    Raises:
        ProfileFault: ``profiles.pins_differ``.
    """
    if not sys.stdin.isatty():
        return sys.stdin.readline(MAX_BYTES).rstrip("\r\n")
    first = getpass.getpass(sentence("profiles.ask_new_pin") + " ")
    if getpass.getpass(sentence("profiles.ask_again") + " ") != first:
        raise ProfileFault("profiles.pins_differ")
    return first
