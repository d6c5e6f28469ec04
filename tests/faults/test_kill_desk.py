"""kill -9 of the whole desk in a call with recognition: recorder, store, children, recovery at the next start.

``DOUMI_DESK_KILLS`` says how often; `make test-faults` 20 times.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
import soundfile

from app import recovery
from app.home import Home
from app.personal import open_personal, sound_of
from app.settings import Settings
from app.sound import file_source
from assist.events import MomentMarked
from audio.journal import SLOT_SAMPLES
from audio.model import SAMPLE_RATE, Channel, Pcm
from tests.helpers.call_sound import pattern
from tests.helpers.models import installed_model

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("DOUMI_DESK_KILLS", "1"))
CALL_S = 120
LONGEST_START_S = 180.0


class Running:
    """One desk in a process group of its own, so that its children end with the test."""

    def __init__(self, recording: Path) -> None:
        self.call_id, self.recovered, self.sound, self.text = "", -1, 0, 0
        self.promises = 0
        self.begun = threading.Event()
        self.child = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.desk_child", str(recording)],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.child.stdout is not None
        for line in self.child.stdout:
            if not line.endswith("\n"):
                continue
            what, value = line.split()
            if what == "call":
                self.call_id = value
            elif what == "recovered":
                self.recovered = int(value)
            elif what == "sound":
                self.sound = int(value)
            elif what == "text":
                self.text = int(value)
                self.promises += 1
                self.begun.set()
        self.begun.set()

    def kill(self) -> str:
        """Kill it, hard; returns what it complained of."""
        self.child.kill()
        self.child.wait()
        self._reader.join()
        assert self.child.stderr is not None
        with self.child.stderr as stream:
            complaints = stream.read()
        assert self.child.stdout is not None
        self.child.stdout.close()
        return complaints


def _heard(recording: Path, channel: Channel) -> Pcm:
    """Return what the desk's own source makes of one side, without a disk in between."""
    return np.concatenate([block.pcm for block in file_source(recording, False).blocks() if block.channel is channel])


@pytest.mark.slow
def test_the_whole_desk_killed_in_a_call_keeps_what_it_promised(own_home: Path, tmp_path: Path) -> None:
    installed_model("whisper-base")
    recording = tmp_path / "call.wav"
    sides = [pattern(side, 0, CALL_S * SAMPLE_RATE) for side in (Channel.AGENT, Channel.CALLER)]
    soundfile.write(recording, np.stack(sides, axis=1), SAMPLE_RATE, subtype="PCM_16")
    heard = {channel: _heard(recording, channel) for channel in Channel}
    rng, longest_s, kept = random.Random(f"desk {KILLS}"), 0.0, 0
    home = Home.from_environment()
    for number in range(KILLS):
        desk = Running(recording)
        try:
            assert desk.begun.wait(LONGEST_START_S)
            assert desk.call_id, desk.kill()
            threading.Event().wait(rng.uniform(0.0, 8.0))
        finally:
            complaints = desk.kill()
        assert "Traceback" not in complaints, complaints
        # The call of the run before was put in order by this one's start, not by the look in between.
        assert desk.recovered == 0
        personal = open_personal(home, Settings, lambda event: None)
        try:
            assert personal.recovered == (desk.call_id,)
            assert personal.store.read(lambda db: db.execute("PRAGMA cipher_integrity_check").fetchall()) == []
            events = personal.store.events(desk.call_id)
            assert max(event.seq for event in events) >= desk.text > 0
            marks = [event.t_ns for event in events if isinstance(event, MomentMarked)]
            assert len(marks) >= desk.promises
            assert marks == sorted(marks)
            (row,) = recovery.look(home, personal, personal.recovered)
        finally:
            personal.close()
        sound = sound_of(home, desk.call_id)
        for channel in Channel:
            length = sound.length(channel)
            assert sound.damaged(channel) == ()
            assert length % SLOT_SAMPLES == 0
            given = desk.sound / SAMPLE_RATE
            lost_s = given - length / SAMPLE_RATE
            # One block of the other side may have been on its way.
            assert lost_s <= 1.0 + 0.1
            longest_s = max(longest_s, lost_s)
            pcm = sound.read(channel, 0, length)
            assert np.array_equal(pcm, heard[channel][:length])
        lengths = [length for channel in Channel if (length := sound.length(channel))]
        assert row.sound_s == min(lengths, default=0) / SAMPLE_RATE
        print(f"kill {number + 1}: {row.sound_s:.0f} s of sound, {desk.promises} promises kept, {len(events)} events")
        kept += desk.promises
    print(f"{KILLS} kills of the whole desk, {kept} promises kept, longest sound lost {longest_s:.2f} s")
