"""Automatic evidence (자동 근거): what the program finds in a call and offers to a rater beside each item.

Found things are shown, never turned into points: nothing here gives, suggests or orders scores. What each finder misses
stands in its module; how often, in ``docs/adr/0019-evidence-not-scores.md``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from assist.review.model import Item, Observation
from assist.review.observe_answers import against_entries
from assist.review.observe_calls import heard_call
from assist.review.observe_manners import closing, greeting, identification, waits
from assist.review.observe_timing import interruptions, silences, speaking_share
from audio.events import CallEvent


def observe(events: Sequence[CallEvent], entries: Mapping[str, str] = MappingProxyType({})) -> tuple[Observation, ...]:
    """Return the automatic evidence of a call.

    Pure and deterministic: the same events give the same observations with the same ids.

    Args:
        events: The stored events of the call, finals with their words where there are any.
        entries: Texts by article id of knowledge entries that were used but never came up by themselves; the log has
            the text of those that did, as it stood then.

    Returns:
        By kind as the issue lists them, then by time. Text in them is as said: mask it before it leaves the desk.
    """
    call = heard_call(events)
    found = [
        *greeting(call), *identification(call), *waits(call), *closing(call), *interruptions(call), *silences(call),
        *speaking_share(call), *against_entries(call, events, entries),
    ]  # fmt: skip
    numbered: Counter[str] = Counter()
    out = []
    for observation in found:
        numbered[observation.kind] += 1
        out.append(replace(observation, id=f"{observation.kind}.{numbered[observation.kind]}"))
    return tuple(out)


def offered(item: Item, observations: Sequence[Observation]) -> tuple[Observation, ...]:
    """Return the observations that an item of a rubric asks for, in their order."""
    return tuple(one for one in observations if one.kind in item.observations)
