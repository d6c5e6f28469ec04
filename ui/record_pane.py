"""The record: a quiet strip that grows during the call, and the wrap-up form at hang-up."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from assist.model import CallRecord
from ui import clipboard, parts, record_merge
from ui.record_form import RecordForm

DRAFT_MS = 600
"""Quiet time after an edit before the draft is kept."""


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

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.forms: list[RecordForm] = []
        self.unsaved = False
        self._filling = False
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
        self.stack.addWidget(self._strip())
        self.stack.addWidget(self._wrap_up())

    def _strip(self) -> QWidget:
        page = QWidget()
        line = parts.row(gap=16)
        page.setLayout(line)
        texts = parts.column(gap=4)
        head = parts.row()
        head.addWidget(parts.label(self.tr("Record (growing)"), "heading"))
        self.strip_category = parts.label("", "tag")
        self.strip_category.hide()
        head.addWidget(self.strip_category)
        head.addStretch(1)
        texts.addLayout(head)
        self.strip_lines = {}
        grid = parts.row(gap=16)
        titles = (self.tr("Inquiry"), self.tr("Answer"), self.tr("Action"), self.tr("Follow-up"))
        for key, title in zip(("inquiry", "answer", "action", "follow_up"), titles, strict=True):
            cell = parts.column(gap=0)
            cell.addWidget(parts.label(title, "small"))
            self.strip_lines[key] = parts.Elided("–")
            cell.addWidget(self.strip_lines[key])
            grid.addLayout(cell, 1)
        texts.addLayout(grid)
        line.addLayout(texts, 1)
        self.end_button = parts.button(self.tr("End the call  F9"), "hang_up", name=self.tr("End the call"))
        self.end_button.clicked.connect(self.ended)
        line.addWidget(self.end_button)
        return page

    def _wrap_up(self) -> QWidget:
        page = QWidget()
        layout = parts.column(gap=8)
        page.setLayout(layout)
        head = parts.row()
        head.addWidget(parts.label(self.tr("Wrap-up"), "heading"))
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(self.tr("Records of this call"))
        self.tabs.setDrawBase(False)
        self.tabs.currentChanged.connect(self._turn_to)
        head.addWidget(self.tabs)
        self.state = parts.label("", "doubt")
        head.addWidget(self.state)
        head.addStretch(1)
        self.save = parts.button(self.tr("File  Ctrl+Enter"), "save", kind="primary", name=self.tr("File the record"))
        self.save.clicked.connect(self.file)
        self.copy = parts.button(self.tr("Copy"), "copy", name=self.tr("Copy the record"))
        self.copy.clicked.connect(self.copy_text)
        self.close_button = parts.button(self.tr("Close"), "close", name=self.tr("Close this call"))
        self.close_button.clicked.connect(self.closed)
        for one in (self.save, self.copy, self.close_button):
            head.addWidget(one)
        layout.addLayout(head)
        self.waiting = parts.label(self.tr("The draft is being written …"), "muted")
        layout.addWidget(self.waiting)
        self.pages = QStackedWidget()
        layout.addWidget(self.pages, 1)
        return page

    # -- what the call says ---------------------------------------------------------------------------

    def reset(self) -> None:
        """Start a new call."""
        self._draft.stop()
        self._shown = None
        self.unsaved = False
        self._clear_forms()
        self.show_strip(())
        self.stack.setCurrentIndex(0)

    def show_strip(self, records: Sequence[CallRecord]) -> None:
        """Show the record so far on the strip."""
        last = records[-1] if records else CallRecord(category="")
        self.strip_category.setVisible(bool(last.category))
        self.strip_category.setText(" › ".join(p for p in (last.category, last.subcategory) if p))
        for key in ("inquiry", "answer", "action"):
            self.strip_lines[key].setText(" / ".join(getattr(last, key)) or "–")
        self.strip_lines["follow_up"].setText(last.follow_up or "–")

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
        self._given = wanted
        self._fill(wanted, times)
        self._shown = self.records()
        self.set_state(unsaved=unsaved)
        return True

    def merge_records(self, records: Sequence[CallRecord], times: dict[int, str]) -> bool:
        """Take a later draft in, but only where the counsellor has not edited. Returns whether anything changed."""
        wanted = tuple(records) or (CallRecord(category=""),)
        if self._shown is None or not self.unsaved or wanted == self._given:
            return False
        self._given = wanted
        current = self.records()
        merged = record_merge.merged(current, self._shown, wanted)
        if merged == current:
            return False
        tab, place = self.tabs.currentIndex(), self._cursor()
        self._fill(merged, times)
        edited = record_merge.edited(current, self._shown)
        self._shown = record_merge.baseline(self.records(), self._shown, edited)
        self.tabs.setCurrentIndex(min(max(0, tab), len(self.forms) - 1))
        self._restore(place)
        return True

    def _cursor(self) -> tuple[str, int, int] | None:
        """Where the counsellor is writing: field, line, position."""
        form = self.forms[self.tabs.currentIndex()] if 0 <= self.tabs.currentIndex() < len(self.forms) else None
        for key, field in form.fields.items() if form else ():
            for place, row in enumerate(field.rows):
                if row.edit.hasFocus():
                    return key, place, row.edit.textCursor().position()
        return None

    def _restore(self, place: tuple[str, int, int] | None) -> None:
        if place is None:
            return
        key, line, position = place
        rows = self.forms[max(0, self.tabs.currentIndex())].fields[key].rows
        edit = rows[min(line, len(rows) - 1)].edit
        edit.setFocus()
        cursor = edit.textCursor()
        cursor.setPosition(min(position, len(edit.toPlainText())))
        edit.setTextCursor(cursor)

    def _fill(self, wanted: Sequence[CallRecord], times: dict[int, str]) -> None:
        self._filling = True
        self._clear_forms()
        for place, record in enumerate(wanted, start=1):
            form = RecordForm(record, times)
            form.edited.connect(self._edited)
            form.grown.connect(self._order_tabs)
            form.evidence.connect(self.evidence)
            self.forms.append(form)
            self.pages.addWidget(form)
            title = self.tr("Record {number}").format(number=place)
            self.tabs.addTab(f"{title} · {record.category}" if record.category else title)
        self.tabs.setVisible(len(self.forms) > 1)
        self.waiting.hide()
        self._filling = False
        self.stack.setCurrentIndex(1)
        self._order_tabs()

    @Slot()
    def _order_tabs(self) -> None:
        """Tab walks the form as it is read, then to filing it."""
        order: list[QWidget] = [self.tabs]
        for form in self.forms:
            order += form.walk()
        order += [self.save, self.copy, self.close_button]
        for before, after in itertools.pairwise(order):
            QWidget.setTabOrder(before, after)

    def set_state(self, *, unsaved: bool, version: int = 0) -> None:
        """Show whether the record as it stands is filed."""
        self.unsaved = unsaved
        if unsaved:
            self.state.setText(self.tr("Not filed yet"))
            parts.set_role(self.state, "doubt")
        else:
            text = self.tr("Filed (version {version})").format(version=version) if version else self.tr("Filed")
            self.state.setText(text)
            parts.set_role(self.state, "good")

    # -- what the counsellor does -----------------------------------------------------------------------

    def records(self) -> tuple[CallRecord, ...]:
        """Return the records as they stand."""
        return tuple(form.record() for form in self.forms)

    @Slot()
    def file(self) -> None:
        """Ctrl+Enter: store the record as it stands."""
        if self.forms and self.stack.currentIndex() == 1:
            self._draft.stop()
            self.filed.emit(self.records())

    @Slot()
    def copy_text(self) -> None:
        """Put all records on the clipboard as plain text."""
        clipboard.copy(self.as_text(self.records()))

    def as_text(self, records: Sequence[CallRecord]) -> str:
        """Return records as plain text, a line a fact."""
        blocks = []
        category, follow_up = self.tr("Category"), self.tr("Follow-up")
        for record in records:
            lines = [f"[{category}] {record.category}"]
            titles = (("inquiry", self.tr("Inquiry")), ("answer", self.tr("Answer")), ("action", self.tr("Action")))
            for key, title in titles:
                lines += [f"[{title}] {text}" for text in getattr(record, key)]
            if record.follow_up:
                lines.append(f"[{follow_up}] {record.follow_up}")
            blocks.append("\n".join(lines))
        return "\n\n".join(blocks)

    def focus_doubtful(self) -> None:
        """Put the cursor into the first field to look at."""
        if self.forms:
            self.forms[0].doubtful().setFocus()

    def focus_field(self, place: int) -> None:
        """Alt+1 to 5."""
        if self.forms and self.stack.currentIndex() == 1:
            self.forms[max(0, self.tabs.currentIndex())].focus_field(place)

    def keep_draft_now(self) -> None:
        """Keep an edit that is still waiting."""
        if self._draft.isActive():
            self._draft.stop()
            self._save_draft()

    @Slot()
    def _edited(self) -> None:
        if not self._filling:
            self.set_state(unsaved=True)
            self._draft.start()

    @Slot()
    def _save_draft(self) -> None:
        self.drafted.emit(self.records())

    @Slot(int)
    def _turn_to(self, index: int) -> None:
        if 0 <= index < len(self.forms):
            self.pages.setCurrentWidget(self.forms[index])

    def _clear_forms(self) -> None:
        self.forms = []
        while self.tabs.count():
            self.tabs.removeTab(0)
        while (page := self.pages.widget(0)) is not None:
            self.pages.removeWidget(page)
            page.deleteLater()
