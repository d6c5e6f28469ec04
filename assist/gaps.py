"""Notes for the DB team: what the counselling DB does not answer, and what is wrong in it.

Both carry masked words only. Gaps of the same matter are found by how they sound and counted as one.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from assist.mask import mask
from assist.model import CorrectionKind, Turn
from assist.suggest import clean
from audio.model import Channel
from kb.text import sound_runs

TURNS_AROUND: Final = 6
"""Turns of the call that go with a gap: the last ones before it was filed."""
MOST_CHARS: Final = 300
"""Longest question, turn or note that is kept."""
SAME: Final = 0.5
"""Share of sound trigrams from which two questions are one gap."""
_COMPARED: Final = 12
"""Questions of a group that a new one is compared with."""

_ASKS: Final = re.compile(
    r"[?？]|나요|까요|는지|은지|인지|건가요|는가요|은가요|인가요|싶|어떻게|어떡|얼마|어디|언제|누구|무슨|무엇|뭐[가를예]|몇|왜|"
    r"문의|궁금|알려|신청하|신고하|가르쳐|되나|돼요|있어요|있습니까|합니까|됩니까"
)
"""What makes a caller's words a question or a wish."""


@dataclass(frozen=True, slots=True)
class GapTurn:
    """One turn of the call beside a gap, masked."""

    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A question the DB does not answer, masked."""

    id: str
    filed_at: str
    """ISO 8601 with offset."""
    question: str
    turns: tuple[GapTurn, ...] = ()
    district: str = ""
    generation: int = 0
    """Generation of the DB that did not have it."""
    call_id: str = ""
    practice: bool = False
    """Filed in a practice call: listed, not exported unless asked for."""


@dataclass(frozen=True, slots=True)
class Correction:
    """Something wrong or outdated in an entry; its note is masked."""

    id: str
    filed_at: str
    article_id: str
    title: str
    kind: CorrectionKind
    note: str = ""
    generation: int = 0
    call_id: str = ""
    practice: bool = False


@dataclass(frozen=True, slots=True)
class GapGroup:
    """Gaps of one matter, newest first."""

    question: str
    """That of the one which is most like the others."""
    gaps: tuple[Gap, ...]

    @property
    def count(self) -> int:
        """How often it was asked."""
        return len(self.gaps)


def masked(text: str) -> str:
    """Return ``text`` on one line, personal data covered, cut to :data:`MOST_CHARS`."""
    covered, _ = mask(" ".join(text.split()))
    return covered if len(covered) <= MOST_CHARS else covered[: MOST_CHARS - 1].rstrip() + "…"


def question_of(turns: Sequence[Turn]) -> str:
    """Return what the caller asked last, masked; the last words where none sound like a question, empty without any."""
    callers = [turn for turn in turns if turn.speaker is Channel.CALLER and turn.text.strip()][-TURNS_AROUND:]
    asking = [turn for turn in callers if _ASKS.search(turn.text)]
    found = (asking or callers)[-1:]
    return masked(clean(found[0].shown) or found[0].shown) if found else ""


def turns_around(turns: Sequence[Turn]) -> tuple[GapTurn, ...]:
    """Return the last turns, masked."""
    said = [turn for turn in turns if turn.text.strip()]
    return tuple(GapTurn(turn.speaker.value, masked(turn.shown)) for turn in said[-TURNS_AROUND:])


def merge(gaps: Iterable[Gap]) -> tuple[GapGroup, ...]:
    """Return gaps grouped by matter, the most frequent first, then the newest.

    A gap joins the group one of whose questions sounds like its own; spacing, endings and misheard syllables count
    little.
    """
    newest = sorted(gaps, key=lambda gap: gap.filed_at, reverse=True)
    sounds = {gap.id: sound_runs(gap.question) for gap in newest}
    groups: list[list[Gap]] = []
    for gap in newest:
        best, score = None, SAME
        for group in groups:
            near = max(_alike(sounds[gap.id], sounds[one.id]) for one in group[:_COMPARED])
            if near >= score:
                best, score = group, near
        if best is None:
            groups.append([gap])
        else:
            best.append(gap)
    found = [GapGroup(_middle(group, sounds), tuple(group)) for group in groups]
    return tuple(sorted(found, key=lambda group: -group.count))


def _middle(group: list[Gap], sounds: dict[str, frozenset[str]]) -> str:
    some = group[:_COMPARED]
    return max(some, key=lambda gap: sum(_alike(sounds[gap.id], sounds[one.id]) for one in some)).question


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of sounds in common (Dice), 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def gap_lines(groups: Iterable[GapGroup]) -> list[dict[str, object]]:
    """Return one plain object a group, for JSON lines."""
    return [
        {
            "question": group.question,
            "count": group.count,
            "first_at": group.gaps[-1].filed_at,
            "last_at": group.gaps[0].filed_at,
            "gaps": [_without_call(asdict(gap)) for gap in group.gaps],
        }
        for group in groups
    ]


def correction_lines(corrections: Iterable[Correction]) -> list[dict[str, object]]:
    """Return one plain object a correction, for JSON lines."""
    return [_without_call(asdict(one)) for one in corrections]


def as_jsonl(values: Iterable[dict[str, object]]) -> str:
    """Return JSON lines."""
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)


def as_csv(values: Sequence[dict[str, object]]) -> str:
    """Return a table a spreadsheet opens; nested values as text, formulas disarmed."""
    out = io.StringIO()
    if values:
        names = list(values[0])
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(names)
        writer.writerows([_cell(value[name]) for name in names] for value in values)
    return out.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, list):
        # The questions as they were asked; turns stay in the JSON lines.
        value = " / ".join(str(one.get("question", "")) for one in value if isinstance(one, dict))
    text = str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r", "\n", "\0") else text


def _without_call(value: dict[str, object]) -> dict[str, object]:
    """The id of the call means something on this desk only and leads to a person."""
    return {name: item for name, item in value.items() if name != "call_id"}
