"""What the scorecard is made of: the list that takes the rater's keys, lists of places, the page of one item."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QSpinBox,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from assist.review.model import CriticalFault, Item, ItemScore, Observation
from ui import parts, theme
from ui.hangul_keys import jamo_of
from ui.qa import evidence_words
from ui.two_lines import TwoLines

MOST_BUTTONS = 10
"""Up to so many points an item has a button for each; above it a field."""
_HEAD = int(Qt.ItemDataRole.UserRole) + 1
KEYS: Final = {
    **{int(Qt.Key.Key_0) + digit: str(digit) for digit in range(10)},
    int(Qt.Key.Key_N): "n",
    int(Qt.Key.Key_E): "e",
    int(Qt.Key.Key_P): "p",
    int(Qt.Key.Key_M): "m",
    int(Qt.Key.Key_O): "o",
    int(Qt.Key.Key_Plus): "+",
    int(Qt.Key.Key_Minus): "-",
    int(Qt.Key.Key_Delete): "del",
    int(Qt.Key.Key_Backspace): "del",
}
"""What the list of items takes for itself."""
LETTERS: Final = {jamo: name for name in "nepmo" for jamo in jamo_of(name.upper())}
"""The same keys while the Korean letters are on."""
_Index = QModelIndex | QPersistentModelIndex


class ItemRows(TwoLines):
    """Items of two lines under headings of one."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), theme.current().px(32)) if index.data(_HEAD) else size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        if not index.data(_HEAD):
            super().paint(painter, option, index)
            return
        look = theme.current()
        painter.save()
        font = look.font(13)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(look.color("muted"))
        box = option.rect.adjusted(8, 0, -8, 0)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), str(index.data()))
        painter.restore()


