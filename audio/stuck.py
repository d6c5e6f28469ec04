"""Tells a device that hands over one buffer again and again from one that listens."""

from __future__ import annotations

from typing import Final

import numpy as np

from audio.feeds import RawFrames

_SHORTEST_S: Final = 0.001
_CHECK_S: Final = 0.1
"""New sound between two looks."""
_PATTERN: Final = 16
"""Values up to the loudest that are looked for in what came before."""
_CANDIDATES: Final = 20
_FAINT: Final = 32
"""Peak to peak, of 65536, below which a repetition is only a dead line."""
_TONES: Final = 4
"""A sound of so few frequencies is a tone of the telephone, which repeats exactly when it is made by a machine."""
_TONE_SHARE: Final = 0.99


class RepeatWatch:
    """Watches the sound of one device, all its channels together. One thread.

    A microphone never delivers the same values twice in a row; a driver that hangs does, for ever.
    """

    def __init__(self, rate: int, channels: int, seconds: float, longest_s: float) -> None:
        """Begin with nothing heard.

        Args:
            rate: Frames a second.
            channels: Columns of a frame.
            seconds: How long a repetition must last.
            longest_s: Longest buffer looked for; at most half of ``seconds``.
        """
        self._channels = channels
        self._span = round(rate * seconds) * channels
        self._shortest = max(2, round(rate * _SHORTEST_S)) * channels
        self._longest = round(rate * min(longest_s, seconds / 2)) * channels
        self._every = round(rate * _CHECK_S) * channels
        self._heard = np.zeros(0, np.int16)
        self._new = 0

    @property
    def sure(self) -> bool:
        """Whether enough was heard to tell."""
        return len(self._heard) >= self._span

    def repeats(self, frames: RawFrames) -> bool:
        """Take the next frames; return whether the sound has been one buffer for as long as it takes."""
        self._heard = np.concatenate((self._heard, frames.ravel()))[-self._span :]
        self._new += frames.size
        if not self.sure or self._new < self._every:
            return False
        self._new = 0
        period = self._period()
        return period is not None and not _tonal(self._heard[-period:].reshape(-1, self._channels))

    def _period(self) -> int | None:
        heard = self._heard
        if int(heard.max()) - int(heard.min()) < _FAINT:
            return None
        # Looked for at the loudest place, whose value is seldom met again.
        recent = heard[len(heard) - self._longest :].astype(np.int32)
        at = len(heard) - self._longest + int(np.argmax(np.abs(recent)))
        periods = np.arange(self._shortest, min(self._longest, at - _PATTERN) + 1, self._channels)
        for back in range(_PATTERN):
            periods = periods[heard[at - back - periods] == heard[at - back]]
        for period in periods[:_CANDIDATES].tolist():
            if np.array_equal(heard[period:], heard[:-period]):
                return int(period)
        return None


def _tonal(buffer: RawFrames) -> bool:
    """Return whether the repeated buffer holds hardly more than a few pure tones, or none."""
    power = np.square(np.abs(np.fft.rfft(buffer.astype(np.float64), axis=0))).sum(axis=1)[1:]
    total = float(power.sum())
    return total <= 0.0 or float(np.sort(power)[-_TONES:].sum()) >= _TONE_SHARE * total
