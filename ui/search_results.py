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
from ui import icons, parts, theme
from ui.reasons import why
from ui.text_block import TextBlock

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT: Final = QModelIndex()
_HIT = int(Qt.ItemDataRole.UserRole) + 1
_STARRED = _HIT + 1


class _Hits(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hits: tuple[Hit, ...] = ()
        self._starred = 0

    def show(self, hits: tuple[Hit, ...], starred: int = 0) -> None:
        self.beginResetModel()
        self.hits = hits
        self._starred = starred
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
            ended = self.tr("ended") if hit.ended else ""
            article = hit.article
            facts = (article.question, ended, hit.passage, f"{article.department} {article.phone}".strip())
            return ". ".join(fact for fact in facts if fact)
        if role == int(Qt.ItemDataRole.ToolTipRole):
            return why(hit.reasons) or None
        if role == _STARRED:
            return index.row() < self._starred
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
        self._title(painter, hit, title, starred=bool(index.data(_STARRED)))
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
        others = self.tr("{count} districts").format(count=len(hit.variants) + 1) if hit.variants else ""
        told = (others or article.district, article.department, article.phone, article.updated)
        facts = " · ".join(fact for fact in told if fact)
        painter.drawText(
            foot,
            int(Qt.AlignmentFlag.AlignVCenter),
            painter.fontMetrics().elidedText(facts, Qt.TextElideMode.ElideRight, foot.width()),
        )
        painter.restore()

    def _title(self, painter: QPainter, hit: Hit, room: QRect, *, starred: bool) -> None:
        """Draw the title with what was typed in it marked, a star before it or a badge behind it."""
        look = theme.current()
        painter.setFont(look.font(16, bold=True))
        if starred:
            side = look.px(16)
            box = QRectF(room.x(), room.y() + (room.height() - side) / 2, side, side)
            icons.paint(painter, "star-full", box, look.color("accent"))
            room = room.adjusted(side + 6, 0, 0, 0)
        if hit.ended:
            badge = self.tr("Ended")
            width = painter.fontMetrics().horizontalAdvance(badge) + 16
            box = QRectF(room.right() - width, room.y() + 1, width, room.height() - 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("doubt_soft"))
            painter.drawRoundedRect(box, 4, 4)
            painter.setPen(look.color("doubt"))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), badge)
            room = room.adjusted(0, 0, -width - 8, 0)
        marks = [(span.start, span.end) for span in hit.title_highlights]
        block = TextBlock(
            hit.article.question,
            painter.font(),
            room.width(),
            marks=marks,
            mark=look.color("mark"),
            max_lines=1,
        )
        block.draw(painter, room.x(), room.y() + (room.height() - block.line_height) / 2, look.color("text"))


class SearchResults(QWidget):
    """The hits of one query, as a list; Enter or a click opens one."""

    opened = Signal(object)
    """kb.model.Hit"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._query = ""
        self._moved = False
        """Whether the counsellor chose a row of this query."""
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
        if query != self._query:
            self._query, self._moved = query, False
        if not self.model.hits:
            self.status.setText(self.tr("Searching …"))

    def show_result(self, result: SearchResult) -> None:
        """Show the hits, the first one selected."""
        found = self.tr("{count} found").format(count=len(result.hits))
        nothing = self.tr("Not in the DB. Try other words, or fewer of them. Ctrl+G notes the gap.")
        self.show_hits(result.hits, found if result.hits else nothing)

    def show_hits(self, hits: tuple[Hit, ...], status: str, starred: int = 0) -> None:
        """Show rows under a line of words, the first one selected; ``starred`` of them are favourites.

        A row chosen before stays chosen where it is still there: results that grow while one types do not jump.
        """
        chosen = self.chosen
        self.model.show(hits, starred)
        self.status.setText(status)
        rows = [row for row, hit in enumerate(hits) if chosen is not None and hit.article.id == chosen.article.id]
        if hits:
            self.view.setCurrentIndex(self.model.index(rows[0] if rows and self._moved else 0))

    @property
    def chosen(self) -> Hit | None:
        """The selected hit."""
        index = self.view.currentIndex()
        return self.model.hits[index.row()] if index.isValid() else None

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
        self._moved = True
        row = max(0, min(self.model.rowCount() - 1, self.view.currentIndex().row() + by))
        self.view.setCurrentIndex(self.model.index(row))

    def open_current(self) -> None:
        """Open the selected hit."""
        self._open(self.view.currentIndex())

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.model.hits[index.row()])
