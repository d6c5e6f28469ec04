"""A live transcriber with everything around it: a detector that goes by loudness, a recogniser that counts."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from audio.events import CallEvent, DigitRun, TranscriptFinal
from audio.model import SAMPLE_RATE, AlignRequest, AudioBlock, Channel, Decoded, DecodeRequest, Pcm, Word
from audio.ports import Transcriber, VadState, VoiceActivityDetector, WordAligner
from audio.sound_window import SoundWindow
from audio.transcribe import LiveTranscriber

AGENT, CALLER = Channel.AGENT, Channel.CALLER
BLOCK = SAMPLE_RATE // 10


def sound(*stretches: tuple[str, float]) -> Pcm:
    """Make sound: ``("talk", seconds)`` or ``("still", seconds)``."""
    pieces = [
        np.full(round(seconds * SAMPLE_RATE), 1000 if kind == "talk" else 0, np.int16) for kind, seconds in stretches
    ]
    return np.concatenate(pieces)


class LoudnessDetector:
    def probabilities(self, pcm: Pcm, state: VadState | None) -> tuple[NDArray[np.float32], VadState]:
        assert len(pcm) % 512 == 0
        loud = np.abs(pcm.reshape(-1, 512)).max(axis=1) > 100
        return np.where(loud, 0.95, 0.0).astype(np.float32), np.zeros(1, np.float32)


class CountingTranscriber:
    """Says one word per second of sound; ``gate`` holds it up."""

    def __init__(self) -> None:
        self.requests: list[DecodeRequest] = []
        self.gate = threading.Event()
        self.gate.set()

    def transcribe(self, request: DecodeRequest) -> Decoded:
        self.gate.wait(60)
        self.requests.append(request)
        voiced = int((request.pcm != 0).sum()) / SAMPLE_RATE
        words = " ".join(f"말{number}" for number in range(1, 1 + round(voiced)))
        return Decoded(words, -0.2, 0.01, 1.0)


class CountingAligner:
    """Spreads the words of a text evenly over its sound; ``gate`` holds it up."""

    def __init__(self) -> None:
        self.requests: list[AlignRequest] = []
        self.gate = threading.Event()
        self.gate.set()

    def align(self, request: AlignRequest) -> tuple[Word, ...]:
        self.gate.wait(60)
        self.requests.append(request)
        words = request.text.split()
        each = len(request.pcm) / SAMPLE_RATE / len(words)
        return tuple(Word(word, number * each, (number + 1) * each) for number, word in enumerate(words))


class Rig:
    """A transcriber with everything around it."""

    def __init__(
        self,
        realtime: bool = True,
        vad: VoiceActivityDetector | None = None,
        transcriber: Transcriber | None = None,
        display: Callable[[str], tuple[str, tuple[DigitRun, ...]]] = lambda text: (text, ()),
        aligner: WordAligner | None = None,
    ) -> None:
        self.events: list[CallEvent] = []
        self.window = SoundWindow()
        self.now_ns = 0
        self.counting = CountingTranscriber()
        self.live = LiveTranscriber(
            "call", vad or LoudnessDetector(), transcriber or self.counting, self.window, self.events.append,
            lambda: self.now_ns, display=display, realtime=realtime, aligner=aligner,
        )  # fmt: skip

    def feed(self, agent: Pcm | None = None, caller: Pcm | None = None) -> None:
        sides = {channel: pcm for channel, pcm in ((AGENT, agent), (CALLER, caller)) if pcm is not None}
        begun = {channel: self.window.length(channel) for channel in sides}
        for start in range(0, max(len(pcm) for pcm in sides.values()), BLOCK):
            for channel, pcm in sides.items():
                if start < len(pcm):
                    block = AudioBlock(channel, begun[channel] + start, pcm[start : start + BLOCK])
                    self.window.write(block)
                    self.live.feed(block)

    def finals(self, channel: Channel | None = None) -> list[TranscriptFinal]:
        return [e for e in self.events if isinstance(e, TranscriptFinal) and channel in (None, e.channel)]

    def wait_for(self, done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 30
        while not done():
            assert time.monotonic() < deadline, "nothing happened"
            threading.Event().wait(0.005)
