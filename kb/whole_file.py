"""Files written whole or not at all, small files of others read no further than they may be long, and digests."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

SMALL: Final = 1_000_000
"""Bytes of a key, a pointer, a note."""


def take(path: Path, limit: int = SMALL) -> bytes:
    """Return a file's content. Raises OSError: it cannot be read, or is longer than ``limit`` bytes."""
    with path.open("rb") as file:
        raw = file.read(limit + 1)
    if len(raw) > limit:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return raw


def put(path: Path, content: bytes, mode: int = 0o666) -> None:
    """Replace ``path`` in one step, on the disk before it returns. Raises OSError; then the file before stays.

    Args:
        path: The file; its folder exists.
        content: All of it.
        mode: Who may use a new file, as far as the user's mask lets them.
    """
    with writing(path, mode) as file:
        file.write(content)


@contextmanager
def writing(path: Path, mode: int = 0o666) -> Iterator[BinaryIO]:
    """Yield a stream, readable too, for what takes the place of ``path`` in one step when the block ends.

    It is on the disk then. Where the block raises, or the disk does not take it (OSError), the file before stays.

    Args:
        path: The file; its folder exists.
        mode: Who may use a new file, as far as the user's mask lets them.
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` durable, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256_of(file: Path) -> str:
    """Return the hex SHA-256 of a file, read in pieces."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
