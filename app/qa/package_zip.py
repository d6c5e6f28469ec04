"""The outer file of a package: a zip of stored entries, written whole or not at all, read within bounds."""

from __future__ import annotations

import errno
import json
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from app.errors import PackageFault
from app.qa.package import FORMAT, MAX_PIECES, MAX_SEALED, MIME, VERSION
from kb import whole_file

MAX_BYTES: Final = 2_000_000_000
"""Of the whole file: over twenty hours of sound."""
_MAX_DIRECTORY: Final = 100 * (MAX_PIECES + 3)
_MAX_PIECE: Final = 1_000_000
_MAX_FORMAT: Final = 4_096
_SEALED_MARGIN: Final = 100_000
_TYPE: Final = "mimetype"
_FORMAT: Final = "format.json"
_SEALED: Final = "sealed.age"
_ID: Final = re.compile(r"[0-9a-f]{32}")
_SOUND: Final = re.compile(r"sound/([0-9]{5})")
_END: Final = struct.Struct("<4sHHHHLLH")
_END_MARK: Final = b"PK\x05\x06"
_MOST_BEHIND: Final = 1 << 16
"""Bytes of a zip's comment: whatever was added behind a package is looked for that far."""
_LOCAL: Final = struct.Struct("<4s22xHH")
_NAME_AT: Final = 30
_TYPE_AT: Final = _NAME_AT + len(_TYPE)
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Entry:
    """Where an entry lies."""

    header_at: int
    size: int
    crc: int


@dataclass(frozen=True, slots=True)
class Layout:
    """What an outer file holds."""

    file: Path
    package_id: str
    sealed: Entry
    pieces: dict[int, Entry]

    def sealed_bytes(self) -> bytes:
        """Return the sealed part. Raises PackageFault ``package.changed``."""
        return _checked(self.file, self.sealed)


