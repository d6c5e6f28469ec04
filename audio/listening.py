"""The sound of a call on its way to being cut: what was fed, what voice activity makes of it, and what is left."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from audio.echo import PATIENCE, EchoFree
from audio.errors import PoisonedSound
from audio.levels import FULL_SCALE
from audio.model import SAMPLE_RATE, AudioBlock, Channel, Pcm
from audio.ports import SoundReader, VadState, VoiceActivityDetector
from audio.segment import WINDOW, Segmenter, SegmentEvent
from audio.speech_settings import SegmentSettings

_MIN_WINDOWS: Final = 3
"""Fewest windows (96 ms) worth a request to the voice detector."""
_MAX_WINDOWS: Final = 64
_AHEAD: Final = 10 * SAMPLE_RATE
"""Samples a side may be fed ahead of its segmentation where feeding may block."""


class FilledSound:
    """A recording read as if it never ended: silence where it does not reach. Any thread."""

    def __init__(self, sound: SoundReader) -> None:
        self._sound = sound

    def read(self, channel: Channel, start: int, end: int) -> Pcm:
        """Return samples ``start`` to ``end``, all of them."""
        pcm = self._sound.read(channel, start, end)
        missing = end - start - len(pcm)
        return np.concatenate([pcm, np.zeros(missing, np.int16)]) if missing > 0 else pcm


@dataclass(slots=True)
class _Side:
    """One channel. ``fed`` is written by the feeding thread, the rest by the segmenter thread."""

    segmenter: Segmenter
    fed: int
    vad_state: VadState | None = None


class Listener:
    """Runs voice activity over both sides, whichever is further behind first, and tells where speech is.

    Threads: :meth:`feed` from the recorder's side; :meth:`run` is the ``segmenter`` thread's work and calls
    ``handle``; the rest from any thread.
    """

    def __init__(
        self,
        vad: VoiceActivityDetector,
        sound: EchoFree,
        settings: SegmentSettings,
        handle: Callable[[Channel, list[SegmentEvent]], None],
        blocking: bool,
    ) -> None:
        """Prepare.

        Args:
            vad: Voice activity; the state between its calls is kept here, so it may be restarted at any time.
            sound: The recording, filled: see :class:`FilledSound`; without the echo of the other side.
            settings: Segmentation.
            handle: Takes what happened on one side.
            blocking: Whether :meth:`feed` waits while a side is fed far ahead.
        """
        self._vad = vad
        self._sound = sound
        self._settings = settings
        self._handle = handle
        self._blocking = blocking
        self._fed = threading.Condition()
        self._sides: dict[Channel, _Side] = {}
        self._ended = False
        self._stopped = False

    def feed(self, block: AudioBlock) -> bool:
        """Take note of a block that the recording holds; returns whether it still counts."""
        with self._fed:
            if self._ended or self._stopped:
                return False
            side = self._sides.get(block.channel)
            if side is None:
                side = self._sides[block.channel] = _Side(Segmenter(self._settings, block.start), block.start)
            side.fed = max(side.fed, block.end)
            self._fed.notify_all()
            while self._blocking and not self._stopped and side.fed - side.segmenter.position > _AHEAD:
                self._fed.wait()
            return True

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The sides that were fed so far."""
        with self._fed:
            return tuple(self._sides)

    def needed_from(self, channel: Channel) -> int:
        """Return the sample of ``channel`` before which no utterance to come begins."""
        side = self._sides.get(channel)
        return side.segmenter.needed_from if side else 0

    def missed_samples(self) -> int:
        """Return samples fed but not looked at."""
        return sum(max(0, side.fed - side.segmenter.position) for side in self._sides.values())

    def end(self) -> None:
        """Take no more sound; :meth:`run` returns when all of it is looked at."""
        with self._fed:
            self._ended = True
            self._fed.notify_all()

    def stop(self) -> bool:
        """Let :meth:`run` return at once; returns whether that was so already."""
        with self._fed:
            before, self._stopped = self._stopped, True
            self._fed.notify_all()
        return before

    def run(self) -> None:
        """Look at sound until it ends."""
        while (work := self._next_stretch()) is not None:
            channel, windows = work
            self._advance(channel, self._sides[channel], windows)
            with self._fed:
                self._fed.notify_all()
        for channel, side in self._sides.items():
            self._handle(channel, side.segmenter.finish(side.fed))

    def _next_stretch(self) -> tuple[Channel, int] | None:
        """Wait for the side that is furthest behind and how many windows of it are due; None at the end."""
        with self._fed:
            while not self._stopped:
                if self._sides:
                    waiting = {
                        channel: self._ready(side) - side.segmenter.position for channel, side in self._sides.items()
                    }
                    channel = max(waiting, key=waiting.__getitem__)
                    left = waiting[channel]
                    windows = -(-left // WINDOW) if self._ended else left // WINDOW
                    if windows >= (1 if self._ended else _MIN_WINDOWS):
                        return channel, min(windows, _MAX_WINDOWS)
                if self._ended:
                    return None
                self._fed.wait()
        return None

    def _ready(self, side: _Side) -> int:
        """Return up to where a side may be looked at: the other side's sound of the same time tells echo from voice."""
        others = [each.fed for each in self._sides.values() if each is not side]
        if self._ended or not others:
            return side.fed
        return min(side.fed, max(side.fed - PATIENCE, *others))

    def _advance(self, channel: Channel, side: _Side, windows: int) -> None:
        start = side.segmenter.position
        end = start + windows * WINDOW
        pcm, echoed = self._sound.listen(channel, start, end)
        own, probabilities = ~echoed, np.zeros(windows, np.float32)
        if own.any():
            # The detector is not shown echo: it would get used to somebody far away and miss who is near.
            shown = pcm.reshape(windows, WINDOW)[own].reshape(-1)
            try:
                probabilities[own], side.vad_state = self._vad.probabilities(shown, side.vad_state)
            except PoisonedSound:
                # Better a needless decode than lost words.
                probabilities[own], side.vad_state = 1.0, None
            if (probabilities >= self._settings.release).any():
                probabilities[self._sound.suspect(channel, start, end)] = 0.0
        samples = pcm.reshape(windows, WINDOW).astype(np.float32)
        levels = np.sqrt(np.mean(np.square(samples - samples.mean(axis=1, keepdims=True)), axis=1)) / FULL_SCALE
        self._handle(channel, side.segmenter.push(probabilities, levels))