class ItemList(QListWidget):
    """The items of a rubric. Letters and digits pressed here rate; the window's own keys do not get them."""

    pressed_key = Signal(str)
    """A key of :data:`KEYS`, by its name; ``alt1`` to ``alt9`` with Alt."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(ItemRows(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())

    def add(self, ident: str, words: str) -> None:
        """Add a row."""
        made = QListWidgetItem(words)
        made.setData(Qt.ItemDataRole.UserRole, ident)
        self.addItem(made)

    def add_head(self, words: str) -> None:
        """Add a heading, which cannot be chosen."""
        made = QListWidgetItem(words)
        made.setData(_HEAD, True)
        made.setFlags(Qt.ItemFlag.NoItemFlags)
        self.addItem(made)

    def ident(self) -> str:
        """Return which row is chosen; empty where none is."""
        item = self.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole) or "") if item is not None else ""

    def choose(self, ident: str) -> None:
        """Choose a row."""
        for place in range(self.count()):
            if self.item(place).data(Qt.ItemDataRole.UserRole) == ident:
                self.setCurrentRow(place)

    def say(self, ident: str, words: str) -> None:
        """Change what a row says."""
        for place in range(self.count()):
            if self.item(place).data(Qt.ItemDataRole.UserRole) == ident:
                self.item(place).setText(words)

    def _name_of(self, event: QKeyEvent) -> str:
        modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if modifiers == Qt.KeyboardModifier.AltModifier:
            name = KEYS.get(event.key(), "")
            return f"alt{name}" if name.isdigit() and name != "0" else ""
        if modifiers != Qt.KeyboardModifier.NoModifier:
            return ""
        return KEYS.get(event.key(), "") or LETTERS.get(event.text(), "")

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._name_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        name = self._name_of(event)
        if name:
            self.pressed_key.emit(name)
        else:
            super().keyPressEvent(event)


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


class ItemPage(QWidget):
    """One item: what its points mean, the places that speak for them, a note."""

    given = Signal(object)
    """Points, or None: does not apply."""
    attach_asked = Signal()
    offer_asked = Signal(int)
    """An offered place is to be tied to the item."""
    detach_asked = Signal(int)
    hear_asked = Signal(float, float)
    noted = Signal(str)
    left = Signal()

    def __init__(self, item: Item, skill: str, offers: Sequence[Observation]) -> None:
        super().__init__()
        self._offers = tuple(offers)
        self._buttons: list[tuple[int | None, QToolButton]] = []
        self._spans: list[tuple[float, float]] = []
        outer = parts.column()
        self.setLayout(outer)
        area, whole = parts.scroller(item.title)
        self.area = area
        outer.addWidget(area)
        whole.setContentsMargins(4, 4, 12, 4)
        whole.setSpacing(4)
        whole.addWidget(parts.label(item.title, "title", wrap=True))
        facts = self.tr("{skill} · weight {weight} · 0 to {most} points")
        text = facts.format(skill=skill, weight=f"{item.weight:g}", most=item.points)
        whole.addWidget(parts.label(text, "small", wrap=True))
        self._build_points(item, whole)
        # Before what is attached: a key attaches one of these, and it is to be seen which.
        self.offered = PlaceList(self.tr("Found by the program for {item}").format(item=item.title))
        self.offered.setToolTip(self.tr("Enter: hear it · Space or Alt and its number: attach it"))
        self.offered.hear_asked.connect(self.hear_offer)
        self.offered.attach_asked.connect(self.offer_asked)
        if offers:
            whole.addWidget(
                parts.label(self.tr("Found by the program: a hint, never a score (Alt+1 … 9)"), "heading", wrap=True)
            )
        whole.addWidget(self.offered)
        self.offered.show_lines([f"{n} · {evidence_words.observation_lines(one)}" for n, one in enumerate(offers, 1)])
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
        self.places = PlaceList(self.tr("Evidence for {item}").format(item=item.title))
        self.places.setToolTip(self.tr("Enter: hear it · Delete: take it away"))
        self.places.hear_asked.connect(self._hear)
        self.places.remove_asked.connect(self.detach_asked)
        whole.addWidget(self.places)
        whole.addWidget(parts.label(self.tr("Note (M)"), "heading"))
        self.note = NoteField(self.tr("Note on {item}").format(item=item.title))
        self.note.textChanged.connect(lambda: self.noted.emit(self.note.toPlainText()))
        self.note.left.connect(self.left)
        whole.addWidget(self.note)
        whole.addStretch(1)

    def _build_points(self, item: Item, whole: QVBoxLayout) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1 if item.anchors or item.points > MOST_BUTTONS else item.points + 2, 1)
        self.spin: QSpinBox | None = None
        if item.points <= MOST_BUTTONS:
            for points in range(item.points + 1):
                anchor = item.anchors[points] if item.anchors else ""
                self._add_choice(grid, points, str(points), anchor, bool(item.anchors))
        else:
            self.spin = QSpinBox()
            self.spin.setRange(0, item.points)
            self.spin.setAccessibleName(self.tr("Points for {item}").format(item=item.title))
            self.spin.editingFinished.connect(self._spun)
            grid.addWidget(self.spin, 0, 0)
        self._add_choice(grid, None, "N", self.tr("Does not apply"), bool(item.anchors) or self.spin is not None)
        parts.nest(whole, grid)

    def _spun(self) -> None:
        if self.spin is not None and self.spin.hasFocus():
            self.given.emit(self.spin.value())

    def _add_choice(self, grid: QGridLayout, points: int | None, text: str, anchor: str, under: bool) -> None:
        """Add a button: under the others where each has its meaning beside it, else all in one row."""
        row = grid.rowCount() if under else 0
        column = 0 if under else len(self._buttons)
        name = anchor if points is None else self.tr("{points} points: {anchor}").format(points=points, anchor=anchor)
        made = parts.tool("", name.rstrip(": "), kind="chip", text=text)
        made.setCheckable(True)
        made.setMinimumWidth(theme.current().px(40))
        made.clicked.connect(partial(self.given.emit, points))
        self._buttons.append((points, made))
        grid.addWidget(made, row, column, Qt.AlignmentFlag.AlignTop)
        if anchor:
            grid.addWidget(parts.label(anchor, wrap=True), row, column + 1)

    def show_score(self, score: ItemScore, is_open: bool, locked: bool) -> None:
        """Show what the item has."""
        for points, button in self._buttons:
            button.setChecked(not is_open and points == score.points)
            button.setEnabled(not locked)
        if self.spin is not None:
            self.spin.setEnabled(not locked)
            if score.points is not None and self.spin.value() != score.points:
                self.spin.setValue(score.points)
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
        """Let the chosen evidence be heard; where there is none, the first place that the program found."""
        if self._spans:
            self._hear(max(0, self.places.currentRow()))
        elif self._offers:
            self.hear_offer(max(0, self.offered.currentRow()))

    def _hear(self, place: int) -> None:
        if place < len(self._spans) and self._spans[place][1] > 0:
            self.hear_asked.emit(*self._spans[place])

    def hear_offer(self, place: int) -> None:
        """Let a place be heard that the program found."""
        one = self._offers[place]
        if one.end_s > 0:
            self.hear_asked.emit(one.start_s, one.end_s)


class FaultsPage(QWidget):
    """The critical faults of a rubric."""

    changed = Signal(str, bool)

    def __init__(self, faults: Sequence[CriticalFault], skills: dict[str, str]) -> None:
        super().__init__()
        whole = parts.column(margin=4)
        self.setLayout(whole)
        whole.addWidget(parts.label(self.tr("Critical faults"), "title"))
        whole.addWidget(
            parts.label(self.tr("Tick only what was really made; a digit ticks as well."), "small", wrap=True)
        )
        self.boxes: dict[str, QCheckBox] = {}
        for number, fault in enumerate(faults, 1):
            empties = skills.get(fault.zeroes, "")
            what = self.tr("empties {skill}").format(skill=empties) if empties else self.tr("empties the whole")
            box = QCheckBox(f"{number}  {fault.title} · {what}")
            box.setAccessibleName(f"{fault.title} · {what}")
            box.clicked.connect(partial(self._clicked, fault.id))
            self.boxes[fault.id] = box
            whole.addWidget(box)
        whole.addStretch(1)

    def _clicked(self, ident: str) -> None:
        self.changed.emit(ident, self.boxes[ident].isChecked())

    def show_faults(self, there: Sequence[str], locked: bool) -> None:
        """Tick those that were made."""
        for ident, box in self.boxes.items():
            box.setChecked(ident in there)
            box.setEnabled(not locked)
