"""What the dedicated team's page of figures shows, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class FigureCell:
    """One count of the table."""

    kind: str
    """An :class:`AbuseLabel` value, or empty where the incident names none."""
    hour: int
    """0 to 23, local time of the press."""
    step: str
    """A :class:`TeamStep` value, or empty before the first step."""
    count: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Incidents of a period, counted. Holds nothing about a person: no names, numbers or counsellors."""

    first: date
    last: date
    """Both days count."""
    total: int
    kinds: tuple[tuple[str, int], ...]
    """Kind and count, in the order of :class:`AbuseLabel`, every label named; last ``""`` where any has none."""
    hours: tuple[int, ...]
    """24 counts."""
    steps: tuple[tuple[str, int], ...]
    """Newest standing step and count, in the order of :class:`TeamStep`; first ``""`` for none yet."""
    cells: tuple[FigureCell, ...]
    """The whole table without empty cells, by kind, hour and step."""
    days: tuple[tuple[str, int], ...]
    """Every day of the period and its count."""


class FigureServices(Protocol):
    """Figures of the centre (the team's PC) or of this desk alone (a counsellor's)."""

    def figures(self, first: date, last: date) -> Figures:
        """Count the incidents of a period. Raises Fault when ``last`` is before ``first``."""
        ...

    def export_figures(self, figures: Figures, file: Path) -> None:
        """Write the figures as XLSX or CSV by the ending of ``file``. Raises Fault."""
        ...
