"""The desk's windows about its keys: the sheet of F1, changing them, the printed card."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from resources.notices import Fault
from ui import key_card
from ui.rebinding import RebindingWindow
from ui.shortcuts import KeySheet

if TYPE_CHECKING:
    from ui.side_windows import SideWindows


class KeyWindows(QObject):
    """Makes each of them once, when it is first asked for. Main thread."""

    def __init__(self, desk: SideWindows) -> None:
        super().__init__(desk)
        self._desk = desk
        self.sheet: KeySheet | None = None
        self.rebinding: RebindingWindow | None = None

    @property
    def shown(self) -> bool:
        """Whether the sheet of keys is open."""
        return self.sheet is not None and self.sheet.isVisible()

    @Slot()
    def toggle(self) -> None:
        """F1: show the sheet, or put it away."""
        desk = self._desk
        if self.sheet is None:
            self.sheet = KeySheet(desk.registry, desk)
            self.sheet.change_asked.connect(self.rebind)
            self.sheet.print_asked.connect(self.print_card)
            self.sheet.write_asked.connect(self.write_card)
            desk.registry.serve(self.sheet, {})
        if self.sheet.isVisible():
            self.sheet.close()
            return
        self.sheet.show()
        if desk.between_calls:
            self.sheet.activateWindow()  # in a call the keys stay with the desk

    @Slot()
    def rebind(self) -> None:
        """Let the counsellor change the keys."""
        desk = self._desk
        if self.rebinding is None:
            self.rebinding = RebindingWindow(desk.registry, desk)
            self.rebinding.chosen.connect(lambda keys: desk.keep(replace(desk.preferences, keys=keys)))
        desk.bring(self.rebinding)

    @Slot()
    def print_card(self) -> None:
        """Print the card of keys."""
        self._with_card(key_card.ask_and_print)

    @Slot()
    def write_card(self) -> None:
        """Write the card of keys as a PDF."""
        self._with_card(key_card.ask_and_write)

    def close_all(self) -> None:
        """Close what is open."""
        for window in (self.sheet, self.rebinding):
            if window is not None:
                window.close()

    def _with_card(self, make: Callable[[Mapping[str, str], QWidget], None]) -> None:
        desk = self._desk
        if reason := desk.registry.why_not("key_card"):
            desk.notices.say(reason, "info")
            return
        try:
            make(desk.registry.chosen, desk)
        except Fault as fault:
            desk.tell_fault(fault)
