"""The one crossing from worker threads into Qt."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from audio.events import CallEvent, LagChanged, LevelsMeasured, TranscriptFinal, TranscriptPartial

Subscribe = Callable[[type[CallEvent], Callable[[CallEvent], None]], Callable[[], None]]
"""Ask for events of a class; returns how to stop."""

REPAINT_MS: Final = 50
"""At most 20 batches a second."""


class Bridge(QObject):
    """Collects events from any thread and hands them to Qt in batches, at most 20 a second.

    Of partials (by utterance), levels (by channel) and lag only the latest survives until the next batch;
    everything else arrives once and in order.
    """

    batch = Signal(object)
    """tuple[CallEvent, ...], main thread."""
    _wake = Signal()

    def __init__(self, subscribe: Subscribe, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._waiting: dict[object, CallEvent] = {}
        self._count = 0
        self._awake = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REPAINT_MS)
        self._timer.timeout.connect(self._flush)
        self._wake.connect(self._schedule, Qt.ConnectionType.QueuedConnection)
        self._stop = subscribe(CallEvent, self._receive)

    def close(self) -> None:
        """Stop listening. Main thread."""
        self._stop()
        self._timer.stop()

    def _receive(self, event: CallEvent) -> None:
        """Queue one event. Any thread; never blocks on Qt."""
        with self._lock:
            key = self._key(event)
            self._waiting.pop(key, None)
            if isinstance(event, TranscriptFinal):
                self._waiting.pop(("partial", event.call_id, event.utterance), None)
            self._waiting[key] = event
            wake = not self._awake
            self._awake = True
        if wake:
            self._wake.emit()

    def _key(self, event: CallEvent) -> object:
        match event:
            case TranscriptPartial():
                return ("partial", event.call_id, event.utterance)
            case LevelsMeasured():
                return ("levels", event.levels.channel)
            case LagChanged():
                return "lag"
        self._count += 1
        return self._count

    @Slot()
    def _schedule(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _flush(self) -> None:
        with self._lock:
            events = tuple(self._waiting.values())
            self._waiting.clear()
            self._awake = False
        if events:
            self.batch.emit(events)
