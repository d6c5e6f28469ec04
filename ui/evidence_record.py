"""What the printed record of an evidence pack shows: values that ``app`` fills and :mod:`ui.evidence_print` draws."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One line of the timeline."""

    seconds: float
    """From sample 0."""
    wall: str
    """``HH:MM:SS``."""
    elapsed: str
    """``MM:SS`` from sample 0."""
    who: str
    text: str
    kind: str
    """``turn``, ``label``, ``act``, ``press`` or ``sound``."""


@dataclass(frozen=True, slots=True)
class PartRow:
    """One file of the pack."""

    name: str
    bytes: int
    sha256: str
    """As the manifest states it; of the file itself for manifest, signature and sums."""
    state: str
    """Same, changed, missing or added, in words."""


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    """A whole record; every text is in the language of the print."""

    title: str
    incident_id: str
    facts: tuple[tuple[str, str], ...]
    """Name and value, for the cover."""
    basis: str
    """The law it stands on."""
    verdict: tuple[str, ...]
    """What checking the pack gave."""
    is_untouched: bool
    timeline_title: str
    timeline_head: tuple[str, ...]
    """When, elapsed, who, what."""
    timeline: tuple[TimelineRow, ...]
    parts_title: str
    parts_head: tuple[str, ...]
    """Part, bytes, SHA-256, state."""
    parts: tuple[PartRow, ...]
    how_title: str
    how: tuple[str, ...]
    """How anybody can verify the pack, a step a line."""
    covered: str
    """Says that names and numbers are covered; empty where they are not."""
    page: str
    """Foot of a page, with ``{page}`` and ``{pages}``."""
