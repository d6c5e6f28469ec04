"""What the capture process asks of an open device, whichever library opened it. Used in that process only."""

from __future__ import annotations

import time
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from audio.adapters.ring import Ring


class RingWriter:
    """Where a device's callback puts its frames: copy, count, nothing else. Written by the callback's thread."""

    def __init__(self, ring: Ring) -> None:
        self._ring = ring
        self._written = 0
        self._overflows = 0
        self.mark: tuple[int, int, int] = (0, 0, 0)
        """Frames written, monotonic time of the last, overflows the sound system reported; replaced as a whole."""

    def put(self, frames: NDArray[np.int16], overflowed: bool) -> None:
        """Copy frames (n, channels) into the ring."""
        self._ring.write(self._written, frames)
        self._written += len(frames)
        self._overflows += overflowed
        self.mark = (self._written, time.monotonic_ns(), self._overflows)


class DeviceStream(Protocol):
    """An open device, not started yet."""

    @property
    def rate(self) -> int:
        """Hertz."""
        ...

    @property
    def channels(self) -> int:
        """Columns of the frames it delivers."""
        ...

    @property
    def may_pause(self) -> bool:
        """Whether it delivers nothing while nothing plays."""
        ...

    @property
    def name(self) -> str:
        """What the system calls the device."""
        ...

    def start(self, writer: RingWriter) -> None:
        """Begin to deliver.

        Raises:
            audio.errors.DeviceFault: The device refuses.
        """
        ...

    def present(self) -> bool:
        """Return whether what was delivered up to now came from the chosen device and it is still there."""
        ...

    def close(self) -> None:
        """Stop."""
        ...
