"""The record as it grows during the call: one line a field, nothing to do but to end the call."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from assist.model import CallRecord
from ui import parts


class RecordStrip(QWidget):
    """The newest record, quietly."""

    ended = Signal()
    """F9 by the mouse."""

    def __init__(self) -> None:
        super().__init__()
        line = parts.row(gap=16)
        self.setLayout(line)
        texts = parts.column(gap=4)
        head = parts.row()
        head.addWidget(parts.label(self.tr("Record (growing)"), "heading"))
        self.category = parts.label("", "tag")
        self.category.hide()
        head.addWidget(self.category)
        head.addStretch(1)
        parts.nest(texts, head)
        self.lines = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._cells: list[QWidget] = []
        titles = (self.tr("Inquiry"), self.tr("Answer"), self.tr("Action"), self.tr("Follow-up"))
        for key, title in zip(("inquiry", "answer", "action", "follow_up"), titles, strict=True):
            cell = QWidget()
            cell.setLayout(inside := parts.column(gap=0))
            inside.addWidget(parts.label(title, "small"))
            self.lines[key] = parts.Elided("–")
            inside.addWidget(self.lines[key])
            self._cells.append(cell)
        parts.nest(texts, self._grid)
        self.missing = parts.label(self.tr("How the record grew in this call was not kept."), "muted", wrap=True)
        self.missing.hide()
        texts.addWidget(self.missing)
        parts.nest(line, texts, 1)
        self.end_button = parts.button(self.tr("End the call  F9"), "hang_up", name=self.tr("End the call"))
        self.end_button.clicked.connect(self.ended)
        line.addWidget(self.end_button)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Stand in a column: two facts a row."""
        across = 2 if narrow else 4
        for place, cell in enumerate(self._cells):
            self._grid.addWidget(cell, place // across, place % across)
        for column in range(4):
            self._grid.setColumnStretch(column, int(column < across))

    def show_records(self, records: Sequence[CallRecord], *, kept: bool = True) -> None:
        """Show the record so far; where a saved call does not tell of it (``kept`` False), say that instead."""
        self.missing.setVisible(not kept)
        for cell in self._cells:
            cell.setVisible(kept)
        last = records[-1] if records else CallRecord(category="")
        self.category.setVisible(bool(last.category))
        self.category.setText(" › ".join(p for p in (last.category, last.subcategory) if p))
        for key in ("inquiry", "answer", "action"):
            self.lines[key].setText(" / ".join(getattr(last, key)) or "–")
        self.lines["follow_up"].setText(last.follow_up or "–")
