"""Capture in child processes, seen from the desktop process, which itself never loads native audio."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Sequence
from multiprocessing import connection
from multiprocessing.connection import Connection
from multiprocessing.shared_memory import SharedMemory
from typing import Final

from audio.adapters import capture_child
from audio.adapters.ring import Ring
from audio.adapters.system_clock import SystemClock
from audio.capture import DeviceSource
from audio.clock import Clock
from audio.errors import DeviceFault
from audio.feeds import Feed, FeedFormat, FeedUpdate
from audio.model import CallerSide, Device
from audio.resample import ResamplerFactory
from audio.settings import CaptureSettings

_GRACE_S: Final = 0.5
_LISTING_S: Final = 15.0


class ProcessFeed:
    """Fills :class:`audio.feeds.Feed` with one spawned process. One thread."""

    def __init__(self, device: str, kind: CallerSide, ring_bytes: int) -> None:
        """Start the process; returns at once."""
        context = multiprocessing.get_context("spawn")
        self._memory = SharedMemory(create=True, size=ring_bytes)
        self._link, far = context.Pipe()
        self._process = context.Process(
            target=capture_child.capture,
            args=(far, self._memory.name, device, kind.value),
            name="doumi-capture",
            daemon=True,
        )
        self._process.start()
        far.close()
        self._ring: Ring | None = None
        self._format: FeedFormat | None = None
        self._taken = 0
        self._overflows = 0
        self._closed = False

    @property
    def format(self) -> FeedFormat | None:
        """How the device was opened; None until it is."""
        return self._format

    @property
    def link(self) -> Connection:
        """Becomes readable when there is news."""
        return self._link

    @property
    def pid(self) -> int | None:
        """The process."""
        return self._process.pid

    def poll(self) -> FeedUpdate:
        """Return what is new; never waits."""
        tick: tuple[int, int, int] | None = None
        fault: DeviceFault | None = None
        ended = alive = False
        try:
            while self._link.poll():
                kind, *values = self._link.recv()
                alive = True
                if kind == "tick":
                    tick = (values[0], values[1], values[2])
                elif kind == "open":
                    self._format = FeedFormat(*values)
                    assert self._memory.buf is not None
                    self._ring = Ring(self._memory.buf, self._format.channels)
                else:
                    fault = DeviceFault(values[0])
                    ended = True
        except (EOFError, OSError):
            ended = True
        if tick is None or self._ring is None or tick[0] == self._taken:
            return FeedUpdate(fault=fault, ended=ended, sign_of_life=alive)
        written, end_ns, overflows = tick
        lost = max(0, written - self._taken - self._ring.readable)
        start = self._taken + lost
        new_overflows = overflows - self._overflows
        self._taken, self._overflows = written, overflows
        return FeedUpdate(self._ring.read(start, written), end_ns, lost, new_overflows, fault, ended, alive)

    def close(self) -> None:
        """End the process."""
        if self._closed:
            return
        self._closed = True
        self._link.close()
        self._process.join(_GRACE_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join(_GRACE_S)
        if self._ring is not None:
            self._ring.release()
        self._memory.close()
        self._memory.unlink()


class CaptureProcesses:
    """Fills :class:`audio.feeds.Feeds`. One thread."""

    def __init__(self, settings: CaptureSettings | None = None) -> None:
        self._settings = settings or CaptureSettings()
        self._idle = threading.Event()

    def open(self, device: str, kind: CallerSide) -> ProcessFeed:
        """Start capturing a device."""
        return ProcessFeed(device, kind, self._settings.ring_bytes)

    def wait(self, feeds: Sequence[Feed], seconds: float) -> None:
        """Return when any feed has news, at the latest after ``seconds``."""
        links = [feed.link for feed in feeds if isinstance(feed, ProcessFeed)]
        if links:
            connection.wait(links, seconds)
        else:
            self._idle.wait(seconds)


class DeviceSources:
    """Opens live sources. Any thread."""

    def __init__(self, resampler: ResamplerFactory, clock: Clock, settings: CaptureSettings | None = None) -> None:
        self._resampler = resampler
        self._clock = clock
        self._settings = settings or CaptureSettings()

    def open(self, agent: str, caller: str, side: CallerSide) -> DeviceSource:
        """Return a source for the chosen devices; opening errors come from its first block."""
        feeds = CaptureProcesses(self._settings)
        return DeviceSource(
            agent, caller, side, feeds, self._resampler, self._clock, self._settings, SystemClock().slept_ns
        )


class ProcessDeviceLister:
    """Finds devices: asks a fresh process each time, so it sees what was just plugged in."""

    def devices(self) -> Sequence[Device]:
        """Return inputs and loopbacks. Takes about half a second.

        Raises:
            audio.errors.DeviceFault: The sound system does not answer or its library is missing.
        """
        context = multiprocessing.get_context("spawn")
        link, far = context.Pipe()
        process = context.Process(target=capture_child.list_devices, args=(far,), name="doumi-devices", daemon=True)
        process.start()
        far.close()
        try:
            if not link.poll(_LISTING_S):
                raise DeviceFault("audio.devices_unknown")
            kind, value = link.recv()
        except (EOFError, OSError) as error:
            raise DeviceFault("audio.devices_unknown") from error
        finally:
            link.close()
            process.join(_GRACE_S)
            if process.is_alive():
                process.kill()
                process.join(_GRACE_S)
        if kind == "fault":
            raise DeviceFault(value)
        found: list[Device] = value
        return found
