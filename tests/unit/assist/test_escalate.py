"""What an evidence pack says, from the events of a call."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from assist.escalate import (
    CallFacts,
    ClipFacts,
    EvidencePack,
    PackFacts,
    PackKind,
    build_pack,
    clip_span,
    transcript_text,
)
from assist.events import BehaviourSeen, CallHeld, EscalationRaised, ListeningPaused, NoticeRaised
from assist.model import BehaviourKind, Delivery, Turn
from audio.events import CallEvent
from audio.model import Channel
from tests.helpers.evidence import LATER_REASON, NS, REASON, SCRIPT, story

CALL = CallFacts("call-1", "2026-11-22T10:00:00.000+09:00", "devices", "", "0.1.0")
PACK = PackFacts(
    pack_id="P1",
    incident_id="P1",
    kind=PackKind.PRESS,
    pressed_s=32.0,
    pressed_wall="2026-11-22T10:00:32.100+09:00",
    clock_sync="unknown",
    made="2026-11-22T10:00:33.000+09:00",
    desk="desk-1",
    desk_key="KEY",
)
PRESS = EscalationRaised(call_id="call-1", t_ns=32 * NS, pack_id="P1", reason=REASON, delivery=Delivery.WAITING)


def events(*more: CallEvent) -> list[CallEvent]:
    return [*story(), *more, PRESS]


def pack(*more: CallEvent) -> EvidencePack:
    return build_pack(CALL, PACK, events(*more), ClipFacts(5, 32, 16_000, ("agent", "caller")), b"fLaC")


def manifest(made: EvidencePack) -> dict:
    return json.loads(made.parts["manifest.json"])


def test_the_same_facts_make_the_same_bytes() -> None:
    assert dict(pack().parts) == dict(pack().parts)


def test_the_manifest_names_digests_labels_warnings_and_what_the_line_did() -> None:
    made = pack()
    assert set(made.parts) == {"manifest.json", "transcript.jsonl", "clip.flac", "reason.json"}
    said = manifest(made)
    assert said["parts"]["clip.flac"] == {"bytes": 4, "sha256": hashlib.sha256(b"fLaC").hexdigest()}
    assert said["program"] == {"name": "doumi", "version": "0.1.0"}
    (incident,) = said["incidents"]
    assert (incident["turn"], incident["seconds"], incident["wall"]) == (1, 20.0, "2026-11-22T10:00:20.000+09:00")
    assert incident["labels"] == ["profanity", "insult"]
    assert said["warnings"][0]["text"] == SCRIPT.text
    assert (said["line"][0]["action"], said["line"][0]["means"], said["line"][0]["seconds"]) == ("notice", "person", 30)
    assert said["pack"] == {"id": "P1", "incident": "P1", "kind": "press", "made": PACK.made}
    assert json.loads(made.parts["reason.json"])["note"] == "반복"


def test_device_and_clock_facts() -> None:
    paused = ListeningPaused(call_id="call-1", t_ns=31 * NS, paused=True)
    said = manifest(pack(paused, CallHeld(call_id="call-1", t_ns=32 * NS, held=True)))
    assert said["devices"]["caller"] == {"name": "전화", "rate": 8_000, "opened": 1, "drift_s": 0.002}
    assert said["clock"] == {
        "started_wall": CALL.wall_time,
        "pressed_monotonic_s": 32.0,
        "pressed_wall": PACK.pressed_wall,
        "difference_s": 0.1,
        "slept_s": 0,
        "was_set": False,
        "sync": "unknown",
    }
    assert [(entry["kind"], entry["seconds"]) for entry in said["recording"]] == [
        ("gap", 5.0),
        ("paused", 31.0),
        ("held", 32.0),
    ]


def test_a_clock_that_was_set_in_the_call_is_told_and_moves_no_moment() -> None:
    back = replace(PACK, pressed_wall="2026-11-22T09:30:32.000+09:00")
    said = json.loads(build_pack(CALL, back, events()).parts["manifest.json"])
    assert (said["clock"]["was_set"], said["clock"]["difference_s"]) == (True, -1800.0)
    assert said["pressed"] == {"seconds": 32.0, "wall": "2026-11-22T10:00:32.000+09:00"}
    # A summer time that begins is no setting of the clock.
    zone = replace(PACK, pressed_wall="2026-11-22T11:00:32.000+10:00")
    assert json.loads(build_pack(CALL, zone, events()).parts["manifest.json"])["clock"]["was_set"] is False
    # Nor is a sleep of the PC, in which the monotonic clock stands still.
    late = replace(PACK, pressed_wall="2026-11-22T10:10:32.000+09:00")
    nap = NoticeRaised(
        call_id="call-1", t_ns=9 * NS, code="audio.pc_slept", severity="warning", params={"seconds": "600"}
    )
    slept = json.loads(build_pack(CALL, late, events(nap)).parts["manifest.json"])
    assert (slept["clock"]["was_set"], slept["clock"]["slept_s"]) == (False, 600)
    assert {"kind": "slept", "length_s": 600.0}.items() <= slept["recording"][1].items()
    practised = build_pack(replace(CALL, simulated=True), back, events()).parts["manifest.json"]
    assert json.loads(practised)["clock"]["was_set"] is None


def test_hard_behaviour_is_named_with_its_turns() -> None:
    seen = BehaviourSeen(call_id="call-1", t_ns=25 * NS, kinds=(BehaviourKind.REPETITION,), turns=(0, 1), script=SCRIPT)
    assert manifest(pack(seen))["behaviour"][0]["kinds"] == ["repetition"]


def test_every_press_is_told_and_the_last_reason_stands() -> None:
    again = replace(PRESS, t_ns=36 * NS, reason=LATER_REASON)
    made = build_pack(CALL, PACK, [*events(), again])
    reason = json.loads(made.parts["reason.json"])
    assert (reason["situation"], reason["note"]) == ("threat", LATER_REASON.note)
    assert [press["situation"] for press in reason["presses"]] == ["profanity", "threat"]
    assert manifest(made)["reason"] == {"situation": "threat", "title": "threat", "labels": ["threat"]}
    named = build_pack(CALL, replace(PACK, titles={"threat": "협박"}), [*events(), again])
    assert manifest(named)["presses"][1]["title"] == "협박"
    assert [press["seconds"] for press in manifest(made)["presses"]] == [32.0, 36.0]
    assert manifest(made)["pressed"]["seconds"] == 32.0


def test_no_sound_yet_still_makes_a_pack() -> None:
    made = build_pack(CALL, PACK, [PRESS])
    assert "clip.flac" not in made.parts
    assert manifest(made)["clip"] is None
    assert made.parts["transcript.jsonl"] == b""


def test_the_clip_reaches_back_before_the_first_incident() -> None:
    assert clip_span(400, story(), minutes=5) == (5, 400)
    assert clip_span(400, (), minutes=5) == (100, 400)
    assert clip_span(60, (), minutes=5) == (0, 60)
    assert clip_span(400, story(), minutes=5, end_s=900) == (5, 900)


def test_the_transcript_is_one_line_a_turn_by_time() -> None:
    turns = (Turn(0, Channel.CALLER, 30, 33, "병신아"), Turn(1, Channel.AGENT, 34, 36, "자제해 주십시오"))
    lines = [json.loads(line) for line in transcript_text(turns[::-1], CALL.wall_time).splitlines()]
    assert [line["index"] for line in lines] == [0, 1]
    assert (lines[0]["text"], lines[0]["wall"]) == ("병신아", "2026-11-22T10:00:30.000+09:00")
