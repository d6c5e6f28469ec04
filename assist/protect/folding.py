"""Phonetic folding: what sounds alike looks alike, and offsets stay.

A folded text has exactly one character for each NFC character of the raw text, so spans need no mapping
beyond NFC. Tense and aspirated consonants fall together with plain ones, ㅐ with ㅔ, and final consonants with
the seven that are spoken: 개세끼 and 개새끼, 씨팔 and 시발 fold alike. Folding loses innocent distinctions too
(때려 and 데려), so it is for curses; grammars read the plain text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assist.composed import composed
from kb.model import TextSpan

_FIRST = 0xAC00
_SILENT = 11  # the initial of a syllable that begins with its vowel
_LAST = 0xD7A3
# Positions in Unicode order of initials (19), medials (21), finals (28).
_INITIAL = {1: 0, 15: 0, 4: 3, 16: 3, 8: 7, 17: 7, 10: 9, 13: 12, 14: 12}
_MEDIAL = {1: 5, 3: 5, 7: 5, 2: 0, 6: 4, 12: 8, 17: 13, 10: 11, 15: 11, 14: 11, 16: 20, 19: 20}
_FINAL = {
    2: 1, 3: 1, 24: 1, 9: 1,
    5: 4, 6: 4,
    11: 8, 12: 8, 13: 8, 15: 8,
    10: 16,
    14: 17, 18: 17, 26: 17,
    19: 7, 20: 7, 22: 7, 23: 7, 25: 7, 27: 7,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """A text made ready for matching."""

    plain: str
    """NFC, lower case Latin."""
    folded: str
    """As ``plain``, folded; same length."""
    _origin: tuple[int, ...]
    """Raw offset of each character, and the raw length."""
    _after: tuple[int, ...]
    """Raw offset behind each character."""

    def only(self, places: Sequence[int]) -> Reading:
        """Return the reading of these characters alone; their raw offsets stay."""
        return Reading(
            "".join(self.plain[at] for at in places),
            "".join(self.folded[at] for at in places),
            (*(self._origin[at] for at in places), self._origin[-1]),
            (*(self._after[at] for at in places),),
        )

    def span(self, start: int, end: int) -> TextSpan:
        """Return the raw span of ``plain[start:end]``, without spaces at its ends."""
        while start < end and self.plain[start].isspace():
            start += 1
        while end > start and self.plain[end - 1].isspace():
            end -= 1
        return TextSpan(self._origin[start], self._after[end - 1] if end > start else self._origin[start])


def fold_syllables(text: str) -> str:
    """Return NFC ``text`` with each Hangul syllable folded; everything else stays."""
    return "".join(_fold(char) for char in text)


@lru_cache(maxsize=4096)
def _fold(char: str) -> str:
    code = ord(char)
    if not _FIRST <= code <= _LAST:
        return char
    code -= _FIRST
    initial, medial, final = code // 588, code % 588 // 28, code % 28
    initial = _INITIAL.get(initial, initial)
    medial = _MEDIAL.get(medial, medial)
    final = _FINAL.get(final, final)
    return chr(_FIRST + initial * 588 + medial * 28 + final)


@lru_cache(maxsize=32)
def read(text: str) -> Reading:
    """Return ``text`` as a reading; works for NFC and NFD and keeps raw offsets."""
    plain: list[str] = []
    origin: list[int] = []
    after: list[int] = []
    for char, start, end in composed(text):
        plain.append(char.lower() if len(char.lower()) == 1 else char)
        origin.append(start)
        after.append(end)
    joined = "".join(plain)
    return Reading(joined, fold_syllables(joined), (*origin, len(text)), tuple(after))


def joined(text: str) -> Reading:
    """Return a reading in which single syllables are glued to their neighbours.

    Recognised speech is often broken inside words (``가 슴 사이즈``); gluing undoes that.
    """
    plain = read(text)
    words = list(re.finditer(r"\S+", plain.plain))
    kept: list[int] = []
    for number, word in enumerate(words):
        single = word.end() - word.start() == 1
        near = number > 0 and words[number - 1].end() - words[number - 1].start() == 1
        if number and not (single or near):
            kept.append(word.start() - 1)
        kept.extend(range(word.start(), word.end()))
    return plain.only(kept)


def undisguised(text: str) -> Reading:
    """Return a reading without what hides a word: signs, digits, drawn-out vowels (``씨@발``)."""
    plain = read(text)
    kept: list[int] = []
    for at, char in enumerate(plain.plain):
        inside = 0 < at < len(plain.plain) - 1 and _is_syllable(plain.plain[at + 1])
        if inside and kept and _is_syllable(plain.plain[kept[-1]]) and not char.isspace():
            if not char.isalpha():
                continue
            if _draws_out(plain.folded[kept[-1]], plain.folded[at]):
                continue
        kept.append(at)
    return plain.only(kept)


def _is_syllable(char: str) -> bool:
    return _FIRST <= ord(char) <= _LAST


def _draws_out(before: str, char: str) -> bool:
    """Return whether ``char`` only holds the vowel of the open syllable before it."""
    if not (_is_syllable(before) and _is_syllable(char)):
        return False
    one, two = ord(before) - _FIRST, ord(char) - _FIRST
    return two // 588 == _SILENT and two % 28 == 0 and one % 28 == 0 and one % 588 == two % 588


def compile_all(patterns: Sequence[str], *, folded: bool = False) -> re.Pattern[str]:
    """Return one alternation of ``patterns`` (NFC), their Hangul folded when ``folded``."""
    texts = [unicodedata.normalize("NFC", item) for item in patterns]
    return re.compile("|".join(f"(?:{fold_syllables(item) if folded else item})" for item in texts))
