"""Time that passes only when told."""

from __future__ import annotations

import threading


class FakeClock:
    """Fills :class:`audio.clock.Clock`: waiting moves it on at once."""

    def __init__(self, now_ns: int = 1_000_000_000) -> None:
        self.now = now_ns
        self.waits: list[float] = []

    def now_ns(self) -> int:
        """Return the time."""
        return self.now

    def wait(self, stop: threading.Event, seconds: float) -> bool:
        """Let the time pass unless stopped."""
        if stop.is_set():
            return True
        self.waits.append(seconds)
        self.now += max(1, round(seconds * 1e9))
        return stop.is_set()

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.now += round(seconds * 1e9)
