"""Recording: every block goes to an encrypted journal before anything else happens to it, and can be read back."""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol

import numpy as np

from audio.journal import SLOT_SAMPLES, JournalOpener, JournalWriter, Title
from audio.model import SAMPLE_RATE, AudioBlock, Channel, Pcm
from audio.ports import SoundReader
from audio.recorded_sound import RecordedSound
from audio.settings import CaptureSettings
from audio.sound_window import SoundWindow

_log = logging.getLogger(__name__)


class RecorderHealth(StrEnum):
    """Where the sound is kept now."""

    OK = "ok"
    MEMORY_ONLY = "memory_only"
    """The disk takes nothing more; sound is kept in memory until it does."""


DISK_FULL_CODE: Final = "audio.disk_full"
DISK_ERROR_CODE: Final = "audio.disk_error"
DISK_READ_ONLY_CODE: Final = "audio.disk_read_only"
"""Notice codes of :attr:`RecorderHealth.MEMORY_ONLY`, by why the disk takes nothing."""
_CODES: Final = {
    errno.ENOSPC: DISK_FULL_CODE,
    errno.EDQUOT: DISK_FULL_CODE,
    errno.EROFS: DISK_READ_ONLY_CODE,
    errno.EACCES: DISK_READ_ONLY_CODE,
    errno.EPERM: DISK_READ_ONLY_CODE,
}
_MB: Final = 1 << 20


class ClipEncoder(Protocol):
    """Packs a stretch of both sides into a file that opens anywhere."""

    def encode(self, agent: Pcm, caller: Pcm) -> bytes:
        """Return a stereo file, left agent and right caller; both are equally long."""
        ...


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
        free_bytes: Callable[[], int] | None = None,
    ) -> None:
        """Begin a recording; touches no disk before the first second is full.

        Args:
            folder: The call's own folder; made when needed.
            call_id: At most 64 bytes of UTF-8.
            opener: Makes and reads journal files.
            channels: The channels that will come.
            now_ns: Monotonic nanoseconds, to pace attempts on a full disk.
            settings: Uses ``recent_s``, ``disk_retry_s`` and ``disk_reserve_mb``.
            free_bytes: Room left on the disk. Sound leaves the last of it to the text; None asks nobody.
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
        self._free_bytes = free_bytes
        self._reserve = chosen.disk_reserve_mb * _MB
        self._retry_at_ns: int | None = None
        self._why = DISK_FULL_CODE
        self._finished: set[Channel] = set()

    @property
    def health(self) -> RecorderHealth:
        """Where the sound is kept now."""
        return RecorderHealth.OK if self._retry_at_ns is None else RecorderHealth.MEMORY_ONLY

    @property
    def notice_code(self) -> str | None:
        """Code of the sentence the user should read now, or None."""
        return None if self._retry_at_ns is None else self._why

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

    def unwritten_s(self) -> float:
        """Return the seconds of sound that a crash would cost now, both sides together."""
        return sum(self._window.length(channel) - done for channel, done in self._written.items()) / SAMPLE_RATE

    def close(self) -> None:
        """Write what is left and mark the files as finished; reading goes on working.

        Call it again to try again while :attr:`health` says that the disk did not take it all; else twice is once.
        """
        if self._retry_at_ns is not None:
            self._retry_at_ns = self._now_ns()
        for channel in self._written:
            if self._window.length(channel) == 0 or channel in self._finished:
                continue
            self._store(channel)
            start, end = self._written[channel], self._window.length(channel)
            if end - start < SLOT_SAMPLES and self._append(channel, self._window.read(channel, start, end), last=True):
                self._finished.add(channel)
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
            self._leave_room()
            writer = self._writers.get(channel)
            if writer is None:
                writer = self._opener.create(self._folder, Title(self._call_id, channel, self._written[channel]))
                self._writers[channel] = writer
            writer.append(pcm, last)
        except OSError as error:
            if self._retry_at_ns is None:
                _log.warning("recording goes on in memory: errno %s", error.errno)
            self._why = _CODES.get(error.errno or 0, DISK_ERROR_CODE)
            self._retry_at_ns = self._now_ns() + self._retry_ns
            self._drop_writer(channel)
            return False
        if self._retry_at_ns is not None:
            _log.info("recording goes on on disk")
        self._retry_at_ns = None
        self._written[channel] += len(pcm)
        return True

    def _leave_room(self) -> None:
        if self._free_bytes is not None and self._free_bytes() < self._reserve:
            raise OSError(errno.ENOSPC, "the last room is the text's")

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
