"""A disk that takes nothing stays on screen in words; calls that a crash cut short are offered as a list."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from assist.events import NoticeRaised
from resources.notices import sentence
from tests.ui.conftest import Desk
from tests.ui.rows import SESSIONS
from ui.ports import RecoveredRow
from ui.sessions_window import SessionModel

FAILS = {
    "audio.disk_full": "audio.disk_again",
    "audio.disk_error": "audio.late_sound_kept",
    "audio.disk_read_only": "audio.disk_again",
    "store.disk_full": "store.writes_again",
    "store.io": "store.writes_again",
    "store.busy": "store.writes_again",
    "store.read_only": "store.writes_again",
}
TOLD = {
    "audio.disk_low": {"minutes": "90"},
    "call.clock_ahead": {"minutes": "60"},
    "call.clock_back": {"minutes": "60"},
}


def notice(code: str, severity: str, **params: str) -> NoticeRaised:
    return NoticeRaised(call_id="", t_ns=0, code=code, severity=severity, params=params)


@pytest.mark.parametrize("code", FAILS)
def test_what_the_disk_does_not_take_stays_on_screen_until_it_does(desk: Desk, code: str) -> None:
    desk.live()
    params = {"path": "D"} if code.startswith("store.") else {}
    desk.tell(notice(code, "error", **params))
    line = desk.window.notices
    shown = [line.shown, *line.waiting]
    assert sentence(code, **params) in shown
    while line.shown:
        line.dismiss()
    assert len(line.standing) == 1
    desk.tell(notice(FAILS[code], "info"))
    assert sentence(FAILS[code]) in (line.shown, *line.waiting)
    assert line.standing == ()


@pytest.mark.parametrize("code", TOLD)
def test_a_nearly_full_disk_and_a_moved_clock_are_told_in_words(desk: Desk, code: str) -> None:
    desk.live()
    desk.tell(notice(code, "warning", **TOLD[code]))
    assert sentence(code, **TOLD[code]) in (desk.window.notices.shown, *desk.window.notices.waiting)


ROWS = (
    RecoveredRow("one", "2026-11-22T10:00:00+09:00", 83.0, 82.0, 7, True, "집 앞에 세워둔 차"),
    RecoveredRow("two", "2026-11-22T11:00:00+09:00", 5.0, 0.0, 1, False, unreadable=1),
)


def test_recovered_calls_are_a_list_that_opens_them(desk: Desk) -> None:
    start = desk.window.start
    assert not start.recovered.isVisible()
    desk.window.show_recovered(ROWS)
    assert start.recovered.isVisible()
    assert "2" in start.recovered.text()
    start.recovered.click()
    window = desk.window.recovered
    assert window is not None
    assert window.isVisible()
    first, second = (window.list.item(row).text() for row in range(window.list.count()))
    assert "2026-11-22 10:00" in first
    assert "집 앞에 세워둔 차" in first
    assert "01:23" in first
    assert "82" in first
    assert "82" not in second
    asked: list[str] = []
    window.session_chosen.connect(asked.append)
    window.list.setFocus()
    QTest.keyClick(window.list, Qt.Key.Key_Return)
    assert asked == ["one"]
    window.activateWindow()
    desk.bot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
    desk.window.show_recovered(())
    assert not start.recovered.isVisible()


def test_a_call_that_was_cut_short_is_marked_in_the_list(desk: Desk) -> None:
    model = SessionModel()
    model.show([replace(SESSIONS[0], interrupted=True), SESSIONS[0]])
    states = [model.index(row, 4).data() for row in range(2)]
    assert states[0] != states[1]
    assert states[0].startswith(states[1])
