"""Builds the personal side: desk key, encrypted store, outbox. Beside app.composition the only maker of adapters."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from app import access_log, courier, key_side
from app.access_log import State, Verdict
from app.adapters.age_box import AgeBox
from app.adapters.sheet_writer import workbook
from app.adapters.signing import DeskSigner, Ed25519Verifier
from app.adapters.sqlcipher import SqlCipherVault
from app.courier import Courier
from app.destinations import Destinations, quality_sender
from app.errors import KeyFault, StoreFault
from app.escalation import Escalations
from app.evidence import EvidenceMaker
from app.evidence_desk import EvidenceDesk
from app.filing import RecordFiling
from app.filing_rows import unsent_records
from app.holdings import DeskHoldings
from app.home import Home
from app.key_wraps import Turn
from app.keys import DeskKey, KeyPlace
from app.outbox import OutboxSender
from app.outbox_rows import unsent
from app.profiles import signature, unlock
from app.qa.headers import HeaderParts, Headers
from app.qa.keys import own_recipient
from app.record_help import SiteRecordHelp
from app.retention import Retention
from app.settings import SecuritySettings, Settings
from app.settings import load as load_settings
from app.site_scripts import SiteScripts
from app.sound import flac_clip, saved_sound
from app.store import Store
from app.store_reader import SessionReader
from app.store_schema import version
from audio.events import CallEvent
from audio.ports import Recording
from audio.recorded_sound import RecordedSound
from resources.notices import Fault
from ui.ports import OutboxRow

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Personal:
    """The personal side of a running desk."""

    key: DeskKey
    store: Store
    escalations: Escalations
    evidence: EvidenceDesk
    sender: OutboxSender
    recovered: tuple[str, ...]
    """Sessions that an earlier run left unfinished, now closed as interrupted."""
    retention: Retention
    holdings: DeskHoldings
    renew_key: Callable[[], None]
    """Changes the desk key of a closed home."""
    filing: RecordFiling
    record_help: SiteRecordHelp
    headers: Headers
    quality: OutboxSender
    """Delivers to the exchange of quality assurance; not started before somebody looks after that."""

    def outbox(self) -> tuple[OutboxRow, ...]:
        """Return the sealed packs, newest first. Raises StoreFault."""
        return self.sender.rows()

    def unsent(self) -> tuple[int, int]:
        """Return how many packs are not accepted, and how many of them wait for a team key. Raises StoreFault."""
        return self.store.read(unsent)

    def unsent_records(self) -> int:
        """Return how many filed records the site's system has not taken yet. Raises StoreFault."""
        return self.store.read(unsent_records)

    def close(self) -> None:
        """End ``evidence``, ``sync``, ``qa-sync``, ``retention`` and ``store``, in this order, and the shift."""
        self.evidence.close()
        self.sender.close()
        self.quality.close(2.0)  # a share that hangs is left behind
        shift_over = self.retention.close()
        self.store.close()
        if shift_over:
            self.renew_key()


def wall_clock() -> datetime:
    """Return the time with its zone."""
    return datetime.now().astimezone()


def key_place(home: Home) -> KeyPlace:
    """Return where this home's desk key is looked for. Makes none."""
    return key_side.place_of(home)


def desk_key(home: Home) -> DeskKey:
    """Return the key of ``home``'s profile, asking for its PIN where it has one; mints it for one without a database.

    Raises:
        KeyFault: The key cannot be had; ProfileFault: the PIN is not it.
    """
    return unlock(home, key_place(home), home.pin)


def desk_start_key(home: Home, security: SecuritySettings) -> DeskKey:
    """Return the desk key for the holder of the instance lock, with what an earlier run left finished first.

    Raises:
        KeyFault: The key cannot be had; ProfileFault: the PIN is not it.
    """
    place = key_place(home)
    try:
        key = desk_key(home)
    except KeyFault as fault:
        if fault.code != "keys.turning":
            raise
        key_side.settle(home, place, home.pin)
        key = desk_key(home)
    else:
        key_side.settle(home, place, home.pin)
    key_side.ensure_recovery(place, key, security)
    return key


