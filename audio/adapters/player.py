"""Plays sound to the counsellor through PortAudio. Runs in a child process of its own."""

from __future__ import annotations

import numpy as np
import sounddevice

from audio.errors import DeviceFault
from audio.model import SAMPLE_RATE, Pcm


class Player:
    """Plays one stretch at a time on the default output; a new one replaces the last."""

    def play(self, pcm: Pcm) -> None:
        """Start playing 16 kHz mono; returns at once.

        Raises:
            DeviceFault: There is no output device that can be used.
        """
        try:
            sounddevice.stop()
            sounddevice.play(np.asarray(pcm, dtype=np.int16), SAMPLE_RATE)
        except sounddevice.PortAudioError as error:
            raise DeviceFault("audio.no_output") from error

    def stop(self) -> None:
        """Stop."""
        sounddevice.stop()


def build() -> Player:
    """Return the adapter; called in the child."""
    return Player()
