"""The list of exercises, for the trainee and for the trainer, with what is done to one of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from ui import parts
from ui.qa.exercise_ports import ExerciseRow
from ui.qa.share_ports import Sharing
from ui.qa.share_window import ShareWindow, words_of_exercise
from ui.qa.two_press import TwoPress
from ui.two_lines import TwoLines
from ui.wording import clock, full_day

_ROW = int(Qt.ItemDataRole.UserRole)


class ExerciseList(QListWidget):
    """Title, then length, turns, sound and day, a row an exercise. Its page places the two buttons. Main thread."""

    delete_asked = Signal(str)
    """Id of the exercise that is to go: asked for twice."""

    def __init__(self, sharing: Sharing | None = None) -> None:
        """``sharing`` seals exercises for colleagues; without it none is handed on."""
        super().__init__()
        self._sharing = sharing
        self.hand_on = parts.button(self.tr("Hand on, sealed …"), "lock")
        self.hand_on.clicked.connect(self._hand_on)
        if sharing is None:
            self.hand_on.hide()
        self.remove = parts.button(self.tr("Delete"))
        self.removing = TwoPress(self.remove, self.tr("Press again to delete"))
        self.removing.pressed.connect(self._remove)
        self.currentRowChanged.connect(lambda _row: self.removing.ask(False))
        self.setAccessibleName(self.tr("Exercises"))
        self.setItemDelegate(TwoLines(self))

    def show_rows(self, rows: Sequence[ExerciseRow]) -> None:
        """Show other exercises; the first is chosen."""
        self.clear()
        for row in rows:
            side = self.tr("with sound") if row.has_sound else self.tr("written")
            turns = self.tr("{count} turns of the caller").format(count=row.turns)
            facts = " · ".join((clock(row.seconds), turns, side, full_day(row.made_at)))
            item = QListWidgetItem(f"{row.title}\n{facts}")
            item.setData(_ROW, row)
            self.addItem(item)
        if rows:
            self.setCurrentRow(0)

    def chosen(self) -> ExerciseRow | None:
        """Return the chosen exercise."""
        item = self.currentItem()
        row = item.data(_ROW) if item is not None else None
        return row if isinstance(row, ExerciseRow) else None

    @Slot()
    def _hand_on(self) -> None:
        row = self.chosen()
        if row is not None and self._sharing is not None:
            parts.bring(ShareWindow(self._sharing, row.id, words_of_exercise(row), self))

    @Slot()
    def _remove(self) -> None:
        row = self.chosen()
        if row is not None:
            self.delete_asked.emit(row.id)
