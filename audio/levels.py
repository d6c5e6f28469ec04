"""Loudness for the meters."""

from __future__ import annotations

from typing import Final

import numpy as np

from audio.model import SAMPLE_RATE, AudioBlock, Channel, Levels, Pcm

FLOOR_DB: Final = -90.0
WINDOW: Final = SAMPLE_RATE // 10
"""Samples a measurement: a tenth of a second."""
FULL_SCALE: Final = 32768.0
"""Amplitude of 0 dB in int16 samples."""


def measure(channel: Channel, pcm: Pcm) -> Levels:
    """Return the loudness of ``pcm``, -90 to 0 dBFS; the floor where it is empty."""
    if len(pcm) == 0:
        return Levels(channel, FLOOR_DB, FLOOR_DB)
    samples = pcm.astype(np.float64) / FULL_SCALE
    return Levels(channel, decibel(float(np.sqrt(np.mean(samples * samples)))), decibel(float(np.max(np.abs(samples)))))


def decibel(amplitude: float) -> float:
    """Return an amplitude (1.0 is full scale) in dBFS, -90 to 0."""
    if amplitude <= 0.0:
        return FLOOR_DB
    return max(FLOOR_DB, min(0.0, float(20.0 * np.log10(amplitude))))


class LevelMeter:
    """One measurement for every tenth of a second of one channel, whatever the blocks' length. One thread."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._rest = np.zeros(0, np.int16)
        self.end = 0
        """Samples seen: index one past the last."""

    def add(self, block: AudioBlock) -> list[Levels]:
        """Return the measurements that ``block`` completes."""
        self.end = block.end
        pcm = np.concatenate((self._rest, block.pcm))
        whole = len(pcm) - len(pcm) % WINDOW
        self._rest = pcm[whole:]
        return [measure(self._channel, pcm[start : start + WINDOW]) for start in range(0, whole, WINDOW)]
