"""Sound of a live call to partial and final text: segments, decodes, guards, and says how far behind it is."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from audio.decode_queue import STEP_NARROW_BEAM, DecodeQueue, Job, Key
from audio.errors import PoisonedSound
from audio.events import CallEvent
from audio.guard import VoiceEvidence
from audio.model import SAMPLE_RATE, AudioBlock, Channel, Decoded, DecodeRequest, Pcm, Span
from audio.ports import SoundReader, Transcriber, VadState, VoiceActivityDetector
from audio.segment import WINDOW, Closed, Opened, PartialDue, Resumed, Segmenter, SegmentEvent, Speculative
from audio.speech_settings import SpeechSettings
from audio.transcript import Display, Line, TranscriptWriter, plain
from resources.notices import Fault

_log = logging.getLogger(__name__)

_MIN_WINDOWS: Final = 3
"""Fewest windows (96 ms) worth a request to the voice detector."""
_MAX_WINDOWS: Final = 64
_AHEAD: Final = 10 * SAMPLE_RATE
"""Samples a side may be fed ahead of its segmentation where feeding may block."""
_FINALS_AHEAD: Final = 4


@dataclass(slots=True)
class _Side:
    """One channel. ``fed`` is written by the feeding thread, the rest by the segmenter thread."""

    channel: Channel
    segmenter: Segmenter
    fed: int
    vad_state: VadState | None = None


@dataclass(slots=True)
class _Utterance:
    """One open or undecided utterance; guarded by the transcriber's lock."""

    start: int
    """First sample."""
    line: Line = field(default_factory=Line)
    tried: Job | None = None
    decided: bool = False
    """Whether ``tried`` was decoded, well or in vain."""
    outcome: Decoded | None = None
    """Of ``tried``; None where the recogniser failed on it."""
    settled: bool = False


