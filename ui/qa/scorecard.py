"""The scorecard beside a replay: a person rates, the program only offers what it found. Usable by keys alone."""

from __future__ import annotations

import threading
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QStackedWidget, QWidget

from assist.review.model import Rating, Rubric
from assist.review.objections import was_accepted
from ui import parts
from ui.jobs import Job
from ui.notices import words_of
from ui.qa.beside import ReplaySide
from ui.qa.ports import RatingRow, RatingServices
from ui.qa.scorecard_foot import ScorecardFoot
from ui.qa.scorecard_form import RatingForm
from ui.qa.scorecard_look import Complaint, Look, read_look
from ui.replay.ports import ReplayCall
from ui.wording import full_day

KEEP_MS: Final = 400
"""A change is on its way to the disk so long after it."""


class Scorecard(QWidget):
    """One rater's scorecard of one call. Main thread; the services are asked on workers."""

    failed = Signal(object)
    """Exception for a notice line; the pane says it as well."""
    mended = Signal()
    """What the last ``failed`` told holds no longer."""
    begun = Signal(object)
    """Rating: a draft was begun, or one there was is shown."""
    submitted = Signal(object)
    """RatingRow, when it was submitted or sent."""

    def __init__(
        self,
        services: RatingServices,
        replay: ReplaySide,
        call: ReplayCall,
        calibration: str = "",
        blind: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Build the pane and read what there is.

        Args:
            services: Rubrics and ratings.
            replay: The window it stands beside.
            call: The call that is rated.
            calibration: Id of a calibration session, or empty.
            blind: Whether a second rating without seeing the first is proposed.
            parent: Usually the tabs of the replay window.
        """
        super().__init__(parent)
        self._services = services
        self._call = call
        self._header = call.facts.header or call.facts.id
        self._calibration = calibration
        self._look: Look | None = None
        self._row: RatingRow | None = None
        self._unkept = False
        self._keeping = False
        self._one_by_one = threading.Lock()
        """Held while a draft is being kept: when the window goes, the last one waits for the one before it."""
        self._complaint = Complaint(self.mended.emit)
        self.setAccessibleName(self.tr("Scorecard"))
        outer = parts.column(margin=8)
        self.setLayout(outer)
        self.stack = QStackedWidget()
        outer.addWidget(self.stack, 1)
        self.foot = ScorecardFoot()
        self.words, self.hand_in, self.post = self.foot.words, self.foot.hand_in, self.foot.post
        self.discard, self.again = self.foot.discard, self.foot.again
        self.foot.discarding.pressed.connect(self._discard)
        self.foot.submitting.asked.connect(self._submitting_asked)
        self.foot.submitting.pressed.connect(self._submit)
        self.foot.sending.pressed.connect(self.send)
        self.again.clicked.connect(self._rate_again)
        self.stack.addWidget(self._build_begin(blind))
        self.form = RatingForm(replay)
        self.form.changed.connect(self._changed)
        self.form.told.connect(self.words.setText)
        self.stack.addWidget(self._build_rating())
        outer.addWidget(self.foot)
        self._keeper = QTimer(self)
        self._keeper.setSingleShot(True)
        self._keeper.setInterval(KEEP_MS)
        self._keeper.timeout.connect(self.keep_now)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            key = QShortcut(
                QKeySequence(keys), self, self.submit, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            )
            key.setAutoRepeat(False)  # held down it is one press
        # From the timeline and the transcript too, while this page is before.
        QShortcut(QKeySequence("Ctrl+E"), self, self.form.attach_selection)
        QShortcut(QKeySequence("Ctrl+I"), self, self.form.items.setFocus)
        self.look()

    # -- building -----------------------------------------------------------------------------------------------

    def _build_begin(self, blind: bool) -> QWidget:
        page = QWidget()
        whole = parts.column(gap=12)
        page.setLayout(whole)
        whole.addWidget(parts.label(self.tr("Rate this call"), "title"))
        self.rates_as = parts.label("", "muted", wrap=True)
        self._name(self.rates_as, self._services.rater())
        whole.addWidget(self.rates_as)
        self.rubric = QComboBox()
        self.rubric.setAccessibleName(self.tr("Rubric"))
        whole.addWidget(self.rubric)
        self.blind = QCheckBox(self.tr("Rate it blind"))
        self.blind.setAccessibleName(self.blind.text())
        self.blind.setChecked(blind)
        self.blind.setVisible(not self._calibration)
        whole.addWidget(self.blind)
        self.others = parts.label("", "muted", wrap=True)
        whole.addWidget(self.others)
        self.start = parts.button(self.tr("Begin to rate"), "check", kind="primary")
        self.start.clicked.connect(self.begin)
        self.start.setEnabled(False)  # until there is a rubric
        whole.addWidget(self.start, 0, Qt.AlignmentFlag.AlignLeft)
        self.rubric_faults = parts.label("", "doubt", wrap=True)
        whole.addWidget(self.rubric_faults)
        whole.addStretch(1)
        return page

    def _build_rating(self) -> QWidget:
        page = QWidget()
        whole = parts.column(gap=4)
        page.setLayout(whole)
        head = parts.row()
        self.title = parts.label("", "title", wrap=True)
        self.tag = parts.label("", "tag")
        self.rater = parts.label("", "muted", wrap=True)
        head.addWidget(self.title, 2)
        head.addWidget(self.rater, 1)
        head.addWidget(self.tag)
        parts.nest(whole, head)
        whole.addWidget(self.form, 1)
        return page

    def _name(self, label: QLabel, rater: str) -> None:
        label.setText(self.tr("Rater: {rater}").format(rater=rater))

    # -- reading ------------------------------------------------------------------------------------------------

    @Slot()
    def look(self) -> None:
        """Read rubrics, ratings and what the program found."""
        read = partial(read_look, self._services, self._call, self._header)
        Job(self, read).on_success(self._show_look).on_failure(self._tell_fault).start()

    def _show_look(self, look: Look) -> None:
        self._complaint.done("look")
        self._look = look
        self.rubric.clear()
        for one in look.rubrics:
            words = self.tr("{title} (version {version})").format(title=one.title, version=one.version)
            self.rubric.addItem(words, one)
        self.rubric_faults.setText("\n".join(look.faults))
        self.rubric_faults.setVisible(bool(look.faults))
        self.start.setEnabled(bool(look.rubrics))
        own = [row for row in look.rows if row.own and row.rating.calibration == self._calibration]
        theirs = sum(not row.own for row in look.rows)
        told = self.tr("Rated by {count} others. Rating blind, you see nothing of theirs before yours is submitted.")
        none = self.tr("Nobody has rated this call yet.")
        if any(was_accepted(row.settlements) for row in own):
            none = self.tr("Your rating of this call does not count: the objection to it was accepted.")
        self.others.setText(told.format(count=theirs) if theirs else none)
        if self.form.draft is not None:
            shown = next((row for row in own if self._row is not None and row.rating.id == self._row.rating.id), None)
            if shown is not None and shown.rating.submitted_at:
                self._row = shown
                self._show_state(shown.rating)
            return
        if own:
            self._row = own[-1]
            self._open(own[-1].rating)
        else:
            self._to_begin()

    def _to_begin(self) -> None:
        """Show how to begin."""
        self.form.draft, self._row = None, None
        self.words.setText("")
        self._complaint.clear()
        self.foot.show_none()
        self.stack.setCurrentIndex(0)
        if self.start.isEnabled() and self.window().focusWidget() is self.rubric:
            self.start.setFocus()

    def landing(self) -> QWidget:
        """Return where rating goes on: the items of an open rating, else what begins one."""
        begins = self.start if self.start.isEnabled() else self.rubric
        return self.form.items if self.stack.currentIndex() == 1 else begins

    @Slot()
    def _rate_again(self) -> None:
        """Show how to begin: the submitted rating stays as it is."""
        self.blind.setChecked(False)
        self._to_begin()
        self.landing().setFocus()

    @Slot()
    def others_seen(self) -> None:
        """The ratings of others were looked at: this call can no longer be rated blind."""
        self.blind.setChecked(False)
        self.blind.setEnabled(False)

    @Slot()
    def begin(self) -> None:
        """Begin a rating with the chosen rubric."""
        rubric = self.rubric.currentData()
        if not isinstance(rubric, Rubric):
            return
        self.start.setEnabled(False)
        is_blind = self.blind.isChecked() and not self._calibration

        def failed(error: Exception) -> None:
            self.start.setEnabled(True)
            self._tell_fault(error)

        job = Job(self, lambda: self._services.begin(self._call, rubric, is_blind, self._calibration))
        job.on_success(self._open).on_failure(failed).start()

    def _open(self, rating: Rating) -> None:
        ask = partial(self._services.rubric, rating.rubric, rating.rubric_version)
        Job(self, ask).on_success(lambda rubric: self._fill(rubric, rating)).on_failure(self._tell_fault).start()

    def _fill(self, rubric: Rubric, rating: Rating) -> None:
        self.title.setText(rubric.title)
        self.words.setText("")
        self._complaint.clear()
        self.form.fill(rubric, rating, self._look.observations if self._look is not None else ())
        self.start.setEnabled(True)
        self.stack.setCurrentIndex(1)
        self._show_state(rating)
        if self.isVisible():
            self.form.items.setFocus()
        self.begun.emit(rating)

    def _show_state(self, rating: Rating) -> None:
        done, row = bool(rating.submitted_at), self._row
        self._name(self.rater, rating.rater)
        over = row is not None and was_accepted(row.settlements)
        self.foot.show_rating(rating, over)
        self.form.overturn(over)
        kinds = [self.tr("Calibration")] if rating.calibration else []
        kinds += [self.tr("Blind")] if rating.blind else []
        kinds += [self.tr("Sent") if rating.sent_at else self.tr("Submitted") if done else self.tr("Draft")]
        if done:
            words = self.tr("Submitted at {at}. A submitted rating is never changed.")
            self.words.setText(words.format(at=full_day(rating.submitted_at)))
        self.tag.setText(" · ".join(kinds))

    # -- keeping ------------------------------------------------------------------------------------------------

    @Slot()
    def _changed(self) -> None:
        self.foot.submitting.ask(False)
        self._complaint.changed(self.form.draft)
        self._unkept = True
        self._keeper.start()

    @Slot()
    def keep_now(self) -> None:
        """Put the draft on the disk; one at a time, the newest last."""
        self._keeper.stop()
        draft = self.form.draft
        if draft is None or not self._unkept or draft.is_submitted or (self._keeping and self.isVisible()):
            return
        self._unkept, self._keeping = False, True
        rating = draft.rating()

        def work() -> None:
            with self._one_by_one:
                self._services.keep(rating)

        Job(self, work).on_success(self._kept).on_failure(self._not_kept).start()

    def _kept(self, _none: object) -> None:
        self._keeping = False
        self._complaint.done("keep")
        if self._unkept:
            self.keep_now()
        elif self.form.draft is not None and not self.form.draft.is_submitted and not self.foot.submitting.asks:
            self.words.setText(self.tr("Draft kept"))

    def _not_kept(self, error: Exception) -> None:
        self._keeping = False
        if self.form.draft is not None and not self.form.draft.is_submitted:
            self._unkept = True
            self._tell_fault(error, "keep")

    def hideEvent(self, event: QHideEvent) -> None:
        self.keep_now()
        super().hideEvent(event)

    # -- submitting ---------------------------------------------------------------------------------------------

    @Slot()
    def submit(self) -> None:
        """Ctrl+Enter: press the button that submits; where something is open it is said, and chosen."""
        if self._can_submit() and self.hand_in.isEnabled():
            self.foot.submitting.press()

    def _can_submit(self) -> bool:
        draft = self.form.draft
        return draft is not None and not draft.is_submitted and self.stack.currentIndex() == 1

    @Slot(bool)
    def _submitting_asked(self, asked: bool) -> None:
        draft = self.form.draft
        if asked and draft is not None and any(draft.is_open(row) for row in draft.rows):
            self.foot.submitting.ask(False)
            self._submit()  # it is refused, with the sentence that says why

    @Slot()
    def _submit(self) -> None:
        draft = self.form.draft
        if draft is None or not self._can_submit():
            return
        rating = draft.rating()
        self._keeper.stop()
        parts.rest_focus(self, self.form.items)
        self.hand_in.setEnabled(False)

        def failed(error: Exception) -> None:
            self.hand_in.setEnabled(True)
            self._changed()
            self.form.next_open()
            self._tell_fault(error, "submit")

        Job(self, lambda: self._services.submit(rating)).on_success(self._submitted).on_failure(failed).start()

    def _submitted(self, row: RatingRow) -> None:
        self.hand_in.setEnabled(True)
        self._unkept = False
        self._show_done(row)
        self.submitted.emit(row)

    def _show_done(self, row: RatingRow) -> None:
        self._complaint.clear()
        self._row = row
        self.form.close_rating(row.rating)
        self._show_state(row.rating)
        self.form.items.setFocus()

    @Slot()
    def send(self) -> None:
        """Send the submitted rating to the counsellor's desk."""
        row = self._row
        if row is None or not row.rating.submitted_at:
            return
        ident, header = row.rating.id, self._header
        parts.rest_focus(self, self.form.items)
        self.post.setEnabled(False)

        def work() -> RatingRow:
            self._services.send(ident)
            return next(one for one in self._services.of_call(header) if one.rating.id == ident)

        def sent(row: RatingRow) -> None:
            self.post.setEnabled(True)
            self._show_done(row)
            self.submitted.emit(row)

        def failed(error: Exception) -> None:
            self.post.setEnabled(True)
            self._tell_fault(error)

        Job(self, work).on_success(sent).on_failure(failed).start()

    @Slot()
    def _discard(self) -> None:
        draft = self.form.draft
        if draft is None:
            return
        self._keeper.stop()
        self._unkept = False
        drop = partial(self._services.drop, draft.rating().id)
        Job(self, drop).on_success(self._dropped).on_failure(self._tell_fault).start()

    def _dropped(self, _none: object) -> None:
        self._to_begin()
        self.look()

    def _tell_fault(self, error: Exception, of: str = "look") -> None:
        self._complaint.put(of, self.form.draft)
        self.words.setText(words_of(error))
        self.failed.emit(error)
