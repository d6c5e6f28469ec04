"""What a rating adds up to, and whether it keeps to its rubric. Nobody's points are made here, only added."""

from __future__ import annotations

from math import fsum

from assist.errors import RatingRefused
from assist.review.model import ItemScore, Rating, Rubric, Total


def totals(rubric: Rubric, rating: Rating) -> Total:
    """Add a rating up.

    A skill is the mean of its items' shares of their points, weighted by the items' weights; the whole is the mean of
    the skills, weighted by theirs; both times 100. What does not apply or is still open weighs nothing, and a skill
    without any points weighs nothing either. A critical fault empties the skill it names, or the whole.

    Args:
        rubric: The rubric as the rating used it.
        rating: Draft or submitted; unknown items in it are passed over.
    """
    given = _given(rating)
    emptied = {fault.zeroes for fault in rubric.faults if fault.id in rating.faults}
    skills: list[tuple[str, float | None]] = []
    for skill in rubric.skills:
        shares = [
            (item.weight, score.points / item.points)
            for item in rubric.items
            if item.skill == skill.id and (score := given.get(item.id)) is not None and score.points is not None
        ]
        skills.append((skill.id, 0.0 if skill.id in emptied else _mean(shares)))
    weights = {skill.id: skill.weight for skill in rubric.skills}
    whole = _mean([(weights[ident], value / 100) for ident, value in skills if value is not None])
    return Total(
        whole=0.0 if "" in emptied else whole,
        skills=tuple(skills),
        open_items=tuple(item.id for item in rubric.items if item.id not in given),
    )


def unmet(rubric: Rubric, rating: Rating) -> tuple[tuple[str, str], ...]:
    """Return (item, needed item) where an item got points although one it needs got none or is open.

    A needed item that does not apply holds nothing up.
    """
    given = _given(rating)
    found = []
    for item in rubric.items:
        score = given.get(item.id)
        if score is None or not score.points:
            continue
        for need in item.needs:
            needed = given.get(need)
            if needed is None or needed.points == 0:
                found.append((item.id, need))
    return tuple(found)


def groundless(rubric: Rubric, rating: Rating) -> tuple[str, ...]:
    """Return the critical faults that a rating names without any evidence or note, in the rubric's order."""
    grounds = {one.item for one in rating.grounds if one.evidence or one.note.strip()}
    return tuple(fault.id for fault in rubric.faults if fault.id in rating.faults and fault.id not in grounds)


def check(rubric: Rubric, rating: Rating) -> None:
    """Check that a rating, draft or not, only says what its rubric knows.

    Raises:
        RatingRefused: An unknown or repeated item or fault, or points out of range.
    """
    if (rating.rubric, rating.rubric_version) != (rubric.id, rubric.version):
        raise RatingRefused("rubric.rating_other_rubric")
    items = {item.id: item for item in rubric.items}
    seen: set[str] = set()
    for score in rating.scores:
        item = items.get(score.item)
        if item is None or score.item in seen:
            raise RatingRefused("rubric.rating_unknown_item")
        seen.add(score.item)
        if score.points is not None and not 0 <= score.points <= item.points:
            raise RatingRefused("rubric.rating_points", item=item.title, most=item.points)
    if len(set(rating.faults)) != len(rating.faults) or set(rating.faults) - {fault.id for fault in rubric.faults}:
        raise RatingRefused("rubric.rating_unknown_fault")


def check_complete(rubric: Rubric, rating: Rating) -> None:
    """Check that a rating may be submitted.

    Raises:
        RatingRefused: As :func:`check`; items are open, one has points that its needed item does not allow, or a
            critical fault has neither evidence nor a note.
    """
    check(rubric, rating)
    titles = {item.id: item.title for item in rubric.items}
    still_open = totals(rubric, rating).open_items
    if still_open:
        raise RatingRefused("rubric.rating_open", count=len(still_open), item=titles[still_open[0]])
    bare = groundless(rubric, rating)
    if bare:
        raise RatingRefused(
            "rubric.rating_groundless", fault=next(fault.title for fault in rubric.faults if fault.id == bare[0])
        )
    for item, need in unmet(rubric, rating):
        raise RatingRefused("rubric.rating_needs", item=titles[item], need=titles[need])


def _given(rating: Rating) -> dict[str, ItemScore]:
    return {score.item: score for score in rating.scores}


def _mean(shares: list[tuple[float, float]]) -> float | None:
    """Return the weighted mean times 100 of (weight, 0 to 1), or None for none."""
    if not shares:
        return None
    return 100 * fsum(weight * share for weight, share in shares) / fsum(weight for weight, _ in shares)
