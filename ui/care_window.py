"""Support after a hard call: support programme, work without calls, the law, the counsellor's own note."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from resources.notices import Fault
from ui import clipboard, parts, theme
from ui.care_ports import Care, CareState
from ui.jobs import Job


class CareWindow(QWidget):
    """Opened by the counsellor only. The own note is read and written here and nowhere else."""

    failed = Signal(object)
    """Exception for the notice line."""
    quiet_asked = Signal()
    calls_asked = Signal()
    report_asked = Signal()

    def __init__(self, care: Care, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("window")
        self._care = care
        self._noted = ""
        self.setWindowTitle(self.tr("Support and care"))
        self.setAccessibleName(self.tr("Support and care"))
        parts.open_at(self, 640, 560)
        outer = parts.column(margin=16, gap=12)
        self.setLayout(outer)
        area, whole = parts.scroller(self.tr("Support and care"))
        outer.addWidget(area, 1)
        whole.setSpacing(12)
        whole.addWidget(parts.label(self.tr("Support and care"), "hero"))

        support = parts.frame("pane")
        inside = parts.column(margin=16, gap=4)
        support.setLayout(inside)
        inside.addWidget(parts.label(self.tr("Support programme"), "heading"))
        self.name = parts.label("", "answer", wrap=True)
        self.contact = parts.label("", "phone", wrap=True)
        self.unset = parts.label(
            self.tr("No contact is set here yet. Ask your team leader; it is set once for the whole centre."),
            "muted",
            wrap=True,
        )
        self.copy = parts.button(self.tr("Copy the contact"), "copy")
        self.copy.clicked.connect(lambda: clipboard.copy(self.contact.text(), public=True))
        line = parts.row()
        line.addWidget(self.copy)
        line.addStretch(1)
        for one in (self.name, self.contact, self.unset):
            inside.addWidget(one)
        parts.nest(inside, line)
        whole.addWidget(support)

        work = parts.frame("pane")
        inside = parts.column(margin=16, gap=8)
        work.setLayout(inside)
        inside.addWidget(parts.label(self.tr("Work without calls"), "heading"))
        self.quiet_words = parts.label("", "muted", wrap=True)
        inside.addWidget(self.quiet_words)
        line = parts.row()
        self.quiet = parts.button(self.tr("Switch to work without calls"))
        self.quiet.clicked.connect(self.quiet_asked)
        self.calls = parts.button(self.tr("Take calls again"), "call")
        self.calls.clicked.connect(self.calls_asked)
        self.report = parts.button(self.tr("Incident report"), "file")
        self.report.clicked.connect(self.report_asked)
        for button in (self.quiet, self.calls, self.report):
            line.addWidget(button)
        line.addStretch(1)
        parts.nest(inside, line)
        whole.addWidget(work)

        law = parts.frame("quiet")
        inside = parts.column(margin=16, gap=4)
        law.setLayout(inside)
        inside.addWidget(parts.label(self.tr("What the law gives you"), "heading"))
        self.law = parts.label(
            self.tr(
                "After abuse at work your employer stops or switches your work where needed, lets you rest longer, and "
                "helps with treatment, counselling and the evidence for a complaint. "
                "(Occupational Safety and Health Act, article 41; its Enforcement Decree, article 41)"
            ),
            "muted",
            wrap=True,
        )
        inside.addWidget(self.law)
        whole.addWidget(law)

        own = parts.frame("pane")
        inside = parts.column(margin=16, gap=8)
        own.setLayout(inside)
        self.own = QCheckBox(self.tr("Keep a note of my own"))
        self.own.setAccessibleName(self.own.text())
        self.own.clicked.connect(self._own_switched)
        inside.addWidget(self.own)
        inside.addWidget(
            parts.label(
                self.tr(
                    "Off unless you want it. Only you see it here: it is in no record, report, statistic, export or "
                    "evidence, and you can delete it at any time."
                ),
                "small",
                wrap=True,
            )
        )
        self.note = QPlainTextEdit()
        self.note.setAccessibleName(self.tr("My own note"))
        self.note.setPlaceholderText(self.tr("How it was for you, in your words"))
        self.note.setTabChangesFocus(True)
        self.note.setMinimumHeight(theme.current().px(96))
        self.note.textChanged.connect(self._show_note_state)
        inside.addWidget(self.note)
        line = parts.row()
        self.delete = parts.button(self.tr("Delete the note"))
        self.delete.clicked.connect(self._delete)
        self.note_state = parts.label("", "small", wrap=True)
        self.keep = parts.button(self.tr("Keep the note"), "save")
        self.keep.clicked.connect(self._keep)
        line.addWidget(self.delete)
        line.addWidget(self.note_state, 1)
        line.addWidget(self.keep)
        parts.nest(inside, line)
        whole.addWidget(own)
        whole.addStretch(1)
        close = parts.button(self.tr("Close"))
        close.clicked.connect(self.close)
        foot = parts.row()
        foot.addStretch(1)
        foot.addWidget(close)
        parts.nest(outer, foot)
        QShortcut(QKeySequence("Esc"), self, self.close)

    def show_state(self, state: CareState) -> None:
        """Show the contact and what can be switched now."""
        self.name.setText(state.support_name)
        self.name.setVisible(bool(state.support_name))
        self.contact.setText(state.support_contact)
        self.contact.setVisible(bool(state.support_contact))
        self.copy.setVisible(bool(state.support_contact))
        self.unset.setVisible(not (state.support_name or state.support_contact))
        self.quiet.setVisible(not state.quiet)
        self.calls.setVisible(state.quiet)
        self.report.setVisible(bool(state.call_id))
        self.quiet_words.setText(
            self.tr("You are working without calls. One press takes calls again.")
            if state.quiet
            else self.tr("Records, learning, practice with colleagues: no call begins until you take calls again.")
        )
        self.own.setChecked(state.own_feelings)
        self._show_note()

    def look(self) -> None:
        """Read the own note."""
        Job(self, self._care.own_note).on_success(self._show_read).on_failure(self.failed.emit).start()

    def _show_read(self, text: str) -> None:
        self._noted = text
        if self.own.isChecked():
            self.note.setPlainText(text)
        self._show_note()

    def _show_note(self) -> None:
        wanted = self.own.isChecked()
        self.note.setVisible(wanted)
        self.keep.setVisible(wanted)
        self.note_state.setVisible(wanted or bool(self._noted))
        self.delete.setVisible(bool(self._noted))
        self._show_note_state()

    @Slot()
    def _show_note_state(self) -> None:
        is_kept = self.note.toPlainText() == self._noted
        self.keep.setEnabled(not is_kept)
        if not self.own.isChecked():
            self.note_state.setText(self.tr("A note from before is still kept.") if self._noted else "")
        elif self._noted and is_kept:
            self.note_state.setText(self.tr("Kept, for you only"))
        else:
            self.note_state.setText("")

    @Slot()
    def _own_switched(self) -> None:
        try:
            self._care.set_own_feelings(self.own.isChecked())
        except Fault as fault:
            self.own.setChecked(not self.own.isChecked())
            self.failed.emit(fault)
            return
        self.note.setPlainText(self._noted if self.own.isChecked() else "")
        self._show_note()

    @Slot()
    def _keep(self) -> None:
        self._store(self.note.toPlainText())

    @Slot()
    def _delete(self) -> None:
        self.note.setPlainText("")
        self._store("")

    def _store(self, text: str) -> None:
        kept = text if text.strip() else ""
        job = Job(self, lambda: self._care.keep_own_note(text))
        job.on_success(lambda _none: self._stored(kept)).on_failure(self.failed.emit).start()

    def _stored(self, text: str) -> None:
        self._noted = text
        self._show_note()
