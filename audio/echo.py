"""Keeps one side's words from being heard twice: what leaks into the other side is taken out before anything listens.

Either side may hold an echo of the other: a sidetone, a loudspeaker before a microphone, an earpiece. The recording
stays as it is; :class:`EchoFree` reads it without the echo. As long as no echo is found, it hands out the recording's
own samples and costs next to nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from audio.echo_path import (
    FRAME,
    MAX_DELAY,
    MIN_DELAY,
    Cleaned,
    EchoPath,
    Samples,
    clean,
    estimate,
    find_delay,
    spectrum_at,
)
from audio.model import SAMPLE_RATE, Channel, Pcm, Span
from audio.ports import SoundReader
from audio.segment import WINDOW

_CONTEXT: Final = 3 * SAMPLE_RATE
"""Sound a path is found from."""
REACH: Final = _CONTEXT + MAX_DELAY + FRAME
"""Samples before a stretch, of both sides, that reading it may look at."""
PATIENCE: Final = SAMPLE_RATE // 5
"""Samples one side's sound is worth holding back while the other side's sound of that time has not come."""

_AUDIBLE: Final = 80.0
"""Loudness (RMS of a window, int16) below which a side leaves no echo that matters: -52 dBFS."""
_LEAST: Final = SAMPLE_RATE // 4
"""Samples of the other side a path is found from at the very first."""
_SURE: Final = 8.0
"""Deviations by which a delay must stand out; of unrelated speech the best of all reaches five."""
_RETRY: Final = (SAMPLE_RATE // 6, SAMPLE_RATE)
"""Samples between attempts to find a path: at first, and after many in vain."""
_REFRESH: Final = (SAMPLE_RATE // 4, 2 * SAMPLE_RATE)
"""Samples between looks at a known path: while it is young, and later."""
_KEPT: Final = 64
"""Paths remembered a side: two minutes of speech, far more than any utterance lasts."""
_REMAINS: Final = 0.6
"""Share of an echo's energy that a path may leave unexplained."""
_SIDETONE: Final = 20 * SAMPLE_RATE // 1000
_SIDETONE_GAIN: Final = 0.6
_GAIN: Final = 10.0
"""Most energy of an echo for that of its cause. At next to no delay the cause must be the louder of the two: else it
is the echo, or both sides carry the same sound."""


@dataclass(slots=True)
class _Search:
    """What is known of the echo on one side. ``paths`` is replaced, never changed."""

    paths: tuple[EchoPath, ...] = ()
    tried_at: int = 0
    in_vain: int = 0
    learnt: int = 0
    """Samples the newest path was found from."""


