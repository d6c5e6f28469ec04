"""What capture needs of the processes that hold the devices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from audio.errors import DeviceFault
from audio.model import CallerSide

RawFrames = NDArray[np.int16]
"""int16, shape (n_frames, n_channels), at the device's own rate."""


@dataclass(frozen=True, slots=True)
class FeedFormat:
    """How a device was opened."""

    rate: int
    channels: int
    may_pause: bool
    """Whether it rightly delivers nothing while nothing plays (WASAPI loopback)."""
    name: str = ""
    """What the system calls it."""


@dataclass(frozen=True, slots=True, eq=False)
class FeedUpdate:
    """What one device brought since it was last asked."""

    frames: RawFrames | None = None
    end_ns: int = 0
    """Monotonic time at which the last frame was captured."""
    lost_frames: int = 0
    """Frames overwritten before we came for them."""
    overflows: int = 0
    """Losses of unknown length that the sound system reported."""
    fault: DeviceFault | None = None
    """Why it ended, where it could say."""
    ended: bool = False
    """The process is gone; open a new one."""
    sign_of_life: bool = False


class Feed(Protocol):
    """One device being captured in a process of its own. Used by one thread."""

    @property
    def format(self) -> FeedFormat | None:
        """How the device was opened; None until it is."""
        ...

    def poll(self) -> FeedUpdate:
        """Return what is new; never waits."""
        ...

    def close(self) -> None:
        """End the process. Returns within a second."""
        ...


class Feeds(Protocol):
    """Starts capture processes."""

    def open(self, device: str, kind: CallerSide) -> Feed:
        """Start capturing a device; an empty id is the default of its kind. Faults come through the feed."""
        ...

    def wait(self, feeds: Sequence[Feed], seconds: float) -> None:
        """Return when any feed has news, at the latest after ``seconds``."""
        ...
