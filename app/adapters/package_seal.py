"""Sealing pieces of a session package: AES-256-GCM through ``cryptography``."""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


class PieceCipher:
    """Fills :class:`app.qa.package.PieceSeal`. Stateless, any thread.

    The nonce of a piece is its index: every package has a random key of its own and seals each index once.
    """

    def new_key(self) -> bytes:
        """Return 32 random bytes."""
        return AESGCM.generate_key(bit_length=256)

    def seal(self, key: bytes, index: int, context: bytes, plain: bytes) -> bytes:
        """Return ``plain`` sealed, 16 bytes longer."""
        return AESGCM(key).encrypt(_nonce(index), plain, context)

    def open(self, key: bytes, index: int, context: bytes, sealed: bytes) -> bytes | None:
        """Return what was sealed; None where it is not as it was sealed."""
        try:
            return AESGCM(key).decrypt(_nonce(index), sealed, context)
        except (InvalidTag, ValueError):
            return None


def _nonce(index: int) -> bytes:
    return index.to_bytes(12, "big")
