"""The line at the foot of the window: one sentence at a time, never over the text, never with the focus."""

from __future__ import annotations

import logging
from collections import deque

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from resources import notices
from ui import icons, parts, theme

log = logging.getLogger(__name__)
INFO_MS = 6000
_ICONS = {"info": "info", "warning": "warning", "error": "warning"}


class NoticeLine(QFrame):
    """Always there, so a notice shifts nothing; empty it shows the most useful keys. Errors stay until closed."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("line")
        self.setAccessibleName(self.tr("Notices"))
        self.setFixedHeight(theme.current().px(36))
        self._queue: deque[tuple[str, str]] = deque(maxlen=20)
        self._now: tuple[str, str] | None = None
        layout = parts.row(gap=8)
        layout.setContentsMargins(16, 0, 8, 0)
        self.setLayout(layout)
        self.sign = parts.label()
        layout.addWidget(self.sign)
        self.text = parts.Elided("", "small")
        layout.addWidget(self.text, 1)
        self.count = parts.label("", "small")
        layout.addWidget(self.count)
        self.close_button = parts.button(self.tr("Close"), kind="quiet", name=self.tr("Close this notice"))
        self.close_button.clicked.connect(self.dismiss)
        layout.addWidget(self.close_button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(INFO_MS)
        self._timer.timeout.connect(self.dismiss)
        self._show()

    def add_fact(self, fact: QWidget) -> None:
        """Give a lasting fact its place at the right end."""
        layout = self.layout()
        if isinstance(layout, QHBoxLayout):
            layout.insertWidget(layout.indexOf(self.close_button), fact, 0, Qt.AlignmentFlag.AlignVCenter)

    def raise_code(self, code: str, severity: str, params: dict[str, str]) -> None:
        """Show the sentence of a notice code."""
        try:
            text = notices.sentence(code, **params)
        except (KeyError, IndexError):
            log.error("notice without a sentence: %s", code)
            text = self.tr("Something went wrong ({code}).").format(code=code)
        self.say(text, severity)

    def raise_fault(self, error: Exception) -> None:
        """Show a fault's sentence; anything else is a bug, named but not explained."""
        if isinstance(error, notices.Fault):
            self.raise_code(error.code, "error", {key: str(value) for key, value in error.params.items()})
        else:
            log.error("unexpected: %s", type(error).__name__)
            self.say(self.tr("Something went wrong ({code}).").format(code=type(error).__name__), "error")

    def say(self, text: str, severity: str = "info") -> None:
        """Show a sentence, or keep it for after the one being shown."""
        entry = (text, severity)
        if entry == self._now or entry in self._queue:
            return
        if self._now is None or (self._now[1] == "info" and severity != "info"):
            self._now = entry
        else:
            self._queue.append(entry)
        self._show()

    @property
    def shown(self) -> str:
        """The sentence being shown, or empty."""
        return self._now[0] if self._now else ""

    @Slot()
    def dismiss(self) -> None:
        """Close the sentence being shown."""
        self._now = self._queue.popleft() if self._queue else None
        self._show()

    def _show(self) -> None:
        self._timer.stop()
        severity = self._now[1] if self._now else "none"
        parts.set_role(self, severity, "severity")
        if self._now is None:
            self.text.setText(self.tr("F1 All keys   Ctrl+K Search   Ctrl+H Saved calls"))
        else:
            self.text.setText(self._now[0])
            if severity == "info":
                self._timer.start()
        parts.set_role(self.text, "small" if self._now is None else "notice")
        token = "doubt" if severity in ("warning", "error") else "accent"
        name = _ICONS.get(severity, "keyboard")
        self.sign.setPixmap(icons.icon(name, token if self._now else "muted").pixmap(18, 18))
        self.count.setText(self.tr("{count} more").format(count=len(self._queue)) if self._queue else "")
        self.close_button.setVisible(self._now is not None)
        self.changed.emit()
