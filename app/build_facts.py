"""Version of the program, and what ``make dist`` wrote down about the build that runs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Final

from resources import path

FILE: Final = "build.json"
"""In ``resources`` of a build by ``make dist``: ``{"commit": "0123abc", "built": "2026-11-22"}``."""


@dataclass(frozen=True, slots=True)
class Build:
    """Where the running program came from; empty where it runs from its source."""

    commit: str = ""
    built: str = ""


@cache
def build() -> Build:
    """Return what ``make dist`` wrote down."""
    try:
        facts = json.loads(path(FILE).read_text(encoding="utf-8"))
        return Build(str(facts.get("commit", ""))[:40], str(facts.get("built", ""))[:10])
    except (OSError, ValueError, AttributeError):
        return Build()


def version_line() -> str:
    """Return what ``doumi --version`` prints, e.g. ``doumi 0.1.0 (0123abc, 2026-11-22)``."""
    found = [one for one in (build().commit, build().built) if one]
    return f"doumi {version('doumi')}" + (f" ({', '.join(found)})" if found else "")
