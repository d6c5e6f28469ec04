"""How the desk feels: start, blocks of the window, keys, memory, idling, hang-up to draft, the eighth hour.

    python benchmarks/desk.py [--call CALL.wav] [--minutes 10] [--parts start,call,idle,hours] [--json FILE]

The real program in a window (offscreen unless QT_QPA_PLATFORM says otherwise), the installed models, a home of its own
that was opened once before. ``--call`` is a stereo recording (agent left, caller right) fed at real speed for
``--minutes``; without one the longest practice call is played at real speed, which recognises nothing and is told so.
Every part runs in a process of its own. Linux: figures come from /proc.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

PARTS = ("start", "call", "idle", "hours")
TYPED = "gwankw dangdong jucha danggu sinbunjeung jaebalgeup susulyo "
CALLS = 200
"""An eight-hour shift."""


def _shown(kind: type) -> Any:
    from PySide6.QtWidgets import QApplication

    return next((one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()), None)


def _window() -> Iterator[None]:
    from ui.main_window import MainWindow

    while _shown(MainWindow) is None:
        yield


def _desk() -> Any:
    from ui.main_window import MainWindow

    return _shown(MainWindow)


def _ready(window: Any) -> bool:
    state = window._services.state()
    return bool(state.models_ready and (state.kb.generation or state.kb.articles))


def _start(figures: dict[str, Any], args: argparse.Namespace) -> Iterator[None]:
    from benchmarks.processes import started_s

    begun = started_s()
    yield from _window()
    figures["usable_s"] = round(time.monotonic() - begun, 2)
    window = _desk()
    while not _ready(window):
        yield
    figures["ready_s"] = round(time.monotonic() - begun, 2)
    found = window._services.search("여권 재발급")
    figures["first_search_s"] = round(time.monotonic() - begun, 2)
    figures["first_search_hits"] = len(found.hits)
    window.close()


def _call(figures: dict[str, Any], args: argparse.Namespace) -> Iterator[None]:
    from benchmarks.desk_probe import Heartbeat, keystrokes, until, wait_s
    from benchmarks.processes import cpu_s, pss_mb
    from ui.call_view_state import Phase

    yield from _window()
    window = _desk()
    yield from until(lambda: _ready(window))
    yield from wait_s(5)
    if args.call:
        figures["call"] = "recording at real speed"
        window._control.start_file(args.call, True)
    else:
        figures["call"] = "practice call at real speed: nothing is recognised"
        window._control.start_practice("rambling", 1.0)
    yield from until(lambda: window.state.phase is Phase.LIVE)
    beat = Heartbeat()
    beat.start()
    begun, cpu = time.monotonic(), cpu_s()
    most: dict[str, float] = {"sum": 0.0}
    strokes: list[float] = []
    while time.monotonic() - begun < args.minutes * 60 and window.state.phase is Phase.LIVE:
        yield from wait_s(10)
        now = pss_mb()
        most = now if now["sum"] > most["sum"] else most
    figures["gui_blocks"] = beat.stop()
    figures["seconds"] = round(time.monotonic() - begun)
    figures["cpu_s_per_s"] = round((cpu_s() - cpu) / (time.monotonic() - begun), 3)
    figures["pss_mb"] = most
    if window.state.phase is Phase.LIVE:
        window.search_by_hand()
        strokes += keystrokes(window.call.answers.box, TYPED)
        figures["keys_in_a_call_ms"] = _spread(strokes)
        window.back()
        hung_up = time.monotonic()
        window.end_call()
        yield from until(lambda: bool(window.state.final_draft))
        figures["hang_up_to_draft_s"] = round(time.monotonic() - hung_up, 2)
    yield from until(lambda: bool(window.call.record.forms))
    row = window.call.record.forms[0].fields["inquiry"].rows[0]
    figures["keys_in_the_record_ms"] = _spread(keystrokes(row.edit, TYPED))
    window.close_call()
    window.close()


def _idle(figures: dict[str, Any], args: argparse.Namespace) -> Iterator[None]:
    from PySide6.QtCore import QEventLoop, QTimer

    from benchmarks.desk_probe import until, wait_s
    from benchmarks.processes import cpu_s, pss_mb

    yield from _window()
    window = _desk()
    yield from until(lambda: _ready(window))
    yield from wait_s(20)
    before, begun = cpu_s(), time.monotonic()
    # The walk stands still meanwhile, or it would be what is measured.
    loop = QEventLoop()
    QTimer.singleShot(60_000, loop.quit)
    loop.exec()
    spent = time.monotonic() - begun
    figures["share_of_a_core"] = round((cpu_s() - before) / spent, 4)
    figures["seconds"] = round(spent)
    figures["pss_mb"] = pss_mb()["sum"]
    window.close()


def _hours(figures: dict[str, Any], args: argparse.Namespace) -> Iterator[None]:
    from app import practice_calls
    from benchmarks.desk_probe import keystrokes, until, wait_s
    from ui.call_view_state import Phase

    yield from _window()
    window = _desk()
    yield from until(lambda: _ready(window))
    yield from wait_s(5)
    names = [row.name for row in practice_calls.rows()]
    took: list[float] = []
    keys: list[list[float]] = []
    for number in range(args.calls):
        begun = time.process_time()
        window._control.start_practice(names[number % len(names)], 1000.0)
        yield from until(lambda: window.state.phase is Phase.WRAP_UP and bool(window.call.record.forms))
        window.call.record.file()
        yield from until(lambda: not window.call.record.unsaved)
        window.close_call()
        yield from until(lambda: window.state.phase is Phase.IDLE)
        took.append(time.process_time() - begun)
        if number in (2 * len(names) - 1, args.calls - 1):
            yield from wait_s(1)
            window.search_by_hand()
            keys.append(keystrokes(window.call.answers.box, TYPED * 3))
            window.call.answers.box.clear()
            window.back()
            window.back()
    # The same eight calls: those of the second round (caches are full) against those of the last.
    eight = len(names)
    first, last = statistics.median(took[eight : 2 * eight]), statistics.median(took[-eight:])
    figures["calls"] = args.calls
    figures["gui_process_cpu_s_a_call"] = [round(first, 3), round(last, 3)]
    figures["ratio"] = round(last / first, 2)
    figures["keys_ms"] = [_spread(one) for one in keys]
    figures["ratio_keys"] = round(statistics.median(keys[-1]) / statistics.median(keys[0]), 2)
    window.close()


def _spread(ms: list[float]) -> dict[str, float]:
    ordered = sorted(ms)
    return {
        "keys": len(ms),
        "p50": round(statistics.median(ms), 1),
        "p99": round(ordered[min(len(ms) - 1, int(len(ms) * 0.99))], 1),
        "worst": round(max(ms), 1),
    }


def _part(name: str, args: argparse.Namespace) -> dict[str, Any]:
    """Run one part in this process: the whole program, driven from inside."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from app.commands import Context
    from app.home import Home
    from app.start import show_window

    figures: dict[str, Any] = {}
    application = QApplication([])
    walk: Any = None
    if name == "start":
        # As a person starts it: nothing is loaded that the program would not load.
        steps = _start(figures, args)
        timer = QTimer()
        timer.setInterval(5)
        timer.timeout.connect(lambda: next(steps, None))
        timer.start()
    else:
        from benchmarks.desk_probe import Walk

        walk = Walk({"call": _call, "idle": _idle, "hours": _hours}[name](figures, args), patience_s=3_000)
    show_window(Context(home=Home.from_environment()), None, None, None, realtime=True)
    del application
    if walk is not None and walk.failed is not None:
        raise walk.failed
    return figures


