"""The segmenter as a table of windows in and events out, and its promises for any input."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.segment import (
    WINDOW,
    Closed,
    Dropped,
    Opened,
    PartialDue,
    Resumed,
    Segmenter,
    SegmentEvent,
    Speculative,
)
from audio.speech_settings import SegmentSettings

SETTINGS = SegmentSettings(
    threshold=0.5,
    release=0.3,
    pre_roll_ms=96,
    max_lead_ms=320,
    min_speech_ms=96,
    speculate_ms=160,
    hangover_ms=320,
    max_segment_s=3.2,
    cut_search_s=0.96,
)
PRE, SPECULATE, HANGOVER, MAX = 3, 5, 10, 100


def run(probabilities: list[float], levels: list[float] | None = None) -> list[SegmentEvent]:
    segmenter = Segmenter(SETTINGS)
    loud = np.asarray(levels if levels is not None else [1.0] * len(probabilities), np.float32)
    return segmenter.push(np.asarray(probabilities, np.float32), loud) + segmenter.finish()


def kinds(events: list[SegmentEvent]) -> list[str]:
    return [type(event).__name__ for event in events]


def closed(events: list[SegmentEvent]) -> list[Closed]:
    return [event for event in events if isinstance(event, Closed)]


@pytest.mark.parametrize(
    ("probabilities", "expected"),
    [
        ([0.0] * 50, []),
        ([0.0] * 10 + [0.9] * 2 + [0.0] * 20, ["Dropped"]),
        ([0.0] * 10 + [0.9] * 5 + [0.0] * 20, ["Opened", "Speculative", "Closed"]),
        ([0.0] * 10 + [0.9] * 5 + [0.0] * 7 + [0.9] * 5 + [0.0] * 20,
         ["Opened", "Speculative", "Resumed", "Speculative", "Closed"]),
        ([0.9] * 5 + [0.0] * 3 + [0.9] * 5 + [0.0] * 20, ["Opened", "Speculative", "Closed"]),
        ([0.9] * 5 + [0.0] * 12 + [0.9] * 5 + [0.0] * 20,
         ["Opened", "Speculative", "Closed", "Opened", "Speculative", "Closed"]),
        ([0.9] * 5, ["Opened", "Closed"]),
        # A murmur between the two thresholds carries speech on, but does not start or resume it.
        ([0.4] * 30, []),
        ([0.9] * 5 + [0.4] * 15 + [0.0] * 20, ["Opened", "Speculative", "Closed"]),
        ([0.9] * 5 + [0.0] * 4 + [0.4] * 15, ["Opened", "Speculative", "Closed"]),
    ],
)  # fmt: skip
def test_events_of(probabilities: list[float], expected: list[str]) -> None:
    assert [kind for kind in kinds(run(probabilities)) if kind != "PartialDue"] == expected


def test_an_utterance_keeps_pre_roll_and_the_silence_that_was_tried() -> None:
    (segment,) = closed(run([0.0] * 10 + [0.9] * 5 + [0.0] * 20))
    assert segment.start == (10 - PRE) * WINDOW
    assert segment.end == (15 + SPECULATE) * WINDOW
    assert segment.evidence.voiced_s == pytest.approx(5 * 0.032)
    assert segment.evidence.mass == pytest.approx(0.9)
    assert not segment.forced


def test_a_quiet_onset_belongs_to_the_utterance() -> None:
    (segment,) = closed(run([0.0] * 10 + [0.1] * 6 + [0.9] * 5 + [0.0] * 20))
    assert segment.start == (10 - PRE) * WINDOW


def test_a_quiet_onset_has_an_end() -> None:
    (segment,) = closed(run([0.1] * 40 + [0.9] * 5 + [0.0] * 20))
    assert segment.start == (40 - 10 - PRE) * WINDOW


def test_pre_roll_does_not_reach_into_the_utterance_before() -> None:
    first, second = closed(run([0.9] * 5 + [0.0] * 10 + [0.9] * 5 + [0.0] * 20))
    assert first.end <= second.start


def test_what_was_tried_ahead_is_what_closes() -> None:
    events = run([0.9] * 8 + [0.0] * 20)
    tried = next(event for event in events if isinstance(event, Speculative))
    assert (tried.start, tried.end) == (closed(events)[0].start, closed(events)[0].end)
    assert events.index(tried) == len(events) - 2


def test_a_long_utterance_is_cut_at_its_quietest_point() -> None:
    levels = [1.0] * 150
    levels[83:88] = [0.01] * 5
    events = run([0.9] * 150 + [0.0] * 20, levels + [0.0] * 20)
    head, tail = closed(events)
    assert head.forced
    assert head.end == tail.start
    assert 83 * WINDOW <= head.end <= 88 * WINDOW


def test_partials_come_at_their_pace_and_never_in_silence() -> None:
    events = run([0.9] * 90 + [0.0] * 20)
    partials = [event for event in events if isinstance(event, PartialDue)]
    first = round(SETTINGS.first_partial_ms / 32)
    every = round(SETTINGS.partial_every_ms / 32)
    assert [partial.end // WINDOW for partial in partials] == [first, first + every, first + 2 * every]


def test_starts_where_the_stream_starts() -> None:
    segmenter = Segmenter(SETTINGS, start=1600)
    events = segmenter.push(np.full(20, 0.9, np.float32), np.ones(20, np.float32)) + segmenter.finish()
    assert closed(events)[0].start == 1600
    assert segmenter.position == 1600 + 20 * WINDOW


def test_sound_an_utterance_may_still_need_is_not_given_up() -> None:
    segmenter = Segmenter(SETTINGS)
    for _ in range(60):
        segmenter.push(np.full(1, 0.9, np.float32), np.ones(1, np.float32))
        assert segmenter.needed_from == 0
    segmenter.push(np.zeros(60, np.float32), np.zeros(60, np.float32))
    assert 0 < segmenter.needed_from <= segmenter.position - 13 * WINDOW


stretches = st.lists(
    st.tuples(st.sampled_from([0.0, 0.02, 0.2, 0.4, 0.6, 0.95]), st.integers(1, 60)), min_size=1, max_size=25
)


@settings(max_examples=150, deadline=None)
@given(stretches=stretches, seed=st.integers(0, 99), batch=st.integers(1, 40))
def test_promises_for_any_input(stretches: list[tuple[float, int]], seed: int, batch: int) -> None:
    probabilities = np.repeat(
        np.asarray([p for p, _ in stretches], np.float32), np.asarray([n for _, n in stretches], np.int64)
    )
    levels = np.random.default_rng(seed).random(len(probabilities)).astype(np.float32)
    segmenter = Segmenter(SETTINGS)
    events: list[SegmentEvent] = []
    for at in range(0, len(probabilities), batch):
        events += segmenter.push(probabilities[at : at + batch], levels[at : at + batch])
    events += segmenter.finish()
    segments = closed(events)

    # In order, apart, within the stream, never longer than the limit and what surrounds it.
    limit = (MAX + HANGOVER + 1) * WINDOW
    position = 0
    for segment in segments:
        assert position <= segment.start < segment.end <= segmenter.position
        assert segment.end - segment.start <= limit
        position = segment.end

    # Every voiced window is in exactly one utterance, but for what was dropped as too little voice.
    covered = np.zeros(len(probabilities), int)
    for segment in segments:
        covered[segment.start // WINDOW : -(-segment.end // WINDOW)] += 1
    voiced = probabilities >= SETTINGS.threshold
    lost = int((voiced & (covered == 0)).sum())
    dropped = sum(isinstance(event, Dropped) for event in events)
    assert lost <= 4 * dropped

    # Each utterance: opened once, closed once, nothing before or after; a speculation is resumed or closed.
    by_segment: dict[int, list[SegmentEvent]] = {}
    for event in events:
        by_segment.setdefault(event.segment, []).append(event)
    for own in by_segment.values():
        if kinds(own) == ["Dropped"]:
            continue
        assert isinstance(own[0], Opened)
        assert isinstance(own[-1], Closed)
        open_tries = 0
        for event in own:
            open_tries += isinstance(event, Speculative) - isinstance(event, Resumed)
            assert open_tries in (0, 1)

    # The same whatever the batches.
    again = Segmenter(SETTINGS)
    assert events == again.push(probabilities, levels) + again.finish()


def test_the_last_utterance_ends_with_the_sound() -> None:
    segmenter = Segmenter(SETTINGS)
    segmenter.push(np.full(40, 0.9, np.float32), np.ones(40, np.float32))
    end = segmenter.position - 200
    assert [event.end for event in closed(segmenter.finish(end))] == [end]
