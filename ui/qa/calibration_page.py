"""Calibration: several raters rate the same calls unseen by each other, then talk about where they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QPlainTextEdit, QStackedWidget, QWidget

from assist.review.model import Rubric
from ui import parts, team_parts, theme
from ui.jobs import Job
from ui.qa.agreement_table import AgreementTable
from ui.qa.ports import Calibration, CallToRate, ItemAgreement, QaServices
from ui.qa.two_press import TwoPress
from ui.wording import clock, full_day


@dataclass(frozen=True, slots=True)
class _Found:
    """What is read at once."""

    sessions: Sequence[Calibration]
    calls: Sequence[CallToRate]
    rubrics: Sequence[Rubric]
    own: Mapping[tuple[str, str], str]
    """State of this rater's rating by session and call: ``draft`` or ``submitted``; none where none was begun."""
    rated: Mapping[tuple[str, str], int]
    """Submitted ratings by session and call, whoever's."""


def _ratings(
    services: QaServices, sessions: Sequence[Calibration]
) -> tuple[dict[tuple[str, str], str], Counter[tuple[str, str]]]:
    """Return the state of this rater's ratings, and how many were submitted; every call is asked for once."""
    states, rated = dict[tuple[str, str], str](), Counter[tuple[str, str]]()
    for call in dict.fromkeys(call for one in sessions for call in one.calls):
        for row in services.of_call(call):
            one = row.rating
            key = (one.calibration, call)
            rated[key] += bool(one.submitted_at)
            if row.own and states.get(key) != "submitted":
                states[key] = "submitted" if one.submitted_at else "draft"
    return states, rated


