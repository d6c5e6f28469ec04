"""Leads abusive calls to their end on the telephone line: the reason first, then the hand-over or the end.

The rule itself is :mod:`assist.protect.ending`; here its steps are carried out, recorded and told. The pack of evidence
is made at the press, independently of anything that happens (or fails) here.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from app.bus import EventBus
from app.errors import LineFault
from app.line import Line, LineOrder, LineOutcome
from app.notice import notice_of
from assist.events import (
    AbuseSeen,
    CallEnded,
    CrisisSeen,
    EndingMoved,
    EscalationRaised,
    LadderMoved,
    LineActed,
    WarningGiven,
)
from assist.model import EndingStage, LineAction, LineMeans, Script
from assist.protect import ending
from assist.protect.ending import Ending, Step, Todo, Told
from assist.protect.scripts import Scripts
from assist.settings import AssistSettings
from audio.events import CallEvent
from resources.notices import Fault

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class EndingCall:
    """The call whose line it is."""

    id: str
    practice: bool
    """Whether nothing may be done to any line: the counsellor plays every part."""
    now_ns: Callable[[], int]
    scripts: Scripts
    settings: AssistSettings
    said: Callable[[Script], None]
    """Records on the ladder that a sentence was said."""
    hang_up: Callable[[], None]
    """Ends the call in the desk."""


@dataclass(slots=True)
class _Flow:
    """One call's way. Only the ``line`` thread touches it."""

    call: EndingCall
    ending: Ending
    situation: str = ""
    incident: str = ""
    danger: bool = False
    """Whether there were signs of a person in danger."""
    orders: int = 0


