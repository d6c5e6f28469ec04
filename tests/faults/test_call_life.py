"""Record, crash, recover, deliver, delete, in any order: what was promised stays, what was deleted is gone.

The real recorder, store, escalations and sender; the receiving end, the disk's temper and the time are the test's.
``DOUMI_LIFE_STEPS`` says how many steps; `make test-faults` 10,000.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app import team
from app.adapters.age_box import AgeBox
from app.errors import DeliveryFault, StoreFault
from app.escalation import Escalations
from app.home import Home
from app.incident_rows import Press
from app.outbox import OutboxSender, Parcel
from app.outbox_rows import all_packs, unsent
from assist.events import TurnUpdated
from assist.model import Delivery, EscalationReason
from audio.adapters.sealed_frames import SealedJournals
from audio.events import TranscriptFinal
from audio.model import SAMPLE_RATE, AudioBlock, Channel
from audio.recorded_sound import RecordedSound
from audio.recorder import Recorder, RecorderHealth
from tests.helpers.call_sound import pattern
from tests.helpers.personal import NOW, final, open_store, turn

STEPS = int(os.environ.get("DOUMI_LIFE_STEPS", "200"))
STEPS_A_LIFE = 50
SOUND_KEY = bytes(range(32, 64))
MOMENT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
SIDES = (Channel.AGENT, Channel.CALLER)
counted: Counter[str] = Counter()


class Receiver:
    """Takes each pack once by its id, when it is in the mood."""

    name = "receiver"

    def __init__(self) -> None:
        self.arrived: dict[str, bytes] = {}
        self.mood = "takes"

    def deliver(self, parcel: Parcel) -> dict[str, str]:
        if self.mood == "down":
            raise DeliveryFault("delivery.unreachable", address="x")
        sealed = parcel.file.read_bytes()
        assert self.arrived.setdefault(parcel.pack_id, sealed) == sealed
        if self.mood == "answer lost":
            raise DeliveryFault("delivery.unreachable", address="x")
        return {"sha256": parcel.sha256, "received_at": MOMENT.isoformat()}


class LeapingPace:
    """An hour passes between rounds."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def wait(self, wake: threading.Event, seconds: float | None) -> None:
        raise AssertionError("rounds are made by hand")


