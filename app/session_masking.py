"""A saved call as it leaves the desk: personal data covered, also what was said over several turns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any, Final

from assist.mask import COVER, cover_call, cover_readings, hide, is_mobile, mask
from assist.model import Turn
from audio.model import Channel

_NOT_TEXT: Final = frozenset(
    {"type", "schema", "call_id", "id", "session_id", "pack_id", "article_id", "article_ids", "started_at", "wall_time"}
)
"""Fields that hold no words of a person and must stay exact."""
_PERSONAL: Final = frozenset({"phone", "rrn", "frn", "card", "account", "passport", "driver", "vehicle", "email"})
"""Kinds of heard numbers that are covered whatever they look like."""
_AROUND: Final = 8
"""Turns of either side with which an earlier reading of a turn is looked through: as far as parts are joined."""


def masked_turns(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """Return the turns of a call, by time, with personal data covered in what was said and in what is shown."""
    (said, shown), _ = cover_readings([turn.text for turn in turns], [turn.display or turn.text for turn in turns])
    return tuple(
        replace(turn, text=text, display=display if turn.display else turn.display)
        for turn, text, display in zip(turns, said, shown, strict=True)
    )


def masked_objects(values: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the objects of a call with personal data covered in every text of a person.

    Turns and finals are covered as :func:`masked_turns` covers them, as they stood last; where one text stands twice,
    the form in which most is covered is taken.
    """
    calls = [_versions(values, kind, key) for kind in ("TurnUpdated", "TranscriptFinal") for key in ("text", "display")]
    covered, again = cover_readings(*([texts[-1] for texts in call] for call in calls))
    hidden = _Hidden(again)
    for call, forms in zip(calls, covered, strict=True):
        for texts, shown in zip(call, forms, strict=True):
            hidden.take(texts[-1], shown)
    for call, forms in zip(calls, covered, strict=True):
        _take_earlier(hidden, call, forms)
    return [_walk(value, "", hidden) for value in values]


def _take_earlier(hidden: _Hidden, call: Sequence[Sequence[str]], forms: Sequence[str]) -> None:
    """Cover what a turn grew through as the turn is where it stands, and by itself where it read differently."""
    last = [texts[-1] for texts in call]
    for at, (texts, shown) in enumerate(zip(call, forms, strict=True)):
        for text in dict.fromkeys(texts[:-1]):
            same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, last[at], strict=False)))
            hidden.take(text, shown[:same] + hidden.cover(text)[same:])
            if same < len(text):
                before = last[max(0, at - _AROUND) : at]
                hidden.take(text, cover_call([*before, text, *last[at + 1 : at + 1 + _AROUND]])[len(before)])


class _Hidden:
    """How each text of a call is covered."""

    def __init__(self, again: tuple[str, ...]) -> None:
        """``again`` is what was covered once and is covered wherever it stands."""
        self._again = again
        self._forms: dict[str, str] = {}

    def take(self, text: str, shown: str) -> None:
        """Take a covered form, as long as the text; what another form of it covers stays covered."""
        before = self._forms.get(text, shown)
        self._forms[text] = "".join(COVER if COVER in chars else chars[0] for chars in zip(shown, before, strict=True))

    def cover(self, text: str) -> str:
        """Return the text covered; a draft that grows repeats its texts, each is looked through once."""
        if text not in self._forms:
            self._forms[text] = hide(text, self._again, mask(text)[0])
        return self._forms[text]


def _versions(values: Iterable[Mapping[str, Any]], kind: str, key: str) -> list[list[str]]:
    """Return what each turn or final says, by time; all it grew through, the last as it stayed."""
    rows = [value.get("turn", value) for value in values if value.get("type") == kind]
    said = [row for row in rows if isinstance(row, Mapping) and isinstance(row.get(key) or row.get("text"), str)]
    grown: dict[Any, list[Mapping[str, Any]]] = {}
    for at, row in enumerate(said):
        grown.setdefault(row.get("index", row.get("utterance", ("none", at))), []).append(row)
    by_time = sorted(grown.values(), key=lambda rows: float(rows[-1].get("start") or 0))
    return [[str(row.get(key) or row["text"]) for row in rows] for rows in by_time]


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
