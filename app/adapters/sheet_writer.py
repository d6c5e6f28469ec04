"""XLSX files through openpyxl: tables as text and numbers, with a bar or line chart where one is wanted."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from app.tables import Table

if TYPE_CHECKING:
    from openpyxl.chart import BarChart, LineChart

_WORDLESS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML can hold."""
_MARKS: Final = ("circle", "square", "triangle", "diamond", "x", "star")
_STROKES: Final = ("solid", "dash", "sysDot", "dashDot", "lgDash")


def workbook(tables: Sequence[Table]) -> bytes:
    """Return a workbook, a sheet a table. Any thread.

    A table with ``chart`` gets a bar chart of its last column against its first, one with ``lines`` a line a column.
    """
    # A desk opens many times for each sheet that is saved.
    import openpyxl
    from openpyxl.styles import Font

    book = openpyxl.Workbook()
    book.remove(book.active)
    for table in tables:
        sheet = book.create_sheet(table.name[:31])
        for line, row in enumerate([table.header, *table.rows], start=1):
            for column, value in enumerate(row, start=1):
                cell = sheet.cell(line, column)
                cell.value = _WORDLESS.sub("", value) if isinstance(value, str) else value
                if isinstance(value, str):
                    cell.data_type = "s"  # text that begins like a formula stays text
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for column, title in enumerate(table.header, start=1):
            widest = max([len(str(title)), *(len(str(row[column - 1] or "")) for row in table.rows)])
            sheet.column_dimensions[openpyxl.utils.get_column_letter(column)].width = min(60, 4 + 2 * widest)
        sheet.freeze_panes = "A2"
        if table.rows and (table.chart or table.lines):
            made = _lines(table, sheet) if table.lines else _chart(table, sheet)
            sheet.add_chart(made, f"{openpyxl.utils.get_column_letter(len(table.header) + 2)}2")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _chart(table: Table, sheet: object) -> BarChart:
    from openpyxl.chart import BarChart, Reference

    chart = BarChart()
    chart.title = table.name
    chart.legend = None
    last, rows = len(table.header), len(table.rows) + 1
    chart.add_data(Reference(sheet, min_col=last, min_row=1, max_row=rows), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=rows))
    return chart


def _lines(table: Table, sheet: object) -> LineChart:
    """Return a line a column; each has its own mark and stroke, so that none is told by colour alone."""
    from openpyxl.chart import LineChart, Reference

    chart = LineChart()
    chart.title = table.name
    chart.legend.position = "b"
    chart.height, chart.width = 9, 20  # centimetres
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, 100
    chart.x_axis.delete = chart.y_axis.delete = False  # openpyxl leaves axes out unless told
    chart.display_blanks = "gap"
    rows = len(table.rows) + 1
    chart.add_data(
        Reference(sheet, min_col=2, max_col=len(table.header), min_row=1, max_row=rows), titles_from_data=True
    )
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=rows))
    for number, line in enumerate(chart.series):
        line.marker.symbol = _MARKS[number % len(_MARKS)]
        line.marker.size = 8
        line.graphicalProperties.line.dashStyle = _STROKES[number % len(_STROKES)]
        line.smooth = False
    return chart
