"""Which record an entry of the counselling DB belongs to: the one whose turns it came up or was used in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assist.summarize.inquiries import Item
from assist.summarize.roles import Role


class ArticleLike(Protocol):
    """What a record takes from an entry of the counselling DB."""

    @property
    def question(self) -> str:
        """Title of the entry."""
        ...

    @property
    def category(self) -> str:
        """Field of the entry as its source names it."""
        ...

    @property
    def department(self) -> str:
        """Department in charge, or empty."""
        ...


@dataclass(frozen=True, slots=True)
class Source:
    """An entry at one moment of the call."""

    entry: ArticleLike
    turn: int
    """Index of the turn it came up for, or of the last one begun where it was searched by hand."""
    told: int = -1
    """Index of the last turn the counsellor had begun when it was used; -1 for one that only came up."""
    taken_back: bool = False
    """Put away there: what was used of it since that inquiry began counts no more."""


def by_part(parts: Sequence[Sequence[Item]], sources: Sequence[Source]) -> list[list[ArticleLike]]:
    """Return the entries of each part of a call, each entry once, in the order of ``sources``.

    Args:
        parts: The inquiries in order, at least one; a turn that two share belongs to the later one.
        sources: What came up or was used, and taken back, in the order it happened.
    """
    starts = [part[0][0].turn if part else 0 for part in parts]
    answers = [_answered_from(part) if number else 0 for number, part in enumerate(parts)]
    found: list[list[ArticleLike]] = [[] for _ in parts]
    for source in sources:
        # A card of the inquiry before stays up while the caller asks the next one, until that is being answered.
        part = max(0, bisect_right(starts, source.turn) - 1, bisect_right(answers, source.told) - 1)
        if source.taken_back:
            for entries in found[part:]:
                entries[:] = [entry for entry in entries if entry != source.entry]
        elif source.entry not in found[part]:
            found[part].append(source.entry)
    return found


def _answered_from(part: Sequence[Item]) -> int:
    given = (clause.turn for clause, role in part if clause.is_agent and role in (Role.ANSWER, Role.ACTION))
    return next(given, part[-1][0].turn + 1)
