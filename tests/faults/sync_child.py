"""The whole desk in a practice call, and a recorder beside it, under whose feet the disk begins to fail.

Prints one JSON object: what the screen was told and what was promised. From the third turn on every fsync of the
thread ``store`` is refused by the system, and every one of the recording thread after its third second.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

from app.composition import open_desk
from app.home import Home
from app.sound import recorder
from assist.events import NoticeRaised, RecordFiled, TurnUpdated
from assist.model import CallRecord
from audio.model import SAMPLE_RATE, AudioBlock, Channel
from audio.settings import CaptureSettings
from resources.notices import Fault
from tests.helpers.call_sound import pattern
from tests.helpers.failing_sync import refuse_sync


def main() -> None:
    """Run the call to its end."""
    home = Home.from_environment()
    desk = open_desk(home)
    told: list[str] = []
    shown: list[int] = []
    filed: list[int] = []
    broken = threading.Event()
    desk.bus.subscribe(NoticeRaised, lambda event: told.append(event.code))
    desk.bus.subscribe(RecordFiled, lambda event: filed.append(event.version))
    store = desk.control._parts.personal.store

    def on_turn(event: TurnUpdated) -> None:
        shown.append(event.seq)
        if len(shown) == 3:
            store.flush()
            promised.append(event.seq)
            store.later(lambda db: refuse_sync())
            broken.set()

    promised: list[int] = []
    desk.bus.subscribe(TurnUpdated, on_turn)
    desk.services.search("여권", 1)  # waits for the knowledge: the call must not be over before its first turn
    desk.control.start_practice("parking-report", 40)
    call = desk.control.call
    assert call is not None
    assert broken.wait(60)
    assert call.ended.wait(120)
    flushed = ""
    try:
        desk.flush()
    except Fault as fault:
        flushed = fault.code
    try:
        store.file_records(call.facts.id, (CallRecord("교통"),))
        refused = ""
    except Fault as fault:
        refused = fault.code
    sound = _record(home.sound / "beside")
    json.dump(
        {
            "call": call.facts.id,
            "promised": promised[0],
            "turns": len(shown),
            "told": told,
            "filed": filed,
            "flush": flushed,
            "file": refused,
            "sound": sound,
        },
        sys.stdout,
    )
    sys.stdout.flush()


def _record(folder: Path) -> dict[str, object]:
    made = recorder(folder, "beside", bytes(32), (Channel.CALLER,), lambda: 0, CaptureSettings())
    told: list[tuple[int, str | None]] = []

    def write() -> None:
        for second in range(6):
            if second == 3:
                refuse_sync()
            made.write(
                AudioBlock(
                    Channel.CALLER, second * SAMPLE_RATE, pattern(Channel.CALLER, second * SAMPLE_RATE, SAMPLE_RATE)
                )
            )
            told.append((made.durable(Channel.CALLER) // SAMPLE_RATE, made.notice_code))
        made.close()

    thread = threading.Thread(target=write)
    thread.start()
    thread.join()
    whole = made.read(Channel.CALLER, 0, 10**9)
    return {"told": told, "kept_s": len(whole) / SAMPLE_RATE, "unwritten_s": made.unwritten_s()}


if __name__ == "__main__":
    main()
    # The desk is not closed in order: its last words would wait for a disk that takes nothing.
    import os

    os._exit(0)
