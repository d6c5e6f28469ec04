"""What was done about an incident: 경고, 상담 제한, 고발, 기소, 판결, 종결. Lines are only ever added."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from sqlite_utils import Database

from app.errors import TeamFault
from ui.team_ports import StepRow, TeamStep

MAX_NOTE: Final = 5_000
_SQL: Final = "SELECT * FROM team_steps"


def add(db: Database, incident_id: str, step: TeamStep, on: date, note: str, corrects: int, now: datetime) -> StepRow:
    """Add a line inside a transaction; returns it.

    Args:
        db: A writer.
        incident_id: The incident.
        step: What was done; ``WITHDRAWN`` only as a correction.
        on: The day.
        note: In the team's words.
        corrects: Id of the line that this one puts right, 0 for none.
        now: Wall clock with zone; a clock set back does not put a line before the one it follows.

    Raises:
        TeamFault: ``inbox.no_incident``, ``inbox.step_future``, ``inbox.step_corrects`` (no such line, of another
            incident, or put right already), ``inbox.step_withdrawn``, ``inbox.note_long``.
    """
    if not db.execute("SELECT 1 FROM team_incidents WHERE incident_id = ?", [incident_id]).fetchone():
        raise TeamFault("inbox.no_incident", id=incident_id)
    if on > now.date():
        raise TeamFault("inbox.step_future", day=on.isoformat(), today=now.date().isoformat())
    if len(note) > MAX_NOTE:
        raise TeamFault("inbox.note_long", limit=MAX_NOTE)
    if step is TeamStep.WITHDRAWN and not corrects:
        raise TeamFault("inbox.step_withdrawn")
    if corrects:
        wrong = [row for row in of_incident(db, incident_id) if row.id == corrects]
        if not wrong or wrong[0].corrected:
            raise TeamFault("inbox.step_corrects")
    last = db.execute("SELECT recorded_at FROM team_steps ORDER BY id DESC LIMIT 1").fetchone()
    recorded = max(now, datetime.fromisoformat(last[0])) if last else now
    row = {
        "incident_id": incident_id,
        "step": step.value,
        "happened_on": on.isoformat(),
        "note": note.strip(),
        "recorded_at": recorded.isoformat(),
        "corrects": corrects,
    }
    made = db.table("team_steps").insert(row).last_rowid
    return next(one for one in of_incident(db, incident_id) if one.id == made)


def of_incident(db: Database, incident_id: str) -> tuple[StepRow, ...]:
    """Return the lines of an incident by day, then as they were recorded; a correction after what it corrects."""
    return in_order(_rows(db.query(f"{_SQL} WHERE incident_id = ? ORDER BY id", [incident_id])))


def of_all(db: Database) -> dict[str, tuple[StepRow, ...]]:
    """Return the lines of every incident that has any."""
    found: dict[str, list[StepRow]] = {}
    for row in _rows(db.query(f"{_SQL} ORDER BY id")):
        found.setdefault(row.incident_id, []).append(row)
    return {incident_id: in_order(rows) for incident_id, rows in found.items()}


def in_order(rows: Iterable[StepRow]) -> tuple[StepRow, ...]:
    """Return lines by day; a correction stands right after the line it corrects, whatever its day."""
    kept = tuple(rows)
    corrections: dict[int, list[StepRow]] = {}
    for row in kept:
        if row.corrects:
            corrections.setdefault(row.corrects, []).append(row)
    out: list[StepRow] = []

    def put(row: StepRow) -> None:
        out.append(row)
        for one in corrections.get(row.id, []):
            put(one)

    for row in sorted((row for row in kept if not row.corrects), key=lambda row: (row.on, row.id)):
        put(row)
    return tuple(out)


def standing(rows: Iterable[StepRow]) -> StepRow | None:
    """Return the newest line that stands: neither corrected nor a withdrawal."""
    left = [row for row in rows if not row.corrected and row.step is not TeamStep.WITHDRAWN]
    return max(left, key=lambda row: (row.on, row.id), default=None)


def _rows(found: Iterable[dict[str, Any]]) -> tuple[StepRow, ...]:
    rows = list(found)
    corrected = {row["corrects"] for row in rows if row["corrects"]}
    return tuple(
        StepRow(
            id=row["id"],
            incident_id=row["incident_id"],
            step=TeamStep(row["step"]),
            on=row["happened_on"],
            note=row["note"],
            recorded_at=row["recorded_at"],
            corrects=row["corrects"],
            corrected=row["id"] in corrected,
        )
        for row in rows
    )
