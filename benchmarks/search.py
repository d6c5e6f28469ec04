"""Runs a relevance file through the searcher: every leg, the fusions, the cards, the time.

    python benchmarks/search.py [--kb FILE] [--queries FILE] [--home DIR] [--tune] [--calibrate]

``--tune`` looks for fusion weights by random search, ``--calibrate`` fits the confidence; both report on folds they
did not see and print numbers for ``kb/search.py`` and ``kb/confidence.py``. The knowledge is imported into the home
once; vectors are remembered there.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app import knowledge  # noqa: E402
from app.home import Home  # noqa: E402
from kb import confidence  # noqa: E402
from kb.search import WITH_VECTORS, WITHOUT_VECTORS, Examined, Searcher, scaled  # noqa: E402

DATA = Path(os.environ.get("DOUMI_TEST_DATA") or ROOT.parent / "shared" / "data")
FOLDS = 5
Query = dict[str, Any]
Scores = np.ndarray[Any, Any]


def measures(hits: Sequence[str], grades: dict[str, int]) -> tuple[float, float, float]:
    """Return nDCG@10 (gain 2^g-1), MRR@10 and Recall@3 (both for grade 2 only) of one query."""
    gained = sum((2 ** grades.get(hit, 0) - 1) / math.log2(n + 2) for n, hit in enumerate(hits[:10]))
    ideal = sum((2**g - 1) / math.log2(n + 2) for n, g in enumerate(sorted(grades.values(), reverse=True)[:10]))
    best = {article for article, grade in grades.items() if grade >= 2}
    rank = next((1 / (n + 1) for n, hit in enumerate(hits[:10]) if hit in best), 0.0)
    recall = len(best & set(hits[:3])) / min(3, len(best)) if best else 0.0
    return gained / ideal if ideal else 0.0, rank, recall


def top(scores: Scores, ids: Sequence[str], count: int = 10) -> list[str]:
    """Return ids of the best-scored articles."""
    return [ids[n] for n in np.argsort(-scores, kind="stable")[:count] if scores[n] > 0 or scores.min() < 0]


def reciprocal_rank(legs: Sequence[Scores]) -> Scores:
    """Return reciprocal rank fusion, k = 60, for comparison."""
    total = np.zeros(len(legs[0]))
    for leg in legs:
        total[np.argsort(-leg, kind="stable")[:1000]] += 1 / (61 + np.arange(min(1000, len(leg))))
    return total


def line(name: str, rows: list[tuple[float, float, float]], kinds: Sequence[str]) -> str:
    """Return one row of the table."""
    out = f"{name:<34}"
    for kind in ("clean", "noised"):
        chosen = np.array([row for row, k in zip(rows, kinds, strict=True) if k == kind])
        if not len(chosen):
            continue
        draws = np.random.default_rng(120).integers(0, len(chosen), (1000, len(chosen)))
        low, high = np.percentile(chosen[draws, 0].mean(axis=1), [2.5, 97.5])
        ndcg, mrr, recall = chosen.mean(axis=0)
        out += f"  {ndcg:.3f} [{low:.2f} {high:.2f}] {mrr:.3f} {recall:.3f}"
    return out


def fold_of(query: Query) -> int:
    """Return the fold; a misheard query shares that of the one it was made from."""
    name = str(query.get("source", query["qid"]))
    return sum(name.encode()) % FOLDS


def table(seen: list[Examined | None], queries: list[Query], ids: list[str], searcher: Searcher) -> None:
    """Print every leg and fusion."""
    kinds = [query["kind"] for query in queries]
    print(f"{'':<34}  {'clean: nDCG@10 [95 %] MRR R@3':<32} misheard")
    names = list(next(one for one in seen if one).legs)
    asked = [(one, query) for one, query in zip(seen, queries, strict=True)]

    def row(title: str, score: Any) -> None:
        rows = [measures(top(score(one, query), ids) if one else [], query["qrels"]) for one, query in asked]
        print(line(title, rows, kinds), flush=True)

    for name in names:
        row(f"leg {name}", lambda one, query, name=name: one.legs[name])
    row("reciprocal ranks", lambda one, query: reciprocal_rank(list(one.legs.values())))
    row("convex sum, words only", lambda one, query: searcher.fuse(one.legs, "", WITHOUT_VECTORS))
    if "lead" in names:
        row("convex sum", lambda one, query: searcher.fuse(one.legs, "", WITH_VECTORS))
        for name in WITH_VECTORS:
            rest = {key: weight for key, weight in WITH_VECTORS.items() if key != name}
            row(f"  without {name}", lambda one, query, rest=rest: searcher.fuse(one.legs, "", rest))
    row("as the desk does (district, age)", lambda one, query: one.fused)


def cards(seen: list[Examined | None], queries: list[Query], ids: list[str]) -> None:
    """Print how often a card is put up and helps."""
    shown = {kind: [0, 0, 0, 0] for kind in ("in", "oos")}
    for one, query in zip(seen, queries, strict=True):
        kind = "oos" if query["kind"] == "oos" else "in"
        tally = shown[kind]
        tally[0] += 1
        if one is None:
            continue
        chance = confidence.chance(one.evidence, "lead" in one.legs)
        if chance >= confidence.SURE:
            tally[1] += 1
            tally[2] += query["qrels"].get(ids[one.order[0]], 0) >= 1
        elif chance >= confidence.CANDIDATE:
            tally[3] += 1
    total, up, helps, candidates = shown["in"]
    print(
        f"cards: coverage {up / total:.3f}, first helps {helps / max(up, 1):.3f}, candidates {candidates / total:.3f}"
    )
    total, up, _, candidates = shown["oos"]
    print(f"out of scope: card {up / max(total, 1):.3f}, candidates {candidates / max(total, 1):.3f} of {total}")


def tune(seen: list[Examined | None], queries: list[Query], ids: list[str], names: list[str], trials: int) -> None:
    """Print weights found by random search and what they reach on folds they were not found on."""
    asked = [(one, query) for one, query in zip(seen, queries, strict=True) if one and query["kind"] != "oos"]
    legs = [np.array([scaled(one.legs[name]) for name in names]) for one, _ in asked]
    pools = [np.unique(np.argpartition(-leg, 60, axis=1)[:, :60]) for leg in legs]
    weights = np.random.default_rng(0).dirichlet(np.ones(len(names)), trials)
    reached = np.zeros((trials, len(asked), 3))
    for n, (_, query) in enumerate(asked):
        pool = pools[n]
        sums = weights @ legs[n][:, pool]
        for trial, order in enumerate(np.argsort(-sums, axis=1)[:, :10]):
            reached[trial, n] = measures([ids[at] for at in pool[order]], query["qrels"])
    noised = np.array([query["kind"] == "noised" for _, query in asked])
    folds = np.array([fold_of(query) for _, query in asked])

    def goal(chosen: Scores) -> Scores:
        clean = reached[:, chosen & ~noised]
        value = clean[:, :, 0].mean(axis=1) + 0.5 * clean[:, :, 2].mean(axis=1)
        return value + 0.5 * reached[:, chosen & noised, 0].mean(axis=1)

    def best(chosen: Scores) -> Scores:
        return weights[np.argsort(-goal(chosen))[: trials // 10]].mean(axis=0)

    held = []
    per_fold = [best(folds != fold) for fold in range(FOLDS)]
    for n, (_, query) in enumerate(asked):
        sums = per_fold[folds[n]] @ legs[n][:, pools[n]]
        held.append(measures([ids[at] for at in pools[n][np.argsort(-sums)[:10]]], query["qrels"]))
    print("weights", {name: round(float(weight), 3) for name, weight in zip(names, best(folds >= 0), strict=True)})
    print(line("held-out folds", held, [query["kind"] for _, query in asked]))


def calibrate(seen: list[Examined | None], queries: list[Query], ids: list[str]) -> None:
    """Print coefficients of the confidence and what they reach on folds they were not fitted on."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    rows = [(one, query) for one, query in zip(seen, queries, strict=True) if one]
    x = np.array([one.evidence.features() for one, _ in rows])
    y = np.array([query["qrels"].get(ids[one.order[0]], 0) >= 1 for one, query in rows])
    oos = np.array([query["kind"] == "oos" for _, query in rows])
    folds = np.array([fold_of(query) for _, query in rows])
    weight = np.where(oos, 3.0, 1.0)  # few of them here, many in a day of calls

    def fitted(chosen: Scores) -> Any:
        model = make_pipeline(StandardScaler(), LogisticRegression(C=0.3))
        return model.fit(x[chosen], y[chosen], logisticregression__sample_weight=weight[chosen])

    held = np.zeros(len(rows))
    for fold in range(FOLDS):
        held[folds == fold] = fitted(folds != fold).predict_proba(x[folds == fold])[:, 1]
    print("threshold: coverage, first helps, out of scope shown (held-out folds)")
    for limit in np.arange(0.3, 0.8, 0.05):
        up = held >= limit
        print(f"  {limit:.2f}: {up[~oos].mean():.3f} {y[up & ~oos].mean():.3f} {up[oos].mean():.3f}")
    model = fitted(folds >= 0)
    scaler, regression = model[0], model[1]
    slopes = regression.coef_[0] / scaler.scale_
    bias = regression.intercept_[0] - float(slopes @ scaler.mean_)
    print("coefficients", [round(float(value), 3) for value in (bias, *slopes)])