def seal_box() -> AgeBox:
    """Return the sealing used for packs."""
    return AgeBox()


def verifier() -> Ed25519Verifier:
    """Return what checks the signatures of desks."""
    return Ed25519Verifier()


def desk_signer(key: DeskKey) -> DeskSigner:
    """Return what signs for the desk of ``key``."""
    return DeskSigner(key.derive("sign"))


def open_personal(
    home: Home,
    settings: Callable[[], Settings],
    publish: Callable[[CallEvent], None],
    on_store: Callable[[StoreFault | None], None] = lambda fault: None,
    now: Callable[[], datetime] = wall_clock,
    number: Callable[[str], int] = lambda call_id: 0,
    others_at_work: bool = False,
) -> Personal:
    """Open the personal side of the desk that holds the instance lock; makes key and database on first use.

    Args:
        home: Whose desk.
        settings: The settings as they are now; asked again at every delivery.
        publish: Told in the threads ``evidence`` and ``sync`` what happened to incidents and their packs; the log has
            it already.
        on_store: Told in the thread ``store`` when writing fails and (None) when it works again.
        now: Wall clock with zone.
        number: Takes the next place in the log of the open call; 0 for another.
        others_at_work: The desk of another profile still closes.

    Raises:
        KeyFault: The key is locked, absent, wrong, unavailable or cannot be kept.
        StoreFault: The database cannot be opened; it is left as it is.
    """
    key = desk_start_key(home, settings().security)
    store = Store(SqlCipherVault(home.personal_db, key.derive("db")), now, on_store)
    store.access.who = signature(home, store.access.who)
    try:
        recovered = store.recover()
        escalations = Escalations(home, store, seal_box(), lambda: settings().escalation.team_key, now, number)
        escalations.sweep(others_at_work)
    except BaseException:
        store.close()
        raise
    destinations = Destinations(home, settings)
    sender = OutboxSender(store, escalations, destinations.drop, publish)
    quality = quality_sender(home, store, destinations)
    headers = Headers(
        store,
        HeaderParts(
            signer=desk_signer(key),
            recipient=own_recipient(store, seal_box()),
            code=lambda: settings().desk.counsellor_code,
            is_on=lambda: settings().qa.is_on,
            now=now,
        ),
    )

    def wake() -> None:
        sender.wake()
        quality.wake()

    filing = RecordFiling(store, lambda: settings().filing, signature(home, ""), wake, now, headers.filing)

    def kept(call_id: str) -> RecordedSound:
        return saved_sound(home.sound / call_id, key.derive("sound"))

    def minutes() -> float:
        return settings().assist.clip_minutes

    scripts = SiteScripts(lambda: settings().protection.scripts)

    def titles() -> dict[str, str]:
        return {choice.situation: choice.text for choice in scripts.now().choices()}

    def sound(call_id: str) -> Recording:
        return evidence.sound(call_id)

    maker = EvidenceMaker(store, sound, flac_clip, desk_signer(key), minutes, now, titles)
    evidence = EvidenceDesk(escalations, maker, kept, publish, sender.wake)
    retention = Retention(home, store, lambda: settings().retention, now, publish, recovered)
    holdings = DeskHoldings(retention, store, lambda: settings().retention, workbook)
    evidence.start()
    sender.start()
    help_ = SiteRecordHelp(lambda: settings().record, store)
    renew = lambda: _renew_key(home)  # noqa: E731 - names one step
    sides = (filing, help_, headers, quality)
    return Personal(key, store, escalations, evidence, sender, recovered, retention, holdings, renew, *sides)


def _renew_key(home: Home) -> None:
    """Give a closed home another desk key, so that remnants of a shift on the disk are unreadable for good.

    Only where no PIN has to be asked for: nobody sits before a desk that closes. What hinders it is logged.
    """
    place = key_place(home)
    try:
        if not place.has_pin():
            key_side.turn_of(home, place).turn(keep=key_side.SAME_DESK)
    except Fault as fault:
        _log.warning("the desk key was not changed at the end of the shift (%s)", fault.code)


