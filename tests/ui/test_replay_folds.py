"""Room for the pages of a replay: lanes without anything, lanes and transcript folded, large letters."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from resources.notices import Fault
from tests.ui import fake_replay
from ui import i18n, theme
from ui.flow import Flow
from ui.key_table import KeyTable
from ui.replay.moments import Moment, MomentKind
from ui.replay.replay_window import ReplayWindow
from ui.replay.timeline_lanes import Lanes

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> ReplayWindow:
    i18n.install(qapp, "ko")
    theme.apply(qapp, "light", 1.0)
    made, _, _ = fake_replay.open_window(qtbot)
    made.add_page("메모", QLabel("메모"))
    made.activateWindow()
    made.timeline.setFocus()
    return made


def other_page(window: ReplayWindow) -> None:
    window.pages.setCurrentIndex(window.pages.count() - 1)


def test_a_lane_with_nothing_in_it_takes_no_room(qapp: QApplication) -> None:
    theme.apply(qapp, "light", 1.0)
    mark = Moment(MomentKind.BOOKMARK, 3.0, 3.0)
    call = Moment(MomentKind.HOLD, 4.0, 6.0)
    none, one, two = Lanes((), None), Lanes((mark,), None), Lanes((mark, call), None)
    assert none.height() < one.height() < two.height()
    assert two.height() - one.height() == one.height() - none.height()
    assert none.least() <= none.height()


def test_in_a_low_window_everything_stands_in_one_lane_whatever_page_is_turned_to(
    window: ReplayWindow, qtbot: QtBot
) -> None:
    window.resize(1280, 1000)
    qtbot.waitUntil(lambda: not window.timeline.lanes.folded)
    whole = window.timeline.lanes.height()
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: window.timeline.lanes.height() < whole)
    low = window.timeline.lanes.height()
    other_page(window)
    assert window.timeline.lanes.height() == low
    assert "Alt+W" in window.body.pane.fold.text()
    qtbot.keyClick(window, Qt.Key.Key_W, ALT)
    assert window.timeline.lanes.height() == whole
    window.pages.setCurrentIndex(0)
    assert window.timeline.lanes.height() == whole
    window.body.pane.fold.click()
    assert window.timeline.lanes.height() == low
    window.resize(1280, 1000)
    QApplication.processEvents()
    assert window.timeline.lanes.folded, "what was wished for stays"


def test_the_one_lane_names_what_stands_under_the_pointer(window: ReplayWindow, qtbot: QtBot) -> None:
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: window.timeline.lanes.folded)
    where, height = window.timeline._stretch(), window.timeline.lanes.height()
    (found, *_) = window.timeline.lanes.moments_at(where, where.x(15.0) + 1, height - 8)
    assert found is not None
    assert found.kind is MomentKind.BOOKMARK


def test_at_the_least_size_the_desk_of_a_moment_shows_answers_numbers_and_record_at_once(
    window: ReplayWindow, qtbot: QtBot
) -> None:
    window.resize(1280, 800)
    window.seek(16.0)
    view = window.desk.view
    qtbot.waitUntil(lambda: view.is_beside)
    inside = window.desk.rect()
    for pane in (view.answers, view.numbers, view.record):
        box = pane.rect().translated(pane.mapTo(window.desk, QPoint(0, 0)))
        assert inside.contains(box), pane


def test_a_folded_timeline_still_goes_from_one_event_to_the_next(window: ReplayWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.timeline.lanes.folded)
    qtbot.keyClick(window.timeline, Qt.Key.Key_Down)
    assert window.timeline.chosen is not None
    assert window.body.pane.words.text()
    assert window.timeline.lanes.moments_at(window.timeline._stretch(), 300, window.timeline.height() + 30) == ()


def test_the_transcript_folds_by_a_key_and_comes_back_to_be_searched(window: ReplayWindow, qtbot: QtBot) -> None:
    window.transcript.view.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_R, ALT)
    assert not window.transcript.isVisible()
    assert window.timeline.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_F, CTRL)
    assert window.transcript.box.isVisible()
    assert window.transcript.box.hasFocus()
    assert window.body.pane.read.isChecked()


def test_in_large_letters_lanes_and_transcript_step_back_by_themselves(qtbot: QtBot, qapp: QApplication) -> None:
    i18n.install(qapp, "ko")
    theme.apply(qapp, "light", 2.0)
    try:
        window, _, _ = fake_replay.open_window(qtbot)
        window.add_page("메모", QLabel("메모"))
        assert window.folds.is_folded
        assert window.transcript.isVisible()  # the desk beside it has no conversation of its own
        other_page(window)
        assert not window.transcript.isVisible()
        qtbot.keyClick(window, Qt.Key.Key_R, ALT)
        qtbot.keyClick(window, Qt.Key.Key_W, ALT)
        assert window.transcript.isVisible()
        assert not window.folds.is_folded
    finally:
        theme.apply(qapp, "light", 1.0)


def test_the_table_of_keys_tells_what_folds(window: ReplayWindow) -> None:
    window.open_keys()
    assert isinstance(window.key_table, KeyTable)
    words = {label.text() for label in window.key_table.findChildren(QLabel)}
    assert {"Alt+W", "Alt+R"} <= words
    assert any("한 줄로" in text for text in words)


def test_a_moment_without_answers_tells_no_key_of_the_live_desk(window: ReplayWindow) -> None:
    window.seek(0.5)
    words = window.desk.view.answers.silence_text
    assert words.isVisible()
    assert "Ctrl" not in words.text()


def test_once_the_call_is_gone_its_keys_are_no_longer_told(window: ReplayWindow) -> None:
    assert "F4" in window.notices.text.text()
    window._go(Fault("store.no_session", id="s1"))
    assert "F4" not in window.notices.text.text()
    assert "Ctrl+W" in window.notices.text.text()


def test_small_widgets_of_a_row_have_their_middles_on_one_line(qtbot: QtBot) -> None:
    low, tall = QWidget(), QWidget()
    low.setMinimumSize(40, 20)
    tall.setMinimumSize(40, 36)
    row = Flow((low, tall))
    qtbot.addWidget(row)
    row.resize(400, 60)
    row.show()
    assert low.mapTo(row, QPoint(0, low.height() // 2)).y() == tall.mapTo(row, QPoint(0, tall.height() // 2)).y()
