"""What the personal database remembers about knowledge: learning, notes for the DB team, favourites, the last look."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter, ValidationError
from sqlite_utils import Database

from app.errors import StoreFault
from app.store import Store
from assist.gaps import Correction, Gap
from assist.learning import LearnedRow
from kb.changes import Known

RECENT: Final = 20
"""Opened entries that are remembered."""
FAVOURITES: Final = 200

_GAP: Final = TypeAdapter(Gap)
_CORRECTION: Final = TypeAdapter(Correction)
_SEEN_AT: Final = "knowledge_seen_at"
_SEEN_STAMP: Final = "knowledge_seen_stamp"

N = TypeVar("N")


class DeskMemory:
    """Reads and writes over the one store. Thread: any but ``store``; times are ISO 8601 with offset."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # -- learning -------------------------------------------------------------------------------------------

    def learned(self) -> tuple[LearnedRow, ...]:
        """Return everything learned. Raises StoreFault."""

        def work(db: Database) -> tuple[LearnedRow, ...]:
            rows = db.query("SELECT * FROM learned")
            return tuple(LearnedRow(**(row | {"words": tuple(json.loads(row["words"]))})) for row in rows)

        return self._store.read(work)

    def keep_learned(self, row: LearnedRow) -> None:
        """Store one changed row; returns at once."""
        value = asdict(row) | {"words": json.dumps(row.words, ensure_ascii=False)}
        self._store.later(lambda db: db.table("learned").insert(value, replace=True))

    # -- notes for the DB team ------------------------------------------------------------------------------

    def put_gap(self, gap: Gap) -> None:
        """Store a gap, in place of one with its id; returns when it is durable. Raises StoreFault."""
        self._put(gap.id, "gap", gap.filed_at, _GAP.dump_json(gap).decode())

    def put_correction(self, correction: Correction) -> None:
        """Store a correction; returns when it is durable. Raises StoreFault."""
        self._put(correction.id, "correction", correction.filed_at, _CORRECTION.dump_json(correction).decode())

    def drop_note(self, ident: str) -> None:
        """Take a gap or a correction back. Raises StoreFault."""
        self._store.write(lambda db: db.execute("DELETE FROM kb_notes WHERE id = ?", [ident]))

    def gap(self, ident: str) -> Gap | None:
        """Return a gap by its id. Raises StoreFault."""
        sql = "SELECT body FROM kb_notes WHERE kind = 'gap' AND id = ?"
        rows = self._store.read(lambda db: list(db.query(sql, [ident])))
        return _read(_GAP, rows[0]) if rows else None

    def _put(self, ident: str, kind: str, filed_at: str, body: str) -> None:
        row = {"id": ident, "kind": kind, "filed_at": filed_at, "body": body}
        self._store.write(lambda db: db.table("kb_notes").insert(row, replace=True))

    # -- entries at hand ------------------------------------------------------------------------------------

    def favourites(self) -> tuple[str, ...]:
        """Return the ids of favourite entries, the newest first. Raises StoreFault."""
        return self._ids("SELECT article_id FROM favourites ORDER BY added_at DESC, article_id LIMIT ?", FAVOURITES)

    def set_favourite(self, article_id: str, wanted: bool, at: str) -> None:
        """Keep an entry at hand, or no longer. Raises StoreFault."""
        row = {"article_id": article_id, "added_at": at}

        def work(db: Database) -> None:
            if wanted:
                db.table("favourites").insert(row, ignore=True)
            else:
                db.execute("DELETE FROM favourites WHERE article_id = ?", [article_id])

        self._store.write(work)

    def opened(self) -> tuple[str, ...]:
        """Return the ids of entries opened lately, the newest first. Raises StoreFault."""
        return self._ids("SELECT article_id FROM opened ORDER BY opened_at DESC, article_id LIMIT ?", RECENT)

    def note_opened(self, article_id: str, at: str) -> None:
        """Remember that an entry was opened; returns at once."""
        row = {"article_id": article_id, "opened_at": at}

        def work(db: Database) -> None:
            db.table("opened").insert(row, replace=True)
            db.execute(
                "DELETE FROM opened WHERE article_id NOT IN"
                " (SELECT article_id FROM opened ORDER BY opened_at DESC, article_id LIMIT ?)",
                [RECENT],
            )

        self._store.later(work)

    def _ids(self, sql: str, most: int) -> tuple[str, ...]:
        return self._store.read(lambda db: tuple(str(row["article_id"]) for row in db.query(sql, [most])))

    # -- what changed since the last look -------------------------------------------------------------------

    def seen(self) -> tuple[str, dict[str, Known]]:
        """Return when the entries were last looked at, empty where never, and how they stood. Raises StoreFault."""

        def work(db: Database) -> tuple[str, dict[str, Known]]:
            at = db.execute("SELECT value FROM meta WHERE name = ?", [_SEEN_AT]).fetchone()
            rows = db.query("SELECT article_id, fingerprint, title FROM seen_entries")
            return (at[0] if at else ""), {
                str(row["article_id"]): Known(str(row["fingerprint"]), str(row["title"])) for row in rows
            }

        return self._store.read(work)

    def seen_stamp(self) -> str:
        """Return the stamp of the DB that was looked at last; empty where none was. Cheap. Raises StoreFault."""
        sql = "SELECT value FROM meta WHERE name = ?"
        found = self._store.read(lambda db: db.execute(sql, [_SEEN_STAMP]).fetchone())
        return str(found[0]) if found else ""

    def set_seen(self, entries: Iterable[tuple[str, Known]], at: str, stamp: str = "") -> None:
        """Remember how the entries stand now. Raises StoreFault.

        Args:
            entries: What is remembered of each, by id.
            at: When they were looked at.
            stamp: Names the DB they are of, so that the same one need not be compared again.
        """
        rows = [(ident, one.fingerprint, one.title) for ident, one in entries]

        def work(db: Database) -> None:
            db.execute("DELETE FROM seen_entries")
            db.conn.executemany("INSERT OR REPLACE INTO seen_entries VALUES (?, ?, ?)", rows)
            for name, value in ((_SEEN_AT, at), (_SEEN_STAMP, stamp)):
                db.table("meta").insert({"name": name, "value": value}, replace=True)

        self._store.write(work)


def gaps(db: Database) -> tuple[Gap, ...]:
    """Return every gap, the oldest first. Raises StoreFault."""
    return tuple(_read(_GAP, row) for row in _notes(db, "gap"))


def corrections(db: Database) -> tuple[Correction, ...]:
    """Return every correction, the oldest first. Raises StoreFault."""
    return tuple(_read(_CORRECTION, row) for row in _notes(db, "correction"))


def _notes(db: Database, kind: str) -> Iterable[dict[str, Any]]:
    if "kb_notes" not in db.table_names():
        return ()  # a database no desk of this version has opened yet
    return db.query("SELECT id, body FROM kb_notes WHERE kind = ? ORDER BY filed_at, id", [kind])


def _read(adapter: TypeAdapter[N], row: dict[str, Any]) -> N:
    try:
        return adapter.validate_json(row["body"])
    except ValidationError:
        raise StoreFault("store.event_broken", type="kb_note") from None  # the details would hold what was said
