"""Portable mode: home and models in a folder beside the program instead of the user's data folder.

A file beside the frozen program turns it on: ``portable`` (may be empty) or ``doumi-portable.toml``; a source checkout
takes ``DOUMI_PORTABLE=FOLDER``. Whatever the environment names by itself (``DOUMI_HOME``, ``DOUMI_MODELS``,
``DOUMI_KEY_MODE``) holds before it.

The desk key stays in the keyring of the PC, so a lost stick opens nothing, and on another PC the records stay closed
until the organisation's recovery key opens them (``doumi keys recover``). ``key = "file"`` in the file takes the key
along: whoever holds the folder then reads everything, unless the medium itself is encrypted or a PIN is set.
"""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import MutableMapping
from pathlib import Path
from typing import Final

from app.errors import StartFault
from kb.whole_file import take

MARKERS: Final = ("doumi-portable.toml", "portable")
VARIABLE: Final = "DOUMI_PORTABLE"
MODELS: Final = "models"
"""Folder beside the program where a build keeps its models, portable or not."""
_DEFAULTS: Final = {"home": "data", "models": MODELS, "key": "keyring"}
"""What ``doumi-portable.toml`` may say: folders seen from the marker, and where a new home's key lies (see above)."""
_KEYS: Final = ("keyring", "file")


def program_folder() -> Path | None:
    """Return the folder of the frozen program; None from source."""
    return Path(sys.executable).resolve().parent if getattr(sys, "frozen", False) else None


def folder() -> Path | None:
    """Return the folder of a portable desk, once :func:`settle` has run; None: not portable."""
    named = os.environ.get(VARIABLE, "")
    return Path(named) if named else None


def settle(environment: MutableMapping[str, str], program: Path | None) -> None:
    """Turn what lies beside the program into the environment that :mod:`app.home` and :mod:`app.keys` read.

    Args:
        environment: Changed in place; child processes inherit it.
        program: Folder of the frozen program; None from source.

    Raises:
        StartFault: The marker cannot be read or says what it must not.
    """
    named = environment.get(VARIABLE, "")
    base = Path(named).expanduser().absolute() if named else program
    marker = next((base / name for name in MARKERS if (base / name).is_file()), None) if base is not None else None
    if base is not None and (named or marker is not None):
        said = _read(marker)
        environment[VARIABLE] = str(base)
        _offer(environment, "DOUMI_HOME", str(base / said["home"]))
        _offer(environment, "DOUMI_MODELS", str(base / said["models"]))
        if said["key"] == "file":
            _offer(environment, "DOUMI_KEY_MODE", said["key"])
    elif program is not None and (program / MODELS).is_dir():
        _offer(environment, "DOUMI_MODELS", str(program / MODELS))


def _offer(environment: MutableMapping[str, str], name: str, value: str) -> None:
    environment[name] = environment.get(name) or value


def _read(marker: Path | None) -> dict[str, str]:
    if marker is None or marker.suffix != ".toml":
        return dict(_DEFAULTS)
    try:
        said = tomllib.loads(take(marker).decode("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise StartFault("cli.portable_broken", path=str(marker)) from error
    whole = _DEFAULTS | said
    if not said.keys() <= _DEFAULTS.keys() or not all(isinstance(one, str) and one for one in whole.values()):
        raise StartFault("cli.portable_broken", path=str(marker))
    if whole["key"] not in _KEYS:
        raise StartFault("cli.portable_broken", path=str(marker))
    return whole
