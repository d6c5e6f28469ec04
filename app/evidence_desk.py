"""The thread that makes evidence packs: right after a press, when the call has ended, and at the next start."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.errors import StoreFault
from app.escalation import Escalations
from app.evidence import EvidenceMaker
from app.incident_rows import Press
from app.notice import notice_of
from assist.events import EscalationRaised
from audio.events import CallEvent
from audio.ports import Recording
from resources.notices import Fault

RETRY_S: Final = 15.0
"""Pause before a pack is made again that the disk did not take, seconds."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Open:
    call_id: str
    sound: Recording | None
    ended: bool = False


class EvidenceDesk:
    """Takes presses, and makes packs in the thread ``evidence``. Public methods from any thread.

    A press returns when the incident is durable, however long the call is; the pack follows. What the disk does not
    take is tried again until it does: the press itself waits in memory then, the pack as a row of the outbox.
    """

    def __init__(
        self,
        escalations: Escalations,
        maker: EvidenceMaker,
        saved_sound: Callable[[str], Recording],
        publish: Callable[[CallEvent], None],
        on_pack: Callable[[], None],
        retry_s: float = RETRY_S,
    ) -> None:
        """Join the parts; :meth:`start` begins.

        Args:
            escalations: Incidents and sealing.
            maker: Makes the parts; asks :meth:`sound` for recordings.
            saved_sound: The recording of a call as it lies on disk.
            publish: The bus.
            on_pack: Told when a pack is ready to be delivered.
            retry_s: Pause after the disk refused, seconds.
        """
        self._escalations = escalations
        self._maker = maker
        self._saved_sound = saved_sound
        self._publish = publish
        self._on_pack = on_pack
        self._retry_s = retry_s
        self._wake = threading.Event()
        self._lock = threading.Lock()
        self._stop = False
        self._open: _Open | None = None
        self._held: list[Press] = []
        self._told: set[str] = set()
        self._thread = threading.Thread(target=self._main, name="evidence", daemon=True)

    def start(self) -> None:
        """Begin, with what an earlier run left unmade."""
        self._wake.set()
        self._thread.start()

    def close(self, timeout_s: float = 20.0) -> None:
        """Make what is due once more, as far as the disk takes it, and end the thread. The rest waits as rows."""
        self._stop = True
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def call_began(self, call_id: str, sound: Recording | None) -> None:
        """Say that a call is open; ``sound`` is its recording as it grows, None in a practice call."""
        with self._lock:
            self._open = _Open(call_id, sound)

    def call_ended(self, call_id: str) -> None:
        """Say that nothing more will come of a call: recording and words are whole."""
        with self._lock:
            if self._open is not None and self._open.call_id == call_id:
                self._open = _Open(call_id, self._open.sound, ended=True)
        self._wake.set()

    def sound(self, call_id: str) -> Recording:
        """Return the recording of a call: the running one's knows seconds that are not on the disk yet."""
        with self._lock:
            found = self._open
        if found is not None and found.call_id == call_id and found.sound is not None:
            return found.sound
        return self._saved_sound(call_id)

    def press(self, press: Press) -> EscalationRaised:
        """Keep an incident and tell of it; returns when it is durable. Its pack follows.

        Raises:
            StoreFault: ``outbox.press_waits``: the disk does not take it. It is kept in memory and told when it is
                written, which is tried again and again.
        """
        try:
            return self._keep(press)
        except StoreFault as fault:
            with self._lock:
                self._held.append(press)
            self._wake.set()
            raise StoreFault("outbox.press_waits") from fault

    def round(self) -> float | None:
        """Do what is due; returns the seconds until the next try, None when nothing is left."""
        with self._lock:
            held, self._held = self._held, []
        for number, press in enumerate(held):
            try:
                self._keep(press)
            except StoreFault:
                with self._lock:
                    self._held = [*held[number:], *self._held]
                return self._retry_s
        for incident in self._escalations.incomplete():
            if not self._is_open(incident.session_id):
                self._escalations.complete(incident)
        left = False
        for job in self._escalations.unmade():
            try:
                told = self._escalations.fill(job, self._maker.parts(job))
            except Exception as error:  # one pack that cannot be made must not hold the others
                fault = error if isinstance(error, StoreFault) else StoreFault("outbox.pack_waits")
                unforeseen = not isinstance(error, (Fault, OSError))
                _log.warning("a pack is not made yet (%s)", fault.code, exc_info=unforeseen)
                self._escalations.not_made(job, fault)
                if job.pack_id not in self._told:
                    self._told.add(job.pack_id)
                    told_of = StoreFault("outbox.pack_waits")
                    self._publish(notice_of(told_of, job.incident.session_id, severity="warning"))
                left = True
                continue
            self._told.discard(job.pack_id)
            if told is not None:
                self._publish(told)
            self._on_pack()
        return self._retry_s if left else None

    def _keep(self, press: Press) -> EscalationRaised:
        raised = self._escalations.press(press)
        self._publish(raised)
        if not press.practice and (fault := self._escalations.key_fault()) is not None:
            self._publish(notice_of(fault, press.call_id, press.t_ns, "warning"))
        self._wake.set()
        return raised

    def _is_open(self, call_id: str) -> bool:
        with self._lock:
            return self._open is not None and self._open.call_id == call_id and not self._open.ended

    def _main(self) -> None:
        pause: float | None = None
        while True:
            self._wake.wait(pause)
            self._wake.clear()
            last = self._stop
            try:
                pause = self.round()
            except StoreFault as fault:  # the database does not take it: rows and held presses stay
                _log.warning("evidence waits (%s)", fault.code)
                pause = self._retry_s
            except Exception as error:  # a thread's top frame: one pack that fails must not end the others
                _log.error("making evidence failed (%s)", type(error).__name__, exc_info=True)
                pause = self._retry_s
            if last:
                return
