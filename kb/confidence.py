"""How sure a result is: the chance that the first hit helps, by logistic regression on how the legs see it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from kb.model import Band

SURE: Final = 0.6
CANDIDATE: Final = 0.4


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the first hit."""

    top: float
    """Fused score, 0 to 1."""
    margin: float
    """Fused score above the second hit."""
    terms: int
    """Terms of the query."""
    covered: float
    """Part of the query's terms it holds, weighed by rarity, 0 to 1."""
    strength: float
    """Its morpheme score."""
    unknown: float
    """Part of the query's terms that no entry holds."""
    sounds: float
    """Its phonetic score as a part of the best one."""
    meaning: float
    """Its likeness to the question above that of the average entry; 0 without vectors."""
    meaning_margin: float
    """Standard deviations above the mean of that leg; 0 without vectors."""
    agreement: float
    """Part of the legs that have it among their first five."""

    def features(self) -> tuple[float, ...]:
        """Return the numbers the regression reads."""
        return (
            self.top,
            self.margin,
            math.log1p(self.terms),
            self.covered,
            math.log1p(self.strength),
            self.unknown,
            self.sounds,
            self.meaning,
            self.meaning_margin,
            self.agreement,
        )


# Fitted by `benchmarks/search.py --calibrate` on the 150 development queries (out-of-scope ones counted threefold,
# ridge C = 0.3, features standardised, then unfolded): bias first, then Evidence.features() in order. On held-out
# folds a limit of .60 showed 53 % of in-scope queries a first card that helps in 88 % of them.
_WITH: Final = (-12.892, -1.592, 5.26, 1.529, 1.637, -0.076, 0.428, 0.52, 28.183, 0.326, 2.018)
_WITHOUT: Final = (-9.6, 3.286, 2.67, -0.097, -0.679, 1.643, -1.091, 0.901, 0.0, 0.0, 0.905)


def chance(evidence: Evidence, with_vectors: bool) -> float:
    """Return the estimated chance that the first hit helps, 0 to 1."""
    bias, *weights = _WITH if with_vectors else _WITHOUT
    total = bias + sum(weight * value for weight, value in zip(weights, evidence.features(), strict=True))
    return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, total))))


def band_of(probability: float) -> Band:
    """Return how a result of this chance is offered."""
    if probability >= SURE:
        return Band.SURE
    return Band.CANDIDATE if probability >= CANDIDATE else Band.SILENT
