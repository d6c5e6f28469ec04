"""Looks after a call's source and recorder while blocks flow, and tells what a person should know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Final, Protocol

from app.clock_watch import ClockWatch
from app.disk_room import NEARLY_FULL_MINUTES, DiskRoom
from app.notice import notice_of
from audio.errors import AudioFault
from audio.events import AudioGap, CallEvent, DeviceStateChanged, EngineRestarted, LevelsMeasured, SideMeasured
from audio.levels import LevelMeter
from audio.model import AudioBlock, Channel, DeviceHealth, SideFacts
from audio.ports import AudioSource, Recording
from resources.notices import Fault

TOLD_DRIFT: Final = 160
"""Samples (10 ms) of drift from which a side is told of again in mid-call."""
LOOK_NS: Final = 10_000_000_000
"""How often the disk's room and the wall clock are looked at."""


class CallRecorder(Recording, Protocol):
    """What a call needs of a recorder."""

    @property
    def notice_code(self) -> str | None:
        """Code of the sentence the user should read now, or None."""
        ...

    def write(self, block: AudioBlock) -> None:
        """Keep a block, on disk where there is room."""
        ...

    def unwritten_s(self) -> float:
        """Return the seconds of sound that are not on disk."""
        ...

    def close(self) -> None:
        """Finish the files."""
        ...


class SourceWatch:
    """Turns levels, health, gaps, restarts, a disk and a clock that are not as they should be into events.

    Thread: ``recorder``.
    """

    def __init__(
        self,
        call_id: str,
        source: AudioSource,
        recorder: CallRecorder,
        publish: Callable[[CallEvent], None],
        now_ns: Callable[[], int],
        room: DiskRoom | None = None,
        low_minutes: int = 0,
        clock: ClockWatch | None = None,
    ) -> None:
        """Watch one call.

        Args:
            call_id: Whose events they are.
            source: What delivers.
            recorder: What keeps.
            publish: The bus.
            now_ns: Capture clock.
            room: The disk the sound goes to; None asks nobody.
            low_minutes: Minutes of recording left at which to warn, and again near the end.
            clock: Watches the wall clock; None watches nothing.
        """
        self._call_id = call_id
        self._source = source
        self._recorder = recorder
        self._publish = publish
        self._now_ns = now_ns
        self._meters = {channel: LevelMeter(channel) for channel in Channel}
        self._health = dict.fromkeys(Channel, DeviceHealth.OK)
        self._gaps: Counter[Channel] = Counter()
        self._restarts = 0
        self._told: str | None = None
        self._warned: AudioFault | None = None
        self._facts: dict[Channel, SideFacts] = {}
        self._room = room
        self._marks = sorted({low_minutes, min(low_minutes, NEARLY_FULL_MINUTES)} - {0})
        self._clock = clock
        self._look_at_ns = 0

    def look(self, block: AudioBlock) -> None:
        """Take note of a block and of what changed since the last one."""
        for levels in self._meters[block.channel].add(block):
            self._publish(LevelsMeasured(call_id=self._call_id, t_ns=self._now_ns(), levels=levels))
        for channel, health in self._source.health().items():
            if self._health[channel] is not health:
                self._health[channel] = health
                self._publish(
                    DeviceStateChanged(call_id=self._call_id, t_ns=self._now_ns(), channel=channel, health=health)
                )
        self._look_for_gaps()
        self._measure(TOLD_DRIFT)
        self.warn()
        if (restarts := self._source.restarts()) != self._restarts:
            self._restarts = restarts
            self._publish(EngineRestarted(call_id=self._call_id, t_ns=self._now_ns(), engine="capture", count=restarts))
        if (code := self._recorder.notice_code) != self._told:
            self._told = code
            self._tell(Fault(code or "audio.disk_again"), "error" if code else "info")
        self._look_around()

    def finish(self) -> None:
        """Tell what is left to tell when the source has ended."""
        self._measure(1)
        self.warn()

    def warn(self) -> None:
        """Tell what the source warns of, each warning once."""
        warning = self._source.warning
        if warning is not None and warning is not self._warned:
            self._warned = warning
            self._publish(notice_of(warning, self._call_id, self._now_ns(), "warning"))

    def _look_around(self) -> None:
        now = self._now_ns()
        if now < self._look_at_ns:
            return
        self._look_at_ns = now + LOOK_NS
        if self._clock is not None and (moved := self._clock.look()) is not None:
            self._tell(moved, "warning")
        if self._room is None or not self._marks:
            return
        left = self._room.minutes(len(self._source.channels))
        if left >= self._marks[-1]:
            return
        self._marks = [mark for mark in self._marks if left >= mark]
        self._tell(Fault("audio.disk_low", minutes=left), "warning")

    def _tell(self, fault: Fault, severity: str) -> None:
        self._publish(notice_of(fault, self._call_id, self._now_ns(), severity))

    def _look_for_gaps(self) -> None:
        seen: Counter[Channel] = Counter()
        for gap in self._source.gaps():
            seen[gap.channel] += 1
            if seen[gap.channel] > self._gaps[gap.channel]:
                self._publish(
                    AudioGap(
                        call_id=self._call_id,
                        t_ns=self._now_ns(),
                        channel=gap.channel,
                        start=gap.start,
                        n_samples=gap.end - gap.start,
                    )
                )
        self._gaps = seen

    def _measure(self, least_drift: int) -> None:
        for facts in self._source.facts():
            told = self._facts.get(facts.channel)
            if told is not None and _alike(told, facts, least_drift):
                continue
            self._facts[facts.channel] = facts
            self._publish(
                SideMeasured(
                    call_id=self._call_id,
                    t_ns=self._now_ns(),
                    channel=facts.channel,
                    device=facts.device,
                    rate=facts.rate,
                    opened=facts.opened,
                    drift_samples=facts.drift_samples,
                )
            )


def _alike(one: SideFacts, other: SideFacts, least_drift: int) -> bool:
    return one.opened == other.opened and abs(one.drift_samples - other.drift_samples) < least_drift
