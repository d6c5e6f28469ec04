"""What the scorecard reads of a call, and which sentence of its own still holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assist.review.model import Observation, Rubric
from ui.qa.ports import RatingRow, RatingServices
from ui.qa.rating_draft import RatingDraft
from ui.replay.ports import ReplayCall


@dataclass(frozen=True, slots=True)
class Look:
    """What there is of this call."""

    rubrics: Sequence[Rubric]
    faults: Sequence[str]
    rows: Sequence[RatingRow]
    observations: Sequence[Observation]


def read_look(ask: RatingServices, call: ReplayCall, header: str) -> Look:
    """Read rubrics, ratings and what the program found. Any thread; raises Fault."""
    return Look(ask.rubrics(), ask.rubric_faults(), ask.of_call(header), ask.observations(call))


class Complaint:
    """Remembers what was refused last, so that its sentence goes once it holds no longer. Main thread."""

    def __init__(self, over: Callable[[], object]) -> None:
        """Remember nothing; ``over`` is called when what was refused last is mended, or was done after all."""
        self._over = over
        self._of = ""
        self._open: frozenset[str] = frozenset()

    def put(self, of: str, draft: RatingDraft | None) -> None:
        """Remember a refusal: of what, and what was open in the draft then."""
        self._of, self._open = of, _open_of(draft)

    def done(self, of: str) -> None:
        """Take it back where this was refused and is done now."""
        if self._of == of:
            self.clear()

    def changed(self, draft: RatingDraft | None) -> None:
        """Take back what was refused for something open, where that is open no longer."""
        if self._open - _open_of(draft):
            self.clear()

    def clear(self) -> None:
        """Take back whatever was refused: time went over it."""
        if self._of:
            self._of, self._open = "", frozenset()
            self._over()


def _open_of(draft: RatingDraft | None) -> frozenset[str]:
    return frozenset(row for row in draft.rows if draft.is_open(row)) if draft is not None else frozenset()
