"""How far raters agree: Cohen's weighted kappa and Krippendorff's alpha.

Both take scores on a scale and count agreement beyond what chance would give: 1 is full agreement, 0 chance. Where
there is too little to tell (fewer than two calls, or only one value ever given) the answer is None, not a number.

Sources: J. Cohen, "Weighted kappa", Psychological Bulletin 70 (1968) 213-220; R. J. Light, "Measures of response
agreement for qualitative data", Psychological Bulletin 76 (1971) 365-377; K. Krippendorff, "Computing
Krippendorff's Alpha-Reliability" (2011).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from assist.review.model import Rating, Rubric

FEWEST_CALLS = 2
"""Calls rated by two raters below which nothing is told."""
_SHOWN_APART = 5


class Weighting(StrEnum):
    """How much a difference of points counts in kappa."""

    NONE = "none"
    """Every difference the same: plain kappa."""
    LINEAR = "linear"
    """By the difference."""
    QUADRATIC = "quadratic"
    """By its square."""


class Level(StrEnum):
    """What the values of a scale mean, for alpha."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """Agreement of raters on one item of a rubric."""

    item: str
    title: str
    calls: int
    """Calls on which at least two raters gave points."""
    kappa: float | None
    """Quadratically weighted; the mean over pairs of raters (Light) where there are more than two."""
    alpha: float | None
    """Krippendorff's, ordinal."""
    apart: tuple[tuple[str, int], ...]
    """Calls whose raters lie furthest apart and by how many points, furthest first, then by call; without 0."""


def weighted_kappa(
    first: Sequence[int], second: Sequence[int], most: int, weighting: Weighting = Weighting.QUADRATIC
) -> float | None:
    """Return Cohen's kappa of two raters over the same calls.

    Args:
        first: One rater's points, 0 to ``most``, a call each.
        second: The other's, in the same order.
        most: Most points: the scale is 0 to this, whether or not every value occurs.
        weighting: Weights of disagreement.

    Returns:
        Up to 1; None for fewer than two calls or where chance alone leaves no disagreement.

    Raises:
        ValueError: Lengths differ or points lie off the scale.
    """
    one, two = np.asarray(first, dtype=np.int64), np.asarray(second, dtype=np.int64)
    if one.shape != two.shape:
        raise ValueError("both raters rate the same calls")
    if one.size and (min(one.min(), two.min()) < 0 or max(one.max(), two.max()) > most):
        raise ValueError("points off the scale")
    if one.size < FEWEST_CALLS:
        return None
    seen = np.zeros((most + 1, most + 1))
    np.add.at(seen, (one, two), 1.0)
    by_chance = np.outer(seen.sum(axis=1), seen.sum(axis=0)) / one.size
    steps = np.abs(np.subtract.outer(np.arange(most + 1), np.arange(most + 1))).astype(np.float64)
    if weighting is Weighting.NONE:
        steps = (steps > 0).astype(np.float64)
    elif weighting is Weighting.QUADRATIC:
        steps = steps**2
    expected = float((steps * by_chance).sum())
    return None if expected == 0 else 1.0 - float((steps * seen).sum()) / expected


def pairwise_kappa(table: NDArray[np.float64], most: int, weighting: Weighting = Weighting.QUADRATIC) -> float | None:
    """Return the mean kappa over all pairs of raters who share calls (Light 1971).

    Args:
        table: Shape (raters, calls), points 0 to ``most``, NaN where a rater gave none.
        most: Most points.
        weighting: Weights of disagreement.
    """
    kappas = []
    for one, two in combinations(range(table.shape[0]), 2):
        both = ~np.isnan(table[one]) & ~np.isnan(table[two])
        kappa = weighted_kappa(
            table[one, both].astype(np.int64).tolist(), table[two, both].astype(np.int64).tolist(), most, weighting
        )
        if kappa is not None:
            kappas.append(kappa)
    return float(np.mean(kappas)) if kappas else None


