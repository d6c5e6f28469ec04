"""Values of the sound side: channels, blocks, utterances, decoded text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE: Final = 16_000
"""Hertz. Everything behind capture is mono at this rate, one stream a channel."""

HOME_LANGUAGE: Final = "ko"
"""What every call begins in, ISO 639-1."""

Pcm = NDArray[np.int16]
"""int16, shape (n_frames,), 16 kHz mono, read-only once handed over."""


class Channel(StrEnum):
    """Who speaks. In a stereo file left is the agent and right the caller; mono is the caller."""

    AGENT = "agent"
    CALLER = "caller"


@dataclass(frozen=True, slots=True, eq=False)
class AudioBlock:
    """A run of samples of one channel as it came from its source."""

    channel: Channel
    start: int
    """Index of the first sample since sample 0 of the call."""
    pcm: Pcm

    @property
    def end(self) -> int:
        """Index one past the last sample."""
        return self.start + len(self.pcm)


@dataclass(frozen=True, slots=True)
class Word:
    """One word with its time, seconds from sample 0."""

    text: str
    start: float
    end: float
    probability: float = 1.0
    """Mean probability of its tokens, 0 to 1, as the recogniser saw them in the sound."""


@dataclass(frozen=True, slots=True)
class LanguageOdds:
    """Which language a stretch of sound seems to be in."""

    language: str
    """ISO 639-1 code of the likeliest."""
    probability: float
    """Of the likeliest, 0 to 1."""
    expected: float
    """Of the language it was recognised in, 0 to 1."""


@dataclass(frozen=True, slots=True, eq=False)
class DecodeRequest:
    """Sound to decode once. Everything the recogniser needs, so a request can be repeated after a crash."""

    pcm: Pcm
    beam_size: int
    language: str = "ko"
    allow_retry: bool = True
    """Whether one full-window retry is allowed when the text repeats, overflows or scores low."""
    exact_tokens: int = 0
    """Decode so many tokens whatever is said, to time a model; 0 means as many as are said."""
    small: bool = False
    """Whether a smaller installed model should do it, where one is ready."""
    words: bool = False
    """Whether the result should carry word times at once."""
    detect: bool = False
    """Whether the result should tell which language the sound seems to be in."""


@dataclass(frozen=True, slots=True, eq=False)
class AlignRequest:
    """Sound whose text is known, to find when each word of it was said."""

    pcm: Pcm
    text: str
    language: str = "ko"


@dataclass(frozen=True, slots=True)
class Decoded:
    """What the recogniser made of one request."""

    text: str
    avg_logprob: float
    """Mean log probability a token, <= 0."""
    no_speech_prob: float
    """0 to 1."""
    compression_ratio: float
    retried: bool = False
    words: tuple[Word, ...] = ()
    """Times relative to the start of the request."""
    odds: LanguageOdds | None = None
    """Where the request asked for it and the model knows languages."""
    language: str = "ko"
    """ISO 639-1 code of the language it was recognised in."""


class Flag(StrEnum):
    """Marks on a final text; the text itself is never deleted."""

    UNSUPPORTED = "unsupported"
    """A stock phrase without voice evidence."""
    LOW_DIGITS = "low_digits"
    """Digits heard with low confidence."""
    UNHEARD = "unheard"
    """The recogniser failed on this stretch again and again: the text is empty, the sound is kept."""
    FOREIGN = "foreign"
    """Probably not the language it was recognised in (외국어 추정)."""


class DeviceHealth(StrEnum):
    """State of one side's source."""

    OK = "ok"
    SILENT = "silent"
    MISSING = "missing"
    UNPLUGGED = "unplugged"
    STUCK = "stuck"
    """It hands over one buffer again and again; nothing of it is used."""


class CallerSide(StrEnum):
    """Where the caller's voice is taken from."""

    INPUT = "input"
    """A second input device."""
    SPLIT = "split"
    """One stereo device: left is the agent, right the caller."""
    LOOPBACK = "loopback"
    """What the PC plays."""


@dataclass(frozen=True, slots=True)
class Device:
    """A device the sound check offers."""

    id: str
    """Stable name to store in settings."""
    name: str
    kind: CallerSide
    """INPUT for microphones and line inputs (usable for either side), LOOPBACK for what the PC plays."""
    channels: int
    rate: int
    """Native rate in hertz."""
    is_default: bool = False


@dataclass(frozen=True, slots=True)
class DeviceChoice:
    """What a call listens to."""

    agent: str
    """Device id of the counsellor's microphone; empty for the system default."""
    caller: str = ""
    """Device id of the caller's side; empty for the default of its kind."""
    caller_side: CallerSide = CallerSide.LOOPBACK


@dataclass(frozen=True, slots=True)
class SideFacts:
    """What one side is captured from, and how its clock behaves."""

    channel: Channel
    device: str
    """The device's name, or the recording's; empty where the system tells none."""
    rate: int
    """Its own rate, hertz."""
    opened: int
    """How often it was opened."""
    drift_samples: int
    """Samples at 16 kHz put in (or, negative, left out) so far to hold it to the monotonic clock."""


@dataclass(frozen=True, slots=True)
class Levels:
    """Loudness of one channel over the last tenth of a second, dBFS (0 is full scale, -90 the floor)."""

    channel: Channel
    rms_db: float
    peak_db: float


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one channel in samples, end exclusive."""

    channel: Channel
    start: int
    end: int

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return (self.end - self.start) / SAMPLE_RATE
