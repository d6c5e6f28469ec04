"""List items of two lines: what it is, and its facts under it in a quieter tone."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme

_Index = QModelIndex | QPersistentModelIndex


def size(room: int) -> QSize:
    """Return how large an item is, with so many pixels around its lines."""
    look = theme.current()
    return QSize(160, round((look.px(15) + look.px(13)) * theme.LINE_HEIGHT) + room)


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, box: QRectF) -> None:
    """Paint what lies under a chosen item, or under the pointer."""
    look = theme.current()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if option.state & QStyle.StateFlag.State_Selected:
        painter.setPen(look.color("accent"))
        painter.setBrush(look.color("accent_soft"))
        painter.drawRoundedRect(box, 6, 6)
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("sunken"))
        painter.drawRoundedRect(box, 6, 6)


def halves(inner: QRectF) -> tuple[QRectF, QRectF]:
    """Return the room of the upper and of the lower line."""
    upper = QRectF(inner.left(), inner.top(), inner.width(), inner.height() * 0.54)
    return upper, QRectF(inner.left(), upper.bottom(), inner.width(), inner.height() - upper.height())


def paint_line(painter: QPainter, text: str, at_100: int, token: str, room: QRectF) -> None:
    """Paint one line, shortened at its end where it is too long."""
    look = theme.current()
    painter.setFont(look.font(at_100))
    painter.setPen(look.color(token))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)


class TwoLines(QStyledItemDelegate):
    """The item's text holds both lines, split by a line break."""

    room = 16
    """Pixels around the lines, above and below together."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return size(self.room)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        title, _, facts = str(index.data()).partition("\n")
        around = min(2, self.room // 4)
        inside = self.room // 2 - around
        box = QRectF(option.rect).adjusted(4, around, -4, -around)
        painter.save()
        paint_ground(painter, option, box)
        upper, lower = halves(box.adjusted(12, inside, -12, -inside))
        paint_line(painter, title, 15, "text", upper)
        paint_line(painter, facts, 13, "muted", lower)
        painter.restore()
