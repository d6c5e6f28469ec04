"""Events of the sound side, and the base of every event of a call.

An event is frozen and tells what happened, not what to do. ``seq`` is 0 until the bus publishes it.
"""

from __future__ import annotations

from dataclasses import dataclass

from audio.model import Channel, DeviceHealth, Levels, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEvent:
    """Base of all events of one call."""

    call_id: str
    seq: int = 0
    """Position in the call's log, from 1; given by the bus on publishing."""
    t_ns: int
    """Capture clock: nanoseconds since sample 0 of the call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptPartial(CallEvent):
    """Uncertain text of an utterance still being spoken. Replaces earlier partials; never stored."""

    utterance: int
    """Number of the utterance in the call, from 0, shared by both channels; ties partials to their final."""
    channel: Channel
    start: float
    """Seconds from sample 0."""
    end: float
    text: str
    display: str


@dataclass(frozen=True, slots=True)
class DigitRun:
    """A number heard in an utterance."""

    kind: str
    """phone, amount, date, time, address, bus, count or other."""
    raw: str
    display: str
    start: int
    """Code-point offset of ``display`` in the final's display text."""
    end: int
    confident: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptFinal(CallEvent):
    """Settled text of one utterance."""

    utterance: int
    channel: Channel
    start: float
    end: float
    text: str
    """Raw recognised text."""
    display: str
    """What the desk shows: spoken numbers as digits where the context is sure."""
    confidence: float
    """0 to 1: exp of the mean log probability a token."""
    flags: tuple[str, ...] = ()
    words: tuple[Word, ...] = ()
    """Empty until aligned: see :class:`WordsAligned`."""
    language: str = "ko"
    """ISO 639-1 code of the language it was recognised in."""
    digits: tuple[DigitRun, ...] = ()
    """Numbers shown as digits in ``display``, for the heard-numbers pane."""
    loudness_db: float | None = None
    """Level of the utterance's sound, dB of full scale (RMS); None where there was no sound (practice calls)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsAligned(CallEvent):
    """The words of a final with their times, found in idle time after it or after the call."""

    utterance: int
    words: tuple[Word, ...]
    """In order; seconds from sample 0."""
    digits: tuple[DigitRun, ...] = ()
    """The final's numbers again: now those are unsure, too, whose own words were heard with low probability."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageOffered(CallEvent):
    """Two turns in a row looked foreign: the counsellor may switch this caller's recognition; nothing has changed."""

    channel: Channel
    language: str
    """ISO 639-1 code, e.g. ``en``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageChanged(CallEvent):
    """The counsellor switched the recognition of one side, for this call only."""

    channel: Channel
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioGap(CallEvent):
    """Samples that never came; the recorder holds silence in their place."""

    channel: Channel
    start: int
    n_samples: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceStateChanged(CallEvent):
    """One side went silent, vanished or came back."""

    channel: Channel
    health: DeviceHealth


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelsMeasured(CallEvent):
    """Loudness for the meters. Only the latest matters; never stored."""

    levels: Levels


@dataclass(frozen=True, slots=True, kw_only=True)
class LagChanged(CallEvent):
    """Seconds of speech waiting for recognition, and how far the work was cut back (0 is normal)."""

    backlog_s: float
    step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineRestarted(CallEvent):
    """A child process died or hung and was started again; nothing was lost."""

    engine: str
    """``speech``, ``language`` or ``capture``."""
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SideMeasured(CallEvent):
    """What one side is captured from, told when it is opened, again with what its clock did, and at the end."""

    channel: Channel
    device: str
    """The device's name, or the recording's; empty where the system tells none."""
    rate: int
    """Its own rate, hertz."""
    opened: int
    """How often it was opened in this call."""
    drift_samples: int
    """Samples at 16 kHz put in (or, negative, left out) so far to hold it to the monotonic clock."""
