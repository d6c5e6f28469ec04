"""Files written whole or not at all, named in place of no other, or read no further than they may be long; digests."""

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
STALE_S: Final = 60.0
"""Age at which a claim on a name is that of a writer who died: it is held for two steps in a folder; seconds."""

_MOST_OF_A_NAME: Final = 40
"""Bytes of a name that a hidden name repeats: the longest name, of 255 bytes, has no room for more."""


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
def writing(path: Path, mode: int = 0o666, only_new: bool = False) -> Iterator[BinaryIO]:
    """Yield a stream, readable too, for what takes the place of ``path`` in one step when the block ends.

    It is on the disk then. Where the block raises, or the disk does not take it (OSError), the file before stays.

    Args:
        path: The file; its folder exists.
        mode: Who may use a new file, as far as the user's mask lets them.
        only_new: It takes the place of no other: FileExistsError where a file has the name, or was given it meanwhile.
    """
    part = path.with_name(f".{_short(path.name)}.{secrets.token_hex(4)}.part")
    try:
        handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if only_new:
            publish(part, path)
        else:
            part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def publish(part: Path, target: Path) -> None:
    """Give a whole file its name, never in place of a file that has it. ``part`` may be left; :func:`sync_folder` next.

    Args:
        part: The file, on the disk, in the folder of ``target``, under a hidden name.
        target: Its name.

    Raises:
        FileExistsError: A file has the name; OSError: it was not named, and can be later.
    """
    if os.name == "nt":
        part.rename(target)  # there a rename replaces nothing
        return
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:  # FAT, or a share that knows no hard links
        with _claim(part, target):
            if target.exists():
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
            part.rename(target)


@contextmanager
def _claim(part: Path, target: Path) -> Iterator[None]:
    """Hold a name while it is looked for and given.

    A rename of POSIX replaces whatever is there, and Python has no way to the one of Linux that does not, which such
    shares mostly refuse besides. So the name is claimed with a hidden file that only one writer can make: between two
    of this program looking and naming are one step. The name itself is no claim: others would read an empty file, for
    ever after a crash. Against other programs, and for a writer stopped longer than STALE_S in between, it is no help.
    """
    claim = target.with_name(_claim_of(target.name))
    with suppress(FileNotFoundError):
        os.utime(part)  # both ages by the clock of the share
        if part.stat().st_mtime - claim.stat().st_mtime > STALE_S:
            claim.unlink()
    try:
        os.close(os.open(claim, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(target)) from None
    try:
        yield
    finally:
        with suppress(OSError):
            claim.unlink()


def _short(name: str) -> str:
    """Return as much of a name as a hidden name repeats; no character is cut in two."""
    return os.fsencode(name)[:_MOST_OF_A_NAME].decode("utf-8", "ignore")


def _claim_of(name: str) -> str:
    """Return the hidden name that claims ``name``; of two long names, each has its own."""
    short = _short(name)
    if short == name:
        return f".{name}.claim"
    return f".{short}.{hashlib.sha256(os.fsencode(name)).hexdigest()[:16]}.claim"


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
