from __future__ import annotations

import errno
import io
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audio.adapters.sealed_frames import SealedJournals, SealedReader
from audio.adapters.sound_file import FlacEncoder
from audio.journal import DATA_START, SLOT_BYTES, JournalWriter, Title
from audio.model import SAMPLE_RATE, AudioBlock, Channel, Pcm, Span
from audio.recorded_sound import RecordedSound
from audio.recorder import DISK_FULL_CODE, Recorder, RecorderHealth, clip
from audio.settings import CaptureSettings
from audio.sound_window import SoundWindow
from resources.notices import codes
from tests.helpers.clock import FakeClock

KEY = bytes(range(32))
SMALL = CaptureSettings(recent_s=10, disk_retry_s=5.0)


class Disk:
    """Journals on a disk that can be filled up and emptied."""

    def __init__(self) -> None:
        self._sealed = SealedJournals(KEY)
        self.full = False
        self.headers_fit = False
        """Whether a full disk still takes the beginning of a file."""

    def create(self, folder: Path, title: Title) -> JournalWriter:
        if not self.headers_fit:
            self.refuse()
        return _Writer(self, self._sealed.create(folder, title))

    def open(self, file: Path) -> SealedReader:
        return self._sealed.open(file)

    def refuse(self) -> None:
        if self.full:
            raise OSError(errno.ENOSPC, "full")


class _Writer:
    def __init__(self, disk: Disk, inner: JournalWriter) -> None:
        self._disk = disk
        self._inner = inner

    def append(self, pcm: Pcm, last: bool = False) -> None:
        self._disk.refuse()
        self._inner.append(pcm, last)

    def close(self) -> None:
        self._inner.close()


def sound(channel: Channel, seconds: float) -> Pcm:
    """Return sound that differs at every sample and channel."""
    seed = list(Channel).index(channel)
    return np.random.default_rng(seed).integers(-30000, 30000, int(seconds * SAMPLE_RATE)).astype(np.int16)


def blocks(channel: Channel, pcm: Pcm, start: int = 0, step: int = 1600) -> Iterator[AudioBlock]:
    for at in range(0, len(pcm), step):
        yield AudioBlock(channel, start + at, pcm[at : at + step])


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def recorder(tmp_path: Path, disk: Disk, clock: FakeClock) -> Iterator[Recorder]:
    made = Recorder(tmp_path / "call", "call-1", disk, tuple(Channel), clock.now_ns, SMALL)
    yield made
    made.close()


@pytest.fixture
def stored(tmp_path: Path, disk: Disk) -> RecordedSound:
    return RecordedSound(tmp_path / "call", disk)


def test_both_channels_read_back_from_disk_after_the_call(recorder: Recorder, stored: RecordedSound) -> None:
    for channel, seconds in ((Channel.AGENT, 3.3), (Channel.CALLER, 2.0)):
        for block in blocks(channel, sound(channel, seconds)):
            recorder.write(block)
    recorder.close()
    for channel, seconds in ((Channel.AGENT, 3.3), (Channel.CALLER, 2.0)):
        assert np.array_equal(stored.read(channel, 0, 10**9), sound(channel, seconds))
        assert stored.length(channel) == recorder.length(channel) == int(seconds * SAMPLE_RATE)
        assert stored.finished(channel)
        assert stored.damaged(channel) == ()


def test_every_full_second_is_on_disk_when_write_returns(recorder: Recorder, stored: RecordedSound) -> None:
    pcm = sound(Channel.CALLER, 3.0)
    for block in blocks(Channel.CALLER, pcm):
        recorder.write(block)
        whole = block.end - block.end % SAMPLE_RATE
        assert recorder.durable(Channel.CALLER) == stored.length(Channel.CALLER) == whole
    assert not stored.finished(Channel.CALLER)
    assert np.array_equal(stored.read(Channel.CALLER, 0, 10**9), pcm)


def test_a_long_call_keeps_only_recent_sound_in_memory_and_reads_all(recorder: Recorder) -> None:
    pcm = sound(Channel.CALLER, 30.0)
    for block in blocks(Channel.CALLER, pcm):
        recorder.write(block)
    held, _ = recorder._window.held(Channel.CALLER, 0, len(pcm))
    assert held >= 19 * SAMPLE_RATE
    assert np.array_equal(recorder.read(Channel.CALLER, 0, len(pcm)), pcm)
    assert np.array_equal(recorder.read(Channel.CALLER, 12345, 25 * SAMPLE_RATE + 7), pcm[12345 : 25 * SAMPLE_RATE + 7])
    assert np.array_equal(recorder.read(Channel.CALLER, 100, 2000), pcm[100:2000])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ends=st.tuples(st.integers(-100, 20 * SAMPLE_RATE), st.integers(-100, 20 * SAMPLE_RATE)))
