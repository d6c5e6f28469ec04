"""Scores what the desk sees in caller turns: ``python benchmarks/protect.py [--json FILE] [--errors N]``.

Measures ``abuse/dev.jsonl`` per label with every error, the same lines misheard, ordinary talk, outside sets of online
comments, what rules, model and both are worth (cross-validated on the lines written for this project, never on the
development lines, which no weights see), and time.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.commands.classify import labelled  # noqa: E402
from assist.protect import abuse_rules, crisis_rules, learned  # noqa: E402
from benchmarks import protect_train  # noqa: E402
from benchmarks.protect_noise import misheard  # noqa: E402
from tests.helpers.material import folder  # noqa: E402

ABUSE = ("profanity", "insult", "sexual", "threat", "hate")
LABELS = (*ABUSE, "unreasonable", "crisis")
SEEDS = range(5)
FOLDS = 3
_SURE = 0.0

Line = tuple[str, str]
"""Label and text."""


def rates(hits: int, wrong: int, missed: int) -> dict[str, float]:
    """Return precision, recall and F1."""
    return {
        "precision": round(hits / (hits + wrong), 3) if hits + wrong else 1.0,
        "recall": round(hits / (hits + missed), 3) if hits + missed else 1.0,
        "f1": round(2 * hits / (2 * hits + wrong + missed), 3) if hits + wrong + missed else 1.0,
    }


def rated(gold: Iterable[bool], said: Iterable[bool]) -> dict[str, float]:
    """Return precision, recall and F1 of a yes."""
    pairs = Counter(zip(gold, said, strict=True))
    return rates(pairs[True, True], pairs[False, True], pairs[True, False])


def measure(lines: Sequence[Line], answers: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the figures of the issue for labelled lines."""
    gold = [label for label, _ in lines]
    said = [answer["label"] for answer in answers]
    per = {label: rated([g == label for g in gold], [s == label for s in said]) for label in LABELS}
    crises = [answer for g, answer in zip(gold, answers, strict=True) if g == "crisis"]
    return {
        "abusive": rated([g in ABUSE for g in gold], [s in ABUSE for s in said]),
        "macro_f1": round(sum(per[label]["f1"] for label in LABELS) / len(LABELS), 3),
        "labels": per,
        "crisis_recall": round(sum(a["crisis"] for a in crises) / max(1, len(crises)), 3),
        "crisis_as_abuse": sum(bool(set(a["labels"]) & set(ABUSE)) for a in crises),
    }


def by_rules(text: str) -> dict[str, Any]:
    """Return the answer of the rules alone: the gravest of what hit."""
    found = abuse_rules.hits(text)
    danger = bool(crisis_rules.signs(text))
    ranked = sorted({(h.label.value in ABUSE, h.severity, h.label.value) for h in found}, reverse=True)
    warned = bool(ranked) and ranked[0][0]
    labels = list(dict.fromkeys(label for _, _, label in ranked))
    labels = [*labels, "crisis"] if danger and warned else ["crisis", *labels] if danger else labels
    return {"label": labels[0] if labels else "none", "labels": labels, "crisis": danger}


def by_odds(odds: np.ndarray) -> dict[str, Any]:
    """Return the answer of the model alone, for one row of log-odds."""
    by = dict(zip(learned.HEADS, odds.tolist(), strict=True))
    danger = by["crisis"] > _SURE
    label = "none"
    if by["abusive"] > _SURE:
        label = max(ABUSE, key=lambda name: by[name])
    elif danger or by["unreasonable"] > _SURE:
        label = max(("crisis", "unreasonable"), key=lambda name: by[name])
    return {"label": label, "labels": [] if label == "none" else [label], "crisis": danger}


def with_weights(weights: np.ndarray, texts: Sequence[str]) -> list[dict[str, Any]]:
    """Return the program's answers with other weights than the shipped ones."""
    shipped = learned._weights
    learned._weights = lambda: weights  # type: ignore[assignment]
    learned.scores.cache_clear()
    try:
        return [labelled(text) for text in texts]
    finally:
        learned._weights = shipped
        learned.scores.cache_clear()


