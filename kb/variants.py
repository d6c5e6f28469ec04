"""The same service in several districts: which entries are one answer with variants. Pure; run when a DB is built."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kb.model import Article
from kb.places import districts

_SHORTEST: Final = 5
"""Signs a title keeps without its district; shorter ones (위치 안내) say too little to tell services apart."""
_ALIKE: Final = 0.12
"""Part of the pairs of signs (Jaccard) that two answers share at least; their addresses and hours differ."""
_COMPARED: Final = 400
_SIGNS: Final = re.compile(r"[^0-9a-z가-힣]+")
_COURTESY: Final = re.compile(
    r"(?:에대해|에대한)?(?:안내|문의|문의사항|알려주세요|알고싶어요|알고싶습니다|궁금합니다)$"
)


@cache
def _district() -> re.Pattern[str]:
    names = "|".join(sorted((*districts(), *(name[:-1] for name in districts() if len(name) > 2)), key=len)[::-1])
    return re.compile(rf"(?<![가-힣])(?:서울(?:특별)?시\s*)?(?:{names})(?:청|보건소|민)?(?![가-힣]*[동로길천역])")


def service(title: str) -> str:
    """Return what a title names without district, spaces, signs and courtesies; empty where too little is left."""
    plain = _SIGNS.sub("", _district().sub(" ", title.lower()))
    plain = _COURTESY.sub("", plain)
    return plain if len(plain) >= _SHORTEST else ""


def kin(articles: Sequence[Article], places: Sequence[str]) -> NDArray[np.int32]:
    """Return for every entry the number of the first entry that is the same service; its own where it is alone.

    Entries are one service where their titles differ by the district only, their districts are not all the same and
    their answers have words in common.

    Args:
        articles: Every entry.
        places: The district each is for, or empty text.

    Returns:
        int32, shape (articles,).
    """
    found = np.arange(len(articles), dtype=np.int32)
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for number, article in enumerate(articles):
        if key := service(article.question):
            groups[key].append(number)
    for members in groups.values():
        if len(members) < 2 or len({places[number] for number in members}) < 2:
            continue
        first = _pairs(articles[members[0]].answer)
        for number in members[1:]:
            other = _pairs(articles[number].answer)
            if len(first & other) >= _ALIKE * len(first | other):
                found[number] = members[0]
    return found


def _pairs(answer: str) -> frozenset[str]:
    return frozenset(a + b for a, b in pairwise(_SIGNS.sub("", answer[:_COMPARED].lower())))
