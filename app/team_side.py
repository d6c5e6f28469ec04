"""Builds the dedicated team's side, and the desk's lookup of managed callers.

With :mod:`app.composition` and its other halves the only maker of adapters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from app import evidence_check
from app.adapters.sheet_writer import workbook
from app.adapters.signing import DeskSigner, Ed25519Verifier
from app.adapters.sqlcipher import SqlCipherVault
from app.caller_lookup import Address, DeskCallers
from app.callers import Register, Signing
from app.destinations import default_handover
from app.home import Home
from app.incident_figures import DeskFigures, TeamFigures
from app.keys import DeskKey
from app.personal import desk_key, open_reader, seal_box, wall_clock
from app.releases import open_source
from app.settings import ReleaseSettings, Settings, load
from app.sound import PlayBack
from app.store import Store
from app.store_reader import SessionReader
from app.team_desk import TeamDesk
from app.team_inbox import InboxParts, TeamInbox


def inbox_folder(home: Home, settings: Settings) -> Path:
    """Return where desks' packs arrive."""
    return settings.team.inbox or settings.escalation.folder or default_handover(home)


def team_desk(
    home: Home,
    store: Store,
    settings: Callable[[], Settings],
    play_back: PlayBack,
    now: Callable[[], datetime] = wall_clock,
) -> TeamDesk:
    """Return the team's side on an open database."""
    verifier = Ed25519Verifier()

    def desks() -> dict[str, str]:
        file = settings().team.desks
        return evidence_check.read_desks(file, verifier) if file else {}

    def folder() -> Path:
        return inbox_folder(home, settings())

    inbox = TeamInbox(InboxParts(store, seal_box(), verifier, folder, desks, now))
    register = Register(store, Signing(DeskSigner, verifier), now)
    return TeamDesk(store, inbox, register, folder, lambda: settings().team, workbook, play_back, now)


@contextmanager
def open_team(
    home: Home, settings: Callable[[], Settings], now: Callable[[], datetime] = wall_clock
) -> Iterator[TeamDesk]:
    """Open the team's side, beside a running desk or without one; makes key and database on first use.

    Args:
        home: Whose.
        settings: The settings as they are now.
        now: Wall clock with zone.

    Raises:
        KeyFault: The key cannot be had; StoreFault: the database cannot be opened.
    """
    store = Store(SqlCipherVault(home.personal_db, desk_key(home).derive("db")), now)
    play_back = PlayBack()
    try:
        yield team_desk(home, store, settings, play_back, now)
    finally:
        play_back.close()
        store.close()


def desk_callers(
    store: Store, key: DeskKey, settings: Callable[[], Settings], now: Callable[[], datetime] = wall_clock
) -> DeskCallers:
    """Return the lookup of a counsellor's desk."""

    def open_address(address: str) -> Address:
        return open_source(ReleaseSettings(address=address, ca_file=settings().escalation.ca_file))

    return DeskCallers(
        store, key.derive("callers"), lambda: settings().protection, Ed25519Verifier(), open_address, now
    )


def desk_figures(reader: SessionReader) -> DeskFigures:
    """Return the figures of one desk."""
    return DeskFigures(reader, workbook)


def open_desk_figures(home: Home) -> DeskFigures:
    """Return the figures of this desk for a command. Raises StoreFault, KeyFault."""
    return desk_figures(open_reader(home))


def open_team_figures(home: Home) -> TeamFigures:
    """Return the figures of the team's database for a command. Raises StoreFault, KeyFault."""
    return TeamFigures(open_reader(home), workbook)


@contextmanager
def open_lookup(home: Home) -> Iterator[DeskCallers]:
    """Open the lookup of this desk for a command; makes key and database on first use. Raises StoreFault, KeyFault."""
    key, settings = desk_key(home), load(home.settings, wall_clock).settings
    store = Store(SqlCipherVault(home.personal_db, key.derive("db")), wall_clock)
    try:
        yield desk_callers(store, key, lambda: settings)
    finally:
        store.close()
