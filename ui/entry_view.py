"""A whole entry of the counselling DB, in place of the cards until closed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QWidget

from ui import parts, theme
from ui.text_block import Passage, Span


class EntryView(QWidget):
    """Title, facts and the whole answer; back and copy."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._copy = ""
        layout = parts.column(gap=8)
        self.setLayout(layout)
        top = parts.row()
        self.back = parts.button(self.tr("Back"), "back", kind="quiet", tip="Esc")
        self.back.clicked.connect(self.closed)
        self.copy = parts.button(self.tr("Copy"), "copy", tip="F6", name=self.tr("Copy the answer"))
        self.copy.clicked.connect(self.copy_answer)
        top.addWidget(self.back)
        top.addStretch(1)
        top.addWidget(self.copy)
        layout.addLayout(top)
        self.title = parts.label("", "title", wrap=True)
        layout.addWidget(self.title)
        facts = parts.row(gap=12)
        self.where = parts.Elided()
        self.phone = parts.label("", "phone")
        facts.addWidget(self.where, 1)
        facts.addWidget(self.phone)
        layout.addLayout(facts)
        self.fresh = parts.label("", "small")
        layout.addWidget(self.fresh)
        rule = QFrame()
        rule.setObjectName("rule")
        layout.addWidget(rule)
        self.area, self._column = parts.scroller(self.tr("Whole entry"))
        layout.addWidget(self.area, 1)

    def show_entry(
        self,
        *,
        title: str,
        answer: str,
        category: str,
        department: str,
        phone: str,
        district: str,
        updated: str,
        origin: str,
        marks: Sequence[Span] = (),
    ) -> None:
        """Show one entry from its top."""
        self._copy = "\n".join(part for part in (title, answer, f"{department} {phone}".strip()) if part)
        self.title.setText(title)
        self.where.setText(" · ".join(p for p in (category, district, department) if p))
        self.phone.setText(phone)
        fresh = self.tr("Updated {date}").format(date=updated) if updated else self.tr("Date unknown")
        self.fresh.setText(" · ".join(p for p in (fresh, origin) if p))
        parts.clear(self._column)
        for paragraph in answer.split("\n"):
            if paragraph.strip():
                self._column.addWidget(Passage(paragraph.strip(), size=theme.ANSWER - 2))
        self._column.addStretch(1)
        self.area.verticalScrollBar().setValue(0)

    def copy_answer(self) -> None:
        """Put title, answer and number on the clipboard."""
        QGuiApplication.clipboard().setText(self._copy)
