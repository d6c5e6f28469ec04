"""Addresses as they are said: a side road without a number, in pieces over turns; what everybody knows stays."""

from __future__ import annotations

import json

import pytest

from assist.mask import COVER, cover_call, mask
from resources import path


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("정릉로 이십칠길인데 그 미용실 옆이에요", "••• ••••인데 그 미용실 옆이에요"),
        ("네 성북구 정릉로 27길 미용실 옆이시고요", "네 ••• ••• ••• 미용실 옆이시고요"),
        ("성북구 정릉동이요 어 정릉로 이십칠길이에요", "••• •••이요 어 ••• ••••이에요"),
        ("정릉로 27길 도서관 옆에 살아요", "••• ••• 도서관 옆에 살아요"),
        ("강남대로 육십이 길이요", "•••• ••• •이요"),
        ("화랑로 십사나길 골목이요", "••• •••• 골목이요"),
        ("목동로 이십이길요", "••• ••••요"),
    ],
)
def test_a_side_road_is_covered_without_a_house_number(text: str, covered: str) -> None:
    assert mask(text)[0] == covered


@pytest.mark.parametrize(
    "text",
    [
        "정릉로 27길에 있는 도서관이요",
        "성북구청은 정릉로 27길에 있어요",
        "정릉로 27길 십오에 있는 도서관이요",
        "정릉로 27길 공사가 언제 끝나요",
        "정릉로 이십사길 공사가 언제 끝나요",
        "정릉로 이십이길 교차로 신호등이요",
        "관악구 신림동 주민센터가 어디예요",
        "성북구 정릉동이요",
        "어디로 이 길 따라 가면 정릉역이에요",
        "서로 이길 수 있다고 하셨어요",
        "관악구 아동 복지 담당이요",
    ],
)
def test_what_everybody_knows_and_what_is_thousands_of_homes_stays(text: str) -> None:
    assert mask(text) == (text, ())


def test_an_address_in_pieces_is_covered_in_every_turn_of_it() -> None:
    call = [
        "위치가 어디실까요",
        "성북구 정릉동이요",
        "네 어느 길이실까요",
        "정릉로 이십칠길이요",
        "번지수는 어떻게 되세요",
        "십오 다시 삼이요",
        "몇 호세요",
        "이백일호요",
        "네 감사합니다 성북구청에서 이삼 일 안에 나갑니다",
        "정릉역 2번 출구 쪽이요",
    ]
    assert cover_call(call) == [
        "위치가 어디실까요",
        "••• •••이요",
        "네 어느 길이실까요",
        "••• ••••이요",
        "번지수는 어떻게 되세요",
        "•• •• ••요",
        "몇 호세요",
        "••••요",
        "네 감사합니다 성북구청에서 이삼 일 안에 나갑니다",
        "정릉역 2번 출구 쪽이요",
    ]


@pytest.mark.parametrize(
    "call",
    [
        ["여권은 몇 층에서 만드나요", "이 층이요", "네 이 층이요"],
        ["어느 동 주민센터요", "정릉동이요"],
        ["정릉로 27길에 있는 도서관이요", "몇 층이 열람실인가요", "삼 층이요"],
        ["은평구 보건소가 어디예요", "매화로 84길에 있습니다", "몇 층이에요", "사 층입니다"],
        ["며칠 걸려요", "십오 일이요", "네 활동이요"],
    ],
)
def test_the_same_words_far_from_an_address_stay(call: list[str]) -> None:
    assert cover_call(call) == call


def test_who_is_asked_for_an_address_beside_an_office_is_covered() -> None:
    call = ["가까운 주민센터를 찾아 드릴게요 주소가 어디세요", "정릉로 27길이요"]
    assert cover_call(call)[1] == "••• •••이요"


def test_beside_an_address_words_and_amounts_stay() -> None:
    floor = ["정릉로 27길에 사는데요", "여권은 구청 몇 층인가요", "이 층이요"]
    assert cover_call(floor)[1:] == floor[1:]
    call = ["정릉로 27길에 가로등이 나갔어요", "며칠째세요", "삼 일이요", "운동이요", "십오만 원이요", "이십 분이요"]
    assert cover_call(call)[1:] == call[1:]


def test_of_the_practice_call_with_an_address_nothing_of_it_is_left() -> None:
    call = json.loads(path("practice/callback.json").read_text(encoding="utf-8"))
    texts = [turn["text"] for turn in call["turns"]]
    covered = cover_call(texts)
    told = " ".join(covered)
    assert [word for word in ("정릉", "성북", "이십칠길", "27길", "나도담") if word in told] == []
    assert "구청 도로조명 담당 부서" in told
    assert "미용실 옆" in told
    assert COVER in covered[3]
