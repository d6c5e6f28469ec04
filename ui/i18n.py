"""Interface language: English in the code, Korean from ``resources/i18n/ko.ts``.

The translation source is compiled in memory, so a fresh clone needs no compiling step.
"""

from __future__ import annotations

import os
import xml.etree.ElementTree as ET
from functools import cache
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from resources import path
from ui import qm

DEFAULT_LANGUAGE: Final = "ko"
LANGUAGES: Final = ("ko", "en")


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

    def __init__(self, language: str, parent: QCoreApplication) -> None:
        super().__init__(parent)
        self._bytes = qm.compiled(messages(language))
        self.load(self._bytes)


def install(app: QCoreApplication, language: str) -> str:
    """Make ``app`` speak ``language``; windows built afterwards use it. Returns the language in use."""
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    if language != "en":
        app.installTranslator(_Ours(language, app))
        standard = QTranslator(app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if standard.load(f"qtbase_{language}", folder):
            app.installTranslator(standard)
    return language
