"""Sentences as the site has them, for the ladder and for a crisis: ours, or with a centre's file in their place."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from assist.errors import ScriptsFault
from assist.protect import crisis_guide, scripts
from assist.protect.crisis_guide import CrisisGuide
from assist.protect.scripts import Scripts

_Kind = TypeVar("_Kind")


class SiteFile(Generic[_Kind]):
    """Reads the centre's file when it is new or changed; ours stand wherever it cannot be used. Thread-safe."""

    def __init__(
        self, file: Callable[[], Path | None], load: Callable[[Path], _Kind], shipped: Callable[[], _Kind]
    ) -> None:
        """Name the file.

        Args:
            file: The setting that names it, as it is now.
            load: Reads it. Raises ScriptsFault.
            shipped: Ours.
        """
        self._file = file
        self._load = load
        self._shipped = shipped
        self._lock = threading.Lock()
        self._read: tuple[object, _Kind, ScriptsFault | None] | None = None
        self._told: object = None

    def now(self) -> _Kind:
        """Return the sentences. Never raises a fault."""
        return self._look()[1]

    def fault(self) -> ScriptsFault | None:
        """Return what is wrong with the centre's file as it is now, once; None where nothing is or it was told."""
        state, _, fault = self._look()
        with self._lock:
            told, self._told = self._told, state
        return None if told == state else fault

    def _look(self) -> tuple[object, _Kind, ScriptsFault | None]:
        file = self._file()
        state = _state(file)
        with self._lock:
            if self._read is None or self._read[0] != state:
                self._read = (state, *self._loaded(file))
            return self._read

    def _loaded(self, file: Path | None) -> tuple[_Kind, ScriptsFault | None]:
        if file is None:
            return self._shipped(), None
        try:
            return self._load(file), None
        except ScriptsFault as fault:
            return self._shipped(), fault


class SiteScripts(SiteFile[Scripts]):
    """The sentences of the ladder."""

    def __init__(self, file: Callable[[], Path | None]) -> None:
        """Name the file: the setting ``protection.scripts`` as it is now."""
        super().__init__(file, scripts.load, scripts.shipped)


class SiteCrisisGuide(SiteFile[CrisisGuide]):
    """The steps and numbers for a person in danger."""

    def __init__(self, file: Callable[[], Path | None]) -> None:
        """Name the file: the setting ``protection.crisis_scripts`` as it is now."""
        super().__init__(file, crisis_guide.load, crisis_guide.shipped)


def _state(file: Path | None) -> object:
    if file is None:
        return None
    try:
        found = file.stat()
    except (OSError, ValueError):
        return (str(file), None)
    return (str(file), found.st_mtime_ns, found.st_size)
