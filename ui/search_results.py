"""What a search by hand found."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from kb.model import Hit, SearchResult
from ui import parts, theme
from ui.text_block import TextBlock

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT: Final = QModelIndex()
_HIT = int(Qt.ItemDataRole.UserRole) + 1


class _Hits(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hits: tuple[Hit, ...] = ()

    def show(self, hits: tuple[Hit, ...]) -> None:
        self.beginResetModel()
        self.hits = hits
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid():
            return None
        hit = self.hits[index.row()]
        if role == int(Qt.ItemDataRole.DisplayRole):
            return hit.article.question
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            return f"{hit.article.question}. {hit.passage}. {hit.article.department} {hit.article.phone}"
        return hit if role == _HIT else None


class _HitDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(200, theme.current().px(16 + 13 + 15 * 2) * 3 // 2 + 20)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        hit = index.data(_HIT)
        if not isinstance(hit, Hit):
            return
        look = theme.current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(2, 2, -2, -2)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(look.color("accent") if chosen else look.color("line"))
        painter.setBrush(look.color("accent_soft") if chosen else look.color("surface"))
        painter.drawRoundedRect(box, 8, 8)
        inner = box.adjusted(12, 8, -12, -8)
        title = QRect(int(inner.x()), int(inner.y()), int(inner.width()), look.px(24))
        painter.setPen(look.color("text"))
        painter.setFont(look.font(16, bold=True))
        painter.drawText(
            title,
            int(Qt.AlignmentFlag.AlignVCenter),
            painter.fontMetrics().elidedText(hit.article.question, Qt.TextElideMode.ElideRight, title.width()),
        )
        block = TextBlock(
            hit.passage,
            look.font(),
            inner.width(),
            marks=[(s.start, s.end) for s in hit.highlights],
            mark=look.color("mark"),
            max_lines=2,
        )
        block.draw(painter, inner.x(), inner.y() + look.px(24), look.color("text"))
        foot = QRect(int(inner.x()), int(inner.bottom() - look.px(20)), int(inner.width()), look.px(20))
        painter.setFont(look.font(13))
        painter.setPen(look.color("muted"))
        article = hit.article
        facts = " · ".join(f for f in (article.district, article.department, article.phone, article.updated) if f)
        painter.drawText(
            foot,
            int(Qt.AlignmentFlag.AlignVCenter),
            painter.fontMetrics().elidedText(facts, Qt.TextElideMode.ElideRight, foot.width()),
        )
        painter.restore()


class SearchResults(QWidget):
    """The hits of one query, as a list; Enter or a click opens one."""

    opened = Signal(object)
    """kb.model.Hit"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = parts.column(gap=8)
        self.setLayout(layout)
        self.status = parts.label("", "muted", wrap=True)
        layout.addWidget(self.status)
        self.model = _Hits(self)
        self.view = QListView()
        self.view.setObjectName("bare")
        self.view.setModel(self.model)
        self.view.setItemDelegate(_HitDelegate(self.view))
        self.view.setAccessibleName(self.tr("Search results"))
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setUniformItemSizes(True)
        self.view.clicked.connect(self._open)
        self.view.activated.connect(self._open)
        layout.addWidget(self.view, 1)

    def expect(self, query: str) -> None:
        """Say that a search is under way, leaving earlier hits in place."""
        if not self.model.hits:
            self.status.setText(self.tr("Searching …"))

    def show_result(self, result: SearchResult) -> None:
        """Show the hits, the first one selected."""
        self.model.show(result.hits)
        if result.hits:
            self.status.setText(self.tr("{count} found").format(count=len(result.hits)))
            self.view.setCurrentIndex(self.model.index(0))
        else:
            self.status.setText(self.tr("Not in the DB. Try other words, or fewer of them."))

    def say_failed(self) -> None:
        """Say that the search could not be made."""
        self.model.show(())
        self.status.setText(self.tr("The search could not be made. Please try again."))

    def clear(self) -> None:
        """Forget the hits."""
        self.model.show(())
        self.status.setText("")

    def step(self, by: int) -> None:
        """Select the next or previous hit."""
        row = max(0, min(self.model.rowCount() - 1, self.view.currentIndex().row() + by))
        self.view.setCurrentIndex(self.model.index(row))

    def open_current(self) -> None:
        """Open the selected hit."""
        self._open(self.view.currentIndex())

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.model.hits[index.row()])
