"""What was personal once is personal again: a name said with 성함 and later without, half a number read back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from assist.mask.model import COVER, MaskSpan

LEAST_AGAIN: Final = 3
"""Characters from which something covered once is covered wherever it comes up again in the call."""


def personal_words(texts: Sequence[str], spans: Sequence[tuple[MaskSpan, ...]]) -> tuple[str, ...]:
    """Return what was found personal in the texts of a call, longest first.

    Args:
        texts: What was said, by time.
        spans: What was found in each (:func:`assist.mask.find_in_turns`).
    """
    found = {text[span.start : span.end] for text, own in zip(texts, spans, strict=True) for span in own}
    long = [one for one in found if len(one.replace(" ", "")) >= LEAST_AGAIN]
    return tuple(sorted(long, key=lambda one: (-len(one), one)))


def hide(text: str, words: Iterable[str]) -> str:
    """Return a text, NFC, with words covered wherever they stand, spelt with blanks too (나 도 담); blanks stay."""
    text = unicodedata.normalize("NFC", text)
    for word in words:
        letters = [re.escape(char) for char in unicodedata.normalize("NFC", word) if not char.isspace()]
        if letters:
            text = re.sub(r"\s?".join(letters), _covering, text)
    return text


def _covering(found: re.Match[str]) -> str:
    return "".join(char if char.isspace() else COVER for char in found.group())
