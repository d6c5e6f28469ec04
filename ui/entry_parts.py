"""From cards and hits to what the view of a whole entry takes."""

from __future__ import annotations

from collections.abc import Sequence

from assist.model import Card
from kb.model import Article, TextSpan, Variant
from ui.text_block import Span


def article_of(card: Card) -> Article:
    """Return the entry a card was made from, as far as the card knows it."""
    return Article(
        id=card.article_id,
        question=card.title,
        answer=card.answer,
        category=card.category,
        department=card.department,
        phone=card.phone,
        district=card.district,
        updated=card.updated,
    )


def marks_in(answer: str, passage: str, highlights: Sequence[TextSpan]) -> tuple[Span, ...]:
    """Return where the marked words of a passage stand in the whole answer."""
    at = answer.find(passage)
    return tuple((span.start + at, span.end + at) for span in highlights) if at >= 0 and passage else ()


def with_opened(variants: Sequence[Variant], opened: str, district: str, shown: str) -> tuple[Variant, ...]:
    """Return the districts to pick from: those of the answer that was opened, itself among them.

    Args:
        variants: The others.
        opened: Id of the answer they belong to.
        district: Its district.
        shown: Id of the one shown now.
    """
    if not variants or shown == opened:
        return tuple(variants)
    return (*(one for one in variants if one.article_id != shown), Variant(opened, district))
