"""Handing packs over to an HTTPS endpoint.

Two ways, see docs/deliveries.md: one POST a pack, or the tus protocol (:mod:`app.adapters.tus_upload`), which goes on
where a bad line broke off. Both carry the pack's id as ``Idempotency-Key``: an endpoint that answers the same key with
the same receipt takes every pack exactly once, however often an answer was lost.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, Literal
from urllib.parse import unquote, urlsplit, urlunsplit

import httpx

from app.adapters.http_answers import Answer, fault_of, read, receipt_of
from app.adapters.tus_upload import Tus, offer_of
from app.errors import DeliveryFault
from app.outbox import Parcel

TIMEOUT: Final = httpx.Timeout(60.0, connect=10.0)
PIECE_BYTES: Final = 1 << 20

Way = Literal["auto", "post", "tus"]


class HttpDrop:
    """An endpoint. Certificates are always verified; redirects are not followed. Thread: ``sync``."""

    def __init__(
        self,
        url: str,
        ca_file: Path | None = None,
        allow_loopback_http: bool = False,
        way: Way = "auto",
        proxy: str = "",
        piece_bytes: int = PIECE_BYTES,
        step: Callable[[str], None] = lambda name: None,
    ) -> None:
        """Prepare the client; touches no network.

        Args:
            url: ``https://...``; a name and password in it are sent as basic authentication.
            ca_file: PEM of the authority that signs the endpoint, beside the system's own.
            allow_loopback_http: Whether plain HTTP to this PC is allowed, for tests.
            way: ``auto`` asks the endpoint whether it speaks tus, and posts where it does not.
            proxy: ``http://host:port`` of the site's proxy; empty: none, whatever the environment says.
            piece_bytes: How much one request of tus carries.
            step: Told the name of each step that a crash could come after; the fault tests crash there.

        Raises:
            DeliveryFault: ``outbox.not_https`` or ``outbox.ca_unreadable``.
        """
        parts = urlsplit(url)
        loopback = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "::1", "localhost")
        if (parts.scheme != "https" and not (loopback and allow_loopback_http)) or not parts.hostname:
            raise DeliveryFault("outbox.not_https")
        context = ssl.create_default_context()
        if ca_file is not None:
            try:
                context.load_verify_locations(cafile=str(ca_file))
            except (OSError, ssl.SSLError):
                raise DeliveryFault("outbox.ca_unreadable", path=str(ca_file)) from None
        self._host = parts.netloc.rsplit("@", 1)[-1]
        self._url = urlunsplit(parts._replace(netloc=self._host, fragment=""))
        self._way = way
        self._piece_bytes = piece_bytes
        self._step = step
        auth = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
        self._client = httpx.Client(
            verify=context,
            timeout=TIMEOUT,
            follow_redirects=False,
            trust_env=False,
            auth=auth,
            proxy=proxy or None,
            headers={"User-Agent": "doumi", "Accept-Encoding": "identity"},
        )

    @property
    def name(self) -> str:
        """What the desk shows."""
        return self._host

    def deliver(self, parcel: Parcel) -> dict[str, str]:
        """Hand one pack over; returns the receipt.

        Raises:
            DeliveryFault: Not accepted: unreachable, certificate not trusted, refused, or no receipt for it.
            Stopped: The program ends.
        """
        size = parcel.checked_size()
        headers = {"Idempotency-Key": parcel.pack_id, "X-Content-SHA256": parcel.sha256}
        if parcel.incident_id:
            headers["X-Incident-Id"] = parcel.incident_id
        try:
            if self._way != "post":
                offer = offer_of(self._ask("OPTIONS", self._url), self._host)
                if offer is not None:
                    tus = Tus(self._url, self._host, offer, self._ask, self._piece_bytes, self._step)
                    return tus.upload(parcel, size, headers)
                if self._way == "tus":
                    raise DeliveryFault("outbox.not_tus", host=self._host)
            return self._post(parcel, size, headers)
        except (httpx.HTTPError, httpx.InvalidURL, RuntimeError) as error:
            raise fault_of(error, self._host) from error

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _post(self, parcel: Parcel, size: int, headers: dict[str, str]) -> dict[str, str]:
        headers = headers | {"Content-Type": parcel.media, "Content-Length": str(size)}
        answer = self._ask("POST", self._url, self._pieces(parcel, size), headers)
        self._step("posted")
        return receipt_of(answer, parcel.sha256, self._host)

    def _pieces(self, parcel: Parcel, size: int) -> Iterator[bytes]:
        parcel.begins()
        with parcel.open() as stream:
            while piece := stream.read(self._piece_bytes):
                yield piece
                self._step("piece")

    def _ask(
        self,
        method: str,
        url: str,
        content: Iterator[bytes] | bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        with self._client.stream(method, url, content=content, headers=headers) as answer:
            return read(answer)
