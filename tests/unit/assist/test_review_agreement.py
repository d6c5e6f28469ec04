"""Agreement statistics against values in print and against established libraries."""

from __future__ import annotations

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.metrics import cohen_kappa_score

from assist.review.agreement import Level, Weighting, krippendorff_alpha, pairwise_kappa, per_item, weighted_kappa
from assist.review.model import Item, ItemScore, Rating, Rubric, Skill

NAN = np.nan
_SKLEARN = {Weighting.NONE: None, Weighting.LINEAR: "linear", Weighting.QUADRATIC: "quadratic"}


def raters_of(counts: list[list[int]]) -> tuple[list[int], list[int]]:
    """Return both raters' points from a table of how often each pair of points was given."""
    pairs = [(row, column) for row, line in enumerate(counts) for column, n in enumerate(line) for _ in range(n)]
    return [row for row, _ in pairs], [column for _, column in pairs]


# J. Cohen (1968), table 1: 200 patients in three diagnoses; proportions .44 .07 .09 / .05 .20 .05 / .01 .03 .06.
COHEN_1968 = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
# M. Hout, O. D. Duncan, M. E. Sobel (1987), in A. Agresti, Categorical Data Analysis (1990): 91 couples, four answers.
# M. Friendly and D. Meyer, Discrete Data Analysis with R (2016), section 4.7, prints .129, .237 and .332.
HOUT_1987 = [[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]]
# K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): four observers, twelve units, values missing.
KRIPPENDORFF_2011 = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
        [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
    ]
)


@pytest.mark.parametrize(
    ("counts", "weighting", "printed"),
    [
        (COHEN_1968, Weighting.NONE, 0.492),
        (HOUT_1987, Weighting.NONE, 0.129),
        (HOUT_1987, Weighting.LINEAR, 0.237),
        (HOUT_1987, Weighting.QUADRATIC, 0.332),
    ],
)
def test_kappa_is_what_is_in_print(counts: list[list[int]], weighting: Weighting, printed: float) -> None:
    first, second = raters_of(counts)
    kappa = weighted_kappa(first, second, len(counts) - 1, weighting)
    assert kappa == pytest.approx(printed, abs=0.0005)
    library = cohen_kappa_score(first, second, weights=_SKLEARN[weighting])
    assert kappa == pytest.approx(library, abs=1e-9)


@pytest.mark.parametrize(
    ("level", "printed"), [(Level.NOMINAL, 0.743), (Level.ORDINAL, 0.815), (Level.INTERVAL, 0.849)]
)
def test_alpha_is_what_is_in_print(level: Level, printed: float) -> None:
    alpha = krippendorff_alpha(KRIPPENDORFF_2011, level)
    assert alpha == pytest.approx(printed, abs=0.0005)
    library = krippendorff.alpha(reliability_data=KRIPPENDORFF_2011, level_of_measurement=level.value)
    assert alpha == pytest.approx(library, abs=1e-9)


def test_alpha_of_two_observers_with_names_as_values() -> None:
    """Krippendorff 2011, example A (0.095) and B (0.692): nothing missing."""
    binary = np.array([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]], dtype=float)
    letters = np.array([[ord(c) for c in line] for line in ("aabbdcccedda", "babbbccceddd")], dtype=float)
    assert krippendorff_alpha(binary, Level.NOMINAL) == pytest.approx(0.095, abs=0.0005)
    assert krippendorff_alpha(letters, Level.NOMINAL) == pytest.approx(0.692, abs=0.0005)


@given(st.data(), st.integers(1, 6), st.sampled_from(Weighting))
def test_kappa_equals_scikit_learn(data: st.DataObject, most: int, weighting: Weighting) -> None:
    points = st.integers(0, most)
    pairs = data.draw(st.lists(st.tuples(points, points), min_size=2, max_size=40))
    first, second = [one for one, _ in pairs], [two for _, two in pairs]
    kappa = weighted_kappa(first, second, most, weighting)
    if len(set(first) | set(second)) == 1:
        assert kappa is None  # chance alone leaves no disagreement; scikit-learn says NaN
        return
    library = cohen_kappa_score(first, second, labels=list(range(most + 1)), weights=_SKLEARN[weighting])
    assert kappa == pytest.approx(library, abs=1e-9)


