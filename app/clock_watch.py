"""Notices that the PC's wall clock was moved: durations do not care, but times that a person reads do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from sqlite_utils import Database

from resources.notices import Fault

MOVED_S: Final = 60.0
"""From here on it is no mere correction by a time server."""
EARLIEST_YEAR: Final = 2025
"""No call was made before."""


class ClockWatch:
    """Compares the wall clock with the monotonic one. One thread."""

    def __init__(self, wall: Callable[[], datetime], now_ns: Callable[[], int]) -> None:
        """Take the clocks as they stand to each other now.

        Args:
            wall: Wall clock with zone.
            now_ns: Monotonic nanoseconds.
        """
        self._wall = wall
        self._now_ns = now_ns
        self._apart = self._difference()

    def look(self) -> Fault | None:
        """Return the notice that the clock was moved since the last look, or None."""
        apart = self._difference()
        moved = apart - self._apart
        if abs(moved) < MOVED_S:
            return None
        self._apart = apart
        code = "call.clock_ahead" if moved > 0 else "call.clock_back"
        return Fault(code, minutes=max(1, round(abs(moved) / 60)))

    def _difference(self) -> float:
        return self._wall().timestamp() - self._now_ns() / 1e9


def newest_start(db: Database) -> str:
    """Return when the newest saved call began, ISO 8601; empty where there is none."""
    found = db.execute("SELECT started_at FROM sessions ORDER BY rowid DESC LIMIT 1").fetchone()
    return str(found[0]) if found else ""


def behind(now: datetime, newest: str) -> Fault | None:
    """Return the notice that the clock cannot be right, or None.

    Args:
        now: Wall clock with zone.
        newest: ISO 8601 of the newest saved call; empty where there is none.
    """
    if now.year < EARLIEST_YEAR:
        return Fault("call.clock_wrong", now=now.isoformat(timespec="minutes"))
    if newest and (datetime.fromisoformat(newest) - now).total_seconds() > MOVED_S:
        return Fault("call.clock_wrong", now=now.isoformat(timespec="minutes"))
    return None
