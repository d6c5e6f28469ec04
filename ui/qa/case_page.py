"""The case book on a trainer's PC: cases, their words and comments, and the book as PDF or HTML."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from assist.review.cases import Case
from audio.model import Channel
from ui import parts, team_parts, theme
from ui.jobs import Job
from ui.qa.case_ports import CaseServices
from ui.wording import clock


class CasePage(QWidget):
    """Cases left, the chosen one right: its lines with comments, and what there is to learn."""

    failed = Signal(object)
    told = Signal(str)

    def __init__(self, services: CaseServices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.cases: Sequence[Case] = ()
        self._shown: tuple[str, int] = ("", -1)
        """Case and line whose comment is in its field."""
        self._removing = ""
        """Case whose removal was asked for once."""
        self._writing = False
        whole = parts.row(margin=12, gap=12)
        self.setLayout(whole)
        left = parts.column(gap=8)
        self.table = team_parts.table(self.tr("Cases"), [self.tr("Case"), self.tr("Field"), self.tr("Made")], 0)
        self.table.itemSelectionChanged.connect(self._chosen)
        self.save = parts.button(self.tr("Save the book as a file …"), "print", kind="primary")
        self.save.clicked.connect(self._write)
        self.remove = parts.button("", "close")
        self.remove.clicked.connect(self._remove)
        left.addWidget(self.table, 1)
        left.addWidget(self.save)
        left.addWidget(self.remove)
        parts.nest(whole, left, 2)
        self.detail = parts.frame("pane")
        whole.addWidget(self.detail, 3)
        self._build_detail()
        self._name_removal()
        self._chosen()

    def _build_detail(self) -> None:
        inside = parts.column(margin=12, gap=8)
        self.detail.setLayout(inside)
        self.heading = parts.label("", "heading", wrap=True)
        inside.addWidget(self.heading)
        self.lines = team_parts.table(
            self.tr("What was said"), [self.tr("Time"), self.tr("Who"), self.tr("Words and comment")], 2, wrap=True
        )
        self.lines.itemSelectionChanged.connect(self._line_chosen)
        inside.addWidget(self.lines, 1)
        self.comment, self.keep_comment = self._field(
            inside, self.tr("Comment on the chosen line"), self.tr("Keep the comment"), self._comment
        )
        self.words, self.cover = self._field(
            inside, self.tr("Words to cover, with commas between"), self.tr("Cover them"), self._cover
        )
        self.lesson = QPlainTextEdit()
        self.lesson.setPlaceholderText(self.tr("What there is to learn"))
        self.lesson.setAccessibleName(self.tr("What there is to learn"))
        self.lesson.setTabChangesFocus(True)
        self.lesson.setMaximumHeight(theme.current().px(96))
        inside.addWidget(self.lesson)
        foot = parts.row()
        self.keep_lesson = parts.button(self.tr("Keep what there is to learn"), "save")
        self.keep_lesson.clicked.connect(self._lesson)
        foot.addStretch(1)
        foot.addWidget(self.keep_lesson)
        parts.nest(inside, foot)

    def _field(
        self, inside: QVBoxLayout, name: str, verb: str, do: Callable[[], object]
    ) -> tuple[QLineEdit, QPushButton]:
        row = parts.row(gap=8)
        field = QLineEdit()
        field.setPlaceholderText(name)
        field.setAccessibleName(name)
        field.returnPressed.connect(do)
        button = parts.button(verb)
        button.clicked.connect(do)
        row.addWidget(field, 1)
        row.addWidget(button)
        parts.nest(inside, row)
        return field, button

    @Slot()
    def look(self) -> None:
        """Read the cases again."""
        Job(self, self._services.cases).on_success(self._show).on_failure(self.failed.emit).start()

    def _show(self, cases: Sequence[Case]) -> None:
        chosen = self.chosen()
        self.cases = cases
        self.table.setRowCount(len(cases))
        for place, case in enumerate(cases):
            team_parts.put(self.table, place, (case.title, case.category, case.made_at[:10]))
        place = next((n for n, case in enumerate(cases) if chosen is not None and case.id == chosen.id), 0)
        if cases:
            self.table.selectRow(place)
        self._chosen()

    def chosen(self) -> Case | None:
        """Return the chosen case."""
        place = self.table.currentRow()
        return self.cases[place] if 0 <= place < len(self.cases) else None

    @Slot()
    def _chosen(self) -> None:
        case = self.chosen()
        self._name_removal()
        for widget in (self.save, self.remove, self.keep_comment, self.cover, self.keep_lesson):
            widget.setEnabled(case is not None and not (widget is self.save and self._writing))
        if case is None:
            self.heading.setText(self.tr("No case yet. Open a call and add it from the page “Case book”."))
            self.lines.setRowCount(0)
            self.comment.clear()
            self.lesson.clear()
            self._shown = ("", -1)
            return
        is_other = case.id != self._shown[0]
        self.heading.setText(case.title)
        line = max(0, self.lines.currentRow())
        self.lines.setRowCount(len(case.lines))
        for place, one in enumerate(case.lines):
            who = self.tr("Caller") if one.speaker is Channel.CALLER else self.tr("Counsellor")
            said = one.text + (f"\n→ {one.comment}" if one.comment else "")
            team_parts.put(self.lines, place, (clock(one.at_s), who, said))
        self.lines.selectRow(min(line, len(case.lines) - 1))
        if is_other or not self.lesson.document().isModified():  # what is being written stays
            self.lesson.setPlainText(case.lesson)
        self._line_chosen()

    @Slot()
    def _line_chosen(self) -> None:
        case, place = self.chosen(), self.lines.currentRow()
        here = case is not None and 0 <= place < len(case.lines)
        shown = (case.id if case is not None else "", place)
        if shown != self._shown or not self.comment.isModified():
            self.comment.setText(case.lines[place].comment if case is not None and here else "")
        self._shown = shown

    def _do(self, wish: Callable[[], object], words: str, kept: Callable[[], object] = lambda: None) -> None:
        def done(_case: object) -> None:
            kept()
            self.told.emit(words)
            self.look()

        Job(self, wish).on_success(done).on_failure(self.failed.emit).start()

    @Slot()
    def _comment(self) -> None:
        case, place, text = self.chosen(), self.lines.currentRow(), self.comment.text()
        if case is not None and place >= 0:
            ident = case.id
            wish = partial(self._services.comment, ident, text, place + 1)
            self._do(wish, self.tr("The comment was kept."), lambda: self._comment_kept(text))

    def _comment_kept(self, text: str) -> None:
        if self.comment.text() == text:
            self.comment.setModified(False)

    @Slot()
    def _lesson(self) -> None:
        case, text = self.chosen(), self.lesson.toPlainText()
        if case is not None:
            ident = case.id
            self._do(lambda: self._services.comment(ident, text), self.tr("Kept."), lambda: self._lesson_kept(text))

    def _lesson_kept(self, text: str) -> None:
        if self.lesson.toPlainText() == text:
            self.lesson.document().setModified(False)

    @Slot()
    def _cover(self) -> None:
        case = self.chosen()
        words = words_in(self.words.text())
        if case is None or not words:
            self.words.setFocus()
            return
        ident = case.id
        self.words.clear()
        self._do(lambda: self._services.cover(ident, words), self.tr("The words are covered everywhere in this case."))

    def _name_removal(self) -> None:
        case = self.chosen()
        is_asked = case is not None and case.id == self._removing
        if not is_asked:
            self._removing = ""
        text = self.tr("Press again: the case goes for good") if is_asked else self.tr("Take the case out")
        self.remove.setText(text)
        self.remove.setAccessibleName(text)

    @Slot()
    def _remove(self) -> None:
        case = self.chosen()
        if case is None:
            return
        if self._removing != case.id:
            self._removing = case.id
            self._name_removal()
            return
        ident, self._removing = case.id, ""
        self._do(lambda: self._services.remove(ident), self.tr("The case was taken out."))

    @Slot()
    def _write(self) -> None:
        proposed = self.tr("Case book {day}").format(day=QDate.currentDate().toString(Qt.DateFormat.ISODate))
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the case book"), f"{proposed}.pdf", self.tr("Case book (*.pdf *.html)")
        )
        if not name:
            return
        file = Path(name if Path(name).suffix else f"{name}.pdf")
        self._writing = True  # a book of many cases takes seconds
        self.save.setEnabled(False)
        words = self.tr("Written: {file}, {count} cases")

        def done(tell: Callable[[], object]) -> None:
            self._writing = False
            self.save.setEnabled(self.chosen() is not None)
            tell()

        job = Job(self, lambda: self._services.write(file))
        job.on_success(lambda count: done(lambda: self.told.emit(words.format(file=file.name, count=count))))
        job.on_failure(lambda error: done(lambda: self.failed.emit(error))).start()


def words_in(text: str) -> tuple[str, ...]:
    """Return words that are written with commas between."""
    return tuple(word for part in text.split(",") if (word := part.strip()))
