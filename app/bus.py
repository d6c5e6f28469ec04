"""Typed publish and subscribe by event class. Free of Qt."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar, cast

from audio.events import CallEvent

E = TypeVar("E", bound=CallEvent)
Handler = Callable[[CallEvent], None]


class EventBus:
    """Numbers events of a call and hands each to whoever asked for its class.

    Thread: :meth:`publish` from any thread; handlers run in the publisher's thread, one event at a time
    and in order of ``seq`` but for what was stored first, so they must only hand off. Subscribe before the call begins.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._call_id = ""
        self._seq = 0
        self._handlers: list[tuple[type[CallEvent], Handler]] = []

    def subscribe(self, kind: type[E], handler: Callable[[E], None]) -> Callable[[], None]:
        """Call ``handler`` for each event of ``kind`` or a subclass; returns how to stop."""
        entry = (kind, cast(Handler, handler))
        with self._lock:
            self._handlers.append(entry)

        def stop() -> None:
            with self._lock:
                if entry in self._handlers:
                    self._handlers.remove(entry)

        return stop

    def begin(self, call_id: str = "") -> None:
        """Start numbering a new call from 1."""
        with self._lock:
            self._call_id = call_id
            self._seq = 0

    def number(self, call_id: str) -> int:
        """Take the next place in the log of the open call, for an event that is stored before it is published.

        Returns:
            0 for another call: its log alone knows the next place.
        """
        with self._lock:
            if not call_id or call_id != self._call_id:
                return 0
            self._seq += 1
            return self._seq

    def publish(self, event: CallEvent) -> None:
        """Number ``event``, where it was not stored under a number already, and hand it out."""
        with self._lock:
            if event.seq:
                numbered = event
                if event.call_id == self._call_id:
                    self._seq = max(self._seq, event.seq)
            else:
                self._seq += 1
                numbered = replace(event, seq=self._seq)
            for kind, handler in tuple(self._handlers):
                if isinstance(numbered, kind):
                    handler(numbered)
