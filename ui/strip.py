"""A small strip above other programs: that a call runs, what to say next, and the button, while the desk is behind."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QMouseEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QSizePolicy

from ui import parts, theme
from ui.call_view_state import CallViewState, Phase
from ui.hold_button import HoldButton
from ui.wording import clock

_WIDTH = 720
_EDGE = 24
"""Distance from the edge of the screen where it first stands."""


class Strip(QFrame):
    """Never takes the focus, whatever is clicked in it; moved by dragging; stands where it was last put."""

    held = Signal()

    def __init__(self) -> None:
        flags = (
            Qt.WindowType.Tool
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.WindowDoesNotAcceptFocus
        )
        # Without an owner: it stays where the desk is put away.
        super().__init__(None, flags)
        self.setObjectName("strip")
        self.setWindowTitle(self.tr("Counsellor's desk: strip"))
        self.setAccessibleName(self.windowTitle())
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._elapsed = QElapsedTimer()
        self._began_s = 0.0
        self._drag: QPoint | None = None
        self._placed = False
        self._paused = False
        line = parts.row(gap=12)
        line.setContentsMargins(12, 4, 4, 4)
        self.setLayout(line)
        self.call = parts.label("", "heading")
        line.addWidget(self.call)
        self.count = parts.label("", "small")
        line.addWidget(self.count)
        self.next = parts.Elided("", "title")
        line.addWidget(self.next, 1)
        self.button = HoldButton(self.tr("Hand over"), self.tr("hold"))
        self.button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.held.connect(self.held.emit)
        line.addWidget(self.button)
        self._second = QTimer(self)
        self._second.setInterval(500)
        self._second.timeout.connect(self._tick)
        self.hide()

    def show_state(self, state: CallViewState, outcome: str) -> None:
        """Show the call.

        Args:
            state: The call.
            outcome: What became of the hand-over; empty before one.
        """
        live = state.phase is Phase.LIVE
        if live and not self._second.isActive():
            self._elapsed.start()
            self._began_s = state.last_s
            self._second.start()
        elif not live:
            self._second.stop()
        self._paused = state.paused
        counts = state.warnings_allowed > 0 and (state.abuse is not None or state.warnings_given > 0)
        given = self.tr("Warnings {given}/{allowed}")
        self.count.setText(given.format(given=state.warnings_given, allowed=state.warnings_allowed) if counts else "")
        script = state.next_line
        if state.crisis and script is None:
            self.say(self.tr("A person in danger: look at the desk."))
        else:
            self.say(script.text if script is not None else outcome)
        self._tick()

    def say(self, text: str) -> None:
        """Show one line; what does not fit is its tooltip."""
        self.next.setText(text)

    @Slot()
    def _tick(self) -> None:
        run = clock(self._began_s + (self._elapsed.elapsed() / 1000 if self._elapsed.isValid() else 0))
        text = self.tr("● Paused {time}") if self._paused else self.tr("● In a call {time}")
        self.call.setText(text.format(time=run))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        look, room = theme.current(), self.screen().availableGeometry()
        self.resize(min(look.px(_WIDTH), room.width() - 2 * _EDGE), self.sizeHint().height())
        if not self._placed:
            self._placed = True
            self.move(room.right() - self.width() - _EDGE, room.top() + _EDGE)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag = event.globalPosition().toPoint() - self.pos()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is not None:
            self.move(event.globalPosition().toPoint() - self._drag)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drag = None
