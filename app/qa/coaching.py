"""Coaching tasks on the personal database, the same on every trainer's PC. Functions of one open database.

Every change of a task counts its edits up. Of two versions the one with more edits stays; of as many the one changed
later, then the one whose text is greater: it does not matter in which order versions come, or how often.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlite_utils import Database

from app.errors import QaFault
from app.qa import codec
from app.qa.rating_rows import rating_of, read_as, tasks_of
from app.qa.rating_rules import MAX_TEXT
from app.qa.rating_views import visible
from app.qa.taken import value_in
from assist.review.model import CoachingTask

TASK: Final = "task"
"""Kind of the note that tells the other trainers' PCs."""
_MOST_EDITS: Final = 1_000_000_000
"""Where counting ends, here and in what comes: from then on the version changed later stays."""
_LONGEST_AT: Final = 64


@dataclass(frozen=True, slots=True, order=True)
class _Version:
    edits: int
    changed_at: str
    body: str

    @property
    def task(self) -> CoachingTask:
        return read_as(CoachingTask, self.body)


def seen_tasks(db: Database, rater: str, counsellor: str = "") -> Sequence[CoachingTask]:
    """Return the tasks that a rater may see, in the order of :func:`app.qa.rating_rows.tasks_of`.

    Those of a rating that is hidden from him, or did not come yet, are left out: what is to be practised tells what was
    found.
    """
    found = tasks_of(db, counsellor)
    ratings = [rating_of(db, ident) for ident in sorted({task.rating for task in found} - {""})]
    shown = visible(db, rater, [one for one in ratings if one is not None])
    seen = {row.rating.id for row in shown if not row.hidden}
    return [task for task in found if not task.rating or task.rating in seen]


def keep(db: Database, task: CoachingTask, at: str) -> None:
    """Keep a task that was given here, or changed here; the other trainers are to be told of what is new."""
    kept, body = _version(db, task.id), codec.dump(task)
    if kept is None or kept.task != task:
        edits = min(kept.edits + 1, _MOST_EDITS) if kept else 1  # one more, and nobody would take it
        _put(db, task, _Version(edits, at, body), shared=False)


def untie(db: Database, rating_id: str, at: str) -> None:
    """Keep the tasks of a draft that is thrown away, as tasks of no rating."""
    for task in tasks_of(db):
        if task.rating == rating_id:
            keep(db, replace(task, rating=""), at)


# -- between trainers' PCs ----------------------------------------------------------------------------------


def unshared(db: Database) -> Sequence[str]:
    """Return the tasks that the other trainers do not have as they are; one of a draft waits for its rating."""
    sql = """
        SELECT task_id FROM qa_tasks WHERE NOT shared
        AND (rating = '' OR rating IN (SELECT rating_id FROM qa_ratings WHERE submitted_at <> '')) ORDER BY task_id
    """
    return [str(row["task_id"]) for row in db.query(sql)]


def note_of(db: Database, ident: str) -> Mapping[str, Any]:
    """Return what the other trainers are told of a task."""
    kept = _version(db, ident)
    if kept is None:
        raise QaFault("qa.note_broken")
    return {TASK: json.loads(kept.body), "edits": kept.edits, "changed_at": kept.changed_at}


def set_shared(db: Database, ident: str) -> None:
    """Note that the other trainers have a task as it is."""
    db.execute("UPDATE qa_tasks SET shared = 1 WHERE task_id = ?", [ident])


def take(db: Database, body: Mapping[str, Any]) -> bool:
    """Take in what another trainer's PC tells of a task; returns whether anything was new.

    Raises:
        QaFault: ``qa.note_broken``.
    """
    task, edits, at = value_in(body, TASK, CoachingTask), body.get("edits"), body.get("changed_at")
    if not _is_sound(task) or type(edits) is not int or not isinstance(at, str):
        raise QaFault("qa.note_broken")
    if not 0 < edits <= _MOST_EDITS or len(at) > _LONGEST_AT:
        raise QaFault("qa.note_broken")
    came, kept = _Version(edits, at, codec.dump(task)), _version(db, task.id)
    if kept is not None and came <= kept:
        if came == kept:
            set_shared(db, task.id)
        return False
    _put(db, task, came, shared=True)
    return True


def _is_sound(task: CoachingTask) -> bool:
    try:
        if task.due:
            date.fromisoformat(task.due)
    except ValueError:
        return False
    return bool(task.id and task.counsellor and task.text.strip()) and len(task.text) <= MAX_TEXT


def _version(db: Database, ident: str) -> _Version | None:
    sql = "SELECT edits, changed_at, body FROM qa_tasks WHERE task_id = ?"
    found = db.execute(sql, [ident]).fetchone()
    return _Version(*found) if found else None


def _put(db: Database, task: CoachingTask, version: _Version, shared: bool) -> None:
    row = {
        "task_id": task.id,
        "counsellor": task.counsellor,
        "made_at": task.made_at,
        "done_at": task.done_at,
        "body": version.body,
        "rating": task.rating,
        "edits": version.edits,
        "changed_at": version.changed_at,
        "shared": int(shared),
    }
    db.table("qa_tasks").insert(row, replace=True)