def test_any_stretch_reads_as_a_slice_of_what_was_written(ends: tuple[int, int], recorder: Recorder) -> None:
    pcm = sound(Channel.AGENT, 18.5)
    if recorder.length(Channel.AGENT) == 0:
        for block in blocks(Channel.AGENT, pcm):
            recorder.write(block)
    start, end = ends
    expected = pcm[max(0, start) : max(0, end)]
    assert np.array_equal(recorder.read(Channel.AGENT, start, end), expected)


def test_a_hole_between_blocks_is_silence(recorder: Recorder) -> None:
    recorder.write(AudioBlock(Channel.AGENT, 0, sound(Channel.AGENT, 0.1)))
    recorder.write(AudioBlock(Channel.AGENT, 8000, sound(Channel.AGENT, 0.1)))
    assert not recorder.read(Channel.AGENT, 1600, 8000).any()
    assert recorder.length(Channel.AGENT) == 9600


def test_overlapping_blocks_are_a_bug(recorder: Recorder) -> None:
    recorder.write(AudioBlock(Channel.AGENT, 0, sound(Channel.AGENT, 0.1)))
    with pytest.raises(ValueError, match="overlap"):
        recorder.write(AudioBlock(Channel.AGENT, 100, sound(Channel.AGENT, 0.1)))


@pytest.mark.parametrize("headers_fit", [False, True])
def test_a_full_disk_costs_nothing_and_is_said(
    recorder: Recorder, stored: RecordedSound, disk: Disk, clock: FakeClock, headers_fit: bool
) -> None:
    disk.headers_fit = headers_fit
    pcm = sound(Channel.CALLER, 40.0)
    for block in blocks(Channel.CALLER, pcm):
        clock.advance(0.1)
        disk.full = 5 * SAMPLE_RATE <= block.start < 25 * SAMPLE_RATE
        recorder.write(block)
        if block.start == 10 * SAMPLE_RATE:
            assert recorder.health is RecorderHealth.MEMORY_ONLY
            assert recorder.notice_code == DISK_FULL_CODE
            assert DISK_FULL_CODE in codes("ko")
        if block.start in (20 * SAMPLE_RATE, 39 * SAMPLE_RATE):
            assert np.array_equal(recorder.read(Channel.CALLER, 0, block.end), pcm[: block.end])
    assert recorder.health is RecorderHealth.OK
    assert recorder.notice_code is None
    recorder.close()
    assert np.array_equal(stored.read(Channel.CALLER, 0, 10**9), pcm)
    assert stored.finished(Channel.CALLER)


def test_a_full_disk_is_tried_again_at_hang_up(recorder: Recorder, stored: RecordedSound, disk: Disk) -> None:
    disk.full = True
    pcm = sound(Channel.AGENT, 4.2)
    for block in blocks(Channel.AGENT, pcm):
        recorder.write(block)
    disk.full = False
    recorder.close()
    assert np.array_equal(stored.read(Channel.AGENT, 0, 10**9), pcm)


def test_closing_on_a_full_disk_keeps_the_sound_readable(recorder: Recorder, disk: Disk) -> None:
    disk.full = True
    pcm = sound(Channel.AGENT, 2.2)
    for block in blocks(Channel.AGENT, pcm):
        recorder.write(block)
    recorder.close()
    assert np.array_equal(recorder.read(Channel.AGENT, 0, len(pcm)), pcm)
    assert recorder.health is RecorderHealth.MEMORY_ONLY


def test_a_damaged_second_is_silence_and_is_named(recorder: Recorder, stored: RecordedSound, tmp_path: Path) -> None:
    pcm = sound(Channel.CALLER, 5.0)
    for block in blocks(Channel.CALLER, pcm):
        recorder.write(block)
    recorder.close()
    file = tmp_path / "call" / Title("call-1", Channel.CALLER, 0).file_name
    content = bytearray(file.read_bytes())
    content[DATA_START + 2 * SLOT_BYTES + 99] ^= 4
    file.write_bytes(content)
    assert stored.damaged(Channel.CALLER) == (Span(Channel.CALLER, 2 * SAMPLE_RATE, 3 * SAMPLE_RATE),)
    found = stored.read(Channel.CALLER, 0, len(pcm))
    assert not found[2 * SAMPLE_RATE : 3 * SAMPLE_RATE].any()
    assert np.array_equal(found[3 * SAMPLE_RATE :], pcm[3 * SAMPLE_RATE :])


def test_files_that_cannot_be_opened_are_named(recorder: Recorder, tmp_path: Path) -> None:
    for block in blocks(Channel.CALLER, sound(Channel.CALLER, 1.0)):
        recorder.write(block)
    recorder.close()
    strange = RecordedSound(tmp_path / "call", SealedJournals(bytes(32)))
    assert strange.destroyed() == (Title("call-1", Channel.CALLER, 0).file_name,)
    assert len(strange.read(Channel.CALLER, 0, 100)) == 0


