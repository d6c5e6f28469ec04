"""An eight-hour shift, faster than real time: what the desk's memory, files and threads do over 200 calls.

    python benchmarks/shift.py [--calls N] [--minutes M] [--json FILE]

The whole desk without windows and without models (its own home, so no speech or sentence model is looked for): real
bus, recorder with encrypted synced sound, store, protection, search, summary, outbox. The words come from the practice
calls that ship with the program, as if they had just been recognised. Sound of a call is deleted after it, as a home
worker's would be. Linux: figures come from /proc.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from app import practice_calls, sound
from app.call import SoundParts
from app.composition import OpenDesk, open_desk
from app.disk_room import DiskRoom
from app.home import Home
from app.practice_calls import PracticeCall
from assist.events import RecordFiled
from assist.numbers import display
from audio.events import CallEvent, TranscriptFinal
from audio.model import SAMPLE_RATE, AudioBlock, Channel, DeviceHealth, SideFacts, Span
from benchmarks.processes import family
from resources.notices import Fault

SHIFT_HOURS = 8.0
BLOCK = SAMPLE_RATE // 10
SIDES = (Channel.AGENT, Channel.CALLER)
WARM_UP = 0.2
"""Share of the calls before the slope is measured: caches fill first."""


class Noise:
    """A source of two sides that delivers as fast as it is taken."""

    channels = SIDES
    warning = None

    def __init__(self, seconds: float) -> None:
        self._blocks = int(seconds * 10)
        self._stop = threading.Event()
        rng = np.random.default_rng(1)
        self._pool = [rng.integers(-3000, 3000, BLOCK).astype(np.int16) for _ in range(20)]
        for pcm in self._pool:
            pcm.flags.writeable = False

    def blocks(self) -> Iterator[AudioBlock]:
        for number in range(self._blocks):
            if self._stop.is_set():
                return
            for side in SIDES:
                yield AudioBlock(side, number * BLOCK, self._pool[number % len(self._pool)])

    def health(self) -> dict[Channel, DeviceHealth]:
        return dict.fromkeys(SIDES, DeviceHealth.OK)

    def lost_samples(self) -> int:
        return 0

    def gaps(self) -> tuple[Span, ...]:
        return ()

    def restarts(self) -> int:
        return 0

    def facts(self) -> tuple[SideFacts, ...]:
        return ()

    def close(self) -> None:
        self._stop.set()


class Written:
    """Stands for recognition: a written call's words, each when its sound has passed."""

    def __init__(
        self, call_id: str, written: PracticeCall, seconds: float, publish: Callable[[CallEvent], None]
    ) -> None:
        last = max(turn.end for turn in written.turns)
        self._scale = (seconds - 1.0) / last
        self._turns = sorted(written.turns, key=lambda turn: turn.end)
        self._call_id, self._publish = call_id, publish
        self._next = 0
        self.heard_s = 0.0
        self.on_fault: Callable[[Fault], None] = lambda fault: None

    def feed(self, block: AudioBlock) -> None:
        self.heard_s = block.end / SAMPLE_RATE
        while self._next < len(self._turns) and self._turns[self._next].end * self._scale <= self.heard_s:
            turn = self._turns[self._next]
            text, runs = display(turn.text)
            self._publish(
                TranscriptFinal(
                    call_id=self._call_id,
                    t_ns=int(self.heard_s * 1e9),
                    utterance=self._next,
                    channel=turn.speaker,
                    start=turn.start * self._scale,
                    end=turn.end * self._scale,
                    text=turn.text,
                    display=text,
                    confidence=0.9,
                    digits=runs,
                )
            )
            self._next += 1

    def finish(self) -> None:
        pass

    def finish_words(self) -> None:
        pass

    def set_language(self, channel: Channel, language: str) -> None:
        pass

    def close(self) -> None:
        pass


