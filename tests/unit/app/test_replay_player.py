"""Playing a saved call: what is told is what was heard, whatever is wished meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from app.errors import ReplayFault
from app.replay.model import LoadedCall, StoredEvent
from app.replay.open_call import OpenReplay
from app.replay.output import LOST, Heard, SilentOutput
from app.replay.player import SavedCallPlayer
from audio.errors import DeviceFault
from audio.model import SAMPLE_RATE, Channel, Pcm
from resources.notices import Fault, sentence
from tests.helpers.clock import FakeClock
from tests.helpers.personal import final
from ui.replay.ports import ReplayFacts

WITHIN_S = 10.0
LENGTH_S = 60.0
TINY = 1e-3


class Ramp:
    """Sound that tells its own place: the agent's side counts hundredths of a second, the caller's is silent."""

    def read(self, channel: Channel, start: int, end: int) -> Pcm:
        frames = np.arange(start, min(end, self.length(channel)))
        return (frames // (SAMPLE_RATE // 100) * (channel is Channel.AGENT)).astype(np.int16)

    def length(self, channel: Channel) -> int:
        return int(LENGTH_S * SAMPLE_RATE)


class Stretch:
    def stretch(self, sound: NDArray[np.float32], frames: int) -> NDArray[np.float32]:
        return np.interp(np.linspace(0, len(sound) - 1, frames), np.arange(len(sound)), sound).astype(np.float32)


class Headset:
    """An output of which the test says how much is taken and how much of that is heard."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self.run = -1
        self.queue: list[Pcm] = []
        self.device: list[tuple[int, int]] = []
        """Run and frame of everything the device has."""
        self.sound: list[int] = []
        self.heard = 0
        self.taken = 0
        self.fault: Exception | None = None
        self.closed = False

    def feed(self, run: int, pcm: Pcm | None, last: bool = False) -> Heard:
        with self._lock:
            if self.fault is not None:
                raise self.fault
            self._at(run)
            if pcm is not None:
                self.queue.append(pcm)
            waiting = sum(map(len, self.queue))
            if not self.heard:
                return Heard(-1, 0.0, self._clock.now_ns(), False, 0, waiting)
            run, frame = self.device[self.heard - 1]
            more = sum(1 for other, _ in self.device[self.heard :] if other == run)
            limit = frame + 1 + more + (waiting if run == self.run else 0)
            return Heard(run, frame + 1.0, self._clock.now_ns(), self.heard < len(self.device), limit, waiting)

    def rest(self, run: int) -> int:
        with self._lock:
            self._at(run)
            self.queue.clear()
            return self.taken

    def close(self) -> None:
        self.closed = True

    def _at(self, run: int) -> None:
        if run != self.run:
            self.run, self.taken = run, 0
            self.queue.clear()

    def take(self, seconds: float, heard: float | None = None) -> None:
        """Let the device take so much of what waits, and have all but a rest of what it has heard."""
        with self._lock:
            whole = np.concatenate(self.queue) if self.queue else np.zeros(0, np.int16)
            now = whole[: round(seconds * SAMPLE_RATE)]
            self.queue = [whole[len(now) :]]
            self.device += [(self.run, self.taken + n) for n in range(len(now))]
            self.sound += now.tolist()
            self.taken += len(now)
            self.heard = len(self.device) if heard is None else self.heard + round(heard * SAMPLE_RATE)

    def waits(self) -> float:
        with self._lock:
            return sum(map(len, self.queue)) / SAMPLE_RATE


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + WITHIN_S
    while not true():
        assert time.monotonic() < end
        threading.Event().wait(0.002)


class Bench:
    def __init__(self, sound: Ramp | None, check: Callable[[], None] = lambda: None) -> None:
        self.hindrance: Fault | None = None
        self.clock = FakeClock()
        self.headset = Headset(self.clock)
        stored = tuple(StoredEvent(final(n), "") for n in (2, 3, 20, 40))
        facts = ReplayFacts("call-1", "", "", LENGTH_S, "devices", LENGTH_S if sound else 0.0)
        self.call = OpenReplay(LoadedCall(facts, stored, (), sound, check=check))
        self.player = SavedCallPlayer(
            self.call, lambda: self.headset, Stretch(), self.clock.now_ns, lambda: self.hindrance
        )

    @property
    def at_s(self) -> float:
        return self.player.state().at_s

    def begun(self) -> None:
        until(lambda: self.headset.waits() >= 1.0)

    def hears(self, at_s: float) -> None:
        until(lambda: abs(self.at_s - at_s) < TINY)


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench(Ramp())
    yield made
    made.player.close()


