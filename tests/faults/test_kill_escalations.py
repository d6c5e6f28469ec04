"""kill -9 between press, commit, upload and receipt: every incident arrives, and arrives once.

A real process (see escalation_child.py) with the real store, evidence, outbox and sender delivers to the example
receiver over HTTPS or to a folder, and is killed at a named step or at any moment, over and over. ``DOUMI_KILLS`` says
how often in all; `make test-faults` runs 500.
"""

from __future__ import annotations

import itertools
import json
import os
import random
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pytest

from app import team
from app.adapters.age_box import AgeBox
from app.adapters.signing import Ed25519Verifier
from app.evidence_check import check, read_bytes
from app.outbox_rows import all_packs, unsent
from app.store import Store
from assist.model import Delivery
from tests.faults.killed_child import run_child
from tests.helpers.personal import home_in, open_store
from tests.helpers.receiving import receiving

KILLS = int(os.environ.get("DOUMI_KILLS", "12"))
WAYS = ("tus", "post", "folder")
COMMON = ("before commit", "after commit", "sealed", "confirmed", "receipt", "accepted", "removed", "piece")
STEPS = {
    "tus": (*COMMON, "created", "kept", "uploaded"),
    "post": (*COMMON, "posted"),
    "folder": (*COMMON, "copied", "renamed"),
}


class Killing:
    """One desk with one destination, started and killed again and again."""

    def __init__(self, folder: Path, way: str, url: str, ca: Path) -> None:
        self.home = home_in(folder)
        self.keys = folder / "team"
        team.init(self.keys, AgeBox())
        self.inbox = folder / "inbox"
        self.inbox.mkdir(exist_ok=True)
        self.diary = folder / "diary.txt"
        self.diary.touch()
        self.orders = folder / "orders.json"
        self.way = way
        self.fixed = {
            "home": str(self.home.root),
            "team_key": str(self.keys / team.RECIPIENT_FILE),
            "diary": str(self.diary),
            "folder": str(self.inbox),
            "way": way,
            "url": url,
            "ca": str(ca),
        }
        self.runs = 0
        self.killed = 0
        self.killed_at: Counter[str] = Counter()

    def run(self, step: str, count: int, kill_after_s: float | None, calls: int = 1) -> None:
        """Run the desk with new calls until it is killed or has delivered everything."""
        self.runs += 1
        names = [f"call-{self.runs:04}-{number}" for number in range(calls)]
        self.orders.write_text(
            json.dumps(self.fixed | {"run": self.runs, "calls": names, "step": step, "count": count})
        )
        code, ready, complaints = run_child("tests.faults.escalation_child", self.orders, kill_after_s)
        if code:
            assert code < 0 or os.name == "nt", complaints
            self.killed += 1
            self.killed_at[step or "any moment"] += 1
        else:
            assert ready == "ready\n", complaints

    def confirmed(self) -> dict[str, str]:
        """Return the incident of every call whose press was confirmed on the screen."""
        lines = [line.split() for line in self.diary.read_text().splitlines()]
        return {words[1]: words[2] for words in lines if words[0] == "confirmed" and len(words) == 3}


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_every_incident_arrives_exactly_once(tmp_path: Path, way: str) -> None:
    rng = random.Random(f"{way} {KILLS}")
    wanted = KILLS // len(WAYS) + (WAYS.index(way) < KILLS % len(WAYS))
    with ExitStack() as stack:
        arrived_at = tmp_path / "arrived"
        server = stack.enter_context(receiving(arrived_at, tmp_path / "certificates"))
        killing = Killing(tmp_path / "desk", way, server.url, tmp_path / "certificates" / "server.pem")
        steps = list(STEPS[way])
        rng.shuffle(steps)
        turns = itertools.cycle(steps)
        while killing.killed < wanted:
            assert killing.runs < 3 * wanted + 20, "the desk is not hit"
            if killing.runs % 3 == 2:
                killing.run("", 0, rng.uniform(0.0, 0.25), rng.choice((0, 1, 2)))
            else:
                step = next(turns)
                killing.run(step, rng.randint(1, 8 if step == "piece" else 2), None)
        killing.run("", 0, None)
    store = open_store(killing.home)
    try:
        _check(killing, store, killing.inbox if way == "folder" else arrived_at)
        if way != "folder":
            # Counted by the receiver at the moment it took them.
            assert max(Counter(pack_id for pack_id, _, _ in server.arrived).values()) == 1
    finally:
        store.close()


def _check(killing: Killing, store: Store, arrived_at: Path) -> None:
    box, identity = AgeBox(), (killing.keys / team.IDENTITY_FILE).read_text()
    arrived: dict[str, list[str]] = {}
    for file in sorted(arrived_at.iterdir()):
        assert file.suffix == ".age", f"left behind: {file.name}"
        parts = read_bytes(file.read_bytes(), identity, box)
        assert check(parts, Ed25519Verifier()).is_untouched
        facts = json.loads(parts["manifest.json"])
        assert facts["pack"]["id"] == file.stem
        arrived.setdefault(facts["call"]["id"], []).append(facts["pack"]["incident"])
    confirmed = killing.confirmed()
    # None lost: what the screen confirmed is there.
    assert confirmed.items() <= {call_id: found[0] for call_id, found in arrived.items()}.items()
    # None twice: one incident a call, its press and its whole evidence, each once.
    assert all(len(found) == 2 and len(set(found)) == 1 for found in arrived.values())
    assert len({found[0] for found in arrived.values()}) == len(arrived)
    packs = store.read(all_packs)
    assert len(packs) == 2 * len(arrived)
    assert all(
        pack.delivery is Delivery.ACCEPTED and json.loads(pack.receipt)["sha256"] == pack.sha256 for pack in packs
    )
    assert store.read(unsent) == (0, 0)
    assert list(killing.home.outbox.iterdir()) == []
    print(
        f"{killing.way}: {killing.killed} kills, {killing.runs} starts, {len(confirmed)} confirmed, "
        f"{len(arrived)} arrived, {len(packs)} packs; {dict(killing.killed_at)}"
    )
