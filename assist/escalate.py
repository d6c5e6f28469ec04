"""What goes into an evidence pack. Pure: the same facts give the same bytes; sealing and signing are the desk's."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, TypeGuard

from assist.events import (
    AbuseSeen,
    BehaviourSeen,
    CallEnded,
    CallerKnown,
    CallHeld,
    CrisisSeen,
    EscalationRaised,
    LineActed,
    ListeningPaused,
    MomentMarked,
    NoticeRaised,
    WarningGiven,
)
from assist.model import EscalationReason, Turn
from assist.turns import turns_in
from audio.events import AudioGap, CallEvent, DeviceStateChanged, EngineRestarted, SideMeasured
from audio.model import SAMPLE_RATE

MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
"""The desk's Ed25519 signature over the manifest's bytes, 64 bytes."""
TRANSCRIPT = "transcript.jsonl"
CLIP = "clip.flac"
REASON = "reason.json"
FORMAT = 1
"""Version of the pack's layout."""
LEAD_S = 15.0
"""Seconds of sound before the first incident."""
CLOCK_SET_S = 2.0
"""Difference between wall clock and monotonic clock from which the wall clock was set in the call."""
_SLEPT: Final = "audio.pc_slept"


class PackKind(StrEnum):
    """Which of an incident's packs it is."""

    PRESS = "press"
    """Made at the press, with everything up to it."""
    COMPLETE = "complete"
    """Made when the call had ended, with everything."""


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What is known of the call."""

    call_id: str
    wall_time: str
    """Sample 0, ISO 8601 with offset."""
    source: str
    title: str
    program_version: str
    simulated: bool = False
    """A practice call, and labelled as one."""
    caller: str = ""
    """Keyed hash of the caller's number, where it became known."""


@dataclass(frozen=True, slots=True)
class PackFacts:
    """What is known of the pack and of the first press."""

    pack_id: str
    incident_id: str
    kind: PackKind
    pressed_s: float
    """The first press, seconds from sample 0 by the monotonic clock."""
    pressed_wall: str
    """What the wall clock showed then, ISO 8601 with offset."""
    clock_sync: str
    """``synchronized``, ``unsynchronized`` or ``unknown``: the system's word about its clock at the press."""
    made: str
    """When the pack was made, ISO 8601 with offset."""
    desk: str
    """Id of the desk."""
    desk_key: str
    """Its public key, base64 of DER."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Titles of situations by id, as the desk has them."""


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
    pressed_s: float, events: Iterable[CallEvent], minutes: float = 5.0, end_s: float | None = None
) -> tuple[float, float]:
    """Return the seconds of sound to keep: the last minutes before the press, always from before the first incident.

    Args:
        pressed_s: The first press.
        events: Those of the call.
        minutes: Shortest stretch before the press.
        end_s: End of the recording for the pack from the end of the call; None: the press is the end.
    """
    kept = tuple(events)
    starts = {turn.index: turn.start for turn in turns_in(kept)}
    abuse = (event for event in kept if isinstance(event, AbuseSeen))
    first = min((starts.get(event.turn, event.t_ns / 1e9) for event in abuse), default=pressed_s)
    start = min(pressed_s - minutes * 60.0, first - LEAD_S)
    return max(0.0, start), max(0.0, pressed_s if end_s is None else end_s)


def build_pack(
    call: CallFacts, pack: PackFacts, events: Sequence[CallEvent], clip: ClipFacts | None = None, clip_flac: bytes = b""
) -> EvidencePack:
    """Return the whole pack; without sound it holds no clip and the manifest says so.

    Args:
        call: Facts of the call.
        pack: Facts of the pack.
        events: The call's saved events, in order; those of the pack at the press end with the press.
        clip: Facts of the clip, or None where no sound was recorded.
        clip_flac: The clip.
    """
    parts: dict[str, bytes] = {
        TRANSCRIPT: transcript_text(turns_in(events), call.wall_time).encode(),
        REASON: reason_text(_presses(events), call.wall_time).encode(),
    }
    if clip is not None:
        parts[CLIP] = clip_flac
    manifest = build_manifest(call, pack, events, clip, parts)
    return EvidencePack({MANIFEST: _json(manifest).encode(), **parts})


