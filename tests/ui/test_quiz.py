"""Quizzes on changed entries: answered by keys, the entry opens whatever was chosen, nothing is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kb.changes import Changes
from kb.quiz import BLANK, QuizQuestion
from resources.notices import Fault
from tests.ui.conftest import Desk
from tests.ui.fake_quiz import ASKED, ENTRY, FakeQuizzes
from ui.ports import Digest
from ui.qa.quiz_pane import QuizWindow
from ui.qa.training_ports import Training


def shown(bot: QtBot, source: Callable[[], Sequence[QuizQuestion]] = lambda: ASKED) -> QuizWindow:
    window = QuizWindow(source)
    bot.addWidget(window)
    window.show()
    window.pane.look()
    return window


def test_a_quiz_is_answered_by_keys_and_every_answer_opens_the_entry(qtbot: QtBot) -> None:
    window = shown(qtbot)
    pane = window.pane
    qtbot.waitUntil(lambda: pane.buttons[0].isVisible())
    assert BLANK in pane.text.text()
    assert not pane.buttons[3].isVisible()
    assert not pane.box.isVisible()
    qtbot.keyClick(pane.buttons[0], Qt.Key.Key_4)  # type: ignore[no-untyped-call]
    assert pane.verdict.text() == ""
    qtbot.keyClick(pane.buttons[0], Qt.Key.Key_1)  # type: ignore[no-untyped-call]
    assert "4만 원" in pane.verdict.text()
    assert pane.box.isVisible()
    assert pane.entry.article == ENTRY
    marked = [button.text().partition("→ ")[2] for button in pane.buttons]
    right = ASKED[0].right
    assert marked[0]
    assert marked[right]
    assert marked[0] != marked[right]
    assert [place for place, mark in enumerate(marked) if mark] == sorted({0, right})
    wrong = pane.verdict.text()
    qtbot.keyClick(pane.onward, Qt.Key.Key_Return)  # type: ignore[no-untyped-call]
    assert not pane.box.isVisible()
    assert not any("→" in button.text() for button in pane.buttons)
    qtbot.keyClick(pane.buttons[0], Qt.Key.Key_4)  # type: ignore[no-untyped-call]
    assert pane.verdict.text() not in ("", wrong)
    assert "주차관리과" not in pane.verdict.text()
    assert pane.box.isVisible()
    qtbot.keyClick(pane.onward, Qt.Key.Key_Return)  # type: ignore[no-untyped-call]
    assert not any(button.isVisible() for button in pane.buttons)
    qtbot.keyClick(pane.onward, Qt.Key.Key_Return)  # type: ignore[no-untyped-call]
    qtbot.waitUntil(lambda: pane.buttons[0].isVisible())


def test_where_nothing_can_be_asked_it_says_so(qtbot: QtBot) -> None:
    empty = shown(qtbot, tuple)
    pane = empty.pane
    qtbot.waitUntil(lambda: "바뀐" in pane.text.text() or "changed" in pane.text.text())
    assert not pane.onward.isVisible()

    def broken() -> Sequence[QuizQuestion]:
        raise Fault("kb.nothing_to_search")

    window = shown(qtbot, broken)
    failed = window.pane
    qtbot.waitUntil(lambda: failed.said.text() == str(Fault("kb.nothing_to_search")))


def test_the_list_of_changes_offers_a_quiz_on_what_it_lists(desk: Desk) -> None:
    quizzes = FakeQuizzes()
    window = desk.window

    def never(*_: object) -> None:
        raise AssertionError

    window.start_digest = Digest("2026-11-20T09:00:00+09:00", Changes(changed=(ENTRY,)))
    window.open_digest()
    assert window.digest is not None
    assert not window.digest.quiz.isVisible()
    window.training = Training(never, never, quizzes)  # type: ignore[arg-type]
    window.open_digest()
    assert window.digest.quiz.isVisible()
    desk.bot.mouseClick(window.digest.quiz, Qt.MouseButton.LeftButton)  # type: ignore[no-untyped-call]
    assert window.quiz is not None
    pane = window.quiz.pane
    desk.bot.waitUntil(lambda: pane.buttons[0].isVisible())
    assert list(quizzes.changed) == [ENTRY]
    window.quiz.close()
    window.digest.close()
