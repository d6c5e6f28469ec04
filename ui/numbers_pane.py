"""Heard numbers in large digits: hear again, copy, hidden until asked where they point to a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from assist.model import HeardNumber
from audio.model import Channel
from ui import clipboard, parts, theme
from ui.text_block import TextBlock
from ui.wording import mask

SIZES: Final = (theme.DIGITS, 24, theme.ANSWER)
"""Type sizes a number is tried in: as large as two lines allow; the smallest takes as many lines as it needs."""
_LINES: Final = 2


class Digits(QWidget):
    """A number in the largest type its room allows, never cut; every digit as wide as the next."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = ""
        self._laid: tuple[int, TextBlock] | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_text(text)

    def text(self) -> str:
        """Return what is shown."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show a number."""
        if text != self._text:
            self._text = text
            self._laid = None
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def _font(self, size: int) -> QFont:
        return theme.current().font(size, tabular=True)

    def _lay(self, width: int) -> TextBlock:
        if self._laid is None or self._laid[0] != width:
            for size in SIZES:
                block = TextBlock(self._text, self._font(size), width)
                words = self._text.split() or [""]
                whole = max(QFontMetrics(self._font(size)).horizontalAdvance(word) for word in words) <= width
                if whole and block.height <= block.line_height * _LINES + 1:
                    break
            self._laid = (width, block)
        return self._laid[1]

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self._lay(max(width, 60)).height)

    def sizeHint(self) -> QSize:
        width = self.width() if self.width() > 60 else 200
        return QSize(120, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.heightForWidth(self.width()) if self.width() > 60 else theme.current().px(theme.DIGITS))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._laid = None
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._lay(self.width()).draw(painter, 0, 0, theme.current().color("text"))


class NumberRow(QFrame):
    """One heard number. In focus Enter hears it again, Ctrl+C copies it, the arrows go to the next."""

    play = Signal(object)
    copied = Signal()
    stepped = Signal(int)
    """To the row above (-1) or below (1)."""
    picked = Signal()

    def __init__(self, number: HeardNumber, revealed: bool) -> None:
        super().__init__()
        self.number = number
        self.setObjectName("number")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        layout = parts.column(gap=0)
        layout.setContentsMargins(6, 2, 0, 2)
        self.setLayout(layout)
        line = parts.row(gap=0)
        self.digits = Digits("")
        line.addWidget(self.digits, 1)
        self.play_button = parts.tool("play", self.tr("Hear again"))
        self.play_button.clicked.connect(lambda: self.play.emit(self.number))
        self.copy_button = parts.tool("copy", self.tr("Copy the number"))
        self.copy_button.clicked.connect(self.copy)
        line.addWidget(self.play_button, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignTop)
        parts.nest(layout, line)
        under = parts.row(gap=8)
        self.about = parts.label("", "small")
        under.addWidget(self.about)
        self.dots = parts.Dots()
        under.addWidget(self.dots)
        self.sureness = parts.label("", "small")
        under.addWidget(self.sureness)
        under.addStretch(1)
        parts.nest(layout, under)
        self.show_number(number, revealed)

    def show_number(self, number: HeardNumber, revealed: bool) -> None:
        """Show the number as it is known now, hidden or not."""
        self.number = number
        self.digits.set_text(number.display if revealed else mask(number.kind, number.display))
        who = self.tr("Caller") if number.channel is Channel.CALLER else self.tr("Counsellor")
        self.about.setText(f"{who} · {self.kind(number.kind)}")
        word = self.tr("Heard clearly") if number.confident else self.tr("Please check")
        self.dots.show_level(4 if number.confident else 2, word)
        self.sureness.setText(word)
        parts.set_role(self.sureness, "small" if number.confident else "doubt")
        name = f"{self.digits.text()}, {self.about.text()}, {word}"
        self.setAccessibleName(name)
        self.play_button.setAccessibleName(self.tr("Hear again: {number}").format(number=self.digits.text()))
        self.copy_button.setAccessibleName(self.tr("Copy: {number}").format(number=self.digits.text()))

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

    def set_chosen(self, chosen: bool) -> None:
        """Show whether the keys act on this number."""
        parts.set_role(self, "true" if chosen else "false", "chosen")

    @Slot()
    def copy(self) -> None:
        """Put the whole number on the clipboard."""
        clipboard.copy(self.number.display)
        self.copied.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.play_button.isEnabled():
            self.play.emit(self.number)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers():
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit()
        super().mousePressEvent(event)


