"""What a trainer points at in a replay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from ui.replay.moments import Moment, MomentKind, near

K = MomentKind
CARDS: Final = frozenset({K.CARD})
WARNINGS: Final = frozenset({K.WARNING, K.ABUSE, K.CRISIS, K.BEHAVIOUR, K.ESCALATION, K.LINE, K.HANDOVER})
NUMBERS: Final = frozenset({K.NUMBER})
BOOKMARKS: Final = frozenset({K.BOOKMARK})
TURNS: Final = frozenset({K.TURN})


@dataclass(frozen=True, slots=True)
class Selection:
    """What the trainer points at."""

    start_s: float
    end_s: float
    """The marked passage; else the turn at the position; else the position twice."""
    turn: int
    """Index of the turn at the position; -1 before the first."""
    card: str
    """Article id of the card that stood uppermost on the desk; empty: none."""
    marked: bool
    """Whether a passage is marked on the timeline."""
    words: str = ""
    """What was said in that turn."""
    moment: Moment | None = None
    """What was chosen on the timeline last."""


def none_left(kinds: frozenset[MomentKind], step: int) -> str:
    """Return the sentence for a jump to something that is not there, after the position (1) or before it (-1)."""
    translate = QCoreApplication.translate
    named = {
        CARDS: translate("ReplaySelection", "answers"),
        WARNINGS: translate("ReplaySelection", "warnings and labels"),
        NUMBERS: translate("ReplaySelection", "numbers"),
        BOOKMARKS: translate("ReplaySelection", "bookmarks"),
        TURNS: translate("ReplaySelection", "turns"),
    }
    what = named.get(kinds, "")
    if step > 0:
        return translate("ReplaySelection", "None follow from here: {what}").format(what=what)
    return translate("ReplaySelection", "None come before this: {what}").format(what=what)


def selection(
    found: Sequence[Moment], at_s: float, span: tuple[float, float] | None, chosen: Moment | None
) -> Selection:
    """Return what is pointed at, from the position, the marked passage and what was chosen on the timeline."""
    last = near(found, TURNS, at_s + 1.001, -1)
    if span is not None:
        start, end = span
    elif last is not None and at_s <= last.end_s + 0.5:
        start, end = last.start_s, last.end_s
    else:
        start = end = at_s
    on = [one for one in found if one.kind is K.CARD and one.start_s <= at_s <= one.end_s]
    card = min(on, key=lambda one: (one.count, -one.start_s)).ref if on else ""
    turn, said = (last.turn, last.text) if last is not None else (-1, "")
    return Selection(start, end, turn, card, span is not None, said, chosen)
