"""What an endpoint's answers mean: a receipt, a refusal of the pack, or a destination that is down."""

from __future__ import annotations

import base64
import binascii
import json
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Final

import httpx

from app.errors import DeliveryFault, pack_fault
from assist.mask import mask

LONGEST_WISH_S: Final = 3600.0
LONGEST_ANSWER: Final = 1 << 16
"""Bytes of an answer that are read; a receipt is far shorter."""
LONGEST_REASON: Final = 300
"""Characters of a refusal's reason that are kept."""
_DOWN: Final = frozenset({401, 403, 404, 405, 407, 408, 412, 421, 423, 425, 429})
"""Client errors that say something about the endpoint or our access, not about the pack."""
_CERTIFICATE: Final = {9: "outbox.certificate_early", 10: "outbox.certificate_expired"}
"""By OpenSSL's X509_V_ERR_CERT_NOT_YET_VALID and X509_V_ERR_CERT_HAS_EXPIRED."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, its body read as far as it could matter."""

    status: int
    headers: Mapping[str, str]
    """Case-insensitive."""
    body: bytes

    @property
    def is_good(self) -> bool:
        """Whether the status tells success."""
        return 200 <= self.status < 300


def read(answer: httpx.Response) -> Answer:
    """Read an open answer, at most :data:`LONGEST_ANSWER` bytes. Raises httpx.HTTPError."""
    body = b""
    for piece in answer.iter_bytes():
        body += piece
        if len(body) >= LONGEST_ANSWER:
            break
    return Answer(answer.status_code, answer.headers, body)


def receipt_of(answer: Answer, sha256: str, host: str) -> dict[str, str]:
    """Return the receipt of a whole pack.

    Only an answer that names the pack's SHA-256 is one: a sign-in page or a misled proxy also answers 200.

    Raises:
        DeliveryFault: It is none.
    """
    named = digest_in(answer)
    if named == sha256 and (answer.is_good or answer.status == httpx.codes.CONFLICT):
        return {"destination": host, "sha256": sha256, "status": str(answer.status), "echo": named}
    if not answer.is_good:
        raise refusal(answer, host)
    if not named:
        raise DeliveryFault("outbox.no_receipt", host=host)
    raise pack_fault("outbox.odd_receipt")


def digest_in(answer: Answer) -> str:
    """Return the SHA-256 that an answer names as 64 small hexadecimal digits, or empty.

    Where it may stand: ``sha256`` of a JSON object, ``X-Content-SHA256``, or ``Repr-Digest`` (RFC 9530).
    """
    named: object = answer.headers.get("X-Content-SHA256", "")
    for field in answer.headers.get("Repr-Digest", "").split(","):
        name, _, value = field.strip().partition("=")
        if name == "sha-256":
            with suppress(binascii.Error, ValueError):
                named = base64.b64decode(value.strip(":"), validate=True).hex()
    with suppress(ValueError, RecursionError):
        told = json.loads(answer.body)
        if isinstance(told, dict) and "sha256" in told:
            named = told["sha256"]
    return str(named).strip().lower()


def refusal(answer: Answer, host: str) -> DeliveryFault:
    """Return the fault of an answer that tells no success."""
    fault = _refusal(answer, host)
    fault.reason = reason_in(answer)
    return fault


def _refusal(answer: Answer, host: str) -> DeliveryFault:
    status = answer.status
    if status == httpx.codes.CONFLICT:
        return pack_fault("outbox.other_content", where=host)
    if status == httpx.codes.REQUEST_ENTITY_TOO_LARGE:
        return pack_fault("outbox.too_large", host=host)
    is_down = status >= 500 or status < 400 or status in _DOWN
    if status in (401, 403, 407):
        fault = DeliveryFault("outbox.not_allowed", host=host, status=status)
    else:
        fault = DeliveryFault("outbox.refused" if is_down else "outbox.pack_refused", host=host, status=status)
    if status == httpx.codes.INSUFFICIENT_STORAGE:
        fault = DeliveryFault("outbox.server_full", host=host)
    fault.whole_destination = is_down
    fault.retry_after_s = wish_s(answer.headers)
    return fault


def reason_in(answer: Answer) -> str:
    """Return what an endpoint says about its refusal, one short line with personal data covered; empty for nothing.

    Read from a JSON object: ``reason``, or ``detail`` or ``title`` of a problem (RFC 9457).
    """
    with suppress(ValueError, RecursionError):
        told = json.loads(answer.body)
        for name in ("reason", "detail", "title") if isinstance(told, dict) else ():
            if isinstance(said := told.get(name), str) and said.strip():
                # Covered first: half a number at the cut would not be known as one.
                return mask(" ".join(said.split())[: 2 * LONGEST_REASON])[0][:LONGEST_REASON]
    return ""


def wish_s(headers: Mapping[str, str]) -> float:
    """Return the destination's ``Retry-After`` in seconds, told as seconds or as a date beside its own ``Date``."""
    text = headers.get("Retry-After", "").strip()
    seconds = 0.0
    try:
        seconds = float(text)
    except ValueError:
        with suppress(ValueError, TypeError, OverflowError):
            then, here = parsedate_to_datetime(text), parsedate_to_datetime(headers.get("Date", ""))
            seconds = (then - here).total_seconds()
    return min(max(seconds, 0.0), LONGEST_WISH_S) if seconds == seconds else 0.0


def fault_of(error: Exception, host: str) -> DeliveryFault:
    """Return the fault of a request that got no answer."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLCertVerificationError):
            return DeliveryFault(_CERTIFICATE.get(seen.verify_code, "outbox.certificate"), host=host)
        if isinstance(seen, ssl.SSLError) and not isinstance(seen, (ssl.SSLEOFError, ssl.SSLZeroReturnError)):
            return DeliveryFault("outbox.certificate", host=host)
        if isinstance(seen, socket.gaierror):
            return DeliveryFault("outbox.name_unknown", host=host)
        seen = seen.__cause__ or seen.__context__
    if isinstance(error, httpx.ProxyError):
        return DeliveryFault("outbox.proxy", host=host)
    return DeliveryFault("outbox.unreachable", host=host)
