from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from assist.errors import AssistFault
from assist.events import AbuseSeen, CrisisSeen, DraftReady, NoticeRaised, NumberHeard, SuggestionsReady, TurnUpdated
from assist.live import LiveAssist
from assist.model import AbuseLabel, CallRecord, CardAction, CrisisKind, Draft, HeardNumber, Turn
from assist.protect.ladder import Ladder
from assist.settings import AssistSettings
from audio.events import CallEvent, TranscriptFinal
from audio.model import Channel
from kb.model import Article, Band, Hit, SearchResult

A, C = Channel.AGENT, Channel.CALLER


class Search:
    def __init__(self, fault: Exception | None = None) -> None:
        self.fault = fault

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
        if self.fault is not None:
            raise self.fault
        article = Article(id="1", question="여권 안내", answer="답")
        return SearchResult(text, (Hit(article, "답", (), 1.0),), 0.8, Band.SURE, 1.0)


class Numbers:
    def add(self, turn: Turn) -> tuple[HeardNumber, ...]:
        if "4만" not in turn.text:
            return ()
        return (HeardNumber(0, "amount", "4만 원", turn.speaker, turn.index, turn.start, turn.end, True),)


def summary(turns: Sequence[Turn]) -> Draft:
    return Draft(records=(CallRecord(category="행정", inquiry=(turns[0].text,)),), summary=f"{len(turns)}")


class Call:
    """A call under test: a fake clock and everything that was emitted."""

    def __init__(
        self,
        search: Search | None = None,
        summarize: Callable[[Sequence[Turn]], Draft] = summary,
        settings: AssistSettings | None = None,
    ) -> None:
        chosen = settings or AssistSettings()
        self.now_s = 0.0
        self.events: list[CallEvent] = []
        self.live = LiveAssist(
            call_id="c",
            clock_ns=lambda: int(self.now_s * 1e9),
            sink=self.events.append,
            retriever=search or Search(),
            ladder=Ladder(chosen),
            collector=Numbers(),
            summarizer=summarize,
            settings=chosen,
        )
        self.utterance = 0

    def say(self, channel: Channel, text: str, at: float | None = None) -> list[CallEvent]:
        start = self.now_s if at is None else at
        self.now_s = start + 2
        before = len(self.events)
        self.live.on_final(
            TranscriptFinal(
                call_id="c",
                t_ns=int(self.now_s * 1e9),
                utterance=self.utterance,
                channel=channel,
                start=start,
                end=start + 1,
                text=text,
                display=text,
                confidence=0.9,
            )
        )
        self.utterance += 1
        return self.events[before:]


def kinds(events: Sequence[CallEvent]) -> list[str]:
    return [type(event).__name__ for event in events]


QUESTION = "여권 재발급 수수료 얼마예요"


@pytest.mark.parametrize(
    ("channel", "text", "expected"),
    [
        (C, QUESTION, ["TurnUpdated", "SuggestionsReady", "DraftReady"]),
        (C, "과태료가 4만 원 나왔는데 이의신청 방법", ["TurnUpdated", "NumberHeard", "SuggestionsReady", "DraftReady"]),
        (C, "네", ["TurnUpdated", "DraftReady"]),
        (C, "야 이 씨발", ["TurnUpdated", "AbuseSeen", "LadderMoved", "DraftReady"]),
        (A, "야 이 씨발", ["TurnUpdated", "DraftReady"]),
        (C, "", []),
    ],
)
def test_one_final_in_events_out(channel: Channel, text: str, expected: list[str]) -> None:
    assert kinds(Call().say(channel, text)) == expected


def test_danger_is_shown_before_the_search() -> None:
    events = Call().say(C, "이제 다 끝내고 싶어요 죽고 싶어요 도와 주세요")
    assert kinds(events)[:2] == ["TurnUpdated", "CrisisSeen"]
    assert not any(isinstance(event, AbuseSeen) for event in events)
    crisis = next(event for event in events if isinstance(event, CrisisSeen))
    assert crisis.finding.kind is CrisisKind.SUICIDE


def test_evidence_points_into_the_turn_not_the_utterance() -> None:
    call = Call()
    call.say(C, "민원 처리가 왜 이래요", at=0)
    events = call.say(C, "개새끼야", at=1.5)
    turn = next(event.turn for event in events if isinstance(event, TurnUpdated))
    seen = next(event for event in events if isinstance(event, AbuseSeen))
    span = seen.finding.evidence[0]
    assert seen.turn == turn.index == 0
    assert turn.text[span.start : span.end] == "개새끼"


