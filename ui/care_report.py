"""The incident report (경위서): drafted from the call, the counsellor's to change, copy, print and keep."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QFont,
    QKeySequence,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QShortcut,
    QTextDocument,
)
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QWidget

from assist.incident_report import IncidentReport, edited
from assist.model import Turn
from audio.model import Channel
from ui import clipboard, parts, theme
from ui.call_view_state import CallViewState
from ui.care_ports import Care, ReportPage
from ui.jobs import Job

_MARGIN_MM: Final = 20.0
_PRINT_POINTS: Final = 10.5
MOST_TURNS: Final = 6
"""Turns shown behind a line; the rest are counted."""


def document(text: str) -> QTextDocument:
    """Return the report as a printable document in the desk's typeface."""
    made = QTextDocument()
    font = QFont(theme.current().family)
    font.setPointSizeF(_PRINT_POINTS)
    made.setDefaultFont(font)
    made.setPlainText(text)
    return made


def write_pdf(text: str, file: Path) -> bool:
    """Write the report as a PDF on A4; returns whether the file took it."""
    body = QBuffer()
    body.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(body)
    writer.setPageLayout(_layout())
    writer.setTitle(text.split("\n", 1)[0])
    document(text).print_(writer)
    try:
        file.write_bytes(body.data().data())
    except OSError:
        return False
    return True


def _layout() -> QPageLayout:
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    return QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter
    )


