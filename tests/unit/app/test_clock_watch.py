"""A wall clock that jumps is told; nothing that is measured hangs on it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.clock_watch import ClockWatch, behind

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Clocks:
    def __init__(self) -> None:
        self.wall = NOON
        self.ns = 0

    def pass_s(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.ns += int(seconds * 1e9)

    def watch(self) -> ClockWatch:
        return ClockWatch(lambda: self.wall, lambda: self.ns)


@pytest.mark.parametrize(("hours", "code"), [(1, "call.clock_ahead"), (-1, "call.clock_back")])
def test_an_hour_forth_or_back_is_told_once(hours: int, code: str) -> None:
    clocks = Clocks()
    watch = clocks.watch()
    clocks.pass_s(600)
    assert watch.look() is None
    clocks.wall += timedelta(hours=hours)
    told = watch.look()
    assert told is not None
    assert (told.code, told.params["minutes"]) == (code, 60)
    clocks.pass_s(600)
    assert watch.look() is None


def test_a_correction_of_seconds_is_nothing() -> None:
    clocks = Clocks()
    watch = clocks.watch()
    clocks.wall += timedelta(seconds=20)
    assert watch.look() is None


@pytest.mark.parametrize(
    ("now", "newest", "is_wrong"),
    [
        (NOON, "", False),
        (NOON, "2026-11-22T21:00:30+09:00", False),
        (NOON, "2026-11-22T22:00:00+09:00", True),
        (NOON - timedelta(hours=1), "2026-11-22T11:30:00+00:00", True),
        (datetime(1970, 1, 1, tzinfo=UTC), "", True),
    ],
)
def test_a_clock_before_the_newest_call_or_in_1970_is_told_at_the_start(
    now: datetime, newest: str, is_wrong: bool
) -> None:
    told = behind(now, newest)
    assert (told is not None) is is_wrong
    assert told is None or told.code == "call.clock_wrong"
