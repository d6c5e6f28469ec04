"""Districts (구) of the city: heard in a question, held by an entry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from resources import path

_ENDED: Final = re.compile(r"종료|폐지|중단됨|마감됨|시행\s*안\s*함|추진계획\s*없음")
_YEAR: Final = re.compile(r"(?<!\d)(20[0-4]\d)\s*(?:년|[.)\s]|$)")


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
    return names, re.compile(r"(?<![가-힣])(" + "|".join(map(re.escape, longest_first)) + r")(?!장|의회)")


def districts() -> tuple[str, ...]:
    """Return the names of all districts."""
    names, _ = _table()
    return tuple(dict.fromkeys(names.values()))


def heard(text: str) -> str:
    """Return the district that ``text`` names, itself or by a neighbourhood that only one has; else empty text."""
    names, pattern = _table()
    found = {names[match[1]] for match in pattern.finditer(text)}
    return found.pop() if len(found) == 1 else ""


def held(district: str, title: str, answer: str) -> str:
    """Return the district an entry is for: its own field, else the one its title or the start of its answer names."""
    if district:
        return heard(district) or district
    return heard(title) or _only_full(answer[:300])


def _only_full(text: str) -> str:
    found = {name for name in districts() if len(name) > 2 and name in text}
    return found.pop() if len(found) == 1 else ""


def outdated(title: str, answer: str, this_year: int) -> bool:
    """Return whether an entry says of itself that it is over: ended, or its title names a year long past."""
    if _ENDED.search(title) or _ENDED.search(answer[:80]):
        return True
    years = [int(match[1]) for match in _YEAR.finditer(title)]
    return bool(years) and max(years) <= this_year - 3
