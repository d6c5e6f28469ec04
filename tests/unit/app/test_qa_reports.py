from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.adapters.sheet_writer import workbook
from app.errors import QaFault, StoreFault
from app.qa import report_files
from app.qa.people import read_people
from app.qa.reports import COUNSELLOR, MONTH, TEAM, WEEK, period_of, periods, report
from app.qa.withholding import ALL, FEWEST
from assist.review.model import Item, ItemScore, Rating, Rubric, Settlement, Skill
from assist.review.totals import totals
from resources.notices import sentence
from ui.qa.ports import RatingRow, Report, ReportSeries
from ui.qa.report_values import PrintedReport, figure, rounded

FIRST, LAST = date(2026, 9, 1), date(2026, 11, 30)
RUBRIC = Rubric(
    "core",
    1,
    "평가표",
    (Skill("fast", "신속", 1.0), Skill("kind", "친절", 1.0)),
    (Item("search", "fast", "찾기", 1.0, 4), Item("greeting", "kind", "첫인사", 1.0, 2)),
)


def row(
    call: str, code: str, points: tuple[int | None, int | None], day: str = "2026-11-20", **more: object
) -> RatingRow:
    scores = (ItemScore("search", points[0]), ItemScore("greeting", points[1]))
    made = Rating(
        id=f"{call}-{more.get('rater', 'r')}",
        call=call,
        counsellor=code,
        call_at=f"{day}T09:00:00+09:00",
        rubric="core",
        rubric_version=1,
        rater="r",
        started_at="2026-11-21T09:00:00+09:00",
        submitted_at="2026-11-21T09:30:00+09:00",
        scores=scores,
    )
    made = replace(made, **more)  # type: ignore[arg-type]
    return RatingRow(made, totals(RUBRIC, made))


def asked(rows: list[RatingRow], scope: str = COUNSELLOR, name: str = "A1", **more: object) -> Report:
    values: dict[str, object] = {"first": FIRST, "last": LAST, "by": MONTH, **more}
    return report(rows, lambda ident, version: RUBRIC, scope, name, **values)  # type: ignore[arg-type]


def values(found: Report, key: str) -> list[float | None]:
    return [point.value for point in line(found, key).points]


def line(found: Report, key: str) -> ReportSeries:
    return next(one for one in found.series if one.key == key)


def group(count: int, **more: object) -> list[RatingRow]:
    return [row(f"c{n}", f"A{n}", (2, 1), **more) for n in range(count)]  # type: ignore[arg-type]


def test_a_report_has_the_whole_then_each_skill_with_its_items_and_every_period() -> None:
    found = asked([row("c1", "A1", (4, 1)), row("c2", "A1", (2, 1)), row("c3", "A2", (0, 0))])
    assert [(one.key, one.skill) for one in found.series] == [
        ("whole", ""),
        ("fast", ""),
        ("search", "fast"),
        ("kind", ""),
        ("greeting", "kind"),
    ]
    assert [point.label for point in line(found, "whole").points] == ["2026-09", "2026-10", "2026-11"]
    assert values(found, "search") == [None, None, 75.0]
    assert values(found, "greeting") == [None, None, 50.0]
    assert values(found, "whole") == [None, None, 62.5]
    assert found.ratings == 2


def test_a_call_counts_once_however_many_rated_it() -> None:
    rows = [row("c1", "A1", (4, 2), rater="r"), row("c1", "A1", (0, 2), rater="s"), row("c2", "A1", (0, 2))]
    assert values(asked(rows), "search")[-1] == 25.0


@pytest.mark.parametrize(
    "odd",
    [
        {"submitted_at": ""},
        {"calibration": "cal"},
        {"call_at": "2026-08-31T23:59:59+09:00"},
        {"call_at": "2026-12-01T00:00:00+09:00"},
        {"call_at": "yesterday"},
    ],
)
def test_what_is_no_finished_rating_of_the_period_does_not_count(odd: dict[str, object]) -> None:
    found = asked([row("c1", "A1", (4, 2)), row("c2", "A1", (0, 0), **odd)])
    assert (found.ratings, values(found, "whole")[-1]) == (1, 100.0)


def test_a_rating_whose_objection_was_accepted_does_not_count() -> None:
    wrong = row("c2", "A1", (0, 0))
    wrong = replace(wrong, settlements=(Settlement(wrong.rating.id, "2026-11-22T09:00:00+09:00", True, "맞습니다"),))
    found = asked([row("c1", "A1", (4, 2)), wrong])
    assert (found.ratings, values(found, "whole")[-1]) == (1, 100.0)
    assert asked([wrong]).withheld == sentence("qa.report_uncounted")
    assert asked([]).withheld == asked([replace(wrong, hidden=True)]).withheld == sentence("qa.report_none")


def test_what_another_rater_may_not_see_yet_does_not_count() -> None:
    assert asked([replace(row("c1", "A1", (4, 2)), hidden=True)]).withheld


