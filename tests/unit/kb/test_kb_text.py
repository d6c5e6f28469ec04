from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.highlight import CARD_CHARACTERS, answering, marked
from kb.model import TextSpan
from kb.places import districts, heard, held
from kb.text import grams, passages, phonetic, searchable

KOREAN = st.text(
    st.one_of(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), st.sampled_from(" .\n?a1")), max_size=120
)


def test_font_name_runs_are_gone_from_what_is_searched() -> None:
    assert searchable("돋움 돋움 돋움돋움 실제 내용") == "실제 내용"
    assert searchable("돋움새김 교실") == "돋움새김 교실"


def test_entities_and_tags_are_resolved_for_searching_only() -> None:
    assert (
        searchable("&amp;amp;apos;부패&amp;lt;b&gt; <b>굵게</b>") == "'부패<b> 굵게"
        or searchable("<b>굵게</b>") == "굵게"
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [("고기", "코기"), ("때다", "대다"), ("내가", "네가"), ("불", "풀"), ("자리", "차리"), ("꽃", "꼳")],
)
def test_what_sounds_alike_folds_alike(one: str, other: str) -> None:
    assert phonetic(one) == phonetic(other)


def test_folding_drops_spaces_and_keeps_difference() -> None:
    assert phonetic("여권 발급") == phonetic("여권발급")
    assert phonetic("여권") != phonetic("여건")


def test_grams_are_within_buckets_and_repeatable() -> None:
    found = grams(phonetic("기후동행카드"), 1 << 18)
    assert len(found) > 20
    assert found.min() >= 0
    assert found.max() < 1 << 18
    assert np.array_equal(found, grams(phonetic("기후 동행 카드"), 1 << 18))
    assert len(grams("ㄱ", 1 << 18)) == 0


@given(st.text(alphabet=st.sampled_from("가나다돋움 .\n?!a"), max_size=400), st.integers(5, 60))
def test_passages_lie_inside_in_order_and_short(answer: str, length: int) -> None:
    spans = passages(answer, length)
    at = 0
    for span in spans:
        assert at <= span.start < span.end <= len(answer)
        assert span.end - span.start <= length
        assert not answer[span.start].isspace()
        at = span.end


def test_every_word_of_an_answer_is_in_a_passage() -> None:
    answer = " ".join(f"낱말{n}입니다." for n in range(300))
    text = " ".join(answer[span.start : span.end] for span in passages(answer))
    assert text.split() == answer.split()


@given(KOREAN, st.lists(KOREAN, max_size=5))
def test_marks_lie_inside_apart_and_on_the_words(passage: str, words: list[str]) -> None:
    spans = marked(passage, words)
    at = -1
    for span in spans:
        assert at < span.start < span.end <= len(passage)
        assert any(word and word in passage[span.start : span.end] for word in words)
        at = span.end


def test_touching_marks_are_joined() -> None:
    (span,) = marked("음식물쓰레기", ("음식물", "쓰레기"))
    assert (span.start, span.end) == (0, 6)


@pytest.mark.parametrize(
    ("text", "district"),
    [
        ("마포구 사는데요", "마포구"),
        ("자양동 살거든요", "광진구"),
        ("중구청 어디예요", "중구"),
        ("강남이랑 노원 다 되나요", ""),
        ("집중구간 단속", ""),
        ("아무 곳도 아님", ""),
    ],
)
def test_the_district_heard(text: str, district: str) -> None:
    assert heard(text) == district


def test_there_are_25_districts() -> None:
    assert len(districts()) == 25


def test_the_district_an_entry_is_for() -> None:
    assert held("", "노원구 배출 요일", "") == "노원구"
    assert held("마포구", "노원구 배출 요일", "") == "마포구"
    assert held("", "배출 요일", "성북구 주민만 됩니다") == "성북구"


ANSWER = (
    "접수는 구청에서 합니다.\n수수료는 오천 원입니다. 카드로도 낼 수 있습니다.\n"
    + "참고할 말이 깁니다. " * 20
    + "\n문의는 120입니다."
)


def test_card_shows_the_sentences_that_answer() -> None:
    whole = TextSpan(0, len(ANSWER))
    chosen = answering(ANSWER, whole, ["수수료"])
    assert ANSWER[chosen.start : chosen.end].startswith("수수료는 오천 원입니다.")
    chosen = answering(ANSWER, whole, ["문의"])
    assert "문의는 120입니다." in ANSWER[chosen.start : chosen.end]
    assert chosen.end - chosen.start <= CARD_CHARACTERS
    chosen = answering(ANSWER, whole, ["없는말"])
    assert ANSWER[chosen.start : chosen.end].startswith("접수는")


@given(st.text(alphabet="가나다. \n", max_size=400), st.lists(st.sampled_from(["가", "나다", "다."]), max_size=3))
def test_answering_sentences_lie_inside_the_passage(text: str, words: list[str]) -> None:
    chosen = answering(text, TextSpan(0, len(text)), words)
    assert 0 <= chosen.start <= chosen.end <= len(text)
    if text.strip():
        assert text[chosen.start : chosen.end].strip()
