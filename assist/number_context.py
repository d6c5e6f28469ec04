"""Tells numbers from the words that sound like them: checks of what surrounds a number that a rule has found."""

# ruff: noqa: E501  (a pattern reads better on one line)

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from assist.number_words import sino

_STREETS_OF_SECTIONS: Final = "종로|을지로|퇴계로|충무로|충정로|한강로|원효로|신문로|남대문로|태평로|세종로|성수동|당산동|문래동|양평동|영등포동|동소문동|동선동|삼선동|보문동|안암동|명륜동|장충동|회현동|남산동|인현동|금호동"
_CLOSED: Final = tuple("공영일삼육륙칠팔")
"""Digits that end in a consonant, so that 이에요 follows them."""


def has_digit_word(text: str) -> bool:
    """Return whether a digit from 1 to 9 is said or written."""
    return bool(re.search(r"[일이삼사오육륙칠팔구\d]", text))


def tens(group: str) -> Callable[[re.Match[str]], bool]:
    """Return a check that a Sino-Korean group is 10 or more, and more than a bare 백 or 천."""

    def check(found: re.Match[str]) -> bool:
        return (sino(found[group]) or 0) >= 10 and (has_digit_word(found[group]) or found[group].strip() == "십")

    return check


def in_range(group: str, low: int, high: int) -> Callable[[re.Match[str]], bool]:
    """Return a check that a Sino-Korean group lies between two values, both included."""
    return lambda found: low <= (sino(found[group]) or 0) <= high


def native_at_start(found: re.Match[str]) -> bool:
    """Tell 네 시간 (four hours) from 네, 시간이 (yes, the time …)."""
    before = found.string[: found.start()].rstrip()
    return not (found["h1"].startswith("네") and (not before or before[-1] in ".,?!"))


def clock(found: re.Match[str]) -> bool:
    """Tell 두 시면 (at two) from 두시면 (if you put)."""
    put = re.match(r"두시(?:면|는|고|니|라|네|를|전|요|예)", found.string[found.start() :])
    return not put and native_at_start(found)


def machines(found: re.Match[str]) -> bool:
    """Tell 세 대 (three machines) from 세대 (households)."""
    return not re.match(r"세대|열대", found.group()) and native_at_start(found)


def cases(found: re.Match[str]) -> bool:
    """Tell 두 건 (two cases) from 두건 (a headscarf) and from 신고를 한 건 (that somebody did report)."""
    word = found.group()
    if word.startswith("두건") or (
        word.startswith("한")
        and word.endswith("건")
        and found.string[found.end() : found.end() + 1] not in ("당", "씩", "도")
    ):
        return False
    return native_at_start(found)


def road(found: re.Match[str]) -> bool:
    """Tell 신림로 사길 (a street) from 서로 이길 수 (able to win) and 바로 오길 (hoping somebody comes)."""
    if len(found["s1"]) > 1 or found["s1"].isdigit() or "번" in found.group():
        return True
    if found["s2"]:
        return (sino(found["s2"]) or 0) >= 10
    adverb = re.search(
        r"(?:으로|대로|도로|서로|바로|새로|따로|별로|절로|홀로|스스로|실로|때로|날로|주로|진짜로|정말로)$",
        found.string[: found.start()],
    )
    return found["gap"] == "" and not adverb and bool(re.match(r"$|[\s,.?!]|에|이|요", found.string[found.end() :]))


def minutes(found: re.Match[str]) -> bool:
    """Tell 십 분 (ten minutes) from 십분 이해하다 (to understand fully)."""
    return not re.match(
        r"십분\s?(?:이해|공감|동감|활용|발휘|감안|고려|납득|살려|살리|참작|반영)", found.string[found.start() :]
    )


def quantity(found: re.Match[str]) -> bool:
    """Tell 이 평 and 오십 퍼센트 from the place names 이평 and 오평."""
    named = re.fullmatch(r"[일이삼사오육칠팔구]평", found.group())
    return (
        not named
        and (sino(found["s1"]) or 0) <= 100_000
        and (has_digit_word(found["s1"]) or len(found["s1"]) > 1 or found["s1"] in "십백")
    )


def flat(found: re.Match[str]) -> bool:
    """Return whether the digits are said one by one."""
    return not re.search(r"[십백천만억]", found["d1"])


def apartment(found: re.Match[str]) -> bool:
    """Return whether this may be the number of a building or a flat: 101, 1203, but not 100."""
    value = sino(found["s1"]) or 0
    return 101 <= value <= 9999 and bool(value % 100) and has_digit_word(found["s1"])


def section(found: re.Match[str]) -> bool:
    """Tell 종로 삼가 (a section of a street) from 그대로 이가 (the teeth …) and 앞으로 삼가 (refrain)."""
    before = found.string[: found.start("s1")].rstrip()
    return bool(re.search(rf"(?:^|[\s,(])(?:{_STREETS_OF_SECTIONS})$", before)) or bool(
        re.match(r"가(?:역|동\b|번지)", found.string[found.end("s1") :]) and found["s1"] not in ("이", "사", "오")
    )


def exit(found: re.Match[str]) -> bool:
    """Tell 강남역 이번 출구 (exit 2) from 이번 출구 (this exit)."""
    before = found.string[: found.start()]
    return found["s1"] != "이" or "번" not in found.group()[:2] or bool(re.search(r"역|호선|입구", before[-14:]))


def is_copula(text: str, end: int) -> bool:
    """Return whether the 이 before ``end`` is no digit two but the 이 of 이에요 or 이며: 삼이에요 (it is three)."""
    before, word, after = text[end - 2 : end - 1], text[end - 1 : end], text[end:]
    if word != "이":
        return False
    return before.isdigit() or (before in _CLOSED and bool(re.match(r"에요|며|고|라|요|었|니까|면", after)))
