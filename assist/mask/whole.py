"""One text looked through for everything personal, and covered."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from assist.composed import composed
from assist.mask.addresses import find_addresses
from assist.mask.letters import find_letters, find_plates
from assist.mask.model import COVER, MaskSpan
from assist.mask.names import find_names
from assist.mask.numbers import PUBLIC, find_numbers

_PIECE: Final = 4000
"""Characters looked at together; a longer text is cut between words, with room shared by both sides."""
_SHARED: Final = 200


def mask(text: str) -> tuple[str, tuple[MaskSpan, ...]]:
    """Return ``text`` with personal data covered character by character, and the spans in order.

    The covered text has the same length as ``text``; blanks and the particles around a span stay.
    """
    spans = find(text)
    return cover(text, spans), spans


def cover(text: str, spans: tuple[MaskSpan, ...]) -> str:
    """Return ``text`` with ``spans`` covered, blanks left as they are."""
    covered = list(text)
    for span in spans:
        for at in range(span.start, span.end):
            if not covered[at].isspace():
                covered[at] = COVER
    return "".join(covered)


def find(text: str) -> tuple[MaskSpan, ...]:
    """Return the personal spans of ``text``, in order and not overlapping."""
    if text.isascii() and len(text) < 4:
        return ()
    if unicodedata.normalize("NFC", text) != text:
        # Decomposed text has no syllables to match; offsets would not survive composing, so they are carried along.
        return _find_decomposed(text)
    if len(text) <= _PIECE:
        return _find(text)
    found: list[MaskSpan] = []
    at = 0
    while at < len(text):
        begin, end = max(0, at - _SHARED), min(len(text), at + _PIECE)
        for span in _find(text[begin : min(len(text), end + _SHARED)]):
            moved = MaskSpan(span.start + begin, span.end + begin, span.kind)
            if at <= moved.start < end and (not found or moved.start >= found[-1].end):
                found.append(moved)
        at = end
    return tuple(found)


def _find(text: str) -> tuple[MaskSpan, ...]:
    found: list[MaskSpan] = []
    for source in (find_letters, find_numbers, find_plates, find_addresses, find_names):
        for span in source(text):
            end = span.end
            while end > span.start and text[end - 1] in " ,.":
                end -= 1
            if end > span.start and not any(span.start < other.end and other.start < end for other in found):
                found.append(MaskSpan(span.start, end, span.kind))
    return tuple(sorted(found, key=lambda span: span.start))


def mask_phone_for_screen(number: str) -> str:
    """Return a telephone number with its middle covered: ``010-1234-5678`` as ``010-••••-5678``.

    What has no middle keeps its last four digits only; a public short number stays.
    """
    digits = re.sub(r"\D", "", number)
    if len(digits) < 7 or PUBLIC.fullmatch(digits):
        return number
    parts = re.split(r"(\D+)", number.strip())
    groups = parts[::2]
    if len(groups) >= 3:
        for place in range(2, len(parts) - 1, 2):
            parts[place] = COVER * len(parts[place])
        return "".join(parts)
    return "".join(COVER if char.isdigit() and at < len(number) - 4 else char for at, char in enumerate(number))


def _find_decomposed(text: str) -> tuple[MaskSpan, ...]:
    characters = list(composed(text))
    whole = unicodedata.normalize("NFC", "".join(char for char, _, _ in characters))
    if len(whole) != len(characters):
        # A stray mark joined its neighbour: every character is taken as it is.
        whole = "".join(char for char, _, _ in characters)
        return tuple(MaskSpan(characters[s.start][1], characters[s.end - 1][2], s.kind) for s in _find(whole))
    return tuple(MaskSpan(characters[s.start][1], characters[s.end - 1][2], s.kind) for s in find(whole))