def main() -> None:
    """Run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kb", type=Path, default=DATA / "kb" / "seoul120" / "seoul-120-text.csv")
    parser.add_argument("--queries", type=Path, default=DATA / "retrieval" / "dev.jsonl")
    parser.add_argument("--home", type=Path, default=ROOT / "build" / "search-benchmark")
    parser.add_argument("--tune", action="store_true")
    parser.add_argument("--trials", type=int, default=300)
    parser.add_argument("--calibrate", action="store_true")
    args = parser.parse_args()
    queries = [json.loads(text) for text in args.queries.read_text(encoding="utf-8").splitlines() if text.strip()]
    with knowledge.build(Home(root=args.home, models=Home.from_environment().models)) as half:
        half.ready()
        if half.library.status().source != args.kb.name:
            begun = time.perf_counter()
            half.library.import_file(args.kb)
            print(f"import: {time.perf_counter() - begun:.0f} s")
        begun = time.perf_counter()
        searcher = half.open()
        print(f"open: {time.perf_counter() - begun:.2f} s, {searcher.status.articles} entries")
        ids = [article.id for article in searcher.articles]
        searcher.search("준비")
        times = [searcher.search(query["query"]).ms for query in queries]
        seen = [searcher.examine(query["query"], 10) for query in queries]
    table(seen, queries, ids, searcher)
    cards(seen, queries, ids)
    print(f"per query: p50 {np.percentile(times, 50):.0f} ms, p95 {np.percentile(times, 95):.0f} ms")
    if args.tune:
        tune(seen, queries, ids, list(WITH_VECTORS), args.trials)
        tune(seen, queries, ids, list(WITHOUT_VECTORS), args.trials)
    if args.calibrate:
        calibrate(seen, queries, ids)


if __name__ == "__main__":
    main()
