"""The desk key: one secret of 32 bytes that everything kept on this PC hangs on.

It lives in the system's keyring. Where the system has none (a server, a build machine) it lives in a file that only
this user can read, the *file-key mode*, which the desk names on screen. A small marker beside the database remembers
the mode, so that a keyring that appears later (or goes) never makes the desk look in the wrong place, and holds a
fingerprint of the key, so that a wrong key is known before the database is touched.

A key is minted only where no personal database exists.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol

from app.errors import KeyFault
from app.home import Home

KEY_BYTES: Final = 32
MARKER: Final = "key.json"
MODE_VARIABLE: Final = "DOUMI_KEY_MODE"
"""``file`` asks for the file-key mode for a new home even where a keyring exists."""


class KeyMode(StrEnum):
    """Where the desk key lies."""

    KEYRING = "keyring"
    FILE = "file"


class KeyState(StrEnum):
    """What became of looking for the key."""

    FOUND = "found"
    ABSENT = "absent"
    LOCKED = "locked"
    UNAVAILABLE = "unavailable"
    """There is no keyring that answers."""
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Reading:
    """One look into a keyring."""

    state: KeyState
    secret: str = field(default="", repr=False)


class Keyring(Protocol):
    """A keyring of the system."""

    @property
    def name(self) -> str:
        """Its name, for ``doumi doctor``."""
        ...

    def read(self, account: str) -> Reading:
        """Look for a secret; never raises."""
        ...

    def write(self, account: str, secret: str) -> KeyState:
        """Keep a secret; FOUND when it is kept; never raises."""
        ...


@dataclass(frozen=True, slots=True)
class Keyrings:
    """What the system offers."""

    usable: Keyring | None
    refused: str = ""
    """Name of a configured keyring that keeps secrets in the clear or not at all."""


@dataclass(frozen=True, slots=True)
class DeskKey:
    """The desk key. Only keys derived from it are used, one a purpose."""

    master: bytes = field(repr=False)
    mode: KeyMode

    def derive(self, purpose: str) -> bytes:
        """Return 32 bytes for ``purpose`` (``db``, ``sound``, ...): HKDF-SHA256 (RFC 5869)."""
        return hkdf_sha256(self.master, f"doumi/{purpose}/1".encode())


def hkdf_sha256(secret: bytes, info: bytes, length: int = 32) -> bytes:
    """Return ``length`` bytes (at most 255 x 32) derived from ``secret`` without salt."""
    seed = hmac.digest(b"\0" * 32, secret, "sha256")
    out, block = b"", b""
    for number in range(1, -(-length // 32) + 1):
        block = hmac.digest(seed, block + info + bytes([number]), "sha256")
        out += block
    return out[:length]


@dataclass(frozen=True, slots=True)
class _Marker:
    mode: KeyMode
    account: str
    check: str


class KeyPlace:
    """Finds, and for a new home mints, the desk key. Thread: any, one at a time."""

    def __init__(self, home: Home, keyrings: Keyrings) -> None:
        self._home = home
        self._keyrings = keyrings
        self._marker_file = home.personal_db.with_name(MARKER)

    @property
    def keyring_name(self) -> str:
        """Name of the keyring in use, or empty."""
        return self._keyrings.usable.name if self._keyrings.usable else ""

    @property
    def refused(self) -> str:
        """Name of a configured keyring that is not used because it keeps secrets in the clear or not at all."""
        return self._keyrings.refused

    def mode(self) -> KeyMode | None:
        """Return the mode of this home, or None before its first key."""
        marker = self._marker()
        return marker.mode if marker else None

    def look(self) -> tuple[KeyState, DeskKey | None]:
        """Return the state of the key without making one. Changes nothing."""
        marker = self._marker()
        if marker is None:
            # A home from before its marker: a key file is the only thing that can be found without it.
            key = self._from_file()
            return (KeyState.FOUND, key) if key else (KeyState.ABSENT, None)
        if marker.mode is KeyMode.FILE:
            key, state = self._from_file(), KeyState.ABSENT
            if key is None and self._home.file_key.exists():
                state = KeyState.WRONG
        else:
            key, state = self._from_keyring(marker.account)
        if key is None:
            return state, None
        if not hmac.compare_digest(_fingerprint(key.master), marker.check):
            return KeyState.WRONG, None
        return KeyState.FOUND, key

    def key(self) -> DeskKey:
        """Return the desk key, minting it for a home that holds no database yet.

        Raises:
            KeyFault: ``keys.locked``, ``keys.unavailable``, ``keys.absent``, ``keys.wrong``, ``keys.refused`` or
                ``keys.not_kept``. Nothing was changed.
        """
        state, key = self.look()
        if key is not None:
            if self._marker() is None:
                self._write_marker(_Marker(key.mode, "", _fingerprint(key.master)))
            return key
        if state is KeyState.ABSENT and not self._home.personal_db.exists():
            return self._mint()
        raise KeyFault(f"keys.{state.value}", path=str(self._home.personal_db.parent))

    # -- places ---------------------------------------------------------------------------------------------

    def _from_file(self) -> DeskKey | None:
        try:
            master = bytes.fromhex(self._home.file_key.read_text(encoding="ascii").strip())
        except (OSError, ValueError):
            return None
        return DeskKey(master, KeyMode.FILE) if len(master) == KEY_BYTES else None

    def _from_keyring(self, account: str) -> tuple[DeskKey | None, KeyState]:
        if self._keyrings.usable is None:
            return None, KeyState.UNAVAILABLE
        reading = self._keyrings.usable.read(account)
        if reading.state is not KeyState.FOUND:
            return None, reading.state
        try:
            master = bytes.fromhex(reading.secret)
        except ValueError:
            return None, KeyState.WRONG
        if len(master) != KEY_BYTES:
            return None, KeyState.WRONG
        return DeskKey(master, KeyMode.KEYRING), KeyState.FOUND

    def _mint(self) -> DeskKey:
        master = secrets.token_bytes(KEY_BYTES)
        asked_for_file = os.environ.get(MODE_VARIABLE, "") == KeyMode.FILE.value
        if asked_for_file or (self._keyrings.usable is None and not self._keyrings.refused):
            key = DeskKey(master, KeyMode.FILE)
            write_private(self._home.file_key, master.hex() + "\n")
            self._write_marker(_Marker(KeyMode.FILE, "", _fingerprint(master)))
            return key
        if self._keyrings.usable is None:
            raise KeyFault("keys.refused", name=self._keyrings.refused)
        account = f"desk-{secrets.token_hex(8)}"
        state = self._keyrings.usable.write(account, master.hex())
        if state is KeyState.FOUND:
            kept = self._keyrings.usable.read(account)
            if kept.state is KeyState.FOUND and kept.secret == master.hex():
                self._write_marker(_Marker(KeyMode.KEYRING, account, _fingerprint(master)))
                return DeskKey(master, KeyMode.KEYRING)
            state = kept.state
        if state is KeyState.LOCKED:
            raise KeyFault("keys.locked", path=str(self._home.personal_db.parent))
        raise KeyFault("keys.not_kept", name=self._keyrings.usable.name)

    # -- marker ---------------------------------------------------------------------------------------------

    def _marker(self) -> _Marker | None:
        try:
            value = json.loads(self._marker_file.read_text(encoding="utf-8"))
            return _Marker(KeyMode(value["mode"]), str(value["account"]), str(value["check"]))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError):
            raise KeyFault("keys.marker_broken", path=str(self._marker_file)) from None

    def _write_marker(self, marker: _Marker) -> None:
        value = {"mode": marker.mode.value, "account": marker.account, "check": marker.check}
        write_private(self._marker_file, json.dumps(value) + "\n")


def _fingerprint(master: bytes) -> str:
    return hashlib.sha256(hkdf_sha256(master, b"doumi/check/1")).hexdigest()[:32]


def write_private(file: Path, text: str) -> None:
    """Write ``text`` to ``file`` whole or not at all, readable by this user only, on the disk before it returns.

    Raises:
        KeyFault: ``keys.not_written``.
    """
    part = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
        sync_folder(file.parent)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise KeyFault("keys.not_written", path=str(file)) from error


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` durable, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
