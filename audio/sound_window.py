"""Sound of a running call in memory."""

from __future__ import annotations

import bisect
import threading
from typing import Final

import numpy as np

from audio.model import AudioBlock, Channel, Pcm

_EMPTY: Final = np.zeros(0, np.int16)


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
