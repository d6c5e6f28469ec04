"""``doumi transcribe FILE…``: recordings to text, at real speed or as fast as it goes."""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import Context
from resources.notices import sentence

if TYPE_CHECKING:
    from app.engine import Engine
    from audio.events import CallEvent, TranscriptFinal, TranscriptPartial, WordsAligned
    from audio.model import Word
    from audio.speech_settings import SpeechSettings


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("file", nargs="+", type=Path, metavar="FILE", help=sentence("help.transcribe_file"))
    parser.add_argument("--realtime", action="store_true", help=sentence("help.transcribe_realtime"))
    parser.add_argument("--jsonl", action="store_true", help=sentence("help.jsonl"))
    parser.add_argument("--model", default="whisper-base", metavar="NAME|DIR", help=sentence("help.transcribe_model"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Transcribe each file in turn. A bad file is told on standard error and the others go on.

    Raises:
        SpeechFault: The model is missing or cannot be loaded.
    """
    from app.speech import speech_engine
    from audio.errors import FileFault
    from audio.speech_settings import SpeechSettings

    settings = SpeechSettings(model=args.model)
    engine = speech_engine(context.home, settings)
    failed = False
    loaded = 0.0
    try:
        engine.start()
        for file in args.file:
            try:
                loaded = _transcribe(file, args, context, engine, settings, loaded)
            except FileFault as fault:
                context.progress(str(fault))
                failed = True
    finally:
        engine.close()
    return 1 if failed else 0


@dataclass(slots=True)
class _Spent:
    """Processor seconds of all processes so far, and of loading."""

    work: float
    load: float

    @classmethod
    def now(cls, engine: Engine) -> _Spent:
        return cls(time.process_time() + engine.cpu_seconds(), engine.load_cpu_seconds())


class _Printer:
    """Writes the events of one file. Called by the transcriber, one event at a time."""

    def __init__(self, name: str, jsonl: bool, context: Context, engine: Engine) -> None:
        self._name = name
        self._jsonl = jsonl
        self._context = context
        self._engine = engine
        self.spent: _Spent | None = None
        """As of the last final."""
        self.unheard_samples = 0

    def __call__(self, event: CallEvent) -> None:
        from audio.events import LagChanged, LanguageOffered, TranscriptFinal, TranscriptPartial, WordsAligned
        from audio.model import SAMPLE_RATE, Flag

        match event:
            case TranscriptFinal():
                if Flag.UNHEARD in event.flags:
                    self.unheard_samples += round((event.end - event.start) * SAMPLE_RATE)
                self._final(event)
                self.spent = _Spent.now(self._engine)
            case TranscriptPartial():
                if self._jsonl:
                    self._context.emit(self._line("partial", event, [], None))
            case WordsAligned() if self._jsonl:
                self._context.emit(self._words(event))
            case LanguageOffered() if not self._jsonl:
                self._context.progress(sentence("audio.language_offered", language=event.language))
            case LagChanged() if not self._jsonl and event.step:
                self._context.progress(sentence("audio.lagging", seconds=round(event.backlog_s)))
            case _:
                pass

    def _final(self, event: TranscriptFinal) -> None:
        if self._jsonl:
            line = self._line("final", event, [str(flag) for flag in event.flags], event.confidence)
            self._context.emit(
                {**line, "loudness_db": event.loudness_db, "language": event.language, "words": _times(event.words)}
            )
            return
        who = sentence(f"audio.speaker_{event.channel}")
        marks = "".join(f" ({sentence(f'audio.flag_{flag}')})" for flag in event.flags)
        self._context.say(f"{_clock(event.start)} {who}  {event.display}{marks}")

    def _words(self, event: WordsAligned) -> dict[str, object]:
        """Return a line for words that were timed after their final. It has no channel: only lines with text do."""
        return {"type": "words", "file": self._name, "utterance": event.utterance, "words": _times(event.words)}

    def _line(
        self, kind: str, event: TranscriptPartial | TranscriptFinal, flags: list[str], confidence: float | None
    ) -> dict[str, object]:
        return {
            "type": kind,
            "file": self._name,
            "utterance": event.utterance,
            "channel": str(event.channel),
            "start": round(event.start, 3),
            "end": round(event.end, 3),
            "text": event.text,
            "display": event.display,
            "flags": flags,
            "at": round(event.t_ns / 1e9, 3),
            "confidence": confidence,
        }


def _times(words: tuple[Word, ...]) -> list[dict[str, object]]:
    return [{"text": word.text, "start": word.start, "end": word.end} for word in words]


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def _transcribe(
    file: Path, args: argparse.Namespace, context: Context, engine: Engine, settings: SpeechSettings, loaded: float
) -> float:
    """Transcribe one file; ``loaded`` and the result are the seconds of loading told so far."""
    from app.sound import file_source
    from app.speech import live_transcriber
    from audio.model import SAMPLE_RATE
    from audio.sound_window import SoundWindow

    source = file_source(file, args.realtime)
    engine.wait_ready()
    if not args.jsonl:
        context.say(sentence("audio.transcribing", path=file.name))
    window = SoundWindow()
    printer = _Printer(str(file), args.jsonl, context, engine)
    before = _Spent.now(engine)

    def now_ns() -> int:
        return time.monotonic_ns() - source.started_ns if source.started_ns is not None else 0

    live = live_transcriber(engine, file.name, window, printer, now_ns, settings, args.realtime, words=args.jsonl)
    end = 0
    try:
        for block in source.blocks():
            window.write(block)
            live.feed(block)
            window.forget_channel(block.channel, live.needed_from(block.channel))
            end = max(end, block.end)
            if live.fault:
                break
        live.finish()
        live.finish_words()
    finally:
        source.close()
        live.close()
    if live.fault:
        raise live.fault
    if source.warning:
        context.progress(str(source.warning))
    after = printer.spent or _Spent.now(engine)
    load = engine.load_cpu_seconds()
    summary = {
        "type": "summary",
        "file": str(file),
        "audio_seconds": round(end / SAMPLE_RATE, 3),
        "cpu_seconds": round(after.work - before.work, 3),
        "load_cpu_seconds": round(load - loaded, 3),
        "lost_samples": source.lost_samples() + live.missed_samples() + printer.unheard_samples,
        "model": Path(args.model).name,
    }
    if args.jsonl:
        context.emit(summary)
    else:
        context.say(
            sentence("audio.transcribed", seconds=f"{end / SAMPLE_RATE:.1f}", cpu=f"{summary['cpu_seconds']:.1f}")
        )
    return load