def test_what_does_not_apply_weighs_nothing() -> None:
    found = asked([row("c1", "A1", (4, None))])
    assert values(found, "kind")[-1] is None
    assert values(found, "whole")[-1] == 100.0


def test_a_group_smaller_than_five_people_is_withheld_with_a_sentence() -> None:
    small, enough = group(FEWEST - 1), group(FEWEST)
    held = asked(small, ALL, "")
    assert (held.series, held.ratings) == ((), 0)
    assert str(FEWEST) in held.withheld
    assert values(asked(enough, ALL, ""), "whole")[-1] == 50.0
    # Many calls of few people are no group, and people without a code cannot be counted.
    assert asked([*small, *(row(f"x{n}", "A0", (2, 1)) for n in range(9)), row("y", "", (2, 1))], ALL, "").withheld


def test_in_a_group_every_period_and_item_rests_on_five_people() -> None:
    rows = [*group(FEWEST), *(row(f"o{n}", f"A{n}", (4, 2), day="2026-10-05") for n in range(FEWEST - 1))]
    rows[0] = row("c0", "A0", (2, None))
    found = asked(rows, ALL, "")
    assert values(found, "whole")[:2] == [None, None]
    assert values(found, "whole")[2] is not None
    assert values(found, "greeting") == [None, None, None]
    # With the figure of searching, the whole would tell how one person searched who had no greeting to be rated.
    assert values(found, "search") == values(found, "fast") == [None, None, None]
    assert "5명" in found.note
    assert [point.ratings for point in line(found, "search").points] == [0, FEWEST - 1, FEWEST]


def test_a_team_is_the_people_the_list_names() -> None:
    teams = {f"A{n}": "1팀" if n < FEWEST else "2팀" for n in range(2 * FEWEST)}
    rows = group(2 * FEWEST)
    assert asked(rows, TEAM, "1팀", teams=teams).ratings == FEWEST
    assert values(asked(rows, TEAM, "2팀", teams=teams), "whole")[-1] == 50.0
    assert asked(rows, TEAM, "", teams=teams).withheld
    # All without the one team would be the other, and that is too small; so neither is told.
    few = rows[:-1]
    assert asked(few, ALL, "").series
    for team in ("1팀", "2팀"):
        held = asked(few, TEAM, team, teams=teams)
        assert (held.series, held.ratings, "5명" in held.withheld) == ((), 0, True)


def test_weeks_are_those_of_the_calendar_across_the_year() -> None:
    assert periods(date(2026, 12, 28), date(2027, 1, 10), WEEK) == ("2026-W53", "2027-W01")
    assert period_of(date(2027, 1, 3), WEEK) == "2026-W53"


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 900), st.sampled_from([MONTH, WEEK]))
@settings(max_examples=40, deadline=None)
def test_every_day_lies_in_one_of_the_periods_in_order(first: date, days: int, by: str) -> None:
    found = periods(first, first + timedelta(days=days), by)
    assert list(found) == sorted(set(found))
    assert {period_of(first + timedelta(days=n), by) for n in (0, days // 2, days)} <= set(found)


CASES = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 9), st.integers(0, 4), st.integers(0, 2), st.integers(0, 80)),
    max_size=40,
)


@given(CASES, st.sampled_from([COUNSELLOR, ALL]))
@settings(max_examples=60, deadline=None)
def test_no_figure_of_a_group_rests_on_fewer_than_five_people(
    cases: list[tuple[int, int, int, int, int]], scope: str
) -> None:
    rows = [
        row(f"{code}-{call}", f"A{code}", (first, second), (FIRST + timedelta(days=day)).isoformat())
        for code, call, first, second, day in cases
    ]
    found = asked(rows, scope, "A0" if scope == COUNSELLOR else "")
    for one in found.series:
        for point in one.points:
            people = {r.rating.counsellor for r in rows if r.rating.call_at.startswith(point.label)}
            people &= {"A0"} if scope == COUNSELLOR else people
            assert (point.value is not None) == (len(people) >= (1 if scope == COUNSELLOR else FEWEST))
            assert point.value is None or 0 <= point.value <= 100


@pytest.mark.parametrize(
    ("last", "scope", "by"), [(FIRST - timedelta(days=1), ALL, MONTH), (date(2040, 1, 1), ALL, MONTH),
                              (LAST, "best", MONTH), (LAST, ALL, "day")],
)  # fmt: skip
def test_a_report_that_is_none_is_one_sentence(last: date, scope: str, by: str) -> None:
    with pytest.raises(QaFault):
        asked([], scope, "", last=last, by=by)


# -- files ------------------------------------------------------------------------------------------------------


def no_pdf(printed: PrintedReport, file: Path) -> None:
    raise AssertionError("no PDF was asked for")


