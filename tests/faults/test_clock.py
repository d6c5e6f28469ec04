"""A wall clock that jumps in mid-call: durations and order stay, nothing is deleted early, the screen says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app import composition
from app.composition import OpenDesk, open_desk
from app.disk_room import DiskRoom
from app.home import Home
from assist.events import CallEnded, TurnUpdated
from resources.notices import sentence

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
MOMENTS = (NOON + timedelta(hours=1), NOON - timedelta(hours=1), datetime(1970, 1, 1, tzinfo=UTC))


class Wall:
    """The PC's clock, set by hand."""

    def __init__(self) -> None:
        self.moment = NOON

    def now(self) -> datetime:
        return self.moment


def practice(desk: OpenDesk, wall: Wall, then: datetime) -> tuple[str, float]:
    """Run a call in whose middle the clock is set; returns its id and length."""
    wall.moment = NOON
    ended: list[CallEnded] = []
    stop = (
        desk.bus.subscribe(TurnUpdated, lambda event: setattr(wall, "moment", then)),
        desk.bus.subscribe(CallEnded, ended.append),
    )
    desk.control.start_practice("parking-report", 1000)
    call = desk.control.call
    assert call is not None
    assert call.ended.wait(60)
    desk.control.close_call()
    desk.flush()
    for one in stop:
        one()
    return call.facts.id, ended[-1].duration_s


@pytest.mark.slow
def test_a_clock_set_in_mid_call_changes_no_length_and_loses_no_call(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOUMI_MODELS", str(tmp_path / "none"))  # practice calls need none
    wall, lengths = Wall(), dict[str, float]()
    monkeypatch.setattr(composition, "wall_clock", wall.now)
    desk = open_desk(Home.from_environment())
    try:
        for moment in MOMENTS:
            call_id, length_s = practice(desk, wall, moment)
            lengths[call_id] = length_s
            row = next(row for row in desk.services.sessions() if row.id == call_id)
            assert row.duration_s == length_s > 10
            assert row.started_at.startswith("2026-11-22T12:00")
            events = desk.services.session_events(call_id)
            assert [event.t_ns for event in events] == sorted(event.t_ns for event in events)
    finally:
        desk.close()
    # It starts in 1970 next time, on a disk that is nearly full: both are said, and nothing is gone.
    monkeypatch.setattr(DiskRoom, "minutes", lambda room: 42)
    again = open_desk(Home.from_environment())
    try:
        assert {row.id: row.duration_s for row in again.services.sessions()} == lengths
        assert sentence("call.clock_wrong", now=MOMENTS[-1].isoformat(timespec="minutes")) in again.notices
        assert sentence("audio.disk_low", minutes=42) in again.notices
    finally:
        again.close()
