"""How fast a speech model is on this PC, what that means for a call, and which model to take.

A model is timed in the real speech process on made sound with a fixed number of tokens, so the result depends on the
model and the PC only. A small simulation of the one decode queue turns those times into the delay a counsellor sees.
"""

from __future__ import annotations

import math
import random
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np

from app.speech import DECODE_LANE, VAD_LANE
from audio.model import SAMPLE_RATE, Channel, DecodeRequest, Pcm
from audio.speech_settings import SpeechSettings

TARGET_P95_S: Final = 1.6
"""End of speech to final text that 95 % of utterances must hold."""
HEADROOM: Final = 1.5
"""How many times slower the PC may become with the target still held."""
NEXT_SIZE: Final = 3.0
"""How many times slower the next size of Whisper is, roughly."""
TALK_SHARE: Final = 0.6
"""Share of a call that each side talks in the simulated call; above most real calls."""
TOKENS_PER_SECOND: Final = 8
"""Korean speech in Whisper's tokens, rounded up."""
SHORT_S: Final = 5.0
LONG_S: Final = 10.0
_ROUNDS: Final = 3
_TIMEOUT_S: Final = 120.0
_MEAN_UTTERANCE_S: Final = 4.4
_MIN_UTTERANCE_S: Final = 0.6
_SEEN_LATE_S: Final = 0.06
"""Sound comes in blocks of 100 ms and is looked at in stretches of 96 ms."""
_SIMULATED_S: Final = 1800.0


class SpeechProcess(Protocol):
    """The part of :class:`app.engine.Engine` that timing needs."""

    def call(self, lane: str, method: str, *args: Any, timeout_s: float | None = None) -> Any:
        """Call a method of the speech adapter."""
        ...

    def cpu_seconds(self) -> float:
        """Return processor seconds of the process so far, loading aside."""
        ...


@dataclass(frozen=True, slots=True)
class DecodeCost:
    """Seconds one decode takes: a straight line through two measured lengths of speech."""

    base_s: float
    per_second: float
    cpu_base_s: float
    cpu_per_second: float

    def wall_s(self, speech_s: float) -> float:
        """Return seconds to decode ``speech_s`` seconds of speech."""
        return max(0.0, self.base_s + self.per_second * speech_s)

    def cpu_s(self, speech_s: float) -> float:
        """Return processor seconds for it, all threads together."""
        return max(0.0, self.cpu_base_s + self.cpu_per_second * speech_s)


@dataclass(frozen=True, slots=True)
class Timing:
    """One model as measured on this PC."""

    name: str
    """Name in the catalogue, or the path it was given by."""
    size: int
    """Bytes of its weights."""
    device: str
    load_s: float
    final: DecodeCost
    partial: DecodeCost
    vad_cpu_per_s: float
    """Processor seconds of voice detection for one second of one side."""
    site: bool = False
    """Whether it is a site's own folder."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a counsellor would see in the simulated call."""

    p50_s: float
    """End of speech to final text, half of the utterances."""
    p95_s: float
    cpu_per_s: float
    """Processor seconds for one second of call, both sides, partials included."""


@dataclass(frozen=True, slots=True)
class Result:
    """A model with its estimates."""

    timing: Timing
    now: Estimate
    slower: Estimate
    """The same call on a PC :data:`HEADROOM` times slower."""

    @property
    def holds(self) -> bool:
        """Whether the target is held with headroom."""
        return self.slower.p95_s <= TARGET_P95_S


def speech_like(seconds: float, seed: int = 120) -> Pcm:
    """Return made sound with the rhythm and the formants of a voice; it says nothing.

    Args:
        seconds: Length, > 0.
        seed: The same seed gives the same sound.
    """
    dice = np.random.default_rng(seed)
    count = int(seconds * SAMPLE_RATE)
    at = np.arange(count) / SAMPLE_RATE
    pitch = 120.0 * (1 + 0.12 * np.sin(2 * np.pi * 0.4 * at))
    phase = 2 * np.pi * np.cumsum(pitch) / SAMPLE_RATE
    syllables = np.sin(np.pi * 5.0 * at) ** 2
    voice = np.zeros(count)
    for harmonic in range(1, 25):
        centre = 500 + 250 * np.sin(2 * np.pi * 1.7 * at)
        near = np.exp(-(((harmonic * 120 - centre) / 300) ** 2)) + 0.5 * np.exp(-(((harmonic * 120 - 1700) / 500) ** 2))
        voice += near * np.sin(harmonic * phase)
    breath = dice.normal(0.0, 0.05, count)
    mixed = (voice + breath) * syllables
    sound: Pcm = (12_000 * mixed / max(1e-9, float(np.abs(mixed).max()))).astype(np.int16)
    return sound


def measure(
    process: SpeechProcess,
    name: str,
    size: int,
    load_s: float,
    settings: SpeechSettings,
    site: bool = False,
    clock: Callable[[], float] = time.perf_counter,
) -> Timing:
    """Time a loaded model: finals and partials at two lengths, the median of a few after one to warm up.

    Raises:
        Fault: The process ended again and again, or the model cannot decode.
    """
    device = str(process.call(DECODE_LANE, "device"))
    final = _line(process, settings.beam_size, clock)
    partial = _line(process, 1, clock)
    windows = int(LONG_S * SAMPLE_RATE) // 512
    sound = speech_like(LONG_S)[: windows * 512]
    before = process.cpu_seconds()
    for _ in range(_ROUNDS):
        process.call(VAD_LANE, "probabilities", sound, None, timeout_s=_TIMEOUT_S)
    vad = (process.cpu_seconds() - before) / (_ROUNDS * LONG_S)
    return Timing(name, size, device, load_s, final, partial, vad, site)


