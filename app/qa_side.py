"""Builds quality assurance: the desk's side, and the trainer's on an open database.

With :mod:`app.composition` and its other halves the only maker of adapters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlite_utils import Database

from app.adapters.signing import DeskSigner, Ed25519Verifier
from app.destinations import Destinations, quality_sender
from app.doctor_quality import Check, QualityParts, checks
from app.errors import QaFault
from app.home import Home
from app.outbox import OutboxSender
from app.package_side import PackageMaker, known_desks, open_exchange, package_opener
from app.personal import (
    Personal,
    desk_key,
    desk_signer,
    open_reader,
    open_writer,
    seal_box,
    wall_clock,
)
from app.profiles import signature
from app.qa.desk_side import DeskParts, QaDesk
from app.qa.draws import Drawn
from app.qa.exchange import Exchange
from app.qa.inbox import InboxParts, QaInbox
from app.qa.keys import TrainerCard, TrainerKeys, own_identity, read_card
from app.qa.keys import make as make_key
from app.qa.letters import Letters
from app.qa.package import PackageKind, Terms
from app.qa.package_open import TAKEN
from app.qa.post import DeskPost, PostParts, TrainerPost
from app.qa.rating_rows import hand_over
from app.settings import QaSettings, Settings
from app.store import Store
from assist.review.model import Answer, Letter
from audio.events import CallEvent
from resources.notices import sentence

_RATER: Final = "qa_rater"
_RATER_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class DeskQuality:
    """The counsellor's side of quality assurance on a running desk."""

    desk: QaDesk
    letters: Letters
    """Ratings that came, and the own drawn calls; fills :class:`ui.qa.ports.LetterServices`."""


def desk_quality(
    home: Home,
    settings: Callable[[], Settings],
    personal: Personal,
    publish: Callable[[CallEvent], None],
    now: Callable[[], datetime] = wall_clock,
    step: Callable[[str], None] = lambda name: None,
) -> DeskQuality:
    """Return the desk's side; :meth:`app.qa.desk_side.QaDesk.start` begins to look.

    Args:
        home: Whose.
        settings: The settings as they are now.
        personal: The open personal side; its sender for the exchange is not started here.
        publish: Told what the counsellor should know.
        now: Wall clock with zone.
        step: Told the name of each durable step; the fault tests crash there.
    """
    store, box, verifier = personal.store, seal_box(), Ed25519Verifier()
    signer = desk_signer(personal.key)
    maker = PackageMaker(home, store, personal.key.derive("sound"), signer, now)

    def card() -> TrainerCard:
        return trainer_card(settings().qa)

    def make(drawn: Drawn, file: Path, trainers: TrainerCard, progress: Callable[[float], None]) -> None:
        purpose = sentence("qa.purpose", title=drawn.title or drawn.plan)[:200]
        code = settings().desk.counsellor_code or signer.desk_id
        terms = Terms(purpose, drawn.until, PackageKind.SESSION, code, drawn.header, drawn.plan)
        maker.make(drawn.session_id, file, terms, [trainers.recipient], progress)

    post = DeskPost(
        PostParts(store, box, lambda: settings().qa.is_on, personal.quality.wake, now),
        signer,
        card,
    )
    letters = Letters(store, post.send_answer, now, lambda: settings().qa.is_on)
    letters.forget()
    parts = DeskParts(
        store=store,
        headers=personal.headers,
        exchange=_Meeting(settings),
        card=card,
        hold_days=lambda: settings().qa.hold_days,
        make=make,
        folder=home.qa_outbox,
        identity=lambda: own_identity(store, box),
        desk=signer.desk_id,
        take_letter=letters.take,
        box=box,
        verifier=verifier,
        wake=personal.quality.wake,
        publish=publish,
        now=now,
        step=step,
    )
    return DeskQuality(QaDesk(parts), letters)


def trainer_card(settings: QaSettings) -> TrainerCard:
    """Return the trainers' card as set. Raises QaFault ``qa.no_card``, ``qa.not_a_card``."""
    if settings.trainer_card is None:
        raise QaFault("qa.no_card")
    return read_card(settings.trainer_card, seal_box(), Ed25519Verifier())


@dataclass(frozen=True, slots=True)
class TrainerSide:
    """The trainer's side on an open database: keys, post, inbox, and what delivers. Any worker thread."""

    store: Store
    keys: TrainerKeys
    post: TrainerPost
    inbox: QaInbox
    sender: OutboxSender
    """Not started: a window starts its thread, a command calls :meth:`app.outbox.OutboxSender.round`."""
    rater: str
    """Name of the open profile; where it has none, a word and the beginning of the desk's id, the same on every start:
    two such PCs are two raters, and nobody is named after a login. A profile that got a name stays the same rater."""


