"""Records of one call split and joined by hand, every line with its evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from assist.model import CallRecord

LISTS: Final = ("inquiry", "answer", "action")


def split(record: CallRecord, field: str, line: int, category: str = "") -> tuple[CallRecord, CallRecord]:
    """Return a record in two: what came before a line, and that line with what came after it in the call.

    A line goes with the second part when its first turn is at or after the chosen line's; a line without evidence
    stays, unless it stands in the chosen field at or below the chosen one.

    Args:
        record: The whole.
        field: ``inquiry``, ``answer``, ``action`` or ``follow_up``.
        line: Index in it.
        category: Field of the second part; empty: none chosen yet.
    """
    turns = record.evidence.get(field if field == "follow_up" else f"{field}.{line}", ())
    since = min(turns) if turns else None
    parts: tuple[dict[str, list[tuple[str, tuple[int, ...]]]], ...] = ({}, {})
    for name in LISTS:
        for place, text in enumerate(getattr(record, name)):
            own = record.evidence.get(f"{name}.{place}", ())
            after = bool(own) and since is not None and min(own) >= since
            later = place >= line if name == field else after
            parts[later].setdefault(name, []).append((text, own))
    own = record.evidence.get("follow_up", ())
    follows = field == "follow_up" or (bool(own) and since is not None and min(own) >= since)
    return (
        _made(record, parts[0], record.category, None if follows else record.follow_up),
        _made(record, parts[1], category, record.follow_up if follows else None),
    )


def joined(first: CallRecord, second: CallRecord) -> CallRecord:
    """Return two records as one: the lines of both, the first's category where it has one."""
    lines: dict[str, list[tuple[str, tuple[int, ...]]]] = {}
    for record in (first, second):
        for name in LISTS:
            for place, text in enumerate(getattr(record, name)):
                pair = (text, record.evidence.get(f"{name}.{place}", ()))
                if pair not in lines.setdefault(name, []):
                    lines[name].append(pair)
    base = first if first.category else second
    follow_up = " / ".join(dict.fromkeys(filter(None, (first.follow_up, second.follow_up)))) or None
    both = _made(base, lines, base.category, follow_up)
    turns = tuple(sorted({*first.evidence.get("follow_up", ()), *second.evidence.get("follow_up", ())}))
    evidence = {key: own for key, own in both.evidence.items() if key != "follow_up"}
    if follow_up and turns:
        evidence["follow_up"] = turns
    return replace(both, evidence=evidence)


def _made(
    base: CallRecord, lines: dict[str, list[tuple[str, tuple[int, ...]]]], category: str, follow_up: str | None
) -> CallRecord:
    evidence = {f"{name}.{n}": own for name in LISTS for n, (_, own) in enumerate(lines.get(name, ())) if own}
    same = category == base.category
    if same and "category" in base.evidence:
        evidence["category"] = base.evidence["category"]
    if follow_up and "follow_up" in base.evidence:
        evidence["follow_up"] = base.evidence["follow_up"]
    texts = {name: tuple(text for text, _ in lines.get(name, ())) for name in LISTS}
    return CallRecord(
        category=category,
        subcategory=base.subcategory if same else None,
        follow_up=follow_up,
        evidence=evidence,
        **texts,
    )
