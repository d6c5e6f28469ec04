# ruff: noqa: E501  (spoken Korean reads better unbroken)
from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.number_words import hyphened, money, native, sino
from assist.numbers import display
from audio.events import DigitRun
from tests.helpers.material import data


@pytest.mark.parametrize(
    ("spoken", "shown"),
    [
        ("공일공에 일이삼사 다시 오육칠팔이요", "010-1234-5678이요"),
        ("공일공 대시 일이삼사 대시 오육칠팔", "010-1234-5678"),
        ("공이 삼사오육에 칠팔구공으로 해요", "02-3456-7890으로 해요"),
        ("사만 원이요", "4만 원이요"),
        ("십이 만 원이 부과", "12만 원이 부과"),
        ("보증금 이억 오천 만 원이요", "보증금 2억 5천만 원이요"),
        ("벌금이 30 만원이요", "벌금이 30 만원이요"),
        ("이번 만 원은 면제예요", "이번 1만 원은 면제예요"),
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
        ("이공이육년 십일월 이십이일", "2026년 11월 22일"),
        ("유월 육일이요", "6월 6일이요"),
        ("열두 번지", "12번지"),
        ("백이십삼 다시 사 번지", "123-4번지"),
        ("역삼동 칠백삼십칠 다시 이십", "역삼동 737-20"),
        ("테헤란로 백이십삼 다시 사", "테헤란로 123-4"),
        ("신림로 사길 이십삼", "신림로 4길 23"),
        ("종로 이가 쪽", "종로 2가 쪽"),
        ("을지로 삼가역", "을지로 3가역"),
        ("십이 층이요", "12층이요"),
        ("일사오 번 버스", "145번 버스"),
        ("간선 이백칠십이번", "간선 272번"),
        ("마을버스 관악 공이", "마을버스 관악 02"),
        ("관악 공이번으로", "관악 02번으로"),
        ("육호선 이번 출구", "6호선 2번 출구"),
        ("천오백원이요", "1500원이요"),
        ("삼만 오천 원", "3만 5천 원"),
        ("백만 원 정도", "100만 원 정도"),
        ("만 오천 명이요", "1만 5천 명이요"),
        ("이십만 명", "20만 명"),
        ("삼십만명이", "30만명이"),
        ("공이에 이일삼삼에 삼천으로", "02-2133-3000으로"),
        ("이일삼삼에 사천 번이요", "2133-4000 번이요"),
        ("일삼삼공번으로", "1330번으로"),
        ("일이구로 전화하시면", "129로 전화하시면"),
        ("만 육십오 세 이상", "만 65세 이상"),
        ("예순다섯 세", "65세"),
        ("스무 살", "20살"),
        ("일 점 오 배", "1.5배"),
        ("이십 점 오 도까지", "20.5도까지"),
        ("오십 퍼센트", "50퍼센트"),
        ("한 건당 얼마예요", "1건당 얼마예요"),
        ("십분 뒤에", "10분 뒤에"),
        ("공이 삼육구 공구사삼이며", "02-369-0943이며"),
        ("외국인등록번호요 육일공팔일육 대시 이사구육사육육이에요", "외국인등록번호요 610816-2496466이에요"),
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
        "오이를 샀는데 억울해서 이의신청을 하려고요",
        "사실 삼거리에서 사고가 났는데 일단 이만 끊을게요",
        "공공 기관 영수증이 조금 이상해요",
        "페인트를 칠하다 말고 팔다 남은 것을 구하다가",
        "오천이라는 친구가 오전 중으로 오신대요",
        "천천히 말씀해 주세요 백화점 앞이에요",
        "삼일절에 사일구 묘지에서 육이오 때 이야기를",
        "삼촌하고 사촌 동생이 일방적으로 이사를",
        "열대 기후라서 열 받아서",
        "신고를 한 건 맞는데요",
        "말실수를 한 건이 아니고",
        "두건을 쓰고 다녀요",
        "호신용품 하나 살 돈도 없어요",
        "십분 이해합니다",
        "서로 이길 수 없는 일이에요",
        "바로 오길 바랍니다",
        "도로 구길 통행",
        "앞으로 일 다시 구하려고요",
        "그대로 이가 아파요",
        "새로 사가 주세요",
        "앞으로 삼가 주세요",
        "이번 출구 공사",
        "이점이 있고 오점도 있어요",
        "이평 사평 쪽이요",
        "이층집 옆 삼층석탑",
        "몇 백만 원인지 몰라요",
        "오륙십만 원 두세 개 사오일 이삼백 명",
        "이십여 명이 오십 몇 명인지",
        "반값에 파는 육개장",
        "이 층까지 이 호수로 이 시간에 이 번호로",
        "공이 이 일공 일공에 일이삼사",
        "칠순 팔순 구순 육갑 만세",
        "천만에요 만만하게 보지 마세요",
        "이 건으로 일대를 구조대가",
        "일일이 전화해서 물어봤어요",
        "이일삼삼에 이천",
        "보증금 오백에 이천이라고",
    ],
)
def test_words_that_sound_like_numbers_stay(text: str) -> None:
    assert display(text) == (text, ())


def undone(shown: str, runs: tuple[DigitRun, ...]) -> str:
    """Return the raw text again, from the display and its runs."""
    parts, end = [], 0
    for run in runs:
        parts += [shown[end : run.start], run.raw]
        end = run.end
    return "".join(parts) + shown[end:]


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


@pytest.mark.parametrize(
    ("spoken", "shown", "number"),
    [
        ("오후 세 시 반드시 오세요", "오후 3시 반드시 오세요", "오후 3시"),
        ("세 시 반드시 오세요", "3시 반드시 오세요", "3시"),
        ("오후 세 시 반납하세요", "오후 3시 반납하세요", "오후 3시"),
        ("오후 세 시 반에 오세요", "오후 3시 반에 오세요", "오후 3시 반"),
        ("세 시 반이에요", "3시 반이에요", "3시 반"),
    ],
)
def test_half_past_is_no_beginning_of_another_word(spoken: str, shown: str, number: str) -> None:
    text, (run,) = display(spoken)
    assert (text, run.display) == (shown, number)


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
def test_offsets_hold_and_what_was_said_comes_back(parts: list[tuple[str, str]]) -> None:
    text = "".join(word + gap for word, gap in parts)
    shown, runs = display(text)
    end = 0
    for run in runs:
        assert end <= run.start < run.end <= len(shown)
        assert shown[run.start : run.end] == run.display
        assert run.raw in text
        end = run.end
    assert undone(shown, runs) == text


SYLLABLES = "공영일이삼사오육륙칠팔구십백천만억한두세네열스무마흔예순여든월년시분원번호동층길가로점세살명개건대에의다시요이은 ,.0129-"


@given(st.text(alphabet=SYLLABLES, max_size=40))
def test_the_raw_text_can_always_be_had_back(text: str) -> None:
    shown, runs = display(text)
    assert undone(shown, runs) == text
    assert all(shown[run.start : run.end] == run.display for run in runs)


@pytest.mark.data
def test_every_conversion_in_real_lines_can_be_undone() -> None:
    with data("pii", "dev.jsonl").open(encoding="utf-8") as file:
        lines = [json.loads(line)["text"] for line in file]
    for text in lines:
        shown, runs = display(text)
        assert undone(shown, runs) == text


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
