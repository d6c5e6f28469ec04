"""The search as a call uses it: what was learned nudges the order, special material comes first and more readily."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from assist.learning import Nudge
from assist.ports import Retriever
from kb.confidence import SURE
from kb.highlight import answering, marked
from kb.model import Band, Hit, Reason, ReasonKind, SearchResult, TextSpan
from kb.specials import Special, as_article, matching
from kb.text import nfc

MOST_SPECIALS: Final = 1
"""Pieces of special material that go before the entries; the others stay on the strip above."""
_LEAST_BOOST: Final = 0.02
"""Log-odds from which a nudge is worth a word."""
_LEAST_SCORE: Final = 0.75
"""Score of special material that stands alone: three dots of four."""


class Guide:
    """Passes searches on with what the desk knows beside the DB. Fills :class:`assist.ports.Retriever`.

    Thread: any, as far as its parts are.
    """

    def __init__(
        self,
        retriever: Retriever,
        nudges: Callable[[str], Mapping[str, Nudge]],
        specials: Callable[[], Sequence[Special]],
    ) -> None:
        """Join the parts.

        Args:
            retriever: Search of the counselling DB.
            nudges: What was learned for a question, by entry id.
            specials: Special material that runs now.
        """
        self._retriever = retriever
        self._nudges = nudges
        self._specials = specials

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
        """See :class:`assist.ports.Retriever`."""
        nudges = self._nudges(text)
        wanted = {ident: nudge.boost for ident, nudge in nudges.items()} | dict(boosts or {})
        result = self._retriever.search(text, top_n, district, context, wanted or None, confidence=confidence)
        hits = tuple(_told(hit, nudges.get(hit.article.id)) for hit in result.hits)
        topical = matching(self._specials(), text)[:MOST_SPECIALS]
        if not topical:
            return replace(result, hits=hits)
        # Only what is sure for itself stands beside it: its keyword says nothing about the entries.
        beside = hits if result.band is Band.SURE else ()
        score = max(_LEAST_SCORE, beside[0].score if beside else 0.0)
        first = tuple(_hit(one, text, score) for one in topical)
        chance = max(result.confidence, SURE)
        return replace(result, hits=(*first, *beside)[:top_n], confidence=chance, band=Band.SURE)


def _told(hit: Hit, nudge: Nudge | None) -> Hit:
    """Say of a hit what was learned of it."""
    if nudge is None:
        return hit
    others = tuple(one for one in hit.reasons if one.kind not in (ReasonKind.LEARNED, ReasonKind.UNLEARNED))
    if nudge.boost >= _LEAST_BOOST:
        learned: tuple[Reason, ...] = (Reason(ReasonKind.LEARNED, str(nudge.used) if nudge.used else ""),)
    elif nudge.boost <= -_LEAST_BOOST:
        learned = (Reason(ReasonKind.UNLEARNED),)
    else:
        learned = ()
    return replace(hit, reasons=(*others, *learned))


def _hit(special: Special, question: str, score: float) -> Hit:
    """Return special material as a hit, the sentences shown that hold what was asked."""
    article = as_article(special)
    said = nfc(question).replace(" ", "")
    named = tuple(word for word in special.keywords if word.replace(" ", "") in said)
    words = named or special.keywords
    span = answering(article.answer, TextSpan(0, len(article.answer)), words)
    passage = article.answer[span.start : span.end]
    return Hit(article, passage, marked(passage, words), score, reasons=(Reason(ReasonKind.WORDS, " ".join(named)),))
