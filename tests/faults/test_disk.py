"""A disk that fills up, fails or may not be written, under the real parts: said on screen, nothing lost, goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from app.adapters.sqlcipher import SqlCipherVault
from app.disk_room import DiskRoom
from app.errors import StoreFault
from app.personal import open_personal
from app.settings import Settings
from app.sound import recorder, saved_sound
from app.source_watch import SourceWatch
from app.store import Store
from assist.events import NoticeRaised
from audio.events import CallEvent
from audio.model import SAMPLE_RATE, AudioBlock, Channel
from audio.settings import CaptureSettings
from resources.notices import sentence
from tests.helpers.call_sound import BLOCK, pattern
from tests.helpers.clock import FakeClock
from tests.helpers.failing_sync import needs_failing_sync
from tests.helpers.personal import KEY, begin, final, home_in, now
from tests.helpers.small_disk import small_disk
from tests.unit.app.test_source_watch import Source

ROOT = Path(__file__).parents[2]
SOUND_KEY = bytes(range(32, 64))
MB = 1 << 20
SIDES = (Channel.AGENT, Channel.CALLER)


def test_on_a_disk_that_fills_up_sound_waits_text_goes_on_and_all_of_it_arrives(tmp_path: Path) -> None:
    with small_disk(tmp_path, 12) as disk:
        home, clock, told = home_in(disk.path), FakeClock(), list[CallEvent]()
        states: list[str | None] = []
        store = Store(
            SqlCipherVault(home.personal_db, KEY), now, lambda fault: states.append(fault.code if fault else None), 0.02
        )
        room = DiskRoom(home.sound, reserve_mb=2)
        chosen = CaptureSettings(disk_reserve_mb=2, disk_retry_s=5.0)
        made = recorder(home.sound / "call-1", "call-1", SOUND_KEY, SIDES, clock.now_ns, chosen, room.free_bytes)
        watch = SourceWatch("call-1", Source(), made, told.append, clock.now_ns, room, 120)
        begin(store)

        def codes() -> list[str]:
            return [event.code for event in told if isinstance(event, NoticeRaised)]

        def second(number: int) -> None:
            for at in range(number * SAMPLE_RATE, (number + 1) * SAMPLE_RATE, BLOCK):
                clock.advance(0.1)
                for side in SIDES:
                    made.write(AudioBlock(side, at, pattern(side, at, BLOCK)))
                    watch.look(AudioBlock(side, at, pattern(side, at, BLOCK)))
            store.append(final(number + 1))

        for number in range(5):
            second(number)
        assert codes() == ["audio.disk_low"]
        disk.fill(leave_bytes=2 * MB - 100_000)
        for number in range(5, 12):
            second(number)
            store.flush()  # text is taken while sound is not
        assert codes() == ["audio.disk_low", "audio.disk_full"]
        assert made.durable(Channel.CALLER) < 10 * SAMPLE_RATE
        assert states == []
        disk.fill()
        store.append(final(100, text="말 " * 200_000))
        with pytest.raises(StoreFault) as caught:
            store.flush()
        assert caught.value.code == "store.disk_full"
        assert [event.seq for event in store.events("call-1")] == list(range(1, 13))
        disk.empty()
        for number in range(12, 24):
            second(number)
        assert codes() == ["audio.disk_low", "audio.disk_full", "audio.disk_again"]
        made.close()
        store.flush()
        assert states == ["store.disk_full", None]
        store.close()
        again = Store(SqlCipherVault(home.personal_db, KEY), now)
        assert sorted(event.seq for event in again.events("call-1")) == [*range(1, 25), 100]
        assert again.read(lambda db: db.execute("PRAGMA cipher_integrity_check").fetchall()) == []
        again.close()
        saved = saved_sound(home.sound / "call-1", SOUND_KEY)
        for side in SIDES:
            assert np.array_equal(saved.read(side, 0, 10**9), pattern(side, 0, 24 * SAMPLE_RATE))
            assert saved.damaged(side) == ()
            assert saved.finished(side)


def doumi(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"DOUMI_HOME": str(home), "DOUMI_LANG": "ko", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "app", *arguments]
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)


@pytest.mark.slow
def test_in_a_folder_that_may_not_be_written_the_program_says_so_and_changes_nothing(tmp_path: Path) -> None:
    with small_disk(tmp_path, 64) as disk:
        home = home_in(disk.path)
        personal = open_personal(home, Settings, lambda event: None)
        begin(personal.store)
        personal.store.append(final(1))
        personal.close()
        before = {file: file.read_bytes() for file in disk.path.rglob("*") if file.is_file()}
        disk.set_read_only(True)
        refused = doumi(home.root, "run", "--headless", "--practice", "parking-report", "--speed", "1000")
        assert refused.returncode == 1
        assert str(home.root) in refused.stderr
        assert "Traceback" not in refused.stderr
        assert sentence("call.saved", session="").split(":")[0] not in refused.stdout
        assert {file: file.read_bytes() for file in disk.path.rglob("*") if file.is_file()} == before
        disk.set_read_only(False)
        again = doumi(home.root, "sessions", "show", "call-1")
        assert again.returncode == 0
        assert final(1).text in again.stdout


@pytest.mark.slow
def test_a_sync_that_fails_is_never_taken_for_saved(own_home: Path) -> None:
    needs_failing_sync()
    ran = subprocess.run(
        [sys.executable, "-m", "tests.faults.sync_child"],
        env=os.environ | {"DOUMI_HOME": str(own_home), "DOUMI_LANG": "ko", "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert "store.io" in found["told"]
    assert found["flush"] == found["file"] == "store.io"
    assert found["filed"] == []
    assert "store.writes_again" not in found["told"]
    assert found["turns"] > 3  # the call went on
    # Three seconds are on disk; the rest is in memory, and said to be.
    assert found["sound"]["told"] == [[1, None], [2, None], [3, None], *[[3, "audio.disk_error"]] * 3]
    assert (found["sound"]["kept_s"], found["sound"]["unwritten_s"]) == (6.0, 3.0)
    # The next start: what was promised is there, the file is whole, and it is written again.
    shown = doumi(own_home, "sessions", "export", found["call"], "--jsonl")
    assert shown.returncode == 0, shown.stderr
    seqs = [value["seq"] for value in map(json.loads, shown.stdout.splitlines()) if "seq" in value]
    assert found["promised"] in seqs
    checked = doumi(own_home, "doctor", "--jsonl")
    verdicts = {value["check"]: value["verdict"] for value in map(json.loads, checked.stdout.splitlines())}
    assert verdicts["database"] == "ok"
    held = doumi(own_home, "sessions", "hold", found["call"], "--reason", "확인")
    assert held.returncode == 0, held.stderr
