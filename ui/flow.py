"""Small widgets side by side as far as the width goes, then on the next row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

GAP = 8


class Flow(QWidget):
    """Places its widgets left to right at their own size; its height follows from its width."""

    def __init__(self, items: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = tuple(items)
        for item in self._items:
            item.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _places(self, width: int) -> tuple[list[QPoint], int]:
        places: list[QPoint] = []
        line: list[tuple[int, int]] = []
        """(left, height) of the widgets of the row."""
        x = y = 0
        for item in self._items:
            size = item.sizeHint().expandedTo(item.minimumSize())
            if x and x + size.width() > width:
                places += _in_row(line, y)
                x, y, line = 0, y + _tallest(line) + GAP // 2, []
            line.append((x, size.height()))
            x += size.width() + GAP
        return [*places, *_in_row(line, y)], y + _tallest(line)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._places(width)[1]

    def sizeHint(self) -> QSize:
        return QSize(self.minimumSizeHint().width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        widest = max((item.sizeHint().width() for item in self._items), default=0)
        return QSize(widest, self.heightForWidth(max(widest, self.width())))

    def _put(self) -> None:
        places, _ = self._places(self.width())
        for item, place in zip(self._items, places, strict=True):
            item.resize(item.sizeHint().expandedTo(item.minimumSize()))
            item.move(place)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:  # a widget asks for another size, e.g. for another word
            self._put()
            self.updateGeometry()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._put()
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


def _tallest(line: Sequence[tuple[int, int]]) -> int:
    return max((tall for _, tall in line), default=0)


def _in_row(line: Sequence[tuple[int, int]], top: int) -> list[QPoint]:
    """Return where the widgets of a row stand: the middles of all of them on one line."""
    return [QPoint(left, top + (_tallest(line) - tall) // 2) for left, tall in line]
