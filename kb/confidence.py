"""How sure a result is: the chance that the first hit helps, by logistic regression on how the legs see it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from kb.model import Band

SURE: Final = 0.48
"""Chance from which cards are put up: on held-out folds seven in ten in-scope queries then get a card, four in five of
which help, and fewer than one in ten queries without an answer does."""
CANDIDATE: Final = 0.34
SURE_BY_WORDS: Final = 0.7
"""The same without vectors, where the order is worse and the chance says less."""
CANDIDATE_BY_WORDS: Final = 0.44
_ENOUGH_TERMS: Final = 6
"""Terms of a query beyond which more say nothing more about what it asks."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the first hit. Rivals are other services, not the same one in another district."""

    top: float
    """Fused score, 0 to 1."""
    margin: float
    """Fused score above the second service."""
    ahead: float
    """Fused score above the fifth service."""
    terms: int
    """Terms of the query."""
    covered: float
    """Part of the query's terms it holds, weighed by rarity, 0 to 1."""
    strength: float
    """Its morpheme score."""
    sounds: float
    """Its phonetic score as a part of the best one."""
    first_in: float
    """Part of the legs that have it first."""
    passage: float
    """Likeness of its best passage to the question above that of the average title; 0 without vectors."""
    title: float
    """Likeness of its title, likewise."""
    standing: float
    """Standard deviations its likeness stands above the mean of all; 0 without vectors."""

    def features(self, with_vectors: bool) -> tuple[float, ...]:
        """Return the numbers the regression reads."""
        terms = float(min(self.terms, _ENOUGH_TERMS))
        if with_vectors:
            return (self.margin, self.ahead, terms, self.first_in, self.passage, self.title, self.standing)
        return (self.margin, self.ahead, terms, self.first_in, self.covered, math.log1p(self.strength), self.sounds)


# Fitted by `benchmarks/search.py --calibrate` on the development queries, the lines of benchmarks/out_of_scope.txt and
# the queries with their own answers taken out; the bias is then set so that held-out chances of the development queries
# come true on average. Bias first, then Evidence.features() in order.
_WITH: Final = (-20.316, 3.75, 3.688, 0.928, 0.648, 1.148, 26.862, 0.401)
_WITHOUT: Final = (-9.555, 2.738, 0.862, 0.633, 0.894, -0.293, 1.301, 0.729)


def chance(evidence: Evidence, with_vectors: bool) -> float:
    """Return the estimated chance that the first hit helps, 0 to 1."""
    bias, *weights = _WITH if with_vectors else _WITHOUT
    total = bias + sum(weight * value for weight, value in zip(weights, evidence.features(with_vectors), strict=True))
    return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, total))))


def band_of(probability: float, with_vectors: bool = True) -> Band:
    """Return how a result of this chance is offered."""
    sure, candidate = (SURE, CANDIDATE) if with_vectors else (SURE_BY_WORDS, CANDIDATE_BY_WORDS)
    if probability >= sure:
        return Band.SURE
    return Band.CANDIDATE if probability >= candidate else Band.SILENT
