"""The line a counsellor types a search into; what the input method has not finished yet counts too."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from ui.composing import finish_syllable


class SearchBox(QLineEdit):
    """A line edit that tells of its words with the syllable under composition in them."""

    typed = Signal(str)
    """The words as they stand, an unfinished syllable included; only when they changed."""
    entered = Signal()
    """The counsellor put the cursor here: by key, or by a click."""

    def __init__(self) -> None:
        super().__init__()
        self._composing = ""
        self._told = ""
        self.textChanged.connect(self._tell)

    @property
    def words(self) -> str:
        """What stands in the box, the syllable under composition included."""
        at = self.cursorPosition()
        text = self.text()
        return (text[:at] + self._composing + text[at:]).strip()

    @property
    def composing(self) -> bool:
        """Whether a syllable is under composition."""
        return bool(self._composing)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.composing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            finish_syllable()  # Enter ends the syllable, no more
            return
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        composing = event.preeditString()
        self._composing = "" if event.commitString() else self._composing
        super().inputMethodEvent(event)
        self._composing = composing
        self._tell()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._composing = ""  # the input method commits or drops it as the focus leaves
        self._tell()

    @Slot()
    def _tell(self) -> None:
        words = self.words
        if words != self._told:
            self._told = words
            self.typed.emit(words)
