"""Abuse as the word lists see it: what was said, and whether it was only told of others.

Curses are compared as they sound, the rest by grammars over the plain text. A span that only looks or sounds
alike is cancelled; so is what somebody tells of others (``옆집에서 …라고 했어요``), what a victim asks help for,
and what a caller says of himself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assist.model import AbuseLabel
from assist.protect.folding import Reading, joined, read, undisguised
from assist.protect.wordlist import patterns, rules
from kb.model import TextSpan

LONGEST = 2000
"""Characters that are read; a turn of speech is far shorter, and patterns over much more take long."""
_CARRY = 16
"""Characters behind the words within which a quotative belongs to them."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that a rule knows."""

    label: AbuseLabel
    severity: int
    span: TextSpan
    """Offsets into the raw text."""


def hits(text: str) -> tuple[Hit, ...]:
    """Return what the rules see in one raw utterance, in no particular order."""
    return _seen(text[:LONGEST])[0]


def hints(text: str) -> frozenset[str]:
    """Return what took words from the rules: ``reported`` of others or oneself, ``innocent`` look-alikes."""
    return _seen(text[:LONGEST])[1]


@lru_cache(maxsize=32)
def _seen(text: str) -> tuple[tuple[Hit, ...], frozenset[str]]:
    """Return the hits in a turn, and why others are none; a turn is asked for several times in a row."""
    reading = read(text)
    own, why = _sorted_out(reading)
    found = dict.fromkeys(own)
    for other, only in ((joined(text), None), (undisguised(text), AbuseLabel.PROFANITY)):
        if other.plain == reading.plain:
            continue
        seen = {hit.span for hit in found}
        for hit in _sorted_out(other)[0]:
            if hit.span not in seen and (only is None or hit.label is only):
                found[hit] = None
    return tuple(found), why


def _sorted_out(reading: Reading) -> tuple[list[Hit], frozenset[str]]:
    """Return the hits, and why others are none."""
    innocent = [match.span() for match in patterns("abuse", "innocent").finditer(reading.plain)]
    found: list[Hit] = []
    why: set[str] = set()
    for rule in rules("abuse"):
        for start, end in rule.spans(reading):
            if any(start < stop and begin < end for begin, stop in innocent):
                why.add("innocent")
                continue
            label = AbuseLabel(rule.label)
            if _told_of_others(reading.plain, label, start, end) or _of_oneself(reading.plain, start, end):
                why.add("reported")
                continue
            found.append(Hit(label, rule.severity, reading.span(start, end)))
    return found, frozenset(why)


def _told_of_others(text: str, label: AbuseLabel, start: int, end: int) -> bool:
    """Return whether the words at ``start:end`` are a third person's."""
    if label is AbuseLabel.UNREASONABLE:
        return False
    report = "abuse", "report"
    third = patterns(*report, "third").search(text)
    carried = patterns(*report, "quotative").search(text, max(0, end - 2), min(len(text), end + _CARRY))
    outside = text[:start] + " " + text[end:]
    addressed = patterns(*report, "address").search(outside)
    if carried and third and third.start() < start:
        return True
    told = patterns(*report, "told").search(text, max(0, end - 2), min(len(text), end + _CARRY))
    written = patterns(*report, "written").search(text)
    if (told or written) and not addressed:
        return True
    if label in (AbuseLabel.SEXUAL, AbuseLabel.THREAT, AbuseLabel.HATE, AbuseLabel.INSULT):
        victim = patterns(*report, "victim").search(text)
        polite = re.search(r"(?:요|니다|까요|세요|죠|네요|거든요)[.?! ]*$", text)
        return bool(victim and third and polite and not addressed)
    return False


def _of_oneself(text: str, start: int, end: int) -> bool:
    return any(
        match.start() <= start and end <= match.end() + 2
        for match in patterns("abuse", "report", "self").finditer(text)
    )
