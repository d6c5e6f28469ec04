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


@pytest.mark.parametrize(
    ("asked", "answer", "home"),
    [
        (
            "가까운 주민센터가 어디인지 찾아 드릴게요. 지금 계신 곳이 어디세요?",
            "저는 정릉로 27길 15번지 101동 502호에 있는데요",
            ("27길", "15", "101", "502"),
        ),
        (
            "구청 위치 문의하셨죠? 고객님 댁 주소가 어떻게 되세요?",
            "저희 집은 서울시 성북구 정릉로 27길 15에 있어요",
            ("성북구", "27길", "15"),
        ),
        (
            "어느 병원이 어디에 있는데 다치셨어요?",
            "저 지금 정릉로 27길 15 반지하에 있어요 구해 주세요",
            ("27길", "15", "반지하"),
        ),
        ("사시는 곳 가까운 센터 위치를 찾을게요 댁 주소가 필요해요", "행복아파트 101동 502호에 있어요", ("101", "502")),
        ("보건소 위치 알려 드릴게요 어디쯤이세요", "매화로 84길 12에 있어요", ("84길", "12")),
        ("복지관 주소가 어떻게 되나요", "매화로 84길 12에 있어요", ("84길", "12")),
        ("주민센터 위치가 어디예요", "매화로 84길 12 삼층에 있어요", ("84길", "12", "삼층")),
        ("주민센터 위치가 어디예요", "매화로 84길 12에 살고 센터는 근처에 있어요", ("84길", "12")),
        ("주민센터 위치가 어디예요", "어머니가 매화로 84길 12에 있어요", ("84길", "12")),
        ("주민센터 위치가 어디예요", "매화로 84길 12 사는데 거기 민원실에 있나요", ("84길", "12")),
    ],
)
def test_a_home_said_beside_a_question_for_an_office_is_covered(asked: str, answer: str, home: tuple[str, ...]) -> None:
    covered = cover_call([asked, answer])
    assert covered[0] == asked
    assert [part for part in home if part in covered[1]] == []


@pytest.mark.parametrize(
    "text",
    [
        "주민센터 어디예요 저는 정릉로 27길 15에 살아요",
        "구청인데 저희 집이 정릉로 27길 15예요",
        "구청 위치 좀 알려 주세요 정릉로 27길 15에 있어요",
        "보건소에 제가 정릉로 27길에 산다고요",
        "복지관 근처 정릉로 27길 15에 혼자 살아요",
    ],
)
def test_a_home_behind_an_office_in_one_sentence_is_covered(text: str) -> None:
    assert "27길" not in mask(text)[0]


@pytest.mark.parametrize(
    "asked", ["주민센터 위치가 어디예요", "가까운 복지관 위치 좀 알려 주세요", "도서관은 어디에 있나요?"]
)
def test_where_an_office_is_stays(asked: str) -> None:
    call = [asked, "네 은평구 매화로 77에 있습니다"]
    assert cover_call(call) == call


def test_words_that_only_end_as_a_neighbourhood_does_stay() -> None:
    call = [
        "성북구 정릉로 27길 15예요",
        "무엇을 도와 드릴까요",
        "봉사활동이요",
        "봉사활동 확인서는 1365에서 됩니다",
        "신체활동이요",
        "교통이동이요",
        "자원봉사활동이요",
        "가사노동입니다",
        "인구이동.",
        "체육활동요",
        "부동이요",
        "성북구 봉사활동에 신청하시면 됩니다",
    ]
    assert cover_call(call)[1:] == call[1:]


@pytest.mark.parametrize("town", ["방이동", "효자동", "미아동", "성수동", "신대방동", "상계1동", "북가좌동"])
def test_a_neighbourhood_that_ends_as_a_word_does_is_covered(town: str) -> None:
    assert cover_call(["정릉로 27길 15예요", "네", f"{town}이요"])[2] == f"{COVER * len(town)}이요"


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("세대수는요", "이백 호요"),
        ("태풍 몇 호예요", "십 호입니다"),
        ("접수번호가 몇 호예요", "십이 호요"),
        ("어디로 가나요", "일 호 창구요"),
        ("몇 호선 타요", "이 호요"),
        ("금액은요", "이천 호요"),
    ],
)
def test_a_number_nobody_asked_a_house_for_stays(asked: str, answer: str) -> None:
    call = ["성북구 정릉로 27길 15예요", "네 말씀하세요 무엇을 도와 드릴까요", asked, answer]
    assert cover_call(call)[1:] == call[1:]


def test_house_and_flat_beside_the_address_and_said_back_are_covered() -> None:
    call = [
        "집 주소는 정릉로 27길 15예요",
        "네, 말씀하세요.",
        "백일 동이요",
        "네 백일 동",
        "오백이 호예요",
        "네 오백이 호로 보내 드릴게요",
    ]
    assert cover_call(call)[2:] == ["•• •이요", "네 •• •", "••• •예요", "네 ••• •로 보내 드릴게요"]
    counted = ["정릉로 27길이요", "접수해 드릴게요 몇 호세요", "오백이 호요"]
    assert cover_call(counted)[2] == "••• •요"
    asked = ["정릉로 27길이요", "번지수는 어떻게 되세요", "십오 다시 삼이요", "십오 다시 삼 맞으시죠"]
    assert cover_call(asked)[2:] == ["•• •• ••요", "•• •• • 맞으시죠"]


def test_a_part_of_an_address_is_not_covered_in_the_whole_call() -> None:
    call = [
        "성북구 정릉로 27길 15요",
        "나머지 주소는요",
        "이백 호요",
        "수수료는 이백 호당 계산됩니다",
        "지원 대상은 이백 호 이하 단지입니다",
        "정릉동이요",
        "정릉동 주민센터 번호는 02-120입니다",
    ]
    covered = cover_call(call)
    assert (covered[2], covered[5]) == ("•• •요", "•••이요")
    assert [covered[at] for at in (3, 4, 6)] == [call[at] for at in (3, 4, 6)]
