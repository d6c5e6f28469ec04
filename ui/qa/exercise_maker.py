"""Makes an exercise of the call that is being replayed. A page of the replay window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from ui import parts
from ui.jobs import Job


class ExerciseMaker(QWidget):
    """A title and a button. What is made appears in the list of exercises."""

    failed = Signal(object)

    def __init__(self, make: Callable[[str], None], title: str = "", parent: QWidget | None = None) -> None:
        """Make nothing yet.

        Args:
            make: Makes the exercise with this title; worker thread, raises Fault.
            title: What is proposed.
            parent: Qt's.
        """
        super().__init__(parent)
        self._make = make
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
        whole.addStretch(1)

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

    def _not_made(self, error: Exception) -> None:
        self.button.setEnabled(True)
        self.said.setText(str(error))
        self.failed.emit(error)
