"""What the care for the counsellor asks of the program. ``app.care`` fills it; tests fake it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assist.incident_report import IncidentReport
from audio.events import CallEvent


@dataclass(frozen=True, slots=True)
class CareState:
    """Where the care for the counsellor stands."""

    call_id: str = ""
    """The abusive call it follows; empty where there is nothing to offer."""
    offered_minutes: float = 0.0
    """Rest on offer; 0 where none is, or it was answered."""
    resting: bool = False
    rest_over: bool = False
    """The time is up and the counsellor has not come back yet."""
    left_s: float = 0.0
    quiet: bool = False
    """Working without calls."""
    support_name: str = ""
    support_contact: str = ""
    own_feelings: bool = False
    """Whether the counsellor keeps an own note."""


@dataclass(frozen=True, slots=True)
class ReportPage:
    """An incident report and the call it was drafted from."""

    report: IncidentReport
    events: Sequence[CallEvent]
    saved: bool
    """Whether the counsellor saved it before; False: a fresh draft."""


class Care(Protocol):
    """Looks after the counsellor after an abusive call. Optional: without it the desk offers nothing.

    Main thread and cheap, but for reports and the own note, which are read and written through jobs. What is offered,
    taken or declined comes back as :class:`assist.events.ProtectionGiven`.
    """

    def look(self) -> CareState:
        """Return where it stands; ends a rest whose time is up."""
        ...

    def take_rest(self) -> None:
        """Begin the rest on offer."""
        ...

    def decline_rest(self) -> None:
        """Leave the rest on offer."""
        ...

    def back_to_work(self) -> None:
        """End the rest, early or not."""
        ...

    def show_support(self) -> None:
        """Note that the contact of the support programme was opened."""
        ...

    def quiet_work(self) -> None:
        """Switch to work without calls."""
        ...

    def calls_again(self) -> None:
        """Take calls again."""
        ...

    def put_away(self) -> None:
        """Offer nothing more after this call; an unanswered rest counts as declined."""
        ...

    def set_own_feelings(self, wanted: bool) -> None:
        """Let the counsellor keep an own note, or no longer. Raises Fault."""
        ...

    def report(self, session_id: str) -> ReportPage:
        """Return the saved incident report of a call, else a draft. Raises Fault."""
        ...

    def draft_again(self, session_id: str) -> IncidentReport:
        """Return a fresh draft; what is saved stays until it is saved over. Raises Fault."""
        ...

    def save_report(self, session_id: str, text: str, before: IncidentReport) -> IncidentReport:
        """Store the report as the counsellor leaves it; ``before`` says which turns its lines rest on. Raises Fault."""
        ...

    def own_note(self) -> str:
        """Return the counsellor's own note. Raises Fault."""
        ...

    def keep_own_note(self, text: str) -> None:
        """Store the own note; empty deletes it. It goes nowhere else. Raises Fault."""
        ...
