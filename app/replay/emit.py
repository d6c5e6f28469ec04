"""Re-emits the stored events of a call in the order they were stored, without a window."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from app import event_codec
from app.bus import EventBus
from app.replay.model import StoredEvent
from app.session_masking import masked_objects

_NS: Final = 1_000_000_000

Wait = Callable[[float], None]
"""Waits some seconds."""


def emit(
    stored: Sequence[StoredEvent],
    publish: Callable[[StoredEvent], None],
    wait: Wait,
    from_s: float = 0.0,
    speed: float = 0.0,
) -> None:
    """Hand out events in the order they were stored.

    Args:
        stored: As they were stored.
        publish: Takes each.
        wait: Waits between them.
        from_s: Events before this second of the call are left out.
        speed: 1 waits as long as the call did, 2 half as long; 0 not at all.
    """
    at_ns = round(from_s * _NS)
    for one in stored:
        if one.event.t_ns < from_s * _NS:
            continue
        if speed and one.event.t_ns > at_ns:
            wait((one.event.t_ns - at_ns) / _NS / speed)
        at_ns = max(at_ns, one.event.t_ns)
        publish(one)


def onto(bus: EventBus, call_id: str) -> Callable[[StoredEvent], None]:
    """Return what publishes stored events under the numbers they were stored with."""
    bus.begin(call_id)
    return lambda one: bus.publish(one.event)


def masked(stored: Sequence[StoredEvent]) -> Iterator[StoredEvent]:
    """Yield the same lines with personal data covered, also what was said over several turns."""
    values = masked_objects([json.loads(one.body) for one in stored])
    for value in values:
        yield StoredEvent(event_codec.from_object(value), json.dumps(value, ensure_ascii=False, separators=(",", ":")))
