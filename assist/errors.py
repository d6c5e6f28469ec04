"""Faults of the assist side.

Fault
└── AssistFault
├── TurnsRejected   turns that cannot be summarised
├── ScriptsFault    a centre's own sentences that cannot be used
├── RubricRefused   a rubric file that cannot be used
├── RatingRefused   a rating that breaks its rubric
└── PlanRefused     a sampling plan that cannot be drawn
"""

from __future__ import annotations

from resources.notices import Fault


class AssistFault(Fault):
    """Base of the package's faults."""


class TurnsRejected(AssistFault):
    """A turns file is not what ``doumi summarize`` reads."""


class ScriptsFault(AssistFault):
    """A centre's file of sentences cannot be used; the program's own are."""


class RubricRefused(AssistFault):
    """A rubric file cannot be used; the others are."""


class RatingRefused(AssistFault):
    """A rating does not fit its rubric, or is not complete; nothing is kept."""


class PlanRefused(AssistFault):
    """A sampling plan contradicts itself; nothing is drawn."""