@st.composite
def tables(draw: st.DrawFn) -> NDArray[np.float64]:
    raters, calls = draw(st.integers(2, 5)), draw(st.integers(2, 12))
    value = st.one_of(st.just(NAN), st.integers(0, 4).map(float))
    rows = st.lists(value, min_size=calls, max_size=calls)
    return np.array(draw(st.lists(rows, min_size=raters, max_size=raters)))


@given(tables(), st.sampled_from(Level))
def test_alpha_equals_the_krippendorff_package(table: NDArray[np.float64], level: Level) -> None:
    alpha = krippendorff_alpha(table, level)
    shared = table[:, (~np.isnan(table)).sum(axis=0) >= 2]
    if shared.shape[1] < 2 or np.unique(shared[~np.isnan(shared)]).size < 2:
        assert alpha is None
        return
    assert alpha == pytest.approx(krippendorff.alpha(shared, level_of_measurement=level.value), abs=1e-9)


@given(tables())
def test_agreement_does_not_hang_on_who_is_listed_first(table: NDArray[np.float64]) -> None:
    turned = table[::-1, ::-1]
    for level in Level:
        assert krippendorff_alpha(turned, level) == pytest.approx(krippendorff_alpha(table, level), abs=1e-9)
    assert pairwise_kappa(turned, 4) == pytest.approx(pairwise_kappa(table, 4), abs=1e-9)


def test_too_little_to_tell_is_no_number() -> None:
    assert weighted_kappa([1], [1], 3) is None
    assert weighted_kappa([2, 2, 2], [2, 2, 2], 3) is None
    assert krippendorff_alpha(np.array([[1.0, NAN], [NAN, 2.0]])) is None
    assert krippendorff_alpha(np.full((3, 4), NAN)) is None
    assert pairwise_kappa(np.array([[1.0, NAN], [NAN, 2.0]]), 3) is None


def test_points_off_the_scale_are_refused() -> None:
    with pytest.raises(ValueError, match="scale"):
        weighted_kappa([0, 4], [0, 1], 3)
    with pytest.raises(ValueError, match="same calls"):
        weighted_kappa([0], [0, 1], 3)


def rating(ident: str, call: str, rater: str, points: int | None, at: str = "2026-11-22T10:00:00+09:00") -> Rating:
    return Rating(ident, call, "C1", at, "r", 1, rater, at, at, (ItemScore("a", points),))


def test_agreement_per_item_names_the_calls_that_lie_apart() -> None:
    rubric = Rubric("r", 1, "평가표", (Skill("s", "친절", 1),), (Item("a", "s", "첫인사", 1, 3),))
    ratings = [
        rating("1", "x", "갑", 3), rating("2", "x", "을", 0),
        rating("3", "y", "갑", 2), rating("4", "y", "을", 2),
        rating("5", "z", "갑", 1), rating("6", "z", "을", 2),
        rating("7", "only-one", "갑", 3),
        rating("8", "not-applicable", "갑", None), rating("9", "not-applicable", "을", 2),
    ]  # fmt: skip
    (figures,) = per_item(rubric, ratings)
    assert figures.calls == 3
    assert figures.apart == (("x", 3), ("z", 1))
    assert figures.kappa == pytest.approx(cohen_kappa_score([3, 2, 1], [0, 2, 2], weights="quadratic"), abs=1e-9)
    assert figures.alpha == pytest.approx(
        krippendorff.alpha([[3, 2, 1], [0, 2, 2]], level_of_measurement="ordinal"), abs=1e-9
    )


def test_ratings_by_another_version_of_the_rubric_do_not_count() -> None:
    rubric = Rubric("r", 2, "평가표", (Skill("s", "친절", 1),), (Item("a", "s", "첫인사", 1, 3),))
    (figures,) = per_item(rubric, [rating("1", "x", "갑", 3), rating("2", "x", "을", 3)])
    assert (figures.calls, figures.kappa, figures.alpha) == (0, None, None)


def test_a_later_rating_by_the_same_rater_counts_in_place_of_the_earlier() -> None:
    rubric = Rubric("r", 1, "평가표", (Skill("s", "친절", 1),), (Item("a", "s", "첫인사", 1, 3),))
    first = rating("1", "x", "갑", 0, "2026-11-22T09:00:00+09:00")
    later = rating("0", "x", "갑", 3, "2026-11-22T11:00:00+09:00")
    (figures,) = per_item(rubric, [later, first, rating("3", "x", "을", 3)])
    assert figures.apart == ()
