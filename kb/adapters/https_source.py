"""Static files of a web server.

Spoken straight over httpcore, the engine of httpx: only there every single read can be held to a deadline, so that a
server that drips its headers byte by byte is given up as surely as one that says nothing.
"""

from __future__ import annotations

import re
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlsplit

import httpcore

from kb.errors import SyncFault, SyncMissing, SyncUnreachable
from kb.release.ports import LIMITS, Limits, Reading

_SLICE_S: Final = 0.25
"""How soon a wait notices that it is cancelled."""
_RANGE: Final = re.compile(rb"bytes (\d+)-\d+/(?:\d+|\*)")
_OK: Final = 200
_PARTIAL: Final = 206
_NO_SUCH_RANGE: Final = 416
_MISSING: Final = frozenset({403, 404, 410})


class _Pace:
    """The deadline of one file."""

    def __init__(self, limits: Limits, monotonic: Callable[[], float]) -> None:
        self._limits = limits
        self._monotonic = monotonic
        self._begun = monotonic()
        self.received = 0
        self.cancelled = threading.Event()

    def begin(self) -> None:
        """Begin another file."""
        self._begun = self._monotonic()
        self.received = 0

    def left_s(self) -> float:
        """Return how long the next step may take. Raises httpcore.ReadTimeout when nothing is left."""
        left = self._limits.allowed_s(self.received) - (self._monotonic() - self._begun)
        if self.cancelled.is_set() or left <= 0:
            raise httpcore.ReadTimeout("too slow" if left <= 0 else "cancelled")
        return left


class _PacedStream(httpcore.NetworkStream):
    """A connection whose every wait is bounded by the pace of the file."""

    def __init__(self, inner: httpcore.NetworkStream, pace: _Pace) -> None:
        self._inner = inner
        self._pace = pace

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        silent = 0.0
        while True:
            wait = min(self._pace.left_s(), _SLICE_S)
            try:
                found = self._inner.read(max_bytes, wait)
            except httpcore.ReadTimeout:
                silent += wait
                if timeout is not None and silent >= timeout:
                    raise
            else:
                self._pace.received += len(found)
                return found

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, min(self._pace.left_s(), timeout or LIMITS.silence_s))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        wait = min(self._pace.left_s(), timeout or LIMITS.connect_s)
        return _PacedStream(self._inner.start_tls(ssl_context, server_hostname, wait), self._pace)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _PacedBackend(httpcore.NetworkBackend):
    def __init__(self, pace: _Pace) -> None:
        self._inner = httpcore.SyncBackend()
        self._pace = pace

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        wait = min(self._pace.left_s(), timeout or LIMITS.connect_s)
        return _PacedStream(self._inner.connect_tcp(host, port, wait, local_address, socket_options), self._pace)


class HttpsSource:
    """An ``https://`` address; fills :class:`kb.release.ports.Source`.

    Certificates are always verified; redirects are not followed. Thread: one at a time; :meth:`cancel` from any.
    """

    def __init__(
        self,
        address: str,
        ca_file: Path | None = None,
        limits: Limits = LIMITS,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare; touches no network.

        Args:
            address: ``https://host/folder``.
            ca_file: PEM of the authority that signs the server, beside the system's own.
            limits: How long it may take.
            monotonic: Seconds.

        Raises:
            SyncFault: ``kb.sync_address`` or ``kb.sync_ca_unreadable``.
        """
        parts = urlsplit(address)
        if parts.scheme != "https" or not parts.hostname:
            raise SyncFault("kb.sync_address", address=parts.hostname or parts.scheme)
        context = ssl.create_default_context()
        if ca_file is not None:
            try:
                context.load_verify_locations(cafile=str(ca_file))
            except (OSError, ssl.SSLError):
                raise SyncFault("kb.sync_ca_unreadable", path=ca_file) from None
        self._host = parts.netloc.rsplit("@", 1)[-1]
        self._base = f"https://{self._host}{parts.path.rstrip('/')}"
        self._limits = limits
        self._pace = _Pace(limits, monotonic)
        self._pool = httpcore.ConnectionPool(
            ssl_context=context, max_connections=1, network_backend=_PacedBackend(self._pace)
        )

    @property
    def name(self) -> str:
        """The address without what a person should not see."""
        return self._base

    @contextmanager
    def read(self, path: str, start: int = 0, validator: str = "") -> Iterator[Reading]:
        """See :class:`kb.release.ports.Source`."""
        # A body that a server compresses on its way would not be the bytes that were signed.
        headers = [("Accept-Encoding", "identity"), ("User-Agent", "doumi"), ("Host", self._host)]
        if start:
            headers.append(("Range", f"bytes={start}-"))
        if start and validator:
            headers.append(("If-Range", validator))
        timeouts = {"connect": self._limits.connect_s, "read": self._limits.silence_s, "write": self._limits.silence_s}
        again = False
        try:
            self._pace.begin()
            with self._pool.stream(
                "GET", f"{self._base}/{quote(path)}", headers=headers, extensions={"timeout": timeouts}
            ) as answer:
                if answer.status == _NO_SUCH_RANGE and start:
                    again = True
                else:
                    yield self._reading(answer, path, start)
        except (httpcore.TimeoutException, TimeoutError) as error:
            raise SyncUnreachable("kb.sync_too_slow", name=self._host) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, ssl.SSLError) as error:
            if "CERTIFICATE" in str(error).upper():
                raise SyncUnreachable("kb.sync_certificate", name=self._host) from error
            raise SyncUnreachable("kb.sync_unreachable", name=self._host) from error
        if again:
            with self.read(path) as reading:
                yield reading

    def cancel(self) -> None:
        """See :class:`kb.release.ports.Source`."""
        self._pace.cancelled.set()

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()

    def _reading(self, answer: httpcore.Response, path: str, start: int) -> Reading:
        told = {name.lower(): value for name, value in answer.headers}
        if answer.status in _MISSING:
            raise SyncMissing("kb.sync_missing", name=self._host, file=path)
        begins = 0
        if answer.status == _PARTIAL:
            found = _RANGE.fullmatch(told.get(b"content-range", b"").strip())
            if not found or int(found[1]) != start:
                raise SyncUnreachable("kb.sync_status", name=self._host, status=answer.status)
            begins = start
        elif answer.status != _OK:
            raise SyncUnreachable("kb.sync_status", name=self._host, status=answer.status)
        mark = told.get(b"etag", b"").decode("latin-1")
        strong = mark if mark.startswith('"') and mark.isascii() and len(mark) <= 200 else ""
        return Reading(begins, strong, answer.iter_stream())
