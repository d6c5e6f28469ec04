"""The number of the one who calls, at the desk: typed, pasted or from the telephony program, in a call or before it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from app.caller_lookup import DeskCallers, KnownCaller
from assist.events import CallerKnown, NoticeRaised
from audio.events import CallEvent

HOLD_S = 600.0
"""How long a number given before a call waits for it; after that it is somebody else's call."""


@dataclass(frozen=True, slots=True)
class OnLine:
    """The call a number belongs to."""

    call_id: str
    now_ns: Callable[[], int]


class CallerDesk:
    """Takes numbers and tells who calls. :meth:`take` on a worker thread, the rest from any; nothing else waits.

    The number is gone when :meth:`take` returns: only its keyed hash is remembered.
    """

    def __init__(
        self, callers: DeskCallers, publish: Callable[[CallEvent], None], monotonic: Callable[[], float]
    ) -> None:
        """Join the parts; ``monotonic`` in seconds."""
        self._callers = callers
        self._publish = publish
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._call: OnLine | None = None
        self._practice = False
        self._ended = False
        self._is_known = False
        self._next: tuple[KnownCaller, float] | None = None
        self._asked = 0
        self._told = 0
        self.begun = 0
        """Counts calls. Read on the thread that begins them."""

    def take(self, text: str, after: int | None = None) -> None:
        """Take a number for the open call, or for the next one; empty takes back what waits.

        Publishes CallerKnown, without a call id where no call is open. A practice call is left alone.

        Args:
            text: The number in any shape.
            after: Count of the call it comes after: it is that of the next one, which may have begun meanwhile.

        Raises:
            CallerFault: ``caller.not_a_number``; what was known stays.
        """
        with self._lock:
            if self._practice:
                return
            self._asked += 1
            mine = self._asked
            if not text.strip():
                self._next = None
                return
        known = self._callers.known(text)
        with self._lock:
            if self._practice or mine != self._asked:
                return  # a later number, or a practice call, came while this one was looked up
            # After hang-up a call that knows its caller keeps him: the number is the next one's.
            is_next = (after is not None and after == self.begun) or (self._ended and self._is_known)
            call = None if is_next else self._call
            self._is_known |= call is not None
            self._next = None if call else (known, self._monotonic())
        self._tell(known, call)

    def begin(self, call_id: str, now_ns: Callable[[], int], practice: bool) -> Callable[[], None] | None:
        """Note that a call began; returns work for a worker thread where a number was given before it."""
        with self._lock:
            self.begun += 1
            self._practice, self._ended, self._is_known = practice, False, False
            if practice:
                return None
            self._call = call = OnLine(call_id, now_ns)
            waiting, self._next = self._next, None
            if waiting is None or self._monotonic() - waiting[1] > HOLD_S:
                return None
            self._is_known = True
        return lambda: self._tell(waiting[0], call)

    def ended(self) -> None:
        """Note that the call ended; it is open until it is put away."""
        with self._lock:
            self._ended = True

    def put_away(self) -> None:
        """Note that the call was put away: the next number is for the next call."""
        with self._lock:
            self._call, self._practice = None, False

    def _tell(self, known: KnownCaller, call: OnLine | None) -> None:
        call_id, t_ns = (call.call_id, call.now_ns()) if call else ("", 0)
        if call is not None:
            self._callers.note(call_id, known)
        earlier = self._callers.earlier(known, call_id)
        self._publish(CallerKnown(call_id=call_id, t_ns=t_ns, managed=known.managed, earlier_calls=earlier))
        state = self._callers.state()
        if state.version and not state.current and self._told != state.version:
            self._told = state.version
            params = {"version": str(state.version), "expires": state.expires[:10]}
            self._publish(
                NoticeRaised(call_id=call_id, t_ns=t_ns, code="caller.list_stale", severity="warning", params=params)
            )
