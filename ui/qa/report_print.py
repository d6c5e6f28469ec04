"""Draws a report of ratings as a PDF: what it is about, then a page for each chart with its table."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from ui import paper
from ui.qa.charts import paint_lines
from ui.qa.report_values import PrintedChart, PrintedReport, figure
from ui.theme import LIGHT, Theme

_HEIGHT_MM: Final = 68.0
_TEXT_PT: Final = 8.0
"""Size of the words in a chart."""
_AT_100: Final = 13
"""Size of the words in a chart on screen at 100 %, pixels (:func:`ui.qa.charts.paint_lines`)."""
_SCREEN_DPI: Final = 96
"""What lengths in HTML are told in."""


def print_report(report: PrintedReport, file: Path) -> int:
    """Write a report to ``file``, whole or not at all; returns the number of pages; threads as :func:`ui.paper.pdf_of`.

    Raises:
        Fault: ``store.export_not_written``.
    """
    data, pages = pdf_of(report)
    paper.put(data, file, "store.export_not_written")
    return pages


def pdf_of(report: PrintedReport) -> tuple[bytes, int]:
    """Return a report as a PDF and its number of pages; threads as :func:`ui.paper.pdf_of`."""
    paper.application()
    images = {f"chart-{number}": _drawn(chart) for number, chart in enumerate(report.charts)}
    return paper.pdf_of(_parts(report), title=report.title, foot=report.title, page=report.page, images=images)


def _drawn(chart: PrintedChart) -> QImage:
    image = QImage(_dots(paper.WIDTH_MM), _dots(_HEIGHT_MM), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    scale = _TEXT_PT / 72 * paper.DPI / _AT_100
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    look = Theme("light", LIGHT, scale, paper.family_of_desk())
    paint_lines(painter, QRectF(image.rect()), chart.labels, chart.lines, look)
    painter.end()
    return image


def _dots(millimetres: float) -> int:
    return round(millimetres / 25.4 * paper.DPI)


def _parts(report: PrintedReport) -> list[str | tuple[str, ...]]:
    """Return what it is about with the first chart, then every further chart; its table stays whole where it fits."""
    facts = "".join(
        f"<tr><td width='20%' bgcolor='#f0f2f4'>{escape(name)}</td><td width='80%'>{escape(value)}</td></tr>"
        for name, value in report.facts
    )
    head = f"<h1 style='font-size:17pt'>{escape(report.title)}</h1>{_table(facts)}"
    charts = [_chart_html(report, chart, number) for number, chart in enumerate(report.charts)]
    first = (head + charts[0][0], charts[0][1]) if charts else head
    return [first, *charts[1:]]


def _chart_html(report: PrintedReport, chart: PrintedChart, number: int) -> tuple[str, str]:
    """Return a chart with its title, and its table."""
    width, height = (round(length / 25.4 * _SCREEN_DPI) for length in (paper.WIDTH_MM, _HEIGHT_MM))
    head = f"<th align='left' bgcolor='#e2e6ea'>{escape(report.time)}</th>" + "".join(
        f"<th align='right' bgcolor='#e2e6ea'>{escape(line.title)}</th>" for line in chart.lines
    )
    rows = "".join(
        f"<tr><td>{escape(label)}</td>"
        + "".join(f"<td align='right'>{figure(line.values[place])}</td>" for line in chart.lines)
        + "</tr>"
        for place, label in enumerate(chart.labels)
    )
    return (
        f"<h2 style='font-size:13pt'>{escape(chart.title)}</h2>"
        f"<p><img src='chart-{number}' width='{width}' height='{height}'></p>",
        _table(f"<thead><tr>{head}</tr></thead>{rows}", padding=2),
    )


def _table(rows: str, padding: int = 4) -> str:
    style = "border-collapse:collapse; border-style:solid; border-color:#b8bec4"
    return f"<table width='100%' cellpadding='{padding}' cellspacing='0' border='3' style='{style}'>{rows}</table>"
