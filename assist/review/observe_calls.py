"""A saved call as automatic evidence is looked for in it: who spoke when, holds, pauses."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assist.events import CallEnded, CallHeld, ListeningPaused
from assist.model import Turn
from assist.turns import turns_in
from audio.events import AudioGap, CallEvent, TranscriptFinal, WordsAligned
from audio.model import SAMPLE_RATE, Channel, Flag


@dataclass(frozen=True, slots=True)
class Speech:
    """One utterance of one side."""

    speaker: Channel
    start: float
    """Seconds from sample 0; of its first word where the words have times."""
    end: float
    text: str
    """NFC; empty where it was heard but not understood."""
    turn: int
    """Index of the turn it is in; -1 for none."""
    by_words: bool = False
    """Whether its times are those of its words; an utterance's own reach a little further on both sides."""


@dataclass(frozen=True, slots=True)
class HeardCall:
    """What was said in a call and when, with the stretches in which nobody could be heard."""

    speech: tuple[Speech, ...]
    """By start."""
    turns: tuple[Turn, ...]
    """By start; texts NFC."""
    holds: tuple[tuple[float, float], ...]
    """The line was held."""
    unheard: tuple[tuple[float, float], ...]
    """Listening was paused, or sound never came."""
    end_s: float

    def by(self, speaker: Channel) -> tuple[Turn, ...]:
        """Return one side's turns by start."""
        return tuple(turn for turn in self.turns if turn.speaker is speaker)

    def spoken(self, turn: Turn) -> tuple[Speech, ...]:
        """Return the utterances of a turn."""
        return tuple(one for one in self.speech if one.turn == turn.index)


def heard_call(events: Sequence[CallEvent]) -> HeardCall:
    """Read a call from its events, in any order."""
    turns = sorted(turns_in(events), key=lambda turn: (turn.start, turn.index))
    home = {utterance: turn.index for turn in turns for utterance in turn.utterances}
    finals = {event.utterance: event for event in events if isinstance(event, TranscriptFinal)}
    words = {event.utterance: event.words for event in events if isinstance(event, WordsAligned)}
    speech = []
    for utterance, final in finals.items():
        if Flag.UNSUPPORTED in final.flags:
            continue
        timed = words.get(utterance) or final.words
        start, end = (timed[0].start, timed[-1].end) if timed else (final.start, final.end)
        speech.append(
            Speech(
                final.channel, start, max(start, end), _nfc(final.text.strip()), home.get(utterance, -1), bool(timed)
            )
        )
    told = {one.turn for one in speech}
    # A log without finals (an old one, or a turn by hand) still has its turns.
    speech += [
        Speech(turn.speaker, turn.start, turn.end, _nfc(turn.text), turn.index)
        for turn in turns
        if turn.index not in told
    ]
    speech.sort(key=lambda one: (one.start, one.end))
    ended = [event.duration_s for event in events if isinstance(event, CallEnded)]
    end_s = max([*ended, *(one.end for one in speech), 0.0])
    gaps = [
        (event.start / SAMPLE_RATE, (event.start + event.n_samples) / SAMPLE_RATE)
        for event in events
        if isinstance(event, AudioGap)
    ]
    return HeardCall(
        speech=tuple(speech),
        turns=tuple(_composed(turn) for turn in turns),
        holds=merged(_spans([(e.t_ns, e.held) for e in events if isinstance(e, CallHeld)], end_s)),
        unheard=merged([*_spans([(e.t_ns, e.paused) for e in events if isinstance(e, ListeningPaused)], end_s), *gaps]),
        end_s=end_s,
    )


def merged(spans: Iterable[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Return stretches by start, those that touch as one."""
    out: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return tuple(out)


def length(spans: Iterable[tuple[float, float]]) -> float:
    """Return the seconds that stretches cover together."""
    return sum(end - start for start, end in merged(spans))


def _spans(changes: list[tuple[int, bool]], end_s: float) -> list[tuple[float, float]]:
    spans = []
    since: float | None = None
    for t_ns, on in sorted(changes):
        if on and since is None:
            since = t_ns / 1e9
        elif not on and since is not None:
            spans.append((since, t_ns / 1e9))
            since = None
    return spans if since is None else [*spans, (since, max(since, end_s))]


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _composed(turn: Turn) -> Turn:
    text = _nfc(turn.text)
    return turn if text == turn.text else replace(turn, text=text, display="")
