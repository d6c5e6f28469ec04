"""A desk that is killed: the real store, evidence, sealing, outbox and sender, without windows and recognition.

Reads its orders as JSON from the file named on the command line, says ``ready`` and works them off. It ends by itself
when everything is delivered, unless its orders tell the step at which it kills itself.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from app.adapters.age_box import AgeBox
from app.adapters.folder_drop import FolderDrop
from app.adapters.http_drop import HttpDrop
from app.adapters.signing import DeskSigner
from app.adapters.sqlcipher import SqlCipherVault
from app.escalation import Escalations
from app.evidence import EvidenceMaker
from app.evidence_desk import EvidenceDesk
from app.home import Home
from app.incident_rows import Press
from app.outbox import Drop, OutboxSender
from app.outbox_rows import unsent
from app.store import Store
from assist.events import TurnUpdated
from assist.model import EscalationReason, Turn
from audio.model import Channel

KEY = bytes(range(32))
STARTED = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
TURNS = 8
T = TypeVar("T")


class Silence:
    """A call without a recording."""

    def length(self, channel: Channel) -> int:
        return 0


class Steps:
    """Kills this process, hard, when a step was come to often enough."""

    def __init__(self, name: str, count: int) -> None:
        self._name = name
        self._left = count
        self._lock = threading.Lock()

    def __call__(self, name: str) -> None:
        with self._lock:
            if name != self._name:
                return
            self._left -= 1
            if not self._left:
                os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


class SteppedStore(Store):
    """The store, with a step on either side of every transaction somebody waits for."""

    def __init__(self, step: Callable[[str], None], *args: Any) -> None:
        self._step = step
        super().__init__(*args)

    def write(self, work: Callable[..., T], truncate: bool = False) -> T:
        self._step("before commit")
        value = super().write(work, truncate)
        self._step("after commit")
        return value


class SteppedBox(AgeBox):
    """Sealing, with a step after it."""

    def __init__(self, step: Callable[[str], None]) -> None:
        self._step = step

    def seal(self, plain: bytes, recipient: str) -> bytes:
        sealed = super().seal(plain, recipient)
        self._step("sealed")
        return sealed


def main() -> None:
    """Work the orders off."""
    orders = json.loads(Path(sys.argv[1]).read_text())
    step = Steps(orders["step"], orders["count"])
    home = Home(root=Path(orders["home"]), models=Path(orders["home"]) / "models")
    diary = Path(orders["diary"]).open("a", encoding="utf-8")  # noqa: SIM115 - as long as the process

    def write_down(*words: str) -> None:
        diary.write(" ".join(words) + "\n")
        diary.flush()
        os.fsync(diary.fileno())

    moment = STARTED + timedelta(seconds=orders["run"])
    store = SteppedStore(step, SqlCipherVault(home.personal_db, KEY), lambda: moment)
    store.recover()
    team_key = Path(orders["team_key"])
    escalations = Escalations(home, store, SteppedBox(step), lambda: team_key, lambda: moment)
    escalations.sweep()
    drop: Drop
    if orders["way"] == "folder":
        drop = FolderDrop(Path(orders["folder"]), piece_bytes=1024, step=step)
    else:
        drop = HttpDrop(orders["url"], Path(orders["ca"]), way=orders["way"], piece_bytes=1024, step=step)
    changed = threading.Event()
    sender = OutboxSender(store, escalations, lambda kind: drop, lambda change: changed.set(), step=step)
    signer = DeskSigner(KEY)
    maker = EvidenceMaker(
        store,
        lambda call_id: Silence(),
        lambda *span: b"",
        signer,
        lambda: 5.0,
        lambda: moment,  # type: ignore[arg-type]
    )
    evidence = EvidenceDesk(
        escalations,
        maker,
        lambda call_id: Silence(),  # type: ignore[arg-type, return-value]
        lambda event: None,
        sender.wake,
    )
    print("ready", flush=True)
    evidence.start()
    sender.start()
    for call_id in orders["calls"]:
        store.begin_session(call_id, moment.isoformat(), "devices", "")
        evidence.call_began(call_id, None)
        for number in range(TURNS):
            text = f"{call_id} {number}번째 말 " + os.urandom(200).hex()
            turn = Turn(number, Channel.CALLER, float(number), number + 0.5, text)
            store.append(TurnUpdated(call_id=call_id, seq=number + 1, t_ns=number * 10**9, turn=turn))
        write_down("pressing", call_id)
        raised = evidence.press(Press(call_id, 60 * 10**9, moment, EscalationReason("profanity")))
        write_down("confirmed", call_id, raised.pack_id)
        step("confirmed")
        store.end_session(call_id, 90.0)
        store.flush()
        evidence.call_ended(call_id)
    while escalations.incomplete() or store.read(unsent)[0]:
        changed.wait(0.02)
        changed.clear()
    evidence.close()
    sender.close()
    drop.close()  # type: ignore[attr-defined]
    store.close()


if __name__ == "__main__":
    main()
