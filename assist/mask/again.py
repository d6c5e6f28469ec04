"""What was personal once is personal again: a name said with 성함 and later without, half a number read back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final

from assist.composed import composed
from assist.mask.model import COVER, MaskSpan
from assist.mask.turns import find_in_turns
from assist.mask.whole import cover

LEAST_AGAIN: Final = 3
"""Characters from which something covered once is covered wherever it comes up again in the call."""


def personal_words(texts: Sequence[str], spans: Sequence[tuple[MaskSpan, ...]]) -> tuple[str, ...]:
    """Return what is covered wherever it stands in a call, since it was found personal once: longest first.

    Args:
        texts: What was said, by time.
        spans: What was found in each (:func:`assist.mask.find_in_turns`).
    """
    found = {text[span.start : span.end] for text, own in zip(texts, spans, strict=True) for span in own if span.again}
    long = [one for one in found if len(one.replace(" ", "")) >= LEAST_AGAIN]
    return tuple(sorted(long, key=lambda one: (-len(one), one)))


def cover_call(texts: Sequence[str]) -> list[str]:
    """Return what was said in a call, by time, with all covered that is personal: each text as long as it was.

    Also what only shows over several turns, and what was found once wherever it stands again.
    """
    (covered,), _ = cover_readings(texts)
    return covered


def cover_readings(*readings: Sequence[str]) -> tuple[list[list[str]], tuple[str, ...]]:
    """Return readings of one call (as said, as shown) covered as by :func:`cover_call`, and what is covered again.

    What was found once in any of them is covered in all of them.
    """
    spans = [find_in_turns(texts) for texts in readings]
    again = personal_words(list(chain(*readings)), list(chain(*spans)))
    return [
        [hide(text, again, cover(text, found)) for text, found in zip(texts, own, strict=True)]
        for texts, own in zip(readings, spans, strict=True)
    ], again


def hide(text: str, words: Iterable[str], shown: str | None = None) -> str:
    """Return a text with words covered wherever they stand, spelt with blanks too (나 도 담); blanks stay.

    Args:
        text: Where they are looked for, NFC or not.
        words: What is covered.
        shown: A form of the text, as long as it is, in which something is covered already; that stays covered.
    """
    covered = list(text if shown is None else shown)
    whole, places = text, None
    if unicodedata.normalize("NFC", text) != text:
        chars = list(composed(text))
        whole, places = "".join(char for char, _, _ in chars), [(start, end) for _, start, end in chars]
    for word in words:
        letters = [re.escape(char) for char in unicodedata.normalize("NFC", word) if not char.isspace()]
        if not letters:
            continue
        for found in re.finditer(r"\s?".join(letters), whole):
            start, end = found.span() if places is None else (places[found.start()][0], places[found.end() - 1][1])
            covered[start:end] = [char if char.isspace() else COVER for char in covered[start:end]]
    return "".join(covered)
