"""Beside a replay: makes a model case of this call, or of the marked passage of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from ui import parts
from ui.jobs import Job
from ui.notices import words_of
from ui.qa.beside import ReplaySide
from ui.qa.case_page import words_in
from ui.qa.case_ports import CaseServices
from ui.replay.ports import ReplayCall

WHOLE = (0.0, float("inf"))


class CasePane(QWidget):
    """A form. The words are covered when the case is made; what is left open can be covered on the case's own page."""

    added = Signal()
    failed = Signal(object)

    def __init__(
        self,
        services: CaseServices,
        replay: ReplaySide,
        call: ReplayCall,
        own_rating: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        """Build the form.

        Args:
            services: Keeps cases.
            replay: The window it stands beside.
            call: The open call.
            own_rating: Returns the id of this rater's submitted rating of the call, or nothing; asked on a worker.
            parent: Usually the tabs of the replay window.
        """
        super().__init__(parent)
        self._services = services
        self._replay = replay
        self._call = call
        self._own_rating = own_rating
        self.setAccessibleName(self.tr("Case book"))
        whole = parts.column(margin=12, gap=8)
        self.setLayout(whole)
        whole.addWidget(
            parts.label(
                self.tr("Makes a model case of this call. Names, numbers and addresses are covered in it."),
                "muted",
                wrap=True,
            )
        )
        self.title = QLineEdit()
        self.title.setPlaceholderText(self.tr("Title of the case"))
        self.title.setAccessibleName(self.tr("Title of the case"))
        self.lesson = QPlainTextEdit()
        self.lesson.setPlaceholderText(self.tr("What there is to learn"))
        self.lesson.setAccessibleName(self.tr("What there is to learn"))
        self.lesson.setTabChangesFocus(True)
        self.words = QLineEdit()
        self.words.setPlaceholderText(self.tr("More words to cover"))
        self.words.setAccessibleName(self.tr("More words to cover, with commas between"))
        self.only = QCheckBox(self.tr("Only the marked passage"))
        self.rated = QCheckBox(self.tr("With my submitted rating"))
        self.rated.setChecked(True)
        self.add = parts.button(self.tr("Add to the case book"), "plus", kind="primary")
        self.add.clicked.connect(self._add)
        self.said = parts.label("", "muted", wrap=True)
        for widget in (self.title, self.lesson, self.words, self.only, self.rated):
            whole.addWidget(widget)
        foot = parts.row()
        foot.addStretch(1)
        foot.addWidget(self.add)
        parts.nest(whole, foot)
        whole.addWidget(self.said)
        whole.addStretch(1)

    @Slot()
    def _add(self) -> None:
        title, lesson = self.title.text().strip(), self.lesson.toPlainText()
        if not title:
            self.said.setText(self.tr("Give the case a title."))
            self.title.setFocus()
            return
        passage = WHOLE
        if self.only.isChecked():
            now = self._replay.selection()
            if not now.marked:
                self.said.setText(self.tr("Mark a passage on the timeline first."))
                return
            passage = (now.start_s, now.end_s)
        words, wants_rating = words_in(self.words.text()), self.rated.isChecked()
        services, call, own = self._services, self._call, self._own_rating

        def make() -> object:
            return services.add(call, title, lesson, passage, own() if wants_rating else "", words)

        parts.rest_focus(self, self.title)
        self.add.setEnabled(False)
        Job(self, make).on_success(self._added).on_failure(self._failed).start()

    def _added(self, _case: object) -> None:
        self.add.setEnabled(True)
        self.title.clear()
        self.lesson.clear()
        self.words.clear()
        self.said.setText(self.tr("The case is in the case book. Read it once more there before it is given out."))
        self.added.emit()

    def _failed(self, error: Exception) -> None:
        self.add.setEnabled(True)
        self.said.setText(words_of(error))
        self.failed.emit(error)
