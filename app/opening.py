"""What a desktop hands over when a person opens the program or a file with it, and how it is answered there.

Shortcuts, file types and links start the program with :data:`OPENED` first (on Windows with the program without a
console): nobody reads standard error then, so why the desk or a file did not open is told in a window. A link never
opens one: the telephony program sends it while the counsellor works.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final, TextIO

from app.screen import has_screen
from resources.notices import Fault, sentence

OPENED: Final = "--opened"
PACKAGE: Final = ".doumi"
"""Ending of a session package, ``application/vnd.doumi.session``."""


def start(arguments: list[str], windowed: bool, settle: Callable[[], None], cli: Callable[[list[str]], int]) -> int:
    """Run what was asked and tell what could not be done where the person looks; returns the exit code.

    Args:
        arguments: As the program got them.
        windowed: It has no console at all.
        settle: See :func:`app.portable.settle`.
        cli: The command line, which follows links too.
    """
    by_hand = windowed or arguments[:1] == [OPENED]
    asked = arguments[1:] if arguments[:1] == [OPENED] else arguments
    asked = asked or (["run"] if by_hand else [])
    if not by_hand or not (asked[0] == "run" or _is_package(asked)):
        return _run(asked, settle, cli)
    said, console = _Kept(sys.stderr), sys.stderr
    sys.stderr = said
    try:
        code = _run(asked, settle, cli)
    finally:
        sys.stderr = console
    # A second start has brought the open window to the front: that is its answer.
    if code and said.last and said.last != sentence("cli.second_copy") and has_screen():
        from ui.told import show

        show(said.last)
    return code


class _Kept(io.TextIOBase):
    """Standard error, where there is one, with its last line kept: what a command could not do is one sentence."""

    def __init__(self, console: TextIO | None) -> None:
        self._console = console
        self.last = ""

    def write(self, text: str) -> int:
        lines = text.strip().splitlines()
        self.last = lines[-1] if lines else self.last
        if self._console is not None:
            self._console.write(text)
        return len(text)

    def flush(self) -> None:
        if self._console is not None:
            self._console.flush()


def _run(asked: list[str], settle: Callable[[], None], cli: Callable[[list[str]], int]) -> int:
    try:
        settle()
    except Fault as fault:
        print(fault, file=sys.stderr)
        return 1
    if not _is_package(asked):
        return cli(asked)
    file = Path(asked[0])
    if not file.is_file():
        print(sentence("cli.package_missing", name=file.name), file=sys.stderr)
        return 1
    return cli(["replay", "--", asked[0]])


def _is_package(asked: list[str]) -> bool:
    return len(asked) == 1 and Path(asked[0]).suffix.lower() == PACKAGE
