"""Streaming resampling with soxr."""

from __future__ import annotations

import soxr

from audio.resample import Frames


class SoxrResampler:
    """Fills :class:`audio.resample.Resampler`. soxr takes its own delay out. One thread."""

    def __init__(self, rate_in: int, rate_out: int, channels: int) -> None:
        self._stream = soxr.ResampleStream(rate_in, rate_out, channels, dtype="float32", quality="HQ")

    def process(self, frames: Frames, last: bool = False) -> Frames:
        """Return what can be given out now; with ``last`` everything that is left."""
        done: Frames = self._stream.resample_chunk(frames, last=last)
        return done