class NumbersPane(QWidget):
    """The newest number on top; older ones below. One may be chosen: the keys act on it, else on the newest."""

    play = Signal(object)
    """HeardNumber to hear again."""
    copied = Signal()
    """A number went to the clipboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[NumberRow] = []
        self._numbers: tuple[HeardNumber, ...] = ()
        self._chosen: int | None = None
        self._revealed = False
        self._playable = True
        layout = self._whole = parts.column(margin=12, gap=8)
        self.setLayout(layout)
        self.head = QWidget()
        head = parts.row()
        self.head.setLayout(head)
        self._title = parts.label(self.tr("Heard numbers"), "heading")
        head.addWidget(self._title)
        head.addStretch(1)
        self.reveal = parts.tool("eye", self.tr("Show hidden numbers (Ctrl+Shift+M)"))
        self.reveal.setCheckable(True)
        self.reveal.toggled.connect(self.set_revealed)
        head.addWidget(self.reveal)
        layout.addWidget(self.head)
        self.area, self._column = parts.scroller(self.tr("Heard numbers"))
        self._column.setSpacing(4)
        layout.addWidget(self.area, 1)
        self.empty = parts.label(
            self.tr("Phone numbers, amounts, dates and addresses appear here."), "muted", wrap=True
        )
        self._column.addWidget(self.empty)
        self._column.addStretch(1)
        self._fit()

    def set_compact(self, compact: bool) -> None:
        """Show the newest number only, under a small heading: a person in danger needs the room."""
        parts.set_role(self._title, "small" if compact else "heading")
        self.reveal.setVisible(not compact)
        room = 4 if compact else 12
        self._whole.setSpacing(0 if compact else 8)
        self._whole.setContentsMargins(12, room, 12, room)
        self._fit()

    def _fit(self) -> None:
        look = theme.current()
        self.area.setMinimumHeight(round(look.px(theme.DIGITS) * theme.LINE_HEIGHT) + look.px(13) * 3 // 2 + 8)

    def restyle(self) -> None:
        """Set the rows again in the text size of now."""
        self._fit()

    def set_playable(self, playable: bool) -> None:
        """Whether the sound of the call can be heard again from here."""
        self._playable = playable

    def show_numbers(self, numbers: Sequence[HeardNumber]) -> None:
        """Show the numbers heard so far. Rows in view stay the same widgets: the focus stays where it is."""
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

    # -- the chosen one -------------------------------------------------------------------------------

    @property
    def chosen(self) -> HeardNumber | None:
        """The number that was chosen; None where none was."""
        return next((row.number for row in self.rows if row.number.id == self._chosen), None)

    def choose(self, step: int) -> None:
        """Choose the number above (-1) or below (1); the focus stays where it is."""
        if not self.rows:
            return
        places = [place for place, row in enumerate(self.rows) if row.number.id == self._chosen]
        place = max(0, min(len(self.rows) - 1, places[0] + step)) if places else 0
        self._choose(self.rows[place])

    def _choose(self, wanted: NumberRow) -> None:
        self._chosen = wanted.number.id
        for row in self.rows:
            row.set_chosen(row is wanted)
        self.area.ensureWidgetVisible(wanted, 0, 4)

    def _step(self, row: NumberRow, step: int) -> None:
        place = self.rows.index(row) + step
        if 0 <= place < len(self.rows):
            self._choose(self.rows[place])
            self.rows[place].setFocus(Qt.FocusReason.TabFocusReason)

    def copy_last(self) -> None:
        """Ctrl+D: the chosen number, else the newest."""
        row = next((row for row in self.rows if row.number.id == self._chosen), None)
        if row is not None or self.rows:
            (row or self.rows[0]).copy()

    def _fill(self) -> None:
        known = {row.number.id: row for row in self.rows}
        wanted = {number.id for number in self._numbers}
        spare = [row for row in self.rows if row.number.id not in wanted]
        if self._chosen not in wanted:
            self._chosen = None
        self.rows = []
        for place, number in enumerate(reversed(self._numbers)):
            row = known.get(number.id) or (spare.pop() if spare else self._row(number))
            row.show_number(number, self._revealed)
            row.set_chosen(number.id == self._chosen)
            if self._column.indexOf(row) != place:
                self._column.insertWidget(place, row)
            self.rows.append(row)
        for row in spare:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.empty.setVisible(not self.rows)

    def _row(self, number: HeardNumber) -> NumberRow:
        row = NumberRow(number, self._revealed)
        row.play_button.setEnabled(self._playable)
        row.play.connect(self.play)
        row.copied.connect(self.copied)
        row.stepped.connect(lambda step: self._step(row, step))
        row.picked.connect(lambda: self._choose(row))
        return row
