# ruff: noqa: E501  (spoken Korean reads better unbroken)
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.number_words import hyphened, money, native, sino
from assist.numbers import display


@pytest.mark.parametrize(
    ("spoken", "shown"),
    [
        ("공일공에 일이삼사 다시 오육칠팔이요", "010-1234-5678이요"),
        ("공일공 대시 일이삼사 대시 오육칠팔", "010-1234-5678"),
        ("공이 삼사오육에 칠팔구공으로 해요", "02-3456-7890으로 해요"),
        ("사만 원이요", "4만 원이요"),
        ("십이만 오천원 나왔어요", "12만 5천원 나왔어요"),
        ("시월 십사일이요", "10월 14일이요"),
        ("이천이십사 년 삼월 이일까지", "2024년 3월 2일까지"),
        ("유월 말까지", "6월 말까지"),
        ("오후 세 시 반에", "오후 3시 반에"),
        ("열두 시에서 두 시 사이", "12시에서 2시 사이"),
        ("육 번 출구로", "6번 출구로"),
        ("백사십이 번 버스", "142번 버스"),
        ("칠공일육번 버스", "7016번 버스"),
        ("백오동 팔백삼호", "105동 803호"),
        ("종로 삼가 쪽", "종로 3가 쪽"),
        ("세 명이 두 건 냈어요", "3명이 2건 냈어요"),
        ("만 십구 세부터", "만 19세부터"),
        ("국번 없이 일이육 번", "국번 없이 126번"),
        ("접수번호는 이공이사 일일공삼이요", "접수번호는 20241103이요"),
    ],
)
def test_sure_numbers_become_digits(spoken: str, shown: str) -> None:
    assert display(spoken)[0] == shown


@pytest.mark.parametrize(
    "text",
    [
        "어제 만났다",
        "이 사람 일이 많아 사이 오늘",
        "구청 앞 공원에서 삼성까지 육아 이야기",
        "이천시로 이사 갔어요",
        "만원 버스에서 일일이 다 봤어요",
        "네 시간이 없어서요",
        "네 명의 변경이요",
        "사오 일 전부터 이삼만 원",
        "칠십 몇 년에는",
        "이번 달 이월 금액이 만만치 않아",
        "옆 세대도 같아요 거기 두시면 돼요",
        "만약에 다시 오시면 구경하세요",
    ],
)
def test_words_that_sound_like_numbers_stay(text: str) -> None:
    assert display(text) == (text, ())


def test_digits_already_written_are_reported_and_kept() -> None:
    text = "010-1234-5678로 4만원 내고 6번 출구에서 봬요"
    shown, runs = display(text)
    assert shown == text
    assert [(run.kind, run.display) for run in runs] == [
        ("phone", "010-1234-5678"),
        ("amount", "4만원"),
        ("bus", "6번 출구"),
    ]


def test_a_phone_with_a_missing_digit_is_not_confident() -> None:
    _, runs = display("공일공 일이삼사 오육칠")
    assert [(run.kind, run.confident) for run in runs] == [("phone", False)]
    assert display("공일공 일이삼사 오육칠팔")[1][0].confident


def test_raw_and_display_are_both_kept() -> None:
    _, (run,) = display("과태료 사만 원")
    assert (run.raw, run.display) == ("사만 원", "4만 원")


@pytest.mark.parametrize(
    ("text", "value"), [("이만 칠천", 27000), ("3억 5천만", 350_000_000), ("사오", None), ("백육", 106)]
)
def test_sino(text: str, value: int | None) -> None:
    assert sino(text) == value


def test_native_money_and_hyphens() -> None:
    assert (native("열두"), native("여든하나"), native("연필")) == (12, 81, None)
    assert (money(12_800), money(10_000_000), money(5_000)) == ("1만 2800", "1천만", "5천")
    assert hyphened("0212345678") == ("02-1234-5678", True)
    assert hyphened("12345678") is None


PARTS = st.sampled_from(
    ["공일공", "일이삼사", "오육칠팔", "에", "다시", "사만", "원", "세", "시", "반", "네", "이천", "년", "시월", "십일", "동", "백오",
     "호", "만났다", "번", "출구", "010-1234-5678", "3만", "원", "요", ",", "음", "그", "이", "살", "명", "층", "길", "신림로", "카드"]
)  # fmt: skip


@given(st.lists(st.tuples(PARTS, st.sampled_from(["", " "])), max_size=14))
def test_offsets_hold_and_a_second_pass_changes_nothing(parts: list[tuple[str, str]]) -> None:
    text = "".join(word + gap for word, gap in parts)
    shown, runs = display(text)
    end = 0
    for run in runs:
        assert end <= run.start < run.end <= len(shown)
        assert shown[run.start : run.end] == run.display
        assert run.raw in text
        end = run.end
    assert display(shown)[0] == shown


@given(
    st.text(
        alphabet=st.characters(
            categories=["Lo"],
            exclude_characters="공영일이삼사오육륙칠팔구십백천만억한두세네열유시스서마쉰예일여아다섯물무른흔든순석넉하나둘넷",
        ),
        max_size=40,
    )
)
def test_text_without_number_words_is_unchanged(text: str) -> None:
    assert display(text) == (text, ())
