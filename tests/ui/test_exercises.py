"""The window of exercises: choose, answer turn by turn, compare."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from resources.notices import sentence
from tests.ui.conftest import Desk
from tests.ui.fake_exercises import RESULT, FakeExercises
from tests.ui.fake_quiz import FakeQuizzes
from tests.ui.fake_sharing import FakeSharing
from ui.qa.exercise_maker import ExerciseMaker
from ui.qa.exercise_window import ExerciseWindow
from ui.qa.share_window import ShareWindow
from ui.qa.training_ports import Training


def shown(bot: QtBot, services: FakeExercises) -> ExerciseWindow:
    window = ExerciseWindow(services)
    bot.addWidget(window)
    window.look()
    window.show()
    bot.waitUntil(lambda: window.list.count() == len(services.rows()))
    return window


def compared(qtbot: QtBot, window: ExerciseWindow) -> None:
    """Wait for the end, and ask for the comparison: it covers nothing by itself."""
    qtbot.waitUntil(window.compare.isVisible)
    assert window.pages.currentWidget() is window.running
    assert not window.next.isVisible()
    window.compare.click()
    assert window.pages.currentWidget() is window.outcome


def test_an_exercise_is_begun_answered_and_compared_by_keys_alone(qtbot: QtBot) -> None:
    services = FakeExercises()
    window = shown(qtbot, services)
    window.microphone.setChecked(False)
    qtbot.keyClick(window.list, Qt.Key.Key_Return)  # type: ignore[no-untyped-call]
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.running)
    assert services.started == [("e2", False)]
    first_help = window.help.text()
    window.answer.setText("위치가 어디신가요")
    qtbot.keyClick(window.answer, Qt.Key.Key_Return)  # type: ignore[no-untyped-call]
    assert services.said == ["위치가 어디신가요"]
    assert window.answer.text() == ""
    services.now = replace(services.now, waiting=False, step=2)
    qtbot.waitUntil(lambda: not window.next.isEnabled())
    window.answer.setText("너무 이른 말")
    qtbot.keyClick(window.answer, Qt.Key.Key_Return)  # type: ignore[no-untyped-call]
    assert window.answer.text() == "너무 이른 말"
    assert len(services.said) == 1
    services.now = replace(services.now, waiting=True, listening=True)
    qtbot.waitUntil(window.next.isEnabled)
    assert window.help.text() != first_help
    services.end()
    compared(qtbot, window)
    texts = [
        [window.outcome.table.model().index(row, place).data() for place in range(4)]
        for row in range(window.outcome.table.rowCount())
    ]
    assert texts[1][:3] == [RESULT.turns[1].caller, RESULT.turns[1].model, RESULT.turns[1].own]
    assert "2.5" in texts[1][3]
    assert all(text for row in texts for text in row[:3])
    assert len(texts) == 3 + 2 + 2 + 1


def test_a_running_exercise_stands_in_the_desk_and_covers_nothing(desk: Desk) -> None:
    services, window = FakeExercises(), desk.window
    window.training = Training(None, None, FakeQuizzes(), services)  # type: ignore[arg-type]
    window.open_exercises()
    exercises = window.exercises
    assert exercises is not None
    desk.bot.waitUntil(lambda: exercises.list.count() == 2)
    exercises.take_file(Path("none.doumi"))
    desk.bot.waitUntil(exercises.said.isVisible)
    exercises.start()
    desk.live()
    desk.bot.waitUntil(exercises.turn.isVisible)
    assert not exercises.isVisible()
    assert exercises.edge.window() is window
    assert not exercises.said.isVisible()  # it was about the list
    desk.bot.waitUntil(lambda: window.exercise_room.height() > 40)

    def on_desk(one: QWidget) -> QRect:
        return QRect(one.mapTo(window, QPoint()), one.size())

    panel = on_desk(exercises.edge)
    for pane in (window.bar, window.call.conversation, window.call.answers, window.call.record, window.notices):
        if pane.isVisible():
            assert not panel.intersects(on_desk(pane))
    assert panel.height() < window.height() / 6
    assert window.call.conversation.isVisible()
    window.open_exercises()  # what is open is gone to, no empty window comes
    assert not exercises.isVisible()
    assert window.focusWidget() is exercises.answer
    services.end()
    desk.bot.waitUntil(exercises.compare.isVisible)
    assert exercises.edge.window() is window
    exercises.compare.click()
    assert exercises.isVisible()
    assert exercises.outcome.isVisible()
    desk.bot.waitUntil(lambda: window.exercise_room.height() == 0)
    exercises.close()


def test_where_a_call_is_open_it_says_so_and_begins_nothing(qtbot: QtBot) -> None:
    services = FakeExercises()
    services.busy = True
    window = shown(qtbot, services)
    with qtbot.waitSignal(window.failed):
        window.start()
    assert window.said.text() == sentence("call.busy")
    assert window.pages.currentWidget() is window.choice
    assert window.begin.isEnabled()


def test_an_empty_list_says_where_exercises_come_from(qtbot: QtBot) -> None:
    window = shown(qtbot, FakeExercises(()))
    qtbot.waitUntil(lambda: not window.begin.isEnabled())
    assert window.none.isVisible()
    assert not window.list.isVisible()


def test_an_exercise_can_be_deleted(qtbot: QtBot) -> None:
    services = FakeExercises()
    window = shown(qtbot, services)
    for first, second in ((1, 0), (0, 0)):
        window.list.setCurrentRow(first)
        window.list.remove.click()
        window.list.setCurrentRow(second)  # the question was about another one
        assert window.list.removing.asks is (first == second)
        assert len(services.rows()) == 2
    window.list.remove.click()
    qtbot.waitUntil(lambda: window.list.count() == 1)
    assert [row.id for row in services.rows()] == ["e1"]


def test_the_desk_opens_exercises_between_calls_and_names_why_not_else(desk: Desk) -> None:
    window = desk.window
    window.open_exercises()
    assert window.exercises is None
    assert window.registry.why_not("exercises")

    def never(*_: object) -> None:
        raise AssertionError

    window.training = Training(never, never, FakeQuizzes(), FakeExercises())  # type: ignore[arg-type]
    assert window.registry.why_not("exercises") == ""
    window.open_exercises()
    shown = window.exercises
    assert shown is not None
    desk.bot.waitUntil(lambda: shown.list.count() == 2)
    shown.close()
    desk.live()
    assert window.registry.why_not("exercises")


def test_the_focus_stays_with_the_pane_while_an_exercise_is_made(qtbot: QtBot) -> None:
    made: list[str] = []
    pane = ExerciseMaker(made.append, "과태료 문의")
    qtbot.addWidget(pane)
    with qtbot.waitActive(pane):
        pane.show()
        pane.activateWindow()
    pane.button.setFocus()
    qtbot.keyClick(pane.button, Qt.Key.Key_Space)  # type: ignore[no-untyped-call]
    assert pane.title.hasFocus()
    qtbot.waitUntil(lambda: bool(pane.said.text()))
    assert made == ["과태료 문의"]
    assert pane.title.hasFocus()


def sealed(bot: QtBot, opened: ShareWindow | None, sharing: FakeSharing) -> ShareWindow:
    """Fill in the form as somebody does and press its button."""
    assert opened is not None
    opened.add_key(Path("kim.pub"))
    bot.waitUntil(lambda: opened.keys.count() == 1)
    opened.purpose.setText("신입 교육")
    opened.place.setText("case.doumi")
    opened.share_button.click()
    bot.waitUntil(lambda: bool(sharing.shared))
    return opened


def test_a_chosen_exercise_is_handed_on_from_the_list(qtbot: QtBot) -> None:
    sharing, services = FakeSharing(), FakeExercises()
    window = ExerciseWindow(services, sharing=sharing)
    qtbot.addWidget(window)
    window.look()
    window.show()
    qtbot.waitUntil(lambda: window.list.count() == 2)
    window.list.setCurrentRow(1)
    window.list.hand_on.click()
    opened = sealed(qtbot, window.findChild(ShareWindow), sharing)
    assert sharing.shared[0][:3] == ("e1", ("kim.pub",), "신입 교육")
    qtbot.waitUntil(lambda: "case.doumi/x.doumi" in opened.told.text())
    assert opened.windowTitle() == "연습 과제를 봉해 건네기"
    opened.close()


def test_where_nothing_can_be_sealed_nothing_is_offered(qtbot: QtBot) -> None:
    window = shown(qtbot, FakeExercises())
    assert not window.list.hand_on.isVisible()


def test_what_was_made_in_the_trainers_window_is_handed_on_there(qtbot: QtBot, tmp_path: Path) -> None:
    services, sharing = FakeExercises(()), FakeSharing()

    def make(title: str) -> None:
        file = tmp_path / f"{title}.doumi"
        file.touch()
        services.take(file)

    pane = ExerciseMaker(make, "과태료 문의", services, sharing)
    qtbot.addWidget(pane)
    pane.show()
    assert not pane.made.isVisible()
    pane.button.click()
    qtbot.waitUntil(pane.made.isVisible)
    assert "과태료 문의" in pane.list.item(0).text()
    pane.list.hand_on.click()
    opened = sealed(qtbot, pane.findChild(ShareWindow), sharing)
    assert sharing.shared[0][0] == "e3"
    opened.close()
    pane.list.remove.click()
    assert "한 번 더" in pane.list.remove.text()
    assert services.rows() != ()
    pane.list.remove.click()
    qtbot.waitUntil(lambda: not pane.made.isVisible())
    assert services.rows() == ()


def test_an_exercise_that_was_sent_is_taken_in(qtbot: QtBot, tmp_path: Path) -> None:
    services = FakeExercises()
    window = shown(qtbot, services)
    window.take_file(tmp_path / "none.doumi")
    qtbot.waitUntil(window.take_in.isEnabled)
    assert window.said.text() == sentence("exercise.not_one")
    (tmp_path / "여권.doumi").touch()
    window.take_file(tmp_path / "여권.doumi")
    qtbot.waitUntil(lambda: window.list.count() == 3)
    assert "여권" in window.said.text()
    assert "여권" in window.list.item(0).text()