class Endings:
    """Carries out what is pressed, one call at a time.

    Threads: public methods from any thread; they only hand off to the thread ``line``, which takes every step and
    publishes. What is done to the line runs on a thread of its own, so a hanging telephone holds nothing up.
    """

    def __init__(self, bus: EventBus, line: Line, clock: Callable[[], float] = time.monotonic) -> None:
        """Listen to the bus and start the thread.

        Args:
            bus: Where what happens is told.
            line: The telephone line.
            clock: Seconds, to tell two presses from one.
        """
        self._bus = bus
        self._line = line
        self._clock = clock
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._flow: _Flow | None = None
        self._thread = threading.Thread(target=self._work, name="line", daemon=True)
        self._thread.start()
        bus.subscribe(CallEvent, self._heard)

    def begin(self, call: EndingCall) -> None:
        """Follow a new call."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="line", daemon=True)
            self._thread.start()
        self._jobs.put(lambda: self._begin(call))

    def act(self, action: LineAction) -> None:
        """Take a press of one of the line's buttons."""
        self._jobs.put(lambda: self._press(action))

    def confirm(self, action: LineAction) -> None:
        """Take the counsellor's confirmation."""
        self._jobs.put(lambda: self._confirm(action))

    def escalated(self, situation: str) -> None:
        """Take the one press, with the situation it names."""
        self._jobs.put(lambda: self._escalated(situation))

    def close(self) -> None:
        """End the thread; what is being done to the line is left to itself."""
        self._jobs.put(None)
        self._thread.join(5.0)

    # -- on the publisher's thread ---------------------------------------------------------------------------

    def _heard(self, event: CallEvent) -> None:
        # Only hand off: steps publish, and what is published in here would overtake the event that caused it.
        if isinstance(event, WarningGiven | CallEnded | EscalationRaised | LadderMoved | AbuseSeen | CrisisSeen):
            self._jobs.put(lambda: self._follow(event))

    # -- on the thread ``line`` ------------------------------------------------------------------------------

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except Exception:
                _log.exception("line stage failed")
                self._notice(LineFault("line.stage_failed"))

    def _begin(self, call: EndingCall) -> None:
        self._flow = _Flow(call, Ending())

    def _follow(self, event: CallEvent) -> None:
        flow = self._flow
        if flow is None or flow.call.id != event.call_id:
            return
        match event:
            case LadderMoved():
                flow.situation = event.state.situation or flow.situation
            case AbuseSeen():
                flow.situation = flow.situation or event.script.situation
            case CrisisSeen():
                flow.danger = True
            case EscalationRaised():
                flow.incident = flow.incident or event.pack_id
            case WarningGiven():
                if flow.ending.asks(LineAction.NOTICE) and event.script.is_final:
                    self._acted(flow, LineAction.NOTICE, LineOutcome(LineMeans.PERSON, True), event.script)
                self._take(flow, *flow.ending.reason_said(event.script))
            case CallEnded():
                self._take(flow, *flow.ending.hung_up())

    def _press(self, action: LineAction) -> None:
        flow = self._flow
        if flow is None:
            self._notice(LineFault("line.call_over"))
            return
        self._take(flow, *flow.ending.press(action, self._told(flow), self._clock()))

    def _escalated(self, situation: str) -> None:
        flow = self._flow
        if flow is not None:
            flow.situation = situation or flow.situation
            if flow.danger and not flow.ending.over:
                # Nobody in danger is told that the call ends unless the counsellor asks for just that.
                self._notice(LineFault("line.person_in_danger"), flow)
                return
            self._take(flow, *flow.ending.escalated(self._told(flow), self._clock()))

    def _confirm(self, action: LineAction) -> None:
        flow = self._flow
        if flow is None:
            self._notice(LineFault("line.call_over"))
            return
        script = flow.ending.state.script if action is LineAction.NOTICE else None
        if flow.ending.asks(action):
            self._acted(flow, action, LineOutcome(LineMeans.PERSON, True), script)
            if script is not None:
                flow.call.said(script)
        self._take(flow, *flow.ending.confirmed(action))

    def _answered(self, flow: _Flow, order: LineOrder, script: Script | None, outcome: LineOutcome) -> None:
        self._acted(flow, order.action, outcome, script)
        if outcome.ok and script is not None:
            flow.call.said(script)
        if outcome.fault is not None:
            self._notice(outcome.fault, flow)
        self._take(flow, *flow.ending.acted(order.action, outcome.ok, outcome.fault.code if outcome.fault else ""))

    def _take(self, flow: _Flow, reached: Ending, step: Step) -> None:
        before, flow.ending = flow.ending.state, reached
        if step.todo is Todo.REFUSE:
            self._notice(LineFault(step.code), flow)
            return
        if step.todo is Todo.ACT:
            self._act(flow)
        elif step.state != before:
            self._tell(flow)
            if step.state.stage is EndingStage.DONE and step.state.action is LineAction.END:
                flow.call.hang_up()

    def _act(self, flow: _Flow) -> None:
        state = flow.ending.state
        assert state.action is not None
        if flow.call.practice or self._line.means(state.action) is LineMeans.PERSON:
            flow.ending, _ = ending.by_person(flow.ending)
            self._tell(flow)
            return
        self._tell(flow)
        flow.orders += 1
        order = LineOrder(
            action=state.action,
            call_id=flow.call.id,
            number=self._line.number,
            text=state.script.text if state.script else "",
            incident=flow.incident,
            count=flow.orders,
        )
        script = state.script if state.action is LineAction.NOTICE else None

        def work() -> None:
            try:
                outcome = self._line.act(order)
            except Exception:
                _log.exception("the line failed")
                outcome = LineOutcome(self._line.means(order.action), False, LineFault("line.stage_failed"))
            self._jobs.put(lambda: self._answered(flow, order, script, outcome))

        threading.Thread(target=work, name=f"line-{order.action}", daemon=True).start()

    def _told(self, flow: _Flow) -> Told:
        settings, now_s = flow.call.settings, flow.call.now_ns() / 1e9
        script = flow.call.scripts.notice_line(
            flow.situation, settings.notice_after_s, settings.limit_s, now_s >= settings.limit_s
        )
        return Told(script, self._line.number, self._line.after_notice)

    def _tell(self, flow: _Flow) -> None:
        self._bus.publish(EndingMoved(call_id=flow.call.id, t_ns=flow.call.now_ns(), state=flow.ending.state))

    def _acted(self, flow: _Flow, action: LineAction, outcome: LineOutcome, script: Script | None) -> None:
        self._bus.publish(
            LineActed(
                call_id=flow.call.id,
                t_ns=flow.call.now_ns(),
                action=action,
                means=outcome.means,
                ok=outcome.ok,
                code=outcome.fault.code if outcome.fault else "",
                ms=outcome.ms,
                script=script,
            )
        )

    def _notice(self, fault: Fault, flow: _Flow | None = None) -> None:
        if flow is None:
            self._bus.publish(notice_of(fault, severity="warning"))
        else:
            self._bus.publish(notice_of(fault, flow.call.id, flow.call.now_ns(), "warning"))
