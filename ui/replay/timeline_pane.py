"""The timeline with what stands below it: scroll bar, zoom, and in words what is chosen or marked."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QMargins, QSize, Qt, Slot
from PySide6.QtWidgets import QScrollArea, QScrollBar, QWidget

from ui import parts
from ui.replay import words
from ui.replay.timeline import Timeline

_TICKS: Final = 10
"""Scroll bar steps a second."""


class TimelinePane(QWidget):
    """The timeline, its scroll bar, and in words what the keyboard or a marked passage stands on."""

    def __init__(self) -> None:
        super().__init__()
        layout = parts.column(gap=0)
        layout.setContentsMargins(8, 4, 8, 4)
        self.setLayout(layout)
        self.timeline = Timeline()
        self.bar = QScrollBar(Qt.Orientation.Horizontal)
        self.bar.setAccessibleName(self.tr("Stretch of the call in view"))
        self.bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.bar.valueChanged.connect(self._scrolled)
        self.words = parts.Elided("", "small")
        foot = self._foot = parts.row(gap=8)
        foot.addWidget(self.words, 3)
        foot.addWidget(self.bar, 2)
        self.out = parts.tool("", self.tr("Show more of the call (Alt+-)"), text="−")
        self.into = parts.tool("", self.tr("Look closer (Alt++)"), text="+")
        self.all = parts.tool("", self.tr("Show the whole call (Alt+0)"), text=self.tr("Whole"))
        self.out.clicked.connect(lambda: self.timeline.zoom(1.6))
        self.into.clicked.connect(lambda: self.timeline.zoom(1 / 1.6))
        self.all.clicked.connect(self.timeline.whole)
        self.fold = parts.tool("", self.tr("Events in one line, or a line for each kind (Alt+W)"), text="W")
        self.read = parts.tool("", self.tr("Show the transcript, or not (Alt+R)"), text=self.tr("Transcript  Alt+R"))
        self.read.setCheckable(True)
        for one in (self.read, self.fold, self.out, self.into, self.all):
            foot.addWidget(one)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(self.tr("Timeline of the call"))
        area.setWidget(self.timeline)
        self._area = area
        layout.addWidget(area)
        parts.nest(layout, foot)
        self._setting = False
        self.timeline.viewed.connect(self._viewed)
        self.timeline.chosen_changed.connect(self.tell)
        self.timeline.span_marked.connect(self.tell)
        self.tell()

    def fit(self) -> None:
        """Ask for the room of all lanes; with less they scroll."""
        lanes = self.timeline.lanes
        self.fold.setText(self.tr("All lines  Alt+W") if lanes.folded else self.tr("One line  Alt+W"))
        self._area.setMinimumHeight(min(lanes.least(), lanes.height()))
        self._area.setMaximumHeight(lanes.height() + 2)
        self.setMaximumHeight(self.sizeHint().height())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        layout = self.layout()
        around = layout.contentsMargins() if layout is not None else QMargins()
        rest = self._foot.sizeHint().height() + around.top() + around.bottom()
        return QSize(800, self.timeline.lanes.height() + 2 + rest)

    @Slot()
    def _viewed(self) -> None:
        start, span = self.timeline.view
        self._setting = True
        self.bar.setRange(0, round((self.timeline.duration_s - span) * _TICKS))
        self.bar.setPageStep(max(1, round(span * _TICKS)))
        self.bar.setSingleStep(max(1, round(span * _TICKS / 10)))
        self.bar.setValue(round(start * _TICKS))
        self._setting = False

    @Slot(int)
    def _scrolled(self, value: int) -> None:
        if not self._setting:
            self.timeline.scroll_by_hand(value / _TICKS)

    @Slot()
    def tell(self) -> None:
        """Say what is marked or chosen."""
        span, one = self.timeline.span, self.timeline.chosen
        if span is not None:
            told = self.tr("Marked {start} to {end}").format(start=words.clock(span[0]), end=words.clock(span[1]))
        elif one is not None:
            told = words.line(one)
        else:
            told = self.tr("Drag to move through the call; with Shift to mark a passage. ↑ ↓ go from one to the next.")
        self.words.setText(told)
