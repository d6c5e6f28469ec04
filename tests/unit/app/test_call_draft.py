"""Whose record a used card's source goes to."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from app.call_draft import CallDraft
from app.deskbook import Deskbook
from app.practice_calls import by_name
from app.retrieval import Retrieval
from assist.events import CardActed, SuggestionsReady
from assist.model import Card, CardAction, Turn
from kb.model import Article, Band

MOVED = Article(id="A", question="전입신고 방법과 기한", answer="…", category="행정", department="동주민센터")
OTHER = Article(id="B", question="교통카드 발급", answer="…", category="교통", department="교통정책과")
USED, DISMISSED = CardAction.USED, CardAction.DISMISSED
FIRST, SECOND = (True, False), (False, True)
TURNS = [
    Turn(i, said.speaker, said.start, said.end, said.text) for i, said in enumerate(by_name("two-inquiries").turns)
]
ASKED, ASKED_NEXT = 1, 11
"""Caller turns of the two inquiries."""


def drafting() -> CallDraft:
    retriever = SimpleNamespace(status=SimpleNamespace(generation=1))
    deskbook = SimpleNamespace(entry={"A": MOVED, "B": OTHER}.get)
    return CallDraft(cast("Deskbook", deskbook), cast("Retrieval", retriever))


def up(turn: int, *articles: str) -> SuggestionsReady:
    cards = tuple(Card(name, "제목", "답변", (), "답변", "", "", "", "", "", 0.9, Band.SURE) for name in articles)
    return SuggestionsReady(call_id="c", t_ns=0, turn=turn, question="…", cards=cards, band=Band.SURE, ms=1.0)


def act(action: CardAction, at_s: float, article: str = "A", question: str = "") -> CardActed:
    return CardActed(call_id="c", t_ns=int(at_s * 1e9), article_id=article, title="", action=action, question=question)


def cited(draft: CallDraft) -> tuple[bool, ...]:
    return tuple(
        "전입신고 방법과 기한(동주민센터)" in " ".join(record.answer) for record in draft.summarize(TURNS).records
    )


@pytest.mark.parametrize("at_s", [12.0, 20.0, 56.0, 64.0, 74.0], ids=["asked", "told", "late", "next", "asks-next"])
def test_a_card_used_in_the_first_inquiry_is_its_source_alone(at_s: float) -> None:
    plain, draft = drafting().summarize(TURNS).records, drafting()
    draft.on_suggestions(up(ASKED, "A"))
    draft.on_card(act(USED, at_s))
    assert cited(draft) == FIRST
    assert draft.summarize(TURNS).records[1] == plain[1]
    assert plain[1].category != "행정"


def test_a_card_used_in_the_second_inquiry_is_its_source() -> None:
    again, still_up, searched = drafting(), drafting(), drafting()
    again.on_suggestions(up(ASKED, "A"))
    again.on_suggestions(up(ASKED_NEXT, "A"))
    again.on_card(act(USED, 74.5))
    still_up.on_suggestions(up(ASKED, "A"))
    still_up.on_card(act(USED, 96.0))
    searched.on_card(act(USED, 96.0, question="전입신고"))
    assert cited(again) == cited(still_up) == cited(searched) == SECOND


def test_a_card_put_away_after_its_use_is_no_source() -> None:
    draft = drafting()
    draft.on_suggestions(up(ASKED, "A", "B"))
    draft.on_card(act(USED, 20.0))
    draft.on_card(act(USED, 21.0, "B"))
    assert draft.summarize(TURNS) is not None
    assert draft.drafted[1] == [MOVED, OTHER]
    draft.on_card(act(DISMISSED, 64.0))
    assert cited(draft) == (False, False)
    assert draft.drafted[1] == [OTHER]
    draft.on_card(act(USED, 30.0))
    assert cited(draft) == FIRST


def test_a_card_put_away_in_the_second_inquiry_stays_the_source_of_the_first() -> None:
    draft = drafting()
    draft.on_suggestions(up(ASKED, "A"))
    draft.on_card(act(USED, 20.0))
    draft.on_suggestions(up(ASKED_NEXT, "A"))
    draft.on_card(act(USED, 90.0))
    assert cited(draft) == (True, True)
    draft.on_card(act(DISMISSED, 92.0))
    assert cited(draft) == FIRST
