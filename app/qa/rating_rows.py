"""Ratings, words on them, tasks and rubrics in the personal database. Functions of one open database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from sqlite_utils import Database

from app.errors import QaFault, StoreFault
from app.qa import codec
from assist.review.model import Answer, CoachingTask, Rating, Rubric, Settlement

_IDS: Final = 500
"""Ids asked for at once, below SQLite's limit of values."""

T = TypeVar("T")


def read_as(kind: type[T], body: str) -> T:
    """Return the value of a body. Raises StoreFault where it is none; the details would hold what was written."""
    try:
        return codec.load(kind, body)
    except ValueError:
        raise StoreFault("store.event_broken", type=kind.__name__) from None


# -- ratings ------------------------------------------------------------------------------------------------


def put_rating(db: Database, rating: Rating, shared: bool = False, came: bool = False) -> None:
    """Add a rating, or put it in the place of its draft. A submitted one only ever gets the time it was sent at.

    Args:
        db: A writer.
        rating: Checked against its rubric.
        shared: Whether the other trainers have it as it is.
        came: Whether it is new here and was made on another trainer's PC; one that is kept stays what it was.

    Raises:
        QaFault: ``qa.submitted``.
    """
    found = rating_of(db, rating.id)
    if found is not None and found.submitted_at and found != replace(rating, sent_at=found.sent_at):
        raise QaFault("qa.submitted")
    kept = db.execute("SELECT rater, came FROM qa_ratings WHERE rating_id = ?", [rating.id]).fetchone()
    owner = kept[0] if kept and found is not None and found.submitted_at else rating.rater
    row = {
        "rating_id": rating.id,
        "call": rating.call,
        "counsellor": rating.counsellor,
        "call_at": rating.call_at,
        "rubric": rating.rubric,
        "rubric_version": rating.rubric_version,
        "rater": owner,
        "blind": int(rating.blind),
        "calibration": rating.calibration,
        "submitted_at": rating.submitted_at,
        "shared": int(shared),
        "came": kept[1] if kept else int(came),
        "body": codec.dump(rating),
    }
    db.table("qa_ratings").insert(row, replace=True)


def hand_over(db: Database, before: str, name: str) -> None:
    """Let a profile that got another name stay the same rater.

    Drafts are only ever a profile's own, and go on under the new name. A submitted rating keeps the name it was
    submitted under; the column ``rater`` says whose it is. What came from another trainer of that name is his.

    Args:
        db: A writer.
        before: Under which name it rated until now; empty: not known.
        name: Under which it rates from now on.
    """
    for row in list(db.query("SELECT body, shared FROM qa_ratings WHERE submitted_at = '' AND rater != ?", [name])):
        put_rating(db, replace(read_as(Rating, row["body"]), rater=name), shared=bool(row["shared"]))
    own = "UPDATE qa_ratings SET rater = ? WHERE rater = ? AND submitted_at != '' AND NOT came"
    db.execute(own, [name, before])
    again = "INSERT OR IGNORE INTO qa_looked (call, rater, at) SELECT call, ?, MIN(at) FROM qa_looked GROUP BY call"
    db.execute(again, [name])


def own_ids(db: Database, rater: str) -> set[str]:
    """Return the ids of a rater's ratings, under whatever name they were submitted."""
    return {str(row["rating_id"]) for row in db.query("SELECT rating_id FROM qa_ratings WHERE rater = ?", [rater])}


def rating_of(db: Database, rating_id: str) -> Rating | None:
    """Return a rating by its id."""
    rows = list(db.query("SELECT body FROM qa_ratings WHERE rating_id = ?", [rating_id]))
    return read_as(Rating, rows[0]["body"]) if rows else None


def ratings_of_call(db: Database, call: str) -> list[Rating]:
    """Return the ratings of a call, oldest first."""
    sql = "SELECT body FROM qa_ratings WHERE call = ? ORDER BY rating_id"
    return [read_as(Rating, row["body"]) for row in db.query(sql, [call])]


def submitted(db: Database, counsellor: str = "") -> list[Rating]:
    """Return submitted ratings of a counsellor, or of all, by time of the call; calibrations are left out."""
    sql = """
        SELECT body FROM qa_ratings
        WHERE submitted_at != '' AND calibration = '' AND (:code = '' OR counsellor = :code)
        ORDER BY call_at, rating_id
    """
    return [read_as(Rating, row["body"]) for row in db.query(sql, {"code": counsellor})]


def submitted_in(db: Database, calibration: str) -> list[Rating]:
    """Return the submitted ratings of a calibration."""
    sql = "SELECT body FROM qa_ratings WHERE submitted_at != '' AND calibration = ? ORDER BY call, rating_id"
    return [read_as(Rating, row["body"]) for row in db.query(sql, [calibration])]


def raters_in(db: Database, calibration: str) -> dict[str, int]:
    """Return how many raters submitted a rating of each call of a calibration."""
    sql = """
        SELECT call, COUNT(DISTINCT rater) FROM qa_ratings
        WHERE submitted_at != '' AND calibration = ? GROUP BY call
    """
    return dict(db.execute(sql, [calibration]).fetchall())


def unshared(db: Database) -> list[str]:
    """Return the submitted ratings that the other trainers do not have as they are, oldest first."""
    sql = "SELECT rating_id FROM qa_ratings WHERE submitted_at != '' AND NOT shared ORDER BY rating_id"
    return [str(row["rating_id"]) for row in db.query(sql)]


def set_shared(db: Database, rating_id: str, shared: bool) -> None:
    """Note whether the other trainers have a rating as it is."""
    db.execute("UPDATE qa_ratings SET shared = ? WHERE rating_id = ?", [int(shared), rating_id])


