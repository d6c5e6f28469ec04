"""Tables, date fields and charts the dedicated team's pages share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDateEdit,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ui import icons, theme


def table(name: str, headers: Sequence[str], stretch: int, *, wrap: bool = False) -> QTableWidget:
    """Return a read-only table that is walked row by row; ``stretch`` is the column that takes the room."""
    made = QTableWidget(0, len(headers))
    made.setAccessibleName(name)
    made.setHorizontalHeaderLabels(list(headers))
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    made.setShowGrid(False)
    made.setAlternatingRowColors(True)
    made.setTabKeyNavigation(False)
    made.setWordWrap(wrap)
    made.setIconSize(QSize(theme.current().px(16), theme.current().px(16)))
    made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    made.verticalHeader().hide()
    if wrap:
        made.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    else:
        made.verticalHeader().setDefaultSectionSize(theme.current().px(36))
    header = made.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)
    for column in range(len(headers)):
        mode = QHeaderView.ResizeMode.Stretch if column == stretch else QHeaderView.ResizeMode.ResizeToContents
        header.setSectionResizeMode(column, mode)
    return made


def put(
    target: QTableWidget, row: int, texts: Sequence[str], *, token: str = "", icon: tuple[int, str, str] | None = None
) -> None:
    """Fill one row; ``token`` colours its words, ``icon`` is (column, icon, token)."""
    for column, text in enumerate(texts):
        item = QTableWidgetItem(text)
        item.setToolTip(text)
        if token:
            item.setForeground(theme.current().color(token))
        if icon is not None and icon[0] == column:
            item.setIcon(icons.icon(icon[1], icon[2]))
            item.setForeground(theme.current().color(icon[2]))
        target.setItem(row, column, item)


def choice(name: str, pairs: Sequence[tuple[str, object]]) -> QComboBox:
    """Return a list to choose from: (words, value)."""
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    made.setMinimumContentsLength(4)
    for words, value in pairs:
        made.addItem(words, value)
    return made


def day_field(name: str, day: date) -> QDateEdit:
    """Return a field for a day, ISO as it is written everywhere in the program."""
    made = QDateEdit(QDate(day.year, day.month, day.day))
    made.setAccessibleName(name)
    made.setDisplayFormat("yyyy-MM-dd")
    made.setCalendarPopup(True)
    return made


def day_of(field: QDateEdit) -> date:
    """Return the day in a field."""
    day = field.date()
    return date(day.year(), day.month(), day.day())


class Bars(QWidget):
    """A bar chart of counts. Every number is written on its bar, and the whole is told as a sentence too."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._pairs: tuple[tuple[str, int], ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def spoken(self) -> str:
        """The chart in words."""
        return ", ".join(f"{name} {count}" for name, count in self._pairs if count) or "0"

    def show_counts(self, pairs: Sequence[tuple[str, int]]) -> None:
        """Draw other counts."""
        self._pairs = tuple(pairs)
        self.setAccessibleName(f"{self._name}: {self.spoken}")
        self.setToolTip(self.spoken)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(280), look.px(160))

    def minimumSizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(200), look.px(112))

    def _stride(self, metrics: QFontMetrics, step: float) -> int:
        """Return how many bars share a name: numbers in a row need not all be written, names do."""
        if not all(name.isdigit() for name, _ in self._pairs):
            return 1
        widest = max(metrics.horizontalAdvance(name) for name, _ in self._pairs) + 6
        return max(1, -int(-widest // step))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._pairs:
            return
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font(12, tabular=True))
        line = painter.fontMetrics().height()
        most = max(1, *(count for _, count in self._pairs)) if self._pairs else 1
        step = self.width() / len(self._pairs)
        stride = self._stride(painter.fontMetrics(), step)
        room = self.height() - 2 * line - 4
        for place, (name, count) in enumerate(self._pairs):
            height = room * count / most
            bar = QRectF(place * step + step * 0.15, line + room - height, step * 0.7, height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("accent"))
            painter.drawRoundedRect(bar, 2, 2)
            painter.setPen(look.color("text"))
            if count:
                box = QRectF(place * step, bar.top() - line, step, line)
                painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(count))
            if place % stride:
                continue
            painter.setPen(look.color("muted"))
            over = step * (stride - 1) / 2
            below = QRectF(place * step - over, self.height() - line, step * stride, line)
            shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(step * stride) - 2)
            painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), shown)
        painter.setPen(look.color("line"))
        painter.drawLine(0, self.height() - line - 2, self.width(), self.height() - line - 2)
