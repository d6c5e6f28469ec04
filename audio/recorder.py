"""Recording: every block goes to an encrypted journal before anything else happens to it, and can be read back."""

from __future__ import annotations

import bisect
import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol

import numpy as np

from audio.errors import JournalFault
from audio.journal import SLOT_SAMPLES, SUFFIX, JournalOpener, JournalReader, JournalWriter, Title, whole_slots
from audio.model import SAMPLE_RATE, AudioBlock, Channel, Pcm, Span
from audio.ports import SoundReader
from audio.settings import CaptureSettings

_log = logging.getLogger(__name__)

_EMPTY: Final = np.zeros(0, np.int16)


class RecorderHealth(StrEnum):
    """Where the sound is kept now."""

    OK = "ok"
    MEMORY_ONLY = "memory_only"
    """The disk takes nothing more; sound is kept in memory until it does."""


DISK_FULL_CODE: Final = "audio.disk_full"
"""Notice code of :attr:`RecorderHealth.MEMORY_ONLY`."""


class ClipEncoder(Protocol):
    """Packs a stretch of both sides into a file that opens anywhere."""

    def encode(self, agent: Pcm, caller: Pcm) -> bytes:
        """Return a stereo file, left agent and right caller; both are equally long."""
        ...


class SoundWindow:
    """Sound in memory: what was written and not forgotten yet. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tracks: dict[Channel, _Track] = {channel: _Track() for channel in Channel}

    def write(self, block: AudioBlock) -> None:
        """Add a block; a hole before it is filled with silence.

        Raises:
            ValueError: The block begins before the end of what was written.
        """
        with self._lock:
            self._tracks[block.channel].add(block)

    def read(self, channel: Channel, start: int, end: int) -> Pcm:
        """Return samples ``start`` to ``end``; only the part that is held where it is less."""
        with self._lock:
            return self._tracks[channel].read(start, end)

    def held(self, channel: Channel, start: int, end: int) -> tuple[int, Pcm]:
        """Return the held part of ``start`` to ``end`` and where it begins; all before it was forgotten."""
        with self._lock:
            track = self._tracks[channel]
            pcm = track.read(start, end)
            return (max(start, track.start) if len(pcm) else min(end, track.start)), pcm

    def length(self, channel: Channel) -> int:
        """Return the index one past the last sample written."""
        with self._lock:
            return self._tracks[channel].end

    def forget(self, before_sample: int) -> None:
        """Let go of both channels' sound before this sample; what is held may begin up to a block earlier."""
        for channel in Channel:
            self.forget_channel(channel, before_sample)

    def forget_channel(self, channel: Channel, before_sample: int) -> None:
        """Let go of one channel's sound before this sample."""
        with self._lock:
            self._tracks[channel].forget(before_sample)


class _Track:
    """Consecutive pieces of one channel."""

    def __init__(self) -> None:
        self.start = 0
        self.end = 0
        self._starts: list[int] = []
        self._pieces: list[Pcm] = []

    def add(self, block: AudioBlock) -> None:
        if block.start < self.end:
            raise ValueError("blocks must not overlap")
        for pcm in (np.zeros(block.start - self.end, np.int16), block.pcm):
            if len(pcm):
                self._starts.append(self.end)
                self._pieces.append(pcm)
                self.end += len(pcm)

    def read(self, start: int, end: int) -> Pcm:
        start, end = max(start, self.start), min(end, self.end)
        if start >= end:
            return _EMPTY
        first = bisect.bisect_right(self._starts, start) - 1
        last = bisect.bisect_left(self._starts, end)
        joined = np.concatenate(self._pieces[first:last])
        offset = self._starts[first]
        pcm = joined[start - offset : end - offset]
        pcm.flags.writeable = False
        return pcm

    def forget(self, before: int) -> None:
        gone = bisect.bisect_right(self._starts, before) - 1
        if before >= self.end:
            gone = len(self._starts)
        if gone > 0:
            del self._starts[:gone], self._pieces[:gone]
            self.start = self._starts[0] if self._starts else self.end


