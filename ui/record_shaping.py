"""Records of one call added, split and joined by hand, and walked through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from assist import record_edit
from assist.categories import hints
from assist.model import CallRecord
from ui.record_form import FIELDS
from ui.record_undo import BLANK, Place, Sheet, sheet_of

if TYPE_CHECKING:
    from ui.record_pane import RecordPane


class RecordShaping(QObject):
    """Changes which records a record pane has."""

    def __init__(self, pane: RecordPane) -> None:
        super().__init__(pane)
        self._pane = pane

    def add(self) -> None:
        """Begin a record of its own for a further inquiry, behind the one that is shown."""
        if self._pane.current is not None:
            at = self._pane.tabs.currentIndex() + 1
            fresh = Sheet("", (BLANK,) * 4, CallRecord(category=""))
            form = self._pane.form()
            self._pane.reshape((*form[:at], fresh, *form[at:]), Place(at, 0))

    def may_split(self) -> bool:
        """Whether a line is chosen and something stands on either side of it."""
        return self._halves() is not None

    def split(self) -> None:
        """Give the line with the cursor, and what came after it in the call, a record of its own."""
        if (halves := self._halves()) is not None:
            at, form = self._pane.tabs.currentIndex(), self._pane.form()
            self._pane.reshape((*form[:at], *(sheet_of(one) for one in halves), *form[at + 1 :]), Place(at + 1, -1))

    def _halves(self) -> tuple[CallRecord, CallRecord] | None:
        shown, place = self._pane.current, self._pane.place_meant()
        if shown is None:
            return None
        field = list(shown.fields.values())[place.field]
        line = sum(bool(row.text) for row in field.rows[: place.line])
        if line >= len(field.lines()):
            return None
        first, second = record_edit.split(shown.record(), FIELDS[place.field], line)
        best = hints(self._pane.words(second), 1)
        second = record_edit.split(shown.record(), FIELDS[place.field], line, best[0].category if best else "")[1]
        return (first, second) if says(first, bare=True) and says(second, bare=True) else None

    def may_join(self) -> bool:
        """Whether there is another record to join the shown one with."""
        return len(self._pane.forms) > 1

    def join(self) -> None:
        """Join the record that is shown with the one before it (the first: with the one behind it)."""
        if self._pane.current is not None and self.may_join():
            at, form, all_of = max(1, self._pane.tabs.currentIndex()), self._pane.form(), self._pane.records()
            one = sheet_of(record_edit.joined(all_of[at - 1], all_of[at]))
            self._pane.reshape((*form[: at - 1], one, *form[at + 1 :]), Place(at - 1, 0))

    def turn(self, by: int) -> None:
        """Show the next (1) or the earlier (-1) record."""
        if self._pane.current is not None and len(self._pane.forms) > 1:
            self._pane.tabs.setCurrentIndex((self._pane.tabs.currentIndex() + by) % len(self._pane.forms))
            self._pane.go_to(Place(self._pane.tabs.currentIndex(), 0))


def says(record: CallRecord, *, bare: bool = False) -> bool:
    """Whether anything stands in a record; ``bare``: a category alone does not count."""
    lines = record.inquiry or record.answer or record.action or record.follow_up
    return bool(lines or (record.category and not bare))
