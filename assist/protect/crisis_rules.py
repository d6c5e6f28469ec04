"""Signs of danger as the word lists see them. Eager on purpose."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from assist.model import CrisisKind
from assist.protect.abuse_rules import LONGEST
from assist.protect.folding import joined, read
from assist.protect.wordlist import patterns, rules
from kb.model import TextSpan


@dataclass(frozen=True, slots=True)
class Sign:
    """Words that a rule knows."""

    kind: CrisisKind
    urgency: int
    span: TextSpan
    """Offsets into the raw text."""


def signs(text: str) -> tuple[Sign, ...]:
    """Return what the rules see in one raw utterance, in no particular order."""
    return _seen(text[:LONGEST])


@lru_cache(maxsize=32)
def _seen(text: str) -> tuple[Sign, ...]:
    found: list[Sign] = []
    readings = [read(text)]
    glued = joined(text)
    if glued.plain != readings[0].plain:
        readings.append(glued)
    for reading in readings:
        innocent = [match.span() for match in patterns("crisis", "innocent").finditer(reading.plain)]
        for rule in rules("crisis"):
            for start, end in rule.spans(reading):
                if not any(start < stop and begin < end for begin, stop in innocent):
                    found.append(Sign(CrisisKind(rule.label), rule.severity, reading.span(start, end)))
    return tuple(dict.fromkeys(found))


def without_ordinary(text: str) -> str:
    """Return ``text`` without words that only sound like a farewell ("마지막 화"); ``text`` itself where none do."""
    plain = read(text).plain
    bare = patterns("crisis", "ordinary", "last").sub("", plain)
    return text if bare == plain else bare


def likeliest_kind(text: str) -> CrisisKind | None:
    """Return the kind whose words ``text`` holds most of, or None; for a line that no rule matches."""
    plain = read(text[:LONGEST]).plain
    best = max(
        CrisisKind,
        key=lambda kind: (len(patterns("crisis", "kinds", kind.value).findall(plain)), -list(CrisisKind).index(kind)),
    )
    return best if patterns("crisis", "kinds", best.value).search(plain) else None
