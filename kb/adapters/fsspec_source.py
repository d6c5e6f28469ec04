"""Static files of a folder, a share or an object store: any address fsspec knows.

Folders and shares need nothing more. An object store needs its fsspec package (``s3fs`` for ``s3://``, ``gcsfs``,
``adlfs``), which a site that has one installs itself.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import fsspec
import fsspec.core

from kb.errors import SyncFault, SyncMissing, SyncUnreachable
from kb.release.ports import LIMITS, Limits, Reading, is_refused
from resources.notices import Fault

_PIECE: Final = 1 << 20


class FsspecSource:
    """A folder or store; fills :class:`kb.release.ports.Source`. Thread: one at a time; :meth:`cancel` from any.

    A read that hangs in the operating system (a share that went away) cannot be cut short; it is held against the
    limits as soon as it returns.
    """

    def __init__(self, address: str, limits: Limits = LIMITS, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Find the way of this address.

        Args:
            address: A path, ``file://``, ``s3://bucket/folder`` and the like.
            limits: How long it may take.
            monotonic: Seconds.

        Raises:
            SyncFault: ``kb.sync_address`` or ``kb.sync_needs_package``.
        """
        way, _ = fsspec.core.split_protocol(address)
        shown = way or "file"
        if not address.strip() or is_refused(address):
            raise SyncFault("kb.sync_address", address=shown)
        try:
            self._files, root = fsspec.core.url_to_fs(address)
        except ImportError as error:
            raise SyncFault("kb.sync_needs_package", scheme=shown, package=error.name or str(error)[:80]) from error
        except Exception as error:
            raise SyncFault("kb.sync_address", address=shown) from error
        self._root = str(root).rstrip("/")
        self._name = self._root if shown in ("file", "local") else f"{shown}://{self._root}"
        self._limits = limits
        self._monotonic = monotonic
        self._cancelled = threading.Event()

    @property
    def name(self) -> str:
        """The address; a store's user name and password are no part of it."""
        return self._name

    @contextmanager
    def read(self, path: str, start: int = 0, validator: str = "") -> Iterator[Reading]:
        """See :class:`kb.release.ports.Source`. Files are named by their content, so there is no validator."""
        stream = self._open(f"{self._root}/{path}", path)
        with stream:
            try:
                stream.seek(start)
            except Exception as error:
                raise self._unreachable() from error
            yield Reading(start, "", self._chunks(stream))

    def cancel(self) -> None:
        """See :class:`kb.release.ports.Source`."""
        self._cancelled.set()

    def close(self) -> None:
        """Nothing is held open."""

    def _open(self, whole: str, path: str) -> Any:
        try:
            return self._files.open(whole, "rb")
        except (FileNotFoundError, PermissionError, NotADirectoryError) as error:
            raise SyncMissing("kb.sync_missing", name=self._name, file=path) from error
        except Exception as error:  # every store has errors of its own
            raise self._unreachable() from error

    def _chunks(self, stream: Any) -> Iterator[bytes]:
        begun, received = self._monotonic(), 0
        while True:
            try:
                chunk = stream.read(_PIECE)
            except Exception as error:
                raise self._unreachable() from error
            if not chunk:
                return
            received += len(chunk)
            if self._cancelled.is_set() or self._monotonic() - begun > self._limits.allowed_s(received):
                raise SyncUnreachable("kb.sync_too_slow", name=self._name)
            yield chunk

    def _unreachable(self) -> Fault:
        return SyncUnreachable("kb.sync_unreachable", name=self._name)
