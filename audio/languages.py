"""Whether somebody is speaking another language than the one being recognised. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from audio.model import LanguageOdds

MIN_TURN_S: Final = 2.2
"""Shortest utterance, pre-roll and tail included, whose language can be told at all."""
MIN_VOICED_S: Final = 1.0
"""Least voice in it."""
_EXPECTED_AT_MOST: Final = 0.005
_OTHER_AT_LEAST: Final = 0.7
_IN_A_ROW: Final = 2


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one more turn means."""

    foreign: bool = False
    """The turn is to be marked: it is not the first in a row."""
    offer: str = ""
    """Language to offer now, ISO 639-1; empty for none."""


class LanguageWatch:
    """Watches the settled turns of one side.

    One turn proves nothing: laughter, a name or a bad line looks like any language. A turn counts as foreign only
    where the expected language is as good as ruled out and one other stands out; the second in a row is marked and its
    language offered, each language once a call. Turns too short to tell neither count nor interrupt.
    """

    def __init__(self) -> None:
        self._row = 0
        self._offered: set[str] = set()

    def turn(self, odds: LanguageOdds | None) -> Verdict:
        """Take the next turn; ``odds`` is None where its language cannot be told."""
        if odds is None:
            return Verdict()
        if not looks_foreign(odds):
            self._row = 0
            return Verdict()
        self._row += 1
        if self._row < _IN_A_ROW:
            return Verdict()
        fresh = odds.language not in self._offered
        self._offered.add(odds.language)
        return Verdict(foreign=True, offer=odds.language if fresh else "")

    def switched(self, language: str) -> None:
        """Start anew: from now on ``language`` is expected. It is not offered again; what it replaced may be."""
        self._row = 0
        self._offered = {language}


def looks_foreign(odds: LanguageOdds) -> bool:
    """Return whether one turn alone looks as if it were in another language."""
    return odds.expected <= _EXPECTED_AT_MOST and odds.probability >= _OTHER_AT_LEAST
