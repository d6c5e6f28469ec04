"""A desk in mid-call that is killed: the real recorder, store, evidence, outbox and sender, without recognition.

Reads its orders as JSON from the file named on the command line, says ``ready`` and makes calls until it is killed:
sound of two sides, finals and turns, now and then a press. What it was promised it writes into a diary, synced, after
the promise: ``text CALL N`` (N events are durable), ``sound CALL SAMPLES`` (blocks up to SAMPLES were given to the
recorder), ``confirmed CALL PACK``, ``filed CALL VERSION``. With ``"last": true`` it makes no call but delivers all.
"""

from __future__ import annotations

import json
import os
import random
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.adapters.age_box import AgeBox
from app.adapters.folder_drop import FolderDrop
from app.adapters.signing import DeskSigner
from app.adapters.sqlcipher import SqlCipherVault
from app.escalation import Escalations
from app.evidence import EvidenceMaker
from app.evidence_desk import EvidenceDesk
from app.home import Home
from app.incident_rows import Press
from app.outbox import OutboxSender
from app.outbox_rows import unsent
from app.sound import flac_clip, recorder, saved_sound
from app.store import Store
from assist.model import CallRecord, EscalationReason
from audio.model import AudioBlock, Channel
from audio.settings import CaptureSettings
from tests.helpers.call_sound import BLOCK, pattern
from tests.helpers.personal import final, turn

KEY = bytes(range(32))
SOUND_KEY = bytes(range(32, 64))
STARTED = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
PIECE_BYTES = 16_384


class Diary:
    """What was promised; on disk before the next thing happens."""

    def __init__(self, file: Path) -> None:
        self._stream = file.open("a", encoding="utf-8")

    def write(self, *words: object) -> None:
        self._stream.write(" ".join(map(str, words)) + "\n")
        self._stream.flush()
        os.fsync(self._stream.fileno())


def main() -> None:
    """Work the orders off."""
    orders = json.loads(Path(sys.argv[1]).read_text())
    home = Home(root=Path(orders["home"]), models=Path(orders["home"]) / "models")
    diary, rng = Diary(Path(orders["diary"])), random.Random(orders["run"])
    moment = STARTED + timedelta(seconds=orders["run"])
    store = Store(SqlCipherVault(home.personal_db, KEY), lambda: moment)
    store.recover()
    team_key = Path(orders["team_key"])
    escalations = Escalations(home, store, AgeBox(), lambda: team_key, lambda: moment)
    escalations.sweep()
    changed = threading.Event()
    drop = FolderDrop(Path(orders["folder"]), piece_bytes=PIECE_BYTES)
    sender = OutboxSender(store, escalations, lambda kind: drop, lambda change: changed.set())

    def sound(call_id: str):  # type: ignore[no-untyped-def]
        return evidence.sound(call_id)

    maker = EvidenceMaker(store, sound, flac_clip, DeskSigner(KEY), lambda: 0.2, lambda: moment)
    evidence = EvidenceDesk(
        escalations,
        maker,
        lambda call_id: saved_sound(home.sound / call_id, SOUND_KEY),
        lambda event: None,
        sender.wake,
    )
    evidence.start()
    sender.start()
    print("ready", flush=True)
    number = 0
    while not orders["last"]:
        number += 1
        _call(f"call-{orders['run']:04}-{number}", home, store, evidence, diary, rng, moment)
    while escalations.incomplete() or escalations.unmade() or store.read(unsent)[0]:
        changed.wait(0.02)
        changed.clear()
    evidence.close()
    sender.close()
    store.close()


def _call(
    call_id: str, home: Home, store: Store, evidence: EvidenceDesk, diary: Diary, rng: random.Random, moment: datetime
) -> None:
    sides = (Channel.AGENT, Channel.CALLER)
    made = recorder(home.sound / call_id, call_id, SOUND_KEY, sides, lambda: 0, CaptureSettings())
    store.begin_session(call_id, moment.isoformat(), "devices", "")
    evidence.call_began(call_id, made)
    blocks, pressed_at, given = rng.randint(20, 80), rng.randint(5, 120), 0
    for number in range(blocks):
        for side in sides:
            start = number * BLOCK
            made.write(AudioBlock(side, start, pattern(side, start, BLOCK)))
        diary.write("sound", call_id, (number + 1) * BLOCK)
        if number % 3 == 0:
            given += 2
            store.append(final(given - 1, call_id, f"{number}번째 말입니다"))
            store.append(turn(given, f"{number}번째 말입니다", call_id, index=number // 3))
            if rng.random() < 0.4:
                store.flush()
                diary.write("text", call_id, given)
        if number == pressed_at:
            raised = evidence.press(Press(call_id, number * 10**8, moment, EscalationReason("profanity")))
            diary.write("confirmed", call_id, raised.pack_id)
    made.close()
    diary.write("ended", call_id, blocks * BLOCK)
    store.end_session(call_id, blocks / 10)
    diary.write("filed", call_id, store.file_records(call_id, (CallRecord("교통", inquiry=("신고",)),)))
    evidence.call_ended(call_id)


if __name__ == "__main__":
    main()
