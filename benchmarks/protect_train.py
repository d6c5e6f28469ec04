"""Trains ``resources/words/protect.npz``: ``python benchmarks/protect_train.py [--out FILE]``.

Trained on lines written for this project and nothing else (``benchmarks/protect_lines``, the sample knowledge, the
practice calls): sets of online comments only measure, as they cost recall on what is said on the phone.
Needs scikit-learn, which comes with the sentence encoder. The same lines give the same weights.
"""

from __future__ import annotations

import argparse
import json
import random
import re
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

LINES = ROOT / "benchmarks" / "protect_lines"
OUT = ROOT / "resources" / "words" / "protect.npz"
WARNS = {label.value for label in AbuseLabel} - {"unreasonable"}
STRENGTH = 20.0
WAYS = 8
"""Ways to say one line that are learnt, at most."""
_CHOICE = re.compile(r"\{([^}]*)\}")
_UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Own:
    """A line written for this project, or one way to say it."""

    number: int
    """The same for all ways to say a line: they are learnt, or held back, together."""
    label: str
    severity: int
    text: str
    first: bool
    """Whether it stands for its line where lines are counted."""
    load: float = 1.0


@dataclass(frozen=True, slots=True)
class Sample:
    """One line to learn from: 0 or 1 a head, -1 where it says nothing of the head."""

    text: str
    targets: tuple[int, ...]
    weight: float
    line: int = -1
    """Number of the own line it is or was made of; -1 for the project's ordinary talk."""


def own_lines() -> list[Own]:
    """Return every line written for this, in some of the ways to say it: ``{a|b}`` stands for either."""
    rows: list[Own] = []
    number = 0
    for file in sorted(LINES.glob("*.txt")):
        for raw in file.read_text(encoding="utf-8").splitlines():
            if not raw or raw.startswith("#"):
                continue
            label, severity, text = raw.split("|", 2)
            ways = said(text)
            rows += [Own(number, label, int(severity), way, at == 0, len(ways) ** -0.5) for at, way in enumerate(ways)]
            number += 1
    return rows


def said(line: str) -> list[str]:
    """Return up to ``WAYS`` ways to say a line, always the same."""
    chance = random.Random(line)
    found: dict[str, None] = {}
    for _ in range(WAYS * 3 if "{" in line else 1):
        found[_CHOICE.sub(lambda choice: chance.choice(choice[1].split("|")), line)] = None
        if len(found) == WAYS:
            break
    return list(found)


def samples() -> list[Sample]:
    """Return everything to learn from."""
    found = []
    for row in own_lines():
        targets = _targets(row.label, row.severity)
        found.append(Sample(row.text, targets, row.load, row.number))
        for round_ in range(3 if row.load == 1.0 else 1):
            heard = misheard(row.text, 0.12, f"train{round_}", wild=round_ == 2)
            found.append(Sample(broken(heard, 0.25, round_), targets, 0.4 * row.load, row.number))
    return found + [Sample(text, _targets("none", 0), 0.5) for text in [*project_talk(), *babble()]]


def babble() -> list[str]:
    """Return what means nothing: scraps, one syllable over and over, sounds at random; always the same."""
    chance = random.Random(1)
    scraps = [
        "끝",
        "네",
        "응",
        "어",
        "음",
        "예 예",
        "여보세요",
        "아",
        "그",
        "a",
        "a b",
        "ok",
        "1 2 3",
        "010",
        ".",
        "가나다라",
    ]
    sounds = [
        "".join(chr(0xAC00 + chance.randrange(11172)) + " " * (chance.random() < 0.4) for _ in range(size)).strip()
        for size in range(1, 13)
        for _ in range(12)
    ]
    again = [
        f"{sound} " * count
        for sound in ("네", "아", "시", "가나다라", "여보세요", "그래", "문의요")
        for count in (4, 40)
    ]
    glued = [sound * count for sound in ("네", "아", "시", "가", "하", "으", "여권재발급문의요") for count in (4, 50)]
    return [*scraps, *sounds, *again, *glued]


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
        model = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=300, tol=1e-3, random_state=0)
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
        inputs=np.uint32(learned.named()),
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
