"""The counsellor's window of letters: quiet, never in a call; read, heard, acknowledged and objected to by keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from assist.review.model import Answer, AnswerKind, ItemScore, Settlement
from resources.notices import Fault
from tests.ui.conftest import Desk
from tests.ui.fake_qa import AT, EVIDENCE, LETTER, RUBRIC, FakeLetters
from ui import i18n, theme
from ui.qa import evidence_words
from ui.qa.letter_lines import letter_lines
from ui.qa.letters_window import LettersWindow
from ui.qa.ports import LetterRow


@pytest.fixture
def opened(qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Callable[[FakeLetters], LettersWindow]:
    monkeypatch.delenv("DOUMI_LANG", raising=False)
    i18n.install(qapp, "ko")
    theme.apply(qapp, "light", 1.0)

    def make(letters: FakeLetters) -> LettersWindow:
        window = LettersWindow(letters)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        window.look()
        qtbot.waitUntil(lambda: window.list.count() == len(letters.rows) and bool(window.list.count()))
        return window

    return make


def press(bot: QtBot, key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert isinstance(focus, QWidget)
    bot.keyClick(focus, key)


def test_a_letter_is_read_heard_and_acknowledged(opened: Callable[[FakeLetters], LettersWindow], qtbot: QtBot) -> None:
    letters = FakeLetters()
    window = opened(letters)
    qtbot.waitUntil(lambda: letters.unread() == 0)
    lines = [window.view.lines.item(row).text() for row in range(window.view.lines.count())]
    assert any("승용차 과태료는 4만 원이 맞으나" in line for line in lines)
    assert "보호구역 과태료 다시 보기" in window.tasks.text()
    window.view.lines.setFocus()
    place = next(row for row, line in enumerate(lines) if "4만 원입니다" in line)
    window.view.lines.setCurrentRow(place)
    with qtbot.waitSignal(window.replay_asked) as heard:
        press(qtbot, Qt.Key.Key_Return)
    assert heard.args == ["call-1", 61.0, 64.0]
    window.seen.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [one.kind for one in letters.rows[0].answers] == [AnswerKind.SEEN])
    qtbot.waitUntil(lambda: not window.seen.isVisible())


def test_an_objection_names_its_item_and_waits_for_an_answer(
    opened: Callable[[FakeLetters], LettersWindow], qtbot: QtBot
) -> None:
    letters = FakeLetters()
    window = opened(letters)
    lines = [window.view.lines.item(row).text() for row in range(window.view.lines.count())]
    window.view.lines.setCurrentRow(next(row for row, line in enumerate(lines) if line.startswith("금액과 기한")))
    window.object.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert window.words.hasFocus()
    assert window.about.currentData() == "figure"
    window.send.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert window.words.hasFocus()  # without words nothing goes
    window.words.setPlainText("보호구역이라고 안내했습니다")
    window.send.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(letters.rows[0].answers))
    (said,) = letters.rows[0].answers
    assert (said.kind, said.items, said.text) == (AnswerKind.OBJECTED, ("figure",), "보호구역이라고 안내했습니다")
    qtbot.waitUntil(lambda: not window.object.isVisible())
    answer = Settlement("01R1", AT, True, "다시 들어 보니 맞습니다", "김평가", said.at)
    settled = replace(LETTER, settlements=(answer,))
    letters.rows = [replace(letters.rows[0], letter=settled)]
    window.look()
    qtbot.waitUntil(lambda: "다시 들어 보니 맞습니다" in window.said.text())
    assert not window.object.isVisible()  # what counts no longer is not objected to again
    assert "세지 않음" in window.view.total.text()


def test_after_an_objection_was_answered_with_no_another_may_be_sent(
    opened: Callable[[FakeLetters], LettersWindow],
) -> None:
    said = Answer("01R1", AT, AnswerKind.OBJECTED, (), "아닙니다")
    letter = replace(LETTER, settlements=(Settlement("01R1", AT, False, "그대로입니다", "김평가", AT),))
    window = opened(FakeLetters(rows=[LetterRow(letter, "call-1", AT, AT, (said,))]))
    assert window.object.isVisible()
    assert "세지 않음" not in window.view.total.text()


def test_a_critical_fault_is_objected_to_as_an_item_is(
    opened: Callable[[FakeLetters], LettersWindow], qtbot: QtBot
) -> None:
    grounds = (ItemScore("wrong", None, EVIDENCE[:1], "금액이 다릅니다"),)
    letter = replace(LETTER, rating=replace(LETTER.rating, faults=("wrong",), grounds=grounds))
    letters = FakeLetters(rows=[LetterRow(letter, "call-1", AT, AT)])
    window = opened(letters)
    last = window.view.lines.count() - 1
    window.view.lines.setCurrentRow(last - 1)  # the evidence of the fault
    window.object.click()
    title = next(one.title for one in RUBRIC.faults if one.id == "wrong")
    assert (window.about.currentData(), title in window.about.currentText()) == ("wrong", True)
    window.words.setPlainText("금액은 맞게 안내했습니다")
    window.send.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(letters.rows[0].answers) and title in window.said.text())
    assert letters.rows[0].answers[0].items == ("wrong",)
    assert window.list.hasFocus()
    press(qtbot, Qt.Key.Key_Return)  # pressed once too often
    assert window.isVisible()


def test_an_objection_that_was_begun_stays_with_its_letter(
    opened: Callable[[FakeLetters], LettersWindow], qtbot: QtBot
) -> None:
    letters = FakeLetters()
    other = replace(LETTER, rating=replace(LETTER.rating, id="01R2"))
    letters.rows = [letters.rows[0], replace(letters.rows[0], letter=other)]
    window = opened(letters)
    window.object.click()
    window.words.setPlainText("보호구역이라고 안내했습니다")
    window.about.setCurrentIndex(2)
    item = window.about.currentData()
    with qtbot.waitSignal(window.list.model().rowsInserted):
        window.look()  # another letter came
    qtbot.waitUntil(lambda: window.list.count() == 2)
    assert window.words.isVisible()
    assert (window.words.toPlainText(), window.about.currentData()) == ("보호구역이라고 안내했습니다", item)
    window.list.setCurrentRow(1)
    window.object.click()
    assert window.words.toPlainText() == ""
    window.list.setCurrentRow(0)
    window.object.click()
    assert window.words.toPlainText() == "보호구역이라고 안내했습니다"
    window.send.click()
    window.send.click()
    qtbot.waitUntil(lambda: bool(letters.rows[0].answers))
    qtbot.waitUntil(window.send.isEnabled)
    assert [len(row.answers) for row in letters.rows] == [1, 0]


def test_what_cannot_be_sent_stays_written(opened: Callable[[FakeLetters], LettersWindow], qtbot: QtBot) -> None:
    letters = FakeLetters(fault=Fault("qa.no_exchange"))
    window = opened(letters)
    window.object.click()
    window.words.setPlainText("보호구역이라고 안내했습니다")
    with qtbot.waitSignal(window.failed):
        window.send.click()
    assert window.words.toPlainText() == "보호구역이라고 안내했습니다"
    assert window.told.text()


def test_a_call_that_is_gone_is_said_and_not_heard(
    opened: Callable[[FakeLetters], LettersWindow], qtbot: QtBot
) -> None:
    letters = FakeLetters()
    letters.rows = [replace(letters.rows[0], session_id="")]
    window = opened(letters)
    assert not window.call.isVisible()
    with qtbot.assertNotEmitted(window.replay_asked):
        window.view.hear_asked.emit(61.0, 64.0)
    assert window.told.text()


def test_the_start_panel_counts_quietly_and_a_call_is_left_alone(desk: Desk) -> None:
    desk.bot.waitUntil(desk.window.start.letters.isVisible)
    quiet = desk.window.start.letters.text()
    desk.services.post.rows = [replace(desk.services.post.rows[0], seen_at="")]
    desk.live()
    desk.window.look_at_letters()
    desk.window.registry.run("letters")
    assert desk.window.start.letters.text() == quiet
    assert desk.window.letters is None
    assert desk.window.registry.why_not("letters")


def test_a_letter_is_opened_from_the_start_panel(desk: Desk) -> None:
    desk.services.post.rows = [replace(desk.services.post.rows[0], seen_at="")]
    desk.window.look_at_letters()
    desk.bot.waitUntil(lambda: "1" in desk.window.start.letters.text())
    desk.bot.keyClick(desk.window.start.letters, Qt.Key.Key_Return)
    window = desk.window.letters
    assert window is not None
    desk.bot.waitUntil(lambda: desk.window.start.letters.text() == "내 통화 평가")
    assert window.isVisible()


def test_letters_stay_within_reach_once_read_and_only_where_there_are_any(desk: Desk) -> None:
    start = desk.window.start
    desk.bot.waitUntil(start.letters.isVisible)
    assert start.letters.accessibleName() == start.letters.text() == "내 통화 평가"
    start.letters.click()
    assert desk.window.letters is not None
    assert desk.window.letters.isVisible()
    desk.window.letters.close()
    desk.services.post.rows, desk.services.post.draws = [], []
    desk.window.look_at_letters()
    desk.bot.waitUntil(lambda: not start.letters.isVisible())


def test_the_keys_name_the_letters_as_they_name_other_windows(desk: Desk) -> None:
    desk.window.keys.toggle()
    sheet = desk.window.keys.sheet
    assert sheet is not None
    assert "내 통화 평가" in [label.text() for label in sheet.findChildren(QLabel)]
    sheet.close()


def test_a_letter_is_not_read_while_its_window_lies_behind_the_desk(desk: Desk) -> None:
    post = desk.services.post
    desk.window.start.letters_asked.emit()
    letters = desk.window.letters
    assert letters is not None
    desk.bot.waitUntil(lambda: letters.list.count() == 1)
    with desk.bot.waitActive(desk.window):
        desk.window.activateWindow()
    settled = replace(LETTER, settlements=(Settlement(LETTER.rating.id, AT, True, "맞습니다", "김평가", AT),))
    post.rows, post.new_draws = [replace(post.rows[0], letter=settled, seen_at="")], 1
    desk.window.look_at_letters()
    desk.bot.waitUntil(lambda: "맞습니다" in letters.said.text())
    assert letters.isVisible()
    assert "새로" in letters.list.item(0).text()
    assert (post.unread(), post.unseen()) == (1, 1)
    assert "1" in desk.window.start.letters.text()
    with desk.bot.waitActive(letters):
        letters.activateWindow()
    desk.bot.waitUntil(lambda: (post.unread(), post.unseen()) == (0, 0))
    desk.bot.waitUntil(lambda: desk.window.start.letters.text() == "내 통화 평가")
    letters.close()


def test_evidence_is_heard_in_the_replay_of_the_own_call_and_never_in_a_call(desk: Desk) -> None:
    replays = desk.window.replays
    assert replays is not None
    desk.window.registry.run("letters")
    letters = desk.window.letters
    assert letters is not None
    letters.replay_asked.emit("s1", 2.0, 4.0)
    desk.bot.waitUntil(lambda: "s1" in replays.windows)
    assert replays.windows["s1"].at_s == 2.0
    replays.close_all()
    desk.live()
    letters.replay_asked.emit("s1", 2.0, 4.0)
    assert not replays.windows
    assert desk.window.notices.shown


def test_an_open_window_takes_in_what_comes(opened: Callable[[FakeLetters], LettersWindow], qtbot: QtBot) -> None:
    letters = FakeLetters()
    window = opened(letters)
    qtbot.waitUntil(lambda: letters.unread() == 0)
    window.object.click()
    window.words.setPlainText("보호구역이라고 안내했습니다")
    other = replace(LETTER, rating=replace(LETTER.rating, id="02R"))
    letters.rows.insert(0, replace(letters.rows[0], letter=other, seen_at=""))
    window.follow(letters.unread(), letters.unseen())
    qtbot.waitUntil(lambda: window.list.count() == 2)
    assert letters.unread() == 1
    assert window.words.toPlainText() == "보호구역이라고 안내했습니다"
    assert window.words.isVisible()


def test_drawn_calls_name_what_was_asked_and_the_plan_until_they_were_looked_at(
    opened: Callable[[FakeLetters], LettersWindow], qtbot: QtBot
) -> None:
    letters = FakeLetters(new_draws=1)
    letters.draws = [replace(letters.draws[0], plan="3분기 점검", inquiry="불법 주정차 신고")]
    window = opened(letters)
    line = window.drawn.item(0).text()
    assert "불법 주정차 신고" in line
    assert "3분기 점검" in line
    qtbot.waitUntil(lambda: letters.unseen() == 0)


def test_the_start_panel_remembers_drawn_calls(desk: Desk) -> None:
    desk.services.post.new_draws = 2
    desk.window.look_at_letters()
    desk.bot.waitUntil(lambda: "2" in desk.window.start.letters.text())
    desk.window.start.letters.click()
    assert desk.window.letters is not None
    desk.bot.waitUntil(lambda: desk.window.start.letters.text() == "내 통화 평가")
    desk.window.letters.close()


def test_letters_of_one_minute_are_told_apart_and_one_that_no_longer_counts_says_so() -> None:
    row = FakeLetters().rows[0]
    assert "과태료" in letter_lines(row, "어린이 보호구역 과태료 문의").split("\n")[0]
    right = Settlement(row.letter.rating.id, "2026-11-25T09:00:00+09:00", True, "맞습니다")
    settled = replace(row, letter=replace(row.letter, settlements=(right,)))
    assert evidence_words.overturned() in letter_lines(settled)
    unsettled = replace(row, letter=replace(row.letter, settlements=()))
    assert evidence_words.overturned() not in letter_lines(unsettled)
