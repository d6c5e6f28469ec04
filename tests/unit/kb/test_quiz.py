"""Questions on changed entries: choices out of the entries, the right one what stands there now."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kb.model import Article
from kb.quiz import BLANK, CHOICES, FEWEST, QuizKind, questions

NOW = Article(
    "a",
    "불법 주정차 과태료",
    "과태료는 승용차 4만 원입니다. 신고는 7일 이내에 합니다.",
    "교통",
    department="주차관리과",
    phone="02-120",
)
BEFORE = replace(NOW, answer="과태료는 승용차 3만 원입니다. 신고는 7일 이내에 합니다.")
OTHERS = (
    Article(
        "b",
        "견인료",
        "견인료는 6만 원이고 보관료는 하루 1만 원입니다.",
        "교통",
        department="교통지도과",
        phone="02-111",
    ),
    Article(
        "c",
        "거주자우선주차",
        "한 달에 5만 원입니다. 30일 전에 신청합니다.",
        "교통",
        department="시설공단",
        phone="02-222",
    ),
    Article("d", "여권", "수수료는 5만 3천 원입니다.", "행정", department="민원과", phone="02-333"),
)


def test_the_changed_figure_is_asked_with_the_old_one_among_the_wrong() -> None:
    (asked,) = questions((NOW,), {"a": BEFORE}, (NOW, *OTHERS))
    assert asked.kind is QuizKind.FIGURE
    assert asked.text == f"과태료는 승용차 {BLANK}입니다."
    assert asked.choices[asked.right] == "4만 원"
    assert "3만 원" in asked.choices
    assert set(asked.choices) <= {"4만 원", "3만 원", "6만 원", "1만 원", "5만 원"}
    assert len(set(asked.choices)) == len(asked.choices) == CHOICES


def test_amounts_that_cannot_be_meant_are_no_choices() -> None:
    deposit = replace(NOW, answer="보증금은 1,000만 원입니다.")
    before = replace(NOW, answer="보증금은 900만 원입니다.")
    amounts = ("1,000원", "8백만 원", "250만 원", "4천만 원", "5,000만 원", "2억 원")
    others = [replace(OTHERS[0], id=f"o{n}", answer=f"요금은 {one}입니다.") for n, one in enumerate(amounts)]
    shown: set[str] = set()
    for seed in range(20):
        (asked,) = questions((deposit,), {"a": before}, (deposit, *others), seed)
        assert asked.kind is QuizKind.FIGURE
        shown |= set(asked.choices)
    assert shown == {"1,000만 원", "900만 원", "8백만 원", "250만 원", "4천만 원"}


def test_a_figure_that_is_said_twice_leaves_two_gaps() -> None:
    twice = replace(NOW, answer="과태료는 승용차 4만 원, 승합차도 4만원입니다. 신고는 7일 이내에 합니다.")
    (asked,) = questions((twice,), {"a": BEFORE}, (twice, *OTHERS))
    assert asked.text == f"과태료는 승용차 {BLANK}, 승합차도 {BLANK}입니다."


def test_a_changed_department_is_asked_before_anything_else() -> None:
    moved = replace(NOW, department="교통행정과")
    (asked,) = questions((moved,), {"a": NOW}, (moved, *OTHERS))
    assert asked.kind is QuizKind.DEPARTMENT
    assert asked.choices[asked.right] == "교통행정과"
    assert "주차관리과" in asked.choices
    assert "민원과" not in asked.choices


def test_without_the_earlier_state_siblings_give_the_wrong_choices() -> None:
    (asked,) = questions((NOW,), {}, (NOW, *OTHERS))
    assert asked.choices[asked.right] in (NOW.answer, "4만 원", NOW.department, NOW.phone)
    assert len(asked.choices) >= FEWEST


def test_nothing_is_asked_where_there_is_nothing_to_choose_from() -> None:
    assert questions((NOW,), {"a": BEFORE}, (NOW,)) == ()
    assert questions((), {}, OTHERS) == ()


@given(st.integers(0, 2**31), st.permutations((NOW, *OTHERS)))
def test_the_same_seed_asks_the_same_whatever_the_order(seed: int, order: list[Article]) -> None:
    asked = questions(order, {"a": BEFORE}, (NOW, *OTHERS), seed)
    assert asked == questions((NOW, *OTHERS), {"a": BEFORE}, (NOW, *OTHERS), seed)
    for one in asked:
        assert FEWEST <= len(one.choices) <= CHOICES
        assert len(set(one.choices)) == len(one.choices)
        said = f"{one.article.answer} {one.article.department} {one.article.phone}"
        assert one.choices[one.right] in said


def test_no_more_than_wanted() -> None:
    assert len(questions((NOW, *OTHERS), {}, (NOW, *OTHERS), most=2)) == 2
