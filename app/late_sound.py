"""Sound of ended calls that the disk did not take: kept in memory and tried again until it does."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from app.notice import notice_of
from audio.events import CallEvent
from resources.notices import Fault

RETRY_S: Final = 5.0

_log = logging.getLogger(__name__)


class Unwritten(Protocol):
    """A recorder whose call has ended."""

    @property
    def notice_code(self) -> str | None:
        """Code of why the disk does not take the sound, or None when it has it all."""
        ...

    def unwritten_s(self) -> float:
        """Return the seconds that are not on disk."""
        ...

    def close(self) -> None:
        """Try to write what is left."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class _Late:
    call_id: str
    recorder: Unwritten


class LateSound:
    """Tries again in the thread ``late-sound``, which runs only while something waits. Public methods: any thread."""

    def __init__(self, publish: Callable[[CallEvent], None], retry_s: float = RETRY_S) -> None:
        """Keep nothing yet.

        Args:
            publish: The bus; told when a call's sound could be written after all.
            retry_s: Pause between tries, seconds.
        """
        self._publish = publish
        self._retry_s = retry_s
        self._lock = threading.Lock()
        self._late: list[_Late] = []
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def keep(self, call_id: str, recorder: Unwritten) -> None:
        """Take over a closed recorder that could not write everything."""
        with self._lock:
            self._late.append(_Late(call_id, recorder))
            if self._thread is None and not self._stop.is_set():
                self._thread = threading.Thread(target=self._main, name="late-sound", daemon=True)
                self._thread.start()

    def waiting_s(self) -> float:
        """Return the seconds of sound that wait for room, both sides together."""
        with self._lock:
            return sum(late.recorder.unwritten_s() for late in self._late)

    def call_ids(self) -> frozenset[str]:
        """Return the calls whose sound waits."""
        with self._lock:
            return frozenset(late.call_id for late in self._late)

    def close(self) -> float:
        """Try once more and end; returns the seconds that could not be kept."""
        self._stop.set()
        thread = self._thread
        if thread is not None:
            thread.join()
        self._try()
        lost = self.waiting_s()
        if lost:
            _log.error("closed with %.0f seconds of sound unwritten", lost)
        return lost

    def _main(self) -> None:
        while not self._stop.wait(self._retry_s):
            self._try()
            with self._lock:
                if not self._late:
                    self._thread = None
                    return

    def _try(self) -> None:
        with self._lock:
            waiting = tuple(self._late)
        for late in waiting:
            late.recorder.close()
            if late.recorder.notice_code is None:
                with self._lock:
                    self._late.remove(late)
                self._publish(notice_of(Fault("audio.late_sound_kept"), late.call_id, severity="info"))
