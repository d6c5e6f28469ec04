"""A real desk with calls full of personal data, ended by kill -9 in the middle of the last one.

Each call's words go through everything a call goes through: turns, cards, digits, draft, record, search, evidence.
Prints ``call NAME ID`` for each and ``ready`` before it kills itself. Practice words stand in for recognition; the
sound is noise through the real recorder.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import numpy as np

from app import sound
from app.composition import OpenDesk, open_desk
from app.home import Home
from app.practice import PracticePlayer
from app.practice_calls import PracticeTurn
from assist.events import CallEnded, DraftReady, EscalationRaised, EvidenceCompleted, RecordFiled, TurnUpdated
from assist.model import CallRecord, CorrectionKind, EscalationReason
from assist.numbers import display
from audio.events import CallEvent
from audio.model import SAMPLE_RATE, AudioBlock, Channel

PATIENCE_S = 120.0


class Ears:
    """Waits for events."""

    def __init__(self, desk: OpenDesk) -> None:
        self._heard: list[CallEvent] = []
        self._news = threading.Condition()
        desk.bus.subscribe(CallEvent, self._hear)

    def _hear(self, event: CallEvent) -> None:
        with self._news:
            self._heard.append(event)
            self._news.notify_all()

    def wait(self, kind: type[CallEvent], call_id: str, count: int = 1) -> CallEvent:
        """Return the newest event of a kind in a call when there are so many."""

        def found() -> list[CallEvent]:
            return [event for event in self._heard if isinstance(event, kind) and event.call_id == call_id]

        with self._news:
            assert self._news.wait_for(lambda: len(found()) >= count, PATIENCE_S), kind.__name__
            return found()[-1]


def main() -> None:
    """Play the calls named in the orders."""
    orders = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    home = Home.from_environment()
    desk = open_desk(home)
    ears = Ears(desk)
    for name, lines in orders.items():
        call_id = _call(desk, home, lines, cut_short=name == "crash")
        print("call", name, call_id, flush=True)
        if name == "crash":
            ears.wait(TurnUpdated, call_id, len(lines))
            desk.flush()
            break
        ears.wait(CallEnded, call_id)
        draft = ears.wait(DraftReady, call_id)
        assert isinstance(draft, DraftReady)
        record = CallRecord("행정", inquiry=tuple(lines), follow_up=lines[0])
        desk.control.save_draft((record,))
        desk.control.file_gap(f"gap-{name}", lines[0])
        desk.control.file_correction(f"fix-{name}", "", "안내", CorrectionKind.WRONG, lines[0])
        desk.control.file_record((record,))
        ears.wait(RecordFiled, call_id)
        if name == "held":
            desk.control.escalate(EscalationReason(desk.services.situations()[0].id, note=lines[0]))
            ears.wait(EscalationRaised, call_id)
            ears.wait(EvidenceCompleted, call_id)
        desk.services.sessions(lines[0])
        desk.control.close_call()
    print("ready", flush=True)
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


def _call(desk: OpenDesk, home: Home, lines: list[str], cut_short: bool) -> str:
    control = desk.control
    turns = tuple(
        PracticeTurn((Channel.CALLER, Channel.AGENT)[n % 2], 4.0 * n, 4.0 * n + 3, line)
        for n, line in enumerate([*lines, *lines])
    )
    facts = control._begin("devices", "")
    player = PracticePlayer(
        facts.id,
        SimpleNamespace(turns=turns),  # type: ignore[arg-type]
        control._parts.bus.publish,
        display,
        40.0,
        (lambda: None) if cut_short else control.end,
    )
    key = control._parts.personal.key.derive("sound")
    recorder = sound.recorder(
        home.sound / facts.id, facts.id, key, tuple(Channel), lambda: 0, control._parts.settings().capture
    )
    noise = np.random.default_rng(7).integers(-9000, 9000, 3 * SAMPLE_RATE).astype(np.int16)
    for channel in Channel:
        recorder.write(AudioBlock(channel, 0, noise))
    if not cut_short:
        recorder.close()
    control.caller_number(next(line for line in lines if line.startswith("01")))
    control._run(facts, lambda: int(player.now_s * 1e9), player)
    return facts.id


if __name__ == "__main__":
    main()
