"""What ``doumi doctor`` looks at for quality assurance, where it is set up. Leaves nothing behind."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar

from sqlite_utils import Database

from app.doctor import Finding, Verdict
from app.errors import ExchangeFault, ExchangeMissing, StoreFault
from app.evidence_check import Verifier
from app.outbox_rows import OF_QUALITY
from app.qa import draws
from app.qa.exchange import Exchange, of_one_file
from app.qa.keys import TrainerCard
from app.qa.places import DRAWS, new_id
from app.qa.signed import MAX_BYTES
from app.settings import Settings
from app.store_reader import SessionReader
from assist.model import Delivery
from resources.notices import Fault, sentence

LONG: Final = timedelta(days=1)
"""How long something may wait before it is told: a desk that is on sends and seals within minutes."""
MOST_DRAWS: Final = 50
"""Most draws whose signatures are compared with the card: some of those there are, as their names are random."""

T = TypeVar("T")
Check = tuple[str, Callable[[], Finding]]


@dataclass(frozen=True, slots=True)
class QualityParts:
    """What to look at. Every callable may raise a Fault; that becomes a finding."""

    settings: Settings
    exchange: Callable[[], Exchange]
    card: Callable[[], TrainerCard]
    """The trainers' card as set."""
    reader: Callable[[], SessionReader]
    """What is saved on this PC; raises StoreFault ``store.absent`` where nothing ever was."""
    has_key: Callable[[SessionReader], bool]
    """Whether the trainers' key is kept there."""
    verifier: Verifier
    now: Callable[[], datetime]
    """Wall clock with zone."""


def checks(parts: QualityParts) -> list[Check]:
    """Return the checks by name, in order; none where quality assurance is not set up. Every one may raise."""
    is_trainer = parts.settings.role == "trainer"
    if not parts.settings.qa.is_on and not is_trainer:
        return []
    own: list[Check] = [("qa_card", lambda: card(parts)), ("qa_code", lambda: code(parts))]
    own.append(("qa_draws", lambda: drawn(parts)))
    return [
        ("qa_exchange", lambda: exchange(parts)),
        *([("qa_key", lambda: key(parts))] if is_trainer else own),
        ("qa_waiting", lambda: waiting(parts)),
    ]


def exchange(parts: QualityParts) -> Finding:
    """Tell whether the exchange can be read, and written and emptied again. Raises ExchangeFault."""
    if not parts.settings.qa.is_on:
        return Finding("qa_exchange", Verdict.WARN, sentence("qa.no_exchange"))
    place, name = parts.exchange(), f"doctor-{new_id()}"
    place.folders()
    try:
        place.write(name, io.BytesIO(b"doumi doctor\n"))
    except ExchangeFault as fault:
        if fault.code == "package.exchange_full":
            raise
        detail = sentence("cli.doctor_qa_read_only", name=place.name)
        return Finding("qa_exchange", Verdict.FAIL, detail, sentence("cli.doctor_qa_rights_do"))
    try:
        place.delete(name)
    except ExchangeFault:
        detail = sentence("cli.doctor_qa_no_removing", name=place.name, file=name)
        return Finding("qa_exchange", Verdict.FAIL, detail, sentence("cli.doctor_qa_rights_do"))
    return Finding("qa_exchange", Verdict.OK, sentence("cli.doctor_qa_exchange", name=place.name))


def card(parts: QualityParts) -> Finding:
    """Tell whether the trainers' card is there, and whether draws in the exchange are theirs. Raises QaFault."""
    found = parts.card()
    try:
        proven, others = _signed_by(found, parts.exchange(), parts.verifier)
    except ExchangeFault:  # told by the check of the exchange
        proven = others = 0
    path = str(parts.settings.qa.trainer_card)
    if proven:
        return Finding("qa_card", Verdict.OK, sentence("cli.doctor_qa_card_proven", path=path, count=proven))
    if others:
        detail = sentence("cli.doctor_qa_card_other", path=path, count=others)
        return Finding("qa_card", Verdict.WARN, detail, sentence("cli.doctor_qa_card_do"))
    return Finding("qa_card", Verdict.OK, sentence("cli.doctor_qa_card", path=path))


