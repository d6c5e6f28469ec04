"""The main window's preferences: kept, taken over at once, shown."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication

from resources.notices import Fault
from ui import icons, theme
from ui.announcer import Announcer
from ui.call_bar import CallBar
from ui.call_view import CallView
from ui.care_desk import CareDesk
from ui.desk_layouts import DeskLayouts
from ui.notices import NoticeLine
from ui.preference_ports import Preferences, PreferenceStore
from ui.press import Press, PressedWindow
from ui.start_panel import StartPanel


class PreferredWindow(PressedWindow):
    """Base of the main window: what changes when the counsellor sets something."""

    bar: CallBar
    start: StartPanel
    call: CallView
    notices: NoticeLine
    care: CareDesk
    layouts: DeskLayouts
    press: Press
    announcer: Announcer
    _store: PreferenceStore | None

    def refresh_desk(self) -> None:
        """Read the facts that are not events."""
        raise NotImplementedError

    @Slot()
    def hear_announcements(self) -> None:
        self.announcer.try_out()

    @Slot(str)
    def _dial_chosen(self, dial: str) -> None:
        self.keep(replace(self.preferences, dial=dial))
        self._dial(self.preferences.dial)  # a locked one stays as it is

    def _dial(self, dial: str) -> None:
        self.bar.set_dial(dial)
        self.call.answers.set_dial(dial)

    def keep(self, wanted: Preferences) -> bool:
        if self._store is not None:
            try:
                self._store.store(wanted)
            except Fault as fault:
                self.tell_fault(fault)
                return False
            wanted = self._store.load()  # what the site has locked stays
        self._adopt(wanted)
        if self.settings is not None and self.settings.isVisible():
            self.settings.look_again()
        return True

    @Slot(str)
    def settings_changed(self, path: str) -> None:
        if self._store is not None:
            self._adopt(self._store.load())
        if path.startswith("sound."):
            self.choice_made(self._services.choice())
        self.refresh_desk()

    def _adopt(self, wanted: Preferences) -> None:
        """Let preferences take effect."""
        before, self.preferences = self.preferences, wanted
        if wanted.dial != before.dial:
            self._dial(wanted.dial)
        self.registry.use(wanted.keys)
        self.press.stand()
        self.layouts.apply()
        if (wanted.theme, wanted.text_scale) != (before.theme, before.text_scale):
            self.restyle(wanted.theme, wanted.text_scale)

    def restyle(self, name: str, scale: float) -> None:
        """Change the look at once."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, name, scale)
            icons.recolour(self)
            self.notices.restyle()
            self.call.restyle()
            self.care.restyle()
            self.bar.fit()
            self.layouts.restyle()
            self.start.fit()

    def resize_text(self, step: int) -> None:
        """Ctrl +/-."""
        self.keep(replace(self.preferences, text_scale=theme.next_scale(self.preferences.text_scale, step)))
