"""Makes an exercise of the call that is being replayed, and hands on what was made. A page of the replay window."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from ui import parts
from ui.jobs import Job
from ui.notices import words_of
from ui.qa.exercise_list import ExerciseList
from ui.qa.exercise_ports import ExerciseRow, ExerciseShelf
from ui.qa.share_ports import Sharing


class ExerciseMaker(QWidget):
    """A title and a button; below, the exercises of this profile. What was made stands first in the list."""

    failed = Signal(object)

    def __init__(
        self,
        make: Callable[[str], None],
        title: str = "",
        shelf: ExerciseShelf | None = None,
        sharing: Sharing | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Make nothing yet.

        Args:
            make: Makes the exercise with this title; worker thread, raises Fault.
            title: What is proposed.
            shelf: The exercises there are; without it no list is shown.
            sharing: Seals exercises for colleagues; without it none is handed on.
            parent: Qt's.
        """
        super().__init__(parent)
        self._make = make
        self._shelf = shelf
        self._sharing = sharing
        self.setAccessibleName(self.tr("Exercise"))
        whole = parts.column(margin=12, gap=8)
        self.setLayout(whole)
        whole.addWidget(parts.label(self.tr("Make an exercise of this call"), "heading"))
        words = self.tr(
            "The trainee answers the caller turn by turn and then sees this call beside the own one. "
            "Whoever gets the exercise gets its texts, with personal data covered, and the sound of the caller as it "
            "was: names and numbers that the caller says can be heard."
        )
        whole.addWidget(parts.label(words, "muted", wrap=True))
        self.title = QLineEdit(title)
        self.title.setMaxLength(120)
        self.title.setAccessibleName(self.tr("Title in the list of exercises"))
        self.title.setPlaceholderText(self.tr("Title in the list of exercises"))
        self.title.returnPressed.connect(self.make)
        self.button = parts.button(self.tr("Make the exercise"), "practice", kind="primary")
        self.button.clicked.connect(self.make)
        self.said = parts.label("", "muted", wrap=True)
        whole.addWidget(self.title)
        whole.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addWidget(self.said)
        self.made = self._build_made()
        self.made.hide()
        whole.addWidget(self.made, 1)
        whole.addStretch(0)
        self.look()

    def _build_made(self) -> QWidget:
        box = QWidget()
        whole = parts.column(gap=8)
        box.setLayout(whole)
        whole.addWidget(parts.label(self.tr("Exercises that were made"), "heading"))
        self.list = ExerciseList(self._sharing)
        self.list.delete_asked.connect(self._remove)
        whole.addWidget(self.list, 1)
        row = parts.row()
        row.addWidget(self.list.hand_on)
        row.addWidget(self.list.remove)
        row.addStretch(1)
        parts.nest(whole, row)
        return box

    # -- what was made --------------------------------------------------------------------------------

    @Slot()
    def look(self) -> None:
        """Read the list of exercises again."""
        if self._shelf is not None:
            Job(self, self._shelf.rows).on_success(self._show_rows).on_failure(self._tell).start()

    def _show_rows(self, rows: Sequence[ExerciseRow]) -> None:
        self.list.show_rows(rows)
        self.made.setVisible(bool(rows))

    @Slot(str)
    def _remove(self, ident: str) -> None:
        shelf = self._shelf
        if shelf is None:
            return
        parts.rest_focus(self, self.list)
        job = Job(self, lambda: shelf.delete(ident))
        job.on_success(lambda _none: self._removed()).on_failure(self._tell).start()

    def _removed(self) -> None:
        self.said.setText(self.tr("The exercise was deleted."))
        self.look()

    # -- making ---------------------------------------------------------------------------------------

    @Slot()
    def make(self) -> None:
        """Make it."""
        if not self.button.isEnabled():
            return
        parts.rest_focus(self, self.title)
        self.button.setEnabled(False)
        title = self.title.text()
        Job(self, lambda: self._make(title)).on_success(self._made).on_failure(self._not_made).start()

    def _made(self, _: object) -> None:
        self.button.setEnabled(True)
        self.said.setText(self.tr("It stands in the list of exercises now."))
        self.look()

    def _not_made(self, error: Exception) -> None:
        self.button.setEnabled(True)
        self._tell(error)

    def _tell(self, error: Exception) -> None:
        self.said.setText(words_of(error))
        self.failed.emit(error)
