"""The organisation's way in: the desk key sealed for its recovery key, for a keyring that is gone or a PIN forgotten.

The organisation keeps the recovery identity offline and hands only its public key to the desks. What it opens is the
same desk key, so every row and every second of sound is there again.
"""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from app.errors import KeyFault, TeamFault
from app.key_turn import seal_for
from app.key_wraps import (
    KEY_BYTES,
    DeskKey,
    Envelope,
    KeyMode,
    KeySet,
    LocalWrap,
    RecoveryWrap,
    Turn,
    fingerprint,
    open_carried,
)
from app.keys import KeyPlace
from app.private_file import write_private
from app.team import SealBox

IDENTITY_FILE: Final = "recovery.key"
RECIPIENT_FILE: Final = "recovery.pub"
KIND: Final = "doumi recovery"
MAX_BYTES: Final = 64_000


def new_pair(folder: Path, box: SealBox) -> str:
    """Make the organisation's key pair in ``folder``; returns the public key. Raises KeyFault ``keys.pair_exists``."""
    for name in (IDENTITY_FILE, RECIPIENT_FILE):
        if (folder / name).exists():
            raise KeyFault("keys.pair_exists", path=str(folder / name))
    identity, recipient = box.generate()
    write_private(folder / IDENTITY_FILE, identity + "\n")
    write_private(folder / RECIPIENT_FILE, recipient + "\n")
    return recipient


def ensure_wrap(place: KeyPlace, box: SealBox, key: DeskKey, recipient: str) -> bool:
    """Seal ``key`` for ``recipient`` where the envelope does not do so yet; returns whether it changed.

    For the holder of the instance lock. Raises KeyFault, TeamFault.
    """
    envelope = place.envelope()
    if envelope is None or envelope.turn is not Turn.NONE:
        return False
    before = envelope.keys.recovery
    if before is not None and before.recipient == recipient:
        return False
    recovery = seal_for(box.seal, key.master, recipient)
    place.store(replace(envelope, keys=replace(envelope.keys, recovery=recovery)), "sealed")
    return True


def export(place: KeyPlace, file: Path) -> str:
    """Write the sealed wrap to a file for the organisation's safe; returns whose key it is sealed for.

    Nobody but the holder of the recovery identity can use the file.

    Raises:
        KeyFault: ``keys.no_recovery``: there is no such wrap; ``keys.not_written``.
    """
    envelope = place.envelope()
    if envelope is None or envelope.keys.recovery is None:
        raise KeyFault("keys.no_recovery")
    keys, recovery = envelope.keys, envelope.keys.recovery
    value = {
        "kind": KIND,
        "check": keys.check,
        "recipient": recovery.recipient,
        "sealed": recovery.sealed,
        "carried": keys.carried,
    }
    write_private(file, json.dumps(value, indent=1) + "\n")
    return recovery.recipient


def read_export(file: Path) -> KeySet:
    """Return what :func:`export` wrote. Raises KeyFault ``keys.not_an_export``."""
    try:
        with file.open("rb") as stream:
            value = json.loads(stream.read(MAX_BYTES))
        if value["kind"] != KIND:
            raise ValueError("another file")
        recovery = RecoveryWrap(str(value["recipient"]), str(value["sealed"]))
        for text in (recovery.sealed, str(value["carried"])):
            base64.b64decode(text, validate=True)
        local = LocalWrap(KeyMode.KEYRING, "")
        return KeySet(str(value["check"]), local, recovery, str(value["carried"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise KeyFault("keys.not_an_export", path=str(file)) from None


def recover(
    place: KeyPlace,
    box: SealBox,
    identity: str,
    fits: Callable[[DeskKey], bool],
    exported: Path | None = None,
) -> None:
    """Open a home with the organisation's identity and wrap its key for this PC's keyring anew, without a PIN.

    For the holder of the instance lock.

    Args:
        place: Of the home.
        box: Opens seals.
        identity: The recovery identity, ``AGE-SECRET-KEY-...``. Nothing of it is kept.
        fits: Whether a key opens the database; True where there is none.
        exported: A file of :func:`export`, for a home whose ``key.json`` is destroyed too.

    Raises:
        KeyFault: ``keys.no_recovery``, ``keys.not_recovered``: another identity or another home's wrap; or the new
            secret cannot be kept. Nothing was changed.
    """
    if exported is not None:
        envelope = Envelope(read_export(exported))
    else:
        found = place.envelope()
        if found is None:
            raise KeyFault("keys.no_recovery")
        envelope = found
    key = _opened(place, box, identity, envelope.keys)
    turning = envelope.turn is Turn.FINISHING and envelope.other is not None
    if not turning and not fits(key):
        raise KeyFault("keys.not_recovered")
    if envelope.turn is Turn.PREPARING:
        envelope = replace(envelope, other=None, turn=Turn.NONE)
    if turning and envelope.other is not None:
        # Both keys are needed to finish: the old one is wrapped anew first, and the envelope says so in one write.
        other = envelope.other
        old = _opened(place, box, identity, other)
        envelope, local = place.make_wrap(envelope, old.master, "")
        retire = (*envelope.retire, other.local.account) if other.local.account else envelope.retire
        envelope = replace(envelope, other=replace(other, local=local), retire=retire)
    place.clean(place.seat(envelope, key.master, ""))


def _opened(place: KeyPlace, box: SealBox, identity: str, keys: KeySet) -> DeskKey:
    if keys.recovery is None:
        raise KeyFault("keys.no_recovery")
    try:
        master = box.open(base64.b64decode(keys.recovery.sealed), identity)
    except TeamFault:
        raise KeyFault("keys.not_recovered") from None
    if len(master) != KEY_BYTES or not hmac.compare_digest(fingerprint(master), keys.check):
        raise KeyFault("keys.not_recovered")
    carried = open_carried(place.cipher, master, keys.carried)
    if carried is None:
        raise KeyFault("keys.not_recovered")
    return DeskKey(master, keys.local.mode, carried)
