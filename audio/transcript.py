"""From decoded text to the events of one call: guarded, numbered, steady while it grows."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from audio.events import (
    CallEvent,
    DigitRun,
    EngineRestarted,
    LagChanged,
    LanguageChanged,
    LanguageOffered,
    TranscriptFinal,
    TranscriptPartial,
    WordsAligned,
)
from audio.guard import VoiceEvidence, guard, monotonous
from audio.model import HOME_LANGUAGE, SAMPLE_RATE, Channel, Decoded, Flag, Span, Word
from audio.stable import StableText
from audio.words import later, weighed

Display = Callable[[str], tuple[str, tuple[DigitRun, ...]]]
"""Raw text to what the desk shows and the numbers in it."""

_MIN_LOGPROB: Final = -1.0
_MAX_COMPRESSION: Final = 2.4
_OPEN: Final = VoiceEvidence(voiced_s=1.0, mass=1.0)
"""What is assumed of an utterance that is still going on."""


def plain(text: str) -> tuple[str, tuple[DigitRun, ...]]:
    """Show text as it is: the display without a number layer."""
    return text, ()


@dataclass(slots=True)
class Line:
    """One utterance on its way to its final text. Guarded by whoever holds it."""

    number: int | None = None
    stable: StableText = field(default_factory=StableText)
    shown: str = ""


class TranscriptWriter:
    """Makes the events. ``sink`` is called one event at a time, on whatever thread writes, and must only hand off.

    Thread: partials and finals of one line one after another; other events from any thread.
    """

    def __init__(
        self, call_id: str, sink: Callable[[CallEvent], None], now_ns: Callable[[], int], display: Display
    ) -> None:
        self._call_id = call_id
        self._sink = sink
        self._now_ns = now_ns
        self._display = display
        self._emitting = threading.Lock()
        self._numbers = 0

    def partial(self, line: Line, span: Span, decoded: Decoded, evidence: VoiceEvidence | None, complete: bool) -> None:
        """Put up uncertain text where it says something new.

        Args:
            line: The utterance.
            span: Sound the text is of.
            decoded: The text.
            evidence: Voice in it; None while it is still going on.
            complete: The speaker paused: the text stands whole.
        """
        looping = decoded.compression_ratio > _MAX_COMPRESSION or monotonous(decoded.text)
        if not complete and (looping or (line.shown and decoded.avg_logprob < _MIN_LOGPROB)):
            return  # a greedy guess at half a word: the next one is a second away
        guarded = guard(decoded, evidence or _OPEN, lambda text: False)
        text = line.stable.update(guarded.text, complete) if not guarded.flags else ""
        if text and not line.shown.startswith(text):
            self._show(line, span, text)

    def final(
        self, line: Line, span: Span, decoded: Decoded | None, evidence: VoiceEvidence, foreign: bool = False
    ) -> TranscriptFinal | None:
        """Put out settled text; nothing at all where nothing was said, and a partial of it is taken back.

        Args:
            line: The utterance.
            span: Its sound.
            decoded: The text; None where the recogniser failed on it.
            evidence: Voice in it.
            foreign: Whether it is probably in another language.

        Returns:
            What was put out.
        """
        text, confidence, language = "", 0.0, HOME_LANGUAGE
        words: tuple[Word, ...] = ()
        flags: tuple[str, ...] = (Flag.UNHEARD,)
        if decoded:
            guarded = guard(decoded, evidence, lambda text: bool(self._display(text)[1]))
            text, flags, confidence = guarded.text, guarded.flags, math.exp(min(0.0, decoded.avg_logprob))
            if not text:
                if line.shown:
                    self._show(line, span, "")
                return None
            language = decoded.language
            if text.split() == [word.text for word in decoded.words]:
                words = later(decoded.words, span.start / SAMPLE_RATE)
            if foreign:
                flags = (*flags, Flag.FOREIGN)
        shown, digits = self._display(text)
        if Flag.LOW_DIGITS in flags:
            digits = tuple(replace(digit, confident=False) for digit in digits)
        digits = weighed(digits, text, words)
        event = TranscriptFinal(
            call_id=self._call_id,
            t_ns=self._now_ns(),
            utterance=self._number(line),
            channel=span.channel,
            start=span.start / SAMPLE_RATE,
            end=span.end / SAMPLE_RATE,
            text=text,
            display=shown,
            confidence=round(confidence, 4),
            flags=flags,
            words=words,
            language=language,
            digits=digits,
            loudness_db=None if evidence.loudness_db is None else round(evidence.loudness_db, 1),
        )
        self._emit(event)
        return event

    def words(self, final: TranscriptFinal, start: int, words: tuple[Word, ...]) -> None:
        """Put out the times of a final's words, relative to sample ``start``, and what they say of numbers."""
        self._emit(
            WordsAligned(
                call_id=self._call_id,
                t_ns=self._now_ns(),
                utterance=final.utterance,
                words=later(words, start / SAMPLE_RATE),
                digits=weighed(final.digits, final.text, words),
            )
        )

    def language_offered(self, channel: Channel, language: str) -> None:
        """Tell that one side seems to speak another language."""
        self._emit(LanguageOffered(call_id=self._call_id, t_ns=self._now_ns(), channel=channel, language=language))

    def language_changed(self, channel: Channel, language: str) -> None:
        """Tell that one side is recognised in another language from now on."""
        self._emit(LanguageChanged(call_id=self._call_id, t_ns=self._now_ns(), channel=channel, language=language))

    def lag(self, lag_s: float, step: int) -> None:
        """Tell how far recognition is behind."""
        self._emit(LagChanged(call_id=self._call_id, t_ns=self._now_ns(), backlog_s=round(lag_s, 1), step=step))

    def restarted(self, count: int) -> None:
        """Tell that the speech process was started again."""
        self._emit(EngineRestarted(call_id=self._call_id, t_ns=self._now_ns(), engine="speech", count=count))

    def _show(self, line: Line, span: Span, text: str) -> None:
        line.shown = text
        self._emit(
            TranscriptPartial(
                call_id=self._call_id,
                t_ns=self._now_ns(),
                utterance=self._number(line),
                channel=span.channel,
                start=span.start / SAMPLE_RATE,
                end=span.end / SAMPLE_RATE,
                text=text,
                display=self._display(text)[0],
            )
        )

    def _number(self, line: Line) -> int:
        if line.number is None:
            line.number = self._numbers
            self._numbers += 1
        return line.number

    def _emit(self, event: CallEvent) -> None:
        with self._emitting:
            self._sink(event)
