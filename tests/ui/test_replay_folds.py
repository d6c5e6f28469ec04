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
from ui.replay.keys import KeyTable
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


def test_the_timeline_folds_beside_another_page_and_is_whole_at_the_desk(window: ReplayWindow, qtbot: QtBot) -> None:
    whole = window.timeline.lanes.height()
    below = window.pages.height()
    other_page(window)
    assert window.timeline.lanes.height() == whole
    qtbot.keyClick(window, Qt.Key.Key_W, ALT)
    assert window.timeline.lanes.height() < whole
    assert window.body.pane.fold.isChecked()
    qtbot.waitUntil(lambda: window.pages.height() > below)
    window.pages.setCurrentIndex(0)
    assert window.timeline.lanes.height() == whole
    assert not window.body.pane.fold.isChecked()
    other_page(window)
    assert window.timeline.lanes.height() < whole  # remembered
    window.body.pane.fold.click()
    assert window.timeline.lanes.height() == whole


def test_a_folded_timeline_still_goes_from_one_event_to_the_next(window: ReplayWindow, qtbot: QtBot) -> None:
    other_page(window)
    qtbot.keyClick(window, Qt.Key.Key_W, ALT)
    qtbot.keyClick(window.timeline, Qt.Key.Key_Down)
    assert window.timeline.chosen is not None
    assert window.body.pane.words.text()
    assert window.timeline.lanes.moment_at(window.timeline._stretch(), 300, window.timeline.height() + 30) is None


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
    assert any("파형" in text for text in words)


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
