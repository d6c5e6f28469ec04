"""Keeps one side of a call on the clock, so that both sides stay aligned whatever their devices do."""

from __future__ import annotations

from collections import deque
from typing import Final

from audio.model import SAMPLE_RATE

_SETTLING_NS: Final = 1_000_000_000
"""A deviation counts only when it has lasted so long: sound that is merely late catches up within it."""

_NOTICEABLE: Final = 80
"""Samples (5 ms) from which a loss that the sound system reported is made up for."""

_WATCHED_NS: Final = 8_000_000_000
"""How long is looked back on to tell a clock that drifts from sound that is merely late."""

_DRIFTED: Final = 320
"""Samples (20 ms) of drift from which the side is steered back, and half of which it is left at."""

_STEER_EVERY: Final = 1600
"""At most one sample in so many is put in or left out: 625 ppm, more than sound cards differ, and not audible."""


class Timeline:
    """Compares how much sound came with how much time went by. One thread.

    Positions are samples at 16 kHz since sample 0 of the call.
    """

    def __init__(self, zero_ns: int, tolerance: int) -> None:
        """Begin at sample 0.

        Args:
            zero_ns: Monotonic time of sample 0.
            tolerance: Samples a side may stray.
        """
        self._zero_ns = zero_ns
        self._tolerance = tolerance
        self._recent: deque[tuple[int, float]] = deque()
        self._fresh = True
        self._before_overflow: float | None = None
        self._watched: deque[tuple[int, float]] = deque()
        self._usual: float | None = None
        self._steered = 0
        self._steering = False
        self.position = 0.0
        """What has been placed: sound and silence."""

    def at(self, moment_ns: int) -> float:
        """Return the position that belongs to a moment."""
        return (moment_ns - self._zero_ns) * SAMPLE_RATE / 1e9

    @property
    def steered(self) -> int:
        """Samples put in (or, negative, left out) so far to follow a clock that drifts."""
        return self._steered

    def restart(self) -> None:
        """Say that the next sound comes after a pause or from a newly opened device: it lands at its own time."""
        self._fresh = True
        self._before_overflow = None
        self._recent.clear()
        self._watched.clear()
        self._usual = None

    def shift(self, nanoseconds: int) -> None:
        """Move sample 0: so much time went by that takes no room on this line; negative: room without time."""
        self._zero_ns += nanoseconds

    def overflowed(self) -> None:
        """Say that the sound system reported a loss of unknown length before the next sound: small ones count too."""
        if self._before_overflow is None and not self._fresh:
            self._before_overflow = min((value for _, value in self._recent), default=0.0)
            self._recent.clear()

    def place(self, length: float, end_ns: int) -> int:
        """Place a stretch of sound whose last sample was captured at ``end_ns``.

        Returns:
            Samples of silence to put in before it; negative: how many samples this side is ahead, which may be
            taken out where it is quiet (tell :meth:`put_in`, negative); at the very first, how much of it
            was captured before sample 0 and must go.
        """
        deviation = self.at(end_ns) - (self.position + length)
        if self._fresh:
            self._fresh = False
            change = round(deviation)
            if change < 0:
                # Only sound from before sample 0 goes; a backlog after a stall stays and runs ahead.
                change = 0 if self.position > 0 else max(change, -round(length))
            self.position += length + change
            return change
        self._recent.append((end_ns, deviation))
        while len(self._recent) > 1 and self._recent[1][0] <= end_ns - _SETTLING_NS:
            self._recent.popleft()
        self._watched.append((end_ns, deviation + self._steered))
        while len(self._watched) > 1 and self._watched[1][0] <= end_ns - _WATCHED_NS:
            self._watched.popleft()
        self.position += length
        if end_ns - self._recent[0][0] < _SETTLING_NS:
            return 0
        behind = min(value for _, value in self._recent)
        if self._before_overflow is not None:
            lost, self._before_overflow = round(behind - self._before_overflow), None
            if lost >= _NOTICEABLE:
                return self.put_in(lost)
        if behind > self._tolerance:
            return self.put_in(round(behind))
        ahead = max(value for _, value in self._recent)
        return round(ahead) if ahead < -self._tolerance else 0

    def steer(self, length: int) -> int:
        """Return how many samples to put into (or, negative, leave out of) ``length`` samples, spread over them.

        Two sound cards never run at quite the same rate. The smallest lateness of the last seconds, against the one
        it began with, shows by how much this one has drifted, whatever the jitter; the difference goes unheard, a
        sample here and there.
        """
        if not self._watched or self._watched[-1][0] - self._watched[0][0] < _WATCHED_NS:
            return 0
        least = min(value for _, value in self._watched) - self._steered
        if self._usual is None:
            self._usual = least
        drifted = least - self._usual
        self._steering = abs(drifted) > (_DRIFTED / 2 if self._steering else _DRIFTED)
        if not self._steering:
            return 0
        most = -(-length // _STEER_EVERY)
        by = max(-most, min(most, round(drifted)))
        self._steered += by
        self.position += by
        return by

    def fill_until(self, moment_ns: int) -> int:
        """Return the samples of silence to put in so that the side reaches ``moment_ns``; 0 if it is there."""
        missing = int(self.at(moment_ns) - self.position)
        return self.put_in(missing) if missing > 0 else 0

    def put_in(self, samples: int) -> int:
        """Say that so many samples of silence were put in, or, negative, left out; returns them."""
        self.position += samples
        self._recent.clear()
        self._watched.clear()
        self._usual = None
        return samples
