"""How well a text fits what is typed in the palette: parts, 초성, half a syllable, without regard to spaces. Pure."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ui.hangul_keys import in_hangul, initials, is_initials, strokes

BEGINS: Final = 100
"""The text begins with it; every other fit is less."""
_WORD: Final = 90
_INITIALS: Final = 80
_WITHIN: Final = 70
_SCATTERED: Final = 50
_OTHER_KEYBOARD: Final = 20
"""Taken off where it fits only as typed with the input method off."""


@dataclass(frozen=True, slots=True)
class _Folded:
    strokes: str
    begins: frozenset[int]
    """Places in ``strokes`` where a syllable begins."""
    words: frozenset[int]
    """Places where a word begins."""
    initials: str


@lru_cache(maxsize=4096)
def _folded(text: str) -> _Folded:
    found, begins, words, new_word = "", set(), set(), True
    for char in unicodedata.normalize("NFC", text):
        if char.isspace() or not char.isalnum():
            new_word = True
        if char.isspace():
            continue
        begins.add(len(found))
        if new_word and char.isalnum():
            words.add(len(found))
            new_word = False
        found += strokes(char)
    return _Folded(found, frozenset(begins), frozenset(words), initials(text))


def fit(typed: str, text: str) -> int:
    """Return how well ``text`` fits, 1 to 100; 0 where it does not. ``typed`` must not be blank."""
    best = _fit_whole(typed, text)
    parts = typed.split()
    if not best and len(parts) > 1 and all(_fit_whole(part, text) for part in parts):
        best = _SCATTERED
    if not best and typed.isascii() and any(char.isalpha() for char in typed):
        meant = _fit_strokes("".join(in_hangul(typed).split()), _folded(text))
        best = max(0, meant - _OTHER_KEYBOARD)
    return best


def _fit_whole(typed: str, text: str) -> int:
    folded = _folded(text)
    best = _fit_strokes(strokes(typed), folded)
    if best < _INITIALS and is_initials(typed) and initials(typed) in folded.initials:
        best = _INITIALS
    return best


def _fit_strokes(wanted: str, folded: _Folded) -> int:
    best, at = 0, folded.strokes.find(wanted)
    while at >= 0 and best < BEGINS:
        if at == 0:
            best = BEGINS
        elif at in folded.words:
            best = max(best, _WORD)
        elif at in folded.begins:
            best = max(best, _WITHIN)
        at = folded.strokes.find(wanted, at + 1)
    return best
