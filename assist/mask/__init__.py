"""Personal data in a text, found by form and context, and covered.

Numbers are read off a run of digits, written or spoken (``공일공에 일이삼사``), and judged by length, beginning and
the words around them; checksums never decide, since newer resident numbers are random. Public numbers, amounts, dates
and lines stay. Names and addresses are found by how they look and by the words that announce them, so their recall is
lower.
"""

from __future__ import annotations

from assist.mask.again import cover_call, cover_readings, hide, personal_words
from assist.mask.digits import read_digits
from assist.mask.model import COVER, MaskSpan, PersonalKind
from assist.mask.numbers import is_mobile
from assist.mask.turns import find_in_turns
from assist.mask.whole import cover, find, mask, mask_phone_for_screen

__all__ = [
    "COVER",
    "MaskSpan",
    "PersonalKind",
    "cover",
    "cover_call",
    "cover_readings",
    "find",
    "find_in_turns",
    "hide",
    "is_mobile",
    "mask",
    "mask_phone_for_screen",
    "personal_words",
    "read_digits",
]
