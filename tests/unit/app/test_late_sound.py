"""Sound of an ended call that the disk did not take is kept until it does."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import numpy as np

from app.late_sound import LateSound
from assist.events import NoticeRaised
from audio.adapters.sealed_frames import SealedJournals
from audio.events import CallEvent
from audio.model import SAMPLE_RATE, AudioBlock, Channel
from audio.recorded_sound import RecordedSound
from audio.recorder import Recorder

KEY = bytes(range(32))


class Disk:
    """A disk whose syncs can be made to fail."""

    def __init__(self) -> None:
        self.broken = True

    def sync(self, descriptor: int) -> None:
        if self.broken:
            raise OSError(errno.EIO, "broken")
        os.fsync(descriptor)


def ended_call(folder: Path, disk: Disk) -> Recorder:
    made = Recorder(folder, "call-1", SealedJournals(KEY, disk.sync), (Channel.CALLER,), lambda: 0)
    made.write(AudioBlock(Channel.CALLER, 0, np.arange(2 * SAMPLE_RATE, dtype=np.int16)))
    made.close()
    return made


def test_it_is_written_as_soon_as_the_disk_takes_it_and_that_is_told(tmp_path: Path) -> None:
    disk, told = Disk(), threading.Event()
    heard: list[CallEvent] = []

    def publish(event: CallEvent) -> None:
        heard.append(event)
        told.set()

    recorder = ended_call(tmp_path, disk)
    assert recorder.notice_code == "audio.disk_error"
    late = LateSound(publish, retry_s=0.01)
    late.keep("call-1", recorder)
    assert late.waiting_s() == 2.0
    assert late.call_ids() == {"call-1"}
    assert heard == []
    disk.broken = False
    assert told.wait(30)
    assert late.waiting_s() == 0.0
    assert late.call_ids() == frozenset()
    (notice,) = heard
    assert isinstance(notice, NoticeRaised)
    assert (notice.code, notice.call_id, notice.severity) == ("audio.late_sound_kept", "call-1", "info")
    saved = RecordedSound(tmp_path, SealedJournals(KEY))
    assert np.array_equal(saved.read(Channel.CALLER, 0, 10**9), np.arange(2 * SAMPLE_RATE, dtype=np.int16))
    assert saved.finished(Channel.CALLER)
    assert late.close() == 0.0


def test_closing_tries_a_last_time_and_says_what_is_lost(tmp_path: Path) -> None:
    disk = Disk()
    late = LateSound(lambda event: None, retry_s=60.0)
    late.keep("call-1", ended_call(tmp_path / "lost", disk))
    assert late.close() == 2.0
    kept = LateSound(lambda event: None, retry_s=60.0)
    kept.keep("call-1", ended_call(tmp_path / "kept", disk))
    disk.broken = False
    assert kept.close() == 0.0
    assert RecordedSound(tmp_path / "kept", SealedJournals(KEY)).length(Channel.CALLER) == 2 * SAMPLE_RATE
