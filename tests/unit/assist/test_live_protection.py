"""What protects in a call, together: events in, events out, with a clock that moves only when told."""

from __future__ import annotations

from typing import TypeVar

import pytest

from assist.events import (
    AbuseSeen,
    BehaviourSeen,
    CallerKnown,
    CrisisSeen,
    HandoverNoted,
    LadderMoved,
    NoticeRaised,
    WelfareCentreFound,
)
from assist.live import LiveAssist
from assist.model import AbuseLabel, BehaviourKind, CrisisKind, Draft, HeardNumber, Turn
from assist.protect.crisis_watch import CrisisHelp
from assist.protect.handover import WelfareCentre
from assist.protect.ladder import Ladder
from assist.settings import AssistSettings
from audio.events import CallEvent, TranscriptFinal
from audio.model import Channel
from kb.model import Band, SearchResult

A, C = Channel.AGENT, Channel.CALLER
CALM_DB, SHOUT_DB = -32.0, -14.0
ANSWER = "안내해 드린 것처럼 정해진 절차에 따라 서면으로 신청하셔야 합니다"
NEUTRAL = (
    "지난주에 신청한 서류가 아직 안 왔어요",
    "신청은 구청 누리집에서 했고요",
    "접수 번호는 문자로 받았습니다",
    "언제쯤 받을 수 있는지 궁금해서요",
    "우편으로 보내 주시는 건가요",
    "주소는 신청서에 적은 그대로예요",
    "그럼 다음 주까지 기다리면 될까요",
)
Event = TypeVar("Event", bound=CallEvent)


class Silence:
    """A search that finds nothing."""

    def search(self, text: str, *_: object, **__: object) -> SearchResult:
        return SearchResult(text, (), 0.0, Band.SILENT, 0.0)


class NoNumbers:
    def add(self, turn: Turn) -> tuple[HeardNumber, ...]:
        return ()


class Centres:
    def __init__(self, fails: bool = False) -> None:
        self.fails = fails

    def find(self, district: str) -> WelfareCentre | None:
        if self.fails:
            raise RuntimeError("the index is gone")
        return WelfareCentre(district, "새빛종합사회복지관", "02-000-1234", "w1")


class Call:
    def __init__(self, help_: CrisisHelp | None = None, settings: AssistSettings | None = None) -> None:
        chosen = settings or AssistSettings()
        self.now_s = 0.0
        self.events: list[CallEvent] = []
        self.ladder = Ladder(chosen)
        self.utterance = 0
        self.live = LiveAssist(
            "c", lambda: int(self.now_s * 1e9), self.events.append, Silence(), self.ladder, NoNumbers(),
            lambda turns: Draft((), ""), chosen, help_,
        )  # fmt: skip

    def say(self, channel: Channel, *texts: str, loudness_db: float | None = CALM_DB) -> None:
        for text in texts:
            start, self.now_s = self.now_s, self.now_s + 4.0
            self.live.on_final(
                TranscriptFinal(
                    call_id="c",
                    t_ns=int(self.now_s * 1e9),
                    utterance=self.utterance,
                    channel=channel,
                    start=start,
                    end=start + 3.5,
                    text=text,
                    display=text,
                    confidence=0.9,
                    loudness_db=loudness_db,
                )
            )
            self.utterance += 1

    def answered(self, *texts: str) -> None:
        for text in texts:
            self.say(C, text)
            self.say(A, ANSWER)

    def seen(self, kind: type[Event]) -> list[Event]:
        return [event for event in self.events if isinstance(event, kind)]


def test_shouting_neutral_sentences_is_no_finding() -> None:
    call = Call()
    call.say(C, *NEUTRAL)
    call.say(C, *NEUTRAL, loudness_db=SHOUT_DB)
    assert call.seen(AbuseSeen) == []
    assert call.seen(BehaviourSeen) == []
    assert call.seen(CrisisSeen) == []


def test_a_curse_that_is_shouted_weighs_more_than_one_that_is_said() -> None:
    findings = []
    for loudness_db in (CALM_DB, SHOUT_DB, None):
        call = Call()
        call.say(C, *NEUTRAL)
        call.say(C, "아 진짜 짜증나게 병신같이 일하네", loudness_db=loudness_db)
        (seen,) = call.seen(AbuseSeen)
        findings.append(seen.finding)
    said, shouted, unheard = findings
    assert said.severity < 3
    assert (said.arousal, unheard.arousal) == (0.0, 0.0)
    assert shouted.arousal >= 0.5
    assert shouted.severity == said.severity + 1 == unheard.severity + 1
    assert (shouted.label, shouted.evidence) == (said.label, said.evidence)


