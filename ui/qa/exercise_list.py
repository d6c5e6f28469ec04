"""The list of exercises, as the trainee chooses from it and the trainer sees what was made."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from ui.qa.exercise_ports import ExerciseRow
from ui.two_lines import TwoLines
from ui.wording import clock, full_day

_ROW = int(Qt.ItemDataRole.UserRole)


class ExerciseList(QListWidget):
    """Title, then length, turns, sound and day, a row an exercise. Main thread."""

    def __init__(self) -> None:
        super().__init__()
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