def test_reading_while_writing_always_gives_what_was_written(recorder: Recorder) -> None:
    pcm = sound(Channel.CALLER, 40.0)
    wrong: list[int] = []
    done = threading.Event()

    def read() -> None:
        rng = np.random.default_rng(5)
        while not done.is_set():
            length = recorder.length(Channel.CALLER)
            start = int(rng.integers(0, max(1, length)))
            if not np.array_equal(recorder.read(Channel.CALLER, start, length), pcm[start:length]):
                wrong.append(start)

    reader = threading.Thread(target=read)
    reader.start()
    for block in blocks(Channel.CALLER, pcm):
        recorder.write(block)
    done.set()
    reader.join()
    assert wrong == []


def test_an_absent_folder_is_an_empty_recording(stored: RecordedSound) -> None:
    assert stored.length(Channel.AGENT) == 0
    assert len(stored.read(Channel.AGENT, 0, 100)) == 0
    assert not stored.finished(Channel.AGENT)


def test_a_window_forgets_what_it_is_told(tmp_path: Path) -> None:
    window = SoundWindow()
    pcm = sound(Channel.AGENT, 5.0)
    for block in blocks(Channel.AGENT, pcm):
        window.write(block)
    window.forget(2 * SAMPLE_RATE)
    assert np.array_equal(window.read(Channel.AGENT, 2 * SAMPLE_RATE, 10**9), pcm[2 * SAMPLE_RATE :])
    assert len(window.read(Channel.AGENT, 0, SAMPLE_RATE)) == 0
    window.forget(10**9)
    assert len(window.read(Channel.AGENT, 0, 10**9)) == 0
    assert window.length(Channel.AGENT) == len(pcm)
    window.write(AudioBlock(Channel.AGENT, len(pcm), pcm[:100]))
    assert np.array_equal(window.read(Channel.AGENT, len(pcm), 10**9), pcm[:100])


def test_a_clip_has_both_sides_of_one_stretch(recorder: Recorder) -> None:
    for channel, seconds in ((Channel.AGENT, 4.0), (Channel.CALLER, 3.0)):
        for block in blocks(channel, sound(channel, seconds)):
            recorder.write(block)
    content = clip(recorder, 1.5, 99.0, FlacEncoder())
    samples, rate = soundfile.read(io.BytesIO(content), dtype="int16")
    assert rate == SAMPLE_RATE
    assert samples.shape == (int(2.5 * SAMPLE_RATE), 2)
    assert np.array_equal(samples[:, 0], sound(Channel.AGENT, 4.0)[24000:])
    assert np.array_equal(samples[:24000, 1], sound(Channel.CALLER, 3.0)[24000:])
    assert not samples[24000:, 1].any()


_CRASHING = """
import sys
from pathlib import Path
import numpy as np
from audio.adapters.sealed_frames import SealedJournals
from audio.model import AudioBlock, Channel
from audio.recorder import Recorder

recorder = Recorder(Path(sys.argv[1]), "call-1", SealedJournals(bytes(range(32))), (Channel.CALLER,), lambda: 0)
at = 0
while True:
    recorder.write(AudioBlock(Channel.CALLER, at, np.full(1600, at // 1600 % 30000, np.int16)))
    at += 1600
    print(at, flush=True)
"""


def test_a_killed_desk_loses_at_most_the_last_second(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _CRASHING, str(tmp_path / "call")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).resolve().parents[3]) as desk:
        assert desk.stdout is not None
        written = 0
        while written < 20 * SAMPLE_RATE:
            written = int(desk.stdout.readline())
        desk.kill()
        written = int([str(written).encode(), *desk.stdout.read().split(b"\n")[:-1]][-1])
    stored = RecordedSound(tmp_path / "call", SealedJournals(KEY))
    pcm = stored.read(Channel.CALLER, 0, 10**9)
    assert written - SAMPLE_RATE < len(pcm) <= written + SAMPLE_RATE
    assert np.array_equal(pcm[::1600], np.arange(len(pcm) // 1600) % 30000)
    assert stored.damaged(Channel.CALLER) == ()
    assert not stored.finished(Channel.CALLER)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "audio.disk_full"),
        (errno.EIO, "audio.disk_error"),
        (errno.EROFS, "audio.disk_read_only"),
        (errno.EACCES, "audio.disk_read_only"),
    ],
)
def test_each_reason_has_a_sentence_of_its_own(tmp_path: Path, number: int, code: str) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(number, "refused")

    made = Recorder(tmp_path / "call", "call-1", SealedJournals(KEY, refuse), (Channel.AGENT,), lambda: 0)
    made.write(AudioBlock(Channel.AGENT, 0, sound(Channel.AGENT, 1.5)))
    assert (made.notice_code, made.unwritten_s(), made.durable(Channel.AGENT)) == (code, 1.5, 0)
    assert code in codes("ko")
    assert np.array_equal(made.read(Channel.AGENT, 0, 10**9), sound(Channel.AGENT, 1.5))


