"""Interruptions, silences and who spoke how much: read off the times of utterances."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Final

from assist.review.model import Observation, ObservationKind
from assist.review.observe_calls import HeardCall, Speech, length, merged
from assist.review.observe_manners import is_backchannel
from audio.model import Channel

SILENCE_S: Final = 6.0
"""Seconds in which nobody spoke, from which a rater is told. Own judgement."""
OVERLAP_S: Final = 0.5
"""Shortest time both spoke that counts, where words have times."""
LOOSE_OVERLAP_S: Final = 0.9
"""The same where they have none: utterances reach some tenths of a second into the silence around them. Chosen on
recorded calls with known turns (docs/adr/0019)."""
_INTO_S: Final = 0.5
"""One who begins together with the other, within this, interrupts nobody."""


def interruptions(call: HeardCall) -> Iterator[Observation]:
    """Yield each time one side began while the other spoke; ``value`` is the seconds both spoke, ``aspect`` who began.

    Words of attention (네, 그렇군요) do not count. Where there is none, one that says so.
    """
    kind = ObservationKind.INTERRUPTION
    found = False
    for number, second in enumerate(call.speech):
        if not second.text or is_backchannel(second.text):
            continue
        first = _spoken_over(call.speech[:number], second)
        if first is None:
            continue
        found = True
        both = min(first.end, second.end) - second.start
        yield Observation(
            "", kind, True, first.start, second.end, _turns(first, second), both, said=second.text,
            aspect="agent" if second.speaker is Channel.AGENT else "caller",
        )  # fmt: skip
    if not found:
        yield Observation("", kind, False, 0.0, 0.0)


def silences(call: HeardCall) -> Iterator[Observation]:
    """Yield each stretch of :data:`SILENCE_S` or longer between the first and the last word without any speech.

    Holds, pauses of listening and sound that never came are left out. Where there is none, one that says so.
    """
    kind = ObservationKind.SILENCE
    busy = merged([*((one.start, one.end) for one in call.speech), *call.holds, *call.unheard])
    found = False
    for (_, start), (end, _) in itertools.pairwise(busy):
        if end - start >= SILENCE_S and any(one.end <= start for one in call.speech):
            found = True
            around = [one for one in call.speech if abs(one.end - start) < 1e-6 or abs(one.start - end) < 1e-6]
            yield Observation("", kind, True, start, end, _turns(*around), end - start)
    if not found:
        yield Observation("", kind, False, 0.0, 0.0)


def speaking_share(call: HeardCall) -> Iterator[Observation]:
    """Yield the counsellor's part of the time in which somebody spoke, 0 to 1; nothing where nobody did."""
    every = length((one.start, one.end) for one in call.speech)
    if not every:
        yield Observation("", ObservationKind.SPEAKING_SHARE, False, 0.0, 0.0)
        return
    agent = length((one.start, one.end) for one in call.speech if one.speaker is Channel.AGENT)
    first, last = call.speech[0].start, max(one.end for one in call.speech)
    yield Observation("", ObservationKind.SPEAKING_SHARE, True, first, last, (), agent / every)


def _spoken_over(before: tuple[Speech, ...], second: Speech) -> Speech | None:
    for first in reversed(before):
        both = OVERLAP_S if first.by_words and second.by_words else LOOSE_OVERLAP_S
        if (
            first.speaker is not second.speaker
            and first.start + _INTO_S <= second.start
            and min(first.end, second.end) - second.start >= both
            and not is_backchannel(first.text)
        ):
            return first
    return None


def _turns(*speech: Speech) -> tuple[int, ...]:
    return tuple(dict.fromkeys(one.turn for one in speech if one.turn >= 0))
