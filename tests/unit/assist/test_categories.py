from __future__ import annotations

import tomllib

import pytest

from assist.categories import DEFAULT, classify, match, scores
from assist.model import CATEGORIES
from resources import path


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("여권이 만료돼서 재발급을 받으려고요", "행정"),
        ("집 앞에 불법 주정차한 차를 신고하려고요", "교통"),
        ("기초생활수급자인데 긴급복지 신청이 되나요", "복지"),
        ("수도에서 녹물이 나와요", "환경"),
        ("우리 구역 재개발 조합원 분양이 궁금해요", "주택도시계획"),
        ("한강공원 축제 공연은 언제 하나요", "문화관광"),
        ("소상공인 창업 대출을 알아보고 있어요", "경제"),
        ("보건소에서 독감 예방접종 하나요", "건강"),
        ("소화기가 오래됐는데 소방서에 물어봐야 하나요", "안전"),
        ("가정폭력 피해자 여성쉼터가 있나요", "여성가족"),
    ],
)
def test_fields(text: str, field: str) -> None:
    assert classify([(text, 1.0)])[0] == field


def test_nothing_known_gives_the_default_without_weight() -> None:
    assert classify([("음 저기요", 1.0)]) == (DEFAULT, 0.0)


def test_used_entries_vote() -> None:
    text = [("화장실 물이 새요", 1.0)]
    assert classify(text, {"주택도시계획": 2.0})[0] == "주택도시계획"
    assert classify(text, {"모르는 분야": 9.0}) == classify(text)


def test_names_of_fields() -> None:
    assert match("교통›주정차") == "교통"
    assert match("여성·가족") == "여성가족"
    assert match("기타") is None


def test_vocabulary_is_rich_and_only_of_the_ten_fields() -> None:
    with path("words/categories.toml").open("rb") as file:
        fields = tomllib.load(file)
    assert set(fields) == set(CATEGORIES)
    for name, lists in fields.items():
        assert len(lists["strong"]) + len(lists["words"]) >= 60, name
        assert not set(lists["strong"]) & set(lists["words"]), name


def test_two_syllables_count_only_at_the_start_of_a_word() -> None:
    assert scores("버스")["교통"] > 0
    assert scores("서버스")["교통"] == 0