def test_the_position_is_what_is_heard_and_never_what_was_sent(bench: Bench) -> None:
    bench.player.play()
    bench.begun()
    assert bench.at_s == 0.0
    bench.headset.take(0.5, heard=0.2)
    bench.hears(0.2)
    bench.clock.advance(0.1)
    bench.hears(0.3)
    bench.clock.advance(60)  # nothing is heard of the output any more: it does not run away
    until(lambda: bench.at_s <= 0.5 + TINY)


def test_speed_tells_the_seconds_of_the_call(bench: Bench) -> None:
    bench.player.set_speed(2.0)
    bench.player.seek(10.0)
    assert bench.at_s == 10.0
    bench.player.play()
    bench.begun()
    bench.headset.take(1.0)
    bench.hears(12.0)
    # What came out at one second is what the call has at twelve.
    assert bench.headset.sound[-1] == pytest.approx(1200, abs=3)


def test_another_speed_goes_on_where_the_device_stands(bench: Bench) -> None:
    bench.player.play()
    bench.begun()
    bench.headset.take(0.5, heard=0.4)
    bench.player.set_speed(3.0)
    until(lambda: bench.headset.run == 2 and bench.headset.waits() >= 1.0)
    assert bench.at_s == pytest.approx(0.4, abs=TINY)
    bench.headset.take(0.1)
    bench.hears(0.5 + 0.3)
    assert bench.headset.sound[round(0.5 * SAMPLE_RATE)] == pytest.approx(50, abs=3)


def test_a_pause_rests_on_what_was_heard_last_and_goes_on_behind_it(bench: Bench) -> None:
    bench.player.play()
    bench.begun()
    bench.headset.take(0.5, heard=0.3)
    bench.player.pause()
    assert not bench.player.state().playing
    until(lambda: not bench.headset.waits())
    bench.headset.take(0.0)  # what the device had is heard out
    bench.hears(0.5)
    bench.player.play()
    until(lambda: bench.headset.waits() >= 1.0)
    bench.headset.take(0.25)
    bench.hears(0.75)
    steps = np.diff(np.array(bench.headset.sound))
    assert set(steps.tolist()) <= {0, 1}  # nothing twice, nothing left out


def test_a_place_that_was_sought_is_told_at_once_and_held_until_it_is_heard(bench: Bench) -> None:
    bench.player.play()
    bench.begun()
    bench.headset.take(0.5, heard=0.3)
    bench.player.seek(30.0)
    assert bench.at_s == 30.0
    until(lambda: bench.headset.run == 2 and bench.headset.waits() >= 1.0)
    bench.headset.take(0.4, heard=0.2)  # the rest of before
    assert bench.at_s == 30.0
    bench.headset.take(0.0)
    bench.hears(30.4)


def test_silence_is_left_out(bench: Bench) -> None:
    bench.player.set_skip_silence(True)
    bench.player.seek(3.0)
    bench.player.play()
    bench.begun()
    bench.headset.take(0.8)
    bench.begun()
    bench.headset.take(0.4)  # up to 4.0, then from 19.7 on
    bench.hears(19.9)
    assert bench.headset.sound[-1] == pytest.approx(1990, abs=2)


def test_a_passage_is_heard_again_and_again(bench: Bench) -> None:
    bench.player.set_loop((5.0, 5.6))
    bench.player.seek(50.0)
    bench.player.play()
    bench.begun()
    assert bench.at_s == 5.0
    bench.headset.take(0.9)
    bench.hears(5.3)
    bench.player.set_loop(None)
    until(lambda: bench.headset.run == 2 and bench.headset.waits() >= 1.0)
    bench.headset.take(0.9)
    bench.hears(6.2)


