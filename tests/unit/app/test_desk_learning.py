"""What a call teaches the desk: real calls only, each act under the question the answer came up for."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import Any, cast

import pytest

from app.bus import EventBus
from app.desk import Desk
from app.desk_parts import DeskParts
from assist.events import CardActed, SuggestionsReady
from assist.model import Card, CardAction
from kb.model import Band

CARD = Card("A", "제목", "답변", (), "답변", "교통", "", "", "", "", 0.9, Band.SURE)


class Book:
    """Notes what it is taught."""

    def __init__(self) -> None:
        self.taught: list[tuple[str, str, CardAction]] = []
        self.news = threading.Event()

    def learn(self, question: str, article_id: str, action: CardAction) -> None:
        self.taught.append((question, article_id, action))
        self.news.set()


def desk_in(source: str) -> tuple[Desk, EventBus, Book]:
    bus, book = EventBus(), Book()
    store = SimpleNamespace(append=lambda event: None)
    parts = SimpleNamespace(
        bus=bus, personal=SimpleNamespace(store=store), deskbook=book, retriever=None, line=None, rephrasing=None
    )
    desk = Desk(cast("DeskParts", parts))
    call: Any = SimpleNamespace(facts=SimpleNamespace(id="call", source=source), now_ns=lambda: 0)
    desk._call = call
    bus.publish(
        SuggestionsReady(call_id="call", t_ns=1, turn=0, question="주차 신고", cards=(CARD,), band=Band.SURE, ms=1.0)
    )
    return desk, bus, book


def act(action: CardAction, question: str = "", article: str = "A") -> CardActed:
    return CardActed(call_id="call", t_ns=2, article_id=article, title="제목", action=action, question=question)


@pytest.mark.parametrize(
    ("question", "learned"), [("", "주차 신고"), ("과태료", "과태료")], ids=["suggested", "searched"]
)
def test_an_act_is_learned_under_the_question_it_came_up_for(question: str, learned: str) -> None:
    _, bus, book = desk_in("devices")
    bus.publish(act(CardAction.USED, question))
    assert book.news.wait(30)
    assert book.taught == [(learned, "A", CardAction.USED)]


def test_practice_teaches_nothing_and_neither_does_an_act_without_a_question() -> None:
    practice, bus, book = desk_in("practice")
    bus.publish(act(CardAction.USED))
    real, other_bus, other = desk_in("devices")
    other_bus.publish(act(CardAction.OPENED, article="unasked"))
    for desk in (practice, real):
        desk._works.wait(30)
    assert book.taught == other.taught == []
