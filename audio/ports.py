"""What the sound side needs from outside, as small protocols. Adapters fill them; composition builds adapters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from audio.errors import AudioFault
from audio.model import (
    AlignRequest,
    AudioBlock,
    Channel,
    Decoded,
    DecodeRequest,
    DeviceHealth,
    Pcm,
    SideFacts,
    Span,
    Word,
)

VadState = NDArray[np.float32]
"""Opaque state of the voice detector between calls, so that a restarted detector loses nothing."""


class AudioSource(Protocol):
    """Where the sound of a call comes from: devices or a file. Read by the ``recorder`` thread only."""

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The channels this source delivers."""
        ...

    def blocks(self) -> Iterator[AudioBlock]:
        """Yield blocks in time order per channel until the source ends or :meth:`close` is called.

        Raises:
            audio.errors.AudioFault: The device or file cannot be opened or read.
        """
        ...

    def health(self) -> dict[Channel, DeviceHealth]:
        """Return the state of each side now. Any thread."""
        ...

    def lost_samples(self) -> int:
        """Return samples that were lost before they reached us, as the sound system counts them. Any thread."""
        ...

    def gaps(self) -> tuple[Span, ...]:
        """Return every stretch lost so far, in order a side; silence stands in its place. Any thread."""
        ...

    def restarts(self) -> int:
        """Return how often a capture process was replaced. Any thread."""
        ...

    def facts(self) -> tuple[SideFacts, ...]:
        """Return what each side that was opened is captured from. Any thread."""
        ...

    @property
    def warning(self) -> AudioFault | None:
        """What the user should know although sound is delivered, e.g. that a file is cut short. Any thread."""
        ...

    def close(self) -> None:
        """End :meth:`blocks` soon. Any thread; may be called twice."""
        ...


class SoundReader(Protocol):
    """Reads back what was recorded in this call. Any thread."""

    def read(self, channel: Channel, start: int, end: int) -> Pcm:
        """Return samples ``start`` to ``end``; shorter where the recording does not reach."""
        ...


class Recording(SoundReader, Protocol):
    """A call's recording, growing or whole. Any thread."""

    def length(self, channel: Channel) -> int:
        """Return the index one past the last sample recorded."""
        ...


class VoiceActivityDetector(Protocol):
    """Tells speech from other sound. Stateless: the caller carries the state."""

    def probabilities(self, pcm: Pcm, state: VadState | None) -> tuple[NDArray[np.float32], VadState]:
        """Return one probability of speech a window of 512 samples (32 ms) and the state to pass next.

        Args:
            pcm: Length a multiple of 512.
            state: None at the start of a stream.
        """
        ...


class Transcriber(Protocol):
    """Speech to text for one stretch of sound. Stateless."""

    def transcribe(self, request: DecodeRequest) -> Decoded:
        """Return the text of ``request``."""
        ...


class WordAligner(Protocol):
    """Finds when each word of a known text was said. Stateless."""

    def align(self, request: AlignRequest) -> tuple[Word, ...]:
        """Return the words of ``request`` in order, times relative to its start; empty where they cannot be told."""
        ...
