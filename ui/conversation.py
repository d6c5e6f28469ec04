"""The conversation: who said what, grey while uncertain, solid when final."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from ui import parts, theme
from ui.call_view_state import CallViewState
from ui.conversation_lines import PAD, ConversationModel, LineDelegate, LinesView

CAPTION: Final = 30
"""Type size of captions at 100 %."""


class ConversationPane(QWidget):
    """The conversation with its heading. Follows the newest line unless the counsellor scrolled up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ConversationModel(self)
        self.view = LinesView()
        self.view.setObjectName("bare")
        self.view.setModel(self.model)
        self._lines = LineDelegate(self.view)
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
        parts.nest(layout, head)
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
        return -1 if self._following else self.view.indexAt(QPoint(PAD, 2)).row()

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
        if self._following and self.view.isVisible():  # out of sight it would lay out every line for nothing
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
