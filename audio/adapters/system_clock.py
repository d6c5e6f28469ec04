"""The system's monotonic clock."""

from __future__ import annotations

import sys
import threading
import time


class SystemClock:
    """Fills :class:`audio.clock.Clock`. Any thread."""

    def now_ns(self) -> int:
        """Return monotonic nanoseconds."""
        return time.monotonic_ns()

    def slept_ns(self) -> int:
        """Return nanoseconds that the PC has slept, where monotonic time stands still meanwhile; the zero is any.

        Linux and macOS keep a second clock that goes on. On Windows monotonic time itself goes on, so this
        stays as it is.
        """
        if sys.platform == "win32":
            return 0
        awake = time.monotonic_ns()
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME if sys.platform == "linux" else time.CLOCK_MONOTONIC) - awake

    def wait(self, stop: threading.Event, seconds: float) -> bool:
        """Wait up to ``seconds`` or until ``stop`` is set; return whether it is set."""
        return stop.wait(max(0.0, seconds))
