"""A Korean syllable that is still being written."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication


def finish_syllable() -> None:
    """Let what the input method has not finished count, so that it is not lost."""
    if (method := QGuiApplication.inputMethod()) is not None:
        method.commit()
