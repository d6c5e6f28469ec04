"""Cuts one channel into utterances: a pure state machine over probabilities of speech."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from audio.guard import VoiceEvidence
from audio.levels import decibel
from audio.model import SAMPLE_RATE
from audio.speech_settings import SegmentSettings

WINDOW: Final = 512
"""Samples a probability stands for: 32 ms."""
_WINDOW_MS: Final = 1000 * WINDOW / SAMPLE_RATE
_SMOOTH: Final = 5
"""Windows over which loudness is averaged when looking for the quietest point."""


@dataclass(frozen=True, slots=True)
class SegmentEvent:
    """Base: ``segment`` counts from 0 per channel, samples are since sample 0 of the call."""

    segment: int


@dataclass(frozen=True, slots=True)
class Opened(SegmentEvent):
    """Somebody began to speak."""

    start: int


@dataclass(frozen=True, slots=True)
class PartialDue(SegmentEvent):
    """Enough new speech for a fresh partial text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Speculative(SegmentEvent):
    """The utterance may be over; closing with the same ``end`` follows unless :class:`Resumed` comes first."""

    start: int
    end: int
    evidence: VoiceEvidence


@dataclass(frozen=True, slots=True)
class Resumed(SegmentEvent):
    """Speech went on: what was tried ahead is void."""


@dataclass(frozen=True, slots=True)
class Closed(SegmentEvent):
    """The utterance is over, or was cut at ``end`` because it ran long (``forced``)."""

    start: int
    end: int
    evidence: VoiceEvidence
    forced: bool = False


@dataclass(frozen=True, slots=True)
class Dropped(SegmentEvent):
    """Too little voice to be speech."""


@dataclass(slots=True)
class _Open:
    """An utterance being spoken. Positions are window indexes."""

    number: int
    start: int
    """First sample, pre-roll included."""
    first: int
    """First window that belongs to it."""
    probabilities: list[float]
    levels: list[float]
    last_voiced: int
    announced: bool = False
    speculated: bool = False
    next_partial: int = 0


def _windows(milliseconds: float) -> int:
    return max(1, round(milliseconds / _WINDOW_MS))


