"""Automatic evidence: found where it is, told missing where it is missing, and never a score."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from assist.events import CallEnded, CallHeld, CardActed, ListeningPaused, SuggestionsReady, TurnUpdated
from assist.model import Card, CardAction, Turn
from assist.review.figures import figures, same
from assist.review.model import ASPECTS, Item, Observation, ObservationKind
from assist.review.observe import observe, offered
from assist.review.observe_answers import unshown
from audio.events import AudioGap, CallEvent, TranscriptFinal, WordsAligned
from audio.model import Channel, Flag, Word
from kb.model import Band
from resources import path

AGENT, CALLER = Channel.AGENT, Channel.CALLER


def log(lines: Sequence[tuple[Channel, float, float, str]], *more: CallEvent) -> list[CallEvent]:
    """Return the events of a call in which each line is an utterance and a turn."""
    events: list[CallEvent] = []
    for number, (side, start, end, text) in enumerate(lines):
        t_ns = int(end * 1e9)
        events.append(
            TranscriptFinal(
                call_id="c", t_ns=t_ns, utterance=number, channel=side, start=start, end=end, text=text, display=text,
                confidence=1.0,
            )
        )  # fmt: skip
        turn = Turn(number, side, start, end, text, utterances=(number,))
        events.append(TurnUpdated(call_id="c", t_ns=t_ns, turn=turn))
    last = max(end for _, _, end, _ in lines)
    return [*events, *more, CallEnded(call_id="c", t_ns=int(last * 1e9), duration_s=last)]


def kinds(events: Sequence[CallEvent], kind: ObservationKind) -> list[Observation]:
    return [one for one in observe(events) if one.kind is kind]


def held(at: float, on: bool) -> CallHeld:
    return CallHeld(call_id="c", t_ns=int(at * 1e9), held=on)


GOOD = [
    (AGENT, 0.5, 5.0, "반갑습니다 다산콜재단 상담사 한가람입니다 무엇을 도와드릴까요"),
    (CALLER, 5.5, 9.0, "집 앞에 차를 세워놔서 신고를 하려고요"),
    (AGENT, 9.3, 12.0, "위치가 어디신가요"),
    (CALLER, 12.5, 15.0, "신림역 앞이에요"),
    (AGENT, 15.5, 18.0, "네 잠시만 기다려 주시겠어요 확인해 보겠습니다"),
    (AGENT, 30.0, 36.0, "기다려 주셔서 감사합니다 과태료는 4만 원입니다"),
    (CALLER, 36.5, 38.0, "네 알겠습니다"),
    (AGENT, 38.5, 40.0, "더 궁금하신 점 있으실까요"),
    (CALLER, 40.5, 41.0, "아니요"),
    (AGENT, 41.5, 44.0, "상담사 한가람이었습니다 좋은 하루 보내세요"),
]
BAD = [
    (AGENT, 0.5, 1.0, "네"),
    (CALLER, 1.5, 6.0, "집 앞에 차를 세워놔서 신고를 하려고요"),
    (AGENT, 4.0, 8.0, "그건 구청에 물어보셔야 해요"),
    (CALLER, 8.5, 9.5, "구청 어디요"),
    (AGENT, 21.5, 23.0, "주차 담당 부서요"),
    (CALLER, 23.5, 24.0, "아 네"),
    (AGENT, 24.5, 25.0, "네 그렇게 하세요"),
]


def test_a_call_by_the_book() -> None:
    found = {(one.kind, one.aspect): one for one in observe(log(GOOD))}
    greeting = found[ObservationKind.GREETING, ""]
    assert (greeting.found, greeting.start_s, greeting.end_s, greeting.turns) == (True, 0.5, 5.0, (0,))
    assert found[ObservationKind.IDENTIFICATION, "named"].turns == (0,)
    assert found[ObservationKind.IDENTIFICATION, "confirmed"].turns == (2,)
    wait = found[ObservationKind.HOLD_ANNOUNCED, "search"]
    assert (wait.found, wait.turns, wait.value) == (True, (4,), 12.0)
    assert found[ObservationKind.CLOSING, "more_questions"].turns == (7,)
    assert found[ObservationKind.CLOSING, "goodbye"].turns == (9,)
    assert not found[ObservationKind.INTERRUPTION, ""].found
    assert found[ObservationKind.SILENCE, ""].value == pytest.approx(12.0)
    share = found[ObservationKind.SPEAKING_SHARE, ""].value
    assert share == pytest.approx(19.7 / 27.7)


def test_a_call_that_lacks_everything() -> None:
    found = {(one.kind, one.aspect): one for one in observe(log(BAD))}
    for key in [
        (ObservationKind.GREETING, ""),
        (ObservationKind.IDENTIFICATION, "named"),
        (ObservationKind.CLOSING, "more_questions"),
        (ObservationKind.CLOSING, "goodbye"),
    ]:
        assert (found[key].found, found[key].start_s, found[key].end_s, found[key].turns) == (False, 0.0, 0.0, ())
    wait = found[ObservationKind.HOLD_ANNOUNCED, "search"]
    assert (wait.found, wait.start_s, wait.end_s, wait.value) == (False, 9.5, 21.5, 12.0)
    cut = found[ObservationKind.INTERRUPTION, "agent"]
    assert (cut.found, cut.turns, cut.value) == (True, (1, 2), 2.0)


def test_ids_are_numbered_within_a_kind_and_stay_for_the_same_events() -> None:
    events = log(GOOD)
    first = observe(events)
    assert len({one.id for one in first}) == len(first)
    assert {re.sub(r"\.\d+$", "", one.id) for one in first} <= set(ObservationKind)
    shuffled = list(events)
    random.Random(7).shuffle(shuffled)
    assert observe(shuffled) == first
    assert all(one.aspect in ASPECTS.get(one.kind, ("",)) or not one.aspect for one in first)


def test_a_call_in_which_nobody_spoke() -> None:
    found = observe([CallEnded(call_id="c", t_ns=0, duration_s=0.0)])
    assert all(not one.found for one in found)
    assert observe([]) == found


# -- holds, pauses, silences ----------------------------------------------------------------------------------


def test_a_hold_is_announced_or_not() -> None:
    lines = [
        (CALLER, 1.0, 3.0, "담당자 좀 바꿔 주세요"),
        (AGENT, 3.5, 6.0, "네 끊지 마시고 잠시만 기다려 주세요"),
        (AGENT, 30.0, 32.0, "담당자가 자리에 없습니다"),
        (CALLER, 32.5, 34.0, "네"),
        (AGENT, 34.5, 36.0, "그렇습니다"),
        (AGENT, 60.0, 62.0, "담당자입니다"),
    ]
    events = log(lines, held(5.5, True), held(29.0, False), held(36.0, True), held(59.0, False))
    waits = kinds(events, ObservationKind.HOLD_ANNOUNCED)
    assert [(one.found, one.aspect, one.value) for one in waits] == [(True, "hold", 23.5), (False, "hold", 23.0)]
    assert (waits[1].start_s, waits[1].end_s) == (36.0, 59.0)
    assert not kinds(events, ObservationKind.SILENCE)[0].found


def test_pauses_missing_sound_and_unclosed_holds_are_no_silence() -> None:
    lines = [(CALLER, 1.0, 3.0, "저기요"), (CALLER, 60.0, 61.0, "여보세요")]
    paused = [ListeningPaused(call_id="c", t_ns=int(at * 1e9), paused=on) for at, on in ((4.0, True), (59.0, False))]
    gap = AudioGap(call_id="c", t_ns=0, channel=CALLER, start=16_000 * 4, n_samples=16_000 * 55)
    for more in (paused, [gap], [held(4.0, True)]):
        assert not kinds(log(lines, *more), ObservationKind.SILENCE)[0].found
    (silence,) = kinds(log(lines), ObservationKind.SILENCE)
    assert (silence.start_s, silence.end_s, silence.value) == (3.0, 60.0, 57.0)


def test_words_that_were_heard_but_not_understood_break_a_silence_and_stock_phrases_do_not() -> None:
    lines = [(CALLER, 1.0, 3.0, "저기요"), (CALLER, 12.0, 13.0, "여보세요")]

    def between(text: str, *flags: str) -> TranscriptFinal:
        return TranscriptFinal(
            call_id="c", t_ns=0, utterance=9, channel=CALLER, start=7.0, end=8.0, text=text, display=text,
            confidence=0.1, flags=flags,
        )  # fmt: skip

    assert not kinds(log(lines, between("")), ObservationKind.SILENCE)[0].found
    assert kinds(log(lines, between("시청해주셔서 감사합니다", Flag.UNSUPPORTED)), ObservationKind.SILENCE)[0].found


def test_a_wait_that_the_caller_ends_is_no_search() -> None:
    lines = [(AGENT, 1.0, 3.0, "고객번호를 불러 주세요"), (CALLER, 20.0, 22.0, "네 찾았어요")]
    assert kinds(log(lines), ObservationKind.HOLD_ANNOUNCED) == []


# -- interruptions --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ((AGENT, 3.0, 6.0, "그건 안 됩니다"), [("agent", 2.0)]),
        ((AGENT, 3.0, 3.8, "네 그러셨군요"), []),
        ((AGENT, 3.0, 4.2, "아 그랬구나"), []),
        ((AGENT, 3.0, 4.2, "네 계속 말씀하세요"), []),
        ((AGENT, 4.3, 6.0, "그건 안 됩니다"), []),
        ((AGENT, 1.2, 6.0, "그건 안 됩니다"), []),
        ((AGENT, 5.0, 6.0, "그건 안 됩니다"), []),
    ],
    ids=[
        "talks over",
        "shows attention",
        "feels with him",
        "asks to go on",
        "only the edges",
        "began together",
        "took turns",
    ],
)
def test_interruptions(second: tuple[Channel, float, float, str], expected: list[tuple[str, float]]) -> None:
    lines = [(CALLER, 1.0, 5.0, "제가 어제부터 계속 전화를 했는데요"), second]
    found = [one for one in kinds(log(lines), ObservationKind.INTERRUPTION) if one.found]
    assert [(one.aspect, one.value) for one in found] == expected


def test_the_times_of_words_count_where_there_are_any() -> None:
    lines = [(CALLER, 1.0, 5.0, "제가 어제부터 전화를 했는데요"), (AGENT, 4.0, 7.0, "그건 안 됩니다")]
    aligned = WordsAligned(
        call_id="c", t_ns=0, utterance=1, words=(Word("그건", 5.2, 5.6, 0.9), Word("안 됩니다", 5.7, 6.8, 0.9))
    )
    both = WordsAligned(
        call_id="c", t_ns=0, utterance=0, words=(Word("제가", 1.0, 1.4, 0.9), Word("했는데요", 4.4, 4.9, 0.9))
    )
    over = WordsAligned(
        call_id="c", t_ns=0, utterance=1, words=(Word("그건", 4.3, 4.6, 0.9), Word("안 됩니다", 4.7, 6.8, 0.9))
    )
    assert kinds(log(lines), ObservationKind.INTERRUPTION)[0].found
    assert kinds(log(lines, both, over), ObservationKind.INTERRUPTION)[0].value == pytest.approx(0.6)
    assert not kinds(log(lines, over), ObservationKind.INTERRUPTION)[0].found  # one side's edges are loose
    assert not kinds(log(lines, aligned), ObservationKind.INTERRUPTION)[0].found


# -- against the entry ----------------------------------------------------------------------------------------


def entry(ident: str, title: str, text: str, phone: str = "") -> Card:
    return Card(ident, title, text[:40], (), text, "교통", "", phone, "", "2026-11-01", 1.0, next(iter(Band)))


def shown(*cards: Card, at: float = 1.0) -> SuggestionsReady:
    return SuggestionsReady(
        call_id="c", t_ns=int(at * 1e9), turn=0, question="", cards=cards, band=next(iter(Band)), ms=1
    )


def acted(card: Card, action: CardAction = CardAction.USED, at: float = 8.0) -> CardActed:
    return CardActed(call_id="c", t_ns=int(at * 1e9), article_id=card.article_id, title=card.title, action=action)


FINES = entry(
    "S-1",
    "불법 주정차 과태료",
    "과태료는 승용차 4만 원, 승합차 5만 원입니다.\n의견은 20일 이내에 구청에 냅니다.",
    "1577-1000",
)


def told(text: str, *caller: str) -> list[tuple[Channel, float, float, str]]:
    asked = [(CALLER, 2.0 + number, 2.5 + number, words) for number, words in enumerate(caller or ("얼마예요",))]
    return [*asked, (AGENT, 10.0, 15.0, text)]


def compared(text: str, *caller: str) -> list[tuple[bool, str, str]]:
    events = log(told(text, *caller), shown(FINES), acted(FINES))
    found = kinds(events, ObservationKind.FIGURE_AGAINST_ENTRY)
    assert all(one.article_id == "S-1" and one.turns for one in found)
    return [(one.found, one.said, one.expected) for one in found]


def test_figures_said_are_held_against_the_entry() -> None:
    assert compared("승용차 과태료는 사만 원입니다") == [(True, "4만 원", "4만 원")]
    assert compared("승용차 과태료는 사만오천 원입니다") == [(False, "4만 5천 원", "4만 원, 5만 원")]
    assert compared("의견은 이십 일 이내에 구청에 내시면 됩니다") == [(True, "20일", "20일")]
    assert compared("의견은 30일 이내에 구청에 내시면 됩니다") == [(False, "30일", "20일")]
    assert compared("자세한 내용은 일오칠칠에 일공공공으로 전화하시면 됩니다") == [(True, "1577-1000", "1577-1000")]


def test_what_the_caller_said_first_is_no_figure_of_the_answer() -> None:
    assert compared("네 8만 원이 나왔다는 말씀이시고요", "8만 원이 나왔어요") == []
    assert compared("8만 원 고지서는 구청에서 다시 받으시면 됩니다", "8만 원이 나왔어요") == []
    later = [(AGENT, 10.0, 15.0, "승용차 과태료는 4만 원입니다"), (CALLER, 16.0, 17.0, "4만 원이요")]
    events = log([(CALLER, 1.0, 2.0, "얼마예요"), *later], shown(FINES), acted(FINES))
    assert [one.said for one in kinds(events, ObservationKind.FIGURE_AGAINST_ENTRY)] == ["4만 원"]


def test_a_figure_of_another_line_is_told_with_the_words_of_both() -> None:
    events = log(told("승합차 과태료는 사만 원입니다"), shown(FINES), acted(FINES))
    (found,) = kinds(events, ObservationKind.FIGURE_AGAINST_ENTRY)
    assert (found.found, found.aspect, found.expected) == (True, "elsewhere", "승용차 4만 원 · 승합차 5만 원")
    events = log(told("과태료는 사만 원입니다", "승용차인데 승합차하고 다른가요"), shown(FINES), acted(FINES))
    assert [one.aspect for one in kinds(events, ObservationKind.FIGURE_AGAINST_ENTRY)] == [""]


def test_a_range_about_half_told_is_left_alone() -> None:
    quick = entry("S-3", "발급", "발급은 접수한 뒤 3일 이내입니다.")
    events = log(told("발급은 삼사 일 걸립니다"), shown(quick), acted(quick))
    assert kinds(events, ObservationKind.FIGURE_AGAINST_ENTRY) == []


def test_a_unit_the_entry_does_not_have_is_not_compared_but_money_is() -> None:
    assert compared("사진은 2장 올리시면 접수가 됩니다") == []
    other = entry("S-1", "신고", "안전신문고 앱으로 사진을 올려 신고합니다.")
    events = log(told("과태료는 4만 원입니다"), shown(other), acted(other))
    (found,) = kinds(events, ObservationKind.FIGURE_AGAINST_ENTRY)
    assert (found.found, found.said, found.expected) == (False, "4만 원", "")


def test_the_answer_is_held_against_the_entry_that_was_used() -> None:
    events = log(told("승용차 과태료는 4만 원이고 의견은 구청에 내시면 됩니다"), shown(FINES), acted(FINES))
    (found,) = kinds(events, ObservationKind.ANSWER_AGAINST_ENTRY)
    assert (found.found, found.article_id, found.start_s, found.end_s) == (True, "S-1", 10.0, 15.0)
    assert "과태료" in found.expected
    events = log(told("여권은 가까운 구청에서 신청하시면 됩니다"), shown(FINES), acted(FINES))
    (missing,) = kinds(events, ObservationKind.ANSWER_AGAINST_ENTRY)
    assert (missing.found, missing.value, missing.start_s) == (False, 0.0, 8.0)


def test_more_digits_than_a_figure_has_are_none() -> None:
    assert figures("9" * 5000 + "원") == ()
    assert [one.value for one in figures("9" * 5000 + " 그리고 5만 원")] == ["50000"]


def test_an_entry_searched_by_hand_is_compared_as_it_is_given() -> None:
    events = log(told("승용차 과태료는 4만 원입니다"), acted(FINES), shown(entry("S-2", "여권", "여권입니다.")))
    assert unshown(events) == ("S-1",)
    assert kinds(events, ObservationKind.FIGURE_AGAINST_ENTRY) == []
    given = observe(events, {"S-1": f"{FINES.title}\n{FINES.answer}"})
    figures_told = [one for one in given if one.kind is ObservationKind.FIGURE_AGAINST_ENTRY]
    assert [(one.found, one.said) for one in figures_told] == [(True, "4만 원")]
    assert unshown(log(told("네"), shown(FINES), acted(FINES))) == ()


def test_only_entries_that_were_used_count_and_opened_ones_where_none_was() -> None:
    other = entry("S-2", "여권", "여권 수수료는 5만 원입니다.")
    used = log(told("과태료는 4만 원입니다"), shown(FINES, other), acted(FINES), acted(other, CardAction.OPENED, 4.0))
    assert {one.article_id for one in kinds(used, ObservationKind.ANSWER_AGAINST_ENTRY)} == {"S-1"}
    opened = log(told("과태료는 4만 원입니다"), shown(FINES), acted(FINES, CardAction.OPENED))
    assert {one.article_id for one in kinds(opened, ObservationKind.ANSWER_AGAINST_ENTRY)} == {"S-1"}
    dismissed = log(told("과태료는 4만 원입니다"), shown(FINES), acted(FINES, CardAction.DISMISSED))
    assert kinds(dismissed, ObservationKind.ANSWER_AGAINST_ENTRY) == []


def test_an_entry_counts_from_its_question_even_where_recognition_lagged() -> None:
    late = log(told("승용차 과태료는 4만 원입니다"), shown(FINES, at=60.0), acted(FINES, at=61.0))
    assert [one.said for one in kinds(late, ObservationKind.FIGURE_AGAINST_ENTRY)] == ["4만 원"]


def test_an_entry_found_by_hand_is_given_its_text() -> None:
    events = log(told("승용차 과태료는 4만 원입니다"), acted(FINES))
    assert not [one for one in observe(events) if one.article_id]
    found = [one for one in observe(events, {"S-1": FINES.answer}) if one.article_id]
    assert {one.kind for one in found} == {ObservationKind.ANSWER_AGAINST_ENTRY, ObservationKind.FIGURE_AGAINST_ENTRY}


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("사만 원", "40,000원"), ("십이만오천 원", "12만 5천원"), ("1억 2천만 원", "120,000,000원"),
        ("육천만 원", "6천만 원"),
        ("이십 퍼센트", "20%"), ("오후 여섯 시까지", "18:00까지"), ("아홉 시부터", "오전 9시부터"),
        ("공이에 이일삼삼에 일이삼사", "02-2133-1234"), ("이일삼삼에 일이삼사로", "02-2133-1234"),
        ("예순다섯 살", "65세"),
        ("국번 없이 백이십구가 아니라 일이구번으로", "129에서"),
    ],
)  # fmt: skip
def test_one_figure_said_and_written(said: str, written: str) -> None:
    assert any(same(one, other) for one in figures(said) for other in figures(written))


@pytest.mark.parametrize(
    ("said", "written"),
    [("사만 원", "4만 5천 원"), ("오전 6시", "18시 30분"), ("20%", "20일"), ("1577-1000", "1588-1000")],
)
def test_different_figures(said: str, written: str) -> None:
    assert not any(same(one, other) for one in figures(said) for other in figures(written))


def test_an_item_is_offered_what_it_asks_for() -> None:
    item = Item("a", "s", "끝인사", 1, 1, observations=(ObservationKind.CLOSING,))
    assert [one.aspect for one in offered(item, observe(log(GOOD)))] == ["more_questions", "goodbye"]


# -- the shipped practice calls: what was measured stays so -----------------------------------------------------


def practice(file: Path) -> list[tuple[Channel, float, float, str]]:
    turns = json.loads(file.read_text(encoding="utf-8"))["turns"]
    return [(Channel(turn["speaker"]), turn["start"], turn["end"], turn["text"]) for turn in turns]


def test_practice_calls_open_and_close_as_they_were_written() -> None:
    files = sorted(path("practice").glob("*.json"))
    greeted = named = 0
    asked, left = set(), set()
    for file in files:
        found = {(one.kind, one.aspect): one.found for one in observe(log(practice(file)))}
        greeted += found[ObservationKind.GREETING, ""]
        named += found[ObservationKind.IDENTIFICATION, "named"]
        if found[ObservationKind.CLOSING, "more_questions"]:
            asked.add(file.stem)
        if not found[ObservationKind.CLOSING, "goodbye"]:
            left.add(file.stem)
    assert (greeted, named) == (len(files), len(files))
    assert asked == {"parking-report", "passport"}
    assert left == {"harassment"}