def test_sides_are_heard_as_wished(bench: Bench) -> None:
    bench.player.set_sides(agent=False, caller=True)
    bench.player.seek(10.0)
    bench.player.play()
    bench.begun()
    bench.headset.take(0.5)
    bench.hears(10.5)
    assert not any(bench.headset.sound)


def test_the_end_is_the_end_and_play_begins_anew(bench: Bench) -> None:
    bench.player.seek(59.5)
    bench.player.play()
    until(lambda: bench.headset.waits() >= 0.5)
    bench.headset.take(1.0)
    until(lambda: not bench.player.state().playing)
    assert bench.at_s == LENGTH_S
    bench.player.play()
    until(lambda: bench.headset.waits() >= 1.0)
    bench.headset.take(0.5)
    bench.hears(0.5)


def test_without_an_output_it_plays_on_unheard_and_says_so(bench: Bench) -> None:
    bench.headset.fault = DeviceFault("audio.no_output")
    bench.player.seek(7.0)
    bench.player.play()
    until(lambda: bool(bench.player.state().fault))
    assert bench.player.state().fault == sentence("replay.no_output")
    until(lambda: bench.player.state().playing and _moves(bench))
    bench.player.pause()
    until(lambda: not _moves(bench))
    bench.headset.fault = None  # a headset is plugged in
    bench.player.play()
    until(lambda: bench.headset.waits() >= 1.0)
    assert bench.player.state().fault == ""


def _moves(bench: Bench) -> bool:
    before = bench.at_s
    bench.clock.advance(0.05)
    return bench.at_s > before


def test_an_output_that_goes_away_stops_where_it_was(bench: Bench) -> None:
    bench.player.play()
    bench.begun()
    bench.headset.take(0.5, heard=0.5)
    bench.hears(0.5)
    bench.headset.fault = DeviceFault(LOST)
    until(lambda: not bench.player.state().playing)
    assert bench.player.state().fault == sentence(LOST)
    assert bench.at_s == pytest.approx(0.5, abs=TINY)


def test_a_call_that_is_deleted_while_it_plays_stops_with_a_sentence() -> None:
    gone = threading.Event()

    def check() -> None:
        if gone.is_set():
            raise ReplayFault("replay.gone")

    bench = Bench(Ramp(), check)
    bench.player.play()
    bench.begun()
    gone.set()
    bench.clock.advance(6)
    until(lambda: not bench.player.state().playing)
    assert bench.player.state().fault == sentence("replay.gone")
    bench.player.close()


def test_nothing_is_played_into_a_live_call(bench: Bench) -> None:
    bench.hindrance = ReplayFault("replay.in_call")
    bench.player.seek(5.0)
    bench.player.play()
    until(lambda: not bench.player.state().playing)
    assert (bench.player.state().at_s, bench.player.state().fault) == (5.0, sentence("replay.in_call"))
    assert bench.headset.run == -1
    bench.hindrance = None
    bench.player.play()
    bench.begun()
    bench.headset.take(0.5)
    bench.hears(5.5)
    bench.hindrance = ReplayFault("replay.in_call")  # a call begins
    until(lambda: not bench.player.state().playing)
    assert not bench.headset.waits()
    assert bench.at_s == pytest.approx(5.5, abs=TINY)


def test_a_call_without_sound_has_a_clock() -> None:
    bench = Bench(None)
    bench.player.set_speed(2.0)
    bench.player.play()
    until(lambda: _moves(bench))
    before = bench.at_s
    bench.clock.advance(0.1)
    assert bench.at_s == pytest.approx(before + 0.2, abs=TINY)
    assert bench.headset.run == -1
    bench.player.close()


def test_a_silent_output_counts_no_time_in_which_it_had_nothing() -> None:
    clock = FakeClock()
    output = SilentOutput(clock.now_ns)
    output.feed(1, np.zeros(1600, np.int16))
    clock.advance(5)
    assert output.feed(1, None).frame == 1600
    output.feed(1, np.zeros(1600, np.int16))
    clock.advance(0.05)
    heard = output.feed(1, None)
    assert (heard.frame, heard.moving, heard.waiting) == (2400, True, 800)
    assert output.rest(1) == 2400