def test_a_loud_threat_is_no_other_threat() -> None:
    scripts = []
    for loudness_db in (CALM_DB, SHOUT_DB):
        call = Call()
        call.say(C, *NEUTRAL)
        call.say(C, "너 내가 가만 안 둔다 죽여 버릴 거야", loudness_db=loudness_db)
        scripts.append(call.seen(AbuseSeen)[0].script.situation)
    assert scripts[0] == scripts[1]


def test_insisting_is_answered_and_never_warned_for() -> None:
    call = Call()
    call.answered("과태료를 취소해 주세요", "아니 과태료를 취소해 달라고요", "취소하라니까요 그 과태료")
    (seen,) = call.seen(BehaviourSeen)
    assert seen.kinds == (BehaviourKind.REPETITION,)
    assert seen.script.situation == "repetition"
    assert call.ladder.warnings_given == 0
    assert call.seen(LadderMoved)[-1].state.next == seen.script
    assert not any(event.finding.label is not AbuseLabel.UNREASONABLE for event in call.seen(AbuseSeen))


def test_an_answer_to_insisting_never_stands_in_a_warnings_way() -> None:
    call = Call()
    call.say(C, "야 이 씨발 새끼야")
    warning = call.ladder.state.next
    call.answered("과태료를 취소해 주세요", "아니 과태료를 취소해 달라고요", "취소하라니까요 그 과태료")
    assert [event.kinds for event in call.seen(BehaviourSeen)] == [(BehaviourKind.REPETITION,)]
    assert call.ladder.state.next == warning


def test_what_the_counsellor_chose_stays() -> None:
    call = Call()
    call.live.on_situation("drunk")
    call.answered("과태료를 취소해 주세요", "아니 과태료를 취소해 달라고요", "취소하라니까요 그 과태료")
    assert call.ladder.state.situation == "drunk"


def test_a_long_call_brings_its_sentence_and_the_limit_lets_it_end() -> None:
    call = Call(settings=AssistSettings(notice_after_s=100, limit_s=200))
    for now_s in (50.0, 101.0, 150.0, 201.0, 300.0):
        call.now_s = now_s
        call.live.on_tick()
    notice, limit = call.seen(BehaviourSeen)
    assert notice.kinds == limit.kinds == (BehaviourKind.LONG,)
    assert [notice.script.is_final, limit.script.is_final] == [False, True]
    assert [event.code for event in call.seen(NoticeRaised)] == ["assist.call_notice", "assist.call_limit"]


@pytest.mark.parametrize(("earlier", "told"), [(4, 0), (5, 1)])
def test_earlier_calls_count_before_the_first_word(earlier: int, told: int) -> None:
    call = Call()
    for _ in range(2):
        call.live.on_caller(CallerKnown(call_id="c", t_ns=0, managed=None, earlier_calls=earlier))
    assert len(call.seen(BehaviourSeen)) == told


def test_a_person_in_danger_leads() -> None:
    call = Call(settings=AssistSettings(notice_after_s=100, limit_s=200))
    call.say(C, "죽고 싶어요")
    call.say(C, "야 씨발 빨리 좀 해")
    call.answered("긴급 지원금을 지금 보내 주세요", "지원금을 보내 달라고요", "보내 달라니까요 지원금")
    call.now_s = 250.0
    call.live.on_tick()
    kinds = [type(event) for event in call.events]
    assert kinds.index(CrisisSeen) < kinds.index(AbuseSeen)
    assert call.seen(BehaviourSeen) == []
    assert not any(event.code.startswith("assist.call_") for event in call.seen(NoticeRaised))


def test_the_centre_comes_with_the_danger_and_the_note_with_one_press() -> None:
    call = Call(CrisisHelp(centres=Centres(), wall_time="2026-11-22T09:00:00+09:00"))
    call.say(C, "관악구 신림동이에요", "죽고 싶어요")
    (centre,) = call.seen(WelfareCentreFound)
    assert (centre.district, centre.phone) == ("관악구", "02-000-1234")
    call.say(A, "자살예방 상담전화 109로 연결해 드리겠습니다")
    call.live.on_handover(CrisisKind.SUICIDE)
    (note,) = call.seen(HandoverNoted)
    assert note.kind is CrisisKind.SUICIDE
    assert "109" in note.text
    assert note.turn == call.seen(CrisisSeen)[0].turn
    call.live.finish()
    call.live.on_handover(CrisisKind.SUICIDE)
    assert len(call.seen(HandoverNoted)) == 2


def test_what_fails_beside_the_danger_takes_nothing_from_it() -> None:
    call = Call(CrisisHelp(centres=Centres(fails=True)))
    call.say(C, "관악구예요 죽고 싶어요")
    assert len(call.seen(CrisisSeen)) == 1
    call.live.on_handover(CrisisKind.FIRE_OR_INJURY)
    assert [event.code for event in call.seen(NoticeRaised)] == ["assist.centre_failed", "assist.handover_failed"]
    assert call.seen(HandoverNoted) == []