def main() -> None:
    """Print one JSON object."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--call", type=Path)
    asked.add_argument("--minutes", type=float, default=10.0)
    asked.add_argument("--calls", type=int, default=CALLS, help="calls of the simulated shift")
    asked.add_argument("--parts", default=",".join(PARTS))
    asked.add_argument("--json", type=Path)
    asked.add_argument("--one", choices=PARTS, help=argparse.SUPPRESS)
    args = asked.parse_args()
    if args.one:
        print(json.dumps(_part(args.one, args), ensure_ascii=False))
        return
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("DOUMI_KEY_MODE", "file")
    whole: dict[str, Any] = {"load_before": round(os.getloadavg()[0], 2)}
    with tempfile.TemporaryDirectory(prefix="doumi-desk-", ignore_cleanup_errors=True) as home:
        os.environ["DOUMI_HOME"] = home
        (Path(home) / "settings.json").write_text('{"schema_version": 1, "desk": {"introduced": true}}')
        # The home is opened once before: what is measured is a day at work, not the first one.
        for name in ("start", *args.parts.split(",")):
            command = [sys.executable, __file__, *sys.argv[1:], "--one", name]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode or not done.stdout.strip():
                whole[name] = {"failed": done.stderr[-2000:]}
            else:
                whole[name] = json.loads(done.stdout.splitlines()[-1])
            print(name, json.dumps(whole[name], ensure_ascii=False), file=sys.stderr, flush=True)
    whole["load_after"] = round(os.getloadavg()[0], 2)
    print(json.dumps(whole, ensure_ascii=False))
    if args.json:
        args.json.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
