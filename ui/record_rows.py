"""The lines of a record: each one text that grows, chips to the turns it came from, and its field around it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from ui import parts
from ui.record_undo import Line

MAX_CHIPS = 2


class LineEdit(QPlainTextEdit):
    """A line of a record that grows with its text, up to three rows. Tab walks on, Enter asks for a new line."""

    undo_asked = Signal()
    redo_asked = Signal()
    next_asked = Signal()
    gone_asked = Signal()
    """Backspace in an empty line."""
    entered = Signal()
    """The cursor came."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__(text)
        self.setAccessibleName(name)
        self.setUndoRedoEnabled(False)  # the form undoes as a whole
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(4)
        self.textChanged.connect(self._fit)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        needed = int(self.document().size().height())
        rows = max(1, min(3, needed))
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if needed > 3 else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if policy is not self.verticalScrollBarPolicy():
            self.setVerticalScrollBarPolicy(policy)
        height = rows * self.fontMetrics().lineSpacing() + 14
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(160, self.minimumHeight())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Redo) or _is_redo(event):
            self.redo_asked.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()
                return
            self.next_asked.emit()
        elif event.key() == Qt.Key.Key_Backspace and not self.toPlainText():
            self.gone_asked.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_redo(event):
            event.accept()  # Ctrl+Y is redo on every system here
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def go_to(self, position: int) -> None:
        """Take the focus, the cursor at ``position`` or at the end."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        cursor = self.textCursor()
        cursor.setPosition(min(position, len(self.toPlainText())))
        self.setTextCursor(cursor)

    def mark(self, start: int, end: int) -> None:
        """Select a piece of the text."""
        cursor = self.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)


def _is_redo(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Y and event.modifiers() == Qt.KeyboardModifier.ControlModifier


class LineRow(QWidget):
    """One line with chips to its turns."""

    edited = Signal()
    evidence = Signal(object)
    """tuple of turn indexes."""
    removed = Signal(object)

    def __init__(self, text: str, name: str, turns: Sequence[int], times: Sequence[str]) -> None:
        super().__init__()
        self.turns = tuple(turns)
        layout = parts.row(gap=4)
        self.setLayout(layout)
        self.edit = LineEdit(text, name)
        self.edit.textChanged.connect(self.edited)
        layout.addWidget(self.edit, 1)
        self.chips: list[QToolButton] = []
        self._times = [time for _, time in zip(self.turns, times, strict=False)][:MAX_CHIPS]
        for turn, time in zip(self.turns, self._times, strict=False):
            chip = parts.tool("", time, kind="chip", text=time)
            chip.clicked.connect(lambda _=False, one=turn: self.evidence.emit((one,)))
            layout.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
            self.chips.append(chip)
        if len(self.turns) > MAX_CHIPS:
            rest = parts.tool("", "+", kind="chip", text="+")
            rest.clicked.connect(lambda: self.evidence.emit(self.turns))
            layout.addWidget(rest, 0, Qt.AlignmentFlag.AlignTop)
            self.chips.append(rest)
        self.drop = parts.tool("close", "")
        self.drop.clicked.connect(lambda: self.removed.emit(self))
        layout.addWidget(self.drop, 0, Qt.AlignmentFlag.AlignTop)
        self.name(name)

    def name(self, name: str) -> None:
        """Say which line this is, so that no two buttons of a record are called alike."""
        self.edit.setAccessibleName(name)
        shown = [self.tr("{line}: show what it came from, {time}").format(line=name, time=time) for time in self._times]
        shown += [self.tr("{line}: show everything it came from").format(line=name)] * (len(self.chips) - len(shown))
        shown.append(self.tr("{line}: remove").format(line=name))
        for button, text in zip((*self.chips, self.drop), shown, strict=True):
            button.setAccessibleName(text)
            button.setToolTip(text)

    @property
    def text(self) -> str:
        """The line as it stands."""
        return " ".join(self.edit.toPlainText().split())


class Field(QWidget):
    """One of 문의, 답변, 처리, 후속조치: its lines under each other."""

    edited = Signal()
    grown = Signal()
    evidence = Signal(object)
    undo_asked = Signal()
    redo_asked = Signal()
    entered = Signal()

    def __init__(self, title: str, times: dict[int, str], *, single: bool = False) -> None:
        super().__init__()
        self._title = title
        self._times = times
        self.single = single
        self.rows: list[LineRow] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        head = parts.row()
        head.addWidget(parts.label(title, "heading"))
        head.addStretch(1)
        self.add = parts.tool("plus", self.tr("Add a line: {field}").format(field=title))
        if single:
            keeps = self.add.sizePolicy()
            keeps.setRetainSizeWhenHidden(True)  # so that the headings of a row stand level
            self.add.setSizePolicy(keeps)
            self.add.hide()
        self.add.clicked.connect(lambda: self.add_after(None))
        head.addWidget(self.add)
        parts.nest(layout, head)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        parts.nest(layout, self._lines)
        layout.addStretch(1)

    def add_row(self, text: str, turns: Sequence[int] = (), place: int | None = None) -> LineRow:
        """Put a line in, at the end or before the one at ``place``."""
        at = len(self.rows) if place is None else place
        name = self._title if self.single else f"{self._title} {at + 1}"
        row = LineRow(text, name, turns, [self._times.get(turn, "") for turn in turns])
        row.edited.connect(self.edited)
        row.evidence.connect(self.evidence)
        row.removed.connect(self._remove)
        row.edit.undo_asked.connect(self.undo_asked)
        row.edit.redo_asked.connect(self.redo_asked)
        row.edit.entered.connect(self.entered)
        row.edit.next_asked.connect(lambda: self.add_after(row))
        row.edit.gone_asked.connect(lambda: self._back_from(row))
        if self.single:
            row.drop.hide()
        self._lines.insertWidget(at, row)
        self.rows.insert(at, row)
        self._name()
        return row

    def add_after(self, row: LineRow | None, text: str = "") -> LineRow | None:
        """Add a line below ``row`` (None: at the end) and go there; nothing in the field that has only one."""
        if self.single:
            return None
        made = self.add_row(text, place=self.rows.index(row) + 1 if row is not None else None)
        made.edit.setFocus()
        self.grown.emit()
        self.edited.emit()
        return made

    def _back_from(self, row: LineRow) -> None:
        if len(self.rows) > 1:
            before = self.rows[max(0, self.rows.index(row) - 1)]
            self._remove(row)
            before = before if before in self.rows else self.rows[0]
            before.edit.go_to(len(before.edit.toPlainText()))

    @Slot(object)
    def _remove(self, row: LineRow) -> None:
        if len(self.rows) == 1:
            row.edit.clear()
            return
        self._take_out(row)
        self.grown.emit()
        self.edited.emit()

    def _take_out(self, row: LineRow) -> None:
        self.rows.remove(row)
        self._lines.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._name()

    def _name(self) -> None:
        for number, row in enumerate(self.rows, start=1):
            row.name(self._title if self.single else f"{self._title} {number}")

    def lines(self) -> list[Line]:
        """Return the lines that hold something."""
        return [(row.text, row.turns) for row in self.rows if row.text]

    def state(self) -> tuple[Line, ...]:
        """Return every line as it stands, empty ones and blanks too."""
        return tuple((row.edit.toPlainText(), row.turns) for row in self.rows)

    def show_state(self, wanted: Sequence[Line]) -> None:
        """Show what :meth:`state` returned; lines that stay the same are left alone."""
        now = self.state()
        start = 0
        while start < min(len(now), len(wanted)) and now[start] == wanted[start]:
            start += 1
        end = 0
        while end < min(len(now), len(wanted)) - start and now[-1 - end] == wanted[-1 - end]:
            end += 1
        old = self.rows[start : len(self.rows) - end]
        new = wanted[start : len(wanted) - end]
        for place, (text, turns) in enumerate(new):
            if place < len(old) and old[place].turns == tuple(turns):
                old[place].edit.setPlainText(text)
            else:
                self.add_row(text, turns, start + place)
                if place < len(old):
                    self._take_out(old[place])
        for row in old[len(new) :]:
            self._take_out(row)
