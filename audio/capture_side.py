"""One side of a live call: its device over however many processes, watched and kept on the clock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from audio.errors import DeviceFault
from audio.feeds import Feed, FeedFormat, Feeds, FeedUpdate, RawFrames
from audio.model import SAMPLE_RATE, AudioBlock, CallerSide, Channel, DeviceHealth, Pcm, SideFacts, Span
from audio.resample import Converter, ResamplerFactory, from_int16, nudged
from audio.settings import CaptureSettings
from audio.stuck import RepeatWatch
from audio.timeline import Timeline

_QUIET_PEAK: Final = 200
"""Sound no louder than this (-44 dBFS) may be left out where a device runs ahead of the clock."""
_RECOVERY_S: Final = 0.4
"""After a device was stuck, how long its sound is held back until it is known to move again."""


class CaptureSide:
    """One device and the channels it feeds, over however many processes it takes.

    Thread: everything on the thread that reads the source, except ``health``, ``fault``, ``lost``, ``gaps``,
    ``restarts`` and ``facts``, which any thread may look at.
    """

    def __init__(
        self,
        device: str,
        kind: CallerSide,
        channels: tuple[Channel, ...],
        feeds: Feeds,
        resampler: ResamplerFactory,
        settings: CaptureSettings,
    ) -> None:
        self.channels = channels
        self.health = DeviceHealth.OK
        self.fault: DeviceFault | None = None
        self.lost = 0
        self.restarts = 0
        self.attempts = 0
        self.feed: Feed | None = None
        self.gaps: list[Span] = []
        self._opened: FeedFormat | None = None
        self._times_opened = 0
        self._counted: Feed | None = None
        self._device = device
        self._kind = kind
        self._feeds = feeds
        self._resampler = resampler
        self._settings = settings
        self._converter: Converter | None = None
        self._timeline: Timeline | None = None
        self._early: list[FeedUpdate] = []
        self._pieces: list[list[Pcm]] = [[] for _ in channels]
        self._held = 0
        self._given = 0
        self._retry_at_ns: int | None = None
        self._open_seen_ns: int | None = None
        self._sign_ns = 0
        self._sound_ns: int | None = None
        self._zero_frames = 0
        self._delivered = False
        self._stall_from: int | None = None
        self._repeats: RepeatWatch | None = None
        self._stuck = False
        self._ended: FeedUpdate | None = None

    @property
    def first_ns(self) -> int | None:
        """When the first sound that waits for sample 0 was captured."""
        rate = self._rate()
        for update in self._early:
            if update.frames is not None:
                return update.end_ns - len(update.frames) * 1_000_000_000 // rate
        return None

    @property
    def facts(self) -> tuple[SideFacts, ...]:
        """What each channel comes from; nothing before the device was opened."""
        opened, timeline = self._opened, self._timeline
        if opened is None:
            return ()
        drift = timeline.steered if timeline is not None else 0
        return tuple(
            SideFacts(channel, opened.name, opened.rate, self._times_opened, drift) for channel in self.channels
        )

    @property
    def is_open(self) -> bool:
        """Whether the device is open, with or without sound yet."""
        return self.feed is not None and self.feed.format is not None

    def open(self, now_ns: int) -> None:
        """Start a process for the device."""
        self.attempts += 1
        self.feed = self._feeds.open(self._device, self._kind)
        self._converter = None
        self._sign_ns = now_ns
        self._open_seen_ns = None
        self._sound_ns = None
        self._retry_at_ns = None
        self._zero_frames = 0
        self._repeats = None
        self._ended = None
        if self._timeline is not None:
            self._timeline.restart()

    def close(self) -> None:
        """End the process and count what is missing up to now."""
        self._count_stall()
        if self.feed is not None:
            self.feed.close()
            self.feed = None

    def listen(self, now_ns: int) -> float:
        """Take what the device brought; :meth:`watch` must follow.

        Returns:
            Seconds of sound it brought.
        """
        if self.feed is None:
            return 0.0
        update = self.feed.poll()
        if self.feed.format is not None and self.feed is not self._counted:
            self._counted, self._opened = self.feed, self.feed.format
            self._times_opened += 1
        if update.sign_of_life:
            self._sign_ns = now_ns
        if update.ended:
            self._ended = update
        if update.frames is None or not len(update.frames):
            return 0.0
        brought = (len(update.frames) + update.lost_frames) / self._rate()
        if self._timeline is None:
            self._early.append(update)
        else:
            self._take(update, now_ns)
        return brought

    def watch(self, now_ns: int) -> None:
        """Watch over the device and start it again where needed."""
        if self.feed is None:
            if self._retry_at_ns is not None and now_ns >= self._retry_at_ns:
                self.open(now_ns)
        elif self._ended is not None:
            self._gone(self._ended.fault, now_ns)
        elif self._hangs(now_ns):
            self._gone(None, now_ns)
        else:
            self._watch(now_ns)

    def slept(self, now_ns: int, skipped_ns: int, silence: int) -> None:
        """Go on after the PC slept: a fresh process, and ``silence`` samples stand for the time that is missing.

        Args:
            now_ns: Now.
            skipped_ns: How far sample 0 moves, so that the sleep takes no more room than the silence.
            silence: Samples.
        """
        if self._timeline is None:
            self._early.clear()
        else:
            self._count_stall()
            self._lose(silence)
            self._silence(self._timeline.put_in(silence))
            self._timeline.shift(skipped_ns)
        if self.feed is not None:
            self._flush()
            self.feed.close()
            self.restarts += 1
            self.open(now_ns)

    def begin(self, zero_ns: int) -> None:
        """Fix sample 0 and place what came before it was known."""
        self._timeline = Timeline(zero_ns, self._settings.gap_tolerance_ms * SAMPLE_RATE // 1000)
        early, self._early = self._early, []
        for update in early:
            self._take(update, zero_ns)

    def fill(self, now_ns: int) -> None:
        """Put silence in place of sound that does not come."""
        if self._timeline is None:
            return
        late = int(self._settings.stall_after_s * 1e9)
        if self._sound_ns is not None and now_ns - self._sound_ns < late:
            return
        before = self._given + self._held
        missing = self._timeline.fill_until(now_ns - late)
        if missing:
            self._timeline.restart()
            if self._stall_from is None:
                self._stall_from = before
        self._silence(missing)

    def take_blocks(self, length: int, everything: bool = False) -> Iterator[AudioBlock]:
        """Yield what is ready."""
        while self._held >= length or (everything and self._held):
            joined = [np.concatenate(pieces) for pieces in self._pieces]
            count = min(length, self._held)
            for channel, pcm in zip(self.channels, joined, strict=True):
                block = pcm[:count].copy()
                block.flags.writeable = False
                yield AudioBlock(channel, self._given, block)
            self._pieces = [[pcm[count:]] for pcm in joined]
            self._held -= count
            self._given += count

    def _take(self, update: FeedUpdate, now_ns: int) -> None:
        assert update.frames is not None
        assert self._timeline is not None
        frames, rate = update.frames, self._rate()
        if self._converter is None:
            self._converter = Converter(rate, self.channels, self._resampler)
        if self._is_stuck(frames, rate, now_ns):
            return
        self._note_sound(frames, rate)
        if update.lost_frames:
            overwritten = self._timeline.put_in(round(update.lost_frames * SAMPLE_RATE / rate))
            self._lose(overwritten)
            self._silence(overwritten)
        if update.overflows:
            self._timeline.overflowed()
        fresh = self._sound_ns is None
        self._sound_ns = update.end_ns
        at_zero = self._given + self._held == 0
        change = self._timeline.place(len(frames) * SAMPLE_RATE / rate, update.end_ns)
        if change > 0:
            if self._delivered and self._stall_from is None:
                if fresh:
                    self._stall_from = self._given + self._held
                elif not self._may_pause():
                    self._lose(change)
            self._silence(change)
        elif change < 0 and at_zero:
            frames = frames[round(-change * rate / SAMPLE_RATE) :]
        self._count_stall()
        self._delivered = True
        streams = self._converter.convert(from_int16(frames))
        if change < 0 and not at_zero:
            streams = self._shorten(streams, -change)
        steered = self._timeline.steer(len(streams[0]))
        if steered:
            streams = [nudged(pcm, steered) for pcm in streams]
        for pieces, pcm in zip(self._pieces, streams, strict=True):
            pieces.append(pcm)
        self._held += len(streams[0])

    def _shorten(self, streams: list[Pcm], ahead: int) -> list[Pcm]:
        assert self._timeline is not None
        if any(len(pcm) and int(np.abs(pcm.astype(np.int32)).max()) > _QUIET_PEAK for pcm in streams):
            return streams
        out = min(ahead, len(streams[0]))
        self._timeline.put_in(-out)
        return [pcm[out:] for pcm in streams]

    def _is_stuck(self, frames: RawFrames, rate: int, now_ns: int) -> bool:
        """Return whether the device repeats itself: its sound is none, and its process is replaced."""
        if self._repeats is None:
            loopback = self._kind is CallerSide.LOOPBACK
            least = self._settings.loopback_stuck_after_s if loopback else self._settings.stuck_after_s
            seconds = _RECOVERY_S if self._stuck else least
            self._repeats = RepeatWatch(rate, frames.shape[1], seconds, self._settings.longest_stuck_s)
        if self._repeats.repeats(frames):
            again, self._stuck = self._stuck, True
            self._gone(DeviceFault("audio.device_stuck"), now_ns)
            self.health = DeviceHealth.STUCK
            self.restarts += 1
            if not again:
                self._retry_at_ns = now_ns
            return True
        if not self._stuck:
            return False
        if not self._repeats.sure:
            return True
        self._stuck = False
        self._repeats = None
        return False

    def _note_sound(self, frames: RawFrames, rate: int) -> None:
        silent = int(np.abs(frames.astype(np.int32)).max()) <= 1
        self._zero_frames = self._zero_frames + len(frames) if silent else 0
        loopback = self._kind is CallerSide.LOOPBACK
        limit = self._settings.loopback_silent_after_s if loopback else self._settings.silent_after_s
        self.health = DeviceHealth.SILENT if self._zero_frames >= limit * rate else DeviceHealth.OK
        self.fault = None

    def _watch(self, now_ns: int) -> None:
        """Notice a device that is open but has stopped delivering."""
        if not self.is_open or self._may_pause():
            return
        if self._open_seen_ns is None:
            self._open_seen_ns = now_ns
        since = now_ns - (self._open_seen_ns if self._sound_ns is None else self._sound_ns)
        first = self._sound_ns is None and not self._early
        if since > (self._settings.hang_after_s if first else self._settings.stall_after_s) * 1e9:
            self.health = DeviceHealth.UNPLUGGED
            self.fault = DeviceFault("audio.device_unplugged")
        if since > (self._settings.opening_s if first else self._settings.hang_after_s) * 1e9:
            self._gone(DeviceFault("audio.device_unplugged"), now_ns)

    def _hangs(self, now_ns: int) -> bool:
        limit = self._settings.hang_after_s if self.is_open else self._settings.opening_s
        return now_ns - self._sign_ns > limit * 1e9

    def _gone(self, fault: DeviceFault | None, now_ns: int) -> None:
        """Close a process that ended or hangs, and plan the next."""
        assert self.feed is not None
        healthy = fault is None and self._sound_ns is not None
        self._flush()
        self.feed.close()
        self.feed = None
        if fault is not None:
            self.fault = fault
            self.health = DeviceHealth.UNPLUGGED if self._delivered or self._early else DeviceHealth.MISSING
        elif not healthy and self.attempts > 1:
            self.fault = DeviceFault("audio.device_failed")
            self.health = DeviceHealth.UNPLUGGED if self._delivered else DeviceHealth.MISSING
        if fault is None:
            self.restarts += 1
        self._retry_at_ns = now_ns if healthy else now_ns + int(self._settings.retry_s * 1e9)

    def _flush(self) -> None:
        """Give out what the rate converter still holds: a device opened again gets a new one."""
        if self._converter is None or not self._delivered:
            return
        columns = 1 if len(self.channels) == 1 else 2
        streams = self._converter.convert(np.zeros((0, columns), np.float32), last=True)
        self._converter = None
        for pieces, pcm in zip(self._pieces, streams, strict=True):
            pieces.append(pcm)
        self._held += len(streams[0])

    def _silence(self, samples: int) -> None:
        if samples <= 0:
            return
        for pieces in self._pieces:
            pieces.append(np.zeros(samples, np.int16))
        self._held += samples

    def _lose(self, samples: int) -> None:
        start = self._given + self._held
        self.lost += samples
        self.gaps.extend(Span(channel, start, start + samples) for channel in self.channels)

    def _count_stall(self) -> None:
        """Count a stretch without sound once, when it is over, if the device should have delivered."""
        if self._stall_from is None:
            return
        start, end = self._stall_from, self._given + self._held
        self._stall_from = None
        if self._delivered and not self._may_pause():
            self.lost += end - start
            self.gaps.extend(Span(channel, start, end) for channel in self.channels)

    def _rate(self) -> int:
        opened = None if self.feed is None else self.feed.format
        return SAMPLE_RATE if opened is None else opened.rate

    def _may_pause(self) -> bool:
        opened = None if self.feed is None else self.feed.format
        return opened is not None and opened.may_pause
