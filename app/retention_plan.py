"""What goes when: a pure function of what is kept, the site's periods and the clock.

No law gives periods for these records; the site does (``retention`` in the settings). A period is counted in whole
days from when the record was made, plus :data:`GRACE` for clocks that were an hour off. Nothing goes early because a
clock was wrong: an age counts only where the clock could be believed when the record was first seen (:func:`birth`),
and a clock that jumped is believed on the second day only (:func:`judge`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from app.settings import RetentionSettings

GRACE: Final = timedelta(hours=2)
JUMP: Final = timedelta(days=7)
"""A clock further ahead of the last time that was believed is doubted first: a long holiday costs a day's delay."""
SECOND_DAY: Final = timedelta(hours=20)
FLOOR: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""No record of this program is older."""


class Kind(StrEnum):
    """Kinds of record that have a period of their own."""

    SOUND = "sound"
    TRANSCRIPT = "transcript"
    RECORDS = "records"
    DRAFTS = "drafts"
    NOTES = "notes"
    LEARNING = "learning"
    INCIDENTS = "incidents"
    BACKUPS = "backups"
    LOGS = "logs"


OF_CALLS: Final = (Kind.SOUND, Kind.TRANSCRIPT, Kind.RECORDS, Kind.DRAFTS)
"""Kinds that hang on a call; an item's ``ident`` is then the call's id."""
OF_SHIFT: Final = frozenset({*OF_CALLS, Kind.LEARNING, Kind.BACKUPS})
"""Kinds of which nothing outlives the shift in the mode for home workers. The others hold no content of a call, or
are covered and made to be handed over."""


class Exempt(StrEnum):
    """Why something stays whatever its age."""

    HELD = "held"
    """Legal hold: evidence."""
    OPEN = "open"
    """The call is going on, or is open on the desk, or is being reviewed."""
    UNMADE = "unmade"
    """Handed over, and its evidence is not sealed yet."""
    DRAWN = "drawn"
    """Drawn for quality assurance and not fetched by the trainers yet."""
    UNSENT = "unsent"
    """A sealed pack that nobody has received yet."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is kept."""

    kind: Kind
    ident: str
    """Id of the call, note or pack, hash of a learned row, or name of a file."""
    claimed: datetime
    """When it was made, as it says itself."""
    born: datetime | None = None
    """When it was first seen by a clock that was believed; None: not yet."""
    exempt: Exempt | None = None
    size: int = 0
    """Bytes, about."""

    @property
    def family(self) -> str:
        """What births are counted by: the parts of a call are as old as the call."""
        return "call" if self.kind in OF_CALLS else self.kind.value


@dataclass(frozen=True, slots=True)
class ClockState:
    """What is remembered of the clock between runs."""

    latest: datetime | None = None
    """The last time that was believed."""
    doubted: datetime | None = None
    """When a jump was first met that is not believed yet."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether the clock may be used to delete."""

    believed: bool
    state: ClockState
    """To be remembered."""


def judge(state: ClockState, newest: datetime | None, now: datetime) -> Judged:
    """Return whether ``now`` can be believed.

    Args:
        state: What the last run left.
        newest: Time of the newest record, for the first run of all; None where there is none.
        now: The clock, with zone.
    """
    anchor = state.latest or newest
    if anchor is None or (anchor - GRACE <= now <= anchor + JUMP):
        latest = now if state.latest is None else max(state.latest, now)
        return Judged(True, ClockState(latest))
    first = state.doubted
    if first is not None and first + SECOND_DAY <= now <= first + JUMP:
        return Judged(True, ClockState(now))
    if first is not None and first <= now < first + SECOND_DAY:
        return Judged(False, state)
    return Judged(False, replace(state, doubted=now))


def birth(claimed: datetime, before: datetime | None, now: datetime) -> datetime:
    """Return the time from which an item counts that is met for the first time.

    Args:
        claimed: What it says itself.
        before: The last time that was believed before now, when it was not there yet; None at the first run of all.
        now: The clock, believed.
    """
    low = FLOOR if before is None else max(FLOOR, before - GRACE)
    return claimed if low <= claimed <= now + GRACE else now


def counts_from(item: Item, now: datetime) -> datetime | None:
    """Return the time an item's period is counted from; None where that is not known yet."""
    if item.born is None:
        return None
    return max(item.born, item.claimed) if item.claimed <= now + GRACE else item.born


def at_shift_end(kind: Kind, policy: RetentionSettings) -> bool:
    """Return whether records of ``kind`` go when the shift ends."""
    return policy.days(kind.value) == 0 or (policy.mode == "shift" and kind in OF_SHIFT)


def goes_at(item: Item, policy: RetentionSettings, now: datetime) -> datetime | None:
    """Return when an item goes by its age; None where that is not known, it is exempt, or it goes with the shift."""
    start = counts_from(item, now)
    if item.exempt or start is None or at_shift_end(item.kind, policy):
        return None
    return start + timedelta(days=policy.days(item.kind.value)) + GRACE


def due(items: Iterable[Item], policy: RetentionSettings, now: datetime) -> tuple[Item, ...]:
    """Return what has reached its age, by a clock that is believed."""
    found = ((item, goes_at(item, policy, now)) for item in items)
    return tuple(item for item, at in found if at is not None and at <= now)


def due_with_shift(
    items: Iterable[Item], policy: RetentionSettings, kept: frozenset[str] = frozenset()
) -> tuple[Item, ...]:
    """Return what goes when a shift ends, whatever the clock says.

    Args:
        items: What is kept.
        policy: The site's periods.
        kept: Calls that somebody has yet to look at.
    """
    return tuple(
        item
        for item in items
        if not item.exempt and at_shift_end(item.kind, policy) and not (item.family == "call" and item.ident in kept)
    )
