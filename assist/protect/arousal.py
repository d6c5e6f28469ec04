"""How much louder and faster a caller speaks than is usual for this caller in this call.

Telephones, headsets and persons differ by tens of decibels, so nothing here is absolute: an utterance is compared
with the median of this caller's utterances before it. It adds weight to words and is never a finding by itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import Final

from assist.model import AbuseFinding, AbuseLabel
from audio.events import TranscriptFinal
from audio.model import Flag

MOST_SEVERE: Final = 3
_SYLLABLE: Final = re.compile(r"[가-힣0-9]")
_LEAST_SYLLABLES: Final = 4
"""Shorter utterances (네, 여보세요) tell nothing of how somebody speaks."""
_LEAST_S: Final = 0.5
_REMEMBERED: Final = 200
_LEAST_SPREAD_DB: Final = 3.0
"""Calm speech differs by about this much from one utterance to the next, standard deviation."""
_LEAST_SPREAD_RATE: Final = 0.8
"""The same in syllables a second."""
_LOUDNESS_SHARE: Final = 0.75
_MOST_DEVIATIONS: Final = 4.0
_CALM_BELOW: Final = 1.0
"""Weighted deviations that are nothing yet."""
_FULL_AT: Final = 3.0


class Arousal:
    """Running statistics of one caller in one call. Thread: one, the ``assist`` thread."""

    def __init__(self, least_utterances: int) -> None:
        """Know nothing yet.

        Args:
            least_utterances: Utterances to have heard before anything is said of the next one.
        """
        self._least = least_utterances
        self._loudness: deque[float] = deque(maxlen=_REMEMBERED)
        self._rates: deque[float] = deque(maxlen=_REMEMBERED)

    def add(self, final: TranscriptFinal) -> float:
        """Take in an utterance of the caller; return its arousal, 0 to 1.

        0 where there was no sound (practice calls), too little was said, or too little is known of the caller.
        """
        syllables = len(_SYLLABLE.findall(unicodedata.normalize("NFC", final.text)))
        seconds = final.end - final.start
        if final.loudness_db is None or Flag.UNSUPPORTED in final.flags:
            return 0.0
        if syllables < _LEAST_SYLLABLES or seconds < _LEAST_S:
            return 0.0
        rate = syllables / seconds
        known = len(self._loudness) >= self._least
        arousal = self._weigh(final.loudness_db, rate) if known else 0.0
        self._loudness.append(final.loudness_db)
        self._rates.append(rate)
        return arousal

    def _weigh(self, loudness_db: float, rate: float) -> float:
        louder = _deviations(loudness_db, self._loudness, _LEAST_SPREAD_DB)
        faster = _deviations(rate, self._rates, _LEAST_SPREAD_RATE)
        # Slow shouting is shouting: speaking slowly takes nothing away.
        excess = _LOUDNESS_SHARE * max(0.0, louder) + (1 - _LOUDNESS_SHARE) * max(0.0, faster)
        return round(min(1.0, max(0.0, (excess - _CALM_BELOW) / (_FULL_AT - _CALM_BELOW))), 2)


def weighted(finding: AbuseFinding, arousal: float, raises_from: float) -> AbuseFinding:
    """Return a finding that words caused with the arousal it was said with; a high one raises its severity by one.

    Insisting loudly is insisting: 강성 stays as severe as it is.
    """
    raised = arousal >= raises_from and finding.label is not AbuseLabel.UNREASONABLE
    severity = min(MOST_SEVERE, finding.severity + 1) if raised else finding.severity
    return replace(finding, arousal=arousal, severity=severity)


def _deviations(value: float, usual: Sequence[float], least: float) -> float:
    """Return by how many robust standard deviations ``value`` lies above the usual."""
    middle = median(usual)
    spread = 1.4826 * median(abs(one - middle) for one in usual)
    return min(_MOST_DEVIATIONS, (value - middle) / max(spread, least))
