"""What a hint from the telephone's menus does to the order: right, wrong at random, and wrong where it hurts most."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

from search_measures import measures, summary

from assist.categories import match
from assist.model import CATEGORIES
from kb.search import Searcher

BONUSES = (0.0, 0.01, 0.02, 0.03, 0.04, 0.06)
"""What an entry of the hinted field gains; the desk uses ``assist.suggest._HINTED``."""
Query = dict[str, Any]
Hits = list[tuple[str, float, str | None]]


def _worst(query: Query, hits: Hits, right: str | None) -> str:
    """Return the field of the best hit that is no answer."""
    false = (field for ident, _, field in hits if field != right and query["qrels"].get(ident, 0) < 1)
    return next(false, None) or ""


def report(queries: Sequence[Query], searcher: Searcher) -> dict[str, Any]:
    """Print and return the measures of every gain under every kind of hint."""
    asked = [query for query in queries if query["qrels"]]
    found: list[tuple[Query, Hits]] = []
    for query in asked:
        hits = searcher.search(query["query"], 10).hits
        found.append((query, [(hit.article.id, hit.score, match(hit.article.category)) for hit in hits]))
    told: dict[str, Any] = {}
    print(f"{'hint, gain':<20}  clean: nDCG@10 MRR R@3   misheard")
    for kind in ("right", "wrong", "worst"):
        for bonus in BONUSES:
            dice = random.Random(1)
            hinted: Callable[[Query, Hits], str | None] = {
                "right": lambda query, _hits: match(query["category"]),
                "wrong": lambda query, _hits, dice=dice: dice.choice(  # type: ignore[misc]
                    [field for field in CATEGORIES if field != match(query["category"])]
                ),
                "worst": lambda query, hits: _worst(query, hits, match(query["category"])),
            }[kind]
            rows: dict[str, list[tuple[float, float, float]]] = {"clean": [], "noised": []}
            for query, hits in found:
                field = hinted(query, hits)
                order = sorted(hits, key=lambda hit: -hit[1] - bonus * (hit[2] == field))
                rows[query["kind"]].append(measures([ident for ident, _, _ in order], query["qrels"]))
            told[f"{kind} {bonus}"] = one = {name: summary(of) for name, of in rows.items()}
            figures = "   ".join(
                f"{of['ndcg@10'][0]:.4f} {of['mrr@10']:.4f} {of['recall@3'][0]:.4f}" for of in one.values()
            )
            print(f"{kind:<8} {bonus:<11}  {figures}", flush=True)
    return told
