"""Ratings as a rater may see them: what others found stays hidden until his own view cannot be swayed any more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from sqlite_utils import Database

from app.errors import QaFault
from app.qa import rating_rows as rows
from assist.review.model import Letter, Rating, Rubric, Total
from assist.review.totals import totals
from ui.qa.ports import RatingRow

NOTHING: Final = Total(whole=None, skills=(), open_items=())


def visible(db: Database, rater: str, ratings: Iterable[Rating]) -> list[RatingRow]:
    """Return ratings as a rater may see them.

    Drafts of others are left out. Submitted ones of others are hidden while the rater rates that call blind, and before
    he has submitted his own or asked for them; those of a calibration until it is closed.
    """
    blind, done = rows.own_calls(db, rater)
    seen = (done | rows.looked(db, rater)) - blind
    closed, own = rows.closed_calibrations(db), rows.own_ids(db, rater)
    known = [one for one in ratings if one.id in own or one.submitted_at]
    hidden = {
        one.id
        for one in known
        if one.id not in own and (one.call not in seen or (one.calibration and one.calibration not in closed))
    }
    shown = {row.rating.id: row for row in filled(db, rater, [one for one in known if one.id not in hidden])}
    return [shown[one.id] if one.id in shown else _hidden(one) for one in known]


def sees_others(db: Database, rater: str, ratings: Iterable[Rating]) -> bool:
    """Whether a rater sees what others found in these ratings of one call."""
    return any(not row.own and not row.hidden for row in visible(db, rater, ratings))


def filled(db: Database, rater: str, ratings: Sequence[Rating]) -> list[RatingRow]:
    """Return ratings with what they add up to and what came back."""
    words, own = rows.words_of(db, [one.id for one in ratings]), rows.own_ids(db, rater)
    rubrics: dict[tuple[str, int], Rubric] = {}
    found = []
    for one in ratings:
        key = (one.rubric, one.rubric_version)
        if key not in rubrics:
            rubrics[key] = rows.rubric_of(db, *key)
        found.append(RatingRow(one, totals(rubrics[key], one), *words[one.id], own=one.id in own))
    return found


def _hidden(rating: Rating) -> RatingRow:
    """Return that somebody rated a call; neither who, nor anything of what he found."""
    empty = replace(rating, rater="", scores=(), faults=(), note="", pending=(), grounds=())
    return RatingRow(empty, NOTHING, hidden=True)


def letter_of(db: Database, rating_id: str) -> Letter:
    """Return a submitted rating with its rubric, tasks and settlements.

    Raises:
        QaFault: ``qa.no_rating``, ``qa.not_submitted``.
    """
    rating = rows.rating_of(db, rating_id)
    if rating is None:
        raise QaFault("qa.no_rating")
    if not rating.submitted_at:
        raise QaFault("qa.not_submitted")
    rubric = rows.rubric_of(db, rating.rubric, rating.rubric_version)
    tasks = tuple(one for one in rows.tasks_of(db, rating.counsellor) if one.rating == rating_id)
    return Letter(rating, rubric, tasks, rows.words_of(db, [rating_id])[rating_id][1])
