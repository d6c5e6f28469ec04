"""A report as it is drawn, on screen and on paper. No Qt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart."""

    title: str
    values: tuple[float | None, ...]
    """0 to 100, a value a period; None leaves a gap."""


@dataclass(frozen=True, slots=True)
class PrintedChart:
    """One chart with its table."""

    title: str
    labels: tuple[str, ...]
    """Periods."""
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class PrintedReport:
    """Everything on paper, in words already."""

    title: str
    facts: tuple[tuple[str, str], ...]
    charts: tuple[PrintedChart, ...]
    time: str
    """Name of the column of periods."""
    page: str
    """Foot of a page, with ``{page}`` and ``{pages}``."""
