"""Heard numbers in large digits: hear again, copy, hidden until asked where they point to a person."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QWidget

from assist.model import HeardNumber
from audio.model import Channel
from ui import clipboard, parts, theme
from ui.wording import mask

SIZES = (theme.DIGITS, 24, theme.ANSWER, theme.BODY)
"""Type sizes a number is tried in: as large as its room allows."""


class Digits(parts.Elided):
    """A number in the largest type its room allows; every digit as wide as the next."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        look = theme.current()
        self._size = 0
        self.setMinimumHeight(look.px(theme.DIGITS) * 5 // 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        look = theme.current()
        fonts = {size: look.font(size, tabular=True) for size in SIZES}
        wide = {size: QFontMetrics(font).horizontalAdvance(self.text()) for size, font in fonts.items()}
        size = next((size for size in SIZES if wide[size] <= event.size().width()), SIZES[-1])
        if size != self._size:
            self._size = size
            self.setFont(fonts[size])
            self.setStyleSheet(f"font-size: {look.px(size)}px;")


class NumberRow(QWidget):
    """One heard number."""

    play = Signal(object)
    copied = Signal()

    def __init__(self, number: HeardNumber, revealed: bool) -> None:
        super().__init__()
        self.number = number
        layout = parts.column(gap=0)
        self.setLayout(layout)
        line = parts.row(gap=0)
        self.digits = Digits(number.display if revealed else mask(number.kind, number.display))
        line.addWidget(self.digits, 1)
        self.play_button = parts.tool("play", self.tr("Hear again"))
        self.play_button.clicked.connect(lambda: self.play.emit(self.number))
        self.copy_button = parts.tool("copy", self.tr("Copy the number"))
        self.copy_button.clicked.connect(self.copy)
        line.addWidget(self.play_button)
        line.addWidget(self.copy_button)
        layout.addLayout(line)
        who = self.tr("Caller") if number.channel is Channel.CALLER else self.tr("Counsellor")
        under = parts.row(gap=8)
        under.addWidget(parts.label(f"{who} · {self.kind(number.kind)}", "small"))
        if not number.confident:
            under.addWidget(parts.label(self.tr("Please check"), "doubt"))
        under.addStretch(1)
        layout.addLayout(under)

    def kind(self, kind: str) -> str:
        """Return the name of a kind of number."""
        names = {
            "phone": self.tr("phone"),
            "amount": self.tr("amount"),
            "date": self.tr("date"),
            "time": self.tr("time"),
            "address": self.tr("address"),
            "bus": self.tr("bus"),
            "count": self.tr("count"),
        }
        return names.get(kind, self.tr("number"))

    @Slot()
    def copy(self) -> None:
        """Put the whole number on the clipboard."""
        clipboard.copy(self.number.display)
        self.copied.emit()


class NumbersPane(QWidget):
    """The newest number on top; older ones below."""

    play = Signal(object)
    """HeardNumber to hear again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[NumberRow] = []
        self._numbers: tuple[HeardNumber, ...] = ()
        self._revealed = False
        self._playable = True
        layout = self._whole = parts.column(margin=12, gap=8)
        self.setLayout(layout)
        self.head = QWidget()
        head = parts.row()
        self.head.setLayout(head)
        head.addWidget(parts.label(self.tr("Heard numbers"), "heading"))
        head.addStretch(1)
        self.reveal = parts.tool("eye", self.tr("Show hidden numbers (Ctrl+Shift+M)"))
        self.reveal.setCheckable(True)
        self.reveal.toggled.connect(self.set_revealed)
        head.addWidget(self.reveal)
        layout.addWidget(self.head)
        self.area, self._column = parts.scroller(self.tr("Heard numbers"))
        self._column.setSpacing(8)
        layout.addWidget(self.area, 1)
        self.empty = parts.label(
            self.tr("Phone numbers, amounts, dates and addresses appear here."), "muted", wrap=True
        )
        self._column.addWidget(self.empty)
        self._column.addStretch(1)
        self._fit()

    def set_compact(self, compact: bool) -> None:
        """Show the newest number only, without the heading: a person in danger needs the room."""
        self.head.setVisible(not compact)
        room = 4 if compact else 12
        self._whole.setContentsMargins(12, room, 12, room)
        self._fit()

    def _fit(self) -> None:
        look = theme.current()
        self.area.setMinimumHeight(look.px(theme.DIGITS) * 5 // 4 + look.px(13) * 3 // 2 + 4)

    def restyle(self) -> None:
        """Set the rows again in the text size of now."""
        self._fit()
        self._fill()

    def set_playable(self, playable: bool) -> None:
        """Whether the sound of the call can be heard again from here."""
        self._playable = playable

    def show_numbers(self, numbers: Sequence[HeardNumber]) -> None:
        """Show the numbers heard so far."""
        wanted = tuple(numbers)
        if wanted != self._numbers:
            self._numbers = wanted
            self._fill()

    @Slot(bool)
    def set_revealed(self, revealed: bool) -> None:
        """Show or hide what points to a person."""
        self._revealed = revealed
        self.reveal.setChecked(revealed)
        self._fill()

    def toggle(self) -> None:
        """Ctrl+Shift+M."""
        self.set_revealed(not self._revealed)

    def copy_last(self) -> None:
        """Ctrl+D."""
        if self.rows:
            self.rows[0].copy()

    def _fill(self) -> None:
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for number in reversed(self._numbers):
            row = NumberRow(number, self._revealed)
            row.play_button.setEnabled(self._playable)
            row.play.connect(self.play)
            self._column.insertWidget(len(self.rows), row)
            self.rows.append(row)
        self.empty.setVisible(not self.rows)
