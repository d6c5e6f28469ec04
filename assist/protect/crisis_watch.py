"""Persons in danger in one call: every sign so far, the district's welfare centre and the handover note."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from assist.model import CrisisFinding, CrisisKind, HeardNumber, Turn
from assist.protect import crisis
from assist.protect.crisis_guide import CrisisGuide, shipped
from assist.protect.handover import DistrictHeard, NoteFacts, WelfareCentre, WelfareCentres, write_note
from kb.model import TextSpan

URGENT: Final = 2
"""Urgency from which a person in danger leads the call: nobody is told then that he insists or takes long."""

_TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class CrisisHelp:
    """What a call with a person in danger can draw on."""

    guide: CrisisGuide = field(default_factory=shipped)
    """Steps and numbers as the site has them."""
    centres: WelfareCentres | None = None
    wall_time: str = ""
    """Sample 0, ISO 8601 with offset."""
    practice: bool = False


class CrisisWatch:
    """Watches one call. Thread: one, the ``assist`` thread."""

    def __init__(self, help_: CrisisHelp) -> None:
        self._help = help_
        self._seen: list[tuple[int, CrisisFinding]] = []
        self._district = DistrictHeard()
        self._asked: Counter[str] = Counter()
        """How often a district was looked up: the knowledge DB may still be opening at the first time."""
        self._centre: WelfareCentre | None = None

    @property
    def leads(self) -> bool:
        """Whether a person in danger leads this call."""
        return any(finding.urgency >= URGENT for _, finding in self._seen)

    def on_caller(self, turn: Turn, text: str, offset: int, context: tuple[str, ...]) -> CrisisFinding | None:
        """Take in one utterance of the caller; return the danger it tells of, or None.

        Args:
            turn: The turn it belongs to.
            text: Its words, raw.
            offset: Where they start in the turn's raw text.
            context: Earlier utterances of the caller, oldest first.
        """
        found = crisis.detect(text, context)
        if found is None:
            return None
        moved = tuple(TextSpan(span.start + offset, span.end + offset) for span in found.evidence)
        finding = replace(self._help.guide.guided(found), evidence=moved)
        self._seen.append((turn.index, finding))
        return finding

    def centre(self, turn: Turn, text: str) -> WelfareCentre | None:
        """Note the districts an utterance names; return the welfare centre once a danger and one district are sure."""
        self._district.add(turn.speaker, text)
        district = self._district.sure
        if not self._seen or self._help.centres is None or not district or self._asked[district] >= _TRIES:
            return None
        found = self._help.centres.find(district)
        self._asked[district] += _TRIES if found else 1
        self._centre = found or self._centre
        return found

    def note(
        self, kind: CrisisKind, turns: Sequence[Turn], numbers: Sequence[HeardNumber], now_s: float
    ) -> tuple[int, str]:
        """Return the turn of the danger and the handover note. Raises ValueError: no such danger was seen."""
        facts = NoteFacts(
            kind, turns, tuple(self._seen), numbers, self._centre, self._help.wall_time, now_s, self._help.practice
        )
        return write_note(facts, self._help.guide)
