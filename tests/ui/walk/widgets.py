"""The visible widgets of a window, and what to call one in a message."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QSplitterHandle,
    QTabBar,
    QTabWidget,
    QTextEdit,
    QWidget,
)

INTERACTIVE = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
)


def visible(window: QWidget) -> Iterator[QWidget]:
    """Yield the window and every widget in it that is shown, parents before children; other windows are left out."""
    yield window
    for child in window.children():
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow():
            yield from visible(child)


def settle(window: QWidget) -> None:
    """Let a window lay itself out until nothing moves, and paint, so that what is shortened has its tooltip."""
    before: list[QRect] = []
    for _ in range(20):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents()
        now = [widget.geometry() for widget in visible(window)]
        if now == before:
            break
        before = now
        window.grab()


def is_inner(widget: QWidget) -> bool:
    """Whether Qt made the widget as a part of another one (the field of a combo box, the viewport of a list)."""
    if widget.objectName().startswith("qt_") or type(widget).__name__ == "QTableCornerButton":
        return True
    parent = widget.parentWidget()
    return (
        isinstance(widget, QHeaderView | QSplitterHandle | QTabWidget)
        or isinstance(parent, QComboBox | QAbstractSpinBox | QLineEdit | QTabBar)
        or (isinstance(parent, QAbstractScrollArea) and widget is parent.viewport())
    )


def controls(window: QWidget) -> list[QWidget]:
    """Return what a person can act on, and what else takes the focus."""
    return [
        widget
        for widget in visible(window)
        if not is_inner(widget)
        and not isinstance(widget, QMainWindow | QDialog)
        and widget is not window
        and (isinstance(widget, INTERACTIVE) or widget.focusPolicy() != Qt.FocusPolicy.NoFocus)
    ]


def named(widget: QWidget) -> str:
    """Return what to call a widget in a message."""
    text = getattr(widget, "text", None)
    words = text() if callable(text) and isinstance(widget, QAbstractButton | QLabel) else ""
    where = widget.parentWidget()
    kind = widget.property("kind") or widget.property("role") or widget.objectName()
    said = widget.accessibleName() or words
    return f"{type(widget).__name__}[{kind or ''}] {said[:40]!r} in {type(where).__name__ if where else '-'}"


def in_window(widget: QWidget, window: QWidget) -> QRect:
    """Return a widget's place in its window, whatever hides it."""
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def cut_by(widget: QWidget, window: QWidget) -> tuple[int, int]:
    """Return how many pixels of the width and the height of a widget no scrolling can bring into view."""
    rect = in_window(widget, window)
    across = down = 0
    scrolls_across = scrolls_down = False
    parent = widget.parentWidget()
    while parent is not None:
        area = parent.parentWidget()
        if isinstance(area, QAbstractScrollArea) and parent is area.viewport():
            scrolls_across |= area.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            scrolls_down |= area.verticalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        box = in_window(parent, window) if parent is not window else window.rect()
        if not scrolls_across:
            across = max(across, rect.right() - box.right(), box.left() - rect.left())
        if not scrolls_down:
            down = max(down, rect.bottom() - box.bottom(), box.top() - rect.top())
        if parent is window:
            break
        parent = parent.parentWidget()
    return across, down
