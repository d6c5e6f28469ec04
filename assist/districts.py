"""Which district of Seoul the talk is about."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache

from resources import path


@cache
def _names() -> tuple[re.Pattern[str], dict[str, str]]:
    with path("words/districts.toml").open("rb") as file:
        parsed = tomllib.load(file)
    places = {str(name): str(name) for name in parsed["names"]}
    for district, names in parsed["neighbourhoods"].items():
        places.update({str(name): str(district) for name in names})
    longest_first = sorted(places, key=len, reverse=True)
    # A name begins a word: 서대문구 holds no 대문구. A numbered part (신림 3동, 신림삼동) keeps its neighbourhood.
    numbered = r" ?(?:제? ?[0-9일이삼사오육칠팔구십본]{1,2} ?)?동"
    parts = [
        f"{name[:-1]}{numbered}" if name.endswith("동") and len(name) > 2 else f"{name}(?!난방|적)"
        for name in longest_first
    ]
    pattern = re.compile(r"(?<![가-힣0-9])(?:" + "|".join(f"({part})" for part in parts) + ")")
    return pattern, {str(number): places[name] for number, name in enumerate(longest_first, start=1)}


def district_in(text: str) -> str:
    """Return the last district named in ``text``, directly or by a neighbourhood, or an empty string."""
    pattern, by_group = _names()
    found = ""
    for match in pattern.finditer(unicodedata.normalize("NFC", text)):
        found = by_group[str(match.lastindex)]
    return found
