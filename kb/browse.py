"""Search by hand: what stands in titles as it is being typed, then what the words find, then what is meant."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kb import typed
from kb.confidence import chance
from kb.fusion import Examined, best_first
from kb.highlight import marked
from kb.model import Band, FilterChoices, Hit, SearchFilters, SearchResult, TextSpan
from kb.places import heard
from kb.query import Query
from kb.search import Searcher
from kb.titles import Titles, compacted, first_level, places_of

Numbers = NDArray[np.int64]

_NUMBER: Final = re.compile(r"[\d\s().-]+")
_FEWEST_DIGITS: Final = 3
_STEP: Final = 0.1
"""Score between one way of being found and the next."""
_ENOUGH: Final = 3
"""Titles found as typed, above which slips are not looked for."""


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """Entries one way of looking found; later ways find less surely."""

    owners: Numbers
    way: int


class Browser:
    """Searches one generation by hand. Immutable; any thread."""

    def __init__(self, searcher: Searcher) -> None:
        """Take the searcher of the generation. Cheap."""
        self._searcher = searcher
        self._index = searcher.index
        self._over = searcher.outdated

    def choices(self) -> FilterChoices:
        """Return what a search can be narrowed to."""
        titles = self._index.titles
        fields = sorted({first_level(name) for name in titles.fields if name})
        return FilterChoices(tuple(fields), self._index.districts, tuple(name for name in titles.departments if name))

    def suggest(self, text: str, top_n: int = 20, filters: SearchFilters | None = None) -> SearchResult:
        """Search at every key: titles as typed, initials, slips, phone numbers; then words. Asks no model.

        Args:
            text: What stands in the box, an unfinished syllable at its end included.
            top_n: Most hits to return.
            filters: What to narrow to; with an empty text everything that is left, newest first.
        """
        return self._answer(text, top_n, filters, by_meaning=False)

    def search(self, text: str, top_n: int = 20, filters: SearchFilters | None = None) -> SearchResult:
        """Search when typing rests: titles that hold the text first, then the full search, by meaning too."""
        return self._answer(text, top_n, filters, by_meaning=True)

    def _answer(self, text: str, top_n: int, filters: SearchFilters | None, by_meaning: bool) -> SearchResult:
        begun = time.perf_counter()
        within = self._within(filters or SearchFilters())
        plain = typed.typed(text)
        scores = np.zeros(len(self._index.articles), np.float32)
        confidence, query = 0.0, None
        if top_n > 0 and len(scores):
            if not plain and filters:
                scores = self._newest(within)
            elif plain:
                scores, confidence, query = self._scored(text, plain, by_meaning)
        if within is not None:
            scores = np.where(within, scores, 0)
        hits = self._hits(scores, plain, query, top_n)
        band = Band.CANDIDATE if hits else Band.SILENT
        return SearchResult(text, hits, confidence, band, (time.perf_counter() - begun) * 1000)

    # -- what is looked at

    def _within(self, filters: SearchFilters) -> NDArray[np.bool_] | None:
        """Return the entries that are left, None for all."""
        if not filters:
            return None
        index, titles = self._index, self._index.titles
        left = np.ones(len(index.articles), bool)
        if filters.field:
            left &= np.isin(titles.field, titles.fields_of(filters.field))
        if filters.department:
            known = titles.departments.index(filters.department) if filters.department in titles.departments else -1
            left &= titles.department == known
        if filters.district:
            name = heard(filters.district) or filters.district
            left &= index.places == (index.districts.index(name) if name in index.districts else -2)
        return left

    def _newest(self, within: NDArray[np.bool_] | None) -> NDArray[np.float32]:
        age = np.lexsort(
            (self._index.titles.updated, ~self._over, np.ones(len(self._over)) if within is None else within)
        )
        scores = np.empty(len(age), np.float32)
        scores[age] = np.arange(1, len(age) + 1) / len(age)
        return scores

    def _scored(self, text: str, plain: str, by_meaning: bool) -> tuple[NDArray[np.float32], float, Query | None]:
        """Return the score of every entry, how sure the full search is, and its query."""
        found = self._searcher.examine(text, 2, by_meaning=by_meaning)
        scores = np.zeros(len(self._index.articles), np.float32)
        if found is not None:
            scores = found.fused.copy()
        ways = self._ways(plain)
        if ways:
            best = np.zeros(len(scores), np.float32)
            for one in ways:
                value = 1.0 - _STEP * one.way
                best[one.owners] = np.maximum(best[one.owners], value)
            # Within one way the full search, then brevity, decides; what is over comes last.
            lengths = self._lengths()
            finer = 0.6 * np.clip(scores, 0, 1) + 0.3 / (1 + lengths / 10) + 0.1 * ~self._over
            scores = np.where(best > 0, best + _STEP * 0.9 * (finer - 1), 0.2 * np.clip(scores, 0, 1)).astype(
                np.float32
            )
        return scores, self._sureness(found), found.query if found else None

    def _sureness(self, found: Examined | None) -> float:
        return chance(found.evidence, "lead" in found.legs) if found is not None else 0.0

    def _lengths(self) -> NDArray[np.float32]:
        titles = self._index.titles
        starts = titles.lines.starts[: titles.titles]
        return np.diff(np.append(starts, len(titles.lines.text))).astype(np.float32)[: titles.titles]

    # -- ways of looking

    def _ways(self, plain: str) -> list[_Found]:
        titles = self._index.titles
        words = typed.words(plain)
        if not words:
            return []
        ways = self._numbers(plain, titles)
        whole = "".join(words)
        places = self._places(whole, titles)
        lines = titles.lines.line_of(places)
        in_title = lines < titles.titles
        first = places == titles.lines.starts[lines] if len(places) else in_title
        edge = titles.edges[places].astype(bool)
        owners = titles.lines.owners[lines].astype(np.int64)
        if len(whole) > 1 or not typed.is_plain(whole) or first.any():
            ways += [_Found(owners[in_title & first], 1), _Found(owners[in_title & edge], 2)]
        if len(whole) > 1:
            ways += [_Found(owners[in_title], 3), _Found(owners[~in_title & first], 4)]
        if len(words) > 1:
            ways.append(_Found(self._everywhere(words, titles), 4))
        ways = [one for one in ways if len(one.owners)]
        if sum(len(one.owners) for one in ways) < _ENOUGH and typed.is_plain(whole):
            near = typed.slips(whole, titles.sounds)
            ways.append(_Found(np.unique(titles.sounds.line_of(near)), 5))
        return [one for one in ways if len(one.owners)]

    def _places(self, word: str, titles: Titles) -> Numbers:
        """Return where a word, which may be unfinished, stands in the lines; beginnings of lines are never left out."""
        if typed.is_initials(word):
            found = titles.initials
            pattern = re.compile(re.escape(word))
        else:
            found = titles.lines.text
            pattern = typed.pattern(word)
        starts = places_of(re.compile(f"\n{pattern.pattern}"), found) + 1
        return np.union1d(starts, places_of(pattern, found))

    def _everywhere(self, words: list[str], titles: Titles) -> Numbers:
        """Return the entries that hold every word in title or keywords, in any order."""
        left: Numbers | None = None
        for word in words:
            lines = titles.lines.line_of(self._places(word, titles))
            owners = np.unique(titles.lines.owners[lines]).astype(np.int64)
            left = owners if left is None else np.intersect1d(left, owners)
        return left if left is not None else np.zeros(0, np.int64)

    def _numbers(self, plain: str, titles: Titles) -> list[_Found]:
        """Return the entries whose number, id or phone is typed; a phone may be its last digits."""
        found: list[_Found] = []
        whole = "".join(typed.words(plain))
        places = titles.lines.places(f"\n{whole}\n")
        lines = titles.lines.line_of(places + 1)
        named = titles.lines.owners[lines[lines >= titles.titles]]
        if len(named):
            found.append(_Found(named.astype(np.int64), 0))
        digits = "".join(sign for sign in plain if sign.isdecimal())
        if _NUMBER.fullmatch(plain) and len(digits) >= _FEWEST_DIGITS:
            phones = titles.phones
            ends = phones.owners[phones.line_of(phones.places(f"{digits}\n"))]
            inside = phones.owners[phones.line_of(phones.places(digits))]
            found += [_Found(ends.astype(np.int64), 1), _Found(inside.astype(np.int64), 3)]
        return found

    # -- hits

    def _hits(self, scores: NDArray[np.float32], plain: str, query: Query | None, top_n: int) -> tuple[Hit, ...]:
        shown = query or Query(plain, {}, "", "", tuple(word for word in plain.split() if len(word) > 1))
        patterns = (
            [typed.pattern("".join(typed.words(plain))), *map(typed.pattern, typed.words(plain))] if plain else []
        )
        return tuple(
            self._hit(int(number), float(scores[number]), shown, patterns)
            for number in best_first(scores, top_n)
            if scores[number] > 0
        )

    def _hit(self, number: int, score: float, query: Query, patterns: list[re.Pattern[str]]) -> Hit:
        hit = self._searcher.hit(number, score, query)
        return replace(hit, title_highlights=title_marks(hit.article.question, patterns, query.words))


def resolved(value: str, choices: tuple[str, ...]) -> str:
    """Return the choice that ``value`` names, spaces and case aside; a district by its neighbourhoods too; or empty."""
    wanted = compacted(typed.typed(value))[0]
    if not wanted:
        return ""
    same = next((name for name in choices if compacted(name)[0] == wanted), "")
    district = heard(value)
    return same or (district if district in choices else "")


def title_marks(title: str, patterns: list[re.Pattern[str]], words: tuple[str, ...] = ()) -> tuple[TextSpan, ...]:
    """Return where a typed text stands in a title: the first pattern that does, else the rest; else ``words``."""
    plain, origins = compacted(title)
    whole = patterns[0].search(plain) if patterns else None
    found = [whole] if whole else [match for one in patterns[1:] for match in one.finditer(plain)]
    spans = sorted({(origins[one.start()], origins[one.end() - 1] + 1) for one in found if one.end() > one.start()})
    joined: list[TextSpan] = []
    for start, end in spans:
        if joined and start <= joined[-1].end:
            joined[-1] = TextSpan(joined[-1].start, max(end, joined[-1].end))
        else:
            joined.append(TextSpan(start, end))
    return tuple(joined) or marked(title, words)
