"""kill -9 at random moments of a running call: nothing corrupt, nothing acknowledged lost, at most a second of sound.

A real process (see call_child.py) with recorder, store, evidence, outbox and sender is killed over and over; after
every kill the next start's own code looks at what is there. ``DOUMI_CALL_KILLS`` says how often; `make test-faults`
300 times.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from app import team
from app.adapters.age_box import AgeBox
from app.adapters.signing import Ed25519Verifier
from app.evidence_check import check, read_bytes
from app.outbox_rows import all_packs, unsent
from app.sound import saved_sound
from app.store import Store
from assist.events import TurnUpdated
from assist.model import Delivery
from audio.events import TranscriptFinal
from audio.model import SAMPLE_RATE, Channel
from tests.faults.call_child import SOUND_KEY
from tests.helpers.call_sound import pattern
from tests.helpers.personal import home_in, open_store

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("DOUMI_CALL_KILLS", "17"))
LONGEST_S = 180.0


@dataclass
class Promises:
    """What the diary of the killed desk says."""

    text: dict[str, int] = field(default_factory=dict)
    sound: dict[str, int] = field(default_factory=dict)
    ended: dict[str, int] = field(default_factory=dict)
    confirmed: dict[str, str] = field(default_factory=dict)
    filed: dict[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, diary: Path) -> Promises:
        made = cls()
        for line in diary.read_text(encoding="utf-8").splitlines(keepends=True):
            if not line.endswith("\n"):
                continue  # the kill came while it was written: nobody was told
            what, call_id, value = line.split()
            getattr(made, what)[call_id] = value if what == "confirmed" else int(value)
        return made


class Desk:
    """One home whose desk is killed again and again."""

    def __init__(self, folder: Path) -> None:
        self.home = home_in(folder)
        self.keys, self.inbox, self.diary = folder / "team", folder / "inbox", folder / "diary.txt"
        self.orders = folder / "orders.json"
        folder.mkdir()
        self.inbox.mkdir()
        self.diary.touch()
        team.init(self.keys, AgeBox())
        self.runs = 0
        self.longest_lost_s = 0.0
        self.seen: Counter[str] = Counter()

    def run(self, kill_after_s: float | None) -> None:
        """Start it; kill it so long after it is ready, or let it deliver everything and end."""
        self.runs += 1
        orders = {
            "home": str(self.home.root),
            "diary": str(self.diary),
            "team_key": str(self.keys / team.RECIPIENT_FILE),
            "folder": str(self.inbox),
            "run": self.runs,
            "last": kill_after_s is None,
        }
        self.orders.write_text(json.dumps(orders))
        with subprocess.Popen(
            [sys.executable, "-m", "tests.faults.call_child", str(self.orders)],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as child:
            assert child.stdout is not None
            assert child.stderr is not None
            assert child.stdout.readline() == "ready\n", child.stderr.read()
            try:
                child.wait(LONGEST_S if kill_after_s is None else kill_after_s)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
            complaints = child.stderr.read()
        assert "Traceback" not in complaints, complaints
        if kill_after_s is None:
            assert child.returncode == 0, complaints

    def look(self, calls: list[str]) -> None:
        """Check everything that was promised for these calls, with the code of the next start."""
        promised = Promises.read(self.diary)
        store = open_store(self.home)
        try:
            self._look_at_database(store)
            rows = {row.id: row for row in store.sessions()}
            for call_id in calls:
                self.seen["calls"] += 1
                given = promised.text.get(call_id, 0)
                stored = [
                    event.seq for event in store.events(call_id) if isinstance(event, TranscriptFinal | TurnUpdated)
                ]
                assert stored == list(range(1, len(stored) + 1))
                assert len(stored) >= given
                self.seen["acknowledged events"] += given
                if call_id in promised.filed:
                    assert rows[call_id].filed
                    assert not rows[call_id].interrupted
                if call_id in promised.confirmed:
                    assert rows[call_id].held
                    assert rows[call_id].escalated
                self._look_at_sound(call_id, promised)
        finally:
            store.close()

    def _look_at_database(self, store: Store) -> None:
        store.recover()
        assert store.read(lambda db: db.execute("PRAGMA quick_check").fetchone()[0]) == "ok"
        assert store.read(lambda db: db.execute("PRAGMA cipher_integrity_check").fetchall()) == []
        assert store.read(lambda db: db.execute("PRAGMA foreign_key_check").fetchall()) == []

    def _look_at_sound(self, call_id: str, promised: Promises) -> None:
        given = promised.sound.get(call_id, 0)
        sound = saved_sound(self.home.sound / call_id, SOUND_KEY)
        assert sound.destroyed() == ()
        for channel in Channel:
            length = sound.length(channel)
            assert sound.damaged(channel) == ()
            assert np.array_equal(sound.read(channel, 0, length), pattern(channel, 0, length))
            lost_s = (given - length) / SAMPLE_RATE
            assert lost_s < 1.0
            if call_id in promised.ended:
                assert length == promised.ended[call_id]
                assert sound.finished(channel)
            self.longest_lost_s = max(self.longest_lost_s, lost_s)
        self.seen["seconds of sound"] += given // SAMPLE_RATE

    def look_at_packs(self) -> None:
        """Check that every confirmed incident arrived, once, whole."""
        box, identity = AgeBox(), (self.keys / team.IDENTITY_FILE).read_text()
        arrived: Counter[str] = Counter()
        for file in sorted(self.inbox.iterdir()):
            assert file.suffix == ".age", f"left behind: {file.name}"
            parts = read_bytes(file.read_bytes(), identity, box)
            assert check(parts, Ed25519Verifier()).is_untouched
            arrived[json.loads(parts["manifest.json"])["pack"]["incident"]] += 1
        store = open_store(self.home)
        try:
            packs = store.read(all_packs)
            assert store.read(unsent) == (0, 0)
        finally:
            store.close()
        assert all(pack.delivery is Delivery.ACCEPTED for pack in packs)
        assert set(Promises.read(self.diary).confirmed.values()) <= set(arrived)
        assert all(count == 2 for count in arrived.values())  # the press and the whole call
        self.seen["packs"] = sum(arrived.values())


@pytest.mark.slow
def test_a_call_killed_at_any_moment_keeps_what_it_promised(tmp_path: Path) -> None:
    rng = random.Random(f"calls {KILLS}")
    desk = Desk(tmp_path / "desk")
    looked: set[str] = set()
    for _ in range(KILLS):
        desk.run(rng.uniform(0.0, 2.0) ** 2 / 2)
        calls = sorted(set(Promises.read(desk.diary).sound) - looked)
        desk.look(calls)
        looked |= set(calls[:-1])  # the last one is looked at once more after the next run
        if desk.runs % 25 == 0:
            print(f"{desk.runs} kills: {dict(desk.seen)}, longest sound lost {desk.longest_lost_s:.2f} s", flush=True)
    desk.run(None)
    desk.look(sorted(Promises.read(desk.diary).sound))
    desk.look_at_packs()
    print(f"{KILLS} kills: {dict(desk.seen)}, longest sound lost {desk.longest_lost_s:.2f} s")
