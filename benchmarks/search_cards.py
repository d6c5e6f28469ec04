"""Fits and judges the confidence: which results are worth a card, on folds the fit has not seen.

Answers that are not there are practised in three ways: the out-of-scope queries of the set, lines written for this
(``out_of_scope.txt``), and every query of the set with its own answers taken out of the knowledge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from kb import confidence
from kb.search import Examined, Searcher

LINES = Path(__file__).with_name("out_of_scope.txt")
REPEATS = 10
FOLDS = 5
RIDGE = 0.3
# How much each kind counts in the fit: about as many questions without an answer as with one.
WEIGHTS = {"in": 1.0, "oos": 2.0, "small talk": 1.0, "absent": 1.0, "taken out": 0.05}


@dataclass(frozen=True)
class Case:
    """One result to judge."""

    features: tuple[float, ...]
    helps: bool
    kind: str
    """``in``, ``oos``, or one of the practised kinds."""
    group: str
    """Cases of one group lie in one fold: a misheard query is with the one it was made from."""
    evidence: confidence.Evidence


def lines() -> list[tuple[str, str]]:
    """Return the written out-of-scope lines with their kind."""
    found, kind = [], "small talk"
    for line in LINES.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line.strip():
            found.append((line.strip(), kind))
        else:
            kind = "absent"
    return found


def without(one: Examined, taken: Sequence[int], searcher: Searcher) -> Examined | None:
    """Return a result as it were if the articles ``taken`` were not in the knowledge."""
    legs = {name: leg.copy() for name, leg in one.legs.items()}
    for leg in legs.values():
        leg[list(taken)] = min(float(leg.min()), float(np.median(leg)))
    return searcher.judged(one.query, legs)


def cases(
    asked: Sequence[tuple[Examined | None, dict[str, Any]]], searcher: Searcher, with_vectors: bool
) -> list[Case]:
    """Return every case: the set's, the written ones and those with the answers taken out."""
    ids = [article.id for article in searcher.articles]
    numbers = {ident: n for n, ident in enumerate(ids)}
    found = []

    def add(one: Examined | None, helps: bool, kind: str, group: str) -> None:
        if one is not None:
            found.append(Case(one.evidence.features(with_vectors), helps, kind, group, one.evidence))

    for one, query in asked:
        group = str(query.get("source", query["qid"]))
        if one is None:
            continue
        if query["kind"] == "oos":
            add(one, False, "oos", group)
            continue
        add(one, query["qrels"].get(ids[int(one.order[0])], 0) >= 1, "in", group)
        add(without(one, [numbers[i] for i in query["qrels"] if i in numbers], searcher), False, "taken out", group)
    for text, kind in lines():
        add(searcher.examine(text, 10, by_meaning=with_vectors), False, kind, text)
    return found


def fitted(chosen: Sequence[Case]) -> tuple[float, np.ndarray[Any, Any]]:
    """Return bias and slopes of a ridge logistic regression over standardised features, unfolded."""
    from sklearn.linear_model import LogisticRegression

    x = np.array([one.features for one in chosen])
    mean, spread = x.mean(axis=0), np.maximum(x.std(axis=0), 1e-9)
    weight = [WEIGHTS[one.kind] for one in chosen]
    model = LogisticRegression(C=RIDGE, max_iter=2000).fit((x - mean) / spread, [one.helps for one in chosen], weight)
    slopes = model.coef_[0] / spread
    return float(model.intercept_[0] - slopes @ mean), slopes


def held_out(found: Sequence[Case]) -> np.ndarray[Any, Any]:
    """Return the chance of every case by fits that have not seen its group, shape (REPEATS, cases)."""
    groups = sorted({one.group for one in found})
    x = np.array([one.features for one in found])
    chances = np.zeros((REPEATS, len(found)))
    for repeat in range(REPEATS):
        order = np.random.default_rng(repeat).permutation(len(groups))
        fold = {group: int(at) % FOLDS for group, at in zip(groups, order, strict=True)}
        folds = np.array([fold[one.group] for one in found])
        for held in range(FOLDS):
            bias, slopes = fitted([one for one, at in zip(found, folds, strict=True) if at != held])
            chances[repeat, folds == held] = 1 / (1 + np.exp(-(bias + x[folds == held] @ slopes)))
    return chances


