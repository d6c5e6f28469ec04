"""Live recognition on built two-party calls: errors, delays, work, losses, invented text, beside stock faster-whisper.

Needs the shared test material (``DOUMI_TEST_DATA``) with its tools beside it and an installed speech model; run it on
an otherwise idle machine. Parts (``--parts``, or ``all``):

    live      every call at real speed through ``doumi transcribe --realtime --jsonl``
    stock     the same calls by stock faster-whisper, with its own voice activity and on each true turn by itself
    nothing   ten minutes of hold music, ringing, line noise and silence
    bleed     calls whose counsellor leaks into the caller's side
    kills     one call, the speech process killed twice
    pinned    one call, the whole process tree on one core
    soak      memory over an hour of calls, fed faster than real time with the same decodes    (not in the default)
    ablation  one measure switched off at a time                                               (not in the default)

    python benchmarks/speech.py [--parts live,stock] [--json FILE] [--plot FILE.svg] [--page FILE.md]

``--json`` on an existing file keeps its other parts, so a table can be made in several sittings on one machine.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import speech_ablation
import speech_plot
import speech_table
import speech_trials
from speech_calls import Material, quiet_warning

DEFAULT = ("live", "stock", "nothing", "bleed", "kills", "pinned")
LONG = ("soak", "ablation")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; returns the exit code."""
    args = _parser().parse_args(arguments)
    parts = [*DEFAULT, *LONG] if args.parts == "all" else args.parts.split(",")
    if unknown := set(parts) - {*DEFAULT, *LONG}:
        print(f"unknown parts: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    material = Material.find()
    if material is None:
        print("the shared test material is absent: set DOUMI_TEST_DATA", file=sys.stderr)
        return 1
    seeds = tuple(int(seed) for seed in args.seeds.split(","))
    options = {"seeds": list(seeds), "calls": args.calls, "only": args.only, "model": args.model}
    report = _begin(args.json, options)
    with tempfile.TemporaryDirectory() as name:
        setup = speech_trials.Setup(material, Path(name), args.model, seeds, args.calls, args.only)
        for part in parts:
            report["warnings"].pop(part, None)
            if warning := quiet_warning():
                report["warnings"][part] = warning
            begun = time.monotonic()
            print(f"{part} ...", file=sys.stderr, flush=True)
            report["parts"][part] = _run(part, setup, args)
            print(f"{part}: {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
            report["measured"][part] = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
            if args.json:
                args.json.parent.mkdir(parents=True, exist_ok=True)
                args.json.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    shown = speech_table.tables(report)
    print(shown)
    if args.plot:
        speech_plot.draw(report, args.plot)
    if args.page:
        picture = os.path.relpath(args.plot, args.page.parent) if args.plot else ""
        speech_table.into_page(args.page, shown, picture)
    return 0


def _run(part: str, setup: speech_trials.Setup, args: argparse.Namespace) -> dict[str, Any]:
    run: dict[str, Callable[[], dict[str, Any]]] = {
        "live": lambda: speech_trials.live(setup),
        "stock": lambda: speech_trials.stock(setup),
        "nothing": lambda: speech_trials.invented(setup, args.nothing),
        "bleed": lambda: speech_trials.bleed(setup),
        "kills": lambda: speech_trials.kills(setup),
        "pinned": lambda: speech_trials.pinned(setup),
        "soak": lambda: speech_trials.soak(setup, args.soak),
        "ablation": lambda: speech_ablation.ablation(setup, args.variant, args.nothing),
    }
    return run[part]()


def _begin(file: Path | None, options: dict[str, Any]) -> dict[str, Any]:
    """Return a new report with the parts that ``file`` already has for the same options."""
    machine = f"{_processor()}, {os.cpu_count()} processors, {platform.system()}, Python {platform.python_version()}"
    report: dict[str, Any] = {"machine": machine, "options": options, "warnings": {}, "measured": {}, "parts": {}}
    if file and file.is_file():
        earlier = json.loads(file.read_text(encoding="utf-8"))
        if earlier.get("options") == options and earlier.get("machine") == machine:
            report |= {key: earlier[key] for key in ("warnings", "measured", "parts")}
        else:
            print(f"{file.name} is of another machine or other options and is written anew", file=sys.stderr)
    return report


def _processor() -> str:
    """Return the processor's name, which some systems tell only in a file."""
    told = Path("/proc/cpuinfo")
    if told.is_file():
        for line in told.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", default=",".join(DEFAULT))
    parser.add_argument("--seeds", default="120,121")
    parser.add_argument("--calls", type=int, default=3, help="calls a seed")
    parser.add_argument("--only", default="deeply", help="beginning of the recordings' names")
    parser.add_argument("--model", default="whisper-base", help="name or folder of a speech model")
    parser.add_argument("--nothing", type=int, default=10, metavar="MINUTES", help="length of the sound without speech")
    parser.add_argument("--soak", type=int, default=60, metavar="MINUTES", help="minutes of calls to feed")
    parser.add_argument("--variant", action="append", default=[], help="only this one of the ablation; may be repeated")
    parser.add_argument("--json", type=Path, help="also write the figures here, part by part")
    parser.add_argument("--page", type=Path, help="also put the tables between this page's marks")
    parser.add_argument("--plot", type=Path, help="also draw delays, errors and work here (.svg or .png)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
