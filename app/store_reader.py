"""Reading saved calls. Every call opens its own read-only connection, so any thread or process may."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any, Final, TypeVar

from sqlite_utils import Database

from app import event_codec, search_index
from app.errors import StoreFault
from app.search_index import fold as fold
from app.store_schema import Vault
from assist.model import CallRecord
from audio.events import CallEvent
from audio.words import into_finals
from ui.ports import SessionRow

T = TypeVar("T")

_ROWS: Final = """
SELECT s.id, s.started_at, s.duration_s, s.source, s.title, s.turns, s.first_words, s.escalated, s.state, s.hold,
  (SELECT max(version) FROM records r WHERE r.session_id = s.id) AS newest,
  (SELECT CASE WHEN o.refused THEN 'refused' ELSE o.delivery END FROM outbox o
    WHERE o.session_id = s.id AND o.kind = 'record' ORDER BY o.version DESC LIMIT 1) AS delivery,
  (SELECT body FROM records r WHERE r.session_id = s.id ORDER BY version = 0 DESC, version DESC LIMIT 1) AS record
FROM sessions s
"""


class SessionReader:
    """Saved calls, read only."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def read(self, work: Callable[[Database], T]) -> T:
        """Run ``work`` on a read-only connection of its own. Raises StoreFault."""
        self._settle()
        try:
            with closing(self._vault.reader().conn) as connection:
                return work(Database(connection))
        except Exception as error:
            fault = self._vault.fault(error)
            if fault is None or fault is error:
                raise
            raise fault from error

    def sessions(self, query: str = "") -> tuple[SessionRow, ...]:
        """Return saved calls, newest first.

        Args:
            query: Words that records or transcript must hold, all of them, whole numbers and whole names; spacing does
                not matter.
        """

        def found(db: Database) -> tuple[SessionRow, ...]:
            where, values = search_index.condition(db, query)
            sql = f"{_ROWS} WHERE {where} ORDER BY s.started_at DESC, s.rowid DESC"
            return tuple(_row(row) for row in db.query(sql, values))

        return self.read(found)

    def resolve(self, prefix: str) -> str:
        """Return the one session whose id begins with ``prefix``.

        Raises:
            StoreFault: ``store.no_session`` or ``store.many_sessions``.
        """
        if not prefix.isprintable():  # bytes of a command line that are no text
            raise StoreFault("store.no_session", id=prefix)
        sql = "SELECT id FROM sessions WHERE substr(id, 1, length(:p)) = :p ORDER BY id LIMIT 2"
        found = self.read(lambda db: [str(row["id"]) for row in db.query(sql, {"p": prefix})])
        if len(found) == 1 or prefix in found:
            return prefix if prefix in found else found[0]
        raise StoreFault("store.many_sessions" if found else "store.no_session", id=prefix)

    def session(self, session_id: str) -> SessionRow:
        """Return one saved call. Raises StoreFault ``store.no_session``."""
        rows = self.read(lambda db: [_row(row) for row in db.query(f"{_ROWS} WHERE s.id = ?", [session_id])])
        if not rows:
            raise StoreFault("store.no_session", id=session_id)
        return rows[0]

    def events(self, session_id: str) -> tuple[CallEvent, ...]:
        """Return the stored events of a call in the order they were stored; empty for an unknown id.

        Finals have the words that were aligned after them.
        """
        sql = "SELECT body FROM events WHERE session_id = ? ORDER BY id"
        bodies = self.read(lambda db: [str(row["body"]) for row in db.query(sql, [session_id])])
        return into_finals(event_codec.decode(body) for body in bodies)

    def records(self, session_id: str) -> tuple[CallRecord, ...]:
        """Return the records of a call: unfiled edits where there are some, else the latest filed version."""
        sql = "SELECT body FROM records WHERE session_id = ? ORDER BY version = 0 DESC, version DESC LIMIT 1"
        bodies = self.read(lambda db: [str(row["body"]) for row in db.query(sql, [session_id])])
        return event_codec.decode_records(bodies[0]) if bodies else ()

    def unfinished(self) -> tuple[str, ...]:
        """Return the ids of sessions that have not ended, oldest first."""
        sql = "SELECT id FROM sessions WHERE state = 'open' ORDER BY rowid"
        return self.read(lambda db: tuple(str(row["id"]) for row in db.query(sql)))

    def _settle(self) -> None:
        """Wait for writes of this process that came before. A plain reader has none."""


def _row(row: dict[str, Any]) -> SessionRow:
    records = event_codec.decode_records(row["record"]) if row["record"] else ()
    first = records[0] if records else None
    return SessionRow(
        id=row["id"],
        started_at=row["started_at"],
        duration_s=row["duration_s"],
        source=row["source"],
        title=row["title"],
        category=first.category if first else "",
        inquiry=first.inquiry[0] if first and first.inquiry else row["first_words"],
        filed=bool(row["newest"]),
        escalated=bool(row["escalated"]),
        turns=row["turns"],
        interrupted=row["state"] == "interrupted",
        held=bool(row["hold"]),
        delivery=row["delivery"] or "",
    )
