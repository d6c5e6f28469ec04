"""Greeting, identification, announced waits and closing: found by how counsellors speak.

The patterns are those of ``resources/words/manners.toml``. They know the stems and endings such words are made of; who
says it in quite other words is not found, and a rater hears for himself.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from assist.model import Turn
from assist.review.model import Observation, ObservationKind
from assist.review.observe_calls import HeardCall, Speech
from audio.model import Channel
from resources import path

OPENING_TURNS: Final = 2
"""Turns of the counsellor in which a greeting and a name are looked for."""
CLOSING_TURNS: Final = 3
"""Last turns of the counsellor in which a good-bye is looked for."""
LONG_WAIT_S: Final = 8.0
"""Seconds without speech, ended by the counsellor, that a caller feels as a search to be announced. Own judgement."""
_BEFORE_WAIT_S: Final = 20.0
"""An announcement counts for a wait that begins within this."""
_ANNOUNCED_LATE_S: Final = 1.0
"""A hold key is often pressed while the last syllables are said."""


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """Return the patterns by ``section.name``. Read once; the file is a shipped constant.

    ``<part>`` in a pattern stands for an entry of ``parts``.
    """
    with path("words/manners.toml").open("rb") as file:
        table = tomllib.load(file)
    parts = table.pop("parts")

    def whole(pattern: str) -> str:
        return re.sub(r"<(\w+)>", lambda found: whole(parts[found[1]]), pattern)

    return {
        f"{section}.{name}": re.compile(
            "|".join(f"(?:{whole(one)})" for one in ([value] if isinstance(value, str) else value))
        )
        for section, names in table.items()
        for name, value in names.items()
    }


def greeting(call: HeardCall) -> Iterator[Observation]:
    """Yield the counsellor's opening words, or that there were none."""
    kind = ObservationKind.GREETING
    yield _first(call, call.by(Channel.AGENT)[:OPENING_TURNS], "opening.greeting", kind, "")


def identification(call: HeardCall) -> Iterator[Observation]:
    """Yield whether the counsellor named himself or the centre, then each place where he made sure of something."""
    kind = ObservationKind.IDENTIFICATION
    agent = call.by(Channel.AGENT)
    yield _first(call, agent[:OPENING_TURNS], "opening.named", kind, "named")
    for turn in agent:
        found = patterns()["sure.confirmed"].search(turn.text)
        if found:
            yield _there(call, turn, found, kind, "confirmed")


def closing(call: HeardCall) -> Iterator[Observation]:
    """Yield whether he asked for further questions (the last time he did), and whether he said good-bye."""
    kind = ObservationKind.CLOSING
    agent = call.by(Channel.AGENT)
    later = tuple(reversed(agent[OPENING_TURNS:]))
    yield _first(call, later, "closing.more_questions", kind, "more_questions")
    last = tuple(reversed(agent[-CLOSING_TURNS:])) if len(agent) > 1 else ()
    bye = _first(call, last, "closing.goodbye", kind, "goodbye")
    yield bye if bye.found else _first(call, last[:1], "closing.thanks", kind, "goodbye")


def waits(call: HeardCall) -> Iterator[Observation]:
    """Yield each wait of the caller with whether it was announced; ``value`` is its seconds.

    A wait is a hold of the line, or :data:`LONG_WAIT_S` without speech that the counsellor ended (he was looking
    something up). An announced wait that turned out short is told too.
    """
    kind = ObservationKind.HOLD_ANNOUNCED
    used: set[Speech] = set()
    for start, end, aspect in _waits(call):
        said = _announcement(call, start)
        if said is None:
            yield Observation("", kind, False, start, end, (), end - start, aspect=aspect)
            continue
        used.add(said)
        yield Observation("", kind, True, said.start, end, _turns(said), end - start, said=said.text, aspect=aspect)
    for speech in call.speech:
        if speech.speaker is Channel.AGENT and speech not in used and patterns()["wait.asked"].search(speech.text):
            pause = _pause_after(call, speech)
            yield Observation(
                "", kind, True, speech.start, speech.end, _turns(speech), pause, said=speech.text, aspect="search"
            )


def is_backchannel(text: str) -> bool:
    """Return whether words only show attention (네, 아 그렇군요)."""
    return bool(patterns()["listening.backchannel"].fullmatch(text.strip()))


def _waits(call: HeardCall) -> Iterator[tuple[float, float, str]]:
    for start, end in call.holds:
        yield start, end, "hold"
    heard_to = 0.0
    for number, speech in enumerate(call.speech):
        pause = speech.start - heard_to
        if number and speech.speaker is Channel.AGENT and pause >= LONG_WAIT_S:
            stretch = (heard_to, speech.start)
            if not any(start < stretch[1] and stretch[0] < end for start, end in (*call.holds, *call.unheard)):
                yield *stretch, "search"
        heard_to = max(heard_to, speech.end)


def _announcement(call: HeardCall, at: float) -> Speech | None:
    """Return the counsellor's last words before a wait that announced it."""
    for speech in reversed(call.speech):
        if speech.speaker is not Channel.AGENT or speech.end > at + _ANNOUNCED_LATE_S:
            continue
        if speech.end < at - _BEFORE_WAIT_S:
            return None
        if patterns()["wait.asked"].search(speech.text) or patterns()["wait.search"].search(speech.text):
            return speech
    return None


def _pause_after(call: HeardCall, speech: Speech) -> float:
    later = [other.start for other in call.speech if other.start >= speech.end]
    return max(0.0, min(later, default=call.end_s) - speech.end)


def _first(call: HeardCall, turns: Sequence[Turn], name: str, kind: ObservationKind, aspect: str) -> Observation:
    for turn in turns:
        found = patterns()[name].search(turn.text)
        if found:
            return _there(call, turn, found, kind, aspect)
    return Observation("", kind, False, 0.0, 0.0, aspect=aspect)


def _there(call: HeardCall, turn: Turn, found: re.Match[str], kind: ObservationKind, aspect: str) -> Observation:
    """Return an observation at the utterance the words are in."""
    start, end, said = turn.start, turn.end, turn.text
    at = 0
    for speech in call.spoken(turn):
        if at <= found.start() < at + len(speech.text) + 1:
            start, end, said = speech.start, speech.end, speech.text
            break
        at += len(speech.text) + 1
    return Observation("", kind, True, start, end, (turn.index,), said=said, aspect=aspect)


def _turns(speech: Speech) -> tuple[int, ...]:
    return (speech.turn,) if speech.turn >= 0 else ()
