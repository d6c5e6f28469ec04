"""Which words of two texts are in one of them alone."""

from __future__ import annotations

from dataclasses import dataclass

from ui.replay.record_diff import Kept, diff


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words in a row."""

    text: str
    alone: bool
    """Whether the other text does not have them."""


def word_diff(then: str, now: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both texts in pieces, in reading order: what they share, and what each has alone."""
    pieces = diff(then, now)
    left = tuple(Piece(one.text, one.kept is Kept.GONE) for one in pieces if one.kept is not Kept.NEW)
    right = tuple(Piece(one.text, one.kept is Kept.NEW) for one in pieces if one.kept is not Kept.GONE)
    return left, right
