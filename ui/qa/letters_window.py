"""The counsellor's own window: letters of the QA trainers, the own calls that were drawn, the counsellor's word.

Opened by the counsellor only, never by itself and never over a call. The program scores nobody: every point here was
given by a person, and every place it rests on can be heard.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem, QSplitter, QWidget

from assist.review.model import AnswerKind
from assist.review.objections import was_accepted
from assist.review.totals import totals
from ui import parts
from ui.jobs import Job
from ui.notices import words_of
from ui.qa import evidence_words
from ui.qa.letter_lines import drawn_lines, is_waiting, letter_lines
from ui.qa.ports import DrawnRow, LetterRow, LetterServices
from ui.qa.rating_view import RatingView
from ui.qa.scorecard_grounds import NoteField
from ui.two_lines import TwoLines
from ui.wording import full_day

_ROW = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class _Look:
    letters: Sequence[LetterRow]
    drawn: Sequence[DrawnRow]
    unseen: int
    """Drawn calls that were not looked at yet."""


class LettersWindow(QWidget):
    """Letters on the left, the chosen one on the right."""

    failed = Signal(object)
    """Exception for the notice line."""
    replay_asked = Signal(str, float, float)
    """(session id, start, end): a stretch of an own saved call is to be heard."""
    call_asked = Signal(str)
    """Session id of an own saved call to show."""
    read = Signal()
    """A letter or the drawn calls were looked at: fewer may be new."""

    def __init__(self, services: LetterServices, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("window")
        self._services = services
        self._shown = ""
        self._counts = (0, 0)
        self._is_unread = False
        """Something new is shown, and the window lies behind: it counts as read once the window is active."""
        self._begun: dict[str, str] = {}
        """Objections that were begun, by rating: looking at another letter loses none, nor sends it there."""
        self.setWindowTitle(self.tr("Letters about my calls"))
        self.setAccessibleName(self.tr("Letters about my calls"))
        parts.open_at(self, 1040, 720)
        whole = parts.column(margin=16)
        self.setLayout(whole)
        whole.addWidget(parts.label(self.tr("Letters about my calls"), "hero"))
        whole.addWidget(
            parts.label(
                self.tr("Every point was given by a person. Only you and the trainers see this; nobody is ranked."),
                "muted",
                wrap=True,
            )
        )
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.setChildrenCollapsible(False)
        sides.addWidget(self._build_lists())
        sides.addWidget(self._build_letter())
        sides.setSizes([340, 660])
        whole.addWidget(sides, 1)
        foot = parts.row()
        self.told = parts.label("", "small", wrap=True)
        close = parts.button(self.tr("Close"))
        close.clicked.connect(self.close)
        foot.addWidget(self.told, 1)
        foot.addWidget(close)
        parts.nest(whole, foot)
        QShortcut(QKeySequence("Esc"), self, self.close)
        self._show_letter()

    def _build_lists(self) -> QWidget:
        box = QWidget()
        left = parts.column()
        box.setLayout(left)
        self.list = self._list(self.tr("Letters"))
        self.list.currentItemChanged.connect(lambda _now, _before: self._chosen())
        self.none = parts.label(self.tr("No letter has come yet."), "muted", wrap=True)
        self.drawn = self._list(self.tr("My calls that were drawn"))
        self.drawn.itemActivated.connect(self._open_drawn)
        self.none_drawn = parts.label(self.tr("None of your calls was drawn."), "muted", wrap=True)
        left.addWidget(parts.label(self.tr("Letters"), "heading"))
        left.addWidget(self.none)
        left.addWidget(self.list, 2)
        left.addWidget(parts.label(self.tr("My calls that were drawn"), "heading"))
        left.addWidget(self.none_drawn)
        left.addWidget(self.drawn, 1)
        left.addStretch(0)
        for one in (self.list, self.drawn):
            one.hide()
        return box

    def _list(self, name: str) -> QListWidget:
        made = QListWidget()
        made.setAccessibleName(name)
        made.setItemDelegate(TwoLines(made))
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return made

    def _build_letter(self) -> QWidget:
        self.letter = parts.frame("pane")
        right = parts.column(margin=12)
        self.letter.setLayout(right)
        head = parts.row()
        self.title = parts.label("", "title", wrap=True)
        self.call = parts.button(self.tr("Show the call"), "history")
        self.call.clicked.connect(self._show_call)
        head.addWidget(self.title, 1)
        head.addWidget(self.call)
        parts.nest(right, head)
        self.facts = parts.label("", "small", wrap=True)
        right.addWidget(self.facts)
        self.view = RatingView(self.tr("The rating"))
        self.view.hear_asked.connect(self._hear)
        self.view.item_chosen.connect(self._aim)
        right.addWidget(self.view, 1)
        self.tasks = parts.label("", "", wrap=True)
        self.said = parts.label("", "muted", wrap=True)
        right.addWidget(self.tasks)
        right.addWidget(self.said)
        self.about = QComboBox()
        self.about.setAccessibleName(self.tr("What the objection is about"))
        self.words = NoteField(self.tr("My objection"))
        self.words.setPlaceholderText(self.tr("Say what you see otherwise; a trainer answers it"))
        self.words.left.connect(partial(self._objecting, False))
        right.addWidget(self.about)
        right.addWidget(self.words)
        line = parts.row()
        self.object = parts.button(self.tr("Object …"), "flag")
        self.object.clicked.connect(partial(self._objecting, True))
        self.cancel = parts.button(self.tr("Cancel"))
        self.cancel.clicked.connect(self.words.left.emit)
        self.send = parts.button(self.tr("Send the objection"), "outbox", kind="primary")
        self.send.clicked.connect(self._send)
        self.seen = parts.button(self.tr("Acknowledge"), "check", kind="primary")
        self.seen.clicked.connect(self._acknowledge)
        line.addStretch(1)
        for one in (self.object, self.cancel, self.send, self.seen):
            line.addWidget(one)
        parts.nest(right, line)
        area, inside = parts.scroller(self.tr("The rating"))
        inside.addWidget(self.letter)
        return area

    # -- reading ------------------------------------------------------------------------------------------------

    @Slot()
    def look(self) -> None:
        """Read the letters again."""
        services = self._services
        job = Job(self, lambda: _Look(services.letters(), services.drawn(), services.unseen()))
        job.on_success(self._show).on_failure(self._tell_fault).start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow() and self._is_unread:
            self.look()

    @Slot(int, int)
    def follow(self, unread: int, unseen: int) -> None:
        """Read the letters again where something new came while the window is open; what is begun stays."""
        counts = (unread, unseen)
        if self.isVisible() and any(counts) and counts != self._counts:
            self.look()
        self._counts = counts

    def _show(self, look: _Look) -> None:
        before = self._row()
        self.list.blockSignals(True)
        self.list.clear()
        asked = {one.session_id: one.inquiry for one in look.drawn if one.session_id}
        for row in look.letters:
            item = QListWidgetItem(letter_lines(row, asked.get(row.session_id, "")))
            item.setData(_ROW, row)
            self.list.addItem(item)
        ids = [row.letter.rating.id for row in look.letters]
        if ids:
            self.list.setCurrentRow(
                ids.index(before.letter.rating.id) if before and before.letter.rating.id in ids else 0
            )
        self.list.blockSignals(False)
        self.list.setVisible(bool(ids))
        self.none.setVisible(not ids)
        self.drawn.clear()
        for one in look.drawn:
            item = QListWidgetItem(drawn_lines(one))
            item.setData(_ROW, one)
            item.setToolTip(self.tr("Enter: show the call"))
            self.drawn.addItem(item)
        self.drawn.setVisible(bool(look.drawn))
        self.none_drawn.setVisible(not look.drawn)
        if look.drawn:
            self.drawn.setCurrentRow(0)
        self._is_unread = False
        if look.unseen:
            self._mark_read(self._services.saw)
        self._chosen()

    def _row(self) -> LetterRow | None:
        item = self.list.currentItem()
        found = item.data(_ROW) if item is not None else None
        return found if isinstance(found, LetterRow) else None

    def _chosen(self) -> None:
        self._show_letter()
        row = self._row()
        if row is not None and not row.seen_at:
            self._mark_read(partial(self._services.opened, row.letter.rating.id))

    def _mark_read(self, mark: Callable[[], None]) -> None:
        """Note that what is shown was looked at: nobody looks at a window that stands open behind the desk."""
        if self.isActiveWindow():
            Job(self, mark).on_success(lambda _none: self.read.emit()).on_failure(self._tell_fault).start()
        else:
            self._is_unread = True

    def _show_letter(self) -> None:
        row = self._row()
        self.letter.setVisible(row is not None)
        ident = row.letter.rating.id if row is not None else ""
        is_same, was_objecting, about = ident == self._shown, not self.words.isHidden(), self.about.currentData()
        if not is_same:
            self._begun[self._shown] = self.words.toPlainText()
            self._shown = ident
            self.words.setPlainText(self._begun.pop(ident, ""))
        if row is None:
            self._objecting(False)
            return
        letter, one = row.letter, row.letter.rating
        self.title.setText(self.tr("Call of {day}").format(day=full_day(one.call_at)))
        self.facts.setText(
            self.tr("{rubric} · rated by {rater}, {day}").format(
                rubric=letter.rubric.title, rater=one.rater, day=full_day(one.submitted_at)
            )
        )
        self.call.setVisible(bool(row.session_id))
        over = was_accepted(letter.settlements)
        self.view.show_rating(letter.rubric, one, totals(letter.rubric, one), overturned=over)
        tasks = []
        for task in letter.tasks:
            until = self.tr("until {day}").format(day=task.due) if task.due else ""
            tasks.append(f"· {task.text} {until}".rstrip())
        self.tasks.setText("\n".join([self.tr("To practise:"), *tasks]) if tasks else "")
        self.tasks.setVisible(bool(tasks))
        self.said.setText("\n".join(self._spoken(row)))
        self.said.setVisible(bool(self.said.text()))
        self.about.clear()
        self.about.addItem(self.tr("About the whole rating"), "")
        titles = evidence_words.titles(letter.rubric)
        for ident in (*(item.id for item in letter.rubric.items), *one.faults):
            self.about.addItem(self.tr("About: {item}").format(item=titles[ident]), ident)
        if is_same and was_objecting:  # read again while an objection is written
            self.about.setCurrentIndex(max(0, self.about.findData(about)))
            return
        self._objecting(False)

    def _spoken(self, row: LetterRow) -> list[str]:
        titles = evidence_words.titles(row.letter.rubric)
        said = []
        for answer in row.answers:
            if answer.kind is AnswerKind.SEEN:
                words = self.tr("{at} You acknowledged.").format(at=full_day(answer.at))
            else:
                about = ", ".join(titles.get(item, item) for item in answer.items) or self.tr("the whole")
                words = self.tr("{at} You objected ({about}): {text}").format(
                    at=full_day(answer.at), about=about, text=answer.text
                )
            said.append((answer.at, words))
        for one in row.letter.settlements:
            kind = self.tr("{at} Your objection was accepted: {text}")
            kind = kind if one.accepted else self.tr("{at} The rating stays: {text}")
            said.append((one.at, kind.format(at=full_day(one.at), text=one.text)))
        return [words for _, words in sorted(said)]

    # -- hearing ------------------------------------------------------------------------------------------------

    @Slot(float, float)
    def _hear(self, start_s: float, end_s: float) -> None:
        row = self._row()
        if row is None:
            return
        if row.session_id:
            self.replay_asked.emit(row.session_id, start_s, end_s)
        else:
            self.told.setText(self.tr("This call is no longer on this PC, so it cannot be heard."))

    @Slot()
    def _show_call(self) -> None:
        row = self._row()
        if row is not None and row.session_id:
            self.call_asked.emit(row.session_id)

    @Slot(QListWidgetItem)
    def _open_drawn(self, item: QListWidgetItem) -> None:
        row = item.data(_ROW)
        if isinstance(row, DrawnRow) and row.session_id and row.started_at:
            self.call_asked.emit(row.session_id)

    # -- the counsellor's word ----------------------------------------------------------------------------------

    def _objecting(self, on: bool) -> None:
        row = self._row()
        can = row is not None and not is_waiting(row) and not was_accepted(row.letter.settlements)
        for one in (self.about, self.words, self.cancel, self.send):
            one.setVisible(on and can)
        self.object.setVisible(can and not on)
        seen = row is not None and any(answer.kind is AnswerKind.SEEN for answer in row.answers)
        self.seen.setVisible(row is not None and not seen and not on)
        if on and can:
            self._aim(self.view.item())
            self.words.setFocus()

    @Slot(str)
    def _aim(self, item: str) -> None:
        if item and not self.words.toPlainText().strip():
            self.about.setCurrentIndex(max(0, self.about.findData(item)))

    @Slot()
    def _send(self) -> None:
        row, text = self._row(), self.words.toPlainText()
        if row is None:
            return
        if not text.strip():
            self.told.setText(self.tr("Write what you see otherwise first."))
            self.words.setFocus()
            return
        item = self.about.currentData()
        self._say(
            row, AnswerKind.OBJECTED, (item,) if item else (), text, self.tr("Your objection goes to the trainers.")
        )

    @Slot()
    def _acknowledge(self) -> None:
        row = self._row()
        if row is not None:
            self._say(row, AnswerKind.SEEN, (), "", self.tr("Acknowledged."))

    def _say(self, row: LetterRow, kind: AnswerKind, items: tuple[str, ...], text: str, told: str) -> None:
        ident = row.letter.rating.id

        def may(answer: bool) -> None:
            for one in (self.send, self.seen):
                one.setEnabled(answer)

        def done(_none: object) -> None:
            may(True)
            if kind is AnswerKind.OBJECTED:
                self._begun.pop(ident, None)
                if self._shown == ident:
                    self.words.clear()
                    self._objecting(False)
            self.told.setText(told)
            self.look()

        def failed(error: Exception) -> None:
            may(True)
            if kind is AnswerKind.OBJECTED and self.list.hasFocus() and self._shown == ident:
                self.words.setFocus()  # what was written is still there
            self._tell_fault(error)

        # Before the button goes: else the next one has it, and Enter closes the window.
        parts.rest_focus(self, self.list)
        may(False)  # pressed twice it would be said twice
        job = Job(self, lambda: self._services.answer(ident, kind, items, text))
        job.on_success(done).on_failure(failed).start()

    def _tell_fault(self, error: Exception) -> None:
        self.told.setText(words_of(error))
        self.failed.emit(error)
