"""One rater's rating while it is being made. Plain Python; every change gives a new value to keep."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from assist.review.model import Evidence, EvidenceKind, Item, ItemScore, Observation, Rating, Rubric
from assist.review.totals import groundless


def evidence_of(seen: Observation, words: str) -> Evidence:
    """Return the evidence that points at what the program found, ``words`` saying what that was."""
    return Evidence(EvidenceKind.OBSERVATION, seen.start_s, seen.end_s, seen.id, words)


FAULT: Final = ":fault:"
"""Before a critical fault's id, where items are named too."""


class RatingDraft:
    """Points, evidence, notes and faults of one rating against its rubric.

    An item without points or *does not apply* may already hold evidence and a note.
    """

    def __init__(self, rubric: Rubric, rating: Rating) -> None:
        self.rubric = rubric
        self._rating = rating
        self._scores = {score.item: score for score in rating.scores}
        self._open = {score.item: score for score in rating.pending}
        """Evidence and notes of items that are open."""
        self._grounds = {one.item: one for one in rating.grounds}
        """Evidence and notes of critical faults, ticked or not."""

    @property
    def is_submitted(self) -> bool:
        """Whether nothing can be changed any more."""
        return bool(self._rating.submitted_at)

    def rating(self) -> Rating:
        """Return the rating as it is now, scores in the rubric's order."""
        scores = tuple(self._scores[item.id] for item in self.rubric.items if item.id in self._scores)
        grounds = tuple(one for one in self._grounds.values() if one.evidence or one.note)
        return replace(self._rating, scores=scores, pending=tuple(self._open.values()), grounds=grounds)

    def item(self, ident: str) -> Item:
        """Return an item of the rubric."""
        return next(item for item in self.rubric.items if item.id == ident)

    def is_open(self, ident: str) -> bool:
        """Whether an item has neither points nor *does not apply*, or a fault is ticked without evidence or a note."""
        if ident.startswith(FAULT):
            return ident.removeprefix(FAULT) in groundless(self.rubric, self.rating())
        return ident not in self._scores

    @property
    def rows(self) -> tuple[str, ...]:
        """Everything that can have evidence and a note: items, then faults behind :data:`FAULT`."""
        return (*(one.id for one in self.rubric.items), *(FAULT + one.id for one in self.rubric.faults))

    def score(self, ident: str) -> ItemScore:
        """Return what an item or a fault has; without points where it is open or does not apply."""
        if ident.startswith(FAULT):
            fault = ident.removeprefix(FAULT)
            return self._grounds.get(fault) or ItemScore(fault, None)
        return self._scores.get(ident) or self._open.get(ident) or ItemScore(ident, None)

    def give(self, ident: str, points: int | None) -> bool:
        """Give points, or None for *does not apply*; returns whether the item has that many."""
        if points is not None and not 0 <= points <= self.item(ident).points:
            return False
        self._scores[ident] = replace(self.score(ident), points=points)
        self._open.pop(ident, None)
        return True

    def take_back(self, ident: str) -> None:
        """Let an item be open again; its evidence and note stay."""
        if ident in self._scores:
            self._open[ident] = replace(self._scores.pop(ident), points=None)

    def attach(self, ident: str, evidence: Evidence) -> bool:
        """Tie a place in the call to an item or a fault; returns whether it was not there yet."""
        now = self.score(ident)
        if any((one.kind, one.ref, one.start_s, one.end_s) == _place(evidence) for one in now.evidence):
            return False
        self._put(ident, replace(now, evidence=(*now.evidence, evidence)))
        return True

    def detach(self, ident: str, place: int) -> None:
        """Take evidence away again."""
        now = self.score(ident)
        self._put(ident, replace(now, evidence=now.evidence[:place] + now.evidence[place + 1 :]))

    def note(self, ident: str, text: str) -> None:
        """Write a note on an item or a fault; an empty ``ident``: on the whole."""
        if ident:
            self._put(ident, replace(self.score(ident), note=text))
        else:
            self._rating = replace(self._rating, note=text)

    def set_fault(self, ident: str, there: bool) -> None:
        """Say that a critical fault was made, or was not."""
        kept = [one.id for one in self.rubric.faults if (one.id in self._rating.faults or one.id == ident)]
        self._rating = replace(self._rating, faults=tuple(one for one in kept if there or one != ident))

    def _put(self, ident: str, score: ItemScore) -> None:
        if ident.startswith(FAULT):
            self._grounds[score.item] = score
            return
        (self._scores if score.item in self._scores else self._open)[score.item] = score


def _place(one: Evidence) -> tuple[EvidenceKind, str, float, float]:
    return one.kind, one.ref, one.start_s, one.end_s
