from __future__ import annotations

import hashlib
import json

from assist.escalate import CallFacts, ClipFacts, EvidencePack, build_pack, changed_parts, clip_span, transcript_text
from assist.events import AbuseSeen, WarningGiven
from assist.model import AbuseFinding, AbuseLabel, EscalationReason, Script, Turn
from audio.model import Channel
from kb.model import TextSpan

SCRIPT = Script(id="profanity.warning", situation="profanity", text="경고합니다.")
CALL = CallFacts(
    call_id="c1",
    wall_time="2026-11-21T09:00:00+09:00",
    source="practice",
    title="연습",
    pressed_s=400,
    program_version="0.1.0",
)
TURNS = (
    Turn(index=0, speaker=Channel.CALLER, start=30, end=33, text="병신아"),
    Turn(index=1, speaker=Channel.AGENT, start=34, end=36, text="자제해 주십시오"),
)
ABUSE = (
    AbuseSeen(
        call_id="c1",
        t_ns=34_000_000_000,
        turn=0,
        finding=AbuseFinding(AbuseLabel.PROFANITY, (AbuseLabel.PROFANITY,), 2, (TextSpan(0, 3),)),
        script=SCRIPT,
        warnings_given=0,
        warnings_allowed=1,
    ),
)
WARNINGS = (WarningGiven(call_id="c1", t_ns=40_000_000_000, script=SCRIPT, count=1),)
REASON = EscalationReason(situation="profanity", labels=(AbuseLabel.PROFANITY,), note="반복")


def pack() -> EvidencePack:
    return build_pack(CALL, TURNS, ABUSE, WARNINGS, REASON, ClipFacts(15, 400, 16000, ("caller", "agent")), b"fLaC")


def test_the_same_facts_make_the_same_bytes() -> None:
    assert dict(pack().parts) == dict(pack().parts)


def test_the_manifest_names_times_digests_and_warnings() -> None:
    made = pack()
    assert set(made.parts) == {"manifest.json", "transcript.jsonl", "clip.flac", "reason.json"}
    manifest = json.loads(made.parts["manifest.json"])
    assert manifest["parts"]["clip.flac"] == {"bytes": 4, "sha256": hashlib.sha256(b"fLaC").hexdigest()}
    assert manifest["incidents"][0]["seconds"] == 30
    assert manifest["incidents"][0]["wall"] == "2026-11-21T09:00:30.000+09:00"
    assert manifest["warnings"][0]["count"] == 1
    assert manifest["program"]["version"] == "0.1.0"
    assert json.loads(made.parts["reason.json"])["note"] == "반복"


def test_one_flipped_byte_is_named() -> None:
    made = pack()
    assert changed_parts(made) == ()
    assert changed_parts(EvidencePack({**made.parts, "clip.flac": b"fLaD"})) == ("clip.flac",)
    assert changed_parts(EvidencePack({**made.parts, "more.txt": b""})) == ("more.txt",)
    assert changed_parts(EvidencePack({k: v for k, v in made.parts.items() if k != "reason.json"})) == ("reason.json",)


def test_no_sound_yet_still_makes_a_pack() -> None:
    made = build_pack(CALL, (), (), (), REASON, None)
    assert "clip.flac" not in made.parts
    assert json.loads(made.parts["manifest.json"])["clip"] is None
    assert made.parts["transcript.jsonl"] == b""


def test_the_clip_reaches_back_before_the_first_incident() -> None:
    assert clip_span(400, ABUSE, TURNS, minutes=5) == (15, 400)
    assert clip_span(400, (), TURNS, minutes=5) == (100, 400)
    assert clip_span(60, (), (), minutes=5) == (0, 60)


def test_the_transcript_is_one_line_a_turn_by_time() -> None:
    lines = [json.loads(line) for line in transcript_text(tuple(reversed(TURNS))).splitlines()]
    assert [line["index"] for line in lines] == [0, 1]
    assert lines[0]["text"] == "병신아"
