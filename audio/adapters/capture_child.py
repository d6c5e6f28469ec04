"""What runs inside a capture process: open one device, copy its sound into the shared ring, watch it, or list devices.

Every process opens at most one device, since PortAudio's list of devices is as old as the process and renewing it would
end all its streams.
"""

from __future__ import annotations

import os
import signal
import sys
from importlib.util import find_spec
from multiprocessing.connection import Connection
from multiprocessing.shared_memory import SharedMemory
from typing import TYPE_CHECKING, Final

from audio.adapters.device_stream import DeviceStream, RingWriter
from audio.adapters.ring import Ring
from audio.errors import DeviceFault
from audio.model import CallerSide, Device

if TYPE_CHECKING:
    from audio.adapters.pulse_sources import PulseServer

TICK_S: Final = 0.05


def capture(link: Connection, memory_name: str, device: str, kind: str) -> None:
    """Capture one device until the link closes. Never returns.

    Sends ``("open", rate, channels, may_pause, name)``, then ``("tick", frames written, time of the last, overflows)``
    twenty times a second, and ``("fault", code)`` before it ends on its own.
    """
    _settle_in()
    try:
        _capture(link, memory_name, device, CallerSide(kind))
    except DeviceFault as fault:
        _send_last(link, ("fault", fault.code))
    except (EOFError, OSError):
        pass
    finally:
        # Native libraries may hang or crash while they are unloaded; the system frees what they hold.
        os._exit(0)


def _capture(link: Connection, memory_name: str, device: str, kind: CallerSide) -> None:
    stream = _open(device, kind)
    memory = SharedMemory(memory_name)
    assert memory.buf is not None
    writer = RingWriter(Ring(memory.buf, stream.channels))
    link.send(("open", stream.rate, stream.channels, stream.may_pause, stream.name))
    stream.start(writer)
    while not link.poll(TICK_S):
        mark = writer.mark
        # Asked after the mark was taken: what the mark counts came from the device itself.
        if not stream.present():
            raise DeviceFault("audio.device_unplugged")
        link.send(("tick", *mark))


def _open(device: str, kind: CallerSide) -> DeviceStream:
    if device.startswith("wasapi-loopback:") or (kind is CallerSide.LOOPBACK and sys.platform == "win32"):
        from audio.adapters.loopback import LoopbackStream

        return LoopbackStream(device)
    from audio.adapters import portaudio

    server = _pulse_server()
    if device.startswith(portaudio.PULSE):
        if server is None:
            raise DeviceFault("audio.device_missing")
        return portaudio.PulseStream(server, device.removeprefix(portaudio.PULSE))
    if not device and server is not None:
        return portaudio.PulseStream(server, server.loopback() if kind is CallerSide.LOOPBACK else server.microphone())
    if kind is CallerSide.LOOPBACK:
        raise DeviceFault("audio.loopback_unsupported")
    return portaudio.InputStream(device)


def list_devices(link: Connection) -> None:
    """Send the devices there are now, or ``("fault", code)``. Never returns."""
    _settle_in()
    try:
        _send_last(link, ("devices", _devices()))
    except DeviceFault as fault:
        _send_last(link, ("fault", fault.code))
    finally:
        os._exit(0)


def _devices() -> list[Device]:
    from audio.adapters import portaudio

    server = _pulse_server()
    if server is not None:
        defaults = (server.microphone(), server.loopback())
        return [
            Device(
                id=f"{portaudio.PULSE}{source.name}",
                name=source.description,
                kind=CallerSide.LOOPBACK if source.monitor else CallerSide.INPUT,
                channels=source.channels,
                rate=portaudio.PULSE_RATE,
                is_default=source.name in defaults,
            )
            for source in server.sources()
        ]
    found = portaudio.inputs()
    if sys.platform == "win32":
        from audio.adapters.loopback import loopbacks

        found += loopbacks()
    return found


def _pulse_server() -> PulseServer | None:
    """Return the PulseAudio or PipeWire server of this user, or None where there is none with a source."""
    if sys.platform != "linux" or find_spec("pulsectl") is None:
        return None
    from audio.adapters.pulse_sources import PulseServer

    try:
        server = PulseServer()
    except OSError:
        return None
    return server if server.sources() else None


def _settle_in() -> None:
    """Leave Ctrl+C to the desk and keep native chatter off its standard streams."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        silent = os.open(os.devnull, os.O_RDWR)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
    except OSError:
        return


def _send_last(link: Connection, message: tuple[object, ...]) -> None:
    try:
        link.send(message)
        link.close()
    except OSError:
        return
