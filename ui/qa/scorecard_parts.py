"""What the scorecard is made of: the list that takes the rater's keys, the page of one item."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
)

from assist.review.model import Item, ItemScore, Observation
from ui import parts, theme
from ui.hangul_keys import jamo_of
from ui.qa import evidence_words
from ui.qa.rating_draft import FAULT
from ui.qa.scorecard_grounds import GroundPage, PlaceList
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
TICKS: Final = (int(Qt.Key.Key_Space), int(Qt.Key.Key_Return), int(Qt.Key.Key_Enter))
"""Tick a critical fault. Digits do not: pressed once too often they would empty a rating."""
LETTERS: Final = {jamo: name for name in "nepmo" for jamo in jamo_of(name.upper())}
"""The same keys while the Korean letters are on."""
_Index = QModelIndex | QPersistentModelIndex


class ItemRows(TwoLines):
    """Items of two lines under headings of one: close together, since a rubric has a dozen."""

    room = 4

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), theme.current().px(26)) if index.data(_HEAD) else size

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
    """A key of :data:`KEYS`, by its name; ``alt1`` to ``alt9`` with Alt; ``tick`` on a row that is ticked."""

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
        if event.key() in TICKS and self.ident().startswith(FAULT):
            return "tick"
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


class ItemPage(GroundPage):
    """One item: what its points mean, the places that speak for them, a note."""

    given = Signal(object)
    """Points, or None: does not apply."""
    offer_asked = Signal(int)
    """An offered place is to be tied to the item."""

    def __init__(self, item: Item, skill: str, offers: Sequence[Observation]) -> None:
        super().__init__(item.title)
        whole = self.whole
        self._offers = tuple(offers)
        self._buttons: list[tuple[int | None, QToolButton]] = []
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
        self._add_grounds(whole)

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
        self.show_grounds(score, locked)

    def hear_first(self) -> None:
        """Let the chosen evidence be heard; where there is none, the first place that the program found."""
        if self._spans:
            super().hear_first()
        elif self._offers:
            self.hear_offer(max(0, self.offered.currentRow()))

    def hear_offer(self, place: int) -> None:
        """Let a place be heard that the program found."""
        one = self._offers[place]
        if one.end_s > 0:
            self.hear_asked.emit(one.start_s, one.end_s)
