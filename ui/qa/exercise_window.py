"""Exercises: choose one, answer its caller with the desk live, then lay the own call beside the model case."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QLineEdit,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from ui import parts, theme
from ui.jobs import Job
from ui.notices import words_of
from ui.qa.exercise_list import ExerciseList
from ui.qa.exercise_outcome import ExerciseOutcome
from ui.qa.exercise_ports import ExerciseResult, ExerciseRow, ExerciseServices, ExerciseState
from ui.qa.share_ports import Sharing
from ui.qa.share_window import ShareWindow, words_of_exercise

_LOOK_MS = 150
"""How often a running exercise is looked at."""
_SMALL = 560
"""Width at 100 % while an exercise runs; pixels."""
_EDGE = 2
"""Pixels of the line around the window while an exercise runs."""


def free_corner(room: QRect, size: QSize, clear: QRect) -> QPoint:
    """Return where a window stands in a corner of ``room`` without covering ``clear``.

    Bottom right first; where every corner covers something, the one that covers least.
    """
    right, low = room.right() - size.width() + 1, room.bottom() - size.height() + 1
    corners = [QPoint(x, y) for y in (low, room.top()) for x in (right, room.left())]

    def covered(corner: QPoint) -> int:
        both = QRect(corner, size).intersected(clear)
        return both.width() * both.height() if both.isValid() else 0

    return min(corners, key=covered)


class ExerciseWindow(QWidget):
    """Stands beside the desk, which shows the exercise as any call. Nothing here scores anybody."""

    failed = Signal(object)
    """The exception of something that did not work."""

    def __init__(
        self,
        services: ExerciseServices,
        parent: QWidget | None = None,
        keep_clear: QWidget | None = None,
        sharing: Sharing | None = None,
    ) -> None:
        """Show nothing yet.

        Args:
            services: The exercises.
            parent: Qt's.
            keep_clear: What the window never covers while an exercise runs.
            sharing: Seals exercises for colleagues; without it none is handed on.
        """
        super().__init__(parent, Qt.WindowType.Window)
        self._services = services
        self._keep_clear = keep_clear
        self._sharing = sharing
        self._call_id = ""
        self.setObjectName("window")
        self.setWindowTitle(self.tr("Exercises"))
        self.setAccessibleName(self.tr("Exercises"))
        parts.open_at(self, 860, 600)
        around = parts.column()
        self.setLayout(around)
        self.edge = parts.frame("raised")
        """Tells the window from the desk below it where the system draws no frame."""
        around.addWidget(self.edge)
        whole = parts.column(margin=16, gap=8)
        self.edge.setLayout(whole)
        self.heading = parts.label(self.tr("Exercises"), "hero")
        whole.addWidget(self.heading)
        self.said = parts.label("", "muted", wrap=True)
        self.said.hide()
        whole.addWidget(self.said)
        self.pages = QStackedWidget()
        self.choice, self.running, self.outcome = self._choice(), self._running(), ExerciseOutcome()
        for page in (self.choice, self.running, self.outcome):
            self.pages.addWidget(page)
        self.outcome.left.connect(self.look)
        self._wide: QSize | None = None
        self._result: ExerciseResult | None = None
        """What was played, until it is compared."""
        self.pages.currentChanged.connect(lambda _: self._fit_page())
        whole.addWidget(self.pages, 1)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    # -- pages ----------------------------------------------------------------------------------------

    def _choice(self) -> QWidget:
        page = QWidget()
        column = parts.column(gap=8)
        page.setLayout(column)
        words = self.tr(
            "The caller of a model case speaks; you answer at the desk, turn by turn. "
            "The call is labelled as an exercise and is filed nowhere."
        )
        column.addWidget(parts.label(words, "muted", wrap=True))
        words = self.tr("No exercises yet. A trainer makes them of saved calls, here or as a file to take in.")
        self.none = parts.label(words, "muted", wrap=True)
        column.addWidget(self.none)
        self.list = ExerciseList()
        self.list.itemActivated.connect(lambda _item: self.start())
        column.addWidget(self.list, 1)
        self.microphone = QCheckBox(self.tr("Recognise what I say"))
        self.microphone.setAccessibleName(self.microphone.text())
        self.microphone.setChecked(True)
        column.addWidget(self.microphone)
        row = parts.row()
        self.begin = parts.button(self.tr("Begin"), "practice", kind="primary")
        self.begin.clicked.connect(self.start)
        self.remove = parts.button(self.tr("Delete"))
        self.remove.clicked.connect(self._remove)
        self.take_in = parts.button(self.tr("Take in a file …"), "open")
        self.take_in.clicked.connect(self._choose_file)
        self.hand_on = parts.button(self.tr("Hand on, sealed …"), "lock")
        self.hand_on.clicked.connect(self._hand_on)
        self.hand_on.setVisible(self._sharing is not None)
        close = parts.button(self.tr("Close"))
        close.clicked.connect(self.close)
        row.addWidget(self.begin)
        row.addWidget(self.take_in)
        row.addWidget(self.hand_on)
        row.addWidget(self.remove)
        row.addStretch(1)
        row.addWidget(close)
        parts.nest(column, row)
        return page

    def _running(self) -> QWidget:
        page = QWidget()
        column = parts.column(gap=12)
        page.setLayout(column)
        self.turn = parts.label("", "heading", wrap=True)
        self.help = parts.label("", "muted", wrap=True)
        self.place = parts.label("", "muted")
        self.answer = QLineEdit()
        self.answer.setAccessibleName(self.tr("Your answer, where you type it"))
        self.answer.setPlaceholderText(self.tr("Your answer, where you type it"))
        self.answer.returnPressed.connect(self.go_on)
        self.next = parts.button(self.tr("I have answered"), kind="primary")
        self.next.clicked.connect(self.go_on)
        self.hang_up = parts.button(self.tr("Hang up"), "hang_up")
        self.hang_up.clicked.connect(self._services.end)
        for one in (self.place, self.turn, self.help, self.answer):
            column.addWidget(one)
        row = parts.row()
        self.compare = parts.button(self.tr("Compare with the model case"), kind="primary")
        self.compare.clicked.connect(self._show_outcome)
        self.compare.hide()
        row.addWidget(self.next)
        row.addWidget(self.compare)
        row.addStretch(1)
        row.addWidget(self.hang_up)
        parts.nest(column, row)
        column.addStretch(1)
        return page

    def _fit_page(self) -> None:
        """Stand small in a corner while an exercise runs: it is answered at the desk, which has to be seen."""
        small = self.pages.currentWidget() is self.running
        self.heading.setVisible(not small)
        parts.set_role(self.edge, "true" if small else "false", "small")
        for page in (self.choice, self.outcome):
            kind = QSizePolicy.Policy.Ignored if small else QSizePolicy.Policy.Preferred
            page.setSizePolicy(kind, kind)
        if small and self._wide is None:
            self._wide = self.size()
            self._to_corner(theme.current().px(_SMALL))
        elif not small and self._wide is not None:
            self.resize(self._wide)
            self.move(self.screen().availableGeometry().center() - self.rect().center())
            self._wide = None

    def _small_height(self, width: int) -> int:
        around, page = self.edge.layout(), self.running.layout()
        if around is None or page is None:
            return self.height()
        margins, line = around.contentsMargins(), 2 * _EDGE
        page_width = width - margins.left() - margins.right() - line
        return page.totalHeightForWidth(page_width) + margins.top() + margins.bottom() + line

    def _cleared(self) -> QRect:
        kept = self._keep_clear
        return QRect(kept.mapToGlobal(QPoint()), kept.size()) if kept is not None and kept.isVisible() else QRect()

    def _to_corner(self, width: int) -> None:
        self.resize(width, self._small_height(width))
        room, gap = self.screen().availableGeometry(), theme.current().px(8)
        self.move(free_corner(room.adjusted(gap, gap, -gap, -gap), self.size(), self._cleared()))

    # -- choosing -------------------------------------------------------------------------------------

    @Slot()
    def look(self) -> None:
        """Read the list again and show it; an exercise that runs stays before the eyes."""
        if self._call_id or self._result is not None:
            return
        self.pages.setCurrentWidget(self.choice)
        self._say("")
        Job(self, self._services.rows).on_success(self._show_rows).on_failure(self._tell).start()

    def _show_rows(self, rows: Sequence[ExerciseRow]) -> None:
        self.list.show_rows(rows)
        self.none.setVisible(not rows)
        for one in (self.list, self.microphone):
            one.setVisible(bool(rows))
        for button in (self.begin, self.hand_on, self.remove):
            button.setEnabled(bool(rows))

    def _chosen(self) -> str:
        row = self.list.chosen()
        return row.id if row is not None else ""

    @Slot()
    def start(self) -> None:
        """Begin the chosen exercise."""
        ident, microphone = self._chosen(), self.microphone.isChecked()
        if not ident or self._timer.isActive():
            return
        self.begin.setEnabled(False)
        Job(self, lambda: self._services.start(ident, microphone)).on_success(self._begun).on_failure(
            self._not_begun
        ).start()

    def _begun(self, _: object) -> None:
        self.begin.setEnabled(True)
        self.answer.clear()
        self._show_ended(False)
        self.pages.setCurrentWidget(self.running)
        self._timer.start()
        self._look()

    def _not_begun(self, error: Exception) -> None:
        self.begin.setEnabled(True)
        self._tell(error)

    @Slot()
    def _hand_on(self) -> None:
        row = self.list.chosen()
        if row is not None and self._sharing is not None:
            parts.bring(ShareWindow(self._sharing, row.id, words_of_exercise(row), self))

    @Slot()
    def _remove(self) -> None:
        ident = self._chosen()
        if ident:
            Job(self, lambda: self._services.delete(ident)).on_success(lambda _: self.look()).on_failure(
                self._tell
            ).start()

    @Slot()
    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("An exercise that was sent to you"), "", self.tr("Exercise (*.doumi)")
        )
        if name:
            self.take_file(Path(name))

    def take_file(self, file: Path) -> None:
        """Take in an exercise that was sent; it stands in the list then."""
        self.take_in.setEnabled(False)
        job = Job(self, lambda: (self._services.take(file), self._services.rows()))
        job.on_success(self._taken).on_failure(self._not_taken).start()

    def _taken(self, taken: tuple[str, Sequence[ExerciseRow]]) -> None:
        title, rows = taken
        self.take_in.setEnabled(True)
        self._show_rows(rows)
        self._say(self.tr("Taken in: {title}").format(title=title))

    def _not_taken(self, error: Exception) -> None:
        self.take_in.setEnabled(True)
        self._tell(error)

    # -- running --------------------------------------------------------------------------------------

    @Slot()
    def go_on(self) -> None:
        """The trainee has answered; while the caller speaks, what is typed stays."""
        if not self.next.isEnabled():
            return
        self._services.go_on(self.answer.text())
        self.answer.clear()

    @Slot()
    def _look(self) -> None:
        state = self._services.state()
        if state.call_id:
            self._call_id = state.call_id
            self._show_state(state)
            return
        self._timer.stop()
        call_id, self._call_id = self._call_id, ""
        if not call_id:
            self.look()
            return
        self.turn.setText(self.tr("The exercise is over"))
        self.help.setText("")
        Job(self, lambda: self._services.result(call_id)).on_success(self._show_result).on_failure(self._lost).start()

    def _show_state(self, state: ExerciseState) -> None:
        self.place.setText(self.tr("Turn {step} of {steps}").format(step=state.step, steps=state.steps))
        if state.over:
            turn, help_ = self.tr("Everything was said"), self.tr("Say good-bye and hang up.")
        elif not state.waiting:
            turn, help_ = self.tr("The caller is speaking"), self.tr("The words come on the desk.")
        elif state.listening:
            turn = self.tr("Your turn")
            help_ = self.tr("Speak. It goes on when you stop, or press “I have answered”.")
        else:
            turn = self.tr("Your turn")
            help_ = self.tr("Type your answer and press Enter, or say it aloud and press “I have answered”.")
        for label, text in ((self.turn, turn), (self.help, help_)):
            if label.text() != text:
                label.setText(text)
        covers = self.frameGeometry().intersects(self._cleared())
        if covers or self._small_height(self.width()) > self.height():
            self._to_corner(self.width())
        self.next.setEnabled(state.waiting)

    def _lost(self, error: Exception) -> None:
        self.look()
        self._tell(error)

    # -- afterwards -----------------------------------------------------------------------------------

    def _show_result(self, result: ExerciseResult) -> None:
        """Say that it is over, small as it was: the record is still to be written at the desk."""
        self._result = result
        self.place.setText("")
        self.help.setText(self.tr("Finish the record at the desk first, if you like. The comparison waits here."))
        self._show_ended(True)

    def _show_ended(self, ended: bool) -> None:
        self.compare.setVisible(ended)
        for one in (self.next, self.answer, self.hang_up):
            one.setVisible(not ended)

    @Slot()
    def _show_outcome(self) -> None:
        if self._result is not None:
            self.pages.setCurrentWidget(self.outcome)
            self.outcome.show_result(self._result)
            self._result = None

    def _tell(self, error: Exception) -> None:
        self._say(words_of(error))
        self.failed.emit(error)

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))
