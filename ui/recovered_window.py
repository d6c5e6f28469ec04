"""Calls that a crash cut short: what of each was saved. Opened from the start panel; never by itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ui import parts
from ui.ports import RecoveredRow
from ui.two_lines import TwoLines
from ui.wording import clock, full_day

_ID = int(Qt.ItemDataRole.UserRole)


class RecoveredWindow(QWidget):
    """One call an entry: when it began, until when it was saved, seconds of sound, and whether there is a draft."""

    session_chosen = Signal(str)
    """Id of the call to open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("window")
        self.setWindowTitle(self.tr("Recovered calls"))
        self.setAccessibleName(self.tr("Recovered calls"))
        parts.open_at(self, 760, 480)
        whole = parts.column(margin=16, gap=8)
        self.setLayout(whole)
        whole.addWidget(parts.label(self.tr("Recovered calls"), "hero"))
        words = self.tr("The program stopped during these calls. Everything up to then was saved. Enter opens a call.")
        whole.addWidget(parts.label(words, "muted", wrap=True))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Recovered calls"))
        self.list.setItemDelegate(TwoLines(self.list))
        self.list.itemActivated.connect(self._choose)
        whole.addWidget(self.list, 1)
        foot = parts.row()
        self.open_button = parts.button(self.tr("Open this call"), "history")
        self.open_button.clicked.connect(lambda: self._choose(self.list.currentItem()))
        close = parts.button(self.tr("Close"))
        close.clicked.connect(self.close)
        foot.addWidget(self.open_button)
        foot.addStretch(1)
        foot.addWidget(close)
        parts.nest(whole, foot)
        QShortcut(QKeySequence("Esc"), self, self.close)

    def show_rows(self, rows: Sequence[RecoveredRow]) -> None:
        """List what was recovered."""
        self.list.clear()
        for row in rows:
            item = QListWidgetItem(f"{full_day(row.started_at)}   {row.title or '–'}\n{self.facts(row)}")
            item.setData(_ID, row.id)
            self.list.addItem(item)
        if rows:
            self.list.setCurrentRow(0)
        self.open_button.setEnabled(bool(rows))

    def facts(self, row: RecoveredRow) -> str:
        """Return what was saved of one call."""
        sound = self.tr("no sound")
        if row.sound_s:
            sound = self.tr("sound {seconds} s").format(seconds=f"{row.sound_s:.0f}")
        told = [
            self.tr("saved up to {time}").format(time=clock(row.until_s)),
            sound,
            self.tr("{count} turns of text").format(count=row.turns),
            self.tr("draft record is ready") if row.drafted else self.tr("no draft record"),
        ]
        if row.unreadable:
            told.append(self.tr("sound files that cannot be opened: {count}").format(count=row.unreadable))
        return " · ".join(told)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.session_chosen.emit(str(item.data(_ID)))
