from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from audio.adapters.resampler import SoxrResampler
from audio.capture import DeviceSource, health_code
from audio.errors import DeviceFault
from audio.model import SAMPLE_RATE, CallerSide, Channel, DeviceHealth
from resources.notices import codes
from tests.helpers.clock import FakeClock
from tests.helpers.feeds import FakeFeeds

OK, SILENT, MISSING, UNPLUGGED = DeviceHealth.OK, DeviceHealth.SILENT, DeviceHealth.MISSING, DeviceHealth.UNPLUGGED
TENTH = SAMPLE_RATE // 10


class Bench:
    """A source over pretended devices ``mic`` and ``phone``, and everything it delivered."""

    def __init__(self, script: Callable[[Bench, int], None], side: CallerSide = CallerSide.INPUT) -> None:
        self.clock = FakeClock()
        self.feeds = FakeFeeds(self.clock, lambda number: script(self, number))
        self.source = DeviceSource("mic", "phone", side, self.feeds, SoxrResampler, self.clock)
        self.sound: dict[Channel, np.ndarray] = {channel: np.zeros(0, np.int16) for channel in Channel}
        self.healths: list[tuple[DeviceHealth, DeviceHealth]] = []

    def run(self) -> None:
        for block in self.source.blocks():
            assert block.start == len(self.sound[block.channel])
            self.sound[block.channel] = np.concatenate((self.sound[block.channel], block.pcm))

    def note(self) -> None:
        health = self.source.health()
        self.healths.append((health[Channel.AGENT], health[Channel.CALLER]))

    def deliver(self, device: str, value: int = 1000, frames: int = TENTH, lost: int = 0, overflows: int = 0) -> None:
        pcm = np.full(frames, value, np.int16)
        self.feeds.last(device).deliver(pcm, self.clock.now_ns(), lost, overflows)

    def opened(self) -> None:
        for device in ("mic", "phone"):
            self.feeds.last(device).opened()


def test_both_sides_arrive_on_their_channels_and_aligned() -> None:
    def script(bench: Bench, number: int) -> None:
        if number == 1:
            bench.opened()
        bench.deliver("mic", 100)
        if number > 5:
            bench.deliver("phone", 200)
        if number == 30:
            bench.source.close()

    bench = Bench(script)
    bench.run()
    agent, caller = bench.sound[Channel.AGENT], bench.sound[Channel.CALLER]
    assert len(agent) == len(caller) == 30 * TENTH
    assert set(agent) == {100}
    assert int(np.flatnonzero(caller)[0]) == 5 * TENTH
    assert bench.source.lost_samples() == 0
    assert all(feed.closed for _, _, feed in bench.feeds.started)
    assert [(name, kind) for name, kind, _ in bench.feeds.started] == [
        ("mic", CallerSide.INPUT),
        ("phone", CallerSide.INPUT),
    ]


def test_split_is_one_device_left_agent_right_caller() -> None:
    def script(bench: Bench, number: int) -> None:
        feed = bench.feeds.last("mic")
        if number == 1:
            feed.opened(channels=2)
        feed.deliver(np.tile(np.array([[200, 300]], np.int16), (TENTH, 1)), bench.clock.now_ns())
        if number == 10:
            bench.source.close()

    bench = Bench(script, CallerSide.SPLIT)
    bench.run()
    assert len(bench.feeds.started) == 1
    assert set(bench.sound[Channel.AGENT]) == {200}
    assert set(bench.sound[Channel.CALLER]) == {300}


def test_native_rate_and_stereo_become_16_khz_mono() -> None:
    def script(bench: Bench, number: int) -> None:
        feed = bench.feeds.last("phone")
        if number == 1:
            feed.opened(rate=48_000, channels=2)
            bench.feeds.last("mic").opened()
        bench.deliver("mic")
        feed.deliver(np.tile(np.array([[100, 300]], np.int16), (4800, 1)), bench.clock.now_ns())
        if number == 50:
            bench.source.close()

    bench = Bench(script, CallerSide.LOOPBACK)
    bench.run()
    caller = bench.sound[Channel.CALLER]
    assert len(caller) == pytest.approx(50 * TENTH, abs=TENTH)
    assert set(caller[TENTH : 45 * TENTH]) <= {199, 200, 201}
    assert bench.source.lost_samples() == 0


def test_no_device_at_all_is_a_fault_at_the_start() -> None:
    def script(bench: Bench, number: int) -> None:
        bench.feeds.last("mic").fail("audio.device_missing")
        bench.feeds.last("phone").fail("audio.device_missing")

    bench = Bench(script)
    with pytest.raises(DeviceFault) as caught:
        bench.run()
    assert caught.value.code == "audio.device_missing"
    assert all(feed.closed for _, _, feed in bench.feeds.started)


