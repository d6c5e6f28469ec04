"""A desk that is killed while it files and sends records: the real store, filing, outbox and sender.

Reads its orders as JSON from the file named on the command line, says ``ready`` and works them off: every call is filed
twice, as after a correction. It ends by itself when everything is delivered, unless its orders tell the step at which
it kills itself.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from datetime import timedelta
from pathlib import Path

from app.adapters.age_box import AgeBox
from app.adapters.folder_drop import FolderDrop
from app.adapters.http_drop import HttpDrop
from app.adapters.sqlcipher import SqlCipherVault
from app.escalation import Escalations
from app.filing import RecordFiling
from app.filing_rows import unsent_records
from app.home import Home
from app.outbox import Drop, OutboxSender
from app.settings import FilingSettings
from assist.model import CallRecord
from tests.faults.escalation_child import KEY, STARTED, SteppedStore, Steps


def main() -> None:
    """Work the orders off."""
    orders = json.loads(Path(sys.argv[1]).read_text())
    step = Steps(orders["step"], orders["count"])
    home = Home(root=Path(orders["home"]), models=Path(orders["home"]) / "models")
    diary = Path(orders["diary"]).open("a", encoding="utf-8")  # noqa: SIM115 - as long as the process
    moment = STARTED + timedelta(seconds=orders["run"])
    store = SteppedStore(step, SqlCipherVault(home.personal_db, KEY), lambda: moment)
    drop: Drop
    if orders["way"] == "folder":
        drop = FolderDrop(Path(orders["folder"]), piece_bytes=64, step=step)
    else:
        drop = HttpDrop(orders["url"], Path(orders["ca"]), way="post", piece_bytes=64, step=step)
    changed = threading.Event()
    escalations = Escalations(home, store, AgeBox(), lambda: None, lambda: moment)
    sender = OutboxSender(store, escalations, lambda kind: drop, lambda change: changed.set(), step=step)
    settings = FilingSettings(folder=Path(orders["folder"]))
    filing = RecordFiling(store, lambda: settings, "", sender.wake, lambda: moment)
    print("ready", flush=True)
    sender.start()
    for call_id in orders["calls"]:
        store.begin_session(call_id, moment.isoformat(), "devices", "")
        store.end_session(call_id, 90.0)
        for number in (1, 2):
            text = f"{call_id} {number}번째 기록 " + os.urandom(100).hex()
            version = filing.file(call_id, (CallRecord("교통", None, (text,)),))
            diary.write(f"{call_id} {version}\n")
            diary.flush()
            os.fsync(diary.fileno())
            step("filed")
    while store.read(unsent_records):
        changed.wait(0.02)
        changed.clear()
    sender.close()
    drop.close()  # type: ignore[attr-defined]
    store.close()


if __name__ == "__main__":
    main()
