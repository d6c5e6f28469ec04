"""Facts beside each other, and on a further row where one does not hold them: nothing is dropped, nothing is cut."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import parts, theme

GAP: Final = 14
EDGE: Final = 14
"""Left of the first fact; at the right half of it."""
_LETTERS: Final = 22
"""Height of what stands in a row, at 100 %."""
_ROW: Final = 14
_ONE_ROW: Final = 26
"""Room around it, the same at every text size."""


class BarRows(QWidget):
    """Places groups from the left in rows, and one group at the right end of the first row.

    The last group is elastic: it takes what is left of its row up to its whole text, so that a longer text there
    moves nothing else.
    """

    def __init__(self, groups: Sequence[QWidget], end: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups = tuple(groups)
        self._end = end
        for one in (*self._groups, end):
            one.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

    def rows(self, width: int) -> list[list[QWidget]]:
        """Return the groups in view row by row as they stand in ``width`` pixels."""
        rows: list[list[QWidget]] = [[]]
        left = width - EDGE - EDGE // 2 - self._end.sizeHint().width()
        for group in self._groups:
            if group.isHidden():
                continue
            needed = least_width(group) + GAP
            if needed > left and (rows[-1] or len(rows) == 1):
                rows.append([])
                left = width - EDGE - EDGE // 2
            rows[-1].append(group)
            left -= needed
        return rows

    def height_for(self, width: int) -> int:
        """Return the height of the rows in ``width`` pixels."""
        count = len(self.rows(width))
        letters = theme.current().px(_LETTERS)
        return letters + _ONE_ROW if count == 1 else (letters + _ROW) * count

    def place(self) -> None:
        """Put everything into its place."""
        rows = self.rows(self.width())
        height = self.height() // len(rows)
        end = self._end.sizeHint()
        self._end.setGeometry(self.width() - EDGE // 2 - end.width(), 0, end.width(), height)
        for number, row in enumerate(rows):
            x = EDGE
            limit = self.width() - EDGE // 2 - (end.width() + GAP if number == 0 else 0)
            for group in row:
                width = least_width(group)
                if group is row[-1]:
                    width = min(group.sizeHint().width(), max(width, limit - x))
                group.setGeometry(x, number * height, width, height)
                x += width + GAP

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.place()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place()


def least_width(group: QWidget) -> int:
    """Return the width a group keeps free: its own, or what is reserved for its widest everyday text."""
    reserved = group.property("reserved")
    return int(reserved) if reserved else group.sizeHint().width()


def group(*widgets: QWidget, gap: int = 8) -> QWidget:
    """Return widgets as one fact."""
    made = QWidget()
    line = parts.row(gap=gap)
    made.setLayout(line)
    for one in widgets:
        line.addWidget(one, 0, Qt.AlignmentFlag.AlignVCenter)
    return made
