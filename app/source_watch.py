"""Looks after a call's source and recorder while blocks flow, and tells what a person should know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Protocol

from app.notice import notice_of
from assist.events import NoticeRaised
from audio.errors import AudioFault
from audio.events import AudioGap, CallEvent, DeviceStateChanged, EngineRestarted, LevelsMeasured
from audio.levels import LevelMeter
from audio.model import AudioBlock, Channel, DeviceHealth
from audio.ports import AudioSource, SoundReader


class CallRecorder(SoundReader, Protocol):
    """What a call needs of a recorder."""

    @property
    def notice_code(self) -> str | None:
        """Code of the sentence the user should read now, or None."""
        ...

    def write(self, block: AudioBlock) -> None:
        """Keep a block, on disk where there is room."""
        ...

    def close(self) -> None:
        """Finish the files."""
        ...


class SourceWatch:
    """Turns levels, health, gaps, restarts and a full disk into events. Thread: ``recorder``."""

    def __init__(
        self,
        call_id: str,
        source: AudioSource,
        recorder: CallRecorder,
        publish: Callable[[CallEvent], None],
        now_ns: Callable[[], int],
    ) -> None:
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
        self.warn()
        if (restarts := self._source.restarts()) != self._restarts:
            self._restarts = restarts
            self._publish(EngineRestarted(call_id=self._call_id, t_ns=self._now_ns(), engine="capture", count=restarts))
        if (code := self._recorder.notice_code) != self._told:
            self._told = code
            if code is not None:
                self._publish(
                    NoticeRaised(call_id=self._call_id, t_ns=self._now_ns(), code=code, severity="error", params={})
                )

    def warn(self) -> None:
        """Tell what the source warns of, each warning once; also when it has ended."""
        warning = self._source.warning
        if warning is not None and warning is not self._warned:
            self._warned = warning
            self._publish(notice_of(warning, self._call_id, self._now_ns(), "warning"))

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
