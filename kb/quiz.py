"""Questions on entries that changed: choices out of the entries themselves, nothing made up. Pure.

Right is what the entry says now. Wrong is what it said before, or what entries of the same field say: another figure
with the same unit, another department, telephone number or sentence.
"""

from __future__ import annotations

import hashlib
import math
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kb.model import Article
from kb.text import nfc

BLANK: Final = "□□□"
"""Stands in a sentence where the figure was."""
CHOICES: Final = 4
FEWEST: Final = 3
"""With fewer choices a question tells its own answer."""
_UNITS: Final = r"원|일|주|시간|시|분|%|퍼센트|명|세|개월|년|월|장|회|건|대|곳|배|층|m|km|㎡|L|리터|kg"
_FIGURE: Final = re.compile(rf"(?<![\d.,-])\d[\d,]*(?:\.\d+)?\s?(?:[십백천만억조]+\s?)?(?:{_UNITS})(?![가-힣]*\d)")
_UNIT: Final = re.compile(rf"(?:{_UNITS})$")
_MONEY: Final = "원"
_MAGNITUDE: Final = 4.0
"""How many times as much or as little another entry's amount may be: 1,000 won is no likely deposit."""
_POWERS: Final = {"십": 10, "백": 100, "천": 1_000, "만": 10_000, "억": 10**8, "조": 10**12}
_SENTENCE: Final = re.compile(r"\n+|(?<=[.!?])\s+")
_SHORT, _LONG = 12, 160
"""Characters of a sentence that can be asked for."""


class QuizKind(StrEnum):
    """What is asked for."""

    FIGURE = "figure"
    DEPARTMENT = "department"
    PHONE = "phone"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True)
class QuizQuestion:
    """One question; the article is its answer at length."""

    article: Article
    kind: QuizKind
    text: str
    """Figure: the sentence with :data:`BLANK` in it; empty otherwise."""
    choices: tuple[str, ...]
    """3 or 4, all different."""
    right: int
    """Index of the right choice."""


def questions(
    changed: Sequence[Article],
    before: Mapping[str, Article],
    others: Sequence[Article],
    seed: int = 0,
    most: int = 10,
) -> tuple[QuizQuestion, ...]:
    """Return questions on entries that changed, at most one an entry; the same inputs give the same ones.

    Args:
        changed: The entries as they are now.
        before: Entries as they were, by id; may lack any of them.
        others: Entries to take wrong choices from; those of the same field are used.
        seed: Another seed orders and mixes anew.
        most: Most questions.
    """
    by_field: dict[str, list[Article]] = {}
    for other in others:
        by_field.setdefault(other.category, []).append(other)
    found: list[QuizQuestion] = []
    for article in sorted(changed, key=lambda one: _key(seed, one.id)):
        if len(found) == most:
            break
        siblings = [one for one in by_field.get(article.category, ()) if one.id != article.id]
        question = _question(article, before.get(article.id), siblings, seed)
        if question is not None:
            found.append(question)
    return tuple(found)


def _question(article: Article, old: Article | None, siblings: Sequence[Article], seed: int) -> QuizQuestion | None:
    """Return the question that asks most directly for what changed, or None where none can be asked fairly."""
    picker = random.Random(_key(seed, article.id))
    makers = [_department(article, old, siblings), _phone(article, old, siblings)]
    unchanged = [asked for asked in makers if old is None or asked[2] == asked[3]]
    first = [asked for asked in makers if asked not in unchanged]
    asked = [*first, *_figures(article, old, siblings), *_sentences(article, old, siblings), *unchanged]
    for kind, text, right, _, wrong in asked:
        usable = [one for one in dict.fromkeys(wrong) if one and one != right]
        if not right or len(usable) < FEWEST - 1:
            continue
        own, rest = usable[:1], usable[1:]
        picker.shuffle(rest)
        choices = [right, *own, *rest][:CHOICES]
        picker.shuffle(choices)
        return QuizQuestion(article, kind, text, tuple(choices), choices.index(right))
    return None


