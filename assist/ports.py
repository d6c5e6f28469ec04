"""What the help in a call needs from outside. ``app.composition`` fills these; tests fake them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from assist.model import Draft, HeardNumber, Turn
from kb.model import SearchResult


class Retriever(Protocol):
    """Search of the standard counselling DB."""

    def search(
        self,
        text: str,
        top_n: int = 10,
        district: str = "",
        context: tuple[str, ...] = (),
        boosts: Mapping[str, float] | None = None,
        *,
        confidence: float = 1.0,
    ) -> SearchResult:
        """Return hits for ``text``; the same service in several districts is one hit with variants.

        Args:
            text: The query, the caller's last sentence without small talk.
            top_n: Most hits wanted.
            district: 구 heard in the call, or empty; its entries come first.
            context: Earlier words of the dialogue, newest first; each counts less than the one before.
            boosts: What is known of entries beside the DB, by id, in log-odds; bounded by the search.
            confidence: How sure the recogniser was of ``text``, 0 to 1.

        Raises:
            Fault: Nothing can be searched.
        """
        ...


class NumberCollector(Protocol):
    """Numbers a citizen could act on."""

    def add(self, turn: Turn) -> tuple[HeardNumber, ...]:
        """Return the numbers of ``turn`` that were not reported before, or have changed."""
        ...


class Summarizer(Protocol):
    """Turns to a draft record."""

    def __call__(self, turns: Sequence[Turn], /) -> Draft:
        """Return the draft for the turns so far."""
        ...
