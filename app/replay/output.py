"""Where replayed sound goes, and how far it was heard. Filled by a device in a child, or by a mere clock.

Frames are 16 kHz mono. What is fed comes in *runs*: everything fed under one number is heard in one piece; feeding
under a new number drops what waits of the run before, except for what the device has already taken.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Protocol

from app.engine import Engine, EngineFault
from audio.errors import DeviceFault
from audio.model import SAMPLE_RATE, Pcm

_ANSWERS_WITHIN_S: Final = 10.0
LOST: Final = "audio.output_lost"
"""Code of the fault of an output that went away, as against one that was never there."""


@dataclass(frozen=True, slots=True)
class Heard:
    """How far the sound was heard, at one moment."""

    run: int
    """The run that is heard; -1: none yet."""
    frame: float
    """Frames of the run heard so far; below zero until its first is."""
    at_ns: int
    """Monotonic time this holds for."""
    moving: bool
    """Whether it goes on by itself from there; False: nothing is being heard."""
    limit: int
    """Frames of that run that the output has: the position goes on by itself up to there, never ahead of the sound."""
    waiting: int
    """Frames fed under the newest run and not yet taken by the device."""


class SoundOutput(Protocol):
    """Takes sound and tells how far it was heard. One thread."""

    def feed(self, run: int, pcm: Pcm | None, last: bool = False) -> Heard:
        """Add sound to a run; None asks only. ``last`` is the run's last sound.

        Raises:
            Fault: The output is gone. A later feed tries anew.
        """
        ...

    def rest(self, run: int) -> int:
        """Drop what waits of the newest run; returns how many frames of it are heard all the same.

        Raises:
            Fault: As :meth:`feed`.
        """
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class SilentOutput:
    """Hears everything in time and lets nobody hear it. Fills :class:`SoundOutput`."""

    def __init__(self, clock: Callable[[], int] = time.perf_counter_ns) -> None:
        self._clock = clock
        self._run = -1
        self._fed = 0
        self._since = clock()
        self._from = 0.0

    def feed(self, run: int, pcm: Pcm | None, last: bool = False) -> Heard:
        """See :class:`SoundOutput`."""
        if run != self._run:
            self._begin(run)
        now = self._clock()
        if self._heard(now) >= self._fed:
            self._from, self._since = float(self._fed), now  # it ran dry: the time of waiting is not heard
        if pcm is not None:
            self._fed += len(pcm)
        return self._now(now)

    def rest(self, run: int) -> int:
        """See :class:`SoundOutput`."""
        if run != self._run:
            self._begin(run)
        self._fed = int(self._heard(self._clock()))
        return self._fed

    def close(self) -> None:
        """Nothing is held."""

    def _begin(self, run: int) -> None:
        self._run, self._fed, self._from, self._since = run, 0, 0.0, self._clock()

    def _heard(self, now: int) -> float:
        return min(float(self._fed), self._from + (now - self._since) * SAMPLE_RATE / 1e9)

    def _now(self, now: int) -> Heard:
        heard = self._heard(now)
        return Heard(self._run, heard, now, heard < self._fed, self._fed, self._fed - int(heard))


class ChildOutput:
    """A sound device in a child process, started when it is first fed. Fills :class:`SoundOutput`."""

    def __init__(self, factory: str, device: str = "") -> None:
        """Start nothing yet.

        Args:
            factory: ``module:function`` that returns the adapter in the child.
            device: The output; empty for the system's default.
        """
        self._engine = Engine("replay", factory, (device,), lanes=("play",), timeout_s=_ANSWERS_WITHIN_S, tries=2)
        self._started = False
        self._restarts = 0

    def feed(self, run: int, pcm: Pcm | None, last: bool = False) -> Heard:
        """See :class:`SoundOutput`. A child that had to be started again is an output that was lost."""
        return Heard(*self._ask("feed", run, pcm, last))

    def rest(self, run: int) -> int:
        """See :class:`SoundOutput`."""
        return int(self._ask("rest", run))

    def close(self) -> None:
        """End the child."""
        if self._started:
            self._engine.close()

    def _ask(self, method: str, *args: Any) -> Any:
        self._started = True
        try:
            told = self._engine.call("play", method, *args)
        except EngineFault as fault:
            raise DeviceFault("audio.no_output") from fault
        if self._engine.restarts != self._restarts:
            self._restarts = self._engine.restarts
            raise DeviceFault(LOST)
        return told
