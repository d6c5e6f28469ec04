"""What was done about an incident: the recorded steps, and a line to record another. Lines are only ever added."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from ui import parts, team_parts, team_words
from ui.team_ports import StepRow, TeamStep
from ui.wording import full_day


class StepsPane(QWidget):
    """Steps of one incident."""

    recorded = Signal(object, object, str, int)
    """(step, day, note, id of the line it puts right or 0)"""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[StepRow] = ()
        self._corrects = 0
        whole = parts.column(gap=8)
        self.setLayout(whole)
        self.table = team_parts.table(
            self.tr("Steps"), [self.tr("Day"), self.tr("Step"), self.tr("Note"), self.tr("Recorded")], 2, wrap=True
        )
        self.none = parts.label(self.tr("No step was recorded yet."), "muted", wrap=True)
        whole.addWidget(self.none)
        whole.addWidget(self.table, 1)
        self.mode = parts.label("", "doubt", wrap=True)
        whole.addWidget(self.mode)
        line = parts.row(gap=8)
        self.step = team_parts.choice(self.tr("Step"), ())
        self.day = team_parts.day_field(self.tr("Day of the step"), today)
        self.day.setMaximumDate(QDate(today.year, today.month, today.day))
        self.note = QLineEdit()
        self.note.setAccessibleName(self.tr("Note on the step"))
        self.note.setPlaceholderText(self.tr("Note, if you like"))
        self.note.returnPressed.connect(self._record)
        self.record = parts.button(self.tr("Record the step"), "save", kind="primary")
        self.record.clicked.connect(self._record)
        self.correct = parts.button(self.tr("Put the selected line right"))
        self.correct.clicked.connect(self._correct)
        line.addWidget(self.step)
        line.addWidget(self.day)
        line.addWidget(self.note, 1)
        parts.nest(whole, line)
        foot = parts.row(gap=8)
        foot.addWidget(self.correct)
        foot.addStretch(1)
        foot.addWidget(self.record)
        parts.nest(whole, foot)
        self.table.itemSelectionChanged.connect(self._selected)
        self._set_mode(0)

    def show_steps(self, rows: Sequence[StepRow]) -> None:
        """List the steps; lines that were put right are struck through and say so."""
        self._rows = rows
        self.table.setRowCount(len(rows))
        for place, row in enumerate(rows):
            name = team_words.said(team_words.STEPS[row.step])
            if row.corrects:
                name = self.tr("Correction: {step}").format(step=name)
            if row.corrected:
                name = self.tr("{step} (put right later)").format(step=name)
            team_parts.put(self.table, place, (row.on, name, row.note, full_day(row.recorded_at)))
            for column in range(4) if row.corrected else ():
                item = self.table.item(place, column)
                if item is not None:
                    font = item.font()
                    font.setStrikeOut(True)
                    item.setFont(font)
        self.none.setVisible(not rows)
        self.table.setVisible(bool(rows))
        self._set_mode(0)
        self._selected()

    @Slot()
    def _selected(self) -> None:
        place = self.table.currentRow()
        self.correct.setEnabled(0 <= place < len(self._rows) and not self._rows[place].corrected)

    @Slot()
    def _correct(self) -> None:
        place = self.table.currentRow()
        if self._corrects:
            self._set_mode(0)
        elif 0 <= place < len(self._rows):
            self._set_mode(self._rows[place].id)
            self.step.setFocus()

    def _set_mode(self, corrects: int) -> None:
        self._corrects = corrects
        self.mode.setVisible(bool(corrects))
        row = next((row for row in self._rows if row.id == corrects), None)
        if row is not None:
            text = self.tr("Putting right: {day} {step}. The old line stays and is struck through.")
            self.mode.setText(text.format(day=row.on, step=team_words.said(team_words.STEPS[row.step])))
        self.correct.setText(self.tr("Leave it as it is") if corrects else self.tr("Put the selected line right"))
        self._offer_steps(bool(corrects))

    def _offer_steps(self, correcting: bool) -> None:
        """Offer the steps; only a correction can withdraw."""
        chosen = self.step.currentData()
        self.step.clear()
        for step in TeamStep:
            if correcting or step is not TeamStep.WITHDRAWN:
                self.step.addItem(team_words.said(team_words.STEPS[step]), step.value)
        self.step.setCurrentIndex(max(0, self.step.findData(chosen)))

    @Slot()
    def _record(self) -> None:
        step = TeamStep(self.step.currentData())
        self.recorded.emit(step, team_parts.day_of(self.day), self.note.text().strip(), self._corrects)

    def clear_form(self) -> None:
        """Forget what was typed, after it was recorded."""
        self.note.clear()
        self._set_mode(0)
