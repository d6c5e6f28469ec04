"""Puts notes of quality assurance into the outbox: letters to desks, answers to trainers, trainers to each other.

Each is sealed for its receiver and signed inside the seal. It is durable when the method returns; the thread
``qa-sync`` delivers it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlite_utils import Database

from app.errors import QaFault, TeamFault
from app.outbox_rows import Kind, Pack, add_pack
from app.qa import codec
from app.qa.draws import keep_draw, order_of, write_order
from app.qa.headers import known_header
from app.qa.keys import TrainerCard, TrainerKeys
from app.qa.places import answer_place, draw_place, is_id, letter_place, new_id, trainers_place
from app.qa.sealed import seal
from app.qa.signed import Signer
from app.store import Store
from app.team import SealBox
from assist.model import Delivery
from assist.review.model import Answer, Draw, Letter

LETTER: Final = "letter"
ANSWER: Final = "answer"
RATING: Final = "rating"
DRAW: Final = "draw"


@dataclass(frozen=True, slots=True)
class PostParts:
    """What posting stands on."""

    store: Store
    box: SealBox
    is_on: Callable[[], bool]
    """Whether the site set an exchange."""
    wake: Callable[[], None]
    """Told when something is ready to be sent."""
    now: Callable[[], datetime]
    """Wall clock with zone."""


class TrainerPost:
    """A trainer's post; fills :class:`app.qa.ratings.Post`. Any worker thread."""

    def __init__(self, parts: PostParts, keys: TrainerKeys) -> None:
        self._parts = parts
        self._keys = keys

    def send_letter(self, letter: Letter, also: Callable[[Database], object] = lambda db: None) -> None:
        """Seal a rating for the desk of its call.

        Args:
            letter: What the desk is told.
            also: Done in the transaction that puts the letter into the outbox; a Fault it raises undoes both.

        Raises:
            QaFault: ``qa.no_exchange``; ``qa.no_key``; ``qa.desk_unknown``: no header of that call came in.
        """
        header = letter.rating.call
        known = self._parts.store.read(lambda db: known_header(db, header))
        if known is None:
            raise QaFault("qa.desk_unknown")
        body, place = {"letter": json.loads(codec.dump(letter))}, letter_place(known.desk, new_id())

        def do(db: Database) -> bool:
            also(db)
            return True

        self._put(LETTER, body, known.recipient, place, do)

    def share_note(self, kind: str, body: Mapping[str, Any], is_due: Callable[[Database], bool]) -> bool:
        """Seal a note for the other trainers' PCs; returns whether it was put into the outbox.

        Args:
            kind: What the other side looks for (:attr:`app.qa.inbox.InboxParts.notes`).
            body: Of JSON values.
            is_due: Notes that they are told, in the transaction that puts it there; returns whether they are to be.

        Raises:
            QaFault: ``qa.no_exchange``, ``qa.no_key``: it waits where it is until there are both.
        """
        self._check_on()
        return self._put(kind, body, self._keys.card().recipient, trainers_place(new_id()), is_due)

    def send_draw(self, draw: Draw, until: date) -> bool:
        """Keep a draw, ask the desks for its calls and tell the other trainers; returns whether it is new.

        Raises:
            QaFault: ``qa.no_exchange``, ``qa.no_key``, ``qa.drawn_before``, ``qa.nothing_drawn``.
        """
        if not draw.calls or not is_id(draw.plan.id):
            raise QaFault("qa.nothing_drawn")
        self._check_on()
        signer, card = self._keys.signer(), self._keys.card()
        order = write_order(order_of(draw, until), signer).decode()
        note = self._sealed(DRAW, {"draw": json.loads(codec.dump(draw)), "until": until.isoformat()}, card, signer)
        at = self._parts.now().isoformat(timespec="seconds")

        def work(db: Database) -> bool:
            if not keep_draw(db, draw, until, at, at):
                return False
            _add(db, Kind.LETTER, f"draw-{draw.plan.id}", order, draw_place(draw.plan.id), at)
            ident = new_id()
            _add(db, Kind.LETTER, f"letter-{ident}", note, trainers_place(ident), at)
            return True

        is_new = self._parts.store.write(work)
        self._parts.wake()
        return is_new

    def _check_on(self) -> None:
        if not self._parts.is_on():
            raise QaFault("qa.no_exchange")

    def _sealed(self, kind: str, body: Mapping[str, Any], card: TrainerCard, signer: Signer) -> str:
        return seal(kind, body, signer, self._parts.box, card.recipient)

    def _put(
        self, kind: str, body: Mapping[str, Any], recipient: str, place: str, is_due: Callable[[Database], bool]
    ) -> bool:
        self._check_on()
        return _put(self._parts, kind, body, self._keys.signer(), recipient, place, is_due)


class DeskPost:
    """A desk's post. Any worker thread."""

    def __init__(self, parts: PostParts, signer: Signer, card: Callable[[], TrainerCard]) -> None:
        """Join the parts; ``card`` reads the trainers' card as set now, and raises QaFault where there is none."""
        self._parts = parts
        self._signer = signer
        self._card = card

    def send_answer(self, answer: Answer, is_due: Callable[[Database], bool]) -> bool:
        """Seal the counsellor's word for the trainers; returns whether it was put into the outbox.

        Args:
            answer: What was said.
            is_due: Keeps it here, in the same transaction; returns whether it is new.

        Raises:
            QaFault: ``qa.no_exchange``, ``qa.no_card``, or what ``is_due`` raises.
        """
        if not self._parts.is_on():
            raise QaFault("qa.no_exchange")
        body = {"answer": json.loads(codec.dump(answer))}
        return _put(self._parts, ANSWER, body, self._signer, self._card().recipient, answer_place(new_id()), is_due)


def _put(
    parts: PostParts,
    kind: str,
    body: Mapping[str, Any],
    signer: Signer,
    recipient: str,
    place: str,
    is_due: Callable[[Database], bool],
) -> bool:
    try:
        text = seal(kind, body, signer, parts.box, recipient)
    except TeamFault:
        raise QaFault("qa.desk_unknown") from None  # what the header named is no public key
    at = parts.now().isoformat(timespec="seconds")

    def work(db: Database) -> bool:
        if not is_due(db):
            return False
        _add(db, Kind.LETTER, f"letter-{new_id()}", text, place, at)
        return True

    is_new = parts.store.write(work)
    parts.wake()
    return is_new


def _add(db: Database, kind: Kind, pack_id: str, text: str, place: str, at: str) -> None:
    pack = Pack(
        pack_id=pack_id,
        session_id="",
        created_at=at,
        kind=kind,
        sealed_to_desk=False,
        file="",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        delivery=Delivery.WAITING,
        body=text,
        place=place,
    )
    add_pack(db, pack)