class ReportWindow(QWidget):
    """The report of one call beside what was said in it."""

    failed = Signal(object)
    """Exception for the notice line."""

    def __init__(self, care: Care, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("window")
        self._care = care
        self._session_id = ""
        self._report = IncidentReport(())
        self._kept = ""
        """Text as it is saved; empty before the first time."""
        self._state = CallViewState()
        self.setWindowTitle(self.tr("Incident report"))
        self.setAccessibleName(self.tr("Incident report"))
        parts.open_at(self, 860, 720)
        whole = parts.column(margin=16, gap=8)
        self.setLayout(whole)
        whole.addWidget(parts.label(self.tr("Incident report"), "hero"))
        self.status = parts.label("", "muted", wrap=True)
        whole.addWidget(self.status)
        self.edit = QPlainTextEdit()
        self.edit.setAccessibleName(self.tr("Text of the report"))
        self.edit.setTabChangesFocus(True)
        self.edit.textChanged.connect(self._edited)
        self.edit.cursorPositionChanged.connect(self._show_evidence)
        whole.addWidget(self.edit, 1)
        behind = parts.frame("quiet")
        inside = parts.column(margin=12, gap=4)
        behind.setLayout(inside)
        inside.addWidget(parts.label(self.tr("What this line rests on"), "heading"))
        self.evidence = parts.label("", "muted", wrap=True)
        parts.selectable(self.evidence)
        self.evidence.setMinimumHeight(theme.current().px(66))
        self.evidence.setAlignment(Qt.AlignmentFlag.AlignTop)
        inside.addWidget(self.evidence)
        whole.addWidget(behind)
        foot = parts.row()
        self.again = parts.button(self.tr("Draft again"), "retry", kind="quiet")
        self.again.clicked.connect(self._draft_again)
        self.copy = parts.button(self.tr("Copy"), "copy", name=self.tr("Copy the report"))
        self.copy.clicked.connect(self._copy)
        self.pdf = parts.button(self.tr("PDF …"), name=self.tr("Write the report as a PDF"))
        self.pdf.clicked.connect(self._pdf)
        self.paper = parts.button(self.tr("Print …"), name=self.tr("Print the report"))
        self.paper.clicked.connect(self._print)
        self.save = parts.button(self.tr("Save with the call"), "save", kind="primary", tip="Ctrl+Enter")
        self.save.clicked.connect(self.keep)
        foot.addWidget(self.again)
        foot.addStretch(1)
        for one in (self.copy, self.pdf, self.paper, self.save):
            foot.addWidget(one)
        parts.nest(whole, foot)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(200)
        self._typing.timeout.connect(self._show_evidence)
        QShortcut(QKeySequence("Esc"), self, self.close)
        for keys in ("Ctrl+Return", "Ctrl+Enter", "Ctrl+S"):
            QShortcut(QKeySequence(keys), self, self.keep)

    @property
    def unsaved(self) -> bool:
        """Whether the text differs from what is saved."""
        return self.edit.toPlainText() != self._kept

    def open_call(self, session_id: str) -> None:
        """Show the report of a call; what is being written of another is saved first."""
        if session_id == self._session_id and self.isVisible():
            return
        self._keep_edits()
        self._session_id = session_id
        job = Job(self, lambda: self._care.report(session_id))
        job.on_success(lambda page: self._show_page(session_id, page)).on_failure(self.failed.emit).start()

    def _show_page(self, session_id: str, page: ReportPage) -> None:
        if session_id != self._session_id:
            return
        self._state = CallViewState()
        self._state.replay(page.events)
        self._kept = page.report.text if page.saved else ""
        self._show_report(page.report)

    def _show_report(self, report: IncidentReport) -> None:
        self._report = report
        self.edit.setPlainText(report.text)
        self._edited()
        self._show_evidence()

    @Slot()
    def _edited(self) -> None:
        self._typing.start()
        self.save.setEnabled(self.unsaved)
        if not self._kept:
            self.status.setText(self.tr("Draft from the call. Check it, change what is wrong, then save it."))
        elif self.unsaved:
            self.status.setText(self.tr("Changed, not saved yet"))
        else:
            self.status.setText(self.tr("Saved with the call"))

    @Slot()
    def _show_evidence(self) -> None:
        lines = edited(self.edit.toPlainText(), self._report).lines
        place = self.edit.textCursor().blockNumber()
        turns = lines[place].turns if place < len(lines) else ()
        found = [self._state.turns[index] for index in turns if index in self._state.turns]
        if not found:
            self.evidence.setText(self.tr("Nobody's words: a heading, a fact of the call or your own sentence."))
            return
        shown = [self._said(turn) for turn in found[:MOST_TURNS]]
        if len(found) > MOST_TURNS:
            shown.append(self.tr("{count} more").format(count=len(found) - MOST_TURNS))
        self.evidence.setText("\n".join(shown))

    def _said(self, turn: Turn) -> str:
        who = self.tr("Caller") if turn.speaker is Channel.CALLER else self.tr("Counsellor")
        return f"{self._state.clock(turn.start)} {who}: {turn.shown}"

    @Slot()
    def keep(self) -> None:
        """Save the text with its call."""
        session_id, text, before = self._session_id, self.edit.toPlainText(), self._report
        if not session_id:
            return
        job = Job(self, lambda: self._care.save_report(session_id, text, before))
        job.on_success(lambda report: self._saved(session_id, report)).on_failure(self.failed.emit).start()

    def _saved(self, session_id: str, report: IncidentReport) -> None:
        if session_id == self._session_id:
            self._report, self._kept = report, report.text
            self._edited()

    def _keep_edits(self) -> None:
        if self._session_id and self._report.lines and self.edit.toPlainText() not in (self._kept, self._report.text):
            self.keep()

    @Slot()
    def _draft_again(self) -> None:
        session_id = self._session_id
        job = Job(self, lambda: self._care.draft_again(session_id))
        job.on_success(lambda report: self._drafted_again(session_id, report)).on_failure(self.failed.emit).start()

    def _drafted_again(self, session_id: str, report: IncidentReport) -> None:
        if session_id == self._session_id:
            self._show_report(report)

    @Slot()
    def _copy(self) -> None:
        clipboard.copy(self.edit.toPlainText())
        self.status.setText(self.tr("The report is on the clipboard."))

    @Slot()
    def _pdf(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Write a PDF"), "", self.tr("PDF (*.pdf)"))
        if name:
            file = Path(name if name.lower().endswith(".pdf") else f"{name}.pdf")
            done = write_pdf(self.edit.toPlainText(), file)
            self.status.setText(
                self.tr("Written: {file}").format(file=file.name)
                if done
                else self.tr("The PDF could not be written. Choose another folder.")
            )

    @Slot()
    def _print(self) -> None:
        printer = QPrinter()
        printer.setPageLayout(_layout())
        if QPrintDialog(printer, self).exec():
            document(self.edit.toPlainText()).print_(printer)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._keep_edits()
        super().closeEvent(event)
