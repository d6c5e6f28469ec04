"""The life of the application: begun before its first window is made, ended when that is closed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtWidgets import QApplication, QWidget

from ui import collecting
from ui.notices import NoticeLine
from ui.single_window import DeskSocket


class FirstWindow(Protocol):
    """What the window of a role has."""

    notices: NoticeLine

    def show(self) -> None: ...


def application() -> QApplication:
    """Return the application, begun where it is not running yet. Main thread.

    Raises:
        RuntimeError: One without windows runs in this process.
    """
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise RuntimeError("an application with windows is needed")
    app.setApplicationName("doumi")
    return app


def stay(build: Callable[[], FirstWindow], *, notices: Sequence[str] = (), socket_name: str = "") -> int:
    """Open a window and stay until it is closed; returns Qt's exit code. Main thread.

    Args:
        build: Dresses the application and returns the window.
        notices: Sentences to show at the start.
        socket_name: Local socket on which a second start asks for the window; or empty.
    """
    app = application()
    window = build()
    if socket_name and isinstance(window, QWidget):
        DeskSocket(socket_name, window)
    window.show()
    for notice in notices:
        window.notices.say(notice, "info")
    with collecting.on_main_thread():
        return app.exec()
