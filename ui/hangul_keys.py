"""The Korean letters on a keyboard (두벌식): which Latin key each lies on, and what is typed to write a text."""

from __future__ import annotations

import unicodedata
from typing import Final

_PLAIN: Final = dict(
    zip("qwertyuiopasdfghjklzxcvbnm", "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ", strict=True)
)
_SHIFTED: Final = dict(zip("qwertop", "ㅃㅉㄸㄲㅆㅒㅖ", strict=True))
_INITIALS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_MEDIALS: Final = (
    *("ㅏ", "ㅐ", "ㅑ", "ㅒ", "ㅓ", "ㅔ", "ㅕ", "ㅖ", "ㅗ", "ㅗㅏ", "ㅗㅐ", "ㅗㅣ", "ㅛ", "ㅜ", "ㅜㅓ", "ㅜㅔ"),
    *("ㅜㅣ", "ㅠ", "ㅡ", "ㅡㅣ", "ㅣ"),
)
_FINALS: Final = (
    *("", "ㄱ", "ㄲ", "ㄱㅅ", "ㄴ", "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ"),
    *("ㅁ", "ㅂ", "ㅂㅅ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ"),
)
_PAIRS: Final = {
    **dict(zip("ㅘㅙㅚㅝㅞㅟㅢ", ("ㅗㅏ", "ㅗㅐ", "ㅗㅣ", "ㅜㅓ", "ㅜㅔ", "ㅜㅣ", "ㅡㅣ"), strict=True)),
    **dict(zip("ㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ", (one for one in _FINALS if len(one) == 2), strict=True)),
}
_FIRST: Final = 0xAC00
_LAST: Final = 0xD7A3


def jamo_of(key: str, *, shifted: bool = False) -> tuple[str, ...]:
    """Return the Korean letters that the key of a Latin letter types; both where Shift makes a difference."""
    plain = _PLAIN.get(key.lower()) if len(key) == 1 else None
    if plain is None:
        return ()
    double = _SHIFTED.get(key.lower()) if shifted else None
    return (plain, double) if double else (plain,)


def strokes(text: str) -> str:
    """Return the letters one types to write ``text``, small and without spaces: a word begun is a prefix of it whole.

    ``통화`` gives ``ㅌㅗㅇㅎㅗㅏ``, so the ``통호`` of a moment before it is found in it.
    """
    found = []
    for char in unicodedata.normalize("NFC", text):
        code = ord(char)
        if _FIRST <= code <= _LAST:
            rest, final = divmod(code - _FIRST, 28)
            initial, medial = divmod(rest, 21)
            found.append(_INITIALS[initial] + _MEDIALS[medial] + _FINALS[final])
        elif not char.isspace():
            found.append(_PAIRS.get(char, char.casefold()))
    return "".join(found)


def initials(text: str) -> str:
    """Return the first letter of each syllable (초성), other signs as they are; without spaces."""
    found = []
    for char in unicodedata.normalize("NFC", text):
        code = ord(char)
        if _FIRST <= code <= _LAST:
            found.append(_INITIALS[(code - _FIRST) // 588])
        elif not char.isspace():
            found.append(char.casefold())
    return "".join(found)


def is_initials(text: str) -> bool:
    """Whether a text, spaces aside, is consonants only."""
    bare = "".join(unicodedata.normalize("NFC", text).split())
    return bool(bare) and all(char in _INITIALS for char in bare)


def in_hangul(text: str) -> str:
    """Return the Korean letters that were meant where ``text`` was typed with the input method off."""
    return "".join(_meant(char) for char in text)


def _meant(char: str) -> str:
    double = _SHIFTED.get(char.lower()) if char.isupper() else None
    return double or _PLAIN.get(char.lower(), char)


def latin_of(jamo: str) -> str:
    """Return the Latin letter on the key that types ``jamo``; empty where none does."""
    return _KEYS.get(jamo, "")


_KEYS: Final = {jamo: key for key, jamo in (*_PLAIN.items(), *_SHIFTED.items())}
