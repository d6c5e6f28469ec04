"""Utterances to turns: what one side said before the other spoke."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assist.events import TurnUpdated
from assist.model import Turn
from audio.events import CallEvent, TranscriptFinal
from audio.model import Channel, Flag

SILENCE_S = 2.5
"""Default silence that ends a turn, seconds."""


@dataclass(frozen=True, slots=True)
class _Heard:
    utterance: int
    speaker: Channel
    start: float
    end: float
    text: str
    display: str
    confidence: float
    turn: int


class TurnBuilder:
    """Builds the turns of one call from finals in any time order.

    An index is given in order of arrival and never changes or moves to other words: a final that arrives late
    joins the turn it belongs to in time, or opens a new turn with the next index and an earlier ``start``.

    Thread: one, the ``assist`` thread.
    """

    def __init__(self, gap_s: float = SILENCE_S) -> None:
        self._gap_s = gap_s
        self._heard: list[_Heard] = []
        self._turns: list[Turn] = []

    @property
    def turns(self) -> tuple[Turn, ...]:
        """All turns by time of start."""
        return tuple(sorted(self._turns, key=lambda turn: (turn.start, turn.index)))

    def add(self, final: TranscriptFinal) -> Turn | None:
        """Take a final in; return the turn that opened or grew, or None where it makes no turn.

        A second final of the same utterance replaces the first. Empty text and unsupported phrases make no turn.
        """
        text = final.text.strip()
        earlier = next((heard for heard in self._heard if heard.utterance == final.utterance), None)
        if not text or Flag.UNSUPPORTED in final.flags:
            return None
        if earlier is not None:
            self._heard.remove(earlier)
        index = earlier.turn if earlier is not None else self._home(final)
        heard = _Heard(
            utterance=final.utterance,
            speaker=final.channel,
            start=final.start,
            end=max(final.start, final.end),
            text=text,
            display=final.display.strip() or text,
            confidence=final.confidence,
            turn=index,
        )
        self._heard.append(heard)
        self._heard.sort(key=lambda item: (item.start, item.utterance))
        return self._rebuild(index)

    def offset(self, utterance: int) -> int:
        """Return where the text of ``utterance`` starts in its turn's raw text, in code points.

        Raises:
            KeyError: No such utterance made a turn.
        """
        home = next((item.turn for item in self._heard if item.utterance == utterance), None)
        if home is None:
            raise KeyError(utterance)
        at = 0
        for item in self._heard:
            if item.turn == home:
                if item.utterance == utterance:
                    break
                at += len(item.text) + 1
        return at

    def _home(self, final: TranscriptFinal) -> int:
        mine = [item for item in self._heard if item.speaker is final.channel]
        before = [item for item in mine if item.start <= final.start]
        after = [item for item in mine if item.start > final.start]
        if before:
            last = max(before, key=lambda item: item.end)
            if final.start - last.end < self._gap_s and not self._interrupted(final.channel, last.end, final.start):
                return last.turn
        if after:
            first = min(after, key=lambda item: item.start)
            if first.start - final.end < self._gap_s and not self._interrupted(final.channel, final.end, first.start):
                return first.turn
        return len(self._turns)

    def _interrupted(self, speaker: Channel, start: float, end: float) -> bool:
        # Speech over speech is no interruption: only an utterance whose middle lies in the pause is.
        return any(item.speaker is not speaker and start <= (item.start + item.end) / 2 <= end for item in self._heard)

    def _rebuild(self, index: int) -> Turn:
        parts = [item for item in self._heard if item.turn == index]
        text = " ".join(item.text for item in parts)
        display = " ".join(item.display for item in parts)
        length = sum(len(item.text) for item in parts)
        turn = Turn(
            index=index,
            speaker=parts[0].speaker,
            start=min(item.start for item in parts),
            end=max(item.end for item in parts),
            text=text,
            display="" if display == text else display,
            confidence=sum(item.confidence * len(item.text) for item in parts) / length,
            utterances=tuple(item.utterance for item in parts),
        )
        if index == len(self._turns):
            self._turns.append(turn)
        else:
            self._turns[index] = turn
        return turn


def turns_in(events: Iterable[CallEvent]) -> tuple[Turn, ...]:
    """Return the turns of a saved call as they last stood, by index."""
    turns = {event.turn.index: event.turn for event in events if isinstance(event, TurnUpdated)}
    return tuple(turns[index] for index in sorted(turns))
