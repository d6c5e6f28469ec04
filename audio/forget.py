"""Destroys a call's sound for good: first the keys in its journals, then the files, then the folder.

A journal's sound can be had only with the key in its header (two copies, see :mod:`audio.journal`). The headers are
overwritten and synced before anything is unlinked, so what a file system keeps of an unlinked file is unreadable even
with the desk's key. Whatever step a crash comes after, doing it again ends the same.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from audio.journal import DATA_START

_FLAGS: Final = os.O_WRONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


def forget(folder: Path, step: Callable[[str], None] = lambda name: None) -> int:
    """Destroy everything in the folder of one call; returns the bytes that went. Twice is once.

    Args:
        folder: Of the call's journals; nothing happens where it is absent.
        step: Told the name of each durable step: ``key``, ``file``, ``folder``.

    Raises:
        OSError: A key could not be overwritten or a file not be removed; the others are destroyed all the same.
    """
    if not folder.is_dir():
        return 0
    files = sorted(file for file in folder.rglob("*") if file.is_symlink() or file.is_file())
    failed: OSError | None = None
    gone = 0
    for file in files:
        try:
            size = 0 if file.is_symlink() else file.stat().st_size
            _overwrite_keys(file, size)
            gone += size
            step("key")
        except OSError as error:
            failed = error
    if failed is not None:
        raise failed
    for file in files:
        file.unlink(missing_ok=True)
        step("file")
    for inner in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
        inner.rmdir()
    with suppress(FileNotFoundError):
        folder.rmdir()
    _sync(folder.parent)
    step("folder")
    return gone


def _overwrite_keys(file: Path, size: int) -> None:
    """Put zeros over both headers, on the disk before it returns."""
    if file.is_symlink() or not size:
        return
    handle = os.open(file, _FLAGS)
    try:
        left = memoryview(bytes(min(DATA_START, size)))
        while left:
            left = left[os.write(handle, left) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
