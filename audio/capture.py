"""Live capture: devices in child processes become aligned 16 kHz blocks, whatever is unplugged meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Final

from audio.capture_side import CaptureSide
from audio.clock import Clock
from audio.errors import AudioFault, DeviceFault
from audio.feeds import Feeds
from audio.model import SAMPLE_RATE, AudioBlock, CallerSide, Channel, DeviceHealth, SideFacts, Span
from audio.resample import ResamplerFactory
from audio.settings import CaptureSettings

_SLEPT_NS: Final = 1_000_000_000


class DeviceSource:
    """The chosen devices as an :class:`audio.ports.AudioSource`.

    Sample 0 is the first sound of whichever side delivers first. Each side is held to the monotonic clock: sound that
    does not come is replaced by silence, so both sides stay aligned. A device that vanishes is looked for until it
    is back, and a capture process that dies or hangs is replaced, while the call goes on.

    Thread: :meth:`blocks` on the ``recorder`` thread, the rest on any.
    """

    def __init__(
        self,
        agent: str,
        caller: str,
        side: CallerSide,
        feeds: Feeds,
        resampler: ResamplerFactory,
        clock: Clock,
        settings: CaptureSettings | None = None,
        slept_ns: Callable[[], int] = lambda: 0,
    ) -> None:
        """Prepare; nothing is opened before :meth:`blocks`.

        Args:
            agent: Device id of the counsellor's microphone; empty for the default.
            caller: Device id of the caller's side; empty for the default. Unused with SPLIT.
            side: Where the caller's voice comes from.
            feeds: Starts capture processes.
            resampler: Makes rate converters.
            clock: Monotonic time.
            settings: How to open and watch.
            slept_ns: How long the PC has slept since it started, where ``clock`` stands still in sleep and the
                system can tell; any zero.
        """
        self._settings = settings or CaptureSettings()
        self._feeds = feeds
        self._clock = clock
        self._stop = threading.Event()
        both = (Channel.AGENT, Channel.CALLER)
        plan: list[tuple[str, CallerSide, tuple[Channel, ...]]]
        if side is CallerSide.SPLIT:
            plan = [(agent, CallerSide.SPLIT, both)]
        else:
            plan = [(agent, CallerSide.INPUT, both[:1]), (caller, side, both[1:])]
        self._sides = [
            CaptureSide(device, kind, channels, feeds, resampler, self._settings) for device, kind, channels in plan
        ]
        self._slept_ns = slept_ns
        self._started_ns: int | None = None
        self._warning: AudioFault | None = None

    @property
    def channels(self) -> tuple[Channel, ...]:
        """Agent and caller."""
        return tuple(channel for side in self._sides for channel in side.channels)

    @property
    def started_ns(self) -> int | None:
        """Monotonic time of sample 0; None before it."""
        return self._started_ns

    def blocks(self) -> Iterator[AudioBlock]:
        """Yield aligned blocks of both sides until :meth:`close`.

        Raises:
            audio.errors.DeviceFault: At the start, no side could be opened. Later faults show in :meth:`health`.
        """
        length = self._settings.block_ms * SAMPLE_RATE // 1000
        try:
            now = self._clock.now_ns()
            slept = self._slept_ns()
            for side in self._sides:
                side.open(now)
            while not self._stop.is_set():
                feeds = [side.feed for side in self._sides if side.feed is not None]
                self._feeds.wait(feeds, self._settings.block_ms / 1000)
                before, now = now, self._clock.now_ns()
                brought = max([side.listen(now) for side in self._sides], default=0.0)
                slept_before, slept = slept, self._slept_ns()
                away = (now - before) / 1e9
                if slept - slept_before > _SLEPT_NS:
                    self._wake(now, now - before, (slept - slept_before) / 1e9 + away)
                elif away > self._settings.asleep_after_s and brought < away / 2:
                    # Sound of a desk that was merely slow waits in the rings; here the devices stood still as well.
                    self._wake(now, now - before, away)
                for side in self._sides:
                    side.watch(now)
                self._begin(now)
                for side in self._sides:
                    side.fill(now)
                    yield from side.take_blocks(length)
            for side in self._sides:
                yield from side.take_blocks(length, everything=True)
        finally:
            for side in self._sides:
                side.close()

    def _wake(self, now_ns: int, passed_ns: int, slept_s: float) -> None:
        """Go on after a sleep: both sides move alike, so they stay aligned."""
        room_s = min(self._settings.sleep_room_s, slept_s)
        for side in self._sides:
            side.slept(now_ns, passed_ns - round(room_s * 1e9), round(room_s * SAMPLE_RATE))
        self._warning = AudioFault("audio.pc_slept", seconds=round(slept_s))

    def _begin(self, now_ns: int) -> None:
        """Fix sample 0 as soon as it can be known."""
        if self._started_ns is not None:
            return
        firsts = [first for side in self._sides if (first := side.first_ns) is not None]
        if firsts:
            self._started_ns = min(firsts)
        elif any(side.is_open for side in self._sides):
            # Open, but nothing plays yet: time begins all the same.
            if all(side.is_open or side.fault is not None for side in self._sides):
                self._started_ns = now_ns
        elif all(side.fault is not None for side in self._sides):
            fault = self._sides[0].fault
            assert fault is not None
            raise fault
        if self._started_ns is not None:
            for side in self._sides:
                side.begin(self._started_ns)

    def health(self) -> dict[Channel, DeviceHealth]:
        """Return the state of each side now."""
        return {channel: side.health for side in self._sides for channel in side.channels}

    def faults(self) -> dict[Channel, DeviceFault]:
        """Return why a side delivers nothing, where it is known."""
        return {channel: side.fault for side in self._sides if side.fault is not None for channel in side.channels}

    def lost_samples(self) -> int:
        """Return samples (16 kHz, a channel) that a device should have delivered; silence stands in their place.

        A stretch counts when it is over.
        """
        return sum(side.lost for side in self._sides)

    def gaps(self) -> tuple[Span, ...]:
        """Return every counted gap so far, in order a side."""
        return tuple(span for side in self._sides for span in tuple(side.gaps))

    def restarts(self) -> int:
        """Return how often a capture process died or hung and was replaced."""
        return sum(side.restarts for side in self._sides)

    def facts(self) -> tuple[SideFacts, ...]:
        """Return what each side that was opened is captured from."""
        return tuple(facts for side in self._sides for facts in side.facts)

    @property
    def warning(self) -> AudioFault | None:
        """That the PC slept, and for how long the last time. A device's state is in :meth:`health`. Any thread."""
        return self._warning

    def close(self) -> None:
        """End :meth:`blocks` soon."""
        self._stop.set()


def health_code(channel: Channel, health: DeviceHealth) -> str | None:
    """Return the code of the sentence for a side's state; None while it is well."""
    return None if health is DeviceHealth.OK else f"audio.{channel.value}_{health.value}"