def transcript_text(turns: Sequence[Turn], started: str) -> str:
    """Return the turns as JSON lines by time: index, speaker, start, end, wall, text, display, confidence."""
    lines = [
        json.dumps(
            {
                "index": turn.index,
                "speaker": turn.speaker.value,
                "start": round(turn.start, 3),
                "end": round(turn.end, 3),
                "wall": _wall(started, turn.start),
                "text": turn.text,
                "display": turn.shown,
                "confidence": round(turn.confidence, 4),
            },
            ensure_ascii=False,
        )
        for turn in sorted(turns, key=lambda turn: (turn.start, turn.index))
    ]
    return "".join(f"{line}\n" for line in lines)


def reason_text(presses: Sequence[EscalationRaised], started: str) -> str:
    """Return the counsellor's latest reason as JSON, with what was chosen at every press."""
    reason = presses[-1].reason if presses else EscalationReason("")
    every = [{**_moment(started, press.t_ns / 1e9), **_reason(press.reason)} for press in presses]
    return _json({**_reason(reason), "presses": every})


def build_manifest(
    call: CallFacts,
    pack: PackFacts,
    events: Sequence[CallEvent],
    clip: ClipFacts | None,
    parts: Mapping[str, bytes],
) -> dict[str, object]:
    """Return the manifest: facts of pack, call, devices and clocks, what was seen and done, every part's SHA-256."""
    started = call.wall_time
    presses = _presses(events)
    reason = presses[-1].reason if presses else EscalationReason("")
    ends = [event.duration_s for event in events if isinstance(event, CallEnded)]
    return {
        "format": FORMAT,
        "program": {"name": "doumi", "version": call.program_version},
        "pack": {"id": pack.pack_id, "incident": pack.incident_id, "kind": pack.kind.value, "made": pack.made},
        "desk": {"id": pack.desk, "public_key": pack.desk_key},
        "call": {
            "id": call.call_id,
            "started": started,
            "source": call.source,
            "title": call.title,
            "simulated": call.simulated,
            "caller": call.caller,
            "duration_s": round(ends[-1], 3) if ends else None,
            "audio_gaps": sum(isinstance(event, AudioGap) for event in events),
            "turns": len(turns_in(events)),
        },
        "pressed": _moment(started, pack.pressed_s),
        "clock": _clock(call, pack, events),
        "devices": _devices(events),
        "reason": _chosen(reason, pack.titles),
        **_seen(started, events),
        **_done(started, events, pack.titles),
        "recording": _recording(started, events),
        "clip": None
        if clip is None
        else {
            "from": _moment(started, clip.start_s),
            "to": _moment(started, clip.end_s),
            "rate": clip.rate,
            "channels": list(clip.channels),
        },
        "parts": {
            name: {"bytes": len(body), "sha256": hashlib.sha256(body).hexdigest()}
            for name, body in sorted(parts.items())
        },
    }


def _clock(call: CallFacts, pack: PackFacts, events: Sequence[CallEvent]) -> dict[str, object]:
    """Both clocks at the press: where they went apart and the PC did not sleep, the wall clock was set in the call."""
    passed = datetime.fromisoformat(pack.pressed_wall) - datetime.fromisoformat(call.wall_time)
    apart = passed.total_seconds() - pack.pressed_s
    slept = sum(float(event.params["seconds"]) for event in events if _is_sleep(event))
    # Some systems' monotonic clock stands still while the PC sleeps, others' goes on.
    unexplained = min(abs(apart), abs(apart - slept))
    return {
        "started_wall": call.wall_time,
        "pressed_monotonic_s": round(pack.pressed_s, 3),
        "pressed_wall": pack.pressed_wall,
        "difference_s": round(apart, 3),
        "slept_s": slept,
        # A practice call keeps the time of its script.
        "was_set": None if call.simulated else unexplained > CLOCK_SET_S,
        "sync": pack.clock_sync,
    }


def _is_sleep(event: CallEvent) -> TypeGuard[NoticeRaised]:
    return isinstance(event, NoticeRaised) and event.code == _SLEPT


def _devices(events: Sequence[CallEvent]) -> dict[str, object]:
    """Each side's device as it was last known: name, rate, how often it was opened, drift that was corrected."""
    return {
        event.channel.value: {
            "name": event.device,
            "rate": event.rate,
            "opened": event.opened,
            "drift_s": round(event.drift_samples / SAMPLE_RATE, 4),
        }
        for event in events
        if isinstance(event, SideMeasured)
    }


