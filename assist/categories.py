"""Which of the ten fields a matter belongs to, by the words of ``resources/words/categories.toml``."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from assist.model import CATEGORIES
from resources import path

DEFAULT: Final = "행정"
"""The field of a call nothing is known about."""
_STRONG, _WEAK = 3.0, 1.0


@cache
def _vocabulary() -> tuple[tuple[str, str, float], ...]:
    """Return (word without spaces, field, weight), longest first. Read once; the file is a shipped constant."""
    with path("words/categories.toml").open("rb") as file:
        fields = tomllib.load(file)
    unknown = set(fields) - set(CATEGORIES)
    if unknown:
        raise ValueError(f"unknown fields in categories.toml: {sorted(unknown)}")
    words = [
        (word.replace(" ", ""), field, weight)
        for field, lists in fields.items()
        for key, weight in (("strong", _STRONG), ("words", _WEAK))
        for word in lists[key]
    ]
    return tuple(sorted(words, key=lambda item: -len(item[0])))


@dataclass(frozen=True, slots=True)
class CategoryHint:
    """A field that the words of a matter point to."""

    category: str
    words: tuple[str, ...]
    """The words that say so, weightiest first."""


def hints(texts: Sequence[str], limit: int = 3) -> tuple[CategoryHint, ...]:
    """Return the fields that words of ``texts`` point to, best first; none where no word does."""
    total: dict[str, float] = {}
    words: dict[str, dict[str, float]] = {}
    for text in texts:
        for word, field, weight in _hits(text):
            total[field] = total.get(field, 0.0) + weight
            words.setdefault(field, {}).setdefault(word, weight)
    best = sorted(total, key=lambda field: (-total[field], CATEGORIES.index(field)))[:limit]
    return tuple(CategoryHint(field, _weightiest(words[field])) for field in best)


def _weightiest(words: Mapping[str, float]) -> tuple[str, ...]:
    """Return words by weight; what is part of a longer one says nothing more."""
    told = [word for word in words if not any(word != other and word in other for other in words)]
    return tuple(sorted(told, key=lambda word: -words[word]))


def scores(text: str) -> dict[str, float]:
    """Return a weight for each of ``CATEGORIES``: each word counts once, however often it was said."""
    found = dict.fromkeys(CATEGORIES, 0.0)
    for _, field, weight in _hits(text):
        found[field] += weight
    return found


def _hits(text: str) -> Iterator[tuple[str, str, float]]:
    """Yield the words of the lists that stand in ``text``, their field and their weight."""
    text = unicodedata.normalize("NFC", text)
    compact = re.sub(r"[\s,.?!]", "", text)
    starts = {word[:2] for word in re.findall(r"[가-힣A-Za-z0-9]{2,}", text)}
    whole = set(re.findall(r"[가-힣A-Za-z0-9]+", text))
    for word, field, weight in _vocabulary():
        if len(word) > 2:
            hit = word in compact
        elif len(word) == 2:
            hit = word in starts
        else:
            hit = any(token[0] == word and re.fullmatch(r"[은는이가을를도에만]?", token[1:]) for token in whole)
        if hit:
            yield word, field, weight * (1.0 + 0.15 * (len(word) - 2))


def classify(weighted: Sequence[tuple[str, float]], votes: Mapping[str, float] | None = None) -> tuple[str, float]:
    """Return the field and its share of all weight, 0 to 1.

    Args:
        weighted: Texts with their weight; the inquiry's own words weigh most.
        votes: Extra weight a field, e.g. from entries the counsellor used.
    """
    total = dict.fromkeys(CATEGORIES, 0.0)
    for text, weight in weighted:
        for field, score in scores(text).items():
            total[field] += weight * score
    whole = sum(total.values()) or 1.0
    for field, vote in (votes or {}).items():
        name = match(field)
        if name:
            total[name] += vote * max(whole, 1.0)
    best = max(CATEGORIES, key=lambda field: total[field])
    if total[best] == 0.0:
        return DEFAULT, 0.0
    return best, total[best] / sum(total.values())


def match(name: str) -> str | None:
    """Return the field an entry's category names (``교통›주정차``, ``여성·가족``), or None."""
    bare = re.sub(r"[^가-힣]", "", unicodedata.normalize("NFC", name))
    for field in CATEGORIES:
        if bare.startswith(field) or (len(bare) >= 2 and field.startswith(bare)):
            return field
    return None
