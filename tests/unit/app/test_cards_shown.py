"""What came onto the screen goes into the log of its call, at the time of the call, in its wrap-up too."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast

from app.call import Call, CallFacts
from assist.events import CardsShown
from assist.live import LiveAssist
from audio.events import CallEvent


@dataclass
class NoPlayer:
    """A call that nothing plays."""

    now_s: float = 7.5

    def start(self) -> None: ...

    def set_paused(self, paused: bool) -> None: ...

    def close(self) -> None: ...


def call_into(log: list[CallEvent]) -> Call:
    assist: Any = SimpleNamespace(finish=lambda: None, on_tick=lambda: None)
    facts = CallFacts("call", "practice", "연습", "2026-11-21T09:14:00+09:00")
    return Call(facts, log.append, cast("LiveAssist", assist), lambda: 7_500_000_000, NoPlayer())


def test_answers_on_the_screen_are_told_in_the_call_and_in_its_wrap_up() -> None:
    log: list[CallEvent] = []
    call = call_into(log)
    call.start()
    call.cards_shown(3, ("A", "B"))
    call.cards_shown(3, ())
    call.close()
    call.cards_shown(5, ("C",), "sample")
    assert [event for event in log if isinstance(event, CardsShown)] == [
        CardsShown(call_id="call", t_ns=7_500_000_000, turn=3, article_ids=("A", "B")),
        CardsShown(call_id="call", t_ns=7_500_000_000, turn=3, article_ids=()),
        CardsShown(call_id="call", t_ns=7_500_000_000, turn=5, article_ids=("C",), origin="sample"),
    ]
