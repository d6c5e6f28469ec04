"""A button whose first press only says what the second will do: for what cannot be taken back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton


class TwoPress(QObject):
    """Makes a button ask once. A double click, or a key held down, is one press. Main thread.

    It asks no longer once the focus leaves the button, the button is hidden, or somebody takes the question back.
    """

    pressed = Signal()
    """The second press."""
    asked = Signal(bool)
    """Whether the next press does it, whenever that changes."""

    def __init__(self, button: QAbstractButton, sure: str) -> None:
        """Take the button's presses.

        Args:
            button: Says plainly what it does; owns this.
            sure: What it says while it asks.
        """
        super().__init__(button)
        self._button = button
        self._plain, self._sure = button.text(), sure
        self.asks = False
        button.clicked.connect(self.press)
        button.installEventFilter(self)

    def rename(self, plain: str, sure: str) -> None:
        """Let the button say something else; the question is taken back."""
        self._plain, self._sure = plain, sure
        self.ask(False)
        self._say()

    @Slot()
    def press(self) -> None:
        """Press, from a key too."""
        if self.asks:
            self.ask(False)
            self.pressed.emit()
        else:
            self.ask(True)

    def ask(self, asked: bool) -> None:
        """Let the next press do it, and say so; or no longer."""
        if asked == self.asks:
            return
        self.asks = asked
        self._say()
        self.asked.emit(asked)

    def _say(self) -> None:
        self._button.setText(self._sure if self.asks else self._plain)
        self._button.setAccessibleName(self._button.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind is QEvent.Type.MouseButtonDblClick:
            return True
        if kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease) and isinstance(event, QKeyEvent):
            return event.isAutoRepeat()
        if kind in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.ask(False)
        return super().eventFilter(watched, event)
