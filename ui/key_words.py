"""Texts that name keys: where a counsellor has changed a key, they name the one in use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from ui import i18n
from ui.actions import ACTIONS, keys_in_use, written

NO_KEY = "–"
"""Stands where an action has no key any more."""


def renamed(chosen: Mapping[str, str]) -> dict[str, str]:
    """Return what to write in the place of the program's own keys, as people write them."""
    used = keys_in_use(chosen)
    return {
        written(action.keys): written(used[action.id]) or NO_KEY
        for action in ACTIONS
        if action.keys and used[action.id] != action.keys
    }


def told(text: str) -> str:
    """Return a text of the program with the keys in use in it."""
    app = QCoreApplication.instance()
    names = app.property("doumi_keys") if app is not None else None
    return replaced(text, names) if isinstance(names, dict) and names else text


def replaced(text: str, names: Mapping[str, str]) -> str:
    """Return ``text`` with every key of ``names``, standing alone, replaced."""
    longest = sorted(names, key=len, reverse=True)
    one_of = "|".join(re.escape(key) for key in longest)
    return re.sub(rf"(?<![\w+])(?:{one_of})(?![\w+])", lambda found: names[found[0]], text, flags=re.ASCII)


def install(app: QCoreApplication, language: str, chosen: Mapping[str, str]) -> None:
    """Make ``app`` speak ``language`` and name the keys in use; windows built afterwards do."""
    names = renamed(chosen)
    app.setProperty("doumi_keys", names)
    i18n.install(app, language, (lambda text: replaced(text, names)) if names else None)


def follow(chosen: Mapping[str, str]) -> None:
    """Name other keys from now on, in what is on the screen too. Only the program's own texts are touched."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    language, before = i18n.current(), app.property("doumi_keys") or {}
    install(app, language, chosen)
    names = app.property("doumi_keys")
    changed: dict[str, str] = {}
    for text in i18n.texts(language):
        shown, wanted = replaced(text, before) if before else text, replaced(text, names) if names else text
        if shown != wanted:
            changed[shown] = wanted
    for widget in app.allWidgets():
        _rename(widget, changed)


def _rename(widget: QWidget, changed: Mapping[str, str]) -> None:
    properties: list[tuple[Any, Any]] = [
        (widget.toolTip, widget.setToolTip),
        (widget.accessibleName, widget.setAccessibleName),
    ]
    if isinstance(widget, QAbstractButton | QLabel):
        properties.append((widget.text, widget.setText))
    if isinstance(widget, QLineEdit):
        properties.append((widget.placeholderText, widget.setPlaceholderText))
    for read, write in properties:
        if (wanted := changed.get(read())) is not None:
            write(wanted)
