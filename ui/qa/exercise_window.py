"""Exercises: choose one, answer its caller with the desk live, then lay the own call beside the model case."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QLineEdit,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from ui import parts
from ui.jobs import Job
from ui.notices import words_of
from ui.qa.exercise_list import ExerciseList
from ui.qa.exercise_outcome import ExerciseOutcome
from ui.qa.exercise_ports import ExerciseResult, ExerciseRow, ExerciseServices, ExerciseState
from ui.qa.share_ports import Sharing

_LOOK_MS = 150
"""How often a running exercise is looked at."""


class _Pages(QStackedWidget):
    """As high as the page in view alone while it is ``flat``: Qt takes the highest of all."""

    flat = False

    def hasHeightForWidth(self) -> bool:
        return not self.flat and super().hasHeightForWidth()

    def _flat(self, hint: QSize) -> QSize:
        page = self.currentWidget()
        return QSize(hint.width(), page.heightForWidth(self.width()) if page is not None else 0)

    def sizeHint(self) -> QSize:
        return self._flat(super().sizeHint()) if self.flat else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._flat(super().minimumSizeHint()) if self.flat else super().minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.flat and event.size().width() != event.oldSize().width():
            self.updateGeometry()  # its words take other lines


class ExerciseWindow(QWidget):
    """Stands beside the desk, which shows the exercise as any call. Nothing here scores anybody."""

    failed = Signal(object)
    """The exception of something that did not work."""

    def __init__(
        self,
        services: ExerciseServices,
        parent: QWidget | None = None,
        room: QWidget | None = None,
        sharing: Sharing | None = None,
    ) -> None:
        """Show nothing yet.

        Args:
            services: The exercises.
            parent: Qt's.
            room: Empty, in the desk: there a running exercise stands. Without it everything stays in the window.
            sharing: Seals exercises for colleagues; without it none is handed on.
        """
        super().__init__(parent, Qt.WindowType.Window)
        self._services = services
        self._room = room
        if room is not None:
            room.setLayout(parts.column(gap=0))
            room.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.is_in_desk = False
        """Whether what belongs here stands in the desk just now."""
        self._sharing = sharing
        self._call_id = ""
        self.setObjectName("window")
        self.setWindowTitle(self.tr("Exercises"))
        self.setAccessibleName(self.tr("Exercises"))
        parts.open_at(self, 860, 600)
        around = parts.column()
        self.setLayout(around)
        self.edge = parts.frame("raised")
        """Everything shown here; in the desk a line around it tells it from the call."""
        around.addWidget(self.edge)
        whole = parts.column(margin=16, gap=8)
        self.edge.setLayout(whole)
        self.heading = parts.label(self.tr("Exercises"), "hero")
        whole.addWidget(self.heading)
        self.said = parts.label("", "muted", wrap=True)
        self.said.hide()
        whole.addWidget(self.said)
        self.pages = _Pages()
        self.choice, self.running, self.outcome = self._choice(), self._running(), ExerciseOutcome()
        for page in (self.choice, self.running, self.outcome):
            self.pages.addWidget(page)
        self.outcome.left.connect(self.look)
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
        self.list = ExerciseList(self._sharing)
        self.list.delete_asked.connect(self._remove)
        self.list.itemActivated.connect(lambda _item: self.start())
        column.addWidget(self.list, 1)
        self.microphone = QCheckBox(self.tr("Recognise what I say"))
        self.microphone.setAccessibleName(self.microphone.text())
        self.microphone.setChecked(True)
        column.addWidget(self.microphone)
        row = parts.row()
        self.begin = parts.button(self.tr("Begin"), "practice", kind="primary")
        self.begin.clicked.connect(self.start)
        self.take_in = parts.button(self.tr("Take in a file …"), "open")
        self.take_in.clicked.connect(self._choose_file)
        close = parts.button(self.tr("Close"))
        close.clicked.connect(self.close)
        row.addWidget(self.begin)
        row.addWidget(self.take_in)
        row.addWidget(self.list.hand_on)
        row.addWidget(self.list.remove)
        row.addStretch(1)
        row.addWidget(close)
        parts.nest(column, row)
        return page

    def _running(self) -> QWidget:
        page = QWidget()
        column = parts.column(gap=4)
        page.setLayout(column)
        self.turn = parts.label("", "heading")
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
        told = parts.row(gap=12)
        told.addWidget(self.turn)
        told.addWidget(self.place)
        told.addWidget(self.help, 1)
        parts.nest(column, told)
        row = parts.row()
        self.compare = parts.button(self.tr("Compare with the model case"), kind="primary")
        self.compare.clicked.connect(self._show_outcome)
        self.compare.hide()
        row.addWidget(self.answer, 1)
        row.addWidget(self.next)
        row.addWidget(self.compare)
        row.addWidget(self.hang_up)
        row.addStretch(0)
        parts.nest(column, row)
        column.addStretch(1)
        return page

    def _fit_page(self) -> None:
        """While an exercise runs stand in the desk, which makes room: nothing of what is practised is covered."""
        room, around = self._room.layout() if self._room is not None else None, self.layout()
        if room is None or around is None:
            return
        inside = self.pages.currentWidget() is self.running
        if inside is self.is_in_desk:
            return
        self.is_in_desk = self.pages.flat = inside
        self.heading.setHidden(inside)
        parts.set_role(self.edge, "true" if inside else "false", "small")
        for page in (self.choice, self.outcome):
            kind = QSizePolicy.Policy.Ignored if inside else QSizePolicy.Policy.Preferred
            page.setSizePolicy(kind, kind)
        edge = self.edge.layout()
        if edge is not None:
            edge.setContentsMargins(*((12, 6, 12, 6) if inside else (16, 16, 16, 16)))
        upright = QSizePolicy.Policy.Maximum if inside else QSizePolicy.Policy.Preferred
        self.edge.setSizePolicy(QSizePolicy.Policy.Preferred, upright)
        if inside:
            room.addWidget(self.edge)
            self.hide()
            self.answer.setFocus()
        else:
            around.addWidget(self.edge)
            parts.bring(self)

    def come(self) -> bool:
        """Put the focus on what stands in the desk; returns whether anything of this does."""
        if self.is_in_desk:
            (self.answer if self.compare.isHidden() else self.compare).setFocus()
        return self.is_in_desk

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
        for button in (self.begin, self.list.hand_on, self.list.remove):
            button.setEnabled(bool(rows))

    @Slot()
    def start(self) -> None:
        """Begin the chosen exercise."""
        row, microphone = self.list.chosen(), self.microphone.isChecked()
        if row is None or self._timer.isActive():
            return
        self.begin.setEnabled(False)
        Job(self, lambda: self._services.start(row.id, microphone)).on_success(self._begun).on_failure(
            self._not_begun
        ).start()

    def _begun(self, _: object) -> None:
        self.begin.setEnabled(True)
        self._say("")  # what was said of the list
        self.answer.clear()
        self._show_ended(False)
        self.pages.setCurrentWidget(self.running)
        self._timer.start()
        self._look()

    def _not_begun(self, error: Exception) -> None:
        self.begin.setEnabled(True)
        self._tell(error)

    @Slot(str)
    def _remove(self, ident: str) -> None:
        job = Job(self, lambda: self._services.delete(ident))
        job.on_success(lambda _: self.look()).on_failure(self._tell).start()

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
                self.pages.updateGeometry()
        self.next.setEnabled(state.waiting)

    def _lost(self, error: Exception) -> None:
        self.look()
        self._tell(error)

    # -- afterwards -----------------------------------------------------------------------------------

    def _show_result(self, result: ExerciseResult) -> None:
        """Say that it is over where it was: the record is still to be written at the desk."""
        self._result = result
        self.place.setText("")
        self.help.setText(self.tr("Finish the record at the desk first, if you like. The comparison waits here."))
        self._show_ended(True)

    def _show_ended(self, ended: bool) -> None:
        self.compare.setVisible(ended)
        if ended and any(one.hasFocus() for one in (self.next, self.answer, self.hang_up)):
            self.compare.setFocus()  # what hides would give it to whatever comes next
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
