"""A saved call as it is loaded for replay, whether from the own store or from a package."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from audio.events import CallEvent
from audio.ports import Recording
from ui.replay.ports import RecordVersion, ReplayFacts, SilentStretch


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """One line of a call's log."""

    event: CallEvent
    body: str
    """The JSON line as it was stored, byte for byte in UTF-8."""


@dataclass(frozen=True, slots=True)
class LoadedCall:
    """Everything that replay needs of one call."""

    facts: ReplayFacts
    stored: tuple[StoredEvent, ...]
    """In the order they were stored."""
    versions: tuple[RecordVersion, ...]
    sound: Recording | None
    """None: no sound was recorded, or it is gone."""
    unreadable: Callable[[], Sequence[SilentStretch]] = field(default=lambda: ())
    """What of the sound cannot be read or is not there; may read all of it. What the log tells of (lost, paused) and
    an end that is missing are found by replay itself."""
    check: Callable[[], None] = field(default=lambda: None)
    """Raises Fault where the call is gone or may no longer be open."""
    revealed: Callable[[], None] = field(default=lambda: None)
    """Logs that hidden numbers are shown."""
    close: Callable[[], None] = field(default=lambda: None)
