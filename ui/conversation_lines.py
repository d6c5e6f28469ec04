"""The lines of a conversation as a list: the model over a call's state, how a line is painted, the view itself."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from assist.mask import cover, find_in_turns
from audio.model import Channel, Flag
from ui import clipboard, icons, theme
from ui.call_view_state import CallViewState, Line
from ui.text_block import TextBlock

LINE_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
LIT_ROLE: Final = LINE_ROLE + 1
HEARD_ROLE: Final = LINE_ROLE + 2
_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT: Final = QModelIndex()
_SIDE: Final = 40
"""Pixels kept free on the other speaker's side."""
PAD: Final = 12
_UNSURE_BELOW: Final = 0.45
_MOST_TOGETHER: Final = 7
"""Lines before one that a number may have begun in."""


class ConversationModel(QAbstractListModel):
    """Rows over :class:`CallViewState` lines; partials change in place."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = CallViewState()
        self._shown = 0
        self._lit: frozenset[int] = frozenset()

    def set_state(self, state: CallViewState) -> None:
        """Show another call from its start."""
        self.beginResetModel()
        self._state = state
        self._shown = len(state.lines)
        self._lit = frozenset()
        state.take_touched()
        self.endResetModel()

    def sync(self) -> int:
        """Follow the state; returns how many rows were added."""
        total = len(self._state.lines)
        if total < self._shown:
            self.set_state(self._state)
            return 0
        for row in sorted(self._state.take_touched()):
            if row < self._shown:
                index = self.index(row)
                self.dataChanged.emit(index, index)
        added = total - self._shown
        if added:
            self.beginInsertRows(QModelIndex(), self._shown, total - 1)
            self._shown = total
            self.endInsertRows()
        return added

    def light(self, rows: frozenset[int]) -> None:
        """Mark rows as the evidence asked for; none to unmark."""
        changed = self._lit | rows
        self._lit = rows
        for row in changed:
            index = self.index(row)
            self.dataChanged.emit(index, index, [LIT_ROLE])

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else self._shown

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid() or index.row() >= len(self._state.lines):
            return None
        line = self._state.lines[index.row()]
        if role == int(Qt.ItemDataRole.DisplayRole):
            return line.text
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            return f"{self.head(line)} {self.said(line)} {self.doubt(line)}"
        if role == int(Qt.ItemDataRole.ToolTipRole):
            return self.tr("As heard: {text}").format(text=line.raw) if line.raw and line.raw != line.text else None
        if role == LINE_ROLE:
            return line
        if role == LIT_ROLE:
            return index.row() in self._lit
        if role == HEARD_ROLE:
            return self.heard(index.row())
        return None

    def heard(self, row: int) -> tuple[int, int] | None:
        """Return the words of a line being heard now, code-point offsets; None where it is not being heard."""
        return None

    def head(self, line: Line) -> str:
        """Return who and when."""
        who = self.tr("Caller") if line.channel is Channel.CALLER else self.tr("Counsellor")
        return f"{who}  {self._state.clock(line.start)}"

    def said(self, line: Line) -> str:
        """Return the words, or that there are none."""
        if line.gap_s:
            return self.tr("{seconds} s not heard").format(seconds=f"{line.gap_s:.1f}")
        if not self._heard(line):
            return self.tr("Not heard") if line.solid else "…"
        return line.text

    def _heard(self, line: Line) -> bool:
        return bool(line.text.strip()) and Flag.UNHEARD not in line.flags

    def doubt(self, line: Line) -> str:
        """Return what to check in a line, or nothing."""
        if not self._heard(line):
            return ""
        if Flag.FOREIGN in line.flags:
            return self.tr("Perhaps another language")
        if Flag.UNSUPPORTED in line.flags:
            return self.tr("Please check: little voice behind it")
        if Flag.LOW_DIGITS in line.flags:
            return self.tr("Please check the numbers")
        if "unsettled" in line.flags or (line.solid and not line.gap_s and line.confidence < _UNSURE_BELOW):
            return self.tr("Please check")
        return ""


class LineDelegate(QStyledItemDelegate):
    """Paints one line as a bubble: the caller left, the counsellor right on a tinted ground."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._heights: dict[tuple[str, str, int, int], float] = {}
        self.body, self.small = theme.BODY, 13
        """Type sizes at 100 %."""

    def _text_width(self) -> int:
        return max(120, self._view.viewport().width() - _SIDE - 2 * PAD - 8)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        model = index.model()
        line = index.data(LINE_ROLE)
        if not isinstance(model, ConversationModel) or not isinstance(line, Line):
            return QSize(0, 0)
        look = theme.current()
        width = self._text_width()
        key = (model.said(line), model.doubt(line), width, look.px(self.body))
        height = self._heights.get(key)
        if height is None:
            if len(self._heights) > 4000:
                self._heights.clear()
            block = TextBlock(key[0], look.font(self.body), width)
            below = TextBlock(key[1], look.font(self.small), width).height if key[1] else 0
            height = block.height + look.px(self.small) * 1.5 + below + 2 * 8 + 8
            self._heights[key] = height
        return QSize(width, round(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        line = index.data(LINE_ROLE)
        if not isinstance(model, ConversationModel) or not isinstance(line, Line):
            return
        look = theme.current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mine = line.channel is Channel.AGENT
        box = QRectF(option.rect).adjusted(4 + (_SIDE if mine else 0), 2, -4 - (0 if mine else _SIDE), -6)
        lit = bool(index.data(LIT_ROLE))
        ground = "mark" if lit else ("agent" if mine else "sunken")
        heard = index.data(HEARD_ROLE)
        painter.setPen(look.color("accent") if lit or heard is not None else Qt.PenStyle.NoPen)
        painter.setBrush(look.color(ground))
        painter.drawRoundedRect(box, 8, 8)
        if not line.solid:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("control"))
            painter.drawRoundedRect(QRectF(box.left(), box.top() + 8, 3, box.height() - 16), 1.5, 1.5)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(look.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 7, 7)
        small = look.font(self.small)
        head_height = look.px(self.small) * 1.5
        painter.setFont(small)
        painter.setPen(look.color("accent" if mine else "muted"))
        head = QRectF(box.left() + PAD, box.top() + 8, box.width() - 2 * PAD, head_height)
        painter.drawText(head, int(Qt.AlignmentFlag.AlignVCenter), model.head(line))
        if line.marked:
            icons.paint(painter, "flag", QRectF(head.right() - 16, head.center().y() - 8, 16, 16), look.color("accent"))
        said = model.said(line)
        unsure = [(run.start, run.end) for run in line.digits if not run.confident] if said == line.text else []
        block = TextBlock(
            said,
            look.font(self.body),
            self._text_width(),
            marks=[heard] if heard is not None and said == line.text else [],
            mark=look.color("mark"),
            doubts=unsure,
            doubt=look.color("doubt"),
        )
        solid = line.solid and bool(line.text.strip()) and Flag.UNSUPPORTED not in line.flags
        top = box.top() + 8 + head_height
        block.draw(painter, box.left() + PAD, top, look.color("text" if solid else "muted"))
        doubt = model.doubt(line)
        if doubt:
            below = TextBlock(doubt, small, self._text_width())
            below.draw(painter, box.left() + PAD, top + block.height, look.color("doubt"))
        painter.restore()


class LinesView(QListView):
    """The list itself; lays out again when its width changes."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the line in focus with personal data covered; Qt itself would copy it as it was said."""
        if not event.matches(QKeySequence.StandardKey.Copy):
            super().keyPressEvent(event)
            return
        row = self.currentIndex().row()
        if row >= 0:
            model = self.model()
            first = max(0, row - _MOST_TOGETHER)
            said = [str(model.data(model.index(at, 0))) for at in range(first, row + 1)]
            clipboard.copy(cover(said[-1], find_in_turns(said)[-1]))
        event.accept()
