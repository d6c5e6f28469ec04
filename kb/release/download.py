"""Fetches a signed file: resumed where it was cut, never longer than signed, checked before it has its name."""

from __future__ import annotations

import hashlib
import shutil
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from kb.errors import SyncFault, SyncRefused
from kb.release.manifest import Manifest
from kb.release.ports import SignedFile, Source
from kb.whole_file import sha256_of

Progress = Callable[[float], None]

RESERVE_BYTES: Final = 300_000_000
"""What stays free for the recordings of calls, which come first."""
_PIECE: Final = 1 << 20


def small(source: Source, file: SignedFile, limit: int) -> bytes:
    """Return a small signed file.

    Raises:
        SyncUnreachable: It cannot be had.
        SyncRefused: Not as it was signed.
    """
    if file.length > limit:
        raise SyncRefused("kb.sync_too_long", name=file.name)
    held = bytearray()
    with source.read(file.path) as reading:
        for chunk in reading.chunks:
            held += chunk
            if len(held) > file.length:
                raise SyncRefused("kb.sync_too_long", name=file.name)
    if len(held) != file.length or hashlib.sha256(held).hexdigest() != file.sha256:
        raise SyncRefused("kb.sync_differs", name=file.name)
    return bytes(held)


def large(source: Source, file: SignedFile, folder: Path, progress: Progress) -> Path:
    """Bring a signed file into ``folder`` and return where it lies, checked.

    A download that is cut leaves its part there and goes on from it next time.

    Raises:
        SyncUnreachable: The address failed; the part stays.
        SyncRefused: Not as it was signed; nothing stays.
        OSError: The disk.
    """
    whole, part = folder / file.sha256, folder / f"{file.sha256}.part"
    if whole.is_file() and _is(whole, file):
        return whole
    resumed = part.is_file()
    _append(source, file, part, progress)
    if not _is(part, file):
        _forget(part)
        if resumed:  # the part of an earlier day may be what is wrong: once more from the start
            _append(source, file, part, progress)
        if not resumed or not _is(part, file):
            _forget(part)
            raise SyncRefused("kb.sync_differs", name=file.name)
    part.replace(whole)
    _forget(part)
    return whole


def _append(source: Source, file: SignedFile, part: Path, progress: Progress) -> None:
    """Fetch what is still missing of a file."""
    held = part.stat().st_size if part.is_file() else 0
    if held > file.length:
        _forget(part)
        held = 0
    if held == file.length:
        return
    mark = _mark(part)
    validator = ""
    if held:
        with suppress(OSError, UnicodeDecodeError):
            validator = mark.read_text(encoding="utf-8")[:500]
    with source.read(file.path, held, validator) as reading:
        if reading.start not in (0, held):
            raise SyncRefused("kb.sync_differs", name=file.name)
        # The mark goes first: a part never lies beside the mark of another version.
        mark.write_text(reading.validator, encoding="utf-8")
        with part.open("r+b" if reading.start else "wb") as out:
            out.seek(reading.start)
            at = reading.start
            for chunk in reading.chunks:
                if at + len(chunk) > file.length:
                    _forget_open(part)
                    raise SyncRefused("kb.sync_too_long", name=file.name)
                out.write(chunk)
                at += len(chunk)
                progress(at / file.length)


def _mark(part: Path) -> Path:
    return part.with_suffix(".etag")


def _forget(part: Path) -> None:
    part.unlink(missing_ok=True)
    _mark(part).unlink(missing_ok=True)


def _forget_open(part: Path) -> None:
    """Forget a part that is still open for writing: Windows keeps such a file, so it is emptied at least."""
    with part.open("r+b") as file:
        file.truncate(0)


def _is(path: Path, file: SignedFile) -> bool:
    if path.stat().st_size != file.length:
        return False
    return sha256_of(path) == file.sha256


def unpack(held: Path, manifest: Manifest, target: Path) -> None:
    """Make the generation file out of what was fetched, never longer than signed.

    Raises:
        SyncRefused: It does not come out as the manifest says.
        OSError: The disk.
    """
    digest = hashlib.sha256()
    written = 0
    inflate = zlib.decompressobj(wbits=31) if manifest.compressed else None
    try:
        with held.open("rb") as stream, target.open("wb") as out:
            while piece := stream.read(_PIECE):
                while piece:
                    plain = inflate.decompress(piece, _PIECE) if inflate else piece
                    piece = inflate.unconsumed_tail if inflate else b""
                    written += len(plain)
                    if written > manifest.db_bytes:
                        raise SyncRefused("kb.sync_too_long", name=manifest.file)
                    digest.update(plain)
                    out.write(plain)
                    if inflate and inflate.eof:
                        break
    except zlib.error as error:
        raise SyncRefused("kb.sync_differs", name=manifest.file) from error
    if written != manifest.db_bytes or digest.hexdigest() != manifest.db_sha256:
        raise SyncRefused("kb.sync_differs", name=manifest.file)


def need_room(folder: Path, wanted: int) -> None:
    """Refuse to begin where the recordings of calls would run out of room.

    Raises:
        SyncFault: ``kb.sync_disk_full``.
    """
    if shutil.disk_usage(folder).free < wanted + RESERVE_BYTES:
        raise SyncFault("kb.sync_disk_full", path=folder)
