"""What a device says is turned into what is heard: latency, stalls, runs that follow one another, other rates."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from audio.adapters import replay_output
from audio.adapters.replay_output import ReplayOutput
from audio.errors import DeviceFault
from audio.model import SAMPLE_RATE, Pcm

LATENCY_S = 0.15
BLOCK_S = 0.02


class Device:
    """A sound system under the test's own clock; fills what is used of ``sounddevice``."""

    PortAudioError = OSError
    CallbackStop = StopIteration

    def __init__(self, rate: int = SAMPLE_RATE) -> None:
        self.rate, self.now_s, self.missing = rate, 100.0, False
        self.active, self.got = True, np.zeros(0, np.float32)
        self.callback: Any = None

    def check_output_settings(self, samplerate: int, **_other: object) -> None:
        if samplerate != self.rate:
            raise OSError

    def query_devices(self, *_which: object) -> dict[str, Any]:
        return {"default_samplerate": self.rate}

    def OutputStream(self, callback: Any, **_other: object) -> Device:  # noqa: N802 - sounddevice's name
        if self.missing:
            raise OSError
        self.callback = callback
        return self

    def start(self) -> None:
        self.active = True

    def abort(self, ignore_errors: bool) -> None:
        self.active = False

    close = abort

    @property
    def time(self) -> float:
        return self.now_s

    def perf_counter_ns(self) -> int:
        return round(self.now_s * 1e9)

    def plays(self, seconds: float) -> None:
        """Let time pass with a block asked for every 20 ms, heard as long after as the latency is."""
        for _ in range(round(seconds / BLOCK_S)):
            out = np.zeros((round(self.rate * BLOCK_S), 1), np.float32)
            times = SimpleNamespace(currentTime=self.now_s, outputBufferDacTime=self.now_s + LATENCY_S)
            self.callback(out, len(out), times, None)
            self.got = np.concatenate((self.got, out[:, 0]))
            self.now_s += BLOCK_S


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> Device:
    made = Device()
    monkeypatch.setattr(replay_output, "sounddevice", made)
    monkeypatch.setattr(replay_output, "time", made)
    return made


def loud(seconds: float, level: int = 8000) -> Pcm:
    return np.full(round(seconds * SAMPLE_RATE), level, np.int16)


def heard_s(output: ReplayOutput, run: int) -> tuple[int, float, bool]:
    told = output.feed(run, None)
    return told[0], told[1] / SAMPLE_RATE, told[3]


def test_what_is_heard_is_behind_what_was_taken_by_the_latency(device: Device) -> None:
    output = ReplayOutput()
    output.feed(1, loud(1.0))
    device.plays(0.1)
    assert heard_s(output, 1)[0] == -1  # taken, and not heard yet
    device.plays(0.4)
    run, at_s, moving = heard_s(output, 1)
    assert (run, moving) == (1, True)
    assert at_s == pytest.approx(0.5 - LATENCY_S, abs=1e-4)
    device.plays(1.0)
    assert heard_s(output, 1) == (1, 1.0, False)


def test_behind_a_stall_nothing_is_heard_again_and_nothing_early(device: Device) -> None:
    output = ReplayOutput()
    output.feed(1, loud(1.0))
    device.plays(0.5)
    device.now_s += 0.4  # the device played what it had, then nothing
    assert heard_s(output, 1)[1] == pytest.approx(0.5, abs=1e-4)
    device.plays(0.1)
    assert heard_s(output, 1)[1] == pytest.approx(0.5, abs=1e-4)
    device.plays(0.1)
    assert heard_s(output, 1)[1] == pytest.approx(0.5 + 0.2 - LATENCY_S, abs=1e-4)


def test_a_new_run_drops_what_waits_and_follows_what_was_taken(device: Device) -> None:
    output = ReplayOutput()
    output.feed(1, loud(1.0))
    device.plays(0.3)
    assert output.rest(1) == round(0.3 * SAMPLE_RATE)
    output.feed(2, loud(0.5, -8000))
    device.plays(0.1)
    run, at_s, _ = heard_s(output, 2)
    assert (run, at_s) == (1, pytest.approx(0.3 + 0.1 - LATENCY_S, abs=1e-4))
    device.plays(0.2)
    assert heard_s(output, 2)[:2] == (2, pytest.approx(0.3 - LATENCY_S, abs=1e-4))
    assert np.abs(np.diff(device.got)).max() < 0.02  # neither beginning, change nor end is a click


def test_a_device_at_another_rate_hears_the_same_seconds(device: Device) -> None:
    device.rate = 48_000
    output = ReplayOutput()
    for _ in range(9):
        output.feed(1, loud(0.1))
    output.feed(1, loud(0.1), True)
    device.plays(0.6)
    assert heard_s(output, 1)[1] == pytest.approx(0.6 - LATENCY_S, abs=1e-3)
    device.plays(1.0)
    assert heard_s(output, 1)[1] == pytest.approx(1.0, abs=1e-3)


def test_without_a_device_and_with_one_that_hangs_there_is_a_fault(device: Device) -> None:
    device.missing = True
    output = ReplayOutput()
    with pytest.raises(DeviceFault) as caught:
        output.feed(1, loud(1.0))
    assert caught.value.code == "audio.no_output"
    device.missing = False
    output.feed(2, loud(1.0))
    device.plays(0.2)
    device.now_s += 5
    with pytest.raises(DeviceFault) as caught:
        output.feed(2, None)
    assert caught.value.code == "audio.output_lost"


def test_a_device_that_rests_is_let_go_and_opened_again(device: Device) -> None:
    output = ReplayOutput()
    output.feed(1, loud(0.2))
    with pytest.raises(StopIteration):
        device.plays(5.0)
    device.active = False
    output.feed(2, loud(1.0))
    device.plays(0.5)
    assert heard_s(output, 2) == (2, pytest.approx(0.5 - LATENCY_S, abs=1e-4), True)
