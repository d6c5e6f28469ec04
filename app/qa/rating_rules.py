"""What a rating must keep to: pure rules over a rubric and a rating."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.errors import QaFault
from assist.mask import mask
from assist.review.model import Evidence, ItemScore, Letter, Rating, Rubric
from assist.review.rubric_file import check_rubric
from assist.review.totals import check

MAX_TEXT: Final = 4000
"""Longest note, objection or settlement, characters."""
MAX_EVIDENCE: Final = 50
"""Places in the call an item may point at."""


def tidy(rubric: Rubric, rating: Rating) -> Rating:
    """Return a draft as it is kept: scores in the rubric's order, words of evidence covered.

    Raises:
        RatingRefused: It says what its rubric does not know.
        QaFault: ``qa.rating_broken``: evidence that ends before it begins, or too much of it; ``qa.text_too_long``.
    """
    check(rubric, rating)
    check(rubric, replace(rating, scores=rating.pending))
    known = {fault.id for fault in rubric.faults}
    if len({one.item for one in rating.grounds} & known) != len(rating.grounds):
        raise QaFault("qa.rating_broken")
    everything = (*rating.scores, *rating.pending, *rating.grounds)
    for score in everything:
        if len(score.evidence) > MAX_EVIDENCE or any(not 0 <= one.start_s <= one.end_s for one in score.evidence):
            raise QaFault("qa.rating_broken")
    if any(len(text) > MAX_TEXT for text in (rating.note, *(score.note for score in everything))):
        raise QaFault("qa.text_too_long", most=MAX_TEXT)
    places = {item.id: place for place, item in enumerate(rubric.items)}
    scores = sorted((_covered(score) for score in rating.scores), key=lambda score: places[score.item])
    faults = tuple(fault.id for fault in rubric.faults if fault.id in rating.faults)
    given = {score.item for score in scores}
    pending = tuple(_covered(score) for score in rating.pending if score.item not in given and not rating.submitted_at)
    # What was found for a fault that is not ticked stays with the draft: it may be ticked again.
    grounds = tuple(_covered(one) for one in rating.grounds if one.item in faults or not rating.submitted_at)
    return replace(rating, scores=tuple(scores), faults=faults, pending=pending, grounds=grounds)


def checked(letter: Letter) -> Letter:
    """Return a letter that came from another PC, checked whole.

    Raises:
        RubricRefused, RatingRefused, QaFault: Its rubric or its rating is none, or was not submitted.
    """
    if not letter.rating.submitted_at:
        raise QaFault("qa.rating_broken")
    rubric = check_rubric(letter.rubric)
    return replace(letter, rating=tidy(rubric, letter.rating))


def _covered(score: ItemScore) -> ItemScore:
    def covered(one: Evidence) -> Evidence:
        return replace(one, words=mask(one.words)[0]) if one.words else one

    return replace(score, evidence=tuple(covered(one) for one in score.evidence)) if score.evidence else score


def check_text(text: str) -> str:
    """Return a text that is wanted, trimmed.

    Raises:
        QaFault: ``qa.text_wanted``: it is empty; ``qa.text_too_long``.
    """
    found = text.strip()
    if not found:
        raise QaFault("qa.text_wanted")
    if len(found) > MAX_TEXT:
        raise QaFault("qa.text_too_long", most=MAX_TEXT)
    return found
