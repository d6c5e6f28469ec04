"""A guard against a fault of the binding: PySide6 6.12 on Python before 3.12.

There every call that returns nothing takes a reference from ``None`` (and from ``True``, ``False``) without having
added one, as if they were immortal, which they are only since Python 3.12. After some tens of thousands of calls,
minutes of painting, the interpreter aborts. Until a release is fixed their counts are set out of reach once.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Final

_OUT_OF_REACH: Final = 1 << 40


def steady_constants() -> None:
    """Make the constants immortal in effect. Call before the first window; may be called again."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    for constant in (None, True, False, NotImplemented, Ellipsis):
        if sys.getrefcount(constant) < _OUT_OF_REACH // 2:
            ctypes.c_ssize_t.from_address(id(constant)).value = _OUT_OF_REACH
