"""Plays what is fed without a gap and tells which of it is being heard. Runs in a child process of its own.

What is heard is reckoned at every block from the time at which the sound system says the block will be heard, so device
and server latency are in it, and a clock of the sound card that runs fast or slow adds nothing up. Moments are those of
``time.perf_counter_ns``, which is the same in all processes and, unlike the monotonic clock, exact on Windows too.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import soxr
from numpy.typing import NDArray

from audio.adapters.notice_player import output_of
from audio.errors import DeviceFault
from audio.model import SAMPLE_RATE, Pcm

try:
    import sounddevice
except OSError as error:  # the PortAudio library itself is missing
    raise DeviceFault("audio.portaudio_missing") from error

_BLOCK_S: Final = 0.02
_LATENCY_S: Final = 0.15
"""Asked of the sound system: short enough for a seek to feel immediate, long enough for a busy PC."""
_STALLED_NS: Final = 2_000_000_000
"""Without a block for so long the device is gone."""
_IDLE_NS: Final = 3_000_000_000
"""After so long without sound the device is let go, for others and for the battery."""

_SETTLE_S: Final = 0.005
"""Where sound begins, stops or goes on elsewhere, the step is spread over so long: a click otherwise."""

Told = tuple[int, float, int, bool, int, int]
"""Fields of :class:`app.replay.output.Heard`."""


@dataclass(slots=True)
class _Stretch:
    """Frames of one run that the device took in one piece."""

    run: int
    first: int
    """Frame of the run, at 16 kHz."""
    device: int
    """Device frame at which they begin."""
    count: int
    """Device frames."""


class ReplayOutput:
    """One output device. Thread: :meth:`feed` and :meth:`rest` on the lane; the device calls back on its own."""

    def __init__(self, device: str = "") -> None:
        """Open nothing yet.

        Args:
            device: As :class:`audio.adapters.notice_player.NoticePlayer` takes it; empty: the default.
        """
        self._device = device
        self._lock = threading.Lock()
        self._stream: Any = None
        self._rate = SAMPLE_RATE
        self._ratio = 1.0
        self._converter: Any = None
        self._queue: deque[NDArray[np.float32]] = deque()
        self._queued = 0
        self._run = -1
        self._taken = 0
        """Device frames of the newest run that the device has."""
        self._fed = 0
        """Frames of the newest run fed, at 16 kHz."""
        self._device_frame = 0
        self._sounding = -1
        """Run of the last sample the device got; -1: silence."""
        self._level = np.float32(0)
        """That sample."""
        self._heard_frame, self._heard_ns = 0.0, 0
        """Device frame that is heard at a moment."""
        self._past = 0.0
        """Device frame that was told to be heard last."""
        self._called_ns = 0
        self._quiet_since_ns = 0
        """Since when the device got nothing; 0: it gets sound."""
        self._stretches: deque[_Stretch] = deque()

    def feed(self, run: int, pcm: Pcm | None, last: bool = False) -> Told:
        """Add sound to a run, or ask only; tells what is heard. ``last`` is the run's last sound.

        Raises:
            DeviceFault: ``audio.no_output``: there is none; ``audio.output_lost``: it went away.
        """
        with self._lock:
            if run != self._run:
                self._begin(run)
            if pcm is not None and len(pcm):
                self._fed += len(pcm)
                sound = self._converted(np.asarray(pcm).astype(np.float32) / np.float32(32768), last)
                self._queue.append(sound)
                self._queued += len(sound)
        if pcm is not None and len(pcm):
            self._open()
        return self._told()

    def rest(self, run: int) -> int:
        """Drop what waits; returns the frames of the run that the device has."""
        with self._lock:
            if run != self._run:
                self._begin(run)
            self._drop()
            return self._fed

    def close(self) -> None:
        """Let go of the device."""
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.abort(ignore_errors=True)
            stream.close(ignore_errors=True)

    # -- the lane -------------------------------------------------------------------------------------------

    def _begin(self, run: int) -> None:
        self._drop()
        self._run, self._taken, self._fed = run, 0, 0
        self._converter = None

    def _drop(self) -> None:
        self._queue.clear()
        self._queued = 0
        self._fed = min(self._fed, round(self._taken / self._ratio))

    def _converted(self, sound: NDArray[np.float32], last: bool = False) -> NDArray[np.float32]:
        if self._rate == SAMPLE_RATE:
            return sound
        if self._converter is None:
            self._converter = soxr.ResampleStream(SAMPLE_RATE, self._rate, 1, dtype="float32")
        made: NDArray[np.float32] = self._converter.resample_chunk(sound, last=last)
        return made

    def _open(self) -> None:
        if self._stream is not None:
            if self._stream.active:
                return
            self.close()  # it rested, or its device went away
        extra: Any = sounddevice.WasapiSettings(auto_convert=True) if sys.platform == "win32" else None
        index, rate = output_of(self._device) if self._device else (None, SAMPLE_RATE)
        try:
            self._start(index, rate, extra)
        except (sounddevice.PortAudioError, ValueError) as error:
            self.close()
            raise DeviceFault("audio.no_output") from error

    def _start(self, index: int | None, rate: int, extra: Any) -> None:
        try:
            sounddevice.check_output_settings(device=index, channels=1, samplerate=rate, extra_settings=extra)
        except sounddevice.PortAudioError:
            rate = int(sounddevice.query_devices(index, "output")["default_samplerate"])
        with self._lock:
            if rate != self._rate:
                # Nothing was heard yet at another rate: what waits is brought to this one.
                self._rate, self._ratio, self._converter = rate, rate / SAMPLE_RATE, None
                waiting = [self._converted(sound) for sound in self._queue]
                self._queue = deque(waiting)
                self._queued = sum(len(sound) for sound in waiting)
            self._stretches.clear()
            self._quiet_since_ns = 0
            self._sounding, self._level = -1, np.float32(0)
            self._called_ns = time.perf_counter_ns()
            self._heard_frame, self._heard_ns = float(self._device_frame), self._called_ns + _STALLED_NS
        self._stream = sounddevice.OutputStream(
            device=index,
            samplerate=rate,
            channels=1,
            dtype="float32",
            blocksize=int(rate * _BLOCK_S),
            latency=_LATENCY_S,
            extra_settings=extra,
            callback=self._fill,
        )
        self._stream.start()

    def _told(self) -> Told:
        with self._lock:
            now = time.perf_counter_ns()
            stalled = self._stream is not None and self._queued and now - self._called_ns > _STALLED_NS
            if not stalled:
                return self._heard(now)
            self._drop()
        self.close()
        raise DeviceFault("audio.output_lost")

    def _heard(self, now: int) -> Told:
        waiting = round(self._queued / self._ratio)
        reckoned = min(self._heard_frame + (now - self._heard_ns) * self._rate / 1e9, float(self._device_frame))
        # What was heard stays heard: behind a stall the sound system counts from the new beginning.
        goes_on = reckoned >= self._past
        heard = self._past = max(self._past, reckoned)
        while len(self._stretches) > 1 and self._stretches[1].device <= heard:
            self._stretches.popleft()
        one = self._stretches[0] if self._stretches else None
        if one is None or heard < one.device or (heard == one.device and not goes_on):
            return (-1, 0.0, now, False, 0, waiting)
        has = one.first + one.count / self._ratio
        frame = min(has, one.first + (heard - one.device) / self._ratio)
        return (one.run, frame, now, goes_on and frame < has, int(has), waiting)

    # -- the device's thread --------------------------------------------------------------------------------

    def _fill(self, out: NDArray[np.float32], frames: int, times: Any, status: Any) -> None:
        with self._lock:
            now = time.perf_counter_ns()
            ahead_s = times.outputBufferDacTime - self._stream_time(times)
            self._called_ns = now
            self._heard_frame, self._heard_ns = float(self._device_frame), now + int(ahead_s * 1e9)
            done = 0
            while done < frames and self._queue:
                sound = self._queue[0][: frames - done]
                out[done : done + len(sound), 0] = sound
                if len(sound) == len(self._queue[0]):
                    self._queue.popleft()
                else:
                    self._queue[0] = self._queue[0][len(sound) :]
                done += len(sound)
            if done and self._sounding != self._run:
                self._settle(out[:, 0])
            if done:
                self._note(done)
                self._sounding, self._level = self._run, out[done - 1, 0]
            out[done:, 0] = 0
            if done < frames and self._sounding >= 0:
                self._settle(out[done:, 0])
                self._sounding, self._level = -1, np.float32(0)
            self._queued -= done
            self._device_frame += frames
            self._quiet_since_ns = 0 if done else self._quiet_since_ns or now
            if self._quiet_since_ns and now - self._quiet_since_ns > _IDLE_NS:
                raise sounddevice.CallbackStop

    def _settle(self, out: NDArray[np.float32]) -> None:
        """Spread the step from the last sample to the first of ``out``."""
        count = min(len(out), int(self._rate * _SETTLE_S))
        out[:count] += (self._level - out[0]) * np.linspace(1, 0, count, dtype=np.float32)

    def _stream_time(self, times: Any) -> float:
        """Return the stream's own clock now; the block may have waited since it was stamped."""
        stream = self._stream
        return float(stream.time) if stream is not None else float(times.currentTime)

    def _note(self, count: int) -> None:
        """Note that the device took so many frames of the newest run at the place where it stands."""
        last = self._stretches[-1] if self._stretches else None
        if last is not None and last.run == self._run and last.device + last.count == self._device_frame:
            last.count += count
        else:
            first = round(self._taken / self._ratio)
            self._stretches.append(_Stretch(self._run, first, self._device_frame, count))
        self._taken += count


def build(device: str = "") -> ReplayOutput:
    """Return the adapter; called in the child."""
    return ReplayOutput(device)
