"""``doumi classify``: what the desk would see in lines of a caller, one text a line, one answer a line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from app.commands import Context
from app.text_lines import text_lines
from resources.notices import Fault, sentence

if TYPE_CHECKING:
    from assist.model import AbuseFinding, CrisisFinding

_LONGEST: Final = 1_000_000
"""Bytes of one line; the rest of a longer one is not read."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("file", metavar="FILE", help=sentence("help.classify_file"))
    parser.add_argument("--jsonl", action="store_true", help=sentence("help.jsonl"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Label each line of a file, or of standard input for ``-``, in order and as it comes."""
    if args.file == "-":
        return _answer(sys.stdin.buffer, args.jsonl, context)
    try:
        with Path(args.file).open("rb") as file:
            return _answer(file, args.jsonl, context)
    except OSError as error:
        raise Fault("cli.file_not_opened", path=args.file) from error


def labelled(text: str) -> dict[str, object]:
    """Return what one line is, in the shape of the command's output. Offsets count code points of ``text``."""
    from assist.model import AbuseLabel
    from assist.protect import abuse, crisis, learned

    seen = abuse.classify(text)
    danger = crisis.detect(text)
    labels = [label.value for label in seen.labels] if seen else []
    if danger:
        scored = learned.scores(text)
        warned = seen is not None and seen.label is not AbuseLabel.UNREASONABLE
        behind = warned and (scored is None or scored.odds[labels[0]] >= scored.odds[learned.CRISIS])
        labels.insert(int(behind), learned.CRISIS)
    first = labels[0] if labels else "none"
    return {
        "text": text,
        "label": first,
        "labels": labels,
        "severity": _severity(first, seen, danger),
        "crisis": danger is not None,
        "evidence": _evidence(text, seen, danger),
    }


def _severity(label: str, seen: AbuseFinding | None, danger: CrisisFinding | None) -> int:
    if danger and label == "crisis":
        return danger.urgency
    return seen.severity if seen else 0


def _evidence(text: str, seen: AbuseFinding | None, danger: CrisisFinding | None) -> list[dict[str, object]]:
    spans = {(span.start, span.end) for finding in (seen, danger) if finding for span in finding.evidence}
    return [{"text": text[start:end], "start": start, "end": end} for start, end in sorted(spans)]


def _answer(stream: BinaryIO, jsonl: bool, context: Context) -> int:
    for text in text_lines(stream, _LONGEST):
        said = labelled(text)
        if jsonl:
            context.emit(said)
        else:
            context.say(_shown(said))
    return 0


def _shown(said: dict[str, object]) -> str:
    """Return one line for a person: what it is, how grave, the words, the text."""
    labels = said["labels"]
    assert isinstance(labels, list)
    names = ", ".join(sentence(f"classify.{label}") for label in labels) or sentence("classify.none")
    evidence = said["evidence"]
    assert isinstance(evidence, list)
    words = " / ".join(str(item["text"]) for item in evidence)
    return "\t".join((names, str(said["severity"]), words, str(said["text"])))
