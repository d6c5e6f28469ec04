"""A saved call as replay loads it, made of events."""

from __future__ import annotations

from collections.abc import Sequence

from app import event_codec
from app.replay.model import LoadedCall, StoredEvent
from app.replay.source import versions
from assist.events import CallEnded
from audio.events import CallEvent
from audio.ports import Recording
from ui.replay.ports import ReplayFacts


def loaded(
    events: Sequence[CallEvent], sound: Recording | None = None, ident: str = "call", sound_s: float = 0.0
) -> LoadedCall:
    """Return the events of a call as they would be loaded from the own store."""
    ended = next((event.duration_s for event in events if isinstance(event, CallEnded)), 0.0)
    facts = ReplayFacts(ident, "연습", "2026-11-22T10:00:00+09:00", ended, "practice", sound_s)
    stored = tuple(StoredEvent(event, event_codec.encode(event)) for event in events)
    return LoadedCall(facts, stored, versions(events), sound)
