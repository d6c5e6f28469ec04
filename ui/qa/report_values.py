"""A report as it is drawn, on screen and on paper. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

_TENTH: Final = Decimal("0.1")
_NOISE: Final = 6
"""Digits behind the point that are no leftover of binary fractions."""


def rounded(value: float) -> float:
    """Return a figure as it is shown everywhere: one decimal, half up."""
    return float(Decimal(str(round(value, _NOISE))).quantize(_TENTH, ROUND_HALF_UP))


def figure(value: float | None, none: str = "–") -> str:
    """Return a figure in words, as :func:`rounded`; ``none`` where there is none."""
    return none if value is None else f"{rounded(value):.1f}"


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
