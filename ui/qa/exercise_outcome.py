"""What was played beside its model case: words, cards, record, times. Nothing is counted into a score."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ui import parts, theme
from ui.qa.exercise_ports import ExerciseResult, ExerciseTurn
from ui.replay.words import record_field
from ui.wording import clock

_PADDING = 16
"""Pixels at 100 % around the words of a cell."""


class ExerciseOutcome(QWidget):
    """The page after an exercise."""

    left = Signal()
    """Back to the exercises."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = parts.column(gap=8)
        self.setLayout(column)
        self.title = parts.label("", "heading", wrap=True)
        column.addWidget(self.title)
        column.addWidget(
            parts.label(
                self.tr(
                    "Only you see this comparison; it is not kept and nothing is scored. "
                    "The call itself stays in your saved calls, labelled as an exercise."
                ),
                "muted",
                wrap=True,
            )
        )
        heads = (self.tr("What"), self.tr("Model case"), self.tr("You"), self.tr("Time until the answer"))
        self.table = QTableWidget(0, len(heads))
        self.table.setAccessibleName(self.tr("The model case beside your call"))
        self.table.setHorizontalHeaderLabels(heads)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(True)
        self.table.verticalHeader().hide()
        head = self.table.horizontalHeader()
        for place in (0, 1, 2):
            head.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(3, QHeaderView.ResizeMode.ResizeToContents)
        # Widths come after the first layout: rows are as tall as their words need then.
        head.sectionResized.connect(lambda *_: self._fit_rows())
        column.addWidget(self.table, 1)
        again = parts.button(self.tr("Back to the exercises"))
        again.clicked.connect(self.left)
        column.addWidget(again, 0, Qt.AlignmentFlag.AlignRight)

    def show_result(self, result: ExerciseResult) -> None:
        """Show a played exercise."""
        self.title.setText(result.title)
        rows = [self._turn_row(turn) for turn in result.turns]
        used = {True: self.tr("used"), False: self.tr("not used")}
        for title, model, own in result.cards:
            rows.append((self.tr("Answer: {title}").format(title=title), used[model], used[own], ""))
        for field, theirs, mine in result.record:
            rows.append((self._field(field), theirs or self.tr("nothing"), mine or self.tr("nothing"), ""))
        rows.append((self.tr("Length of the call"), clock(result.model_s), clock(result.own_s), ""))
        self.table.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for place, text in enumerate(row):
                self.table.setItem(number, place, QTableWidgetItem(text))
        self._fit_rows()
        self.table.setCurrentCell(0, 0)

    def _fit_rows(self) -> None:
        """Make rows as tall as their words need; Qt's own way leaves the padding of the style out."""
        look, metrics = theme.current(), self.table.fontMetrics()
        for number in range(self.table.rowCount()):
            tallest = metrics.height()
            for place in range(self.table.columnCount()):
                item = self.table.item(number, place)
                room = QRect(0, 0, max(1, self.table.columnWidth(place) - look.px(2 * _PADDING)), 100_000)
                flags = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)
                if item is not None:
                    tallest = max(tallest, metrics.boundingRect(room, flags, item.text()).height())
            self.table.setRowHeight(number, tallest + look.px(_PADDING))

    def _turn_row(self, turn: ExerciseTurn) -> tuple[str, str, str, str]:
        named = ((self.tr("model case: {wait}"), turn.model_wait_s), (self.tr("you: {wait}"), turn.own_wait_s))
        waits = [text.format(wait=self._wait(wait)) for text, wait in named]
        nothing = self.tr("nothing")
        before = turn.caller or self.tr("At the beginning")
        return before, turn.model or nothing, turn.own or nothing, "\n".join(waits)

    def _wait(self, seconds: float | None) -> str:
        return self.tr("not measured") if seconds is None else self.tr("{seconds} s").format(seconds=f"{seconds:.1f}")

    def _field(self, field: str) -> str:
        number, name = record_field(field)
        return self.tr("Record {number}: {field}").format(number=number, field=name)
