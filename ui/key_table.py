"""All keys of a window that is no desk, at a glance."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QWidget

from ui import parts


class KeyTable(QWidget):
    """Stays beside its window until closed."""

    def __init__(self, parent: QWidget, title: str, rows: Sequence[tuple[str, str]], note: str = "") -> None:
        """Fill the table.

        Args:
            parent: The window whose keys they are.
            title: Names them.
            rows: Key, and what it does.
            note: Stands below them.
        """
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("window")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        parts.open_at(self, 760, 620)
        layout = parts.column(margin=16, gap=12)
        self.setLayout(layout)
        layout.addWidget(parts.label(title, "title"))
        area, column = parts.scroller(title)
        parts.reads(area)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        half = (len(rows) + 1) // 2
        for place, (key, words) in enumerate(rows):
            row, across = place % half, place // half * 2
            grid.addWidget(parts.label(_written(key), "tag"), row, across)
            grid.addWidget(parts.label(words, wrap=True), row, across + 1)
        for across in (1, 3):
            grid.setColumnStretch(across, 1)
        parts.nest(column, grid)
        if note:
            column.addWidget(parts.label(note, "muted", wrap=True))
        column.addStretch(1)
        layout.addWidget(area, 1)
        close = parts.button(self.tr("Close"), tip="Esc")
        close.clicked.connect(self.close)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        QShortcut(QKeySequence("Esc"), self, self.close)


def _written(key: str) -> str:
    """Return keys as people write them: arrows for the arrow keys."""
    *held, last = key.split("+") if not key.endswith("++") else (key[:-2], "+")
    return "+".join((*held, {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}.get(last, last)))
