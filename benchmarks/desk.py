"""How long the desk takes to stand, and how long after hang-up the draft record stands.

    python benchmarks/desk.py [CALL.wav]

Uses a home of its own. With a recording (stereo: agent left, caller right) it is played at real speed and hung up in
mid-speech after 20 s; without one the longest practice call is played without waiting.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def main() -> None:
    """Print one JSON object."""
    os.environ["DOUMI_HOME"] = tempfile.mkdtemp(prefix="doumi-bench-")
    begun = time.monotonic()
    from app.composition import open_desk
    from app.home import Home
    from assist.events import DraftReady
    from audio.events import TranscriptFinal

    desk = open_desk(Home.from_environment())
    opened = time.monotonic()
    desk.services.search("여권 재발급")
    searched = time.monotonic()
    figures: dict[str, float | int | str] = {
        "open_s": round(opened - begun, 2),
        "first_search_s": round(searched - begun, 2),
    }
    drafted, first_final = threading.Event(), threading.Event()
    moments: dict[str, float] = {}

    def on_draft(event: DraftReady) -> None:
        if event.final and not drafted.is_set():
            moments["draft"] = time.monotonic()
            drafted.set()

    def on_final(event: TranscriptFinal) -> None:
        first_final.set()

    desk.bus.subscribe(DraftReady, on_draft)
    desk.bus.subscribe(TranscriptFinal, on_final)
    if len(sys.argv) > 1:
        figures["call"] = "recording at real speed, hung up after 20 s"
        desk.control.start_file(Path(sys.argv[1]), True)
        first_final.wait(60)
        time.sleep(max(0.0, 20.0 - (time.monotonic() - searched)))
        hung_up = time.monotonic()
        desk.control.end()
    else:
        figures["call"] = "practice call, not waited for"
        desk.control.start_practice("rambling", 1000)
        call = desk.control.call
        assert call is not None
        hung_up = time.monotonic()
    drafted.wait(60)
    figures["hang_up_to_draft_s"] = round(moments["draft"] - hung_up, 3)
    desk.close()
    print(json.dumps(figures, ensure_ascii=False))


if __name__ == "__main__":
    main()
