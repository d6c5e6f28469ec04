"""Asks for every window of the program, dialogs, menus and tool tips among them, to stay out of screen captures."""

from __future__ import annotations

import logging

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QPlatformSurfaceEvent, QWindow

from ui.ports import ScreenGuard

_log = logging.getLogger(__name__)


class CaptureShield(QObject):
    """Hides each window when the system makes it, before anything is drawn. Qt main thread."""

    def __init__(self, app: QGuiApplication, guard: ScreenGuard) -> None:
        """Take up the windows that are there and every one to come; lives with ``app``."""
        super().__init__(app)
        self._guard = guard
        for window in app.topLevelWindows():
            if window.isVisible():
                self._hide(window)
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.PlatformSurface and isinstance(watched, QWindow) and watched.isTopLevel():
            made = QPlatformSurfaceEvent.SurfaceEventType.SurfaceCreated
            if isinstance(event, QPlatformSurfaceEvent) and event.surfaceEventType() is made:
                self._hide(watched)
        return False

    def _hide(self, window: QWindow) -> None:
        if not self._guard.hide(int(window.winId())):
            _log.warning("a window could not be kept out of screen captures")


def install(app: QGuiApplication, guard: ScreenGuard | None, wanted: bool) -> CaptureShield | None:
    """Shield the application's windows where that is wanted and the system can."""
    found = app.findChild(CaptureShield)
    if found is not None or not wanted or guard is None or not guard.can_hide:
        return found
    return CaptureShield(app, guard)
