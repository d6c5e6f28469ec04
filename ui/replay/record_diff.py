"""What became of a text, word by word. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from assist.model import CallRecord


class Kept(StrEnum):
    """What became of some words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words in a row."""

    kept: Kept
    text: str


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """One field of a record, before and after."""

    field: str
    """``category``, ``inquiry``, ``answer``, ``action`` or ``follow_up``."""
    record: int
    """Index of the record it belongs to."""
    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        """Whether anything was edited."""
        return any(piece.kept is not Kept.SAME for piece in self.pieces)


def diff(before: str, after: str) -> tuple[Piece, ...]:
    """Return ``after`` as it came from ``before``: what stayed, what went, what is new, in reading order."""
    old, new = _words(before), _words(after)
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece(Kept.SAME, " ".join(old[a:b])))
            continue
        if b > a:
            pieces.append(Piece(Kept.GONE, " ".join(old[a:b])))
        if d > c:
            pieces.append(Piece(Kept.NEW, " ".join(new[c:d])))
    return tuple(pieces)


def _words(text: str) -> list[str]:
    """Return the words of a text, the first of every further line with the line's end before it."""
    first, *lines = text.split("\n")
    found = first.split()
    for line in lines:
        head, *rest = line.split() or [""]
        found += [f"\n{head}", *rest]
    return found


def fields_of(record: CallRecord) -> dict[str, str]:
    """Return a record's fields as texts, in the order of the form."""
    return {
        "category": " › ".join(part for part in (record.category, record.subcategory) if part),
        "inquiry": "\n".join(record.inquiry),
        "answer": "\n".join(record.answer),
        "action": "\n".join(record.action),
        "follow_up": record.follow_up or "",
    }


def diff_records(before: Sequence[CallRecord], after: Sequence[CallRecord]) -> tuple[FieldDiff, ...]:
    """Return every field that says anything in either, record by record."""
    found: list[FieldDiff] = []
    for place in range(max(len(before), len(after))):
        old = fields_of(before[place]) if place < len(before) else {}
        new = fields_of(after[place]) if place < len(after) else {}
        for field in fields_of(CallRecord(category="")):
            pieces = diff(old.get(field, ""), new.get(field, ""))
            if pieces:
                found.append(FieldDiff(field, place, pieces))
    return tuple(found)