def _seen(started: str, events: Sequence[CallEvent]) -> dict[str, object]:
    """What the rules saw; the human decided what it was."""
    starts = {turn.index: turn.start for turn in turns_in(events)}

    def at(event: AbuseSeen | CrisisSeen) -> dict[str, object]:
        return {"turn": event.turn, **_moment(started, starts.get(event.turn, event.t_ns / 1e9))}

    return {
        "incidents": [
            {
                **at(event),
                "label": event.finding.label.value,
                "labels": [label.value for label in event.finding.labels],
                "severity": event.finding.severity,
                "arousal": round(event.finding.arousal, 3),
                "evidence": [[span.start, span.end] for span in event.finding.evidence],
            }
            for event in events
            if isinstance(event, AbuseSeen)
        ],
        "behaviour": [
            {
                **_moment(started, event.t_ns / 1e9),
                "kinds": [kind.value for kind in event.kinds],
                "turns": list(event.turns),
            }
            for event in events
            if isinstance(event, BehaviourSeen)
        ],
        "crisis": [
            {**at(event), "kind": event.finding.kind.value, "urgency": event.finding.urgency}
            for event in events
            if isinstance(event, CrisisSeen)
        ],
        "managed": [
            {
                **_moment(started, event.t_ns / 1e9),
                "class": event.managed.caller_class.value if event.managed else None,
                "earlier_calls": event.earlier_calls,
            }
            for event in events
            if isinstance(event, CallerKnown)
        ],
    }


def _done(started: str, events: Sequence[CallEvent], titles: Mapping[str, str]) -> dict[str, object]:
    """What the counsellor said and did."""
    return {
        "presses": [
            {**_moment(started, event.t_ns / 1e9), **_chosen(event.reason, titles)} for event in _presses(events)
        ],
        "warnings": [
            {
                **_moment(started, event.t_ns / 1e9),
                "script": event.script.id,
                "text": event.script.text,
                "final": event.script.is_final,
                "count": event.count,
            }
            for event in events
            if isinstance(event, WarningGiven)
        ],
        "line": [
            {
                **_moment(started, event.t_ns / 1e9),
                "action": event.action.value,
                "means": event.means.value,
                "ok": event.ok,
                "code": event.code,
                "ms": event.ms,
                "text": event.script.text if event.script else "",
            }
            for event in events
            if isinstance(event, LineActed)
        ],
        "marks": [_moment(started, event.at_s) for event in events if isinstance(event, MomentMarked)],
    }


def _recording(started: str, events: Sequence[CallEvent]) -> list[dict[str, object]]:
    """Everything that touches how whole the recording is, in order."""
    found: list[dict[str, object]] = []
    for event in events:
        at = event.t_ns / 1e9
        what: dict[str, object]
        if isinstance(event, AudioGap):
            at = event.start / SAMPLE_RATE
            what = {"kind": "gap", "side": event.channel.value, "length_s": round(event.n_samples / SAMPLE_RATE, 4)}
        elif isinstance(event, DeviceStateChanged):
            what = {"kind": "device", "side": event.channel.value, "state": event.health.value}
        elif isinstance(event, EngineRestarted) and event.engine == "capture":
            what = {"kind": "restart", "count": event.count}
        elif _is_sleep(event):
            what = {"kind": "slept", "length_s": float(event.params["seconds"])}
        elif isinstance(event, ListeningPaused):
            what = {"kind": "paused" if event.paused else "resumed"}
        elif isinstance(event, CallHeld):
            what = {"kind": "held" if event.held else "taken_up"}
        else:
            continue
        found.append({**_moment(started, at), **what})
    return found


def _presses(events: Iterable[CallEvent]) -> list[EscalationRaised]:
    return [event for event in events if isinstance(event, EscalationRaised)]


def _chosen(reason: EscalationReason, titles: Mapping[str, str]) -> dict[str, object]:
    """What the counsellor chose, without the note, which may name people."""
    title = titles.get(reason.situation, reason.situation)
    return {"situation": reason.situation, "title": title, "labels": [label.value for label in reason.labels]}


def _reason(reason: EscalationReason) -> dict[str, object]:
    return {"situation": reason.situation, "labels": [label.value for label in reason.labels], "note": reason.note}


def _moment(started: str, seconds: float) -> dict[str, object]:
    return {"seconds": round(seconds, 3), "wall": _wall(started, seconds)}


def _wall(started: str, seconds: float) -> str:
    return (datetime.fromisoformat(started) + timedelta(seconds=seconds)).isoformat(timespec="milliseconds")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
