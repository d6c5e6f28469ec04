"""The whole desk with a recording at real speed, to be killed in mid-call.

``recovered N`` says how many calls the start found cut short. Then, every tenth of a second, it marks a moment and says
``sound SAMPLES`` (what the recorder was given so far) and ``text N`` when everything up to event N was acknowledged.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from app.composition import open_desk
from app.home import Home
from audio.events import CallEvent, LevelsMeasured, TranscriptPartial
from audio.model import Channel


def main() -> None:
    """Run a call until killed."""
    desk = open_desk(Home.from_environment())
    print("recovered", len(desk.recovered), flush=True)
    last = 0

    def number(event: CallEvent) -> None:
        nonlocal last
        if not isinstance(event, TranscriptPartial | LevelsMeasured) and event.call_id:
            last = event.seq

    desk.bus.subscribe(CallEvent, number)
    desk.control.start_file(Path(sys.argv[1]), True)
    call = desk.control.call
    assert call is not None
    assert call.sound is not None
    print("call", call.facts.id, flush=True)
    pause = threading.Event()
    while True:
        pause.wait(0.1)
        desk.control.mark()
        print("sound", call.sound.length(Channel.CALLER), flush=True)
        seen = last
        desk.flush()
        print("text", seen, flush=True)


if __name__ == "__main__":
    main()
