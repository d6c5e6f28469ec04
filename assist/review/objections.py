"""Whether a counsellor's objection still waits for an answer, or was found right."""

from __future__ import annotations

from collections.abc import Sequence

from assist.review.model import Answer, AnswerKind, Settlement


def open_objection(answers: Sequence[Answer], settlements: Sequence[Settlement]) -> Answer | None:
    """Return the newest objection that nobody has answered, or None.

    A settlement answers the objection it names and those before it: two trainers who answer the same one at the same
    time answer no later one. Once an objection was accepted none is open: the rating counts no longer, so there is
    nothing left to decide; what comes late stays as words.

    Args:
        answers: In the order they came.
        settlements: In any order.
    """
    if was_accepted(settlements):
        return None
    objections = [answer for answer in answers if answer.kind is AnswerKind.OBJECTED]
    answered = {settlement.objection for settlement in settlements}
    return objections[-1] if objections and objections[-1].at not in answered else None


def was_accepted(settlements: Sequence[Settlement]) -> bool:
    """Return whether an objection was found right: the rating then counts no longer, anywhere."""
    return any(one.accepted for one in settlements)
