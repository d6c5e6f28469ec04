"""Every window the program opens is kept out of screen captures where the system can, and it says where it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.adapters import screen_guard as adapter
from app.preferences import SettingsPreferences
from app.settings import DeskSettings, Settings
from tests.ui.fake_settings import MemorySettings, form_of
from ui import screen_guard
from ui.preference_ports import Preferences
from ui.screen_guard import CaptureShield
from ui.settings_window import SettingsWindow


@dataclass
class Guard:
    can_hide: bool = True
    hidden: list[int] = field(default_factory=list)

    def hide(self, window: int, wanted: bool = True) -> bool:
        self.hidden.append(window)
        return True


@pytest.fixture
def guard(qapp: QApplication) -> Iterator[Guard]:
    made = Guard()
    shield = screen_guard.install(qapp, made, wanted=True)
    assert isinstance(shield, CaptureShield)
    yield made
    qapp.removeEventFilter(shield)
    shiboken6.delete(shield)


def test_main_windows_dialogs_menus_and_tips_are_hidden(guard: Guard, qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    inner = QLabel("민원", owner)
    owner.show()
    dialog = QDialog(owner)
    dialog.show()
    menu = QMenu(owner)
    menu.addAction("복사")
    menu.popup(owner.pos())
    shown = [owner, dialog, menu]
    assert [int(one.winId()) in guard.hidden for one in shown] == [True] * 3
    assert inner.windowHandle() is None
    menu.close()
    dialog.close()


def test_windows_that_stand_already_are_hidden_too(qapp: QApplication, qtbot: QtBot) -> None:
    before = QWidget()
    qtbot.addWidget(before)
    before.show()
    made = Guard()
    shield = screen_guard.install(qapp, made, wanted=True)
    assert int(before.winId()) in made.hidden
    qapp.removeEventFilter(shield)
    shiboken6.delete(shield)


def test_nothing_is_asked_where_the_site_or_the_system_says_no(qapp: QApplication) -> None:
    assert screen_guard.install(qapp, Guard(), wanted=False) is None
    assert screen_guard.install(qapp, Guard(can_hide=False), wanted=True) is None
    assert screen_guard.install(qapp, None, wanted=True) is None


@pytest.mark.parametrize(("newest", "asked"), [(True, [0x11]), (False, [0x11, 0x1])])
def test_windows_leaves_a_window_out_or_shows_it_black(newest: bool, asked: list[int]) -> None:
    calls: list[int] = []

    def affinity(window: int, value: int) -> bool:
        assert window == 7
        calls.append(value)
        return newest or value != 0x11

    guard = adapter.WindowsScreenGuard(affinity)
    assert guard.hide(7)
    assert calls == asked
    assert guard.hide(7, wanted=False)
    assert calls[-1] == 0


def test_elsewhere_nothing_is_promised() -> None:
    for platform in ("linux", "darwin"):
        found = adapter.find(platform)
        assert not found.can_hide
        assert not found.hide(7)


@pytest.mark.parametrize(
    ("wanted", "can", "told"), [(True, True, "hidden"), (False, True, "shown"), (True, False, "unavailable")]
)
def test_the_settings_say_how_it_stands(qapp: QApplication, qtbot: QtBot, wanted: bool, can: bool, told: str) -> None:
    settings = Settings(desk=DeskSettings(hide_from_capture=wanted))
    stored: list[Settings] = []
    preferences = SettingsPreferences(lambda: settings, stored.append, can_hide=can)
    assert preferences.load().capture == told
    preferences.store(preferences.load())
    assert stored[-1].desk.hide_from_capture is wanted
    words = []
    for one in (preferences.load(), *(Preferences(capture=other) for other in ("hidden", "shown", "unavailable"))):
        window = SettingsWindow(form_of(MemorySettings()), capture=one.capture)
        qtbot.addWidget(window)
        words.append(window.rows["desk.hide_from_capture"].editor.text())  # type: ignore[attr-defined]
    assert words[0] == words[1 + ["hidden", "shown", "unavailable"].index(told)]
    assert len(set(words)) == 3
