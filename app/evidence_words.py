"""What the check of a pack gave, in sentences and as plain values."""

from __future__ import annotations

from typing import Any

from app.evidence_check import Checked, Signature
from resources.notices import sentence


def told(checked: Checked, listed: bool) -> list[str]:
    """Return a line a file, what the signature says and, where it was set in the call, the clock.

    Args:
        checked: The check.
        listed: Whether a list of desks was given.
    """
    ways = (("changed", checked.changed), ("missing", checked.missing), ("added", checked.added))
    marks = {name: sentence(f"evidence.{way}") for way, names in ways for name in names}
    lines = [
        f"≠ {name} ({marks[name]})" if name in marks else f"= {name}"
        for name in sorted({*checked.parts, *checked.missing})
    ]
    return [*lines, signature(checked, listed), *clock(checked)]


def signature(checked: Checked, listed: bool) -> str:
    """Return what the signature says, one sentence."""
    match checked.signature:
        case Signature.VALID:
            return sentence("evidence.proven", desk=checked.desk)
        case Signature.UNKNOWN_DESK:
            return sentence("evidence.unlisted" if listed else "evidence.unchecked_desk", desk=checked.desk)
        case Signature.INVALID:
            return sentence("evidence.invalid")
    return sentence("evidence.missing_signature")


def clock(checked: Checked) -> list[str]:
    """Return the sentence of a clock that was set in the call, if it was."""
    facts = checked.manifest.get("clock")
    if not isinstance(facts, dict) or not facts.get("was_set"):
        return []
    return [sentence("evidence.clock_set", seconds=facts.get("difference_s", "?"))]


def values(checked: Checked, whole: bool) -> dict[str, Any]:
    """Return the check as plain values for JSON."""
    pack, call = (checked.manifest.get(name) for name in ("pack", "call"))
    pack, call = pack if isinstance(pack, dict) else {}, call if isinstance(call, dict) else {}
    return {
        "whole": whole,
        "signature": checked.signature.value,
        "desk": checked.desk,
        "changed": list(checked.changed),
        "missing": list(checked.missing),
        "added": list(checked.added),
        "pack": pack.get("id", ""),
        "incident": pack.get("incident", ""),
        "kind": pack.get("kind", ""),
        "call": call.get("id", ""),
        "clock": checked.manifest.get("clock", {}),
    }
