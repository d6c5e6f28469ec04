"""SHA-256 of model files, computed once and again only when a file changes.

Hashing half a gigabyte at every start would hold it up. What is remembered holds as long as a file's size, times and
place in the file system are the same; ``doumi models verify`` reads every byte whatever is remembered.
"""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from pathlib import Path
from typing import Final

from kb.whole_file import put, sha256_of, take

MAX_BYTES: Final = 2_000_000
MAX_FILES: Final = 5_000
_State = tuple[int, int, int, int]


class FileHashes:
    """Remembers digests in a small file. Where none can be written everything is read anew. Thread-safe."""

    def __init__(self, memory: Path, other: Path | None = None) -> None:
        """Describe where it is remembered, and where if that cannot be written; touches no disk."""
        self._places = (memory, other) if other is not None else (memory,)
        self._lock = threading.Lock()
        self._known: dict[str, tuple[_State, str]] | None = None

    def sha256(self, file: Path, fresh: bool = False) -> str:
        """Return a file's digest.

        Args:
            file: Which.
            fresh: Read it whatever is remembered.

        Raises:
            OSError: It cannot be read.
        """
        name = str(file.resolve())
        before = _state(file)
        with self._lock:
            known = self._loaded().get(name)
        if known is not None and known[0] == before and not fresh:
            return known[1]
        digest = sha256_of(file)
        if _state(file) == before:
            with self._lock:
                self._loaded()[name] = (before, digest)
                self._save()
        return digest

    def _loaded(self) -> dict[str, tuple[_State, str]]:
        if self._known is None:
            self._known = {}
            for place in self._places:
                with suppress(OSError, ValueError, TypeError, AttributeError, RecursionError):
                    self._known |= _read(place)
        return self._known

    def _save(self) -> None:
        known = self._known or {}
        kept = {name: [*state, digest] for name, (state, digest) in list(known.items())[-MAX_FILES:]}
        whole = json.dumps({name: one for name, one in kept.items() if Path(name).exists()}).encode()
        for place in self._places:
            with suppress(OSError):
                place.parent.mkdir(parents=True, exist_ok=True)
                put(place, whole)
                return


def _read(memory: Path) -> dict[str, tuple[_State, str]]:
    value = json.loads(take(memory, MAX_BYTES))
    return {
        name: ((int(size), int(modified), int(changed), int(node)), str(digest))
        for name, (size, modified, changed, node, digest) in list(value.items())[:MAX_FILES]
    }


def _state(file: Path) -> _State:
    found = file.stat()
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
