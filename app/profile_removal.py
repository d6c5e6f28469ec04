"""Removes a counsellor profile: what is held or not handed over yet stays, and keeps the profile."""

from __future__ import annotations

from datetime import date

from sqlite_utils import Database

from app.errors import ProfileFault
from app.home import Home
from app.key_side import destroy
from app.outbox_rows import Kind, all_packs
from app.personal import open_writer
from app.profiles import Profiles
from app.store_reader import SessionReader
from assist.model import Delivery


def remove(profiles: Profiles, home: Home) -> None:
    """Destroy a profile's key, then its files, then its entry; called again after a crash it goes on.

    Packs that are sealed for the team stay in the shared outbox and are delivered by whoever is there.

    Args:
        profiles: Of the PC.
        home: As the profile sees it; asks for its PIN.

    Raises:
        ProfileFault: ``profiles.default_stays``; ``profiles.held``: calls are held as evidence; ``profiles.unsent``:
            packs that nobody else can deliver; ``profiles.not_removed``.
        KeyFault, StoreFault: It cannot be opened, so nobody knows what is held. Nothing was removed.
    """
    gone = profiles.of(home.profile)
    if gone.is_default:
        raise ProfileFault("profiles.default_stays")
    if home.personal_db.exists() and not _is_destroyed(home):
        with open_writer(home) as store:
            _check(store)
    destroy(home)
    profiles.unlist(gone.id)


def _is_destroyed(home: Home) -> bool:
    """Return whether an earlier removal got as far as the key."""
    return (home.personal / "removing").exists()


def _check(store: SessionReader) -> None:
    def counts(db: Database) -> tuple[int, int]:
        held = db.execute("SELECT count(*) FROM sessions WHERE hold <> 0").fetchone()[0]
        drawn = "SELECT count(*) FROM qa_drawn WHERE state IN ('drawn', 'sealed') AND until >= ?"
        held += db.execute(drawn, [date.today().isoformat()]).fetchone()[0]  # noqa: DTZ011 - the site's own days
        stuck = sum(
            not pack.is_adopted and (not pack.file or pack.delivery is Delivery.NO_KEY)
            for pack in all_packs(db)
            if pack.delivery is not Delivery.ACCEPTED and pack.kind not in (Kind.HEADER, Kind.PACKAGE)
        )
        return int(held), stuck

    held, stuck = store.read(counts)
    if held:
        raise ProfileFault("profiles.held", count=held)
    if stuck:
        raise ProfileFault("profiles.unsent", count=stuck)