def cross_validated() -> dict[str, Any]:
    """Return rules, model and both over our own lines, each judged by weights that did not see it."""
    rows = [row for row in protect_train.own_lines() if row.first]
    lines = [(row.label, row.text) for row in rows]
    order = list(range(len(lines)))
    random.Random(7).shuffle(order)
    fold_of = {line: at % FOLDS for at, line in enumerate(order)}
    samples = protect_train.samples()
    inputs = protect_train.matrix([sample.text for sample in samples])
    held_inputs = protect_train.matrix([text for _, text in lines])
    bare, held_bare = inputs.copy(), held_inputs.copy()
    for words in (bare, held_bare):
        words.data[words.indices >= learned.SIZE] = 0.0
    both: dict[int, dict[str, Any]] = {}
    alone: dict[int, dict[str, Any]] = {}
    for fold in range(FOLDS):
        kept = [at for at, s in enumerate(samples) if s.line < 0 or fold_of[s.line] != fold]
        held = [line for line in range(len(lines)) if fold_of[line] == fold]
        chosen = [samples[at] for at in kept]
        weights = protect_train.fit(inputs[kept], chosen)
        both |= zip(held, with_weights(weights, [lines[line][1] for line in held]), strict=True)
        weights = protect_train.fit(bare[kept], chosen)
        odds = np.asarray(held_bare[held] @ weights[:-1] + weights[-1])
        alone |= {line: by_odds(row) for line, row in zip(held, odds, strict=True)}
    ordered = [both[line] for line in range(len(lines))]
    return {
        "rules": measure(lines, [by_rules(text) for _, text in lines]),
        "model": measure(lines, [alone[line] for line in range(len(lines))]),
        "together": measure(lines, ordered),
        "errors": errors(lines, ordered),
    }


def errors(lines: Sequence[Line], answers: Sequence[dict[str, Any]]) -> list[str]:
    """Return every line that got another label, with both."""
    return [
        f"{label} -> {answer['label']}{' +crisis' if answer['crisis'] and answer['label'] != 'crisis' else ''}: {text}"
        for (label, text), answer in zip(lines, answers, strict=True)
        if label != answer["label"]
    ]


def dev_lines() -> tuple[list[Line], list[str]]:
    """Return the development lines and the note of each."""
    raw = (folder() / "abuse" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in raw]
    return [(row["label"], row["text"]) for row in rows], [row["note"] for row in rows]


