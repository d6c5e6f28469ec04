"""Fragments of lines and how they are packed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

LINE_LENGTH: Final = 125
"""Characters a line is filled up to; one long fragment may stand alone beyond it."""

CLAUSES: Final = 3
"""At most so many clauses stand in one line of answers or actions."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """Words of a line with the turns they come from."""

    text: str
    turns: tuple[int, ...]
    score: float = 0.0


def line_of(parts: Sequence[Fragment], joint: str = ". ") -> Fragment | None:
    """Join fragments to one line, or None where there is none."""
    parts = [part for part in parts if part.text]
    if not parts:
        return None
    text = re.sub(r"\s+", " ", joint.join(part.text for part in parts)).strip(" ,")
    turns = tuple(sorted({turn for part in parts for turn in part.turns}))
    return Fragment(text, turns, sum(part.score for part in parts))


def pack(parts: Sequence[Fragment], lines: int) -> list[Fragment]:
    """Fill at most ``lines`` lines with the most telling fragments, in the order of the call as far as they fit."""
    rows: list[list[int]] = []
    for i in sorted(range(len(parts)), key=lambda i: -parts[i].score / (len(parts[i].text) + 30) ** 0.5):
        open_rows = [
            row for row in rows if len(row) < CLAUSES and _length(parts, row) + len(parts[i].text) <= LINE_LENGTH
        ]
        if open_rows:
            min(open_rows, key=lambda row: min(abs(i - j) for j in row)).append(i)
        elif len(rows) < lines:
            rows.append([i])
    in_order = _in_order(parts, sorted(i for row in rows for i in row))
    filled = in_order if len(in_order) <= lines else sorted((sorted(row) for row in rows), key=lambda row: row[0])
    return [line for row in filled if (line := line_of([parts[i] for i in row]))]


def _length(parts: Sequence[Fragment], row: Sequence[int]) -> int:
    return sum(len(parts[i].text) + 2 for i in row)


def _in_order(parts: Sequence[Fragment], chosen: Sequence[int]) -> list[list[int]]:
    """Break chosen fragments into lines without changing their order."""
    rows: list[list[int]] = []
    for i in chosen:
        if rows and len(rows[-1]) < CLAUSES and _length(parts, rows[-1]) + len(parts[i].text) <= LINE_LENGTH:
            rows[-1].append(i)
        else:
            rows.append([i])
    return rows
