"""The record: a quiet strip that grows during the call, and the wrap-up form at hang-up."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QElapsedTimer, QTimer, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QTabBar, QWidget

from assist.categories import hints
from assist.events import RecordDelivered
from assist.model import CallRecord
from assist.record_text import shipped_formats, shipped_templates
from ui import parts, record_merge
from ui.composing import finish_syllable
from ui.ports import RecordHelp
from ui.record_form import RecordForm
from ui.record_shaping import RecordShaping, says
from ui.record_state import RecordState
from ui.record_strip import RecordStrip
from ui.record_tools import RecordTools
from ui.record_undo import Form, Place, Steps, changed_place

DRAFT_MS = 500
"""An edit is kept as a draft at most so much later, however long somebody types on."""
_IN_COLUMN = ((0, 0), (0, 1, 1, 2), (1, 0), (1, 1), (1, 2))
"""Where the buttons stand below the heading of a column."""


class RecordPane(QWidget):
    """Both faces of the record."""

    filed = Signal(object)
    """tuple[CallRecord, ...] to store."""
    drafted = Signal(object)
    """tuple[CallRecord, ...] to keep unfiled."""
    closed = Signal()
    evidence = Signal(object)
    """Turn indexes to show in the conversation."""
    ended = Signal()
    """F9 by the mouse."""
    format_chosen = Signal(str)
    """Name of the copy format used from now on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.forms: list[RecordForm] = []
        self.unsaved = False
        self.help: Callable[[], RecordHelp] = lambda: RecordHelp(shipped_templates(), shipped_formats())
        """Templates and copy formats as the site has them now."""
        self.known: Callable[[CallRecord], Mapping[str, str]] = lambda record: {}
        """What the call tells of a record, by name."""
        self.said: Callable[[Sequence[int]], Sequence[str]] = lambda turns: ()
        """The words of turns."""
        self.keys_of: Callable[[str], str] = lambda action: ""
        """The keys of an action as they are shown."""
        self.steps = Steps()
        self._filling = self._shaped = self._narrow = False
        self._clock = QElapsedTimer()
        self._clock.start()
        self._times: dict[int, str] = {}
        self._last: Place | None = None
        """Line the cursor was in last."""
        self._shown: tuple[CallRecord, ...] | None = None
        """The records as the form stood before any edit."""
        self._given: tuple[CallRecord, ...] = ()
        """The newest draft taken in."""
        self._draft = QTimer(self)
        self._draft.setSingleShot(True)
        self._draft.setInterval(DRAFT_MS)
        self._draft.timeout.connect(self._save_draft)
        self.stack = QStackedWidget()
        layout = parts.column()
        layout.setContentsMargins(12, 8, 12, 8)
        self.setLayout(layout)
        layout.addWidget(self.stack)
        self.strip = RecordStrip()
        self.strip.ended.connect(self.ended)
        self.stack.addWidget(self.strip)
        self.stack.addWidget(self._wrap_up())

    def _wrap_up(self) -> QWidget:
        page = QWidget()
        layout = parts.column(gap=8)
        page.setLayout(layout)
        head = self._head = parts.row()
        below = self._below = QGridLayout()
        below.setColumnStretch(0, 1)
        below.setColumnStretch(2, 1)
        head.addWidget(parts.label(self.tr("Wrap-up"), "heading"))
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(self.tr("Records of this call"))
        self.tabs.setDrawBase(False)
        self.tabs.currentChanged.connect(self._turn_to)
        head.addWidget(self.tabs)
        self.state = RecordState(self)
        head.addWidget(self.state.word)
        head.addStretch(1)
        self.tools, self.shaping = RecordTools(self), RecordShaping(self)
        self.save = parts.button(self.tr("File  Ctrl+Enter"), "save", kind="primary", name=self.tr("File the record"))
        self.save.clicked.connect(self.file)
        self.menu_button = parts.button(self.tr("Edit"), "down", name=self.tr("Split, join and fill records"))
        self.menu_button.clicked.connect(self.tools.open_menu)
        self.copy = parts.button(self.tr("Copy"), "copy", name=self.tr("Copy the record"))
        self.copy.clicked.connect(self.tools.copy_text)
        self.copy_other = parts.tool("down", self.tr("Copy in another form"))
        self.copy_other.clicked.connect(self.tools.copy_as)
        self.close_button = parts.button(self.tr("Close"), "close", name=self.tr("Close this call"))
        self.close_button.clicked.connect(self.closed)
        self._buttons = (self.save, self.menu_button, self.copy, self.copy_other, self.close_button)
        for one in self._buttons:
            head.addWidget(one)
        parts.nest(layout, head)
        parts.nest(layout, below)
        layout.addWidget(self.state.refusal)
        self.waiting = parts.label(self.tr("The draft is being written …"), "muted")
        layout.addWidget(self.waiting)
        self.pages = QStackedWidget()
        layout.addWidget(self.pages, 1)
        return page

    def set_narrow(self, narrow: bool) -> None:
        """Stand in a column: two facts a row, and the buttons of the wrap-up below its heading."""
        self._narrow = narrow
        self.strip.set_narrow(narrow)
        for one, place in zip(self._buttons, _IN_COLUMN, strict=True):
            if narrow:
                self._below.addWidget(one, *place)
            else:
                self._head.addWidget(one)
        for form in self.forms:
            form.set_narrow(narrow)
        for page in (self.stack.widget(0), self.stack.widget(1)):
            if page is not None and (inside := page.layout()) is not None:
                inside.activate()  # a page that hides would keep the least width it had

    # -- what the call says ---------------------------------------------------------------------------

    def reset(self) -> None:
        """Start a new call."""
        self._draft.stop()
        self._shown = None
        self.unsaved = self._shaped = False
        self._clear_forms()
        self.steps.begin(())
        self.strip.show_records(())
        self.stack.setCurrentIndex(0)

    def show_strip(self, records: Sequence[CallRecord], *, kept: bool = True) -> None:
        """Show the record so far on the strip; ``kept``: whether a saved call tells of it."""
        self.strip.show_records(records, kept=kept)

    def begin_wrap_up(self) -> None:
        """The call ended; the form stands, filled when its draft comes."""
        self.stack.setCurrentIndex(1)
        self.waiting.setVisible(not self.forms)
        self.set_state(unsaved=True)

    def show_records(self, records: Sequence[CallRecord], times: dict[int, str], *, unsaved: bool) -> bool:
        """Fill the form; what the counsellor has already edited is never replaced. Returns whether it filled."""
        wanted = tuple(records) or (CallRecord(category=""),)
        if self._shown is not None:
            return False
        self._given, self._times = wanted, times
        self._fill(wanted)
        self._shown = self.records()
        self.steps.begin(self.form())
        self.set_state(unsaved=unsaved)
        return True

    def merge_records(self, records: Sequence[CallRecord], times: dict[int, str]) -> bool:
        """Take a later draft in, but only where the counsellor has not edited. Returns whether anything changed.

        Nothing is taken in once records were split, joined or added by hand.
        """
        wanted = tuple(records) or (CallRecord(category=""),)
        if self._shown is None or not self.unsaved or wanted == self._given or self._shaped:
            return False
        self._given, self._times = wanted, times
        current = self.records()
        merged = record_merge.merged(current, self._shown, wanted)
        if merged == current:
            return False
        tab, place = self.tabs.currentIndex(), self._place()
        self._fill(merged)
        edited = record_merge.edited(current, self._shown)
        self._shown = record_merge.baseline(self.records(), self._shown, edited)
        self.steps.note(self.form(), None, self._clock.elapsed())
        self.tabs.setCurrentIndex(min(max(0, tab), len(self.forms) - 1))
        if place is not None:
            self.go_to(place)
        if any(edited):
            self._draft.start()  # kept is what stands here, not the late draft
        return True

    def set_state(self, *, unsaved: bool, version: int = 0, delivered: RecordDelivered | None = None) -> None:
        """Show whether the record as it stands is filed, and what the site's system said to the filed version."""
        self.unsaved = unsaved
        self.state.show(unsaved=unsaved, version=version, delivered=delivered)

    # -- what the counsellor does -----------------------------------------------------------------------

    def records(self) -> tuple[CallRecord, ...]:
        """Return the records as they stand."""
        return tuple(form.record() for form in self.forms)

    def form(self) -> Form:
        """Return the whole form as it stands, empty lines too."""
        return tuple(form.sheet() for form in self.forms)

    def runs(self) -> Mapping[str, Callable[[], object]]:
        """Return what can be done in the wrap-up beside filing and the fields, by action of :mod:`ui.actions`."""
        return {
            "undo": self.undo,
            "redo": self.redo,
            "template": self.tools.open_templates,
            "copy_record": self.tools.copy_text,
            "copy_as": self.tools.copy_as,
            "record_new": self.shaping.add,
            "record_split": self.shaping.split,
            "record_join": self.shaping.join,
            "record_next": lambda: self.shaping.turn(1),
            "record_before": lambda: self.shaping.turn(-1),
        }

    @property
    def current(self) -> RecordForm | None:
        """The record that is shown in the wrap-up; None where there is none."""
        index = self.tabs.currentIndex()
        return self.forms[index] if self.stack.currentIndex() == 1 and 0 <= index < len(self.forms) else None

    @Slot()
    def file(self) -> None:
        """Ctrl+Enter: store the record as it stands; a record nobody wrote into goes."""
        if self.forms and self.stack.currentIndex() == 1:
            kept = tuple(sheet for sheet, one in zip(self.form(), self.records(), strict=True) if says(one))
            if kept and len(kept) < len(self.forms):
                self.reshape(kept, Place(0, 0))
            self._draft.stop()
            self.filed.emit(self.records())

    @Slot()
    def undo(self) -> None:
        """Ctrl+Z: take the last edit back, wherever it was."""
        finish_syllable()
        self._step(self.steps.undo)

    @Slot()
    def redo(self) -> None:
        """Do again what was taken back."""
        finish_syllable()
        self._step(self.steps.redo)

    def _step(self, move: Callable[[], Form | None]) -> None:
        before, wanted = self.steps.now, move()
        if wanted is None or self.stack.currentIndex() != 1:
            return
        self._show_form(wanted)
        if (place := changed_place(before, wanted)) is not None:
            self.go_to(place)
        self._keep()

    def reshape(self, form: Form, place: Place) -> None:
        """Show other records than before, as one step that can be undone, and go there."""
        self._show_form(form)
        self._shaped = True
        self.steps.note(self.form(), None, self._clock.elapsed())
        self.go_to(place)
        self._keep()

    # -- the cursor and the Tab order -------------------------------------------------------------------

    def focus_doubtful(self) -> None:
        """Put the cursor into the first field to look at."""
        if self.forms:
            self.forms[0].doubtful().setFocus()

    def focus_field(self, place: int) -> None:
        """Alt+1 to 5."""
        if self.current is not None:
            self.current.focus_field(place)

    def _place(self) -> Place | None:
        found = (form.place(number) for number, form in enumerate(self.forms))
        return next((place for place in found if place is not None), None)

    @Slot()
    def _entered(self) -> None:
        self._last = self._place()

    def place_meant(self) -> Place:
        """Return where the cursor is, or was before a menu or a button took it."""
        at, last = self._place(), self._last
        if at is None or at.field < 0:
            at = last if last is not None and last.record == self.tabs.currentIndex() else None
        return at or Place(self.tabs.currentIndex(), 0)

    def go_to(self, place: Place) -> None:
        """Put the cursor there."""
        if self.forms:
            number = min(place.record, len(self.forms) - 1)
            self.tabs.setCurrentIndex(number)
            self.forms[number].go_to(place)

    @Slot()
    def _order_tabs(self) -> None:
        """Tab walks the form as it is read, then to filing it."""
        order: list[QWidget] = [self.tabs]
        for form in self.forms:
            order += form.walk()
        order += self._buttons
        for before, after in itertools.pairwise(order):
            QWidget.setTabOrder(before, after)

    # -- the forms --------------------------------------------------------------------------------------

    def words(self, record: CallRecord) -> list[str]:
        """Return the words of a record and of the turns behind it."""
        lines = [*record.inquiry, *record.answer, *record.action]
        turns = sorted({turn for own in record.evidence.values() for turn in own})
        return [" ".join(lines), *self.said(turns)]

    def _fill(self, wanted: Sequence[CallRecord]) -> None:
        self._filling = True
        self._clear_forms()
        for record in wanted:
            pointed = sorted(hints(self.words(record)), key=lambda hint: hint.category != record.category)
            form = RecordForm(record, self._times, hints=pointed)
            form.set_narrow(self._narrow)
            form.edited.connect(self._edited)
            form.grown.connect(self._order_tabs)
            form.evidence.connect(self.evidence)
            form.entered.connect(self._entered)
            form.undo_asked.connect(self.undo)
            form.redo_asked.connect(self.redo)
            self.forms.append(form)
            self.pages.addWidget(form)
            self.tabs.addTab("")
        self._name_tabs()
        self.tabs.setVisible(len(self.forms) > 1)
        self.waiting.hide()
        self._filling = False
        self.stack.setCurrentIndex(1)
        self._order_tabs()

    def _show_form(self, form: Form) -> None:
        if len(form) != len(self.forms):
            self._fill([sheet.base for sheet in form])
        self._filling = True
        for one, sheet in zip(self.forms, form, strict=True):
            one.show_sheet(sheet)
        self._filling = False
        self._name_tabs()
        self._order_tabs()

    def _name_tabs(self) -> None:
        for place, form in enumerate(self.forms):
            title, category = self.tr("Record {number}").format(number=place + 1), form.category.currentText()
            self.tabs.setTabText(place, f"{title} · {category}" if category else title)

    def keep_draft_now(self) -> None:
        """Keep an edit that is still waiting."""
        if self._draft.isActive():
            self._draft.stop()
            self._save_draft()

    @Slot()
    def _edited(self) -> None:
        if not self._filling:
            place = self._place()
            where = (place.record, place.field, place.line) if place is not None and place.field >= 0 else None
            self.steps.note(self.form(), where, self._clock.elapsed())
            self._name_tabs()
            self._keep()

    def _keep(self) -> None:
        self.set_state(unsaved=True)
        if not self._draft.isActive():
            self._draft.start()

    @Slot()
    def _save_draft(self) -> None:
        self.drafted.emit(self.records())

    @Slot(int)
    def _turn_to(self, index: int) -> None:
        if 0 <= index < len(self.forms):
            self.pages.setCurrentWidget(self.forms[index])

    def _clear_forms(self) -> None:
        self.forms, self._last = [], None
        while self.tabs.count():
            self.tabs.removeTab(0)
        while (page := self.pages.widget(0)) is not None:
            self.pages.removeWidget(page)
            page.deleteLater()
