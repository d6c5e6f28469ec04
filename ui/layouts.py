"""The three layouts of the desk, and where a window stood when it was last in one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

FULL: Final = "full"
DOCKED: Final = "docked"
TWO: Final = "two"
LAYOUTS: Final = (FULL, DOCKED, TWO)
_CAUGHT: Final = 80
"""Pixels of a window's head that must be on a screen for a hand to catch it."""

Places = Mapping[str, tuple[int, ...]]
"""What is remembered, by name: ``full.window`` is a :class:`Place` as numbers, ``full.across`` sizes of a splitter."""


class WindowPlaces(Protocol):
    """Keeps places between runs, of one profile. Main thread, cheap; never raises."""

    def load(self) -> Places:
        """Return what is stored; nothing where nothing is or it cannot be read."""
        ...

    def store(self, places: Places) -> None:
        """Keep ``places``; where that fails the desk does without."""
        ...


class NoPlaces:
    """Forgets at the end."""

    def load(self) -> Places:
        """See :class:`WindowPlaces`."""
        return {}

    def store(self, places: Places) -> None:
        """See :class:`WindowPlaces`."""


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle on the desktop, in pixels."""

    x: int
    y: int
    width: int
    height: int
    maximized: bool = False

    @classmethod
    def of(cls, numbers: Sequence[int]) -> Place | None:
        """Return the place that was stored as ``numbers``; None where they are none."""
        if len(numbers) != 5 or min(numbers[2:4]) <= 0:
            return None
        x, y, width, height, maximized = numbers
        return cls(x, y, width, height, bool(maximized))

    def numbers(self) -> tuple[int, ...]:
        """Return it as it is stored."""
        return self.x, self.y, self.width, self.height, int(self.maximized)


def after(layout: str) -> str:
    """Return the layout that F11 goes to."""
    place = LAYOUTS.index(layout) if layout in LAYOUTS else -1
    return LAYOUTS[(place + 1) % len(LAYOUTS)]


def on_screen(place: Place, screens: Sequence[Place]) -> Place:
    """Return ``place`` as today's screens allow: left where it can be seen and caught, else onto a screen, no larger.

    Args:
        place: Where the window stood.
        screens: Free room of each screen, the main one first; never empty.
    """
    overlaps = [_overlap(place, screen) for screen in screens]
    best = max(range(len(screens)), key=lambda index: overlaps[index][0] * overlaps[index][1])
    screen = screens[best] if min(overlaps[best]) > 0 else screens[0]
    width, height = min(place.width, screen.width), min(place.height, screen.height)
    seen_x, seen_y = overlaps[best]
    head_in = screen.y <= place.y <= screen.y + screen.height - _CAUGHT
    if (width, height) == (place.width, place.height) and seen_x >= min(_CAUGHT * 2, width) and head_in and seen_y > 0:
        return place
    x = min(max(place.x, screen.x), screen.x + screen.width - width)
    y = min(max(place.y, screen.y), screen.y + screen.height - height)
    return Place(x, y, width, height, place.maximized)


def _overlap(one: Place, other: Place) -> tuple[int, int]:
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return max(0, across), max(0, down)
