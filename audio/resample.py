"""From what a device or file delivers to int16 at 16 kHz, one stream a channel."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from audio.model import SAMPLE_RATE, Channel, Pcm

Frames = NDArray[np.float32]
"""float32, shape (n_frames, n_channels), full scale is 1.0."""

_FULL_SCALE: Final = 32768.0
_OFFSET_LEAST: Final = 0.01
"""Offset (of full scale) from which it is taken out."""
_OFFSET_FOLLOWED: Final = SAMPLE_RATE
"""Samples (1 s) in which most of a change of the offset is followed."""


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


def nudged(pcm: Pcm, by: int) -> Pcm:
    """Return ``pcm`` with ``by`` samples more, or fewer where negative, each where a change is heard least.

    Args:
        pcm: At least ``2 * abs(by)`` samples.
        by: How many.
    """
    if by == 0 or len(pcm) < 2 * abs(by):
        return pcm
    pieces = []
    for piece in np.array_split(pcm, abs(by)):
        steps = np.abs(np.diff(piece.astype(np.int32)))
        at = int(np.argmin(steps)) + 1 if len(steps) else 0
        pieces += [piece[:at], piece[at - 1 : at], piece[at:]] if by > 0 else [piece[:at], piece[at + 1 :]]
    made: Pcm = np.concatenate(pieces)
    made.flags.writeable = False
    return made


class OffsetRemover:
    """Takes a constant offset out of one 16 kHz stream; sound without one passes bit by bit. One thread.

    An offset of a bad sound card would drown quiet speech for the voice detector and eat room for loud speech.
    """

    def __init__(self) -> None:
        self._mean: float | None = None
        self._taken = 0.0

    def process(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the samples, float32 of full scale 1.0, same length, without their slowly followed mean."""
        if len(samples) == 0:
            return samples
        mean = float(np.mean(samples, dtype=np.float64))
        share = 1.0 if self._mean is None else -math.expm1(-len(samples) / _OFFSET_FOLLOWED)
        before = self._mean or 0.0
        start = self._taken if self._mean is not None else (mean if abs(mean) >= _OFFSET_LEAST else 0.0)
        self._mean = before + share * (mean - before)
        self._taken = self._mean if abs(self._mean) >= _OFFSET_LEAST else 0.0
        if start == self._taken == 0.0:
            return samples
        return samples - np.linspace(start, self._taken, len(samples), endpoint=True, dtype=np.float32)


class Converter:
    """Turns the frames of one device or file into 16 kHz int16 streams, one a channel. One thread."""

    def __init__(self, rate: int, channels: tuple[Channel, ...], resampler: ResamplerFactory) -> None:
        self._channels = channels
        self._resampler = None if rate == SAMPLE_RATE else resampler(rate, SAMPLE_RATE, len(channels))
        self._offsets = tuple(OffsetRemover() for _ in channels)

    def convert(self, frames: Frames, last: bool = False) -> list[Pcm]:
        """Return the next samples of each channel; all have the same length."""
        if not np.isfinite(frames).all():
            # One such value in the filter would silence everything after it.
            frames = np.nan_to_num(frames, nan=0.0, posinf=1.0, neginf=-1.0)
        streams = assign(frames, self._channels)
        if self._resampler is None:
            return self._finish(streams)
        done = self._resampler.process(np.ascontiguousarray(np.stack(streams, axis=1)), last)
        return self._finish([done[:, index] for index in range(len(self._channels))])

    def _finish(self, streams: list[NDArray[np.float32]]) -> list[Pcm]:
        return [quantise(offset.process(stream)) for offset, stream in zip(self._offsets, streams, strict=True)]
