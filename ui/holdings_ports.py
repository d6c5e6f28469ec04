"""What the window of holdings asks of the program: what this PC keeps, for how long, and what stays on hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class HeldKind:
    """One kind of record."""

    kind: str
    """``sound``, ``transcript``, ``records``, ``drafts``, ``notes``, ``learning``, ``incidents``, ``backups`` or
    ``logs``."""
    days: int
    """How long it is kept."""
    with_shift: bool
    """It goes when the shift ends."""
    count: int
    size: int
    """Bytes, about."""
    oldest: str = ""
    """When the oldest was made, ISO 8601 with offset; empty where there is none."""
    goes_at: str = ""
    """When the next one goes; empty where that is not known or none goes by its age."""


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One call that is kept."""

    session_id: str
    started_at: str
    """ISO 8601 with offset."""
    source: str
    kinds: tuple[str, ...]
    """Which parts are here: ``sound``, ``transcript``, ``records``, ``drafts``."""
    size: int
    """Bytes, about."""
    goes_at: str = ""
    """When the last part of it goes; empty where that is not known, or it goes with the shift or stays."""
    next_at: str = ""
    """When the first part of it goes."""
    with_shift: bool = False
    """All of it goes when the shift ends."""
    exempt: str = ""
    """Why it stays: ``held``, ``open``, ``unmade`` or ``drawn``; empty where nothing keeps it."""
    reason: str = ""
    """What was given as the reason of a hold; ``escalated`` where handing over set it."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What this PC holds."""

    rows: Sequence[HeldRow] = ()
    """Newest first."""
    kinds: Sequence[HeldKind] = ()
    shift: bool = False
    """The mode for home workers: nothing of a call outlives the shift."""
    by_site: bool = False
    """The centre decided the periods."""
    basis: str = ""
    """Who decided them, in the site's words."""
    clock_doubted: bool = False
    """The clock jumped: nothing goes by its age until a second day confirms it."""
    unsent: int = 0
    """Sealed packs that nobody has received yet."""

    @property
    def ends_with_shift(self) -> bool:
        """Whether anything goes when the shift ends."""
        return any(kind.with_shift for kind in self.kinds)


class HoldingsDesk(Protocol):
    """Tells and deletes. Worker threads, through jobs."""

    def look(self) -> Holdings:
        """Return what this PC holds now. Raises Fault."""
        ...

    def delete(self, session_id: str) -> None:
        """Destroy one call: keys, files, rows. Raises Fault: it is on hold, or going on."""
        ...

    def end_shift(self) -> int:
        """Destroy what goes with the shift; returns how many calls went. Raises Fault."""
        ...

    def export(self, file: Path) -> None:
        """Write the list, without content, as a table. Raises Fault."""
        ...
