"""kill -9 between a call, its header, its draw, its package and the receipt: nothing is lost, nothing comes twice.

Real processes (see quality_child.py) are a desk and a trainer's PC in turn, over a folder; each is killed at a named
step or at any moment. ``DOUMI_KILLS`` says how often in all.
"""

from __future__ import annotations

import itertools
import json
import os
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from app.outbox_rows import all_packs
from app.package_side import package_opener
from app.qa.inbox import QaInbox
from app.qa.package_rows import packages
from assist.model import Delivery
from tests.faults.escalation_child import Steps
from tests.faults.killed_child import run_child
from tests.faults.quality_child import notes
from tests.helpers.quality import Clock, QaDeskPc, QaTrainerPc, trainer_keys_in

KILLS = int(os.environ.get("DOUMI_KILLS", "2"))
COMMON = ("before commit", "after commit", "receipt", "accepted", "removed")
STEPS = {
    "desk": (*COMMON, "order taken", "sealed", "in outbox", "fetched", "letter taken", "letter removed"),
    "trainer": (*COMMON, "header taken", "fetched", "package kept", "receipt left"),
}


@pytest.mark.slow
def test_every_drawn_call_arrives_exactly_once_and_its_hold_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOUMI_KEY_MODE", "file")
    rng = random.Random(f"quality {KILLS}")
    share, orders_file = tmp_path / "share", tmp_path / "orders.json"
    share.mkdir()
    trainer_keys_in(tmp_path / "keys")
    places = {name: str(tmp_path / name) for name in ("desk", "trainer", "share", "keys")}
    killed_at: Counter[str] = Counter()
    runs, calls = 0, 0

    def run(side: str, step: str, count: int, kill_after_s: float | None, new: int = 0) -> None:
        nonlocal runs, calls
        runs += 1
        names = [f"call-{calls + number:04}" for number in range(new)]
        calls += new
        orders = places | {"side": side, "step": step, "count": count, "run": runs, "calls": names}
        orders_file.write_text(json.dumps(orders))
        code, _, _ = run_child("tests.faults.quality_child", orders_file, kill_after_s)
        killed_at[f"{side}: {step or 'any moment'}"] += bool(code)

    turns = {side: itertools.cycle(rng.sample(steps, len(steps))) for side, steps in STEPS.items()}
    while killed_at.total() < KILLS:
        assert runs < 4 * KILLS + 20, "nobody is hit"
        for side in ("desk", "trainer"):
            new = int(side == "desk")
            if runs % 5 == 4:
                run(side, "", 0, rng.uniform(0.0, 0.3), new)
            else:
                run(side, next(turns[side]), rng.randint(1, 2), None, new)
    for side in ("desk", "trainer", "desk", "trainer", "desk"):
        run(side, "", 0, None)

    key = tmp_path / "keys" / "trainer.key"
    desk = QaDeskPc(tmp_path / "desk", str(share), tmp_path / "keys" / "trainer.json", Clock())
    trainer = QaTrainerPc(tmp_path / "trainer", str(share), key, Clock())
    try:
        store = desk.personal.store
        made = {
            row["session_id"]: row["header_id"]
            for row in store.read(lambda db: list(db.query("SELECT * FROM qa_headers")))
        }
        sql = "SELECT DISTINCT session_id FROM events"
        saved = store.read(lambda db: {row["session_id"] for row in db.query(sql)})
        assert set(made) == saved  # every call of which anything was kept has one header
        posted = [file.stem for file in (share / "headers").rglob("*.json")]
        assert sorted(posted) == sorted(made.values())
        states = store.read(lambda db: {row["header_id"]: row["state"] for row in db.query("SELECT * FROM qa_drawn")})
        assert states == dict.fromkeys(made.values(), "fetched")
        assert all(pack.delivery is Delivery.ACCEPTED for pack in store.read(all_packs))
        assert not list(desk.home.qa_outbox.iterdir())
        letters = store.read(lambda db: [row["session_id"] for row in db.query("SELECT session_id FROM qa_letters")])
        assert sorted(letters) == sorted(saved)
        kept = trainer.store.read(packages)
        assert sorted(one.header_id for one in kept) == sorted(made.values())
        opener = package_opener(trainer.store, now=Clock())
        for one in kept:
            loaded = opener.open(trainer.home.packages / one.file)
            assert loaded.stored
            loaded.close()
        assert all(pack.delivery is Delivery.ACCEPTED for pack in trainer.store.read(all_packs))
    finally:
        desk.close()
        trainer.close()
    left = [file.name for file in share.rglob("*") if file.is_file() and file.name.startswith(".")]
    print(f"{killed_at.total()} kills, {runs} starts, {len(saved)} calls, {len(left)} torn files; {dict(killed_at)}")


@pytest.mark.slow
def test_what_waited_for_an_exchange_goes_exactly_once_however_often_it_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOUMI_KEY_MODE", "file")
    share, orders_file = tmp_path / "share", tmp_path / "orders.json"
    share.mkdir()
    trainer_keys_in(tmp_path / "keys")
    places = {name: str(tmp_path / name) for name in ("trainer", "keys")}

    def run(step: str, count: int) -> int:
        orders = places | {"side": "notes", "share": str(share), "step": step, "count": count, "run": 0}
        orders_file.write_text(json.dumps(orders))
        return run_child("tests.faults.quality_child", orders_file, None)[0]

    notes(places | {"share": ""}, Steps("", 0), Clock())
    assert not list(share.rglob("*.json"))
    rng = random.Random(f"notes {KILLS}")
    moments = [(step, count) for step in ("before commit", "after commit") for count in range(1, 7)]
    killed = sum(bool(run(*moment)) for moment in rng.sample(moments, min(KILLS, len(moments))))
    assert killed, "nobody is hit"
    assert run("", 0) == 0
    assert len(list((share / "trainers").glob("*.json"))) == 3
    colleague = QaTrainerPc(tmp_path / "colleague", str(share), tmp_path / "keys" / "trainer.key", Clock())
    told: list[str] = []
    parts = colleague.side.inbox._parts
    noting = {kind: lambda body, kind=kind: bool(told.append(kind)) for kind in ("calibration", "task")}
    try:
        QaInbox(replace(parts, notes=noting)).look()
    finally:
        colleague.close()
    assert sorted(told) == ["calibration", "task", "task"]