def _signed_by(found: TrainerCard, place: Exchange, verifier: Verifier) -> tuple[int, int]:
    """Return how many of some draws in the exchange bear the signature of this card, and how many another."""
    proven = others = 0
    for listed in place.list(DRAWS)[:MOST_DRAWS]:
        try:
            draws.read_order(place.take(listed.name, MAX_BYTES), verifier, found)
        except Fault as fault:
            if not of_one_file(fault) and not isinstance(fault, ExchangeMissing):
                raise
            others += fault.code == "qa.note_not_signed"
        else:
            proven += 1
    return proven, others


def code(parts: QualityParts) -> Finding:
    """Tell whether the desk says whose calls it posts; not whose: findings go into support reports."""
    if parts.settings.desk.counsellor_code:
        return Finding("qa_code", Verdict.OK, sentence("cli.doctor_qa_code"))
    return Finding("qa_code", Verdict.WARN, sentence("cli.doctor_qa_no_code"), sentence("cli.doctor_qa_code_do"))


def drawn(parts: QualityParts) -> Finding:
    """Tell how many drawn calls wait to be sealed, and to be fetched. Raises StoreFault, KeyFault."""

    def work(db: Database) -> tuple[list[str], int]:
        return [one.drawn_at for one in draws.drawn(db, "drawn")], len(draws.drawn(db, "sealed"))

    sealing, fetching = _read(parts, work) or ([], 0)
    detail = sentence("cli.doctor_qa_draws", sealing=len(sealing), fetching=fetching)
    if sealing and _is_long(parts, min(sealing)):
        return Finding("qa_draws", Verdict.WARN, detail, sentence("cli.doctor_qa_draws_do"))
    return Finding("qa_draws", Verdict.OK, detail)


def waiting(parts: QualityParts) -> Finding:
    """Tell what waits to be sent, and since when. Raises StoreFault, KeyFault."""
    marks = ", ".join("?" * len(OF_QUALITY))
    sql = f"SELECT created_at, error FROM outbox WHERE kind IN ({marks}) AND delivery <> ? ORDER BY created_at"
    values = [*(kind.value for kind in OF_QUALITY), Delivery.ACCEPTED.value]
    rows = _read(parts, lambda db: list(db.query(sql, values))) or []
    detail = sentence("cli.doctor_qa_queue", count=len(rows))
    if not rows or not _is_long(parts, rows[0]["created_at"]):
        return Finding("qa_waiting", Verdict.OK, detail)
    since = sentence("cli.doctor_qa_waiting", count=len(rows), day=rows[0]["created_at"][:10])
    return Finding("qa_waiting", Verdict.WARN, since, rows[0]["error"] or sentence("cli.doctor_qa_waiting_do"))


def key(parts: QualityParts) -> Finding:
    """Tell whether a trainer's PC has the trainers' key. Raises StoreFault, KeyFault."""
    reader = _reader(parts)
    if reader is not None and parts.has_key(reader):
        return Finding("qa_key", Verdict.OK, sentence("qa.key_here"))
    return Finding("qa_key", Verdict.FAIL, sentence("qa.no_key"))


def _read(parts: QualityParts, work: Callable[[Database], T]) -> T | None:
    reader = _reader(parts)
    return None if reader is None else reader.read(work)


def _reader(parts: QualityParts) -> SessionReader | None:
    try:
        return parts.reader()
    except StoreFault as fault:
        if fault.code != "store.absent":
            raise
        return None


def _is_long(parts: QualityParts, at: str) -> bool:
    try:
        return parts.now() - datetime.fromisoformat(at) >= LONG
    except (ValueError, TypeError):
        return False
