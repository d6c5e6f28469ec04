"""What helps in the wrap-up: parts of the record, sentences for a field, forms to copy in. Keys open them all."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from html import unescape
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtWidgets import QMenu, QWidget

from assist.record_text import CopyFormat, Template, filled, open_place, written
from ui import clipboard
from ui.record_form import FIELDS
from ui.record_undo import Place

if TYPE_CHECKING:
    from ui.record_pane import RecordPane

Entry = tuple[str, str, Callable[[], object], bool]
"""Text, keys as shown, what is done, whether it can be now."""


def fill(menu: QMenu, entries: Sequence[Entry | None], *, numbered: bool = False) -> None:
    """Fill a menu anew; None is a line between. Numbered entries are chosen by 1 to 9."""
    menu.clear()
    number, widest = 0, menu.screen().availableGeometry().width() * 2 // 3
    for entry in entries:
        if entry is None:
            menu.addSeparator()
            continue
        text, keys, run, can = entry
        number += 1
        shown = menu.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, widest).replace("&", "&&")
        if numbered and number <= 9:
            shown = f"&{number}  {shown}"
        action = menu.addAction(f"{shown}\t{keys}" if keys else shown)
        action.setEnabled(can)
        action.triggered.connect(lambda _=False, do=run: do())


def open_at(menu: QMenu, widget: QWidget, point: QPoint | None = None) -> None:
    """Open a menu below ``widget`` (or at a point in it) with its first entry under the keys; waits for nothing."""
    room, size = widget.screen().availableGeometry(), menu.sizeHint()
    at = widget.mapToGlobal(point or QPoint(0, widget.height()))
    x = max(room.left(), min(at.x(), room.right() - size.width()))
    y = max(room.top(), min(at.y(), room.bottom() - size.height()))
    menu.popup(QPoint(x, y))
    for action in menu.actions():
        if action.isEnabled() and not action.isSeparator():
            menu.setActiveAction(action)
            break


class RecordTools(QObject):
    """The menus of a record pane."""

    def __init__(self, pane: RecordPane) -> None:
        super().__init__(pane)
        self._pane = pane
        self._format = ""
        self.menu = QMenu(pane)
        self.menu.setAccessibleName(self.tr("Split, join and fill records"))
        self.template_menu = QMenu(pane)
        self.template_menu.setAccessibleName(self.tr("Sentences for this field"))
        self.copy_menu = QMenu(pane)
        self.copy_menu.setAccessibleName(self.tr("Copy in another form"))

    def open_templates(self) -> None:
        """Offer the sentences of the field with the cursor."""
        shown = self._pane.current
        if shown is None:
            return
        place = self._pane.place_meant()
        wanted = [one for one in self._pane.help().templates if one.field == FIELDS[place.field]]
        values = self._pane.known(shown.record())
        entries: list[Entry | None] = [
            (filled(one, values), "", partial(self.insert, one, place), True) for one in wanted
        ]
        none = (self.tr("There is no sentence for this field."), "", lambda: None, False)
        fill(self.template_menu, entries or [none], numbered=bool(entries))
        shown.show_line(shown.row_at(place))
        open_at(self.template_menu, shown.row_at(place).edit)

    def insert(self, template: Template, place: Place) -> None:
        """Put a sentence into a line that is empty, else below it; what the call did not tell is marked."""
        shown = self._pane.current
        if shown is None:
            return
        text, row = filled(template, self._pane.known(shown.record())), shown.row_at(place)
        field = list(shown.fields.values())[place.field]
        start = 0
        if row.text and not field.single:
            row = field.add_after(row) or row
        elif row.text:
            start = len(row.edit.toPlainText().rstrip()) + 1
            text = f"{row.edit.toPlainText().rstrip()} {text}"
        row.edit.setPlainText(text)
        row.edit.go_to(len(text))
        if (blank := open_place(text[start:])) is not None:
            row.edit.mark(start + blank[0], start + blank[1])

    @Slot()
    def copy_text(self) -> None:
        """Put all records on the clipboard in the form that was used last."""
        clipped = self._pane.help()
        wanted = self._format or clipped.format
        self._copy(next((one for one in clipped.formats if one.name == wanted), clipped.formats[0]))

    @Slot()
    def copy_as(self) -> None:
        """Offer the forms to copy in; the chosen one is used from then on."""
        if self._pane.current is None:
            return
        entries: list[Entry | None] = [
            (one.name, "", partial(self._copy_in, one), True) for one in self._pane.help().formats
        ]
        fill(self.copy_menu, entries, numbered=True)
        open_at(self.copy_menu, self._pane.copy_other)

    def _copy_in(self, form: CopyFormat) -> None:
        self._format = form.name
        self._pane.format_chosen.emit(form.name)
        self._copy(form)

    def _copy(self, form: CopyFormat) -> None:
        if not self._pane.forms:
            return
        text = written(form, self._pane.records(), self._pane.known(self._pane.records()[0]))
        plain = text if form.media == "text" else _plain(text)
        clipboard.copy(plain, html="" if form.media == "text" else text)

    @Slot()
    def open_menu(self) -> None:
        """Offer what can be done with the records."""
        shaping = self._pane.shaping
        entries: list[Entry | None] = [
            (self.tr("Undo"), self._pane.keys_of("undo"), self._pane.undo, True),
            (self.tr("Redo"), self._pane.keys_of("redo"), self._pane.redo, True),
            None,
            (self.tr("New record"), self._pane.keys_of("record_new"), shaping.add, True),
            (
                self.tr("Split off from this line"),
                self._pane.keys_of("record_split"),
                shaping.split,
                shaping.may_split(),
            ),
            (
                self.tr("Join with the record before"),
                self._pane.keys_of("record_join"),
                shaping.join,
                shaping.may_join(),
            ),
            None,
            (self.tr("Sentence for this field"), self._pane.keys_of("template"), self.open_templates, True),
        ]
        fill(self.menu, entries)
        open_at(self.menu, self._pane.menu_button)


def _plain(html: str) -> str:
    """Return a table of HTML as text, a tab between columns."""
    rows = re.sub(r"</tr>", "\n", html)
    cells = re.sub(r"</t[dh]>(?=\s*<t[dh])", "\t", rows)
    return unescape(re.sub(r"<[^>]+>", " ", cells)).strip()
