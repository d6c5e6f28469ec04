"""The calls that a trainer has open, each in a window of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from ui import parts
from ui.jobs import Job
from ui.qa.ports import CallToRate, QaServices
from ui.qa.ratings_page import RatingsPage
from ui.replay.ports import ReplayCall
from ui.replay.replay_window import ReplayWindow


class ReplayOf(Protocol):
    """Makes the window in which a call is heard and rated, not yet shown."""

    def __call__(self, call: ReplayCall, calibration: str, blind: bool, /) -> QWidget:
        """Return it. ``calibration`` is a session's id or empty; ``blind``: a second rating. Main thread."""
        ...


class OpenCalls(QObject):
    """Opens calls, brings those to the front that are open, and lets go of those that were closed. Main thread."""

    failed = Signal(object)
    closed = Signal()
    """A call's window was closed: it may have been rated."""

    def __init__(self, services: QaServices, replay_of: ReplayOf | None, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._replay_of = replay_of
        self.windows: dict[str, QWidget] = {}
        """By call; those of a calibration session by call and session: their ratings are others."""
        self._opening: set[str] = set()
        self._over = False
        self._tidying = QTimer(self)
        self._tidying.setSingleShot(True)
        self._tidying.timeout.connect(self._tidy)

    def open(self, row: CallToRate, calibration: str) -> None:
        """Open a call with the scorecard beside it; one that is open comes to the front, at an objection there is."""
        call, blind = row.call, row.ratings > 0 and row.own != "submitted"
        key = f"{call} {calibration}" if calibration else call
        self._open(key, lambda: self._services.open_call(call), calibration, blind, objected=row.objected)

    def open_file(self, file: Path) -> None:
        """Open a package that somebody sent: a call that nobody drew, to be heard and, where wanted, rated."""
        self._open(f"file {file}", lambda: self._services.open_file(file), "", blind=False)

    def _open(
        self, key: str, read: Callable[[], ReplayCall], calibration: str, blind: bool, objected: bool = False
    ) -> None:
        if key in self.windows:
            parts.bring(self.windows[key])
            self._to_objection(self.windows[key], objected)
            return
        make = self._replay_of
        if make is None or key in self._opening:
            return
        self._opening.add(key)

        def show(opened: ReplayCall) -> None:
            self._opening.discard(key)
            if self._over:
                opened.close()
                return
            try:
                window = make(opened, calibration, blind)
            except Exception:
                opened.close()
                raise
            self.windows[key] = window
            window.installEventFilter(self)
            window.show()
            self._to_objection(window, objected)

        def failed(error: Exception) -> None:
            self._opening.discard(key)
            self.failed.emit(error)

        Job(self, read).on_success(show).on_failure(failed).start()

    @staticmethod
    def _to_objection(window: QWidget, objected: bool) -> None:
        page = window.findChild(RatingsPage)
        if objected and isinstance(page, RatingsPage) and isinstance(window, ReplayWindow):
            window.show_page(page)
            page.to_objection()

    @Slot()
    def look(self) -> None:
        """Show what came in meanwhile beside the calls that are open."""
        for window in self.windows.values():
            for page in window.findChildren(RatingsPage):
                page.look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Close and watched in self.windows.values():
            self._tidying.start()  # it must outlive its own closing
        return super().eventFilter(watched, event)

    @Slot()
    def _tidy(self) -> None:
        for key, window in tuple(self.windows.items()):
            if not window.isVisible():
                del self.windows[key]
                window.deleteLater()
        self.closed.emit()

    def restyle(self) -> None:
        """Follow the text size and the theme."""
        for window in self.windows.values():
            if isinstance(window, ReplayWindow):
                window.restyle()

    def close_all(self) -> None:
        """Close every window; what is being opened is let go."""
        self._over = True
        for window in tuple(self.windows.values()):
            window.close()
        self._tidying.stop()
