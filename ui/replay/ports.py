"""What the replay window asks of the program. ``app`` fills it; tests fake it.

Seconds count from sample 0 of the call. Methods may touch the disk and are called on a worker thread through a
:class:`ui.jobs.Job`, unless they say *cheap*. Whatever a person can put right is a :class:`resources.notices.Fault`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assist.model import CallRecord
from audio.events import CallEvent
from audio.model import Channel

SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)


@dataclass(frozen=True, slots=True)
class ReplayFacts:
    """What is being replayed."""

    id: str
    """Session id; for a package its package id."""
    title: str
    started_at: str
    """ISO 8601 with offset; empty where the log does not say."""
    duration_s: float
    source: str
    """``devices``, ``file``, ``practice`` or ``exercise``."""
    sound_s: float
    """Seconds of sound, of the longer side; 0: none was recorded."""
    counsellor: str = ""
    """Counsellor code; empty for the own store."""
    header: str = ""
    """Header id of a drawn call; ratings name the call by it. Empty: by :attr:`id`."""
    package: bool = False
    purpose: str = ""
    """What a package may be used for."""
    until: str = ""
    """Last day a package may be opened, ISO 8601 date."""
    sender: str = ""
    """Desk that made the package."""
    unlisted: bool = False
    """Whether the site has a list of desks, and this one is not in it."""
    notes: tuple[str, ...] = ()
    """Sentences on what is not as it should be: turns out of order, sound missing for a stretch."""


@dataclass(frozen=True, slots=True)
class RecordVersion:
    """The record as it stood: the program's draft (version 0), each filing, then what was not filed (-1)."""

    version: int
    at_s: float
    """When, seconds from sample 0."""
    records: tuple[CallRecord, ...]


@dataclass(frozen=True, slots=True)
class SilentStretch:
    """Seconds of one side without sound, and why."""

    channel: Channel
    start_s: float
    end_s: float
    why: str
    """``damaged``, ``lost``, ``paused``, ``missing``."""


@dataclass(frozen=True, slots=True, eq=False)
class Peaks:
    """The shape of a stretch of one side's sound for drawing: loudest and softest sample a bin, -1 to 1."""

    channel: Channel
    start_s: float
    bin_s: float
    low: NDArray[np.float32]
    high: NDArray[np.float32]


class ReplayCall(Protocol):
    """One saved call, open for replay. Close it when the window goes."""

    @property
    def facts(self) -> ReplayFacts:
        """What it is. Cheap."""
        ...

    @property
    def events(self) -> Sequence[CallEvent]:
        """Every stored event in order of time, finals with their words. Cheap once open."""
        ...

    @property
    def versions(self) -> Sequence[RecordVersion]:
        """The records, draft first. Cheap once open."""
        ...

    def peaks(self, channel: Channel, start_s: float, end_s: float, bin_s: float) -> Peaks:
        """Return the shape of a stretch; bins past the end of the sound are flat."""
        ...

    def silent(self) -> Sequence[SilentStretch]:
        """Return what is missing in the sound, by time. Reads all of it once."""
        ...

    def check(self) -> None:
        """Raise Fault where the call is no longer there (deleted) or may no longer be open (expired)."""
        ...

    def numbers_revealed(self) -> None:
        """Log that hidden numbers are shown in the clear."""
        ...

    def close(self) -> None:
        """Let go of it. Cheap."""
        ...


@dataclass(frozen=True, slots=True)
class PlayState:
    """Where playing stands."""

    at_s: float
    """What is being heard now; never ahead of the sound."""
    playing: bool
    speed: float
    fault: str = ""
    """A sentence where playing stopped because of something; empty otherwise."""


class ReplayPlayer(Protocol):
    """Plays both sides of one call on one clock. Every method returns at once; main thread.

    A call without sound plays too: its clock runs, nothing is heard.
    """

    def play(self) -> None:
        """Go on from where it stands; at the end from the beginning."""
        ...

    def pause(self) -> None:
        """Rest; what was heard last stays the position."""
        ...

    def seek(self, at_s: float) -> None:
        """Go to a place; playing goes on there where it played."""
        ...

    def set_speed(self, speed: float) -> None:
        """Play at 0.5 to 3 times, the pitch unchanged."""
        ...

    def set_skip_silence(self, wanted: bool) -> None:
        """Leave out stretches in which nobody speaks."""
        ...

    def set_loop(self, span: tuple[float, float] | None) -> None:
        """Play a passage over and over, or no longer."""
        ...

    def set_sides(self, agent: bool, caller: bool) -> None:
        """Which sides are heard."""
        ...

    def state(self) -> PlayState:
        """Return where it stands. Cheap: asked at every frame."""
        ...

    def close(self) -> None:
        """Stop and let go."""
        ...
