"""Korean particles that depend on the sound before them, settled after a sentence was filled: 주차관리과(으)로."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_CHOICES: Final = {
    "을(를)": ("을", "를"),
    "를(을)": ("을", "를"),
    "은(는)": ("은", "는"),
    "는(은)": ("은", "는"),
    "이(가)": ("이", "가"),
    "가(이)": ("이", "가"),
    "과(와)": ("과", "와"),
    "와(과)": ("과", "와"),
    "(으)로": ("으로", "로"),
    "(이)라": ("이라", "라"),
    "(이)나": ("이나", "나"),
    "(이)며": ("이며", "며"),
}
"""What a template writes, and what stands after a final consonant and after a vowel."""
_CLOSED_DIGITS: Final = "013678"
"""영, 일, 삼, 육, 칠, 팔."""
_CLOSED_LETTERS: Final = "lmnr"
"""엘, 엠, 엔, 알."""
_L_DIGITS: Final = "178"
_WRITTEN: Final = re.compile("|".join(re.escape(one) for one in sorted(_CHOICES, key=len, reverse=True)))
_AROUND: Final = "\"'”’)]} "


def settle(text: str) -> str:
    """Return ``text`` with every written choice, as 을(를), decided by the word before it.

    Quotes and brackets after the word do not count; digits and Latin letters count as they are read. Where nothing
    says how the word ends, the choice stays as it was written.
    """
    text = unicodedata.normalize("NFC", text)
    made, at = [], 0
    for found in _WRITTEN.finditer(text):
        before = text[: found.start()].rstrip(_AROUND)
        sound = _end(before[-1:])
        made.append(text[at : found.start()])
        closed, opened = _CHOICES[found.group()]
        if sound is None:
            made.append(found.group())
        else:
            made.append(opened if sound == "open" or (sound == "l" and closed == "으로") else closed)
        at = found.end()
    return "".join([*made, text[at:]])


def _end(char: str) -> str | None:
    """Return how a sign ends when it is read: ``open``, ``l`` (ㄹ), ``closed``; None where nobody knows."""
    if "가" <= char <= "힣":
        final = (ord(char) - 0xAC00) % 28
        return "open" if not final else "l" if final == 8 else "closed"
    if char.isdigit() and char.isascii():
        return "l" if char in _L_DIGITS else "closed" if char in _CLOSED_DIGITS else "open"
    if char.isascii() and char.isalpha():
        return "l" if char.lower() in "lr" else "closed" if char.lower() in _CLOSED_LETTERS else "open"
    return None
