"""What the system says about its own wall clock: whether a time server holds it."""

from __future__ import annotations

import ctypes
import sys
from typing import Final

_NOT_SYNCHRONIZED: Final = 5
"""``TIME_ERROR`` of adjtimex(2)."""
_TIMEX_BYTES: Final = 512
"""More than any system's ``struct timex``; all zeros asks and sets nothing."""


def clock_sync() -> str:
    """Return ``synchronized``, ``unsynchronized``, or ``unknown`` where the system does not tell. Never raises."""
    if sys.platform != "linux":
        return "unknown"
    try:
        state = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(_TIMEX_BYTES))
    except (OSError, AttributeError):
        return "unknown"
    if state < 0:
        return "unknown"
    return "unsynchronized" if state == _NOT_SYNCHRONIZED else "synchronized"
