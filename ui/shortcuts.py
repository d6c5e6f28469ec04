"""The F1 sheet: every key in use on one page, made from :mod:`ui.actions`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QGridLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui import guide, parts
from ui.actions import ACTIONS, GROUPS, Action, Actions, said, written

_BESIDE: Final = 120
"""What a screen has beside the keys: scroll bar, margins, its own edges."""


class KeySheet(QDialog):
    """All keys on one page; from here they are changed and printed."""

    change_asked = Signal()
    print_asked = Signal()
    write_asked = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._before: QWidget | None = None
        self.setWindowTitle(self.tr("All keys"))
        self.setAccessibleName(self.tr("All keys"))
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        whole = parts.column(margin=16, gap=8)
        self.setLayout(whole)
        parts.nest(whole, guide.headed(self.tr("All keys"), "keys"))
        self.area, _ = parts.scroller(self.tr("All keys"))
        self.area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        whole.addWidget(self.area, 1)
        self.area.setFocus()
        foot = parts.row()
        self.change = parts.button(self.tr("Change keys …"), "keyboard")
        self.change.clicked.connect(self.change_asked)
        self.print_card = parts.button(self.tr("Print the card …"), "print")
        self.print_card.clicked.connect(self.print_asked)
        self.write_card = parts.button(self.tr("As a PDF …"), "file")
        self.write_card.clicked.connect(self.write_asked)
        close = parts.button(self.tr("Close"))
        close.clicked.connect(self.close)
        foot.addWidget(self.change)
        foot.addWidget(self.print_card)
        foot.addWidget(self.write_card)
        foot.addStretch(1)
        foot.addWidget(close)
        parts.nest(whole, foot)
        self._fill()
        actions.changed.connect(self._fill)

    @Slot()
    def _fill(self) -> None:
        """Set the keys in two columns, or in one where the screen is too narrow for them."""
        room = self.screen().availableGeometry()
        page = self._page((("call", "answers"), ("record", "desk")))
        self.area.setWidget(page)  # the one before goes with its labels
        if page.sizeHint().width() > room.width() - _BESIDE:
            self.area.setWidget(self._page((("call", "answers", "record", "desk"),)))
        self._fit()

    def _page(self, columns: Sequence[tuple[str, ...]]) -> QWidget:
        page = QWidget()
        page.setObjectName("inside")
        sides = parts.row(margin=8, gap=32)
        for groups in columns:
            parts.nest(sides, self._column(groups, narrow=len(columns) == 1), 1)
        page.setLayout(sides)
        return page

    def _column(self, groups: tuple[str, ...], *, narrow: bool) -> QVBoxLayout:
        titles, side = dict(GROUPS), parts.column(gap=8)
        for group in groups:
            side.addWidget(parts.label(said(titles[group]), "heading"))
            grid = QGridLayout()
            grid.setHorizontalSpacing(16)
            grid.setVerticalSpacing(2)
            grid.setColumnStretch(1, 1)
            keyed = [(self._actions.keys(one.id), one.text) for one in self._listed(group)]
            for row, (keys, text) in enumerate((keys, text) for keys, text in keyed if keys):
                tag = parts.label(written(keys), "tag")
                grid.addWidget(tag, row, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
                grid.addWidget(parts.label(said(text), wrap=narrow), row, 1)
            parts.nest(side, grid)
            side.addSpacing(4)
        side.addStretch(1)
        return side

    def _listed(self, group: str) -> list[Action]:
        offered = {one.id for one in self._actions.offered}
        return [one for one in ACTIONS if one.group == group and one.id in offered]

    def showEvent(self, event: QShowEvent) -> None:
        self._before = QApplication.activeWindow()
        super().showEvent(event)
        self._fit()

    def done(self, result: int) -> None:
        """Close; the window it was asked for from has the keys again."""
        had_keys, before = self.isActiveWindow(), self._before
        self._before = None
        super().done(result)
        if had_keys and before is not None and isValid(before) and before.isVisible():
            before.activateWindow()

    def _fit(self) -> None:
        """Be as tall as the keys, but never taller than the screen: the rest scrolls."""
        inside = self.area.widget()
        if inside is None:
            return
        inside.ensurePolished()
        wanted, room = inside.sizeHint(), self.screen().availableGeometry()
        around = self.sizeHint().height() - self.area.sizeHint().height()
        bar = 2 * self.area.verticalScrollBar().sizeHint().width()
        self.area.setMinimumWidth(min(wanted.width() + bar, room.width() - 80))
        self.area.setMinimumHeight(min(wanted.height(), room.height() - around - 80))
