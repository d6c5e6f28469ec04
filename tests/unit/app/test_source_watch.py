"""What goes wrong with the sound is told once, on the right side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from app.clock_watch import ClockWatch
from app.disk_room import DiskRoom
from app.source_watch import LOOK_NS, SourceWatch
from assist.events import NoticeRaised
from audio.errors import AudioFault
from audio.events import AudioGap, CallEvent, DeviceStateChanged, EngineRestarted, LevelsMeasured, SideMeasured
from audio.journal import SLOT_BYTES
from audio.model import AudioBlock, Channel, DeviceHealth, Pcm, SideFacts, Span


class Source:
    channels = (Channel.AGENT, Channel.CALLER)
    warning: AudioFault | None = None

    def __init__(self) -> None:
        self.state = dict.fromkeys(Channel, DeviceHealth.OK)
        self.lost: tuple[Span, ...] = ()
        self.replaced = 0
        self.sides: tuple[SideFacts, ...] = ()

    def blocks(self) -> Iterator[AudioBlock]:
        return iter(())

    def health(self) -> dict[Channel, DeviceHealth]:
        return self.state

    def lost_samples(self) -> int:
        return 0

    def gaps(self) -> tuple[Span, ...]:
        return self.lost

    def restarts(self) -> int:
        return self.replaced

    def facts(self) -> tuple[SideFacts, ...]:
        return self.sides

    def unwritten_s(self) -> float:
        return 0.0

    def close(self) -> None:
        pass


class Recorder:
    notice_code: str | None = None

    def write(self, block: AudioBlock) -> None:
        pass

    def read(self, channel: Channel, start: int, end: int) -> Pcm:
        return np.zeros(0, np.int16)

    def unwritten_s(self) -> float:
        return 0.0

    def close(self) -> None:
        pass


BLOCK = AudioBlock(Channel.CALLER, 0, np.zeros(1600, np.int16))


def test_everything_is_told_once() -> None:
    source, recorder, told = Source(), Recorder(), list[CallEvent]()
    watch = SourceWatch("c", source, recorder, told.append, lambda: 7)
    watch.look(BLOCK)
    assert [type(event) for event in told] == [LevelsMeasured]
    told.clear()
    source.state = {Channel.AGENT: DeviceHealth.UNPLUGGED, Channel.CALLER: DeviceHealth.OK}
    source.lost = (Span(Channel.AGENT, 100, 300),)
    source.replaced = 1
    recorder.notice_code = "audio.disk_full"
    for _ in range(2):
        watch.look(BLOCK)
    events = [event for event in told if not isinstance(event, LevelsMeasured)]
    assert events == [
        DeviceStateChanged(call_id="c", t_ns=7, channel=Channel.AGENT, health=DeviceHealth.UNPLUGGED),
        AudioGap(call_id="c", t_ns=7, channel=Channel.AGENT, start=100, n_samples=200),
        EngineRestarted(call_id="c", t_ns=7, engine="capture", count=1),
        NoticeRaised(call_id="c", t_ns=7, code="audio.disk_full", severity="error", params={}),
    ]


def test_a_gap_of_one_side_does_not_hide_a_later_one_of_the_other() -> None:
    source, told = Source(), list[CallEvent]()
    watch = SourceWatch("c", source, Recorder(), told.append, lambda: 0)
    source.lost = (Span(Channel.CALLER, 0, 10),)
    watch.look(BLOCK)
    source.lost = (Span(Channel.AGENT, 50, 60), Span(Channel.CALLER, 0, 10))
    watch.look(BLOCK)
    assert [(event.channel, event.start) for event in told if isinstance(event, AudioGap)] == [
        (Channel.CALLER, 0),
        (Channel.AGENT, 50),
    ]


def test_what_the_source_warns_of_is_told_once_each_time() -> None:
    source, told = Source(), list[CallEvent]()
    watch = SourceWatch("c", source, Recorder(), told.append, lambda: 3)
    for seconds in (60, 60, 5):
        source.warning = (
            source.warning if seconds == 60 and source.warning else AudioFault("audio.pc_slept", seconds=seconds)
        )
        watch.look(BLOCK)
        watch.warn()
    assert [event for event in told if isinstance(event, NoticeRaised)] == [
        NoticeRaised(call_id="c", t_ns=3, code="audio.pc_slept", severity="warning", params={"seconds": text})
        for text in ("60", "5")
    ]


def test_devices_and_their_drift_are_told_for_the_evidence() -> None:
    source, told = Source(), list[CallEvent]()
    watch = SourceWatch("c", source, Recorder(), told.append, lambda: 3)
    for opened, drift in ((1, 0), (1, 159), (1, 160), (2, 160), (2, 161)):
        source.sides = (SideFacts(Channel.CALLER, "전화", 8_000, opened, drift),)
        watch.look(BLOCK)
    watch.finish()
    watch.finish()
    measured = [event for event in told if isinstance(event, SideMeasured)]
    assert [(event.opened, event.drift_samples) for event in measured] == [(1, 0), (1, 160), (2, 160), (2, 161)]
    assert (measured[0].device, measured[0].rate) == ("전화", 8_000)


def notices(told: list[CallEvent]) -> list[tuple[str, str, dict[str, str]]]:
    return [(event.code, event.severity, event.params) for event in told if isinstance(event, NoticeRaised)]


def test_a_disk_that_takes_sound_again_is_told_as_well() -> None:
    recorder, told = Recorder(), list[CallEvent]()
    watch = SourceWatch("c", Source(), recorder, told.append, lambda: 7)
    for code in (None, "audio.disk_full", "audio.disk_error", None, None):
        recorder.notice_code = code
        watch.look(BLOCK)
    assert notices(told) == [
        ("audio.disk_full", "error", {}),
        ("audio.disk_error", "error", {}),
        ("audio.disk_again", "info", {}),
    ]


def test_a_disk_that_fills_up_is_told_early_and_near_the_end(tmp_path: Path) -> None:
    class Room(DiskRoom):
        left = 1000

        def minutes(self, sides: int = 2) -> int:
            return self.left

    now, told, room = 0, list[CallEvent](), Room(tmp_path)
    watch = SourceWatch("c", Source(), Recorder(), told.append, lambda: now, room, 120)
    for left in (1000, 120, 119, 60, 11, 9, 8, 0):
        now += LOOK_NS
        room.left = left
        watch.look(BLOCK)
        watch.look(BLOCK)
    assert notices(told) == [("audio.disk_low", "warning", {"minutes": text}) for text in ("119", "9")]


def test_room_is_counted_in_minutes_of_both_sides_and_leaves_the_reserve(tmp_path: Path) -> None:
    room = DiskRoom(tmp_path / "not" / "there" / "yet", reserve_mb=16)
    minute = 2 * 60 * SLOT_BYTES
    free = room.free_bytes()
    assert free > 0
    assert abs(room.minutes() - (free - (16 << 20)) // minute) <= 1
    assert DiskRoom(tmp_path, reserve_mb=free >> 19).minutes() == 0


def test_a_clock_that_is_moved_in_mid_call_is_told() -> None:
    wall, now, told = datetime(2026, 11, 22, 12, tzinfo=UTC), 0, list[CallEvent]()
    watch = SourceWatch(
        "c", Source(), Recorder(), told.append, lambda: now, clock=ClockWatch(lambda: wall, lambda: now)
    )
    watch.look(BLOCK)
    now += LOOK_NS
    wall = datetime(1970, 1, 1, tzinfo=UTC)
    watch.look(BLOCK)
    ((code, severity, _),) = notices(told)
    assert (code, severity) == ("call.clock_back", "warning")
