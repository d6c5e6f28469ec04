"""A few seconds from the chosen devices, kept in memory alone, to hear and read again before any call."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from audio.levels import FLOOR_DB
from audio.model import SAMPLE_RATE, AudioBlock, Channel, Levels, Pcm
from audio.ports import AudioSource
from audio.sound_check import LiveSoundCheck

TRIAL_S: Final = 3.0


class RecordedTrial(LiveSoundCheck):
    """A sound check that keeps the first seconds of each side. Threads as there."""

    def __init__(self, open_source: Callable[[], AudioSource], seconds: float = TRIAL_S) -> None:
        """Open the source and begin to record; returns at once.

        Args:
            open_source: Makes the source of the chosen devices.
            seconds: How much of each side is kept.
        """
        self._wanted = round(seconds * SAMPLE_RATE)
        self._pieces: dict[Channel, list[Pcm]] = {}
        self._kept: dict[Channel, int] = {}
        self._loudest: dict[Channel, float] = {}
        self._pieces_lock = threading.Lock()
        super().__init__(open_source)

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The sides that are recorded."""
        return self._source.channels if self._source is not None else ()

    def left_s(self) -> float:
        """Return the seconds still to be recorded on the side that is behind; 0 when it is done or failed."""
        if self.failed or not self.channels:
            return 0.0
        with self._pieces_lock:
            kept = min(self._kept.get(channel, 0) for channel in self.channels)
        return max(0.0, (self._wanted - kept) / SAMPLE_RATE)

    def pcm(self, channel: Channel) -> Pcm:
        """Return what is kept of one side: int16, 16 kHz mono, shape (n_frames,)."""
        with self._pieces_lock:
            pieces = list(self._pieces.get(channel, ()))
        return np.concatenate(pieces) if pieces else np.zeros(0, np.int16)

    def loudest_db(self, channel: Channel) -> float:
        """Return the loudest tenth of a second of one side, dBFS."""
        return self._loudest.get(channel, FLOOR_DB)

    def forget(self) -> None:
        """Let go of the sound."""
        with self._pieces_lock:
            self._pieces.clear()

    def _took(self, block: AudioBlock, levels: Sequence[Levels]) -> None:
        with self._pieces_lock:
            room = self._wanted - self._kept.get(block.channel, 0)
            if room <= 0:
                return
            piece = block.pcm[:room]
            self._pieces.setdefault(block.channel, []).append(piece)
            self._kept[block.channel] = self._kept.get(block.channel, 0) + len(piece)
            for one in levels:
                self._loudest[block.channel] = max(self.loudest_db(block.channel), one.rms_db)
