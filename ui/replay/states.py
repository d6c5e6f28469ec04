"""The state of a call's view at any position of its log. Plain Python, main thread."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from copy import copy
from dataclasses import fields
from typing import Final

from assist.events import CardsShown, DraftReady, TurnUpdated
from audio.events import CallEvent
from ui.call_view_state import CallViewState, Part

EVERY: Final = 128
"""Events between two kept states."""


class ReplayStates:
    """Walks the log: forward by taking events in, backward and far ahead from kept copies.

    A kept copy costs about as much as the lines said so far; a call of 3,000 events keeps some twenty.
    """

    def __init__(self, events: Sequence[CallEvent], duration_s: float) -> None:
        """Stand before the first event. At ``duration_s`` the whole log counts, the wrap-up too."""
        self._events = tuple(events)
        self._duration_s = duration_s
        self._times: list[int] = []
        newest = 0
        for event in self._events:
            newest = max(newest, event.t_ns)
            self._times.append(newest)
        self.tells_shown = any(isinstance(event, CardsShown) for event in self._events)
        """Whether the log tells what stood on the screen; older logs do not."""
        self.tells_draft = not any(isinstance(event, TurnUpdated) for event in self._events) or any(
            isinstance(event, DraftReady) and not event.final for event in self._events
        )
        """Whether the log tells how the record grew, as far as there was anything to grow of; older logs do not."""
        self._kept: list[tuple[int, CallViewState]] = [(0, CallViewState())]
        self.state = CallViewState()
        self.taken = 0
        """Events taken in."""

    def count_at(self, at_s: float) -> int:
        """Return how many events had happened by a position."""
        if at_s >= self._duration_s - 1e-6:
            return len(self._events)
        return bisect_right(self._times, int(at_s * 1e9))

    def go(self, at_s: float) -> set[Part] | None:
        """Stand at a position; returns what changed in :attr:`state`, None where it is another state now."""
        goal = self.count_at(at_s)
        start, kept = self._kept[bisect_left(self._kept, goal + 1, key=lambda one: one[0]) - 1]
        jumps = goal < self.taken or start > self.taken + EVERY
        if jumps:
            self.state, self.taken = copied(kept), start
        changed: set[Part] = set()
        while self.taken < goal:
            changed |= self.state.apply(self._events[self.taken])
            self.taken += 1
            if self.taken % EVERY == 0 and self.taken > self._kept[-1][0]:
                self._kept.append((self.taken, copied(self.state)))
        return None if jumps else changed


def copied(state: CallViewState) -> CallViewState:
    """Return a state that goes its own way from here."""
    made = copy(state)
    for one in fields(state):
        value = getattr(state, one.name)
        if isinstance(value, (list, dict, set)):
            setattr(made, one.name, value.copy())
    made.lines = [copy(line) for line in state.lines]
    return made
