"""Ratings over time, as figures: of one counsellor, a team or all. Pure.

A call that several raters rated counts once, with the mean of them; a period's figure is the mean over its calls. A
call belongs to the period in which it was held. Calibrations and ratings whose objection was accepted do not count.
What is told of a group rests on at least :data:`FEWEST` people, in every single period and for every item; nobody is
ever put beside another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import fsum
from typing import Final

from app.errors import QaFault
from assist.review.model import Rubric
from resources.notices import sentence
from ui.qa.ports import RatingRow, Report, ReportSeries, SeriesPoint

FEWEST: Final = 5
"""People below which nothing is told of a group."""
MAX_DAYS: Final = 3_700
WHOLE: Final = "whole"
COUNSELLOR, TEAM, ALL = "counsellor", "team", "all"
MONTH, WEEK = "month", "week"

RubricOf = Callable[[str, int], Rubric]
"""Returns a rubric by id and version as ratings used it."""


@dataclass(frozen=True, slots=True)
class _Figure:
    """One value of one rating."""

    key: str
    period: str
    call: str
    counsellor: str
    value: float


def report(
    rows: Iterable[RatingRow],
    rubric_of: RubricOf,
    scope: str,
    name: str,
    first: date,
    last: date,
    by: str,
    teams: Mapping[str, str] | None = None,
    unseen: Collection[str] = (),
) -> Report:
    """Count submitted ratings over time.

    Args:
        rows: Ratings of anybody, in any order; what does not belong to the report is passed over.
        rubric_of: Their rubrics.
        scope: ``counsellor``, ``team`` or ``all``.
        name: Code or team.
        first: First day of calls that count.
        last: Last day; both count.
        by: ``month`` or ``week`` (ISO 8601).
        teams: Team of each counsellor code.
        unseen: Calls whose ratings the reader may not see yet: a counsellor's report can rest on one rating.

    Raises:
        QaFault: ``qa.report_period``: it ends before it begins or is longer than ten years; ``qa.report_scope``.
    """
    if last < first or (last - first).days > MAX_DAYS:
        raise QaFault("qa.report_period")
    if scope not in (COUNSELLOR, TEAM, ALL) or by not in (MONTH, WEEK):
        raise QaFault("qa.report_scope")
    belongs = _belongs(scope, name, teams or {})
    found = [(row, day) for row in rows if (day := _day(row, first, last)) is not None and belongs(row)]
    kept = [(row, day) for row, day in found if row.rating.call not in unseen]
    left = {row.rating.call for row, _ in found} & set(unseen)
    note = sentence("qa.report_left", count=len(left)) if left else ""
    used = sorted({(row.rating.rubric, row.rating.rubric_version) for row, _ in kept}, reverse=True)
    rubrics = {key: rubric_of(*key) for key in used}
    fewest = 1 if scope == COUNSELLOR else FEWEST
    labels = periods(first, last, by)
    withheld = _withheld(kept, scope) if kept or not note else note
    series: tuple[ReportSeries, ...] = ()
    if not withheld:
        figures = [
            figure
            for row, day in kept
            for figure in _figures(row, rubrics[row.rating.rubric, row.rating.rubric_version], period_of(day, by))
        ]
        series = _series(figures, list(rubrics.values()), labels, fewest)
    return Report(
        scope, name, first, last, by, series, 0 if withheld else len(kept), withheld, "" if withheld else note
    )


def period_of(day: date, by: str) -> str:
    """Return the period of a day: ``2026-11``, or its ISO week ``2026-W47``."""
    if by == MONTH:
        return day.strftime("%Y-%m")
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def periods(first: date, last: date, by: str) -> tuple[str, ...]:
    """Return every period from ``first`` to ``last``, those without ratings too."""
    found = (period_of(first + timedelta(days=n), by) for n in range((last - first).days + 1))
    return tuple(dict.fromkeys(found))


def _belongs(scope: str, name: str, teams: Mapping[str, str]) -> Callable[[RatingRow], bool]:
    if scope == COUNSELLOR:
        return lambda row: row.rating.counsellor == name
    if scope == TEAM:
        return lambda row: bool(name) and teams.get(row.rating.counsellor) == name
    return lambda row: True


def _day(row: RatingRow, first: date, last: date) -> date | None:
    """Return the day of the call, in its own zone, where the rating counts in this time; None where it does not."""
    rating = row.rating
    if row.hidden or not rating.submitted_at or rating.calibration or any(one.accepted for one in row.settlements):
        return None
    try:
        day = datetime.fromisoformat(rating.call_at).date()
    except ValueError:
        return None
    return day if first <= day <= last else None


def _withheld(kept: Sequence[tuple[RatingRow, date]], scope: str) -> str:
    if not kept:
        return sentence("qa.report_none")
    people = {row.rating.counsellor for row, _ in kept} - {""}
    if scope != COUNSELLOR and len(people) < FEWEST:
        return sentence("qa.report_few", fewest=FEWEST)
    return ""


def _figures(row: RatingRow, rubric: Rubric, period: str) -> Iterable[_Figure]:
    rating = row.rating

    def figure(key: str, value: float) -> _Figure:
        return _Figure(key, period, rating.call, rating.counsellor, value)

    if row.total.whole is not None:
        yield figure(WHOLE, row.total.whole)
    for skill, value in row.total.skills:
        if value is not None:
            yield figure(f"skill {skill}", value)
    most = {item.id: item.points for item in rubric.items}
    for score in rating.scores:
        if score.points is not None and score.item in most:
            yield figure(f"item {score.item}", 100.0 * score.points / most[score.item])


def _series(
    figures: Sequence[_Figure], rubrics: Sequence[Rubric], labels: Sequence[str], fewest: int
) -> tuple[ReportSeries, ...]:
    """Return the lines: the whole, then each skill with its items, in the order of the rubrics."""
    cells: defaultdict[tuple[str, str], list[_Figure]] = defaultdict(list)
    for figure in figures:
        cells[figure.key, figure.period].append(figure)

    def line(key: str, ident: str, title: str, skill: str = "") -> ReportSeries:
        return ReportSeries(
            ident, title, tuple(_point(label, cells.get((key, label), ()), fewest) for label in labels), skill
        )

    made = [line(WHOLE, WHOLE, sentence("qa.report_whole"))]
    skills = {skill.id: skill.title for rubric in reversed(rubrics) for skill in rubric.skills}
    order = list(dict.fromkeys(skill.id for rubric in rubrics for skill in rubric.skills))
    items = {item.id: item for rubric in reversed(rubrics) for item in rubric.items}
    item_order = list(dict.fromkeys(item.id for rubric in rubrics for item in rubric.items))
    for skill in order:
        made.append(line(f"skill {skill}", skill, skills[skill]))
        made += [
            line(f"item {ident}", ident, items[ident].title, skill)
            for ident in item_order
            if items[ident].skill == skill
        ]
    return tuple(made)


def _point(label: str, figures: Sequence[_Figure], fewest: int) -> SeriesPoint:
    calls: defaultdict[str, list[float]] = defaultdict(list)
    for figure in figures:
        calls[figure.call].append(figure.value)
    people = {figure.counsellor for figure in figures} - {""}
    if not calls or (fewest > 1 and len(people) < fewest):
        return SeriesPoint(label, None, len(figures))
    means = [fsum(values) / len(values) for values in calls.values()]
    return SeriesPoint(label, fsum(means) / len(means), len(figures))
