"""A trainer's look into the exchange: headers, packages that were asked for, answers, other trainers' notes.

Everything is taken in once, by name; what is wrong with one file never keeps another out. A package is fetched whole,
looked into, kept, and only then its desk gets the signed receipt that ends the hold.
"""

from __future__ import annotations

import io
import logging
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlite_utils import Database

from app.errors import ExchangeFault, ExchangeMissing, PackageFault, QaFault, StoreFault
from app.evidence_check import Verifier
from app.qa import draws, headers, inbox_rows, taken
from app.qa.exchange import Exchange, of_one_file
from app.qa.keys import TrainerCard, TrainerKeys
from app.qa.package import PackageFacts
from app.qa.package_rows import put_package, row_of
from app.qa.places import (
    ANSWERS,
    DRAWS,
    PACKAGES,
    TRAINERS,
    draw_place,
    headers_of,
    id_in,
    package_place,
    receipt_place,
)
from app.qa.post import ANSWER, DRAW, RATING
from app.qa.sealed import MAX_SEALED, kind_of, unseal
from app.qa.signed import MAX_BYTES, Signed, open_signed
from app.store import Store
from app.team import SealBox
from assist.review.model import Answer, Draw, Letter
from resources.notices import Fault
from ui.qa.ports import QaLook

LOOK_BACK_DAYS: Final = 62
"""Headers of older calls are not looked for: their calls are gone on most desks."""
RECENT_DAYS: Final = 3
"""Days that every look goes through; the others once in :data:`ALL_EVERY`."""
TIDY_DAYS: Final = 31
"""Days before those whose headers are removed from the exchange."""
KEPT_DAYS: Final = 400
"""How long headers stay on this PC that no rating or package is of."""
ALL_EVERY: Final = timedelta(hours=1)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class InboxParts:
    """What a trainer's inbox stands on."""

    store: Store
    keys: TrainerKeys
    exchange: Callable[[], Exchange | None]
    """The exchange as set now, None where none is; raises ExchangeFault."""
    desks: Callable[[], Mapping[str, str]]
    """Public keys of the site's desks by id; may raise TeamFault."""
    folder: Path
    """Where fetched packages lie."""
    look_into: Callable[[Path], PackageFacts]
    """Opens a fetched package far enough to tell what it is; logged. Raises PackageFault."""
    take_answer: Callable[[Answer], bool]
    """Keeps a counsellor's word; again is no fault."""
    take_shared: Callable[[Letter], bool]
    """Keeps another trainer's rating; again is no fault. Raises Fault: it cannot be kept."""
    box: SealBox
    verifier: Verifier
    now: Callable[[], datetime]
    """Wall clock with zone."""
    notes: Mapping[str, Callable[[Mapping[str, Any]], bool]] = field(default_factory=dict)
    """Further kinds of notes of other trainers (:meth:`app.qa.post.TrainerPost.share_note`) and what keeps them."""
    step: Callable[[str], None] = lambda name: None
    """Told the name of each step that a crash could come after; the fault tests crash there."""


@dataclass(slots=True)
class _Counts:
    headers: int = 0
    unproven: int = 0
    packages: int = 0
    letters: int = 0
    broken: int = 0


