"""The care for the counsellor over a real store, bus and settings, and a clock that is turned by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from app.bus import EventBus
from app.care import CareDesk
from app.care_memory import CareMemory
from app.home import Home
from app.settings import ProtectionSettings, Settings
from app.store import Store
from app.store_rows import insert_event
from assist.events import AbuseSeen, CallEnded, CallStarted, EscalationRaised, ProtectionGiven, TurnUpdated
from assist.model import (
    AbuseFinding,
    AbuseLabel,
    Delivery,
    EscalationReason,
    Protection,
    Script,
    Turn,
)
from audio.events import CallEvent
from audio.model import Channel
from kb.model import TextSpan
from tests.helpers.personal import open_store

BEGAN = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
SCRIPT = Script("profanity.warning", "profanity", "계속하시면 상담을 끝낼 수 있습니다.")
TITLES = {"profanity": "욕설"}


def at(seconds: float, call_id: str = "call-1") -> dict[str, Any]:
    return {"call_id": call_id, "t_ns": int(seconds * 1e9)}


def started(call_id: str = "call-1") -> CallStarted:
    return CallStarted(**at(0, call_id), wall_time=BEGAN.isoformat(), source="devices")


def said(index: int, seconds: float, text: str, speaker: Channel = Channel.CALLER) -> TurnUpdated:
    return TurnUpdated(**at(seconds), turn=Turn(index, speaker, seconds, seconds + 2, text))


def abuse(
    seconds: float = 20.0, turn: int = 1, label: AbuseLabel = AbuseLabel.PROFANITY, *spans: TextSpan
) -> AbuseSeen:
    finding = AbuseFinding(label, (label,), 2, spans or (TextSpan(0, 2),))
    return AbuseSeen(**at(seconds), turn=turn, finding=finding, script=SCRIPT, warnings_given=0, warnings_allowed=1)


def handed_over(seconds: float = 40.0) -> EscalationRaised:
    return EscalationRaised(
        **at(seconds), pack_id="01J", reason=EscalationReason("profanity"), delivery=Delivery.WAITING
    )


def ended(seconds: float = 60.0, call_id: str = "call-1") -> CallEnded:
    return CallEnded(**at(seconds, call_id), duration_s=seconds)


@dataclass
class CareRig:
    """A desk's care; ``reopen`` is what a restart does."""

    home: Home
    protection: ProtectionSettings = field(default_factory=ProtectionSettings)
    now: datetime = BEGAN + timedelta(seconds=60)

    def __post_init__(self) -> None:
        self.settings = Settings(protection=self.protection)
        self.open()

    def open(self) -> None:
        self.store: Store = open_store(self.home)
        self.bus = EventBus()
        self.bus.subscribe(CallEvent, self.store.append)
        # As the escalation's own transaction does.
        self.bus.subscribe(EscalationRaised, lambda event: self.store.later(lambda db: insert_event(db, event)))
        memory = CareMemory(self.store, lambda: self.now)
        self.care = CareDesk(
            memory, self.store, lambda: self.settings, self._change, self.bus, lambda: self.now, TITLES, "3번 자리"
        )

    def _change(self, settings: Settings) -> None:
        self.settings = settings

    def reopen(self) -> None:
        self.store.close()
        self.open()

    def call(self, *events: CallEvent, call_id: str = "call-1") -> None:
        """Play a whole call."""
        self.store.begin_session(call_id, BEGAN.isoformat(), "devices", "")
        for event in (started(call_id), *events):
            self.bus.publish(event)

    def given(self, call_id: str = "call-1") -> list[tuple[Protection, float]]:
        """Return what is stored as protection given."""
        events = self.store.events(call_id)
        return [(event.protection, event.minutes) for event in events if isinstance(event, ProtectionGiven)]

    def later(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)
