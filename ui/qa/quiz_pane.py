"""A quiz on entries that changed: choose, see the entry, go on. Answers are kept nowhere, not even counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QSplitter, QWidget

from kb.quiz import CHOICES, QuizKind, QuizQuestion
from ui import parts, theme
from ui.entry_view import EntryView
from ui.jobs import Job
from ui.notices import words_of


class QuizPane(QWidget):
    """One quiz after another. A page of the trainer's window, or what a :class:`QuizWindow` holds."""

    failed = Signal(object)

    def __init__(self, source: Callable[[], Sequence[QuizQuestion]], parent: QWidget | None = None) -> None:
        """Ask nothing yet.

        Args:
            source: Returns the questions, on a worker thread. May raise Fault.
            parent: Qt's.
        """
        super().__init__(parent)
        self._source = source
        self._questions: tuple[QuizQuestion, ...] = ()
        self._at = -1
        self._answered = False
        self.setAccessibleName(self.tr("Quiz on changed answers"))
        whole = parts.column(margin=16, gap=8)
        self.setLayout(whole)
        whole.addWidget(parts.label(self.tr("Quiz on changed answers"), "heading"))
        self.said = parts.label(self.tr("Nobody keeps what you choose here."), "muted", wrap=True)
        whole.addWidget(self.said)
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.setChildrenCollapsible(False)
        sides.addWidget(self._asking())
        self.entry = EntryView()
        self.entry.reportable = False
        self.entry.back.hide()
        self.entry.star.hide()
        self.entry.copied.connect(self.entry.copy_answer)
        self.box = parts.frame("pane")
        inside = parts.column(margin=12)
        self.box.setLayout(inside)
        inside.addWidget(self.entry)
        self.box.hide()
        sides.addWidget(self.box)
        sides.setSizes([440, 480])
        whole.addWidget(sides, 1)
        for number in range(CHOICES):
            key = QShortcut(QKeySequence(str(number + 1)), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(partial(self.choose, number))

    def _asking(self) -> QWidget:
        self._area, column = parts.scroller(self.tr("Question"))
        self.place = parts.label("", "muted")
        self.about = parts.label("", "heading", wrap=True)
        self.text = parts.label("", wrap=True)
        self.verdict = parts.label("", "heading", wrap=True)
        for one in (self.place, self.about, self.text):
            column.addWidget(one)
        self.buttons: list[QPushButton] = []
        for number in range(CHOICES):
            button = parts.button("")
            button.clicked.connect(partial(self.choose, number))
            button.hide()
            self.buttons.append(button)
            column.addWidget(button)
        column.addWidget(self.verdict)
        self.onward = parts.button(self.tr("Begin"), kind="primary")
        self.onward.setMinimumWidth(theme.current().px(120))
        self.onward.clicked.connect(self.go_on)
        column.addWidget(self.onward, 0, Qt.AlignmentFlag.AlignLeft)
        self.onward.hide()
        column.addStretch(1)
        return self._area

    @Slot()
    def look(self) -> None:
        """Read the questions anew and ask the first; a quiz that is under way stays."""
        if 0 <= self._at < len(self._questions):
            return
        if self.onward.hasFocus():
            self._area.setFocus()
        self.onward.hide()
        self.text.setText(self.tr("The questions are being read …"))
        Job(self, lambda: tuple(self._source())).on_success(self._begin).on_failure(self._failed).start()

    def _failed(self, error: Exception) -> None:
        self.text.setText("")
        self.onward.show()
        self.said.setText(words_of(error))
        self.failed.emit(error)

    def _begin(self, asked: tuple[QuizQuestion, ...]) -> None:
        self._questions, self._at = asked, -1
        self.onward.setVisible(bool(asked))
        if not asked:
            self.text.setText(self.tr("Nothing has changed that could be asked about."))
            return
        self.go_on()

    @Slot()
    def go_on(self) -> None:
        """Ask the next question, or end."""
        if not self._questions or self._at >= len(self._questions):
            self._at = -1
            self._questions = ()
            self.look()
            return
        self._at += 1
        self._answered = False
        self.box.hide()
        self.verdict.setText("")
        if self._at >= len(self._questions):
            self._end()
            return
        question = self._questions[self._at]
        self.place.setText(
            self.tr("Question {number} of {count}").format(number=self._at + 1, count=len(self._questions))
        )
        self.about.setText(question.article.question)
        self.text.setText(self._asked(question))
        for number, button in enumerate(self.buttons):
            button.setVisible(number < len(question.choices))
            button.setEnabled(True)
            if number < len(question.choices):
                shown = f"{number + 1}  {question.choices[number]}"
                button.setText(_wrapped(shown))
                button.setAccessibleName(shown)
        self.onward.setText(self.tr("Next"))
        self.onward.setEnabled(False)
        self.buttons[0].setFocus()

    def _end(self) -> None:
        self.place.setText("")
        self.about.setText(self.tr("That was the last question"))
        self.text.setText(self.tr("Nobody keeps what you choose here."))
        for button in self.buttons:
            button.hide()
        self.onward.setText(self.tr("Once more"))
        self.onward.setEnabled(True)
        self.onward.setFocus()

    def _asked(self, question: QuizQuestion) -> str:
        asked = {
            QuizKind.FIGURE: self.tr("Which figure stands in the gap?"),
            QuizKind.DEPARTMENT: self.tr("Which department is in charge?"),
            QuizKind.PHONE: self.tr("Which number is to be given?"),
            QuizKind.SENTENCE: self.tr("Which of these does the entry say now?"),
        }
        return f"{asked[question.kind]}\n\n{question.text}".strip()

    @Slot()
    def choose(self, number: int) -> None:
        """Answer; the entry opens beside it, whatever was chosen."""
        if self._answered or not 0 <= self._at < len(self._questions):
            return
        question = self._questions[self._at]
        if number >= len(question.choices):
            return
        self._answered = True
        right = question.choices[question.right]
        if number == question.right:
            self.verdict.setText(self.tr("That is so."))
        else:
            self.verdict.setText(self.tr("The entry says: {text}").format(text=right))
        for place, button in enumerate(self.buttons):
            button.setEnabled(False)
            marks = [self.tr("your choice")] if place == number else []
            marks += [self.tr("what the entry says")] if place == question.right else []
            if marks:
                mark = ", ".join(marks)
                button.setText(f"{button.text()}\n→ {mark}")
                button.setAccessibleName(f"{button.accessibleName()} ({mark})")
        self.entry.show_entry(question.article, origin="")
        self.entry.star.hide()
        self.box.show()
        self.onward.setEnabled(True)
        self.onward.setFocus()


class QuizWindow(QWidget):
    """A quiz in a window of its own, opened from the list of changed answers."""

    def __init__(self, source: Callable[[], Sequence[QuizQuestion]], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("window")
        self.setWindowTitle(self.tr("Quiz on changed answers"))
        self.setAccessibleName(self.tr("Quiz on changed answers"))
        parts.open_at(self, 980, 640)
        whole = parts.column()
        self.setLayout(whole)
        self.pane = QuizPane(source)
        whole.addWidget(self.pane, 1)


def _wrapped(text: str, width: int = 34) -> str:
    """Return a button's text over several lines: a button does not wrap by itself."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return "\n".join(lines)
