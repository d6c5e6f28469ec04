from __future__ import annotations

import itertools
import unicodedata
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assist.mask import COVER, cover, cover_call, find, find_in_turns, hide, mask, mask_phone_for_screen
from benchmarks.mask import CLEAN, OTHERS, REACH, measure, read
from benchmarks.mask_lines import lines
from tests.helpers.material import data


@pytest.mark.parametrize(
    ("text", "kind", "secret"),
    [
        ("연락처는 010-1234-5678입니다", "phone", "010-1234-5678"),
        ("공일공에 일이삼사에 오육칠팔이에요", "phone", "공일공에 일이삼사에 오육칠팔"),
        ("주민번호는 900101-1234567이에요", "rrn", "900101-1234567"),
        ("외국인등록번호 900101-5234567입니다", "frn", "900101-5234567"),
        ("카드 번호 4111 1111 1111 1111이요", "card", "4111 1111 1111 1111"),
        ("국민은행 123456-78-901234로 입금해 주세요", "account", "123456-78-901234"),
        ("메일은 minwon@example.com입니다", "email", "minwon@example.com"),
        ("12가3456 차가 막고 있어요", "vehicle", "12가3456"),
        ("운전면허 11-22-333333-44예요", "driver", "11-22-333333-44"),
        ("여권번호 M12345678이요", "passport", "M12345678"),
        ("제 이름은 김민수입니다", "name", "김민수"),
        ("생년월일은 1980년 3월 5일이요", "birthdate", "1980년 3월 5일"),
        ("주소는 관악구 신림동 123번지예요", "address", "관악구 신림동 123번지"),
    ],
)
def test_personal_data_is_covered(text: str, kind: str, secret: str) -> None:
    covered, spans = mask(text)
    assert [(span.kind.value, text[span.start : span.end]) for span in spans] == [(kind, secret)]
    assert len(covered) == len(text)
    assert secret not in covered
    assert covered.count(COVER) == len(secret.replace(" ", ""))


@pytest.mark.parametrize(
    "text",
    [
        "120으로 전화하세요",
        "02-120번이에요",
        "1588-0000으로 문의하세요",
        "109나 119에 전화해 주세요",
        "과태료가 사만 원이에요",
        "삼천이백만 원까지 융자가 됩니다",
        "2026년 11월 21일까지 신청하세요",
        "1234번 버스를 탔어요",
        "이천이십육년 오월에 이사해요",
        "접수번호는 20261121-0001입니다",
        "서울시청은 중구 세종대로 110에 있어요",
        "전용차로를 탈 수 있나요",
    ],
)
def test_public_numbers_stay(text: str) -> None:
    assert mask(text) == (text, ())


def test_decomposed_text_is_covered_too() -> None:
    raw = unicodedata.normalize("NFD", "제 이름은 김민수입니다")
    spans = find(raw)
    assert [unicodedata.normalize("NFC", raw[span.start : span.end]) for span in spans] == ["김민수"]


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("010-1234-5678", "010-••••-5678"),
        ("02-123-4567", "02-•••-4567"),
        ("01012345678", "•••••••5678"),
        ("02-120", "02-120"),
        ("119", "119"),
    ],
)
def test_a_telephone_number_on_screen(number: str, shown: str) -> None:
    assert mask_phone_for_screen(number) == shown


