"""Tables for a spreadsheet: one value, two files (XLSX, CSV)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.errors import StoreFault
from kb.whole_file import put

Cell = str | int | float | None
"""None is an empty cell, which a line in a chart leaves out."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its heading."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    chart: bool = False
    """Whether the last column (numbers) makes a bar chart against the first."""
    lines: bool = False
    """Whether every column but the first (0 to 100) makes a line against the first."""


Workbook = Callable[[Sequence[Table]], bytes]
"""Makes an XLSX file. Filled by :mod:`app.adapters.sheet_writer`."""


def as_csv(tables: Sequence[Table]) -> bytes:
    """Return tables one under the other as CSV: UTF-8 with its mark, formulas disarmed, a table's name above each."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for number, table in enumerate(tables):
        if len(tables) > 1:
            if number:
                writer.writerow([])
            writer.writerow([_plain(table.name)])
        writer.writerow([_plain(title) for title in table.header])
        writer.writerows([_plain(cell) for cell in row] for row in table.rows)
    return ("\ufeff" + out.getvalue()).encode()


def save(file: Path, tables: Sequence[Table], workbook: Workbook) -> None:
    """Write tables as the ending of ``file`` says, whole or not at all.

    Raises:
        StoreFault: ``incidents.ending`` (neither .xlsx nor .csv), ``store.export_not_written``.
    """
    ending = file.suffix.lower()
    if ending not in (".xlsx", ".csv"):
        raise StoreFault("incidents.ending", path=str(file))
    data = workbook(tables) if ending == ".xlsx" else as_csv(tables)
    try:
        put(file, data)
    except OSError as error:
        raise StoreFault("store.export_not_written", path=str(file)) from error


def _plain(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
