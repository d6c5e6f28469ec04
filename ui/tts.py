"""Practice calls spoken aloud where the system has a Korean voice; silent everywhere else."""

from __future__ import annotations

import ctypes.util
import logging
import sys
from typing import Any

from PySide6.QtCore import QLocale, QObject

log = logging.getLogger(__name__)


class PracticeVoice(QObject):
    """Speaks lines of a practice call. Made on the first line, so a desk without practice pays nothing."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speech: Any = None
        self._tried = False

    @property
    def available(self) -> bool:
        """Whether a Korean voice was found. Looks once."""
        if not self._tried:
            self._tried = True
            self._speech = self._find()
        return self._speech is not None

    def say(self, text: str) -> None:
        """Speak one line after those before it."""
        if text and self.available:
            self._speech.enqueue(text)

    def stop(self) -> None:
        """Fall silent."""
        if self._speech is not None:
            self._speech.stop()

    def _find(self) -> Any:
        # Qt's plug-in complains on the terminal where its speech service is not installed, so look for that first.
        if sys.platform.startswith("linux") and ctypes.util.find_library("speechd") is None:
            log.info("no speech service on this system")
            return None
        try:
            from PySide6.QtTextToSpeech import QTextToSpeech
        except ImportError:
            return None
        for name in QTextToSpeech.availableEngines():
            if name == "mock":
                continue
            speech = QTextToSpeech(name, self)
            if speech.state() is not QTextToSpeech.State.Error:
                korean = [loc for loc in speech.availableLocales() if loc.language() is QLocale.Language.Korean]
                if korean:
                    speech.setLocale(korean[0])
                    return speech
            speech.deleteLater()
        log.info("no Korean voice on this system")
        return None
