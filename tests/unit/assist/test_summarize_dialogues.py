"""Drafts of written dialogues, of practice calls and of arbitrary text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assist.facts import FactCollector
from assist.model import CallRecord, Turn
from assist.summarize import LINES_A_RECORD, summarize, unsupported
from audio.model import Channel
from benchmarks.summary import dialogues, lines, load, present, score
from resources import path

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "dialogues"
DIALOGUES = dialogues(FOLDER)
PRACTICE = sorted(path("practice").glob("*.json"))


def practice(name: str) -> list[Turn]:
    rows = json.loads((path("practice") / f"{name}.json").read_text(encoding="utf-8"))["turns"]
    return [Turn(i, Channel(r["speaker"]), r["start"], r["end"], r["text"]) for i, r in enumerate(rows)]


def holds(records: tuple[CallRecord, ...], turns: list[Turn]) -> None:
    by_index = {turn.index: turn for turn in turns}
    for record in records:
        assert len(lines(record)) <= LINES_A_RECORD
        for key, text in lines(record):
            evidence = record.evidence[key]
            assert evidence
            assert set(evidence) <= set(by_index)
            assert unsupported(text, [by_index[i] for i in evidence]) == ()


def test_there_are_dialogues_of_every_kind() -> None:
    kinds = [load(file)[1]["type"] for file in DIALOGUES]
    assert kinds.count("two_inquiries") >= 2
    assert {"callback", "rambling", "abusive_terminated", "crisis", "not_in_db", "normal"} <= set(kinds)


@pytest.mark.parametrize("file", DIALOGUES, ids=lambda file: file.stem)
def test_a_dialogue_becomes_its_record(file: Path) -> None:
    turns, gold = load(file)
    row = score(file)
    assert len(row["missing"]) <= 0.1 * row["facts"], row["missing"]
    assert row["forbidden"] == []
    assert row["records"] == gold["records"]
    assert row["category"]
    assert row["follow_up"]
    holds(summarize(turns).records, turns)


def test_all_key_facts_together() -> None:
    rows = [score(file) for file in DIALOGUES]
    assert sum(len(row["missing"]) for row in rows) <= 0.05 * sum(row["facts"] for row in rows)


@pytest.mark.parametrize("file", PRACTICE, ids=lambda file: file.stem)
def test_a_practice_call_reads_as_a_record(file: Path) -> None:
    turns = practice(file.stem)
    draft = summarize(turns)
    holds(draft.records, turns)
    for record in draft.records:
        for key, text in lines(record):
            assert not text.endswith(("요", "니다", "데", "서", "?", ",")), (key, text)
            assert ",," not in text
            assert ". ." not in text


def test_what_a_caller_denies_stays_denied() -> None:
    draft = summarize(practice("parking-report"))
    assert "어린이보호구역은 아님" in draft.summary
    assert "관악구 신림로 12길 편의점 앞" in draft.records[0].inquiry[0]
    assert "보호구역" not in draft.records[0].inquiry[0]
    assert "놔섬" not in draft.summary


def test_questions_end_in_one_word_for_asking() -> None:
    first = summarize(practice("passport")).records[0].inquiry[0]
    assert first.endswith("수수료는 얼마인지 문의")
    assert first.count("문의") == 1


def test_abuse_never_stands_in_a_record() -> None:
    for name in ("abuse", "harassment"):
        summary = summarize(practice(name)).summary
        for word in ("시발", "미친", "죽여", "속옷", "자자"):
            assert word not in summary


@pytest.mark.parametrize("file", DIALOGUES, ids=lambda file: file.stem)
def test_the_place_stays_once_it_was_said(file: Path) -> None:
    turns, _ = load(file)
    district = ""
    for n in range(1, len(turns) + 1):
        first = summarize(turns[:n]).records[0].inquiry[:1]
        if district:
            assert first
            assert district in first[0]
        elif first and first[0].split()[0].rstrip(",").endswith("구"):
            district = first[0].split()[0].rstrip(",")


@pytest.mark.parametrize("file", PRACTICE, ids=lambda file: file.stem)
def test_heard_numbers_of_practice_calls_are_numbers_to_act_on(file: Path) -> None:
    collector = FactCollector()
    for turn in practice(file.stem):
        collector.add(turn)
    for heard in collector.heard:
        assert "으로" not in heard.display
        assert not re.search(r"[\d일월](?:에|이요|에서)$", heard.display)
        assert any(char.isdigit() for char in heard.display)


def test_a_key_fact_is_found_whatever_its_spacing() -> None:
    assert present("2만 7천 원", "셔츠 27000원")
    assert not present("오후 3시", "오후 4시")


_WORDS = st.sampled_from(
    [
        "물이",
        "안",
        "나와요",
        "네",
        "아니",
        "근데",
        "신고",
        "하려고요",
        "되나요",
        "이에요",
        "거예요",
        "세워놔서요",
        "문의시군요",
        "관악구",
        "신림동이요",
        "공일공에",
        "일이삼사에",
        "오육칠팔이요",
        "뭐야",
        "접수해",
        "드리겠습니다",
        "하시면",
        "됩니다",
        "다면서요",
        "지",
        "구요",
        "때문에",
        "전화했는데",
        "말씀이시죠",
        "연락드릴게요",
        "내일까지",
        "경고드립니다",
        "다고요",
        "?",
        ".",
        "ㅋㅋ",
        "면",
        "데요",
        "야",
    ]
)
_KOREAN = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=12)
_SAID = st.lists(st.one_of(_WORDS, _KOREAN, st.text(max_size=5)), max_size=14).map(" ".join)
_TURNS = st.lists(st.tuples(st.sampled_from(list(Channel)), _SAID), max_size=12).map(
    lambda rows: [Turn(i, who, float(i), i + 0.9, text) for i, (who, text) in enumerate(rows)]
)


@settings(max_examples=150, deadline=None)
@given(_TURNS)
def test_any_call_can_be_drafted(turns: list[Turn]) -> None:
    holds(summarize(turns).records, turns)
