"""The desk's signature: Ed25519 (RFC 8032) through ``cryptography``."""

from __future__ import annotations

import base64
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key


class DeskSigner:
    """Signs for one desk. Any thread."""

    def __init__(self, seed: bytes) -> None:
        """Take the secret.

        Args:
            seed: 32 bytes, derived from the desk key: the same key for as long as the desk has its own.
        """
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        der = self._private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        self._public = base64.b64encode(der).decode("ascii")

    @property
    def public_key(self) -> str:
        """The public key as one line: base64 of its DER, which is also the body of a PEM file."""
        return self._public

    @property
    def desk_id(self) -> str:
        """The desk's id, which follows from its key."""
        return Ed25519Verifier().desk_id(self._public)

    def sign(self, message: bytes) -> bytes:
        """Return the 64 bytes of the signature over ``message``."""
        return self._private.sign(message)


class Ed25519Verifier:
    """Fills :class:`app.evidence_check.Verifier`. Stateless, any thread."""

    def verify(self, public_key: str, signature: bytes, message: bytes) -> bool:
        """Return whether the signature fits."""
        key = _key(public_key)
        if key is None:
            return False
        try:
            key.verify(signature, message)
        except InvalidSignature:
            return False
        return True

    def desk_id(self, public_key: str) -> str:
        """Return ``desk-`` and 16 hexadecimal digits of the key's SHA-256; empty where the text is no key."""
        if _key(public_key) is None:
            return ""
        return f"desk-{hashlib.sha256(base64.b64decode(public_key)).hexdigest()[:16]}"


def _key(text: str) -> Ed25519PublicKey | None:
    try:
        raw = base64.b64decode(text, validate=True)
        if base64.b64encode(raw).decode("ascii") != text:
            return None
        key = load_der_public_key(raw)
    except Exception:  # whatever a stranger's text makes the library raise, it is no key of a desk
        return None
    return key if isinstance(key, Ed25519PublicKey) else None
