"""Times of words: from the recogniser's pieces to whitespace words, and into the finals of a saved call."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from audio.events import CallEvent, DigitRun, TranscriptFinal, WordsAligned
from audio.model import Word

_UNSURE: Final = 0.7
"""Probability below which a word is worth a second look: nearly half of such words had an error when measured."""
_ONSET_S: Final = 0.3
_SLOWEST_S: Final = 0.4
"""Seconds a letter that the first word of an utterance is granted: what lies before is silence."""


def by_space(text: str, pieces: Sequence[Word], length_s: float) -> tuple[Word, ...]:
    """Return the whitespace words of ``text`` with the times of the pieces they are made of.

    Args:
        text: The text that was aligned.
        pieces: Its parts in order, times relative to the start of the sound; spaces in them do not matter.
        length_s: Seconds of sound: every time is inside 0 to this, and no word begins before the last one ended.

    Returns:
        The words; empty where the pieces do not spell the text.
    """
    owners = [number for number, piece in enumerate(pieces) for _ in "".join(piece.text.split())]
    if "".join("".join(piece.text.split()) for piece in pieces) != "".join(text.split()):
        return ()
    words: list[Word] = []
    at, before = 0, 0.0
    for word in text.split():
        own = [pieces[number] for number in owners[at : at + len(word)]]
        at += len(word)
        end = min(length_s, max(piece.end for piece in own))
        start = min(piece.start for piece in own)
        if not words:
            start = max(start, end - _ONSET_S - _SLOWEST_S * len(word))
        start = min(length_s, max(before, start))
        before = max(start, end)
        words.append(Word(word, start, before, sum(piece.probability for piece in own) / len(own)))
    return tuple(words)


def later(words: Iterable[Word], seconds: float) -> tuple[Word, ...]:
    """Return ``words`` moved by ``seconds``, to the millisecond."""
    return tuple(
        Word(word.text, round(word.start + seconds, 3), round(word.end + seconds, 3), round(word.probability, 4))
        for word in words
    )


def weighed(digits: tuple[DigitRun, ...], text: str, words: Sequence[Word]) -> tuple[DigitRun, ...]:
    """Return the numbers of ``text``, unsure where one of their own words was; as they are where words are none."""
    if not words:
        return digits
    letters = "".join(text.split())
    owners = [word for word in words for _ in word.text]
    found, at = [], 0
    for digit in digits:
        raw = "".join(digit.raw.split())
        begin = letters.find(raw, at)
        at = max(at, begin + len(raw)) if begin >= 0 else at
        own = owners[begin : begin + len(raw)] if begin >= 0 else []
        unsure = any(word.probability < _UNSURE for word in own)
        found.append(replace(digit, confident=False) if unsure else digit)
    return tuple(found)


def into_finals(events: Iterable[CallEvent]) -> tuple[CallEvent, ...]:
    """Return the events of a call with the words that were aligned later in their finals."""
    found = tuple(events)
    aligned = {event.utterance: event for event in found if isinstance(event, WordsAligned)}
    return tuple(
        replace(
            event,
            words=aligned[event.utterance].words,
            digits=aligned[event.utterance].digits or event.digits,
        )
        if isinstance(event, TranscriptFinal) and not event.words and event.utterance in aligned
        else event
        for event in found
    )