def one_call(desk: OpenDesk, home: Home, written: PracticeCall, seconds: float) -> None:
    """Make, file and put away one call."""
    control = desk.control
    parts = control._parts
    facts = control._begin("devices", "")
    source = Noise(seconds)
    script = Written(facts.id, written, seconds, parts.bus.publish)

    def now_ns() -> int:
        return int(script.heard_s * 1e9)

    capture, room = parts.settings().capture, DiskRoom(home.sound)
    key = parts.personal.key.derive("sound")
    made = sound.recorder(home.sound / facts.id, facts.id, key, SIDES, now_ns, capture, room.free_bytes)
    sides: Any = script
    control._run(facts, now_ns, SoundParts(source, made, sides, False, room, 0, parts.now))
    call = control.call
    assert call is not None
    assert call.ended.wait(600)
    filed = threading.Event()
    stop = parts.bus.subscribe(RecordFiled, lambda event: filed.set())
    control.file_record(parts.personal.store.records(facts.id))
    assert filed.wait(60)
    stop()
    control.close_call()
    desk.flush()
    shutil.rmtree(home.sound / facts.id, ignore_errors=True)


def memory_mb(pid: int) -> float:
    """Return a process's own memory, MB of 10^6: without files it maps, whose share hangs on what else runs."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) * 1024 / 1e6
    except OSError:
        pass
    return 0.0


def measure() -> dict[str, float]:
    """Return what is held now."""
    gc.collect()
    own, *others = family()
    return {
        "desk_mb": memory_mb(own),
        "children_mb": sum(map(memory_mb, others)),
        "files": len(list(Path("/proc/self/fd").iterdir())),
        "threads": threading.active_count(),
        "processes": 1 + len(others),
    }


def slope(hours: list[float], values: list[float]) -> float:
    """Return the change an hour, by least squares."""
    return float(np.polyfit(hours, values, 1)[0])


def main() -> None:
    """Print one JSON object."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--calls", type=int, default=200)
    asked.add_argument("--minutes", type=float, default=SHIFT_HOURS * 60 / 200, help="length of a call")
    asked.add_argument("--json", type=Path)
    args = asked.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="doumi-shift-"))
    os.environ["DOUMI_HOME"], os.environ["DOUMI_MODELS"] = str(folder / "home"), str(folder / "models")
    home = Home.from_environment()
    desk = open_desk(home)
    seconds, begun = args.minutes * 60, time.monotonic()
    written = practice_calls.load()
    rows: list[dict[str, float]] = []
    try:
        for number in range(args.calls):
            one_call(desk, home, written[number % len(written)], seconds)
            rows.append({"hour": (number + 1) * seconds / 3600} | measure())
            if number % 10 == 9:
                print({name: round(value, 2) for name, value in rows[-1].items()}, file=sys.stderr, flush=True)
        kept = rows[int(len(rows) * WARM_UP) :]
        hours = [row["hour"] for row in kept]
        figures = {
            "calls": args.calls,
            "hours": round(rows[-1]["hour"], 2),
            "took_s": round(time.monotonic() - begun, 1),
            "slope_from_hour": round(kept[0]["hour"], 2),
            "desk_mb_an_hour": round(slope(hours, [row["desk_mb"] for row in kept]), 3),
            "children_mb_an_hour": round(slope(hours, [row["children_mb"] for row in kept]), 3),
            "desk_mb": [round(rows[0]["desk_mb"], 1), round(kept[0]["desk_mb"], 1), round(rows[-1]["desk_mb"], 1)],
            "files": [int(kept[0]["files"]), int(max(row["files"] for row in kept)), int(rows[-1]["files"])],
            "threads": [int(kept[0]["threads"]), int(max(row["threads"] for row in kept)), int(rows[-1]["threads"])],
            "processes": [int(kept[0]["processes"]), int(rows[-1]["processes"])],
            "database_mb": round(home.personal_db.stat().st_size / 1e6, 1),
        }
    finally:
        desk.close()
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(figures))
    if args.json:
        args.json.write_text(json.dumps(figures | {"rows": rows}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
