"""What the windows ask of the program about counsellor profiles. ``app.profile_access`` fills it; tests fake it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One profile as a list shows it."""

    id: str
    name: str
    """Empty for a default profile that was never named."""
    role: str
    """``counsellor``, ``trainer`` or ``team``."""
    has_pin: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """A profile that was opened."""

    id: str
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LockRule:
    """When an idle desk is locked."""

    minutes: float
    """Without input; 0: never."""
    in_call: bool
    """Whether during a call too."""


class ProfileDoors(Protocol):
    """The profiles of this PC, before one is open."""

    def rows(self) -> Sequence[ProfileRow]:
        """Return the profiles. Cheap; raises Fault."""
        ...

    def unlock(self, ident: str, pin: str) -> None:
        """Check a PIN. Takes some tenths of a second: on a worker thread.

        Raises:
            resources.notices.Fault: It is not the PIN, it was tried too often, or the key cannot be had.
        """
        ...


class OpenProfile(Protocol):
    """The profile whose desk is open."""

    @property
    def row(self) -> ProfileRow:
        """Its name, role and whether it has a PIN. Cheap."""
        ...

    def check(self, pin: str) -> None:
        """Check its PIN; as :meth:`ProfileDoors.unlock`."""
        ...

    def set_pin(self, old: str, new: str) -> None:
        """Change its PIN, or take it away with an empty one. On a worker thread. Raises Fault."""
        ...

    def lock_rule(self) -> LockRule:
        """Return when an idle desk is locked. Cheap."""
        ...

    def ask_switch(self) -> None:
        """Ask that another profile be opened once the window is closed."""
        ...
