"""Events are numbered, and reach exactly those who asked for their class."""

from __future__ import annotations

from dataclasses import replace

from app.bus import EventBus
from assist.events import MomentMarked
from audio.events import AudioGap, CallEvent
from audio.model import Channel


def gap() -> AudioGap:
    return AudioGap(call_id="c", t_ns=0, channel=Channel.CALLER, start=0, n_samples=1)


def test_events_are_numbered_from_one_in_each_call() -> None:
    bus, seen = EventBus(), []
    bus.subscribe(CallEvent, lambda event: seen.append(event.seq))
    bus.publish(gap())
    bus.publish(gap())
    bus.begin()
    bus.publish(gap())
    assert seen == [1, 2, 1]


def test_handlers_get_their_class_only_until_they_stop() -> None:
    bus, gaps, everything = EventBus(), [], []
    stop = bus.subscribe(AudioGap, gaps.append)
    bus.subscribe(CallEvent, everything.append)
    bus.publish(gap())
    bus.publish(MomentMarked(call_id="c", t_ns=0, at_s=1.0))
    stop()
    bus.publish(gap())
    assert len(gaps) == 1
    assert len(everything) == 3


def test_a_handler_may_publish() -> None:
    bus, order = EventBus(), []

    def answer(event: AudioGap) -> None:
        bus.publish(MomentMarked(call_id="c", t_ns=0, at_s=1.0))

    bus.subscribe(AudioGap, answer)
    bus.subscribe(MomentMarked, lambda event: order.append(event.seq))
    bus.publish(gap())
    assert order == [2]


def test_a_place_taken_before_storing_is_the_place_it_is_published_under() -> None:
    bus, seen = EventBus(), []
    bus.subscribe(CallEvent, lambda event: seen.append(event.seq))
    bus.begin("c")
    bus.publish(gap())
    taken = bus.number("c")
    bus.publish(gap())
    bus.publish(replace(gap(), seq=taken))
    bus.publish(gap())
    assert (taken, seen) == (2, [1, 3, 2, 4])


def test_another_calls_event_keeps_its_number_and_moves_no_other() -> None:
    bus, seen = EventBus(), []
    bus.subscribe(CallEvent, lambda event: seen.append(event.seq))
    assert bus.number("c") == 0
    bus.begin("c")
    assert bus.number("earlier") == 0
    bus.publish(replace(gap(), call_id="earlier", seq=70))
    bus.publish(gap())
    bus.publish(replace(gap(), seq=5))
    bus.publish(gap())
    assert seen == [70, 1, 5, 6]
