"""Plays a sound file to its end on one output device, e.g. a virtual one that a softphone hears.

Runs in a child process of its own: which sink a sound server plays to is decided once, by its environment.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
import sounddevice
import soundfile
import soxr

from audio.adapters.portaudio import PORTAUDIO, PULSE, PULSE_RATE
from audio.errors import DeviceFault, FileFault

_MONO_OR_STEREO: Final = 2


class NoticePlayer:
    """Plays one notice at a time. One thread."""

    def play(self, file: str, device: str) -> None:
        """Play ``file`` to its end.

        Args:
            file: WAV, FLAC or anything else libsndfile reads.
            device: The output: ``pulse:NAME`` or ``NAME`` of a sink, ``portaudio:API:NAME`` or a device's name.

        Raises:
            DeviceFault: There is no such output, or it cannot be opened: nothing is played elsewhere instead.
            FileFault: The file cannot be read.
        """
        index, rate = output_of(device)
        try:
            frames, own_rate = soundfile.read(file, dtype="float32", always_2d=True)
        except (soundfile.SoundFileError, OSError, RuntimeError) as error:
            raise FileFault("audio.file_unreadable", path=Path(file).name) from error
        frames = frames[:, :_MONO_OR_STEREO]
        if own_rate != rate:
            frames = soxr.resample(frames, own_rate, rate)
        extra: Any = sounddevice.WasapiSettings(auto_convert=True) if sys.platform == "win32" else None
        try:
            with sounddevice.OutputStream(
                device=index,
                samplerate=rate,
                channels=frames.shape[1],
                dtype="float32",
                latency="high",
                extra_settings=extra,
            ) as stream:
                # Leaving the stream waits until all of it was heard.
                stream.write(np.ascontiguousarray(frames, dtype=np.float32))
        except (sounddevice.PortAudioError, ValueError) as error:
            raise DeviceFault("audio.notice_output_busy") from error


def build() -> NoticePlayer:
    """Return the adapter; called in the child."""
    return NoticePlayer()


def output_of(device: str) -> tuple[int, int]:
    """Return PortAudio's number and rate of the output. Raises DeviceFault."""
    sink = device.removeprefix(PULSE)
    if not device.startswith(PORTAUDIO) and _is_sink(sink):
        os.environ["PULSE_SINK"] = sink
        for index, info in enumerate(sounddevice.query_devices()):
            if info["name"] == "pulse" and info["max_output_channels"] > 0:
                return index, PULSE_RATE
        raise DeviceFault("audio.alsa_plugin_missing")
    for index, info in enumerate(sounddevice.query_devices()):
        api = sounddevice.query_hostapis(info["hostapi"])["name"]
        if info["max_output_channels"] > 0 and device in (info["name"], f"{PORTAUDIO}{api}:{info['name']}"):
            return index, int(info["default_samplerate"])
    raise DeviceFault("audio.notice_output_missing")


def _is_sink(name: str) -> bool:
    """Return whether the sound server has this very sink; an unknown one would be played on the default output."""
    if sys.platform != "linux" or find_spec("pulsectl") is None:
        return False
    from audio.adapters.pulse_sources import PulseServer

    with suppress(OSError):
        return any(source.monitor and source.name == f"{name}.monitor" for source in PulseServer().sources())
    return False