def drop_draft(db: Database, rating_id: str) -> None:
    """Delete a draft."""
    db.execute("DELETE FROM qa_ratings WHERE rating_id = ? AND submitted_at = ''", [rating_id])


def codes(db: Database) -> tuple[str, ...]:
    """Return the counsellor codes there are ratings or headers of."""
    sql = """
        SELECT counsellor FROM qa_ratings UNION SELECT counsellor FROM qa_known_headers
        UNION SELECT counsellor FROM qa_tasks ORDER BY 1
    """
    return tuple(str(row["counsellor"]) for row in db.query(sql) if row["counsellor"])


# -- who may see what ---------------------------------------------------------------------------------------


def looked(db: Database, rater: str) -> set[str]:
    """Return the calls of which a rater has looked at others' ratings."""
    return {str(row["call"]) for row in db.query("SELECT call FROM qa_looked WHERE rater = ?", [rater])}


def put_looked(db: Database, call: str, rater: str, at: str) -> None:
    """Note that a rater has looked at others' ratings of a call."""
    db.table("qa_looked").insert({"call": call, "rater": rater, "at": at}, ignore=True)


def closed_calibrations(db: Database) -> set[str]:
    """Return the ids of calibrations whose ratings all may see."""
    return {str(row["id"]) for row in db.query("SELECT id FROM qa_calibrations WHERE closed_at != ''")}


def own_calls(db: Database, rater: str) -> tuple[set[str], set[str]]:
    """Return the calls a rater is rating blind now, and those he has submitted a rating of."""
    sql = "SELECT call, submitted_at, blind OR calibration != '' AS unseen FROM qa_ratings WHERE rater = ?"
    blind, done = set(), set()
    for row in db.query(sql, [rater]):
        if row["submitted_at"]:
            done.add(str(row["call"]))
        elif row["unseen"]:
            blind.add(str(row["call"]))
    return blind, done


# -- rubrics ------------------------------------------------------------------------------------------------


def keep_rubric(db: Database, rubric: Rubric) -> None:
    """Keep a rubric as a rating uses it.

    Raises:
        QaFault: ``qa.rubric_changed``: another one was used under this id and version.
    """
    body = codec.dump(rubric)
    sql = "SELECT body FROM qa_rubrics WHERE id = ? AND version = ?"
    found = db.execute(sql, [rubric.id, rubric.version]).fetchone()
    if found is None:
        db.table("qa_rubrics").insert({"id": rubric.id, "version": rubric.version, "body": body})
    elif read_as(Rubric, found[0]) != rubric:
        raise QaFault("qa.rubric_changed", name=rubric.id, version=rubric.version)


def rubric_of(db: Database, ident: str, version: int) -> Rubric:
    """Return a rubric as ratings used it. Raises QaFault ``qa.no_rubric``."""
    found = db.execute("SELECT body FROM qa_rubrics WHERE id = ? AND version = ?", [ident, version]).fetchone()
    if found is None:
        raise QaFault("qa.no_rubric", name=ident, version=version)
    return read_as(Rubric, found[0])


# -- words --------------------------------------------------------------------------------------------------


def add_answer(db: Database, answer: Answer) -> bool:
    """Add the counsellor's word; returns whether it was new."""
    return _add_word(db, answer.rating, answer.at, "answer", codec.dump(answer))


def add_settlement(db: Database, settlement: Settlement) -> bool:
    """Add what became of an objection; returns whether it was new."""
    return _add_word(db, settlement.rating, settlement.at, "settlement", codec.dump(settlement))


def _add_word(db: Database, rating_id: str, at: str, kind: str, body: str) -> bool:
    same = "SELECT 1 FROM qa_words WHERE rating_id = ? AND kind = ? AND at = ? AND body = ?"
    if db.execute(same, [rating_id, kind, at, body]).fetchone():
        return False
    db.table("qa_words").insert({"rating_id": rating_id, "at": at, "kind": kind, "body": body})
    return True


Words = tuple[tuple[Answer, ...], tuple[Settlement, ...]]


def words_of(db: Database, rating_ids: Iterable[str]) -> dict[str, Words]:
    """Return answers and settlements of ratings, oldest first; a rating without any has an empty pair."""
    wanted = list(rating_ids)
    answers: dict[str, list[Answer]] = defaultdict(list)
    settlements: dict[str, list[Settlement]] = defaultdict(list)
    for begin in range(0, len(wanted), _IDS):
        some = wanted[begin : begin + _IDS]
        marks = ", ".join("?" * len(some))
        sql = f"SELECT rating_id, kind, body FROM qa_words WHERE rating_id IN ({marks}) ORDER BY id"
        for row in db.query(sql, some):
            if row["kind"] == "answer":
                answers[row["rating_id"]].append(read_as(Answer, row["body"]))
            else:
                settlements[row["rating_id"]].append(read_as(Settlement, row["body"]))
    return {ident: (tuple(answers[ident]), tuple(settlements[ident])) for ident in wanted}


# -- tasks --------------------------------------------------------------------------------------------------


def tasks_of(db: Database, counsellor: str = "") -> Sequence[CoachingTask]:
    """Return tasks: open ones first, by the day they are due (those without one last), then by when they were made."""
    sql = "SELECT body FROM qa_tasks WHERE :code = '' OR counsellor = :code"
    found = [read_as(CoachingTask, row["body"]) for row in db.query(sql, {"code": counsellor})]
    return sorted(found, key=lambda task: (bool(task.done_at), task.due or "9999", task.made_at, task.id))
