"""What the trained model looks at: pieces of sound of a line, and what the rules saw in it.

Pieces are n-grams over folded text, so that what sounds alike counts alike, each hashed into one of ``SIZE`` places.
Every piece knows the characters it came from: what made the model decide can be shown.
"""

from __future__ import annotations

import itertools
import re
import zlib
from functools import cache
from typing import Final

from assist.protect.folding import Reading
from assist.protect.wordlist import load, patterns

SIZE: Final = 1 << 16
"""Places of hashed pieces."""

_INITIALS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_MEDIALS: Final = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS: Final = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_WORD: Final = re.compile(r"[0-9a-z가-힣ㄱ-ㅣ]+")
_SYLLABLES: Final = (1, 2, 3, 4)
_LETTERS: Final = (4, 5, 6)
_LONGEST: Final = 400
"""Characters looked at; a turn of speech is shorter."""


def pieces(reading: Reading) -> dict[int, list[tuple[int, int]]]:
    """Return the pieces of a line: place of each, and the spans of the reading (end exclusive) it came from."""
    text = reading.folded[:_LONGEST]
    plain = reading.plain[:_LONGEST]
    words = [match.span() for match in _WORD.finditer(plain)]
    kept = [at for start, end in words for at in range(start, end)]
    found: dict[int, list[tuple[int, int]]] = {}

    def add(kind: str, piece: str, start: int, end: int) -> None:
        place = zlib.crc32(f"{kind}{piece}".encode()) % SIZE
        found.setdefault(place, []).append((start, end))

    for size in _SYLLABLES:
        for at in range(len(kept) - size + 1):
            places = kept[at : at + size]
            add("s", "".join(text[i] for i in places), places[0], places[-1] + 1)
    for start, end in words:
        add("w", text[start:end], start, end)
        add("p", text[start : start + 2], start, min(end, start + 2))
    for (start, _), (after, end) in itertools.pairwise(words):
        add("b", f"{text[start : start + 2]} {text[after : after + 2]}", start, end)
    letters: list[tuple[str, int]] = []
    for at in kept:
        letters += [(letter, at) for letter in _letters(text[at])]
    for size in _LETTERS:
        for i in range(len(letters) - size + 1):
            piece = letters[i : i + size]
            add("j", "".join(letter for letter, _ in piece), piece[0][1], piece[-1][1] + 1)
    if kept:
        for size in (1, 2, 3):
            tail = kept[-size:]
            add("e", "".join(plain[i] for i in tail), tail[0], tail[-1] + 1)
    return found


def meant(reading: Reading) -> list[str]:
    """Return which kinds of words of ``resources/words/meanings.toml`` a line holds, in the order of the list."""
    plain = reading.plain[:_LONGEST]
    tight = "".join(_WORD.findall(plain))
    return [
        name
        for name in meanings()
        if (pattern := patterns("meanings", "meanings", name)).search(plain) or pattern.search(tight)
    ]


@cache
def meanings() -> tuple[str, ...]:
    """Return the names of the kinds of words."""
    return tuple(load("meanings")["meanings"])


def _letters(char: str) -> str:
    code = ord(char) - 0xAC00
    if not 0 <= code < 11172:
        return char
    final = code % 28
    return _INITIALS[code // 588] + _MEDIALS[code % 588 // 28] + (_FINALS[final] if final else "")
