"""Simulated mishearing: syllables swapped for ones that sound alike. Seeded."""
# ruff: noqa: E501

from __future__ import annotations

import random
from typing import Final

_INITIALS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_MEDIALS: Final = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_SPOKEN_FINALS: Final = (0, 1, 4, 7, 8, 16, 17, 21)
_LIKE_INITIAL: Final = {
    "ㄱ": "ㄲㅋ", "ㄲ": "ㄱㅋ", "ㄴ": "ㄹㄷ", "ㄷ": "ㄸㅌ", "ㄸ": "ㄷㅌ", "ㄹ": "ㄴ", "ㅁ": "ㄴㅂ", "ㅂ": "ㅃㅍ", "ㅃ": "ㅂㅍ",
    "ㅅ": "ㅆㅈ", "ㅆ": "ㅅ", "ㅇ": "ㅎ", "ㅈ": "ㅉㅊ", "ㅉ": "ㅈㅊ", "ㅊ": "ㅈㅉ", "ㅋ": "ㄱㄲ", "ㅌ": "ㄷㄸ", "ㅍ": "ㅂㅃ", "ㅎ": "ㅇ",
}  # fmt: skip
_LIKE_MEDIAL: Final = {
    "ㅏ": "ㅓㅑ", "ㅐ": "ㅔ", "ㅑ": "ㅏㅕ", "ㅒ": "ㅖ", "ㅓ": "ㅏㅗ", "ㅔ": "ㅐ", "ㅕ": "ㅓㅖ", "ㅖ": "ㅔ", "ㅗ": "ㅜㅓ", "ㅘ": "ㅏ",
    "ㅙ": "ㅚㅞ", "ㅚ": "ㅙㅔ", "ㅛ": "ㅗㅠ", "ㅜ": "ㅗㅡ", "ㅝ": "ㅓ", "ㅞ": "ㅔㅚ", "ㅟ": "ㅣ", "ㅠ": "ㅜㅛ", "ㅡ": "ㅜㅓ", "ㅢ": "ㅣㅡ",
    "ㅣ": "ㅟㅡ",
}  # fmt: skip


def misheard(text: str, share: float, seed: int | str, *, wild: bool = False) -> str:
    """Return ``text`` with ``share`` of its syllables swapped, in initial, vowel or final.

    Args:
        text: NFC.
        share: 0 to 1, the chance of each syllable.
        seed: The same seed gives the same errors.
        wild: Any letter may come in place of one, not only one that sounds alike.
    """
    chance = random.Random(f"{seed}:{text}")
    return "".join(_swapped(char, chance, wild) if chance.random() < share else char for char in text)


def broken(text: str, share: float, seed: int | str) -> str:
    """Return ``text`` without ``share`` of its spaces and without its punctuation."""
    chance = random.Random(f"{seed}:{text}")
    kept = (char for char in text if char not in ".,!?" and not (char == " " and chance.random() < share))
    return "".join(kept)


def _swapped(char: str, chance: random.Random, wild: bool) -> str:
    code = ord(char) - 0xAC00
    if not 0 <= code < 11172:
        return char
    initial, medial, final = code // 588, code % 588 // 28, code % 28
    part = chance.choice(("initial", "medial", "final"))
    if part == "initial":
        alike = _INITIALS if wild else _LIKE_INITIAL[_INITIALS[initial]]
        initial = _INITIALS.index(chance.choice(alike))
    elif part == "medial":
        alike = _MEDIALS if wild else _LIKE_MEDIAL[_MEDIALS[medial]]
        medial = _MEDIALS.index(chance.choice(alike))
    else:
        final = chance.choice([other for other in _SPOKEN_FINALS if other != final])
    return chr(0xAC00 + initial * 588 + medial * 28 + final)
