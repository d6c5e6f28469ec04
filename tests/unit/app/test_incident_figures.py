from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import incident_figures, tables
from app.adapters.sheet_writer import workbook
from app.errors import StoreFault, TeamFault
from app.incident_figures import DeskFigures, as_tables, count
from app.incident_rows import Press
from app.tables import Table
from assist.model import AbuseLabel, EscalationReason
from tests.helpers.evidence import PressDesk
from ui.team_ports import TeamStep

DAY = date(2026, 11, 1)
CASES = st.tuples(
    st.integers(-3, 34).map(lambda day: DAY + timedelta(days=day)),
    st.integers(0, 23),
    st.sampled_from(["", *AbuseLabel]),
    st.sampled_from(["", *(step for step in TeamStep if step is not TeamStep.WITHDRAWN)]),
)


@given(st.lists(CASES, max_size=40))
@settings(max_examples=100, deadline=None)
def test_every_incident_of_the_period_is_in_every_table_once(cases: list[tuple[date, int, str, str]]) -> None:
    last = DAY + timedelta(days=29)
    rows = [(f"{day}T{hour:02d}:30:00+09:00", str(kind), str(step)) for day, hour, kind, step in cases]
    figures = count(rows, DAY, last)
    inside = [case for case in cases if DAY <= case[0] <= last]
    assert figures.total == len(inside)
    for counts in (
        [number for _, number in figures.kinds],
        list(figures.hours),
        [number for _, number in figures.steps],
        [cell.count for cell in figures.cells],
        [number for _, number in figures.days],
    ):
        assert sum(counts) == len(inside)
    for cell in figures.cells:
        assert cell.count == sum(
            (kind, hour, step) == (cell.kind, cell.hour, cell.step) for _, hour, kind, step in inside
        )
    assert len(figures.days) == 30


def test_the_hour_is_the_local_one_of_the_press_and_what_makes_no_sense_is_left_out() -> None:
    rows = [("2026-11-01T23:59:59+09:00", "threat", ""), ("", "threat", ""), ("yesterday", "x", "y")]
    figures = count(rows, DAY, DAY)
    assert figures.hours[23] == figures.total == 1
    assert count([("2026-11-01T10:00:00+09:00", "odd", "odd")], DAY, DAY).kinds[-1] == ("", 1)
    assert count([], DAY, DAY).total == 0


@pytest.mark.parametrize(("first", "last"), [(DAY, DAY - timedelta(days=1)), (date(1, 1, 1), DAY)])
def test_a_period_that_is_none_is_one_sentence(first: date, last: date) -> None:
    with pytest.raises(TeamFault):
        count([], first, last)


def test_both_files_hold_the_same_figures_in_words(tmp_path: Path) -> None:
    rows = [("2026-11-01T09:10:00+09:00", "sexual", "accused")] * 2 + [("2026-11-02T09:10:00+09:00", "", "")]
    figures = count(rows, DAY, DAY + timedelta(days=1))
    incident_figures.export(figures, tmp_path / "f.csv", workbook)
    incident_figures.export(figures, tmp_path / "f.xlsx", workbook)
    book = openpyxl.load_workbook(tmp_path / "f.xlsx")
    lines = list(csv.reader(io.StringIO((tmp_path / "f.csv").read_bytes().decode("utf-8-sig"))))
    found = [line for line in lines if line]
    for table, sheet in zip(as_tables(figures), book.worksheets, strict=True):
        assert sheet.title == table.name
        assert tuple(tuple(row) for row in sheet.iter_rows(values_only=True)) == (table.header, *table.rows)
        at = found.index([table.name]) + 1
        assert found[at : at + 1 + len(table.rows)] == [
            [str(cell) for cell in row] for row in (table.header, *table.rows)
        ]
    assert ["성희롱", "09:00", "고발", "2"] in found
    # The charts are drawn by the spreadsheet itself.
    charts = [len(sheet._charts) for sheet in _as_written(figures)]
    assert charts == [0, 1, 1, 1, 1]


def _as_written(figures: incident_figures.Figures) -> list[openpyxl.worksheet.worksheet.Worksheet]:
    return openpyxl.load_workbook(io.BytesIO(workbook(as_tables(figures)))).worksheets


def test_files_that_cannot_be_written_are_one_sentence(tmp_path: Path) -> None:
    figures = count([], DAY, DAY)
    with pytest.raises(StoreFault) as caught:
        incident_figures.export(figures, tmp_path / "f.ods", workbook)
    assert caught.value.code == "incidents.ending"
    with pytest.raises(StoreFault):
        incident_figures.export(figures, tmp_path / "absent" / "f.csv", workbook)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_formulas_are_disarmed(text: str, tmp_path: Path) -> None:
    made = [Table("t", ("a",), ((text,),))]
    assert f"'{text}".encode() in tables.as_csv(made)
    if text.isprintable():
        tables.save(tmp_path / "t.xlsx", made, workbook)
        assert openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0]["A2"].data_type == "s"


def test_a_desk_counts_its_own_incidents_without_practice(tmp_path: Path) -> None:
    desk = PressDesk(tmp_path)
    try:
        desk.call()
        desk.press()
        desk.make()
        desk.begin("call-2", "practice")
        reason = EscalationReason("profanity", (AbuseLabel.PROFANITY,))
        desk.desk.press(Press("call-2", 0, desk.clock, reason, True, "unknown"))
        day = desk.clock.date()
        assert DeskFigures(desk.store, workbook).figures(day, day).total == 1
    finally:
        desk.close()
