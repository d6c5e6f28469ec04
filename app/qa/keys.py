"""The trainers' keys. ``trainer.key`` is secret and shared by the trainers; every desk gets the card ``trainer.json``.

The key opens what desks seal for the trainers (age) and signs what trainers ask of desks (Ed25519). A trainer's PC
keeps it in its encrypted database; earlier ones stay there, so that older packages still open.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from sqlite_utils import Database

from app.desk_identity import desk_identity
from app.errors import QaFault, TeamFault
from app.evidence_check import Verifier
from app.private_file import write_private
from app.qa.signed import Signer
from app.store import Store
from app.store_reader import SessionReader
from app.team import SealBox
from kb.whole_file import put, take
from resources.notices import sentence

KEY_FILE: Final = "trainer.key"
CARD_FILE: Final = "trainer.json"
README_FILE: Final = "README.txt"
_KEY_FORMAT: Final = "doumi-trainer-key"
_CARD_FORMAT: Final = "doumi-trainer"
_VERSION: Final = 1
_MAX_BYTES: Final = 20_000
_META: Final = "qa_trainer_keys"


@dataclass(frozen=True, slots=True)
class TrainerKey:
    """The trainers' secret."""

    identity: str = field(repr=False)
    """``AGE-SECRET-KEY-...``: opens what is sealed for the trainers."""
    seed: str = field(repr=False)
    """Base64 of 32 bytes: signs what trainers ask."""


@dataclass(frozen=True, slots=True)
class TrainerCard:
    """The trainers' public side, for the desks."""

    recipient: str
    """``age1...``: packages, answers and ratings are sealed for it."""
    signing_key: str
    """Public key that signs draws, receipts and letters."""


def make(folder: Path, box: SealBox, signer: Callable[[bytes], Signer]) -> TrainerCard:
    """Make a key and its card in ``folder``.

    Args:
        folder: Made where it is missing.
        box: Makes the age pair.
        signer: Returns what signs with a seed of 32 bytes.

    Raises:
        QaFault: ``qa.key_exists``: there is a pair already, which stays; ``qa.not_written``.
    """
    for name in (KEY_FILE, CARD_FILE):
        if (folder / name).exists():
            raise QaFault("qa.key_exists", path=str(folder / name))
    identity, recipient = box.generate()
    seed = secrets.token_bytes(32)
    key = TrainerKey(identity, base64.b64encode(seed).decode())
    card = TrainerCard(recipient, signer(seed).public_key)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_private(folder / KEY_FILE, _text(_KEY_FORMAT, {"identity": key.identity, "seed": key.seed}))
        put(folder / CARD_FILE, _text(_CARD_FORMAT, card_values(card)).encode())
        put(folder / README_FILE, sentence("qa.key_readme").encode())
    except OSError as error:
        raise QaFault("qa.not_written", path=str(folder)) from error
    return card


def card_values(card: TrainerCard) -> dict[str, str]:
    """Return what a card says, by name."""
    return {"recipient": card.recipient, "signing_key": card.signing_key}


def read_key(file: Path, box: SealBox) -> TrainerKey:
    """Return the key in ``file``. Raises QaFault ``qa.not_a_trainer_key``."""
    try:
        value = _read(file, _KEY_FORMAT)
        key = TrainerKey(str(value["identity"]), str(value["seed"]))
        box.recipient_of(key.identity)
        if len(base64.b64decode(key.seed, validate=True)) != 32:
            raise ValueError("no seed")
    except (OSError, ValueError, KeyError, TypeError, RecursionError, TeamFault):
        raise QaFault("qa.not_a_trainer_key", path=str(file)) from None
    return key


def read_card(file: Path, box: SealBox, verifier: Verifier) -> TrainerCard:
    """Return the card in ``file``. Raises QaFault ``qa.not_a_card``."""
    try:
        value = _read(file, _CARD_FORMAT)
        card = TrainerCard(str(value["recipient"]), str(value["signing_key"]))
        box.check_recipient(card.recipient)
        if not verifier.desk_id(card.signing_key):
            raise ValueError("no signing key")
    except (OSError, ValueError, KeyError, TypeError, RecursionError, TeamFault):
        raise QaFault("qa.not_a_card", path=str(file)) from None
    return card


class TrainerKeys:
    """The trainers' keys on this PC, in the encrypted database. Thread: any worker."""

    def __init__(self, store: SessionReader, box: SealBox, signer: Callable[[bytes], Signer]) -> None:
        """Join the parts; ``signer`` returns what signs with a seed of 32 bytes. Reading needs only a reader."""
        self._store = store
        self._box = box
        self._signer = signer

    def take(self, file: Path) -> None:
        """Keep the key in ``file`` before those that are here. Raises QaFault ``qa.not_a_trainer_key``."""
        key = read_key(file, self._box)
        if not isinstance(self._store, Store):
            raise TypeError("a reader keeps nothing")

        def work(db: Database) -> None:
            kept = [key, *(one for one in _keys(db) if one != key)]
            text = json.dumps([{"identity": one.identity, "seed": one.seed} for one in kept])
            db.table("meta").insert({"name": _META, "value": text}, replace=True)

        self._store.write(work)

    def all(self) -> tuple[TrainerKey, ...]:
        """Return the keys, newest first; empty on a PC that is no trainer's."""
        return self._store.read(_keys)

    def identities(self) -> tuple[str, ...]:
        """Return what opens packages that were sealed for the trainers."""
        return tuple(key.identity for key in self.all())

    def newest(self) -> TrainerKey:
        """Return the key that is used. Raises QaFault ``qa.no_key``."""
        if found := self.all():
            return found[0]
        raise QaFault("qa.no_key")

    def card(self) -> TrainerCard:
        """Return the public side of the key that is used. Raises QaFault ``qa.no_key``."""
        key = self.newest()
        return TrainerCard(self._box.recipient_of(key.identity), self.signer().public_key)

    def cards(self) -> tuple[TrainerCard, ...]:
        """Return the public sides of every key, newest first."""
        return tuple(
            TrainerCard(self._box.recipient_of(key.identity), self._signer(base64.b64decode(key.seed)).public_key)
            for key in self.all()
        )

    def signer(self) -> Signer:
        """Return what signs for the trainers. Raises QaFault ``qa.no_key``."""
        return self._signer(base64.b64decode(self.newest().seed))


def own_identity(store: Store, box: SealBox) -> str:
    """Return this profile's own identity: what colleagues seal for its public side it opens."""
    return store.write(lambda db: desk_identity(db, box.generate))


def own_recipient(store: Store, box: SealBox) -> Callable[[], str]:
    """Return what tells the public side of this profile's own identity; worked out once."""
    known: list[str] = []

    def recipient() -> str:
        if not known:
            known.append(box.recipient_of(own_identity(store, box)))
        return known[0]

    return recipient


def _keys(db: Database) -> tuple[TrainerKey, ...]:
    found = db.execute("SELECT value FROM meta WHERE name = ?", [_META]).fetchone()
    return tuple(TrainerKey(one["identity"], one["seed"]) for one in json.loads(found[0])) if found else ()


def _text(kind: str, values: dict[str, str]) -> str:
    return json.dumps({"format": kind, "version": _VERSION, **values}, indent=2) + "\n"


def _read(file: Path, kind: str) -> dict[str, Any]:
    value = json.loads(take(file, _MAX_BYTES))
    if value["format"] != kind or value["version"] != _VERSION:
        raise ValueError("another kind of file")
    return dict(value)
