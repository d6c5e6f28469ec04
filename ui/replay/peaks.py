"""The shape of a call's sound for drawing, fetched piece by piece on a worker and kept in three fineness."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from audio.model import Channel
from ui.jobs import Job
from ui.replay.ports import Peaks, ReplayCall

BINS_S: Final = (0.5, 0.05, 0.005)
"""Seconds a bin of each fineness, coarse to fine."""
_PIECE_S: Final = 60.0
"""Seconds fetched at once of the middle fineness, which the coarse one is made from."""
_FINE_S: Final = 5.0
_MOST_FINE: Final = 64
"""Fine pieces kept: five minutes of both sides."""
_SIDES: Final = (Channel.AGENT, Channel.CALLER)
Pair = tuple[NDArray[np.float32], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class _Piece:
    number: int
    fine: bool
    both: tuple[Peaks, Peaks]


class PeakStore(QObject):
    """Peaks of both sides of one call. One piece is fetched at a time, what is in view first. Main thread."""

    came = Signal(float, float)
    """(start, end) of a stretch that can be drawn now, or drawn finer."""
    failed = Signal(object)

    def __init__(self, call: ReplayCall, parent: QObject) -> None:
        super().__init__(parent)
        self._call: ReplayCall | None = call
        self._end_s = call.facts.sound_s
        bins = ceil(self._end_s / BINS_S[1]) + 1
        self._mid = {side: _flat(bins) for side in _SIDES}
        self._coarse = {side: _flat(ceil(self._end_s / BINS_S[0]) + 1) for side in _SIDES}
        self._missing = set(range(ceil(self._end_s / _PIECE_S)))
        self._fine: OrderedDict[int, tuple[Peaks, Peaks]] = OrderedDict()
        self._view = (0.0, self._end_s)
        self._wants_fine = self._busy = False

    def look_at(self, start_s: float, end_s: float, *, fine: bool) -> None:
        """Tell what is in view; it is fetched next."""
        self._view, self._wants_fine = (start_s, end_s), fine
        self._fetch()

    def stop(self) -> None:
        """Fetch nothing more and forget what there is."""
        self._call = None
        self._missing.clear()
        self._fine.clear()
        self._mid = {side: _flat(0) for side in _SIDES}
        self._coarse = {side: _flat(0) for side in _SIDES}

    @property
    def is_whole(self) -> bool:
        """Whether the whole call can be drawn."""
        return not self._missing

    def _next(self) -> tuple[int, bool] | None:
        start, end = self._view
        if self._missing:
            first, last = int(start // _PIECE_S), int(end // _PIECE_S)
            seen = [number for number in self._missing if first <= number <= last]
            if seen or not self._wants_fine:
                return min(seen or self._missing), False
        if self._wants_fine:
            for number in range(int(start // _FINE_S), min(int(end // _FINE_S), int(self._end_s // _FINE_S)) + 1):
                if number not in self._fine:
                    return number, True
        return (min(self._missing), False) if self._missing else None

    def _fetch(self) -> None:
        call, wanted = self._call, self._next()
        if self._busy or call is None or wanted is None or self._end_s <= 0:
            return
        self._busy = True
        number, fine = wanted
        long, bin_s = (_FINE_S, BINS_S[2]) if fine else (_PIECE_S, BINS_S[1])
        start, end = number * long, min((number + 1) * long, self._end_s)

        def fetch() -> _Piece:
            agent, caller = (call.peaks(side, start, end, bin_s) for side in _SIDES)
            return _Piece(number, fine, (agent, caller))

        Job(self, fetch).on_success(self._take).on_failure(self._not_come).start()

    def _not_come(self, error: Exception) -> None:
        self._busy = False
        self._missing.clear()
        self._wants_fine = False
        self.failed.emit(error)

    def _take(self, piece: _Piece) -> None:
        self._busy = False
        if self._call is None:
            return
        if piece.fine:
            self._fine[piece.number] = piece.both
            while len(self._fine) > _MOST_FINE:
                self._fine.popitem(last=False)
            start, long = piece.number * _FINE_S, _FINE_S
        else:
            self._missing.discard(piece.number)
            start, long = piece.number * _PIECE_S, _PIECE_S
            for one in piece.both:
                self._put(one)
        self.came.emit(start, start + long)
        self._fetch()

    def _put(self, got: Peaks) -> None:
        each = round(BINS_S[0] / BINS_S[1])
        at = round(got.start_s / BINS_S[1])
        low, high = self._mid[got.channel]
        room = min(len(got.low), len(low) - at)
        low[at : at + room], high[at : at + room] = got.low[:room], got.high[:room]
        coarse_low, coarse_high = self._coarse[got.channel]
        first = at // each
        last = min(len(coarse_low), ceil((at + room) / each))
        for kept, source, choose in ((coarse_low, low, np.minimum), (coarse_high, high, np.maximum)):
            part = source[first * each : last * each]
            if len(part):
                marks = np.arange(0, len(part), each)
                kept[first : first + len(marks)] = choose.reduceat(part, marks)

    def columns(self, side: Channel, start_s: float, end_s: float, count: int) -> Pair:
        """Return loudest and softest sample of each of ``count`` columns of a stretch, as fine as there is."""
        width_s = (end_s - start_s) / max(1, count)
        if width_s < BINS_S[1] / 2 and (fine := self._fine_columns(side, start_s, end_s, count)) is not None:
            return fine
        bin_s, (low, high) = (BINS_S[0], self._coarse[side]) if width_s >= BINS_S[0] else (BINS_S[1], self._mid[side])
        return _sampled(low, high, start_s / bin_s, end_s / bin_s, count)

    def _fine_columns(self, side: Channel, start_s: float, end_s: float, count: int) -> Pair | None:
        first, last = int(start_s // _FINE_S), int(min(end_s, self._end_s - 1e-6) // _FINE_S)
        if any(number not in self._fine for number in range(first, last + 1)):
            return None
        place = _SIDES.index(side)
        pieces = [self._fine[number][place] for number in range(first, last + 1)]
        low = np.concatenate([one.low for one in pieces])
        high = np.concatenate([one.high for one in pieces])
        return _sampled(
            low, high, (start_s - first * _FINE_S) / BINS_S[2], (end_s - first * _FINE_S) / BINS_S[2], count
        )


def _flat(bins: int) -> Pair:
    return np.zeros(bins, np.float32), np.zeros(bins, np.float32)


def _sampled(low: NDArray[np.float32], high: NDArray[np.float32], start: float, end: float, count: int) -> Pair:
    """Return ``count`` columns from bins ``start`` to ``end``; past the last bin they are flat."""
    if not len(low):
        return _flat(count)
    edges = np.floor(np.linspace(start, end, count + 1)).astype(np.int64)
    inside = edges[:-1] < len(low)
    starts = np.clip(edges[:-1], 0, len(low) - 1)
    # One bin past the end closes the last column; reduceat takes single bins where columns share one.
    stop = int(min(max(edges[-1], starts[-1] + 1), len(low)))
    made: list[NDArray[np.float32]] = []
    choices: tuple[tuple[NDArray[np.float32], Callable[..., NDArray[np.float32]]], ...] = (
        (low, np.minimum.reduceat),
        (high, np.maximum.reduceat),
    )
    for values, reduce in choices:
        made.append(np.where(inside, reduce(values[:stop], starts), np.float32(0)))
    return made[0], made[1]
