"""Contrast as WCAG counts it: of colours, of pictures, of every text as it is drawn."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QWidget

from tests.ui.walk.widgets import in_window, named, visible


def luminance(rgb: np.ndarray) -> np.ndarray:
    """Return relative luminance, float64, of uint8 colours of shape (..., 3)."""
    part = rgb.astype(np.float64) / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    found: np.ndarray = linear @ np.array([0.2126, 0.7152, 0.0722])
    return found


def ratios(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return the contrast of two pictures of one shape, pixel by pixel, 1 to 21."""
    a, b = luminance(one), luminance(other)
    found: np.ndarray = (np.maximum(a, b) + 0.05) / (np.minimum(a, b) + 0.05)
    return found


def ratio(one: str, other: str) -> float:
    """Return the contrast of two colours ``#rrggbb``, 1 to 21."""
    pair = [np.array([[int(color[i : i + 2], 16) for i in (1, 3, 5)]], np.uint8) for color in (one, other)]
    return float(ratios(*pair)[0])


def pale(window: QWidget) -> list[str]:
    """Return every text of a window, as drawn, whose strokes stay under 7:1 on what lies behind them (3:1 disabled)."""
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    picture = data[:, : image.width() * 3].reshape(image.height(), image.width(), 3)
    found = []
    for widget in visible(window):
        if not _words(widget).strip(" ·~"):
            continue
        rect = in_window(widget, window).intersected(window.rect())
        seen = widget.visibleRegion().boundingRect()
        rect = QRect(rect.left() + seen.left(), rect.top() + seen.top(), seen.width(), seen.height())
        if rect.width() < 8 or rect.height() < 8 or seen.height() < widget.height():
            continue  # scrolled away
        inside = rect.adjusted(3, 3, -3, -3).intersected(window.rect())
        box = picture[inside.top() : inside.bottom() + 1, inside.left() : inside.right() + 1]
        least = 7.0 if widget.isEnabled() else 3.0
        best = _strongest(box)
        # Smoothed strokes never reach their full colour everywhere; the strongest pixel comes within 3 %.
        if best and best < least * 0.97:
            found.append(f"{named(widget)}: {best:.2f}")
    return found


def _words(widget: QWidget) -> str:
    """Return what is drawn in a widget: its text, or the hint in an empty field."""
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText() or widget.placeholderText()
    if isinstance(widget, QLineEdit):
        return widget.text() or widget.placeholderText()
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""


def _strongest(box: np.ndarray) -> float:
    """Return the contrast of the ground of a box with the pixel farthest from it; 0 where nothing is drawn."""
    if not box.size:
        return 0.0
    flat = box.reshape(-1, 3)
    code = flat.astype(np.uint32) @ np.array([65536, 256, 1], np.uint32)
    values, counts = np.unique(code, return_counts=True)
    ground = int(values[counts.argmax()])
    back = np.array([ground >> 16, ground >> 8 & 255, ground & 255], np.uint8)
    best = float(ratios(flat, np.broadcast_to(back, flat.shape)).max())
    return best if best > 1.2 else 0.0
