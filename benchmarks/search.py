"""Runs a relevance file through the searcher: every leg, the fusions, an ablation, the cards, the time.

    python benchmarks/search.py [--set seoul|welfare] [--tune] [--calibrate] [--ars] [--json FILE]

``--set welfare`` asks for the programme of every welfare question, over entries made of the other questions' answers,
in five folds by row number. ``--tune`` looks for fusion weights by random search, ``--calibrate`` fits the
confidence; both report on folds they did not see and print numbers for ``kb/fusion.py`` and ``kb/confidence.py``.
The knowledge is imported into the home once; vectors are remembered there.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import search_ars  # noqa: E402
import search_cards  # noqa: E402
import search_welfare  # noqa: E402
from search_measures import measures, reciprocal_rank, summary, top  # noqa: E402

from app import knowledge  # noqa: E402
from app.home import Home  # noqa: E402
from kb import confidence  # noqa: E402
from kb.fusion import WITH_VECTORS, WITHOUT_VECTORS, Examined, scaled  # noqa: E402
from kb.model import Band  # noqa: E402
from kb.search import Searcher  # noqa: E402

DATA = Path(os.environ.get("DOUMI_TEST_DATA") or ROOT.parent / "shared" / "data")
FOLDS = 5
Query = dict[str, Any]
Asked = list[tuple[Examined | None, Query]]
Scores = np.ndarray[Any, Any]


def line(name: str, found: dict[str, dict[str, Any]]) -> str:
    """Return one row of the table."""
    out = f"{name:<34}"
    for kind in ("clean", "noised"):
        if found.get(kind):
            ndcg, low, high = found[kind]["ndcg@10"]
            out += f"  {ndcg:.3f} [{low:.2f} {high:.2f}] {found[kind]['mrr@10']:.3f} {found[kind]['recall@3'][0]:.3f}"
    return out


def fold_of(query: Query) -> int:
    """Return the fold; a misheard query shares that of the one it was made from."""
    name = str(query.get("source", query["qid"]))
    return sum(name.encode()) % FOLDS


def by_kind(rows: Sequence[tuple[float, float, float]], queries: Sequence[Query]) -> dict[str, dict[str, Any]]:
    """Return the measures of clean and of misheard queries."""
    pairs = list(zip(rows, queries, strict=True))
    return {kind: summary([row for row, query in pairs if query["kind"] == kind]) for kind in ("clean", "noised")}


def table(asked: Asked, ids: list[str], searcher: Searcher) -> dict[str, Any]:
    """Print and return every leg, every fusion and what each part of the fusion is worth."""
    print(f"{'':<34}  {'clean: nDCG@10 [95 %] MRR R@3':<32} misheard")
    names = list(next(one for one, _ in asked if one).legs)
    queries = [query for _, query in asked]
    found: dict[str, Any] = {}

    def row(title: str, score: Callable[[Examined], Scores]) -> None:
        rows = [measures(top(score(one), ids) if one else [], query["qrels"]) for one, query in asked]
        found[title.strip()] = by_kind(rows, queries)
        print(line(title, found[title.strip()]), flush=True)

    for name in names:
        row(f"leg {name}", lambda one, name=name: one.legs[name])  # type: ignore[misc]
    row("reciprocal ranks, morphemes+lead", lambda one: reciprocal_rank([one.legs[n] for n in names if n in _PAIR]))
    row("reciprocal ranks, all legs", lambda one: reciprocal_rank(list(one.legs.values())))
    row("convex sum, words only", lambda one: searcher.fuse(one.legs, "", WITHOUT_VECTORS))
    if "lead" in names:
        row("convex sum", lambda one: searcher.fuse(one.legs, "", WITH_VECTORS))
        for name in WITH_VECTORS:
            rest = {key: weight for key, weight in WITH_VECTORS.items() if key != name}
            row(f"  without {name}", lambda one, rest=rest: searcher.fuse(one.legs, "", rest))  # type: ignore[misc]
    row("with district and age (the desk)", lambda one: one.fused)
    row("  without district", lambda one: searcher.judged(one.query, one.legs).fused)
    row("  ears half sure", lambda one: searcher.judged(one.query, one.legs, one.district, 10, 0.5).fused)
    return found


_PAIR = ("morphemes", "lead")


def cards(asked: Asked, ids: list[str]) -> dict[str, float]:
    """Print and return how often a card is put up and helps."""
    shown = {kind: [0, 0, 0, 0] for kind in ("in", "oos")}
    for one, query in asked:
        tally = shown["oos" if query["kind"] == "oos" else "in"]
        tally[0] += 1
        if one is None:
            continue
        by_meaning = "lead" in one.legs
        band = confidence.band_of(confidence.chance(one.evidence, by_meaning), by_meaning)
        if band is Band.SURE:
            tally[1] += 1
            tally[2] += query["qrels"].get(ids[one.order[0]], 0) >= 1
        elif band is Band.CANDIDATE:
            tally[3] += 1
    total, up, helps, candidates = shown["in"]
    strange, strange_up, _, strange_candidates = shown["oos"]
    found = {
        "coverage": up / max(total, 1),
        "first_helps": helps / max(up, 1),
        "candidates": candidates / max(total, 1),
        "oos_shown": strange_up / max(strange, 1),
        "oos_candidates": strange_candidates / max(strange, 1),
    }
    print("cards as shipped:", ", ".join(f"{name} {value:.3f}" for name, value in found.items()))
    return {name: round(value, 4) for name, value in found.items()}


def tune(asked: Asked, ids: list[str], names: list[str], trials: int) -> dict[str, Any]:
    """Print weights found by random search and what they reach on folds they were not found on."""
    chosen = [(one, query) for one, query in asked if one and query["kind"] != "oos"]
    legs = [np.array([scaled(one.legs[name]) for name in names]) for one, _ in chosen]
    pools = [np.unique(np.argpartition(-leg, 60, axis=1)[:, :60]) for leg in legs]
    weights = np.random.default_rng(0).dirichlet(np.ones(len(names)), trials)
    reached = np.zeros((trials, len(chosen), 3))
    for n, (_, query) in enumerate(chosen):
        sums = weights @ legs[n][:, pools[n]]
        for trial, order in enumerate(np.argsort(-sums, axis=1)[:, :10]):
            reached[trial, n] = measures([ids[at] for at in pools[n][order]], query["qrels"])
    noised = np.array([query["kind"] == "noised" for _, query in chosen])
    folds = np.array([fold_of(query) for _, query in chosen])

    def goal(inside: Scores) -> Scores:
        clean = reached[:, inside & ~noised]
        value = clean[:, :, 0].mean(axis=1) + 0.5 * clean[:, :, 2].mean(axis=1)
        return value + 0.5 * reached[:, inside & noised, 0].mean(axis=1)

    def best(inside: Scores) -> Scores:
        return weights[np.argsort(-goal(inside))[: max(1, trials // 10)]].mean(axis=0)

    per_fold = [best(folds != fold) for fold in range(FOLDS)]
    held = []
    for n, (_, query) in enumerate(chosen):
        sums = per_fold[folds[n]] @ legs[n][:, pools[n]]
        held.append(measures([ids[at] for at in pools[n][np.argsort(-sums)[:10]]], query["qrels"]))
    found = {name: round(float(weight), 3) for name, weight in zip(names, best(folds >= 0), strict=True)}
    print("weights", found)
    outcome = by_kind(held, [query for _, query in chosen])
    print(line("held-out folds", outcome))
    return {"weights": found, "held_out": outcome}


def seoul(args: argparse.Namespace) -> dict[str, Any]:
    """Run the graded queries over the city's entries."""
    queries = [json.loads(text) for text in args.queries.read_text(encoding="utf-8").splitlines() if text.strip()]
    found: dict[str, Any] = {}
    with knowledge.build(Home(root=args.home, models=Home.from_environment().models)) as half:
        half.ready()
        if half.library.status().source != args.kb.name or args.fresh:
            begun = time.perf_counter()
            half.library.import_file(args.kb)
            print(f"import: {time.perf_counter() - begun:.0f} s")
        begun = time.perf_counter()
        searcher = half.open()
        print(f"open: {time.perf_counter() - begun:.2f} s, {searcher.status.articles} entries")
        ids = [article.id for article in searcher.articles]
        searcher.search("준비")
        times = [searcher.search(query["query"]).ms for query in queries]
        asked = [(searcher.examine(query["query"], 10), query) for query in queries]
        found["legs and fusions"] = table(asked, ids, searcher)
        found["cards"] = cards(asked, ids)
        found["ms"] = {"p50": float(np.percentile(times, 50)), "p95": float(np.percentile(times, 95))}
        print(f"per query: p50 {found['ms']['p50']:.0f} ms, p95 {found['ms']['p95']:.0f} ms")
        if args.ars:
            found["ars"] = search_ars.report(queries, searcher)
        if args.tune:
            found["tuned"] = tune(asked, ids, list(WITH_VECTORS), args.trials)
            found["tuned, words only"] = tune(asked, ids, list(WITHOUT_VECTORS), args.trials)
        if args.calibrate:
            for with_vectors in (True, False):
                words = [(searcher.examine(query["query"], 10, by_meaning=with_vectors), query) for query in queries]
                practised = search_cards.cases(words, searcher, with_vectors)
                name = "calibration" if with_vectors else "calibration, words only"
                found[name] = search_cards.report(practised, with_vectors)
    return found


def main() -> None:
    """Run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", choices=("seoul", "welfare"), default="seoul")
    parser.add_argument("--kb", type=Path, default=DATA / "kb" / "seoul120" / "seoul-120-text.csv")
    parser.add_argument("--queries", type=Path, default=DATA / "retrieval" / "dev.jsonl")
    parser.add_argument("--welfare", type=Path, default=DATA / "kb" / "welfare" / "qa.csv")
    parser.add_argument("--home", type=Path, default=ROOT / "build" / "search-benchmark")
    parser.add_argument("--every", type=int, default=1, help="welfare: ask only every n-th question")
    parser.add_argument("--fresh", action="store_true", help="import the knowledge again")
    parser.add_argument("--tune", action="store_true")
    parser.add_argument("--trials", type=int, default=300)
    parser.add_argument("--calibrate", action="store_true")
    parser.add_argument("--ars", action="store_true", help="what a hint from the telephone's menus does to the order")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    models = Home.from_environment().models
    found = seoul(args) if args.set == "seoul" else search_welfare.run(args.welfare, args.home, models, args.every)
    if args.json:
        args.json.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
