"""Time as a port: domain code never asks the system for it."""

from __future__ import annotations

import threading
from typing import Protocol


class Clock(Protocol):
    """Monotonic time and waiting."""

    def now_ns(self) -> int:
        """Return monotonic nanoseconds; the same clock in all processes of this PC."""
        ...

    def wait(self, stop: threading.Event, seconds: float) -> bool:
        """Wait up to ``seconds`` or until ``stop`` is set; return whether it is set."""
        ...
