"""List items of two lines: what it is, and its facts under it in a quieter tone."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme

_Index = QModelIndex | QPersistentModelIndex


class TwoLines(QStyledItemDelegate):
    """The item's text holds both lines, split by a line break."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        look = theme.current()
        return QSize(160, round((look.px(15) + look.px(13)) * theme.LINE_HEIGHT) + 16)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look = theme.current()
        title, _, facts = str(index.data()).partition("\n")
        box = QRectF(option.rect).adjusted(4, 2, -4, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(look.color("accent"))
            painter.setBrush(look.color("accent_soft"))
            painter.drawRoundedRect(box, 6, 6)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("sunken"))
            painter.drawRoundedRect(box, 6, 6)
        inner = box.adjusted(12, 6, -12, -6)
        half = inner.height() * 0.54
        for text, size, token, top, height in (
            (title, 15, "text", inner.top(), half),
            (facts, 13, "muted", inner.top() + half, inner.height() - half),
        ):
            painter.setFont(look.font(size))
            painter.setPen(look.color(token))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(inner.width()))
            line = QRectF(inner.left(), top, inner.width(), height)
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        painter.restore()