def make_trainer_key(folder: Path) -> TrainerCard:
    """Make the trainers' key and card in ``folder``. Raises QaFault."""
    return make_key(folder, seal_box(), DeskSigner)


def trainer_keys(store: Store) -> TrainerKeys:
    """Return the trainers' keys that an open database holds."""
    return TrainerKeys(store, seal_box(), DeskSigner)


def trainer_side(
    home: Home,
    store: Store,
    settings: Callable[[], Settings],
    take_answer: Callable[[Answer], bool],
    take_shared: Callable[[Letter], bool],
    now: Callable[[], datetime] = wall_clock,
    notes: Mapping[str, Callable[[Mapping[str, Any]], bool]] | None = None,
    step: Callable[[str], None] = lambda name: None,
) -> TrainerSide:
    """Return the trainer's side.

    Args:
        home: Whose.
        store: Its open database.
        settings: The settings as they are now.
        take_answer: Keeps a counsellor's word on a rating (:meth:`app.qa.ratings.Ratings.take_answer`).
        take_shared: Keeps another trainer's rating (:meth:`app.qa.ratings.Ratings.take_shared`).
        now: Wall clock with zone.
        notes: Further kinds of notes between trainers, and what keeps each.
        step: Told the name of each durable step; the fault tests crash there.
    """
    box, keys = seal_box(), trainer_keys(store)
    sender = quality_sender(home, store, Destinations(home, settings), step)
    post = TrainerPost(PostParts(store, box, lambda: settings().qa.is_on, sender.wake, now), keys)

    def desks() -> Mapping[str, str]:
        return known_desks(settings().qa.desks)

    opener = package_opener(store, desks, now)
    parts = InboxParts(
        store=store,
        keys=keys,
        exchange=_Meeting(settings),
        desks=desks,
        folder=home.packages,
        look_into=lambda file: opener.look(file, "qa", TAKEN),
        take_answer=take_answer,
        take_shared=take_shared,
        box=box,
        verifier=Ed25519Verifier(),
        now=now,
        notes=notes or {},
        step=step,
    )
    return TrainerSide(store, keys, post, QaInbox(parts), sender, _rater(home, store))


def _rater(home: Home, store: Store) -> str:
    name = signature(home, "")

    def kept(db: Database) -> str:
        found = db.execute("SELECT value FROM meta WHERE name = ?", [_RATER]).fetchone()
        return str(found[0]) if found else ""

    before = store.read(kept)
    if before and name in ("", before):  # unnamed still: another language would make him another rater
        return before
    if not name:
        desk = desk_signer(desk_key(home)).desk_id.removeprefix("desk-")[:_RATER_DIGITS]
        name = sentence("qa.rater_unnamed", desk=desk)

    def work(db: Database) -> None:
        hand_over(db, before, name)
        db.table("meta").insert({"name": _RATER, "value": name}, replace=True)

    store.write(work)
    return name


@contextmanager
def open_trainer_store(home: Home) -> Iterator[Store]:
    """Open the database of a trainer's PC, beside a running window or without one; made on first use.

    Raises:
        StoreFault, KeyFault: It cannot be opened.
    """
    from app.adapters.sqlcipher import SqlCipherVault

    if home.personal_db.exists():
        with open_writer(home) as store:
            yield store
        return
    store = Store(SqlCipherVault(home.personal_db, desk_key(home).derive("db")), wall_clock)
    store.access.who = signature(home, store.access.who)
    try:
        yield store
    finally:
        store.close()


def quality_checks(home: Home, settings: Settings, now: Callable[[], datetime] = wall_clock) -> list[Check]:
    """Return what ``doumi doctor`` looks at; none where quality assurance is not set up. Makes nothing."""
    return checks(
        QualityParts(
            settings,
            exchange=lambda: open_exchange(settings.qa.exchange),
            card=lambda: trainer_card(settings.qa),
            reader=lambda: open_reader(home),
            has_key=lambda reader: bool(TrainerKeys(reader, seal_box(), DeskSigner).all()),
            verifier=Ed25519Verifier(),
            now=now,
        )
    )


class _Meeting:
    """The exchange as the settings name it; built again only when they change."""

    def __init__(self, settings: Callable[[], Settings]) -> None:
        self._settings = settings
        self._built: tuple[str, Exchange] | None = None

    def __call__(self) -> Exchange | None:
        """Return it; None where none is set. Raises ExchangeFault."""
        address = self._settings().qa.exchange
        if not address:
            return None
        built = self._built
        if built is None or built[0] != address:
            self._built = built = (address, open_exchange(address))
        return built[1]
