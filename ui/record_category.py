"""The category of a record: the ten fields by two keys, and what the words of the call point to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QToolButton, QWidget

from assist.categories import CategoryHint
from assist.model import CATEGORIES
from ui import parts, theme
from ui.flow import Flow
from ui.hangul_keys import in_hangul, initials

SHOWN_WORDS = 2
"""Words of a hint that are shown; the tooltip has all."""


def digit_of(category: str) -> str:
    """Return the key of a field in the list: 1 to 9, then 0."""
    return str((CATEGORIES.index(category) + 1) % 10)


class _Numbered(QStyledItemDelegate):
    """Shows each field with its key."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        option.text = f"{(index.row() + 1) % 10}   {index.data()}"


class CategoryBox(QComboBox):
    """The list of fields: a digit or a first consonant chooses, the wheel never does by accident."""

    def __init__(self) -> None:
        super().__init__()
        self.addItems(list(CATEGORIES))
        self.setItemDelegate(_Numbered(self))
        self.setMaxVisibleItems(len(CATEGORIES))

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if plain and self.choose(event.text()):
            return
        super().keyPressEvent(event)

    def choose(self, key: str) -> bool:
        """Choose by a digit, or go on among the fields whose name begins with a consonant; returns whether it did."""
        if len(key) == 1 and key.isascii() and key.isdigit():
            self.setCurrentIndex((int(key) - 1) % 10)
            return True
        wanted = in_hangul(key.lower())
        fitting = [place for place, name in enumerate(CATEGORIES) if wanted and initials(name)[0] == wanted]
        if not fitting:
            return False
        later = [place for place in fitting if place > self.currentIndex()]
        self.setCurrentIndex(later[0] if later else fitting[0])
        return True


class Hints(QWidget):
    """Fields that words of the call point to, as buttons; hidden where nothing does."""

    chosen = Signal(str)

    def __init__(self, hints: Sequence[CategoryHint]) -> None:
        super().__init__()
        layout = parts.column()
        self.setLayout(layout)
        self.buttons: list[QToolButton] = []
        for hint in hints:
            words = ", ".join(hint.words)
            name = self.tr("Suggested: {category} – said: {words}").format(category=hint.category, words=words)
            shown = f"{digit_of(hint.category)} {hint.category} · {', '.join(hint.words[:SHOWN_WORDS])}"
            button = parts.tool("", name, kind="chip", text=shown)
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, one=hint.category: self.chosen.emit(one))
            button.setProperty("category", hint.category)
            self.buttons.append(button)
        self.setVisible(bool(self.buttons))
        if self.buttons:
            layout.addWidget(Flow(self.buttons))
        self.setMinimumWidth(theme.current().px(120))

    def mark(self, category: str) -> None:
        """Show which of them is the record's."""
        for button in self.buttons:
            button.setChecked(button.property("category") == category)
