"""Districts (구) of the city: heard in a question, held by an entry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from resources import path


@cache
def _table() -> tuple[Mapping[str, str], re.Pattern[str]]:
    """Return what names a district (itself, its short form, its neighbourhoods) and a pattern of all names."""
    names: dict[str, str] = {}
    twice: set[str] = set()
    for line in path("words/districts.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        district, _, quarters = line.partition(":")
        names[district] = district
        for quarter in quarters.split():
            if quarter in names and names[quarter] != district:
                twice.add(quarter)
            names[quarter] = district
    for quarter in twice:
        del names[quarter]
    longest_first = sorted(names, key=len, reverse=True)
    stems = "|".join(re.escape(name[:-1]) for name in longest_first if name.endswith("동") and len(name) > 2)
    # A numbered part (신림 3동, 신림삼동) belongs to its neighbourhood. A name begins a word: 서대문구 holds no 대문구.
    numbered = rf"(?P<stem>{stems}) ?(?:제? ?[0-9일이삼사오육칠팔구십본]{{1,2}} ?)?동"
    other = rf"(?P<name>{'|'.join(map(re.escape, longest_first))})"
    return names, re.compile(rf"(?<![가-힣0-9])(?:{other}|{numbered})(?!장|의회|난방|적)")


def districts() -> tuple[str, ...]:
    """Return the names of all districts."""
    names, _ = _table()
    return tuple(dict.fromkeys(names.values()))


def neighbourhoods() -> tuple[str, ...]:
    """Return the names of all districts and neighbourhoods that have three syllables or more."""
    names, _ = _table()
    return tuple(name for name in names if len(name) >= 3)


def heard(text: str) -> str:
    """Return the district that ``text`` names, itself or by a neighbourhood that only one has; else empty text."""
    found = set(_all_heard(text))
    return found.pop() if len(found) == 1 else ""


def heard_last(text: str) -> str:
    """Return the district that ``text`` names last, itself or by a neighbourhood; else empty text."""
    return next(reversed(_all_heard(text)), "")


def _all_heard(text: str) -> list[str]:
    names, pattern = _table()
    found = pattern.finditer(unicodedata.normalize("NFC", text))
    return [names[match["name"] or f"{match['stem']}동"] for match in found]


def held(district: str, title: str, answer: str) -> str:
    """Return the district an entry is for: its own field, else the one its title or the start of its answer names."""
    if district:
        return heard(district) or district
    return heard(title) or _only_full(answer[:300])


def _only_full(text: str) -> str:
    found = {name for name in districts() if len(name) > 2 and name in text}
    return found.pop() if len(found) == 1 else ""
