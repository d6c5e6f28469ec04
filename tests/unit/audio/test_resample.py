from __future__ import annotations

import numpy as np
import pytest

from audio.adapters.resampler import SoxrResampler
from audio.model import Channel
from audio.resample import Converter, assign, nudged, quantise

STEREO = (Channel.AGENT, Channel.CALLER)


def convert(samples: np.ndarray, rate: int, step: int = 4800) -> np.ndarray:
    """Return ``samples`` (one column) at 16 kHz, given piece by piece."""
    converter = Converter(rate, (Channel.CALLER,), SoxrResampler)
    frames = samples.astype(np.float32)[:, np.newaxis]
    pieces = [converter.convert(frames[at : at + step])[0] for at in range(0, len(frames), step)]
    pieces.append(converter.convert(np.zeros((0, 1), np.float32), last=True)[0])
    return np.concatenate(pieces)


@pytest.mark.parametrize("rate", [8000, 11025, 22050, 44100, 48000, 96000])
def test_an_impulse_stays_at_its_own_time(rate: int) -> None:
    samples = np.zeros(rate)
    samples[rate // 2] = 0.9
    pcm = convert(samples, rate, step=997)
    assert abs(int(np.argmax(np.abs(pcm.astype(int)))) - 8000) <= 1
    assert len(pcm) == pytest.approx(16000, abs=1)


def test_what_16_khz_cannot_hold_is_filtered_out_not_folded() -> None:
    high = 0.5 * np.sin(2 * np.pi * 11_000 * np.arange(48_000) / 48_000)
    pcm = convert(high, 48_000)
    assert np.sqrt(np.mean(pcm[1600:-1600].astype(float) ** 2)) < 33  # -60 dBFS


def test_speech_band_passes_unchanged() -> None:
    tone = 0.5 * np.sin(2 * np.pi * 1000 * np.arange(48_000) / 48_000)
    pcm = convert(tone, 48_000).astype(float)
    expected = 16384 * np.sin(2 * np.pi * 1000 * np.arange(16_000) / 16_000)
    assert np.abs(pcm - expected)[800:-800].max() < 40


def test_the_same_rate_is_bit_exact() -> None:
    values = np.array([-32768, -1, 0, 1, 32767], np.int16)
    assert convert(values / 32768, 16_000).tolist() == values.tolist()


def test_too_loud_clips_instead_of_wrapping() -> None:
    assert quantise(np.array([1.5, -1.5], np.float32)).tolist() == [32767, -32768]


def test_left_is_the_agent_and_right_the_caller() -> None:
    frames = np.array([[0.1, 0.2], [0.3, 0.4]], np.float32)
    agent, caller = assign(frames, STEREO)
    assert np.allclose(agent, [0.1, 0.3])
    assert np.allclose(caller, [0.2, 0.4])


def test_one_channel_gets_all_columns_mixed() -> None:
    (mixed,) = assign(np.array([[0.2, 0.4]], np.float32), (Channel.CALLER,))
    assert np.allclose(mixed, [0.3])


@pytest.mark.parametrize("rate", [16_000, 48_000])
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_values_that_are_not_numbers_spoil_only_themselves(rate: int, value: float) -> None:
    tone = 0.3 * np.sin(2 * np.pi * 500 * np.arange(rate) / rate)
    spoilt = tone.copy()
    spoilt[rate // 2 : rate // 2 + 20] = value
    pcm, clean = convert(spoilt, rate).astype(int), convert(tone, rate).astype(int)
    assert len(pcm) == len(clean)
    assert np.array_equal(pcm[:7800], clean[:7800])
    assert np.abs(pcm[8400:] - clean[8400:]).max() < 400


@pytest.mark.parametrize("offset", [0.3, -0.3, 0.02])
def test_an_offset_is_taken_out_from_the_first_sample_on(offset: float) -> None:
    tone = 0.2 * np.sin(2 * np.pi * 500 * np.arange(32_000) / 16_000)
    pcm, clean = convert(tone + offset, 16_000).astype(int), convert(tone, 16_000).astype(int)
    assert np.abs(pcm - clean).max() < 60


def test_an_offset_that_comes_and_goes_is_followed_without_a_click() -> None:
    samples = np.zeros(16_000 * 12)
    samples[16_000 * 2 : 16_000 * 6] = 0.3
    pcm = convert(samples, 16_000, step=800).astype(int)
    assert np.abs(pcm[16_000 * 5 : 16_000 * 6]).max() < 700
    assert np.abs(pcm[16_000 * 11 :]).max() < 400
    steps = np.abs(np.diff(pcm))
    assert np.sort(steps)[-3:].tolist()[0] < 200  # only the two jumps of the source itself are steep


@pytest.mark.parametrize("by", [-5, -1, 0, 1, 5])
def test_nudging_changes_the_length_and_nothing_anybody_hears(by: int) -> None:
    tone = (10_000 * np.sin(2 * np.pi * 300 * np.arange(1600) / 16_000)).astype(np.int16)
    made = nudged(tone, by)
    assert len(made) == 1600 + by
    assert np.abs(np.diff(made.astype(int))).max() <= 2 * np.abs(np.diff(tone.astype(int))).max()
    assert nudged(tone[:1], by).tolist() == tone[:1].tolist()
