"""A keyring in memory, and the place of a home's key over it."""

from __future__ import annotations

from collections.abc import Callable

from app.adapters.key_cipher import GcmCipher
from app.home import Home
from app.keys import KeyPlace, Keyrings, KeyState, Reading


class FakeKeyring:
    """Keeps secrets in memory; can be told to be in a state, or to forget."""

    def __init__(self) -> None:
        self.name = "fake"
        self.secrets: dict[str, str] = {}
        self.state: KeyState | None = None
        self.forgets = False

    def read(self, account: str) -> Reading:
        if self.state is not None:
            return Reading(self.state)
        found = self.secrets.get(account)
        return Reading(KeyState.FOUND, found) if found else Reading(KeyState.ABSENT)

    def write(self, account: str, secret: str) -> KeyState:
        if self.state is not None:
            return self.state
        if not self.forgets:
            self.secrets[account] = secret
        return KeyState.FOUND

    def remove(self, account: str) -> KeyState:
        if self.state is not None:
            return self.state
        self.secrets.pop(account, None)
        return KeyState.ABSENT


def place(home: Home, rings: Keyrings, step: Callable[[str], None] = lambda name: None) -> KeyPlace:
    """Return where the key of ``home`` lies."""
    return KeyPlace(home, rings, GcmCipher(), step)
