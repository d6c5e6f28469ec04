"""Measures of ranked lists, and bootstrap intervals for them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

Floats = np.ndarray[Any, Any]
DRAWS = 1000


def measures(hits: Sequence[str], grades: Mapping[str, int]) -> tuple[float, float, float]:
    """Return nDCG@10 (gain 2^g-1), MRR@10 and Recall@3 (both for grade 2 only) of one query."""
    gained = sum((2 ** grades.get(hit, 0) - 1) / math.log2(n + 2) for n, hit in enumerate(hits[:10]))
    ideal = sum((2**g - 1) / math.log2(n + 2) for n, g in enumerate(sorted(grades.values(), reverse=True)[:10]))
    best = {article for article, grade in grades.items() if grade >= 2}
    rank = next((1 / (n + 1) for n, hit in enumerate(hits[:10]) if hit in best), 0.0)
    recall = len(best & set(hits[:3])) / min(3, len(best)) if best else 0.0
    return gained / ideal if ideal else 0.0, rank, recall


def interval(values: Sequence[float]) -> tuple[float, float, float]:
    """Return the mean and its 95 % bootstrap interval."""
    chosen = np.asarray(values, float)
    if not len(chosen):
        return 0.0, 0.0, 0.0
    rng = np.random.default_rng(120)
    means = [float(chosen[rng.integers(0, len(chosen), len(chosen))].mean()) for _ in range(DRAWS)]
    low, high = np.percentile(means, [2.5, 97.5])
    return float(chosen.mean()), float(low), float(high)


def summary(rows: Sequence[tuple[float, float, float]]) -> dict[str, list[float] | float]:
    """Return the measures of many queries, the first and the last with their intervals."""
    if not rows:
        return {}
    ndcg, mrr, recall = zip(*rows, strict=True)
    return {
        "ndcg@10": [round(value, 4) for value in interval(ndcg)],
        "mrr@10": round(float(np.mean(mrr)), 4),
        "recall@3": [round(value, 4) for value in interval(recall)],
    }


def top(scores: Floats, ids: Sequence[str], count: int = 10) -> list[str]:
    """Return ids of the best-scored articles."""
    return [ids[n] for n in np.argsort(-scores, kind="stable")[:count] if scores[n] > 0 or scores.min() < 0]


def reciprocal_rank(legs: Sequence[Floats]) -> Floats:
    """Return reciprocal rank fusion, k = 60, for comparison."""
    total = np.zeros(len(legs[0]))
    for leg in legs:
        total[np.argsort(-leg, kind="stable")[:1000]] += 1 / (61 + np.arange(min(1000, len(leg))))
    return total
