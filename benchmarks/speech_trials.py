"""The parts of the speech benchmark, each of which returns its figures as plain values."""

from __future__ import annotations

import os
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import soundfile
import speech_stock
from sounds import RATE, nothing
from speech_calls import (
    Event,
    Killer,
    Material,
    changed_per_final_character,
    final_delays,
    read,
    repeated_lines,
    transcribe,
    write,
)
from speech_feed import feed

from app.home import Home
from app.speech import model_folder, speech_engine
from audio.speech_settings import SpeechSettings

Figures = dict[str, Any]
BLEED_DB = 20.0
SETTLED_MINUTES = 5.0
"""Minutes of calls after which memory should not grow any more."""


@dataclass(frozen=True)
class Setup:
    """What all parts share."""

    material: Material
    folder: Path
    """For what they make; thrown away afterwards."""
    model: str
    seeds: tuple[int, ...]
    calls: int
    only: str

    def built(self, seed: int, bleed_db: float | None = None) -> list[Path]:
        """Return the calls of a seed, built once."""
        folder = self.folder / f"{seed}-{bleed_db}"
        found = sorted(folder.glob("*.wav"))
        return found or self.material.calls(folder, seed, self.calls, self.only, bleed_db)

    @property
    def model_folder(self) -> Path:
        return model_folder(Home.from_environment(), self.model)


def live(setup: Setup) -> Figures:
    """Every call of every seed at real speed through the command."""
    return {str(seed): _played(setup, setup.built(seed), f"live-{seed}") for seed in setup.seeds}


def pinned(setup: Setup) -> Figures:
    """One call with the whole process tree on one core."""
    if not hasattr(os, "sched_setaffinity"):
        return {"skipped": "processes cannot be pinned to a core on this system"}
    return _played(setup, setup.built(setup.seeds[0])[:1], "pinned", one_core=True)


def kills(setup: Setup) -> Figures:
    """One call in which the speech process is killed after a third and after two thirds."""
    call = setup.built(setup.seeds[0])[0]
    length = soundfile.info(call).duration
    killer = Killer((length / 3, 2 * length / 3))
    return {**_played(setup, [call], "kills", killer=killer), "killed_at_s": killer.killed_at}


def _played(
    setup: Setup, calls: Sequence[Path], name: str, one_core: bool = False, killer: Killer | None = None
) -> Figures:
    outputs = []
    delays: dict[str, list[float]] = {"agent": [], "caller": []}
    changed: list[float] = []
    folder = setup.folder / name
    folder.mkdir()
    for call in calls:
        output = folder / f"{call.stem}.jsonl"
        transcribe(call, output, setup.model, one_core, killer)
        events = read(output)
        for side, found in final_delays(call, events).items():
            delays[side] += found
        changed.append(changed_per_final_character(events))
        outputs.append(output)
    figures = setup.material.score(calls, outputs)
    summaries = [event for output in outputs for event in read(output) if event["type"] == "summary"]
    figures["audio_s"] = round(sum(event["audio_seconds"] for event in summaries), 1)
    figures["load_cpu_s"] = round(max(event["load_cpu_seconds"] for event in summaries), 2)
    figures["changed_per_character"] = round(statistics.mean(changed), 3)
    figures["delays_s"] = delays
    return figures


def stock(setup: Setup) -> Figures:
    """Stock faster-whisper on the same calls, both ways of :mod:`speech_stock`."""
    figures: Figures = {}
    for seed in setup.seeds:
        calls = setup.built(seed)
        for mode in ("vad", "turns"):
            outputs = [setup.folder / f"stock-{mode}-{call.stem}.jsonl" for call in calls]
            speech_stock.run(setup.model_folder, mode, calls, outputs)
            scored = setup.material.score(calls, outputs)
            kept = ("cer", "cer_all", "missed_turns", "cpu_per_audio_s")
            figures.setdefault(str(seed), {})[mode] = {key: scored[key] for key in kept}
    return figures


def bleed(setup: Setup) -> Figures:
    """How often the counsellor's words come back on the caller's side when they leak into it."""
    figures: Figures = {"lines": 0, "lines_without_bleed": 0, "bleed_db": BLEED_DB}
    engine = _engine(setup.model)
    try:
        for key, level in (("lines", BLEED_DB), ("lines_without_bleed", None)):
            calls, outputs = setup.built(setup.seeds[0], level), []
            for call in calls:
                fed = feed(engine, call)
                outputs.append(_kept(setup, f"bleed-{key}-{call.stem}", fed.events))
                figures[key] += len(repeated_lines(call, fed.events))
            scored = setup.material.score(calls, outputs)
            figures["cer_bleed" if level else "cer_without_bleed"] = scored["cer"]
    finally:
        engine.close()
    return figures


def invented(setup: Setup, minutes: int = 10, engine: Any = None, settings: SpeechSettings | None = None) -> Figures:
    """Lines made of sound without speech; ``engine`` is closed by who gave it."""
    sound, kinds = nothing(60 * minutes)
    file = setup.folder / "nothing.wav"
    soundfile.write(file, sound, RATE, subtype="PCM_16")
    running = engine or _engine(setup.model)
    try:
        fed = feed(running, file, settings)
    finally:
        if engine is None:
            running.close()
    finals = [event for event in fed.events if event["type"] == "final" and event["text"]]
    flagged = [event for event in finals if "unsupported" in event["flags"]]
    partials = {event["utterance"] for event in fed.events if event["type"] == "partial"}
    of = Counter(next(kind for start, kind in reversed(kinds) if start <= event["start"]) for event in finals)
    return {
        "minutes": minutes,
        "unflagged": len(finals) - len(flagged),
        "flagged": len(flagged),
        "utterances_with_partial_text": len(partials),
        "lines_by_kind": dict(of),
    }


def soak(setup: Setup, minutes: int) -> Figures:
    """Memory of the speech process over calls of ``minutes`` minutes in all.

    The calls go through the live pipeline with every partial and every final tried ahead, one after the other, but as
    fast as the decodes are done: the decodes of so many minutes of calls, not the minutes.
    """
    engine = _engine(setup.model)
    process, memory, heard, decodes = psutil.Process(engine.pid), list[tuple[float, float]](), 0.0, 0
    calls = [call for seed in setup.seeds for call in setup.built(seed)]
    try:
        while heard < 60 * minutes:
            for call in calls:
                fed = feed(engine, call)
                heard, decodes = heard + fed.audio_s, decodes + fed.calls.get("transcribe", 0)
                memory.append((heard / 60, process.memory_info().rss / 2**20))
                if heard >= 60 * minutes:
                    break
        restarts = engine.restarts
    finally:
        engine.close()
    early = [mb for minute, mb in memory if minute >= SETTLED_MINUTES][:1] or [memory[0][1]]
    late = [mb for _, mb in memory[-3:]]
    return {
        "minutes": round(heard / 60, 1),
        "decodes": decodes,
        "restarts": restarts,
        "early_mb": round(early[0], 1),
        "end_mb": round(statistics.mean(late), 1),
        "growth_mb": round(statistics.mean(late) - early[0], 1),
        "memory": [(round(minute, 1), round(mb, 1)) for minute, mb in memory],
    }


def _engine(model: str) -> Any:
    engine = speech_engine(Home.from_environment(), SpeechSettings(model=model))
    engine.start()
    engine.wait_ready()
    return engine


def _kept(setup: Setup, name: str, events: Sequence[Event]) -> Path:
    output = setup.folder / f"{name}.jsonl"
    write(output, events)
    return output
