"""What goes into an evidence pack. Pure: the same facts give the same bytes; sealing is the store's."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from assist.events import AbuseSeen, WarningGiven
from assist.model import EscalationReason, Turn

MANIFEST = "manifest.json"
TRANSCRIPT = "transcript.jsonl"
CLIP = "clip.flac"
REASON = "reason.json"
FORMAT = 1
"""Version of the pack's layout."""
LEAD_S = 15.0
"""Seconds of sound before the first incident."""


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What is known of the call when the button is pressed."""

    call_id: str
    wall_time: str
    """Sample 0, ISO 8601 with offset."""
    source: str
    title: str
    pressed_s: float
    """The press, seconds from sample 0."""
    program_version: str
    gaps: int = 0
    """Audio gaps so far; the clip holds silence in their place."""
    simulated: bool = False
    """A practice call, and labelled as one."""


@dataclass(frozen=True, slots=True)
class ClipFacts:
    """Facts of the sound clip."""

    start_s: float
    end_s: float
    rate: int
    channels: tuple[str, ...]
    """Names in order of the file's channels."""


@dataclass(frozen=True, slots=True)
class EvidencePack:
    """The parts to seal, by name; ``manifest.json`` among them."""

    parts: Mapping[str, bytes]


def clip_span(
    pressed_s: float, abuse: Sequence[AbuseSeen], turns: Sequence[Turn], minutes: float = 5.0
) -> tuple[float, float]:
    """Return the seconds of sound to keep: the last minutes, and always from before the first incident."""
    start = pressed_s - minutes * 60.0
    starts = {turn.index: turn.start for turn in turns}
    first = min((starts.get(event.turn, event.t_ns / 1e9) for event in abuse), default=None)
    if first is not None:
        start = min(start, first - LEAD_S)
    return max(0.0, start), max(0.0, pressed_s)


def transcript_text(turns: Sequence[Turn]) -> str:
    """Return the turns as JSON lines by time: index, speaker, start, end, text, display."""
    lines = [
        json.dumps(
            {
                "index": turn.index,
                "speaker": turn.speaker.value,
                "start": round(turn.start, 3),
                "end": round(turn.end, 3),
                "text": turn.text,
                "display": turn.shown,
                "confidence": round(turn.confidence, 4),
            },
            ensure_ascii=False,
        )
        for turn in sorted(turns, key=lambda turn: (turn.start, turn.index))
    ]
    return "".join(f"{line}\n" for line in lines)


def reason_text(reason: EscalationReason) -> str:
    """Return the counsellor's reason as JSON."""
    return _json(
        {"situation": reason.situation, "labels": [label.value for label in reason.labels], "note": reason.note}
    )


def build_manifest(
    call: CallFacts,
    turns: Sequence[Turn],
    abuse: Sequence[AbuseSeen],
    warnings: Sequence[WarningGiven],
    reason: EscalationReason,
    clip: ClipFacts | None,
    parts: Mapping[str, bytes],
) -> dict[str, object]:
    """Return the manifest: facts, incidents, warnings, and size and SHA-256 of every part.

    Args:
        call: Facts of the call.
        turns: All turns so far.
        abuse: What the rules saw, in order.
        warnings: What the counsellor said, in order.
        reason: The counsellor's choice.
        clip: Facts of the clip, or None where no sound was recorded.
        parts: The other parts' bytes by name.
    """
    by_index = {turn.index: turn for turn in turns}
    incidents: list[dict[str, object]] = []
    for event in abuse:
        turn = by_index.get(event.turn)
        at = turn.start if turn is not None else event.t_ns / 1e9
        incidents.append(
            {
                "turn": event.turn,
                **_moment(call, at),
                "label": event.finding.label.value,
                "labels": [label.value for label in event.finding.labels],
                "severity": event.finding.severity,
                "evidence": [[span.start, span.end] for span in event.finding.evidence],
            }
        )
    return {
        "format": FORMAT,
        "program": {"name": "doumi", "version": call.program_version},
        "call": {
            "id": call.call_id,
            "started": call.wall_time,
            "source": call.source,
            "title": call.title,
            "simulated": call.simulated,
            "audio_gaps": call.gaps,
            "turns": len(turns),
        },
        "pressed": _moment(call, call.pressed_s),
        "reason": {"situation": reason.situation, "labels": [label.value for label in reason.labels]},
        "incidents": incidents,
        "warnings": [
            {
                **_moment(call, event.t_ns / 1e9),
                "script": event.script.id,
                "text": event.script.text,
                "final": event.script.is_final,
                "count": event.count,
            }
            for event in warnings
        ],
        "clip": None
        if clip is None
        else {
            "from": _moment(call, clip.start_s),
            "to": _moment(call, clip.end_s),
            "rate": clip.rate,
            "channels": list(clip.channels),
        },
        "parts": {
            name: {"bytes": len(body), "sha256": hashlib.sha256(body).hexdigest()}
            for name, body in sorted(parts.items())
        },
    }


def build_pack(
    call: CallFacts,
    turns: Sequence[Turn],
    abuse: Sequence[AbuseSeen],
    warnings: Sequence[WarningGiven],
    reason: EscalationReason,
    clip: ClipFacts | None,
    clip_flac: bytes = b"",
) -> EvidencePack:
    """Return the whole pack; without sound it holds no clip and the manifest says so."""
    parts: dict[str, bytes] = {
        TRANSCRIPT: transcript_text(turns).encode(),
        REASON: reason_text(reason).encode(),
    }
    if clip is not None:
        parts[CLIP] = clip_flac
    manifest = build_manifest(call, turns, abuse, warnings, reason, clip, parts)
    return EvidencePack({MANIFEST: _json(manifest).encode(), **parts})


def changed_parts(pack: EvidencePack) -> tuple[str, ...]:
    """Return the names of parts that are missing, added or differ from the manifest."""
    stated = json.loads(pack.parts[MANIFEST])["parts"]
    names = (set(stated) | set(pack.parts)) - {MANIFEST}
    return tuple(
        sorted(
            name
            for name in names
            if name not in stated
            or name not in pack.parts
            or hashlib.sha256(pack.parts[name]).hexdigest() != stated[name]["sha256"]
        )
    )


def _moment(call: CallFacts, seconds: float) -> dict[str, object]:
    wall = datetime.fromisoformat(call.wall_time) + timedelta(seconds=seconds)
    return {"seconds": round(seconds, 3), "wall": wall.isoformat(timespec="milliseconds")}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
