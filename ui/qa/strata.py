"""Strata of a sample in words, in the windows and on the command line. No Qt."""

from __future__ import annotations

import re

from resources.notices import sentence


def stratum(group: str) -> str:
    """Return the stratum of a drawn call (``09h/교통/3-6m``) as a person reads it; what is unknown stays as it is."""
    return " · ".join(_part(part) for part in group.split("/"))


def _part(part: str) -> str:
    if hour := re.fullmatch(r"(\d\d)h", part):
        return sentence("qa.stratum_hour", hour=hour[1])
    if span := re.fullmatch(r"(\d+)-(\d+)m", part):
        return sentence("qa.stratum_length", least=span[1], most=span[2])
    if least := re.fullmatch(r"(\d+)m-", part):
        return sentence("qa.stratum_longest", least=least[1])
    return sentence("qa.stratum_no_field") if part == "-" else part
