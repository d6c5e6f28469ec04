"""Links on macOS: the system hands them to the running program as events, where others start it anew."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QUrl
from PySide6.QtGui import QFileOpenEvent

from ui.links import LinkRefused, is_link, parse
from ui.single_window import Obey


class LinkEvents(QObject):
    """Watches the application for links. Main thread; install it there alone: every event passes through Python."""

    def __init__(self, obey: Obey, parent: QObject) -> None:
        """Join the parts; ``obey`` follows what a link asks."""
        super().__init__(parent)
        self._obey = obey

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.FileOpen or not isinstance(event, QFileOpenEvent):
            return False
        text = event.url().toString(QUrl.ComponentFormattingOption.FullyEncoded)
        if not is_link(text):
            return False
        try:
            link = parse(text)
        except LinkRefused:
            return True
        self._obey(link.verb, {**link.values, "via": "link"})
        return True