def test_one_missing_side_is_said_looked_for_and_joins_when_it_comes() -> None:
    def script(bench: Bench, number: int) -> None:
        if number == 1:
            bench.feeds.last("phone").opened()
            bench.feeds.last("mic").fail("audio.device_missing")
        bench.deliver("phone", 200)
        if bench.feeds.count("mic") == 2 and bench.feeds.last("mic").format is None:
            bench.feeds.last("mic").opened()
        elif bench.feeds.count("mic") == 2:
            bench.deliver("mic", 100)
        bench.note()
        if number == 60:
            bench.source.close()

    bench = Bench(script)
    bench.run()
    assert bench.healths[5] == (MISSING, OK)
    assert bench.healths[-1] == (OK, OK)
    agent, caller = bench.sound[Channel.AGENT], bench.sound[Channel.CALLER]
    assert abs(len(agent) - len(caller)) <= TENTH
    assert 20 * TENTH < int(np.flatnonzero(agent)[0]) < 30 * TENTH
    assert bench.source.lost_samples() == 0


def test_callbacks_that_stop_mean_unplugged_within_a_second_and_silence_stands_in() -> None:
    def script(bench: Bench, number: int) -> None:
        if number == 1:
            bench.opened()
        bench.deliver("phone", 200)
        if number <= 20 or number > 40:
            bench.deliver("mic", 100)
        else:
            bench.feeds.last("mic").alive()
        bench.note()
        if number == 80:
            bench.source.close()

    bench = Bench(script)
    bench.run()
    assert bench.healths[25] == (OK, OK)
    assert bench.healths[32] == (UNPLUGGED, OK)
    assert bench.healths[45] == (OK, OK)
    agent = bench.sound[Channel.AGENT]
    assert abs(len(agent) - len(bench.sound[Channel.CALLER])) <= 2 * TENTH
    assert not agent[21 * TENTH : 39 * TENTH].any()
    assert agent[45 * TENTH :].all()
    assert bench.source.lost_samples() == pytest.approx(20 * TENTH, abs=TENTH)
    (gap,) = bench.source.gaps()
    assert gap.channel is Channel.AGENT
    assert gap.start == pytest.approx(20 * TENTH, abs=10)


def test_an_unplugged_device_is_found_again_by_a_new_process() -> None:
    def script(bench: Bench, number: int) -> None:
        if number == 1:
            bench.opened()
        bench.deliver("phone", 200)
        mic = bench.feeds.last("mic")
        if number == 20:
            mic.fail("audio.device_unplugged")
        elif number < 20:
            bench.deliver("mic", 100)
        elif bench.feeds.count("mic") == 2 and not mic.closed:
            mic.fail("audio.device_missing")
        elif bench.feeds.count("mic") == 3:
            if mic.format is None:
                mic.opened()
            bench.deliver("mic", 300)
        bench.note()
        if number == 90:
            bench.source.close()

    bench = Bench(script)
    bench.run()
    assert bench.feeds.count("mic") == 3
    assert bench.healths[30] == (UNPLUGGED, OK)
    assert bench.healths[-1] == (OK, OK)
    agent, caller = bench.sound[Channel.AGENT], bench.sound[Channel.CALLER]
    assert abs(len(agent) - len(caller)) <= 2 * TENTH
    back = int(np.flatnonzero(agent == 300)[0])
    assert bench.source.lost_samples() == pytest.approx(back - 19 * TENTH, abs=TENTH)
    assert bench.source.restarts() == 0


def test_a_process_that_dies_is_replaced_at_once() -> None:
    def script(bench: Bench, number: int) -> None:
        if number == 1:
            bench.opened()
        bench.deliver("mic", 100)
        if number == 20:
            bench.feeds.last("phone").die()
        elif number < 20:
            bench.deliver("phone", 200)
        elif number > 23:
            if bench.feeds.last("phone").format is None:
                bench.feeds.last("phone").opened()
            bench.deliver("phone", 200)
        bench.note()
        if number == 60:
            bench.source.close()

    bench = Bench(script)
    bench.run()
    assert bench.feeds.count("phone") == 2
    assert bench.source.restarts() == 1
    assert set(bench.healths) == {(OK, OK)}
    caller = bench.sound[Channel.CALLER]
    assert len(caller) == len(bench.sound[Channel.AGENT])
    assert bench.source.lost_samples() == pytest.approx(4 * TENTH, abs=10)


def test_a_process_that_hangs_is_ended_and_replaced() -> None:
    def script(bench: Bench, number: int) -> None:
        if number == 1:
            bench.opened()
        bench.deliver("mic", 100)
        if number < 20:
            bench.deliver("phone", 200)
        if number == 100:
            bench.source.close()

    bench = Bench(script)
    bench.run()
    assert bench.feeds.count("phone") >= 2
    assert bench.feeds.started[1][2].closed
    assert bench.source.health()[Channel.CALLER] is UNPLUGGED


