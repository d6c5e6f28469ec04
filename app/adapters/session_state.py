"""Whether the user's session on Windows is locked. Asked now and then; other systems tell it on their bus."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from typing import Any, Final

_CURRENT: Final = 0xFFFFFFFF
"""WTS_CURRENT_SESSION."""
_INFO_EX: Final = 25
"""WTSSessionInfoEx."""
_LEVEL: Final = 1
"""Of the answer that :class:`_InfoEx` describes."""
_LOCKED: Final = 0
"""WTS_SESSIONSTATE_LOCK."""


class _InfoEx(ctypes.Structure):
    """The beginning of WTSINFOEXW at level 1."""

    _fields_ = (
        ("level", ctypes.c_uint32),
        ("_aligned", ctypes.c_uint32),
        ("session", ctypes.c_uint32),
        ("state", ctypes.c_uint32),
        ("flags", ctypes.c_int32),
    )


Query = Callable[[], tuple[int, int] | None]
"""Returns level and session flags, or None where the system does not say."""


def find(platform: str = sys.platform) -> Callable[[], bool] | None:
    """Return what tells whether the session is locked, cheap and on any thread; None where it is told otherwise."""
    return locked_by(_query()) if platform == "win32" else None


def locked_by(query: Query) -> Callable[[], bool]:
    """Return what tells whether the session is locked; what the system does not say is no lock."""

    def locked() -> bool:
        return query() == (_LEVEL, _LOCKED)

    return locked


def _query() -> Query:
    load = getattr(ctypes, "WinDLL")  # noqa: B009 - only Windows has the name
    library: Any = load("wtsapi32", use_last_error=True)
    ask, free = library.WTSQuerySessionInformationW, library.WTSFreeMemory
    ask.argtypes = (
        ctypes.c_void_p,
        ctypes.c_uint32,
        ctypes.c_int,
        ctypes.POINTER(ctypes.c_void_p),
        ctypes.POINTER(ctypes.c_uint32),
    )
    ask.restype = ctypes.c_int
    free.argtypes = (ctypes.c_void_p,)

    def query() -> tuple[int, int] | None:
        buffer, length = ctypes.c_void_p(), ctypes.c_uint32()
        if not ask(None, _CURRENT, _INFO_EX, ctypes.byref(buffer), ctypes.byref(length)) or not buffer.value:
            return None
        try:
            if length.value < ctypes.sizeof(_InfoEx):
                return None
            info = _InfoEx.from_address(buffer.value)
            return int(info.level), int(info.flags)
        finally:
            free(buffer)

    return query
