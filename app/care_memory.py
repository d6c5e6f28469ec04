"""What the personal database keeps of the care for the counsellor: where a rest stands, reports, the own note."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from pydantic import TypeAdapter, ValidationError
from sqlite_utils import Database

from app.errors import StoreFault
from app.store import Store
from assist.incident_report import IncidentReport

_STATE: Final = "care"
_REPORT: Final = TypeAdapter(IncidentReport)


class CareMemory:
    """Reads and writes over the one store. Thread: any but ``store``."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now

    def state(self) -> str:
        """Return the kept state as it was given, or empty. Raises StoreFault."""
        sql = "SELECT value FROM meta WHERE name = ?"
        return "".join(str(row["value"]) for row in self._store.read(lambda db: list(db.query(sql, [_STATE]))))

    def keep_state(self, text: str) -> None:
        """Keep the state; returns at once."""
        row = {"name": _STATE, "value": text}
        self._store.later(lambda db: db.table("meta").insert(row, replace=True))

    def report(self, session_id: str) -> IncidentReport | None:
        """Return the saved report of a call. Raises StoreFault."""
        sql = "SELECT body FROM incident_reports WHERE session_id = ?"
        rows = self._store.read(lambda db: list(db.query(sql, [session_id])))
        try:
            return _REPORT.validate_json(rows[0]["body"]) if rows else None
        except ValidationError:
            raise StoreFault("store.event_broken", type="incident_report") from None

    def keep_report(self, session_id: str, report: IncidentReport) -> None:
        """Store the report of a call; returns when it is durable. Raises StoreFault."""
        row = {
            "session_id": session_id,
            "stored_at": self._now().isoformat(),
            "body": _REPORT.dump_json(report).decode(),
        }

        def work(db: Database) -> None:
            if not db.execute("SELECT 1 FROM sessions WHERE id = ?", [session_id]).fetchone():
                raise StoreFault("store.no_session", id=session_id)
            db.table("incident_reports").insert(row, replace=True)

        self._store.write(work)

    def own_note(self) -> str:
        """Return the counsellor's own note, or empty. Raises StoreFault."""
        rows = self._store.read(lambda db: list(db.query("SELECT body FROM own_note")))
        return str(rows[0]["body"]) if rows else ""

    def keep_own_note(self, text: str) -> None:
        """Store the note in place of the one before, which leaves no trace; empty deletes it. Raises StoreFault."""
        row = {"id": 1, "stored_at": self._now().isoformat(), "body": text}

        def work(db: Database) -> None:
            db.execute("DELETE FROM own_note")
            if text.strip():
                db.table("own_note").insert(row)

        self._store.write(work, truncate=True)
