"""``doumi redact``: personal data in lines of text found and covered, one text a line, one answer a line.

A line is text, or a JSON object with ``text``. Objects that name a ``speaker`` too are turns of a call: a number said
over several turns is found in each. A call ends where ``call_id`` or ``call`` changes, where ``start`` goes back, at a
line that is no turn, and at the end.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from app.commands import Context
from app.text_lines import text_lines
from resources.notices import Fault, sentence

if TYPE_CHECKING:
    from assist.mask import MaskSpan

_LONGEST: Final = 1_000_000
"""Bytes of one line; the rest of a longer one is not read."""
_MOST_TURNS: Final = 20_000
"""Turns kept before they are answered; a call has a few hundred."""
_OVERLAP_S: Final = 30.0
"""Seconds a turn may begin before the one written above it: both sides talk at once."""
_KEPT: Final = ("call_id", "call", "speaker", "start", "end")


@dataclass(slots=True)
class _Line:
    text: str
    turn: dict[str, Any] = field(default_factory=dict)
    """What is told again of a turn; empty for any other line."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("file", metavar="FILE", help=sentence("help.redact_file"))
    parser.add_argument("--jsonl", action="store_true", help=sentence("help.jsonl"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Cover each line of a file, or of standard input for ``-``, in order and as it comes."""
    if args.file == "-":
        return _answer(sys.stdin.buffer, args.jsonl, context)
    try:
        file = Path(args.file).open("rb")  # noqa: SIM115  (a broken pipe of the answers is no fault of the file)
    except OSError as error:
        raise Fault("cli.file_not_opened", path=args.file) from error
    with file:
        return _answer(file, args.jsonl, context)


def redacted(text: str, spans: Sequence[MaskSpan]) -> dict[str, Any]:
    """Return one answer in the shape of the command's output. Offsets count code points of ``text``."""
    from assist.mask import cover

    found = [{"start": span.start, "end": span.end, "kind": span.kind.value} for span in spans]
    return {"text": text, "masked": cover(text, tuple(spans)), "spans": found}


def _answer(stream: BinaryIO, jsonl: bool, context: Context) -> int:
    from assist.mask import find, find_in_turns

    for call in _calls(_line(raw) for raw in text_lines(stream, _LONGEST)):
        texts = [line.text for line in call]
        spans = find_in_turns(texts) if call[0].turn else [find(text) for text in texts]
        for line, own in zip(call, spans, strict=True):
            answer = redacted(line.text, own)
            if jsonl:
                context.emit({**line.turn, **answer})
            else:
                context.say(answer["masked"])
    return 0


def _line(raw: str) -> _Line:
    """Read a line: an object with a text, or text."""
    if raw.lstrip().startswith("{"):
        try:
            value = json.loads(raw)
        except (ValueError, RecursionError):
            return _Line(raw)
        if isinstance(value, dict) and isinstance(value.get("text"), str):
            # Half a surrogate pair can be written in JSON, but not in UTF-8.
            text = value["text"].encode("utf-8", "replace").decode("utf-8")
            turn = isinstance(value.get("speaker"), str)
            return _Line(text, {key: value[key] for key in _KEPT if _plain(value.get(key))} if turn else {})
    return _Line(raw)


def _plain(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= 80 and value.isascii()
    return isinstance(value, int | float) and not isinstance(value, bool)


def _calls(lines: Iterator[_Line]) -> Iterator[list[_Line]]:
    """Yield the turns of each call together, every other line by itself."""
    call: list[_Line] = []
    for line in lines:
        if call and (not line.turn or len(call) >= _MOST_TURNS or _is_other(call[-1].turn, line.turn)):
            yield call
            call = []
        if line.turn:
            call.append(line)
        else:
            yield [line]
    if call:
        yield call


def _is_other(before: dict[str, Any], after: dict[str, Any]) -> bool:
    if any(before.get(key) != after.get(key) for key in ("call_id", "call")):
        return True
    earlier, later = before.get("start"), after.get("start")
    if not isinstance(earlier, int | float) or not isinstance(later, int | float):
        return False
    return later < earlier - _OVERLAP_S
