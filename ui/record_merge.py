"""A later draft meets a form the counsellor may have edited: what was edited stays, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assist.model import CallRecord

FIELDS = ("category", "inquiry", "answer", "action", "follow_up")
_EMPTY = CallRecord(category="")


def edited(current: Sequence[CallRecord], shown: Sequence[CallRecord]) -> list[set[str]]:
    """Return, a record, the fields that differ from what was shown before any edit."""
    return [
        {key for key in FIELDS if getattr(one, key) != getattr(before, key)}
        for one, before in zip(current, shown, strict=True)
    ]


def merged(
    current: Sequence[CallRecord], shown: Sequence[CallRecord], wanted: Sequence[CallRecord]
) -> tuple[CallRecord, ...]:
    """Return ``wanted`` with the edited fields of ``current`` in their place.

    Args:
        current: The form as it stands; as many records as ``shown``.
        shown: The form before any edit.
        wanted: The later draft. Its further records are added; a record it no longer has stays only if edited.
    """
    made = list(wanted)
    for place, (one, keys) in enumerate(zip(current, edited(current, shown), strict=True)):
        if place < len(wanted):
            made[place] = _with_fields(wanted[place], one, keys)
        elif keys:
            made.append(one)
    return tuple(made)


def baseline(
    current: Sequence[CallRecord], shown: Sequence[CallRecord], edits: Sequence[set[str]]
) -> tuple[CallRecord, ...]:
    """Return the new "before any edit": ``current``, but with edited fields as they were, so they stay edited."""
    made = list(current)
    for place, keys in enumerate(edits[: len(made)]):
        before = shown[place] if place < len(shown) else _EMPTY
        made[place] = replace(made[place], **{key: getattr(before, key) for key in keys})
    return tuple(made)


def _with_fields(base: CallRecord, source: CallRecord, keys: set[str]) -> CallRecord:
    evidence = {key: turns for key, turns in base.evidence.items() if key.partition(".")[0] not in keys}
    evidence |= {key: turns for key, turns in source.evidence.items() if key.partition(".")[0] in keys}
    changes = {key: getattr(source, key) for key in keys}
    if "category" in keys:
        changes["subcategory"] = source.subcategory
    return replace(base, **changes, evidence=evidence)