class Segmenter:
    """Segments one channel. Pure: no clock, no thread; feed windows in order.

    Every window at or above the threshold falls into exactly one closed segment or into a dropped one.
    """

    def __init__(self, settings: SegmentSettings, start: int = 0) -> None:
        """Begin at sample ``start``."""
        self._settings = settings
        self._origin = start
        self._window = 0
        self._floor = start
        self._count = 0
        self._open: _Open | None = None
        self._speculate = _windows(settings.speculate_ms)
        self._hangover = max(_windows(settings.hangover_ms), self._speculate + 1)
        self._before: deque[float] = deque(maxlen=_windows(settings.max_lead_ms))
        self._min_speech = _windows(settings.min_speech_ms)
        self._min_voice = settings.min_voice_ms / _WINDOW_MS
        self._max = _windows(1000 * settings.max_segment_s)
        self._search = _windows(1000 * settings.cut_search_s)

    @property
    def position(self) -> int:
        """Index one past the last sample seen."""
        return self._origin + self._window * WINDOW

    @property
    def speaking(self) -> bool:
        """Whether an utterance is open."""
        return self._open is not None

    @property
    def needed_from(self) -> int:
        """First sample that an utterance to come, or one not announced yet, may begin with."""
        reach = self.position - (self._settings.max_lead_ms + self._settings.pre_roll_ms) * SAMPLE_RATE // 1000
        segment = self._open
        return max(self._origin, min(reach, segment.start) if segment else reach)

    def push(self, probabilities: NDArray[np.float32], levels: NDArray[np.float32]) -> list[SegmentEvent]:
        """Take the next windows.

        Args:
            probabilities: Speech probability a window.
            levels: Loudness a window (RMS, 1.0 is full scale), same shape.
        """
        events: list[SegmentEvent] = []
        for probability, level in zip(probabilities.tolist(), levels.tolist(), strict=True):
            self._step(probability, level, events)
        return events

    def finish(self, end: int | None = None) -> list[SegmentEvent]:
        """Close what is open at the end of the stream.

        Args:
            end: Where the sound ends, if before the end of the last window: nothing is said after it.
        """
        events: list[SegmentEvent] = []
        if self._open:
            self._close(self._open, events)
        if end is None:
            return events
        return [replace(one, end=min(one.end, end)) if isinstance(one, Closed) else one for one in events]

    def _step(self, probability: float, level: float, events: list[SegmentEvent]) -> None:
        settings, here = self._settings, self._window
        self._window += 1
        voiced = probability >= settings.threshold
        segment = self._open
        if segment is None:
            if not voiced:
                self._before.append(probability)
                return
            segment = self._begin(self._start(here), here)
        segment.probabilities.append(probability)
        segment.levels.append(level)
        in_silence = here - segment.last_voiced - 1
        # Hysteresis: once silence has lasted a window or two, a murmur does not resume speech.
        if voiced or (probability >= settings.release and in_silence < 2):
            if segment.speculated:
                segment.speculated = False
                events.append(Resumed(segment.number))
            segment.last_voiced = here
            self._announce(segment, here, events)
        silence = here - segment.last_voiced
        if silence >= self._hangover:
            self._close(segment, events)
            return
        if silence >= self._speculate and not segment.speculated and self._enough(segment):
            segment.speculated = True
            events.append(Speculative(segment.number, segment.start, self._end(segment), self._evidence(segment)))
        if self.position - segment.start >= self._max * WINDOW:
            self._cut(segment, events)

    def _sample(self, window: int) -> int:
        return self._origin + window * WINDOW

    def _start(self, first: int) -> int:
        """Return the first sample of an utterance that shows at window ``first``: pre-roll before its quiet onset."""
        lead = 0
        for probability in reversed(self._before):
            if probability < self._settings.lead:
                break
            lead += 1
        self._before.clear()
        return max(self._floor, self._sample(first - lead) - self._settings.pre_roll_ms * SAMPLE_RATE // 1000)

    def _begin(self, start: int, first: int) -> _Open:
        segment = _Open(self._count, start, first, [], [], last_voiced=first)
        segment.next_partial = _windows(self._settings.first_partial_ms)
        self._count += 1
        self._open = segment
        return segment

    def _announce(self, segment: _Open, here: int, events: list[SegmentEvent]) -> None:
        if not segment.announced and self._enough(segment):
            segment.announced = True
            events.append(Opened(segment.number, segment.start))
        if segment.announced and here - segment.first + 1 >= segment.next_partial:
            segment.next_partial = here - segment.first + 1 + _windows(self._settings.partial_every_ms)
            events.append(PartialDue(segment.number, segment.start, self._sample(here + 1)))

    def _voiced(self, segment: _Open) -> list[float]:
        return [probability for probability in segment.probabilities if probability >= self._settings.threshold]

    def _enough(self, segment: _Open) -> bool:
        voiced = self._voiced(segment)
        return len(voiced) >= self._min_speech and sum(voiced) >= self._min_voice

    def _end(self, segment: _Open) -> int:
        return min(self.position, self._sample(segment.last_voiced + 1 + self._speculate))

    def _evidence(self, segment: _Open) -> VoiceEvidence:
        heard = segment.probabilities[: segment.last_voiced - segment.first + 1]
        pairs = zip(segment.probabilities, segment.levels, strict=True)
        loud = [level for probability, level in pairs if probability >= self._settings.threshold]
        return VoiceEvidence(
            voiced_s=len(loud) * WINDOW / SAMPLE_RATE,
            mass=float(np.mean(heard)) if heard else 0.0,
            loudness_db=decibel(float(np.sqrt(np.mean(np.square(loud))))) if loud else None,
        )

    def _close(self, segment: _Open, events: list[SegmentEvent]) -> None:
        self._open = None
        if not self._enough(segment):
            events.append(Dropped(segment.number))
            return
        if not segment.announced:
            events.append(Opened(segment.number, segment.start))
        end = self._end(segment)
        self._floor = end
        events.append(Closed(segment.number, segment.start, end, self._evidence(segment)))

    def _cut(self, segment: _Open, events: list[SegmentEvent]) -> None:
        """End the utterance at its quietest recent point; the rest goes on as the next one."""
        # Where silence is already running, or there is hardly a voice, the hangover will settle it soon.
        waits = segment.speculated or not self._enough(segment)
        if waits and self.position - segment.start < (self._max + self._hangover) * WINDOW:
            return
        levels = np.asarray(segment.levels)
        kernel = np.ones(_SMOOTH) / _SMOOTH
        smooth = np.convolve(np.pad(levels, _SMOOTH // 2, mode="edge"), kernel, mode="valid")
        since = max(1, len(levels) - self._search)
        at = since + int(np.argmin(smooth[since:]))
        head = _Open(
            segment.number,
            segment.start,
            segment.first,
            segment.probabilities[:at],
            segment.levels[:at],
            last_voiced=min(segment.last_voiced, segment.first + at - 1),
            announced=True,
        )
        if not segment.announced:
            events.append(Opened(segment.number, segment.start))
        cut = self._sample(segment.first + at)
        events.append(Closed(head.number, head.start, cut, self._evidence(head), forced=True))
        self._floor = cut
        tail = self._begin(cut, segment.first + at)
        tail.probabilities, tail.levels = segment.probabilities[at:], segment.levels[at:]
        voiced = [i for i, p in enumerate(tail.probabilities) if p >= self._settings.threshold]
        if not voiced:
            self._open = None
            self._count -= 1
            return
        tail.last_voiced = max(segment.last_voiced, tail.first + voiced[-1])
        self._announce(tail, self._window - 1, events)