def settled(found: Sequence[Case], chances: np.ndarray[Any, Any]) -> float:
    """Return the log-odds to add so that chances come true on average over the set's own queries.

    The fit sees far more questions without an answer than there are in the set.
    """
    own = np.array([one.kind in ("in", "oos") for one in found])
    told = np.clip(chances[:, own], 1e-6, 1 - 1e-6)
    odds = np.log(told / (1 - told))
    came = float(np.mean([one.helps for one in found if one.kind in ("in", "oos")]))
    low, high = -5.0, 5.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if (1 / (1 + np.exp(-(odds + middle)))).mean() < came else (low, middle)
    return low


def shifted(chances: np.ndarray[Any, Any], by: float) -> np.ndarray[Any, Any]:
    """Return chances with ``by`` added to their log-odds."""
    told = np.clip(chances, 1e-6, 1 - 1e-6)
    found: np.ndarray[Any, Any] = 1 / (1 + np.exp(-(np.log(told / (1 - told)) + by)))
    return found


def at_limit(found: Sequence[Case], chances: np.ndarray[Any, Any], limit: float) -> dict[str, float]:
    """Return what cards from ``limit`` up would be, averaged over the rows of ``chances``."""
    kinds = np.array([one.kind for one in found])
    helps = np.array([one.helps for one in found])
    up = chances >= limit
    inside = up[:, kinds == "in"]
    row = {
        "limit": round(float(limit), 3),
        "coverage": float(inside.mean()),
        "first_helps": float((inside * helps[kinds == "in"]).sum() / max(1, inside.sum())),
        "oos_shown": float(up[:, kinds == "oos"].mean()) if (kinds == "oos").any() else 0.0,
    }
    row |= {
        kind.replace(" ", "_"): float(up[:, kinds == kind].mean()) for kind in ("small talk", "absent", "taken out")
    }
    return {name: round(value, 3) for name, value in row.items()}


def reliability(found: Sequence[Case], chances: np.ndarray[Any, Any]) -> list[dict[str, float]]:
    """Return, for tenths of chance, what was foreseen and what came; the set's own queries only."""
    own = np.array([one.kind in ("in", "oos") for one in found])
    helps = np.broadcast_to([one.helps for one in found], chances.shape)[:, own].ravel()
    told = chances[:, own].ravel()
    rows = []
    for low in np.arange(0.0, 1.0, 0.1):
        inside = (told >= low) & (told < low + 0.1 + 1e-9 * (low > 0.85))
        if inside.any():
            rows.append(
                {
                    "from": round(float(low), 1),
                    "share": round(float(inside.mean()), 3),
                    "foreseen": round(float(told[inside].mean()), 3),
                    "came": round(float(helps[inside].mean()), 3),
                }
            )
    return rows


def report(found: Sequence[Case], with_vectors: bool) -> dict[str, Any]:
    """Print and return the calibration: held-out limits, reliability, coefficients, and the shipped ones' outcome."""
    chances = held_out(found)
    prior = settled(found, chances)
    chances = shifted(chances, prior)
    limits = [at_limit(found, chances, limit) for limit in np.arange(0.3, 0.81, 0.03)]
    print(f"\ncards, {'with' if with_vectors else 'without'} vectors: held-out folds ({REPEATS} x {FOLDS})")
    print("  " + " ".join(f"{name:>11}" for name in limits[0]))
    for row in limits:
        print("  " + " ".join(f"{value:11.3f}" for value in row.values()))
    table = reliability(found, chances)
    error = sum(row["share"] * abs(row["foreseen"] - row["came"]) for row in table)
    print("  chance foreseen / came:", ", ".join(f"{row['foreseen']:.2f}/{row['came']:.2f}" for row in table), end="")
    print(f"; expected calibration error {error:.3f}")
    bias, slopes = fitted(found)
    coefficients = [round(float(value), 3) for value in (bias + prior, *slopes)]
    print("  coefficients", coefficients)
    shipped = np.array([[confidence.chance(one.evidence, with_vectors) for one in found]])
    limit = confidence.SURE if with_vectors else confidence.SURE_BY_WORDS
    now = at_limit(found, shipped, limit)
    print("  shipped (fitted on these queries):", now)
    held = at_limit(found, chances, limit)
    print("  held out at the shipped limit:", held)
    return {
        "limits": limits,
        "reliability": table,
        "calibration_error": round(error, 4),
        "coefficients": coefficients,
        "shipped": now,
        "held_out": held,
    }
