"""Who is there, the lock of an idle desk, the switch: over the fakes of the desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.errors import ProfileFault
from tests.ui.conftest import Desk
from ui.call_view_state import Phase
from ui.desk_lock import DeskLock
from ui.hold_button import HOLD_MS
from ui.profile_desk import ProfileDesk
from ui.profile_page import ProfilePage
from ui.profile_ports import LockRule, ProfileRow

PIN = "135790"
ROWS = (
    ProfileRow("default", "", "counsellor", has_pin=False),
    ProfileRow("p-1", "김하나", "counsellor", has_pin=True),
    ProfileRow("p-2", "이두리", "team", has_pin=True),
)


class Doors:
    def __init__(self) -> None:
        self.tried: list[tuple[str, str]] = []

    def rows(self) -> tuple[ProfileRow, ...]:
        return ROWS

    def unlock(self, ident: str, pin: str) -> None:
        self.tried.append((ident, pin))
        if pin not in ("", PIN):
            raise ProfileFault("profiles.pin_wrong")


class Opened:
    """An open profile with a PIN."""

    def __init__(self, has_pin: bool = True, minutes: float = 10) -> None:
        self.row = ProfileRow("p-1", "김하나", "counsellor", has_pin)
        self.rule = LockRule(minutes, in_call=False)
        self.switch_asked = False

    def check(self, pin: str) -> None:
        if pin != PIN:
            raise ProfileFault("profiles.pin_wrong")

    def set_pin(self, old: str, new: str) -> None:
        if self.row.has_pin and old != PIN:
            raise ProfileFault("profiles.pin_wrong")
        self.row = ProfileRow("p-1", "김하나", "counsellor", bool(new))

    def lock_rule(self) -> LockRule:
        return self.rule

    def ask_switch(self) -> None:
        self.switch_asked = True


@pytest.fixture
def page(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> ProfilePage:
    from ui import i18n, theme

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    i18n.install(app, "ko")
    theme.apply(app, "light", 1.0)
    made = ProfilePage(Doors(), last="p-1")
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_the_page_opens_a_profile_by_its_pin_alone(page: ProfilePage, qtbot: QtBot) -> None:
    assert page.names.currentRow() == 1
    assert page.pin.echoMode() is QLineEdit.EchoMode.Password
    qtbot.keyClicks(page.pin, "000000")
    qtbot.keyClick(page.pin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.said.text()))
    assert page.isVisible()
    assert page.pin.text() == ""
    assert page.chosen is None
    qtbot.keyClicks(page.pin, PIN)
    with qtbot.waitSignal(page.opened) as blocker:
        qtbot.keyClick(page.pin, Qt.Key.Key_Return)
    assert blocker.args[0].id == "p-1"
    assert PIN not in repr(blocker.args[0])
    assert not page.isVisible()


def test_a_profile_without_a_pin_opens_by_a_press_and_another_asks_first(page: ProfilePage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.pin, Qt.Key.Key_Return)  # no PIN yet: nothing is tried
    assert page._doors.tried == []  # type: ignore[attr-defined]
    page.names.setCurrentRow(0)
    assert not page.pin.isEnabled()
    with qtbot.waitSignal(page.opened) as blocker:
        qtbot.keyClick(page.names, Qt.Key.Key_Return)
    assert (blocker.args[0].id, blocker.args[0].pin) == ("default", "")


def test_closing_the_page_opens_nothing(page: ProfilePage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.pin, PIN)
    page.close()
    assert page.chosen is None
    assert page.pin.text() == ""


# -- the lock ----------------------------------------------------------------------------------------------------


class Idle:
    """Time without input, set by the test."""

    def __init__(self) -> None:
        self.ms = 0

    def __call__(self) -> int:
        return self.ms


def _joined(desk: Desk, opened: Opened) -> tuple[ProfileDesk, Idle]:
    idle = Idle()
    joined = ProfileDesk(desk.window, opened)  # type: ignore[arg-type]
    desk.window.profile = joined
    if joined.lock is not None:
        joined.lock._elapsed_ms = idle
        joined.lock._clock.stop()
    return joined, idle


def _lock(joined: ProfileDesk) -> DeskLock:
    assert joined.lock is not None
    return joined.lock


def _words(widget: QWidget) -> str:
    """Everything a person could read of a window now."""
    found = []
    for one in [widget, *widget.findChildren(QWidget)]:
        if one.isVisible():
            for attribute in ("text", "toPlainText"):
                read: Callable[[], str] | None = getattr(one, attribute, None)
                if callable(read):
                    found.append(str(read()))
    return "\n".join(found)


def test_an_idle_desk_is_locked_and_shows_nothing_of_its_calls(desk: Desk) -> None:
    joined, idle = _joined(desk, Opened())
    lock = _lock(joined)
    desk.wrap_up()
    desk.window.open_sessions()
    desk.window.open_settings()
    idle.ms = 10 * 60_000 - 1
    lock.look()
    assert not lock.locked
    idle.ms += 1
    lock.look()
    assert lock.locked
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    assert shown == [desk.window]
    words = _words(desk.window)
    assert "신림로" not in words
    assert "주정차" not in words
    assert "김하나" in words
    assert "미전송" in words
    # A window that somebody opens meanwhile is hidden too.
    desk.window.open_outbox()
    desk.bot.waitUntil(lambda: desk.window.outbox is not None and not desk.window.outbox.isVisible())


def test_the_pin_opens_it_as_it_was_left(desk: Desk) -> None:
    joined, _ = _joined(desk, Opened())
    lock = _lock(joined)
    desk.window.open_sessions()
    assert desk.window.sessions is not None
    joined.lock_now()
    assert not desk.window.sessions.isVisible()
    desk.bot.keyClicks(lock.page.pin, "999999")
    desk.bot.keyClick(lock.page.pin, Qt.Key.Key_Return)
    desk.bot.waitUntil(lambda: bool(lock.page.said.text()))
    assert lock.locked
    assert lock.page.pin.text() == ""
    desk.bot.keyClicks(lock.page.pin, PIN)
    with desk.bot.waitSignal(lock.turned):
        desk.bot.keyClick(lock.page.pin, Qt.Key.Key_Return)
    assert not lock.locked
    assert desk.window.sessions.isVisible()
    assert desk.window.start.isVisible()
    assert all(one.isEnabled() for one in desk.window.findChildren(QShortcut))


def test_keys_do_nothing_behind_the_lock(desk: Desk) -> None:
    joined, _ = _joined(desk, Opened())
    joined.lock_now()
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F1):
        desk.bot.keyClick(_lock(joined).page.pin, key)
    desk.bot.keyClick(_lock(joined).page.pin, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert desk.window.sessions is None
    assert desk.window.keys.sheet is None
    assert desk.window.state.phase is Phase.IDLE


def test_a_live_call_is_not_locked_unless_the_site_says_so(desk: Desk) -> None:
    opened = Opened()
    joined, idle = _joined(desk, opened)
    desk.live()
    idle.ms = 60 * 60_000
    _lock(joined).look()
    assert not _lock(joined).locked
    opened.rule = LockRule(10, in_call=True)
    _lock(joined).look()
    assert _lock(joined).locked
    desk.window.state.phase = Phase.IDLE  # so that the window, which hides all others, can be closed


def test_behind_the_lock_the_call_goes_on_and_f12_hands_it_over(desk: Desk) -> None:
    joined, _ = _joined(desk, Opened())
    desk.live()
    joined.lock_now()
    assert desk.window.state.phase is Phase.LIVE
    assert "F12" in _lock(joined).page.state.text()
    pin = _lock(joined).page.pin
    pin.setFocus()
    QTest.keyPress(pin, Qt.Key.Key_F12)
    desk.bot.waitUntil(lambda: _pressed(desk), timeout=HOLD_MS * 10)
    QTest.keyRelease(pin, Qt.Key.Key_F12)
    assert "escalate" in [name for name, _ in desk.control.wishes]
    assert _lock(joined).locked
    desk.window.state.phase = Phase.IDLE


def _pressed(desk: Desk) -> bool:
    return desk.window.press is not None and desk.window.press._pressed == desk.window.state.call_id


def test_nothing_is_locked_in_the_middle_of_typing(desk: Desk) -> None:
    joined, _ = _joined(desk, Opened(minutes=0.0005))
    lock = _lock(joined)
    lock._elapsed_ms = lock._since.elapsed
    desk.window.search_by_hand()
    box = desk.window.call.answers.box
    for event in (
        lambda: desk.bot.keyClicks(box, "a"),
        lambda: QApplication.sendEvent(box, QInputMethodEvent("차", [])),
        lambda: desk.bot.mouseMove(desk.window, QPoint(5, 5)),
    ):
        desk.bot.waitUntil(lambda: lock._since.elapsed() >= 30)
        event()
        lock.look()
        assert not lock.locked
    desk.bot.waitUntil(lambda: lock._since.elapsed() >= 31)
    lock.look()
    assert lock.locked


@pytest.mark.parametrize("opened", [Opened(has_pin=False), Opened(minutes=0)], ids=["no-pin", "off"])
def test_without_a_pin_or_where_the_site_wants_none_nothing_is_locked(desk: Desk, opened: Opened) -> None:
    joined, idle = _joined(desk, opened)
    idle.ms = 100 * 60_000
    if joined.lock is not None:
        joined.lock.look()
        assert not joined.lock.locked
    else:
        joined.lock_now()
        assert "PIN" in desk.window.notices.text.text()


# -- switching ---------------------------------------------------------------------------------------------------


def test_switching_closes_the_desk_between_calls_only_and_says_why(desk: Desk) -> None:
    opened = Opened()
    joined, _ = _joined(desk, opened)
    desk.live()
    joined.switch()
    assert not opened.switch_asked
    assert desk.window.isVisible()
    assert desk.window.notices.text.text()
    desk.window.state.phase = Phase.WRAP_UP
    joined.switch()
    assert not opened.switch_asked
    desk.window.state.phase = Phase.IDLE
    joined.switch()
    assert opened.switch_asked
    assert not desk.window.isVisible()


def test_the_bar_names_whose_desk_it_is(desk: Desk) -> None:
    joined, _ = _joined(desk, Opened())
    assert desk.window.bar.profile.isVisible()
    assert "김하나" in desk.window.bar.profile.accessibleName()
    assert [one.text() for one in joined.menu.actions()]


def test_a_pin_is_set_in_the_window(desk: Desk) -> None:
    opened = Opened(has_pin=False)
    joined, _ = _joined(desk, opened)
    assert joined.lock is None
    joined.open_pin()
    form = joined.pin_dialog
    assert form is not None
    assert form.old.parent() is None
    desk.bot.keyClicks(form.new, "246800")
    desk.bot.keyClicks(form.again, "246801")
    form.save.click()
    assert form.said.text()
    form.again.setText("246800")
    form.save.click()
    desk.bot.waitUntil(lambda: not form.isVisible())
    assert opened.row.has_pin
    assert joined.lock is not None
