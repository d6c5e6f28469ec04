"""Figures for the centre: incidents by kind, hour of day and step. Counts only: no names, numbers, counsellors, calls.

On the team's PC they count what arrived in its inbox; on a counsellor's desk, what was handed over from there. Practice
calls never count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from app import tables, team_steps
from app.errors import TeamFault
from app.store_reader import SessionReader
from app.tables import Table, Workbook
from assist.model import AbuseLabel
from resources.notices import sentence
from ui.figure_ports import FigureCell, Figures
from ui.team_ports import TeamStep

MAX_DAYS = 3_700
_KINDS = (*(label.value for label in AbuseLabel), "")
_STEPS = ("", *(step.value for step in TeamStep if step is not TeamStep.WITHDRAWN))

Incident = tuple[str, str, str]
"""Time of the press (ISO 8601), kind, standing step; kind and step may be empty."""


def of_team(db: Database) -> list[Incident]:
    """Return what the team's database holds."""
    steps = {incident: team_steps.standing(lines) for incident, lines in team_steps.of_all(db).items()}
    found = []
    for row in db.query("SELECT incident_id, raised_at, label FROM team_incidents WHERE NOT simulated"):
        step = steps.get(row["incident_id"])
        found.append((row["raised_at"], row["label"], step.step.value if step else ""))
    return found


def of_desk(db: Database) -> list[Incident]:
    """Return what was handed over from this desk."""
    rows = db.query("SELECT raised_at, label FROM incidents WHERE NOT practice")
    return [(row["raised_at"], row["label"], "") for row in rows]


def count(incidents: Iterable[Incident], first: date, last: date) -> Figures:
    """Count the incidents from ``first`` to ``last``, both days included, by the local time of the press.

    Raises:
        TeamFault: ``incidents.period``: ends before it begins, or is longer than ten years.
    """
    if last < first or (last - first).days > MAX_DAYS:
        raise TeamFault("incidents.period")
    kept: Counter[tuple[str, int, str]] = Counter()
    days: Counter[str] = Counter()
    for raised_at, kind, step in incidents:
        try:
            when = datetime.fromisoformat(raised_at)
        except ValueError:
            continue  # a pack that was changed on its way; it stands in the inbox as such
        if first <= when.date() <= last:
            kept[kind if kind in _KINDS else "", when.hour, step if step in _STEPS else ""] += 1
            days[when.date().isoformat()] += 1
    kinds, hours, steps = Counter[str](), Counter[int](), Counter[str]()
    for (kind, hour, step), number in kept.items():
        kinds[kind] += number
        hours[hour] += number
        steps[step] += number
    order = sorted(kept, key=lambda cell: (_KINDS.index(cell[0]), cell[1], _STEPS.index(cell[2])))
    span = [(first + timedelta(days=n)).isoformat() for n in range((last - first).days + 1)]
    return Figures(
        first=first,
        last=last,
        total=sum(kept.values()),
        kinds=tuple((kind, kinds[kind]) for kind in _KINDS if kind or kinds[kind]),
        hours=tuple(hours[hour] for hour in range(24)),
        steps=tuple((step, steps[step]) for step in _STEPS),
        cells=tuple(FigureCell(*cell, kept[cell]) for cell in order),
        days=tuple((day, days[day]) for day in span),
    )


def as_tables(figures: Figures) -> tuple[Table, ...]:
    """Return the figures as tables in the language of the notices: whole table first, then each count with a chart."""
    number = sentence("incidents.count")
    kind, hour, step, day = (sentence(f"incidents.{name}") for name in ("kind", "hour", "step", "day"))
    whole = tuple((kind_name(c.kind), _clock(c.hour), step_name(c.step), c.count) for c in figures.cells)
    return (
        Table(sentence("incidents.by_all"), (kind, hour, step, number), whole),
        Table(sentence("incidents.by_kind"), (kind, number), tuple((kind_name(k), n) for k, n in figures.kinds), True),
        Table(
            sentence("incidents.by_hour"),
            (hour, number),
            tuple((_clock(h), n) for h, n in enumerate(figures.hours)),
            True,
        ),
        Table(sentence("incidents.by_step"), (step, number), tuple((step_name(s), n) for s, n in figures.steps), True),
        Table(sentence("incidents.by_day"), (day, number), figures.days, True),
    )


def export(figures: Figures, file: Path, workbook: Workbook) -> None:
    """Write the figures as XLSX or CSV by the ending of ``file``. Raises StoreFault."""
    tables.save(file, as_tables(figures), workbook)


def kind_name(kind: str) -> str:
    """Return a kind as a person reads it: 욕설, 모욕 ..."""
    return sentence(f"incidents.kind_{kind or 'none'}")


def step_name(step: str) -> str:
    """Return a step as a person reads it: 경고, 상담 제한 ..."""
    return sentence(f"incidents.step_{step or 'none'}")


class DeskFigures:
    """Figures of one desk. Fills :class:`ui.figure_ports.FigureServices`. Any worker thread."""

    def __init__(self, reader: SessionReader, workbook: Workbook) -> None:
        self._reader = reader
        self._workbook = workbook

    def figures(self, first: date, last: date) -> Figures:
        """See :class:`ui.figure_ports.FigureServices`."""
        return count(self._reader.read(of_desk), first, last)

    def export_figures(self, figures: Figures, file: Path) -> None:
        """See :class:`ui.figure_ports.FigureServices`."""
        export(figures, file, self._workbook)


class TeamFigures(DeskFigures):
    """Figures of the team's database, read beside its desk."""

    def figures(self, first: date, last: date) -> Figures:
        """See :class:`ui.figure_ports.FigureServices`."""
        return count(self._reader.read(of_team), first, last)


def _clock(hour: int) -> str:
    return f"{hour:02d}:00"
