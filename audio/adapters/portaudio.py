"""Inputs through sounddevice (PortAudio), and on Linux through it the sources of a PulseAudio or PipeWire server.

Import only in a capture process.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from audio.adapters.device_stream import RingWriter
from audio.errors import DeviceFault
from audio.model import CallerSide, Device

if TYPE_CHECKING:
    from audio.adapters.pulse_sources import PulseServer

try:
    import sounddevice
except OSError as error:  # the PortAudio library itself is missing
    raise DeviceFault("audio.portaudio_missing") from error

PULSE: Final = "pulse:"
PORTAUDIO: Final = "portaudio:"
PULSE_RATE: Final = 48_000
"""The server converts to it, whatever the device has."""
_LATENCY_S: Final = 0.2
_MAX_CHANNELS: Final = 2


def _device_id(info: dict[str, Any]) -> str:
    """Return the stable id of a PortAudio device: its name and the interface it is reached through."""
    api = sounddevice.query_hostapis(info["hostapi"])["name"]
    return f"{PORTAUDIO}{api}:{info['name']}"


def _preferred_api() -> str | None:
    """Return the one interface to list where the same device shows up under several."""
    names = [api["name"] for api in sounddevice.query_hostapis()]
    return next((name for name in ("Windows WASAPI", "Core Audio") if name in names), None)


def inputs() -> list[Device]:
    """Return the inputs that PortAudio sees."""
    api = _preferred_api()
    default = sounddevice.default.device[0]
    if api is not None:
        default = next(a["default_input_device"] for a in sounddevice.query_hostapis() if a["name"] == api)
    found = []
    for index, info in enumerate(sounddevice.query_devices()):
        if info["max_input_channels"] <= 0:
            continue
        if api is not None and sounddevice.query_hostapis(info["hostapi"])["name"] != api:
            continue
        found.append(
            Device(
                id=_device_id(info),
                name=info["name"],
                kind=CallerSide.INPUT,
                channels=info["max_input_channels"],
                rate=int(info["default_samplerate"]),
                is_default=index == default,
            )
        )
    return found


class InputStream:
    """Fills :class:`audio.adapters.device_stream.DeviceStream` for an input device at its native rate."""

    may_pause = False

    def __init__(self, device: str) -> None:
        """Find the device.

        Args:
            device: Id as listed by :func:`inputs`; empty for the default.

        Raises:
            audio.errors.DeviceFault: It is not there.
        """
        found = inputs()
        chosen = next((d for d in found if (d.id == device if device else d.is_default)), None)
        if chosen is None:
            raise DeviceFault("audio.device_missing")
        self._id = chosen.id
        index = next(
            index
            for index, info in enumerate(sounddevice.query_devices())
            if info["max_input_channels"] > 0 and _device_id(info) == chosen.id
        )
        self.name = chosen.name
        self.rate = chosen.rate
        self.channels = min(chosen.channels, _MAX_CHANNELS)
        self._stream: Any = None
        self._index = index

    def start(self, writer: RingWriter) -> None:
        """Begin to deliver."""
        extra = None
        if sys.platform == "win32":
            extra = sounddevice.WasapiSettings(auto_convert=True)
        self._stream = _started(self._index, self.rate, self.channels, writer, extra)

    def present(self) -> bool:
        """Return whether PortAudio still runs the stream; a silent end shows as no callbacks."""
        return bool(self._stream.active)

    def close(self) -> None:
        """Stop."""
        if self._stream is not None:
            self._stream.close(ignore_errors=True)


class PulseStream:
    """Fills :class:`audio.adapters.device_stream.DeviceStream` for a source of a PulseAudio or PipeWire server.

    The server moves a stream to another source when its own vanishes, or when a new default appears; :meth:`present`
    tells, so that nothing of another source is ever taken for this one.
    """

    may_pause = False
    rate = PULSE_RATE
    channels = _MAX_CHANNELS

    def __init__(self, server: PulseServer, name: str) -> None:
        """Find the source.

        Args:
            server: Where to look; used by this stream alone.
            name: The server's name of the source.

        Raises:
            audio.errors.DeviceFault: It is not there, or PortAudio cannot reach the server.
        """
        self._server = server
        self._name = name
        found = next((source for source in server.sources() if source.name == name), None)
        if found is None:
            raise DeviceFault("audio.device_missing")
        self._number = found.index
        self.name = found.description
        os.environ["PULSE_SOURCE"] = name
        devices = enumerate(sounddevice.query_devices())
        index = next((i for i, info in devices if info["name"] == "pulse" and info["max_input_channels"] > 0), None)
        if index is None:
            raise DeviceFault("audio.alsa_plugin_missing")
        self._index = index
        self._stream: Any = None

    def start(self, writer: RingWriter) -> None:
        """Begin to deliver."""
        self._stream = _started(self._index, self.rate, self.channels, writer, None)

    def present(self) -> bool:
        """Return whether the very source that was opened is still there and still the one that is recorded."""
        return (
            bool(self._stream.active)
            and any(source.index == self._number and source.name == self._name for source in self._server.sources())
            and self._server.records_only(self._number)
        )

    def close(self) -> None:
        """Stop."""
        if self._stream is not None:
            self._stream.close(ignore_errors=True)


def _started(index: int, rate: int, channels: int, writer: RingWriter, extra: object) -> Any:
    def callback(frames: NDArray[np.int16], count: int, time: object, status: Any) -> None:
        writer.put(frames, bool(status.input_overflow))

    try:
        stream = sounddevice.InputStream(
            device=index,
            samplerate=rate,
            channels=channels,
            dtype="int16",
            latency=_LATENCY_S,
            callback=callback,
            extra_settings=extra,
        )
        stream.start()
    except (sounddevice.PortAudioError, ValueError) as error:
        raise DeviceFault("audio.device_busy") from error
    return stream
