"""A practice call comes in order, at its pace, and can be held and stopped."""

from __future__ import annotations

import threading

from app.practice import PracticePlayer
from app.practice_calls import PracticeCall, PracticeTurn
from audio.events import CallEvent, DigitRun, TranscriptFinal, TranscriptPartial
from audio.model import Channel

TURNS = (
    PracticeTurn(Channel.AGENT, 0.0, 2.5, "반갑습니다 무엇을 도와드릴까요"),
    PracticeTurn(Channel.CALLER, 2.2, 5.0, "집 앞에 차가 서 있어서 신고하려고요"),
)
CALL = PracticeCall("test", "시험", "normal", TURNS)


def plain(text: str) -> tuple[str, tuple[DigitRun, ...]]:
    return text, ()


def play(speed: float) -> tuple[list[CallEvent], bool]:
    events: list[CallEvent] = []
    ended = threading.Event()
    player = PracticePlayer("c", CALL, events.append, plain, speed, ended.set)
    player.start()
    finished = ended.wait(10)
    player.close()
    return events, finished


def test_every_turn_ends_in_its_final_and_partials_come_before() -> None:
    events, finished = play(0)
    assert finished
    finals = [event for event in events if isinstance(event, TranscriptFinal)]
    assert [event.text for event in finals] == [turn.text for turn in TURNS]
    assert [event.t_ns for event in events] == sorted(event.t_ns for event in events)
    for final in finals:
        partials = [e for e in events if isinstance(e, TranscriptPartial) and e.utterance == final.utterance]
        assert partials
        assert all(final.text.startswith(partial.text) for partial in partials)


def test_a_held_call_says_nothing_until_it_goes_on() -> None:
    events: list[CallEvent] = []
    ended = threading.Event()
    player = PracticePlayer("c", CALL, events.append, plain, 100, ended.set)
    player.set_paused(True)
    player.start()
    assert not ended.wait(0.3)
    assert events == []
    player.set_paused(False)
    assert ended.wait(10)
    player.close()


def test_a_stopped_call_ends_without_its_ending() -> None:
    ended = threading.Event()
    player = PracticePlayer("c", CALL, lambda event: None, plain, 0.1, ended.set)
    player.start()
    player.close()
    assert not ended.is_set()
