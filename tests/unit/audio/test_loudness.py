"""How loud an utterance was, from the sound to the final; and what a caller's arousal makes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from assist.protect.arousal import Arousal
from audio.model import SAMPLE_RATE, Pcm
from audio.ports import VadState
from tests.helpers.live import AGENT, CALLER, CountingTranscriber, Rig, sound
from tests.helpers.material import data

WORDS = "네 지난달에 신청한 서류가 아직 안 왔어요"


class RelativeDetector:
    """Hears speech wherever a window is not far below the loudest of all, whatever the gain."""

    def __init__(self, peak: float) -> None:
        self._least = 0.03 * peak

    def probabilities(self, pcm: Pcm, state: VadState | None) -> tuple[NDArray[np.float32], VadState]:
        loud = np.abs(pcm.reshape(-1, 512).astype(np.int32)).max(axis=1) > self._least
        return np.where(loud, 0.95, 0.0).astype(np.float32), np.zeros(1, np.float32)


def tone(amplitude: float, seconds: float) -> Pcm:
    at = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return np.round(amplitude * np.sin(2 * np.pi * 220 * at)).astype(np.int16)


def still(seconds: float) -> Pcm:
    return sound(("still", seconds))


@pytest.mark.parametrize(("amplitude", "expected_db"), [(32767.0, -3.0), (3276.7, -23.0), (327.67, -43.0)])
def test_a_final_says_how_loud_its_voice_was_whatever_silence_is_around_it(
    rigs: Callable[..., Rig], amplitude: float, expected_db: float
) -> None:
    rig = rigs(realtime=False)
    rig.feed(caller=np.concatenate([still(2.0), tone(amplitude, 2.0), still(3.0)]))
    rig.live.finish()
    (final,) = rig.finals(CALLER)
    assert final.loudness_db == pytest.approx(expected_db, abs=0.6)


def test_each_side_has_its_own_loudness(rigs: Callable[..., Rig]) -> None:
    rig = rigs(realtime=False)
    rig.feed(
        agent=np.concatenate([tone(1_000.0, 2.0), still(4.0)]), caller=np.concatenate([still(4.0), tone(10_000.0, 2.0)])
    )
    rig.live.finish()
    quiet, loud = rig.finals(AGENT)[0].loudness_db, rig.finals(CALLER)[0].loudness_db
    assert quiet is not None
    assert loud is not None
    assert loud - quiet == pytest.approx(20.0, abs=0.6)


def spoken() -> list[NDArray[np.float64]]:
    """Real utterances at a level that leaves room for ten times as much; the seventh is shouted."""
    files = sorted(data("audio-nc", "deeply").glob("*.wav"))[:7]
    pieces = []
    for file in files:
        samples, rate = soundfile.read(file, dtype="float64")
        assert rate == SAMPLE_RATE
        samples = samples[: 3 * SAMPLE_RATE] if samples.ndim == 1 else samples[: 3 * SAMPLE_RATE, 0]
        pieces.append(600.0 * samples / np.sqrt(np.mean(samples**2)) / 4)
    pieces[-1] = pieces[-1] * 4
    return pieces


@pytest.mark.data
@pytest.mark.parametrize("gain", [0.1, 10.0])
def test_the_gain_of_the_line_changes_no_arousal(rigs: Callable[..., Rig], gain: float) -> None:
    def aroused(gain: float) -> list[float]:
        pieces = [np.clip(np.round(gain * piece), -32768, 32767).astype(np.int16) for piece in spoken()]
        peak = max(int(np.abs(piece.astype(np.int32)).max()) for piece in pieces)
        rig = rigs(realtime=False, vad=RelativeDetector(peak), transcriber=CountingTranscriber())
        rig.feed(caller=np.concatenate([np.concatenate([piece, still(1.5)]) for piece in pieces]))
        rig.live.finish()
        watch = Arousal(4)
        return [watch.add(replace(final, text=WORDS)) for final in rig.finals(CALLER)]

    usual, other = aroused(1.0), aroused(gain)
    assert usual[-1] >= 0.5
    assert other[-1] >= 0.5
    assert other == pytest.approx(usual, abs=0.1)
