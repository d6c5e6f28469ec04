"""A desk or a trainer's PC that is killed on the way of a drawn call: the real stores, seals, outbox and exchange.

Reads its orders as JSON from the file named on the command line, says ``ready`` and works them off. It ends by itself,
unless its orders tell the step at which it kills itself.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import app.personal
from app.adapters.sqlcipher import SqlCipherVault
from app.errors import QaFault
from app.home import Home
from app.personal import desk_key
from app.qa.package_rows import packages
from app.settings import QaSettings, Settings
from app.trainer_side import trainer_desk
from assist.review.model import CoachingTask
from tests.faults.escalation_child import SteppedStore, Steps
from tests.helpers.personal import NOW
from tests.helpers.quality import Clock, QaDeskPc, QaTrainerPc, a_letter
from ui.qa.ports import Calibration


def main() -> None:
    """Work the orders off."""
    orders = json.loads(Path(sys.argv[1]).read_text())
    os.environ["DOUMI_KEY_MODE"] = "file"
    print("ready", flush=True)
    work = {"desk": desk, "trainer": trainer, "notes": notes}[orders["side"]]
    work(orders, Steps(orders["step"], orders["count"]), Clock(NOW + timedelta(seconds=orders["run"])))


def desk(orders: dict[str, Any], step: Steps, clock: Clock) -> None:
    """Take calls, look into the exchange and send."""
    vars(app.personal)["Store"] = partial(SteppedStore, step)
    pc = QaDeskPc(Path(orders["desk"]), orders["share"], Path(orders["keys"]) / "trainer.json", clock, step=step)
    for call_id in orders["calls"]:
        pc.call(call_id, seconds=0.5)
    pc.look()
    pc.send()
    pc.look()
    pc.close()


def trainer(orders: dict[str, Any], step: Steps, clock: Clock) -> None:
    """Look, draw what is new, and send a letter about every call that is here."""
    key, store = Path(orders["keys"]) / "trainer.key", partial(SteppedStore, step)
    pc = QaTrainerPc(Path(orders["trainer"]), orders["share"], key, clock, step=step, store=store)
    pc.look()
    with suppress(QaFault):  # nothing new
        pc.draw(f"plan-{orders['run']}", new=True)
    pc.send()
    pc.look()
    for kept in pc.store.read(packages):
        pc.side.post.send_letter(a_letter(kept.header_id, int(kept.header_id[:12], 16)))
    pc.send()
    pc.close()


def notes(orders: dict[str, Any], step: Steps, clock: Clock) -> None:
    """Give tasks and begin a session while there is no exchange; look and send where there is one."""
    home = Home(root=Path(orders["trainer"]), models=Path(orders["trainer"]) / "models")
    settings = Settings(role="trainer", qa=QaSettings(exchange=orders["share"]))
    store = SteppedStore(step, SqlCipherVault(home.personal_db, desk_key(home).derive("db")), clock)
    opened = trainer_desk(home, store, lambda: settings, clock)
    if not orders["share"]:
        opened.desk.take_identity(Path(orders["keys"]) / "trainer.key")
        opened.desk.keep_calibration(Calibration("", "맞춤", "", "", "core-skills", 1, ("a" * 32,)))
        for text in ("끝인사", "과태료"):
            opened.desk.keep_task(CoachingTask("", "C-007", text, ""))
    opened.desk.look()
    opened.side.sender.retry_now()
    opened.side.sender.round()
    opened.side.sender.close()
    store.close()


if __name__ == "__main__":
    main()
