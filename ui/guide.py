"""The guide in the browser: the pages built from ``docs/`` that lie beside the program."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Protocol, runtime_checkable

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton

from resources import path
from ui import parts
from ui.actions import BY_ID, keys_of, written
from ui.preference_ports import Preferences

_BUILT: Final = Path(__file__).resolve().parents[1] / "build" / "site"
"""Where ``make docs`` puts the pages in a checkout; a frozen program carries them as the resource ``guide``."""
PAGES: Final = {
    "": "index.html",
    "keys": "ko/shortcuts.html",
    "sound_check": "ko/start.html",
    "sessions": "ko/privacy.html",
    "holdings": "ko/privacy.html",
    "outbox": "ko/protection.html",
    "care": "ko/protection.html",
    "settings": "ko/settings.html",
    "record": "ko/record.html",
}
"""Page of each window; the empty name is the front page."""


def folder() -> Path | None:
    """Return where the guide lies; None where this installation has none."""
    try:
        return path("guide")
    except FileNotFoundError:
        return _BUILT if (_BUILT / "index.html").is_file() else None


def open_page(window: str = "") -> bool:
    """Open the page of a window in the system's browser; returns whether there was one to open."""
    home = folder()
    page = home / PAGES.get(window, PAGES[""]) if home is not None else None
    return page is not None and page.is_file() and QDesktopServices.openUrl(QUrl.fromLocalFile(str(page)))


@runtime_checkable
class _Desk(Protocol):
    """The window that opens the guide for those that belong to it."""

    preferences: Preferences

    def open_guide(self, window: str = "") -> None: ...


class GuideLink(QToolButton):
    """The ? of a window: opens the guide at its page, by click or by the guide's key."""

    def __init__(self, window: str) -> None:
        """Lead to the page of ``window``, a name of :data:`PAGES`."""
        super().__init__()
        self._page = window
        self.setText("?")
        self.setProperty("kind", "quiet")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Guide to this window"))
        self.clicked.connect(self._open)

    def _desk(self) -> _Desk | None:
        around = self.parentWidget()
        while around is not None and not isinstance(around, _Desk):
            around = around.parentWidget()
        return around

    def showEvent(self, event: QShowEvent) -> None:
        desk = self._desk()
        chosen = desk.preferences.keys if desk is not None else {}
        keys = keys_of(BY_ID["guide"], chosen)
        self.setShortcut(QKeySequence(keys))
        self.setToolTip(f"{self.accessibleName()} ({written(keys)})" if keys else self.accessibleName())
        super().showEvent(event)

    @Slot()
    def _open(self) -> None:
        desk = self._desk()
        if desk is not None:
            desk.open_guide(self._page)
        else:
            open_page(self._page)


def headed(title: str, window: str) -> QHBoxLayout:
    """Return the head of a window: its title, and the way into the guide."""
    row = parts.row()
    row.addWidget(parts.label(title, "hero"), 1)
    row.addWidget(GuideLink(window), 0, Qt.AlignmentFlag.AlignTop)
    return row
