"""Counsellors one by one, in the order of their codes: how calls were rated so far, and what to practise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Signal, Slot
from PySide6.QtWidgets import QWidget

from ui import parts, team_parts
from ui.jobs import Job
from ui.qa.coaching_page import CoachingPage
from ui.qa.ports import RatingServices


class PeoplePage(QWidget):
    """A counsellor is chosen by code; nobody is listed beside figures."""

    failed = Signal(object)
    told = Signal(str)

    def __init__(self, services: RatingServices, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._today = QDate(today.year, today.month, today.day)
        self.coaching: CoachingPage | None = None
        whole = parts.column(margin=12, gap=8)
        self.setLayout(whole)
        head = parts.row(gap=8)
        self.code = team_parts.choice(self.tr("Counsellor, by code"), [])
        self.none = parts.label(self.tr("No counsellor is known yet."), "muted")
        head.addWidget(parts.label(self.tr("Counsellor"), "muted"))
        head.addWidget(self.code)
        head.addWidget(self.none)
        head.addStretch(1)
        parts.nest(whole, head)
        self.box = parts.frame("pane")
        self.box.setLayout(parts.column())
        whole.addWidget(self.box, 1)
        self.code.currentIndexChanged.connect(self._chosen)

    @Slot()
    def look(self) -> None:
        """Read the codes again, and the chosen counsellor."""
        Job(self, self._services.counsellors).on_success(self._show).on_failure(self.failed.emit).start()

    def _show(self, codes: Sequence[str]) -> None:
        before = self.code.currentText()
        self.code.blockSignals(True)
        self.code.clear()
        for code in codes:
            self.code.addItem(code, code)
        self.code.setCurrentIndex(max(0, self.code.findText(before)) if codes else -1)
        self.code.blockSignals(False)
        self.none.setVisible(not codes)
        self.box.setVisible(bool(codes))
        if self.coaching is not None and self.coaching.counsellor == self.code.currentText():
            self.coaching.look()
        else:
            self._chosen()

    @Slot()
    def _chosen(self) -> None:
        layout = self.box.layout()
        code = self.code.currentText()
        if layout is None or not code:
            return
        parts.clear(layout)
        self.coaching = CoachingPage(self._services, code, self._today)
        self.coaching.failed.connect(self.failed)
        layout.addWidget(self.coaching)
