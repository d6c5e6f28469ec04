"""How the legs become one order: weights, scaling, and what beside the legs moves an entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kb.confidence import Evidence
from kb.query import Query

Floats = NDArray[np.float32]

# Found with benchmarks/search.py: random search on the development queries, mean of the best tenth, held in five-fold
# cross-validation; then moved towards morphemes and passages, which entries with hundreds of passages need (a third of
# the first fold of the welfare questions: .871 to .881) and the development queries do not mind.
WITH_VECTORS: Final[Mapping[str, float]] = {
    "morphemes": 0.2,
    "jamo": 0.12,
    "title": 0.04,
    "lead": 0.2,
    "passage": 0.36,
    "kernel": 0.08,
}
WITHOUT_VECTORS: Final[Mapping[str, float]] = {"morphemes": 0.72, "jamo": 0.28}

CENTRE: Final = {"title": 0.5, "lead": 0.75, "passage": 0.75, "kernel": 0.25}
"""How much of the likeness to the average title is taken off: without it a few entries are near every question."""
SAME_DISTRICT: Final = 0.06
OTHER_DISTRICT: Final = -0.06
OUTDATED: Final = -0.05
UNSURE_EARS: Final = 2.0
"""How many times more sounds count, beside their own weight, where the recogniser is sure of nothing."""
MOST_BOOST: Final = 0.5
"""Largest boost from outside, log-odds, up or down."""
PER_LOG_ODDS: Final = 0.08
"""What one unit of log-odds moves the fused score by."""
LIKE: Final = 0.8
"""Scaled score of a leg from which it is a reason to tell."""
BY_MEANING: Final = ("lead", "passage", "kernel")
WORDS_TOLD: Final = 4
LOOKED_THROUGH: Final = 60
"""Best articles in which services are told apart."""


@dataclass(frozen=True, slots=True, eq=False)
class Examined:
    """How a search came to its order; for benchmarks and calibration."""

    query: Query
    legs: dict[str, Floats]
    """Raw scores, shape (articles,)."""
    parts: dict[str, Floats]
    """The same, scaled; see :func:`scaled`."""
    fused: Floats
    """Shape (articles,), 0 to 1."""
    order: NDArray[np.int64]
    """Articles, best first."""
    evidence: Evidence
    district: str
    """District the order was made for; empty where none is known."""
    boosts: dict[int, float]
    """Log-odds by article number, as applied."""


def heard_with(confidence: float, with_vectors: bool) -> dict[str, float]:
    """Return the weights of the legs for words the recogniser was so sure of, 0 to 1; they sum to 1."""
    weights = dict(WITH_VECTORS if with_vectors else WITHOUT_VECTORS)
    weights["jamo"] *= 1.0 + UNSURE_EARS * (1.0 - max(0.0, min(1.0, confidence)))
    total = sum(weights.values())
    return {name: weight / total for name, weight in weights.items()}


def scaled(leg: Floats) -> Floats:
    """Return a leg's scores from 0 at its median (and below) to 1 at its best."""
    middle = float(np.median(leg))
    top = float(leg.max())
    if top - middle < 1e-9:
        return np.zeros_like(leg)
    found: Floats = np.clip((leg - middle) / (top - middle), 0.0, 1.0)
    return found


def best_first(scores: Floats, count: int) -> NDArray[np.int64]:
    """Return the ``count`` articles with the greatest scores, best first; of equal ones the earlier first."""
    count = min(count, len(scores))
    if count < 1:
        return np.zeros(0, np.int64)
    found = np.argpartition(-scores, count - 1)[:count]
    return found[np.lexsort((found, -scores[found]))]


def above_rest(leg: Floats, first: int) -> float:
    """Return how far an article stands above the general run of a leg, in its standard deviations."""
    spread = float(leg.std())
    return (float(leg[first]) - float(leg.mean())) / spread if spread > 1e-9 else 0.0
