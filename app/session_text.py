"""A saved call as text to read and as objects to export."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from app import event_codec
from app.errors import StoreFault
from app.session_masking import masked_turns
from assist.mask import mask
from assist.model import CallRecord, Turn
from assist.turns import turns_in
from audio.events import CallEvent, TranscriptFinal
from audio.model import Channel
from kb.whole_file import put
from resources.notices import sentence
from ui.ports import SessionRow


def line(row: SessionRow, *, reveal: bool = False) -> str:
    """Return one line of the list, personal data covered unless it is to be revealed."""
    if not reveal:
        row = dataclasses.replace(row, title=mask(row.title)[0], inquiry=mask(row.inquiry)[0])
    told = {"filed": row.filed, "escalated": row.escalated, "held": row.held, "interrupted": row.interrupted}
    marks = [sentence(f"store.mark_{name}") for name, is_set in told.items() if is_set]
    if row.delivery:
        marks.append(sentence(f"filing.delivery_{row.delivery}"))
    parts = [row.id, row.started_at[:16].replace("T", " "), clock(row.duration_s), row.category, *marks, row.title]
    return "  ".join(part for part in [*parts, row.inquiry] if part)


def lines(
    row: SessionRow, events: Sequence[CallEvent], records: Sequence[CallRecord], *, reveal: bool = False
) -> Iterator[str]:
    """Return transcript and records for a person, personal data covered unless it is to be revealed."""
    yield line(row, reveal=reveal)
    said = turns(events)
    for turn in said if reveal else masked_turns(said):
        who = sentence("store.caller" if turn.speaker is Channel.CALLER else "store.agent")
        yield f"{clock(turn.start)} {who}: {turn.shown}"
    for record in records:
        yield ""
        yield f"{sentence('store.category')}: " + " › ".join(filter(None, (record.category, record.subcategory)))
        for name in ("inquiry", "answer", "action"):
            for text in getattr(record, name):
                yield f"{sentence(f'store.{name}')}: {text if reveal else mask(text)[0]}"
        if record.follow_up:
            yield f"{sentence('store.follow_up')}: {record.follow_up if reveal else mask(record.follow_up)[0]}"


def turns(events: Sequence[CallEvent]) -> list[Turn]:
    """Return the turns as they stood last; single utterances where no turn was made of them."""
    last = turns_in(events)
    if last:
        return list(last)
    finals = [event for event in events if isinstance(event, TranscriptFinal)]
    return [
        Turn(index, event.channel, event.start, event.end, event.text, event.display)
        for index, event in enumerate(sorted(finals, key=lambda event: event.start))
    ]


def objects(row: SessionRow, events: Sequence[CallEvent], records: Sequence[CallRecord]) -> list[dict[str, Any]]:
    """Return the call as objects: ``session``, then ``record`` by ``record``, then its events."""
    bodies = json.loads(event_codec.encode_records(tuple(records)))
    return [
        {"type": "session", **dataclasses.asdict(row)},
        *({"type": "record", **body} for body in bodies),
        *(event_codec.to_object(event) for event in events),
    ]


def document(values: list[dict[str, Any]]) -> str:
    """Return the objects as one JSON document."""
    kinds = [value["type"] for value in values]
    whole = {
        "session": next(value for value, kind in zip(values, kinds, strict=True) if kind == "session"),
        "records": [value for value, kind in zip(values, kinds, strict=True) if kind == "record"],
        "events": [value for value, kind in zip(values, kinds, strict=True) if kind not in ("session", "record")],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def write(file: Path, values: list[dict[str, Any]], one_a_line: bool) -> None:
    """Write an export whole or not at all, readable by this user only. Raises StoreFault."""
    lines = "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)
    text = lines if one_a_line else document(values) + "\n"
    file = file.resolve()  # a link stays a link
    if file.exists() and not file.is_file():
        # A pipe or a device cannot be replaced as a whole: it takes what it is given.
        try:
            file.write_text(text, encoding="utf-8")
        except OSError as error:
            raise StoreFault("store.export_not_written", path=str(file)) from error
        return
    try:
        put(file, text.encode(), 0o600)
    except OSError as error:
        raise StoreFault("store.export_not_written", path=str(file)) from error


def clock(seconds: float) -> str:
    """Return a place in a call as ``MM:SS``."""
    return f"{int(seconds) // 60:02d}:{int(seconds) % 60:02d}"
