"""Interface language: English in the code, Korean from ``resources/i18n/ko.ts``.

The translation source is compiled in memory, so a fresh clone needs no compiling step.
"""

from __future__ import annotations

import os
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from resources import path
from ui import qm

if TYPE_CHECKING:
    # Qt's types promise an object only.
    def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
        """Mark ``text`` as one to translate, and return it as it is."""
else:
    from PySide6.QtCore import QT_TRANSLATE_NOOP

DEFAULT_LANGUAGE: Final = "ko"
LANGUAGES: Final = ("ko", "en")
MISSING_IN_QT: Final = (
    QT_TRANSLATE_NOOP("QFileDialog", "&Look in:"),
    QT_TRANSLATE_NOOP("QFileDialog", "Files of &type:"),
)
"""Words of Qt's own dialogs that its Korean file leaves in English."""


def chosen_language(stored: str = "") -> str:
    """Return the language to show: ``DOUMI_LANG``, else the stored one, else Korean."""
    asked = (os.environ.get("DOUMI_LANG") or stored or DEFAULT_LANGUAGE)[:2].lower()
    return asked if asked in LANGUAGES else DEFAULT_LANGUAGE


@cache
def messages(language: str) -> dict[tuple[str, str], str]:
    """Return the finished translations of one language by (context, source)."""
    found: dict[tuple[str, str], str] = {}
    root = ET.fromstring(path(f"i18n/{language}.ts").read_bytes())
    for context in root.iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is not None and translation.text and translation.get("type") is None:
                found[name, message.findtext("source", "")] = translation.text
    return found


class _Ours(QTranslator):
    """Our messages; Qt may read the bytes in place, so they live as long as it does."""

    def __init__(self, told: Mapping[tuple[str, str], str], parent: QCoreApplication) -> None:
        super().__init__(parent)
        self._bytes = qm.compiled(dict(told))
        self.load(self._bytes)


def texts(language: str) -> frozenset[str]:
    """Return every window text of a language."""
    known = messages(DEFAULT_LANGUAGE)
    return frozenset(source for _, source in known) if language == "en" else frozenset(known.values())


def install(app: QCoreApplication, language: str, altered: Callable[[str], str] | None = None) -> str:
    """Make ``app`` speak ``language``; windows built afterwards use it. Returns the language in use.

    Args:
        app: The application.
        language: ``ko`` or ``en``.
        altered: Changes each text of ours, see :mod:`ui.key_words`.
    """
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    if altered is not None:
        known = messages(DEFAULT_LANGUAGE)
        told = {key: altered(key[1] if language == "en" else text) for key, text in known.items()}
        app.installTranslator(_Ours(told, app))
    elif language != "en":
        app.installTranslator(_Ours(messages(language), app))
    if language != "en":
        standard = QTranslator(app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if standard.load(f"qtbase_{language}", folder):
            app.installTranslator(standard)
    app.setProperty("doumi_language", language)
    return language


def current() -> str:
    """Return the language in use; Korean before :func:`install`."""
    app = QCoreApplication.instance()
    return str(app.property("doumi_language") or DEFAULT_LANGUAGE) if app is not None else DEFAULT_LANGUAGE
