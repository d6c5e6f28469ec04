"""What the windows share that stand in place of a desk, the dedicated team's and the trainer's: settings, text size."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QMainWindow

from resources.notices import Fault
from ui import icons, parts, theme
from ui.notices import NoticeLine
from ui.preference_ports import Preferences, PreferenceStore
from ui.settings_ports import SettingsDesk
from ui.settings_window import SettingsWindow


class OfficeWindow(QMainWindow):
    """A main window with a notice line, a settings window and a text size of its own. Main thread."""

    notices: NoticeLine

    def __init__(self, preferences: PreferenceStore | None, settings: SettingsDesk | None) -> None:
        """Read the preferences.

        Args:
            preferences: Where they are kept; without it they last until the end.
            settings: Every setting as a field; without it there is no settings window.
        """
        super().__init__()
        self._store = preferences
        self._settings = settings
        self.settings: SettingsWindow | None = None
        self.preferences = preferences.load() if preferences else Preferences()

    def look(self) -> None:
        """Look again at what may be otherwise: settings were changed."""
        raise NotImplementedError

    def restyled(self) -> None:
        """Follow another look or text size, where the window has more than the application does by itself."""

    @Slot()
    def open_settings(self) -> None:
        """Ctrl+comma: every setting, the use of this PC among them."""
        if self._settings is None:
            return
        if self.settings is None:
            self.settings = SettingsWindow(self._settings, self, capture=self.preferences.capture, beside_desk=False)
            self.settings.changed.connect(self._settings_changed)
        else:
            self.settings.look_again()
        parts.bring(self.settings)

    @Slot()
    def _settings_changed(self) -> None:
        if self._store is not None:
            before, self.preferences = self.preferences, self._store.load()
            if (before.theme, before.text_scale) != (self.preferences.theme, self.preferences.text_scale):
                self._restyle()
        self.look()

    @Slot(object)
    def tell_fault(self, error: Exception) -> None:
        """Show a fault on the notice line."""
        self.notices.raise_fault(error)

    def resize_text(self, step: int) -> None:
        """Ctrl +/-."""
        wanted = replace(self.preferences, text_scale=theme.next_scale(self.preferences.text_scale, step))
        try:
            if self._store is not None:
                self._store.store(wanted)
                wanted = self._store.load()  # what the site has locked stays
        except Fault as fault:
            self.tell_fault(fault)
            return
        self.preferences = wanted
        self._restyle()

    def _restyle(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, self.preferences.theme, self.preferences.text_scale)
            icons.recolour(self)
            self.notices.restyle()
            self.restyled()
