"""The window of exercises: choose, answer turn by turn, compare."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from resources.notices import sentence
from tests.ui.conftest import Desk
from tests.ui.fake_exercises import RESULT, FakeExercises
from tests.ui.fake_quiz import FakeQuizzes
from ui.qa.exercise_window import ExerciseWindow
from ui.qa.training_ports import Training


def shown(bot: QtBot, services: FakeExercises) -> ExerciseWindow:
    window = ExerciseWindow(services)
    bot.addWidget(window)
    window.look()
    window.show()
    bot.waitUntil(lambda: window.list.count() == len(services.rows()))
    return window


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
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.outcome)
    texts = [
        [window.table.model().index(row, place).data() for place in range(4)] for row in range(window.table.rowCount())
    ]
    assert texts[1][:3] == [RESULT.turns[1].caller, RESULT.turns[1].model, RESULT.turns[1].own]
    assert "2.5" in texts[1][3]
    assert all(text for row in texts for text in row[:3])
    assert len(texts) == 3 + 2 + 2 + 1


def test_while_it_runs_the_window_leaves_the_desk_to_be_seen(qtbot: QtBot) -> None:
    services = FakeExercises()
    window = shown(qtbot, services)
    wide = window.size()
    window.start()
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.running)
    qtbot.waitUntil(lambda: window.height() < wide.height() / 2 + 50)
    assert window.width() < wide.width()
    services.end()
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.outcome)
    assert window.size() == wide


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
    qtbot.mouseClick(window.remove, Qt.MouseButton.LeftButton)  # type: ignore[no-untyped-call]
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
