"""A report as files: tables for a spreadsheet, and what a page of paper says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from app import tables
from app.errors import QaFault
from app.qa.reports import COUNSELLOR
from app.qa.withholding import ALL, FEWEST
from app.tables import Cell, Table, Workbook
from resources.notices import sentence
from ui.qa.ports import Report, ReportSeries
from ui.qa.report_values import Line, PrintedChart, PrintedReport, figure, rounded

_PDF: Final = ".pdf"
_TABLES: Final = (".xlsx", ".csv")


Print = Callable[[PrintedReport, Path], object]
"""Writes a PDF, on a worker of a window or on Qt's main thread. Filled by :func:`ui.qa.report_print.print_report`."""


def check(report: Report, file: Path) -> None:
    """Raise QaFault where nothing is written: ``qa.report_withheld`` with its own reason, ``qa.report_ending``."""
    if report.withheld:
        raise QaFault("qa.report_withheld", why=report.withheld)
    if file.suffix.lower() not in (_PDF, *_TABLES):
        raise QaFault("qa.report_ending", path=str(file))


def export(report: Report, file: Path, workbook: Workbook, print_pdf: Print) -> None:
    """Write a report as the ending of ``file`` says, whole or not at all; threads as ``print_pdf``.

    Raises:
        QaFault: As :func:`check`; StoreFault, Fault: it cannot be written.
    """
    check(report, file)
    if file.suffix.lower() == _PDF:
        print_pdf(printed(report), file)
    else:
        tables.save(file, as_tables(report), workbook)


def as_tables(report: Report) -> tuple[Table, ...]:
    """Return what it is about, the whole with the skills, the items of each skill, and the number of ratings."""
    about = Table(sentence("qa.report_about"), (sentence("qa.report_fact"), sentence("qa.report_value")), facts(report))
    lines = [
        _lines(report, sentence("qa.report_skills"), [one for one in report.series if not one.skill]),
        *(
            _lines(report, sentence("qa.report_items", skill=skill.title), items)
            for skill in report.series
            if (items := [one for one in report.series if one.skill and one.skill == skill.key])
        ),
    ]
    counts = tuple((point.label, point.ratings) for point in report.series[0].points) if report.series else ()
    header = (sentence("qa.report_time"), sentence("qa.report_count"))
    return (about, *lines, Table(sentence("qa.report_counts"), header, counts, chart=True))


def facts(report: Report) -> tuple[tuple[str, str], ...]:
    """Return what a reader must know of a report."""
    of_one = report.scope == COUNSELLOR
    return (
        (sentence("qa.report_whom"), whom(report)),
        (sentence("qa.report_time"), f"{report.first} ~ {report.last}"),
        (sentence("qa.report_step"), sentence(f"qa.report_by_{report.by}")),
        (sentence("qa.report_count"), str(report.ratings)),
        *(((sentence("qa.report_raters"), ", ".join(report.raters)),) if report.raters else ()),
        (sentence("qa.report_unit"), sentence("qa.report_unit_value")),
        (sentence("qa.report_rule"), sentence("qa.report_rule_value", fewest=FEWEST)),
        *(((sentence("qa.report_left_out" if of_one else "qa.report_not_shown"), report.note),) if report.note else ()),
    )


def whom(report: Report) -> str:
    """Return of whom a report is."""
    return (
        sentence("qa.report_of_all")
        if report.scope == ALL
        else sentence(f"qa.report_of_{report.scope}", name=report.name)
    )


def printed(report: Report) -> PrintedReport:
    """Return a report as it is printed."""
    skills = [one for one in report.series if not one.skill]
    charts = [_chart(report, sentence("qa.report_skills"), skills)]
    for skill in skills:
        items = [one for one in report.series if one.skill and one.skill == skill.key]
        if items:
            charts.append(_chart(report, sentence("qa.report_items", skill=skill.title), items))
    return PrintedReport(
        title=f"{sentence('qa.report_title')} · {whom(report)}",
        facts=facts(report),
        charts=tuple(charts),
        time=sentence("qa.report_time"),
        page=sentence("qa.report_page", page="{page}", pages="{pages}"),
    )


def told(report: Report) -> tuple[str, ...]:
    """Return a report as lines for a terminal: a line a series, its periods with a figure."""
    none = sentence("qa.report_no_value")
    lines = tuple(
        sentence(
            "qa.report_line",
            title=one.title if not one.skill else f"  {one.title}",
            values=", ".join(f"{point.label} {figure(point.value)}" for point in one.points if point.value is not None)
            or none,
        )
        for one in report.series
    )
    return (*lines, report.note) if report.note else lines


def _lines(report: Report, name: str, series: list[ReportSeries]) -> Table:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (label, *(None if (value := one.points[place].value) is None else rounded(value) for one in series))
        for place, label in enumerate(_labels(report))
    )
    return Table(name, (sentence("qa.report_time"), *(one.title for one in series)), rows, lines=True)


def _chart(report: Report, title: str, series: list[ReportSeries]) -> PrintedChart:
    lines = tuple(Line(one.title, tuple(point.value for point in one.points)) for one in series)
    return PrintedChart(title, _labels(report), lines)


def _labels(report: Report) -> tuple[str, ...]:
    return tuple(point.label for point in report.series[0].points) if report.series else ()
