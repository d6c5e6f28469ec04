"""From what a device or file delivers to int16 at 16 kHz, one stream a channel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from audio.model import SAMPLE_RATE, Channel, Pcm

Frames = NDArray[np.float32]
"""float32, shape (n_frames, n_channels), full scale is 1.0."""

_FULL_SCALE: Final = 32768.0


class Resampler(Protocol):
    """Changes the rate of one stream piece by piece, low-pass filtered, its own delay taken out.

    Output sample ``n`` lies at the time of input sample ``n * rate_in / rate_out``; output merely comes later.
    """

    def process(self, frames: Frames, last: bool = False) -> Frames:
        """Return what can be given out now; with ``last`` everything that is left."""
        ...


ResamplerFactory = Callable[[int, int, int], Resampler]
"""Called with rate in, rate out and channels."""


def quantise(samples: NDArray[np.float32]) -> Pcm:
    """Return int16 of float samples, rounded and clipped, read-only, same shape."""
    pcm: Pcm = np.clip(np.rint(samples * _FULL_SCALE), -32768, 32767).astype(np.int16)
    pcm.flags.writeable = False
    return pcm


def from_int16(frames: NDArray[np.int16]) -> Frames:
    """Return float32 in [-1, 1) of int16 frames."""
    return frames.astype(np.float32) / np.float32(_FULL_SCALE)


def assign(frames: Frames, channels: tuple[Channel, ...]) -> list[NDArray[np.float32]]:
    """Return one mono stream for each channel, in the order of ``channels``.

    Args:
        frames: What came, any number of columns.
        channels: One channel: all columns are mixed down to it. Agent and caller: the first column is the agent
            and the second the caller; a single column goes to both.
    """
    if len(channels) == 1:
        return [frames.mean(axis=1, dtype=np.float32) if frames.shape[1] > 1 else frames[:, 0]]
    right = 1 if frames.shape[1] > 1 else 0
    columns = {Channel.AGENT: 0, Channel.CALLER: right}
    return [np.ascontiguousarray(frames[:, columns[channel]]) for channel in channels]


class Converter:
    """Turns the frames of one device or file into 16 kHz int16 streams, one a channel. One thread."""

    def __init__(self, rate: int, channels: tuple[Channel, ...], resampler: ResamplerFactory) -> None:
        self._channels = channels
        self._resampler = None if rate == SAMPLE_RATE else resampler(rate, SAMPLE_RATE, len(channels))

    def convert(self, frames: Frames, last: bool = False) -> list[Pcm]:
        """Return the next samples of each channel; all have the same length."""
        streams = assign(frames, self._channels)
        if self._resampler is None:
            return [quantise(stream) for stream in streams]
        done = self._resampler.process(np.ascontiguousarray(np.stack(streams, axis=1)), last)
        return [quantise(done[:, index]) for index in range(len(self._channels))]
