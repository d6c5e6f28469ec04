"""``doumi summarize TURNS.jsonl``: the record of a conversation that was written down elsewhere.

A line of the input is ``{"speaker": "agent"|"caller", "start": s, "end": s, "text": "..."}``; other keys are ignored.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.commands import Context
from resources.notices import sentence

if TYPE_CHECKING:
    from assist.model import CallRecord, Draft, Turn

_MAX_BYTES: Final = 16 * 1024 * 1024
_MAX_TURNS: Final = 5_000
_MAX_TURN_CHARS: Final = 20_000
"""A call of twenty minutes has some three hundred turns; a thousand words said without a pause are 3,000 characters."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("files", nargs="+", metavar="TURNS.jsonl", help=sentence("help.summarize_files"))
    parser.add_argument("--jsonl", action="store_true", help=sentence("help.jsonl"))
    parser.add_argument("--mask", action="store_true", help=sentence("help.summarize_mask"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Summarise each file, one object or one readable record a call. A bad file is told and the others go on."""
    from assist.errors import TurnsRejected
    from assist.summarize import summarize

    failed = False
    for i, name in enumerate(args.files):
        try:
            draft = summarize(_read(name))
        except TurnsRejected as fault:
            context.progress(str(fault))
            failed = True
            continue
        if args.mask:
            draft = masked(draft)
        if args.jsonl:
            context.emit(as_json(draft))
        else:
            if i:
                context.say("")
            if len(args.files) > 1:
                context.say(f"# {name}")
            context.say(draft.summary)
    return 1 if failed else 0


def masked(draft: Draft) -> Draft:
    """Return a draft with personal data covered in its records and in the summary made of them."""
    from assist.mask import mask
    from assist.model import Draft
    from assist.summarize.compose import text_of

    def covered(lines: Iterable[str]) -> tuple[str, ...]:
        return tuple(mask(line)[0] for line in lines)

    records = tuple(
        replace(
            record,
            inquiry=covered(record.inquiry),
            answer=covered(record.answer),
            action=covered(record.action),
            follow_up=mask(record.follow_up)[0] if record.follow_up else record.follow_up,
        )
        for record in draft.records
    )
    return Draft(records, text_of(records))


def as_json(draft: Draft) -> dict[str, object]:
    """Return a draft in the shape of the command's output: a summary a record, and the call's beside them."""
    return {"records": [_record(record) for record in draft.records], "summary": draft.summary}


def _record(record: CallRecord) -> dict[str, object]:
    from assist.summarize.compose import text_of

    lines = {key: list(turns) for key, turns in record.evidence.items() if key != "category"}
    return {
        "category": record.category,
        "subcategory": record.subcategory,
        "inquiry": list(record.inquiry),
        "answer": list(record.answer),
        "action": list(record.action),
        "follow_up": record.follow_up,
        "evidence": lines,
        "summary": text_of((record,)),
    }


def _read(name: str) -> list[Turn]:
    from assist.errors import TurnsRejected
    from kb.text import decoded

    if name == "-":
        raw = sys.stdin.buffer.read(_MAX_BYTES + 1)
    else:
        try:
            with Path(name).open("rb") as file:
                raw = file.read(_MAX_BYTES + 1)
        except OSError as error:
            raise TurnsRejected("assist.turns_unreadable", path=name) from error
    if len(raw) > _MAX_BYTES:
        raise TurnsRejected("assist.turns_too_large", path=name, mb=_MAX_BYTES // 2**20)
    try:
        text = decoded(raw)
    except UnicodeDecodeError as error:
        raise TurnsRejected("assist.turns_encoding", path=name) from error
    turns = list(_turns(text.split("\n"), name))
    if not turns:
        raise TurnsRejected("assist.turns_empty", path=name)
    return turns


def _turns(lines: Iterable[str], name: str) -> Iterable[Turn]:
    from assist.errors import TurnsRejected
    from assist.model import Turn
    from audio.model import Channel

    index = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise TurnsRejected("assist.turns_not_json", path=name, line=number) from error
        if not isinstance(row, dict):
            raise TurnsRejected("assist.turns_not_json", path=name, line=number)
        if row.get("speaker") not in ("agent", "caller"):
            raise TurnsRejected("assist.turns_speaker", path=name, line=number)
        text = row.get("text")
        if not isinstance(text, str):
            raise TurnsRejected("assist.turns_field", path=name, line=number, field="text")
        if index >= _MAX_TURNS or len(text) > _MAX_TURN_CHARS:
            raise TurnsRejected(
                "assist.turns_too_long", path=name, line=number, turns=_MAX_TURNS, chars=_MAX_TURN_CHARS
            )
        times = [_seconds(row.get(field)) for field in ("start", "end")]
        for field, value in zip(("start", "end"), times, strict=True):
            if value is None:
                raise TurnsRejected("assist.turns_field", path=name, line=number, field=field)
        start, end = (value or 0.0 for value in times)
        yield Turn(index, Channel(row["speaker"]), start, end, unicodedata.normalize("NFC", text))
        index += 1


def _seconds(value: object) -> float | None:
    """Return a time of the file, or None where it is no finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        seconds = float(value)
    except OverflowError:
        return None
    return seconds if math.isfinite(seconds) else None
