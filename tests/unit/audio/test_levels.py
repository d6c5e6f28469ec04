from __future__ import annotations

import numpy as np
import pytest

from audio.levels import FLOOR_DB, WINDOW, LevelMeter, measure
from audio.model import AudioBlock, Channel


def test_a_full_scale_square_wave_is_zero_decibel() -> None:
    levels = measure(Channel.AGENT, np.full(1600, -32768, np.int16))
    assert levels.rms_db == pytest.approx(0.0, abs=0.001)
    assert levels.peak_db == pytest.approx(0.0, abs=0.001)


def test_a_half_scale_sine_is_six_below_in_peak_and_nine_in_rms() -> None:
    sine = (16384 * np.sin(2 * np.pi * 1000 * np.arange(1600) / 16000)).astype(np.int16)
    levels = measure(Channel.CALLER, sine)
    assert levels.peak_db == pytest.approx(-6.02, abs=0.05)
    assert levels.rms_db == pytest.approx(-9.03, abs=0.05)


@pytest.mark.parametrize("pcm", [np.zeros(0, np.int16), np.zeros(1600, np.int16)])
def test_silence_is_the_floor(pcm: np.ndarray) -> None:
    levels = measure(Channel.AGENT, pcm)
    assert (levels.rms_db, levels.peak_db) == (FLOOR_DB, FLOOR_DB)


def test_one_measurement_a_tenth_of_a_second_whatever_the_blocks() -> None:
    meter = LevelMeter(Channel.AGENT)
    pcm = np.concatenate((np.zeros(WINDOW, np.int16), np.full(WINDOW, 3276, np.int16)))
    found = []
    for start in range(0, len(pcm), 700):
        found += meter.add(AudioBlock(Channel.AGENT, start, pcm[start : start + 700]))
    assert [round(levels.rms_db) for levels in found] == [-90, -20]
    assert meter.end == 2 * WINDOW
