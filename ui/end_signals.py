"""The system asks the program to end (SIGTERM, Ctrl+C): the desk closes in order, in a call too."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Slot

SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGBREAK") if hasattr(signal, name))


class EndSignals(QObject):
    """Wakes Qt's loop when such a signal comes, which Python alone would hear only at its next line. Main thread."""

    def __init__(self, leave: Callable[[], None], parent: QObject | None = None) -> None:
        """Call ``leave`` in the event loop once a signal came. Away from the main thread it hears nothing."""
        super().__init__(parent)
        self._leave = leave
        self._came = False
        self._ours, self._theirs = socket.socketpair()
        for end in (self._ours, self._theirs):
            end.setblocking(False)
        self._before: dict[int, Callable[[int, FrameType | None], object] | int | None] = {}
        self._wake_before = -1
        if threading.current_thread() is threading.main_thread():
            self._wake_before = signal.set_wakeup_fd(self._theirs.fileno(), warn_on_full_buffer=False)
            self._before = {number: signal.signal(number, self._note) for number in SIGNALS}
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)

    def _note(self, _number: int, _frame: object) -> None:
        self._came = True

    @Slot()
    def _woken(self) -> None:
        with suppress(BlockingIOError):
            self._ours.recv(64)
        if self._came:
            self._came = False
            self._leave()

    def close(self) -> None:
        """Hear them as before."""
        self._notifier.setEnabled(False)
        if self._before:
            signal.set_wakeup_fd(self._wake_before)
            for number, handler in self._before.items():
                signal.signal(number, handler)
        self._before = {}
        self._ours.close()
        self._theirs.close()
