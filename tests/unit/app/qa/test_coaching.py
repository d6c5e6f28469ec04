"""Coaching tasks between trainers' PCs: in whatever order and how often notes come, all keep the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from app.errors import QaFault
from app.qa import coaching
from app.qa.rating_rows import tasks_of
from app.store_schema import MIGRATIONS, migrate, statements
from assist.review.model import CoachingTask
from resources import path

TASK = CoachingTask("t1", "C-07", "끝인사 연습", "2026-11-20T09:00:00+09:00")
PCS = 3


@dataclass
class Pc:
    """The tasks of one trainer's PC, and what the others can read of it."""

    number: int
    db: Database = field(default_factory=lambda: made())

    def change(self, task: CoachingTask, at: int) -> Mapping[str, Any]:
        coaching.keep(self.db, task, f"2026-11-20T09:{at:02}:00+09:00")
        return coaching.note_of(self.db, task.id)

    def kept(self) -> list[dict[str, Any]]:
        wanted = "task_id, counsellor, rating, edits, changed_at, done_at, body"
        return list(self.db.query(f"SELECT {wanted} FROM qa_tasks ORDER BY task_id"))


def made() -> Database:
    db = Database(sqlite3.connect(":memory:", isolation_level=None))
    for statement in _TABLES:
        db.execute(statement)
    return db


_TABLES = [
    statement
    for name in ("0010_quality", "0011_quality_shared")
    for statement in statements(path(f"sql/personal/{name}.sql").read_text(encoding="utf-8"))
    if "qa_" in statement and "INDEX" not in statement
]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["give", "toggle", "word", "hear"]),
        st.integers(0, PCS - 1),
        st.integers(0, 7),
        st.integers(0, 9),
    ),
    max_size=25,
)


@given(STEPS, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_every_pc_keeps_the_same_in_whatever_order_notes_come_and_how_often(
    steps: list[tuple[str, int, int, int]], chance: Any
) -> None:
    pcs, notes, given_tasks = [Pc(number) for number in range(PCS)], [], set()
    for number, (step, who, which, at) in enumerate(steps):
        tasks = tasks_of(pcs[who].db)
        if step == "hear" and notes:
            coaching.take(pcs[who].db, notes[which % len(notes)])
        elif step == "give":
            given_tasks.add(f"t{number}")
            notes.append(pcs[who].change(replace(TASK, id=f"t{number}"), at))
        elif tasks and step in ("toggle", "word"):
            one = tasks[which % len(tasks)]
            changed = replace(one, done_at="" if one.done_at else f"d{number}") if step == "toggle" else one
            changed = replace(one, text=f"연습 {number}") if step == "word" else changed
            notes.append(pcs[who].change(changed, at))
    for pc in pcs:
        for note in chance.sample(notes, len(notes)) + chance.sample(notes, len(notes) // 2):
            coaching.take(pc.db, note)
    for pc in pcs:
        assert pc.kept() == pcs[0].kept()
        assert {row["task_id"] for row in pc.kept()} == given_tasks
        assert [coaching.take(pc.db, note) for note in notes] == [False] * len(notes)
    # Who has heard everything changes it last, even by a clock that is behind.
    for task in tasks_of(pcs[0].db):
        last = replace(task, done_at="" if task.done_at else "now")
        note = pcs[0].change(last, 0)
        for pc in pcs[1:]:
            coaching.take(pc.db, note)
            assert last in tasks_of(pc.db)


def test_what_came_is_not_told_on_and_what_is_changed_here_is() -> None:
    one, two = Pc(1), Pc(2)
    note = one.change(TASK, 0)
    assert coaching.unshared(one.db) == ["t1"]
    assert coaching.take(two.db, note)
    assert coaching.unshared(two.db) == []
    coaching.keep(two.db, TASK, "later")  # the same again
    assert coaching.unshared(two.db) == []
    coaching.keep(two.db, replace(TASK, done_at="2026-11-30"), "later")
    assert coaching.unshared(two.db) == ["t1"]
    coaching.take(two.db, note)  # an older version comes late
    assert coaching.unshared(two.db) == ["t1"]


def test_a_task_of_a_draft_waits_for_its_rating_and_outlives_it() -> None:
    pc = Pc(1)
    columns = "call, counsellor, call_at, rubric, rubric_version, rater, blind, calibration, body"
    pc.db.execute(
        f"INSERT INTO qa_ratings (rating_id, submitted_at, {columns}) VALUES ('r', '', {', '.join(['1'] * 9)})"
    )
    pc.change(replace(TASK, rating="r"), 0)
    assert coaching.unshared(pc.db) == []
    pc.db.execute("UPDATE qa_ratings SET submitted_at = 't'")
    assert coaching.unshared(pc.db) == ["t1"]
    pc.db.execute("DELETE FROM qa_ratings")
    coaching.untie(pc.db, "r", "later")
    assert [task.rating for task in tasks_of(pc.db)] == [""]
    assert coaching.unshared(pc.db) == ["t1"]


@pytest.mark.parametrize(
    "odd",
    [
        {"task": None},
        {"task": {"id": "t"}},
        {"task": {"id": "", "counsellor": "C", "text": "x", "made_at": ""}},
        {"task": {"id": "t", "counsellor": "C", "text": " ", "made_at": ""}},
        {"task": {"id": "t", "counsellor": "C", "text": "x" * 4001, "made_at": ""}},
        {"task": {"id": "t", "counsellor": "C", "text": "x", "made_at": "", "due": "soon"}},
        {"edits": 0},
        {"edits": True},
        {"edits": 10**30},
        {"edits": "1"},
        {"changed_at": None},
        {"changed_at": "x" * 65},
    ],
)
def test_what_is_no_task_is_refused_and_nothing_is_kept(odd: dict[str, Any]) -> None:
    pc = Pc(1)
    with pytest.raises(QaFault):
        coaching.take(pc.db, {**Pc(2).change(TASK, 0), **odd})
    assert pc.kept() == []


def test_tasks_of_before_are_told_once_and_belong_to_ratings_that_are_there(tmp_path: Path) -> None:
    db = Database(sqlite3.connect(":memory:", isolation_level=None))
    scripts = tuple(path(f"sql/personal/{name}.sql").read_text(encoding="utf-8") for name in MIGRATIONS)
    before = MIGRATIONS.index("0011_quality_shared")
    migrate(db, tmp_path / "x.db", scripts[:before])
    for ident, rating in (("t1", ""), ("t2", "gone")):
        body = f'{{"id":"{ident}","counsellor":"C","text":"인사","made_at":"t","rating":"{rating}"}}'
        db.execute("INSERT INTO qa_tasks (task_id, counsellor, made_at, body) VALUES (?, 'C', 't', ?)", [ident, body])
    for statement in statements(scripts[before]):
        db.execute(statement)
    assert [(task.id, task.rating) for task in tasks_of(db)] == [("t1", ""), ("t2", "")]
    assert coaching.unshared(db) == ["t1", "t2"]


def test_a_task_at_the_end_of_counting_can_still_be_changed_and_told() -> None:
    one, two = Pc(1), Pc(2)
    last = {**one.change(TASK, 0), "edits": 1_000_000_000}
    for pc in (one, two):
        assert coaching.take(pc.db, last)
    done = replace(TASK, done_at="2026-11-30")
    assert coaching.take(two.db, one.change(done, 1))
    assert tasks_of(two.db) == [done]
