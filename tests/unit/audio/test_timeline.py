from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.timeline import Timeline

SECOND = 1_000_000_000
TOLERANCE = 2400


def test_first_sound_lands_at_its_time() -> None:
    line = Timeline(0, TOLERANCE)
    assert line.place(1600, SECOND // 2) == 8000 - 1600
    assert line.position == 8000


def test_first_sound_from_before_sample_0_is_cut() -> None:
    line = Timeline(SECOND, TOLERANCE)
    assert line.place(1600, SECOND + SECOND // 20) == -800
    assert line.position == 800


def test_a_hole_is_filled_once_it_has_lasted() -> None:
    line = Timeline(0, TOLERANCE)
    now, put_in = SECOND // 10, []
    line.place(1600, now)
    for number in range(40):
        now += SECOND // 10 + (SECOND // 2 if number == 10 else 0)
        put_in.append(line.place(1600, now))
    assert [change for change in put_in if change] == [8000]
    assert abs(line.position - line.at(now)) < 2


def test_late_sound_that_catches_up_is_no_hole() -> None:
    line = Timeline(0, TOLERANCE)
    line.place(1600, SECOND // 10)
    changes = []
    for burst in range(1, 20):
        end = burst * SECOND // 2 + SECOND // 10
        changes += [line.place(1600, end + 10_000_000 * part) for part in range(5)]
    assert not any(changes)


def test_running_ahead_is_told_after_a_while() -> None:
    line = Timeline(0, TOLERANCE)
    line.place(1600, SECOND // 10)
    ahead = [line.place(1616, SECOND // 10 + n * SECOND // 10) for n in range(1, 200)]
    assert min(ahead) < -TOLERANCE
    assert not any(ahead[:150])


@pytest.mark.parametrize("ppm", [-200, 200])
def test_an_hour_of_drift_is_steered_back_sample_by_sample(ppm: int) -> None:
    line = Timeline(0, TOLERANCE)
    random = np.random.default_rng(ppm + 1000)
    length = 1600 * (1 + ppm / 1e6)
    line.place(length, SECOND // 10)
    worst = 0.0
    for tick in range(2, 36_000):
        assert line.place(length, tick * SECOND // 10 + int(random.integers(0, 40_000_000))) == 0
        assert abs(line.steer(1600)) <= 2
        worst = max(worst, abs(line.at(tick * SECOND // 10) - line.position))
    assert worst < 600


def test_jitter_alone_is_not_steered() -> None:
    line = Timeline(0, TOLERANCE)
    random = np.random.default_rng(1)
    line.place(1600, SECOND // 10)
    for tick in range(2, 3000):
        line.place(1600, tick * SECOND // 10 + int(random.integers(0, 60_000_000)))
        assert line.steer(1600) == 0


def test_filling_goes_up_to_a_moment_and_not_back() -> None:
    line = Timeline(0, TOLERANCE)
    assert line.fill_until(SECOND) == 16000
    assert line.fill_until(SECOND // 2) == 0
    assert line.fill_until(SECOND) == 0


@settings(deadline=None)
@given(
    losses=st.lists(st.tuples(st.integers(0, 300), st.floats(0.2, 3.0)), max_size=6),
    jitter=st.integers(0, 60),
    seed=st.integers(0, 2**31),
)
def test_a_side_never_strays_far_from_the_clock(losses: list[tuple[int, float]], jitter: int, seed: int) -> None:
    line = Timeline(0, TOLERANCE)
    rng = np.random.default_rng(seed)
    lost_at = dict(losses)
    now = 0
    for number in range(330):
        now += SECOND // 10 + round(lost_at.get(number, 0.0) * SECOND)
        line.place(1600, now + int(rng.integers(0, jitter + 1)) * 1_000_000)
    for _ in range(25):
        now += SECOND // 10
        line.place(1600, now)
    assert abs(line.at(now) - line.position) <= TOLERANCE + 16 * 2 * jitter + 16
