"""A sound file that opens anywhere, written piece by piece through libsndfile."""

from __future__ import annotations

from enum import StrEnum
from typing import BinaryIO

import numpy as np
import soundfile

from audio.model import SAMPLE_RATE, Pcm


class Encoding(StrEnum):
    """Kinds of file."""

    WAV = "WAV"
    FLAC = "FLAC"


class StereoFile:
    """Two sides at 16 kHz, 16 bit: left the agent, right the caller. One thread."""

    def __init__(self, stream: BinaryIO, encoding: Encoding) -> None:
        """Begin.

        Args:
            stream: Open for writing, able to seek; stays the caller's.
            encoding: Kind of file.
        """
        self._file = soundfile.SoundFile(stream, "w", SAMPLE_RATE, 2, "PCM_16", format=encoding.value)

    def write(self, agent: Pcm, caller: Pcm) -> None:
        """Add a piece; both sides are equally long. Raises OSError when the disk does not take it."""
        try:
            self._file.write(np.stack((agent, caller), axis=1))
        except (soundfile.SoundFileError, RuntimeError) as error:
            raise OSError("the sound file was not written") from error

    def close(self) -> None:
        """Finish the file. Raises OSError."""
        try:
            self._file.close()
        except (soundfile.SoundFileError, RuntimeError) as error:
            raise OSError("the sound file was not finished") from error