_Asked = tuple[QuizKind, str, str, str, list[str]]
"""Kind, sentence, right choice, what it was before, wrong choices with what was before first."""


def _department(article: Article, old: Article | None, siblings: Sequence[Article]) -> _Asked:
    was = old.department if old is not None else ""
    return QuizKind.DEPARTMENT, "", article.department, was, [was, *(s.department for s in siblings)]


def _phone(article: Article, old: Article | None, siblings: Sequence[Article]) -> _Asked:
    was = old.phone if old is not None else ""
    return QuizKind.PHONE, "", article.phone, was, [was, *(s.phone for s in siblings)]


def _figures(article: Article, old: Article | None, siblings: Sequence[Article]) -> Iterator[_Asked]:
    """Yield figures of sentences that changed, then of the others."""
    said = _split(article.answer)
    earlier = set(_split(old.answer)) if old is not None else set()
    then = [figure for sentence in earlier for figure in _FIGURE.findall(sentence)]
    apart = [figure for one in siblings for figure in _FIGURE.findall(nfc(one.answer))]
    here = _FIGURE.findall(nfc(article.answer))
    for sentence in sorted(said, key=lambda one: one in earlier):
        for match in _FIGURE.finditer(sentence):
            right = match[0]
            if _plain(right) in map(_plain, then) and sentence not in earlier:
                continue  # that figure stayed; what is around it changed
            blank = _blanked(sentence, right)
            gone = [one for one in then if _plain(one) not in map(_plain, here)]
            wrong = _like(right, [*gone, *(one for one in apart if _is_near(right, one))])
            yield QuizKind.FIGURE, blank, right, "", wrong


def _blanked(sentence: str, right: str) -> str:
    """Return the sentence with a gap wherever the figure stands: a second one would tell the answer."""
    return _FIGURE.sub(lambda one: BLANK if _plain(one[0]) == _plain(right) else one[0], sentence)


def _is_near(right: str, figure: str) -> bool:
    """Whether a figure of another entry could stand in place of the right one; only amounts of money are weighed."""
    if not right.endswith(_MONEY):
        return True
    most = max(_amount(right), 1.0) * _MAGNITUDE
    return most / _MAGNITUDE**2 <= _amount(figure) <= most


def _amount(figure: str) -> float:
    """Return the value of ``4만 원`` or ``1,000원``."""
    number = re.match(r"[\d,]+(?:\.\d+)?", figure)
    value = float(number[0].replace(",", "")) if number else 0.0
    return value * math.prod(_POWERS.get(char, 1) for char in figure)


def _like(right: str, figures: Iterable[str]) -> list[str]:
    """Return figures with the same unit and another value."""
    unit = _UNIT.search(right)
    seen = {_plain(right)}
    found = []
    for figure in figures:
        other = _UNIT.search(figure)
        if unit and other and other[0] == unit[0] and _plain(figure) not in seen:
            seen.add(_plain(figure))
            found.append(figure)
    return found


def _sentences(article: Article, old: Article | None, siblings: Sequence[Article]) -> Iterator[_Asked]:
    """Yield sentences that are new in the entry, against those that went and those of others."""
    said = _split(article.answer)
    earlier = _split(old.answer) if old is not None else []
    gone = [one for one in earlier if one not in said]
    apart = [sentence for one in siblings for sentence in _split(one.answer)[:2] if sentence not in said]
    for sentence in said:
        if sentence not in earlier and _SHORT <= len(sentence) <= _LONG:
            yield QuizKind.SENTENCE, "", sentence, "", [*gone, *(s for s in apart if _SHORT <= len(s) <= _LONG)]


def _split(answer: str) -> list[str]:
    return [" ".join(part.split()) for part in _SENTENCE.split(nfc(answer)) if part.strip()]


def _plain(figure: str) -> str:
    return re.sub(r"[\s,]", "", figure)


def _key(seed: int, ident: str) -> int:
    """Return a number that depends on nothing but its arguments, on every platform."""
    return int.from_bytes(hashlib.sha256(f"{seed}\x1f{ident}".encode()).digest()[:8])
