"""What the replay window shows of a call: timeline and controls above, transcript on the left, pages on the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSplitter, QTabWidget, QWidget

from assist.model import Script
from ui import parts
from ui.call_view_state import CallViewState
from ui.replay.desk_page import DeskPage
from ui.replay.events_page import EventsPage
from ui.replay.folds import Folds
from ui.replay.head import ReplayHead
from ui.replay.moments import Moment
from ui.replay.peaks import PeakStore
from ui.replay.ports import ReplayCall
from ui.replay.record_page import RecordPage
from ui.replay.timeline_pane import TimelinePane
from ui.replay.transcript import TranscriptPane
from ui.replay.transport import Transport


class Pages(QTabWidget):
    """Tabs that ask for the room of the page shown: a tall one out of sight takes none from the timeline."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _place: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        least, page = super().minimumSizeHint(), self.currentWidget()
        if page is None:
            return least
        return QSize(least.width(), page.minimumSizeHint().height() + self.tabBar().sizeHint().height() + 4)


class ReplayBody(QWidget):
    """The panes, made once. Main thread."""

    def __init__(self, call: ReplayCall, situations: Sequence[Script]) -> None:
        super().__init__()
        layout = parts.column(gap=4)
        self.setLayout(layout)
        self.head = ReplayHead(call.facts)
        layout.addWidget(self.head)
        self.pane = TimelinePane()
        self.transport = Transport()
        self.transcript = TranscriptPane()
        self.transcript.setMinimumWidth(220)
        self.desk, self.events, self.record = DeskPage(situations), EventsPage(), RecordPage()
        self.pages = Pages()
        self.pages.setDocumentMode(True)
        self.pages.setAccessibleName(self.tr("Pages of the replay"))
        self.pages.tabBar().setDrawBase(False)
        self.pages.addTab(self.desk, self.tr("Desk at that moment"))
        self.pages.addTab(self.events, self.tr("Events"))
        self.pages.addTab(self.record, self.tr("Record and edits"))
        lower, below = QWidget(), parts.column(gap=4)
        lower.setLayout(below)
        below.addWidget(self.transport)
        self.reading = _framed(self.transcript)
        across = _splitter(Qt.Orientation.Horizontal, self.reading, self.pages)
        across.setSizes([400, 880])
        below.addWidget(across, 1)
        down = _splitter(Qt.Orientation.Vertical, self.pane, lower)
        layout.addWidget(down, 1)
        self.folds = Folds(down, self.pane, self.reading, self.transcript, self.pages, self.desk)

    def show_call(self, call: ReplayCall, found: tuple[Moment, ...], length_s: float, peaks: PeakStore | None) -> None:
        """Show a call at its beginning."""
        whole = CallViewState()
        whole.replay(call.events)
        self.transcript.show_call(whole)
        self.pane.timeline.show_call(found, length_s, peaks)
        self.folds.fit()
        self.transport.show_length(length_s)
        self.desk.show_call(call.events, length_s)
        self.events.show_moments(found)
        self.record.show_versions(call.versions)

    def stand(self, at_s: float, *, jumped: bool, scrubbing: bool) -> None:
        """Show another position."""
        self.pane.timeline.set_at(at_s, jumped=jumped and not scrubbing)
        self.transport.show_place(at_s)
        self.transcript.hear(at_s, jumped=jumped)
        self.desk.set_at(at_s, scrubbing=scrubbing)
        self.events.hear(at_s)

    def forget(self) -> None:
        """Let go of everything that the call said, the pages of other rooms too."""
        self.head.title.setText("")
        self.transcript.box.clear()
        self.transcript.show_call(CallViewState())
        self.pane.timeline.show_call((), 0.1, None)
        self.pane.tell()
        self.desk.show_call((), 0.0)
        self.events.show_moments(())
        self.record.show_versions(())
        while self.pages.count():
            page = self.pages.widget(0)
            self.pages.removeTab(0)
            if page is not None and page not in (self.desk, self.events, self.record):
                page.deleteLater()


def _splitter(way: Qt.Orientation, first: QWidget, second: QWidget) -> QSplitter:
    made = QSplitter(way)
    made.setChildrenCollapsible(False)
    made.setHandleWidth(8)
    made.addWidget(first)
    made.addWidget(second)
    made.setStretchFactor(1, 1)
    return made


def _framed(inside: QWidget) -> QWidget:
    frame = parts.frame("pane")
    layout = parts.column(gap=0)
    frame.setLayout(layout)
    layout.addWidget(inside)
    return frame
