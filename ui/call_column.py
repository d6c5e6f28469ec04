"""Panes above one another in a page that scrolls, where there is no room for them side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from ui import parts, theme

LEAST: Final = {"conversation": 150, "answers": 284, "numbers": 132, "record": 132}
_LEAST_BESIDE: Final = {"conversation": 64, "answers": 228, "numbers": 96}
"""The same where they stand beside each other: a whole card, a heading and a line."""
_SHARES: Final = {"conversation": 4, "answers": 6, "numbers": 2, "record": 0}


class Column(QWidget):
    """Panes above one another in a page that scrolls, and a foot that is always in view."""

    def __init__(self) -> None:
        super().__init__()
        self.setLayout(parts.column(gap=8))
        self._names: tuple[str, ...] = ()
        self.pair: QSplitter | None = None
        """The answers beside conversation and digits, the first row where height is short."""
        self.panes = QSplitter(Qt.Orientation.Vertical)
        self.panes.setObjectName("column")
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setAccessibleName(self.tr("Panes of the call"))
        self.panes.setProperty("page", True)
        self.area.setWidget(self.panes)
        self.area.viewport().setAutoFillBackground(False)

    def fill(
        self, boxes: Mapping[str, QFrame], names: Iterable[str], foot: QFrame | None, *, paired: bool = False
    ) -> None:
        """Take the panes in; the column stands in its window already, so that each is dressed once."""
        whole, look = self.layout(), theme.current()
        if isinstance(whole, QVBoxLayout):
            whole.addWidget(self.area, 1)
            if foot is not None:
                whole.addWidget(foot)
        self._names = tuple(names)
        if paired:
            self._pair_up(boxes)
        for name in self._names:
            box = boxes[name]
            self.panes.addWidget(box)
            if isinstance(box, PaneBox):
                box.set_least(look.px(LEAST[name]))
            self.panes.setStretchFactor(self.panes.count() - 1, _SHARES[name])

    def _pair_up(self, boxes: Mapping[str, QFrame]) -> None:
        beside = tuple(name for name in ("conversation", "numbers") if name in self._names)
        self.pair, left = QSplitter(Qt.Orientation.Horizontal), QSplitter(Qt.Orientation.Vertical)
        self.pair.setObjectName("pair")
        left.setObjectName("left")
        for name in beside:
            left.addWidget(boxes[name])
        left.setStretchFactor(0, 1)
        left.setSizes([1000, 1][: len(beside)])
        left.setMinimumWidth(theme.current().px(230 if "numbers" in beside else 170))
        self.pair.addWidget(left)
        self.pair.addWidget(boxes["answers"])
        self.pair.setStretchFactor(0, 3)
        self.pair.setStretchFactor(1, 5)
        self.pair.setSizes([370, 630])
        self.panes.addWidget(self.pair)
        self.panes.setStretchFactor(0, 1)
        for paired in (*beside, "answers"):
            box = boxes[paired]
            if isinstance(box, PaneBox):
                box.set_least(theme.current().px(_LEAST_BESIDE[paired]))
        self._names = tuple(name for name in self._names if name not in (*beside, "answers"))

    def keep_whole(self, room: int) -> None:
        """Let the pair have all the height in view, ``room`` pixels."""
        if self.pair is not None:
            self.pair.setMinimumHeight(max(room, self.pair.minimumSizeHint().height()))

    def share(self) -> None:
        """Share the height as it was meant."""
        pair = [10_000] if self.pair is not None else []
        self.panes.setSizes([*pair, *(1000 * _SHARES[name] + 1 for name in self._names)])

    def show_pane(self, box: QWidget) -> None:
        """Bring a pane into view, from its head down."""
        bar = self.area.verticalScrollBar()
        panes = self.panes
        QTimer.singleShot(
            0, box, lambda: bar.setValue(box.mapTo(panes, QPoint()).y()) if panes.isAncestorOf(box) else None
        )


class PaneBox(QFrame):
    """A pane's frame: never lower than what is in it now needs, and than is useful in a column."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.setObjectName("pane")
        self._least = 0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(inner)

    def set_least(self, height: int) -> None:
        """Ask for at least this height, pixels."""
        if height != self._least:
            self._least = height
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        found = super().minimumSizeHint()
        layout = self.layout()
        if self._least and layout is not None and layout.hasHeightForWidth() and self.width() > 0:
            found.setHeight(max(found.height(), layout.minimumHeightForWidth(self.width())))
        return found.expandedTo(QSize(0, self._least))
