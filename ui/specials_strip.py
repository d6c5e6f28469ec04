"""Special material that runs now, pinned above the answers: a calm line each, opened by a click."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from kb.specials import Special
from ui import icons, parts

SHOWN: Final = 1
"""Lines shown while folded."""


class SpecialLine(QPushButton):
    """One line, shortened with … where it is narrow; a screen reader and the tooltip have the whole."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._whole = text
        icons.put(self, "pin", "text")
        self.setProperty("kind", "special")
        self.setAccessibleName(text)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - self.iconSize().width() - 26  # sides, border and what is between sign and word
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room))


class SpecialsStrip(QWidget):
    """At most one line while folded. It changes only when the material does."""

    opened = Signal(object)
    """kb.specials.Special"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._specials: tuple[Special, ...] = ()
        self._unfolded = False
        self.lines: list[SpecialLine] = []
        self._column = parts.column(gap=2)
        self.setLayout(self._column)
        self.setAccessibleName(self.tr("Special material of today"))
        self.hide()

    def show_specials(self, specials: Sequence[Special]) -> None:
        """Show what runs; nothing moves where nothing changed."""
        if tuple(specials) == self._specials:
            return
        self._specials = tuple(specials)
        self._fill()

    def _fill(self) -> None:
        parts.clear(self._column)
        self.lines = []
        shown = self._specials if self._unfolded else self._specials[:SHOWN]
        for special in shown:
            text = self.tr("Special today: {title}").format(title=special.title)
            line = SpecialLine(text)
            line.setToolTip(f"{special.title}\n{special.body}")
            line.clicked.connect(lambda _on=False, one=special: self.opened.emit(one))
            self.lines.append(line)
        hidden = len(self._specials) - len(shown)
        row = parts.row(gap=4)
        self.fold = self._line(self.tr("{count} more").format(count=hidden) if hidden else self.tr("Fold"), "down")
        self.fold.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.fold.clicked.connect(self._turn)
        self.fold.setVisible(len(self._specials) > SHOWN)
        for place, line in enumerate(self.lines):
            if place == 0:
                row.addWidget(line, 1)
                row.addWidget(self.fold)
                parts.nest(self._column, row)
            else:
                self._column.addWidget(line)
        self.setVisible(bool(self._specials))

    def _line(self, text: str, icon: str) -> QPushButton:
        line = parts.button(text, icon, kind="special")
        line.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        return line

    @Slot()
    def _turn(self) -> None:
        self._unfolded = not self._unfolded
        self._fill()
