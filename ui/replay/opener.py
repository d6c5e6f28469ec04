"""Opens saved calls for replay from any window: each once, whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from assist.events import CallStarted
from assist.model import Script
from audio.events import CallEvent
from ui import parts
from ui.jobs import Job
from ui.replay.ports import ReplayCall, ReplayPlayer
from ui.replay.replay_window import ReplayWindow

Replays = Callable[[str], tuple[ReplayCall, ReplayPlayer]]
"""Opens a saved call by its id, with what plays it. Worker thread; raises Fault."""


class ReplayOpener(QObject):
    """Keeps the replay windows of one desk. Main thread."""

    failed = Signal(object)
    """Exception for the notice line."""

    def __init__(self, replays: Replays, situations: Callable[[], Sequence[Script]], parent: QWidget) -> None:
        """Open calls by ``replays``; the windows belong to ``parent``."""
        super().__init__(parent)
        self._replays, self._situations, self._owner = replays, situations, parent
        self._opening: set[str] = set()
        self.windows: dict[str, ReplayWindow] = {}
        self.beside: Callable[[ReplayWindow, ReplayCall], None] = lambda window, call: None
        """Adds further pages to a window before it is shown."""
        self.busy: Callable[[], bool] = lambda: False
        """Whether a live call would hear what is played."""

    def open(self, session_id: str, start_s: float | None = None, end_s: float | None = None) -> None:
        """Show a call's replay; with ``start_s`` it stands there, with ``end_s`` it plays up to there."""
        window = self.windows.get(session_id)
        if window is not None and isValid(window) and window.isVisible():
            self._stand(window, start_s, end_s)
            return
        if session_id in self._opening:
            return
        self._opening.add(session_id)
        job = Job(self, lambda: self._replays(session_id))
        job.on_success(lambda found: self._show(session_id, found[0], found[1], start_s, end_s))
        job.on_failure(lambda error: self._not_opened(session_id, error)).start()

    def _show(
        self, session_id: str, call: ReplayCall, player: ReplayPlayer, start_s: float | None, end_s: float | None
    ) -> None:
        self._opening.discard(session_id)
        window = ReplayWindow(call, player, self._situations(), self._owner)
        self.beside(window, call)
        window.busy = lambda: self.busy()
        window.closed.connect(lambda: self._closed(session_id))
        self.windows[session_id] = window
        self._stand(window, start_s, end_s)

    def _stand(self, window: ReplayWindow, start_s: float | None, end_s: float | None) -> None:
        parts.bring(window)
        if start_s is not None and end_s is not None:
            window.play_span(start_s, end_s)
        elif start_s is not None:
            window.seek(start_s)

    def _not_opened(self, session_id: str, error: Exception) -> None:
        self._opening.discard(session_id)
        self.failed.emit(error)

    def _closed(self, session_id: str) -> None:
        window = self.windows.pop(session_id, None)
        if window is not None:
            window.deleteLater()

    @Slot(object)
    def follow(self, events: Sequence[CallEvent]) -> None:
        """Let every replay rest where a call begins: it would hear them."""
        if any(isinstance(event, CallStarted) for event in events):
            for window in self.windows.values():
                window.pause()

    def close_all(self) -> None:
        """Close every replay: the desk closes."""
        for window in tuple(self.windows.values()):
            window.close()
