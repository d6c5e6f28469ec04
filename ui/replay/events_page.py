"""Everything that happened, as a list: the timeline in words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QTableView, QWidget

from ui import parts, theme
from ui.replay import words
from ui.replay.moments import Moment, MomentKind

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT: Final = QModelIndex()
K = MomentKind


class EventsModel(QAbstractTableModel):
    """One moment a row: when, what, which."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Moment] = ()

    def show_moments(self, rows: Sequence[Moment]) -> None:
        """Replace the list."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == int(Qt.ItemDataRole.DisplayRole):
            return (self.tr("Time"), self.tr("Event"), self.tr("Details"))[section]
        return None

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        shown = (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole))
        if not index.isValid() or (role not in shown and role != int(Qt.ItemDataRole.ToolTipRole)):
            return None
        one = self.rows[index.row()]
        if role == int(Qt.ItemDataRole.ToolTipRole):
            return words.line(one)
        return (words.clock(one.start_s), words.kind_word(one.kind), words.about(one))[index.column()]


class _Table(QTableView):
    gone_to = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.gone_to.emit(self.currentIndex().row())
            event.accept()
            return
        super().keyPressEvent(event)


class EventsPage(QWidget):
    """The list with its filter; Enter or a double click goes there."""

    went = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._all: Sequence[Moment] = ()
        self._at_s = 0.0
        layout = parts.column(margin=12, gap=8)
        self.setLayout(layout)
        head = parts.row(gap=8)
        head.addWidget(parts.label(self.tr("Events"), "heading"))
        self.count = parts.label("", "muted")
        head.addWidget(self.count)
        head.addStretch(1)
        self.filter = QComboBox()
        self.filter.setAccessibleName(self.tr("Show only"))
        self._groups: tuple[tuple[str, frozenset[MomentKind]], ...] = (
            (self.tr("Everything but turns"), frozenset(K) - {K.TURN}),
            (self.tr("Everything"), frozenset(K)),
            (self.tr("Answers"), frozenset({K.CARD, K.ACTED, K.QUIET, K.NOTE_GAP, K.NOTE_WRONG})),
            (
                self.tr("Protection"),
                frozenset({K.ABUSE, K.CRISIS, K.BEHAVIOUR, K.ESCALATION, K.WARNING, K.LINE, K.HANDOVER, K.CALLER}),
            ),
            (self.tr("Numbers"), frozenset({K.NUMBER})),
            (self.tr("Record"), frozenset({K.DRAFT, K.FILED, K.DELIVERED})),
        )
        for title, _ in self._groups:
            self.filter.addItem(title)
        self.filter.currentIndexChanged.connect(self._sift)
        head.addWidget(self.filter)
        parts.nest(layout, head)
        self.model = EventsModel()
        self.model.setParent(self)
        self.table = _Table()
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("Events"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.verticalHeader().setDefaultSectionSize(theme.current().px(34))
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        self.table.setColumnWidth(0, theme.current().px(92))
        self.table.setColumnWidth(1, theme.current().px(150))
        self.table.doubleClicked.connect(lambda index: self._go(index.row()))
        self.table.gone_to.connect(self._go)
        layout.addWidget(self.table, 1)

    def show_moments(self, found: Sequence[Moment]) -> None:
        """Show a call."""
        self._all = found
        self._sift()

    @Slot()
    def _sift(self) -> None:
        kinds = self._groups[self.filter.currentIndex()][1]
        self.model.show_moments([one for one in self._all if one.kind in kinds])
        self.count.setText(self.tr("{count} events").format(count=len(self.model.rows)))
        self.hear(self._at_s)

    def hear(self, at_s: float) -> None:
        """Mark the event before the place of now; in view only where nobody is in the list."""
        self._at_s = at_s
        if not self.isVisible() or self.table.hasFocus():
            return
        row = bisect_right(self.model.rows, at_s + 1e-6, key=lambda one: one.start_s) - 1
        if row != self.table.currentIndex().row():
            if row < 0:
                self.table.clearSelection()
                self.table.setCurrentIndex(QModelIndex())
            else:
                self.table.selectRow(row)

    @Slot(int)
    def _go(self, row: int) -> None:
        if 0 <= row < len(self.model.rows):
            self.went.emit(self.model.rows[row].start_s)
