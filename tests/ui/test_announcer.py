"""Announcements: what is said, when, on which output and ear; what a screen reader is told."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from assist.events import CallHeld, NoticeRaised
from audio.events import DeviceStateChanged, LagChanged, LevelsMeasured
from audio.model import CallerSide, Channel, DeviceChoice, DeviceHealth, Levels
from resources.notices import sentence
from tests.helpers.pulse import AGENT_SINK, CALLER_SINK, SoundServer, sound_server
from tests.ui import story
from tests.ui.conftest import Desk
from ui import announce_devices, announcer
from ui.announce_voice import ProgramSpeech, find_speech, resampled, stereo, wave_of
from ui.announced import Said
from ui.announcer import AGAIN_MS, APART_MS, QUIET_MS, Announcer

ELSEWHERE = DeviceChoice("mic-1", "line-1", CallerSide.INPUT)


@dataclass
class FakeSpeech:
    """Notes what is said; ``end`` lets the sentence end."""

    has_sides: bool = True
    said: list[tuple[str, str]] = field(default_factory=list)
    stops: int = 0
    end: Callable[[], None] = lambda: None

    def say(self, text: str, device: Any, side: str, done: Callable[[], None]) -> None:
        self.said.append((text, side))
        self.end = done

    def stop(self) -> None:
        self.stops += 1

    @property
    def texts(self) -> list[str]:
        return [text for text, _ in self.said]


@dataclass
class Rig:
    """A desk whose announcements go to a list, under a clock turned by hand."""

    desk: Desk
    announcer: Announcer
    speech: FakeSpeech
    clock: list[int]

    def tell(self, *events: Any) -> None:
        self.desk.tell(*events)

    def later(self, ms: int) -> None:
        self.clock[0] += ms
        self.announcer.look()

    def spoken(self) -> None:
        """The sentence ends and the time between two has passed."""
        self.speech.end()
        self.later(APART_MS)


@pytest.fixture
def rig(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    clock, speech = [100_000], FakeSpeech()
    device = object()
    monkeypatch.setattr(announce_devices, "find", lambda ident: None if ident == "gone" else device)
    monkeypatch.setattr(announce_devices, "is_callers", lambda _device, choice: choice != ELSEWHERE)
    desk.window.announcer.close()
    desk.window.bridge.batch.disconnect(desk.window.announcer.take)
    desk.window.preferences = replace(desk.window.preferences, announce=True)
    made = Announcer(desk.window, lambda: ELSEWHERE, lambda _language, _parent: speech, lambda: clock[0])
    desk.window.announcer = made
    desk.window.bridge.batch.connect(made.take)
    yield Rig(desk, made, speech, clock)
    made.close()


def loud(channel: Channel) -> LevelsMeasured:
    return LevelsMeasured(**story.at(20), levels=Levels(channel, -20.0, -10.0))


def test_changes_of_a_call_are_spoken_in_short_korean_sentences(rig: Rig) -> None:
    rig.tell(story.started(), story.suggestions(story.card(0)))
    assert rig.speech.texts == ["통화가 시작되었습니다."]
    rig.spoken()
    rig.tell(LagChanged(**story.at(9), backlog_s=6.2, step=1))
    rig.spoken()
    rig.tell(DeviceStateChanged(**story.at(9), channel=Channel.CALLER, health=DeviceHealth.SILENT))
    for _ in range(3):
        rig.spoken()
    rig.tell(CallHeld(**story.at(10), held=True))
    rig.spoken()
    rig.tell(story.ended())
    rig.spoken()
    rig.tell(story.draft(final_one=True))
    rig.spoken()
    assert rig.speech.texts[1:] == [
        "답변: 불법 주정차 신고 방법과 처리 절차",
        "인식이 6초 늦습니다.",
        "시민 소리가 들리지 않습니다.",
        "통화가 보류되었습니다.",
        "통화가 끝났습니다.",
        "기록 초안이 준비되었습니다.",
    ]


def test_nothing_is_said_while_somebody_speaks_but_danger_to_a_person(rig: Rig) -> None:
    rig.tell(story.started())
    rig.spoken()
    rig.tell(loud(Channel.CALLER), story.suggestions(story.card(0)), story.abuse())
    rig.later(QUIET_MS - 1)
    assert len(rig.speech.said) == 1
    rig.tell(story.crisis())
    assert rig.speech.texts[-1] == "위험에 놓인 사람이 있을 수 있습니다. 할 말을 확인하세요."
    rig.later(APART_MS)
    rig.tell(loud(Channel.AGENT))
    rig.speech.end()
    rig.later(QUIET_MS - 1)
    assert len(rig.speech.said) == 2
    rig.later(1)
    assert rig.speech.texts[2:] == ["답변: 불법 주정차 신고 방법과 처리 절차"]
    rig.spoken()
    assert rig.speech.texts[3:] == ["안내할 말이 준비되었습니다."]


def test_what_waited_too_long_is_dropped_and_a_newer_answer_takes_its_place(rig: Rig) -> None:
    rig.tell(story.started())
    rig.spoken()
    rig.tell(loud(Channel.CALLER), story.suggestions(story.card(0)))
    rig.tell(story.suggestions(story.card(1), asked=3))
    rig.later(QUIET_MS)
    assert rig.speech.texts[1:] == ["답변: 거주자우선주차구역 무단주차 견인 요청"]
    rig.spoken()
    rig.tell(loud(Channel.CALLER), story.suggestions(story.card(2), asked=5))
    rig.later(60_000)
    assert len(rig.speech.said) == 2


def test_the_same_sentence_is_not_said_twice_in_ten_seconds_nor_two_in_a_row(rig: Rig) -> None:
    rig.tell(story.started())
    rig.spoken()
    notice = NoticeRaised(call_id="", t_ns=0, code="audio.disk_low", severity="warning", params={"minutes": "90"})
    rig.tell(notice)
    rig.spoken()
    rig.tell(notice)
    rig.spoken()
    assert rig.speech.texts[1:] == [sentence("audio.disk_low", minutes="90")]
    rig.later(AGAIN_MS)
    rig.tell(notice)
    assert len(rig.speech.said) == 3


def test_a_key_silences_and_says_it_again(rig: Rig) -> None:
    rig.tell(story.started(), story.suggestions(story.card(0)))
    stops = rig.speech.stops
    rig.desk.window.registry.run("hush")
    assert rig.speech.stops == stops + 1
    rig.later(60_000)
    assert len(rig.speech.said) == 1
    rig.desk.window.registry.run("hush")
    assert rig.speech.texts == ["통화가 시작되었습니다."] * 2


def test_switched_off_nothing_is_spoken(rig: Rig) -> None:
    rig.desk.window.preferences = replace(rig.desk.window.preferences, announce=False)
    rig.tell(story.started(), story.crisis())
    assert rig.speech.said == []
    window = rig.desk.window
    window.open_settings()
    assert window.settings is not None
    window.settings.hear_asked.emit()
    assert rig.speech.texts == ["알림은 여기로 들립니다."]


def test_troubles_of_the_announcements_are_told_once_and_break_nothing(rig: Rig) -> None:
    window, notices = rig.desk.window, rig.desk.window.notices
    window.preferences = replace(window.preferences, announce_device="gone")
    rig.tell(story.started(), story.crisis())
    assert rig.speech.said == []
    assert "출력 장치가 없습니다" in notices.shown
    notices.dismiss()
    rig.tell(story.ended())
    rig.later(APART_MS)
    assert not notices.shown
    window.preferences = replace(window.preferences, announce_device="", announce_side="left")
    rig.speech.has_sides = False
    rig.tell(story.draft(final_one=True))
    rig.later(APART_MS)
    assert rig.speech.said == [("기록 초안이 준비되었습니다.", "left")]
    assert "한쪽 귀" in notices.shown


def test_without_a_voice_it_is_told_once(rig: Rig) -> None:
    silent = Announcer(rig.desk.window, lambda: ELSEWHERE, lambda _language, _parent: None)
    silent.try_out()
    silent.say(Said("crisis", "위험", urgent=True))
    assert "음성이 없습니다" in rig.desk.window.notices.shown
    rig.desk.window.notices.dismiss()
    assert not rig.desk.window.notices.shown


def test_what_the_call_would_record_as_the_caller_is_not_said_in_it(rig: Rig) -> None:
    here = Announcer(rig.desk.window, rig.desk.services.choice, lambda *_: rig.speech, lambda: rig.clock[0])
    rig.desk.window.bridge.batch.disconnect(rig.announcer.take)
    rig.desk.window.bridge.batch.connect(here.take)
    rig.tell(story.started(), story.crisis())
    assert rig.speech.said == []
    assert "시민 소리를 받는 장치" in rig.desk.window.notices.shown
    rig.tell(story.ended())
    rig.later(APART_MS)
    here.look()
    assert rig.speech.texts == ["통화가 끝났습니다."]


def test_screen_readers_are_told_whether_or_not_it_speaks(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, bool]] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(announcer, "tell_readers", lambda _source, text, urgent: told.append((text, urgent)))
    rig.desk.window.preferences = replace(rig.desk.window.preferences, announce=False)
    rig.tell(story.started(), story.crisis())
    assert told[0] == ("통화가 시작되었습니다.", False)
    assert told[1][1]


def test_the_event_for_a_reader_is_one_that_qt_takes(desk: Desk) -> None:
    announcer.tell_readers(desk.window, "통화가 끝났습니다.", urgent=True)


def test_one_ear_is_silent() -> None:
    sound = np.array([0.5, -0.5], np.float32)
    left, right, both = (stereo(sound, side) for side in ("left", "right", "both"))
    assert left[:, 0].tolist() == right[:, 1].tolist() == both[:, 0].tolist() == both[:, 1].tolist()
    assert not left[:, 1].any()
    assert not right[:, 0].any()
    assert len(resampled(np.zeros(22_050, np.float32), 22_050, 48_000)) == 48_000
    assert wave_of(b"RIFF nothing") is None


# -- with a sound server and a real voice -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def server() -> Iterator[SoundServer]:
    with sound_server() as made:
        yield made


def recorded(server: SoundServer, sink: str, file: Path, until: Callable[[], None]) -> np.ndarray:
    """Return what a sink played while ``until`` ran, int16, shape (n, 2), 22,050 Hz."""
    command = [
        "parec",
        f"--device={sink}.monitor",
        "--format=s16le",
        "--rate=22050",
        "--channels=2",
        "--latency-msec=20",
    ]
    with file.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        try:
            until()
        finally:
            process.terminate()
            process.wait(5)
    data = file.read_bytes()
    return np.frombuffer(data[: len(data) // 4 * 4], "<i2").reshape(-1, 2)


@pytest.mark.qt_log_ignore("pipewire", "FFmpeg", "This plugin does not support", extend=True)
def test_a_real_voice_speaks_on_the_chosen_output_into_the_chosen_ear(
    server: SoundServer, desk: Desk, tmp_path: Path
) -> None:
    owner = QObject()
    speech = find_speech("ko", owner)
    if not isinstance(speech, ProgramSpeech):
        pytest.skip("no speech program on this system (apt install espeak-ng)")
    names = [ident for ident, _ in announce_devices.outputs()]
    assert {"", AGENT_SINK, CALLER_SINK} <= set(names)
    device = announce_devices.find(AGENT_SINK)
    assert device is not None
    assert announce_devices.find("no-such-output") is None
    default = announce_devices.find("")
    assert default is not None
    loopback = DeviceChoice("", f"pulse:{CALLER_SINK}.monitor", CallerSide.LOOPBACK)
    assert announce_devices.is_callers(default, loopback)
    assert announce_devices.is_callers(default, DeviceChoice(""))
    assert not announce_devices.is_callers(device, replace(loopback, caller_side=CallerSide.INPUT))
    over: list[bool] = []

    def speak() -> None:
        desk.bot.waitUntil(lambda: "Source Output" in server.pactl("list", "source-outputs"))
        speech.say("통화가 끝났습니다.", device, "left", lambda: over.append(True))
        desk.bot.waitUntil(lambda: bool(over), timeout=15_000)

    heard = recorded(server, AGENT_SINK, tmp_path / "left.pcm", speak)
    left, right = np.abs(heard[:, 0].astype(int)), np.abs(heard[:, 1].astype(int))
    assert left.max() > 1000
    assert right.max() < 50
    speech.say("통화가 끝났습니다.", device, "both", lambda: over.append(True))
    speech.stop()
    QTest.qWait(0)
    assert len(over) == 1