def _line(process: SpeechProcess, beam_size: int, clock: Callable[[], float]) -> DecodeCost:
    short, short_cpu = _time(process, SHORT_S, beam_size, clock)
    long, long_cpu = _time(process, LONG_S, beam_size, clock)
    slope = max(0.0, (long - short) / (LONG_S - SHORT_S))
    cpu_slope = max(0.0, (long_cpu - short_cpu) / (LONG_S - SHORT_S))
    return DecodeCost(short - slope * SHORT_S, slope, short_cpu - cpu_slope * SHORT_S, cpu_slope)


def _time(process: SpeechProcess, seconds: float, beam_size: int, clock: Callable[[], float]) -> tuple[float, float]:
    """Return median seconds and mean processor seconds of one decode."""
    request = DecodeRequest(
        speech_like(seconds), beam_size, allow_retry=False, exact_tokens=round(TOKENS_PER_SECOND * seconds)
    )
    process.call(DECODE_LANE, "transcribe", request, timeout_s=_TIMEOUT_S)
    taken, before = [], process.cpu_seconds()
    for _ in range(_ROUNDS):
        begun = clock()
        process.call(DECODE_LANE, "transcribe", request, timeout_s=_TIMEOUT_S)
        taken.append(clock() - begun)
    return statistics.median(taken), (process.cpu_seconds() - before) / _ROUNDS


# -- from times to delays


@dataclass(slots=True)
class _Work:
    """One decode of the simulated call. Seconds since its start."""

    ready: float
    channel: Channel
    speech_s: float
    end: float
    """When the utterance's speech ends."""
    partial: bool


def estimate(timing: Timing, settings: SpeechSettings, slower: float = 1.0) -> Estimate:
    """Return what a call would be like: both sides talk :data:`TALK_SHARE` of the time through one decode queue.

    The desk's order is kept (caller final, agent final, caller partial, agent partial; of partials only the latest)
    and finals are tried ahead in the pause; the steps that cut work back under load are not.

    Args:
        timing: The measured model.
        settings: When finals are tried, when an utterance ends, when partials are due.
        slower: How many times slower than measured the PC is.
    """
    coming = sorted(_works(settings), key=lambda work: work.ready, reverse=True)
    waiting: list[_Work] = []
    hangover = settings.segment.hangover_ms / 1000
    delays: list[float] = []
    now = spent = 0.0
    while coming or waiting:
        if not waiting:
            now = max(now, coming[-1].ready)
        while coming and coming[-1].ready <= now:
            _queue(waiting, coming.pop())
        work = min(waiting, key=lambda one: (one.partial, one.channel is Channel.AGENT, one.ready))
        waiting.remove(work)
        cost = timing.partial if work.partial else timing.final
        now += slower * cost.wall_s(work.speech_s)
        spent += slower * cost.cpu_s(work.speech_s)
        if not work.partial:
            delays.append(max(now - work.end, hangover) + _SEEN_LATE_S)
    cuts = statistics.quantiles(delays, n=20)
    return Estimate(statistics.median(delays), cuts[18], spent / _SIMULATED_S + 2 * slower * timing.vad_cpu_per_s)


def _queue(waiting: list[_Work], work: _Work) -> None:
    """Add work; what comes makes the earlier partial of its side worthless."""
    waiting[:] = [one for one in waiting if not (one.partial and one.channel is work.channel)]
    waiting.append(work)


def _works(settings: SpeechSettings) -> Iterable[_Work]:
    segment = settings.segment
    pre_roll, speculate = segment.pre_roll_ms / 1000, segment.speculate_ms / 1000
    mean_gap = _MEAN_UTTERANCE_S * (1 - TALK_SHARE) / TALK_SHARE
    shortest_gap = segment.hangover_ms / 1000
    for channel in Channel:
        dice = random.Random(f"doumi {channel}")
        clock = dice.uniform(0.0, mean_gap)
        while True:
            drawn = dice.gammavariate(3.0, _MEAN_UTTERANCE_S / 3.0)
            length = min(segment.max_segment_s, max(_MIN_UTTERANCE_S, drawn))
            end = clock + length
            if end > _SIMULATED_S:
                break
            due = segment.first_partial_ms / 1000
            while settings.partials and due < length:
                yield _Work(clock + due, channel, due + pre_roll, end, True)
                due += segment.partial_every_ms / 1000
            yield _Work(end + speculate, channel, length + pre_roll + speculate, end, False)
            clock = end + shortest_gap + dice.expovariate(1 / max(0.1, mean_gap - shortest_gap))


def judge(timing: Timing, settings: SpeechSettings) -> Result:
    """Return a measured model with its estimates, now and on a PC :data:`HEADROOM` times slower."""
    return Result(timing, estimate(timing, settings), estimate(timing, settings, HEADROOM))


def recommended(results: Sequence[Result]) -> Result | None:
    """Return the largest model that holds the target with headroom; None where none does.

    Of equally large ones a site's own goes first: it was put there on purpose, e.g. a Korean fine-tune.
    """
    holding = [result for result in results if result.holds]
    return max(holding, key=lambda one: (_magnitude(one.timing.size), one.timing.site), default=None)


def room_for_larger(result: Result, settings: SpeechSettings) -> bool:
    """Return whether a model of the next size, about :data:`NEXT_SIZE` times the work, may hold the target too."""
    return estimate(result.timing, settings, NEXT_SIZE).p95_s <= TARGET_P95_S


def fastest(results: Sequence[Result]) -> Result:
    """Return the model with the shortest delay; ``results`` must not be empty."""
    return min(results, key=lambda one: (one.now.p95_s, one.timing.final.wall_s(SHORT_S)))


def _magnitude(size: int) -> int:
    """Return steps of about 10 %: conversions of one network differ by a few bytes."""
    return round(math.log(max(1, size), 1.1))
