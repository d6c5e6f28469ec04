from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest

from audio.errors import DeviceFault
from audio.model import AudioBlock, Channel, DeviceHealth
from audio.sound_check import LiveSoundCheck


class Source:
    """Two blocks, then it waits to be closed."""

    channels = (Channel.AGENT, Channel.CALLER)

    def __init__(self, fault: Exception | None = None) -> None:
        self.states = dict.fromkeys(self.channels, DeviceHealth.OK)
        self.delivered = threading.Event()
        self._fault = fault
        self._closed = threading.Event()

    def blocks(self) -> Iterator[AudioBlock]:
        if self._fault is not None:
            self.delivered.set()
            raise self._fault
        yield AudioBlock(Channel.AGENT, 0, np.full(1600, 3277, np.int16))
        yield AudioBlock(Channel.CALLER, 0, np.zeros(1600, np.int16))
        self.delivered.set()
        self._closed.wait(10)

    def health(self) -> dict[Channel, DeviceHealth]:
        return self.states

    def lost_samples(self) -> int:
        return 0

    def close(self) -> None:
        self._closed.set()


def test_levels_and_health_of_both_channels() -> None:
    source = Source()
    check = LiveSoundCheck(lambda: source)
    source.delivered.wait(10)
    levels = {level.channel: round(level.peak_db) for level in check.levels()}
    assert levels == {Channel.AGENT: -20, Channel.CALLER: -90}
    assert check.health() == {"agent": DeviceHealth.OK, "caller": DeviceHealth.OK}
    assert check.fault() == ""
    check.close()
    check.close()


@pytest.mark.parametrize(
    "health", [DeviceHealth.SILENT, DeviceHealth.MISSING, DeviceHealth.UNPLUGGED, DeviceHealth.STUCK]
)
def test_each_state_of_the_microphone_has_a_sentence_of_its_own(health: DeviceHealth) -> None:
    source = Source()
    check = LiveSoundCheck(lambda: source)
    source.states[Channel.AGENT] = health
    assert "상담사 마이크" in check.fault()
    source.states[Channel.AGENT] = DeviceHealth.OK
    assert check.fault() == ""
    check.close()


@pytest.mark.parametrize(
    ("error", "words"), [(DeviceFault("audio.device_busy"), "열지 못했습니다"), (RuntimeError("bug"), "내부 오류")]
)
def test_what_ends_the_source_is_said(error: Exception, words: str) -> None:
    source = Source(error)
    check = LiveSoundCheck(lambda: source)
    source.delivered.wait(10)
    check.close()
    assert words in check.fault()


def test_a_source_that_cannot_be_made_is_said() -> None:
    def fail() -> Source:
        raise DeviceFault("audio.device_missing")

    check = LiveSoundCheck(fail)
    assert "찾지 못했습니다" in check.fault()
    assert check.levels() == ()
    assert check.health() == {}
    check.close()
