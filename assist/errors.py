"""Faults of the assist side.

Fault
└── AssistFault
└── TurnsRejected   turns that cannot be summarised
"""

from __future__ import annotations

from resources.notices import Fault


class AssistFault(Fault):
    """Base of the package's faults."""


class TurnsRejected(AssistFault):
    """A turns file is not what ``doumi summarize`` reads."""
