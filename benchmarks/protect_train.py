"""Trains ``resources/words/protect.npz``: ``python benchmarks/protect_train.py [--out FILE]``.

Trained on lines written for this project (``benchmarks/protect_lines``, the sample knowledge, the practice calls),
curse-detection-2runo (MIT) and hatescore (Apache-2.0) of the test material. Nothing else: the other sets measure.
Needs scikit-learn, which comes with the sentence encoder. The same lines give the same weights.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from assist.model import AbuseLabel  # noqa: E402
from assist.protect import learned  # noqa: E402
from assist.protect.features import SIZE  # noqa: E402
from benchmarks.protect_noise import broken, misheard  # noqa: E402
from tests.helpers.material import folder  # noqa: E402

LINES = ROOT / "benchmarks" / "protect_lines"
OUT = ROOT / "resources" / "words" / "protect.npz"
WARNS = {label.value for label in AbuseLabel} - {"unreasonable"}
STRENGTH = 20.0
_UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Sample:
    """One line to learn from: 0 or 1 a head, -1 where it says nothing of the head."""

    text: str
    targets: tuple[int, ...]
    weight: float
    line: int = -1
    """Number of the own line it is or was made of; -1 for the other sets."""


def own_lines() -> list[tuple[str, int, str]]:
    """Return (label, severity, text) of every line written for this."""
    rows = []
    for name in ("train.txt", "check.txt"):
        for raw in (LINES / name).read_text(encoding="utf-8").splitlines():
            if raw and not raw.startswith("#"):
                label, severity, text = raw.split("|", 2)
                rows.append((label, int(severity), text))
    return rows


def samples(sets: bool = True) -> list[Sample]:
    """Return everything to learn from; with ``sets`` the two sets of online comments too."""
    found = []
    for number, (label, severity, text) in enumerate(own_lines()):
        targets = _targets(label, severity)
        found.append(Sample(text, targets, 1.0, number))
        for round_ in range(3):
            heard = misheard(text, 0.12, f"train{round_}", wild=round_ == 2)
            found.append(Sample(broken(heard, 0.25, round_), targets, 0.4, number))
    found += [Sample(text, _targets("none", 0), 0.5) for text in project_talk()]
    return found + (_comments() if sets else [])


def project_talk() -> list[str]:
    """Return ordinary talk that is part of the project: titles of the sample knowledge, quiet practice calls."""
    texts: list[str] = []
    for file in sorted((ROOT / "resources" / "sample_kb").glob("*.jsonl")):
        texts += [json.loads(line)["question"] for line in file.read_text(encoding="utf-8").splitlines()]
    for file in sorted((ROOT / "resources" / "practice").glob("*.json")):
        call = json.loads(file.read_text(encoding="utf-8"))
        if not {"abuse", "harassment", "crisis", "emergency"} & set(f"{call['name']}-{call['kind']}".split("-")):
            texts += [turn["text"] for turn in call["turns"]]
    return texts


def _targets(label: str, severity: int) -> tuple[int, ...]:
    grave = (int(severity > 2) if label in WARNS else _UNKNOWN,)
    return (*(int(label == head) for head in learned.HEADS[:7]), int(label in WARNS), *grave)


def _comments() -> list[Sample]:
    found = []
    curses = folder() / "text" / "curse-detection-2runo" / "dataset.txt"
    clean = _targets("none", 0)
    for raw in curses.read_text(encoding="utf-8").splitlines():
        text, bar, label = raw.rpartition("|")
        if bar and label in "01":
            targets = (*[_UNKNOWN] * 5, 0, 0, 1, _UNKNOWN) if label == "1" else clean
            found.append(Sample(text, targets, 0.1))
    with (folder() / "text" / "hatescore" / "HateScore.csv").open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            if row["macrolabel"] == "Clean":
                if row["source"] == "온라인 댓글" or number % 5 == 0:
                    found.append(Sample(row["comment"], clean, 0.1))
            else:
                hate = int(row["macrolabel"] == "혐오발언")
                targets = (_UNKNOWN, _UNKNOWN, _UNKNOWN, _UNKNOWN, hate, 0, 0, 1, _UNKNOWN)
                found.append(Sample(row["comment"], targets, 0.1))
    return found


def matrix(texts: list[str], *, rules: bool = True) -> Any:
    """Return the inputs of lines, a sparse matrix of shape (lines, INPUTS). Without ``rules`` the words alone."""
    from scipy.sparse import csr_matrix

    starts, places, values = [0], [], []
    for text in texts:
        seen = learned.windows(text)
        if seen:
            place, value = seen[0].inputs()
            kept = place < (learned.INPUTS if rules else SIZE)
            places.append(place[kept])
            values.append(value[kept])
        starts.append(starts[-1] + (len(places[-1]) if seen else 0))
    return csr_matrix((np.concatenate(values), np.concatenate(places), starts), shape=(len(texts), learned.INPUTS))


def fit(inputs: Any, chosen: list[Sample]) -> np.ndarray:
    """Return the weights: float64, shape (INPUTS + 1, heads); the last row is the bias."""
    from sklearn.linear_model import LogisticRegression

    weights = np.zeros((learned.INPUTS + 1, len(learned.HEADS)))
    targets = np.array([sample.targets for sample in chosen])
    loads = np.array([sample.weight for sample in chosen])
    for head in range(len(learned.HEADS)):
        known = targets[:, head] != _UNKNOWN
        model = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=300, random_state=0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model.fit(inputs[known], targets[known, head], sample_weight=loads[known])
        weights[:-1, head] = model.coef_[0]
        weights[-1, head] = model.intercept_[0]
    return weights


def save(weights: np.ndarray, out: Path) -> None:
    """Write the weights: eight bits a piece, exact for the rules."""
    pieces = weights[:SIZE]
    scale = np.abs(pieces).max(axis=0) / 127
    np.savez_compressed(
        out,
        pieces=np.round(pieces / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        rules=weights[SIZE:-1].astype(np.float32),
        bias=weights[-1].astype(np.float32),
    )


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    chosen = samples()
    save(fit(matrix([sample.text for sample in chosen]), chosen), args.out)
    print(f"{args.out}: {len(chosen)} samples, {args.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
