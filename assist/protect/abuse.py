"""Abuse in what the caller said. The program offers; the human decides.

Curses are compared as they sound, the rest by grammars over the plain text. A span that only looks or sounds
alike is cancelled; so is what somebody tells of others (``옆집에서 …라고 했어요``), what a victim asks help for,
and what a caller says of himself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assist.model import AbuseFinding, AbuseLabel
from assist.protect.folding import Reading, joined, read
from assist.protect.wordlist import patterns, rules
from kb.model import TextSpan

_ORDER = {
    AbuseLabel.THREAT: 6,
    AbuseLabel.SEXUAL: 5,
    AbuseLabel.HATE: 4,
    AbuseLabel.PROFANITY: 3,
    AbuseLabel.INSULT: 2,
    AbuseLabel.UNREASONABLE: 0,
}
_CARRY = 16
"""Characters behind the words within which a quotative belongs to them."""
_REPEATS = 2
"""Earlier sentences that must resemble this one to call it a repetition."""
_ALIKE = 0.7
_MIN_REPEAT_CHARS = 12


@dataclass(frozen=True, slots=True)
class _Hit:
    label: AbuseLabel
    severity: int
    start: int
    end: int
    span: TextSpan


def classify(text: str, context: tuple[str, ...] = ()) -> AbuseFinding | None:
    """Return what abuse ``text`` holds, or None.

    Args:
        text: One utterance of the caller, raw.
        context: Earlier utterances of the caller, oldest first.

    Returns:
        The gravest label first among ``labels``; evidence in order of place, as offsets into ``text``.
    """
    reading = read(text)
    hits = _hits(reading)
    glued = joined(text)
    if glued.plain != reading.plain:
        known = {hit.span for hit in hits}
        hits += [hit for hit in _hits(glued) if hit.span not in known]
    if not hits:
        return _repetition(text, context)
    # Whoever curses is not excused by insisting as well: 강성 stands beside abuse, never above it.
    labels: dict[AbuseLabel, int] = {}
    for hit in hits:
        labels[hit.label] = max(labels.get(hit.label, 0), hit.severity)
    ordered = sorted(labels, key=lambda label: (_weight(label, labels[label]), _ORDER[label]), reverse=True)
    label = ordered[0]
    return AbuseFinding(
        label=label,
        labels=tuple(ordered),
        severity=labels[label],
        evidence=_merge([hit.span for hit in hits]),
    )


def _weight(label: AbuseLabel, severity: int) -> int:
    return 0 if label is AbuseLabel.UNREASONABLE else severity


def _hits(reading: Reading) -> list[_Hit]:
    innocent = [match.span() for match in patterns("abuse", "innocent").finditer(reading.plain)]
    found: list[_Hit] = []
    for rule in rules("abuse"):
        for start, end in rule.spans(reading):
            if any(start < stop and begin < end for begin, stop in innocent):
                continue
            label = AbuseLabel(rule.label)
            if _told_of_others(reading.plain, label, start, end) or _of_oneself(reading.plain, start, end):
                continue
            found.append(_Hit(label, rule.severity, start, end, reading.span(start, end)))
    return found


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
    if carried and not addressed:
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


def _repetition(text: str, context: tuple[str, ...]) -> AbuseFinding | None:
    """강성 by behaviour: the same sentence for at least the third time."""
    bare = re.sub(r"[\s.,!?~…]+", "", text)
    if len(bare) < _MIN_REPEAT_CHARS:
        return None
    pairs = _pairs(bare)
    alike = 0
    for earlier in context:
        other = _pairs(re.sub(r"[\s.,!?~…]+", "", earlier))
        if other and len(pairs & other) / len(pairs | other) >= _ALIKE:
            alike += 1
    if alike < _REPEATS:
        return None
    label = AbuseLabel.UNREASONABLE
    return AbuseFinding(label=label, labels=(label,), severity=1, evidence=(TextSpan(0, len(text)),))


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _merge(spans: list[TextSpan]) -> tuple[TextSpan, ...]:
    merged: list[TextSpan] = []
    for span in sorted(spans, key=lambda item: (item.start, item.end)):
        if merged and span.start <= merged[-1].end:
            merged[-1] = TextSpan(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
