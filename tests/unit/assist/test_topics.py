from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from assist.model import Turn
from assist.settings import AssistSettings, Dial
from assist.suggest import Suggester, Suggestion
from assist.topics import after_cue
from audio.model import Channel
from kb.confidence import band_of
from kb.model import Article, Band, Hit, SearchResult
from resources import path

A, C = Channel.AGENT, Channel.CALLER


@dataclass
class Shelf:
    """Finds entries by a word of the question, as sure as told; what came before counts like the question itself."""

    entries: Mapping[str, str]
    sure: float = 0.8
    asked: list[tuple[str, tuple[str, ...], float]] = field(default_factory=list)

    def search(
        self,
        text: str,
        top_n: int = 10,
        district: str = "",
        context: tuple[str, ...] = (),
        boosts: Mapping[str, float] | None = None,
        *,
        confidence: float = 1.0,
    ) -> SearchResult:
        self.asked.append((text, context, confidence))
        said = (text, *context)
        found = [ident for ident, word in self.entries.items() if any(word in one for one in said)]
        hits = tuple(Hit(Article(ident, f"{ident} 안내", "답"), "답", (), 1.0) for ident in found)
        band = band_of(self.sure)
        return SearchResult(text, hits, self.sure if hits else 0.0, band if hits else Band.SILENT, 1.0)


class Talk:
    def __init__(self, shelf: Shelf, settings: AssistSettings | None = None) -> None:
        self.suggester = Suggester(shelf, settings or AssistSettings())
        self.turns: list[Turn] = []

    def say(self, text: str, speaker: Channel = C, confidence: float = 1.0) -> list[str] | None:
        at = len(self.turns) * 5.0
        turn = Turn(index=len(self.turns), speaker=speaker, start=at, end=at + 3, text=text, confidence=confidence)
        self.turns.append(turn)
        found: Suggestion | None = self.suggester.on_turn(turn, text, tuple(self.turns))
        return None if found is None else [card.article_id for card in found.cards]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        (
            "알겠어요 아 그리고 하나 더요 어제 택시를 탔는데 영수증을 안 받았어요",
            "어제 택시를 탔는데 영수증을 안 받았어요",
        ),
        ("네 알겠어요 아 그리고 하나만 더요 다른 건데요", ""),
        ("또 한 가지 더 여쭤볼게요 자동차세는 언제 내요", "자동차세는 언제 내요"),
        ("그거 말고 여권은 어디서 만들어요", "여권은 어디서 만들어요"),
        ("그럼 수수료는 얼마예요", None),
        ("하나는 중학교 가고 하나는 고등학교 가거든요", None),
        ("그 서류 하나 들고 가면 되나요", None),
    ],
)
def test_another_question_is_announced(text: str, rest: str | None) -> None:
    assert after_cue(text) == rest


def test_the_first_question_does_not_colour_the_second() -> None:
    shelf = Shelf({"이사": "전입신고", "카드": "교통카드"})
    talk = Talk(shelf)
    assert talk.say("이사를 했는데 전입신고 언제까지 해야 되나요") == ["이사"]
    talk.say("네 전입신고는 14일 이내에 하셔야 합니다", A)
    assert talk.say("네 알겠어요 아 그리고 하나만 더요 다른 건데요") is None
    assert talk.say("저희 어머니 지하철 공짜로 타는 교통카드 어떻게 만들어요") == ["카드"]
    assert shelf.asked[-1][1] == ()


def test_another_question_in_the_same_breath_is_asked_alone() -> None:
    shelf = Shelf({"카드": "카드", "영수증": "영수증"})
    talk = Talk(shelf)
    talk.say("옷가게에서 카드 결제를 거부해서 신고하려고요")
    assert talk.say("알겠어요 그리고 하나 더요 택시에서 현금 영수증을 안 받았는데 지금 되나요") == ["영수증"]


def test_something_else_is_noticed_without_a_word_about_it() -> None:
    shelf = Shelf({"여권": "여권", "폐기물": "폐기물"})
    talk = Talk(shelf)
    talk.say("여권 재발급 수수료 얼마예요")
    assert talk.say("대형 폐기물 스티커 어디서 사요") == ["폐기물"]


def test_going_on_keeps_the_list_and_what_was_said() -> None:
    shelf = Shelf({"보일러": "보일러"})
    talk = Talk(shelf)
    assert talk.say("전세 사는데 보일러가 얼어서 터졌어요") == ["보일러"]
    assert talk.say("집주인은 칠십만 원 들여서 바꿀 거니까 절반을 내라고 하는데 어떻게 하나요") is None
    assert any("보일러" in one for one in shelf.asked[-1][1])


def test_the_practice_call_with_two_questions_gets_cards_for_both() -> None:
    call = json.loads(path("practice/two-inquiries.json").read_text(encoding="utf-8"))
    talk = Talk(Shelf({"전입": "전입신고", "카드": "카드"}))
    lists = [
        found
        for turn in call["turns"]
        if (found := talk.say(turn["text"], A if turn["speaker"] == "agent" else C)) is not None
    ]
    assert lists[0] == ["전입"]
    assert lists[-1] == ["카드"]
    assert sum(one != other for one, other in pairwise(lists)) == 1


def test_how_sure_the_recogniser_was_is_passed_on() -> None:
    shelf = Shelf({"여권": "여권"})
    Talk(shelf).say("여권 재발급 수수료 얼마예요", confidence=0.4)
    assert shelf.asked[0][2] == 0.4


@pytest.mark.parametrize(
    ("sure", "quiet", "normal", "active"),
    [(0.8, True, True, True), (0.5, False, True, True), (0.4, False, True, True), (0.28, False, False, True)],
)
def test_the_dial_moves_the_limits(sure: float, quiet: bool, normal: bool, active: bool) -> None:
    for dial, shown in ((Dial.QUIET, quiet), (Dial.NORMAL, normal), (Dial.ACTIVE, active)):
        talk = Talk(Shelf({"여권": "여권"}, sure), AssistSettings(dial=dial))
        assert (talk.say("여권 재발급 수수료 얼마나 합니까") is not None) is shown


def test_an_answer_for_another_district_by_its_title_is_left_out() -> None:
    class Elsewhere(Shelf):
        def search(self, text: str, *args: object, **more: object) -> SearchResult:  # type: ignore[override]
            hit = Hit(Article("x", "마포구 쓰레기 배출 요일", "답"), "답", (), 1.0)
            return SearchResult(text, (hit,), 0.9, Band.SURE, 1.0)

    assert Talk(Elsewhere({})).say("노원구 음식물 쓰레기 언제 내놔요") is None
