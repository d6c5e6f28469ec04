"""Uploads that go on where they broke off: a client of tus 1.0 (tus.io), core protocol and creation.

The address of an upload is remembered before its first byte is sent, so that no crash leaves a whole upload that we do
not know of. After a break the server is asked how much it has. Used where the server has them: checksums of pieces.
Spoken over httpx, see docs/adr/0012-uploads-by-tus.md.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx

from app.adapters.http_answers import Answer, digest_in, receipt_of, refusal
from app.errors import DeliveryFault, pack_fault
from app.outbox import Parcel

VERSION: Final = "1.0.0"
_GONE: Final = frozenset({404, 410})
_WRONG_OFFSET: Final = 409
_WRONG_CHECKSUM: Final = 460
_PATIENCE: Final = 3
"""Answers in a row that bring nothing forward before the try is given up."""
_CHECKSUMS: Final = ("sha256", "sha1")


class Ask(Protocol):
    """Sends one request."""

    def __call__(
        self, method: str, url: str, content: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """Return the answer. Raises httpx.HTTPError."""
        ...


@dataclass(frozen=True, slots=True)
class Offer:
    """What a server of tus can do."""

    checksum: str
    """Algorithm for pieces, or empty."""
    max_bytes: int
    """Largest upload; 0: not told."""


def offer_of(answer: Answer, host: str) -> Offer | None:
    """Return what the answer to OPTIONS offers; None where the server does not speak tus 1.0 with creation.

    Raises:
        DeliveryFault: The server is down.
    """
    if answer.status >= 500 and answer.status != httpx.codes.NOT_IMPLEMENTED:
        raise refusal(answer, host)
    versions = _words(answer.headers.get("Tus-Version", "")) | _words(answer.headers.get("Tus-Resumable", ""))
    extensions = _words(answer.headers.get("Tus-Extension", ""))
    if VERSION not in versions or "creation" not in extensions:
        return None
    algorithms = _words(answer.headers.get("Tus-Checksum-Algorithm", "")) if "checksum" in extensions else set()
    checksum = next((name for name in _CHECKSUMS if name in algorithms), "")
    return Offer(checksum, _count(answer.headers.get("Tus-Max-Size", "")) or 0)


class Tus:
    """Uploads to one endpoint. Thread: ``sync``."""

    def __init__(
        self, url: str, host: str, offer: Offer, ask: Ask, piece_bytes: int, step: Callable[[str], None]
    ) -> None:
        """Join the parts; see :class:`app.adapters.http_drop.HttpDrop`."""
        self._url = url
        self._host = host
        self._offer = offer
        self._ask = ask
        self._piece_bytes = piece_bytes
        self._step = step

    def upload(self, parcel: Parcel, size: int, headers: dict[str, str]) -> dict[str, str]:
        """Bring the upload to its end; returns the receipt.

        Raises:
            DeliveryFault: Not accepted; what the server has stays remembered.
            Stopped: The program ends.
            httpx.HTTPError: No answer.
        """
        if self._offer.max_bytes and size > self._offer.max_bytes:
            raise pack_fault("outbox.too_large", host=self._host)
        address = parcel.address if self._is_ours(parcel.address) else ""
        found = self._look(address, parcel, size) if address else None
        if found is None:
            address, begun = self._create(parcel, size, headers)
            if isinstance(begun, dict):
                return begun
            found = begun
        answer, offset = found
        patience = _PATIENCE
        with parcel.file.open("rb") as stream:
            while offset < size:
                before = offset
                stream.seek(offset)
                answer = self._patch(address, offset, stream.read(self._piece_bytes))
                self._step("piece")
                if answer.is_good:
                    offset = _count(answer.headers.get("Upload-Offset", "")) or 0
                elif answer.status in _GONE:
                    parcel.keep("")
                    raise DeliveryFault("outbox.upload_gone", host=self._host)
                elif answer.status not in (_WRONG_OFFSET, _WRONG_CHECKSUM):
                    raise refusal(answer, self._host)
                if not before < offset <= size:
                    patience -= 1
                    found = self._look(address, parcel, size)
                    if found is None or not patience:
                        parcel.keep("")
                        raise DeliveryFault("outbox.upload_gone", host=self._host)
                    answer, offset = found
                else:
                    patience = _PATIENCE
                parcel.sent(offset, size)
        self._step("uploaded")
        return self._receipt(address, answer, parcel, size)

    def _create(
        self, parcel: Parcel, size: int, headers: dict[str, str]
    ) -> tuple[str, tuple[Answer, int] | dict[str, str]]:
        """Begin an upload; returns its address with its state, or the receipt of a pack that the server has already."""
        named = {
            "filename": f"{parcel.pack_id}.age",
            "pack_id": parcel.pack_id,
            "incident_id": parcel.incident_id,
            "sha256": parcel.sha256,
        }
        answer = self._ask(
            "POST",
            self._url,
            headers=headers
            | {"Tus-Resumable": VERSION, "Upload-Length": str(size), "Upload-Metadata": _metadata(named)},
        )
        self._step("created")
        if answer.status == httpx.codes.CONFLICT:
            return "", receipt_of(answer, parcel.sha256, self._host)
        if not answer.is_good:
            raise refusal(answer, self._host)
        address = self._address(answer.headers.get("Location", ""))
        parcel.keep(address)
        self._step("kept")
        offset = _count(answer.headers.get("Upload-Offset", "")) or 0
        return address, (answer, offset if offset <= size else 0)

    def _look(self, address: str, parcel: Parcel, size: int) -> tuple[Answer, int] | None:
        """Ask how much the server has; None where it knows no such upload of this pack. Raises DeliveryFault."""
        answer = self._ask("HEAD", address, headers={"Tus-Resumable": VERSION})
        if answer.status in _GONE or answer.status == httpx.codes.FORBIDDEN:
            return None
        if not answer.is_good:
            raise refusal(answer, self._host)
        offset = _count(answer.headers.get("Upload-Offset", ""))
        if "Tus-Resumable" not in answer.headers or offset is None:
            raise DeliveryFault("outbox.no_receipt", host=self._host)
        length = answer.headers.get("Upload-Length", str(size))
        told = _metadata_in(answer.headers.get("Upload-Metadata", ""))
        is_same = told.get("sha256", parcel.sha256) == parcel.sha256
        return (answer, offset) if length == str(size) and offset <= size and is_same else None

    def _patch(self, address: str, offset: int, piece: bytes) -> Answer:
        headers = {
            "Tus-Resumable": VERSION,
            "Upload-Offset": str(offset),
            "Content-Type": "application/offset+octet-stream",
        }
        if self._offer.checksum:
            digest = hashlib.new(self._offer.checksum, piece, usedforsecurity=False).digest()
            headers["Upload-Checksum"] = f"{self._offer.checksum} {base64.b64encode(digest).decode()}"
        return self._ask("PATCH", address, piece, headers)

    def _receipt(self, address: str, answer: Answer, parcel: Parcel, size: int) -> dict[str, str]:
        """Return the receipt: the server has as many bytes of this upload as it should, and names no other digest."""
        named = digest_in(answer)
        if not named:
            found = self._look(address, parcel, size)
            if found is None or found[1] != size:
                raise DeliveryFault("outbox.no_receipt", host=self._host)
            answer, named = found[0], digest_in(found[0])
        if named not in ("", parcel.sha256):
            parcel.keep("")
            raise pack_fault("outbox.odd_receipt")
        return {
            "destination": self._host,
            "sha256": parcel.sha256,
            "status": str(answer.status),
            "echo": named,
            "upload": address,
        }

    def _address(self, location: str) -> str:
        """Return the address of an upload at our endpoint: a server behind a proxy may not know its own https name."""
        if not location:
            raise DeliveryFault("outbox.no_receipt", host=self._host)
        found, home = urlsplit(urljoin(self._url, location)), urlsplit(self._url)
        if found.hostname != home.hostname:
            raise DeliveryFault("outbox.elsewhere", host=self._host)
        return urlunsplit(found._replace(scheme=home.scheme, netloc=home.netloc, fragment=""))

    def _is_ours(self, address: str) -> bool:
        """Return whether a remembered address belongs to the endpoint that is set now."""
        return urlsplit(address)[:2] == urlsplit(self._url)[:2]


def _metadata(named: Mapping[str, str]) -> str:
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in named.items() if value)


def _metadata_in(text: str) -> dict[str, str]:
    told = {}
    for pair in text.split(","):
        name, _, value = pair.strip().partition(" ")
        try:
            told[name] = base64.b64decode(value, validate=True).decode()
        except ValueError:
            continue
    return told


def _words(text: str) -> set[str]:
    return {word.strip() for word in text.split(",") if word.strip()}


def _count(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None
