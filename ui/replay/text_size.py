"""Larger and smaller letters, from a window that keeps no preferences of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QApplication, QWidget

from ui import theme


@runtime_checkable
class KeepsTextSize(Protocol):
    """The desk's window or the trainer's: what is chosen there stays."""

    def resize_text(self, step: int) -> None:
        """Go to the next size (1) or the one before (-1)."""
        ...


def resize_text(window: QWidget, step: int) -> None:
    """Go to the next size (1) or the one before (-1); kept where a window of the program keeps it. Main thread."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    keeper = next((one for one in _others(app, window) if isinstance(one, KeepsTextSize)), None)
    if keeper is not None:
        keeper.resize_text(step)
        return
    now = theme.current()
    theme.apply(app, now.name, theme.next_scale(now.scale, step))


def _others(app: QApplication, window: QWidget) -> Iterator[QWidget]:
    """Yield whom a window belongs to, then the other windows that are shown."""
    one = window.parentWidget()
    while one is not None:
        yield one
        one = one.parentWidget()
    yield from (top for top in app.topLevelWidgets() if top is not window and top.isVisible())
