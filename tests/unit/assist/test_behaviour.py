# ruff: noqa: E501  (a call reads better on one line)

from __future__ import annotations

import json
import random
from collections.abc import Iterable

import pytest

from app.practice_calls import load as practice_calls
from assist.model import BehaviourKind, Turn
from assist.protect.behaviour import Behaviour, BehaviourWatch, refusal
from assist.protect.scripts import shipped
from assist.settings import AssistSettings
from audio.model import Channel
from tests.helpers.material import data

A, C = Channel.AGENT, Channel.CALLER
HELLO = (A, "반갑습니다 상담사 윤슬기입니다 무엇을 도와드릴까요")
NO = (A, "안내해 드린 것처럼 정해진 절차에 따라 서면으로 신청하셔야 합니다")
ALSO_NO = (A, "말씀하신 처리는 규정에 없어서 저희가 해 드릴 수 없습니다")
LISTENING = (A, "네 네 그러셨군요")

Said = tuple[Channel, str]


def watch(said: Iterable[Said], settings: AssistSettings | None = None) -> list[Behaviour]:
    watching = BehaviourWatch(settings or AssistSettings())
    seen = []
    for index, (speaker, text) in enumerate(said):
        found = watching.on_said(Turn(index, speaker, 6.0 * index, 6.0 * index + 5, text), text)
        if found is not None:
            seen.append(found)
    return seen


def between(*caller: str, answers: tuple[Said, ...] = (NO, ALSO_NO)) -> list[Said]:
    """A call in which each of the caller's sentences is answered."""
    call: list[Said] = [HELLO]
    for place, text in enumerate(caller):
        call += [(C, text), answers[place % len(answers)]]
    return call


REPEATED = {
    "insisting": ("과태료가 나왔는데 취소해 주세요", "아니 그러니까 과태료를 취소해 달라고요", "취소하라니까요 그 과태료"),
    "the matter left out": ("견인료를 돌려주세요", "돌려 달라고요", "돌려 달라니까요 견인료"),
    "misheard": ("집 앞 가로등을 옮겨 주세요", "가로둥을 옴겨 달라고요", "그 가노등 옮겨 달라니까"),
    "words joined": ("공무원 개인 전화번호 알려 주세요", "그 공무원 개인번호를 알려 달라고요", "왜 안 알려 줘요 개인 번호 알려 달라고"),
    "asking when": ("임대 주택 결과 언제 나오냐고요", "그러니까 임대 주택 결과가 언제 나오냐고", "아니 결과 언제 나오냐니까요 임대 주택"),
    "amid other talk": (
        "제가 여기 산 지가 삼십 년인데요 이 앞 도로 포장 다시 해 주세요",
        "비만 오면 물이 고여서 신발이 다 젖어요 도로 포장 다시 해 달라고요",
        "세금은 꼬박꼬박 냈어요 그러니까 도로 포장을 다시 해 달라니까요",
    ),
}  # fmt: skip


@pytest.mark.parametrize("sentences", REPEATED.values(), ids=list(REPEATED))
def test_the_same_demand_for_the_third_time(sentences: tuple[str, ...]) -> None:
    seen = watch(between(*sentences))
    assert [one.kinds for one in seen] == [(BehaviourKind.REPETITION,)]
    assert (seen[0].turns, seen[0].situation) == ((1, 3, 5), "repetition")
    assert watch(between(*sentences[:2])) == []


def test_without_answers_in_between_nothing_is_repeated() -> None:
    sentences = REPEATED["insisting"]
    assert watch([HELLO, *((C, text) for text in sentences)]) == []
    assert watch(between(*sentences, answers=(LISTENING,))) == []


def test_the_site_says_how_often() -> None:
    sentences = REPEATED["insisting"]
    assert len(watch(between(*sentences[:2]), AssistSettings(repeat_times=2))) == 1
    assert watch(between(*sentences), AssistSettings(repeat_times=4)) == []


