"""Text as composed characters that know where they stood, for NFC and NFD alike."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator


def composed(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each NFC character of ``text`` with its raw offsets, start and end, end exclusive."""
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and (unicodedata.combining(text[end]) or 0x1160 <= ord(text[end]) <= 0x11FF):
            end += 1
        for char in unicodedata.normalize("NFC", text[at:end]):
            yield char, at, end
        at = end
