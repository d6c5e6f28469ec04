"""Asks for the programme of every welfare question: one entry a programme, made of the answers of the other folds."""

from __future__ import annotations

import csv
import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from search_measures import Floats, interval, reciprocal_rank

from app import knowledge
from app.home import Home
from kb.fusion import WITH_VECTORS, WITHOUT_VECTORS
from kb.library import KbLibrary
from kb.model import Article, KbStatus
from kb.search import Searcher

FOLDS = 5


@dataclass(frozen=True)
class Question:
    """One row."""

    text: str
    answer: str
    programme: str


def questions(path: Path) -> list[Question]:
    """Read the rows."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        return [Question(row["Question"].strip(), row["Answer"].strip(), row["Documents"].strip()) for row in rows]


def entries(rows: Sequence[Question], programmes: Sequence[str]) -> list[Article]:
    """Return one entry a programme: the distinct answers of ``rows``, a line each."""
    answers: dict[str, dict[str, None]] = {name: {} for name in programmes}
    for row in rows:
        answers[row.programme][row.answer] = None
    return [Article(str(n), name, "\n".join(answers[name]), "복지") for n, name in enumerate(programmes)]


def opened(library: KbLibrary, articles: Sequence[Article], folder: Path) -> Searcher:
    """Return a searcher of the entries; the generation is built once for the same entries."""
    from kb import index

    digest = hashlib.sha256(repr([(one.question, one.answer) for one in articles]).encode()).hexdigest()[:16]
    file = folder / f"welfare-{index.SCHEMA}-{index.PASSAGES_WITH_VECTORS}-{digest}.db"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        building = file.with_suffix(".part")
        building.unlink(missing_ok=True)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        library.write(building, articles, KbStatus(1, "welfare", "local", 0, now, "", False), lambda _: None)
        building.replace(file)
    return library.searcher_of(index.load(file))


def run(path: Path, home: Path, models: Path, every: int) -> dict[str, Any]:
    """Print and return how often the right programme is among the first three, by leg and by fusion.

    Args:
        path: The questions.
        home: Where the generations of the folds are kept.
        models: Where the model of meaning is installed.
        every: Ask only every n-th question of a fold; the entries are always made of all others.
    """
    rows = questions(path)
    programmes = sorted({row.programme for row in rows})
    right: dict[str, list[bool]] = {}
    begun = time.perf_counter()
    with knowledge.build(Home(root=home, models=models)) as half:
        half.ready()
        for fold in range(FOLDS):
            searcher = opened(
                half.library,
                entries([row for n, row in enumerate(rows) if n % FOLDS != fold], programmes),
                home / "welfare",
            )
            for row in [row for n, row in enumerate(rows) if n % FOLDS == fold][::every]:
                for name, ranks in _ranked(searcher, row.text).items():
                    right.setdefault(name, []).append(programmes.index(row.programme) in ranks)
            told = {name: round(float(np.mean(values)), 3) for name, values in right.items()}
            print(f"fold {fold + 1}, {time.perf_counter() - begun:.0f} s: {told}", flush=True)
    found = {name: [round(value, 4) for value in interval(values)] for name, values in right.items()}
    print("right programme among the first three [95 %]")
    for name, (mean, low, high) in found.items():
        print(f"  {name:<28} {mean:.3f} [{low:.3f} {high:.3f}]")
    return {"questions": len(next(iter(right.values()))), "right among three": found}


def _ranked(searcher: Searcher, text: str) -> dict[str, list[int]]:
    """Return the first three entries of every leg and fusion."""
    one = searcher.examine(text, 3)
    if one is None:
        return {}
    legs: dict[str, Floats] = {f"leg {name}": leg for name, leg in one.legs.items()}
    legs["reciprocal ranks"] = reciprocal_rank(list(one.legs.values()))
    legs["convex sum, words only"] = searcher.fuse(one.legs, "", WITHOUT_VECTORS)
    if "lead" in one.legs:
        vectors = {name: weight for name, weight in WITH_VECTORS.items() if name not in WITHOUT_VECTORS}
        legs["convex sum, vectors only"] = searcher.fuse(one.legs, "", vectors)
    legs["the desk"] = one.fused
    return {name: np.argsort(-scores, kind="stable")[:3].tolist() for name, scores in legs.items()}
