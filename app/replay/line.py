"""The line that is played: which stretch of the call follows which, with silence left out and a passage repeated.

Pure arithmetic. Frames are samples at 16 kHz: *call frames* count from sample 0 of the call, *line frames* from where
playing began. At speed ``s``, output frame ``k`` plays line frame ``k * s``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Final

from audio.events import CallEvent, TranscriptFinal
from audio.model import SAMPLE_RATE

_BEFORE_S: Final = 0.3
_AFTER_S: Final = 0.5
"""Kept before and after what somebody said: breath and an end that the recogniser cut close."""
_SHORTEST_CUT_S: Final = 1.0
_SHORTEST_LOOP: Final = SAMPLE_RATE // 5

Span = tuple[int, int]
"""Call frames, end exclusive."""


def silences(events: Iterable[CallEvent], end: int) -> tuple[Span, ...]:
    """Return the stretches of at least a second in which neither side says anything, in order.

    Told by the recognised utterances. Where nothing was recognised at all nothing is known, and nothing is left out.

    Args:
        events: The call's.
        end: Call frames of the whole call.
    """
    spoken = sorted(
        (int((one.start - _BEFORE_S) * SAMPLE_RATE), int((one.end + _AFTER_S) * SAMPLE_RATE))
        for one in events
        if isinstance(one, TranscriptFinal)
    )
    if not spoken:
        return ()
    found, at = [], 0
    for first, last in [*spoken, (end, end)]:
        if first - at >= _SHORTEST_CUT_S * SAMPLE_RATE:
            found.append((at, min(first, end)))
        at = max(at, last)
    return tuple(span for span in found if span[1] - span[0] >= _SHORTEST_CUT_S * SAMPLE_RATE)


class PlayLine:
    """What is played from a place in the call on. Immutable; any thread."""

    def __init__(self, begin: int, end: int, left_out: Sequence[Span] = (), loop: Span | None = None) -> None:
        """Lay the line.

        Args:
            begin: Call frame to begin at. With a loop, a place outside it begins at its start.
            end: Call frames of the whole call.
            left_out: Stretches that are not played, in order. A loop of nothing else is played whole.
            loop: Played again and again.
        """
        end = max(0, end)
        if loop is not None:
            first, last = max(0, loop[0]), min(end, loop[1])
            loop = (first, last) if last - first >= _SHORTEST_LOOP else None
        if loop is not None and not loop[0] <= begin < loop[1]:
            begin = loop[0]
        begin = min(max(0, begin), end)
        stop = loop[1] if loop else end
        once = _kept(begin, stop, left_out)
        again = _kept(*loop, left_out) or [loop] if loop else []
        if loop and not once:
            once = [] if _kept(*loop, left_out) else [(begin, stop)]
        self.begin = once[0][0] if once else (again[0][0] if again else begin)
        """Call frame of line frame 0."""
        self._rest = once[-1][1] if once else begin
        self._once, self._again = once, again
        self._once_ends = list(accumulate(last - first for first, last in once))
        self._again_ends = list(accumulate(last - first for first, last in again))
        self._first_pass = self._once_ends[-1] if once else 0

    @property
    def length(self) -> int | None:
        """Line frames; None: without end, it is a loop."""
        return None if self._again else self._first_pass

    def at(self, frame: int) -> int:
        """Return the call frame of a line frame; past the end the end, before the beginning the beginning."""
        if frame < 0:
            return self.begin
        if frame >= self._first_pass and not self._again:
            return self._rest
        spans, ends, frame = self._pass(frame)
        number = bisect_right(ends, frame)
        return spans[number][1] - (ends[number] - frame)

    def pieces(self, start: int, stop: int) -> Iterator[Span]:
        """Yield the stretches of the call that lie between two line frames, in order; nothing past the end."""
        at = max(0, start)
        while at < stop:
            if at >= self._first_pass and not self._again:
                return
            spans, ends, within = self._pass(at)
            number = bisect_right(ends, within)
            last = spans[number][1]
            first = last - (ends[number] - within)
            taken = min(last - first, stop - at)
            yield first, first + taken
            at += taken

    def _pass(self, frame: int) -> tuple[list[Span], list[int], int]:
        if frame < self._first_pass:
            return self._once, self._once_ends, frame
        return self._again, self._again_ends, (frame - self._first_pass) % self._again_ends[-1]


def _kept(start: int, stop: int, left_out: Sequence[Span]) -> list[Span]:
    """Return what remains of a stretch, in order."""
    kept, at = [], start
    for first, last in left_out:
        if last <= at:
            continue
        if first >= stop:
            break
        if first > at:
            kept.append((at, first))
        at = max(at, last)
    if at < stop:
        kept.append((at, stop))
    return kept
