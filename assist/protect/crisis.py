"""A person in danger. Eager on purpose, and never abuse: the rules see it, or the trained model does."""

from __future__ import annotations

from typing import Final

from assist.model import CrisisFinding, CrisisKind
from assist.protect import learned
from assist.protect.crisis_guide import shipped
from assist.protect.crisis_rules import Sign, likeliest_kind, signs, without_ordinary

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
_AT_ONCE = frozenset(_ORDER[:6])
_LIKELY: Final = -0.4
"""Log-odds from which the model alone raises a sign."""
_SURE: Final = 1.0
"""Log-odds from which it does so where words that only sound like danger stood beside, and none of any kind."""
_UNLIKELY: Final = -1.5
"""Log-odds below which the model overrules a rule; ``_FAR_FROM_IT``: a rule that sees danger at this moment."""
_FAR_FROM_IT: Final = -3.0


def detect(text: str, context: tuple[str, ...] = ()) -> CrisisFinding | None:
    """Return signs of danger in ``text``, or None.

    Args:
        text: One utterance of the caller, raw.
        context: Earlier utterances of the caller, oldest first. Signs there raise the urgency of one here.

    Returns:
        The most urgent kind with its steps; evidence as offsets into ``text``.
    """
    seen = _signs(text)
    if not seen:
        return None
    lead = min(seen, key=lambda sign: (-sign.urgency, _ORDER.index(sign.kind)))
    raised = lead.urgency < 3 and any(_signs(earlier) for earlier in context)
    advice = shipped().of(lead.kind)
    return CrisisFinding(
        kind=lead.kind,
        urgency=lead.urgency + int(raised),
        evidence=tuple(sorted({sign.span for sign in seen}, key=lambda span: (span.start, span.end))),
        steps=advice.steps,
        numbers=advice.numbers,
    )


def _signs(text: str) -> tuple[Sign, ...]:
    bare = without_ordinary(text)
    return _raised(text, bare) if bare == text or _stands(bare) else ()


def _stands(bare: str) -> bool:
    """Return whether what is left of a line is a sign by itself; of no kind's words the model has to be sure."""
    if signs(bare):
        return bool(_raised(bare, bare))
    scored = learned.scores(bare)
    return scored is not None and scored.odds[learned.CRISIS] >= (_LIKELY if likeliest_kind(bare) else _SURE)


def _raised(text: str, bare: str) -> tuple[Sign, ...]:
    """Return the signs in ``text``; ``bare`` tells the kind where the model alone sees one."""
    found = signs(text)
    scored = learned.scores(text)
    if scored is None:
        return found
    odds = scored.odds
    if found:
        least = _FAR_FROM_IT if any(sign.urgency > 2 for sign in found) else _UNLIKELY
        return found if odds[learned.CRISIS] > least else ()
    if odds[learned.CRISIS] < _LIKELY:
        return ()
    kind = likeliest_kind(bare) or CrisisKind.ISOLATION
    urgency = 3 if kind in _AT_ONCE else 1 if kind is CrisisKind.ISOLATION else 2
    return tuple(Sign(kind, urgency, span) for span in scored.evidence(learned.CRISIS))
