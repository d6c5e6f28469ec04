"""Dresses the application before its first window stands: clipboard, screen captures, language, look."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ui import clipboard, i18n, screen_guard, theme
from ui.ports import ScreenGuard
from ui.preference_ports import Preferences


def dress(stored: Preferences, language: str = "", guard: ScreenGuard | None = None) -> None:
    """Dress the running application. Main thread.

    Args:
        stored: Language, theme, text size and whether windows stay out of screen captures.
        language: ``ko`` or ``en``; empty for ``DOUMI_LANG``, then the stored one, then Korean.
        guard: Keeps windows out of screen captures; without it nothing does.

    Raises:
        RuntimeError: There is no application.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("a QApplication is needed first")
    clipboard.install(app)
    screen_guard.install(app, guard, stored.capture == "hidden")
    i18n.install(app, language or i18n.chosen_language(stored.language))
    theme.apply(app, stored.theme, stored.text_scale)