@contextmanager
def open_retention(home: Home) -> Iterator[tuple[Retention, DeskHoldings]]:
    """Open what keeps to the site's periods, beside a running desk or without one.

    Raises:
        StoreFault, KeyFault: As :func:`open_reader`.
    """
    policy = load_settings(home.settings, wall_clock).settings.retention
    with open_writer(home) as store:
        retention = Retention(home, store, lambda: policy, wall_clock)
        yield retention, DeskHoldings(retention, store, lambda: policy, workbook)


def open_courier(home: Home, settings: Callable[[], Settings]) -> Courier:
    """Return what delivers the sealed packs of all profiles while nobody's desk is open, at work. Raises StoreFault."""
    folder = home.root / courier.FOLDER / secrets.token_hex(8)
    store = Store(SqlCipherVault(folder / "personal.db", secrets.token_bytes(32)), wall_clock)
    escalations = Escalations(home, store, seal_box(), lambda: None, wall_clock)
    destinations = Destinations(home, settings)
    return Courier(folder, store, OutboxSender(store, escalations, destinations.drop, lambda change: None))


def open_reader(home: Home) -> SessionReader:
    """Return saved calls for reading, beside a running desk or without one. Makes nothing.

    Raises:
        StoreFault: ``store.absent``: nothing was ever saved here; KeyFault: the key cannot be had.
    """
    if not home.personal_db.exists():
        raise StoreFault("store.absent", path=str(home.personal_db))
    reader = SessionReader(vault(home))
    if not reader.read(version):
        # The first start had no room for the tables.
        raise StoreFault("store.absent", path=str(home.personal_db))
    return reader


@contextmanager
def open_writer(home: Home) -> Iterator[Store]:
    """Open saved calls for one change, beside a running desk or without one; it closes nothing that desk has open.

    Raises:
        StoreFault, KeyFault: As :func:`open_reader`.
    """
    envelope = key_place(home).envelope()
    if envelope is not None and envelope.turn is not Turn.NONE:
        raise KeyFault("keys.turning", path=str(home.personal_db.parent))  # a copy is being made, or is half in place
    open_reader(home)
    store = Store(vault(home), wall_clock)
    store.access.who = signature(home, store.access.who)
    try:
        yield store
    finally:
        store.close()


def note_access(home: Home, action: str, subject: str, note: str = "") -> None:
    """Log what a command is about to show or give out; nothing on a PC that keeps no records.

    Raises:
        StoreFault, KeyFault: It could not be logged, so it may not be done.
    """
    try:
        with open_writer(home) as store:
            store.log(action, subject, note)
    except StoreFault as fault:
        if fault.code != "store.absent":
            raise


def check_access(home: Home) -> Verdict:
    """Check the access log and its head. Changes nothing, and may run beside a desk.

    Raises:
        StoreFault: The database cannot be opened; KeyFault: the key cannot be had.
    """
    heads = access_log.heads(home.personal_db)
    if heads is None and not home.personal_db.exists():
        return Verdict(State.WHOLE, 0)
    place = vault(home)
    if not home.personal_db.exists():
        return access_log.without_database(heads, place.log_key)
    return SessionReader(place).read(lambda db: access_log.verify(db, heads, place.log_key))


def vault(home: Home) -> SqlCipherVault:
    """Return the database file with its key. Makes none. Raises KeyFault."""
    return SqlCipherVault(home.personal_db, desk_key(home).derive("db"))


def sound_of(home: Home, call_id: str) -> RecordedSound:
    """Return the sound of a saved call. Makes no key. Raises KeyFault."""
    return saved_sound(home.sound / call_id, desk_key(home).derive("sound"))


def check_database(home: Home) -> str:
    """Check every page of the database; returns its engine, or empty where there is none yet.

    Raises:
        StoreFault: It cannot be opened or is damaged; KeyFault: the key cannot be had.
    """
    if not home.personal_db.exists():
        return ""
    engine = vault(home)

    def check(db: Database) -> str:
        if db.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
            raise StoreFault("store.damaged", path=str(home.personal_db))
        if db.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise StoreFault("store.damaged", path=str(home.personal_db))
        return f"SQLCipher {db.execute('PRAGMA cipher_version').fetchone()[0]}"

    return SessionReader(engine).read(check)
