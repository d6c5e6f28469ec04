"""Where a figure stands in an entry: the word it stands beside (승용차 4만 원, 승합차 5만 원; 1인용 8,000원).

Tells that a figure was said at one word and stands in the entry at another. Precision before recall: it needs a word of
its own on both sides, the one beside the figure said and another of the entry's with another figure, and stays silent
where the word of the figure is said too or the caller asked by it. A word said a clause earlier is not seen.
"""

# ruff: noqa: E501  (a pattern reads better on one line)

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from assist.number_words import native, sino
from assist.review.figures import Figure, figures, shown_text

_PLACED: Final = frozenset(("amount", "%", "phone"))
"""Figures of which an entry has one for each of several things. Days and times stand beside too many sorts of words."""
_NEAR: Final = 200
"""Characters before a figure in which its word is looked for: more than a clause has."""
_WORD: Final = re.compile(r"\d+\s?(?:인\s?가구|[가-힣]+)|[가-힣]{2,}")
_ORDER: Final = re.compile(
    r"(?<![가-힣\d])(?P<number>[일이삼사오육칠팔구십]{1,2}|한|두|세|네|다섯|여섯)\s?(?=(?:인용|인승|인실|인 ?가구|등급|단계|구간|종|형|급)(?![가-힣]{3}))"
)
_PARTICLES: Final = re.compile(
    r"(?:으로는|에서는|에게는|까지는|이라면|이시면|이면|라면|에서|에게|으로|부터|까지|이고|인데|은요|는요|은|는|이|가|을|를|의|도|로|에|와|과)$"
)
_GENERAL: Final = frozenset([
    "가격", "급여", "수당", "한도",
    "최대", "최소", "기본", "총액", "각각", "매월", "매년", "매달", "보통", "전화", "번호", "전화번호", "문의", "상담", "신고", "접수", "대표", "센터",
    "이상", "이하", "초과", "미만", "정도", "현재", "다만", "경우", "그리고", "또는", "이며", "그냥", "지금", "한번", "다시", "하나", "그럼",
])  # fmt: skip
_ANY: Final = re.compile(r".*(?:[료금비액]|면|거나|이며|지만|[어아해]서|니다|마다|하고|되고|[한할된될인는은])")
"""Words that stand beside figures of any line: the sum itself (대여료), verbs, what describes the next word."""


_SIZE: Final = re.compile(r"\d+(?:인용|인승|인실|인가구|면)")
"""Tells lines apart even where the thing itself stands between it and the figure: 1인용 매트리스 8,000원."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure and the word it stands beside."""

    figure: Figure
    label: str
    """Without its particle; empty where there is none."""


def placed(sentences: Sequence[str]) -> tuple[Placed, ...]:
    """Return the figures of an entry that stand beside a word, with the word.

    Args:
        sentences: The entry by sentence and line, its title first: what the title says does not tell lines apart.
    """
    out = []
    title = set(_words(shown_text(sentences[0]))) if len(sentences) > 1 else set()
    for sentence in sentences:
        shown = shown_text(sentence)
        last = 0
        for figure in figures(sentence):
            if figure.kind not in _PLACED:
                continue
            words = [
                word
                for word in _words(shown[max(last, figure.start - _NEAR) : figure.start])
                if _tells_apart(word) and word not in title
            ]
            sizes = [word for word in words[-2:] if _SIZE.fullmatch(word)]
            out.append(Placed(figure, (sizes or words or [""])[-1]))
            last = figure.end
    return tuple(out)


def elsewhere(
    shown: str, figure: Figure, said: Sequence[Figure], places: Sequence[Placed], asked: str = ""
) -> tuple[Placed, Placed] | None:
    """Return where a figure that was said stands in an entry, and what stands at the word it was said at.

    Args:
        shown: The clause it was said in, as :func:`assist.review.figures.shown_text` gives it.
        figure: The figure in it.
        said: All figures of the clause, of :func:`assist.review.figures.figures`.
        places: The entry's.
        asked: What the caller said before it. Where he named the figure's word, nothing is told.

    Returns:
        None where it stands at the word said, or where that cannot be told.
    """
    if figure.kind not in _PLACED:
        return None
    own = [one for one in places if one.figure.kind == figure.kind and one.figure.value == figure.value]
    labels = {one.label for one in own}
    if not own or "" in labels:
        return None
    before = max((one.end for one in said if one.kind == figure.kind and one.end <= figure.start), default=0)
    spoken = set(_words(shown[max(before, figure.start - _NEAR) : figure.start]))
    named = spoken | set(_words(shown_text(asked)))
    if any(_is_said(label, named) for label in labels):
        return None
    for other in places:
        if other.figure.kind == figure.kind and other.label not in labels and _is_said(other.label, spoken):
            return own[0], other
    return None


def _tells_apart(word: str) -> bool:
    return word not in _GENERAL and not _ANY.fullmatch(word)


def _is_said(label: str, spoken: set[str]) -> bool:
    """Return whether a word is among those said, as it is or as the beginning of a compound of the same number."""
    return len(label) >= 2 and any(
        word == label or (len(label) >= 3 and not label[0].isdigit() and (word.startswith(label) or word in label))
        for word in spoken
        if len(word) >= 2
    )


def _words(text: str) -> list[str]:
    counted = _ORDER.sub(lambda found: str(sino(found["number"]) or native(found["number"]) or ""), text)
    bare = (_PARTICLES.sub("", word.replace(" ", "")) for word in _WORD.findall(counted))
    return [word for word in bare if len(word) >= 2]
