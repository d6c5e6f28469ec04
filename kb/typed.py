"""Text as it stands in a search box: initials (초성), a last syllable that is not finished, small slips."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kb.text import nfc, phonetic
from kb.titles import INITIALS, Lines, compacted

MAX_CHARS: Final = 60
"""What is read of a typed text for titles; longer ones are questions, for the full search."""
MAX_WORDS: Final = 6
_FIRST: Final = 0xAC00
_VOWELS: Final = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS: Final = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_PAIRS: Final = {
    "ㄳ": "ㄱㅅ",
    "ㄵ": "ㄴㅈ",
    "ㄶ": "ㄴㅎ",
    "ㄺ": "ㄹㄱ",
    "ㄻ": "ㄹㅁ",
    "ㄼ": "ㄹㅂ",
    "ㄽ": "ㄹㅅ",
    "ㄾ": "ㄹㅌ",
    "ㄿ": "ㄹㅍ",
    "ㅀ": "ㄹㅎ",
    "ㅄ": "ㅂㅅ",
}
_GROWS: Final = {"ㅗ": 3, "ㅜ": 3, "ㅡ": 1}
"""How many of the vowels that follow in the order of the alphabet begin with this one (ㅗ: ㅘ, ㅙ, ㅚ)."""
_FEWEST_SOUNDS: Final = 5
_MOST_SOUNDS: Final = 24


def typed(text: str) -> str:
    """Return what is read of a typed text: NFC, in small letters, pairs of consonants apart (ㄳ is ㄱㅅ)."""
    plain = nfc(text)[: 4 * MAX_CHARS]
    parts = ("".join(_PAIRS.get(sign, sign) for sign in _compatible(plain)).lower()).split()
    return " ".join(parts)[:MAX_CHARS]


def _compatible(text: str) -> str:
    """Return ``text`` with lone conjoining jamo, as some systems type them, as the letters of the keyboard."""
    out = []
    for sign in text:
        folded = unicodedata.normalize("NFKC", sign) if "\u1100" <= sign <= "\u11ff" or sign >= "\uff00" else sign
        if len(folded) == 1 and "\u1100" <= folded <= "\u1112":
            folded = INITIALS[ord(folded) - 0x1100]
        out.append(folded)
    return "".join(out)


def words(text: str) -> list[str]:
    """Return the words of a typed text, compacted, without empty ones."""
    found = (compacted(word)[0] for word in text.split()[:MAX_WORDS])
    return [word for word in found if word]


def is_initials(word: str) -> bool:
    """Return whether a word is all consonants."""
    return bool(word) and all(sign in INITIALS for sign in word)


def pattern(word: str, unfinished: bool = True) -> re.Pattern[str]:
    """Return what finds a compacted word in :attr:`kb.titles.Titles.lines`.

    Args:
        word: Syllables stand for themselves, consonants for every syllable that begins so.
        unfinished: Whether its last syllable may still grow: 도 becomes 동, 역 becomes 여권.
    """
    last = len(word) - 1
    return re.compile("".join(_growing(s) if unfinished and n == last else _whole(s) for n, s in enumerate(word)))


def is_plain(word: str) -> bool:
    """Return whether a word stands for itself alone: no consonants that stand for syllables."""
    return not any(sign in INITIALS for sign in word)


def _whole(sign: str) -> str:
    if sign in INITIALS:
        return f"[{sign}{_beginning(sign)}]"
    return re.escape(sign)


def _beginning(initial: str) -> str:
    """Return the range of syllables with an initial."""
    first = _FIRST + INITIALS.index(initial) * 588
    return f"{chr(first)}-{chr(first + 587)}"


def _growing(sign: str) -> str:
    offset = ord(sign) - _FIRST
    if not 0 <= offset < 11_172:
        return _whole(sign)
    final = _FINALS[offset % 28]
    open_syllable = ord(sign) - offset % 28
    if final == " ":
        grows = _GROWS.get(_VOWELS[offset % 588 // 28], 0)
        return f"[{sign}-{chr(ord(sign) + 28 * grows + 27)}]"
    # A final may turn out to be the initial of the next syllable, or get a second consonant.
    kept, moved = (_PAIRS[final][0], _PAIRS[final][1]) if final in _PAIRS else ("", final)
    before = chr(open_syllable + _FINALS.index(kept)) if kept else chr(open_syllable)
    more = "".join(chr(open_syllable + _FINALS.index(pair)) for pair, parts in _PAIRS.items() if parts[0] == final)
    return f"(?:[{sign}{more}]|{before}[{_beginning(moved)}])"


def slips(text: str, sounds: Lines) -> NDArray[np.int64]:
    """Return where, in folded jamo, something stands that is one slip (two in a long text) away from ``text``.

    A slip is a wrong letter; one missing or added letter counts as one slip. Empty for short texts.

    Args:
        text: Compacted.
        sounds: See :attr:`kb.titles.Titles.sounds`.
    """
    wanted = np.frombuffer(phonetic(text).encode("utf-32-le"), np.uint32)[:_MOST_SOUNDS]
    length = len(wanted)
    signs = sounds.signs
    if length < _FEWEST_SOUNDS or len(signs) <= length + 2:
        return np.zeros(0, np.int64)
    count = len(signs) - length - 1
    allowed = 1 if length < 9 else 2
    wrong = np.zeros(count, np.uint8)
    right = np.ones(count, bool)  # all letters so far are right
    added = np.zeros(count, bool)  # right but for a letter too many in the title
    missing = np.zeros(count, bool)  # right but for a letter too few in the title
    for n, letter in enumerate(wanted):
        same = signs[n : n + count + 2] == letter
        earlier = signs[n - 1 : n - 1 + count] == letter if n else np.zeros(count, bool)
        added = (added | right) & same[1 : count + 1] if n else added
        missing = (missing & earlier) | right if n else missing
        right = right & same[:count]
        wrong += ~same[:count]
    return np.flatnonzero((wrong <= allowed) | added | missing)
