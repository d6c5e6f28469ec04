"""Then and now: the call beside what today's program would make of it. A page of the replay window."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QProgressBar,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ui import parts, theme
from ui.jobs import Job
from ui.notices import words_of
from ui.replay.record_diff import Kept, Piece, diff
from ui.replay.then_now_ports import Basis, Compared, ComparedPart, ThenNow, ThenNowServices
from ui.replay.then_now_words import ThenNowWords
from ui.two_lines import TwoLines
from ui.wording import clock

_ROW = int(Qt.ItemDataRole.UserRole)
_LOOK_MS = 200
"""How often the progress of a run is looked at."""
_TOLD_SIGNS: Final = 40
_LEAST_TEXT: Final = 104
"""Height of a text of four lines, pixels at 100 %; with less room the window scrolls."""
_BESIDE_WIDTH: Final = 640
_BESIDE_HEIGHT: Final = 700
"""Width from which and height below which, pixels at 100 %, the texts stand beside the list."""


class ThenNowPage(QWidget):
    """Runs the open call again on a worker thread and lists what differs. Nothing here changes the call."""

    asked = Signal(float)
    """Seconds of the call to go to."""
    failed = Signal(object)
    """The exception of a run that was not to be."""

    def __init__(self, services: ThenNowServices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._words = ThenNowWords()
        self._found: ThenNow | None = None
        self._part = 0.0
        self.running = False
        self.setAccessibleName(self.tr("Then and now"))
        whole = parts.column(margin=12, gap=8)
        self.setLayout(whole)
        self.intro = parts.label(
            self.tr("Runs this call again with today's recognition, knowledge and rules. The call stays as it is."),
            "muted",
            wrap=True,
        )
        whole.addWidget(self.intro)
        self.model = QComboBox()
        self.model.setAccessibleName(self.tr("What the run begins from"))
        self.model.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.run = parts.button(self.tr("Run again"), kind="primary")
        self.run.clicked.connect(self.start)
        self.halt = parts.button(self.tr("Stop"))
        self.halt.clicked.connect(self.stop)
        self.halt.hide()
        head = parts.row()
        head.addWidget(self.model, 1)
        head.addWidget(self.run)
        head.addWidget(self.halt)
        parts.nest(whole, head)
        self.progress = QProgressBar()
        self.progress.setRange(0, 100)
        self.progress.setAccessibleName(self.tr("Part of the run that is done"))
        self.progress.hide()
        whole.addWidget(self.progress)
        self.said = parts.label("", "muted", wrap=True)
        self.said.hide()
        whole.addWidget(self.said)
        self.only = QCheckBox(self.tr("Only what differs"))
        self.only.setAccessibleName(self.only.text())
        self.only.setChecked(True)
        self.only.toggled.connect(self._fill)
        self.only.hide()
        head.insertWidget(1, self.only)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("What was compared"))
        self.list.setItemDelegate(TwoLines(self.list))
        self.list.currentItemChanged.connect(self._show)
        self.list.itemActivated.connect(lambda _item: self._go())
        self.then, self.now = self._box(self.tr("Then")), self._box(self.tr("Now"))
        self.detail = self._detail()
        sides = QSplitter(Qt.Orientation.Vertical)
        sides.setChildrenCollapsible(False)
        self.list.setMinimumWidth(theme.current().px(200))
        sides.addWidget(self.list)
        sides.addWidget(self.detail)
        sides.setSizes([320, 240])
        self.sides = sides
        self.sides.hide()
        whole.addWidget(sides, 1)
        self.rest = QWidget()
        whole.addWidget(self.rest, 1)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._fill_models()

    def _box(self, name: str) -> QPlainTextEdit:
        box = QPlainTextEdit()
        box.setReadOnly(True)
        box.setTabChangesFocus(True)
        box.setAccessibleName(name)
        box.setMinimumHeight(theme.current().px(_LEAST_TEXT))
        return box

    def _detail(self) -> QWidget:
        made = QWidget()
        column = parts.column(gap=4)
        made.setLayout(column)
        both = parts.row()
        for name, box in ((self.tr("Then"), self.then), (self.tr("Now"), self.now)):
            side = QVBoxLayout()
            side.addWidget(parts.label(name, "heading"))
            side.addWidget(box, 1)
            parts.nest(both, side, 1)
        parts.nest(column, both, 1)
        self.told = parts.label("", "small", wrap=True)
        column.addWidget(self.told)
        self.go = parts.button(self.tr("Hear this moment"), "play", kind="quiet")
        self.go.clicked.connect(self._go)
        column.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a wide page the two texts stand beside the list: below it they would be cut after a few lines."""
        super().resizeEvent(event)
        look = theme.current()
        beside = self.width() >= look.px(_BESIDE_WIDTH) and self.height() < look.px(_BESIDE_HEIGHT)
        wanted = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if wanted is not self.sides.orientation():
            self.sides.setOrientation(wanted)
            self.sides.setSizes([380, 620] if beside else [320, 240])

    # -- running --------------------------------------------------------------------------------------

    def _fill_models(self) -> None:
        models = self._services.models() if self._services.has_sound else ()
        for name in models:
            self.model.addItem(self.tr("Hear the sound again: {model}").format(model=name), name)
        self.model.addItem(self.tr("From the stored text"), "")
        if not models:
            why = self.tr("No speech model is installed: the run begins from the stored text.")
            if not self._services.has_sound:
                why = self.tr("This call has no sound: the run begins from the stored text.")
            self._say(why)

    @Slot()
    def start(self) -> None:
        """Run the call again."""
        if self.running:
            return
        self.running, self._part = True, 0.0
        self._show_running()
        self._say(self.tr("Running. Replay goes on meanwhile."))
        model = str(self.model.currentData())
        job = Job(self, lambda: self._services.run(model, self._note))
        job.on_success(self._done).on_failure(self._failed).start()
        self._timer.start()

    @Slot()
    def stop(self) -> None:
        """Give up a run."""
        self._services.stop()

    def _note(self, part: float) -> None:
        self._part = part  # told on the worker thread; the timer shows it

    @Slot()
    def _look(self) -> None:
        self.progress.setValue(round(100 * self._part))

    def _show_running(self) -> None:
        # The focus goes along: what is disabled or hidden would give it to whatever comes next, the notice's button.
        began, halted = self.run.hasFocus() or self.model.hasFocus(), self.halt.hasFocus()
        if self.running:
            self.halt.show()
            if began:
                self.halt.setFocus()
        self.run.setEnabled(not self.running)
        self.model.setEnabled(not self.running)
        if not self.running and halted:
            self.run.setFocus()
        self.halt.setVisible(self.running)
        self.progress.setVisible(self.running)
        self.progress.setValue(0)

    def _done(self, found: ThenNow) -> None:
        self.running = False
        self._timer.stop()
        self._show_running()
        self._found = found
        counted = self.tr("{differing} of {count} differ").format(differing=found.differing, count=len(found.rows))
        self._say("\n".join((f"{counted} · {self._basis(found.basis)}", *found.notes)))
        self.intro.hide()  # what was found needs the room
        self.only.show()
        self.sides.show()
        self.rest.hide()
        self._fill()

    def _failed(self, error: Exception) -> None:
        self.running = False
        self._timer.stop()
        self._show_running()
        self._say(words_of(error))
        self.failed.emit(error)

    def _basis(self, basis: Basis) -> str:
        begun = {
            "": self.tr("heard again with {model}").format(model=basis.model),
            "asked": self.tr("from the stored text"),
            "no_sound": self.tr("from the stored text: there is no sound"),
            "no_model": self.tr("from the stored text: no speech model is installed"),
        }
        known = self.tr("knowledge: {name}").format(name=basis.knowledge)
        if basis.knowledge == "sample":
            known = self.tr("knowledge: the example that comes with the program")
        elif basis.release:
            known = self.tr("knowledge: {name}, release {number}").format(name=basis.knowledge, number=basis.release)
        meaning = "" if basis.by_meaning else self.tr("searched by words alone")
        return " · ".join(text for text in (begun[basis.why_stored], known, meaning) if text)

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))

    # -- showing --------------------------------------------------------------------------------------

    @Slot()
    def _fill(self) -> None:
        self.list.clear()
        rows = self._found.rows if self._found is not None else ()
        for row in rows:
            if row.same and self.only.isChecked():
                continue
            item = QListWidgetItem(f"{clock(row.at_s)} {self._words.what(row)}\n{self._short(row)}")
            item.setData(_ROW, row)
            item.setData(int(Qt.ItemDataRole.AccessibleTextRole), self._read(row))
            self.list.addItem(item)
        self.detail.setVisible(bool(self.list.count()))
        if self.list.count():
            self.list.setCurrentRow(0)
        elif rows:
            self.list.addItem(QListWidgetItem(self.tr("Nothing differs.") + "\n"))

    def _short(self, row: Compared) -> str:
        shown = self._words.lines(row, row.now or row.then)
        return f"{self._words.state(row)} · {' / '.join(shown)}"

    def _read(self, row: Compared) -> str:
        then, now = (" / ".join(self._words.lines(row, lines)) or self.tr("nothing") for lines in (row.then, row.now))
        words = self.tr("Then: {then}. Now: {now}.").format(then=then, now=now)
        state = ", ".join(filter(None, (self._words.state(row), self._words.why(row))))
        return f"{clock(row.at_s)} {self._words.what(row)}, {state}. {words}"

    def _show(self, item: QListWidgetItem | None) -> None:
        row = item.data(_ROW) if item is not None else None
        if not isinstance(row, Compared):
            return
        then, now = self._words.lines(row, row.then), self._words.lines(row, row.now)
        pieces = diff(" ¶ ".join(then), " ¶ ".join(now))
        self._write(self.then, [piece for piece in pieces if piece.kept is not Kept.NEW], struck=True)
        self._write(self.now, [piece for piece in pieces if piece.kept is not Kept.GONE], struck=False)
        gone, come = (_joined(pieces, kept) for kept in (Kept.GONE, Kept.NEW))
        told = [self._words.state(row), *filter(None, [self._words.why(row)])]
        if not row.same and row.then and row.now and row.part is not ComparedPart.LABEL:
            told.append(self.tr("gone: {words}").format(words=_beginning(gone) or self.tr("nothing")))
            told.append(self.tr("come: {words}").format(words=_beginning(come) or self.tr("nothing")))
        self.told.setText(" · ".join(told))

    def _write(self, box: QPlainTextEdit, pieces: Iterable[Piece], struck: bool) -> None:
        """Write a text, its own words struck out or underlined and bold."""
        own, plain = QTextCharFormat(), QTextCharFormat()
        own.setFontWeight(QFont.Weight.Bold)
        if struck:
            own.setFontStrikeOut(True)
        else:
            own.setFontUnderline(True)
        box.clear()
        cursor = box.textCursor()
        whole = [(word, piece.kept is not Kept.SAME) for piece in pieces for word in piece.text.split()]
        begun = False
        for word, alone in whole:
            if word == "¶":
                cursor.insertBlock()
                begun = False
                continue
            if begun:
                cursor.insertText(" ", plain)
            cursor.insertText(word, own if alone else plain)
            begun = True
        if not whole:
            cursor.insertText(self.tr("nothing"), plain)
        box.moveCursor(cursor.MoveOperation.Start)

    @Slot()
    def _go(self) -> None:
        item = self.list.currentItem()
        row = item.data(_ROW) if item is not None else None
        if isinstance(row, Compared):
            self.asked.emit(row.at_s)


def _beginning(words: str) -> str:
    """Return what of the changed words stands below the texts, which have them all and need the room."""
    return words if len(words) <= _TOLD_SIGNS else f"{words[:_TOLD_SIGNS].rstrip()}…"


def _joined(pieces: Iterable[Piece], kept: Kept) -> str:
    words = (piece.text.strip("¶ ") for piece in pieces if piece.kept is kept)
    return " / ".join(word for word in words if word)
