"""Care for the counsellor after an abusive call: rest, quiet work, support, report, own note. Free of Qt.

What is offered, taken or declined is published as :class:`assist.events.ProtectionGiven` under the call it follows, so
it is stored with that call. Where a rest stands is kept in the personal database and outlives the program.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pydantic import TypeAdapter, ValidationError

from app.bus import EventBus
from app.care_memory import CareMemory
from app.settings import Settings
from app.store_reader import SessionReader
from assist.events import AbuseSeen, CallEnded, CallStarted, EscalationRaised, ProtectionGiven
from assist.incident_report import IncidentReport, draft, edited
from assist.model import REHEARSED, AbuseLabel, Protection
from ui.care_ports import CareState, ReportPage

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Kept:
    """Where the care stands; kept across restarts."""

    call_id: str = ""
    """Call the care follows; empty where none does."""
    began: str = ""
    """Sample 0 of that call, ISO 8601 with offset: the zero of its events' clock."""
    minutes: float = 0.0
    """Rest offered and not answered yet; 0: none."""
    rest_began: str = ""
    rest_minutes: float = 0.0
    """Length of the rest that was taken."""
    rest_over: bool = False
    """Its time is up; the counsellor has not come back yet."""
    quiet: bool = False


_KEPT = TypeAdapter(_Kept)


