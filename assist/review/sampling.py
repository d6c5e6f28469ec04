"""Draws calls for quality assurance: the same plan over the same headers draws the same calls, anywhere, always.

No random generator is used: chance comes from SHA-256 over the seed and the header ids, so neither the order of the
headers nor the platform nor the version of a library matters.

Plainly random: a counsellor's calls in the order of their hashes, the first n. Stratified: the counsellor's calls are
put in order by stratum, within one by hash, and every (N/n)-th is drawn from a start by chance (systematic sampling
with implicit strata; W. G. Cochran, Sampling Techniques, 3rd ed. 1977, chapter 8). Each call has the same chance n/N,
and every stratum, and every group of the strata named first, gets its share of n rounded down or up.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final

from assist.errors import PlanRefused
from assist.model import CATEGORIES
from assist.review.model import CallHeader, Draw, DrawnCall, SamplingPlan, Stratum

LENGTHS: Final = (60, 180, 360, 600, 1200)
"""Upper ends of the bands of length, seconds; the last band is open."""
_UNKNOWN: Final = "-"
_START_BITS: Final = 64


def draw(headers: Iterable[CallHeader], plan: SamplingPlan) -> Draw:
    """Draw calls by a plan.

    Args:
        headers: What is known of calls, in any order; repeated ids count once, unreadable times not at all.
        plan: Which calls, how many a counsellor.

    Returns:
        The drawn calls and a fingerprint of what they were drawn from.

    Raises:
        PlanRefused: The plan contradicts itself.
    """
    check_plan(plan)
    population = _population(headers, plan)
    by_counsellor: dict[str, list[CallHeader]] = {code: [] for code in plan.counsellors}
    for header in population:
        by_counsellor.setdefault(header.counsellor, []).append(header)
    drawn: list[DrawnCall] = []
    short: list[tuple[str, int]] = []
    for counsellor in sorted(by_counsellor):
        calls = by_counsellor[counsellor]
        chosen = _chosen(calls, plan, counsellor)
        drawn += [DrawnCall(header.id, counsellor, stratum_of(header, plan.strata)) for header in chosen]
        if len(calls) < plan.per_counsellor:
            short.append((counsellor, len(calls)))
    return Draw(
        plan=plan,
        calls=tuple(sorted(drawn, key=lambda call: (call.counsellor, call.header))),
        population=len(population),
        fingerprint=_sha256("\n".join(sorted(header.id for header in population))).hex(),
        short=tuple(short),
    )


def check_plan(plan: SamplingPlan) -> None:
    """Check a plan by itself.

    Raises:
        PlanRefused: Days that are none or run backwards, no calls wanted, or lengths that exclude each other.
    """
    try:
        first, last = date.fromisoformat(plan.first), date.fromisoformat(plan.last)
    except ValueError:
        raise PlanRefused("qa.plan_days") from None
    if first > last:
        raise PlanRefused("qa.plan_days")
    if plan.per_counsellor < 1:
        raise PlanRefused("qa.plan_count")
    if min(plan.shortest_s, plan.longest_s) < 0 or 0 < plan.longest_s < plan.shortest_s:
        raise PlanRefused("qa.plan_length")
    if set(plan.must) & set(plan.without):
        raise PlanRefused("qa.plan_flags")


def stratum_of(header: CallHeader, strata: Sequence[Stratum]) -> str:
    """Return the stratum of a call in words, e.g. ``09h/교통/3-6m``; empty for no strata."""
    return "/".join(_word(header, stratum) for stratum in strata)


def _word(header: CallHeader, stratum: Stratum) -> str:
    match stratum:
        case Stratum.HOUR:
            return f"{datetime.fromisoformat(header.started_at).hour:02d}h"
        case Stratum.FIELD:
            return header.category or _UNKNOWN
        case Stratum.LENGTH:
            minutes = [0, *(end // 60 for end in LENGTHS)]
            band = _band(header.duration_s)
            return f"{minutes[band]}-{minutes[band + 1]}m" if band < len(LENGTHS) else f"{minutes[band]}m-"


def _place(header: CallHeader, stratum: Stratum) -> tuple[int, str]:
    """Return the place of a call in a stratum: hours by the clock, fields as the city lists them, lengths upwards."""
    match stratum:
        case Stratum.HOUR:
            return datetime.fromisoformat(header.started_at).hour, ""
        case Stratum.FIELD:
            known = header.category in CATEGORIES
            return (CATEGORIES.index(header.category), "") if known else (len(CATEGORIES), header.category)
        case Stratum.LENGTH:
            return _band(header.duration_s), ""


def _band(duration_s: int) -> int:
    return sum(duration_s >= end for end in LENGTHS)


def _population(headers: Iterable[CallHeader], plan: SamplingPlan) -> list[CallHeader]:
    by_id: dict[str, list[CallHeader]] = defaultdict(list)
    for header in headers:
        if _fits(header, plan):
            by_id[header.id].append(header)
    # Two headers with one id cannot both be true; which one counts must not hang on the order they came in.
    return [min(same, key=repr) for _, same in sorted(by_id.items())]


def _fits(header: CallHeader, plan: SamplingPlan) -> bool:
    try:
        day = datetime.fromisoformat(header.started_at).date()
    except ValueError:
        return False
    flags = set(header.flags)
    return (
        date.fromisoformat(plan.first) <= day <= date.fromisoformat(plan.last)
        and header.duration_s >= plan.shortest_s
        and (not plan.longest_s or header.duration_s <= plan.longest_s)
        and (not plan.counsellors or header.counsellor in plan.counsellors)
        and (not plan.must or bool(flags & set(plan.must)))
        and not flags & set(plan.without)
    )


def _chosen(calls: Sequence[CallHeader], plan: SamplingPlan, counsellor: str) -> list[CallHeader]:
    wanted = min(plan.per_counsellor, len(calls))
    if not wanted:
        return []
    by_chance = sorted(calls, key=lambda header: (_sha256(f"{plan.seed}\0call\0{header.id}"), header.id))
    if not plan.strata:
        return by_chance[:wanted]
    in_order = sorted(by_chance, key=lambda header: tuple(_place(header, stratum) for stratum in plan.strata))
    start = int.from_bytes(_sha256(f"{plan.seed}\0start\0{counsellor}")[: _START_BITS // 8])
    whole = wanted << _START_BITS
    return [in_order[((step << _START_BITS) + start) * len(in_order) // whole] for step in range(wanted)]


def _sha256(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
