"""The line that is played: which part of the call is heard at which moment."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.replay.line import PlayLine, Span, silences
from audio.events import CallEvent
from audio.model import SAMPLE_RATE
from tests.helpers.personal import final

END = 100_000
FRAMES = st.integers(0, END)


@st.composite
def cuts(draw: st.DrawFn) -> tuple[Span, ...]:
    marks = sorted(draw(st.sets(FRAMES, max_size=12)))
    return tuple(pairwise(marks))[::2]


LOOPS = st.one_of(st.none(), st.tuples(FRAMES, FRAMES).map(lambda two: (min(two), max(two))))


@given(begin=FRAMES, left_out=cuts(), loop=LOOPS, start=st.integers(0, END), length=st.integers(0, 20_000))
def test_what_is_read_is_what_is_told(
    begin: int, left_out: tuple[Span, ...], loop: Span | None, start: int, length: int
) -> None:
    line = PlayLine(begin, END, left_out, loop)
    at = start
    for first, last in line.pieces(start, start + length):
        assert 0 <= first < last <= END
        assert line.at(at) == first
        assert line.at(at + (last - first) - 1) == last - 1
        at += last - first
    wanted = start + length if line.length is None else min(start + length, line.length)
    assert at == max(start, wanted)


@given(begin=FRAMES, left_out=cuts())
def test_without_a_loop_everything_else_is_played_once_and_in_order(begin: int, left_out: tuple[Span, ...]) -> None:
    line = PlayLine(begin, END, left_out)
    assert line.length is not None
    played = [frame for first, last in line.pieces(0, line.length) for frame in range(first, last)]
    silent = {frame for first, last in left_out for frame in range(first, last)}
    assert played == [frame for frame in range(begin, END) if frame not in silent]


def test_a_loop_comes_round_and_leaves_silence_out_each_time() -> None:
    line = PlayLine(25_000, END, left_out=((30_000, 35_000),), loop=(20_000, 40_000))
    assert line.length is None
    rounds = list(line.pieces(0, 10_000 + 15_000 + 10_000))
    assert rounds == [(25_000, 30_000), (35_000, 40_000), (20_000, 30_000), (35_000, 40_000), (20_000, 30_000)]


def test_a_loop_entered_from_outside_begins_at_its_start() -> None:
    assert PlayLine(90_000, END, loop=(20_000, 40_000)).begin == 20_000


def test_a_loop_in_which_nobody_speaks_is_played_all_the_same() -> None:
    line = PlayLine(20_000, END, left_out=((0, END),), loop=(20_000, 40_000))
    assert list(line.pieces(0, 30_000)) == [(20_000, 40_000), (20_000, 30_000)]


def test_silence_is_what_lies_between_what_was_said_with_room_for_breath() -> None:
    events: list[CallEvent] = [final(2), final(3), final(10)]  # each half a second long
    assert [(first / SAMPLE_RATE, last / SAMPLE_RATE) for first, last in silences(events, 20 * SAMPLE_RATE)] == [
        (0.0, 1.7),
        (4.0, 9.7),
        (11.0, 20.0),
    ]


def test_where_nothing_was_recognised_nothing_is_left_out() -> None:
    assert silences([], 20 * SAMPLE_RATE) == ()
