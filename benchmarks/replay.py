"""How a long call replays: opening, jumps, scrubbing, memory.

    python benchmarks/replay.py [--hours 2] [--events 3000] [--json FILE]

The real replay window over a call of two hours with 3,000 events (:mod:`benchmarks.replay_call`) in a home of its own,
offscreen unless QT_QPA_PLATFORM says otherwise. Memory is the proportional set size of all processes, above the same
window over a call of ten seconds. Linux: figures come from /proc. How exactly the sound keeps to the words is measured
apart, in real time: ``benchmarks/replay_sync.py``.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

JUMPS = 60
SCRUB_S = 6.0
HAND_HZ = 125
"""How often a mouse tells where it is."""


class _Paints:
    """Counts the frames a widget paints."""

    def __init__(self, widget: Any) -> None:
        from PySide6.QtCore import QEvent, QObject

        at = self.at = []

        class _Filter(QObject):
            def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
                if event.type() == QEvent.Type.Paint:
                    at.append(time.perf_counter())
                return False

        self._filter = _Filter()
        widget.installEventFilter(self._filter)

    at: list[float]


def _settle(app: Any, done: Callable[[], bool], patience_s: float = 60.0) -> float:
    """Let the window work until it is so; returns the seconds it took."""
    begun = time.perf_counter()
    while not done():
        app.processEvents()
        if time.perf_counter() - begun > patience_s:
            raise TimeoutError("the window did not get there")
        time.sleep(0.0005)  # as Qt's own loop does between events: asking without end would starve the workers
    return time.perf_counter() - begun


def _one(session: str) -> dict[str, Any]:
    """Open the window over one call in this process and measure."""
    from PySide6.QtCore import QPoint, QPointF, Qt
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    from app.home import Home
    from app.replay.open_call import OpenReplay
    from app.replay_side import call_player, own_call
    from benchmarks.processes import pss_mb
    from ui import theme
    from ui.replay.replay_window import ReplayWindow

    app = QApplication([])
    theme.apply(app, "light", 1.0)
    home = Home.from_environment()
    figures: dict[str, Any] = {}

    begun = time.perf_counter()
    call = OpenReplay(own_call(home, session))
    figures["loaded_s"] = round(time.perf_counter() - begun, 3)
    player = call_player(call)
    window = ReplayWindow(call, player)
    window.resize(1440, 900)
    paints = _Paints(window.timeline)
    window.show()
    _settle(app, lambda: bool(paints.at))
    app.processEvents()
    figures["usable_s"] = round(time.perf_counter() - begun, 3)
    _settle(app, lambda: window.timeline.complete)
    figures["waveform_whole_s"] = round(time.perf_counter() - begun, 3)
    long = call.facts.duration_s

    rng = random.Random(7)
    jumps: list[float] = []
    for _ in range(JUMPS):
        paints.at.clear()
        at_s = rng.uniform(0.0, long)
        start = time.perf_counter()
        window.seek(at_s)
        _settle(app, lambda: bool(paints.at))
        for _ in range(3):  # the panes lay themselves out in turns of the loop
            app.processEvents()
        jumps.append((time.perf_counter() - start) * 1000)
    figures["jump_ms"] = _spread(jumps)

    line = window.timeline
    paints.at.clear()
    y = line.height() / 3

    def mouse(kind: QMouseEvent.Type, x: float, held: bool) -> None:
        spot = QPointF(x, y)
        button = Qt.MouseButton.LeftButton
        buttons = button if held else Qt.MouseButton.NoButton
        pressed = button if kind != QMouseEvent.Type.MouseMove else Qt.MouseButton.NoButton
        whole = line.mapToGlobal(QPoint(int(x), int(y)))
        app.sendEvent(line, QMouseEvent(kind, spot, QPointF(whole), pressed, buttons, Qt.KeyboardModifier.NoModifier))

    mouse(QMouseEvent.Type.MouseButtonPress, 40.0, True)
    start = time.perf_counter()
    moves = 0
    while (spent := time.perf_counter() - start) < SCRUB_S:
        if spent * HAND_HZ >= moves:
            moves += 1
            there_and_back = abs((spent / 2) % 2 - 1)
            mouse(QMouseEvent.Type.MouseMove, 40 + (line.width() - 80) * there_and_back, True)
        app.processEvents()
    mouse(QMouseEvent.Type.MouseButtonRelease, 40.0, False)
    gaps = [(b - a) * 1000 for a, b in zip(paints.at, paints.at[1:], strict=False)]
    figures["scrub"] = {
        "frames_per_s": round(len(paints.at) / SCRUB_S, 1),
        "longest_ms": round(max(gaps, default=0.0), 1),
        "p99_ms": _spread(gaps)["p99"],
    }
    window.seek(long / 2)
    player.play()
    begun = time.perf_counter()
    while time.perf_counter() - begun < 5.0:
        app.processEvents()
    figures["played_s"] = round(player.state().at_s - long / 2, 2)
    figures["player_fault"] = player.state().fault
    player.pause()
    figures["pss_mb"] = pss_mb()
    window.close()
    app.processEvents()
    return figures


def _spread(ms: list[float]) -> dict[str, float]:
    ordered = sorted(ms) or [0.0]
    return {
        "n": len(ms),
        "p50": round(statistics.median(ordered), 1),
        "p99": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))], 1),
        "worst": round(ordered[-1], 1),
    }


def main() -> None:
    """Print one JSON object."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--hours", type=float, default=2.0)
    asked.add_argument("--events", type=int, default=3000)
    asked.add_argument("--json", type=Path)
    asked.add_argument("--one", help=argparse.SUPPRESS)
    args = asked.parse_args()
    if args.one:
        print(json.dumps(_one(args.one), ensure_ascii=False))
        return
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("DOUMI_KEY_MODE", "file")
    from app.home import Home
    from benchmarks.replay_call import build

    whole: dict[str, Any] = {"load_before": round(os.getloadavg()[0], 2)}
    for name, seconds, events in (("short", 10.0, 24), ("long", args.hours * 3600, args.events)):
        with tempfile.TemporaryDirectory(prefix="doumi-replay-", ignore_cleanup_errors=True) as folder:
            os.environ["DOUMI_HOME"] = folder
            session = build(Home.from_environment(), seconds, events, turn_s=3.0 if name == "short" else 9.0)
            command = [sys.executable, __file__, "--one", session]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            failed = {"failed": done.stderr[-2000:]}
            whole[name] = failed if done.returncode else json.loads(done.stdout.splitlines()[-1])
            print(name, json.dumps(whole[name], ensure_ascii=False), file=sys.stderr, flush=True)
    if all("pss_mb" in whole[name] for name in ("short", "long")):
        above = whole["long"]["pss_mb"]["sum"] - whole["short"]["pss_mb"]["sum"]
        whole["memory_above_the_short_call_mb"] = round(above, 1)
    whole["load_after"] = round(os.getloadavg()[0], 2)
    print(json.dumps(whole, ensure_ascii=False))
    if args.json:
        args.json.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