REFUSED = {
    "the boss": (("공사 소음 때문에 전화했어요", "그런 거 말고 책임자 바꿔요", "안 된다는 게 말이 돼요", "됐고 팀장 바꾸라고요"), "superior"),
    "no answer is good": (("장애인 콜택시 지금 와야 돼요", "한 시간이 말이 됩니까", "그런 소리 듣자고 전화한 거 아니에요", "납득 못 해요"), "impossible_demand"),
    "money": (("버스에서 넘어졌어요", "보험 말고요 물어내라고요", "그럼 누가 책임질 건데요", "싫다고요 시에서 물어내라고"), "compensation"),
}  # fmt: skip


@pytest.mark.parametrize(("sentences", "situation"), REFUSED.values(), ids=list(REFUSED))
def test_answers_refused_again_and_again(sentences: tuple[str, ...], situation: str) -> None:
    seen = watch(between(*sentences))
    assert [one.kinds for one in seen] == [(BehaviourKind.REFUSAL,)]
    assert seen[0].situation == situation
    assert watch(between(*sentences[:3])) == []


@pytest.mark.parametrize(
    "text",
    [
        "그거 말고 하나만 더 여쭤볼게요",
        "집주인이 안 된다고 하더라고요",
        "그건 됐고요 다음은 여권이요",
        "네 그렇게 해 주세요",
        "아 그건 안 되는군요",
        "그러니까 내가 육십구 년도에 이 동네로 왔어요",
    ],
)
def test_what_only_sounds_like_a_refusal(text: str) -> None:
    assert refusal(text) is None


def test_each_kind_once_and_together() -> None:
    sentences = REPEATED["insisting"]
    call = between(*sentences, *sentences, "말이 됩니까", "납득 못 해요", "그런 소리 말고요 책임자 바꿔요", "싫다고요")
    seen = watch(call)
    assert [one.kinds for one in seen] == [
        (BehaviourKind.REPETITION,),
        (BehaviourKind.REPETITION, BehaviourKind.REFUSAL),
    ]


def test_a_long_call_and_earlier_calls_are_told_once() -> None:
    watching = BehaviourWatch(AssistSettings(earlier_calls=5))
    assert watching.on_earlier_calls(4) is None
    often = watching.on_earlier_calls(5)
    assert often is not None
    assert (often.kinds, often.turns) == ((BehaviourKind.EARLIER_CALLS,), ())
    assert watching.on_earlier_calls(9) is None
    long = watching.on_long()
    assert long is not None
    assert long.kinds == (BehaviourKind.EARLIER_CALLS, BehaviourKind.LONG)
    assert watching.on_long() is None
    for seen in (often, long):
        assert not shipped().situation(seen.situation).warns


def test_practice_calls_are_ordinary() -> None:
    for call in practice_calls():
        assert watch((turn.speaker, turn.text) for turn in call.turns) == [], call.name


@pytest.mark.data
def test_whole_calls_are_ordinary() -> None:
    files = sorted(data("dialogues").glob("*.jsonl"))
    assert files
    for file in files:
        turns = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        assert watch((Channel(turn["speaker"]), turn["text"]) for turn in turns) == [], file.name


@pytest.mark.data
def test_many_different_questions_are_ordinary() -> None:
    lines = data("retrieval", "dev.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["query"] for line in lines]
    rng = random.Random(5)
    for _ in range(10):
        rng.shuffle(questions)
        assert watch(between(*questions[:15])) == []


def test_a_very_long_call_stays_cheap_and_quiet() -> None:
    rng = random.Random(3)
    syllables = "가나다라마바사아자차카타파하거너더러머버"
    words = ["".join(rng.choices(syllables, k=3)) for _ in range(4_000)]
    call = between(*(f"{' '.join(rng.choices(words, k=6))} 해 주세요" for _ in range(120)))
    assert watch(call) == []
