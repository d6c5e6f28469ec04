"""Builds what looks after the desk key: the place it lies in, its change and its recovery. Constructs adapters."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from pathlib import Path

from app import key_recovery
from app.adapters import os_keyring
from app.adapters.age_box import AgeBox
from app.adapters.database_copy import held
from app.adapters.key_cipher import GcmCipher
from app.adapters.sqlcipher import SqlCipherVault
from app.doctor import Finding, Verdict
from app.errors import KeyFault, ProfileFault, StoreFault, TeamFault
from app.home import Home
from app.key_turn import CARRIED, KeyTurn, TurnParts
from app.key_wraps import COPY, MARKER, DeskKey, Turn, copy_is_current, read_envelope
from app.keys import KeyPlace, Keyrings, KeyState
from app.settings import SecuritySettings
from app.sound import rewrap_journal
from app.team import read_identity, read_recipient
from resources.notices import sentence

_log = logging.getLogger(__name__)
Step = Callable[[str], None]
SAME_DESK = (*CARRIED, "sign")
"""Keys that stay where nobody else can have had the old one: the dedicated team goes on knowing the desk."""


def _nothing(_name: str) -> None:
    """Die nowhere."""


def place_of(home: Home, keyrings: Keyrings | None = None, step: Step = _nothing) -> KeyPlace:
    """Return where a home's desk key is looked for. Makes none."""
    return KeyPlace(home, os_keyring.find() if keyrings is None else keyrings, GcmCipher(), step)


def turn_of(home: Home, place: KeyPlace, step: Step = _nothing) -> KeyTurn:
    """Return what changes the desk key of a home."""
    return KeyTurn(home, place, TurnParts(held, rewrap_journal, AgeBox().seal), step)


def settle(home: Home, place: KeyPlace, pin: Callable[[], str]) -> None:
    """Finish, before the key is asked for, what an earlier run left of a change of key.

    For the holder of the instance lock.

    Raises:
        KeyFault: The keyring does not give what is needed now.
    """
    envelope = place.envelope()
    if envelope is None:
        return
    typed = pin() if place.has_pin() and (envelope.turn is Turn.FINISHING or not envelope.keys.local.sealed) else ""
    turn_of(home, place).finish(typed)
    place.settle(typed)


def ensure_recovery(place: KeyPlace, key: DeskKey, settings: SecuritySettings) -> None:
    """Seal the desk key for the organisation where the settings name its key. What hinders it is logged only.

    For the holder of the instance lock; ``doumi doctor`` tells what hinders it.
    """
    if settings.recovery_key is None:
        return
    box = AgeBox()
    try:
        key_recovery.ensure_wrap(place, box, key, read_recipient(settings.recovery_key, box))
    except (KeyFault, TeamFault) as fault:
        _log.warning("the desk key was not sealed for recovery (%s)", fault.code)


def recipient_of(file: Path) -> str:
    """Return the organisation's public key in a file. Raises TeamFault."""
    return read_recipient(file, AgeBox())


def recover(home: Home, place: KeyPlace, identity: Path, exported: Path | None = None) -> None:
    """Open a home with the organisation's identity; see :func:`app.key_recovery.recover`.

    Raises:
        KeyFault: It was not done and nothing was changed; StoreFault: the database cannot be read at all.
    """
    box = AgeBox()

    def fits(key: DeskKey) -> bool:
        if not home.personal_db.exists():
            return True
        try:
            SqlCipherVault(home.personal_db, key.derive("db")).reader().conn.close()
        except StoreFault as fault:
            if fault.code == "store.not_opened":
                return False
            raise
        return True

    try:
        text = read_identity(identity, box)
    except TeamFault:
        raise KeyFault("keys.not_an_identity", path=str(identity)) from None
    key_recovery.recover(place, box, text, fits, exported)


def key_findings(home: Home, security: SecuritySettings) -> list[Finding]:
    """Return what ``doumi doctor`` says about the wraps of a home's key. Changes nothing and needs no PIN.

    Raises:
        KeyFault: ``keys.marker_broken``.
    """
    envelope = place_of(home).envelope()
    if envelope is None:
        return []
    found: list[Finding] = []

    def add(verdict: Verdict, code: str, advice: str = "", **values: object) -> None:
        said = sentence(f"keys.{code}", **values)
        found.append(Finding("keys", verdict, said, sentence(f"keys.{advice}") if advice else ""))

    if envelope.turn is not Turn.NONE:
        add(Verdict.WARN, "turning", path=str(home.personal_db.parent))
    if not envelope.keys.local.sealed:
        add(Verdict.WARN, "old_wrap")
    if envelope.retire:
        add(Verdict.WARN, "retired_left", count=len(envelope.retire))
    if not copy_is_current(home.personal_db.parent):
        add(Verdict.WARN, "copy_differs")
    wanted = ""
    if security.recovery_key is not None:
        try:
            wanted = recipient_of(security.recovery_key)
        except TeamFault:
            add(Verdict.FAIL, "recovery_unreadable", path=str(security.recovery_key))
    recovery = envelope.keys.recovery
    if recovery is None:
        add(Verdict.WARN, "recovery_no", "recovery_do")
    elif wanted and wanted != recovery.recipient:
        add(Verdict.WARN, "recovery_other")
    else:
        add(Verdict.OK, "recovery_yes", recipient=recovery.recipient)
    return found


def new_pair(folder: Path) -> str:
    """Make the organisation's key pair; returns the public key. Raises KeyFault."""
    return key_recovery.new_pair(folder, AgeBox())


def destroy(home: Home, keyrings: Keyrings | None = None) -> None:
    """Make a profile's key unrecoverable on this PC, then remove all its files; done again after a crash it goes on.

    Raises:
        ProfileFault: ``profiles.not_removed``: a file or the keyring does not let go; what is left opens nothing, or
            everything is still there.
    """
    ring = (os_keyring.find() if keyrings is None else keyrings).usable
    try:
        envelope = read_envelope(home.personal)
    except KeyFault:
        envelope = None
    accounts: list[str] = []
    if envelope is not None:
        sets = (envelope.keys, *((envelope.other,) if envelope.other else ()))
        accounts = [*(one.local.account for one in sets), *envelope.retire]
    try:
        if home.personal.exists():
            (home.personal / "removing").touch()
        for account in dict.fromkeys(accounts):
            if account and (ring is None or ring.remove(account) is not KeyState.ABSENT):
                raise ProfileFault("profiles.not_removed", path=str(home.personal))
        for name in (home.file_key.name, MARKER, COPY):
            (home.personal / name).unlink(missing_ok=True)
        if home.personal.exists():
            shutil.rmtree(home.personal)
    except OSError:
        raise ProfileFault("profiles.not_removed", path=str(home.personal)) from None