class QaInbox:
    """The inbox. Methods from any worker thread; looks come one after the other."""

    def __init__(self, parts: InboxParts) -> None:
        self._parts = parts
        self._store = parts.store
        self._lock = threading.Lock()
        self._all_at: datetime | None = None

    def look(self) -> QaLook:
        """Take in what is new; what could not be reached is in the answer, and taken in at a later look."""
        counts, fault = _Counts(), ""
        with self._lock:
            try:
                exchange = self._parts.exchange()
                if exchange is None:
                    raise QaFault("qa.no_exchange")
                if not self._parts.keys.all():
                    raise QaFault("qa.no_key")  # on a counsellor's desk nothing of others is taken in
                self._take_headers(exchange, counts)
                cards = self._parts.keys.cards()
                self._take_trainers(exchange, cards, counts)
                self._take_packages(exchange, counts)
                self._take_answers(exchange, counts)
                self._tidy(exchange)
            except Fault as wrong:
                fault = str(wrong)
                _log.info("a look into the exchange ended early (%s)", wrong.code)
        return QaLook(
            headers=counts.headers,
            packages=counts.packages,
            letters=counts.letters,
            broken=counts.broken,
            fault=fault,
            unproven=counts.unproven,
        )

    def headers(self) -> tuple[headers.KnownHeader, ...]:
        """Return the headers that plans may draw from: of listed desks; of all desks where the site has no list."""
        only = bool(self._parts.desks())
        return self._store.read(lambda db: headers.known_headers(db, only))

    # -- headers --------------------------------------------------------------------------------------------

    def _take_headers(self, exchange: Exchange, counts: _Counts) -> None:
        desks, now = self._parts.desks(), self._parts.now()
        if desks:
            self._store.write(lambda db: inbox_rows.prove(db, desks))
        whole = self._all_at is None or now - self._all_at >= ALL_EVERY
        for back in range(-1, LOOK_BACK_DAYS if whole else RECENT_DAYS):
            folder = headers_of((now.date() - timedelta(days=back)).isoformat())
            known = self._store.read(inbox_rows.names_in(folder))
            fresh = [one.name for one in exchange.list(folder) if id_in(one.name) and one.name not in known]
            for name in fresh:
                self._take_header(exchange, name, desks, counts)
        if whole:
            self._all_at = now

    def _take_header(self, exchange: Exchange, name: str, desks: Mapping[str, str], counts: _Counts) -> None:
        at = self._parts.now().isoformat()
        try:
            data = exchange.take(name, MAX_BYTES)
            found = headers.read_header(data, self._parts.verifier, desks)
            if found.header.id != id_in(name) or name.split("/")[1] != found.header.started_at[:10]:
                raise QaFault("qa.note_broken")  # another header under this name
        except ExchangeMissing:
            return
        except Fault as fault:
            self._refused(name, fault, counts)
            return

        def work(db: Database) -> bool:
            taken.note(db, name, at, "taken")
            return headers.keep_header(db, found, at)

        if self._store.write(work):
            counts.headers += 1
            counts.unproven += bool(desks) and not found.proven  # without a list all that are signed count
        self._parts.step("header taken")

    # -- packages -------------------------------------------------------------------------------------------

    def _take_packages(self, exchange: Exchange, counts: _Counts) -> None:
        wanted = self._store.read(inbox_rows.wanted)
        if not wanted:
            return
        known = self._store.read(inbox_rows.names_in(PACKAGES))
        there = {one.name for one in exchange.list(PACKAGES)}
        for header, (plan, until) in wanted.items():
            name = package_place(header)
            if name in there and name not in known and until >= self._parts.now().date():
                self._take_package(exchange, name, header, plan, counts)
        for header, package_id in self._store.read(inbox_rows.unreceipted).items():
            self._leave_receipt(exchange, header, package_id)

    def _take_package(self, exchange: Exchange, name: str, header: str, plan: str, counts: _Counts) -> None:
        parts = self._parts
        file = parts.folder / f"{header}.doumi"
        parts.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            sha256 = exchange.fetch(name, file)
            parts.step("fetched")
            facts = parts.look_into(file)
            self._check(header, facts)
        except ExchangeMissing:
            return
        except (PackageFault, QaFault, ExchangeFault) as fault:
            if of_one_file(fault):  # else the desk keeps it until there is room, or a way
                file.unlink(missing_ok=True)
            self._refused(name, fault, counts)
            return
        at = parts.now().isoformat()
        kept = replace(row_of(facts, file.name, sha256, at), plan_id=plan)  # the draw it was asked for by

        def work(db: Database) -> None:
            put_package(db, kept)
            taken.note(db, name, at, "taken")

        self._store.write(work)
        parts.step("package kept")
        counts.packages += 1

    def _check(self, header: str, facts: PackageFacts) -> None:
        """Raise QaFault ``qa.other_call`` where a package is not of the desk and the call that its header names."""
        known = self._store.read(lambda db: headers.known_header(db, header))
        if facts.header != header or known is None or known.desk != facts.sender:
            raise QaFault("qa.other_call")

    def _leave_receipt(self, exchange: Exchange, header: str, package_id: str) -> None:
        receipt, place = draws.write_receipt(header, package_id, self._parts.keys.signer()), receipt_place(header)
        try:
            exchange.write(place, io.BytesIO(receipt))
        except ExchangeFault as fault:
            if fault.code != "package.exchange_taken":
                raise
            if not self._is_receipt(exchange, place, header):  # nobody's: no desk would take it for ours
                exchange.delete(place)
                exchange.write(place, io.BytesIO(receipt))
        self._parts.step("receipt left")
        at = self._parts.now().isoformat()
        self._store.write(lambda db: taken.note(db, receipt_place(header), at, "left"))

    def _is_receipt(self, exchange: Exchange, place: str, header: str) -> bool:
        """Whether the trainers' word for this call lies there already: of another trainer's PC, of an earlier key."""
        try:
            data = exchange.take(place, MAX_BYTES)
        except ExchangeFault as fault:
            if not of_one_file(fault):
                raise
            return False
        for card in self._parts.keys.cards():
            with suppress(QaFault):
                draws.read_receipt(data, self._verifier, card, header)
                return True
        return False

    # -- answers and other trainers -------------------------------------------------------------------------

    def _take_answers(self, exchange: Exchange, counts: _Counts) -> None:
        for name, data in self._fresh(exchange, ANSWERS):
            try:
                note = open_signed(ANSWER, unseal(data, self._parts.keys.identities(), self._parts.box), self._verifier)
                answer = taken.value_in(note.body, ANSWER, Answer)
                if not self._store.read(inbox_rows.has_rating(answer.rating)):
                    continue  # of a trainer whose rating did not come in yet
                self._check_desk(note, answer)
                counts.letters += self._parts.take_answer(answer)
            except StoreFault:
                raise
            except Fault as fault:
                self._refused(name, fault, counts)
                continue
            self._parts.step("answer taken")
            self._note(name, "taken")

    def _check_desk(self, note: Signed, answer: Answer) -> None:
        """Raise QaFault ``qa.note_not_signed`` where an answer is not of the desk that the rated call is of."""
        call = self._store.read(inbox_rows.call_of(answer.rating))
        known = self._store.read(lambda db: headers.known_header(db, call))
        if known is None or known.desk != note.signer:
            raise QaFault("qa.note_not_signed")

    def _take_trainers(self, exchange: Exchange, cards: tuple[TrainerCard, ...], counts: _Counts) -> None:
        for name, data in self._fresh(exchange, TRAINERS):
            try:
                signed = unseal(data, self._parts.keys.identities(), self._parts.box)
                kind = kind_of(signed)
                keep = {RATING: self._keep_rating, DRAW: self._keep_draw, **self._parts.notes}.get(kind)
                if keep is None:
                    continue  # of a newer program: it may be read after an update
                note = self._of_trainers(kind, signed, cards)
                counts.letters += keep(note.body) and kind == RATING
            except StoreFault:
                raise
            except Fault as fault:
                self._refused(name, fault, counts)
                continue
            self._parts.step("note taken")
            self._note(name, "taken")

    def _of_trainers(self, kind: str, signed: bytes, cards: tuple[TrainerCard, ...]) -> Signed:
        note = open_signed(kind, signed, self._verifier)
        if note.key not in {card.signing_key for card in cards}:
            raise QaFault("qa.note_not_signed")
        return note

    def _keep_rating(self, body: Mapping[str, Any]) -> bool:
        return self._parts.take_shared(taken.value_in(body, "letter", Letter))

    def _keep_draw(self, body: Mapping[str, Any]) -> bool:
        draw = taken.value_in(body, "draw", Draw)
        try:
            until = date.fromisoformat(str(body.get("until")))
        except ValueError:
            raise QaFault("qa.note_broken") from None
        at = self._parts.now().isoformat(timespec="seconds")
        return self._store.write(lambda db: draws.keep_draw(db, draw, until, at, ""))

    def _fresh(self, exchange: Exchange, folder: str) -> list[tuple[str, bytes]]:
        known = self._store.read(inbox_rows.names_in(folder))
        found = []
        for listed in exchange.list(folder):
            if id_in(listed.name) and listed.name not in known:
                try:
                    found.append((listed.name, exchange.take(listed.name, MAX_SEALED)))
                except ExchangeMissing:
                    continue
                except ExchangeFault as fault:
                    if not of_one_file(fault):
                        raise
                    self._note(listed.name, fault.code)
        return found

    # -- order ----------------------------------------------------------------------------------------------

    def _tidy(self, exchange: Exchange) -> None:
        """Remove what is past its day: draws and the packages that answered them."""
        today = self._parts.now().date()
        for kept in self._store.read(draws.kept_draws):
            if kept.until >= today or self._store.read(inbox_rows.is_tidied(kept.draw.plan.id)):
                continue
            for call in kept.draw.calls:
                exchange.delete(package_place(call.header))
                exchange.delete(receipt_place(call.header))
            exchange.delete(draw_place(kept.draw.plan.id))
            self._note(f"{DRAWS}/{kept.draw.plan.id}", "tidied")

        self._store.write(_forgetting(today - timedelta(days=KEPT_DAYS)))
        if self._all_at is not None and self._parts.now() - self._all_at < timedelta(minutes=1):
            for back in range(LOOK_BACK_DAYS, LOOK_BACK_DAYS + TIDY_DAYS):
                for one in exchange.list(headers_of((today - timedelta(days=back)).isoformat())):
                    exchange.delete(one.name)

    def _refused(self, name: str, fault: Fault, counts: _Counts) -> None:
        if not of_one_file(fault):
            raise fault
        _log.warning("a file of the exchange was refused (%s)", fault.code)
        counts.broken += 1
        self._note(name, fault.code)

    def _note(self, name: str, outcome: str) -> None:
        at = self._parts.now().isoformat()
        self._store.write(lambda db: taken.note(db, name, at, outcome))

    @property
    def _verifier(self) -> Verifier:
        return self._parts.verifier


def _forgetting(before: date) -> Callable[[Database], None]:
    return lambda db: inbox_rows.forget_headers(db, before)
