"""A person in danger. Eager on purpose, and never abuse."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from assist.model import CrisisFinding, CrisisKind
from assist.protect.folding import joined, read
from assist.protect.wordlist import patterns, rules
from kb.model import TextSpan
from resources import path

_ORDER = (
    CrisisKind.FIRE_OR_INJURY,
    CrisisKind.SUICIDE,
    CrisisKind.SELF_HARM,
    CrisisKind.VIOLENCE,
    CrisisKind.CHILD,
    CrisisKind.ELDER,
    CrisisKind.HARDSHIP,
    CrisisKind.ISOLATION,
)
"""Which kind leads when several are equally urgent."""


@dataclass(frozen=True, slots=True)
class Guidance:
    """What to say and whom to call."""

    title: str
    steps: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]


@cache
def guidance(kind: CrisisKind) -> Guidance:
    """Return the steps and numbers of a kind from ``resources/scripts/crisis.toml``."""
    with path("scripts/crisis.toml").open("rb") as file:
        entry = tomllib.load(file)[kind.value]
    return Guidance(
        title=str(entry["title"]),
        steps=tuple(entry["steps"]),
        numbers=tuple((str(name), str(number)) for name, number in entry["numbers"]),
    )


def detect(text: str, context: tuple[str, ...] = ()) -> CrisisFinding | None:
    """Return signs of danger in ``text``, or None.

    Args:
        text: One utterance of the caller, raw.
        context: Earlier utterances of the caller, oldest first. Signs there raise the urgency of one here.

    Returns:
        The most urgent kind with its steps; evidence as offsets into ``text``.
    """
    signs = _signs(text)
    if not signs:
        return None
    lead = min(signs, key=lambda sign: (-sign.urgency, _ORDER.index(sign.kind)))
    raised = lead.urgency < 3 and any(_signs(earlier) for earlier in context)
    advice = guidance(lead.kind)
    return CrisisFinding(
        kind=lead.kind,
        urgency=lead.urgency + int(raised),
        evidence=tuple(sorted({sign.span for sign in signs}, key=lambda span: (span.start, span.end))),
        steps=advice.steps,
        numbers=advice.numbers,
    )


@dataclass(frozen=True, slots=True)
class _Sign:
    kind: CrisisKind
    urgency: int
    span: TextSpan


def _signs(text: str) -> list[_Sign]:
    signs: list[_Sign] = []
    readings = [read(text)]
    glued = joined(text)
    if glued.plain != readings[0].plain:
        readings.append(glued)
    for reading in readings:
        innocent = [match.span() for match in patterns("crisis", "innocent").finditer(reading.plain)]
        for rule in rules("crisis"):
            for start, end in rule.spans(reading):
                if not any(start < stop and begin < end for begin, stop in innocent):
                    signs.append(_Sign(CrisisKind(rule.label), rule.severity, reading.span(start, end)))
    return signs
