"""Changes the desk key itself, for when it may be in other hands: database and sound get a new one.

The old key holds until everything is ready under the new one. The moment that decides is one write of ``key.json``:
before it, the next start throws the new away; after it, the next start brings the rest over. In between nothing but the
desk's start opens the home, so nothing is ever written under the wrong key.
"""

from __future__ import annotations

import secrets
from base64 import b64encode
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Protocol

from app.errors import KeyFault
from app.home import Home
from app.key_wraps import (
    KEY_BYTES,
    DeskKey,
    Envelope,
    KeySet,
    RecoveryWrap,
    Turn,
    fingerprint,
    seal_carried,
)
from app.keys import KeyPlace
from kb.whole_file import sync_folder

CARRIED: Final = ("callers",)
"""Purposes whose keys stay: under them lie hashes that cannot be made anew, the numbers being nowhere kept."""
NEW_SUFFIX: Final = ".new"
JOURNALS: Final = "*/*.dmj"


class Held(Protocol):
    """See :func:`app.adapters.database_copy.held`."""

    def __call__(self, path: Path, key: bytes) -> AbstractContextManager[Callable[[Path, bytes], None]]:
        """Hold the database alone."""
        ...


@dataclass(frozen=True, slots=True)
class TurnParts:
    """What a change of the key is done with."""

    held: Held
    rewrap: Callable[[Path, bytes, bytes], bool]
    """Brings one sound journal from an old key to a new one; whether it can be opened with the new one. Raises
    OSError."""
    seal: Callable[[bytes, str], bytes]
    """Seals the key for the organisation's recipient."""


@dataclass(frozen=True, slots=True)
class Turned:
    """What became of a change of the key."""

    journals: int = 0
    unreadable: int = 0
    """Journals that neither key opens: they were destroyed before."""


class KeyTurn:
    """One home's change of key. For the holder of the instance lock; thread: any, one."""

    def __init__(
        self, home: Home, place: KeyPlace, parts: TurnParts, step: Callable[[str], None] = lambda name: None
    ) -> None:
        """Touch nothing yet; ``step`` is told the name of every durable step."""
        self._home = home
        self._place = place
        self._parts = parts
        self._step = step

    def turn(self, pin: str = "", keep: tuple[str, ...] = CARRIED) -> Turned:
        """Give the home a new desk key.

        Args:
            pin: The PIN, where the home has one.
            keep: Purposes whose keys stay. With ``sign`` the desk stays the same desk to the dedicated team; not where
                the old key may be in other hands.

        Raises:
            KeyFault, StoreFault: It was not done and the old key holds; or, ``keys.turning``, the next start of the
                desk finishes it.
        """
        self.finish(pin)
        envelope = self._place.envelope()
        state, key = self._place.look(pin)
        if envelope is None or key is None:
            raise self._place.fault(state)
        try:
            envelope, new = self._prepare(envelope, key, pin, keep)
            with ExitStack() as stack:
                for file in self._databases():
                    copy = stack.enter_context(self._parts.held(file, key.derive("db")))
                    copy(_new(file), new.derive("db"))
                    self._step("copied")
                assert envelope.other is not None
                turned = replace(envelope, keys=envelope.other, other=envelope.keys, turn=Turn.FINISHING)
                self._place.store(turned, "turned")
                self._swap()
        except OSError as error:
            self._roll_back()
            raise KeyFault("keys.turn_stopped", path=str(self._place.folder)) from error
        except Exception:
            self._roll_back()
            raise
        return self.finish(pin)

    def finish(self, pin: str = "") -> Turned:
        """Finish, or throw away, what an earlier run left. Does nothing where nothing is left.

        Raises:
            KeyFault: The keyring does not give both keys now; everything stays for the next time.
        """
        envelope = self._place.envelope()
        if envelope is None or envelope.turn is Turn.NONE or envelope.other is None:
            return Turned()
        if envelope.turn is Turn.PREPARING:
            self._roll_back()
            return Turned()
        state, new = self._place.open_set(envelope.keys, pin)
        if new is None:
            raise self._place.fault(state)
        state, old = self._place.open_set(envelope.other, pin)
        if old is None:
            raise self._place.fault(state)
        self._swap()
        turned = self._sound(old, new)
        retire = _without_empty(*envelope.retire, envelope.other.local.account)
        envelope = replace(envelope, other=None, turn=Turn.NONE, retire=retire)
        self._place.clean(self._place.store(envelope, "finished"))
        return turned

    def _prepare(self, envelope: Envelope, key: DeskKey, pin: str, keep: tuple[str, ...]) -> tuple[Envelope, DeskKey]:
        master = secrets.token_bytes(KEY_BYTES)
        envelope, local = self._place.make_wrap(envelope, master, pin)
        carried = tuple((purpose, key.derive(purpose)) for purpose in keep)
        keys = KeySet(
            fingerprint(master),
            local,
            self._recovery(envelope.keys.recovery, master),
            seal_carried(self._place.cipher, master, carried),
        )
        envelope = replace(envelope, other=keys, turn=Turn.PREPARING)
        self._place.store(envelope, "preparing")
        return envelope, DeskKey(master, local.mode, carried)

    def _recovery(self, before: RecoveryWrap | None, master: bytes) -> RecoveryWrap | None:
        return None if before is None else seal_for(self._parts.seal, master, before.recipient)

    def _databases(self) -> list[Path]:
        """The database and the copies that its migrations kept."""
        file = self._home.personal_db
        kept = sorted(file.parent.glob(f"{file.name}.v*.bak"))
        return [one for one in (*kept, file) if one.exists()]

    def _swap(self) -> None:
        for fresh in sorted(self._place.folder.glob(f"*{NEW_SUFFIX}")):
            file = fresh.with_name(fresh.name.removesuffix(NEW_SUFFIX))
            for journal in (f"{file.name}-wal", f"{file.name}-shm"):
                file.with_name(journal).unlink(missing_ok=True)
            fresh.replace(file)
            sync_folder(file.parent)
            self._step("swapped")

    def _sound(self, old: DeskKey, new: DeskKey) -> Turned:
        journals, unreadable = 0, 0
        for file in sorted(self._home.sound.glob(JOURNALS)):
            try:
                whole = self._parts.rewrap(file, old.derive("sound"), new.derive("sound"))
            except FileNotFoundError:
                continue  # deleted meanwhile
            except OSError as error:
                raise KeyFault("keys.turn_stopped", path=str(file.parent)) from error
            journals, unreadable = journals + 1, unreadable + (not whole)
            self._step("rewrapped")
        return Turned(journals, unreadable)

    def _roll_back(self) -> None:
        """Throw away what was made for a new key, unless the new key holds already."""
        envelope = self._place.envelope()
        if envelope is None or envelope.turn is Turn.FINISHING:
            return
        for fresh in self._place.folder.glob(f"*{NEW_SUFFIX}*"):
            fresh.unlink(missing_ok=True)
            self._step("thrown away")
        account = envelope.other.local.account if envelope.other else ""
        retire = _without_empty(*envelope.retire, account)
        self._place.clean(
            self._place.store(replace(envelope, other=None, turn=Turn.NONE, retire=retire), "rolled back")
        )


def seal_for(seal: Callable[[bytes, str], bytes], master: bytes, recipient: str) -> RecoveryWrap:
    """Return the wrap that the holder of ``recipient``'s identity opens. Raises TeamFault."""
    return RecoveryWrap(recipient, b64encode(seal(master, recipient)).decode())


def _new(file: Path) -> Path:
    return file.with_name(file.name + NEW_SUFFIX)


def _without_empty(*accounts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(account for account in accounts if account))
