"""The desk as it was at a moment of the call, through the view of a live call."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from assist.model import HeardNumber, Script
from audio.events import CallEvent
from ui import parts, theme
from ui.call_shapes import BESIDE_HEIGHT, BESIDE_WIDTH, WIDE_HEIGHT, WIDE_WIDTH
from ui.call_view import CallView
from ui.layouts import DOCKED, FULL
from ui.replay import words
from ui.replay.states import ReplayStates

SCRUB_MS = 80
"""While a hand moves through the call the panes wait; they follow when it has rested so long."""


class DeskPage(QWidget):
    """A call view fed from the log up to a position. Out of sight it rests and catches up when shown."""

    play_asked = Signal(float, float)
    """(start, end) to hear again."""
    revealed = Signal()

    def __init__(self, situations: Sequence[Script]) -> None:
        super().__init__()
        layout = parts.column(gap=0)
        self.setLayout(layout)
        self.state_words = parts.label("", "muted")
        self.state_words.setContentsMargins(12, 6, 12, 0)
        layout.addWidget(self.state_words)
        self.view = CallView(situations, past=True)
        self.view.numbers.play.connect(self._play)
        self.view.numbers.reveal.toggled.connect(self._revealed)
        self.view.next_sentence.revealed.connect(self.revealed)
        layout.addWidget(self.view, 1)
        self._states = ReplayStates((), 0.0)
        self._at_s = 0.0
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(SCRUB_MS)
        self._late.timeout.connect(self._feed)

    def show_call(self, events: Sequence[CallEvent], duration_s: float) -> None:
        """Show a call at its beginning."""
        self._states = ReplayStates(events, duration_s)
        self.view.tells_shown, self.view.tells_draft = self._states.tells_shown, self._states.tells_draft
        self._at_s = 0.0
        self._states.go(0.0)
        self._begin()

    def set_at(self, at_s: float, *, scrubbing: bool = False) -> None:
        """Show the desk at a position."""
        self._at_s = at_s
        if not self.isVisible():
            return
        if not scrubbing:
            self._late.stop()
            self._feed()
        else:
            self._late.start()

    @property
    def states(self) -> ReplayStates:
        """The state at the position shown last."""
        return self._states

    @Slot()
    def _feed(self) -> None:
        changed = self._states.go(self._at_s)
        if changed is None:
            self._begin()
        elif changed:
            self.view.refresh(changed)
        self._tell()

    def _begin(self) -> None:
        """Show another state of the same call: what was revealed and scrolled by hand stays."""
        self.setUpdatesEnabled(False)
        self.view.resume(self._states.state)
        self.setUpdatesEnabled(True)
        self._tell()

    def _tell(self) -> None:
        state = self._states.state
        told = [self.tr("The desk at {time}").format(time=words.clock(self._at_s))]
        if state.held:
            told.append(self.tr("on hold"))
        if state.paused:
            told.append(self.tr("listening paused"))
        text = " · ".join(told)
        if text != self.state_words.text():
            self.state_words.setText(text)

    @Slot(object)
    def _play(self, number: HeardNumber) -> None:
        self.play_asked.emit(max(0.0, number.start - 0.5), number.end + 0.5)

    @Slot(bool)
    def _revealed(self, shown: bool) -> None:
        if shown:
            self.revealed.emit()

    def toggle_numbers(self) -> None:
        """Ctrl+Shift+M."""
        self.view.numbers.toggle()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange()
        self._feed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """With room for all panes they stand as on the desk; else the transcript beside is the conversation."""
        look, view = theme.current(), self.view

        def holds(width: int, height: int) -> bool:
            return view.width() >= look.px(width) and view.height() >= look.px(height)

        wide = holds(WIDE_WIDTH, WIDE_HEIGHT)
        beside = not wide and holds(BESIDE_WIDTH, BESIDE_HEIGHT)
        wanted = FULL if wide or beside else DOCKED
        if (wanted, beside) != (view.layout_name, view.is_beside):
            view.arrange(wanted, beside=beside)
