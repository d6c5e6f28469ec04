"""Sound that tells which side and which sample it is."""

from __future__ import annotations

import numpy as np

from audio.model import SAMPLE_RATE, Channel, Pcm

BLOCK = SAMPLE_RATE // 10


def pattern(channel: Channel, start: int, length: int) -> Pcm:
    """Return samples ``start`` on: a number that repeats only after minutes, another on each side."""
    numbers = np.arange(start, start + length, dtype=np.int64) * (31 if channel is Channel.AGENT else 37) % 60_013
    pcm = (numbers - 30_000).astype(np.int16)
    pcm.flags.writeable = False
    return pcm