def talk() -> dict[str, list[str]]:
    """Return ordinary talk by set."""
    calls = []
    for file in sorted((folder() / "dialogues").glob("*.jsonl")):
        gold = json.loads(file.with_suffix(".gold.json").read_text(encoding="utf-8"))
        marked = json.dumps(gold.get("abuse", ""), ensure_ascii=False)
        for number, raw in enumerate(file.read_text(encoding="utf-8").splitlines()):
            turn = json.loads(raw)
            if turn["speaker"] == "caller" and not _marked(turn["text"], number, gold.get("abuse"), marked):
                calls.append(turn["text"])
    queries = (folder() / "retrieval" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    with (folder() / "kb" / "welfare" / "qa.csv").open(encoding="utf-8-sig", newline="") as file:
        questions = [row["Question"] for row in csv.DictReader(file)]
    return {
        "dialogues": calls,
        "queries": [json.loads(line)["query"] for line in queries],
        "questions": random.Random(1).sample(questions, 2000),
    }


def _marked(text: str, number: int, abuse: Any, shown: str) -> bool:
    if not isinstance(abuse, list):
        return False
    return any(number in _numbers(item) for item in abuse) or text in shown


def _numbers(item: Any) -> list[int]:
    if isinstance(item, dict):
        found = item.get("turn", item.get("turns", item.get("index", [])))
        return found if isinstance(found, list) else [found]
    return [item] if isinstance(item, int) else []


def outside() -> dict[str, dict[str, float]]:
    """Return abusive or not on online comments; they trained nothing."""
    found = {}
    with (folder() / "text" / "apeach" / "test.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["class"] == "Spoiled", row["text"]) for row in csv.DictReader(file)][::4]
    found["apeach (every 4th)"] = _warned(rows)
    raw = (folder() / "text" / "curse-detection-2runo" / "dataset.txt").read_text(encoding="utf-8").splitlines()
    split = [line.rpartition("|") for line in raw][::8]
    found["curse-detection (every 8th)"] = _warned([(label == "1", text) for text, _, label in split])
    return found


def _warned(rows: Sequence[tuple[bool, str]]) -> dict[str, float]:
    return rated([hit for hit, _ in rows], [bool(set(labelled(text)["labels"]) & set(ABUSE)) for _, text in rows])  # type: ignore[call-overload]


def speed(texts: Sequence[str]) -> dict[str, float]:
    """Return milliseconds a turn, nothing cached."""
    took = []
    for text in texts:
        learned.scores.cache_clear()
        start = time.perf_counter()
        labelled(text)
        took.append((time.perf_counter() - start) * 1000)
    return {"p50_ms": round(float(np.percentile(took, 50)), 1), "p95_ms": round(float(np.percentile(took, 95)), 1)}


def report(unseen: Path | None = None) -> dict[str, Any]:
    """Return every figure; ``unseen`` is a labelled set nobody tuned to."""
    lines, notes = dev_lines()
    answers = [labelled(text) for _, text in lines]
    hard = [at for at, note in enumerate(notes) if "HN:" in note]
    flagged = [at for at in hard if answers[at]["label"] in ABUSE]
    abusive = [text for label, text in lines if label in ABUSE]
    heard: dict[str, Callable[[str], dict[str, Any]]] = {"together": labelled, "rules": by_rules}
    recalls = {
        name: [
            sum(bool(set(see(misheard(text, 0.1, seed))["labels"]) & set(ABUSE)) for text in abusive) / len(abusive)
            for seed in SEEDS
        ]
        for name, see in heard.items()
    }
    alarms = {
        name: [text for text in texts if set(labelled(text)["labels"]) & set(ABUSE)]  # type: ignore[call-overload]
        for name, texts in talk().items()
    }
    counts = {name: len(texts) for name, texts in talk().items()}
    return {
        "dev": {"together": measure(lines, answers), "rules": measure(lines, [by_rules(t) for _, t in lines])},
        "errors": errors(lines, answers),
        "hard_negatives": {"lines": len(hard), "flagged": len(flagged), "texts": [lines[at][1] for at in flagged]},
        "misheard_recall": {
            name: {"mean": round(sum(each) / len(each), 3), "each": [round(value, 3) for value in each]}
            for name, each in recalls.items()
        },
        "alarms": {
            name: {"lines": counts[name], "alarms": len(texts), "texts": texts} for name, texts in alarms.items()
        },
        "outside": outside(),
        "speed": speed([text for _, text in lines]),
        "own_lines": cross_validated(),
        "blind": blind(unseen) if unseen else None,
    }


def blind(file: Path) -> dict[str, Any]:
    """Return figures alone, no line, of a set in the form of ``abuse/dev.jsonl`` that nobody here has read."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    lines = [(row["label"], row["text"]) for row in rows]
    answers = [labelled(text) for _, text in lines]
    found = measure(lines, answers)
    none = [answer for (label, _), answer in zip(lines, answers, strict=True) if label == "none"]
    hard = [a for row, a in zip(rows, answers, strict=True) if "HN" in str(row.get("note", ""))]
    abusive = [text for label, text in lines if label in ABUSE]
    heard = [bool(_warns(misheard(text, 0.1, seed))) for seed in SEEDS for text in abusive]
    return {
        "lines": len(lines),
        **found,
        "none": {"lines": len(none), "flagged": sum(a["label"] in ABUSE for a in none)},
        "hard_negatives": {"lines": len(hard), "flagged": sum(a["label"] in ABUSE for a in hard)},
        "crisis_in_none": sum(bool(a["crisis"]) for a in none),
        "misheard_recall": round(sum(heard) / max(1, len(heard)), 3),
    }


def _warns(text: str) -> set[str]:
    return set(labelled(text)["labels"]) & set(ABUSE)  # type: ignore[call-overload]


def show(found: dict[str, Any], most: int) -> None:
    """Print the figures."""

    def table(title: str, figures: dict[str, Any]) -> None:
        ab = figures["abusive"]
        print(f"\n{title}")
        print(f"  abusive or not: P {ab['precision']:.3f} R {ab['recall']:.3f} F1 {ab['f1']:.3f}; ", end="")
        print(f"macro F1 {figures['macro_f1']:.3f}; crisis recall {figures['crisis_recall']:.3f}, ", end="")
        print(f"taken for abuse {figures['crisis_as_abuse']}")
        for label, value in figures["labels"].items():
            print(f"    {label:13} P {value['precision']:.3f} R {value['recall']:.3f} F1 {value['f1']:.3f}")

    table("development lines, rules and model", found["dev"]["together"])
    table("development lines, rules alone (written with them in view)", found["dev"]["rules"])
    print("\n".join(["  errors:", *(f"    {text}" for text in found["errors"])]))
    hard = found["hard_negatives"]
    print(f"  hard negatives flagged: {hard['flagged']} of {hard['lines']}", *hard["texts"], sep="\n    ")
    for name, value in found["misheard_recall"].items():
        print(f"  misheard at 10 %, {name}: recall {value['mean']:.3f} {value['each']}")
    for name, value in found["alarms"].items():
        print(f"  alarms in {name}: {value['alarms']} of {value['lines']}", *value["texts"], sep="\n    ")
    print("  outside:", found["outside"])
    print("  a turn:", found["speed"])
    for name in ("rules", "model", "together"):
        table(f"own lines, {FOLDS} folds, {name}", found["own_lines"][name])
    print("\n".join(["  errors:", *(f"    {text}" for text in found["own_lines"]["errors"][:most])]))
    if found["blind"]:
        table(f"a set of {found['blind']['lines']} lines written by others", found["blind"])
        print("  ", {name: found["blind"][name] for name in ("none", "hard_negatives", "misheard_recall")})


def main() -> None:
    """Measure, print, and write where told."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--errors", type=int, default=1000, help="errors of the own lines to print")
    parser.add_argument("--blind", type=Path, help="a labelled set nobody here has read: figures alone")
    args = parser.parse_args()
    found = report(args.blind)
    show(found, args.errors)
    if args.json:
        args.json.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
