"""Devices that misbehave in mid-call: stuck, drifting, opened anew at another rate, asleep with the PC."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from audio.adapters.resampler import SoxrResampler
from audio.adapters.system_clock import SystemClock
from audio.capture import DeviceSource
from audio.model import SAMPLE_RATE, CallerSide, Channel, DeviceHealth, Pcm
from audio.settings import CaptureSettings
from tests.helpers.clock import FakeClock
from tests.helpers.feeds import FakeFeed, FakeFeeds

OK, STUCK, UNPLUGGED = DeviceHealth.OK, DeviceHealth.STUCK, DeviceHealth.UNPLUGGED
TENTH = SAMPLE_RATE // 10


class Room:
    """A source over two pretended devices that hear the same noise, each in its own way."""

    def __init__(
        self,
        script: Callable[[Room, int], None],
        side: CallerSide = CallerSide.INPUT,
        slept_ns: Callable[[], int] = lambda: 0,
    ) -> None:
        self.clock = FakeClock()
        self.feeds = FakeFeeds(self.clock, lambda number: script(self, number))
        self.settings = CaptureSettings()
        self.source = DeviceSource("mic", "phone", side, self.feeds, SoxrResampler, self.clock, self.settings, slept_ns)
        self.pieces: dict[Channel, list[Pcm]] = {channel: [] for channel in Channel}
        self.healths: list[DeviceHealth] = []
        self.random = np.random.default_rng(120)

    def run(self) -> None:
        for block in self.source.blocks():
            self.pieces[block.channel].append(block.pcm)

    def sound(self, channel: Channel) -> Pcm:
        return np.concatenate([np.zeros(0, np.int16), *self.pieces[channel]])

    def noise(self, frames: int = TENTH, loud: int = 2000) -> Pcm:
        return self.random.integers(-loud, loud, frames).astype(np.int16)

    def deliver(self, device: str, pcm: Pcm | None = None) -> None:
        self.feeds.last(device).deliver(self.noise() if pcm is None else pcm, self.clock.now_ns())

    def open_new(self, rate: int = SAMPLE_RATE) -> None:
        """Open what has been started and not opened yet."""
        for _, _, feed in self.feeds.started:
            if feed.format is None and not feed.closed:
                feed.opened(rate)

    def note(self, channel: Channel = Channel.AGENT) -> None:
        self.healths.append(self.source.health()[channel])


def test_a_device_that_repeats_one_buffer_is_said_to_be_stuck_and_is_opened_again() -> None:
    def script(room: Room, number: int) -> None:
        room.open_new()
        room.deliver("phone")
        first = room.feeds.last("mic") is room.feeds.started[0][2]
        room.deliver("mic", buffer if number >= 20 and first else None)
        room.note()
        if number == 80:
            room.source.close()

    buffer = np.random.default_rng(1).integers(-3000, 3000, TENTH).astype(np.int16)
    room = Room(script)
    room.run()
    assert STUCK in room.healths[28:36]
    assert room.healths[-1] is OK
    assert room.feeds.count("mic") == 2
    assert room.source.restarts() == 1
    agent = room.sound(Channel.AGENT)
    assert abs(len(agent) - len(room.sound(Channel.CALLER))) <= 2 * TENTH
    heard = sum(np.array_equal(agent[at : at + TENTH], buffer) for at in range(len(agent) - TENTH))
    assert 0 < heard <= 11
    (gap,) = room.source.gaps()
    assert gap.channel is Channel.AGENT
    assert not agent[gap.start + 10 : gap.end - 10].any()


def test_a_device_that_stays_stuck_is_told_all_along_and_tried_again_at_leisure() -> None:
    def script(room: Room, number: int) -> None:
        room.open_new()
        room.deliver("phone")
        if not room.feeds.last("mic").closed:
            room.deliver("mic", buffer if number >= 20 else None)
        room.note()
        if number == 220:
            room.source.close()

    buffer = np.random.default_rng(1).integers(-3000, 3000, TENTH).astype(np.int16)
    room = Room(script)
    room.run()
    assert set(room.healths[35:]) == {STUCK}
    assert 5 <= room.feeds.count("mic") <= 12
    assert not room.sound(Channel.AGENT)[40 * TENTH :].any()


@pytest.mark.parametrize("rate", [8000, 16_000, 44_100, 48_000])
@pytest.mark.parametrize("buffer_ms", [4, 10, 23, 64, 200])
def test_any_length_of_a_repeated_buffer_is_found(rate: int, buffer_ms: int) -> None:
    def script(room: Room, number: int) -> None:
        room.open_new(rate)
        room.feeds.last("phone").deliver(room.noise(rate // 10), room.clock.now_ns())
        at = np.arange(number * rate // 10, (number + 1) * rate // 10)
        if not room.feeds.last("mic").closed:
            room.feeds.last("mic").deliver(buffer[at % len(buffer)], room.clock.now_ns())
        room.note()
        if number == 30:
            room.source.close()

    buffer = np.random.default_rng(1).integers(-3000, 3000, rate * buffer_ms // 1000).astype(np.int16)
    room = Room(script)
    room.run()
    assert room.healths[-1] is STUCK


def tones(*hertz: int) -> Pcm:
    time = np.arange(TENTH) / SAMPLE_RATE
    return (3000 * sum(np.sin(2 * np.pi * f * time) for f in hertz)).astype(np.int16)


@pytest.mark.parametrize("hertz", [(440,), (350, 440), (480, 620), (440, 480)])
@pytest.mark.parametrize("side", [CallerSide.INPUT, CallerSide.LOOPBACK])
def test_tones_of_the_telephone_and_silence_are_not_stuck(hertz: tuple[int, ...], side: CallerSide) -> None:
    def script(room: Room, number: int) -> None:
        room.open_new()
        room.deliver("mic", np.zeros(TENTH, np.int16))
        room.deliver("phone", tones(*hertz))
        room.note(Channel.CALLER)
        if number == 80:
            room.source.close()

    room = Room(script, side)
    room.run()
    assert set(room.healths[2:]) == {OK}
    assert STUCK not in room.source.health().values()


@pytest.mark.parametrize(("ppm", "minutes"), [(-200, 6), (200, 6), (-500, 3), (500, 3)])
def test_clocks_that_drift_stay_aligned_without_gaps(ppm: int, minutes: int) -> None:
    rounds = minutes * 600
    drift = 1 + ppm / 1e6
    brought = 0.0

    def script(room: Room, number: int) -> None:
        nonlocal brought
        if number == 1:
            room.open_new()
        late = int(room.random.integers(0, 10)) * 1_000_000
        phone = np.full(TENTH, 5, np.int16)
        before, brought = brought, brought + TENTH * drift
        mic = np.full(int(brought) - int(before), 5, np.int16)
        if number % 10 == 0:
            phone[0] = mic[0] = 9000
        for device, pcm in (("phone", phone), ("mic", mic)):
            room.feeds.last(device).deliver(pcm, room.clock.now_ns() + late)
        if number == rounds:
            room.source.close()

    room = Room(script)
    room.run()
    agent, caller = (np.flatnonzero(room.sound(channel) > 4500) for channel in Channel)
    assert len(agent) == len(caller) == rounds // 10
    assert np.abs(agent - caller).max() < SAMPLE_RATE // 20
    assert room.source.gaps() == ()
    assert room.source.lost_samples() == 0


def test_steering_never_cuts_into_loud_sound() -> None:
    def script(room: Room, number: int) -> None:
        nonlocal phase
        if number == 1:
            room.open_new()
        at = phase + np.arange(TENTH + 1)
        phase += TENTH + 1
        room.deliver("mic", (8000 * np.sin(2 * np.pi * 200 * at / SAMPLE_RATE)).astype(np.int16))
        room.deliver("phone")
        if number == 3000:
            room.source.close()

    phase = 0
    room = Room(script)
    room.run()
    agent = room.sound(Channel.AGENT).astype(int)
    assert abs(len(agent) - len(room.sound(Channel.CALLER))) < TENTH
    step = 8000 * 2 * np.pi * 200 / SAMPLE_RATE
    assert np.abs(np.diff(agent)).max() <= 2 * step


@pytest.mark.parametrize("rates", [(48_000, 8000), (48_000, 44_100), (16_000, 8000, 48_000)])
def test_a_device_that_comes_back_at_another_rate_keeps_its_place(rates: tuple[int, ...]) -> None:
    """A headset that turns to its telephone profile, or a format changed in the system, ends the stream."""

    def script(room: Room, number: int) -> None:
        room.open_new(rates[min(room.feeds.count("mic"), len(rates)) - 1])
        rate = room.feeds.last("mic").format
        assert rate is not None
        if number == 1:
            room.feeds.last("phone").opened(16_000)
        if number in (40, 100):
            room.feeds.last("mic").die()
        else:
            at = (number * rate.rate // 10 + np.arange(rate.rate // 10)) / rate.rate
            room.feeds.last("mic").deliver((8000 * np.sin(2 * np.pi * 1000 * at)).astype(np.int16), room.clock.now_ns())
        room.feeds.last("phone").deliver(room.noise(), room.clock.now_ns())
        if number == 160:
            room.source.close()

    room = Room(script)
    room.run()
    agent = room.sound(Channel.AGENT)
    assert abs(len(agent) - len(room.sound(Channel.CALLER))) <= TENTH
    last = agent[-10 * TENTH : -2 * TENTH].astype(float)
    spectrum = np.abs(np.fft.rfft(last * np.hanning(len(last))))
    assert np.argmax(spectrum) * SAMPLE_RATE / len(last) == pytest.approx(1000, abs=5)
    # Nothing above the band of the narrow device: filtered, not repeated.
    if rates[-1] == 8000:
        assert spectrum[4100 * len(last) // SAMPLE_RATE :].max() < spectrum.max() / 1000
    assert room.source.health()[Channel.AGENT] is OK


def test_opening_a_device_again_and_again_does_not_shift_it() -> None:
    def script(room: Room, number: int) -> None:
        room.open_new(48_000)
        room.feeds.last("phone").deliver(np.repeat(room.noise(), 3), room.clock.now_ns())
        if number % 20 == 10:
            room.feeds.last("mic").die()
        else:
            mark = np.zeros(4800, np.int16)
            mark[2400:2448] = 9000 if number == 395 else 0
            room.feeds.last("mic").deliver(mark + 3, room.clock.now_ns())
        if number == 400:
            room.source.close()

    room = Room(script)
    room.run()
    assert room.source.restarts() == 20
    loud = np.flatnonzero(room.sound(Channel.AGENT) > 4500)
    assert loud.mean() == pytest.approx(394 * TENTH + 808, abs=80)


class Sleep:
    """A night in the middle of a call, on a system whose monotonic clock goes on or stands still."""

    def __init__(self, clock_goes_on: bool, seconds: float, devices_return: bool) -> None:
        self.slept = 0
        self.goes_on = clock_goes_on
        self.seconds = seconds
        self.devices_return = devices_return
        self.room = Room(self.script, slept_ns=lambda: self.slept)

    def script(self, room: Room, number: int) -> None:
        first: list[FakeFeed] = [feed for _, _, feed in room.feeds.started[:2]]
        if number <= 30 or self.devices_return or room.feeds.last("mic") not in first:
            room.open_new()
        if number == 30:
            if self.goes_on:
                room.clock.advance(self.seconds)
            else:
                self.slept += round(self.seconds * 1e9)
        dead = number >= 30 and not self.devices_return
        for device in ("mic", "phone"):
            feed = room.feeds.last(device)
            if feed.format is not None and not feed.closed and not (dead and feed in first):
                room.deliver(device)
        room.note()
        if number == 120:
            room.source.close()


@pytest.mark.parametrize("devices_return", [True, False])
@pytest.mark.parametrize("clock_goes_on", [True, False])
@pytest.mark.parametrize("seconds", [40.0, 8 * 3600.0])
def test_a_call_goes_on_after_the_pc_slept(clock_goes_on: bool, devices_return: bool, seconds: float) -> None:
    sleep = Sleep(clock_goes_on, seconds, devices_return)
    sleep.room.run()
    source = sleep.room.source
    agent, caller = sleep.room.sound(Channel.AGENT), sleep.room.sound(Channel.CALLER)
    assert abs(len(agent) - len(caller)) <= TENTH
    assert len(agent) <= 121 * TENTH + 6 * SAMPLE_RATE
    assert agent[-20 * TENTH :].any()
    assert caller[-20 * TENTH :].any()
    assert source.health() == {Channel.AGENT: OK, Channel.CALLER: OK}
    assert source.restarts() == 2
    assert {gap.channel for gap in source.gaps()} == set(Channel)
    for gap in source.gaps():
        side = agent if gap.channel is Channel.AGENT else caller
        assert gap.seconds > 0
        assert not side[gap.start : gap.end].any()
    assert source.warning is not None
    assert source.warning.code == "audio.pc_slept"
    assert float(source.warning.params["seconds"]) == pytest.approx(seconds, abs=2)


def test_a_desk_that_was_merely_slow_did_not_sleep() -> None:
    def script(room: Room, number: int) -> None:
        if number == 1:
            room.open_new()
        behind = 20.0 if number == 30 else 0.0
        room.clock.advance(behind)
        for device in ("mic", "phone"):
            room.deliver(device, room.noise(TENTH + round(behind * SAMPLE_RATE)))
        if number == 80:
            room.source.close()

    room = Room(script)
    room.run()
    assert room.source.warning is None
    assert room.source.restarts() == 0
    assert room.source.gaps() == ()
    for channel in Channel:
        assert len(room.sound(channel)) == 80 * TENTH + 20 * SAMPLE_RATE


def test_the_system_tells_how_long_it_slept_and_that_does_not_grow_while_it_is_awake() -> None:
    clock = SystemClock()
    before = clock.slept_ns()
    sum(range(100_000))
    assert abs(clock.slept_ns() - before) < 500_000_000
