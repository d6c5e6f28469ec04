"""The conversation: who said what, grey while uncertain, solid when final."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from assist.mask import cover, find_in_turns
from audio.model import Channel, Flag
from ui import clipboard, icons, parts, theme
from ui.call_view_state import CallViewState, Line
from ui.text_block import TextBlock

LINE_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
LIT_ROLE: Final = LINE_ROLE + 1
_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT: Final = QModelIndex()
_SIDE: Final = 40
"""Pixels kept free on the other speaker's side."""
_PAD: Final = 12
_UNSURE_BELOW: Final = 0.45
CAPTION: Final = 30
"""Type size of captions at 100 %."""
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


class _LineDelegate(QStyledItemDelegate):
    """Paints one line as a bubble: the caller left, the counsellor right on a tinted ground."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._heights: dict[tuple[str, str, int, int], float] = {}
        self.body, self.small = theme.BODY, 13
        """Type sizes at 100 %."""

    def _text_width(self) -> int:
        return max(120, self._view.viewport().width() - _SIDE - 2 * _PAD - 8)

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
        painter.setPen(look.color("accent") if lit else Qt.PenStyle.NoPen)
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
        head = QRectF(box.left() + _PAD, box.top() + 8, box.width() - 2 * _PAD, head_height)
        painter.drawText(head, int(Qt.AlignmentFlag.AlignVCenter), model.head(line))
        if line.marked:
            icons.paint(painter, "flag", QRectF(head.right() - 16, head.center().y() - 8, 16, 16), look.color("accent"))
        said = model.said(line)
        unsure = [(run.start, run.end) for run in line.digits if not run.confident] if said == line.text else []
        block = TextBlock(said, look.font(self.body), self._text_width(), doubts=unsure, doubt=look.color("doubt"))
        solid = line.solid and bool(line.text.strip()) and Flag.UNSUPPORTED not in line.flags
        top = box.top() + 8 + head_height
        block.draw(painter, box.left() + _PAD, top, look.color("text" if solid else "muted"))
        doubt = model.doubt(line)
        if doubt:
            below = TextBlock(doubt, small, self._text_width())
            below.draw(painter, box.left() + _PAD, top + block.height, look.color("doubt"))
        painter.restore()


class _LinesView(QListView):
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


class ConversationPane(QWidget):
    """The conversation with its heading. Follows the newest line unless the counsellor scrolled up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ConversationModel(self)
        self.view = _LinesView()
        self.view.setObjectName("bare")
        self.view.setModel(self.model)
        self._lines = _LineDelegate(self.view)
        self.view.setItemDelegate(self._lines)
        self.view.setAccessibleName(self.tr("Conversation"))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self._missed = 0
        self._following = True
        self._anchor = -1
        self._moving = False
        """The view is being moved: what its scroll bar does then is nobody's wish."""
        self.newer = parts.button("", kind="primary", name=self.tr("To the newest line"))
        self.newer.setParent(self)
        self.newer.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.newer.hide()
        self.newer.clicked.connect(self.to_newest)
        self.empty = parts.label(self.tr("What is said appears here."), "muted", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setParent(self.view)
        layout = parts.column(margin=12, gap=8)
        self.setLayout(layout)
        head = parts.row(gap=8)
        head.addWidget(parts.label(self.tr("Conversation"), "heading"))
        head.addStretch(1)
        self.language = parts.button("", kind="quiet", name=self.tr("The caller's language"))
        self.language.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.language.setVisible(False)
        head.addWidget(self.language)
        layout.addLayout(head)
        layout.addWidget(self.view, 1)
        bar = self.view.verticalScrollBar()
        bar.actionTriggered.connect(self._scrolled)
        bar.valueChanged.connect(self._moved)
        bar.rangeChanged.connect(self._stay)

    def set_state(self, state: CallViewState) -> None:
        """Show another call."""
        self.model.set_state(state)
        self._missed, self._following = 0, True
        self._tell()
        QTimer.singleShot(0, self.view, self._stay)

    def sync(self) -> None:
        """Follow the state."""
        added = self.model.sync()
        if added and not self._following:
            self._missed += added
        self._tell()

    def show_rows(self, rows: list[int]) -> None:
        """Highlight rows and bring the first into view."""
        self.model.light(frozenset(rows))
        if rows:
            self._following = False
            self.view.scrollTo(self.model.index(rows[0]), QAbstractItemView.ScrollHint.PositionAtCenter)

    def show_language(self, words: str) -> None:
        """Say which language the caller seems to speak or is recognised in; empty where it is Korean."""
        self.language.setText(words)
        self.language.setAccessibleName(words)
        self.language.setVisible(bool(words))

    def set_large(self, large: bool) -> None:
        """Show the lines as large captions, or as they are read beside the answers."""
        sizes = (CAPTION, 18) if large else (theme.BODY, 13)
        if (self._lines.body, self._lines.small) != sizes:
            self._lines.body, self._lines.small = sizes
            self.view.scheduleDelayedItemsLayout()

    def anchor(self) -> int:
        """Return the row at the top of the view where the reader scrolled up; -1 where the newest line is followed."""
        return -1 if self._following else self.view.indexAt(QPoint(_PAD, 2)).row()

    def hold(self) -> None:
        """Remember where the reader is; the view is about to be moved and to change its size."""
        if self.view.isVisible() and not self._moving:
            self._anchor = self.anchor()
        self._moving = True

    def keep(self) -> None:
        """Return to where the reader was, once the view has its new size."""
        QTimer.singleShot(0, self.view, self._return)

    def _return(self) -> None:
        self.view.doItemsLayout()
        if self._following:
            self._stay()
        elif self._anchor >= 0:
            self.view.scrollTo(self.model.index(self._anchor), QAbstractItemView.ScrollHint.PositionAtTop)
        self._moving = False

    @property
    def following(self) -> bool:
        """Whether the newest line is kept in view."""
        return self._following

    @Slot()
    def to_newest(self) -> None:
        """Go to the newest line and follow again."""
        self._following, self._missed = True, 0
        self._tell()
        self.view.scrollToBottom()

    @Slot(int)
    def _scrolled(self, _action: int = 0) -> None:
        bar = self.view.verticalScrollBar()
        self._following = bar.sliderPosition() >= bar.maximum() - 8

    @Slot(int)
    def _moved(self, value: int) -> None:
        if self._moving or not self.view.isVisible():
            return
        bar = self.view.verticalScrollBar()
        if value >= bar.maximum() - 8:
            if self._missed or not self._following:
                self._following, self._missed = True, 0
                self._tell()
        elif self.view.underMouse() or self.view.hasFocus():
            self._following = False

    @Slot()
    def _stay(self) -> None:
        if self._following:
            self.view.scrollToBottom()

    def _tell(self) -> None:
        self.newer.setVisible(self._missed > 0)
        if self._missed:
            self.newer.setText(self.tr("↓ New lines {count}").format(count=self._missed))
            self.newer.setAccessibleName(self.newer.text())
        self.empty.setVisible(self.model.rowCount() == 0)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        self.newer.adjustSize()
        self.newer.move((self.width() - self.newer.width()) // 2, self.height() - self.newer.height() - 20)
        self.newer.raise_()
        viewport = self.view.viewport().rect()
        self.empty.setGeometry(viewport.x() + 16, viewport.height() // 3, max(80, viewport.width() - 32), 64)
