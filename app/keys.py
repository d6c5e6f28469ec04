"""The desk key: one secret of 32 bytes that everything kept on this PC hangs on.

It lies wrapped in ``key.json`` (:mod:`app.key_wraps`); what opens the wrap lies in the system's keyring. Where the
system has none (a server, a build machine) it lies in a file that only this user can read, the *file-key mode*, which
the desk names on screen. The envelope remembers the mode, so that a keyring that appears later (or goes) never makes
the desk look in the wrong place.

A key is minted only where no personal database or sound exists. Every change goes by way of an envelope that is durable
before anything it no longer needs is removed: whenever the program dies, the next start finds one key that fits.
"""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final, Protocol

from app.errors import KeyFault
from app.home import Home
from app.key_wraps import (
    COPY,
    KEY_BYTES,
    MARKER,
    Cipher,
    DeskKey,
    Envelope,
    KeyMode,
    KeySet,
    LocalWrap,
    Turn,
    copy_is_current,
    fingerprint,
    hkdf_sha256,
    new_secret,
    open_carried,
    plain_key,
    read_envelope,
    secret_bytes,
    to_text,
    unwrap,
    wrap,
)
from app.private_file import write_private

__all__ = ("DeskKey", "KeyMode", "KeyPlace", "KeyState", "Keyring", "Keyrings", "Reading", "hkdf_sha256")

MODE_VARIABLE: Final = "DOUMI_KEY_MODE"
"""``file`` asks for the file-key mode for a new home even where a keyring exists."""
MIN_PIN: Final = 4
MAX_PIN: Final = 64


class KeyState(StrEnum):
    """What became of looking for the key."""

    FOUND = "found"
    ABSENT = "absent"
    LOCKED = "locked"
    UNAVAILABLE = "unavailable"
    """There is no keyring that answers."""
    REFUSED = "refused"
    """The only keyring keeps secrets in the clear or not at all."""
    WRONG = "wrong"
    PIN_NEEDED = "pin_needed"
    WRONG_PIN = "wrong_pin"
    TURNING = "turning"
    """A change of the desk key was cut short; the next start of the desk finishes it."""


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

    def remove(self, account: str) -> KeyState:
        """Forget a secret; ABSENT when it is gone; never raises."""
        ...


@dataclass(frozen=True, slots=True)
class Keyrings:
    """What the system offers."""

    usable: Keyring | None
    refused: str = ""
    """Name of a configured keyring that keeps secrets in the clear or not at all."""


