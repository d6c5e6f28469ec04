"""Sound of a play line at a speed: reads both sides, mixes them, stretches them in windows that join unheard.

The stretching library works on whole windows, so the line is cut into windows of four seconds of output, each stretched
with sound to spare on both sides, and joined where the overlap is quietest. Every window is placed by itself: whatever
the speed, no error adds up.
"""

from __future__ import annotations

from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from app.replay.line import PlayLine
from audio.model import SAMPLE_RATE, Channel, Pcm
from audio.ports import SoundReader

Sound = NDArray[np.float32]
"""float32, shape (n_frames,), -1 to 1."""

_WINDOW: Final = 4 * SAMPLE_RATE
"""Output frames a window adds."""
_OVERLAP: Final = SAMPLE_RATE // 2
"""Output frames in which a join is looked for."""
_SPARE: Final = SAMPLE_RATE // 8
"""Output frames stretched before and behind a window and thrown away: the library's edges are not like its middle."""
_JOIN: Final = SAMPLE_RATE // 50
"""Output frames over which one window fades into the next: 20 ms."""
_EDGE: Final = SAMPLE_RATE // 250
"""Frames over which sound fades at a cut of the line, against a click: 4 ms."""


class TimeStretch(Protocol):
    """Plays faster or slower at the same pitch. Stateless."""

    def stretch(self, sound: Sound, frames: int) -> Sound:
        """Return ``sound`` made ``frames`` long."""
        ...


class Renderer:
    """Makes the output of one play line at one speed, in order. One thread."""

    def __init__(
        self, line: PlayLine, speed: float, sound: SoundReader, sides: frozenset[Channel], stretch: TimeStretch
    ) -> None:
        """Read nothing yet.

        Args:
            line: What is played.
            speed: 0.5 to 3.
            sound: The call's.
            sides: Which sides are heard.
            stretch: Not used at speed 1.
        """
        self._line, self._speed, self._sound, self._sides, self._stretch = line, speed, sound, sides, stretch
        self._at = 0
        self._ready: Sound = np.zeros(0, np.float32)
        self._tail: Sound | None = None
        length = line.length
        self.length = None if length is None else int(length / speed)
        """Output frames of the whole line; None: a loop."""

    def take(self, frames: int) -> Pcm:
        """Return the next output frames; fewer at the end of the line, then none."""
        if self.length is not None:
            frames = min(frames, self.length - self._at)
        if frames <= 0:
            return np.zeros(0, np.int16)
        if self._speed == 1.0:
            made = self._mixed(self._at, self._at + frames)
        else:
            while len(self._ready) < frames:
                self._ready = np.concatenate((self._ready, self._window(self._at + len(self._ready))))
            made, self._ready = self._ready[:frames], self._ready[frames:]
        self._at += frames
        return np.clip(made * 32767, -32768, 32767).astype(np.int16)

    def _window(self, start: int) -> Sound:
        """Return the output from ``start`` on, up to where the next window takes over."""
        first, last = start - _SPARE, start + _WINDOW + _OVERLAP + _SPARE
        # From whole line frames on both ends, so that no window is off by a part of a frame for longer than itself.
        begin, end = round(first * self._speed), round(last * self._speed)
        made = self._stretch.stretch(self._mixed(begin, end), last - first)[_SPARE : _SPARE + _WINDOW + _OVERLAP]
        if self._tail is not None:
            made[: len(self._tail)] = _joined(self._tail, made[: len(self._tail)])
        self._tail = made[_WINDOW:].copy()
        return made[:_WINDOW]

    def _mixed(self, start: int, stop: int) -> Sound:
        """Return line frames, both sides together; silence before the beginning and past the end."""
        mixed = np.zeros(stop - start, np.float32)
        at = max(0, -start)
        for number, (first, last) in enumerate(self._line.pieces(max(0, start), stop)):
            part = mixed[at : at + last - first]
            for side in self._sides:
                pcm = self._sound.read(side, first, last)
                part[: len(pcm)] += pcm.astype(np.float32) / 32768
            if number:
                _soften(mixed, at)
            at += last - first
        return mixed


def _soften(mixed: Sound, at: int) -> None:
    """Fade out before a cut and in behind it."""
    before, behind = min(_EDGE, at), min(_EDGE, len(mixed) - at)
    mixed[at - before : at] *= np.linspace(1, 0, before, dtype=np.float32)
    mixed[at : at + behind] *= np.linspace(0, 1, behind, dtype=np.float32)


def _joined(old: Sound, new: Sound) -> Sound:
    """Return one stretch out of two of the same moment: the old, then the new, changed over where both are quietest."""
    both = np.abs(old) + np.abs(new)
    loud = np.convolve(both, np.ones(_JOIN, np.float32), "valid")
    at = int(np.argmin(loud))
    fade = np.zeros(len(old), np.float32)
    fade[at : at + _JOIN] = np.linspace(0, 1, _JOIN, dtype=np.float32)
    fade[at + _JOIN :] = 1
    joined: Sound = old * (1 - fade) + new * fade
    return joined
