"""Which morphemes count: terms of the index, of a query, and the nouns a query boils down to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from kb.ports import Morpheme
from resources import path

_NOUNS: Final = frozenset({"NNG", "NNP", "XR", "SL", "SH", "W_HASHTAG"})
_JOINING: Final = _NOUNS | {"XPN"}
_VERBS: Final = frozenset({"VV", "VA"})
_NUMBERS: Final = frozenset({"SN", "NR"})


@cache
def _empty_words() -> tuple[frozenset[str], frozenset[str]]:
    """Return nouns and verbs that say nothing about the topic of a call."""
    nouns: set[str] = set()
    verbs: set[str] = set()
    for line in path("words/empty_words.txt").read_text(encoding="utf-8").splitlines():
        kind, _, words = line.partition(":")
        if kind == "noun":
            nouns.update(words.split())
        elif kind == "verb":
            verbs.update(words.split())
    return frozenset(nouns), frozenset(verbs)


def indexed(morphemes: Sequence[Morpheme]) -> list[str]:
    """Return the terms of a text, in order: nouns, roots, verbs, foreign words, numbers, and joined noun pairs."""
    terms: list[str] = []
    before: Morpheme | None = None
    for one in morphemes:
        if one.tag in _NOUNS or one.tag in _NUMBERS:
            terms.append(one.form.lower())
            if before is not None and before.end == one.start and before.tag in _JOINING and one.tag in _NOUNS:
                terms.append((before.form + one.form).lower())
        elif one.tag in _VERBS:
            terms.append(one.form + "다")
        before = one
    return terms


def asked(morphemes: Sequence[Morpheme]) -> list[str]:
    """Return the terms of a query: those of :func:`indexed` without the words every call holds."""
    nouns, verbs = _empty_words()
    return [term for term in indexed(morphemes) if term not in nouns and term not in verbs and not term.isdigit()]


def compounds(morphemes: Sequence[Morpheme]) -> list[str]:
    """Return nouns written together with a noun, prefix or suffix beside them, e.g. 재발급, 예방접종."""
    found: list[str] = []
    run: list[Morpheme] = []
    for one in [*morphemes, None]:
        if one is not None and one.tag in _JOINING | {"XSN"} and (not run or run[-1].end == one.start):
            run.append(one)
            continue
        if len(run) > 1:
            found.append("".join(part.form for part in run))
        run = [one] if one is not None and one.tag in _JOINING else []
    return found


def kernel(morphemes: Sequence[Morpheme]) -> list[str]:
    """Return the nouns and roots of a query in order, empty words left out."""
    nouns, _ = _empty_words()
    return [one.form for one in morphemes if one.tag in _NOUNS and one.form not in nouns]
