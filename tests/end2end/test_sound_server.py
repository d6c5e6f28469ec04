"""Through a real sound server: what is played into two sinks arrives, aligned and whole, on its channel."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import soundfile

from audio.adapters.capture_process import DeviceSources, ProcessDeviceLister
from audio.adapters.resampler import SoxrResampler
from audio.adapters.system_clock import SystemClock
from audio.capture import DeviceSource
from audio.errors import DeviceFault
from audio.model import SAMPLE_RATE, CallerSide, Channel, DeviceHealth
from audio.settings import CaptureSettings
from audio.sound_check import LiveSoundCheck
from tests.helpers.pulse import AGENT_SINK, CALLER_SINK, SoundServer, sound_server

pytestmark = [pytest.mark.sound, pytest.mark.slow]

SETTINGS = CaptureSettings(retry_s=0.5)
AGENT_HZ, CALLER_HZ = 880.0, 440.0


@pytest.fixture(scope="module")
def server() -> Iterator[SoundServer]:
    with sound_server() as running:
        yield running


@pytest.fixture(scope="module")
def tones(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return half a minute of a steady tone for each sink."""
    folder = tmp_path_factory.mktemp("tones")
    files = {}
    for sink, hertz in ((AGENT_SINK, AGENT_HZ), (CALLER_SINK, CALLER_HZ)):
        files[sink] = folder / f"{sink}.wav"
        soundfile.write(files[sink], 0.3 * np.sin(2 * np.pi * hertz * np.arange(44100 * 30) / 44100), 44100)
    return files


