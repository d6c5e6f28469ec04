"""The way of the focus: Tab reaches all that is shown and enabled, never stays, and always can be seen."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDateTimeEdit, QRadioButton, QScrollArea, QTabBar, QWidget

from tests.ui.walk.contrast import ratios
from tests.ui.walk.widgets import controls, in_window, is_inner, named

MOST_STEPS = 400


def tabbed(window: QWidget) -> tuple[list[QWidget], list[str]]:
    """Press Tab until the focus is back where it was; returns the way and what went wrong."""
    activate(window)
    first = window.focusWidget() or window.nextInFocusChain()
    if first is None or not first.isVisible() or first is window:
        first = next((one for one in controls(window) if one.isEnabled() and _by_tab(one)), None)
    if first is None:
        return [], []
    first.setFocus(Qt.FocusReason.TabFocusReason)
    way: list[QWidget] = []
    now = QApplication.focusWidget()
    for _ in range(MOST_STEPS):
        if now is None or now in way:
            break
        way.append(now)
        after = _tab(now)
        if after is now and len([one for one in controls(window) if one.isEnabled() and _by_tab(one)]) > 1:
            return way, [f"{named(now)}: keeps the Tab key"]
        now = after
    return way, []


def _tab(now: QWidget) -> QWidget | None:
    """Press Tab; in a field for a day Tab goes through year, month and day first."""
    for _ in range(3 if isinstance(now, QDateTimeEdit) else 1):
        QTest.keyClick(now, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is not now:
            break
    return QApplication.focusWidget()


def activate(window: QWidget) -> None:
    """Bring a window to the front, so that its widgets can have the focus."""
    if not window.isActiveWindow():
        window.activateWindow()
        QApplication.processEvents()


def _by_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def unreached(window: QWidget) -> list[str]:
    """Return every control that Tab does not come to, or that keeps it."""
    if window.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus:
        return []
    way, found = tabbed(window)
    reached = set(way)
    for widget in controls(window):
        if not widget.isEnabled() or widget in reached or _has_key(widget, reached):
            continue
        if widget.focusProxy() in reached:
            continue
        found.append(f"{named(widget)}: Tab does not come here")
    return found


def _has_key(widget: QWidget, reached: set[QWidget]) -> bool:
    """Whether the arrows come to a control from its group, or a key of its own presses it."""
    if not isinstance(widget, QAbstractButton):
        return False
    if not widget.shortcut().isEmpty():
        return True
    group = widget.group()
    if group is not None and group.exclusive():
        return any(one in reached for one in group.buttons())
    if isinstance(widget, QRadioButton):
        beside = widget.window().findChildren(QRadioButton)
        return any(one in reached for one in beside)
    return False


def kind(widget: QWidget) -> tuple[object, ...]:
    """Return what the look of a control depends on."""
    checked = isinstance(widget, QAbstractButton) and widget.isChecked()
    base = next(one.__name__ for one in type(widget).__mro__ if one.__module__.startswith("PySide6"))
    return (type(widget).__name__, base, widget.property("kind"), widget.objectName(), checked)


def unseen(window: QWidget, seen: set[tuple[object, ...]]) -> Iterator[str]:
    """Yield every kind of control, not in ``seen`` yet, whose focus cannot be seen.

    It is seen where at least as many pixels as its longer side twice over change by 3:1 or more.
    """
    for widget in controls(window):
        if not (widget.isEnabled() and _by_tab(widget)) or is_inner(widget) or kind(widget) in seen:
            continue
        seen.add(kind(widget))
        activate(window)
        widget.clearFocus()
        QApplication.processEvents()
        before = _picture(widget)
        if widget.visibleRegion().boundingRect().size() != widget.size():
            seen.discard(kind(widget))  # half scrolled away: the next of its kind stands for it
            continue
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if not widget.hasFocus():
            yield f"{named(widget)}: does not take the focus"
            continue
        QApplication.processEvents()
        after = _picture(widget)
        if before.shape != after.shape:
            yield f"{named(widget)}: grows with the focus"
            continue
        changed = int((ratios(before, after) >= 3).sum())
        size = widget.tabRect(widget.currentIndex()).size() if isinstance(widget, QTabBar) else widget.size()
        least = 2 * min(max(size.width(), size.height()), 120)
        if changed < least:
            yield f"{named(widget)}: {changed} pixels change by 3:1, {least} wanted"


def _picture(widget: QWidget) -> np.ndarray:
    """Return a control and three pixels around it as they stand in the window, scrolled into view."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()
    window = widget.window()
    rect = in_window(widget, window).adjusted(-3, -3, 3, 3).intersected(window.rect())
    if rect.isEmpty():
        return np.zeros((1, 1, 3), np.uint8)
    return pixels(window.grab(rect).toImage().convertToFormat(QImage.Format.Format_RGB888))


def pixels(image: QImage) -> np.ndarray:
    """Return a picture as uint8, shape (height, width, 3)."""
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return data[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()
