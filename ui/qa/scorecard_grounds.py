"""What speaks for a rating: places in the call and a note, of an item or of a critical fault; the page of a fault."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QListWidget, QPlainTextEdit, QVBoxLayout, QWidget

from assist.review.model import CriticalFault, ItemScore
from ui import parts, theme
from ui.qa import evidence_words
from ui.two_lines import TwoLines


class PlaceList(QListWidget):
    """Places in the call: Enter or a double click lets one be heard, Delete (where wanted) takes it away."""

    hear_asked = Signal(int)
    remove_asked = Signal(int)
    attach_asked = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(TwoLines(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemActivated.connect(lambda item: self.hear_asked.emit(self.row(item)))

    def show_lines(self, lines: Sequence[str]) -> None:
        """List these places; as tall as they are, up to four."""
        row = self.currentRow()
        self.clear()
        self.addItems(list(lines))
        for place, line in enumerate(lines):
            self.item(place).setToolTip(line)
        if lines:
            self.setCurrentRow(min(max(row, 0), len(lines) - 1))
        tall = sum(self.sizeHintForRow(place) for place in range(min(4, len(lines))))
        self.setFixedHeight(tall + 2 * self.frameWidth() + 4)
        self.setVisible(bool(lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentRow()
        if row >= 0 and event.key() == Qt.Key.Key_Delete:
            self.remove_asked.emit(row)
        elif row >= 0 and event.key() == Qt.Key.Key_Space:
            self.attach_asked.emit(row)
        else:
            super().keyPressEvent(event)


class NoteField(QPlainTextEdit):
    """A note; Tab leaves it, and so does Esc."""

    left = Signal()

    def __init__(self, name: str, lines: int = 3) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self._lines = lines
        self.setFixedHeight(theme.current().px(24) * lines + theme.current().px(16))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)


class GroundPage(QWidget):
    """A page that scrolls and holds evidence and a note."""

    attach_asked = Signal()
    detach_asked = Signal(int)
    hear_asked = Signal(float, float)
    noted = Signal(str)
    left = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._spans: list[tuple[float, float]] = []
        outer = parts.column()
        self.setLayout(outer)
        self.area, whole = parts.scroller(title)
        outer.addWidget(self.area)
        whole.setContentsMargins(4, 4, 12, 4)
        whole.setSpacing(4)
        whole.addWidget(parts.label(title, "title", wrap=True))
        self.whole = whole

    def _add_grounds(self, whole: QVBoxLayout) -> None:
        """Add evidence and note; nothing comes below them."""
        head = parts.row()
        head.addWidget(parts.label(self.tr("Evidence from the call"), "heading"))
        head.addStretch(1)
        self.attach = parts.button(self.tr("Attach what is chosen (E)"), "plus", name=self.tr("Attach what is chosen"))
        self.attach.clicked.connect(self.attach_asked)
        head.addWidget(self.attach)
        parts.nest(whole, head)
        self.none = parts.label(
            self.tr("Choose a stretch, a turn or an answer on the timeline and attach it."), "small", wrap=True
        )
        whole.addWidget(self.none)
        self.places = PlaceList(self.tr("Evidence for {item}").format(item=self._title))
        self.places.setToolTip(self.tr("Enter: hear it · Delete: take it away"))
        self.places.hear_asked.connect(self._hear)
        self.places.remove_asked.connect(self.detach_asked)
        whole.addWidget(self.places)
        whole.addWidget(parts.label(self.tr("Note (M)"), "heading"))
        self.note = NoteField(self.tr("Note on {item}").format(item=self._title))
        self.note.textChanged.connect(lambda: self.noted.emit(self.note.toPlainText()))
        self.note.left.connect(self.left)
        whole.addWidget(self.note)
        whole.addStretch(1)

    def show_grounds(self, score: ItemScore, locked: bool) -> None:
        """Show evidence and note."""
        self._spans = [(one.start_s, one.end_s) for one in score.evidence]
        self.places.show_lines([evidence_words.evidence_lines(one) for one in score.evidence])
        self.none.setVisible(not score.evidence and not locked)
        self.attach.setVisible(not locked)
        self.note.setReadOnly(locked)
        if self.note.toPlainText() != score.note:
            self.note.setPlainText(score.note)

    def show_newest(self) -> None:
        """Choose the evidence attached last and bring it into view."""
        self.places.setCurrentRow(self.places.count() - 1)
        # As tall as it is now it stands only once the page was laid out again.
        QTimer.singleShot(0, self, self._bring_newest)

    def _bring_newest(self) -> None:
        self.places.scrollToBottom()
        inside = self.area.widget()
        layout = inside.layout() if inside is not None else None
        if layout is not None:
            layout.activate()
        self.area.ensureVisible(0, self.places.geometry().bottom(), 0, 8)

    def hear_first(self) -> None:
        """Let the chosen evidence be heard."""
        if self._spans:
            self._hear(max(0, self.places.currentRow()))

    def _hear(self, place: int) -> None:
        if place < len(self._spans) and self._spans[place][1] > 0:
            self.hear_asked.emit(*self._spans[place])


class FaultPage(GroundPage):
    """One critical fault: what it empties, whether it was made, what speaks for that."""

    changed = Signal(bool)

    def __init__(self, fault: CriticalFault, skill: str) -> None:
        """Show a fault; ``skill``: the title of the one it empties, empty for the whole."""
        super().__init__(fault.title)
        what = self.tr("Empties {skill}.").format(skill=skill) if skill else self.tr("Empties the whole.")
        self.whole.addWidget(
            parts.label(
                what + " " + self.tr("Tick it only where it was really made, with evidence or a note."),
                "small",
                wrap=True,
            )
        )
        self.box = QCheckBox(self.tr("This fault was made (Space)"))
        self.box.setAccessibleName(self.tr("{fault}: this fault was made").format(fault=fault.title))
        self.box.clicked.connect(self.changed)
        self.whole.addWidget(self.box)
        self._add_grounds(self.whole)

    def show_fault(self, there: bool, score: ItemScore, locked: bool) -> None:
        """Show whether it was made, and what speaks for it."""
        self.box.setChecked(there)
        self.box.setEnabled(not locked)
        self.show_grounds(score, locked)