class Listener:
    """Takes a source's blocks on a thread of its own, as the recorder does."""

    def __init__(self, source: DeviceSource) -> None:
        self.source = source
        self.fault: DeviceFault | None = None
        self._news = threading.Condition()
        self._sound: dict[Channel, list[np.ndarray]] = {channel: [] for channel in Channel}
        self._thread = threading.Thread(target=self._listen, name="recorder", daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        try:
            for block in self.source.blocks():
                with self._news:
                    self._sound[block.channel].append(block.pcm)
                    self._news.notify_all()
        except DeviceFault as fault:
            self.fault = fault

    def heard(self, channel: Channel) -> np.ndarray:
        with self._news:
            return np.concatenate([np.zeros(0, np.int16), *self._sound[channel]])

    def wait(self, what: str, until: Callable[[], bool], timeout_s: float = 20.0) -> None:
        """Wait for block after block until something is so."""
        deadline = time.monotonic() + timeout_s
        while not until():
            with self._news:
                self._news.wait(1.0)
            assert time.monotonic() < deadline, f"not within {timeout_s} s: {what}"

    def wait_for_tone(self, channel: Channel, seconds: float) -> None:
        """Wait for so much more sound that is not silence."""
        begin = len(self.heard(channel))
        self.wait(
            f"tone of the {channel}",
            lambda: int((np.abs(self.heard(channel)[begin:].astype(int)) > 500).sum()) > 0.8 * seconds * SAMPLE_RATE,
        )

    def wait_for_health(self, channel: Channel, health: DeviceHealth) -> None:
        self.wait(f"{channel} {health}", lambda: self.source.health()[channel] is health)

    def close(self) -> None:
        self.source.close()
        self._thread.join(10)
        assert not self._thread.is_alive()


@contextmanager
def listening(server: SoundServer, agent: str | None = None, caller: str | None = None) -> Iterator[Listener]:
    sources = DeviceSources(SoxrResampler, SystemClock(), SETTINGS)
    agent = server.agent_id if agent is None else agent
    caller = server.caller_id if caller is None else caller
    listener = Listener(sources.open(agent, caller, CallerSide.LOOPBACK))
    try:
        yield listener
    finally:
        listener.close()


def breaks(pcm: np.ndarray, hertz: float) -> int:
    """Return how many samples do not continue the steady tone they are in."""
    loud = np.flatnonzero(np.abs(pcm.astype(int)) > 500)
    tone = pcm[loud[0] + 400 : loud[-1] - 400].astype(float)
    rest = tone[2:] - 2 * np.cos(2 * np.pi * hertz / SAMPLE_RATE) * tone[1:-1] + tone[:-2]
    return int((np.abs(rest) > 300).sum())


def strength(pcm: np.ndarray, hertz: float) -> float:
    """Return the amplitude of a tone in the last two seconds."""
    tail = pcm[-2 * SAMPLE_RATE :].astype(float)
    return float(2 * np.abs(np.mean(tail * np.exp(-2j * np.pi * hertz * np.arange(len(tail)) / SAMPLE_RATE))))


def strongest(pcm: np.ndarray, hertz: float) -> float:
    """Return the greatest amplitude of a tone in any tenth of a second."""
    tenths = pcm[: len(pcm) - len(pcm) % 1600].astype(float).reshape(-1, 1600)
    turn = np.exp(-2j * np.pi * hertz * np.arange(1600) / SAMPLE_RATE)
    return float(2 * np.abs((tenths * turn).mean(axis=1)).max())


def test_devices_are_listed_with_their_kind(server: SoundServer) -> None:
    found = {device.id: device for device in ProcessDeviceLister().devices()}
    assert found[server.agent_id].kind is CallerSide.INPUT
    assert found[server.agent_id].is_default
    assert found[server.caller_id].kind is CallerSide.LOOPBACK
    assert found[server.caller_id].is_default


def test_both_sides_arrive_whole_on_their_own_channel(server: SoundServer, tones: dict[str, Path]) -> None:
    with (
        listening(server) as call,
        server.play(tones[AGENT_SINK], AGENT_SINK),
        server.play(tones[CALLER_SINK], CALLER_SINK),
    ):
        call.wait_for_tone(Channel.AGENT, 5.0)
        call.wait_for_tone(Channel.CALLER, 5.0)
        call.close()
        agent, caller = call.heard(Channel.AGENT), call.heard(Channel.CALLER)
        lost = call.source.lost_samples()
    assert strength(agent, AGENT_HZ) > 8000
    assert strength(agent, CALLER_HZ) < 100
    assert strength(caller, CALLER_HZ) > 8000
    assert strength(caller, AGENT_HZ) < 100
    assert abs(len(agent) - len(caller)) <= 0.3 * SAMPLE_RATE
    assert lost <= 0.01 * len(agent)
    if lost == 0:
        assert breaks(agent, AGENT_HZ) == 0
        assert breaks(caller, CALLER_HZ) == 0


def test_the_defaults_are_the_default_devices(server: SoundServer, tones: dict[str, Path]) -> None:
    with listening(server, agent="", caller="") as call, server.play(tones[CALLER_SINK], CALLER_SINK):
        call.wait_for_tone(Channel.CALLER, 2.0)
        assert call.source.health()[Channel.AGENT] is DeviceHealth.OK
        assert not call.heard(Channel.AGENT).any()


def test_a_killed_capture_process_is_replaced(server: SoundServer, tones: dict[str, Path]) -> None:
    with listening(server) as call, server.play(tones[CALLER_SINK], CALLER_SINK):
        call.wait_for_tone(Channel.CALLER, 1.0)
        (feed,) = [side.feed for side in call.source._sides if Channel.CALLER in side.channels]
        os.kill(feed.pid, signal.SIGKILL)
        call.wait("a new process", lambda: call.source.restarts() == 1)
        call.wait_for_tone(Channel.CALLER, 2.0)
        call.close()
        # A pause of the new process breaks the phase, so the tone is looked for in short pieces.
        assert strongest(call.heard(Channel.CALLER)[-SAMPLE_RATE:], CALLER_HZ) > 8000
        assert abs(len(call.heard(Channel.CALLER)) - len(call.heard(Channel.AGENT))) <= 1.2 * SAMPLE_RATE
        assert call.source.lost_samples() > 0


def test_an_unplugged_microphone_is_said_and_comes_back(server: SoundServer, tones: dict[str, Path]) -> None:
    with (
        listening(server) as call,
        server.play(tones[AGENT_SINK], AGENT_SINK),
        server.play(tones[CALLER_SINK], CALLER_SINK),
    ):
        call.wait_for_tone(Channel.AGENT, 1.0)
        call.wait_for_tone(Channel.CALLER, 1.0)
        server.unplug_microphone()
        call.wait_for_health(Channel.AGENT, DeviceHealth.UNPLUGGED)
        assert call.source.health()[Channel.CALLER] is DeviceHealth.OK
        call.wait_for_tone(Channel.CALLER, 2.0)
        server.plug_microphone()
        server.pactl("set-default-source", "doumi_microphone")
        call.wait_for_health(Channel.AGENT, DeviceHealth.OK)
        call.wait_for_tone(Channel.AGENT, 2.0)
        call.close()
        agent = call.heard(Channel.AGENT)
        # The server moved the stream to another source meanwhile; none of that may be taken for the microphone.
        assert strongest(agent, CALLER_HZ) < 2500
        assert strength(agent, AGENT_HZ) > 8000
        assert call.source.lost_samples() > 0
        assert any(gap.channel is Channel.AGENT for gap in call.source.gaps())


def test_a_default_microphone_that_comes_back_never_takes_the_callers_place(
    server: SoundServer, tones: dict[str, Path]
) -> None:
    with (
        listening(server, agent="", caller="") as call,
        server.play(tones[AGENT_SINK], AGENT_SINK),
        server.play(tones[CALLER_SINK], CALLER_SINK),
    ):
        call.wait_for_tone(Channel.AGENT, 1.0)
        call.wait_for_tone(Channel.CALLER, 1.0)
        server.unplug_microphone()
        call.wait_for_health(Channel.AGENT, DeviceHealth.UNPLUGGED)
        # The server makes it the default again and moves every recording to it, the caller's too.
        server.plug_microphone()
        server.pactl("set-default-source", "doumi_microphone")
        call.wait_for_health(Channel.AGENT, DeviceHealth.OK)
        call.wait_for_tone(Channel.AGENT, 2.0)
        call.wait_for_tone(Channel.CALLER, 2.0)
        call.close()
        assert strongest(call.heard(Channel.AGENT), CALLER_HZ) < 2500
        assert strongest(call.heard(Channel.CALLER), AGENT_HZ) < 2500


def test_a_missing_microphone_is_said_and_the_call_goes_on(server: SoundServer, tones: dict[str, Path]) -> None:
    with listening(server, agent="pulse:absent") as call, server.play(tones[CALLER_SINK], CALLER_SINK):
        call.wait_for_tone(Channel.CALLER, 1.0)
        call.wait_for_health(Channel.AGENT, DeviceHealth.MISSING)
        assert call.source.faults()[Channel.AGENT].code == "audio.device_missing"


def test_no_device_at_all_is_one_fault(server: SoundServer) -> None:
    with listening(server, agent="pulse:absent", caller="pulse:absent.monitor") as call:
        call.wait("a fault", lambda: call.fault is not None)
        assert call.fault is not None
        assert call.fault.code == "audio.device_missing"


def test_the_sound_check_shows_levels_and_silence(server: SoundServer, tones: dict[str, Path]) -> None:
    sources = DeviceSources(SoxrResampler, SystemClock(), SETTINGS)
    check = LiveSoundCheck(lambda: sources.open(server.agent_id, server.caller_id, CallerSide.LOOPBACK))
    try:
        with server.play(tones[CALLER_SINK], CALLER_SINK):
            deadline = time.monotonic() + 20
            pause = threading.Event()
            while True:
                levels = {level.channel: level for level in check.levels()}
                if check.health().get("agent") is DeviceHealth.SILENT and levels[Channel.CALLER].peak_db > -20:
                    break
                assert time.monotonic() < deadline
                pause.wait(0.1)
            assert levels[Channel.AGENT].rms_db == -90.0
            assert "마이크" in check.fault()
    finally:
        check.close()
        check.close()
