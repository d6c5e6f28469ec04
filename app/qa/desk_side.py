"""Quality assurance on a counsellor's desk: posts headers, answers draws, takes letters in. Quietly, between calls.

Every step is durable before the next: an order is taken with the calls it draws; a drawn call is sealed into a file;
the file's place in the outbox and the new state are one transaction; the trainers' receipt ends the hold. A crash
after any of them is carried on by the next look. What cannot be reached is looked for again later.
"""

from __future__ import annotations

import hashlib
import logging
import random
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from app.errors import ExchangeFault, ExchangeMissing, QaFault, StoreFault
from app.evidence_check import Verifier
from app.notice import notice_of
from app.outbox_rows import Kind, waiting_packs
from app.qa import draws, taken
from app.qa.draws import Drawn
from app.qa.exchange import Exchange, of_one_file
from app.qa.headers import Headers, desk_ids
from app.qa.keys import TrainerCard
from app.qa.places import DRAWS, LETTERS, id_in, receipt_place
from app.qa.post import LETTER
from app.qa.sealed import MAX_SEALED, open_sealed
from app.qa.signed import MAX_BYTES
from app.store import Store
from app.team import SealBox
from assist.review.model import Letter
from audio.events import CallEvent
from resources.notices import Fault

EVERY_S: Final = 300.0
"""How often a desk looks into the exchange, give or take a fifth; seconds."""
SETTLE_S: Final = 3.0
"""How long after a call a look waits: the key that puts a call away mostly begins the next; seconds."""
_GONE: Final = ("store.no_session", "replay.gone")
"""Codes of a call that is no more."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DeskParts:
    """What a desk's side stands on."""

    store: Store
    headers: Headers
    exchange: Callable[[], Exchange | None]
    """The exchange as set now, None where none is; raises ExchangeFault."""
    card: Callable[[], TrainerCard]
    """The trainers' card as set now; raises QaFault ``qa.no_card``, ``qa.not_a_card``."""
    hold_days: Callable[[], int]
    make: Callable[[Drawn, Path, TrainerCard, Callable[[float], None]], None]
    """Seals a drawn call into a file that is not there yet, whole or not at all; tells how far it is."""
    folder: Path
    """Where sealed calls wait for delivery."""
    identity: Callable[[], str]
    """The profile's own, which letters are sealed for."""
    desk: str
    """Id of this desk."""
    take_letter: Callable[[Letter], bool]
    """Keeps a letter; again is no fault. Raises Fault: it is none."""
    box: SealBox
    verifier: Verifier
    wake: Callable[[], None]
    """Told when something is ready to be sent."""
    publish: Callable[[CallEvent], None]
    now: Callable[[], datetime]
    """Wall clock with zone."""
    step: Callable[[str], None] = lambda name: None
    """Told the name of each step that a crash could come after; the fault tests crash there."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What one look gave."""

    headers: int = 0
    drawn: int = 0
    sealed: int = 0
    fetched: int = 0
    letters: int = 0
    fault: str = ""
    """Sentence of what hindered it; empty where nothing did."""


class _CallBegan(Exception):
    """A call began while another was being sealed: that is done after it."""


