"""Handing packs over to an HTTPS endpoint.

One POST a pack with its id as ``Idempotency-Key``: an endpoint that answers the same key with the same receipt takes
every pack exactly once, however often an answer was lost.
"""

from __future__ import annotations

import hashlib
import ssl
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import httpx

from app.errors import DeliveryFault

TIMEOUT: Final = httpx.Timeout(60.0, connect=10.0)
LONGEST_WISH_S: Final = 300.0
_DOWN: Final = frozenset({401, 403, 404, 405, 407, 408, 425, 429})
"""Client errors that say something about the endpoint or our access, not about the pack."""


class HttpDrop:
    """An endpoint. Certificates are always verified; redirects are not followed. Thread: ``sync``."""

    def __init__(self, url: str, ca_file: Path | None = None, allow_loopback_http: bool = False) -> None:
        """Prepare the client; touches no network.

        Args:
            url: ``https://...``.
            ca_file: PEM of the authority that signs the endpoint, beside the system's own.
            allow_loopback_http: Whether plain HTTP to this PC is allowed, for tests.

        Raises:
            DeliveryFault: ``outbox.not_https`` or ``outbox.ca_unreadable``.
        """
        parts = urlsplit(url)
        loopback = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "::1", "localhost")
        if parts.scheme != "https" and not (loopback and allow_loopback_http):
            raise DeliveryFault("outbox.not_https")
        context = ssl.create_default_context()
        if ca_file is not None:
            try:
                context.load_verify_locations(cafile=str(ca_file))
            except (OSError, ssl.SSLError):
                raise DeliveryFault("outbox.ca_unreadable", path=str(ca_file)) from None
        self._url = url
        self._host = parts.netloc.rsplit("@", 1)[-1]
        self._client = httpx.Client(verify=context, timeout=TIMEOUT, follow_redirects=False, trust_env=False)

    @property
    def name(self) -> str:
        """What the desk shows."""
        return self._host

    def deliver(self, pack_id: str, file: Path, sha256: str) -> dict[str, str]:
        """Hand one pack over; returns the receipt.

        Raises:
            DeliveryFault: Not accepted: unreachable, certificate not trusted, refused, or an odd receipt.
        """
        try:
            content = file.read_bytes()
        except OSError:
            raise _pack_fault("outbox.pack_missing") from None
        if hashlib.sha256(content).hexdigest() != sha256:
            raise _pack_fault("outbox.pack_changed")
        headers = {
            "Idempotency-Key": pack_id,
            "X-Content-SHA256": sha256,
            "Content-Type": "application/octet-stream",
        }
        try:
            answer = self._client.post(self._url, content=content, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL, RuntimeError) as error:
            if isinstance(error.__cause__, ssl.SSLError) or "CERTIFICATE" in str(error):
                raise DeliveryFault("outbox.certificate", host=self._host) from error
            raise DeliveryFault("outbox.unreachable", host=self._host) from error
        status = answer.status_code
        if not 200 <= status < 300:
            fault = DeliveryFault("outbox.refused", host=self._host, status=status)
            fault.whole_destination = status >= 500 or status < 400 or status in _DOWN
            fault.retry_after_s = _wish(answer.headers.get("Retry-After", ""))
            raise fault
        echoed = _echo(answer)
        if echoed not in ("", sha256):
            raise _pack_fault("outbox.odd_receipt")
        return {"destination": self._host, "sha256": sha256, "status": str(status), "echo": echoed}

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def _wish(text: str) -> float:
    try:
        return min(max(float(text), 0.0), LONGEST_WISH_S)
    except ValueError:
        return 0.0


def _echo(answer: httpx.Response) -> str:
    """Return the SHA-256 the endpoint says it took, where it says so."""
    try:
        value = answer.json()
    except ValueError:
        return ""
    return str(value.get("sha256", "")) if isinstance(value, dict) else ""


def _pack_fault(code: str) -> DeliveryFault:
    fault = DeliveryFault(code)
    fault.whole_destination = False
    return fault
