"""Live recognition on built two-party calls: error rate, delays, processor time, losses, invented text.

Needs the shared test material (``DOUMI_TEST_DATA``) with its tools beside it, and an installed speech model::

    python benchmarks/speech.py [--seed 120] [--calls 1] [--only deeply] [--model whisper-base] [--fast] [--json FILE]

Plays each call at real speed through ``doumi transcribe --realtime --jsonl``; run it on an otherwise idle machine.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from rapidfuzz.distance import Levenshtein

ROOT = Path(__file__).resolve().parents[1]
RATE = 16_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=120)
    parser.add_argument("--calls", type=int, default=1)
    parser.add_argument("--only", default="deeply")
    parser.add_argument("--model", default="whisper-base")
    parser.add_argument("--fast", action="store_true", help="as fast as it goes: error rate only, delays mean nothing")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    args = parser.parse_args(arguments)
    material = Path(os.environ.get("DOUMI_TEST_DATA") or ROOT.parent / "shared" / "data")
    tools = material.parent / "tools"
    table = material / "audio-nc" / "transcripts.tsv"
    if not table.is_file() or not (tools / "make_calls.py").is_file():
        print("the shared test material is absent: set DOUMI_TEST_DATA", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        options = ["--calls", str(args.calls), "--seed", str(args.seed), "--only", args.only]
        _tool(tools / "make_calls.py", str(table), str(folder), *options)
        pairs = []
        events: list[dict[str, Any]] = []
        for call in sorted(folder.glob("*.wav")):
            output = call.with_suffix(".jsonl")
            own = _transcribe(call, output, args.model, realtime=not args.fast)
            events.append(_partials(own))
            pairs += [str(call.with_suffix(".json")), str(output)]
            print(f"{call.name}: {_tool(tools / 'score_asr.py', *pairs[-2:])}", file=sys.stderr)
        figures = json.loads(_tool(tools / "score_asr.py", *pairs))
        figures |= {key: round(float(np.mean([own[key] for own in events])), 3) for key in events[0]}
        figures["invented_lines"] = _invented(folder, args.model)
    report = {
        "machine": f"{platform.processor() or platform.machine()}, {os.cpu_count()} processors, {platform.system()}",
        "options": {
            "seed": args.seed,
            "calls": args.calls,
            "only": args.only,
            "model": args.model,
            "live": not args.fast,
        },
        "figures": figures,
    }
    print(_table(report))
    if args.json:
        args.json.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


def _tool(script: Path, *arguments: str) -> str:
    done = subprocess.run([sys.executable, str(script), *arguments], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def _transcribe(call: Path, output: Path, model: str, realtime: bool) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "app", "transcribe", "--jsonl", "--model", model, str(call)]
    if realtime:
        command.append("--realtime")
    with output.open("w", encoding="utf-8") as file:
        subprocess.run(command, check=True, cwd=ROOT, stdout=file)
    return [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]


def _partials(events: list[dict[str, Any]]) -> dict[str, float]:
    """Return how much shown partial text was changed later, per final character."""
    changed, final_characters = 0, 0
    shown: dict[int, str] = {}
    for event in events:
        if event["type"] == "summary":
            continue
        before, now = shown.get(event["utterance"], ""), event["text"]
        changed += sum(op.tag in ("replace", "delete") for op in Levenshtein.editops(before, now))
        shown[event["utterance"]] = now
        final_characters += len(now) if event["type"] == "final" else 0
    return {"partial_changed_per_character": changed / max(1, final_characters)}


def _invented(folder: Path, model: str) -> dict[str, int]:
    """Return lines made of ten minutes of hold music, ringing, line noise and silence."""
    file = folder / "nothing.wav"
    soundfile.write(file, nothing(600), RATE, subtype="PCM_16")
    events = _transcribe(file, folder / "nothing.jsonl", model, realtime=False)
    finals = [event for event in events if event["type"] == "final"]
    flagged = sum("unsupported" in event["flags"] for event in finals)
    return {"unflagged": len(finals) - flagged, "flagged": flagged}


def nothing(seconds: int, seed: int = 120) -> np.ndarray:
    """Return sound without speech, float64 at 16 kHz, in parts of 30 s."""
    random = np.random.default_rng(seed)
    time = np.arange(30 * RATE) / RATE
    kinds = ("ring", "noise", "music", "loud noise", "silence", "hum")
    parts = []
    for number in range(-(-seconds // 30)):
        kind = kinds[number % len(kinds)]
        if kind == "ring":
            part = 0.2 * ((time % 3) < 1) * (np.sin(2 * np.pi * 440 * time) + np.sin(2 * np.pi * 480 * time))
        elif kind == "music":
            part = _music(random)
        elif kind == "hum":
            part = 0.05 * np.sin(2 * np.pi * 60 * time) + 0.02 * np.sin(2 * np.pi * 180 * time)
        else:
            part = np.zeros(len(time))
        level = {"noise": 0.002, "loud noise": 0.03, "silence": 0.0}.get(kind, 0.003)
        parts.append(part + random.normal(0, level, len(time)))
    return np.clip(np.concatenate(parts)[: seconds * RATE], -1, 1)


def _music(random: np.random.Generator) -> np.ndarray:
    note = np.arange(RATE // 2) / RATE
    scale = (262, 294, 330, 349, 392, 440, 494, 523)
    beats = []
    for _ in range(60):
        pitch = scale[random.integers(len(scale))]
        tone = sum(np.sin(2 * np.pi * pitch * k * note) / k for k in (1, 2, 3)) * np.exp(-3 * note) * 0.2
        chord = sum(np.sin(np.pi * scale[k] * note) for k in (0, 2, 4)) * 0.03
        beats.append(tone + chord)
    return np.concatenate(beats)


def _table(report: dict[str, Any]) -> str:
    figures, options = report["figures"], report["options"]
    delay = figures["final_delay_s"]
    rows = [
        ("CER, both sides", f"{100 * figures['cer_all']:.1f} %"),
        ("CER, agent / caller", f"{100 * figures['cer']['agent']:.1f} / {100 * figures['cer']['caller']:.1f} %"),
        ("end of speech to final, agent p50 / p95", f"{delay['agent']['p50']} / {delay['agent']['p95']} s"),
        ("end of speech to final, caller p50 / p95", f"{delay['caller']['p50']} / {delay['caller']['p95']} s"),
        ("start of speech to first text, p50 / p95", "{p50} / {p95} s".format(**figures["first_text_s"])),
        ("turns without text", figures["missed_turns"]),
        ("processor seconds per second of call", figures["cpu_per_audio_s"]),
        ("samples lost", figures["lost_samples"]),
        ("partial characters changed per final character", figures["partial_changed_per_character"]),
        ("lines invented in 10 minutes without speech, unflagged / flagged",
         "{unflagged} / {flagged}".format(**figures["invented_lines"])),
    ]  # fmt: skip
    head = f"seed {options['seed']}, {options['calls']} call(s), {options['only'] or 'all'}, {options['model']}"
    width = max(len(label) for label, _ in rows)
    lines = [f"{head}; {report['machine']}", *(f"{label:<{width}}  {value}" for label, value in rows)]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
