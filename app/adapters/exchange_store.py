"""The exchange by fsspec: a folder, a share or an object store.

Folders and shares need nothing more. An object store needs its fsspec package (``s3fs`` for ``s3://``, ``gcsfs``,
``adlfs``), which a site that has one installs itself.
"""

from __future__ import annotations

import builtins
import errno
import hashlib
import io
import os
import re
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Final

import fsspec
import fsspec.core
from fsspec.implementations.local import LocalFileSystem

from app.errors import ExchangeFault, ExchangeMissing, PackageFault
from app.evidence_check import is_safe
from app.qa.exchange import MAX_FILE, Listed
from kb.release.ports import is_refused
from kb.whole_file import SMALL, publish, sync_folder, writing

_PIECE: Final = 1 << 20
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_MOST_LISTED: Final = 200_000
_ABSENT: Final = (FileNotFoundError, NotADirectoryError)


class ExchangeStore:
    """Fills :class:`app.qa.exchange.Exchange`. Any worker thread; one write at a time.

    What hangs in the operating system (a share that went away) cannot be cut short.
    """

    def __init__(self, address: str) -> None:
        """Find the way of this address. Touches no network.

        Args:
            address: A path, ``file://``, ``s3://bucket/folder`` and the like.

        Raises:
            ExchangeFault: ``package.exchange_address`` or ``package.exchange_needs_package``.
        """
        way = (fsspec.core.split_protocol(address)[0] if address.strip() else None) or "file"
        if not address.strip() or is_refused(address):
            raise ExchangeFault("package.exchange_address", address=way if address.strip() else "")
        try:
            # An instance of its own: fsspec shares them otherwise, and a transaction belongs to one writer.
            self._files, root = fsspec.core.url_to_fs(address, skip_instance_cache=True)
        except ImportError as error:
            package = error.name or str(error)[:80]
            raise ExchangeFault("package.exchange_needs_package", scheme=way, package=package) from error
        except Exception as error:
            raise ExchangeFault("package.exchange_address", address=way) from error
        self._root = str(root).rstrip("/")
        self._folder = Path(self._root or "/") if isinstance(self._files, LocalFileSystem) else None
        shown = re.sub(r"^[^/]*@", "", self._root.lstrip("/"))
        self._name = self._root if self._folder is not None else f"{way}://{shown}"
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """The address; a store's user name and password are no part of it."""
        return self._name

    def list(self, folder: str) -> tuple[Listed, ...]:
        """See :class:`app.qa.exchange.Exchange`."""
        return tuple(Listed(name, size) for name, kind, size in self._rows(folder) if kind == "file")

    def folders(self, folder: str = "") -> tuple[str, ...]:
        """See :class:`app.qa.exchange.Exchange`."""
        return tuple(name for name, kind, _ in self._rows(folder) if kind == "directory")

    @contextmanager
    def read(self, name: str, limit: int = MAX_FILE) -> Iterator[BinaryIO]:
        """See :class:`app.qa.exchange.Exchange`."""
        self._look()
        path = self._at(name)
        try:
            self._files.invalidate_cache()
            stream = self._files.open(path, "rb")
        except (*_ABSENT, IsADirectoryError) as error:
            raise ExchangeMissing("package.exchange_missing", name=name) from error
        except Exception as error:
            raise self._away() from error
        bounded = _Bounded(stream, limit, self._away(), ExchangeFault("package.exchange_too_large", name=name))
        try:
            yield io.BufferedReader(bounded, _PIECE)
        finally:
            with suppress(Exception):
                stream.close()

    def take(self, name: str, limit: int = SMALL) -> bytes:
        """See :class:`app.qa.exchange.Exchange`."""
        with self.read(name, limit) as stream:
            return stream.read()

    def fetch(self, name: str, file: Path, limit: int = MAX_FILE) -> str:
        """See :class:`app.qa.exchange.Exchange`."""
        digest = hashlib.sha256()
        with self.read(name, limit) as source:
            try:
                with writing(file, 0o600) as copy:
                    while piece := source.read(_PIECE):
                        digest.update(piece)
                        copy.write(piece)
                sync_folder(file.parent)
            except OSError as error:
                raise PackageFault("package.not_written", path=str(file)) from error
        return digest.hexdigest()

    def write(self, name: str, source: BinaryIO) -> None:
        """See :class:`app.qa.exchange.Exchange`."""
        with self._lock:
            self._look()
            sha256 = _digest(source)
            if not self._is_there(name):
                try:
                    self._put(name, source)
                except FileExistsError:
                    pass  # somebody was quicker: perhaps with the same
                except OSError as error:
                    raise self._not_taken(error) from error
                except Exception as error:
                    raise self._away() from error
            with self.read(name) as copy:
                if _digest(copy) != sha256:
                    raise ExchangeFault("package.exchange_taken", name=name)

    def delete(self, name: str) -> None:
        """See :class:`app.qa.exchange.Exchange`."""
        self._look()
        path = self._at(name)
        try:
            self._files.rm_file(path)
        except _ABSENT:
            return
        except Exception as error:
            raise self._away() from error

    def _put(self, name: str, source: BinaryIO) -> None:
        if self._folder is not None:
            source.seek(0)
            _put_in_folder(Path(self._at(name)), source)
            return
        try:
            self._put_in_store(name, source)
        except FileNotFoundError:  # a store with folders of its own, such as SFTP
            self._files.makedirs(self._at(name).rpartition("/")[0], exist_ok=True)
            self._put_in_store(name, source)

    def _put_in_store(self, name: str, source: BinaryIO) -> None:
        # In a transaction a store shows what is written only when all of it is there.
        with self._files.transaction, self._new(name) as copy:
            source.seek(0)
            while piece := source.read(_PIECE):
                copy.write(piece)

    def _new(self, name: str) -> Any:
        try:
            return self._files.open(self._at(name), "xb")
        except (ValueError, NotImplementedError):  # a store that knows no exclusive writing: it was looked before
            return self._files.open(self._at(name), "wb")

    def _rows(self, folder: str) -> builtins.list[tuple[str, str, int]]:
        """Return whole name, kind and bytes of what is in a folder, by name."""
        self._look()
        path = self._at(folder)
        try:
            self._files.invalidate_cache()
            rows = self._files.ls(path, detail=True)
        except _ABSENT:
            return []
        except Exception as error:  # every store has errors of its own
            raise self._away() from error
        above, found = folder.strip("/"), []
        for row in rows[:_MOST_LISTED]:
            name = PurePosixPath(str(row.get("name", ""))).name
            whole = f"{above}/{name}" if above else name
            if not name.startswith(".") and is_safe(whole):
                found.append((whole, str(row.get("type")), int(row.get("size") or 0)))
        return sorted(found)

    def _is_there(self, name: str) -> bool:
        path = self._at(name)
        try:
            self._files.invalidate_cache()
            return bool(self._files.exists(path))
        except Exception as error:
            raise self._away() from error

    def _look(self) -> None:
        """Raise ExchangeFault where the folder itself is not there: the mount point of a share is not filled."""
        if self._folder is not None and not self._folder.is_dir():
            raise self._away()

    def _at(self, name: str) -> str:
        clean = name.strip("/")
        if clean and not is_safe(clean):
            raise ExchangeFault("package.exchange_name")
        return f"{self._root}/{clean}" if clean else self._root or "/"

    def _away(self) -> ExchangeFault:
        return ExchangeFault("package.exchange_away", name=self._name)

    def _not_taken(self, error: OSError) -> ExchangeFault:
        return ExchangeFault("package.exchange_full", name=self._name) if error.errno in _FULL else self._away()


class _Bounded(io.RawIOBase):
    """A stream that ends with a fault where it is longer than it may be, or where its store fails."""

    def __init__(self, stream: Any, limit: int, away: ExchangeFault, too_large: ExchangeFault) -> None:
        self._stream = stream
        self._left = limit
        self._away = away
        self._too_large = too_large

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        try:
            piece = self._stream.read(min(len(into), self._left + 1))
        except Exception as error:  # every store has errors of its own
            raise self._away from error
        self._left -= len(piece)
        if self._left < 0:
            raise self._too_large
        into[: len(piece)] = piece
        return len(piece)


def _put_in_folder(target: Path, source: BinaryIO) -> None:
    """Copy under a hidden name, then give it its own, never in place of a file that is there. Raises OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as copy:
            while piece := source.read(_PIECE):
                copy.write(piece)
            copy.flush()
            os.fsync(copy.fileno())
        publish(part, target)
        sync_folder(target.parent)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _digest(stream: BinaryIO) -> str:
    if stream.seekable():
        stream.seek(0)
    digest = hashlib.sha256()
    while piece := stream.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()
