"""Keeps windows out of screenshots, recordings and shared screens, where the system can.

Windows can (``SetWindowDisplayAffinity``): a window is left out, or, before Windows 10 2004, shown black. X11 and
Wayland have no such thing. macOS had one that its present capture service no longer honours: nothing is promised there.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from typing import Any, Final

_EXCLUDED: Final = 0x11
"""WDA_EXCLUDEFROMCAPTURE: the window is not there."""
_BLACK: Final = 0x1
"""WDA_MONITOR: the window is black."""
_SHOWN: Final = 0x0

SetAffinity = Callable[[int, int], bool]
"""``SetWindowDisplayAffinity(window, affinity)``; false where the system refuses."""


class WindowsScreenGuard:
    """Fills :class:`ui.ports.ScreenGuard` on Windows. Qt main thread."""

    def __init__(self, set_affinity: SetAffinity) -> None:
        self._set = set_affinity

    @property
    def can_hide(self) -> bool:
        """Always: there is a call for it."""
        return True

    def hide(self, window: int, wanted: bool = True) -> bool:
        """See :class:`ui.ports.ScreenGuard`."""
        if not wanted:
            return self._set(window, _SHOWN)
        return self._set(window, _EXCLUDED) or self._set(window, _BLACK)


class NoScreenGuard:
    """Where the system has no such thing."""

    @property
    def can_hide(self) -> bool:
        """Never."""
        return False

    def hide(self, window: int, wanted: bool = True) -> bool:
        """Do nothing; returns False."""
        return False


def find(platform: str = sys.platform) -> WindowsScreenGuard | NoScreenGuard:
    """Return what this system offers."""
    return WindowsScreenGuard(_set_affinity()) if platform == "win32" else NoScreenGuard()


def _set_affinity() -> SetAffinity:
    user32: Any = getattr(ctypes, "WinDLL")("user32", use_last_error=True)  # noqa: B009 - only Windows has the name
    function = user32.SetWindowDisplayAffinity
    function.argtypes = (ctypes.c_void_p, ctypes.c_uint32)
    function.restype = ctypes.c_int
    return lambda window, affinity: bool(function(window, affinity))
