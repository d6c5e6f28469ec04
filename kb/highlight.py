"""Finds the sentences of a passage that answer, and marks the words of a query in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kb.model import TextSpan

CARD_CHARACTERS: Final = 160
"""About as much as is read at a glance: two or three lines of a card."""
_SENTENCE: Final = re.compile(r"[^\n]+?(?:[.!?](?=\s|$)|\n|$)")


def marked(passage: str, words: Sequence[str]) -> tuple[TextSpan, ...]:
    """Return where ``words`` stand in ``passage``, in order, touching and overlapping ones joined."""
    found: list[tuple[int, int]] = []
    for word in words:
        at = passage.find(word) if word else -1
        while at >= 0:
            found.append((at, at + len(word)))
            at = passage.find(word, at + len(word))
    spans: list[TextSpan] = []
    for start, end in sorted(found):
        if spans and start <= spans[-1].end:
            spans[-1] = TextSpan(spans[-1].start, max(end, spans[-1].end))
        else:
            spans.append(TextSpan(start, end))
    return tuple(spans)


def answering(text: str, passage: TextSpan, words: Sequence[str]) -> TextSpan:
    """Return the consecutive sentences of ``passage`` that hold most of the query's words.

    At least one whole sentence, then as many as fit in ``CARD_CHARACTERS``; the first ones where no word is found.

    Args:
        text: The whole answer.
        passage: The part to choose from.
        words: Words of the query.
    """
    sentences = [match.span() for match in _SENTENCE.finditer(text, passage.start, passage.end) if match[0].strip()]
    if not sentences:
        return passage
    held = [frozenset(word for word in words if word and word in text[start:end]) for start, end in sentences]
    best, best_key = (0, 0), (-1, 0)
    for first in range(len(sentences)):
        last = first
        while last + 1 < len(sentences) and sentences[last + 1][1] - sentences[first][0] <= CARD_CHARACTERS:
            last += 1
        # A run should begin with what was asked, not end with it.
        key = (2 * len(frozenset().union(*held[first : last + 1])) + bool(held[first]), -first)
        if key > best_key:
            best, best_key = (first, last), key
    start, end = sentences[best[0]][0], sentences[best[1]][1]
    body = text[start:end]
    return TextSpan(start + len(body) - len(body.lstrip()), start + len(body.rstrip()))
