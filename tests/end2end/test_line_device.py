"""A notice played into a virtual output device of a real sound server arrives there, whole, and nowhere else."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from app.sound import NoticePlayer
from audio.errors import DeviceFault, FileFault
from tests.helpers.pulse import AGENT_SINK, CALLER_SINK, SoundServer, sound_server

pytestmark = [pytest.mark.sound, pytest.mark.slow]
SECONDS, HERTZ = 1.5, 700.0


@pytest.fixture(scope="module")
def server() -> Iterator[SoundServer]:
    with sound_server() as running:
        yield running


@pytest.fixture
def player() -> Iterator[NoticePlayer]:
    made = NoticePlayer()
    yield made
    made.close()


@pytest.fixture(scope="module")
def notice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a mono notice at a rate the server has to convert."""
    file = tmp_path_factory.mktemp("notice") / "종료 고지.wav"
    tone = 0.4 * np.sin(2 * np.pi * HERTZ * np.arange(int(22_050 * SECONDS)) / 22_050)
    soundfile.write(file, tone, 22_050)
    return file


class Tap:
    """Records what a sink plays, until it is read."""

    def __init__(self, sink: str) -> None:
        self._process = subprocess.Popen(
            ["parec", f"--device={sink}.monitor", "--raw", "--rate=16000", "--channels=1", "--latency-msec=20"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._sound = bytearray()
        self._begun = threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()
        assert self._begun.wait(60)

    def _read(self) -> None:
        assert self._process.stdout is not None
        while part := self._process.stdout.read(640):
            self._sound += part
            self._begun.set()

    def taken(self) -> np.ndarray:
        self._process.terminate()
        self._process.wait(10)
        self._thread.join(10)
        assert self._process.stdout is not None
        self._process.stdout.close()
        whole = len(self._sound) // 2 * 2
        return np.frombuffer(bytes(self._sound[:whole]), np.int16).astype(float) / 32768


def tone_seconds(sound: np.ndarray) -> float:
    """Return how many seconds of a record hold the notice's tone."""
    block = 160
    blocks = sound[: len(sound) // block * block].reshape(-1, block)
    turn = np.exp(-2j * np.pi * HERTZ * np.arange(block) / 16_000)
    return float(np.count_nonzero(np.abs(blocks @ turn) * 2 / block > 0.1)) * block / 16_000


@pytest.mark.parametrize("device", [AGENT_SINK, f"pulse:{AGENT_SINK}"])
def test_the_named_sink_plays_the_whole_notice_before_it_counts_as_played(
    server: SoundServer, player: NoticePlayer, notice: Path, device: str
) -> None:
    there, elsewhere = Tap(AGENT_SINK), Tap(CALLER_SINK)
    player.play(notice, device)
    heard, beside = tone_seconds(there.taken()), tone_seconds(elsewhere.taken())
    # A loaded machine may lose a little of what is recorded here, never half of it.
    assert 0.75 * SECONDS <= heard <= 1.2 * SECONDS
    assert beside == 0


def test_an_unknown_device_plays_nothing_anywhere(server: SoundServer, player: NoticePlayer, notice: Path) -> None:
    """The server would take an unknown sink for the default one: the counsellor's own headset."""
    default = Tap(CALLER_SINK)
    for name in ("no_such_sink", "pulse:no_such_sink", "portaudio:ALSA:none"):
        with pytest.raises(DeviceFault) as caught:
            player.play(notice, name)
        assert caught.value.code == "audio.notice_output_missing"
    assert tone_seconds(default.taken()) == 0


def test_a_sound_that_is_none_or_far_too_long_is_refused(player: NoticePlayer, tmp_path: Path) -> None:
    with pytest.raises(FileFault) as caught:
        player.play(tmp_path / "none.wav", AGENT_SINK)
    assert caught.value.code == "audio.file_missing"
    long = tmp_path / "long.wav"
    soundfile.write(long, np.zeros(8_000 * 121, np.int16), 8_000)
    with pytest.raises(FileFault) as caught:
        player.play(long, AGENT_SINK)
    assert caught.value.code == "audio.notice_too_long"