def test_the_ladder_climbs_with_what_was_said() -> None:
    call = Call()
    first = next(event for event in call.say(C, "이 병신 같은 것들") if isinstance(event, AbuseSeen))
    assert (first.warnings_given, first.warnings_allowed, first.script.is_final) == (0, 1, False)
    call.live.on_warning(first.script)
    assert kinds(call.events)[-2:] == ["WarningGiven", "LadderMoved"]
    second = next(event for event in call.say(C, "씨발 진짜", at=20) if isinstance(event, AbuseSeen))
    assert second.warnings_given == 1
    assert second.script.is_final


def test_an_utterance_is_judged_once() -> None:
    call = Call()
    call.say(C, "씨발")
    call.utterance = 0
    assert "AbuseSeen" not in kinds(call.say(C, "씨발", at=0))


def test_a_broken_search_is_told_once_and_stops_nothing() -> None:
    call = Call(search=Search(RuntimeError("no index")))
    first = call.say(C, QUESTION)
    assert kinds(first) == ["TurnUpdated", "NoticeRaised", "DraftReady"]
    notice = next(event for event in first if isinstance(event, NoticeRaised))
    assert notice.code == "assist.search_failed"
    assert "NoticeRaised" not in kinds(call.say(C, "씨발 여권 재발급 서류 알려줘", at=10))
    assert "AbuseSeen" in kinds(call.events)


def test_a_fault_brings_its_own_sentence() -> None:
    call = Call(search=Search(AssistFault("models.missing", name="e5")))
    notice = next(event for event in call.say(C, QUESTION) if isinstance(event, NoticeRaised))
    assert (notice.code, notice.params) == ("models.missing", {"name": "e5"})


def test_a_broken_summariser_still_ends_with_a_draft() -> None:
    def broken(turns: Sequence[Turn]) -> Draft:
        raise ValueError

    call = Call(summarize=broken)
    assert "SuggestionsReady" in kinds(call.say(C, QUESTION))
    assert call.live.finish() == Draft(records=(), summary="")
    assert [event.code for event in call.events if isinstance(event, NoticeRaised)] == ["assist.draft_failed"]
    assert isinstance(call.events[-1], DraftReady)
    assert call.events[-1].final


def test_drafts_grow_every_few_seconds_and_end_once() -> None:
    call = Call(settings=AssistSettings(draft_every_s=10))
    for second in (0, 3, 6, 12):
        call.say(C, "네", at=second)
    drafts = [event for event in call.events if isinstance(event, DraftReady)]
    assert [(event.t_ns // 1_000_000_000, event.final) for event in drafts] == [(2, False), (14, False)]
    final = call.live.finish()
    assert call.live.finish() is final
    assert [event.final for event in call.events if isinstance(event, DraftReady)].count(True) == 1


def test_a_growing_draft_that_says_nothing_new_is_not_told_again() -> None:
    call = Call(summarize=lambda turns: Draft((CallRecord("행정", inquiry=("여권",) * (1 + len(turns) // 3)),), ""))
    for second in (0, 10, 20, 30):
        call.say(C, "네", at=second)
    told = [(event.t_ns // 10**9, event.final) for event in call.events if isinstance(event, DraftReady)]
    assert told == [(2, False), (22, False)]
    call.live.finish()
    assert isinstance(call.events[-1], DraftReady)
    assert call.events[-1].final


def test_card_actions_are_told_and_dismissed_cards_stay_away() -> None:
    call = Call()
    call.say(C, QUESTION)
    call.live.on_card_action("1", "여권 안내", CardAction.DISMISSED)
    assert kinds(call.events)[-1] == "CardActed"
    later = call.say(C, "여권 재발급 사진 규격 뭐예요", at=30)
    assert all(not event.cards for event in later if isinstance(event, SuggestionsReady))


def test_time_notices_by_the_call_clock() -> None:
    call = Call()
    call.now_s = 901
    call.live.on_tick()
    call.now_s = 1201
    call.live.on_tick()
    call.live.on_tick()
    codes = [(event.code, event.params) for event in call.events if isinstance(event, NoticeRaised)]
    assert codes == [("assist.call_notice", {"minutes": "15"}), ("assist.call_limit", {"minutes": "20"})]


def test_insisting_is_shown_without_a_warning() -> None:
    event = next(e for e in Call().say(C, "해결될 때까지 전화 안 끊어요") if isinstance(e, AbuseSeen))
    assert event.finding.label is AbuseLabel.UNREASONABLE
    assert event.script.id.endswith(".plea")


def test_numbers_come_with_their_turn() -> None:
    heard = [event for event in Call().say(C, "4만 원이요") if isinstance(event, NumberHeard)]
    assert [event.number.turn for event in heard] == [0]
