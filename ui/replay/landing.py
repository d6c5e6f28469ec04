"""Where the focus goes in a page beside the replay, when somebody asks for the page by a key."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget, QWidget


@runtime_checkable
class Landing(Protocol):
    """A page that knows where its work begins."""

    def landing(self) -> QWidget:
        """Return what takes the focus. Main thread."""
        ...


def focus_page(pages: QTabWidget) -> None:
    """Put the focus into the page in view: where it says, else on the first that takes it, else on its name above.

    A focus that is in the page already stays.
    """
    page = pages.currentWidget()
    if page is None:
        return
    window = page.window()
    now = window.focusWidget() if window is not None else None
    if now is not None and page.isAncestorOf(now):
        return
    if isinstance(page, Landing):
        page.landing().setFocus(Qt.FocusReason.ShortcutFocusReason)
        return
    one = page.nextInFocusChain()
    while one is not None and one is not page:
        by_tab = one.focusPolicy() & Qt.FocusPolicy.TabFocus
        if by_tab and page.isAncestorOf(one) and one.isVisibleTo(page) and one.isEnabledTo(page):
            one.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        one = one.nextInFocusChain()
    pages.tabBar().setFocus(Qt.FocusReason.ShortcutFocusReason)
