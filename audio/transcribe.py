"""Sound of a live call to partial and final text: segments, decodes, guards, and says how far behind it is."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from audio.decode_queue import STEP_NARROW_BEAM, STEP_SMALL_MODEL, DecodeQueue, Job, Key, WordsJob
from audio.echo import REACH, EchoFree
from audio.errors import PoisonedSound
from audio.events import CallEvent
from audio.guard import VoiceEvidence
from audio.languages import MIN_TURN_S, MIN_VOICED_S, LanguageWatch
from audio.listening import FilledSound, Listener
from audio.model import HOME_LANGUAGE, AlignRequest, AudioBlock, Channel, Decoded, DecodeRequest, Span
from audio.ports import SoundReader, Transcriber, VoiceActivityDetector, WordAligner
from audio.segment import Closed, Opened, PartialDue, Resumed, SegmentEvent, Speculative
from audio.speech_settings import SpeechSettings
from audio.transcript import Display, Line, TranscriptWriter, plain
from resources.notices import Fault

_log = logging.getLogger(__name__)

_FINALS_AHEAD: Final = 4


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
    utterances; ``asr`` decodes, one job at a time, and times the words of finals while nobody speaks. Jobs name
    spans of sound and the samples are read back from the recording, so nothing that waits is held here and nothing is
    ever dropped. ``sink`` is called on both threads, one event at a time, and must only hand off.
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
        aligner: WordAligner | None = None,
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
            aligner: Times of words; None for none. Where ``realtime`` is off, finals come with their words.
        """
        self._writer = TranscriptWriter(call_id, sink, now_ns, display)
        self._transcriber = transcriber
        self._aligner = aligner
        self._sound = EchoFree(FilledSound(sound))
        self._now_ns = now_ns
        self._settings = settings or SpeechSettings()
        self._realtime = realtime
        self._listener = Listener(vad, self._sound, self._settings.segment, self._handle, blocking=not realtime)
        self._languages = dict.fromkeys(Channel, HOME_LANGUAGE)
        self._watch = LanguageWatch()
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
        self._starting = threading.Lock()
        self._started = False
        self._finals_out = threading.Event()

    @property
    def fault(self) -> Fault | None:
        """What ended recognition for good, e.g. that the model is missing. Any thread."""
        return self._fault

    def feed(self, block: AudioBlock) -> None:
        """Take note of a block that the recording already holds. Blocks only where ``realtime`` is off."""
        self._start()
        self._listener.feed(block)

    def needed_from(self, channel: Channel) -> int:
        """Return the sample of ``channel`` before which recognition reads nothing any more. Any thread."""
        sides = self._listener.channels
        if channel not in sides:
            return 0
        # Telling an echo takes both sides' sound of a time and before.
        return max(0, min(self._read_from(side) for side in sides) - REACH)

    def missed_samples(self) -> int:
        """Return samples fed but not looked at; 0 after :meth:`finish` in good order."""
        return self._listener.missed_samples()

    def set_language(self, channel: Channel, language: str) -> None:
        """Recognise one side in another language from the next decode on. Any thread.

        Args:
            channel: Whose speech.
            language: ISO 639-1 code; one the model does not know is recognised as Korean.
        """
        with self._lock:
            if self._languages[channel] == language:
                return
            self._languages[channel] = language
            if channel is Channel.CALLER:
                self._watch.switched(language)
        self._writer.language_changed(channel, language)

    def finish(self) -> None:
        """Take no more sound, settle what is open, and return when the last final is out.

        Words that have no times yet get them after that: see :meth:`finish_words`. Does not raise: see :attr:`fault`.
        """
        self._listener.end()
        if self._started:
            self._finals_out.wait()

    def finish_words(self) -> None:
        """Return when the words of every final have their times; after :meth:`finish`, or :meth:`close` elsewhere."""
        self._join()

    def close(self) -> None:
        """Stop at once; what is not out stays in the recording. After :meth:`finish_words` it only tidies up."""
        self._stop()
        self._join()

    def engine_restarted(self, count: int) -> None:
        """Tell that the speech process was started again. Any thread; for the engine's callback."""
        self._writer.restarted(count)

    # -- threads

    def _start(self) -> None:
        with self._starting:
            if not self._started:
                self._started = True
                for thread in self._threads:
                    thread.start()

    def _join(self) -> None:
        with self._starting:
            started = self._started
        for thread in self._threads if started else ():
            if thread is not threading.current_thread():
                thread.join()

    def _stop(self) -> bool:
        """Stop; returns whether that was so already."""
        stopped = self._listener.stop()
        self._queue.abandon()
        return stopped

    def _run(self, stage: Callable[[], None]) -> None:
        try:
            stage()
        except Fault as fault:
            self._fail(fault)
        except Exception:
            _log.exception("speech stage %s failed", threading.current_thread().name)
            self._fail(Fault("audio.speech_stage_failed"))
        finally:
            if stage == self._decode:
                self._finals_out.set()

    def _fail(self, fault: Fault) -> None:
        with self._starting:
            told, self._fault = self._fault, self._fault or fault
        if not self._stop() and told is None and self.on_fault:
            self.on_fault(fault)

    def _read_from(self, channel: Channel) -> int:
        with self._lock:
            needed = [u.start for key, u in self._utterances.items() if key[0] is channel]
            needed.append(self._listener.needed_from(channel))
            words = self._queue.words_from(channel)
            return min(needed if words is None else [*needed, words])

    # -- segmenter thread

    def _segment(self) -> None:
        self._listener.run()
        self._queue.end()

    def _handle(self, channel: Channel, events: list[SegmentEvent]) -> None:
        for event in events:
            key = (channel, event.segment)
            match event:
                case Opened():
                    with self._lock:
                        self._utterances[key] = _Utterance(event.start)
                    self._queue.set_speaking(channel, True)
                case PartialDue() if self._realtime and self._settings.partials:
                    span = Span(channel, event.start, event.end)
                    if not self._sound.only_echo(span):
                        self._queue.put(Job(key, span, partial=True))
                case Speculative() if self._realtime:
                    span = Span(channel, event.start, event.end)
                    job = Job(key, span, evidence=self._evidence(span, event.evidence))
                    with self._lock:
                        self._utterances[key].tried = job
                    self._queue.put(job)
                case Resumed():
                    self._withdraw(key)
                case Closed():
                    self._settle(key, event)
                    self._queue.set_speaking(channel, False)
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
        span = Span(key[0], event.start, event.end)
        evidence = self._evidence(span, event.evidence)
        with self._lock:
            utterance = self._utterances[key]
            utterance.settled = True
            job = utterance.tried
            if job and job.span.end == event.end:
                job.evidence = evidence
                if utterance.decided:
                    self._finalise(job, utterance.outcome)
                else:
                    self._queue.settle(job)
                return
        self._withdraw(key)
        self._queue.put(Job(key, span, evidence=evidence, settled=True, due_ns=self._now_ns()))

    def _evidence(self, span: Span, found: VoiceEvidence) -> VoiceEvidence:
        """Return what was found, unless it was only the other side's voice: then this side said nothing."""
        return VoiceEvidence(voiced_s=0.0, mass=0.0) if self._sound.only_echo(span) else found

    # -- asr thread

    def _decode(self) -> None:
        while (job := self._queue.take()) is not None:
            try:
                if isinstance(job, WordsJob):
                    self._align(job)
                    continue
                decoded = self._transcribe(job)
                with self._lock:
                    self._deliver(job, decoded)
            finally:
                self._queue.done()
        self._finals_out.set()
        while (words := self._queue.take_words()) is not None:
            self._align(words)
            self._queue.done()

    def _transcribe(self, job: Job) -> Decoded | None:
        """Decode; None where the recogniser fails on just this sound."""
        step, span = self._queue.step, job.span
        request = DecodeRequest(
            self._sound.read(span.channel, span.start, span.end),
            beam_size=1 if job.partial or step >= STEP_NARROW_BEAM else self._settings.beam_size,
            language=self._languages[span.channel],
            allow_retry=not job.partial,
            small=not job.partial and step >= STEP_SMALL_MODEL,
            words=self._aligner is not None and not self._realtime,
            detect=not job.partial and span.channel is Channel.CALLER and span.seconds >= MIN_TURN_S,
        )
        try:
            return self._transcriber.transcribe(request)
        except PoisonedSound:
            return None

    def _align(self, job: WordsJob) -> None:
        assert self._aligner
        pcm = self._sound.read(job.span.channel, job.span.start, job.span.end)
        try:
            words = self._aligner.align(AlignRequest(pcm, job.final.text, job.final.language))
        except PoisonedSound:
            return
        if words:
            self._writer.words(job.final, job.span.start, words)

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
        evidence = job.evidence or VoiceEvidence(voiced_s=0.0, mass=0.0)
        odds = decoded.odds if decoded and evidence.voiced_s >= MIN_VOICED_S else None
        # What was decoded before the language was switched says nothing about the new one.
        current = decoded is not None and decoded.language == self._languages[job.span.channel]
        verdict = self._watch.turn(odds if current else None)
        final = self._writer.final(line, job.span, decoded, evidence, verdict.foreign)
        if verdict.offer:
            self._writer.language_offered(job.span.channel, verdict.offer)
        if final and final.text and not final.words and self._aligner:
            self._queue.put_words(WordsJob(job.span, final))
