"""How values are written for a person: times, masked numbers, heard kinds. Language-free parts only."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

_PHONE: Final = re.compile(r"(?<!\d)(0\d{1,2})[-. ]?(\d{3,4})[-. ]?(\d{4})(?!\d)")
_KOREAN_ID: Final = re.compile(r"(?<!\d)(\d{6})-?(\d{7})(?!\d)")


def clock(seconds: float) -> str:
    """Return a length as ``M:SS``, zero-padded to ``MM:SS``."""
    whole = max(0, int(seconds))
    return f"{whole // 60:02d}:{whole % 60:02d}"


def mask(kind: str, text: str) -> str:
    """Return a heard number with its middle hidden where it points to a person.

    Phones keep prefix and last four (``010-••••-5678``); other kinds stay readable.
    """
    if kind not in ("phone", "other"):
        return text
    hidden = _PHONE.sub(lambda m: f"{m[1]}-{'•' * len(m[2])}-{m[3]}", text)
    hidden = _KOREAN_ID.sub(lambda m: f"{m[1]}-{'•' * 7}", hidden)
    if kind == "phone" and hidden == text:
        digits = [i for i, c in enumerate(text) if c.isdigit()]
        keep = set(digits[-4:]) if len(digits) > 4 else set(digits[-1:])
        hidden = "".join("•" if c.isdigit() and i not in keep else c for i, c in enumerate(text))
    return hidden


def day(iso: str) -> str:
    """Return ``MM-DD HH:MM`` of an ISO time in local time, or the text itself where it is no time."""
    try:
        when = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    if when.tzinfo is not None:
        when = when.astimezone()
    return when.strftime("%m-%d %H:%M") if len(iso) > 10 else when.strftime("%m-%d")


def full_day(iso: str) -> str:
    """Return ``YYYY-MM-DD HH:MM`` of an ISO time: as the desk's clock showed it, UTC in local time."""
    try:
        when = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    if when.tzinfo is not None and not when.utcoffset():
        when = when.astimezone()
    return when.strftime("%Y-%m-%d %H:%M")


def dots(score: float) -> int:
    """Return filled dots out of four for a confidence 0 to 1."""
    return max(1, min(4, int(score * 4 + 0.5)))
