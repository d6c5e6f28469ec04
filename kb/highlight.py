"""Marks the words of a query in a passage."""

from __future__ import annotations

from collections.abc import Sequence

from kb.model import TextSpan


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
