"""One side's words in the other side's sound: found, taken out, never taken for words; and no echo left alone."""

from __future__ import annotations

import csv
from collections.abc import Callable

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from audio.echo import EchoFree
from audio.echo_path import MAX_DELAY, MIN_DELAY, clean, estimate, find_delay
from audio.listening import FilledSound
from audio.model import SAMPLE_RATE, AudioBlock, Channel, Pcm, Span
from audio.sound_window import SoundWindow
from tests.helpers.live import AGENT, CALLER, Rig
from tests.helpers.material import data

Sound = NDArray[np.float32]
STEP = 1536
"""Samples looked at in one go: three windows."""


def talk(seed: int, seconds: float, loudness: float = 2000.0) -> Sound:
    """Return what rises and falls like speech: coloured noise in syllables, with pauses."""
    rng = np.random.default_rng(seed)
    count = int(seconds * SAMPLE_RATE)
    spectrum = np.fft.rfft(rng.normal(size=count))
    spectrum /= 1 + np.fft.rfftfreq(count, 1 / SAMPLE_RATE) / 500
    syllables = np.repeat(rng.choice([0.05, 0.3, 1.0, 1.0], int(seconds * 6) + 2), SAMPLE_RATE // 6)[:count]
    smooth = np.convolve(syllables, np.hanning(1200) / 600, mode="same")
    sound = np.fft.irfft(spectrum, count) * smooth
    return (loudness * sound / np.sqrt(np.mean(sound**2))).astype(np.float32)


def hiss(seed: int, length: int) -> Sound:
    return np.random.default_rng(seed).normal(0, 15, length).astype(np.float32)


def late(sound: Sound, samples: int) -> Sound:
    return np.concatenate((np.zeros(samples, np.float32), sound))[: len(sound)]


def still(seconds: float) -> Sound:
    return np.zeros(int(seconds * SAMPLE_RATE), np.float32)


def around(sound: Sound, start: int, end: int) -> Sound:
    """Return what an echo from ``start`` to ``end`` may come from."""
    padded = np.concatenate((np.zeros(MAX_DELAY, np.float32), sound, np.zeros(-MIN_DELAY, np.float32)))
    return padded[start : end + MAX_DELAY - MIN_DELAY]


def decibels(before: Sound, after: Sound) -> float:
    return float(10 * np.log10(np.mean(before**2) / np.mean(after**2)))


class Call:
    """Two sides recorded, and looked at as they come in."""

    def __init__(self, agent: Sound, caller: Sound) -> None:
        window = SoundWindow()
        self.sides: dict[Channel, Pcm] = {}
        for channel, sound in ((Channel.AGENT, agent), (Channel.CALLER, caller)):
            noisy = sound + hiss(len(channel), len(sound))
            self.sides[channel] = np.clip(np.rint(noisy), -32768, 32767).astype(np.int16)
            window.write(AudioBlock(channel, 0, self.sides[channel]))
        self.free = EchoFree(FilledSound(window))
        self.echoed: dict[Channel, NDArray[np.bool_]] = {}
        length = len(agent) - len(agent) % STEP
        for channel in Channel:
            found = []
            for start in range(0, length, STEP):
                _, echoed = self.free.listen(channel, start, start + STEP)
                found.append(echoed | self.free.suspect(channel, start, start + STEP))
            self.echoed[channel] = np.concatenate(found)

    def taken(self, channel: Channel, start_s: float, end_s: float) -> float:
        """Return by how many decibels a stretch is softer than its recording."""
        span = int(start_s * SAMPLE_RATE), int(end_s * SAMPLE_RATE)
        before = self.sides[channel][slice(*span)].astype(np.float32)
        return decibels(before, self.free.read(channel, *span).astype(np.float32))

    def share(self, channel: Channel, start_s: float, end_s: float) -> float:
        """Return how much of a stretch counts as nothing but echo."""
        return float(np.mean(self.echoed[channel][int(start_s * 31.25) : int(end_s * 31.25)]))

    def only_echo(self, channel: Channel, start_s: float, end_s: float) -> bool:
        return self.free.only_echo(Span(channel, int(start_s * SAMPLE_RATE), int(end_s * SAMPLE_RATE)))


@settings(max_examples=12, deadline=None, derandomize=True)
@given(st.integers(0, 4800), st.floats(0.03, 0.4), st.integers(0, 1000))
def test_the_delay_of_an_echo_is_found_whatever_it_is(delay: int, gain: float, seed: int) -> None:
    cause = talk(seed, 2)
    echo = gain * late(cause, delay) + hiss(seed, len(cause))
    found, sure = find_delay(echo, around(cause, 0, len(cause)))
    assert abs(found - delay) <= 2
    assert sure > 8


@settings(max_examples=12, deadline=None, derandomize=True)
@given(st.integers(0, 1000))
def test_two_voices_have_no_delay_in_common(seed: int) -> None:
    one, two = talk(seed, 2), talk(seed + 5000, 2)
    assert find_delay(one, around(two, 0, len(two)))[1] < 8


@settings(max_examples=8, deadline=None, derandomize=True)
@given(st.floats(-200, 200), st.integers(200, 4000), st.integers(0, 1000))
def test_an_echo_of_a_drifting_clock_is_taken_out_of_what_follows(ppm: float, delay: int, seed: int) -> None:
    cause = talk(seed, 5)
    times = np.arange(len(cause), dtype=np.float64)
    drifting = np.interp(times * (1 + ppm * 1e-6), times, cause).astype(np.float32)
    echo = 0.1 * late(drifting, delay) + hiss(seed, len(cause))
    end = 4 * SAMPLE_RATE
    start = end - 3 * SAMPLE_RATE
    expected, _ = find_delay(echo[start:end], around(cause, start, end))
    path = estimate(echo[start:end], around(cause, start, end), end, float(expected), 0.0)
    assert path is not None
    rest = clean([path], echo[end:], around(cause, end, len(cause)), end).sound
    assert decibels(echo[end:], rest) > 4


def test_the_words_of_one_side_are_not_heard_on_the_other() -> None:
    agent = np.concatenate((talk(1, 6), still(4), talk(2, 4)))
    caller = 0.1 * late(agent, 960)
    caller[int(6.5 * SAMPLE_RATE) : int(9.5 * SAMPLE_RATE)] += talk(3, 3)
    call = Call(agent, caller)
    assert call.taken(Channel.CALLER, 2, 6) > 10
    assert call.share(Channel.CALLER, 2, 5.9) > 0.9
    assert call.share(Channel.CALLER, 10.2, 13.5) > 0.9
    assert call.share(Channel.CALLER, 6.6, 9.4) == 0
    assert call.share(Channel.AGENT, 0, 14) == 0
    assert abs(call.taken(Channel.CALLER, 7, 9)) < 0.1


def test_the_first_words_of_a_call_are_known_for_an_echo_when_they_end() -> None:
    agent = np.concatenate((still(1), talk(1, 3), still(2)))
    caller = 0.1 * late(agent, 1600)
    call = Call(agent, caller)
    assert call.only_echo(Channel.CALLER, 0.8, 4.4)
    assert not call.only_echo(Channel.AGENT, 0.8, 4.4)


def test_words_over_an_echo_stay() -> None:
    agent = talk(1, 8)
    words = np.concatenate((still(4), talk(2, 2), still(2)))
    call = Call(agent, 0.1 * late(agent, 800) + words)
    span = 4 * SAMPLE_RATE, 6 * SAMPLE_RATE
    heard = call.free.read(Channel.CALLER, *span).astype(np.float32)
    assert decibels(words[slice(*span)], heard - words[slice(*span)]) > 15
    assert not call.only_echo(Channel.CALLER, 3.5, 6.5)
    assert call.share(Channel.CALLER, 4.2, 5.8) < 0.5


def test_an_earpiece_before_the_counsellors_microphone_is_the_same_the_other_way_round() -> None:
    caller = np.concatenate((talk(1, 6), still(2)))
    call = Call(0.1 * late(caller, 160), caller)
    assert call.share(Channel.AGENT, 2, 5.9) > 0.9
    assert call.share(Channel.CALLER, 0, 8) == 0
    assert call.taken(Channel.CALLER, 0, 6) == 0


def test_without_an_echo_the_recording_comes_as_it_is() -> None:
    agent, caller = talk(1, 8), talk(2, 8)
    call = Call(agent, caller)
    for channel in Channel:
        assert not call.echoed[channel].any()
        assert np.array_equal(call.free.read(channel, 1000, 100_000), call.sides[channel][1000:100_000])
        assert not call.only_echo(channel, 1, 6)


def test_one_sound_on_both_sides_is_nobodys_echo() -> None:
    both = talk(1, 6)
    call = Call(both, both)
    for channel in Channel:
        assert not call.echoed[channel].any()
        assert call.taken(channel, 0, 6) == 0


def test_an_echo_that_ended_is_not_put_in() -> None:
    agent = talk(1, 10)
    caller = 0.1 * late(agent, 960)
    caller[5 * SAMPLE_RATE :] = 0
    call = Call(agent, caller)
    assert call.taken(Channel.CALLER, 5.5, 9.5) > -0.5


def test_an_echo_that_grew_louder_is_still_one() -> None:
    agent = talk(1, 8)
    gain = np.where(np.arange(len(agent)) < 4 * SAMPLE_RATE, 0.05, 0.2).astype(np.float32)
    call = Call(agent, late(agent, 960) * gain)
    assert call.share(Channel.CALLER, 4.2, 7.8) > 0.8


def recorded(sound: Sound, seed: int) -> Pcm:
    pcm: Pcm = np.rint(np.clip(sound + hiss(seed, len(sound)), -32768, 32767)).astype(np.int16)
    return pcm


@pytest.mark.parametrize("realtime", [True, False])
def test_no_line_repeats_the_other_side(rigs: Callable[..., Rig], realtime: bool) -> None:
    agent = np.concatenate((still(1), talk(1, 5), still(5)))
    caller = 0.3 * late(agent, 960) + np.concatenate((still(7.5), talk(2, 2), still(1.5)))
    rig = rigs(realtime=realtime)
    rig.feed(agent=recorded(agent, 1), caller=recorded(caller, 2))
    rig.live.finish()
    assert rig.finals(AGENT)
    (own,) = rig.finals(CALLER)
    assert own.start > 6.5
    assert rig.live.missed_samples() == 0


def test_a_side_goes_on_while_the_other_brings_nothing(rigs: Callable[..., Rig]) -> None:
    rig = rigs()
    rig.feed(agent=recorded(still(0.1), 1))
    rig.feed(caller=recorded(np.concatenate((talk(1, 2), still(2))), 2))
    rig.wait_for(lambda: bool(rig.finals(CALLER)))


def test_of_two_sides_only_what_an_echo_may_need_is_kept(rigs: Callable[..., Rig]) -> None:
    rig = rigs()
    quiet = recorded(still(20), 1)
    rig.feed(agent=quiet, caller=quiet)
    rig.wait_for(lambda: rig.live.needed_from(AGENT) > 10 * SAMPLE_RATE)
    rig.wait_for(lambda: rig.live.needed_from(CALLER) > 10 * SAMPLE_RATE)
    assert rig.live.needed_from(AGENT) < 17 * SAMPLE_RATE


@pytest.mark.data
def test_real_voices_over_a_real_leak() -> None:
    table = data("audio-nc", "transcripts.tsv")
    with table.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["file"].startswith("deeply")]
    speakers = sorted({row["speaker"] for row in rows})[:2]
    voices = []
    for speaker in speakers:
        files = [row["file"] for row in rows if row["speaker"] == speaker][:3]
        sounds = [soundfile.read(table.parent / name, dtype="float32", always_2d=True)[0][:, 0] for name in files]
        voices.append(np.concatenate(sounds)[: 8 * SAMPLE_RATE] * np.float32(20000))
    length = min(len(voice) for voice in voices)
    agent = np.concatenate((voices[0][:length], still(length / SAMPLE_RATE)))
    own = np.concatenate((still(length / SAMPLE_RATE), voices[1][:length]))
    call = Call(agent, 0.1 * late(agent, 960) + own)
    seconds = length / SAMPLE_RATE
    assert call.only_echo(Channel.CALLER, 0, seconds)
    assert not call.only_echo(Channel.CALLER, seconds, 2 * seconds)
    assert call.share(Channel.CALLER, seconds + 0.5, 2 * seconds) < 0.1
    assert call.taken(Channel.CALLER, 2, seconds) > 6
    assert not call.echoed[Channel.AGENT].any()