class CareDesk:
    """Fills :class:`ui.care_ports.Care`.

    Thread: events arrive in any thread; the rest as :class:`ui.care_ports.Care` says. The lock is never held while
    something is published.
    """

    def __init__(
        self,
        memory: CareMemory,
        sessions: SessionReader,
        settings: Callable[[], Settings],
        change: Callable[[Settings], None],
        bus: EventBus,
        now: Callable[[], datetime],
        titles: Mapping[str, str],
        desk: str = "",
    ) -> None:
        """Take up where the last run left off.

        Args:
            memory: What is kept.
            sessions: Saved calls, for reports.
            settings: The settings as they are now.
            change: Stores new settings; raises SettingsFault.
            bus: Where calls are followed and protection is told.
            now: Wall clock with zone.
            titles: Korean title of each situation by id.
            desk: Name of this desk for reports.

        Raises:
            StoreFault: The database cannot be read.
        """
        self._memory = memory
        self._sessions = sessions
        self._settings = settings
        self._change = change
        self._bus = bus
        self._now = now
        self._titles = titles
        self._desk = desk
        self._lock = threading.Lock()
        self._live = self._live_began = ""
        """The call of now and its sample 0."""
        self._abusive = self._ended = False
        self._rehearsed = False
        """Whether the call of now is practice or an exercise: nobody was hard to anybody."""
        self._kept = self._taken_up(memory.state())
        bus.subscribe(CallStarted, self._on_started)
        bus.subscribe(AbuseSeen, self._on_abuse)
        bus.subscribe(EscalationRaised, self._on_escalated)
        bus.subscribe(CallEnded, self._on_ended)

    # -- the call ---------------------------------------------------------------------------------------------

    def _on_started(self, event: CallStarted) -> None:
        with self._lock:
            self._live, self._live_began = event.call_id, event.wall_time
            self._abusive = self._ended = False
            self._rehearsed = event.source in REHEARSED
        self.back_to_work()
        self._set(lambda kept: replace(kept, minutes=0.0) if kept.quiet else _Kept())

    def _on_abuse(self, event: AbuseSeen) -> None:
        if event.finding.label is not AbuseLabel.UNREASONABLE and event.call_id == self._live:
            self._abusive = True

    def _on_escalated(self, event: EscalationRaised) -> None:
        if event.call_id == self._live:
            self._abusive = True
            if self._ended and self._kept.call_id != event.call_id:
                self._offer()

    def _on_ended(self, event: CallEnded) -> None:
        if event.call_id == self._live:
            self._ended = True
            if self._abusive:
                self._offer()

    def _offer(self) -> None:
        if self._rehearsed:
            return
        minutes = self._settings().protection.rest_minutes
        call_id, began = self._live, self._live_began
        self._set(lambda kept: _Kept(call_id, began, minutes, quiet=kept.quiet))
        if minutes:
            self._tell(Protection.REST_OFFERED, minutes)

    # -- what the counsellor does -----------------------------------------------------------------------------

    def look(self) -> CareState:
        """See :class:`ui.care_ports.Care`."""
        kept = self._kept
        left = self._left(kept)
        if kept.rest_began and not kept.rest_over and left <= 0:
            self._set(lambda kept: replace(kept, rest_over=True))
            self._tell(Protection.REST_ENDED, kept.rest_minutes, self._end_of(kept))
            if self._is_old(self._end_of(kept)):
                self._set(lambda kept: _Kept(quiet=kept.quiet))  # another day: nobody waits for the counsellor
            kept = self._kept
        protection = self._settings().protection
        return CareState(
            call_id=kept.call_id,
            offered_minutes=kept.minutes,
            resting=bool(kept.rest_began) and not kept.rest_over,
            rest_over=kept.rest_over,
            left_s=left,
            quiet=kept.quiet,
            support_name=protection.support_name,
            support_contact=protection.support_contact,
            own_feelings=protection.own_feelings,
        )

    def take_rest(self) -> None:
        """See :class:`ui.care_ports.Care`."""
        minutes = self._kept.minutes
        if minutes:
            began = self._now().isoformat()
            self._set(lambda kept: replace(kept, minutes=0.0, rest_began=began, rest_minutes=minutes, rest_over=False))
            self._tell(Protection.REST_TAKEN, minutes)

    def decline_rest(self) -> None:
        """See :class:`ui.care_ports.Care`."""
        minutes = self._kept.minutes
        if minutes:
            self._set(lambda kept: replace(kept, minutes=0.0))
            self._tell(Protection.REST_DECLINED, minutes)

    def back_to_work(self) -> None:
        """See :class:`ui.care_ports.Care`."""
        kept = self._kept
        if not kept.rest_began:
            return
        if not kept.rest_over:
            rested = max(0.0, kept.rest_minutes - self._left(kept) / 60)
            self._tell(Protection.REST_ENDED, round(rested, 1))
        self._set(lambda kept: replace(kept, rest_began="", rest_minutes=0.0, rest_over=False))

    def show_support(self) -> None:
        """See :class:`ui.care_ports.Care`."""
        self._tell(Protection.SUPPORT_SHOWN)

    def quiet_work(self) -> None:
        """See :class:`ui.care_ports.Care`."""
        if not self._kept.quiet:
            self.back_to_work()
            self._set(lambda kept: replace(kept, quiet=True))
            self._tell(Protection.QUIET_WORK)

    def calls_again(self) -> None:
        """See :class:`ui.care_ports.Care`."""
        if self._kept.quiet:
            self._tell(Protection.CALLS_AGAIN)
            self._set(lambda kept: replace(kept, quiet=False))

    def put_away(self) -> None:
        """See :class:`ui.care_ports.Care`."""
        self.decline_rest()
        if not self._kept.rest_began:
            self._set(lambda kept: replace(kept, call_id="") if not kept.quiet else kept)

    def set_own_feelings(self, wanted: bool) -> None:
        """See :class:`ui.care_ports.Care`."""
        settings = self._settings()
        protection = settings.protection.model_copy(update={"own_feelings": wanted})
        self._change(settings.model_copy(update={"protection": protection}))

    # -- on worker threads ------------------------------------------------------------------------------------

    def report(self, session_id: str) -> ReportPage:
        """See :class:`ui.care_ports.Care`."""
        events = self._sessions.events(session_id)
        saved = self._memory.report(session_id)
        return ReportPage(saved or draft(events, self._desk, self._titles), events, saved is not None)

    def draft_again(self, session_id: str) -> IncidentReport:
        """See :class:`ui.care_ports.Care`."""
        return draft(self._sessions.events(session_id), self._desk, self._titles)

    def save_report(self, session_id: str, text: str, before: IncidentReport) -> IncidentReport:
        """See :class:`ui.care_ports.Care`."""
        report = edited(text, before)
        self._memory.keep_report(session_id, report)
        return report

    def own_note(self) -> str:
        """See :class:`ui.care_ports.Care`."""
        return self._memory.own_note()

    def keep_own_note(self, text: str) -> None:
        """See :class:`ui.care_ports.Care`."""
        self._memory.keep_own_note(text)

    # -- parts ------------------------------------------------------------------------------------------------

    def _set(self, step: Callable[[_Kept], _Kept]) -> None:
        with self._lock:
            before = self._kept
            self._kept = step(before)
            if self._kept != before:
                self._memory.keep_state(_KEPT.dump_json(self._kept).decode())

    def _left(self, kept: _Kept) -> float:
        """Return the seconds of rest left; a clock set back never makes it longer than it was."""
        if not kept.rest_began or kept.rest_over:
            return 0.0
        left = (self._end_of(kept) - self._now()).total_seconds()
        return min(max(0.0, left), kept.rest_minutes * 60)

    def _end_of(self, kept: _Kept) -> datetime:
        return datetime.fromisoformat(kept.rest_began) + timedelta(minutes=kept.rest_minutes)

    def _tell(self, protection: Protection, minutes: float = 0.0, at: datetime | None = None) -> None:
        kept = self._kept
        if not kept.call_id:
            return
        since = (at or self._now()) - datetime.fromisoformat(kept.began)
        t_ns = max(0, int(since.total_seconds() * 1e9))
        self._bus.publish(
            ProtectionGiven(call_id=kept.call_id, t_ns=t_ns, protection=protection, minutes=minutes),
        )

    def _taken_up(self, text: str) -> _Kept:
        try:
            kept = _KEPT.validate_json(text) if text else _Kept()
            began = datetime.fromisoformat(kept.began) if kept.call_id else None
        except (ValidationError, ValueError):
            _log.warning("the kept care cannot be read")
            return _Kept()
        if began is not None and self._is_old(began) and not kept.quiet and not kept.rest_began:
            return _Kept()  # yesterday's offer is no offer
        return kept

    def _is_old(self, when: datetime) -> bool:
        return when.astimezone().date() != self._now().astimezone().date()