@dataclass(slots=True)
class EchoFree:
    """Reads the recording of a call without the echo of the other side.

    Threads: :meth:`read` and :meth:`only_echo` from any; :meth:`listen` and :meth:`suspect` from the one that looks
    for voices.
    """

    sound: SoundReader
    """The recording; silence where it does not reach."""
    _sides: dict[Channel, _Search] = field(default_factory=lambda: {channel: _Search() for channel in Channel})

    def read(self, channel: Channel, start: int, end: int) -> Pcm:
        """Return samples ``start`` to ``end``, without echo as far as it is known by now."""
        paths = self._sides[channel].paths
        if not paths or not _audible(self._before(channel, start, end)):
            return self.sound.read(channel, start, end)
        return self._listen(channel, paths, start, end)[0]

    def listen(self, channel: Channel, start: int, end: int) -> tuple[Pcm, NDArray[np.bool_]]:
        """Return a stretch without echo, and of each of its windows whether only the other side sounds in it.

        Follows the echo meanwhile, so it must be asked for every stretch once, in order.

        Args:
            channel: The side.
            start: First sample.
            end: A whole number of windows later.
        """
        search = self._sides[channel]
        if not search.paths or not _audible(self._before(channel, start, end)):
            return self.sound.read(channel, start, end), np.zeros((end - start) // WINDOW, np.bool_)
        self._learn(channel, search, end)
        return self._listen(channel, search.paths, start, end)

    def suspect(self, channel: Channel, start: int, end: int) -> NDArray[np.bool_]:
        """Return what :meth:`listen` tells of each window, after a voice was heard that may be an unknown echo."""
        search = self._sides[channel]
        if not search.paths and _audible(self._before(channel, start, end)):
            self._learn(channel, search, end)
            if search.paths:
                return self._listen(channel, search.paths, start, end)[1]
        return np.zeros((end - start) // WINDOW, np.bool_)

    def only_echo(self, span: Span) -> bool:
        """Return whether nothing is to be heard in a stretch but the other side's echo.

        Tells better than :meth:`listen` did while it came in, of the call's first words above all.
        """
        paths = self._sides[span.channel].paths
        if not paths or not _audible(self._before(span.channel, span.start, span.end)):
            return False
        lead = min(span.start, FRAME)
        cleaned = self._clean(span.channel, paths, span.start - lead, span.end)
        windows = _windows(lead, span.start, span.end)
        echoed = cleaned.echoed[windows]
        own = int(np.count_nonzero(cleaned.audible[windows] & ~echoed))
        return bool(echoed.any()) and own <= max(2, int(np.count_nonzero(echoed)) // 12)

    def _listen(
        self, channel: Channel, paths: tuple[EchoPath, ...], start: int, end: int
    ) -> tuple[Pcm, NDArray[np.bool_]]:
        lead = min(start, FRAME)
        cleaned = self._clean(channel, paths, start - lead, end)
        return _pcm(cleaned.sound[lead:]), cleaned.echoed[_windows(lead, start, end)]

    def _clean(self, channel: Channel, paths: tuple[EchoPath, ...], start: int, end: int) -> Cleaned:
        return clean(paths, self._raw(channel, start, end), self._before(channel, start, end), start)

    def _learn(self, channel: Channel, search: _Search, end: int) -> None:
        """Find the path anew where it is time to."""
        known = search.paths[-1] if search.paths else None
        since = end - search.tried_at
        if known:
            wait = min(max(search.learnt // 2, _REFRESH[0]), _REFRESH[1])
        else:
            wait = min(_RETRY[0] << min(search.in_vain // 2, 8), _RETRY[1])
        if since < wait:
            return
        start = max(0, end - _CONTEXT)
        active = _active(self.sound.read(_other(channel), start, end))
        if active is None or end - start - active < _LEAST:
            return
        search.tried_at = end
        start += active
        side, other = self._raw(channel, start, end), self._before(channel, start, end)
        path = None
        if known:
            path = estimate(side, other, end, float(known.delays(np.array([end]))[0]), known.drift)
        if path is None:
            delay, sure = find_delay(side, other)
            path = estimate(side, other, end, float(delay), 0.0) if sure >= _SURE else None
        if path is None or not _plausible(path):
            search.in_vain += 1
            return
        search.in_vain, search.learnt = 0, end - start
        search.paths = (*search.paths[1 - _KEPT :], path)

    def _raw(self, channel: Channel, start: int, end: int) -> Samples:
        """Return samples as float32, all of them; silence before the call."""
        pcm = self.sound.read(channel, max(0, start), end).astype(np.float32)
        missing = end - start - len(pcm)
        return np.concatenate((np.zeros(missing, np.float32), pcm)) if missing > 0 else pcm

    def _before(self, channel: Channel, start: int, end: int) -> Samples:
        """Return the other side's samples that may be heard in this stretch of ``channel``."""
        return self._raw(_other(channel), start - MAX_DELAY, end - MIN_DELAY)


def _other(channel: Channel) -> Channel:
    return Channel.AGENT if channel is Channel.CALLER else Channel.CALLER


def _windows(lead: int, start: int, end: int) -> NDArray[np.int64]:
    """Return the spectrum that tells of each window from ``start`` to ``end``, ``lead`` samples into a stretch."""
    return spectrum_at(np.arange(lead + WINDOW // 2, lead + end - start, WINDOW))


def _pcm(sound: Samples) -> Pcm:
    pcm: Pcm = np.clip(np.rint(sound), -32768, 32767).astype(np.int16)
    pcm.flags.writeable = False
    return pcm


def _plausible(path: EchoPath) -> bool:
    return path.remains < _REMAINS and path.gain < (_SIDETONE_GAIN if path.delay < _SIDETONE else _GAIN)


def _audible(sound: NDArray[np.float32]) -> bool:
    return _active(sound) is not None


def _active(sound: NDArray[np.float32] | Pcm) -> int | None:
    """Return where the first audible window begins; None where all is quiet."""
    count = len(sound) // WINDOW
    windows = sound[: count * WINDOW].reshape(count, WINDOW).astype(np.float32)
    loud = np.flatnonzero(np.mean(np.square(windows), axis=1) > _AUDIBLE**2)
    return int(loud[0]) * WINDOW if len(loud) else None
