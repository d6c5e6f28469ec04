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

    def send_letter(self, letter: Letter) -> None:
        """Seal a rating for the desk of its call.

        Raises:
            QaFault: ``qa.no_exchange``; ``qa.no_key``; ``qa.desk_unknown``: no header of that call came in.
        """
        header = letter.rating.call
        known = self._parts.store.read(lambda db: known_header(db, header))
        if known is None:
            raise QaFault("qa.desk_unknown")
        self._put(LETTER, _letter(letter), known.recipient, letter_place(known.desk, new_id()))

    def share(self, letter: Letter) -> None:
        """Seal a submitted rating, or what became of an objection, for the other trainers' PCs.

        Raises:
            QaFault: ``qa.no_exchange``, ``qa.no_key``: it waits here until there are both.
        """
        self._check_on()
        if not self._keys.all():
            raise QaFault("qa.no_key")
        self.share_note(RATING, _letter(letter))

    def share_note(self, kind: str, body: Mapping[str, Any]) -> None:
        """Seal a note for the other trainers' PCs; without exchange or trainers' key nothing is sent. Raises QaFault.

        Args:
            kind: What the other side looks for (:attr:`app.qa.inbox.InboxParts.notes`).
            body: Of JSON values.
        """
        if self._parts.is_on() and self._keys.all():
            self._put(kind, body, self._keys.card().recipient, trainers_place(new_id()))

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

    def _put(self, kind: str, body: Mapping[str, Any], recipient: str, place: str) -> None:
        self._check_on()
        signer = self._keys.signer()
        _put(self._parts, kind, body, signer, recipient, place)


class DeskPost:
    """A desk's post. Any worker thread."""

    def __init__(self, parts: PostParts, signer: Signer, card: Callable[[], TrainerCard]) -> None:
        """Join the parts; ``card`` reads the trainers' card as set now, and raises QaFault where there is none."""
        self._parts = parts
        self._signer = signer
        self._card = card

    def send_answer(self, answer: Answer) -> None:
        """Seal the counsellor's word for the trainers. Raises QaFault ``qa.no_exchange``, ``qa.no_card``."""
        if not self._parts.is_on():
            raise QaFault("qa.no_exchange")
        body = {"answer": json.loads(codec.dump(answer))}
        _put(self._parts, ANSWER, body, self._signer, self._card().recipient, answer_place(new_id()))


def _letter(letter: Letter) -> dict[str, Any]:
    return {"letter": json.loads(codec.dump(letter))}


def _put(parts: PostParts, kind: str, body: Mapping[str, Any], signer: Signer, recipient: str, place: str) -> None:
    try:
        text = seal(kind, body, signer, parts.box, recipient)
    except TeamFault:
        raise QaFault("qa.desk_unknown") from None  # what the header named is no public key
    at = parts.now().isoformat(timespec="seconds")
    parts.store.write(lambda db: _add(db, Kind.LETTER, f"letter-{new_id()}", text, place, at))
    parts.wake()


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
