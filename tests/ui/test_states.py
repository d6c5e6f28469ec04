"""States of the desk have words, an icon and a place: devices, pause, restarts, notices, models, the opening DB."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QLabel

from assist.events import ListeningPaused
from assist.model import CrisisKind
from audio.events import DeviceStateChanged, EngineRestarted, LagChanged
from audio.model import Channel, DeviceHealth
from resources import path
from tests.ui import story
from tests.ui.conftest import Desk
from ui import tts
from ui.call_view_state import Phase
from ui.main_window import OPENING_MS, STATE_MS


@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize(
    "health", [DeviceHealth.SILENT, DeviceHealth.MISSING, DeviceHealth.UNPLUGGED, DeviceHealth.STUCK]
)
def test_a_side_that_is_not_heard_has_a_sign_and_a_sentence(desk: Desk, channel: Channel, health: DeviceHealth) -> None:
    bar, notices = desk.window.bar, desk.window.notices
    desk.tell(story.started(), DeviceStateChanged(**story.at(1), channel=channel, health=health))
    sign = bar.health[channel]
    assert sign.isVisible()
    assert not sign.icon().isNull()
    assert not bar.meters[channel].isVisible()
    assert notices.standing == (bar.sentence(channel, health),)
    assert notices.text.text() == bar.sentence(channel, health)
    desk.tell(DeviceStateChanged(**story.at(2), channel=channel, health=DeviceHealth.OK))
    assert not sign.isVisible()
    assert bar.meters[channel].isVisible()
    assert notices.standing == ()


def test_two_lasting_states_are_both_told(desk: Desk) -> None:
    notices = desk.window.notices
    events = [DeviceStateChanged(**story.at(1), channel=channel, health=DeviceHealth.UNPLUGGED) for channel in Channel]
    desk.tell(story.started(), *events, ListeningPaused(**story.at(2), paused=True))
    assert len(notices.standing) == 3
    assert "멈" in desk.window.bar.call.text()
    told = {notices.text.text()}
    for _ in range(3):
        notices._next_standing()
        told.add(notices.text.text())
    assert all(any(sentence in text for text in told) for sentence in notices.standing)
    desk.tell(ListeningPaused(**story.at(3), paused=False))
    assert len(notices.standing) == 2


def test_lag_is_told_in_seconds(desk: Desk) -> None:
    desk.tell(story.started(), LagChanged(**story.at(9), backlog_s=6.2, step=1))
    assert desk.window.bar.lag.text().startswith("지연 6초")
    assert desk.window.bar.lag.toolTip() == "지연 6초 · 완성된 줄만"
    assert desk.window.bar.lag.isVisible()


@pytest.mark.parametrize("engine", ["speech", "language", "capture"])
def test_a_restarted_engine_is_told(desk: Desk, engine: str) -> None:
    desk.tell(story.started(), EngineRestarted(call_id="", t_ns=0, engine=engine, count=1))
    assert desk.window.notices.shown == desk.window.told.restarted(engine)
    assert "다시 시작" in desk.window.notices.shown


def test_notices_at_the_start_are_read_one_after_the_other(desk: Desk) -> None:
    notices = desk.window.notices
    for text in ("되살린 통화 1건", "열쇠 파일을 씁니다", "모델이 없습니다"):
        notices.say(text, "info")
    notices.say("저장할 곳이 없습니다", "error")
    read = []
    while notices.shown:
        read.append(notices.text.text())
        notices.close_button.click()
    assert read == ["저장할 곳이 없습니다", "되살린 통화 1건", "열쇠 파일을 씁니다", "모델이 없습니다"]


def test_an_unreasonable_demand_is_quiet_and_never_counted(desk: Desk) -> None:
    desk.tell(*story.live(), story.demand())
    pane = desk.window.call.next_sentence

    def texts() -> list[str]:
        return [label.text() for label in pane.findChildren(QLabel) if label.isVisible()]

    desk.bot.waitUntil(lambda: "무리한 요구" in texts())
    assert not any("경고" in text for text in texts())
    assert not pane.ladder.said.isVisible()


def test_what_was_not_heard_or_is_unsure_says_so(desk: Desk) -> None:
    desk.tell(
        story.started(),
        story.final(0, Channel.CALLER, 1, 2, "", flags=("unheard",), confidence=0.0),
        story.final(1, Channel.CALLER, 3, 4, "02-120", flags=("low_digits",)),
        story.final(2, Channel.CALLER, 5, 6, "감사합니다", flags=("unsupported",)),
    )
    model = desk.window.call.conversation.model
    lines = desk.window.state.lines
    assert model.said(lines[0]) == "듣지 못함"
    assert model.doubt(lines[0]) == ""
    assert "숫자" in model.doubt(lines[1])
    assert "확인" in model.doubt(lines[2])


def test_without_a_model_only_practice_begins(desk: Desk) -> None:
    desk.services.models_ready = False
    desk.window.refresh_desk()
    start = desk.window.start
    assert not start.start.isEnabled()
    assert not start.open_file.isEnabled()
    assert "models fetch" in start.missing.text()
    assert start.missing.isVisible()
    desk.bot.keyClick(desk.window, Qt.Key.Key_F2)
    assert "start_devices" not in desk.control.names()
    assert desk.window.notices.shown == start.missing.text()
    start.run_practice.click()
    assert "start_practice" in desk.control.names()
    desk.services.models_ready = True
    desk.window.refresh_desk()
    assert start.start.isEnabled()
    assert not start.missing.isVisible()


def test_an_opening_db_is_told_and_followed(desk: Desk) -> None:
    desk.services.opening = True
    desk.window.refresh_desk()
    assert desk.window.bar.kb.text() == "DB 여는 중 …"
    assert desk.window._clock.interval() == OPENING_MS
    desk.services.opening = False
    desk.bot.waitUntil(lambda: "11-2" in desk.window.bar.kb.text(), timeout=3000)
    assert desk.window._clock.interval() == STATE_MS


@pytest.mark.parametrize("kind", list(CrisisKind))
def test_in_a_crisis_every_number_and_step_is_in_view(desk: Desk, kind: CrisisKind) -> None:
    script = tomllib.loads(path("scripts/crisis.toml").read_text(encoding="utf-8"))[kind.value]
    numbers = tuple((name, number) for name, number in script["numbers"])
    seen = story.crisis()
    finding = replace(seen.finding, kind=kind, steps=tuple(script["steps"]), numbers=numbers)
    desk.tell(*story.live(), replace(seen, finding=finding))
    area = desk.window.call.next_sentence.area
    desk.bot.waitUntil(lambda: area.widget().findChild(QFrame, "crisis") is not None)
    desk.bot.waitUntil(lambda: 0 < area.widget().height() <= area.viewport().height())
    assert area.verticalScrollBar().maximum() == 0


def test_keys_at_200_percent_keep_the_bar_whole(desk: Desk) -> None:
    desk.tell(*story.live())
    for _ in range(5):
        desk.bot.keyClick(desk.window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert desk.preferences.kept.text_scale == 2.0
    bar = desk.window.bar
    assert len(bar.rows.rows(bar.width())) > 1
    for fact in (bar.call, bar.kept, bar.meters[Channel.CALLER], bar.kb, bar.unsent, bar.lag, bar.dial_menu):
        desk.bot.waitUntil(fact.isVisible)
        assert fact.width() >= fact.sizeHint().width()
        assert bar.rect().contains(fact.geometry().translated(fact.parentWidget().mapTo(bar, QPoint())))


def test_no_speech_service_is_asked_for_where_none_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tts.sys, "platform", "linux")
    monkeypatch.setattr(tts.ctypes.util, "find_library", lambda _name: None)
    voice = tts.PracticeVoice()
    assert not voice.available


def test_closing_by_key_is_refused_in_a_call(desk: Desk) -> None:
    desk.tell(story.started())
    desk.bot.keyClick(desk.window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert desk.window.isVisible()
    assert desk.window.state.phase is Phase.LIVE
