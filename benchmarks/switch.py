"""How long a change of profile takes: one desk is left, the page asks, the PIN is typed, the next desk can be used.

    python benchmarks/switch.py [--turns N]

Offscreen, a home of its own with two profiles, the installed models. The hands that type are quicker than any
counsellor's: what is measured is the program. One change is from "switch profile" in the first desk to the next desk's
window, shown and usable; the page's part (until it can be typed in) is told apart.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

PINS = {"하나": "135790", "두리": "864200"}


def _run(turns: int) -> dict[str, object]:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from app.commands import Context
    from app.home import Home
    from app.shifts import profiles_of
    from app.start import show_window
    from benchmarks.desk_probe import Walk, wait_s
    from ui.main_window import MainWindow
    from ui.profile_page import ProfilePage

    app = QApplication([])
    home = Home.from_environment()
    profiles = profiles_of(home)
    for name, pin in PINS.items():
        profiles.add(name, pin=pin)
    page_s: list[float] = []
    whole_s: list[float] = []

    def shown(kind: type) -> Any:
        return next((one for one in app.topLevelWidgets() if isinstance(one, kind) and one.isVisible()), None)

    def steps() -> Iterator[None]:
        names = list(PINS)
        left = 0.0
        for turn in range(turns + 1):
            while (page := shown(ProfilePage)) is None:
                yield
            if turn:
                page_s.append(time.monotonic() - left)
            rows = [page.names.item(row).text().split("\n")[0] for row in range(page.names.count())]
            page.names.setCurrentRow(rows.index(names[turn % 2]))
            QTest.keyClicks(page.pin, PINS[names[turn % 2]])
            QTest.keyClick(page.pin, Qt.Key.Key_Return)
            while (window := shown(MainWindow)) is None or not window.isEnabled():
                yield
            if turn:
                whole_s.append(time.monotonic() - left)
            if turn == turns:
                window.close()
                return
            # A desk that is left at once has not finished opening: a counsellor works in it first.
            yield from wait_s(8.0)
            left = time.monotonic()
            window.profile.switch()

    walk = Walk(steps())
    show_window(Context(home=home), practice=None, speed=None, file=None, realtime=True)
    if walk.failed is not None:
        raise walk.failed
    return {
        "changes": len(whole_s),
        "page_s": [round(one, 2) for one in page_s],
        "next_desk_s": [round(one, 2) for one in whole_s],
        "median_s": round(statistics.median(whole_s), 2),
    }


def main() -> None:
    """Print one JSON object."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--turns", type=int, default=5)
    args = asked.parse_args()
    os.environ["DOUMI_HOME"] = tempfile.mkdtemp(prefix="doumi-switch-")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("DOUMI_KEY_MODE", "file")
    print(json.dumps(_run(args.turns)))


if __name__ == "__main__":
    main()
