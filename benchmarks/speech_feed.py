"""Feeds a recording through the live pipeline in this process: at real speed, or as fast as every decode is done.

The second way keeps all the work of a live call (voice activity, partials, finals tried ahead) on a machine that never
falls behind: time stands still while the recogniser works. Delays mean nothing there, texts and amounts of work do.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import soundfile

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.speech import SpeechAdapter, live_transcriber  # noqa: E402
from audio.events import TranscriptFinal, TranscriptPartial  # noqa: E402
from audio.model import SAMPLE_RATE, AudioBlock, Channel  # noqa: E402
from audio.sound_window import SoundWindow  # noqa: E402
from audio.speech_settings import SpeechSettings  # noqa: E402

BLOCK = SAMPLE_RATE // 10
_UNSEEN = 3 * 512
"""Samples the segmenter may leave until more come."""
_POLL_S = 0.0005
_POLLS = 2


@dataclass
class Watched:
    """An engine, or what stands in for one, with a count of what runs and what was done."""

    inner: Any
    calls: dict[str, int] = field(default_factory=dict)
    running: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def call(self, lane: str, method: str, *args: Any, **options: Any) -> Any:
        with self._lock:
            self.running += 1
            self.calls[method] = self.calls.get(method, 0) + 1
        try:
            return self.inner.call(lane, method, *args, **options)
        finally:
            with self._lock:
                self.running -= 1

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)


class LocalEngine:
    """The speech process's adapter in this process, so that a measure can be switched off in it."""

    restarts = 0
    on_restart: Callable[[int], None] | None = None

    def __init__(self, folder: Path) -> None:
        self.adapter = SpeechAdapter(folder)
        self._lanes: dict[str, threading.Lock] = {}

    def call(self, lane: str, method: str, *args: Any, timeout_s: float | None = None) -> Any:
        with self._lanes.setdefault(lane, threading.Lock()):
            return getattr(self.adapter, method)(*args)

    def cpu_seconds(self) -> float:
        return time.process_time()


@dataclass
class Fed:
    """What a recording gave."""

    events: list[dict[str, Any]]
    audio_s: float
    missed_samples: int
    calls: dict[str, int]
    """How often each method of the speech adapter was called."""


def feed(
    engine: Any,
    recording: Path,
    settings: SpeechSettings | None = None,
    real_speed: bool = False,
    each_minute: Callable[[int], None] = lambda minute: None,
) -> Fed:
    """Transcribe ``recording`` (16 kHz; stereo: agent, caller; mono: caller) through the live pipeline.

    Args:
        engine: A started :class:`app.engine.Engine` or a :class:`LocalEngine`.
        recording: The file.
        settings: Of recognition.
        real_speed: Sound comes as in a call; otherwise as soon as everything before it is decoded.
        each_minute: Told after every minute of sound.
    """
    sound, rate = soundfile.read(recording, dtype="int16", always_2d=True)
    if rate != SAMPLE_RATE:
        raise SystemExit(f"{recording.name} is not at 16 kHz")
    channels = (Channel.AGENT, Channel.CALLER) if sound.shape[1] == 2 else (Channel.CALLER,)
    watched, window, events = Watched(engine), SoundWindow(), list[dict[str, Any]]()
    begun, fed = time.monotonic(), 0

    def now_ns() -> int:
        return round(1e9 * (time.monotonic() - begun)) if real_speed else fed * 1_000_000_000 // SAMPLE_RATE

    def sink(event: Any) -> None:
        if isinstance(event, TranscriptFinal | TranscriptPartial):
            events.append(_line(event))

    live = live_transcriber(watched, recording.name, window, sink, now_ns, settings, realtime=True)  # type: ignore[arg-type]
    for start in range(0, len(sound), BLOCK):
        piece = sound[start : start + BLOCK]
        if real_speed:
            time.sleep(max(0.0, begun + (start + len(piece)) / SAMPLE_RATE - time.monotonic()))
        fed = start + len(piece)
        for column, channel in enumerate(channels):
            block = AudioBlock(channel, start, piece[:, column].copy())
            window.write(block)
            live.feed(block)
            window.forget_channel(channel, live.needed_from(channel))
        if not real_speed:
            _until_done(live, watched, len(channels))
        if fed // (60 * SAMPLE_RATE) > start // (60 * SAMPLE_RATE):
            each_minute(fed // (60 * SAMPLE_RATE))
    live.finish()
    live.finish_words()
    missed = live.missed_samples()
    live.close()
    if live.fault:
        raise live.fault
    return Fed(events, len(sound) / SAMPLE_RATE, missed, watched.calls)


def _until_done(live: Any, watched: Watched, sides: int) -> None:
    """Wait until nothing runs and nothing is looked at, for a moment: a job may be on its way between threads."""
    seen, before = 0, -1
    while not live.fault:
        left = live.missed_samples()
        seen = seen + 1 if watched.running == 0 and left == before else 0
        # Sound that is held back for the other side's is not waited for long.
        if seen >= (_POLLS if left < sides * _UNSEEN else 20 * _POLLS):
            return
        before = left
        time.sleep(_POLL_S)


def _line(event: TranscriptFinal | TranscriptPartial) -> dict[str, Any]:
    final = isinstance(event, TranscriptFinal)
    return {
        "type": "final" if final else "partial",
        "utterance": event.utterance,
        "channel": str(event.channel),
        "start": event.start,
        "end": event.end,
        "text": event.text,
        "flags": [str(flag) for flag in event.flags] if final else [],
        "at": event.t_ns / 1e9,
    }
