"""Finds the entries that answer what was said: three legs, one convex sum, a calibrated word on how sure it is."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kb.confidence import Evidence, band_of, chance
from kb.errors import EncoderUnavailable
from kb.highlight import answering, marked
from kb.index import JAMO_BUCKETS, Index
from kb.model import Article, Hit, KbStatus, SearchResult, TextSpan
from kb.places import heard, outdated
from kb.ports import Encoder, Morphemes
from kb.query import Query, understand
from kb.text import grams, phonetic

_log = logging.getLogger(__name__)

Floats = NDArray[np.float32]

# Found with benchmarks/search.py: random search on the development queries, mean of the best tenth, held in
# five-fold cross-validation. Rounded: neighbouring weights do as well.
WITH_VECTORS: Final[Mapping[str, float]] = {
    "morphemes": 0.16,
    "jamo": 0.12,
    "title": 0.08,
    "lead": 0.27,
    "passage": 0.28,
    "kernel": 0.09,
}
WITHOUT_VECTORS: Final[Mapping[str, float]] = {"morphemes": 0.72, "jamo": 0.28}

_CENTRE: Final = {"title": 0.5, "lead": 0.75, "passage": 0.75, "kernel": 0.25}
"""How much of the likeness to the average title is taken off: without it a few entries are near every question."""
_SAME_DISTRICT: Final = 0.06
_OTHER_DISTRICT: Final = -0.06
_OUTDATED: Final = -0.05


@dataclass(frozen=True, slots=True, eq=False)
class Examined:
    """How a search came to its order; for benchmarks and calibration."""

    query: Query
    legs: dict[str, Floats]
    """Raw scores, shape (articles,)."""
    fused: Floats
    """Shape (articles,), 0 to 1."""
    order: NDArray[np.int64]
    """Articles, best first."""
    evidence: Evidence


class Searcher:
    """Searches one generation. Immutable but for a note that the model of meaning failed; any thread."""

    def __init__(self, index: Index, morphemes: Morphemes, encoder: Encoder | None, today: Callable[[], date]) -> None:
        self._index = index
        self._morphemes = morphemes
        self._encoder = encoder if index.vectors is not None else None
        self._by_id = {article.id: n for n, article in enumerate(index.articles)}
        year = today().year
        self._outdated = np.array([outdated(one.question, one.answer, year) for one in index.articles], bool)
        self._places = np.array(index.places, dtype=object)
        self._warned = False
        if index.vectors is not None and index.articles:
            vectors = index.vectors
            mean = vectors.titles.mean(axis=0)
            self._title_centre = vectors.titles @ mean
            self._passage_centre = vectors.passages @ mean
            self._leads = np.flatnonzero(vectors.order == 0)
            self._starts = self._leads  # passages of an article lie together, the first one first

    @property
    def status(self) -> KbStatus:
        """What is searched."""
        return self._index.status

    @property
    def articles(self) -> tuple[Article, ...]:
        """Every entry."""
        return self._index.articles

    @property
    def with_vectors(self) -> bool:
        """Whether meaning is searched beside words."""
        return self._encoder is not None

    def article(self, article_id: str) -> Article | None:
        """Return the entry of an id, or None."""
        found = self._by_id.get(article_id)
        return None if found is None else self._index.articles[found]

    def search(self, text: str, top_n: int = 10, district: str = "", context: tuple[str, ...] = ()) -> SearchResult:
        """Find the entries for what was said.

        Args:
            text: The question, as spoken or typed; only its first 2,000 characters are read.
            top_n: Most hits to return.
            district: District of the caller where known; one named in ``text`` outranks it.
            context: Earlier words of the dialogue, newest first; each counts less than the one before.

        Returns:
            Hits, best first; none where ``text`` holds nothing to look for.
        """
        begun = time.perf_counter()
        found = self.examine(text, top_n, district, context)
        hits: tuple[Hit, ...] = ()
        probability = 0.0
        if found is not None:
            scores = found.fused
            hits = tuple(self._hit(int(n), float(scores[n]), found.query) for n in found.order if scores[n] > 0)
            probability = chance(found.evidence, "lead" in found.legs) if hits else 0.0
        return SearchResult(text, hits, probability, band_of(probability), (time.perf_counter() - begun) * 1000)

    def examine(self, text: str, top_n: int = 10, district: str = "", context: tuple[str, ...] = ()) -> Examined | None:
        """Do all of :meth:`search` but the hits, and keep what led there; None where there is nothing to look for."""
        query = understand(text, context, self._morphemes)
        if query.empty or not self._index.articles or top_n < 1:
            return None
        legs = self.legs(query)
        fused = self.fuse(legs, heard(text) or heard(district) or district)
        order = self._best(fused, top_n)
        return Examined(query, legs, fused, order, self._evidence(query, legs, fused, order))

    # -- legs

    def legs(self, query: Query) -> dict[str, Floats]:
        """Return the raw scores of each leg, float32, shape (articles,)."""
        index = self._index
        wanted = {index.vocabulary[term]: weight for term, weight in query.terms.items() if term in index.vocabulary}
        legs = {
            "morphemes": index.morphemes.scores(wanted),
            "jamo": index.jamo.scores(dict.fromkeys(grams(phonetic(query.spoken), JAMO_BUCKETS).tolist(), 1.0)),
        }
        vectors = self._encoded(query)
        if vectors is not None:
            legs |= self._meaning(*vectors)
        return legs

    def _encoded(self, query: Query) -> tuple[Floats, Floats] | None:
        if self._encoder is None:
            return None
        try:
            found = self._encoder.queries([query.text, query.kernel or query.text])
        except EncoderUnavailable:
            if not self._warned:
                self._warned = True
                _log.warning("the model of meaning does not answer; words alone are searched")
            return None
        return found[0], found[1]

    def _meaning(self, spoken: Floats, kernel: Floats) -> dict[str, Floats]:
        vectors = self._index.vectors
        assert vectors is not None
        title = vectors.titles @ spoken
        centred = title - _CENTRE["lead"] * self._title_centre
        passages = vectors.passages @ spoken - _CENTRE["passage"] * self._passage_centre
        # An entry whose answer gave no passage is judged by its title.
        lead, best = centred.copy(), centred.copy()
        nouns = vectors.titles @ kernel - _CENTRE["kernel"] * self._title_centre
        if len(self._leads):
            owners = vectors.owners[self._leads]
            lead[owners] = passages[self._leads]
            best[owners] = np.maximum.reduceat(passages, self._starts)
            nouns[owners] = (
                vectors.passages[self._leads] @ kernel - _CENTRE["kernel"] * self._passage_centre[self._leads]
            )
        return {
            "title": title - _CENTRE["title"] * self._title_centre,
            "lead": lead,
            "passage": best,
            "kernel": nouns,
        }

    def fuse(self, legs: Mapping[str, Floats], district: str, weights: Mapping[str, float] | None = None) -> Floats:
        """Return the convex sum of the legs, each scaled above its median, with district and age; 0 to 1."""
        use = weights or (WITH_VECTORS if "lead" in legs else WITHOUT_VECTORS)
        fused = np.zeros(len(self._index.articles), np.float32)
        for name, weight in use.items():
            fused += weight * scaled(legs[name])
        found = fused > 0
        if district:
            same = self._places == district
            other = (self._places != "") & ~same
            fused += (_SAME_DISTRICT * same + _OTHER_DISTRICT * other).astype(np.float32) * found
        fused += _OUTDATED * self._outdated * found
        return np.clip(fused, 0.0, 1.0)

    def _best(self, fused: Floats, top_n: int) -> NDArray[np.int64]:
        count = min(max(top_n, 2), len(fused))
        found = np.argpartition(-fused, count - 1)[:count]
        return found[np.lexsort((found, -fused[found]))][:top_n]

    # -- outcome

    def _evidence(self, query: Query, legs: Mapping[str, Floats], fused: Floats, order: NDArray[np.int64]) -> Evidence:
        first = int(order[0])
        ranked = np.sort(fused)[-2:]
        margin = float(ranked[-1] - ranked[0]) if len(ranked) > 1 else float(ranked[-1])
        index = self._index
        unknown = sum(term not in index.vocabulary for term in query.terms)
        return Evidence(
            top=float(fused[first]),
            margin=margin,
            terms=len(query.terms),
            covered=index.morphemes.share(first, [index.vocabulary.get(term, -1) for term in query.terms]),
            strength=float(legs["morphemes"][first]),
            unknown=unknown / max(len(query.terms), 1),
            sounds=float(legs["jamo"][first]) / max(float(legs["jamo"].max()), 1e-6),
            meaning=float(legs["lead"][first]) if "lead" in legs else 0.0,
            meaning_margin=_above_rest(legs["lead"], first) if "lead" in legs else 0.0,
            agreement=float(
                np.mean(
                    [leg[first] >= np.partition(leg, -min(5, len(leg)))[-min(5, len(leg))] for leg in legs.values()]
                )
            ),
        )

    def _hit(self, number: int, score: float, query: Query) -> Hit:
        article = self._index.articles[number]
        span = answering(article.answer, self._passage(number, query), query.words)
        passage = article.answer[span.start : span.end]
        return Hit(article, passage, marked(passage, query.words), score)

    def _passage(self, number: int, query: Query) -> TextSpan:
        """Return the passage that holds most of the query's words; the first one where none does."""
        spans = self._index.passages[number]
        answer = self._index.articles[number].answer
        if not spans:
            return TextSpan(0, min(len(answer), 300))
        return max(
            enumerate(spans[:50]),
            key=lambda item: (
                sum(answer.count(word, item[1].start, item[1].end) > 0 for word in query.words),
                -item[0],
            ),
        )[1]


def scaled(leg: Floats) -> Floats:
    """Return a leg's scores from 0 at its median (and below) to 1 at its best."""
    middle = float(np.median(leg))
    top = float(leg.max())
    if top - middle < 1e-9:
        return np.zeros_like(leg)
    found: Floats = np.clip((leg - middle) / (top - middle), 0.0, 1.0)
    return found


def _above_rest(leg: Floats, first: int) -> float:
    """Return how far an article stands above the general run of a leg, in its standard deviations."""
    spread = float(leg.std())
    return (float(leg[first]) - float(leg.mean())) / spread if spread > 1e-9 else 0.0
