"""Abuse in what the caller said. The program offers; the human decides.

Rules know the words, a small trained model weighs them against the rest of the line and sees what no rule has words
for. Where danger to a person speaks louder, a line is not abuse.
"""

from __future__ import annotations

from typing import Final

from assist.model import AbuseFinding, AbuseLabel
from assist.protect import learned
from assist.protect.abuse_rules import Hit, hits
from kb.model import TextSpan

ABUSIVE: Final = tuple(label for label in AbuseLabel if label is not AbuseLabel.UNREASONABLE)
"""The labels that warn."""
_ALONE: Final = -0.4
"""Log-odds from which the model alone calls a turn abusive."""
_CONFIRMED: Final = 0.0
"""Log-odds from which the model lets a rule stand."""
_OF_ITS_KIND: Final = -1.0
"""Log-odds that one label must have where the model alone calls a turn abusive."""
_NEAR: Final = 1
"""Words on each side of plain words that are looked at where the whole turn is called innocent."""
_CLEAR: Final = 1.0
"""Log-odds that these must have."""
_BESIDE: Final = 0.0
"""Log-odds from which a label stands beside the first."""
_INSISTING: Final = 0.3
"""Log-odds from which the model alone calls a turn insisting; ``_INSISTS``: from which it lets a rule stand."""
_INSISTS: Final = -2.0


def classify(text: str) -> AbuseFinding | None:
    """Return what abuse ``text`` holds, or None.

    Args:
        text: One utterance of the caller, raw. It is judged by itself: behaviour over a call is
            :mod:`assist.protect.behaviour`'s.

    Returns:
        The label that matters most first among ``labels``; evidence in order of place, as offsets into ``text``.
    """
    found = hits(text)
    scored = learned.scores(text)
    if scored is None:
        return _by_rules(found)
    odds = scored.odds
    labels = _abusive(odds, found)
    for hit in found if not labels else ():
        # Much innocent talk around plain words must not hide them.
        near = learned.scores(_around(text, hit.span)) if _is_plain(hit) else None
        if not labels and near and near.odds[learned.ABUSIVE] > _CLEAR:
            labels = _abusive(near.odds, found)
    insists = any(hit.label is AbuseLabel.UNREASONABLE for hit in found)
    if odds["unreasonable"] > (_INSISTS if insists else _INSISTING) or (insists and labels):
        labels.append(AbuseLabel.UNREASONABLE)
    if not labels:
        return None
    spans = [hit.span for hit in found if hit.label in labels]
    if not any(hit.label is labels[0] for hit in found):
        spans += scored.evidence(labels[0].value)
    return AbuseFinding(
        label=labels[0], labels=tuple(labels), severity=_severity(labels[0], odds, found), evidence=_merge(spans)
    )


def _by_rules(found: tuple[Hit, ...]) -> AbuseFinding | None:
    """Return what the rules alone make of their hits: what warns before what does not, the gravest first."""
    ranked = sorted(found, key=lambda hit: (hit.label not in ABUSIVE, -hit.severity, hit.label.value))
    if not ranked:
        return None
    labels = tuple(dict.fromkeys(hit.label for hit in ranked))
    return AbuseFinding(
        label=labels[0], labels=labels, severity=ranked[0].severity, evidence=_merge([hit.span for hit in found])
    )


def _is_plain(hit: Hit) -> bool:
    """Return whether the words of a rule speak for themselves: a plain curse, or what is grave."""
    return hit.label in ABUSIVE and hit.severity > (1 if hit.label is AbuseLabel.PROFANITY else 2)


def _around(text: str, span: TextSpan) -> str:
    """Return the words of ``span`` with ``_NEAR`` words on each side."""
    before = text[: span.start].split(" ")
    after = text[span.end :].split(" ")
    return " ".join(before[-_NEAR - 1 :]) + text[span.start : span.end] + " ".join(after[: _NEAR + 1])


def _abusive(odds: dict[str, float], found: tuple[Hit, ...]) -> list[AbuseLabel]:
    """Return the labels that warn, the first first; none where the turn is not abusive."""
    ruled = {hit.label for hit in found} & set(ABUSIVE)
    if odds[learned.ABUSIVE] < (_CONFIRMED if ruled else _ALONE):
        return []
    strongest = max(ABUSIVE, key=lambda label: odds[label.value])
    if not ruled and odds[strongest.value] < _OF_ITS_KIND:
        return []
    if odds[learned.CRISIS] > max(odds[strongest.value], 0.0):
        return []
    first = strongest
    others = [label for label in ABUSIVE if label is not first and (odds[label.value] > _BESIDE or label in ruled)]
    return [first, *sorted(others, key=lambda label: -odds[label.value])]


def _severity(label: AbuseLabel, odds: dict[str, float], found: tuple[Hit, ...]) -> int:
    known = [hit.severity for hit in found if hit.label is label]
    if known:
        return max(known)
    if label is AbuseLabel.UNREASONABLE:
        return 1
    return 3 if odds[learned.GRAVE] > 0 else 2


def _merge(spans: list[TextSpan]) -> tuple[TextSpan, ...]:
    merged: list[TextSpan] = []
    for span in sorted(spans, key=lambda item: (item.start, item.end)):
        if merged and span.start <= merged[-1].end:
            merged[-1] = TextSpan(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
