"""Text laid out at line height 1.5 with marked words, for painting: the conversation and the answers use it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme

_NUMBER: Final = re.compile(
    r"\d(?:\d|[.:/~–-]\s?(?=\d)|,(?=\d)|\s(?=\d))*(?:\s?[십백천만억조])*(?:\s?(?:원|%|퍼센트|개월|시간|[건명년월일시분세회번층호㎡]))?"
)
"""A number as it is read, with its unit: 02-120, 1,000만 원, 2026. 3. 1."""

Span = tuple[int, int]
"""Code-point offsets, end exclusive."""


def utf16(text: str, offset: int) -> int:
    """Return the offset Qt counts in: UTF-16 units."""
    return len(text[:offset].encode("utf-16-le")) // 2


class TextBlock:
    """One laid-out text. Cheap to paint again."""

    def __init__(
        self,
        text: str,
        font: QFont,
        width: float,
        *,
        marks: Sequence[Span] = (),
        mark: QColor | None = None,
        doubts: Sequence[Span] = (),
        doubt: QColor | None = None,
        max_lines: int = 0,
    ) -> None:
        self._doubts, self._doubt = doubts, doubt
        flat = " ".join(text.split()) if max_lines else text
        if flat != text:
            marks = _moved(text, flat, marks)
        self.cut = False
        line_height = QFontMetricsF(font).height() if font.pixelSize() <= 0 else font.pixelSize() * theme.LINE_HEIGHT
        self.line_height = line_height
        shown = flat.replace("\n", "\u2028")
        self._layout = self._lay(shown, font, width, marks, mark)
        if max_lines and self._layout.lineCount() > max_lines:
            self.cut = True
            last = self._layout.lineAt(max_lines - 1)
            units = shown.encode("utf-16-le")[: (last.textStart() + last.textLength()) * 2]
            kept = units.decode("utf-16-le", "ignore").rstrip()[:-1].rstrip()
            shown = _whole_numbers(shown, len(kept)).rstrip() + "…"
            self._layout = self._lay(shown, font, width, [(s, min(e, len(shown))) for s, e in marks], mark)
        self.height = self._layout.lineCount() * line_height

    def _lay(self, text: str, font: QFont, width: float, marks: Sequence[Span], mark: QColor | None) -> QTextLayout:
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        formats = []
        if mark is not None:
            for start, end in marks:
                if start >= end:
                    continue
                one = QTextLayout.FormatRange()
                one.start = utf16(text, start)
                one.length = utf16(text, end) - one.start
                form = QTextCharFormat()
                form.setBackground(mark)
                one.format = form
                formats.append(one)
        for start, end in self._doubts if self._doubt is not None else ():
            one = QTextLayout.FormatRange()
            one.start = utf16(text, start)
            one.length = utf16(text, end) - one.start
            form = QTextCharFormat()
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
            form.setUnderlineColor(self._doubt)
            one.format = form
            formats.append(one)
        layout.setFormats(formats)
        layout.beginLayout()
        y = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 16.0))
            line.setPosition(QPointF(0, y + (self.line_height - line.height()) / 2))
            y += self.line_height
        layout.endLayout()
        return layout

    def draw(self, painter: QPainter, x: float, y: float, color: QColor) -> None:
        """Paint with the top left corner at (x, y)."""
        painter.setPen(color)
        self._layout.draw(painter, QPointF(x, y))


def _whole_numbers(text: str, end: int) -> str:
    """Return ``text`` up to ``end``, or to before the number that stands across it: half a number is a wrong one."""
    for found in _NUMBER.finditer(text):
        if 0 < found.start() < end < found.end():
            return text[: found.start()]
    return text[:end]


def _moved(text: str, flat: str, marks: Sequence[Span]) -> list[Span]:
    """Follow spans through the collapsing of white space."""
    places: list[int] = []
    out = 0
    pending = False
    for char in text:
        if char.isspace():
            pending = out > 0
            places.append(min(out, len(flat)))
            continue
        if pending:
            out += 1
            pending = False
        places.append(out)
        out += 1
    places.append(len(flat))
    return [(places[min(s, len(text))], places[min(e, len(text)) - 1] + 1) for s, e in marks if e > s]


class Passage(QWidget):
    """A read-only passage with marked words, cut to some lines."""

    def __init__(self, text: str, *, size: int, marks: Sequence[Span] = (), max_lines: int = 0) -> None:
        super().__init__()
        self._text = text
        self._size = size
        self._marks = tuple(marks)
        self._max_lines = max_lines
        self._block: TextBlock | None = None
        self._width = 0
        self.setAccessibleName(text)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_max_lines(self, lines: int) -> None:
        """Cut to another number of lines; 0 is all."""
        if lines != self._max_lines:
            self._max_lines = lines
            self._block = None
            self.updateGeometry()
            self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self._lay(width).height)

    def sizeHint(self) -> QSize:
        width = self.width() if self.width() > 64 else 320
        return QSize(120, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(64, round(theme.current().px(self._size) * theme.LINE_HEIGHT))

    def _lay(self, width: int) -> TextBlock:
        if self._block is None or width != self._width:
            look = theme.current()
            self._width = width
            self._block = TextBlock(
                self._text,
                look.font(self._size),
                width,
                marks=self._marks,
                mark=look.color("mark"),
                max_lines=self._max_lines,
            )
        return self._block

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._block = None
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setClipRect(QRectF(self.rect()))
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        self._lay(self.width()).draw(painter, 0, 0, theme.current().color("text"))
        if not self.isEnabled():
            painter.fillRect(self.rect(), Qt.GlobalColor.transparent)