class QaDesk:
    """The thread ``qa``. Methods from any thread but ``store`` and Qt's, unless they say otherwise."""

    def __init__(self, parts: DeskParts, every_s: float = EVERY_S) -> None:
        """Join the parts; :meth:`start` begins."""
        self._parts = parts
        self._every_s = every_s
        self._in_use: Callable[[], Collection[str]] = frozenset
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._strange: set[tuple[str, str]] = set()
        """Draws that are not signed by the trainers of a card, with that card's key: read once."""
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._last = Looked()

    def watch(self, in_use: Callable[[], Collection[str]]) -> None:
        """Say which calls are open on the desk, in their wrap-up too: while there is one, nothing is done."""
        self._in_use = in_use

    def start(self) -> None:
        """Begin to look, in a thread of its own."""
        self._thread = threading.Thread(target=self._main, name="qa", daemon=True)
        self._thread.start()

    def look_soon(self) -> None:
        """Look now, or after the call that is open. Returns at once; any thread."""
        self._wake.set()

    def put_away(self, session_id: str) -> None:
        """Post the header of a call that was put away, and look soon. Raises StoreFault."""
        self._parts.headers.post(session_id)
        self._parts.wake()
        self._wake.set()

    def close(self, timeout_s: float = 2.0) -> None:
        """End the thread, and post what has no header yet: with the shift the calls may go.

        A thread that hangs in a share that is away is left behind; what it was doing is done again.
        """
        self._stop.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout_s)
        try:
            self._parts.headers.sweep()
        except Fault as fault:
            _log.warning("headers wait for the next start (%s)", fault.code)

    @property
    def last(self) -> Looked:
        """What the last look gave. Any thread."""
        return self._last

    # -- one look -------------------------------------------------------------------------------------------

    def look(self) -> Looked:
        """Do all that is to be done now; what cannot be reached is in the answer. Raises StoreFault."""
        with self._lock:
            self._last = found = self._look()
        return found

    def _look(self) -> Looked:
        parts = self._parts
        headers = parts.headers.sweep(frozenset(self._in_use()))
        if headers:
            parts.wake()
        self._release_past()
        self._sweep_folder()
        drawn = sealed = fetched = letters = 0
        fault = ""
        try:
            exchange = parts.exchange()
            if exchange is None:
                return Looked(headers)
            card = parts.card()
            drawn = self._take_orders(exchange, card)
            self._tell()
            sealed, fault = self._seal_all(card)
            fetched = self._take_receipts(exchange, card)
            for desk in parts.store.write(lambda db: desk_ids(db, parts.desk)):
                letters += self._take_letters(exchange, card, f"{LETTERS}/{desk}")
        except StoreFault:
            raise
        except Fault as wrong:
            fault = str(wrong)
            _log.info("the exchange waits (%s)", wrong.code)
        return Looked(headers, drawn, sealed, fetched, letters, fault)

    def _take_orders(self, exchange: Exchange, card: TrainerCard) -> int:
        parts, new = self._parts, 0
        known = parts.store.read(lambda db: taken.names(db, DRAWS))
        for listed in exchange.list(DRAWS):
            if listed.name in known or not id_in(listed.name) or (listed.name, card.signing_key) in self._strange:
                continue
            try:
                order = draws.read_order(exchange.take(listed.name, MAX_BYTES), parts.verifier, card)
            except ExchangeMissing:
                continue
            except (QaFault, ExchangeFault) as fault:
                if not of_one_file(fault):
                    raise
                _log.warning("a draw was refused (%s)", fault.code)
                if fault.code == "qa.note_not_signed":  # with another card it may be the trainers' own
                    self._strange.add((listed.name, card.signing_key))
                else:
                    parts.store.write(_noting(listed.name, parts.now().isoformat(), fault.code))
                continue
            at = parts.now()
            until = at.date() + timedelta(days=parts.hold_days())
            new += parts.store.write(_taking(listed.name, order, at, until, parts.desk))
            parts.step("order taken")
        return new

    def _tell(self) -> None:
        count = self._parts.store.read(draws.untold)
        if count and not self._in_use():
            self._parts.publish(notice_of(Fault("qa.drawn", count=count), severity="info"))
            self._parts.store.write(draws.told)

    def _seal_all(self, card: TrainerCard) -> tuple[int, str]:
        """Seal what is drawn; returns how many, and a sentence why one could not be, or empty."""
        parts, done, why = self._parts, 0, ""
        today = parts.now().date()
        for one in parts.store.read(lambda db: draws.drawn(db, "drawn")):
            if self._stop.is_set() or self._in_use():
                break
            if one.until < today:
                continue
            file = parts.folder / f"{one.header}.doumi"
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.unlink(missing_ok=True)  # made before a crash and never sent: its row would say so
            try:
                parts.make(one, file, card, self._only_between_calls)
            except _CallBegan:
                break
            except Fault as fault:
                _log.warning("a drawn call could not be sealed (%s)", fault.code)
                if fault.code in _GONE:
                    parts.store.write(_releasing(one.header))
                elif isinstance(fault, StoreFault):
                    raise
                else:
                    why = str(fault)  # tried again at the next look, until its last day
                continue
            parts.step("sealed")
            with file.open("rb") as stream:
                sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            if not parts.store.write(_sealing(one.header, file.name, sha256, parts.now())):
                file.unlink(missing_ok=True)
                continue
            parts.step("in outbox")
            done += 1
            parts.wake()
        return done, why

    def _only_between_calls(self, _part: float) -> None:
        if self._stop.is_set() or self._in_use():
            raise _CallBegan

    def _take_receipts(self, exchange: Exchange, card: TrainerCard) -> int:
        parts, done = self._parts, 0
        for one in parts.store.read(lambda db: draws.drawn(db, "sealed")):
            try:
                data = exchange.take(receipt_place(one.header), MAX_BYTES)
                draws.read_receipt(data, parts.verifier, card, one.header)
            except ExchangeMissing:
                continue
            except (QaFault, ExchangeFault) as fault:
                if not of_one_file(fault):
                    raise
                _log.warning("a receipt was refused (%s)", fault.code)
                continue
            parts.store.write(_fetching(one.header))
            parts.step("fetched")
            done += 1
        return done

    def _take_letters(self, exchange: Exchange, card: TrainerCard, folder: str) -> int:
        parts, new = self._parts, 0
        known = parts.store.read(lambda db: taken.names(db, folder))
        for listed in exchange.list(folder):
            if not id_in(listed.name):
                continue
            if listed.name not in known:
                try:
                    data = exchange.take(listed.name, MAX_SEALED)
                    opened = open_sealed(LETTER, data, [parts.identity()], parts.box, parts.verifier, card.signing_key)
                    new += parts.take_letter(taken.value_in(opened.body, LETTER, Letter))
                    outcome = "taken"
                except ExchangeMissing:
                    continue
                except Fault as fault:
                    if not of_one_file(fault):
                        raise
                    _log.warning("a letter was refused (%s)", fault.code)
                    outcome = fault.code
                parts.step("letter taken")
                at = parts.now().isoformat()
                parts.store.write(_noting(listed.name, at, outcome))
                if outcome != "taken":
                    continue
            exchange.delete(listed.name)
            parts.step("letter removed")
        return new

    def _release_past(self) -> None:
        today = self._parts.now().date()
        for one in self._parts.store.read(lambda db: draws.drawn(db, "drawn", "sealed")):
            if one.until < today or self._is_gone(one.session_id):
                self._parts.store.write(_releasing(one.header))
                (self._parts.folder / f"{one.header}.doumi").unlink(missing_ok=True)

        for header in self._parts.store.read(lambda db: draws.of_earlier_desk(db, self._parts.desk)):
            self._parts.store.write(_releasing(header))

    def _sweep_folder(self) -> None:
        """Remove sealed files that no row waits with: made or delivered right before a crash."""
        if not self._parts.folder.is_dir():
            return
        waiting = {pack.file for pack in self._parts.store.read(waiting_packs) if pack.kind is Kind.PACKAGE}
        for file in self._parts.folder.iterdir():
            if file.name not in waiting:
                file.unlink(missing_ok=True)

    def _is_gone(self, session_id: str) -> bool:
        sql = "SELECT 1 FROM sessions WHERE id = ?"
        return self._parts.store.read(lambda db: db.execute(sql, [session_id]).fetchone()) is None

    # -- the thread -----------------------------------------------------------------------------------------

    def _main(self) -> None:
        while not self._stop.is_set():
            self._wake.clear()
            if not self._in_use():
                self._guarded()
            if self._wake.wait(self._every_s * random.uniform(0.8, 1.2)):
                self._stop.wait(SETTLE_S)

    def _guarded(self) -> None:
        try:
            self.look()
        except Fault as fault:
            _log.warning("quality assurance waits (%s)", fault.code)
        except OSError as error:
            _log.warning("quality assurance waits (%s)", type(error).__name__)
        except Exception:  # a thread's top frame: the next look must not depend on this one
            _log.error("quality assurance failed", exc_info=True)


def _taking(name: str, order: draws.Order, at: datetime, until: date, desk: str) -> Callable[[Database], int]:
    def work(db: Database) -> int:
        taken.note(db, name, at.isoformat(), "taken")
        return draws.take_order(db, order, at, until, desk)

    return work


def _sealing(header: str, file: str, sha256: str, at: datetime) -> Callable[[Database], bool]:
    return lambda db: draws.seal(db, header, file, sha256, at)


def _fetching(header: str) -> Callable[[Database], None]:
    return lambda db: draws.fetched(db, header)


def _releasing(header: str) -> Callable[[Database], None]:
    return lambda db: draws.release(db, header)


def _noting(name: str, at: str, outcome: str) -> Callable[[Database], None]:
    return lambda db: taken.note(db, name, at, outcome)
