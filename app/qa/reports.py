"""Ratings over time, as figures: of one counsellor, a team or all. Pure.

A call that several raters rated counts once, with the mean of them; a period's figure is the mean over its calls. A
call belongs to the period in which it was held. Calibrations and ratings whose objection was accepted do not count.
What is told of a group rests on at least :data:`app.qa.withholding.FEWEST` people, in every single period and for every
item, and so does what its figures leave over (:mod:`app.qa.withholding`); nobody is ever put beside another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from math import fsum
from typing import Final

from app.errors import QaFault
from app.qa import withholding
from app.qa.withholding import ALL, FEWEST, Cell, Figure
from assist.review.model import Rubric
from assist.review.objections import was_accepted
from resources.notices import sentence
from ui.qa.ports import RatingRow, Report, ReportSeries, SeriesPoint

MAX_DAYS: Final = 3_700
WHOLE: Final = "whole"
COUNSELLOR, TEAM = "counsellor", "team"
MONTH, WEEK = "month", "week"

RubricOf = Callable[[str, int], Rubric]
"""Returns a rubric by id and version as ratings used it."""


def report(
    rows: Sequence[RatingRow],
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
        rows: Ratings of everybody, in any order: what is told of a team depends on the others.
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
    everybody = [(row, day) for row in rows if (day := _day(row, first, last)) is not None]
    found = [(row, day) for row, day in everybody if belongs(row)]
    kept = [(row, day) for row, day in found if row.rating.call not in unseen]
    left = {row.rating.call for row, _ in found} & set(unseen)
    note = sentence("qa.report_left", count=len(left)) if left else ""
    over = (row for row in rows if was_accepted(row.settlements) and _day_of(row, first, last) is not None)
    is_over = any(belongs(row) and row.rating.call not in unseen for row in over)
    used = sorted({(row.rating.rubric, row.rating.rubric_version) for row, _ in kept}, reverse=True)
    rubrics = {key: rubric_of(*key) for key in used}
    labels = periods(first, last, by)
    withheld = _withheld(kept, scope, is_over) if kept or not note else note
    series: tuple[ReportSeries, ...] = ()
    if not withheld:
        figures = _figures_of(kept, rubric_of, by)
        shown = {(one.key, one.period) for one in figures}
        if scope != COUNSELLOR:
            of_all = figures if scope == ALL else _figures_of(everybody, rubric_of, by)
            below = _below({(row.rating.rubric, row.rating.rubric_version) for row, _ in everybody}, rubric_of)
            told = withholding.shown(of_all, below, None if scope == ALL else teams or {}, name)
            note = sentence("qa.report_apart", fewest=FEWEST) if len(told) < len(shown) else ""
            withheld = "" if told else note
            shown &= told
        series = _series(figures, list(rubrics.values()), labels, shown)
    if withheld:
        return Report(scope, name, first, last, by, (), 0, withheld)
    raters = tuple(sorted({row.rating.rater for row, _ in kept}))
    return Report(scope, name, first, last, by, series, len(kept), note=note, raters=raters)


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
    return None if was_accepted(row.settlements) else _day_of(row, first, last)


def _day_of(row: RatingRow, first: date, last: date) -> date | None:
    """Return the same whether or not an objection to the rating was accepted."""
    rating = row.rating
    if row.hidden or not rating.submitted_at or rating.calibration:
        return None
    try:
        day = datetime.fromisoformat(rating.call_at).date()
    except ValueError:
        return None
    return day if first <= day <= last else None


def _withheld(kept: Sequence[tuple[RatingRow, date]], scope: str, is_over: bool) -> str:
    if not kept:
        return sentence("qa.report_uncounted" if is_over else "qa.report_none")
    people = {row.rating.counsellor for row, _ in kept} - {""}
    if scope != COUNSELLOR and len(people) < FEWEST:
        return sentence("qa.report_few", fewest=FEWEST)
    return ""


def _figures_of(kept: Sequence[tuple[RatingRow, date]], rubric_of: RubricOf, by: str) -> list[Figure]:
    rubrics = {key: rubric_of(*key) for key in {(row.rating.rubric, row.rating.rubric_version) for row, _ in kept}}
    return [
        figure
        for row, day in kept
        for figure in _figures(row, rubrics[row.rating.rubric, row.rating.rubric_version], period_of(day, by))
    ]


def _below(used: Iterable[tuple[str, int]], rubric_of: RubricOf) -> dict[str, list[str]]:
    """Return the lines that each line is worked out of."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for rubric in (rubric_of(*key) for key in used):
        found[WHOLE] |= {f"skill {skill.id}" for skill in rubric.skills}
        for item in rubric.items:
            found[f"skill {item.skill}"].add(f"item {item.id}")
    return {line: sorted(lines) for line, lines in found.items()}


def _figures(row: RatingRow, rubric: Rubric, period: str) -> Iterable[Figure]:
    rating = row.rating

    def figure(key: str, value: float) -> Figure:
        return Figure(key, period, rating.id, rating.call, rating.counsellor, value)

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
    figures: Sequence[Figure], rubrics: Sequence[Rubric], labels: Sequence[str], shown: Collection[Cell]
) -> tuple[ReportSeries, ...]:
    """Return the lines: the whole, then each skill with its items, in the order of the rubrics."""
    cells: defaultdict[Cell, list[Figure]] = defaultdict(list)
    for figure in figures:
        cells[figure.key, figure.period].append(figure)

    def line(key: str, ident: str, title: str, skill: str = "") -> ReportSeries:
        return ReportSeries(
            ident,
            title,
            tuple(_point(label, cells.get((key, label), ()), (key, label) in shown) for label in labels),
            skill,
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


def _point(label: str, figures: Sequence[Figure], is_shown: bool) -> SeriesPoint:
    calls: defaultdict[str, list[float]] = defaultdict(list)
    for figure in figures:
        calls[figure.call].append(figure.value)
    if not is_shown:
        return SeriesPoint(label, None, len(figures))
    means = [fsum(values) / len(values) for values in calls.values()]
    return SeriesPoint(label, fsum(means) / len(means), len(figures))