def test_a_sync_that_fails_in_mid_call_costs_no_sample_and_never_counts_as_kept(tmp_path: Path) -> None:
    syncs = 0
    clock = FakeClock()

    def sync(descriptor: int) -> None:
        nonlocal syncs
        syncs += 1
        if 6 <= syncs < 9:
            raise OSError(errno.EIO, "broken")

    made = Recorder(tmp_path / "call", "call-1", SealedJournals(KEY, sync), (Channel.AGENT,), clock.now_ns, SMALL)
    pcm = sound(Channel.AGENT, 30.0)
    failing = 0
    for block in blocks(Channel.AGENT, pcm):
        clock.advance(0.1)
        made.write(block)
        if made.health is RecorderHealth.MEMORY_ONLY:
            failing += 1
            assert made.durable(Channel.AGENT) < block.end - SAMPLE_RATE + 1600
    made.close()
    assert failing
    stored = RecordedSound(tmp_path / "call", SealedJournals(KEY))
    assert np.array_equal(stored.read(Channel.AGENT, 0, 10**9), pcm)
    assert stored.damaged(Channel.AGENT) == ()
    assert stored.finished(Channel.AGENT)


def test_closing_again_writes_what_the_disk_did_not_take_before(
    recorder: Recorder, stored: RecordedSound, disk: Disk
) -> None:
    disk.full = True
    for channel, seconds in ((Channel.AGENT, 2.2), (Channel.CALLER, 3.0)):
        for block in blocks(channel, sound(channel, seconds)):
            recorder.write(block)
    recorder.close()
    assert recorder.unwritten_s() == pytest.approx(5.2)
    disk.full = False
    for _ in range(2):
        recorder.close()
        for channel, seconds in ((Channel.AGENT, 2.2), (Channel.CALLER, 3.0)):
            assert np.array_equal(stored.read(channel, 0, 10**9), sound(channel, seconds))
            assert stored.finished(channel)
    assert recorder.unwritten_s() == 0.0


def test_sound_leaves_the_last_room_to_the_text(tmp_path: Path) -> None:
    free = 100 << 20
    clock = FakeClock()
    chosen = CaptureSettings(disk_reserve_mb=16, disk_retry_s=5.0)
    opener = SealedJournals(KEY)
    made = Recorder(tmp_path / "call", "call-1", opener, (Channel.AGENT,), clock.now_ns, chosen, lambda: free)
    pcm = sound(Channel.AGENT, 10.0)
    for block in blocks(Channel.AGENT, pcm):
        clock.advance(0.1)
        free = (15 if 2 * SAMPLE_RATE <= block.start < 4 * SAMPLE_RATE else 100) << 20
        made.write(block)
        if block.start == 3 * SAMPLE_RATE:
            assert made.notice_code == DISK_FULL_CODE
    assert made.notice_code is None
    made.close()
    assert np.array_equal(RecordedSound(tmp_path / "call", opener).read(Channel.AGENT, 0, 10**9), pcm)


def test_a_stretch_no_file_holds_is_named(
    recorder: Recorder, stored: RecordedSound, disk: Disk, tmp_path: Path
) -> None:
    pcm = sound(Channel.CALLER, 6.0)
    recorder.write(AudioBlock(Channel.CALLER, 0, pcm[: 3 * SAMPLE_RATE]))
    disk.full = True
    recorder.write(AudioBlock(Channel.CALLER, 3 * SAMPLE_RATE, pcm[3 * SAMPLE_RATE : 4 * SAMPLE_RATE]))
    disk.full = False
    recorder.close()
    first, second = sorted((tmp_path / "call").iterdir())
    assert stored.damaged(Channel.CALLER) == ()
    first.write_bytes(first.read_bytes()[: DATA_START + SLOT_BYTES + 9])
    assert stored.damaged(Channel.CALLER) == (Span(Channel.CALLER, SAMPLE_RATE, 3 * SAMPLE_RATE),)
    first.unlink()
    again = RecordedSound(tmp_path / "call", disk)
    assert again.damaged(Channel.CALLER) == (Span(Channel.CALLER, 0, 3 * SAMPLE_RATE),)
    assert again.worn() == ()
    content = bytearray(second.read_bytes())
    content[300] ^= 1
    second.write_bytes(content)
    assert RecordedSound(tmp_path / "call", disk).worn() == (second.name,)
