"""Builds the personal side: desk key, encrypted store, outbox. Beside app.composition the only maker of adapters."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from app.adapters import os_keyring
from app.adapters.age_box import AgeBox
from app.adapters.folder_drop import FolderDrop
from app.adapters.http_drop import HttpDrop
from app.adapters.sqlcipher import SqlCipherVault
from app.errors import KeyFault, StoreFault
from app.escalation import Escalations, practice_inbox
from app.home import Home
from app.keys import DeskKey, KeyPlace, KeyState
from app.outbox import Drop, OutboxSender
from app.outbox_rows import Kind, ui_rows, unsent
from app.settings import EscalationSettings, Settings
from app.store import Store
from app.store_reader import SessionReader
from app.store_schema import version
from assist.events import DeliveryChanged
from ui.ports import OutboxRow


@dataclass(frozen=True, slots=True)
class Personal:
    """The personal side of a running desk."""

    key: DeskKey
    store: Store
    escalations: Escalations
    sender: OutboxSender
    recovered: tuple[str, ...]
    """Sessions that an earlier run left unfinished, now closed as interrupted."""

    def outbox(self) -> tuple[OutboxRow, ...]:
        """Return the sealed packs, newest first. Raises StoreFault."""
        return self.store.read(ui_rows)

    def unsent(self) -> tuple[int, int]:
        """Return how many packs are not accepted, and how many of them wait for a team key. Raises StoreFault."""
        return self.store.read(unsent)

    def close(self) -> None:
        """End the threads ``sync`` and ``store``, in this order."""
        self.sender.close()
        self.store.close()


def wall_clock() -> datetime:
    """Return the time with its zone."""
    return datetime.now().astimezone()


def key_place(home: Home) -> KeyPlace:
    """Return where this home's desk key is looked for. Makes none."""
    return KeyPlace(home, os_keyring.find())


def seal_box() -> AgeBox:
    """Return the sealing used for packs."""
    return AgeBox()


def open_personal(
    home: Home,
    settings: Callable[[], Settings],
    on_delivery: Callable[[DeliveryChanged], None],
    on_store: Callable[[StoreFault | None], None] = lambda fault: None,
    now: Callable[[], datetime] = wall_clock,
) -> Personal:
    """Open the personal side of the desk that holds the instance lock; makes key and database on first use.

    Args:
        home: Whose desk.
        settings: The settings as they are now; asked again at every delivery.
        on_delivery: Told in the thread ``sync`` when an outbox row moved; the log has it already.
        on_store: Told in the thread ``store`` when writing fails and (None) when it works again.
        now: Wall clock with zone.

    Raises:
        KeyFault: The key is locked, absent, wrong, unavailable or cannot be kept.
        StoreFault: The database cannot be opened; it is left as it is.
    """
    key = key_place(home).key()
    store = Store(SqlCipherVault(home.personal_db, key.derive("db")), now, on_store)
    try:
        recovered = store.recover()
        escalations = Escalations(home, store, seal_box(), lambda: settings().escalation.team_key, now)
        escalations.sweep()
    except BaseException:
        store.close()
        raise
    destinations = Destinations(home, lambda: settings().escalation)
    sender = OutboxSender(store, escalations, destinations.drop, on_delivery)
    sender.start()
    return Personal(key, store, escalations, sender, recovered)


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


def vault(home: Home) -> SqlCipherVault:
    """Return the database file with its key. Makes none. Raises KeyFault."""
    state, key = key_place(home).look()
    if state is not KeyState.FOUND or key is None:
        raise KeyFault(f"keys.{state.value}", path=str(home.personal_db.parent))
    return SqlCipherVault(home.personal_db, key.derive("db"))


class Destinations:
    """Drops as the settings name them; built again only when those change. Thread: ``sync``."""

    def __init__(self, home: Home, settings: Callable[[], EscalationSettings]) -> None:
        self._home = home
        self._settings = settings
        self._lock = threading.Lock()
        self._built: tuple[EscalationSettings, Drop] | None = None

    def drop(self, kind: Kind) -> Drop:
        """Return the destination of ``kind``. Raises DeliveryFault."""
        if kind is Kind.PRACTICE:
            return FolderDrop(practice_inbox(self._home), create=True)
        wanted = self._settings()
        with self._lock:
            if self._built is None or self._built[0] != wanted:
                self._built = (wanted, self._build(wanted))
            return self._built[1]

    def _build(self, wanted: EscalationSettings) -> Drop:
        if wanted.https_url:
            return HttpDrop(wanted.https_url, wanted.ca_file)
        if wanted.folder is not None:
            return FolderDrop(wanted.folder)
        return FolderDrop(default_handover(self._home), create=True)


def default_handover(home: Home) -> Path:
    """Return the folder packs go to where no destination is set."""
    return home.root / "handover"


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
