"""The system's keyring through ``keyring``: only keyrings that keep secrets encrypted under the user's login."""

from __future__ import annotations

import warnings
from typing import Final

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError, KeyringLocked, PasswordDeleteError

from app.keys import Keyrings, KeyState, Reading

SERVICE: Final = "doumi"
MAX_SECRET_CHARS: Final = 100
"""Far below what the narrowest keyring (Windows) holds."""

_ALLOWED: Final = (
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
    "keyring.backends.Windows",
    "keyring.backends.macOS",
)
_NOTHING: Final = "keyring.backends.fail"
"""keyring's own word for: this system has none."""
_CHAIN: Final = "keyring.backends.chainer"


def find(configured: KeyringBackend | None = None) -> Keyrings:
    """Return the keyring this system offers.

    Args:
        configured: The backend to judge; by default the one ``keyring`` chose or was told to use.
    """
    chosen = keyring.get_keyring() if configured is None else configured
    module = type(chosen).__module__
    if module.startswith(_ALLOWED):
        return Keyrings(OsKeyring(chosen))
    if module.startswith(_CHAIN):
        parts = list(getattr(chosen, "backends", ()))
        for part in parts:
            if type(part).__module__.startswith(_ALLOWED):
                return Keyrings(OsKeyring(part))
        if not parts:
            return Keyrings(None)
        return Keyrings(None, refused=type(parts[0]).__module__)
    if module.startswith(_NOTHING):
        return Keyrings(None)
    return Keyrings(None, refused=module)


class OsKeyring:
    """One allowed backend. Every failure becomes a state."""

    def __init__(self, backend: KeyringBackend) -> None:
        self._backend = backend

    @property
    def name(self) -> str:
        """Module of the backend, e.g. ``SecretService``."""
        return type(self._backend).__module__.rsplit(".", 1)[-1]

    def read(self, account: str) -> Reading:
        """Look for a secret."""
        try:
            secret = self._backend.get_password(SERVICE, account)
        except Exception as error:  # backends leak errors of the bus below them
            return Reading(_state(error))
        return Reading(KeyState.FOUND, secret) if secret else Reading(KeyState.ABSENT)

    def write(self, account: str, secret: str) -> KeyState:
        """Keep a secret of at most 100 characters."""
        if len(secret) > MAX_SECRET_CHARS:
            raise ValueError("secret too long for the narrowest keyring")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", ResourceWarning)
                self._backend.set_password(SERVICE, account, secret)
        except Exception as error:
            return _state(error)
        return KeyState.FOUND

    def remove(self, account: str) -> KeyState:
        """Forget a secret; ABSENT when it is gone, however that came."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", ResourceWarning)
                self._backend.delete_password(SERVICE, account)
        except PasswordDeleteError:
            return self.read(account).state
        except Exception as error:
            return _state(error)
        return KeyState.ABSENT


def _state(error: Exception) -> KeyState:
    names = {kind.__name__ for kind in type(error).__mro__}
    if isinstance(error, KeyringLocked) or names & {"LockedException", "PromptDismissedException"}:
        return KeyState.LOCKED
    if isinstance(error, KeyringError) and "lock" in str(error).lower():
        return KeyState.LOCKED
    return KeyState.UNAVAILABLE
