"""Figures as entries write them and as counsellors say them; and where in an entry they stand."""

# ruff: noqa: E501  (spoken Korean reads better unbroken)

from __future__ import annotations

import pytest

from assist.review.figure_places import elsewhere, placed
from assist.review.figures import among, figures, shown_text


def told(said: str, written: str) -> bool | None:
    """Return whether every figure said is written, or None where nothing can be told."""
    found = [among(figure, figures(written)) for figure in figures(said)]
    assert found, said
    return None if any(unsure for _, unsure in found) else all(match is not None for match, _ in found)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        # ranges of amounts: both ends
        ("육천 원에서 팔천 원이고요", "6,000~8,000원"), ("칠천 원에서 구천 원", "7,000원 ~ 9,000원"),
        ("이만 원에서 사만 원 사이예요", "2만-4만원"), ("이만 원에서 사만 원", "2만∼4만 원"),
        ("백만 원에서 이백만 원", "100만～200만 원"), ("만 이천 원에서 만 오천 원", "12,000–15,000원"),
        ("칠만 원에서 구만 원까지", "7~9만원"), ("오천 원에서 만 원", "5,000~1만원"), ("삼천에서 육천 원", "3,000~6,000원"),
        ("이만 원이요", "２만원"), ("집값이 삼억 원이면", "집값이 3억 원인 가구"),
        # telephone numbers
        ("일육육육 공이공이로 하시면", "1666 - 0202"), ("일이공번으로 하시면", "☎120"), ("일이공번입니다", "다산콜 120"),
        ("백이십 번으로", "120번"), ("일이공번", "(02) 120"), ("일이공으로 전화", "02-120"), ("일삼이로 문의", "법률구조공단(☎132)"),
        ("공이 삼이일에 이삼사오", "+82-2-321-2345"), ("공이 삼이일에 이삼사오", "(02) 321-2345"),
        ("공이 삼이일에 이삼사오", "02)321-2345"), ("공이 삼이일에 이삼사오", "☎ 02 321 2345"),
        ("공삼이 칠칠칠에 삼천", "032-777-3000"), ("일삼삼공번으로", "관광안내전화 1330"),
        ("공사사 이공오에 오구구일", "현대(☎044-205-5991), 삼성(☎044-205-5992)"), ("일이공번으로", "02-120이나 구청"),
        # days of the year
        ("십일월 삼십일까지", "2026.11.30."), ("십일월 삼십일까지", "'26. 11. 30."), ("십일월 삼십일까지", "11/30까지"),
        ("십일월 삼십일까지", "11월 30일(월)"), ("시월 오일까지", "9. 20.~10. 5."), ("이월 삼일", "2026-02-03"),
        ("오월 말일까지", "5월 31일까지"), ("삼십일까지 내시면", "11월 30일까지"), ("칠월 삼십일까지", "7월 16일~30일"),
        # lengths
        ("나흘 안에", "4일 이내"), ("보름 안에", "15일 이내"), ("하루 전에", "1일 전"), ("석 달 이내", "3개월 이내"),
        ("열두 달", "1년"), ("일주일 안에", "7일 이내"), ("두 시간 반", "150분"), ("두 시간", "120분"), ("삼사 일", "3~4일"),
        # times of day
        ("십칠 시까지", "17:00"), ("열일곱 시까지", "오후 5시"), ("다섯 시", "17:00"), ("낮 열두 시", "12:00"), ("오후 한 시 반", "13:30"),
        # shares and counts
        ("백분의 삼십", "30%"), ("삼십 프로입니다", "30%"), ("네 번까지", "4회"), ("세 장", "3매"), ("사십팔 면", "48면"),
        ("두세 명", "2~3명"), ("이삼만 원", "2만~3만 원"),
    ],
)  # fmt: skip
def test_said_as_it_is_written(said: str, written: str) -> None:
    assert told(said, written)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("오천 원에서 팔천 원이고요", "6,000~8,000원"), ("일육육육 공이공삼으로 하시면", "1666 - 0202"), ("일일구번", "문의: 120"),
        ("공이 삼이일에 이삼사육", "☎ 02 321 2345"), ("십일월 이십구일까지", "2026.11.30."), ("삼십 일 이내에", "11월 30일까지"),
        ("십일월 삼십일까지", "11월 접수"), ("구월 십오일까지", "30일 이내"), ("사흘 안에", "4일 이내"), ("일주일 걸려요", "3일에서 4일"),
        ("오전 다섯 시", "17:00"), ("한 시간 반", "1시간"), ("네 번까지", "5회"), ("오륙 일", "3~4일"),
    ],
)  # fmt: skip
def test_said_otherwise_than_written(said: str, written: str) -> None:
    assert told(said, written) is False


def test_about_two_numbers_is_not_held_against_one_of_them() -> None:
    assert told("삼사 일 걸려요", "3일 이내") is None


def test_both_ends_of_a_range_are_figures() -> None:
    assert [one.value for one in figures("수수료 3,000~5,000원")] == ["3000", "5000"]
    assert [(one.kind, one.value) for one in figures("12. 1.~12. 20.")] == [("date", "12-1"), ("date", "12-20")]


