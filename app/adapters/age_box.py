"""Sealing for a public key with age (X25519, ChaCha20-Poly1305) through ``pyrage``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pyrage

from app.errors import TeamFault

_NO_KEY: Final = "No matching keys found"
"""How ``pyrage`` says that a seal was made for others; everything else it says of a seal that is broken."""


class AgeBox:
    """Makes key pairs, seals and opens, all in memory. Stateless, any thread."""

    def generate(self) -> tuple[str, str]:
        """Return a new pair: identity (``AGE-SECRET-KEY-...``) and recipient (``age1...``)."""
        identity = pyrage.x25519.Identity.generate()
        return str(identity), str(identity.to_public())

    def recipient_of(self, identity: str) -> str:
        """Return the public side of an identity. Raises TeamFault."""
        return str(self._identity(identity).to_public())

    def check_recipient(self, recipient: str) -> None:
        """Raise TeamFault where ``recipient`` is not a public key."""
        self._recipient(recipient)

    def seal(self, plain: bytes, recipient: str) -> bytes:
        """Return ``plain`` sealed for ``recipient``. Raises TeamFault."""
        sealed: bytes = pyrage.encrypt(plain, [self._recipient(recipient)])
        return sealed

    def open(self, sealed: bytes, identity: str) -> bytes:
        """Return what was sealed.

        Raises:
            TeamFault: Another key, or not one byte as it was sealed.
        """
        key = self._identity(identity)
        try:
            plain: bytes = pyrage.decrypt(sealed, [key])
        except (pyrage.DecryptError, ValueError, OSError):
            raise TeamFault("outbox.pack_not_opened") from None
        return plain

    def seal_all(self, plain: bytes, recipients: Sequence[str]) -> bytes:
        """Return ``plain`` sealed so that each of ``recipients`` opens it alone. Raises TeamFault."""
        sealed: bytes = pyrage.encrypt(plain, [self._recipient(one) for one in recipients])
        return sealed

    def open_any(self, sealed: bytes, identities: Sequence[str]) -> bytes | None:
        """Return what was sealed; None where it was sealed for none of ``identities``.

        Raises:
            TeamFault: Not one byte as it was sealed.
        """
        keys = [self._identity(one) for one in identities]
        try:
            plain: bytes | None = pyrage.decrypt(sealed, keys) if keys else None
        except (pyrage.DecryptError, ValueError, OSError) as error:
            if str(error).startswith(_NO_KEY):
                return None
            raise TeamFault("outbox.pack_not_opened") from None
        return plain

    def _identity(self, text: str) -> pyrage.x25519.Identity:
        try:
            return pyrage.x25519.Identity.from_str(text.strip())
        except pyrage.IdentityError:
            raise TeamFault("outbox.not_an_identity") from None

    def _recipient(self, text: str) -> pyrage.x25519.Recipient:
        try:
            return pyrage.x25519.Recipient.from_str(text.strip())
        except pyrage.RecipientError:
            raise TeamFault("outbox.not_a_team_key", path="") from None