class KeyPlace:
    """Finds, and for a new home mints, the desk key. Thread: any, one at a time.

    :meth:`look` may be called beside a running desk. What changes an envelope is for the holder of the instance lock.
    """

    def __init__(
        self, home: Home, keyrings: Keyrings, cipher: Cipher, step: Callable[[str], None] = lambda name: None
    ) -> None:
        """Touch nothing yet.

        Args:
            home: Whose key.
            keyrings: What the system offers.
            cipher: Seals the wraps.
            step: Told the name of every durable step; tests die there.
        """
        self._home = home
        self._keyrings = keyrings
        self._step = step
        self.cipher = cipher
        self.folder = home.personal_db.parent

    @property
    def keyring_name(self) -> str:
        """Name of the keyring in use, or empty."""
        return self._keyrings.usable.name if self._keyrings.usable else ""

    @property
    def refused(self) -> str:
        """Name of a configured keyring that is not used because it keeps secrets in the clear or not at all."""
        return self._keyrings.refused

    def mode(self) -> KeyMode | None:
        """Return the mode of this home, or None before its first key. Raises KeyFault ``keys.marker_broken``."""
        found = self.envelope()
        return found.keys.local.mode if found else None

    def has_pin(self) -> bool:
        """Return whether a PIN is needed. Raises KeyFault ``keys.marker_broken``."""
        found = self.envelope()
        return found is not None and found.keys.local.pin is not None

    def envelope(self) -> Envelope | None:
        """Return the envelope as it lies on disk. Raises KeyFault ``keys.marker_broken``."""
        return read_envelope(self.folder)

    # -- looking --------------------------------------------------------------------------------------------

    def look(self, pin: str = "") -> tuple[KeyState, DeskKey | None]:
        """Return the state of the key without making one. Changes nothing; a PIN costs some 0.15 s of a core.

        Raises:
            KeyFault: ``keys.marker_broken``.
        """
        found = self.envelope()
        if found is None:
            # A home from before its envelope: a key file is the only thing that can be found without it.
            for line in self._file_lines():
                if (master := plain_key(line)) is not None:
                    return KeyState.FOUND, DeskKey(master, KeyMode.FILE)
            return KeyState.ABSENT, None
        state, key = self.open_set(found.keys, pin)
        if found.turn is Turn.FINISHING and key is not None:
            return KeyState.TURNING, None
        return state, key

    def open_set(self, keys: KeySet, pin: str = "") -> tuple[KeyState, DeskKey | None]:
        """Return the key of one set of wraps as this PC opens it."""
        local = keys.local
        state, lines = self._lines_of(local)
        if state is not KeyState.FOUND:
            return state, None
        if not local.sealed:
            found = [key for line in lines if (key := plain_key(line)) is not None]
        else:
            known = [raw for line in lines if (raw := secret_bytes(line)) and fingerprint(raw) == local.check]
            if known and local.pin is not None and not pin:
                return KeyState.PIN_NEEDED, None
            found = [key for raw in known if (key := unwrap(self.cipher, local, raw, pin)) is not None]
            if known and not found and local.pin is not None:
                return KeyState.WRONG_PIN, None
        for master in found:
            if hmac.compare_digest(fingerprint(master), keys.check):
                carried = open_carried(self.cipher, master, keys.carried)
                if carried is not None:
                    return KeyState.FOUND, DeskKey(master, local.mode, carried)
        return KeyState.WRONG, None

    def fault(self, state: KeyState) -> KeyFault:
        """Return the sentence of a state in which there is no key."""
        return KeyFault(f"keys.{state.value}", path=str(self.folder), name=self.refused or self.keyring_name)

    def key(self, pin: str = "") -> DeskKey:
        """Return the desk key, minting it for a home that holds nothing yet.

        Raises:
            KeyFault: ``keys.`` and a state, ``keys.marker_broken`` or ``keys.not_kept``. Nothing was changed.
        """
        state, key = self.look(pin)
        if key is not None:
            if self.envelope() is None:
                self.store(Envelope(KeySet(fingerprint(key.master), LocalWrap(key.mode, ""))))
            return key
        if state is KeyState.ABSENT and not self._holds_anything():
            return self._mint()
        raise self.fault(state)

    def _holds_anything(self) -> bool:
        """Return whether there is anything that a new key would not open."""
        file = self._home.personal_db
        return file.exists() or any(file.parent.glob(f"{file.name}.*")) or any(self._home.sound.glob("*/*.dmj"))

    # -- changing -------------------------------------------------------------------------------------------

    def settle(self, pin: str = "") -> None:
        """Finish what an earlier run left: the copy, secrets nobody needs, the step from version 1.

        What the keyring does not do now is left for the next start. Raises KeyFault ``keys.marker_broken``.
        """
        found = self.envelope()
        if found is None:
            return
        with suppress(KeyFault):
            if not copy_is_current(self.folder):
                self.store(found)
            if not found.keys.local.sealed and found.turn is Turn.NONE:
                _, key = self.open_set(found.keys)
                if key is not None:
                    found = self.seat(found, key.master, pin)
            self.clean(found)

    def rotate(self, pin: str = "") -> None:
        """Wrap the desk key anew under a new secret, in the keyring where there is one now. The desk key stays.

        Raises:
            KeyFault: The key cannot be had or kept; what was valid stays valid.
        """
        self._rewrap(pin, pin)

    def set_pin(self, old: str, new: str) -> None:
        """Change the PIN; empty stands for none. The secret in the keyring changes with it.

        Raises:
            KeyFault: ``keys.wrong_pin``, ``keys.pin_length`` (4 to 64 characters), or as :meth:`rotate`.
        """
        if new and not MIN_PIN <= len(new) <= MAX_PIN:
            raise KeyFault("keys.pin_length", least=MIN_PIN, most=MAX_PIN)
        self._rewrap(old, new)

    def _rewrap(self, old_pin: str, new_pin: str) -> None:
        found = self.envelope()
        state, key = self.look(old_pin)
        if key is None:
            raise self.fault(state)
        if found is None:
            found = Envelope(KeySet(fingerprint(key.master), LocalWrap(key.mode, "")))
        if found.turn is not Turn.NONE:
            raise self.fault(KeyState.TURNING)
        self.clean(self.seat(found, key.master, new_pin))

    def seat(self, envelope: Envelope, master: bytes, pin: str) -> Envelope:
        """Wrap the key of ``envelope.keys`` under a new secret; the old one still lies there. Raises KeyFault."""
        before = envelope.keys.local.account
        envelope, local = self.make_wrap(envelope, master, pin)
        retire = tuple(account for account in (*envelope.retire, before) if account and account != local.account)
        return self.store(replace(envelope, keys=replace(envelope.keys, local=local), retire=retire), "seated")

    def make_wrap(self, envelope: Envelope, master: bytes, pin: str) -> tuple[Envelope, LocalWrap]:
        """Keep a new secret in this machine's place and wrap ``master`` under it; nothing uses the wrap yet.

        Returns the envelope as it lies on disk now, which names the new account as one to be removed, and the wrap.

        Raises:
            KeyFault: ``keys.refused``, ``keys.locked``, ``keys.not_kept``, ``keys.not_written``.
        """
        mode, account = self._new_place()
        envelope = replace(envelope, retire=(*envelope.retire, *((account,) if account else ())))
        self.store(envelope, "intended")
        secret = new_secret()
        self._keep(mode, account, secret)
        self._step("kept")
        return envelope, wrap(self.cipher, master, mode, account, secret, pin)

    def store(self, envelope: Envelope, step: str = "stored") -> Envelope:
        """Write the envelope and its copy; returns it. Raises KeyFault."""
        text = to_text(envelope)
        write_private(self.folder / MARKER, text)
        self._step(step)
        write_private(self.folder / COPY, text)
        self._step(f"{step} twice")
        return envelope

    def clean(self, envelope: Envelope) -> Envelope:
        """Remove the secrets that no wrap names; returns the envelope as it is then. Raises KeyFault."""
        if not copy_is_current(self.folder):
            raise KeyFault("keys.not_written", path=str(self.folder / COPY))
        used = [envelope.keys.local, *([envelope.other.local] if envelope.other else [])]
        accounts = {local.account for local in used}
        ring = self._keyrings.usable
        left = []
        for account in dict.fromkeys(envelope.retire):
            if account in accounts:
                continue
            if ring is None or ring.remove(account) is not KeyState.ABSENT:
                left.append(account)
            self._step("removed")
        self._clean_file([local for local in used if local.mode is KeyMode.FILE])
        if tuple(left) != envelope.retire:
            envelope = self.store(replace(envelope, retire=tuple(left)), "cleaned")
        return envelope

    # -- places ---------------------------------------------------------------------------------------------

    def _lines_of(self, local: LocalWrap) -> tuple[KeyState, tuple[str, ...]]:
        """Return the secrets that lie where a wrap says; FOUND even where they are no secrets."""
        if local.mode is KeyMode.FILE:
            if not self._home.file_key.exists():
                return KeyState.ABSENT, ()
            return KeyState.FOUND, self._file_lines()
        if self._keyrings.usable is None:
            return (KeyState.REFUSED if self._keyrings.refused else KeyState.UNAVAILABLE), ()
        reading = self._keyrings.usable.read(local.account)
        return reading.state, (reading.secret,)

    def _file_lines(self) -> tuple[str, ...]:
        try:
            return tuple(self._home.file_key.read_text(encoding="ascii").split())
        except (OSError, ValueError):
            return ()

    def _clean_file(self, used: list[LocalWrap]) -> None:
        lines = self._file_lines()
        if not lines:
            return
        checks = {local.check for local in used if local.sealed}
        plain = any(not local.sealed for local in used)
        kept = [
            line
            for line in lines
            if ((raw := secret_bytes(line)) is not None and fingerprint(raw) in checks)
            or (plain and plain_key(line) is not None)
        ]
        if used and not kept:
            return  # not what we know: it is left for a person
        if not used:
            with suppress(OSError):
                self._home.file_key.unlink()
        elif len(kept) < len(lines):
            write_private(self._home.file_key, "\n".join(kept) + "\n")
        self._step("file cleaned")

    def _new_place(self) -> tuple[KeyMode, str]:
        asked_for_file = os.environ.get(MODE_VARIABLE, "") == KeyMode.FILE.value
        if asked_for_file or (self._keyrings.usable is None and not self._keyrings.refused):
            return KeyMode.FILE, ""
        if self._keyrings.usable is None:
            raise self.fault(KeyState.REFUSED)
        return KeyMode.KEYRING, f"desk-{secrets.token_hex(8)}"

    def _keep(self, mode: KeyMode, account: str, secret: str) -> None:
        """Keep a secret beside what lies there, and make sure that it is read back. Raises KeyFault."""
        if mode is KeyMode.FILE:
            write_private(self._home.file_key, "\n".join((secret, *self._file_lines())) + "\n")
            return
        ring = self._keyrings.usable
        state = KeyState.UNAVAILABLE if ring is None else ring.write(account, secret)
        if ring is not None and state is KeyState.FOUND:
            kept = ring.read(account)
            if kept == Reading(KeyState.FOUND, secret):
                return
            state = kept.state
        if state is KeyState.LOCKED:
            raise self.fault(state)
        raise KeyFault("keys.not_kept", name=self.keyring_name)

    def _mint(self) -> DeskKey:
        master = secrets.token_bytes(KEY_BYTES)
        mode, account = self._new_place()
        secret = new_secret()
        if mode is KeyMode.FILE:
            with suppress(OSError):
                self._home.file_key.unlink()  # of a home that never came to be
        self._keep(mode, account, secret)
        self._step("kept")
        local = wrap(self.cipher, master, mode, account, secret, "")
        self.store(Envelope(KeySet(fingerprint(master), local)), "minted")
        return DeskKey(master, mode)