class RecordedSound:
    """The sound of one call as it lies on disk. Fills :class:`audio.ports.SoundReader`. Thread-safe."""

    def __init__(self, folder: Path, opener: JournalOpener) -> None:
        """Look at a call's folder; files are opened when they are needed.

        Args:
            folder: The call's folder; may be absent or empty.
            opener: Reads journals with the desk's key.
        """
        self._folder = folder
        self._opener = opener
        self._lock = threading.Lock()
        self._readers: dict[str, JournalReader | None] = {}

    def read(self, channel: Channel, start: int, end: int) -> Pcm:
        """Return samples ``start`` to ``end``, silence where a second is damaged; shorter where it does not reach."""
        end = min(end, self.length(channel))
        if start >= end:
            return _EMPTY
        pcm = np.zeros(end - start, np.int16)
        with self._lock:
            for reader in self._parts(channel):
                self._copy(reader, start, pcm)
        pcm.flags.writeable = False
        return pcm

    def length(self, channel: Channel) -> int:
        """Return the index one past the last sample on disk."""
        with self._lock:
            return max((_end(reader) for reader in self._parts(channel)), default=0)

    def damaged(self, channel: Channel) -> tuple[Span, ...]:
        """Return the seconds that cannot be read, in order. Reads everything."""
        spans = []
        with self._lock:
            for reader in self._parts(channel):
                for number in range(reader.slots()):
                    if reader.slot(number) is None:
                        start = reader.title.start + number * SLOT_SAMPLES
                        spans.append(Span(channel, start, start + SLOT_SAMPLES))
        return tuple(spans)

    def destroyed(self) -> tuple[str, ...]:
        """Return the names of files that cannot be opened at all, e.g. sealed with another desk's key."""
        with self._lock:
            for channel in Channel:
                self._parts(channel)
            return tuple(sorted(name for name, reader in self._readers.items() if reader is None))

    def finished(self, channel: Channel) -> bool:
        """Return whether the recording was closed in order; False after a crash (중단됨)."""
        with self._lock:
            parts = self._parts(channel)
            return bool(parts) and parts[-1].finished()

    def _parts(self, channel: Channel) -> list[JournalReader]:
        parts = []
        for file in sorted(self._folder.glob(f"{channel.value}-*{SUFFIX}")):
            if not _has_sound(file):
                # A file may still be begun anew, with another key, until its first slot is on disk.
                continue
            if file.name not in self._readers:
                try:
                    self._readers[file.name] = self._opener.open(file)
                except JournalFault:
                    _log.warning("a journal file cannot be opened")
                    self._readers[file.name] = None
            reader = self._readers[file.name]
            if reader is not None and reader.title.channel is channel:
                parts.append(reader)
        return parts

    @staticmethod
    def _copy(reader: JournalReader, start: int, into: Pcm) -> None:
        base = reader.title.start
        first = max(0, (start - base) // SLOT_SAMPLES)
        last = min(reader.slots(), -(-(start + len(into) - base) // SLOT_SAMPLES))
        for number in range(first, last):
            pcm = reader.slot(number)
            if pcm is None:
                continue
            at = base + number * SLOT_SAMPLES - start
            left, right = max(0, at), min(len(into), at + len(pcm))
            if left < right:
                into[left:right] = pcm[left - at : right - at]


def _has_sound(file: Path) -> bool:
    try:
        return whole_slots(file.stat().st_size) > 0
    except OSError:
        return False


def _end(reader: JournalReader) -> int:
    slots = reader.slots()
    if slots == 0:
        return reader.title.start
    last = reader.slot(slots - 1)
    return reader.title.start + (slots - 1) * SLOT_SAMPLES + (SLOT_SAMPLES if last is None else len(last))


class Recorder:
    """Writes a call's blocks to disk, a synced second at a time, and reads them back.

    The last minutes are read from memory, older sound from disk. When the disk is full the call goes on from memory
    and everything still missing is written, in a new file, once there is room. A crash costs at most the last second.

    Thread: :meth:`write` and :meth:`close` on the ``recorder`` thread; the rest on any.
    """

    def __init__(
        self,
        folder: Path,
        call_id: str,
        opener: JournalOpener,
        channels: Sequence[Channel],
        now_ns: Callable[[], int],
        settings: CaptureSettings | None = None,
    ) -> None:
        """Begin a recording; touches no disk before the first second is full.

        Args:
            folder: The call's own folder; made when needed.
            call_id: At most 64 bytes of UTF-8.
            opener: Makes and reads journal files.
            channels: The channels that will come.
            now_ns: Monotonic nanoseconds, to pace attempts on a full disk.
            settings: Uses ``recent_s`` and ``disk_retry_s``.
        """
        chosen = settings or CaptureSettings()
        self._folder = folder
        self._call_id = call_id
        self._opener = opener
        self._now_ns = now_ns
        self._recent = chosen.recent_s * SAMPLE_RATE
        self._retry_ns = int(chosen.disk_retry_s * 1e9)
        self._window = SoundWindow()
        self._disk = RecordedSound(folder, opener)
        self._written: dict[Channel, int] = dict.fromkeys(channels, 0)
        self._writers: dict[Channel, JournalWriter] = {}
        self._retry_at_ns: int | None = None
        self._closed = False

    @property
    def health(self) -> RecorderHealth:
        """Where the sound is kept now."""
        return RecorderHealth.OK if self._retry_at_ns is None else RecorderHealth.MEMORY_ONLY

    @property
    def notice_code(self) -> str | None:
        """Code of the sentence the user should read now, or None."""
        return None if self._retry_at_ns is None else DISK_FULL_CODE

    def write(self, block: AudioBlock) -> None:
        """Keep a block; full seconds are on disk when this returns, unless :attr:`health` says otherwise."""
        self._window.write(block)
        self._store(block.channel)
        on_disk = self._written[block.channel]
        self._window.forget_channel(block.channel, min(on_disk, block.end - self._recent))

    def read(self, channel: Channel, start: int, end: int) -> Pcm:
        """Return samples ``start`` to ``end``; shorter where the recording does not reach."""
        start = max(0, start)
        held, recent = self._window.held(channel, start, end)
        if held <= start:
            return recent
        older = self._disk.read(channel, start, held)
        if not len(recent):
            return older
        joined = np.concatenate((older, recent))
        joined.flags.writeable = False
        return joined

    def length(self, channel: Channel) -> int:
        """Return the index one past the last sample recorded."""
        return self._window.length(channel)

    def durable(self, channel: Channel) -> int:
        """Return the index one past the last sample that survives a crash."""
        return self._written.get(channel, 0)

    def close(self) -> None:
        """Write what is left and mark the files as finished. Twice is once. Reading goes on working."""
        if self._closed:
            return
        self._closed = True
        if self._retry_at_ns is not None:
            self._retry_at_ns = self._now_ns()
        for channel in self._written:
            if self._window.length(channel) == 0:
                continue
            self._store(channel)
            start, end = self._written[channel], self._window.length(channel)
            if end - start < SLOT_SAMPLES:
                self._append(channel, self._window.read(channel, start, end), last=True)
        for writer in self._writers.values():
            with suppress(OSError):
                writer.close()
        self._writers.clear()

    def _store(self, channel: Channel) -> None:
        end = self._window.length(channel)
        while end - self._written[channel] >= SLOT_SAMPLES:
            start = self._written[channel]
            if not self._append(channel, self._window.read(channel, start, start + SLOT_SAMPLES)):
                return

    def _append(self, channel: Channel, pcm: Pcm, last: bool = False) -> bool:
        if self._retry_at_ns is not None and self._now_ns() < self._retry_at_ns:
            return False
        try:
            writer = self._writers.get(channel)
            if writer is None:
                writer = self._opener.create(self._folder, Title(self._call_id, channel, self._written[channel]))
                self._writers[channel] = writer
            writer.append(pcm, last)
        except OSError as error:
            if self._retry_at_ns is None:
                _log.warning("recording goes on in memory: errno %s", error.errno)
            self._retry_at_ns = self._now_ns() + self._retry_ns
            self._drop_writer(channel)
            return False
        if self._retry_at_ns is not None:
            _log.info("recording goes on on disk")
        self._retry_at_ns = None
        self._written[channel] += len(pcm)
        return True

    def _drop_writer(self, channel: Channel) -> None:
        writer = self._writers.pop(channel, None)
        if writer is not None:
            with suppress(OSError):
                writer.close()


def clip(reader: SoundReader, start_s: float, end_s: float, encoder: ClipEncoder) -> bytes:
    """Return a stretch of a call as a stereo file, left agent and right caller; a side that is shorter ends in silence.

    Args:
        reader: The call's sound.
        start_s: Seconds from sample 0; negative counts as 0.
        end_s: Seconds from sample 0, end exclusive.
        encoder: Packs the samples.
    """
    start = max(0, round(start_s * SAMPLE_RATE))
    end = max(start, round(end_s * SAMPLE_RATE))
    sides = {channel: reader.read(channel, start, end) for channel in Channel}
    length = max(len(pcm) for pcm in sides.values())
    agent, caller = (np.pad(sides[channel], (0, length - len(sides[channel]))) for channel in Channel)
    return encoder.encode(agent, caller)
