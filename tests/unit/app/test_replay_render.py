"""Sound of a play line at a speed: every moment comes out when it should, at the pitch it had."""

from __future__ import annotations

import numpy as np
import pytest

from app.replay.line import PlayLine
from app.replay.render import Renderer
from audio.adapters.stretch import SignalsmithStretch
from audio.model import SAMPLE_RATE, Channel, Pcm

LENGTH = 40 * SAMPLE_RATE
CLICK = SAMPLE_RATE // 100
PIECE = SAMPLE_RATE // 10
CLICKS_S = (0.5, 3.8, 4.3, 8.05, 11.97, 12.6, 19.3, 24.001, 31.4)


class Sound:
    """A side with what it was made of, the other silent."""

    def __init__(self, pcm: Pcm) -> None:
        self._pcm = pcm

    def read(self, channel: Channel, start: int, end: int) -> Pcm:
        return self._pcm[start:end] if channel is Channel.AGENT else np.zeros(0, np.int16)


def clicks() -> Sound:
    pcm = np.zeros(LENGTH, np.int16)
    noise = np.random.default_rng(3).normal(0, 8000, CLICK).astype(np.int16)
    for at in CLICKS_S:
        start = round(at * SAMPLE_RATE)
        pcm[start : start + CLICK] = noise
    return Sound(pcm)


def tone(hertz: float) -> Sound:
    return Sound((8000 * np.sin(2 * np.pi * hertz * np.arange(LENGTH) / SAMPLE_RATE)).astype(np.int16))


def rendered(sound: Sound, line: PlayLine, speed: float) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    renderer = Renderer(line, speed, sound, frozenset(Channel), SignalsmithStretch())
    pieces = []
    while len(piece := renderer.take(PIECE)):
        pieces.append(piece)
    made: np.ndarray[tuple[int], np.dtype[np.int16]] = np.concatenate(pieces)
    return made


def middles(made: np.ndarray[tuple[int], np.dtype[np.int16]], near: list[float]) -> list[float]:
    """Return where the energy around each place is, seconds."""
    found = []
    for at in near:
        left = max(0, round((at - 0.05) * SAMPLE_RATE))
        part = made[left : round((at + 0.05) * SAMPLE_RATE)].astype(np.float64) ** 2
        found.append((left + float((part * np.arange(len(part))).sum() / part.sum())) / SAMPLE_RATE)
    return found


@pytest.mark.parametrize("speed", [0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0])
def test_a_moment_comes_out_when_it_should(speed: float) -> None:
    made = rendered(clicks(), PlayLine(0, LENGTH), speed)
    assert len(made) == int(LENGTH / speed)
    expected = [(at + CLICK / SAMPLE_RATE / 2) / speed for at in CLICKS_S]
    assert middles(made, expected) == pytest.approx(expected, abs=0.006)


def test_speed_1_is_the_sound_itself() -> None:
    sound = tone(300)
    made = rendered(sound, PlayLine(0, LENGTH), 1.0)
    assert np.abs(made.astype(int) - sound.read(Channel.AGENT, 0, LENGTH)).max() <= 1


@pytest.mark.parametrize("speed", [0.5, 1.5, 3.0])
def test_the_pitch_stays_and_the_joins_are_not_heard(speed: float) -> None:
    made = rendered(tone(300), PlayLine(0, LENGTH), speed).astype(np.float64)
    inner = made[SAMPLE_RATE:-SAMPLE_RATE]
    peak = np.abs(np.fft.rfft(inner * np.hanning(len(inner)))).argmax() * SAMPLE_RATE / len(inner)
    assert peak == pytest.approx(300, abs=2)
    # A step between two windows would be steeper than the tone itself ever is.
    steepest = 8000 * 2 * np.pi * 300 / SAMPLE_RATE
    assert np.abs(np.diff(inner)).max() < 1.6 * steepest


def test_what_is_cut_out_moves_the_rest_forward() -> None:
    line = PlayLine(0, LENGTH, left_out=((5 * SAMPLE_RATE, 10 * SAMPLE_RATE),))
    made = rendered(clicks(), line, 2.0)
    expected = [(at - 5 + CLICK / SAMPLE_RATE / 2) / 2 for at in CLICKS_S if at > 10]
    assert middles(made, expected) == pytest.approx(expected, abs=0.006)


def test_only_the_wished_sides_are_mixed_and_too_loud_is_cut_off() -> None:
    loud = Sound(np.full(LENGTH, 30_000, np.int16))
    line = PlayLine(0, LENGTH)
    assert Renderer(line, 1.0, loud, frozenset({Channel.CALLER}), SignalsmithStretch()).take(PIECE).max() == 0
    both = Renderer(line, 1.0, _Both(), frozenset(Channel), SignalsmithStretch()).take(PIECE)
    assert both.max() == both.min() == 32_767


class _Both:
    def read(self, channel: Channel, start: int, end: int) -> Pcm:
        return np.full(end - start, 30_000, np.int16)
