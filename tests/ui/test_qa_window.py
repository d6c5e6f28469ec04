"""The trainer's window over a trainer from memory: calls, samples, calibration, reports; keys and names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from assist.review.model import Answer, AnswerKind, HeaderFlag, Stratum
from resources.notices import Fault
from tests.ui.fake_qa import RUBRIC, open_call, rating, total
from tests.ui.fake_replay import FakePlayer
from tests.ui.fake_trainer import CALLS, DRAW, PLAN, TODAY, FakeTrainer, call_to_rate, report_of
from tests.ui.fakes import FakePreferences
from ui import theme
from ui.qa.calibration_page import CalibrationPage
from ui.qa.charts import spread_of
from ui.qa.open_calls import OpenCalls
from ui.qa.ports import ItemAgreement, RatingRow, SeriesPoint
from ui.qa.qa_window import Page, QaWindow, build_qa
from ui.qa.rate_window import rate_window
from ui.qa.ratings_page import RatingsPage
from ui.qa.report_values import Line
from ui.qa.scorecard import Scorecard
from ui.replay.ports import ReplayCall
from ui.replay.replay_window import ReplayWindow

CTRL = Qt.KeyboardModifier.ControlModifier
OBJECTED = AnswerKind.OBJECTED


@dataclass
class Trainer:
    window: QaWindow
    fake: FakeTrainer
    bot: QtBot
    opened: list[tuple[ReplayCall, str, bool]] = field(default_factory=list)

    def page(self, number: int) -> None:
        self.bot.keyClick(self.window, Qt.Key(Qt.Key.Key_0 + number), CTRL)
        assert self.window.pages.currentIndex() == number - 1

    def cells(self, table: QTableWidget, row: int) -> list[str]:
        return [table.item(row, column).text() for column in range(table.columnCount())]  # type: ignore[union-attr]

    def wait_for(self, name: str) -> tuple[object, ...]:
        self.bot.waitUntil(lambda: name in self.fake.names())
        return next(wish for wish in reversed(self.fake.wishes) if wish[0] == name)

    def said(self, words: str) -> None:
        def told() -> bool:
            if words in self.window.notices.shown:
                return True
            self.window.notices.dismiss()
            return False

        self.bot.waitUntil(told)


def opened(qtbot: QtBot, fake: FakeTrainer) -> Trainer:
    calls: list[tuple[ReplayCall, str, bool]] = []

    def replay_of(call: ReplayCall, calibration: str, blind: bool) -> QWidget:
        calls.append((call, calibration, blind))
        made = QWidget()
        qtbot.addWidget(made)
        return made

    window = build_qa(fake, today=TODAY, replay_of=replay_of, preferences=FakePreferences())
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    made = Trainer(window, fake, qtbot, calls)
    qtbot.waitUntil(lambda: window.calls.table.rowCount() == len(fake.calls_here))
    return made


@pytest.fixture
def trainer(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Trainer]:
    monkeypatch.delenv("DOUMI_LANG", raising=False)
    made = opened(qtbot, FakeTrainer(opened=open_call()))
    yield made
    made.window.close()


# -- calls --------------------------------------------------------------------------------------------------------


def test_the_list_says_in_words_what_is_to_be_done_with_each_call(trainer: Trainer) -> None:
    table = trainer.window.calls.table
    states = [trainer.cells(table, row)[5] for row in range(table.rowCount())]
    assert states == ["이의에 답하기", "평가 전", "평가 중", "2차 평가 가능", "도착 전", "평가함(1)"]
    assert not any(table.item(row, 5).icon().isNull() for row in range(table.rowCount()))
    assert trainer.cells(table, 1)[:5] == ["2026-11-11 09:14", "A11", "교통", "05:12", "11월 정기 표본"]
    table.selectRow(2)
    assert "폭언, 이관" in trainer.window.calls.facts.text()


def test_search_narrows_the_list_and_keeps_the_chosen_call(trainer: Trainer) -> None:
    trainer.window.calls.table.selectRow(2)
    trainer.bot.keyClick(trainer.window, Qt.Key.Key_F, CTRL)
    assert trainer.window.calls.words.hasFocus()
    trainer.bot.keyClicks(trainer.window.calls.words, "A12")
    trainer.bot.waitUntil(lambda: trainer.window.calls.table.rowCount() == 1)
    trainer.window.calls.words.clear()
    trainer.bot.waitUntil(lambda: trainer.window.calls.table.rowCount() == len(CALLS))
    chosen = trainer.window.calls.chosen()
    assert chosen is not None
    assert chosen.call == "H02"


def test_enter_opens_the_call_beside_its_scorecard_once(trainer: Trainer) -> None:
    trainer.window.calls.table.selectRow(1)
    trainer.window.calls.table.setFocus()
    trainer.bot.keyClick(trainer.window.calls.table, Qt.Key.Key_Return)
    trainer.bot.waitUntil(lambda: len(trainer.opened) == 1)
    assert trainer.opened[0][1:] == ("", False)
    assert trainer.window.open_calls.windows["H01"].isVisible()
    trainer.window.calls.open()
    assert trainer.fake.names().count("open_call") == 1
    before = trainer.fake.calls_here
    trainer.fake.calls_here = (call_to_rate(1, own="submitted", ratings=1), *before[2:])
    trainer.window.open_calls.windows["H01"].close()  # held by nobody else
    trainer.bot.waitUntil(lambda: trainer.window.open_calls.windows == {})
    trainer.bot.waitUntil(lambda: trainer.window.calls.table.rowCount() == len(before) - 1)


def test_a_call_that_somebody_rated_is_proposed_as_a_blind_second_rating(trainer: Trainer) -> None:
    trainer.window.calls.table.selectRow(3)
    trainer.window.calls.open()
    trainer.bot.waitUntil(lambda: len(trainer.opened) == 1)
    assert trainer.opened[0][2] is True


def test_a_call_that_cannot_be_opened_is_one_sentence_and_disturbs_nothing(trainer: Trainer) -> None:
    trainer.fake.opened = None
    trainer.window.calls.table.selectRow(1)
    trainer.window.calls.open()
    trainer.said("이 통화의 꾸러미가 이 PC에 없습니다")
    assert trainer.opened == []
    trainer.window.calls.table.selectRow(4)
    assert not trainer.window.calls.open_button.isEnabled()
    trainer.window.calls.open()
    trainer.said("아직 이 통화를 보내지 않았습니다")
    trainer.fake.opened = open_call()
    trainer.window.calls.table.selectRow(1)
    trainer.window.calls.open()
    trainer.bot.waitUntil(lambda: len(trainer.opened) == 1)


def test_f5_looks_and_tells_what_came_or_why_nothing_did(trainer: Trainer) -> None:
    trainer.said("새로 온 통화 1건")
    trainer.fake.unproven = 2
    trainer.bot.keyClick(trainer.window, Qt.Key.Key_F5)
    trainer.said("목록에 없는 상담 PC에서 온 새 통화 안내: 2건")
    trainer.fake.look_fault = "품질 폴더에 닿지 않습니다."
    trainer.bot.keyClick(trainer.window, Qt.Key.Key_F5)
    trainer.said("품질 폴더에 닿지 않습니다.")
    assert trainer.window.calls.table.rowCount() == len(CALLS)


def test_a_pc_without_key_or_folder_says_so_and_takes_the_key_in(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DOUMI_LANG", raising=False)
    trainer = opened(qtbot, FakeTrainer(has_identity=False, calls_here=()))
    qtbot.waitUntil(lambda: "trainer.key" in trainer.window.trouble_words.text())
    assert "표본을 뽑으면" in trainer.window.calls.facts.text()
    key = tmp_path / "trainer.key"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(key), ""))
    trainer.fake.exchange = ""
    trainer.window.identity.click()
    assert trainer.wait_for("take_identity") == ("take_identity", key)
    qtbot.waitUntil(lambda: trainer.window.identity.isHidden())
    assert trainer.window.trouble.isVisible()
    assert trainer.window.trouble_words.text() == "평가 교환 장소가 정해지지 않았습니다."
    trainer.window.close()


# -- samples ------------------------------------------------------------------------------------------------------


def test_nothing_is_drawn_that_was_not_looked_at_first(trainer: Trainer) -> None:
    trainer.page(2)
    page = trainer.window.sampling
    assert not page.draw_button.isEnabled()
    page.preview_button.click()
    trainer.said("계획 이름을 적어 주세요")
    assert page.title.hasFocus()
    page.title.setText("12월 표본")
    page.people.setText("A12, A11 ,A12")
    page.shortest.setText("2")
    page.strata[Stratum.LENGTH].setChecked(True)
    page.must[HeaderFlag.ABUSE].setChecked(True)
    page.preview_button.click()
    trainer.bot.waitUntil(lambda: page.draw_button.isEnabled())
    plan = trainer.wait_for("preview")[1]
    assert plan == replace(
        PLAN,
        id="",
        title="12월 표본",
        seed=20261122,
        first="2026-10-23",
        last="2026-11-22",
        counsellors=("A11", "A12"),
        shortest_s=120,
        strata=(Stratum.HOUR, Stratum.FIELD, Stratum.LENGTH),
        must=(HeaderFlag.ABUSE,),
    )
    assert page.calls.rowCount() == len(DRAW.calls)
    assert "통화 412건 가운데 6건" in page.result.text()
    assert "A13(1건)" in page.result.text()
    cells = page.calls.model()
    rows = [[cells.index(row, place).data() for place in range(4)] for row in range(len(DRAW.calls))]
    assert rows[1] == ["A11", "2026-11-11 09:14", "05:12", "교통"]
    assert rows[4][1:] == ["이 PC에서는 알 수 없음", "–", "–"]
    assert page.longest.text() == ""
    assert page.longest.placeholderText() == "제한 없음"
    page.each.setText("4")
    assert not page.draw_button.isEnabled()
    page.draw()
    page.preview_button.click()
    trainer.bot.waitUntil(lambda: page.draw_button.isEnabled())
    page.draw_button.click()
    drawn = trainer.wait_for("draw")[1]
    assert drawn == replace(plan, per_counsellor=4)  # type: ignore[type-var]
    trainer.said("통화 6건을 뽑아")
    trainer.bot.waitUntil(lambda: page.earlier.rowCount() == 2)
    assert trainer.fake.names().count("draw") == 1
    assert not page.draw_button.isEnabled()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda page: page.last.setDate(page.first.date().addDays(-1)), "마지막 날이 첫날보다"),
        (lambda page: (page.shortest.setText("9"), page.longest.setText("3")), "가장 긴 길이가"),
    ],
)
def test_a_plan_that_contradicts_itself_is_told_before_it_is_asked(trainer: Trainer, change, words: str) -> None:  # type: ignore[no-untyped-def]
    trainer.page(2)
    trainer.window.sampling.title.setText("표본")
    change(trainer.window.sampling)
    trainer.window.sampling.preview()
    trainer.said(words)
    assert "preview" not in trainer.fake.names()


def test_an_earlier_draw_is_drawn_again_and_compared(trainer: Trainer) -> None:
    trainer.page(2)
    page = trainer.window.sampling
    trainer.bot.waitUntil(lambda: page.earlier.rowCount() == 1)
    page.earlier.selectRow(0)
    page.again.click()
    trainer.bot.waitUntil(lambda: "같은 412건에서 같은 6건" in page.result.text())
    trainer.fake.again = replace(DRAW, calls=DRAW.calls[1:])
    page.again.click()
    trainer.bot.waitUntil(lambda: "바뀌었습니다" in page.result.text())
    trainer.fake.again = replace(DRAW, calls=DRAW.calls[1:], fingerprint="0" * 64, population=500)
    page.again.click()
    trainer.bot.waitUntil(lambda: "(그때 412건, 지금 500건)" in page.result.text())
    assert "5건이 같습니다" in page.result.text()
    assert not page.draw_button.isEnabled()


def test_an_earlier_plan_serves_as_a_pattern(trainer: Trainer) -> None:
    trainer.page(2)
    page = trainer.window.sampling
    trainer.bot.waitUntil(lambda: page.earlier.rowCount() == 1)
    page.earlier.selectRow(0)
    page.take.click()
    assert page.plan().title == PLAN.title
    assert page.plan().strata == PLAN.strata
    assert page.plan().seed != PLAN.seed


# -- calibration --------------------------------------------------------------------------------------------------


def test_an_open_session_shows_no_figures_and_lets_its_calls_be_rated(trainer: Trainer) -> None:
    done = rating("01C1", trainer.fake.me, call="H02", calibration="cal-2")
    others = rating("01C2", "김평가", call="H01", calibration="cal-2")
    trainer.fake.rows = [RatingRow(one, total(RUBRIC, one)) for one in (done, others)]
    trainer.page(3)
    page = trainer.window.calibration
    trainer.bot.waitUntil(lambda: page.call_table.rowCount() == 3)
    assert [trainer.cells(page.call_table, row)[2:] for row in range(3)] == [
        ["05:12", "시작 전", "1"], ["06:12", "제출함", "1"], ["08:12", "시작 전", "0"],
    ]  # fmt: skip
    assert not page.items.isVisible()
    assert "agreement" not in trainer.fake.names()
    page.open_button.click()
    trainer.bot.waitUntil(lambda: len(trainer.opened) == 1)
    assert trainer.opened[0][1] == "cal-2"


def test_a_call_open_by_itself_is_opened_once_more_for_its_session(trainer: Trainer) -> None:
    trainer.window.calls.table.selectRow(1)
    trainer.window.calls.open()
    trainer.bot.waitUntil(lambda: len(trainer.opened) == 1)
    trainer.window.pages.setCurrentIndex(2)
    page = trainer.window.calibration
    trainer.bot.waitUntil(lambda: page.call_table.rowCount() == 3)
    page.open_button.click()
    trainer.bot.waitUntil(lambda: len(trainer.opened) == 2)
    assert [one[1] for one in trainer.opened] == ["", "cal-2"]
    assert len(trainer.window.open_calls.windows) == 2


def in_session(trainer: Trainer, *raters: str) -> CalibrationPage:
    """Turn to the open session, of whose first call these have submitted ratings."""
    made = [rating(f"01C{n}", rater, call="H01", calibration="cal-2") for n, rater in enumerate(raters)]
    trainer.fake.rows = [RatingRow(one, total(RUBRIC, one), own=one.rater == trainer.fake.me) for one in made]
    trainer.page(3)
    page = trainer.window.calibration
    trainer.bot.waitUntil(lambda: page.call_table.rowCount() == 3)
    return page


def test_a_session_with_nothing_to_compare_is_not_closed(trainer: Trainer) -> None:
    page = in_session(trainer, trainer.fake.me)
    plain = page.close_button.text()
    for _ in range(3):
        page.close_button.click()
    trainer.said("두 사람이 같은 통화의 평가를")
    assert page.close_button.text() == plain
    assert "close_calibration" not in trainer.fake.names()


def test_a_session_is_closed_on_a_second_press_that_says_what_it_does(trainer: Trainer) -> None:
    page = in_session(trainer, trainer.fake.me, "김평가")
    page.close_button.setFocus()
    for kind in (trainer.bot.mousePress, trainer.bot.mouseRelease, trainer.bot.mouseDClick, trainer.bot.mouseRelease):
        kind(page.close_button, Qt.MouseButton.LeftButton)  # a double click is one press
    assert "한 번 더" in page.close_button.text()
    assert page.close_button.accessibleName() == page.close_button.text()
    assert "3건 가운데 1건" in page.state.text()
    page.open_button.setFocus()  # somebody thinks better of it
    assert "한 번 더" not in page.close_button.text()
    assert "한 번 더" not in page.state.text()
    assert "close_calibration" not in trainer.fake.names()
    page.close_button.setFocus()
    trainer.bot.keyClick(page.close_button, Qt.Key.Key_Space)
    trainer.bot.keyClick(page.close_button, Qt.Key.Key_Space)
    trainer.bot.waitUntil(page.items.isVisible)
    assert "close_calibration" in trainer.fake.names()
    assert page.isAncestorOf(QApplication.focusWidget())  # type: ignore[arg-type]


def test_no_figure_is_never_called_agreement(trainer: Trainer) -> None:
    said = trainer.window.calibration.figures.show_items
    one = ItemAgreement("greeting", "첫인사", 1, None, None)
    assert "낮은 항목이 없습니다" not in said([one, replace(one, item="answer")], {})
    assert "2개" in said([one, replace(one, item="answer")], {})
    some = said([one, ItemAgreement("answer", "안내 내용", 3, 0.8, 0.8)], {})
    assert "값이 있는 항목" in some
    assert "1개" in some


def test_calls_of_the_same_minute_are_told_apart_by_their_length(qtbot: QtBot) -> None:
    first = call_to_rate(1)
    twin = replace(first, call="H99", duration_s=600.0, ratings=1, own="submitted")
    made = opened(qtbot, FakeTrainer(calls_here=(twin, call_to_rate(2), first)))
    made.page(3)
    pick = made.window.calibration.pick
    qtbot.waitUntil(lambda: pick.count() == 3)
    texts = [pick.item(row).text() for row in range(3)]
    assert len(set(texts)) == 3
    assert texts == sorted(texts)
    made.window.close()


def test_a_note_that_is_being_written_survives_a_new_look(trainer: Trainer) -> None:
    page = in_session(trainer, trainer.fake.me, "김평가")
    page.close_button.click()
    page.close_button.click()
    trainer.bot.waitUntil(page.note.isVisible)
    page.note.setFocus()
    trainer.bot.keyClicks(page.note, "half")
    asked = trainer.fake.names().count("agreement")
    page.look()
    trainer.bot.waitUntil(lambda: trainer.fake.names().count("agreement") > asked)
    assert page.note.toPlainText() == "half"
    page.table.selectRow(1)
    assert page.note.toPlainText() != "half"


def test_closing_a_session_compares_item_by_item_in_the_rubrics_order(trainer: Trainer) -> None:
    page = in_session(trainer, trainer.fake.me, "김평가")
    page.close_button.click()
    page.close_button.click()
    trainer.bot.waitUntil(lambda: page.items.rowCount() == 3)
    assert ("close_calibration", "cal-2") in trainer.fake.wishes
    assert trainer.cells(page.items, 0) == ["첫인사", "3", "0.82", "0.79", ""]
    assert trainer.cells(page.items, 1) == [
        "안내 내용",
        "3",
        "0.41",
        "0.38",
        "A12 11-12 09:14: 2점, A14 11-14 09:14: 1점",
    ]
    assert trainer.cells(page.items, 2)[2:4] == ["없음", "없음"]
    assert "안내 내용" in page.state.text()
    page.note.setPlainText("다시 맞춤")
    page.keep_note.click()
    trainer.bot.waitUntil(lambda: any(one.note == "다시 맞춤" for one in trainer.fake.sessions))


def test_a_new_session_needs_a_title_and_calls(trainer: Trainer) -> None:
    trainer.page(3)
    page = trainer.window.calibration
    trainer.bot.waitUntil(lambda: page.pick.count() == 5)
    page.begin.click()
    page.keep.click()
    trainer.said("이름을 적어 주세요")
    page.title.setText("새 맞춤")
    page.keep.click()
    trainer.said("통화를 하나 이상")
    page.pick.setFocus()
    page.pick.setCurrentRow(0)
    trainer.bot.keyClick(page.pick, Qt.Key.Key_Space)
    page.keep.click()
    made = trainer.wait_for("keep_calibration")[1]
    assert (made.title, made.calls, made.rubric) == ("새 맞춤", ("H01",), "core")  # type: ignore[attr-defined]
    trainer.bot.waitUntil(lambda: page.table.rowCount() == 3)


def test_the_agreement_of_all_second_ratings_is_asked_by_rubric(trainer: Trainer) -> None:
    trainer.page(3)
    page = trainer.window.calibration
    trainer.bot.waitUntil(lambda: page.rubric.count() == 1)
    page.all_ratings.click()
    assert trainer.wait_for("agreement") == ("agreement", "", "core")
    trainer.bot.waitUntil(lambda: page.items.rowCount() == 3)
    assert page.call_table.isHidden()


# -- reports ------------------------------------------------------------------------------------------------------


def reported(trainer: Trainer) -> None:
    trainer.page(4)
    trainer.bot.waitUntil(lambda: trainer.window.report.table.rowCount() > 0)


def test_a_report_is_lines_words_and_a_table_and_counsellors_stand_by_code(trainer: Trainer) -> None:
    reported(trainer)
    page = trainer.window.report
    assert [page.name.itemText(n) for n in range(page.name.count())] == ["A11", "A12", "A13", "A14", "A15", "A16"]
    assert [line.title for line in page.chart.lines] == ["전체", "신속", "정확", "친절"]
    assert page.words.text().startswith("2026-11: 전체 82.5, 신속 79.0")
    assert "2026-09 값 없음" in page.chart.accessibleName()
    assert trainer.cells(page.table, 0) == ["전체", "71.5", "–", "78.0", "82.5"]
    assert [page.table.item(row, 0).text().strip() for row in range(3)] == ["전체", "신속", "대기 안내"]  # type: ignore[union-attr]
    assert not page.table.isSortingEnabled()
    page.shown.setCurrentIndex(page.shown.findData("right"))
    assert [line.title for line in page.chart.lines] == ["안내 내용", "금액과 기한"]
    page.scope.setCurrentIndex(page.scope.findData("team"))
    trainer.bot.waitUntil(lambda: trainer.fake.wishes[-1][:3] == ("report", "team", "1팀"))
    page.scope.setCurrentIndex(page.scope.findData("all"))
    trainer.bot.waitUntil(lambda: trainer.fake.wishes[-1][:3] == ("report", "all", ""))
    assert page.name.isHidden()


@pytest.mark.parametrize("periods", [4, 13])
def test_the_table_of_a_report_leaves_no_hole(trainer: Trainer, periods: int) -> None:
    reported(trainer)
    page = trainer.window.report
    points = tuple(SeriesPoint(f"2025-{n:02d}", None, 0) for n in range(periods))
    report = report_of()
    page.show_report(replace(report, series=tuple(replace(one, points=points) for one in report.series)))
    assert page.table.horizontalHeader().length() >= page.table.viewport().width()


def test_marks_of_equal_values_stand_beside_each_other() -> None:
    lines = [Line("전체", (80.0, 10.0)), Line("신속", (80.0, None)), Line("정확", (80.5, 90.0))]
    assert spread_of(lines, 2.0) == [[-1.0, 0.0], [0.0, 0.0], [1.0, 0.0]]


def test_a_withheld_report_says_why_and_gives_no_file(trainer: Trainer) -> None:
    reported(trainer)
    trainer.fake.withheld = "5명보다 적은 모둠의 결과는 보이지 않습니다."
    page = trainer.window.report
    page.by.setCurrentIndex(1)
    trainer.bot.waitUntil(lambda: page.words.text() == trainer.fake.withheld)
    assert not page.export.isEnabled()
    assert page.chart.lines == ()
    assert page.table.rowCount() == 0


def test_a_report_that_fails_leaves_no_figures_of_the_one_before(trainer: Trainer) -> None:
    reported(trainer)
    page = trainer.window.report
    trainer.fake.fault = Fault("qa.report_period")
    page.by.setCurrentIndex(1)
    trainer.bot.waitUntil(lambda: page.table.rowCount() == 0)
    assert page.chart.lines == ()
    assert not page.export.isEnabled()
    assert page.report is None


def test_a_list_of_people_that_cannot_be_read_leaves_the_counsellors(
    trainer: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable() -> Sequence[str]:
        raise Fault("qa.people_unreadable", path="people.csv")

    monkeypatch.setattr(trainer.fake, "teams", unreadable)
    reported(trainer)
    assert trainer.window.report.name.count() == 6
    trainer.said("people.csv")


@pytest.mark.parametrize(("name", "ending"), [("보고서", ".xlsx"), ("보고서.pdf", ".pdf")])
def test_a_report_is_exported_where_it_was_asked(
    trainer: Trainer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, ending: str
) -> None:
    reported(trainer)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / name), ""))
    trainer.window.report.export.click()
    wish = trainer.wait_for("export_report")
    assert wish[2] == tmp_path / f"보고서{ending}"
    trainer.said("저장한 파일")
    trainer.fake.fault = Fault("store.export_not_written", path="x")
    trainer.window.report.export.click()
    trainer.said("내보낼 파일을 쓰지 못했습니다")


# -- coaching -----------------------------------------------------------------------------------------------------


def test_history_and_tasks_are_of_one_counsellor_at_a_time_by_code(trainer: Trainer) -> None:
    made = rating("01H1", trainer.fake.me, counsellor="A12", call="H02")
    trainer.fake.rows = [RatingRow(made, total(RUBRIC, made))]
    trainer.page(5)
    page = trainer.window.people
    trainer.bot.waitUntil(lambda: page.code.count() == 6)
    assert [page.code.itemText(n) for n in range(6)] == ["A11", "A12", "A13", "A14", "A15", "A16"]
    page.code.setCurrentIndex(1)
    coaching = page.coaching
    assert coaching is not None
    trainer.bot.waitUntil(lambda: coaching.history.count() == 1)
    coaching.text.setText("되묻기 줄이기")
    coaching.add()
    trainer.bot.waitUntil(lambda: coaching.tasks.count() == 1)
    assert [task.counsellor for task in trainer.fake.coaching] == ["A12"]


# -- the window -----------------------------------------------------------------------------------------------------


def test_pages_of_others_join_the_tabs_and_are_read_when_turned_to(qtbot: QtBot) -> None:
    looked: list[str] = []
    window = build_qa(
        FakeTrainer(), today=TODAY, more=lambda: [Page("지도", QWidget(), lambda: looked.append("x"))], language="ko"
    )
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.keyClick(window, Qt.Key.Key_6, CTRL)
    assert (window.pages.currentIndex(), looked) == (5, ["x"])
    window.close()


def test_text_grows_and_shrinks_by_keys(trainer: Trainer) -> None:
    trainer.bot.keyClick(trainer.window, Qt.Key.Key_Plus, CTRL)
    assert theme.current().scale == theme.SCALES[1]
    trainer.bot.keyClick(trainer.window, Qt.Key.Key_Minus, CTRL)
    assert theme.current().scale == 1.0


def test_closing_the_window_closes_the_calls_that_were_opened_from_it(trainer: Trainer) -> None:
    trainer.window.calls.table.selectRow(1)
    trainer.window.calls.open()
    trainer.bot.waitUntil(lambda: bool(trainer.window.open_calls.windows))
    window = trainer.window.open_calls.windows["H01"]
    trainer.window.close()
    assert not window.isVisible()


def test_each_page_tells_the_keys_that_it_has(trainer: Trainer) -> None:
    notices = trainer.window.notices
    while notices.shown:
        notices.dismiss()
    assert "Enter" in notices.text.text()
    trainer.page(2)
    assert "Enter" not in notices.text.text()
    assert "F5" in notices.text.text()
    trainer.page(1)
    assert "Enter" in notices.text.text()


# -- files, failures, focus -----------------------------------------------------------------------------------------


def test_a_package_of_a_colleague_is_opened_by_a_key_and_by_dropping_it(
    trainer: Trainer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "동료.doumi"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(file), ""))
    trainer.bot.keyClick(trainer.window, Qt.Key.Key_O, CTRL)
    assert trainer.wait_for("open_file") == ("open_file", file)
    trainer.bot.waitUntil(lambda: len(trainer.opened) == 1)
    assert trainer.opened[0][1:] == ("", False)
    trainer.fake.opened = None
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(tmp_path / "지난.doumi"))])
    middle, copy = QPoint(200, 200), Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(middle, copy, dropped, left, none)
    QApplication.sendEvent(trainer.window, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(trainer.window, QDropEvent(QPointF(middle), copy, dropped, left, none))
    trainer.said("2026-11-01")  # refused with its sentence
    assert len(trainer.opened) == 1


def test_a_window_that_cannot_be_built_is_told_and_the_call_let_go(trainer: Trainer) -> None:
    call = open_call()
    trainer.fake.opened = call

    def broken(*_args: object) -> QWidget:
        raise RuntimeError("unexpected")

    calls = OpenCalls(trainer.fake, broken, trainer.window)
    calls.failed.connect(trainer.window.tell_fault)
    with trainer.bot.captureExceptions() as caught:
        calls.open(CALLS[1], "")
        trainer.said("보여 드리지 못했습니다")
    assert len(caught) == 1  # for the crash report
    assert call.closed
    assert calls.windows == {}


def test_an_objection_is_gone_to_when_its_call_is_opened_or_raised(qtbot: QtBot) -> None:
    first, second = (
        rating("01R1", "이훈련", sent_at="2026-11-22"),
        Answer("01R1", "2026-11-23T09:00:00+09:00", OBJECTED),
    )
    fake = FakeTrainer(opened=open_call(), rows=[RatingRow(first, total(RUBRIC, first), (second,), own=True)])

    def replay_of(call: ReplayCall, calibration: str, blind: bool) -> QWidget:
        return rate_window(fake, call, FakePlayer(), calibration=calibration, blind=blind)

    window = build_qa(fake, today=TODAY, replay_of=replay_of, preferences=FakePreferences())
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.calls.table.rowCount() == len(CALLS))
    for _ in range(2):  # opened, then raised
        window.calls.table.selectRow(0)
        window.calls.open()
        qtbot.waitUntil(lambda: "H05" in window.open_calls.windows)
        replay = window.open_calls.windows["H05"]
        page = replay.findChild(RatingsPage)
        assert isinstance(page, RatingsPage)
        qtbot.waitUntil(page.isVisible)
        qtbot.waitUntil(lambda page=page, replay=replay: replay.focusWidget() is page.reply)
        replay.pages.setCurrentIndex(0)  # type: ignore[attr-defined]
        page.list.setFocus()
    later = rating("01R2", "박평가")
    fake.rows.append(RatingRow(later, total(RUBRIC, later)))  # it comes in while the call is open
    window.look()
    qtbot.waitUntil(lambda: page.list.count() == 2)
    window.close()


def test_a_call_of_the_list_is_rated_by_keys_alone_from_its_first_key_on(qtbot: QtBot) -> None:
    fake = FakeTrainer(opened=open_call(), rows=[])

    def replay_of(call: ReplayCall, calibration: str, blind: bool) -> QWidget:
        return rate_window(fake, call, FakePlayer(), calibration=calibration, blind=blind)

    window = build_qa(fake, today=TODAY, replay_of=replay_of, preferences=FakePreferences())
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.calls.table.rowCount() == len(CALLS))
    window.calls.table.selectRow(1)
    qtbot.keyClick(window.calls.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: CALLS[1].call in window.open_calls.windows)
    replay = window.open_calls.windows[CALLS[1].call]
    assert isinstance(replay, ReplayWindow)
    replay.activateWindow()
    qtbot.waitUntil(replay.isActiveWindow)
    card = replay.findChild(Scorecard)
    assert isinstance(card, Scorecard)
    qtbot.waitUntil(card.start.hasFocus)
    qtbot.keyClick(card.start, Qt.Key.Key_Return)
    qtbot.waitUntil(card.form.items.hasFocus)
    others = replay.pages.currentIndex() + 1
    qtbot.keyClick(card.form.items, Qt.Key.Key_PageDown, CTRL)
    assert replay.pages.currentIndex() == others

    def is_inside() -> bool:
        page, focus = replay.pages.currentWidget(), replay.focusWidget()
        return page is not None and focus is not None and (page.isAncestorOf(focus) or focus is replay.pages.tabBar())

    for _ in range(replay.pages.count()):  # on every page the focus has come along
        assert is_inside()
        qtbot.keyClick(replay, Qt.Key.Key_PageDown, CTRL)
    replay.show_page(card)
    replay.timeline.setFocus()
    qtbot.keyClick(replay.timeline, Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    assert card.form.items.hasFocus()
    replay.open_keys()
    assert replay.key_table is not None
    assert "Alt+P" in {label.text() for label in replay.key_table.findChildren(QLabel)}
    window.close()


def test_what_a_page_says_is_taken_back_when_it_is_left(trainer: Trainer) -> None:
    window = trainer.window
    window.pages.setCurrentWidget(window.calibration)
    trainer.bot.waitUntil(lambda: bool(window.notices.shown))
    while window.notices.shown:
        window.notices.dismiss()
    window.calibration.told.emit("아직 비교할 것이 없습니다.")
    assert window.notices.shown == "아직 비교할 것이 없습니다."
    window.pages.setCurrentWidget(window.report)
    assert "아직 비교할 것이 없습니다." not in (window.notices.shown, *window.notices.waiting)


def test_the_focus_stays_when_a_notice_is_closed_or_a_button_rests(trainer: Trainer) -> None:
    window = trainer.window
    window.activateWindow()
    trainer.bot.waitUntil(window.isActiveWindow)
    window.calls.look_now.setFocus()
    trainer.bot.keyClick(window.calls.look_now, Qt.Key.Key_Space)
    assert window.calls.table.hasFocus()
    window.tell("문장")
    window.notices.close_button.setFocus()
    trainer.bot.keyClick(window.notices.close_button, Qt.Key.Key_Space)
    while window.notices.shown:
        trainer.bot.keyClick(window.notices.close_button, Qt.Key.Key_Space)
    assert window.calls.table.hasFocus()


def test_f1_shows_the_keys_of_the_window(trainer: Trainer) -> None:
    trainer.bot.keyClick(trainer.window, Qt.Key.Key_F1)
    table = trainer.window.key_table
    assert table is not None
    assert table.isVisible()
    words = {label.text() for label in table.findChildren(QLabel)}
    assert {"Ctrl+O", "F5", "Ctrl+Enter", "통화 찾기"} <= words
    trainer.bot.waitUntil(lambda: bool(trainer.window.notices.shown))
    while trainer.window.notices.shown:
        trainer.window.notices.dismiss()
    assert "F1" in trainer.window.notices.text.text()
