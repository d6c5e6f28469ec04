"""What the page *then and now* asks of the program: a call run again with today's parts, compared line by line.

``app`` fills it; tests fake it. Seconds count from sample 0 of the call.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class ComparedPart(StrEnum):
    """What of a call is compared."""

    TEXT = "text"
    CARD = "card"
    LABEL = "label"
    NUMBER = "number"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing of the call, as it was and as it would be. An empty side: it was not there, or is no longer."""

    part: ComparedPart
    at_s: float
    """Where in the call; of the draft, when it was made."""
    then: tuple[str, ...]
    """Text: what was shown. Card: ``title`` and ``passage`` in turn. Label: ``profanity:2``, ``crisis.suicide:3``,
    ``behaviour.long``. Number: its display. Draft: the lines of one field."""
    now: tuple[str, ...]
    same: bool
    channel: str = ""
    """Who spoke: ``agent`` or ``caller``; empty where nobody is meant."""
    field: str = ""
    """Draft: ``0.inquiry`` and so on, the first number that of the record. Number: its kind."""
    then_ids: tuple[str, ...] = ()
    """Card: ids of the entries."""
    now_ids: tuple[str, ...] = ()
    words_alone: str = ""
    """Card: ``then`` or ``now`` where only then or only now the model of meaning did not answer, so that words alone
    were searched; empty where it was alike."""
    kept: bool = False
    """Text: its sound is missing, so *now* is the text that was stored, its numbers shown by today's rules."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What *now* stands on."""

    model: str
    """Speech model that heard the sound again; empty: the stored text was taken."""
    why_stored: str
    """Why the stored text was taken: ``asked``, ``no_sound``, ``no_model``; empty where it was not."""
    generation: int
    """Generation of the knowledge DB."""
    release: int
    """Number of its release; 0 where it is none."""
    knowledge: str
    """File it was built from; ``sample`` for the shipped example."""
    origin: str
    """``sample``, ``local`` or ``release``."""
    by_meaning: bool
    """Whether entries were searched by meaning too."""


@dataclass(frozen=True, slots=True)
class ThenNow:
    """A call as it was beside the call as it would be: by time, the draft last."""

    rows: tuple[Compared, ...]
    basis: Basis
    notes: tuple[str, ...] = ()
    """Sentences on what the run could not do as it should, e.g. hear sound that is missing."""

    @property
    def differing(self) -> int:
        """How many things differ."""
        return sum(not row.same for row in self.rows)


class ThenNowServices(Protocol):
    """Runs one open call again. :meth:`run` on a worker thread through a :class:`ui.jobs.Job`; the rest is cheap."""

    @property
    def has_sound(self) -> bool:
        """Whether there is sound to hear again."""
        ...

    def models(self) -> Sequence[str]:
        """Return the installed speech models by name, the one in use first."""
        ...

    def run(self, model: str, progress: Callable[[float], None]) -> ThenNow:
        """Run it again and compare.

        Args:
            model: Speech model that hears the sound again; empty: from the stored text.
            progress: Told the part done, 0 to 1, on the worker thread.

        Raises:
            resources.notices.Fault: It cannot be run, or was stopped.
        """
        ...

    def stop(self) -> None:
        """Give up what runs; it ends soon with a fault."""
        ...

    def close(self) -> None:
        """Stop and let go of everything."""
        ...
