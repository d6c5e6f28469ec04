"""Numbers of a saved call stay hidden until somebody asks; the asking is told, and only for a saved call."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.conftest import Desk


def test_numbers_of_a_saved_call_are_shown_on_request_and_that_is_logged(desk: Desk) -> None:
    desk.window.open_session("call-saved")
    window = desk.window.sessions
    assert window is not None
    desk.bot.waitUntil(lambda: window.stack.currentIndex() == 1)
    assert not window.view.numbers.reveal.isChecked()
    assert desk.services.revealed == []
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert window.view.numbers.reveal.isChecked()
    assert desk.services.revealed == ["call-saved"]
    window.view.numbers.reveal.click()
    assert not window.view.numbers.reveal.isChecked()
    assert desk.services.revealed == ["call-saved"]
    window.view.numbers.reveal.click()
    window.back()
    desk.bot.waitUntil(lambda: window.stack.currentIndex() == 0)
    assert desk.services.revealed == ["call-saved"] * 2


def test_ones_own_live_call_is_nobody_elses_data(desk: Desk) -> None:
    desk.live()
    QTest.keyClick(desk.window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert desk.window.call.numbers.reveal.isChecked()
    assert desk.services.revealed == []
