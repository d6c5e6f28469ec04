"""What the windows show of the protection in a call: what was seen, what to say, what became of the press."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from assist.events import (
    AbuseSeen,
    BehaviourSeen,
    CallerKnown,
    CrisisSeen,
    DeliveryChanged,
    EndingMoved,
    EscalationRaised,
    HandoverNoted,
    LadderMoved,
    LineActed,
    WarningGiven,
    WelfareCentreFound,
)
from assist.model import CrisisKind, Delivery, EndingStage, EndingState, LadderState, LadderWhy, LineAction, Script
from audio.events import CallEvent


@dataclass(frozen=True, slots=True)
class Escalation:
    """The call's hand-over to the dedicated team."""

    pack_id: str
    delivery: Delivery
    at_s: float
    situation: str


@dataclass(slots=True)
class ProtectionState:
    """The protective half of a call's view. Plain Python, main thread."""

    abuse: AbuseSeen | None = None
    warnings_given: int = 0
    warnings_allowed: int = 0
    crisis: list[CrisisSeen] = field(default_factory=list)
    handovers: dict[CrisisKind, HandoverNoted] = field(default_factory=dict)
    """The newest handover note of each danger."""
    centre: WelfareCentreFound | None = None
    behaviour: BehaviourSeen | None = None
    caller: CallerKnown | None = None
    ladder: LadderState = field(default_factory=LadderState)
    ending: EndingState = field(default_factory=EndingState)
    acts: dict[LineAction, LineActed] = field(default_factory=dict)
    """What was done last to the line, by kind."""
    escalation: Escalation | None = None

    def protect(self, event: CallEvent) -> bool | None:
        """Take one event in.

        Returns:
            Whether it changed what became of the press (else it changed what to say); None where nothing changed.
        """
        match event:
            case EscalationRaised():
                if self.escalation is None:
                    at_s = event.t_ns / 1e9
                    self.escalation = Escalation(event.pack_id, event.delivery, at_s, event.reason.situation)
                return True
            case DeliveryChanged():
                if self.escalation is None or self.escalation.pack_id != event.pack_id:
                    return None
                self.escalation = replace(self.escalation, delivery=event.delivery)
                return True
        return False if self._see(event) else None

    def _see(self, event: CallEvent) -> bool:
        match event:
            case AbuseSeen():
                self.abuse = event
                self.warnings_given, self.warnings_allowed = event.warnings_given, event.warnings_allowed
            case WarningGiven():
                self.warnings_given = event.count
            case LadderMoved():
                self.ladder = event.state
                self.warnings_given = event.state.warnings_given
                self.warnings_allowed = event.state.warnings_allowed
            case CrisisSeen():
                self.crisis = [c for c in self.crisis if c.finding.kind is not event.finding.kind] + [event]
            case HandoverNoted():
                self.handovers[event.kind] = event
            case WelfareCentreFound():
                self.centre = event
            case BehaviourSeen():
                self.behaviour = event
            case CallerKnown():
                self.caller = event
            case EndingMoved():
                self.ending = event.state
            case LineActed():
                self.acts[event.action] = event
            case _:
                return False
        return True

    @property
    def next_line(self) -> Script | None:
        """The sentence to say next; None where there is none."""
        if self.ending.stage is EndingStage.NOTICE and self.ending.script is not None:
            return self.ending.script
        if self.ladder.why is not LadderWhy.NOTHING:
            return self.ladder.next
        # Calls saved before the ladder spoke for itself.
        if self.abuse is not None:
            return self.abuse.script
        return self.behaviour.script if self.behaviour is not None else None
