"""Faults of the assist side.

Fault
└── AssistFault
├── TurnsRejected   turns that cannot be summarised
└── ScriptsFault    a centre's own sentences that cannot be used
"""

from __future__ import annotations

from resources.notices import Fault


class AssistFault(Fault):
    """Base of the package's faults."""


class TurnsRejected(AssistFault):
    """A turns file is not what ``doumi summarize`` reads."""


class ScriptsFault(AssistFault):
    """A centre's file of sentences cannot be used; the program's own are."""