def krippendorff_alpha(table: NDArray[np.float64], level: Level = Level.ORDINAL) -> float | None:
    """Return Krippendorff's alpha.

    Args:
        table: Shape (raters, calls), NaN where a rater gave no value. Calls with fewer than two values do not count.
        level: What the values mean.

    Returns:
        Up to 1; None where fewer than two calls have two values, or only one value ever occurs.
    """
    pairable = np.asarray(table, dtype=np.float64)[:, (~np.isnan(table)).sum(axis=0) >= 2]
    if pairable.shape[1] < FEWEST_CALLS:
        return None
    values = np.unique(pairable[~np.isnan(pairable)])
    if values.size < 2:
        return None
    counts = np.stack([(pairable == value).sum(axis=0) for value in values], axis=1).astype(np.float64)
    raters = counts.sum(axis=1)
    # Coincidences (Krippendorff 2011, step B): every ordered pair within a call, over its raters less one.
    seen = (counts.T / (raters - 1)) @ counts - np.diag((counts / (raters - 1)[:, np.newaxis]).sum(axis=0))
    totals = counts.sum(axis=0)
    by_chance = (np.outer(totals, totals) - np.diag(totals)) / (totals.sum() - 1)
    distance = _distances(values, totals, level)
    expected = float((distance * by_chance).sum())
    return None if expected == 0 else 1.0 - float((distance * seen).sum()) / expected


def _distances(values: NDArray[np.float64], totals: NDArray[np.float64], level: Level) -> NDArray[np.float64]:
    """Return squared differences of every two values (step E of Krippendorff 2011)."""
    if level is Level.NOMINAL:
        return 1.0 - np.eye(values.size)
    if level is Level.INTERVAL:
        return np.asarray(np.subtract.outer(values, values) ** 2)
    # Ordinal: all that lie from one value to the other, less half of both ends = difference of mid-ranks.
    mid_ranks = np.cumsum(totals) - totals / 2
    return np.asarray(np.subtract.outer(mid_ranks, mid_ranks) ** 2)


def table_of(ratings: Sequence[Rating], item: str) -> tuple[NDArray[np.float64], tuple[str, ...], tuple[str, ...]]:
    """Return points of one item as a table (raters, calls) with the raters and calls it is of, both sorted.

    Of two ratings of one call by one rater the later submitted counts; what does not apply or is open is NaN.
    """
    raters = tuple(sorted({rating.rater for rating in ratings}))
    calls = tuple(sorted({rating.call for rating in ratings}))
    table = np.full((len(raters), len(calls)), np.nan)
    for rating in sorted(ratings, key=lambda one: (one.submitted_at, one.id)):
        given = {score.item: score.points for score in rating.scores}
        points = given.get(item)
        table[raters.index(rating.rater), calls.index(rating.call)] = np.nan if points is None else float(points)
    return table, raters, calls


def per_item(rubric: Rubric, ratings: Sequence[Rating]) -> tuple[ItemFigures, ...]:
    """Return the agreement on every item of a rubric, in its order.

    Args:
        rubric: The rubric of the ratings; ratings by another one, or another version of it, are passed over.
        ratings: Submitted ones, by two or more raters.
    """
    fitting = [rating for rating in ratings if (rating.rubric, rating.rubric_version) == (rubric.id, rubric.version)]
    figures = []
    for item in rubric.items:
        table, _, calls = table_of(fitting, item.id)
        shared = np.flatnonzero((~np.isnan(table)).sum(axis=0) >= 2)
        gaps = [(calls[index], int(np.nanmax(table[:, index]) - np.nanmin(table[:, index]))) for index in shared]
        apart = sorted((gap for gap in gaps if gap[1] > 0), key=lambda gap: (-gap[1], gap[0]))
        figures.append(
            ItemFigures(
                item=item.id, title=item.title, calls=len(shared), kappa=pairwise_kappa(table, item.points),
                alpha=krippendorff_alpha(table), apart=tuple(apart[:_SHOWN_APART]),
            )
        )  # fmt: skip
    return tuple(figures)
