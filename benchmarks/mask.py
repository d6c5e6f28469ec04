"""How much personal data the mask finds, kind by kind, and what it covers that is nobody's. Prints every error.

Run: ``python benchmarks/mask.py [FILE.jsonl] [--seed N] [--all] [--json FILE]``. Without a file: made lines
(:mod:`benchmarks.mask_lines`), the half of the sentences that the rules were not mended on, and the shared development
lines where they are.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from assist.mask import MaskSpan, PersonalKind, find, find_in_turns
from benchmarks.mask_lines import Line, lines
from benchmarks.mask_places import calls
from tests.helpers.material import folder

REACH: Final = {"rrn": 0.99, "frn": 0.99, "card": 0.99, "phone": 0.97}
OTHERS: Final = 0.90
CLEAN: Final = 0.02
IN_PARTS: Final = ("phone", "rrn", "frn", "card", "account")
ENDINGS: Final = ("", "이요", "이고요")
_DIGITS: Final = frozenset("0123456789공영일이삼사오육륙칠팔구")


@dataclass(slots=True)
class Score:
    """What was found in one set of lines."""

    there: Counter[str] = field(default_factory=Counter)
    covered: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    """Covered and called what it is."""
    clean: int = 0
    touched: int = 0
    slowest_ms: float = 0.0
    errors: list[str] = field(default_factory=list)

    def add(self, line: Line) -> None:
        """Look one line through. A span is found when what is covered covers it wholly, blanks aside."""
        begun = time.process_time()
        found = find(line.text)
        self.slowest_ms = max(self.slowest_ms, (time.process_time() - begun) * 1e3)
        hidden = {at: span.kind.value for span in found for at in range(span.start, span.end)}
        for start, end, kind in line.spans:
            places = [at for at in range(start, end) if not line.text[at].isspace()]
            self.there[kind] += 1
            if all(at in hidden for at in places):
                self.covered[kind] += 1
                self.named[kind] += all(hidden[at] == kind for at in places)
            else:
                self.errors.append(f"missed  {kind:<10} [{line.text[start:end]}]  {line.text}")
        if not line.spans:
            self.clean += 1
            if found:
                self.touched += 1
                shown = ", ".join(f"{span.kind.value} [{line.text[span.start : span.end]}]" for span in found)
                self.errors.append(f"touched {shown}  {line.text}")


def measure(source: Iterable[Line]) -> Score:
    """Return the score of some lines."""
    score = Score()
    for line in source:
        score.add(line)
    return score


def read(file: Path) -> Iterable[Line]:
    """Yield the lines of a file in the shape of ``pii/dev.jsonl``."""
    with file.open(encoding="utf-8") as stream:
        for raw in stream:
            row: dict[str, Any] = json.loads(raw)
            yield Line(row["text"], tuple((span["start"], span["end"], span["kind"]) for span in row["spans"]))


def halved(source: Iterable[Line]) -> dict[str, tuple[int, int]]:
    """Return how many numbers said over two turns there are and are covered wholly, by what the halves end in."""
    there: Counter[str] = Counter()
    covered: Counter[str] = Counter()
    for line in source:
        for begin, end, kind in line.spans:
            said = line.text[begin:end]
            cuts = [at for at, char in enumerate(said) if at and char in " -" and said[at - 1] in _DIGITS]
            if kind not in IN_PARTS or not cuts:
                continue
            for cut, ending in product(cuts, ENDINGS):
                first, last = said[:cut], said[cut:].strip(" -")
                found = find_in_turns([line.text[:begin] + first + ending, "네.", last + ending])
                there[ending] += 1
                covered[ending] += _covers(found[0], line.text, begin, begin + cut) and _covers(
                    found[2], last, 0, len(last)
                )
    return {ending: (there[ending], covered[ending]) for ending in ENDINGS}


def _covers(spans: Iterable[MaskSpan], text: str, begin: int, end: int) -> bool:
    hidden = {at for span in spans for at in range(span.start, span.end)}
    return all(at in hidden for at in range(begin, end) if not text[at].isspace())


def in_pieces(seed: int, times: int) -> tuple[int, int, int, int, list[str]]:
    """Return stretches of addresses and how many are covered, turns without any and how many are touched, errors."""
    there = covered = clean = touched = 0
    errors: list[str] = []
    for turns, spans in calls(seed, times):
        found = find_in_turns(turns)
        for text, own, got in zip(turns, spans, found, strict=True):
            for begin, end in own:
                there += 1
                covered += (is_whole := _covers(got, text, begin, end))
                if not is_whole:
                    errors.append(f"missed  address [{text[begin:end]}]  {' / '.join(turns)}")
            if not any(spans):
                clean += 1
                touched += bool(got)
                if got:
                    errors.append(f"touched [{text}]  {' / '.join(turns)}")
    return there, covered, clean, touched, errors


def show(name: str, score: Score) -> None:
    """Print one table and every error."""
    print(f"\n{name}\n\n| kind | there | covered | recall | reach | called right |\n|---|---|---|---|---|---|")
    for kind in PersonalKind:
        there = score.there[kind.value]
        if there:
            recall, reach = score.covered[kind.value] / there, REACH.get(kind.value, OTHERS)
            missed = "" if recall >= reach else " **missed**"
            found, right = score.covered[kind.value], score.named[kind.value] / there
            print(f"| {kind.value} | {there} | {found} | {recall:.3f}{missed} | {reach} | {right:.3f} |")
    if score.clean:
        part = score.touched / score.clean
        print(f"| clean lines touched | {score.clean} | {score.touched} | {part:.3f} | ≤ {CLEAN} | |")
    print(f"\nslowest line {score.slowest_ms:.2f} ms")
    for error in score.errors:
        print(error)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, help="lines with spans, JSONL")
    parser.add_argument("--seed", type=int, default=20, help="seed of the made lines")
    parser.add_argument("--all", action="store_true", help="the other half of the sentences too")
    parser.add_argument("--json", type=Path, help="write the figures there")
    args = parser.parse_args()
    scores: dict[str, Score] = {}
    if args.file:
        scores[args.file.name] = measure(read(args.file))
    else:
        scores[f"made lines kept apart, seed {args.seed}"] = measure(lines(args.seed, held=True, times=8))
        if args.all:
            scores[f"made lines the rules were mended on, seed {args.seed}"] = measure(lines(args.seed, False, 8))
        shared = folder() / "pii" / "dev.jsonl"
        if shared.exists():
            scores["pii/dev.jsonl"] = measure(read(shared))
    for name, score in scores.items():
        show(name, score)
    if not args.file:
        print("\nnumbers over two turns\n\n| halves end in | there | covered | recall |\n|---|---|---|---|")
        for ending, (there, covered) in halved(lines(args.seed, held=True, times=8)).items():
            print(f"| {ending or '–'} | {there} | {covered} | {covered / there:.3f} |")
        there, covered, clean, touched, errors = in_pieces(args.seed, times=8)
        print("\naddresses in pieces over turns\n\n| | there | covered |\n|---|---|---|")
        print(f"| parts | {there} | {covered} ({covered / there:.3f}) |")
        print(f"| turns of calls about public places | {clean} | {touched} ({touched / clean:.3f}) |")
        for error in errors:
            print(error)
    if args.json:
        told = {
            name: {
                "recall": {kind: score.covered[kind] / there for kind, there in sorted(score.there.items())},
                "lines": dict(sorted(score.there.items())),
                "clean": score.clean,
                "touched": score.touched,
            }
            for name, score in scores.items()
        }
        args.json.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