@pytest.mark.parametrize(
    ("text", "kind", "secret"),
    [
        ("공일공에 공일이삼에 사오육칠이요", "phone", "공일공에 공일이삼에 사오육칠"),
        ("제 번호가요 음 공일공이고요 공일이삼에 사오육칠이요", "phone", "공일공이고요 공일이삼에 사오육칠"),
        ("공일공 다시 천이백삼십사에 오천육백칠십팔", "phone", "공일공 다시 천이백삼십사에 오천육백칠십팔"),
        ("뒤에 네 자리가 공공오일이요", "phone", "공공오일"),
        ("뒷자리는 이삼사오육칠팔이에요", "rrn", "이삼사오육칠팔"),
        ("하나은행 302-910123-45607로 부탁해요", "account", "302-910123-45607"),
        ("이백삼십사바 오천육백칠십팔 차 좀 빼주세요", "vehicle", "이백삼십사바 오천육백칠십팔"),
        ("에이 비 씨 공일 골뱅이 네이버 점 컴이요", "email", "에이 비 씨 공일 골뱅이 네이버 점 컴"),
        ("해룡면 상삼리 123번지에 살아요", "address", "해룡면 상삼리 123번지"),
        ("새길로 이백삼십길 십이에 살아요", "address", "새길로 이백삼십길 십이"),
        ("신청자가 권 순 자 저예요", "name", "권 순 자"),
        ("저 김민순데요", "name", "김민순"),
        ("그분 성함이 남궁다온 씨예요", "name", "남궁다온"),
        ("담당이 박서준 주무관이라고 들었어요", "name", "박서준"),
        ("팔팔년 유월 이십일일생이에요", "birthdate", "팔팔년 유월 이십일일"),
    ],
)
def test_spoken_and_mixed_forms(text: str, kind: str, secret: str) -> None:
    _, spans = mask(text)
    assert [(span.kind.value, text[span.start : span.end]) for span in spans] == [(kind, secret)]


@pytest.mark.parametrize(
    "text",
    [
        "세무과 번호는 02-3456-7890이에요",
        "일오팔팔에 공공공공 그 번호로 했더니 통화 중이에요",
        "사업자등록번호 123-45-67890으로 되어 있어요",
        "우편번호는 공일이삼사예요",
        "민법 제1008조의3을 보세요",
        "1998년 5월 1일에 준공된 건물입니다",
        "도로교통법 제32조 제1항에 따라 부과됩니다",
        "정보화 교육이요",
        "이용자가 많아서요",
        "저 사람은 누구예요",
        "은평구청은 은평로 195예요",
        "2호선 강남역 11번 출구 앞이에요",
        "고민입니다",
        "선생님이 그러셨어요",
        "오천이백 세대가 단수됐어요",
    ],
)
def test_what_belongs_to_everybody_stays(text: str) -> None:
    assert mask(text) == (text, ())


def test_checksums_never_decide() -> None:
    for last in "0123456789":
        text = f"주민번호 900101-123456{last}입니다"
        assert [span.kind.value for span in find(text)] == ["rrn"]


@pytest.mark.parametrize(
    ("turns", "hidden"),
    [
        (["제 번호는 공일공에 공일이삼", "네", "다시 사오육칠이요"], ["공일공에 공일이삼", "사오육칠"]),
        (["제 번호는 공일공에 공일이삼이요", "네", "사오육칠이요"], ["공일공에 공일이삼", "사오육칠"]),
        (["공일공이고요", "네", "공일이삼이고요", "네", "사오육칠이에요"], ["공일공", "공일이삼", "사오육칠"]),
        (["제 카드 3528-5240-1501", "네", "7322"], ["3528-5240-1501", "7322"]),
        (["카드번호는 9252", "네", "6803 2182 2072"], ["9252", "6803 2182 2072"]),
        (["앞자리는 구공공일공일", "네네", "일이삼사오육칠이요"], ["구공공일공일", "일이삼사오육칠"]),
        (
            ["카드번호 사일일일", "네", "일일일일", "네", "이이이이", "네", "삼삼삼삼이요"],
            ["사일일일", "일일일일", "이이이이", "삼삼삼삼"],
        ),
    ],
)
def test_a_number_said_over_several_turns(turns: list[str], hidden: list[str]) -> None:
    found = find_in_turns(turns)
    shown = [cover(text, spans) for text, spans in zip(turns, found, strict=True)]
    assert not any(piece in line for piece in hidden for line in shown)
    assert all(line == text for line, text in zip(shown, turns, strict=True) if text in ("네", "네네"))


def test_turns_without_personal_data_stay() -> None:
    turns = ["안녕하세요", "네, 120입니다", "수도 요금이 삼만 원 나왔는데요", "3번 버스도 물어볼게요"]
    assert find_in_turns(turns) == [(), (), (), ()]


_WORDS = st.sampled_from(
    [
        *"공일이삼사오육칠팔구영0123456789-. ,",
        "에 ",
        "네 ",
        "이요",
        "김",
        "민",
        "수",
        "씨",
        "로 ",
        "길 ",
        "동 ",
        "호",
        "번지",
        "골뱅이",
        "@",
        "a.b",
        "년",
        "월 ",
        "차 ",
        "각",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(_WORDS, max_size=60).map("".join)))
