"""What call it is, above the replay; and what stands there once the call is gone."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui import parts, theme
from ui.replay.ports import ReplayFacts

_LARGE: Final = 1.4
"""Text size from which title and tags do not fit into one row of a usual screen."""
_IN_ROW: Final = 3
"""Tags in a row then."""


class ReplayHead(QWidget):
    """Title, and what the call may be used for and until when."""

    keys_asked = Signal()

    def __init__(self, facts: ReplayFacts) -> None:
        super().__init__()
        whole, head = parts.column(gap=4), parts.row(gap=8)
        whole.setContentsMargins(12, 8, 12, 0)
        self.setLayout(whole)
        parts.nest(whole, head)
        self.title = parts.Elided(facts.title or facts.started_at, "title")
        head.addWidget(self.title, 1)
        self._tags: list[QWidget] = []
        for text in self._words(facts):
            self._tags.append(parts.label(text, "tag"))
        if facts.unlisted:
            self._tags.append(parts.label(self.tr("Sender not in the list of desks"), "doubt-tag"))
        if not facts.sound_s:
            self._tags.append(parts.label(self.tr("No sound was recorded"), "doubt-tag"))
        self._tags.append(parts.label(self.tr("Replay, not live"), "tag"))
        if theme.current().scale < _LARGE:
            for tag in self._tags:
                head.addWidget(tag)
        else:
            for place in range(0, len(self._tags), _IN_ROW):
                row = parts.row(gap=8)
                for tag in self._tags[place : place + _IN_ROW]:
                    row.addWidget(tag)
                row.addStretch(1)
                parts.nest(whole, row)
        keys = parts.tool("keyboard", self.tr("Keys (F1)"))
        keys.clicked.connect(self.keys_asked)
        head.addWidget(keys)

    def _words(self, facts: ReplayFacts) -> list[str]:
        found = []
        if facts.counsellor:
            found.append(self.tr("Counsellor {code}").format(code=facts.counsellor))
        if facts.sender:
            found.append(self.tr("From {desk}").format(desk=facts.sender))
        if facts.purpose:
            found.append(self.tr("For: {purpose}").format(purpose=facts.purpose))
        if facts.until:
            found.append(self.tr("Until {day}").format(day=facts.until))
        return found


class GonePage(QWidget):
    """One sentence in the place of a call that may no longer be shown."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        layout = parts.column(margin=48, gap=16)
        self.setLayout(layout)
        layout.addStretch(1)
        self.words = parts.label("", "title", wrap=True)
        layout.addWidget(self.words)
        close = parts.button(self.tr("Close the window"), "close")
        close.clicked.connect(self.closed)
        row = parts.row()
        row.addWidget(close)
        row.addStretch(1)
        parts.nest(layout, row)
        layout.addStretch(2)

    def tell(self, sentence: str) -> None:
        """Say why the call is not shown."""
        self.words.setText(sentence)
