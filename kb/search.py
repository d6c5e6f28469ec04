"""Finds the entries that answer what was said: three legs, one convex sum, a calibrated word on how sure it is."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from kb.confidence import Evidence, band_of, chance
from kb.ended import said
from kb.errors import EncoderUnavailable
from kb.fusion import (
    BY_MEANING,
    CENTRE,
    LIKE,
    LOOKED_THROUGH,
    MOST_BOOST,
    OTHER_DISTRICT,
    OUTDATED,
    PER_LOG_ODDS,
    SAME_DISTRICT,
    WITH_VECTORS,
    WITHOUT_VECTORS,
    WORDS_TOLD,
    Examined,
    Floats,
    above_rest,
    best_first,
    heard_with,
    scaled,
)
from kb.highlight import answering, marked
from kb.house_words import HouseWords, Repaired
from kb.index import JAMO_BUCKETS, Index
from kb.model import Article, Hit, KbStatus, Reason, ReasonKind, SearchResult, TextSpan, Variant
from kb.places import heard
from kb.ports import Encoder, Morphemes
from kb.query import MAX_CHARS, Query, understand
from kb.text import grams, phonetic

_log = logging.getLogger(__name__)


class Searcher:
    """Searches one generation. Immutable but for a note that the model of meaning failed; any thread."""

    def __init__(self, index: Index, morphemes: Morphemes, encoder: Encoder | None, today: Callable[[], date]) -> None:
        self._index = index
        self._morphemes = morphemes
        self._encoder = encoder if index.vectors is not None else None
        self._today = today
        self._warned = False
        self._house: HouseWords | None = None
        if index.vectors is not None and index.articles:
            vectors = index.vectors
            mean = vectors.titles.mean(axis=0)
            self._title_centre = vectors.titles @ mean
            self._lead_centre = vectors.leads @ mean
            self._other_centre = vectors.others @ mean
            # Further passages of an article lie together.
            self._starts = np.flatnonzero(np.diff(vectors.owners, prepend=-1))

    @property
    def status(self) -> KbStatus:
        """What is searched."""
        return self._index.status

    @property
    def index(self) -> Index:
        """The generation."""
        return self._index

    @property
    def outdated(self) -> NDArray[np.bool_]:
        """Which articles are over today, shape (articles,)."""
        day = self._today()
        return self._index.over_from <= day.year * 10_000 + day.month * 100 + day.day

    @property
    def articles(self) -> Sequence[Article]:
        """Every entry."""
        return self._index.articles

    @property
    def with_vectors(self) -> bool:
        """Whether meaning is searched beside words."""
        return self._encoder is not None

    def article(self, article_id: str) -> Article | None:
        """Return the entry of an id, or None."""
        found = self._index.articles.place(article_id)
        return None if found is None else self._index.articles[found]

    def search(
        self,
        text: str,
        top_n: int = 10,
        district: str = "",
        context: tuple[str, ...] = (),
        boosts: Mapping[str, float] | None = None,
        *,
        confidence: float = 1.0,
        fold: bool = False,
    ) -> SearchResult:
        """Find the entries for what was said.

        Args:
            text: The question, as spoken or typed; only its first 2,000 characters are read.
            top_n: Most hits to return.
            district: District of the caller where known; one named in ``text`` outranks it.
            context: Earlier words of the dialogue, newest first; each counts less than the one before.
            boosts: What is known of entries from elsewhere, by id, in log-odds; held within ``MOST_BOOST``.
            confidence: How sure the recogniser was of ``text``, 0 to 1; the less, the more its sound counts.
            fold: Whether the same service in several districts is one hit with variants.

        Returns:
            Hits, best first; none where ``text`` holds nothing to look for.
        """
        begun = time.perf_counter()
        found = self.examine(text, top_n, district, context, confidence=confidence, boosts=boosts)
        hits: tuple[Hit, ...] = ()
        probability, by_meaning, words_alone = 0.0, False, False
        if found is not None:
            by_meaning = "lead" in found.legs
            words_alone = self._encoder is not None and not by_meaning
            hits = self._folded(found, top_n) if fold else self._plain(found, found.order)
            probability = chance(found.evidence, by_meaning) if hits else 0.0
        ms = (time.perf_counter() - begun) * 1000
        return SearchResult(text, hits, probability, band_of(probability, by_meaning), ms, words_alone)

    def examine(
        self,
        text: str,
        top_n: int = 10,
        district: str = "",
        context: tuple[str, ...] = (),
        by_meaning: bool = True,
        *,
        confidence: float = 1.0,
        boosts: Mapping[str, float] | None = None,
    ) -> Examined | None:
        """Do all of :meth:`search` but the hits, and keep what led there; None where there is nothing to look for."""
        text = self.repair(text).text
        query = understand(text, context, self._morphemes)
        if query.empty or not self._index.articles or top_n < 1:
            return None
        legs = self.legs(query, by_meaning)
        place = heard(text) or heard(district) or district
        return self.judged(query, legs, place, top_n, confidence, boosts or {})

    def judged(
        self,
        query: Query,
        legs: dict[str, Floats],
        district: str = "",
        top_n: int = 10,
        confidence: float = 1.0,
        boosts: Mapping[str, float] = MappingProxyType({}),
    ) -> Examined:
        """Put the raw scores of the legs in order and say what speaks for the first."""
        parts = {name: scaled(leg) for name, leg in legs.items()}
        fused = self._sum(parts, district, heard_with(confidence, "lead" in legs))
        applied = self._boost(fused, boosts)
        order = best_first(fused, max(top_n, 2))[:top_n]
        return Examined(query, legs, parts, fused, order, self._evidence(query, legs, fused), district, applied)

    def _boost(self, fused: Floats, boosts: Mapping[str, float]) -> dict[int, float]:
        """Move the scores of boosted entries, in place; one that is not found at all stays so."""
        applied = {}
        for ident, value in boosts.items():
            number = self._index.articles.place(ident)
            if number is not None and fused[number] > 0 and value == value:
                applied[number] = max(-MOST_BOOST, min(MOST_BOOST, value))
                fused[number] = min(1.0, max(0.0, float(fused[number]) + PER_LOG_ODDS * applied[number]))
        return applied

    def repair(self, text: str) -> Repaired:
        """Return ``text`` with misheard names of this house put right."""
        if self._house is None:
            self._house = HouseWords(self._index.names, self._morphemes.known)
        return self._house.repair(text[:MAX_CHARS])

    # -- legs

    def legs(self, query: Query, by_meaning: bool = True) -> dict[str, Floats]:
        """Return the raw scores of each leg, float32, shape (articles,)."""
        index = self._index
        wanted = {index.vocabulary[term]: weight for term, weight in query.terms.items() if term in index.vocabulary}
        legs = {
            "morphemes": index.morphemes.scores(wanted),
            "jamo": index.jamo.scores(dict.fromkeys(grams(phonetic(query.spoken), JAMO_BUCKETS).tolist(), 1.0)),
        }
        vectors = self._encoded(query) if by_meaning else None
        if vectors is not None:
            legs |= self._meaning(vectors)
        return legs

    def _encoded(self, query: Query) -> Floats | None:
        """Return the vectors of the question and of its nouns, shape (2, dim)."""
        if self._encoder is None:
            return None
        try:
            return self._encoder.queries([query.text, query.kernel or query.text])
        except EncoderUnavailable:
            if not self._warned:
                self._warned = True
                _log.warning("the model of meaning does not answer; words alone are searched")
            return None

    def _meaning(self, asked: Floats) -> dict[str, Floats]:
        vectors = self._index.vectors
        assert vectors is not None
        title, noun = vectors.likeness(vectors.titles, asked)
        first, first_noun = vectors.likeness(vectors.leads, asked)
        # An entry whose answer gave no passage is judged by its title.
        lead = title - CENTRE["lead"] * self._title_centre
        lead[vectors.led] = first - CENTRE["lead"] * self._lead_centre
        best = lead.copy()
        nouns = noun - CENTRE["kernel"] * self._title_centre
        nouns[vectors.led] = first_noun - CENTRE["kernel"] * self._lead_centre
        if len(self._starts):
            others = vectors.others @ asked[0] - CENTRE["passage"] * self._other_centre
            owners = vectors.owners[self._starts]
            best[owners] = np.maximum(best[owners], np.maximum.reduceat(others, self._starts))
        return {
            "title": title - CENTRE["title"] * self._title_centre,
            "lead": lead,
            "passage": best,
            "kernel": nouns,
        }

    def fuse(self, legs: Mapping[str, Floats], district: str, weights: Mapping[str, float] | None = None) -> Floats:
        """Return the convex sum of the legs, each scaled above its median, with district and age; 0 to 1."""
        use = weights or (WITH_VECTORS if "lead" in legs else WITHOUT_VECTORS)
        return self._sum({name: scaled(legs[name]) for name in use}, district, use)

    def _sum(self, parts: Mapping[str, Floats], district: str, weights: Mapping[str, float]) -> Floats:
        fused = np.zeros(len(self._index.articles), np.float32)
        for name, weight in weights.items():
            fused += weight * parts[name]
        found = fused > 0
        if district:
            places, names = self._index.places, self._index.districts
            same = places == (names.index(district) if district in names else -2)
            other = (places >= 0) & ~same
            fused += (SAME_DISTRICT * same + OTHER_DISTRICT * other).astype(np.float32) * found
        fused += OUTDATED * self.outdated * found
        return np.clip(fused, 0.0, 1.0)

    # -- outcome

    def _evidence(self, query: Query, legs: Mapping[str, Floats], fused: Floats) -> Evidence:
        index = self._index
        best = best_first(fused, LOOKED_THROUGH)
        first = int(best[0])
        # The same service elsewhere is no rival: margins are to the next services.
        _, places = np.unique(index.kin[best], return_index=True)
        ranked = fused[best[np.sort(places)]]
        same = np.flatnonzero(index.kin == index.kin[first])
        firsts = [float(leg[same].max()) >= float(leg.max()) - 1e-9 for leg in legs.values()]
        return Evidence(
            top=float(fused[first]),
            margin=float(ranked[0] - ranked[1]) if len(ranked) > 1 else float(ranked[0]),
            ahead=float(ranked[0] - ranked[min(4, len(ranked) - 1)]) if len(ranked) > 1 else float(ranked[0]),
            terms=len(query.terms),
            covered=index.morphemes.share(first, [index.vocabulary.get(term, -1) for term in query.terms]),
            strength=float(legs["morphemes"][first]),
            sounds=float(legs["jamo"][first]) / max(float(legs["jamo"].max()), 1e-6),
            first_in=float(np.mean(firsts)),
            passage=float(legs["passage"][first]) if "lead" in legs else 0.0,
            title=float(legs["title"][first]) if "lead" in legs else 0.0,
            standing=above_rest(legs["lead"], first) if "lead" in legs else 0.0,
        )

    def _plain(self, found: Examined, numbers: Iterable[int]) -> tuple[Hit, ...]:
        return tuple(self.hit(int(n), float(found.fused[n]), found.query, found) for n in numbers if found.fused[n] > 0)

    def _folded(self, found: Examined, top_n: int) -> tuple[Hit, ...]:
        """Return hits of different services, each by the entry of the call's district, with the others beside it."""
        kin = self._index.kin
        best: dict[int, int] = {}
        for number in best_first(found.fused, max(LOOKED_THROUGH, 3 * top_n)):
            if found.fused[number] > 0:
                best.setdefault(int(kin[number]), int(number))
        hits = []
        for group, number in list(best.items())[:top_n]:
            members = np.flatnonzero(kin == group)
            score = float(found.fused[number])
            if len(members) == 1:
                hits.append(self.hit(number, score, found.query, found))
                continue
            chosen = self._variant(members, number, found.district)
            others = tuple(self._as_variant(int(one)) for one in members if one != chosen)
            ordered = tuple(sorted(others, key=lambda one: (one.district, one.article_id)))
            hits.append(replace(self.hit(chosen, score, found.query, found), variants=ordered))
        return tuple(hits)

    def _variant(self, members: NDArray[np.int64], best: int, district: str) -> int:
        """Return the entry that stands for a service: that of the district, else the city's, else the best one."""
        if district:
            for wanted in (district, ""):
                fitting = [int(one) for one in members if self._place(int(one)) == wanted]
                if fitting:
                    return best if best in fitting else fitting[0]
        return best

    def _place(self, number: int) -> str:
        place = int(self._index.places[number])
        return self._index.districts[place] if place >= 0 else ""

    def _as_variant(self, number: int) -> Variant:
        return Variant(self._index.articles[number].id, self._place(number))

    def hit(self, number: int, score: float, query: Query, found: Examined | None = None) -> Hit:
        """Return the hit that an article makes of a query; with its reasons where ``found`` is given."""
        article = self._index.articles[number]
        span = answering(article.answer, self._passage(number, query), query.words)
        passage = article.answer[span.start : span.end]
        ended = said(article.question, article.answer, self._today())
        reasons = self._reasons(number, article, found, ended) if found is not None else ()
        return Hit(article, passage, marked(passage, query.words), score, reasons=reasons, ended=ended)

    def _reasons(self, number: int, article: Article, found: Examined, ended: str) -> tuple[Reason, ...]:
        text = f"{article.question} {' '.join(article.keywords)} {article.answer}"
        words = [word for word in found.query.words if word in text]
        reasons = [Reason(ReasonKind.WORDS, " ".join(words[:WORDS_TOLD]))] if words else []
        if any(found.parts[name][number] >= LIKE for name in BY_MEANING if name in found.parts):
            reasons.append(Reason(ReasonKind.MEANING))
        if found.parts["jamo"][number] >= LIKE:
            reasons.append(Reason(ReasonKind.SOUND))
        if found.district and self._place(number) == found.district:
            reasons.append(Reason(ReasonKind.DISTRICT, found.district))
        boost = found.boosts.get(number, 0.0)
        if boost:
            reasons.append(Reason(ReasonKind.LEARNED if boost > 0 else ReasonKind.UNLEARNED))
        if ended:
            reasons.append(Reason(ReasonKind.ENDED, ended))
        return tuple(reasons)

    def _passage(self, number: int, query: Query) -> TextSpan:
        """Return the passage that holds most of the query's words; the first one where none does."""
        spans = self._index.passages[number]
        answer = self._index.articles[number].answer
        if not spans:
            return TextSpan(0, min(len(answer), 300))
        return max(
            enumerate(spans),
            key=lambda item: (
                sum(answer.find(word, item[1].start, item[1].end) >= 0 for word in query.words),
                -item[0],
            ),
        )[1]
