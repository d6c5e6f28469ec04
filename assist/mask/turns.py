"""Personal data said in pieces over consecutive turns of a call."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from assist.mask.digits import read_digits
from assist.mask.model import MaskSpan, PersonalKind
from assist.mask.parts import find_parts, is_public
from assist.mask.whole import find

_MOST_JOINED: Final = 8
"""Turns looked at together: sixteen digits of a card with a word of the other side after each four."""
_LONGEST_PART: Final = 60
"""Characters of a turn that are joined to its neighbours."""
_DIGITS: Final = frozenset("0123456789공영일이삼사오육륙칠팔구하둘셋넷다여아")
_LEAST_WHOLE: Final = 10
"""Digits from which a number found in one turn is taken as whole."""
_CARD: Final = 14
"""Digits of the shortest card: fewer of them look like an account and are only a part of one."""
_IN_PARTS: Final = frozenset(
    (
        PersonalKind.PHONE,
        PersonalKind.ACCOUNT,
        PersonalKind.RRN,
        PersonalKind.FRN,
        PersonalKind.BIRTHDATE,
        PersonalKind.CARD,
    )
)
_EDGES: Final = " ,.?!"
_ENDING: Final = re.compile(
    r"(?<=[공영일이삼사오육륙칠팔구0-9])(?:이고요|이구요|이에요|이예요|이요|예요|이고|이야|이거든요)(?=$|[\s,.?!])"
)
"""Closes half a number (공일공에 공일이삼이요, 사오육칠이요) and keeps its halves from being read as one."""


def find_in_turns(texts: Sequence[str]) -> list[tuple[MaskSpan, ...]]:
    """Return the personal spans of each turn, also of what only shows when turns that follow are read as one.

    Parts of an address in turns near it (정릉동이요, 십오 번지요) belong to it.

    Where a part of a number may end in 이요 or 이고요 its turns are looked through a second time without such endings.

    Args:
        texts: Turns of one call by time, both sides; a short answer between the parts of a number is a filler.

    Returns:
        Spans of each turn in order, none over another.
    """
    found = _read(texts)
    bare = [_without_endings(text) for text in texts]
    for first, last in _around([at for at, (text, _) in enumerate(bare) if text != texts[at]], len(texts)):
        for at, spans in enumerate(_read([text for text, _ in bare[first:last]]), first):
            places = bare[at][1]
            for span in spans:
                moved = MaskSpan(places[span.start], places[span.end - 1] + 1, span.kind)
                if not any(own.start <= moved.start and moved.end <= own.end for own in found[at]):
                    _add(found[at], moved)
    for at in range(1, len(texts)):
        found[at] = [span for span in found[at] if not is_public(texts[at - 1], texts[at], span)]
    for at, part in find_parts(texts, found):
        if not any(own.start < part.end and part.start < own.end for own in found[at]):
            found[at].append(part)
    return [tuple(sorted(spans, key=lambda span: span.start)) for spans in found]


def _without_endings(text: str) -> tuple[str, Sequence[int]]:
    """Return the text without endings, and the place in it that each character left had."""
    places: list[int] = []
    at = 0
    for ending in _ENDING.finditer(text):
        places += range(at, ending.start())
        at = ending.end()
    places += range(at, len(text))
    return "".join(text[place] for place in places), places


def _around(places: Sequence[int], count: int) -> list[tuple[int, int]]:
    """Return the stretches of turns near the given ones, from and to (exclusive)."""
    stretches: list[tuple[int, int]] = []
    for at in places:
        first, last = max(0, at - _MOST_JOINED), min(count, at + _MOST_JOINED + 1)
        if stretches and first <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], last)
        else:
            stretches.append((first, last))
    return stretches


def _read(texts: Sequence[str]) -> list[list[MaskSpan]]:
    """Return the spans of each turn as it stands, in any order."""
    found = [list(find(text)) for text in texts]
    for first in range(len(texts) - 1):
        if _DIGITS.isdisjoint(texts[first][-_LONGEST_PART:]):
            continue
        last = first + 1
        while last < min(len(texts), first + _MOST_JOINED) - 1 and len(texts[last]) <= _LONGEST_PART:
            last += 1
        while last > first:
            if not _DIGITS.isdisjoint(texts[last][:_LONGEST_PART]) and _join(found, texts, first, last):
                break
            last -= 1
    return found


def _join(found: list[list[MaskSpan]], texts: Sequence[str], first: int, last: int) -> bool:
    """Read the turns as one; returns whether something begins in the first and ends in the last of them."""
    parts = [texts[first][-_LONGEST_PART:], *(text[:_LONGEST_PART] for text in texts[first + 1 : last + 1])]
    starts = list(accumulate((len(part) + 1 for part in parts), initial=0))
    joined = False
    for span in find(" ".join(parts)):
        begin, end = bisect_right(starts, span.start) - 1, bisect_right(starts, span.end - 1) - 1
        if begin != 0 or end != last - first:
            continue
        moved = len(texts[first]) - len(parts[0])
        own = MaskSpan(span.start + moved, len(texts[first]), span.kind)
        closing = MaskSpan(0, span.end - starts[end], span.kind)
        if _is_whole(texts[first], found[first], own) or _is_whole(texts[last], found[last], closing):
            continue
        joined = True
        for at in range(end + 1):
            low, high = max(span.start - starts[at], 0), min(span.end - starts[at], len(parts[at]))
            while low < high and parts[at][low] in _EDGES:
                low += 1
            while low < high and parts[at][high - 1] in _EDGES:
                high -= 1
            # An answer between two parts holds nothing of the number.
            if low < high and not _DIGITS.isdisjoint(parts[at][low:high]):
                room = moved if at == 0 else 0
                _add(found[first + at], MaskSpan(low + room, high + room, span.kind))
    return joined


def _is_whole(text: str, spans: Sequence[MaskSpan], part: MaskSpan) -> bool:
    """Return whether a part is a whole of its own already: another number said beside it must not swallow it."""
    for span in spans:
        if span.start < part.end and part.start < span.end:
            digits = len(read_digits(text[span.start : span.end]))
            is_long = digits >= _LEAST_WHOLE and not (part.kind is PersonalKind.CARD and digits < _CARD)
            if is_long or span.kind not in _IN_PARTS:
                return True
    return False


def _add(spans: list[MaskSpan], part: MaskSpan) -> None:
    """Take a part in; what it touches becomes part of it."""
    touched = [span for span in spans if part.start < span.end and span.start < part.end]
    for span in touched:
        spans.remove(span)
    low, high = min(span.start for span in (*touched, part)), max(span.end for span in (*touched, part))
    spans.append(MaskSpan(low, high, part.kind))
