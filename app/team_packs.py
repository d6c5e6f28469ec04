"""What an opened evidence pack tells the team: facts, words, acts and sound as rows. Pure; never trusts a manifest.

A pack that was changed on its way is read as far as it goes: what is not of the expected kind is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from app.store_reader import fold
from assist.escalate import CLIP, REASON, TRANSCRIPT, PackKind
from assist.mask import mask
from assist.model import AbuseLabel
from kb.model import TextSpan
from ui.team_ports import ActKind, ActRow, ClipRow, IncidentFacts, TranscriptRow

_LINE_ACTS = {"notice": ActKind.NOTICE, "transfer": ActKind.TRANSFER, "end": ActKind.END}


@dataclass(frozen=True, slots=True)
class PackSummary:
    """What the inbox keeps of a pack."""

    pack_id: str
    incident_id: str
    call_id: str
    completing: bool
    raised_at: str
    label: str
    labels: tuple[str, ...]
    severity: int
    situation: str
    caller: str
    simulated: bool
    words: str
    """Folded for searching, personal data covered."""


class Node:
    """A JSON value read without trust: what is not there or of another kind is empty."""

    def __init__(self, value: object) -> None:
        self._value = value

    def __getitem__(self, name: str) -> Node:
        return Node(self._value.get(name) if isinstance(self._value, dict) else None)

    def items(self) -> list[Node]:
        """Return the members of a list."""
        return [Node(one) for one in self._value] if isinstance(self._value, list) else []

    def fields(self) -> list[tuple[str, Node]]:
        """Return the members of an object."""
        return [(str(name), Node(one)) for name, one in self._value.items()] if isinstance(self._value, dict) else []

    @property
    def text(self) -> str:
        """A string, or empty."""
        return self._value if isinstance(self._value, str) else ""

    @property
    def number(self) -> float:
        """A number, or 0."""
        return float(self._value) if isinstance(self._value, (int, float)) and abs(self._value) < 1e12 else 0.0

    @property
    def flag(self) -> bool:
        """Whether it is true."""
        return self._value is True

    @property
    def shown(self) -> str:
        """Any plain value as text."""
        if isinstance(self._value, bool):
            return "true" if self._value else "false"
        return str(self._value) if isinstance(self._value, (str, int, float)) else ""

    @property
    def is_there(self) -> bool:
        """Whether there is a value at all."""
        return self._value is not None


def summary(parts: Mapping[str, bytes], manifest: Mapping[str, Any], file_id: str) -> PackSummary:
    """Return what the inbox keeps. ``file_id``: name of the file, for a pack that does not say its own."""
    root = Node(dict(manifest))
    reason = _json(parts.get(REASON))
    seen = root["incidents"].items()
    chosen = _labels(root["reason"]["labels"].items())
    weighed = sorted(seen, key=lambda one: -one["severity"].number)
    found = _labels(
        [*(one["label"] for one in weighed), *(label for one in weighed for label in one["labels"].items())]
    )
    labels = tuple(dict.fromkeys((*chosen, *found)))
    pack_id = root["pack"]["id"].text or file_id
    lines = _lines(parts)
    words = "\n".join(fold(mask(text)[0]) for text in (*(line["text"].text for line in lines), reason["note"].text))
    return PackSummary(
        pack_id=pack_id,
        incident_id=root["pack"]["incident"].text or pack_id,
        call_id=root["call"]["id"].text,
        completing=root["pack"]["kind"].text == PackKind.COMPLETE.value,
        raised_at=root["clock"]["pressed_wall"].text or root["pressed"]["wall"].text,
        label=labels[0].value if labels else "",
        labels=tuple(label.value for label in labels),
        severity=int(min(3.0, max([one["severity"].number for one in seen], default=0.0))),
        situation=root["reason"]["situation"].text,
        caller=root["call"]["caller"].text,
        simulated=root["call"]["simulated"].flag,
        words=words,
    )


def facts(parts: Mapping[str, bytes], manifest: Mapping[str, Any]) -> IncidentFacts:
    """Return the facts of the call."""
    root = Node(dict(manifest))
    call, program = root["call"], root["program"]
    return IncidentFacts(
        call_id=call["id"].text,
        started_at=call["started"].text,
        pressed_at=root["clock"]["pressed_wall"].text or root["pressed"]["wall"].text,
        pressed_s=root["pressed"]["seconds"].number,
        source=call["source"].text,
        title=call["title"].text,
        situation=root["reason"]["situation"].text,
        note=_json(parts.get(REASON))["note"].text,
        warnings=len(root["warnings"].items()),
        audio_gaps=int(call["audio_gaps"].number),
        program=" ".join(word for word in (program["name"].text, program["version"].text) if word),
        other=tuple(_flat("clock", root["clock"])) + tuple(_flat("devices", root["devices"])),
    )


def transcript(parts: Mapping[str, bytes], manifest: Mapping[str, Any]) -> tuple[TranscriptRow, ...]:
    """Return the turns with what the rules saw in them."""
    seen: dict[int, Node] = {int(one["turn"].number): one for one in Node(dict(manifest))["incidents"].items()}
    rows = []
    for line in _lines(parts):
        index = int(line["index"].number)
        incident = seen.get(index, Node(None))
        spans = (tuple(edge.number for edge in span.items()) for span in incident["evidence"].items())
        rows.append(
            TranscriptRow(
                index=index,
                speaker=line["speaker"].text,
                start_s=line["start"].number,
                end_s=line["end"].number,
                wall=line["wall"].text,
                text=line["text"].text,
                labels=_labels(incident["labels"].items()),
                severity=int(incident["severity"].number),
                evidence=tuple(TextSpan(int(s[0]), int(s[1])) for s in spans if len(s) == 2),
            )
        )
    return tuple(rows)


def acts(manifest: Mapping[str, Any]) -> tuple[ActRow, ...]:
    """Return what happened beside the words, by time."""
    root = Node(dict(manifest))
    rows = [_act(one, ActKind.WARNING, one["text"].text) for one in root["warnings"].items()]
    rows += [_act(one, ActKind.PRESS, one["situation"].text) for one in root["presses"].items()]
    for one in root["line"].items():
        kind = _LINE_ACTS.get(one["action"].text)
        if kind is not None:
            rows.append(_act(one, kind, one["text"].text, one["ok"].flag, one["means"].text))
    return tuple(sorted(rows, key=lambda row: row.at_s))


def clip(parts: Mapping[str, bytes], manifest: Mapping[str, Any]) -> ClipRow | None:
    """Return where the sound of a pack lies in the call, None where it has none."""
    root, body = Node(dict(manifest)), parts.get(CLIP)
    if body is None or not root["clip"].is_there:
        return None
    starts = [one["seconds"].number for one in root["incidents"].items()]
    begin = root["clip"]["from"]["seconds"].number
    end = root["clip"]["to"]["seconds"].number
    return ClipRow(begin, end, max(begin, min(starts, default=root["pressed"]["seconds"].number)), len(body))


def spoken(parts: Mapping[str, bytes]) -> Iterable[str]:
    """Yield the turns as they were shown, numbers as digits."""
    for line in _lines(parts):
        yield line["display"].text or line["text"].text


def _act(one: Node, kind: ActKind, text: str, ok: bool = True, means: str = "") -> ActRow:
    return ActRow(one["seconds"].number, one["wall"].text, kind, text, ok, means)


def _flat(name: str, node: Node) -> Iterable[tuple[str, str]]:
    for key, value in node.fields():
        if value.fields():
            yield from _flat(f"{name}.{key}", value)
        else:
            yield f"{name}.{key}", value.shown


def _labels(nodes: Iterable[Node]) -> tuple[AbuseLabel, ...]:
    found: dict[AbuseLabel, None] = {}
    for node in nodes:
        with suppress(ValueError):
            found[AbuseLabel(node.text)] = None
    return tuple(found)


def _lines(parts: Mapping[str, bytes]) -> list[Node]:
    return [_json(line) for line in parts.get(TRANSCRIPT, b"").splitlines() if line.strip()]


def _json(body: bytes | None) -> Node:
    try:
        return Node(json.loads(body or b"null"))
    except (ValueError, RecursionError):
        return Node(None)