def test_both_tables_hold_the_same_figures_and_the_sheet_draws_lines_with_gaps(tmp_path: Path) -> None:
    found = asked([row("c1", "A1", (3, 1)), row("c2", "A1", (2, 1), day="2026-09-02")])
    for name in ("r.csv", "r.xlsx"):
        report_files.export(found, tmp_path / name, workbook, no_pdf)
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    lines = list(csv.reader(io.StringIO((tmp_path / "r.csv").read_bytes().decode("utf-8-sig"))))
    assert [sheet.title for sheet in book.worksheets] == [
        "개요",
        "전체와 역량",
        "신속 항목",
        "친절 항목",
        "기간별 평가 수",
    ]
    for table, sheet in zip(report_files.as_tables(found), book.worksheets, strict=True):
        assert tuple(sheet.iter_rows(values_only=True)) == (table.header, *table.rows)
        at = lines.index([table.name]) + 1
        shown = [["" if cell is None else str(cell) for cell in one] for one in (table.header, *table.rows)]
        assert lines[at : at + len(shown)] == shown
    assert [list(sheet.values)[2] for sheet in book.worksheets[1:2]] == [("2026-10", None, None, None)]
    charts = book.worksheets[1]._charts
    assert [type(chart).__name__ for chart in charts] == ["LineChart"]
    assert charts[0].display_blanks == "gap"
    assert len({one.marker.symbol for one in charts[0].series}) == 3


def test_paper_has_a_chart_of_the_skills_and_one_of_the_items_of_each(tmp_path: Path) -> None:
    printed: list[tuple[PrintedReport, Path]] = []
    found = asked([row("c1", "A1", (3, 1))])
    report_files.export(found, tmp_path / "r.pdf", workbook, lambda *one: printed.append(one))
    ((paper, file),) = printed
    assert file == tmp_path / "r.pdf"
    assert [[line.title for line in chart.lines] for chart in paper.charts] == [
        ["전체", "신속", "친절"],
        ["찾기"],
        ["첫인사"],
    ]
    assert ("대상", "상담사 A1") in paper.facts


def test_a_terminal_reads_every_line(tmp_path: Path) -> None:
    told = report_files.told(asked([row("c1", "A1", (3, 1))], by=MONTH))
    assert told[0] == "전체: 2026-11 62.5"
    assert told[2] == "  찾기: 2026-11 75.0"
    left_out = report_files.told(asked([row("c1", "A1", (4, None))], by=MONTH))
    assert any(line.endswith(": 값 없음") for line in left_out)


def test_a_figure_is_the_same_on_the_scorecard_in_the_report_and_in_its_files() -> None:
    assert [figure(value) for value in (62.5, 57.45, 0.05, 99.949, None)] == ["62.5", "57.5", "0.1", "99.9", "–"]
    assert figure(100 * (0.1 + 0.2) / 3 + 52.45) == "62.5"  # 62.45 and what binary fractions leave of it
    found = asked([row("c1", "A1", (3, 1))])
    cells = report_files.as_tables(found)[1].rows[-1]
    (scored,) = [one.points[-1].value for one in found.series if one.key == "whole"]
    assert cells[1] == rounded(scored or 0.0)
    assert figure(scored) in report_files.told(found)[0]


def test_nothing_is_written_of_a_withheld_report_or_under_an_unknown_ending(tmp_path: Path) -> None:
    with pytest.raises(QaFault, match="5명보다 적은"):
        report_files.export(asked(group(FEWEST - 1), ALL, ""), tmp_path / "r.xlsx", workbook, no_pdf)
    with pytest.raises(QaFault):
        report_files.export(asked([]), tmp_path / "r.xlsx", workbook, no_pdf)
    with pytest.raises(QaFault):
        report_files.export(asked([row("c1", "A1", (3, 1))]), tmp_path / "r.doc", workbook, no_pdf)
    with pytest.raises(StoreFault):
        report_files.export(asked([row("c1", "A1", (3, 1))]), tmp_path / "none" / "r.csv", workbook, no_pdf)
    assert list(tmp_path.iterdir()) == []


# -- people -----------------------------------------------------------------------------------------------------


def test_the_list_of_people_is_read_with_its_mark_other_columns_and_decomposed_names(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes("\ufeffteam,name,code\n1\u1110\u1175\u11b7,김,A1\n,이,A2\n2팀,박, A3 \n3팀,박,A3\n".encode())
    assert read_people(file) == {"A1": "1\ud300", "A3": "3팀"}
    file.write_bytes("code,team\nA1,민원팀\n".encode("cp949"))
    assert read_people(file) == {"A1": "민원팀"}
    assert read_people(None) == {}


@pytest.mark.parametrize("body", [b"name,place\nx,y\n", b"\xff\xfe\x00", b"", b"code;team\nA;B\n"])
def test_a_list_that_is_none_is_one_sentence(tmp_path: Path, body: bytes) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(body)
    with pytest.raises(QaFault):
        read_people(file)
    with pytest.raises(QaFault):
        read_people(tmp_path / "none.csv")
