"""Built calls of the shared test material, the real command that transcribes them, and how its output is scored."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from rapidfuzz.distance import LCSseq, Levenshtein

ROOT = Path(__file__).resolve().parents[1]
SIDES = ("agent", "caller")
Event = dict[str, Any]


@dataclass(frozen=True)
class Material:
    """The shared test material and its tools; never part of the project."""

    table: Path
    tools: Path

    @classmethod
    def find(cls) -> Material | None:
        data = Path(os.environ.get("DOUMI_TEST_DATA") or ROOT.parent / "shared" / "data")
        found = cls(data / "audio-nc" / "transcripts.tsv", data.parent / "tools")
        whole = found.table.is_file() and (found.tools / "make_calls.py").is_file()
        return found if whole else None

    def calls(self, folder: Path, seed: int, count: int, only: str, bleed_db: float | None = None) -> list[Path]:
        """Build calls; a truth JSON lies beside each."""
        folder.mkdir(parents=True, exist_ok=True)
        options = ["--calls", str(count), "--seed", str(seed), "--only", only]
        if bleed_db is not None:
            options += ["--bleed", str(bleed_db)]
        _run(self.tools / "make_calls.py", str(self.table), str(folder), *options)
        return sorted(folder.glob("*.wav"))

    def score(self, calls: Sequence[Path], outputs: Sequence[Path]) -> dict[str, Any]:
        """Return the figures of the shared scorer."""
        pairs = [
            str(path) for call, out in zip(calls, outputs, strict=True) for path in (call.with_suffix(".json"), out)
        ]
        figures: dict[str, Any] = json.loads(_run(self.tools / "score_asr.py", *pairs))
        return figures


def _run(script: Path, *arguments: str) -> str:
    return subprocess.run([sys.executable, str(script), *arguments], check=True, capture_output=True, text=True).stdout


def truth(call: Path) -> list[dict[str, Any]]:
    """Return the turns of a built call."""
    turns: list[dict[str, Any]] = json.loads(call.with_suffix(".json").read_text(encoding="utf-8"))["turns"]
    return turns


def read(output: Path) -> list[Event]:
    """Return the events of a transcription."""
    return [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines() if line.startswith("{")]


def write(output: Path, events: Sequence[Event]) -> None:
    """Write events one a line, as the command does."""
    output.write_text("".join(json.dumps(event, ensure_ascii=False) + "\n" for event in events), encoding="utf-8")


def transcribe(
    call: Path, output: Path, model: str, one_core: bool = False, meanwhile: Callable[[int, Event], None] | None = None
) -> None:
    """Play a call at real speed through ``doumi transcribe``.

    Args:
        call: The recording.
        output: Where its lines go.
        model: Name or folder.
        one_core: Pin the whole process tree to one core.
        meanwhile: Told the process id and every event as it comes.
    """
    command = [sys.executable, "-m", "app", "transcribe", "--realtime", "--jsonl", "--model", model, str(call)]
    pin = (lambda: os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})) if one_core else None
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8", preexec_fn=pin)
    assert process.stdout
    with output.open("w", encoding="utf-8") as file:
        for line in process.stdout:
            file.write(line)
            if meanwhile and line.startswith("{"):
                meanwhile(process.pid, json.loads(line))
    if process.wait():
        raise SystemExit(f"doumi transcribe failed on {call.name}")


class Killer:
    """Kills the speech process of a running transcription once the call has reached each of some seconds."""

    def __init__(self, at_s: Sequence[float]) -> None:
        self._left = sorted(at_s)
        self.killed_at: list[float] = []

    def __call__(self, pid: int, event: Event) -> None:
        if event["type"] not in ("partial", "final") or not self._left or event["at"] < self._left[0]:
            return
        self._left.pop(0)
        for child in psutil.Process(pid).children(recursive=True):
            # Not the tracker that multiprocessing keeps beside it.
            if any("spawn_main" in word for word in child.cmdline()):
                child.kill()
                self.killed_at.append(round(float(event["at"]), 1))
                return


def letters(text: str) -> str:
    """Return what the scorer compares."""
    return re.sub(r"[^0-9a-z가-힣]", "", unicodedata.normalize("NFKC", text).lower())


def final_delays(call: Path, events: Sequence[Event]) -> dict[str, list[float]]:
    """Return the delays behind the scorer's percentiles: end of each turn to its last final."""
    delays: dict[str, list[float]] = {side: [] for side in SIDES}
    finals = [event for event in events if event["type"] == "final" and letters(event["text"])]
    for turn in truth(call):
        own = [one for one in finals if one["channel"] == turn["channel"] and _overlap(one, turn) > 0.2]
        if own and max(one["end"] for one in own) >= turn["end"] - 1.0:
            delays[turn["channel"]].append(round(max(one["at"] for one in own) - turn["end"], 3))
    return delays


def _overlap(one: Event, other: Event) -> float:
    return float(min(one["end"], other["end"]) - max(one["start"], other["start"]))


def changed_per_final_character(events: Sequence[Event]) -> float:
    """Return how many characters of shown partial text were later changed or removed, per final character."""
    changed, final_characters = 0, 0
    shown: dict[int, str] = {}
    for event in events:
        if event["type"] not in ("partial", "final"):
            continue
        before, now = shown.get(event["utterance"], ""), event["text"]
        changed += sum(op.tag in ("replace", "delete") for op in Levenshtein.editops(before, now))
        shown[event["utterance"]] = now
        final_characters += len(now) if event["type"] == "final" else 0
    return changed / max(1, final_characters)


def repeated_lines(call: Path, events: Sequence[Event]) -> list[tuple[float, float]]:
    """Return when lines of the caller's side repeat the counsellor.

    A line counts where it lies outside the caller's turns, or where more of it is in the counsellor's words of that
    moment than in the caller's.
    """
    found = []
    turns = truth(call)
    for event in events:
        if event["type"] != "final" or event["channel"] != "caller" or not letters(event["text"]):
            continue
        said = {
            side: letters("".join(t["text"] for t in turns if t["channel"] == side and _overlap(t, event) > -0.3))
            for side in SIDES
        }
        text = letters(event["text"])
        alike = {side: LCSseq.similarity(text, words) / len(text) for side, words in said.items()}
        if not said["caller"] or (alike["agent"] > 0.5 and alike["agent"] > alike["caller"]):
            found.append((event["start"], event["end"]))
    return found


def quiet_warning() -> str:
    """Return a warning where other programs keep the machine busy; empty on a quiet one."""
    time.sleep(0.2)
    busy = psutil.cpu_percent(interval=1.0)
    return f"other programs use {busy:.0f} % of the processors: delays and times mean little" if busy > 15 else ""
