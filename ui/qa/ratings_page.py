"""All ratings of a call beside its replay: those of others where they may be seen, the counsellor's word, settling."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QScrollArea, QWidget

from assist.review.model import AnswerKind, Rubric
from assist.review.objections import open_objection, was_accepted
from ui import parts, theme
from ui.jobs import Job
from ui.notices import words_of
from ui.qa import evidence_words
from ui.qa.ports import RatingRow, RatingServices
from ui.qa.rating_view import RatingView
from ui.qa.scorecard_grounds import NoteField
from ui.qa.two_press import TwoPress
from ui.two_lines import TwoLines
from ui.wording import full_day

_ROW = int(Qt.ItemDataRole.UserRole)


def is_unsettled(row: RatingRow) -> bool:
    """Whether the counsellor objected and nobody has answered yet."""
    return open_objection(row.answers, row.settlements) is not None


def _outer(widget: QWidget) -> list[QScrollArea]:
    """Return the scroll areas in which a widget stands, the inner ones first."""
    found, parent = [], widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            found.append(parent)
        parent = parent.parentWidget()
    return found


class RatingsPage(QWidget):
    """Who rated the call, and how; nothing of others that this rater may not see yet."""

    failed = Signal(object)
    hear_asked = Signal(float, float)
    revealed = Signal()
    settled = Signal()
    """An objection was answered."""

    def __init__(self, services: RatingServices, call: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._call = call
        self._rubrics: dict[tuple[str, int], Rubric] = {}
        self._fault = ""
        self._rows: Sequence[RatingRow] | None = None
        self._to_objection = False
        """Whether the next look ends at the objection that waits."""
        self.setAccessibleName(self.tr("All ratings"))
        outer = parts.column(margin=8)
        self.setLayout(outer)
        # With an objection it is more than fits: it scrolls, rather than take the room of the timeline.
        area, whole = parts.scroller(self.tr("All ratings"))
        self._area = area
        area.setMinimumHeight(theme.current().px(180))
        outer.addWidget(area)
        self.none = parts.label(self.tr("Nobody has rated this call yet."), "muted", wrap=True)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Ratings of this call"))
        self.list.setItemDelegate(TwoLines(self.list))
        self.list.setMaximumHeight(theme.current().px(136))
        self.list.currentItemChanged.connect(lambda _now, _before: self._show_row())
        self.hidden = parts.label("", "muted", wrap=True)
        self.reveal = parts.button(self.tr("Show the ratings of others"), "eye")
        self.reveal.clicked.connect(self._reveal)
        self.by = parts.label("", "heading", wrap=True)
        self.view = RatingView(self.tr("The chosen rating"))
        self.view.hear_asked.connect(self.hear_asked)
        self.word = parts.label("", "", wrap=True)
        self.reply = NoteField(self.tr("Answer to the objection"))
        self.reply.setPlaceholderText(self.tr("Answer to the objection; the counsellor reads it"))
        self.accept = parts.button(self.tr("The objection is right"), "check")
        self.accepting = TwoPress(self.accept, self.tr("Press again: the objection is right"))
        self.accepting.asked.connect(self._accepting_asked)
        self.accepting.pressed.connect(lambda: self._settle(True))
        self.decline = parts.button(self.tr("The rating stays"))
        self.declining = TwoPress(self.decline, self.tr("Press again: the rating stays"))
        self.declining.asked.connect(self._declining_asked)
        self.declining.pressed.connect(lambda: self._settle(False))
        self.told = parts.label("", "small", wrap=True)
        for one in (self.none, self.list, self.hidden):
            whole.addWidget(one)
        whole.addWidget(self.reveal, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addWidget(self.by)
        whole.addWidget(self.view, 1)
        whole.addWidget(self.word)
        whole.addWidget(self.reply)
        whole.addWidget(self.told)
        line = parts.row()
        line.addStretch(1)
        line.addWidget(self.decline)
        line.addWidget(self.accept)
        parts.nest(whole, line)
        self._show_row()
        self.look()

    @Slot()
    def look(self) -> None:
        """Read the ratings again."""

        def looked(rows: Sequence[RatingRow]) -> None:
            if self._fault and self.told.text() == self._fault:
                self.told.clear()  # what hindered then need not hinder now
            if rows != self._rows:  # whoever reads is left where he reads
                self._show(rows)
            if self._to_objection:
                self._stand_at_objection()

        job = Job(self, lambda: self._read(self._services.of_call(self._call)))
        job.on_success(looked).on_failure(self._tell_fault).start()

    def _read(self, rows: Sequence[RatingRow]) -> Sequence[RatingRow]:
        for row in rows:
            key = (row.rating.rubric, row.rating.rubric_version)
            if not row.hidden and key not in self._rubrics:
                self._rubrics[key] = self._services.rubric(*key)
        return rows

    @Slot()
    def to_objection(self) -> None:
        """Go to the objection that waits, as it is now: its rating chosen, the answer ready to be written."""
        self._to_objection = True
        self.look()

    def _stand_at_objection(self) -> None:
        self._to_objection = False
        found = (self.list.item(place).data(_ROW) for place in range(self.list.count()))
        place = next((place for place, row in enumerate(found) if is_unsettled(row)), None)
        if place is None:  # of a rating that is hidden, or answered meanwhile
            self.list.setFocus()
            return
        self.list.setCurrentRow(place)
        self.reply.setFocus()
        QTimer.singleShot(0, self, self._bring_reply)  # where it stands is known once the page is laid out

    @Slot()
    def _bring_reply(self) -> None:
        for area in (self._area, *_outer(self)):
            for one in (self.accept, self.word, self.reply):
                area.ensureWidgetVisible(one, 0, 8)

    def _show(self, rows: Sequence[RatingRow]) -> None:
        self._rows = rows
        place = max(0, self.list.currentRow())
        self.list.clear()
        for row in (row for row in rows if row.hidden or row.rating.submitted_at):
            item = QListWidgetItem(self._lines(row))
            item.setData(_ROW, row)
            self.list.addItem(item)
        self.none.setVisible(not self.list.count())
        self.list.setVisible(bool(self.list.count()))
        if self.list.count():
            self.list.setCurrentRow(min(place, self.list.count() - 1))
        self._show_row()

    def _lines(self, row: RatingRow) -> str:
        one = row.rating
        facts = [full_day(one.submitted_at)]
        if row.hidden:
            facts.append(self.tr("hidden"))
        else:
            rubric = self._rubrics[(one.rubric, one.rubric_version)]
            facts.append(evidence_words.total_words(rubric, row.total, one.faults))
        facts += [self.tr("yours")] if row.own else []
        facts += [self.tr("blind")] if one.blind else []
        facts += [self.tr("sent")] if one.sent_at else []
        if was_accepted(row.settlements):
            facts.insert(1, evidence_words.overturned())
        if is_unsettled(row):
            facts.append(self.tr("objection"))
        elif row.answers:
            facts.append(self.tr("acknowledged") if row.answers[-1].kind is AnswerKind.SEEN else self.tr("settled"))
        return f"{one.rater or self.tr('Another trainer')}\n{' · '.join(facts)}"

    def _row(self) -> RatingRow | None:
        item = self.list.currentItem()
        found = item.data(_ROW) if item is not None else None
        return found if isinstance(found, RatingRow) else None

    def _show_row(self) -> None:
        row = self._row()
        is_hidden = row is not None and row.hidden
        is_open_session = row is not None and bool(row.rating.calibration)
        blind = self.tr("Hidden: whoever looks at it now can no longer rate this call blind.")
        closing = self.tr("Hidden until the calibration session is closed.")
        self.hidden.setText(closing if is_open_session else blind)
        self.hidden.setVisible(is_hidden)
        self.reveal.setVisible(is_hidden and not is_open_session)
        for shown in (self.by, self.view):
            shown.setVisible(row is not None and not is_hidden)
        if row is not None and not is_hidden:
            key = (row.rating.rubric, row.rating.rubric_version)
            by = self.tr("Rater: {rater}, {day}")
            self.by.setText(by.format(rater=row.rating.rater, day=full_day(row.rating.submitted_at)))
            over = was_accepted(row.settlements)
            self.view.show_rating(self._rubrics[key], row.rating, row.total, overturned=over)
        words = self._words(row) if row is not None else []
        self.word.setText("\n".join(words))
        self.word.setVisible(bool(words))
        asked = row is not None and is_unsettled(row)
        for one in (self.reply, self.accept, self.decline):
            one.setVisible(asked)

    def _words(self, row: RatingRow) -> list[str]:
        said = []
        rubric = self._rubrics.get((row.rating.rubric, row.rating.rubric_version))
        titles = evidence_words.titles(rubric) if rubric is not None else {}
        for answer in row.answers:
            at = full_day(answer.at)
            if answer.kind is AnswerKind.SEEN:
                said.append((answer.at, self.tr("{at} The counsellor acknowledged.").format(at=at)))
                continue
            about = ", ".join(titles.get(item, item) for item in answer.items) or self.tr("the whole")
            text = self.tr("{at} Objection ({about}): {text}").format(at=at, about=about, text=answer.text)
            said.append((answer.at, text))
        for one in row.settlements:
            kind = self.tr("{at} Objection accepted ({by}): {text}")
            kind = kind if one.accepted else self.tr("{at} The rating stays ({by}): {text}")
            said.append((one.at, kind.format(at=full_day(one.at), by=one.by, text=one.text)))
        return [text for _, text in sorted(said)]

    @Slot()
    def _reveal(self) -> None:
        parts.rest_focus(self, self.list)

        def shown(rows: Sequence[RatingRow]) -> None:
            self.told.clear()
            self._show(rows)
            self.revealed.emit()

        job = Job(self, lambda: self._read(self._services.reveal(self._call)))
        job.on_success(shown).on_failure(self._tell_fault).start()

    @Slot(bool)
    def _accepting_asked(self, asked: bool) -> None:
        self._asked(
            self.accepting,
            asked,
            self.tr(
                "Press again: this rating then counts nowhere, and its rater may rate the call again. It stays so."
            ),
        )

    @Slot(bool)
    def _declining_asked(self, asked: bool) -> None:
        words = self.tr("Press again: the rating counts on, and your answer goes to the counsellor. It stays so.")
        self._asked(self.declining, asked, words)

    def _asked(self, button: TwoPress, asked: bool, words: str) -> None:
        """Say what the next press does; without an answer there is none."""
        if asked and not self.reply.toPlainText().strip():
            button.ask(False)
            self.told.setText(self.tr("Write an answer to the objection first."))
            self.reply.setFocus()
        elif asked:
            self.told.setText(words)
        else:
            self.told.clear()

    def _settle(self, accepted: bool) -> None:
        row, text = self._row(), self.reply.toPlainText()
        if row is None:
            return
        if not text.strip():
            self.told.setText(self.tr("Write an answer to the objection first."))
            self.reply.setFocus()
            return
        ident = row.rating.id

        def may(answer: bool) -> None:
            for one in (self.accept, self.decline):
                one.setEnabled(answer)

        def done(_none: object) -> None:
            may(True)
            self.reply.clear()
            self.told.setText(self.tr("Answered. It goes to the counsellor."))
            self.look()
            self.settled.emit()

        def failed(error: Exception) -> None:
            may(True)
            self._tell_fault(error)

        parts.rest_focus(self, self.list)
        may(False)  # pressed twice it would be answered twice
        job = Job(self, lambda: self._services.settle(ident, accepted, text))
        job.on_success(done).on_failure(failed).start()

    def _tell_fault(self, error: Exception) -> None:
        self._fault = words_of(error)
        self.told.setText(self._fault)
        self.failed.emit(error)
