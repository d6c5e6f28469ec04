"""What a trainer's inbox asks of the personal database. Work for :meth:`app.store.Store.read` and ``write``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from sqlite_utils import Database

from app.qa import draws, taken
from app.qa.places import DRAWS, receipt_place


def names_in(folder: str) -> Callable[[Database], frozenset[str]]:
    """Return what tells the files of a folder of the exchange that were taken in."""
    return lambda db: taken.names(db, folder)


def wanted(db: Database) -> dict[str, tuple[str, date]]:
    """Return the drawn calls whose package is not here, with their plan and last day."""
    here = {row["header_id"] for row in db.query("SELECT header_id FROM qa_packages")}
    return {
        call.header: (kept.draw.plan.id, kept.until)
        for kept in draws.kept_draws(db)
        for call in kept.draw.calls
        if call.header not in here
    }


def unreceipted(db: Database) -> dict[str, str]:
    """Return packages that are here and whose desk was not told so, by header."""
    left = taken.names(db, "receipts")
    rows = db.query("SELECT header_id, package_id FROM qa_packages WHERE header_id <> ''")
    return {row["header_id"]: row["package_id"] for row in rows if receipt_place(row["header_id"]) not in left}


def prove(db: Database, desks: Mapping[str, str]) -> None:
    """Let the site's list, which may have grown, decide about headers that are here."""
    known = {row["desk"] for row in db.query("SELECT DISTINCT desk FROM qa_known_headers WHERE proven = 0")}
    for desk in known & desks.keys():  # the id of a desk follows from its key, which the header was checked with
        db.execute("UPDATE qa_known_headers SET proven = 1 WHERE desk = ?", [desk])


def has_rating(rating_id: str) -> Callable[[Database], bool]:
    """Return what tells whether a submitted rating is here."""
    sql = "SELECT 1 FROM qa_ratings WHERE rating_id = ? AND submitted_at <> ''"
    return lambda db: db.execute(sql, [rating_id]).fetchone() is not None


def call_of(rating_id: str) -> Callable[[Database], str]:
    """Return what tells the header id of the call that a rating is of."""
    sql = "SELECT call FROM qa_ratings WHERE rating_id = ?"
    return lambda db: str(db.execute(sql, [rating_id]).fetchone()[0])


def is_tidied(plan: str) -> Callable[[Database], bool]:
    """Return what tells whether the files of a draw past its day were removed."""
    sql = "SELECT 1 FROM qa_taken WHERE name = ?"
    return lambda db: db.execute(sql, [f"{DRAWS}/{plan}"]).fetchone() is not None


def forget_headers(db: Database, before: date) -> None:
    """Forget the headers of calls before a day that no rating, package or draw is of."""
    drawn = {call.header for kept in draws.kept_draws(db) for call in kept.draw.calls}
    sql = """
        SELECT header_id FROM qa_known_headers WHERE started_at < ?
        AND header_id NOT IN (SELECT call FROM qa_ratings) AND header_id NOT IN (SELECT header_id FROM qa_packages)
    """
    old = [row["header_id"] for row in db.query(sql, [before.isoformat()]) if row["header_id"] not in drawn]
    db.conn.executemany("DELETE FROM qa_known_headers WHERE header_id = ?", [(ident,) for ident in old])
