"""Rows of incidents: one a handed-over call. Work for :meth:`app.store.Store.write` and ``read``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database
from ulid import ULID

from app.caller_numbers import for_pack
from assist.escalate import PackKind
from assist.model import EscalationReason


@dataclass(frozen=True, slots=True)
class Press:
    """One press of the button, with both clocks as they stood."""

    call_id: str
    t_ns: int
    """Capture clock, monotonic."""
    at: datetime
    """Wall clock with zone."""
    reason: EscalationReason
    practice: bool = False
    clock_sync: str = "unknown"
    """``synchronized``, ``unsynchronized`` or ``unknown``."""


@dataclass(frozen=True, slots=True)
class Incident:
    """One handed-over call."""

    incident_id: str
    session_id: str
    raised_at: str
    """Wall clock at the first press, ISO 8601 with offset."""
    pressed_ns: int
    clock_sync: str
    practice: bool
    completed: bool
    """Whether the pack from the end of the call has its row too."""


@dataclass(frozen=True, slots=True)
class PackJob:
    """A pack that has its row in the outbox and is not made yet."""

    pack_id: str
    incident: Incident

    @property
    def kind(self) -> PackKind:
        """Whether it is the incident's first pack."""
        return PackKind.PRESS if self.pack_id == self.incident.incident_id else PackKind.COMPLETE


def next_pack_id(db: Database, now: datetime) -> str:
    """Return a new pack id: later than every other, also after the clock was set back."""
    made = ULID.from_datetime(now)
    last = db.execute("SELECT max(pack_id) FROM outbox WHERE kind <> 'record'").fetchone()[0]
    try:
        highest = ULID.from_str(last) if last else None
    except ValueError:
        highest = None
    return str(made if highest is None or made > highest else ULID.from_int(int(highest) + 1))


def find_incident(db: Database, session_id: str) -> Incident | None:
    """Return the incident of a call, if it was handed over."""
    rows = list(db.query("SELECT * FROM incidents WHERE session_id = ?", [session_id]))
    return _incident(rows[0]) if rows else None


def add_incident(db: Database, incident_id: str, press: Press) -> None:
    """Insert the row of a call's first press."""
    label = press.reason.labels[0].value if press.reason.labels else ""
    db.table("incidents").insert(
        {
            "incident_id": incident_id,
            "session_id": press.call_id,
            "raised_at": press.at.isoformat(timespec="milliseconds"),
            "label": label,
            "situation": press.reason.situation,
            "practice": press.practice,
            "pressed_ns": press.t_ns,
            "clock_sync": press.clock_sync,
        }
    )


def press_again(db: Database, incident: Incident, press: Press) -> None:
    """Take the later reason; a complete pack that was made already is made once more with it."""
    label = press.reason.labels[0].value if press.reason.labels else ""
    sql = "UPDATE incidents SET label = ?, situation = ?, completed = 0 WHERE incident_id = ?"
    db.execute(sql, [label, press.reason.situation, incident.incident_id])


def incomplete(db: Database) -> tuple[Incident, ...]:
    """Return the incidents whose call has ended and whose complete pack has no row yet, oldest first."""
    sql = """
        SELECT i.* FROM incidents i LEFT JOIN sessions s ON s.id = i.session_id
        WHERE i.completed = 0 AND s.id IS NOT NULL AND s.state <> 'open' ORDER BY i.incident_id
    """
    return tuple(_incident(row) for row in db.query(sql))


def unmade(db: Database) -> tuple[PackJob, ...]:
    """Return the packs whose row is there and whose file is not, oldest first."""
    sql = """
        SELECT o.pack_id AS pack_id, i.* FROM outbox o JOIN incidents i ON i.incident_id = o.incident_id
        WHERE o.file = '' ORDER BY o.pack_id
    """
    return tuple(PackJob(row["pack_id"], _incident(row)) for row in db.query(sql))


def caller_of(db: Database, session_id: str) -> str:
    """Return the keyed hash of a call's caller as a pack may hold it, or empty."""
    found = db.execute("SELECT caller FROM sessions WHERE id = ?", [session_id]).fetchone()
    return for_pack(str(found[0])) if found else ""


def _incident(row: dict[str, Any]) -> Incident:
    return Incident(
        incident_id=row["incident_id"],
        session_id=row["session_id"],
        raised_at=row["raised_at"],
        pressed_ns=row["pressed_ns"],
        clock_sync=row["clock_sync"],
        practice=bool(row["practice"]),
        completed=bool(row["completed"]),
    )
