"""A saved call as it leaves the desk: personal data covered, also what was said over several turns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from assist.mask import COVER, cover, cover_call, find_in_turns, hide, is_mobile, mask, personal_words
from assist.model import Turn
from audio.model import Channel

_NOT_TEXT: Final = frozenset(
    {"type", "schema", "call_id", "id", "session_id", "pack_id", "article_id", "article_ids", "started_at", "wall_time"}
)
"""Fields that hold no words of a person and must stay exact."""
_PERSONAL: Final = frozenset({"phone", "rrn", "frn", "card", "account", "passport", "driver", "vehicle", "email"})
"""Kinds of heard numbers that are covered whatever they look like."""


def masked_turns(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """Return the turns of a call with personal data covered in what was said and in what is shown."""
    said = cover_call([turn.text for turn in turns])
    shown = cover_call([turn.display or turn.text for turn in turns])
    return tuple(
        replace(turn, text=text, display=display if turn.display else turn.display)
        for turn, text, display in zip(turns, said, shown, strict=True)
    )


def masked_objects(values: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the objects of a call with personal data covered in every text of a person."""
    hidden: dict[str, str] = {}
    again: dict[str, None] = {}
    for kind in ("TurnUpdated", "TranscriptFinal"):
        for key in ("text", "display"):
            texts = list(dict.fromkeys(_texts(values, kind, key)))
            spans = find_in_turns(texts)
            again |= dict.fromkeys(personal_words(texts, spans))
            for text, found in zip(texts, spans, strict=True):
                shown = cover(text, found)
                if shown.count(COVER) > hidden.get(text, "").count(COVER):
                    hidden[text] = shown
    return [_walk(value, "", _Hidden(hidden, tuple(again))) for value in values]


@dataclass(frozen=True, slots=True)
class _Hidden:
    """What is personal in a call."""

    whole: Mapping[str, str]
    """Covered form of each text that was said."""
    again: tuple[str, ...]
    """What was covered once and is covered wherever it stands."""

    def cover(self, text: str) -> str:
        return hide(text, self.again, self.whole.get(text) or mask(text)[0])


def _texts(values: Iterable[Mapping[str, Any]], kind: str, key: str) -> Iterable[str]:
    """Return what events of one kind say, by their time."""
    rows = [value.get("turn", value) for value in values if value.get("type") == kind]
    said = [row for row in rows if isinstance(row, Mapping) and isinstance(row.get(key) or row.get("text"), str)]
    return (str(row.get(key) or row["text"]) for row in sorted(said, key=lambda row: float(row.get("start") or 0)))


def _walk(value: Any, name: str, hidden: _Hidden) -> Any:
    if isinstance(value, str):
        return value if name in _NOT_TEXT else hidden.cover(value)
    if isinstance(value, Mapping):
        inner = {key: _walk(item, key, hidden) for key, item in value.items()}
        if _is_personal(value):
            inner["display"] = COVER * len(value["display"])
        if isinstance(value.get("digits"), list) and isinstance(value.get("display"), str):
            inner["digits"] = [_digits(run, inner["display"]) for run in value["digits"]]
        if isinstance(value.get("words"), list) and isinstance(value.get("text"), str):
            inner["words"] = _words(value["words"], value["text"], inner["text"])
        return inner
    if isinstance(value, list):
        return [_walk(item, name, hidden) for item in value]
    return value


def _is_personal(number: Mapping[str, Any]) -> bool:
    """Return whether this is a heard number to cover: not one the counsellor gave out, nor an amount or a date."""
    if not isinstance(number.get("display"), str) or "kind" not in number:
        return False
    by_caller = number.get("channel") == Channel.CALLER.value
    if number["kind"] in ("address", "other"):
        return by_caller
    return number["kind"] in _PERSONAL and (by_caller or number["kind"] != "phone" or is_mobile(number["display"]))


def _digits(run: Mapping[str, Any], shown: str) -> dict[str, Any]:
    """Cover in a run of digits what is covered in the text it stands in."""
    display = shown[int(run["start"]) : int(run["end"])]
    raw = COVER * len(run["raw"]) if COVER in display else run["raw"]
    return {**run, "display": display, "raw": raw}


def _words(words: Sequence[Any], text: str, shown: str) -> list[Any]:
    """Cover in each word what is covered in the whole: a part of a number alone looks like any number."""
    out, at = [], 0
    for word in words:
        said = word.get("text") if isinstance(word, Mapping) else None
        if not isinstance(said, str):
            out.append(word)
            continue
        found = text.find(said.strip(), at)
        if found >= 0:
            at = found + len(said.strip())
            out.append({**word, "text": said.replace(said.strip(), shown[found:at])})
        else:
            out.append({**word, "text": COVER * len(said) if COVER in shown else said})
    return out
