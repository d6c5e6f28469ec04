"""What gives the pages room: lanes of the timeline and the transcript step back, or the window scrolls to them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Slot
from PySide6.QtWidgets import QScrollArea, QSplitter, QTabWidget, QWidget

from ui import theme
from ui.replay.timeline_pane import TimelinePane
from ui.replay.transcript import TranscriptPane

LARGE: Final = 1.5
"""From this text size on lanes and transcript do not fit over one another on a usual screen."""
SHORT: Final = 800
"""Height of the body at 100 %, below which all lanes would leave the page less than half of it."""


class Folds(QObject):
    """Remembers for one window what stands folded. Main thread.

    In a low window, and in large letters, the lanes stand folded into one until all are wished for: alike beside every
    page, so that nothing moves when another is turned to. In large letters the transcript is folded as well, beside
    another page than the desk.
    """

    def __init__(
        self,
        split: QSplitter,
        pane: TimelinePane,
        reading: QWidget,
        transcript: TranscriptPane,
        pages: QTabWidget,
        desk: QWidget,
    ) -> None:
        """Fold nothing but what large letters ask for.

        Args:
            split: Holds the timeline above the rest.
            pane: Timeline; its buttons fold.
            reading: What frames the transcript; hidden when that is folded.
            transcript: Shown again when words are looked for in it.
            pages: The page shown decides whether the transcript steps back.
            desk: The page of the desk as it was.
        """
        super().__init__(pane)
        self._split = split
        self._pane, self._reading, self._transcript = pane, reading, transcript
        self._pages, self._desk = pages, desk
        self._lanes_wished: bool | None = None
        """Whether all lanes are to be seen; None: never asked."""
        self._words_wished: dict[bool, bool] = {}
        """Whether the transcript is to be seen, by whether the desk is; what is not there was never asked."""
        pane.fold.clicked.connect(self.turn_timeline)
        pane.read.clicked.connect(self.turn_transcript)
        pane.read.setChecked(True)
        pages.currentChanged.connect(self._show_words)
        split.installEventFilter(self)

    def _is_desk(self) -> bool:
        return self._pages.currentWidget() is self._desk

    @property
    def is_folded(self) -> bool:
        """Whether everything that happened stands in one lane."""
        if self._lanes_wished is not None:
            return not self._lanes_wished
        look = theme.current()
        return look.scale >= LARGE or self._split.height() < look.px(SHORT)

    @Slot()
    def turn_timeline(self) -> None:
        """Alt+W."""
        self._lanes_wished = self.is_folded
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fold or unfold where the window became low or high."""
        if event.type() is QEvent.Type.Resize and self.is_folded != self._pane.timeline.lanes.folded:
            QTimer.singleShot(0, self, self.fit)
        return super().eventFilter(watched, event)

    @Slot()
    def turn_transcript(self) -> None:
        """Alt+R."""
        self._read(self._reading.isHidden())

    def _read(self, wanted: bool) -> None:
        self._words_wished[self._is_desk()] = wanted
        self._show_words()

    @Slot()
    def _show_words(self) -> None:
        is_desk = self._is_desk()
        wanted = self._words_wished.get(is_desk, is_desk or theme.current().scale < LARGE)
        if wanted is not self._reading.isHidden():
            return
        inside = self._reading.focusWidget()
        if not wanted and inside is not None and inside.hasFocus():
            self._pane.timeline.setFocus()
        self._reading.setVisible(wanted)
        self._pane.read.setChecked(wanted)

    def find(self) -> None:
        """Ctrl+F: words are looked for in the transcript, so it is shown."""
        self._read(True)
        self._transcript.focus_search()

    def find_next(self) -> None:
        """F3."""
        self._read(True)
        self._transcript.find_next(1)

    def fit(self) -> None:
        """Give the timeline the room that it needs now."""
        self._pane.timeline.fold(self.is_folded)
        self._pane.fit()
        self._show_words()
        whole = sum(self._split.sizes())
        wanted = min(self._pane.sizeHint().height(), whole // 2)
        if whole > 0:
            self._split.setSizes([wanted, whole - wanted])


class InView(QObject):
    """Where not everything fits, scrolls to the page turned to, until a hand scrolls. Main thread."""

    def __init__(self, area: QScrollArea, pages: QTabWidget, desk: QWidget) -> None:
        """Scroll nothing yet; the page of the desk stands below its timeline and is left there."""
        super().__init__(area)
        self._area, self._pages, self._desk = area, pages, desk
        self._holds = False
        pages.currentChanged.connect(self._turned)
        bar = area.verticalScrollBar()
        bar.actionTriggered.connect(self._let_go)
        bar.rangeChanged.connect(self._bring)  # the page asks for its room once it is laid out

    @Slot()
    def _turned(self) -> None:
        self._holds = True
        QTimer.singleShot(0, self, self._bring)

    @Slot()
    def _let_go(self) -> None:
        self._holds = False

    @Slot()
    def _bring(self) -> None:
        body = self._area.widget()
        if self._holds and body is not None:
            is_desk = self._pages.currentWidget() is self._desk
            self._area.verticalScrollBar().setValue(0 if is_desk else self._pages.mapTo(body, QPoint(0, 0)).y())