@pytest.mark.parametrize(
    "text",
    [
        "좋은 하루 보내세요", "이레 씨가 전화하셨어요", "정월 대보름이에요", "3분의 2 이상", "서울시 시민청", "5부터 보세요", "한 달에 한 번",
        "하루 한 번 드세요", "한 번 더 말씀해 주세요", "사실 이사 일정이", "이 주 뒤라고", "신고 3세대", "그 원인은", "10주년",
    ],
)  # fmt: skip
def test_words_that_are_no_figures(text: str) -> None:
    assert figures(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "2023-2024 사업", "전화 100통", "상담 120건", "120번 버스", "체온 100에서", "3000-5000원",
        # of houses, rooms, counters, buses and bodies
        "성북구 보문로 168로 오시면 됩니다", "구청은 보문로 168에 있습니다", "보문로 백육십팔에 있습니다", "세종대로 110에 있습니다",
        "성북로 120에 있어요", "세종대로 110에 신고하시러 오세요", "세종대로23길 120으로 가세요", "보문로 120번에 있어요",
        "창구는 101로 가세요", "창구는 120번으로 가세요", "120번 창구에 문의하세요", "회의실 105로 오세요", "회의실은 120에서 합니다",
        "강의실 112에서 합니다", "112호실로 오세요", "120번지로 신고하세요", "버스는 163에서 내리시면 돼요", "버스는 163번으로 갈아타세요",
        "120번으로 갈아타시면 돼요", "몸무게 120에 키가 180이에요", "키 130에서", "102에서 발급", "주민센터 101에 있어요", "보문로(168)",
        "창구(120)", "한 해에 120번 이상", "세종대로 120으로 걸어가세요",
    ],
)  # fmt: skip
def test_numbers_that_are_no_telephone_numbers(text: str) -> None:
    assert not [one for one in figures(text) if one.kind == "phone"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("바로 120으로 전화하세요", "120"), ("따로 120번에 문의하세요", "120"), ("앞으로 129로 상담하세요", "129"), ("119에 신고하세요", "119"),
        ("112로 바로 신고하셔야 해요", "112"), ("120으로 거시면 됩니다", "120"), ("1330에 걸어 보세요", "1330"), ("120번이에요", "120"),
        ("국번 없이 182", "182"), ("전화는 1388", "1388"), ("다산콜 120", "120"), ("168번으로 전화하세요", "168"), ("132번으로 하시면 됩니다", "132"),
        ("전화로 120에 문의", "120"), ("센터 1388", "1388"), ("120에서 안내해 드립니다", "120"), ("보건복지상담센터(129)", "129"),
    ],
)  # fmt: skip
def test_short_numbers_that_are_called(text: str, number: str) -> None:
    assert [one.value for one in figures(text) if one.kind == "phone"] == [number]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("오후 3시 반드시 오셔야 합니다", "time", "15:00"), ("오후 세 시 반드시 오셔야 합니다", "time", "15:00"),
        ("오후 3시 반납하세요", "time", "15:00"), ("오후 3시 반대편 문으로", "time", "15:00"), ("열다섯 시 반드시 오세요", "time", "15:00"),
        ("오후 3시 반도체 강의", "time", "15:00"), ("오후 3시 반에는 오세요", "time", "15:30"), ("오후 3시 반도 돼요", "time", "15:30"),
        ("오후 3시 반에 오세요", "time", "15:30"), ("오후 3시반까지", "time", "15:30"), ("오후 3시 반입니다", "time", "15:30"),
        ("오후 3시 반이에요", "time", "15:30"), ("오후 세 시 반쯤", "time", "15:30"), ("오후 3시 반", "time", "15:30"), ("열다섯 시 반에 오세요", "time", "15:30"),
        ("두 시간 반드시 기다리세요", "시간", "2"), ("두 시간 반납 전에", "시간", "2"), ("두 시간 반이면 돼요", "분", "150"), ("두 시간 반 정도", "분", "150"),
    ],
)  # fmt: skip
def test_half_past_is_told_from_words_that_begin_like_it(text: str, kind: str, value: str) -> None:
    assert [(one.kind, one.value) for one in figures(text)] == [(kind, value)]


def test_a_long_line_of_figures_is_read_whole() -> None:
    line = "승용차 4만 원, 120번으로 전화, 3월 5일 오후 3시 반에 "
    assert [(one.kind, one.value) for one in figures(line * 300)] == [
        (one.kind, one.value) for one in figures(line)
    ] * 300


def test_a_word_far_before_a_figure_is_not_beside_it() -> None:
    assert [one.label for one in placed(["과태료 안내", "승합차 5만 원", "승용차" + ", " * 150 + "4만 원"])] == [
        "승합차",
        "",
    ]


FINES = ["과태료 안내", "승용차 4만 원, 승합차 5만 원이고 어린이보호구역은 승용차 12만 원, 승합차 13만 원입니다."]
TENTS = ["대여 안내", "3인용 텐트 대여료는 7,000원, 5인용은 11,000원입니다.", "청소년은 4,000원을 받습니다."]


@pytest.mark.parametrize(
    ("entry", "said", "asked", "expected"),
    [
        (FINES, "승합차는 사만 원이에요", "", ("승용차", "승합차")),
        (FINES, "승합차는 오만 원이에요", "", None),
        (FINES, "어린이보호구역이면 십삼만 원이에요", "", None),
        (FINES, "과태료는 사만 원입니다", "", None),
        (FINES, "승합차는 사만 원이에요", "승용차는 얼마예요", None),
        (TENTS, "삼인용은 만천 원이에요", "", ("5인용", "3인용")),
        (TENTS, "오인용 텐트는 만천 원이에요", "", None),
        (TENTS, "텐트 빌리시면 만천 원이에요", "", None),
        (TENTS, "청소년은 칠천 원이에요", "", ("3인용", "청소년")),
        (TENTS, "청소년은 육천 원이에요", "", None),
    ],
    ids=str,
)
def test_a_figure_that_stands_beside_another_word(
    entry: list[str], said: str, asked: str, expected: tuple[str, str] | None
) -> None:
    (figure,) = figures(said)
    found = elsewhere(shown_text(said), figure, (figure,), placed(entry), asked)
    assert (None if found is None else tuple(one.label for one in found)) == expected
