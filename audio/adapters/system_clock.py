"""The system's monotonic clock."""

from __future__ import annotations

import threading
import time


class SystemClock:
    """Fills :class:`audio.clock.Clock`. Any thread."""

    def now_ns(self) -> int:
        """Return monotonic nanoseconds."""
        return time.monotonic_ns()

    def wait(self, stop: threading.Event, seconds: float) -> bool:
        """Wait up to ``seconds`` or until ``stop`` is set; return whether it is set."""
        return stop.wait(max(0.0, seconds))
