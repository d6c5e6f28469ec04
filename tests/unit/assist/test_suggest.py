from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from assist.model import CardAction, Turn
from assist.settings import AssistSettings, Dial
from assist.suggest import Suggester, Suggestion, clean, content_words, restated
from audio.model import Channel
from kb.model import Article, Band, Hit, SearchResult
from kb.places import heard_last

A, C = Channel.AGENT, Channel.CALLER


def hits(*ids: str) -> tuple[Hit, ...]:
    return tuple(Hit(Article(id=ident, question=f"{ident} 안내", answer="답"), "답", (), 1.0) for ident in ids)


@dataclass
class FakeSearch:
    """Answers in order; remembers what it was asked."""

    answers: list[tuple[tuple[str, ...], float, Band]]
    asked: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)

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
        self.asked.append((text, district, context))
        ids, confidence, band = self.answers[min(len(self.asked), len(self.answers)) - 1]
        return SearchResult(text, hits(*ids), confidence, band, 1.0)


class Talk:
    def __init__(self, search: FakeSearch, settings: AssistSettings | None = None) -> None:
        self.suggester = Suggester(search, settings or AssistSettings())
        self.turns: list[Turn] = []

    def say(self, text: str, speaker: Channel = C) -> Suggestion | None:
        index = len(self.turns)
        turn = Turn(index=index, speaker=speaker, start=index * 5.0, end=index * 5.0 + 3, text=text)
        self.turns.append(turn)
        return self.suggester.on_turn(turn, text, tuple(self.turns))


def ids(suggestion: Suggestion | None) -> list[str] | None:
    return None if suggestion is None else [card.article_id for card in suggestion.cards]


SURE = Band.SURE


def test_at_most_three_cards_of_the_question() -> None:
    search = FakeSearch([(("a", "b", "c", "d"), 0.8, SURE)])
    talk = Talk(search)
    found = talk.say("네 안녕하세요 여권 재발급 수수료 얼마예요")
    assert ids(found) == ["a", "b", "c"]
    assert found is not None
    assert found.turn == 0
    assert "안녕" not in search.asked[0][0]


@pytest.mark.parametrize("text", ["네", "네 네", "아 그래요", "알겠습니다", "잠깐만요", "어 음 그", "여보세요"])
def test_small_talk_asks_nothing(text: str) -> None:
    search = FakeSearch([(("a",), 0.9, SURE)])
    assert Talk(search).say(text) is None
    assert search.asked == []


def test_context_is_restatement_then_earlier_turns() -> None:
    search = FakeSearch([(("a",), 0.8, SURE)])
    talk = Talk(search)
    talk.say("불법 주정차 차량 때문에 불편해서요")
    talk.say("불법 주정차 신고 문의 맞으신가요?", A)
    talk.say("신고하면 과태료 얼마 나와요")
    assert search.asked[1][0] == "불법 주정차 신고"
    assert search.asked[2][2] == ("불법 주정차 신고", "불법 주정차 차량 때문에 불편해서요")


def test_the_district_heard_is_kept_for_the_call() -> None:
    search = FakeSearch([(("a",), 0.8, SURE)])
    talk = Talk(search)
    talk.say("신림동 쓰레기 배출 요일 알려주세요")
    talk.say("대형 폐기물 스티커 가격 알려주세요")
    assert [asked[1] for asked in search.asked] == ["관악구", "관악구"]


def test_silence_shows_nothing_and_keeps_the_list_on_topic() -> None:
    search = FakeSearch([((), 0.0, Band.SILENT), (("a",), 0.8, SURE), ((), 0.1, Band.SILENT), ((), 0.1, Band.SILENT)])
    talk = Talk(search)
    assert talk.say("이상한 하늘 구름 이야기") is None
    assert ids(talk.say("여권 재발급 수수료 얼마예요")) == ["a"]
    assert talk.say("여권 재발급 사진 규격 있어요") is None
    quiet = talk.say("강아지 동물등록 비용 궁금합니다")
    assert ids(quiet) == []
    assert quiet is not None
    assert quiet.band is Band.SILENT


def test_a_slightly_better_list_waits_and_a_clearly_better_one_wins() -> None:
    search = FakeSearch([(("a",), 0.7, SURE), (("b",), 0.72, SURE), (("b",), 0.72, SURE), (("c",), 0.95, SURE)])
    talk = Talk(search)
    assert ids(talk.say("여권 재발급 수수료 얼마예요")) == ["a"]
    assert talk.say("여권 재발급 기간 얼마나 걸려요") is None
    assert ids(talk.say("여권 재발급 기간 며칠 걸려요")) == ["b"]
    assert ids(talk.say("여권 재발급 사진 규격 뭐예요")) == ["c"]


def test_a_new_topic_replaces_the_list() -> None:
    search = FakeSearch([(("a",), 0.9, SURE), (("b",), 0.7, SURE)])
    talk = Talk(search)
    talk.say("여권 재발급 수수료 얼마예요")
    assert ids(talk.say("대형 폐기물 스티커 어디서 사요")) == ["b"]


def test_dismissed_cards_stay_away_and_pinned_ones_stay() -> None:
    search = FakeSearch([(("a", "b", "c"), 0.8, SURE), (("a", "d", "e"), 0.9, SURE)])
    talk = Talk(search)
    talk.say("여권 재발급 수수료 얼마예요")
    talk.suggester.on_card_action("a", CardAction.DISMISSED)
    talk.suggester.on_card_action("c", CardAction.PINNED)
    assert ids(talk.say("대형 폐기물 스티커 가격 알려주세요")) == ["c", "d", "e"]


def test_an_older_turn_is_stale() -> None:
    search = FakeSearch([(("a",), 0.8, SURE), (("b",), 0.9, SURE)])
    suggester = Suggester(search, AssistSettings())
    newer = Turn(index=1, speaker=C, start=10, end=12, text="대형 폐기물 스티커 가격")
    older = Turn(index=2, speaker=C, start=2, end=4, text="여권 재발급 수수료 얼마예요")
    assert suggester.on_turn(newer, newer.text, (newer,)) is not None
    assert suggester.on_turn(older, older.text, (older, newer)) is None


@pytest.mark.parametrize(
    ("dial", "band", "shown"),
    [
        (Dial.QUIET, Band.CANDIDATE, False),
        (Dial.QUIET, SURE, True),
        (Dial.NORMAL, Band.CANDIDATE, True),
        (Dial.ACTIVE, Band.CANDIDATE, True),
    ],
)
def test_the_dial(dial: Dial, band: Band, shown: bool) -> None:
    talk = Talk(FakeSearch([(("a",), 0.7, band)]), AssistSettings(dial=dial))
    assert (talk.say("여권 재발급 수수료 얼마나 합니까") is not None) is shown


def test_cleaning() -> None:
    assert clean("네 안녕하세요 저기 여권 만들려고요") == "여권 만들려고요"
    assert "관악구" not in clean("관악구 사는 주민인데요 쓰레기 배출 문의요")
    assert content_words("여권은 어디서 만들어요") == {"여권", "만들"}
    assert restated("네 불법 주정차 신고 문의 맞으신가요?") == "불법 주정차 신고"
    assert restated("잠시만 기다려 주세요") == ""


@pytest.mark.parametrize(
    ("text", "district"),
    [
        ("서대문구청이죠", "서대문구"),
        ("신림 삼동 사는데요", "관악구"),
        ("목동에서 강서구로 이사했어요", "강서구"),
        ("요즘 물가가 중구난방이네요", ""),
        ("어디든 상관없어요", ""),
    ],
)
def test_districts(text: str, district: str) -> None:
    assert heard_last(text) == district
