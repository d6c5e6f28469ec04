"""What the PC plays, on Windows: WASAPI loopback through PyAudioWPatch. Import only in a capture process.

On Linux a loopback is the monitor source of a sink, see :mod:`audio.adapters.portaudio`.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyaudiowpatch

from audio.adapters.device_stream import RingWriter
from audio.errors import DeviceFault
from audio.model import CallerSide, Device

WASAPI: Final = "wasapi-loopback:"
_BLOCK_S: Final = 0.02


def _device_id(info: dict[str, Any]) -> str:
    return f"{WASAPI}{info['name']}"


def loopbacks() -> list[Device]:
    """Return what can be listened to: one loopback for each output."""
    audio = pyaudiowpatch.PyAudio()
    try:
        try:
            default = audio.get_default_wasapi_loopback()["index"]
        except (OSError, LookupError):
            default = -1
        return [
            Device(
                id=_device_id(info),
                name=info["name"],
                kind=CallerSide.LOOPBACK,
                channels=int(info["maxInputChannels"]),
                rate=int(info["defaultSampleRate"]),
                is_default=info["index"] == default,
            )
            for info in audio.get_loopback_device_info_generator()
        ]
    finally:
        audio.terminate()


class LoopbackStream:
    """Fills :class:`audio.adapters.device_stream.DeviceStream` for a WASAPI loopback.

    Opened in shared mode with the output's own rate and channels, the only kind WASAPI loopback offers. It delivers
    nothing at all while nothing plays.
    """

    may_pause = True

    def __init__(self, device: str) -> None:
        """Find the loopback.

        Args:
            device: Id as listed by :func:`loopbacks`; empty for the default output's.

        Raises:
            audio.errors.DeviceFault: It is not there.
        """
        self._audio = pyaudiowpatch.PyAudio()
        self._stream: Any = None
        try:
            if device:
                found = self._audio.get_loopback_device_info_generator()
                self._info = next(info for info in found if _device_id(info) == device)
            else:
                self._info = self._audio.get_default_wasapi_loopback()
        except (OSError, LookupError, StopIteration) as error:
            self._audio.terminate()
            raise DeviceFault("audio.device_missing") from error
        self.name = str(self._info["name"])
        self.rate = int(self._info["defaultSampleRate"])
        self.channels = int(self._info["maxInputChannels"])

    def start(self, writer: RingWriter) -> None:
        """Begin to deliver."""
        channels = self.channels

        def callback(content: bytes, count: int, time: object, status: int) -> tuple[None, int]:
            frames = np.frombuffer(content, np.int16).reshape(-1, channels)
            writer.put(frames, bool(status & pyaudiowpatch.paInputOverflow))
            return None, pyaudiowpatch.paContinue

        try:
            self._stream = self._audio.open(
                format=pyaudiowpatch.paInt16,
                channels=channels,
                rate=self.rate,
                input=True,
                input_device_index=self._info["index"],
                frames_per_buffer=int(self.rate * _BLOCK_S),
                stream_callback=callback,
            )
        except (OSError, ValueError) as error:
            raise DeviceFault("audio.device_busy") from error

    def present(self) -> bool:
        """Return whether the stream still runs."""
        return bool(self._stream.is_active())

    def close(self) -> None:
        """Stop."""
        if self._stream is not None:
            self._stream.close()
        self._audio.terminate()