class CallLife(RuleBasedStateMachine):
    """One desk over its crashes."""

    team_folder: Path

    @initialize()
    def open_desk(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="doumi-life-"))
        self.generation = 0
        self.home = Home(self.folder / "0", self.folder / "models")
        self.receiver, self.pace = Receiver(), LeapingPace()
        self.disk_works, self.calls = True, 0
        self.open_call = ""
        self.given: dict[str, int] = {}
        self.acknowledged: dict[str, int] = {}
        self.samples: dict[str, int] = {}
        self.durable: dict[str, int] = {}
        self.confirmed: dict[str, str] = {}
        self.deleted: set[str] = set()
        self.recorder: Recorder | None = None
        self._open()

    def _open(self) -> None:
        self.store = open_store(self.home)
        self.recovered = self.store.recover()
        key = self.team_folder / team.RECIPIENT_FILE
        self.escalations = Escalations(self.home, self.store, AgeBox(), lambda: key, lambda: MOMENT)
        self.escalations.sweep()
        self.sender = OutboxSender(
            self.store, self.escalations, lambda kind: self.receiver, lambda change: None, self.pace
        )

    def _sync(self, descriptor: int) -> None:
        if not self.disk_works:
            raise OSError(5, "the disk is in a temper")

    def _sound(self, call_id: str) -> RecordedSound:
        return RecordedSound(self.home.sound / call_id, SealedJournals(SOUND_KEY))

    # -- a call -------------------------------------------------------------------------------------------

    @precondition(lambda self: not self.open_call)
    @rule()
    def begin(self) -> None:
        counted["begun"] += 1
        self.calls += 1
        self.open_call = f"call-{self.calls}"
        self.store.begin_session(self.open_call, NOW.isoformat(), "devices", "")
        self.store.flush()
        folder = self.home.sound / self.open_call
        self.recorder = Recorder(folder, self.open_call, SealedJournals(SOUND_KEY, self._sync), SIDES, lambda: 0)
        self.given[self.open_call] = self.acknowledged[self.open_call] = 0
        self.samples[self.open_call] = self.durable[self.open_call] = 0

    @precondition(lambda self: self.open_call)
    @rule(count=st.integers(1, 4))
    def say(self, count: int) -> None:
        counted["said"] += count
        for _ in range(count):
            self.given[self.open_call] += 1
            number = self.given[self.open_call]
            made = turn(number, f"말 {number}", self.open_call) if number % 2 else final(number, self.open_call)
            self.store.append(made)

    @precondition(lambda self: self.open_call)
    @rule()
    def acknowledge(self) -> None:
        counted["acknowledged"] += 1
        self.store.flush()
        self.acknowledged[self.open_call] = self.given[self.open_call]

    @precondition(lambda self: self.open_call)
    @rule(tenths=st.integers(1, 35))
    def record(self, tenths: int) -> None:
        counted["tenths recorded"] += tenths
        assert self.recorder is not None
        start = self.samples[self.open_call]
        length = tenths * SAMPLE_RATE // 10
        for side in SIDES:
            self.recorder.write(AudioBlock(side, start, pattern(side, start, length)))
        self.samples[self.open_call] += length
        self.durable[self.open_call] = min(self.recorder.durable(side) for side in SIDES)
        if self.recorder.health is RecorderHealth.OK:
            assert self.samples[self.open_call] - self.durable[self.open_call] < SAMPLE_RATE

    @rule(works=st.booleans())
    def change_disk(self, works: bool) -> None:
        counted["disk fails"] += self.disk_works and not works
        self.disk_works = works

    @precondition(lambda self: self.open_call)
    @rule()
    def press(self) -> None:
        counted["pressed"] += 1
        at = self.samples[self.open_call] * 10**9 // SAMPLE_RATE
        raised = self.escalations.press(Press(self.open_call, at, MOMENT, EscalationReason("profanity")))
        assert self.confirmed.setdefault(self.open_call, raised.pack_id) == raised.pack_id

    @precondition(lambda self: self.open_call)
    @rule()
    def hang_up(self) -> None:
        counted["hung up"] += 1
        assert self.recorder is not None
        self.recorder.close()
        if self.recorder.health is RecorderHealth.OK:
            self.durable[self.open_call] = self.samples[self.open_call]
        self.store.end_session(self.open_call, self.samples[self.open_call] / SAMPLE_RATE)
        self.store.flush()
        self.acknowledged[self.open_call] = self.given[self.open_call]
        self.open_call, self.recorder = "", None

    # -- what comes after ----------------------------------------------------------------------------------

    @rule()
    def make_packs(self) -> None:
        for incident in self.escalations.incomplete():
            if incident.session_id != self.open_call:
                self.escalations.complete(incident)
        for job in self.escalations.unmade():
            counted["packs made"] += 1
            self.escalations.fill(job, {"manifest.json": f"{job.pack_id} {job.kind}".encode()})

    @rule(mood=st.sampled_from(["takes", "takes", "down", "answer lost"]))
    def deliver(self, mood: str) -> None:
        counted[f"rounds, receiver {mood}"] += 1
        self.receiver.mood = mood
        self.pace.now += 3600.0
        self.sender.round()

    @precondition(lambda self: self.calls)
    @rule(pick=st.integers(0, 1000))
    def delete(self, pick: int) -> None:
        call_id = f"call-{1 + pick % self.calls}"
        if call_id == self.open_call:
            return
        refused = "store.no_session" if call_id in self.deleted else "store.held" if call_id in self.confirmed else ""
        if refused:
            with pytest.raises(StoreFault) as caught:
                self.store.delete(call_id)
            assert caught.value.code == refused
            return
        self.store.delete(call_id)
        counted["deleted"] += 1
        shutil.rmtree(self.home.sound / call_id, ignore_errors=True)
        self.deleted.add(call_id)

    @rule()
    def crash_and_recover(self) -> None:
        counted["crashed"] += 1
        with self.store._changed:
            self.store._jobs.clear()  # what was not written yet dies with the process
            self.store._changed.wait_for(lambda: not self.store._running)
        self.generation += 1
        home = Home(self.folder / str(self.generation), self.folder / "models")
        shutil.copytree(self.home.root, home.root)
        self.store.close()
        for writer in self.recorder._writers.values() if self.recorder else ():
            writer.close()  # the copy was taken before
        shutil.rmtree(self.home.root)
        self.home, self.recorder = home, None
        self._open()
        assert self.recovered == ((self.open_call,) if self.open_call else ())
        self.open_call = ""
        self.look_at_everything()

    # -- what always holds ---------------------------------------------------------------------------------

    @invariant()
    def nothing_deleted_is_left(self) -> None:
        if not self.deleted:
            return
        wanted = sorted(self.deleted)
        marks = ",".join("?" * len(wanted))
        for table in ("events", "records", "search"):
            sql = f"SELECT count(*) FROM {table} WHERE session_id IN ({marks})"
            assert self.store.read(lambda db, sql=sql: db.execute(sql, wanted).fetchone()[0]) == 0

    def look_at_everything(self) -> None:
        """Compare all that is stored with all that was promised."""
        rows = {row.id: row for row in self.store.sessions()}
        assert self.store.read(lambda db: db.execute("PRAGMA cipher_integrity_check").fetchall()) == []
        for call_id, acknowledged in self.acknowledged.items():
            if call_id in self.deleted:
                assert call_id not in rows
                assert self._sound(call_id).length(Channel.AGENT) == 0
                continue
            events = self.store.events(call_id)
            seqs = [event.seq for event in events if isinstance(event, TurnUpdated | TranscriptFinal)]
            assert seqs == list(range(1, len(seqs) + 1))
            assert acknowledged <= len(seqs) <= self.given[call_id]
            assert rows[call_id].held == (call_id in self.confirmed)
            sound = self._sound(call_id)
            assert sound.destroyed() == ()
            for side in SIDES:
                length = sound.length(side)
                assert length >= self.durable[call_id]
                assert sound.damaged(side) == ()
                assert np.array_equal(sound.read(side, 0, length), pattern(side, 0, length))
        incidents = {pack.incident_id for pack in self.store.read(all_packs)}
        assert set(self.confirmed.values()) <= incidents

    def teardown(self) -> None:
        if not hasattr(self, "store"):
            return
        try:
            self.disk_works = True
            if self.open_call:
                self.hang_up()
            self.make_packs()
            for _ in range(3):
                self.deliver("takes")
            assert self.store.read(unsent) == (0, 0)
            packs = self.store.read(all_packs)
            assert all(pack.delivery is Delivery.ACCEPTED for pack in packs)
            assert {pack.pack_id for pack in packs} == set(self.receiver.arrived)
            counted["packs arrived"] += len(packs)
            self.look_at_everything()
        finally:
            self.store.close()
            shutil.rmtree(self.folder, ignore_errors=True)


@pytest.mark.slow
def test_any_life_of_a_desk_keeps_its_promises(tmp_path: Path) -> None:
    team.init(tmp_path / "team", AgeBox())
    CallLife.team_folder = tmp_path / "team"
    counted.clear()
    run_state_machine_as_test(
        CallLife,
        settings=settings(
            max_examples=max(1, STEPS // STEPS_A_LIFE),
            stateful_step_count=STEPS_A_LIFE,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize="DOUMI_LIFE_STEPS" not in os.environ,
            database=None,
        ),
    )
    print(f"about {STEPS} steps: {dict(counted)}")