class PackageWriter:
    """Adds entries in order. Made by :func:`writing`."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed

    def begin(self, package_id: str) -> None:
        """Write what is in clear."""
        self._add(_TYPE, MIME)
        self._add(_FORMAT, json.dumps({"format": FORMAT, "version": VERSION, "id": package_id}).encode())

    def piece(self, index: int, sealed: bytes) -> None:
        """Add a piece of sound."""
        self._add(f"sound/{index:05d}", sealed)

    def seal(self, sealed: bytes) -> None:
        """Add the sealed part, at last."""
        self._add(_SEALED, sealed)

    def _add(self, name: str, content: bytes) -> None:
        entry = zipfile.ZipInfo(name, _EPOCH)
        entry.external_attr = 0o600 << 16
        entry.create_system = 3
        self._packed.writestr(entry, content)


@contextmanager
def writing(file: Path) -> Iterator[PackageWriter]:
    """Write a package under a hidden name; it gets its own when all of it is on the disk.

    Raises:
        PackageFault: ``package.exists``: a file has the name already, which stays; ``package.name_too_long``,
            ``package.not_written``.
    """
    try:
        if file.exists():  # asked before the work; it is not replaced afterwards either
            raise FileExistsError
        with (
            whole_file.writing(file, 0o600, only_new=True) as stream,
            zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED, allowZip64=False) as packed,
        ):
            yield PackageWriter(packed)
        whole_file.sync_folder(file.parent)
    except zipfile.LargeZipFile:
        raise PackageFault("package.too_large") from None
    except FileExistsError:
        raise PackageFault("package.exists", path=str(file)) from None
    except OSError as error:
        code = "package.name_too_long" if error.errno == errno.ENAMETOOLONG else "package.not_written"
        raise PackageFault(code, path=str(file)) from error


def read_layout(file: Path) -> Layout:
    """Return where everything lies in a package. Reads its ends only.

    Raises:
        PackageFault: ``package.gone``, ``package.not_one``, ``package.truncated``, ``package.changed``,
            ``package.newer``.
    """
    try:
        with file.open("rb") as stream:
            return _layout(file, stream)
    except (FileNotFoundError, IsADirectoryError):
        raise PackageFault("package.gone", path=str(file)) from None
    except OSError:
        raise PackageFault("package.unreadable", path=str(file)) from None


def read_entry(file: Path, entry: Entry) -> bytes:
    """Return the bytes of an entry; fewer where the file does not hold them any more. Raises OSError."""
    with file.open("rb") as stream:
        stream.seek(entry.header_at)
        head = stream.read(_LOCAL.size)
        if len(head) < _LOCAL.size:
            return b""
        _, name, extra = _LOCAL.unpack(head)
        stream.seek(entry.header_at + _LOCAL.size + name + extra)
        return stream.read(entry.size)


def _layout(file: Path, stream: BinaryIO) -> Layout:
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    head = stream.read(_TYPE_AT + len(MIME))
    is_ours = head[_NAME_AT:_TYPE_AT] == _TYPE.encode() and head[_TYPE_AT:] == MIME
    if size > MAX_BYTES:
        raise PackageFault("package.changed" if is_ours else "package.not_one", path=str(file))
    changed = PackageFault("package.changed" if is_ours else "package.not_one", path=str(file))
    stream.seek(max(0, size - _END.size))
    end = stream.read(_END.size)
    if len(end) < _END.size or not end.startswith(_END_MARK):
        stream.seek(max(0, size - _END.size - _MOST_BEHIND))
        if 0 <= stream.read().find(_END_MARK) < min(size - _END.size, _MOST_BEHIND):  # whole, and something behind it
            raise changed
        begun = is_ours or (size < _TYPE_AT + len(MIME) and head[:4] == b"PK\x03\x04"[: len(head)])
        raise PackageFault("package.truncated" if begun else "package.not_one", path=str(file))
    _, disk, first, here, count, length, at, comment = _END.unpack(end)
    # One disk, no comment, and nothing between directory and end: what the zip reader is given is as long as it says.
    if disk or first or comment or here != count or length > _MAX_DIRECTORY or at + length + _END.size != size:
        raise changed
    try:
        with zipfile.ZipFile(stream) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, LookupError, ValueError, RuntimeError, EOFError, struct.error, NotImplementedError):
        raise changed from None
    found = {one.filename: Entry(one.header_offset, one.file_size, one.CRC) for one in entries}
    if _FORMAT not in found or _SEALED not in found:
        raise changed
    package_id = _format(file, found[_FORMAT])
    fits = (
        len(found) == len(entries)
        and is_ours
        and found.get(_TYPE) == Entry(0, len(MIME), zlib.crc32(MIME))
        and found[_SEALED].size <= MAX_SEALED + _SEALED_MARGIN
        and all(_is_plain(one) for one in entries)
    )
    pieces = {int(match[1]): found[match[0]] for match in map(_SOUND.fullmatch, found) if match}
    if not fits or len(pieces) + 3 != len(found) or any(one.size > _MAX_PIECE for one in pieces.values()):
        raise PackageFault("package.changed", path=str(file))
    return Layout(file, package_id, found[_SEALED], pieces)


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    """Return whether an entry is stored as it is, so that it cannot grow when it is read."""
    is_stored = entry.compress_type == zipfile.ZIP_STORED and entry.compress_size == entry.file_size
    return is_stored and not entry.flag_bits & 1


def _format(file: Path, entry: Entry) -> str:
    """Return the package id. Raises PackageFault."""
    if entry.size > _MAX_FORMAT:
        raise PackageFault("package.changed", path=str(file))
    try:
        value = json.loads(_checked(file, entry))
        version, ident = value["version"], value["id"]
        if value["format"] != FORMAT or type(version) is not int or version < 1 or not isinstance(ident, str):
            raise ValueError("another format")
    except (ValueError, KeyError, TypeError, RecursionError):
        raise PackageFault("package.changed", path=str(file)) from None
    if version > VERSION:
        raise PackageFault("package.newer", path=str(file))
    if not _ID.fullmatch(ident):  # it goes into the access log
        raise PackageFault("package.changed", path=str(file))
    return ident


def _checked(file: Path, entry: Entry) -> bytes:
    content = read_entry(file, entry)
    if len(content) != entry.size or zlib.crc32(content) != entry.crc:
        raise PackageFault("package.changed", path=str(file))
    return content