def test_only_zeros_for_some_seconds_is_silent_until_there_is_sound() -> None:
    def script(bench: Bench, number: int) -> None:
        if number == 1:
            bench.opened()
        bench.deliver("mic", 0 if number < 70 else 500)
        bench.deliver("phone", 200)
        bench.note()
        if number == 80:
            bench.source.close()

    bench = Bench(script)
    bench.run()
    assert bench.healths[35] == (OK, OK)
    assert bench.healths[45] == (SILENT, OK)
    assert bench.healths[-1] == (OK, OK)


def test_a_loopback_that_rightly_pauses_is_neither_unplugged_nor_lost() -> None:
    def script(bench: Bench, number: int) -> None:
        if number == 1:
            bench.feeds.last("mic").opened()
            bench.feeds.last("phone").opened(may_pause=True)
        bench.deliver("mic", 100)
        if 50 <= number < 70:
            bench.deliver("phone", 200)
        else:
            bench.feeds.last("phone").alive()
        bench.note()
        if number == 120:
            bench.source.close()

    bench = Bench(script, CallerSide.LOOPBACK)
    bench.run()
    caller = bench.sound[Channel.CALLER]
    loud = np.flatnonzero(caller)
    assert int(loud[0]) == pytest.approx(49 * TENTH, abs=20)
    assert len(loud) == 20 * TENTH
    assert len(bench.sound[Channel.AGENT]) - len(caller) <= 11 * TENTH
    assert set(bench.healths) == {(OK, OK)}
    assert bench.source.lost_samples() == 0


def test_overwritten_frames_are_counted_and_replaced_by_silence() -> None:
    def script(bench: Bench, number: int) -> None:
        if number == 1:
            bench.opened()
        bench.deliver("phone", 200)
        if number != 20:
            bench.deliver("mic", 100, lost=TENTH if number == 21 else 0)
        if number == 60:
            bench.source.close()

    bench = Bench(script)
    bench.run()
    agent = bench.sound[Channel.AGENT]
    assert len(agent) == len(bench.sound[Channel.CALLER])
    assert np.flatnonzero(agent == 0).tolist() == list(range(19 * TENTH, 20 * TENTH))
    assert bench.source.lost_samples() == TENTH


@pytest.mark.parametrize("reported", [True, False])
def test_a_short_loss_counts_when_the_sound_system_reports_it(reported: bool) -> None:
    def script(bench: Bench, number: int) -> None:
        if number == 1:
            bench.opened()
        bench.deliver("phone", 200)
        short = number == 40
        bench.deliver("mic", 100, frames=TENTH - 500 if short else TENTH, overflows=int(short and reported))
        if number == 80:
            bench.source.close()

    bench = Bench(script)
    bench.run()
    assert bench.source.lost_samples() == (pytest.approx(500, abs=2) if reported else 0)


def test_a_device_that_drops_frames_is_filled_up_and_counted() -> None:
    def script(bench: Bench, number: int) -> None:
        if number == 1:
            bench.opened()
        bench.deliver("phone", 200)
        if number not in (30, 31, 32, 33, 34):
            bench.deliver("mic", 100)
        if number == 90:
            bench.source.close()

    bench = Bench(script)
    bench.run()
    assert abs(len(bench.sound[Channel.AGENT]) - len(bench.sound[Channel.CALLER])) <= 10
    assert bench.source.lost_samples() == pytest.approx(5 * TENTH, abs=10)


def test_a_fast_device_is_shortened_only_where_it_is_quiet() -> None:
    def script(bench: Bench, number: int) -> None:
        if number == 1:
            bench.opened()
        bench.deliver("phone", 200)
        quiet = number % 50 > 40
        bench.deliver("mic", 3 if quiet else 300, frames=TENTH + 16)
        if number == 600:
            bench.source.close()

    bench = Bench(script)
    bench.run()
    agent = bench.sound[Channel.AGENT]
    assert abs(len(agent) - len(bench.sound[Channel.CALLER])) <= 6 * TENTH
    loud = sum(number % 50 <= 40 for number in range(1, 601)) * (TENTH + 16)
    assert int((agent == 300).sum()) == pytest.approx(loud, rel=0.002)


def test_every_state_has_a_sentence_in_both_languages() -> None:
    for lang in ("ko", "en"):
        known = codes(lang)
        for channel in Channel:
            for health in DeviceHealth:
                code = health_code(channel, health)
                assert (code is None) == (health is OK)
                assert code is None or code in known
