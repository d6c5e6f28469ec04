"""Names put right where they were misheard, and left alone where they were not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.adapters.kiwi import KiwiMorphemes
from kb.house_words import HouseWords, distance

NAMES = (
    "장위동", "자양동", "돈암동", "심폐소생술", "기후동행카드", "편의점", "수급자", "사회복지과", "공동주택과",
    "따릉이", "교통행정과", "환승주차장", "산부인과", "여권민원팀",
)  # fmt: skip


@pytest.fixture(scope="module")
def house() -> HouseWords:
    return HouseWords(NAMES, KiwiMorphemes(NAMES).known)


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("장이동 사는데 우리 동네 개발은 언제 돼요", "장위동 사는데 우리 동네 개발은 언제 돼요"),
        ("저 지금 자영동 살거든요", "저 지금 자양동 살거든요"),
        ("심폐 소생수리랑 불났을 때요", "심폐소생술이랑 불났을 때요"),
        ("기후 동앵카드는 어디서 사나요?", "기후동행카드는 어디서 사나요?"),
        ("변의점에서 일하는데요", "편의점에서 일하는데요"),
        ("제가 수금자인데 이사를 가요", "제가 수급자인데 이사를 가요"),
        ("사해복지과로 돌려 주세요.", "사회복지과로 돌려 주세요."),
    ],
)
def test_a_misheard_name_is_put_right_and_its_particle_stays(house: HouseWords, heard: str, meant: str) -> None:
    assert house.repair(heard).text == meant


@pytest.mark.parametrize(
    "text",
    [
        "장위동 사는데요",
        "기후동행카드는 어디서 사나요?",
        "기후 동행 카드는 어디서 사나요?",
        "다음 달에 이사를 가는데요",
        "동네 사람들이 다 그래요",
        "사회복지시설에서 일합니다",
        "공공주택 신청은요",
        "자동차가 고장 났어요",
        "저는 이동이 어려워요",
        "교통 행정이 엉망이에요",
        "Wi-Fi가 안 돼요 010-0000-1234로 주세요",
        "",
        "   ",
    ],
)
def test_words_of_their_own_are_left_alone(house: HouseWords, text: str) -> None:
    assert house.repair(text).text == text
    assert not house.repair(text).repairs


def test_a_repair_says_what_was_heard_and_where_the_name_stands(house: HouseWords) -> None:
    found = house.repair("저기 장이동인데 심폐 소생수리랑요")
    assert [(one.heard, one.name) for one in found.repairs] == [
        ("장이동인데", "장위동"),
        ("심폐 소생수리랑요", "심폐소생술"),
    ]
    for one in found.repairs:
        assert found.text[one.span.start : one.span.end] == one.name


def test_two_names_equally_near_decide_nothing() -> None:
    house = HouseWords(["장위동", "장의동"], lambda words: [False] * len(words))
    assert not house.repair("장이동").repairs


def test_decomposed_hangul_is_read_composed(house: HouseWords) -> None:
    import unicodedata

    assert house.repair(unicodedata.normalize("NFD", "장이동 사는데요")).text == "장위동 사는데요"


@given(st.lists(st.text(alphabet="가나다장위이동심폐소생술 ,.?a1\n", max_size=12), max_size=8))
def test_what_lies_between_repairs_is_untouched(parts: list[str]) -> None:
    house = HouseWords(NAMES, lambda words: [False] * len(words))
    text = " ".join(parts)
    found = house.repair(text)
    at, rest = 0, found.text
    for one in found.repairs:
        start = text.index(one.heard, at)
        assert rest.startswith(text[at:start] + one.name)
        after = rest[len(text[at:start]) + len(one.name) :]
        following = text[start + len(one.heard) :]
        rest = after[after.index(following[:1]) :] if following and following[0] in after else after
        at = start + len(one.heard)
    assert sum(len(one.heard) for one in found.repairs) <= len(text)
    if not found.repairs:
        assert found.text == text


@given(st.text(alphabet="가각간같개거관악구장위동심폐", min_size=1, max_size=6))
def test_a_word_is_at_no_distance_from_itself(word: str) -> None:
    from kb.house_words import _sounds

    assert distance(_sounds(word), _sounds(word)) == 0
