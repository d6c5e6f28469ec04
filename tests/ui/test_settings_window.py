"""The settings window: found by words, checked beside the field, locked where the site decided, felt at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from app.policy import Policy
from app.preferences import SettingsPreferences
from app.settings import Settings
from tests.ui import story
from tests.ui.conftest import Desk
from tests.ui.fake_services import FakeServices
from tests.ui.fake_settings import MemorySettings, form_of
from tests.ui.fake_team import TITLES, TODAY, FakeTeam
from tests.ui.fakes import FakeBus, FakeControl, FakeKey
from ui import i18n, theme
from ui.call_view_state import Phase
from ui.desk import build_desk
from ui.main_window import MainWindow
from ui.settings_rows import SettingRow
from ui.settings_window import SettingsWindow
from ui.team_window import build_team


@pytest.fixture
def live() -> MemorySettings:
    """Settings in memory; the site has set the way answers are offered."""
    return MemorySettings(policy=Policy({"assist.dial": "quiet"}, {"assist.dial": "policy.json"}))


@pytest.fixture
def dressed(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """The application in Korean, without a desk."""
    monkeypatch.delenv("DOUMI_LANG", raising=False)
    i18n.install(qapp, "ko")
    theme.apply(qapp, "light", 1.0)


@pytest.fixture
def window(dressed: None, qtbot: QtBot, live: MemorySettings) -> Iterator[SettingsWindow]:
    """The window alone, shown, in Korean."""
    made = SettingsWindow(form_of(live), system_key=FakeKey(), devices=FakeServices().devices)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()


def line(row: SettingRow) -> QLineEdit:
    assert isinstance(row.editor, QLineEdit)
    return row.editor


def typed(row: SettingRow, text: str) -> None:
    """Write into a field as a person does, and leave it."""
    editor = line(row)
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def test_a_search_finds_settings_of_any_group(window: SettingsWindow, qtbot: QtBot) -> None:
    assert window.box.hasFocus()
    QTest.keyClicks(window.box, "block_ms")
    qtbot.waitUntil(lambda: list(window.rows) == ["capture.block_ms"])
    window.look_for("글자크기")
    assert "desk.text_scale" in window.rows
    assert "화면" in window.rows["desk.text_scale"].title.text()
    window.look_for("그런 설정은 없음")
    assert not window.rows
    assert window.count.text().startswith("찾은 설정이 없습니다")
    window.look_for("")
    assert next(iter(window.rows)) == "language"


def test_every_group_opens_and_fine_adjustments_on_demand(window: SettingsWindow) -> None:
    seen: set[str] = set()
    window.groups.setCurrentRow(1)
    assert not any(path.startswith("capture.") for path in window.rows)
    window.more.click()
    assert window.rows["capture.block_ms"].editor.hasFocus()
    for row in range(window.groups.count()):
        window.groups.setCurrentRow(row)
        assert window.rows
        seen |= set(window.rows)
    assert seen == set(window.fields)


def test_a_wrong_value_is_told_beside_the_field_and_never_stored(window: SettingsWindow, live: MemorySettings) -> None:
    window.show_path("summariser.timeout_s")
    row = window.rows["summariser.timeout_s"]
    typed(row, "500")
    assert "120" in row.fault.text()
    assert row.fault.isVisible()
    assert line(row).text() == "500"
    assert live.stored == []
    typed(row, "20")
    assert not row.fault.isVisible()
    assert live.settings.summariser.timeout_s == 20
    window.look_for("전담팀 주소")
    row = window.rows["escalation.https_url"]
    typed(row, "http://example.org")
    assert "https://" in row.fault.text()
    assert live.settings.escalation.https_url == ""


def test_a_change_is_put_back_with_the_focus_kept(window: SettingsWindow, live: MemorySettings) -> None:
    window.show_path("protection.rest_minutes")
    row = window.rows["protection.rest_minutes"]
    assert not row.reset.isVisible()
    typed(row, "15")
    assert row.reset.isVisible()
    row.reset.setFocus()
    QTest.keyClick(row.reset, Qt.Key.Key_Space)
    assert live.settings == Settings()
    assert line(row).text() == "10"
    assert not row.reset.isVisible()
    assert row.editor.hasFocus()


def test_what_the_site_has_set_is_shown_and_cannot_be_changed(window: SettingsWindow) -> None:
    window.show_path("assist.dial")
    row = window.rows["assist.dial"]
    assert "기관에서 정한 값" in row.tags.text()
    assert line(row).isReadOnly()
    assert "기관에서 정한 값" in row.editor.accessibleDescription()
    window.show_path("retention.sound_days")
    assert line(window.rows["retention.sound_days"]).isReadOnly()
    assert "90" in line(window.rows["retention.sound_days"]).text()


def test_what_waits_for_a_start_or_a_call_says_so(window: SettingsWindow) -> None:
    window.show_path("models.speech")
    assert window.rows["models.speech"].tags.text() == "다음 시작부터"
    window.show_path("assist.cards")
    assert window.rows["assist.cards"].tags.text() == "다음 통화부터"
    window.show_path("desk.theme")
    assert window.rows["desk.theme"].tags.text() == ""


def test_a_list_and_a_switch_are_changed_with_the_keyboard(window: SettingsWindow, live: MemorySettings) -> None:
    window.show_path("assist.ends_at_once")
    marks = window.rows["assist.ends_at_once"].editor.findChildren(QCheckBox)
    QTest.keyClick(next(one for one in marks if one.text() == "협박"), Qt.Key.Key_Space)
    assert [label.value for label in live.settings.assist.ends_at_once] == ["sexual", "threat"]
    window.show_path("desk.announce")
    switch = window.rows["desk.announce"].editor
    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert live.settings.desk.announce
    assert isinstance(switch, QCheckBox)
    assert switch.text() == "켬"


def test_a_wheel_over_a_choice_changes_nothing(window: SettingsWindow, live: MemorySettings) -> None:
    window.show_path("desk.layout")
    combo = window.rows["desk.layout"].editor
    assert isinstance(combo, QComboBox)
    event = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(combo, event)
    assert combo.currentData() == "full"
    assert live.stored == []


def test_a_key_the_system_refuses_is_told_and_not_stored(dressed: None, qtbot: QtBot, live: MemorySettings) -> None:
    made = SettingsWindow(form_of(live), system_key=FakeKey("이 키는 쓸 수 없습니다."))
    qtbot.addWidget(made)
    made.show_path("protection.system_key")
    row = made.rows["protection.system_key"]
    row.wished.emit("protection.system_key", "F5")
    assert row.fault.text() == "이 키는 쓸 수 없습니다."
    assert live.stored == []


def test_devices_are_offered_by_name(window: SettingsWindow, live: MemorySettings, qtbot: QtBot) -> None:
    def offered() -> QComboBox:
        window.show_path("sound.agent_device")
        combo = window.rows["sound.agent_device"].editor
        assert isinstance(combo, QComboBox)
        return combo

    qtbot.waitUntil(lambda: offered().findText("USB 헤드셋 마이크") > 0)
    combo = offered()
    combo.setCurrentIndex(combo.findText("USB 헤드셋 마이크"))
    combo.activated.emit(combo.currentIndex())
    assert live.settings.sound.agent_device == "mic-1"


def test_the_output_of_announcements_is_chosen_and_heard(dressed: None, qtbot: QtBot, live: MemorySettings) -> None:
    made = SettingsWindow(form_of(live), outputs=lambda: [("", "시스템 기본"), ("hdmi", "모니터 스피커")])
    qtbot.addWidget(made)
    made.show_path("desk.announce_device")
    row = made.rows["desk.announce_device"]
    assert isinstance(row.editor, QComboBox)
    row.editor.activated.emit(row.editor.findText("모니터 스피커"))
    assert live.settings.desk.announce_device == "hdmi"
    with qtbot.waitSignal(made.hear_asked):
        row.hear_asked.emit()


@pytest.fixture
def whole(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, live: MemorySettings) -> Iterator[MainWindow]:
    """A desk whose preferences and settings window share one set of settings."""
    monkeypatch.delenv("DOUMI_LANG", raising=False)
    services = FakeServices(memory=live)
    preferences = SettingsPreferences(live.now, live.change, lambda: ("dial",))
    made = build_desk(FakeControl(), services, FakeBus().subscribe, preferences=preferences)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.state.phase = Phase.IDLE


def test_a_look_is_felt_at_once_and_follows_the_keys(whole: MainWindow, live: MemorySettings) -> None:
    whole.open_settings()
    settings = whole.settings
    assert settings is not None
    assert not settings.isModal()
    combo = settings.rows["desk.theme"].editor
    assert isinstance(combo, QComboBox)
    combo.setCurrentIndex(combo.findData("dark"))
    combo.activated.emit(combo.currentIndex())
    assert theme.current().name == "dark"
    assert live.settings.desk.theme == "dark"
    whole.resize_text(1)
    scale = settings.rows["desk.text_scale"].editor
    assert isinstance(scale, QComboBox)
    assert scale.currentData() == "1.15"
    assert live.settings.desk.text_scale == 1.15


def test_the_settings_open_in_a_call_without_taking_it_over(desk: Desk) -> None:
    desk.live()
    desk.window.open_settings_at("protection.strip")
    assert desk.window.settings is not None
    assert desk.window.settings.rows["protection.strip"].editor.hasFocus() or not desk.window.settings.isActiveWindow()
    assert not desk.window.settings.isModal()
    desk.tell(story.ended())
    desk.window.settings.close()


def test_a_teams_pc_becomes_a_counsellors_again(dressed: None, qtbot: QtBot) -> None:
    memory = MemorySettings(Settings(role="team"))
    preferences = SettingsPreferences(memory.now, memory.change)
    made = build_team(FakeTeam(), TITLES, today=TODAY, preferences=preferences, settings=form_of(memory))
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    QTest.keyClick(made, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert made.settings is not None
    made.settings.show_path("role")
    combo = made.settings.rows["role"].editor
    assert isinstance(combo, QComboBox)
    combo.activated.emit(combo.findData("counsellor"))
    assert memory.settings.role == "counsellor"
    made.resize_text(1)
    assert memory.settings.desk.text_scale == 1.15
    made.settings.close()
    made.close()