class CalibrationPage(QWidget):
    """Sessions left; right a new one as a form, or the chosen one with its calls and, once closed, the agreement."""

    failed = Signal(object)
    told = Signal(str)
    open_asked = Signal(object, str)
    """The :class:`CallToRate` to rate, and the session's id."""

    def __init__(self, services: QaServices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.sessions: Sequence[Calibration] = ()
        self.calls: dict[str, CallToRate] = {}
        self._rubrics: Sequence[Rubric] = ()
        self._own: Mapping[tuple[str, str], str] = {}
        self._rated: Mapping[tuple[str, str], int] = {}
        self._asked = 0
        self._noted = ""
        """Session whose note is in its field."""
        whole = parts.row(margin=12, gap=12)
        self.setLayout(whole)
        left = parts.column(gap=8)
        self.table = team_parts.table(
            self.tr("Calibration sessions"), [self.tr("Session"), self.tr("Made"), self.tr("State")], 0
        )
        self.table.itemSelectionChanged.connect(self._chosen)
        self.begin = parts.button(self.tr("New session"), "plus")
        self.begin.clicked.connect(self.begin_new)
        self.all_ratings = parts.button(self.tr("Agreement of all second ratings"), "eye")
        self.all_ratings.clicked.connect(self.show_second_ratings)
        left.addWidget(self.table, 1)
        left.addWidget(self.begin)
        left.addWidget(self.all_ratings)
        parts.nest(whole, left, 2)
        self.side = QStackedWidget()
        self.form = self._form()
        self.detail = self._detail()
        self.side.addWidget(self.form)
        self.side.addWidget(self.detail)
        whole.addWidget(self.side, 3)

    def _form(self) -> QWidget:
        box = parts.frame("pane")
        inside = parts.column(margin=12, gap=8)
        box.setLayout(inside)
        inside.addWidget(parts.label(self.tr("New calibration session"), "heading"))
        self.title = QLineEdit()
        self.title.setPlaceholderText(self.tr("Title"))
        self.title.setAccessibleName(self.tr("Title of the session"))
        self.rubric = team_parts.choice(self.tr("Rubric"), [])
        self.pick = QListWidget()
        self.pick.setAccessibleName(self.tr("Calls that everybody rates"))
        self.keep = parts.button(self.tr("Begin the session"), "save", kind="primary")
        self.keep.clicked.connect(self._keep_new)
        inside.addWidget(self.title)
        inside.addWidget(self.rubric)
        inside.addWidget(parts.label(self.tr("Calls that everybody rates; Space ticks one"), "muted", wrap=True))
        inside.addWidget(self.pick, 1)
        inside.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignRight)
        return box

    def _detail(self) -> QWidget:
        box = parts.frame("pane")
        outer = parts.column(margin=12, gap=8)
        box.setLayout(outer)
        # With large letters it is more than fits: it scrolls, rather than leave the tables without a row.
        area, inside = parts.scroller(self.tr("Calibration session"))
        outer.addWidget(area, 1)
        self.heading = parts.label("", "heading", wrap=True)
        self.state = parts.label("", "muted", wrap=True)
        self.which = team_parts.choice(self.tr("Rubric"), [])
        self.which.activated.connect(self.show_second_ratings)
        inside.addWidget(self.heading)
        inside.addWidget(self.which)
        inside.addWidget(self.state)
        self.call_table = team_parts.table(
            self.tr("Calls of this session"),
            [
                self.tr("Call"), self.tr("Counsellor"), self.tr("Length"), self.tr("Own rating"),
                self.tr("Submitted ratings"),
            ],
            3,
        )  # fmt: skip
        self.call_table.activated.connect(lambda _index: self.open())
        self.call_table.itemSelectionChanged.connect(self._call_chosen)
        self.call_table.setMinimumHeight(theme.current().px(120))
        inside.addWidget(self.call_table, 2)
        self.figures = AgreementTable()
        self.items = self.figures.table
        self.items.setMinimumHeight(theme.current().px(156))
        inside.addWidget(self.figures, 3)
        self.note = QPlainTextEdit()
        self.note.setPlaceholderText(self.tr("What was agreed"))
        self.note.setAccessibleName(self.tr("What was agreed"))
        self.note.setTabChangesFocus(True)
        self.note.setMaximumHeight(theme.current().px(96))
        inside.addWidget(self.note)
        foot = parts.row(gap=8)
        self.open_button = parts.button(self.tr("Replay and rate"), "play")
        self.open_button.clicked.connect(self.open)
        self.close_button = parts.button(self.tr("Close the session and compare"), "check")
        self.closing = TwoPress(self.close_button, self.tr("Press again to close, for good"))
        self.closing.pressed.connect(self._close)
        self.closing.asked.connect(self._closing_asked)
        self.keep_note = parts.button(self.tr("Keep what was agreed"), "save", kind="primary")
        self.keep_note.clicked.connect(self._keep_note)
        foot.addWidget(self.open_button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.keep_note)
        parts.nest(outer, foot)
        return box

    # -- the list -----------------------------------------------------------------------------------------------

    @Slot()
    def look(self) -> None:
        """Read sessions, calls and rubrics again."""
        services = self._services

        def read() -> _Found:
            sessions = services.calibrations()
            return _Found(sessions, services.calls(), services.rubrics(), *_ratings(services, sessions))

        Job(self, read).on_success(self._show).on_failure(self.failed.emit).start()

    def _show(self, found: _Found) -> None:
        chosen = self.chosen()
        self.sessions, self._rubrics = found.sessions, found.rubrics
        self._own, self._rated = found.own, found.rated
        self.calls = {call.call: call for call in found.calls}
        self.table.setRowCount(len(self.sessions))
        for place, one in enumerate(self.sessions):
            state = self.tr("closed") if one.closed_at else self.tr("open")
            team_parts.put(self.table, place, (one.title, one.made_at[:10], state))
        if self.rubric.count() == 0:
            for rubric in self._rubrics:
                self.rubric.addItem(rubric.title, rubric)
                self.which.addItem(rubric.title, rubric)
        self._show_pick()
        place = next((n for n, one in enumerate(self.sessions) if chosen is not None and one.id == chosen.id), 0)
        if self.sessions:
            self.table.selectRow(place)
        self._chosen()

    def _show_pick(self) -> None:
        ticked = set(self._picked())
        self.pick.clear()
        # By time: the trainer's own list has what he has to do first, and so another order on every PC.
        for call in sorted(self.calls.values(), key=lambda one: (one.started_at, one.counsellor, one.call)):
            if call.package:
                facts = (full_day(call.started_at), call.counsellor, clock(call.duration_s), call.category)
                item = QListWidgetItem("  ".join(filter(None, facts)))
                item.setData(Qt.ItemDataRole.UserRole, call.call)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked if call.call in ticked else Qt.CheckState.Unchecked)
                self.pick.addItem(item)

    def _picked(self) -> tuple[str, ...]:
        items = (self.pick.item(row) for row in range(self.pick.count()))
        return tuple(
            str(item.data(Qt.ItemDataRole.UserRole)) for item in items if item.checkState() == Qt.CheckState.Checked
        )

    def chosen(self) -> Calibration | None:
        """Return the chosen session."""
        place = self.table.currentRow()
        return self.sessions[place] if self.table.selectedItems() and place < len(self.sessions) else None

    @Slot()
    def _chosen(self) -> None:
        one = self.chosen()
        if one is None:
            self.side.setCurrentWidget(self.form)
            return
        self.side.setCurrentWidget(self.detail)
        self._show_session(one)

    # -- a new session --------------------------------------------------------------------------------------------

    @Slot()
    def begin_new(self) -> None:
        """Show the empty form."""
        self.table.clearSelection()
        self.side.setCurrentWidget(self.form)
        self.title.setFocus()

    @Slot()
    def _keep_new(self) -> None:
        title, rubric, calls = self.title.text().strip(), self.rubric.currentData(), self._picked()
        if not title:
            self.told.emit(self.tr("Give the session a title."))
            self.title.setFocus()
            return
        if not calls or not isinstance(rubric, Rubric):
            self.told.emit(self.tr("Choose a rubric and at least one call."))
            self.pick.setFocus()
            return
        wanted = Calibration("", title, "", "", rubric.id, rubric.version, calls)

        def done(_kept: Calibration) -> None:
            self.title.clear()
            self.pick.clear()
            self.told.emit(self.tr("The session is open. Until it is closed nobody sees the others' ratings."))
            self.look()

        Job(self, lambda: self._services.keep_calibration(wanted)).on_success(done).on_failure(self.failed.emit).start()

    # -- one session ------------------------------------------------------------------------------------------------

    def _show_session(self, one: Calibration) -> None:
        closed = bool(one.closed_at)
        self.heading.setText(one.title)
        for widget in (self.call_table, self.open_button):
            widget.setVisible(True)
        self.call_table.setRowCount(len(one.calls))
        for place, ident in enumerate(one.calls):
            call = self.calls.get(ident)
            if call is None:
                texts: tuple[str, ...] = (ident, "", "", self.tr("no longer here"))
            else:
                own = {"": self.tr("not begun"), "draft": self.tr("begun"), "submitted": self.tr("submitted")}
                state = own[self._own.get((one.id, ident), "")]
                texts = (full_day(call.started_at), call.counsellor, clock(call.duration_s), state)
            texts += (str(self._rated.get((one.id, ident), 0)),)
            team_parts.put(self.call_table, place, texts)
        if one.calls:
            self.call_table.selectRow(0)
        self.close_button.setVisible(not closed)
        self.keep_note.setVisible(closed)
        self.note.setVisible(closed)
        self.figures.setVisible(closed)
        self.which.setVisible(False)
        if one.id != self._noted or not self.note.document().isModified():  # what is being written stays
            self.note.setPlainText(one.note)
        self._noted = one.id
        self._call_chosen()
        if closed:
            self.state.setText(self.tr("Closed on {day}.").format(day=one.closed_at[:10]))
            self._ask(one.id, "")
        else:
            self._asked += 1
            self._closing_asked(self.closing.asks)

    @Slot()
    def show_second_ratings(self) -> None:
        """Show how far the raters of calls that were rated twice agree."""
        rubric = self.which.currentData()
        if not isinstance(rubric, Rubric):
            self.told.emit(self.tr("There is no rubric yet."))
            return
        self.table.clearSelection()
        self.side.setCurrentWidget(self.detail)
        self.heading.setText(self.tr("All second ratings: {rubric}").format(rubric=rubric.title))
        for widget in (self.call_table, self.open_button, self.close_button, self.keep_note, self.note):
            widget.setVisible(False)
        self.which.setVisible(self.which.count() > 1)
        self.figures.setVisible(True)
        self._ask("", rubric.id)

    def _ask(self, calibration: str, rubric: str) -> None:
        self.items.setRowCount(0)
        self._asked += 1
        asked = self._asked

        def show(items: Sequence[ItemAgreement]) -> None:
            if asked == self._asked:
                self.state.setText(self.figures.show_items(items, self.calls))

        job = Job(self, lambda: self._services.agreement(calibration, rubric))
        job.on_success(show).on_failure(self.failed.emit).start()

    @Slot()
    def open(self) -> None:
        """Enter: rate the chosen call for this session."""
        one, call = self.chosen(), self._call()
        if one is not None and call is not None:
            self.open_asked.emit(call, one.id)

    def _call(self) -> CallToRate | None:
        one, place = self.chosen(), self.call_table.currentRow()
        if one is None or not 0 <= place < len(one.calls):
            return None
        call = self.calls.get(one.calls[place])
        return call if call is not None and call.package else None

    @Slot()
    def _call_chosen(self) -> None:
        self.open_button.setEnabled(self._call() is not None)

    @Slot(bool)
    def _closing_asked(self, asked: bool) -> None:
        """Say what closing does before it does it; with nothing to compare it is not asked."""
        one = self.chosen()
        if one is None or one.closed_at:
            return
        compared = sum(self._rated.get((one.id, call), 0) >= 2 for call in one.calls)
        if not asked:
            self.state.setText(self.tr("Open: nobody sees the others' ratings until it is closed."))
        elif not compared:
            self.closing.ask(False)
            self.told.emit(self.tr("Nothing to compare yet: two raters must have submitted a rating of the same call."))
        else:
            words = self.tr(
                "Press again: everybody sees all ratings, nobody can rate for this session any more, and it stays "
                "closed. Calls with two ratings: {compared} of {calls}."
            )
            self.state.setText(words.format(compared=compared, calls=len(one.calls)))

    @Slot()
    def _close(self) -> None:
        one = self.chosen()
        if one is None:
            return
        ident = one.id

        def done(_closed: Calibration) -> None:
            self.told.emit(self.tr("Closed. The ratings can be compared now."))
            self.look()

        parts.rest_focus(self, self.table)
        Job(self, lambda: self._services.close_calibration(ident)).on_success(done).on_failure(self.failed.emit).start()

    @Slot()
    def _keep_note(self) -> None:
        one = self.chosen()
        if one is None:
            return
        wanted = replace(one, note=self.note.toPlainText().strip())

        def done(_kept: Calibration) -> None:
            if self.note.toPlainText().strip() == wanted.note:
                self.note.document().setModified(False)
            self.told.emit(self.tr("Kept."))
            self.look()

        Job(self, lambda: self._services.keep_calibration(wanted)).on_success(done).on_failure(self.failed.emit).start()
