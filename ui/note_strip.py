"""The strip for notes to the DB team: DB에 없음 and 틀림/오래됨, below the answers and never over them."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QButtonGroup, QLineEdit, QWidget
from ulid import ULID

from assist.gaps import MOST_CHARS
from assist.model import CorrectionKind
from ui import parts

STAYS_MS = 12_000
"""How long the word that a gap was noted stays where nobody touches it."""


class NoteStrip(QWidget):
    """One line, sometimes two. A gap is filed with the key itself; its words can be changed or taken back after."""

    gap_filed = Signal(str, str)
    """(gap id, question); the same id again changes the words, empty words take it back."""
    correction_filed = Signal(str, str, str, object, str)
    """(id, article id, title, CorrectionKind, note)"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gap = ""
        self._article = ("", "")
        self._before: QWidget | None = None
        self._leaving = QTimer(self)
        self._leaving.setSingleShot(True)
        self._leaving.setInterval(STAYS_MS)
        self._leaving.timeout.connect(self._leave)
        box = parts.frame("quiet")
        outer = parts.column()
        self.setLayout(outer)
        outer.addWidget(box)
        inside = parts.column(margin=8, gap=4)
        box.setLayout(inside)
        head = parts.row()
        self.words = parts.Elided("", "heading")
        head.addWidget(self.words, 1)
        self.kinds = QButtonGroup(self)
        names = (
            (CorrectionKind.WRONG, self.tr("Wrong")),
            (CorrectionKind.OUTDATED, self.tr("Outdated")),
            (CorrectionKind.PHONE, self.tr("Phone number")),
            (CorrectionKind.OTHER, self.tr("Other")),
        )
        for kind, name in names:
            one = parts.tool("", name, kind="quiet", text=name)
            one.setCheckable(True)
            one.setProperty("what", kind.value)
            self.kinds.addButton(one)
            head.addWidget(one)
        self.close_button = parts.tool("close", self.tr("Close (Esc)"))
        self.close_button.clicked.connect(self.shut)
        head.addWidget(self.close_button)
        parts.nest(inside, head)
        line = parts.row()
        self.line = QLineEdit()
        self.line.setMaxLength(MOST_CHARS)
        self.line.returnPressed.connect(self._enter)
        self.line.textEdited.connect(self._leaving.stop)
        self.line.setAccessibleName(self.tr("Question that is not in the DB"))
        self.file = parts.button(self.tr("File"), "check")
        self.file.clicked.connect(self._enter)
        self.take_back = parts.button(self.tr("Take back"), kind="quiet")
        self.take_back.clicked.connect(self._take_back)
        line.addWidget(self.line, 1)
        for button in (self.file, self.take_back):
            line.addWidget(button)
        parts.nest(inside, line)
        self.hide()

    # -- gap ------------------------------------------------------------------------------------------

    def note_gap(self, question: str) -> None:
        """File ``question`` as a gap at once; asked for again, or with nothing to file, the line is for writing."""
        if self._gap and self.isVisible():
            self._write()
            return
        self._open(correction=False)
        self._gap = str(ULID())
        self.line.setText(question)
        self.line.setCursorPosition(0)
        self.line.setAccessibleName(self.tr("Question that is not in the DB"))
        self.line.setPlaceholderText(self.tr("What is missing in the DB, in one line"))
        self.file.setText(self.tr("Change"))
        self.take_back.setVisible(bool(question))
        if question:
            self.words.setText(self.tr("Noted: not in the DB. Ctrl+G again to change the words."))
            self._leaving.start()
            self.gap_filed.emit(self._gap, question)
        else:
            self.file.setText(self.tr("File"))
            self.words.setText(self.tr("Not in the DB"))
            self._write()

    def _take_back(self) -> None:
        self.gap_filed.emit(self._gap, "")
        self.shut()

    # -- correction -----------------------------------------------------------------------------------

    def note_correction(self, article_id: str, title: str) -> None:
        """Ask what is wrong with an entry."""
        if not article_id:
            self._open(correction=False)
            self._gap = ""
            self.line.hide()
            self.file.hide()
            self.take_back.hide()
            self.words.setText(self.tr("Open an entry first, then press Ctrl+Shift+G."))
            self._leaving.start()
            return
        self._open(correction=True)
        self._gap, self._article = "", (article_id, title)
        self.words.setText(title)
        self.line.setText("")
        self.line.setAccessibleName(self.tr("What is wrong in the entry"))
        self.line.setPlaceholderText(self.tr("What is wrong, if you like; Enter files it"))
        self.file.setText(self.tr("File"))
        self.take_back.hide()
        self.kinds.buttons()[0].setChecked(True)
        self._write()

    @property
    def kind(self) -> CorrectionKind:
        """What is chosen."""
        chosen = self.kinds.checkedButton()
        return CorrectionKind(chosen.property("what")) if chosen is not None else CorrectionKind.OTHER

    # -- both -----------------------------------------------------------------------------------------

    def _open(self, *, correction: bool) -> None:
        self._leaving.stop()
        self._before = QApplication.focusWidget()
        for one in self.kinds.buttons():
            one.setVisible(correction)
        for widget in (self.line, self.file, self.take_back):
            widget.show()
        self.show()

    def _write(self) -> None:
        self._leaving.stop()
        if self._before is None or not self.isAncestorOf(QApplication.focusWidget() or self._before):
            self._before = QApplication.focusWidget()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    @Slot()
    def _enter(self) -> None:
        note = self.line.text().strip()
        if self._gap:
            if note:
                self.gap_filed.emit(self._gap, note)
                self.shut()
        else:
            article_id, title = self._article
            self.correction_filed.emit(str(ULID()), article_id, title, self.kind, note)
            self.shut()

    @Slot()
    def _leave(self) -> None:
        """Go by itself, unless somebody writes."""
        focus = QApplication.focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            self.shut()

    @Slot()
    def shut(self) -> bool:
        """Close it and give the focus back to where it was; returns whether it was open."""
        if not self.isVisible():
            return False
        self._leaving.stop()
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        if had_focus and focus is not None:
            focus.clearFocus()
        self.hide()
        before, self._before = self._before, None
        if had_focus and before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._gap = ""
        return True
