"""The rows of the palette: a model, how a row is painted, and what a screen reader says of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme, two_lines
from ui.palette_sources import Found, kind_word

_Index = QModelIndex | QPersistentModelIndex
_FOUND: Final = int(Qt.ItemDataRole.UserRole) + 1


class _Rows(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Found] = []

    def show(self, rows: Sequence[Found]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def append(self, rows: Sequence[Found]) -> None:
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()

    def rowCount(self, parent: _Index | None = None) -> int:
        return len(self.rows)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        found = self.rows[index.row()]
        if role == int(Qt.ItemDataRole.DisplayRole):
            return found.title
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            told = (found.title, found.why_not, found.detail, found.keys, kind_word(found.kind))
            return ". ".join(one for one in told if one)
        if role == int(Qt.ItemDataRole.ToolTipRole):
            return found.title
        return found if role == _FOUND else None


class _RowDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return two_lines.size(12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        found = index.data(_FOUND)
        if not isinstance(found, Found):
            return
        painter.save()
        box = QRectF(option.rect).adjusted(4, 1, -4, -1)
        two_lines.paint_ground(painter, option, box)
        upper, lower = two_lines.halves(box.adjusted(12, 4, -12, -4))
        left = self._keys(painter, found.keys, upper)
        two_lines.paint_line(painter, found.title, 15, "muted" if found.why_not else "text", left)
        facts = (kind_word(found.kind), found.why_not, found.detail)
        two_lines.paint_line(painter, " · ".join(fact for fact in facts if fact), 13, "muted", lower)
        painter.restore()

    def _keys(self, painter: QPainter, keys: str, room: QRectF) -> QRectF:
        """Draw the keys at the right end; returns what is left of the room."""
        if not keys:
            return room
        look = theme.current()
        painter.setFont(look.font(13))
        width = painter.fontMetrics().horizontalAdvance(keys) + 16
        tag = QRectF(room.right() - width, room.top() + 1, width, room.height() - 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("accent_soft"))
        painter.drawRoundedRect(tag, 4, 4)
        painter.setPen(look.color("accent"))
        painter.drawText(tag, int(Qt.AlignmentFlag.AlignCenter), keys)
        return room.adjusted(0, 0, -width - 8, 0)


class FoundList(QListView):
    """What was found; the cursor stays in the box above, which moves the selection here."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = _Rows(self)
        self.setObjectName("bare")
        self.setModel(self.rows)
        self.setItemDelegate(_RowDelegate(self))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)

    @property
    def chosen(self) -> Found | None:
        """The selected row."""
        index = self.currentIndex()
        return self.rows.rows[index.row()] if index.isValid() else None

    def show_rows(self, rows: Sequence[Found]) -> None:
        """Show other rows, the first one selected."""
        self.rows.show(rows)
        if rows:
            self.setCurrentIndex(self.rows.index(0))

    def add_rows(self, rows: Sequence[Found]) -> None:
        """Add rows at the end: nothing that is being read moves."""
        known = {(row.kind, row.ident) for row in self.rows.rows}
        self.rows.append([row for row in rows if (row.kind, row.ident) not in known])
        if not self.currentIndex().isValid() and self.rows.rows:
            self.setCurrentIndex(self.rows.index(0))

    def step(self, by: int) -> None:
        """Select another row; past an end it stays."""
        if self.rows.rows:
            row = max(0, min(len(self.rows.rows) - 1, self.currentIndex().row() + by))
            self.setCurrentIndex(self.rows.index(row))

    def a_page(self) -> int:
        """Return how many rows are in view."""
        return max(1, self.viewport().height() // max(1, self.sizeHintForRow(0)))