def test_spans_lie_in_the_text_in_order_and_the_rest_is_untouched(text: str) -> None:
    covered, spans = mask(text)
    assert len(covered) == len(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(first.end <= second.start for first, second in itertools.pairwise(spans))
    inside = {at for span in spans for at in range(span.start, span.end)}
    assert all(covered[at] == text[at] for at in range(len(text)) if at not in inside or text[at].isspace())
    assert all(covered[at] == COVER for at in inside if not text[at].isspace())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_WORDS, max_size=12).map("".join), max_size=8))
def test_spans_of_turns_lie_in_their_turn(turns: list[str]) -> None:
    for text, spans in zip(turns, find_in_turns(turns), strict=True):
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert all(first.end <= second.start for first, second in itertools.pairwise(spans))


@pytest.mark.parametrize(
    "piece", ["공 ", "네 ", "1", "이 ", "서울 강서구 ", "골뱅이 ", "a", "그 뒤에 ", "김민수 ", "1-", "에"]
)
def test_long_text_without_an_end_is_looked_through(piece: str) -> None:
    text = piece * (40_000 // len(piece)) + " 제 번호는 010-0123-4567이에요"
    covered, _ = mask(text)
    assert len(covered) == len(text)
    assert "010-0123-4567" not in covered


@pytest.mark.parametrize(
    "text", ["이" * 160 + " 골뱅이 네이버", "800113-1" + "3" * 1000 + "@", "12가 " + "에 " * 300 + "하고 갔어요"]
)
def test_what_can_be_read_in_many_ways_is_read_once(text: str) -> None:
    covered, _ = mask(text)
    assert len(covered) == len(text)


def test_a_number_across_the_pieces_of_a_long_text() -> None:
    for room in range(3970, 4010):
        text = "가 " * (room // 2) + "연락처 010-0123-4567 " + "나 " * 100
        assert "0123" not in mask(text)[0]


def test_made_lines_kept_apart_reach_what_the_issue_asks() -> None:
    score = measure(lines(seed=5, held=True, times=2))
    for kind, there in score.there.items():
        assert score.covered[kind] / there >= REACH.get(kind, OTHERS), (kind, score.errors)
    assert score.touched / score.clean <= CLEAN, score.errors


@pytest.mark.data
def test_reach_on_the_development_lines() -> None:
    score = measure(read(data("pii", "dev.jsonl")))
    for kind, there in score.there.items():
        assert score.covered[kind] / there >= REACH.get(kind, OTHERS), (kind, score.errors)
    assert score.touched / score.clean <= CLEAN, score.errors


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("제 번호는 공일공에 일이삼사 다시 오육칠팔이고 120에 전화했어요", "공일공에 일이삼사 다시 오육칠팔"),
        ("010-1234-5678이고 119 불렀어요", "010-1234-5678"),
    ],
)
def test_a_public_number_behind_a_telephone_number_stays(text: str, covered: str) -> None:
    assert [text[span.start : span.end] for span in find(text)] == [covered]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_what_was_personal_once_is_covered_wherever_it_stands_and_nothing_moves(form: Literal["NFC", "NFD"]) -> None:
    said = [
        "제 이름은 나도담이고요",
        "네",
        "나 도담 고객님 번호가 공일공에",
        "공일이삼에 사오육칠이요",
        "나도담 고객님 공일이삼에 사오육칠 맞으시죠",
    ]
    texts = [unicodedata.normalize(form, text) for text in said]
    covered = cover_call(texts)
    assert [len(text) for text in covered] == [len(text) for text in texts]
    whole = unicodedata.normalize("NFC", " ".join(covered)).replace(" ", "")
    assert not any(secret in whole for secret in ("나도담", "공일이삼", "사오육칠"))
    assert unicodedata.normalize("NFC", covered[1]) == "네"
    assert "고객님" in whole


def test_a_word_half_covered_already_is_covered_whole() -> None:
    assert hide("서울 은평구 나도담", ["은평구 나도담"], "서울 ••• 나도담") == "서울 ••• •••"