class LiveTranscriber:
    """Transcribes one call, both channels independent of each other.

    Threads: :meth:`feed` and :meth:`finish` from the recorder's side; ``segmenter`` runs voice activity and cuts
    utterances; ``asr`` decodes, one job at a time. Jobs name spans of sound and the samples are read back from the
    recording, so nothing that waits is held here and nothing is ever dropped. ``sink`` is called on both threads,
    one event at a time, and must only hand off.
    """

    def __init__(
        self,
        call_id: str,
        vad: VoiceActivityDetector,
        transcriber: Transcriber,
        sound: SoundReader,
        sink: Callable[[CallEvent], None],
        now_ns: Callable[[], int],
        settings: SpeechSettings | None = None,
        display: Display = plain,
        realtime: bool = True,
    ) -> None:
        """Prepare; threads begin with the first block.

        Args:
            call_id: Goes into every event.
            vad: Voice activity.
            transcriber: Speech to text.
            sound: The recording; a block is in it before it is fed.
            sink: Takes the events.
            now_ns: Capture clock: nanoseconds since sample 0.
            settings: See there.
            display: Number layer for what the desk shows.
            realtime: A live call: never block, try finals ahead, show partials, degrade under load. Otherwise
                work through everything and let :meth:`feed` wait.
        """
        self._writer = TranscriptWriter(call_id, sink, now_ns, display)
        self._vad = vad
        self._transcriber = transcriber
        self._sound = sound
        self._now_ns = now_ns
        self._settings = settings or SpeechSettings()
        self._realtime = realtime
        self._fed = threading.Condition()
        self._sides: dict[Channel, _Side] = {}
        self._ended = False
        self._stopped = False
        self._lock = threading.Lock()
        self._utterances: dict[Key, _Utterance] = {}
        self._fault: Fault | None = None
        self.on_fault: Callable[[Fault], None] | None = None
        """Called once, on the stage's thread, when recognition ends for good; must only hand off. Set before use."""
        self._queue = DecodeQueue(
            now_ns,
            self._settings.degrade_after_s if realtime else None,
            None if realtime else _FINALS_AHEAD,
            self._writer.lag,
        )
        self._threads = (
            threading.Thread(target=self._run, args=(self._segment,), name="segmenter", daemon=True),
            threading.Thread(target=self._run, args=(self._decode,), name="asr", daemon=True),
        )
        self._started = False

    @property
    def fault(self) -> Fault | None:
        """What ended recognition for good, e.g. that the model is missing. Any thread."""
        return self._fault

    def feed(self, block: AudioBlock) -> None:
        """Take note of a block that the recording already holds. Blocks only where ``realtime`` is off."""
        with self._fed:
            if self._ended or self._stopped:
                return
            side = self._sides.get(block.channel)
            if side is None:
                side = _Side(block.channel, Segmenter(self._settings.segment, block.start), block.start)
                self._sides[block.channel] = side
            side.fed = max(side.fed, block.end)
            self._start()
            self._fed.notify_all()
            while not self._realtime and not self._stopped and side.fed - side.segmenter.position > _AHEAD:
                self._fed.wait()

    def needed_from(self, channel: Channel) -> int:
        """Return the sample of ``channel`` before which recognition reads nothing any more. Any thread."""
        side = self._sides.get(channel)
        if side is None:
            return 0
        with self._lock:
            starts = [u.start for key, u in self._utterances.items() if key[0] is channel]
            return min([*starts, side.segmenter.needed_from])

    def missed_samples(self) -> int:
        """Return samples fed but not looked at; 0 after :meth:`finish` in good order."""
        return sum(max(0, side.fed - side.segmenter.position) for side in self._sides.values())

    def finish(self) -> None:
        """Take no more sound, settle what is open, and return when the last final is out.

        Does not raise: see :attr:`fault`.
        """
        with self._fed:
            self._ended = True
            self._fed.notify_all()
        self._join()

    def close(self) -> None:
        """Stop at once; what is not out stays in the recording. After :meth:`finish` it only tidies up."""
        self._stop()
        self._join()

    def engine_restarted(self, count: int) -> None:
        """Tell that the speech process was started again. Any thread; for the engine's callback."""
        self._writer.restarted(count)

    # -- threads

    def _start(self) -> None:
        if not self._started:
            self._started = True
            for thread in self._threads:
                thread.start()

    def _join(self) -> None:
        with self._fed:
            started = self._started
        for thread in self._threads if started else ():
            if thread is not threading.current_thread():
                thread.join()

    def _stop(self) -> None:
        with self._fed:
            self._stopped = True
            self._fed.notify_all()
        self._queue.abandon()

    def _run(self, stage: Callable[[], None]) -> None:
        try:
            stage()
        except Fault as fault:
            self._fail(fault)
        except Exception:
            _log.exception("speech stage %s failed", threading.current_thread().name)
            self._fail(Fault("audio.speech_stage_failed"))

    def _fail(self, fault: Fault) -> None:
        with self._fed:
            told, self._fault = self._fault, self._fault or fault
            stopped = self._stopped
        self._stop()
        if told is None and not stopped and self.on_fault:
            self.on_fault(fault)

    # -- segmenter thread

    def _segment(self) -> None:
        while (work := self._next_stretch()) is not None:
            side, windows = work
            self._advance(side, windows)
            with self._fed:
                self._fed.notify_all()
        for side in self._sides.values():
            self._handle(side, side.segmenter.finish(side.fed))
        self._queue.end()

    def _next_stretch(self) -> tuple[_Side, int] | None:
        """Wait for the side that is furthest behind and how many windows of it are due; None at the end."""
        with self._fed:
            while not self._stopped:
                if self._sides:
                    side = max(self._sides.values(), key=lambda side: side.fed - side.segmenter.position)
                    left = side.fed - side.segmenter.position
                    windows = -(-left // WINDOW) if self._ended else left // WINDOW
                    if windows >= (1 if self._ended else _MIN_WINDOWS):
                        return side, min(windows, _MAX_WINDOWS)
                if self._ended:
                    return None
                self._fed.wait()
        return None

    def _advance(self, side: _Side, windows: int) -> None:
        start = side.segmenter.position
        pcm = self._read(Span(side.channel, start, start + windows * WINDOW))
        try:
            probabilities, side.vad_state = self._vad.probabilities(pcm, side.vad_state)
        except PoisonedSound:
            # Better a needless decode than lost words.
            probabilities, side.vad_state = np.ones(windows, np.float32), None
        samples = pcm.reshape(windows, WINDOW).astype(np.float32)
        levels = np.sqrt(np.mean(np.square(samples - samples.mean(axis=1, keepdims=True)), axis=1))
        self._handle(side, side.segmenter.push(probabilities, levels))

    def _handle(self, side: _Side, events: list[SegmentEvent]) -> None:
        for event in events:
            key = (side.channel, event.segment)
            match event:
                case Opened():
                    with self._lock:
                        self._utterances[key] = _Utterance(event.start)
                    self._queue.set_speaking(side.channel, True)
                case PartialDue() if self._realtime and self._settings.partials:
                    self._queue.put(Job(key, Span(side.channel, event.start, event.end), partial=True))
                case Speculative() if self._realtime:
                    job = Job(key, Span(side.channel, event.start, event.end), evidence=event.evidence)
                    with self._lock:
                        self._utterances[key].tried = job
                    self._queue.put(job)
                case Resumed():
                    self._withdraw(key)
                case Closed():
                    self._settle(key, event)
                    self._queue.set_speaking(side.channel, False)
                case _:
                    pass

    def _withdraw(self, key: Key) -> None:
        with self._lock:
            utterance = self._utterances[key]
            job, utterance.tried = utterance.tried, None
            utterance.decided, utterance.outcome = False, None
        if job:
            self._queue.withdraw(job)

    def _settle(self, key: Key, event: Closed) -> None:
        self._queue.drop_partial(key[0])
        with self._lock:
            utterance = self._utterances[key]
            utterance.settled = True
            job = utterance.tried
            if job and job.span.end == event.end:
                job.evidence = event.evidence
                if utterance.decided:
                    self._finalise(job, utterance.outcome)
                else:
                    self._queue.settle(job)
                return
        self._withdraw(key)
        span = Span(key[0], event.start, event.end)
        self._queue.put(Job(key, span, evidence=event.evidence, settled=True, due_ns=self._now_ns()))

    # -- asr thread

    def _decode(self) -> None:
        while (job := self._queue.take()) is not None:
            try:
                decoded = self._transcribe(job)
                with self._lock:
                    self._deliver(job, decoded)
            finally:
                self._queue.done()

    def _transcribe(self, job: Job) -> Decoded | None:
        """Decode; None where the recogniser fails on just this sound."""
        narrow = job.partial or self._queue.step >= STEP_NARROW_BEAM
        request = DecodeRequest(
            self._read(job.span), beam_size=1 if narrow else self._settings.beam_size, allow_retry=not job.partial
        )
        try:
            return self._transcriber.transcribe(request)
        except PoisonedSound:
            return None

    def _deliver(self, job: Job, decoded: Decoded | None) -> None:
        utterance = self._utterances.get(job.key)
        if utterance is None:
            return
        if job.settled:
            self._finalise(job, decoded)
        elif not utterance.settled:
            if utterance.tried is job:
                utterance.decided, utterance.outcome = True, decoded
            if decoded:
                self._writer.partial(utterance.line, job.span, decoded, job.evidence, complete=not job.partial)

    def _finalise(self, job: Job, decoded: Decoded | None) -> None:
        """Put out the final of a settled utterance. Lock held."""
        line = self._utterances.pop(job.key).line
        self._writer.final(line, job.span, decoded, job.evidence or VoiceEvidence(voiced_s=0.0, mass=0.0))

    # -- any thread

    def _read(self, span: Span) -> Pcm:
        """Return the samples of ``span``; silence where the recording does not reach."""
        pcm = self._sound.read(span.channel, span.start, span.end)
        missing = span.end - span.start - len(pcm)
        return np.concatenate([pcm, np.zeros(missing, np.int16)]) if missing > 0 else pcm
