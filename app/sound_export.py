"""The sound of a saved call as a file that opens anywhere, and what is missing from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Final, Protocol

import numpy as np

from app.errors import StoreFault
from assist.events import CallHeld, ListeningPaused
from audio.events import AudioGap, CallEvent, TranscriptFinal
from audio.model import SAMPLE_RATE, Channel, Pcm
from audio.recorded_sound import RecordedSound
from kb.whole_file import writing

_PIECE: Final = 10 * SAMPLE_RATE
_TAIL_S: Final = 1.0
"""How much shorter than the call the sound may be without a word: a crash costs at most the last second."""


class Why(StrEnum):
    """Why a stretch is silent."""

    DAMAGED = "damaged"
    """On disk, but not as it was written, or its file is gone."""
    LOST = "lost"
    """Never reached the desk: the device failed."""
    PAUSED = "paused"
    """The counsellor paused listening."""
    MISSING = "missing"
    """The recording ends before the call did, or a side that was recognised is not there at all."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A silent stretch of one side."""

    channel: Channel
    start_s: float
    end_s: float
    why: Why


class SoundFile(Protocol):
    """Filled by :class:`audio.adapters.stereo_file.StereoFile`."""

    def write(self, agent: Pcm, caller: Pcm) -> None:
        """Add a piece of both sides."""
        ...

    def close(self) -> None:
        """Finish the file."""
        ...


class Encoder(Protocol):
    """Begins a sound file."""

    def __call__(self, stream: BinaryIO, /) -> SoundFile:
        """Begin one in an open stream."""
        ...


def gaps(sound: RecordedSound, events: Sequence[CallEvent], duration_s: float) -> tuple[Gap, ...]:
    """Return what is silent in a call's sound, by time. Reads all of it.

    Args:
        sound: As it lies on disk.
        events: The call's.
        duration_s: How long the call was.
    """
    ends = {channel: sound.length(channel) / SAMPLE_RATE for channel in Channel}
    found = [*damaged(sound), *told(ends, events, duration_s)]
    return tuple(sorted(found, key=lambda gap: (gap.start_s, gap.channel.value)))


def damaged(sound: RecordedSound) -> Iterator[Gap]:
    """Yield what cannot be read, a side after the other. Reads all of it."""
    for channel in Channel:
        for span in sound.damaged(channel):
            yield Gap(channel, span.start / SAMPLE_RATE, span.end / SAMPLE_RATE, Why.DAMAGED)


def told(ends: Mapping[Channel, float], events: Sequence[CallEvent], duration_s: float) -> Iterator[Gap]:
    """Yield what the log of a call tells of its silence, and an end that is missing. Reads no sound.

    Args:
        ends: Where the sound of each side ends, seconds; 0: it has none.
        events: The call's.
        duration_s: How long the call was.
    """
    recognised = {event.channel for event in events if isinstance(event, TranscriptFinal)}
    for channel, end in ends.items():
        was_there = end > 0 or (channel in recognised and any(ends.values()))
        if was_there and end < duration_s - _TAIL_S:
            yield Gap(channel, end, duration_s, Why.MISSING)
    for event in events:
        if isinstance(event, AudioGap):
            start = event.start / SAMPLE_RATE
            yield Gap(event.channel, start, start + event.n_samples / SAMPLE_RATE, Why.LOST)
    for start, end in _paused(events, duration_s):
        for channel, length in ends.items():
            if length:
                yield Gap(channel, start, end, Why.PAUSED)


def write(sound: RecordedSound, file: Path, encoder: Encoder) -> float:
    """Write both sides to ``file``, whole or not at all, readable by this user only; returns its seconds.

    Raises:
        StoreFault: ``store.no_sound``: nothing was recorded or nothing can be read; ``store.export_not_written``.
    """
    length = max(sound.length(channel) for channel in Channel)
    if not length:
        raise StoreFault("store.no_sound")
    file = file.resolve()  # a link stays a link
    try:
        with writing(file, 0o600) as stream:
            made = encoder(stream)
            for start in range(0, length, _PIECE):
                end = min(length, start + _PIECE)
                made.write(*(_padded(sound.read(side, start, end), end - start) for side in _SIDES))
            made.close()
    except OSError as error:
        raise StoreFault("store.export_not_written", path=str(file)) from error
    return length / SAMPLE_RATE


_SIDES: Final = (Channel.AGENT, Channel.CALLER)


def _padded(pcm: Pcm, length: int) -> Pcm:
    return pcm if len(pcm) == length else np.pad(pcm, (0, length - len(pcm)))


def _paused(events: Sequence[CallEvent], duration_s: float) -> Iterator[tuple[float, float]]:
    since: float | None = None
    paused = held = False
    for event in events:
        if isinstance(event, ListeningPaused):
            paused = event.paused
        elif isinstance(event, CallHeld):
            held = event.held
        else:
            continue
        at = event.t_ns / 1e9
        if (paused or held) and since is None:
            since = at
        elif not (paused or held) and since is not None:
            yield since, at
            since = None
    if since is not None:
        yield since, max(since, duration_s)
