"""The ring of samples that a capture process shares with the desktop process."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

MARGIN_PARTS: Final = 8
"""The reader keeps away from the last eighth, where the writer may be at work."""


class Ring:
    """Frames in shared memory, numbered from 0; frame ``n`` lies at ``n`` modulo the capacity.

    One process writes and one reads. Which frames are complete is told over a pipe, not here.
    """

    def __init__(self, memory: memoryview, channels: int) -> None:
        frame_bytes = 2 * channels
        self.capacity = len(memory) // frame_bytes
        self._frames: NDArray[np.int16] = np.frombuffer(memory, np.int16, self.capacity * channels).reshape(
            self.capacity, channels
        )

    @property
    def readable(self) -> int:
        """Frames behind the newest that are safe to read."""
        return self.capacity - self.capacity // MARGIN_PARTS

    def write(self, start: int, frames: NDArray[np.int16]) -> None:
        """Copy ``frames`` (n, channels) to number ``start`` and on; n must not exceed the capacity."""
        at = start % self.capacity
        head = min(len(frames), self.capacity - at)
        self._frames[at : at + head] = frames[:head]
        if head < len(frames):
            self._frames[: len(frames) - head] = frames[head:]

    def read(self, start: int, end: int) -> NDArray[np.int16]:
        """Return a copy of the frames ``start`` to ``end``."""
        at = start % self.capacity
        head = min(end - start, self.capacity - at)
        return np.concatenate((self._frames[at : at + head], self._frames[: end - start - head]))

    def release(self) -> None:
        """Let go of the memory, so that it can be closed."""
        self._frames = np.zeros((0, 1), np.int16)
