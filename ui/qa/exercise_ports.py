"""What the window of exercises asks of the program. ``app`` fills it; tests fake it. No scores, nothing sent anywhere.

Methods touch the disk and are called on a worker thread through a :class:`ui.jobs.Job`, unless they say *cheap*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ExerciseRow:
    """One exercise in the list."""

    id: str
    title: str
    made_at: str
    """ISO 8601 with offset."""
    seconds: float
    """Length of the model case."""
    turns: int
    """Lines of the caller."""
    has_sound: bool
    """Whether the caller is heard; else the words are written."""
    until: str = ""
    """Last day on which it may be handed on, as the package it was made of says (``2026-12-31``); empty: any."""


@dataclass(frozen=True, slots=True)
class ExerciseState:
    """How the running exercise stands."""

    call_id: str = ""
    """Empty: none runs."""
    step: int = 0
    """Lines of the caller begun."""
    steps: int = 0
    waiting: bool = False
    """It is the trainee's turn."""
    listening: bool = False
    """The trainee's microphone is recognised; else answers are typed, or just said."""
    over: bool = False
    """Everything was played: the trainee may end the call."""


@dataclass(frozen=True, slots=True)
class ExerciseTurn:
    """One stretch of the call in which the counsellor spoke: the model case beside the trainee."""

    caller: str
    """What the caller said before; empty at the beginning."""
    model: str
    own: str
    model_wait_s: float | None
    """Seconds from the caller's last word to the answer's first; None where there is no answer or caller before."""
    own_wait_s: float | None
    """None too where the answer was typed: it cannot be told when it would have begun."""


@dataclass(frozen=True, slots=True)
class ExerciseResult:
    """An exercise that was played, beside its model case. For the trainee alone."""

    title: str
    turns: tuple[ExerciseTurn, ...]
    cards: tuple[tuple[str, bool, bool], ...]
    """Title, used in the model case, used by the trainee."""
    record: tuple[tuple[str, str, str], ...]
    """Field (``0.inquiry``), the model's lines, the trainee's."""
    model_s: float
    own_s: float


class ExerciseShelf(Protocol):
    """The exercises of this profile. Filled by :class:`app.qa.exercise_shelf.ExerciseShelf`."""

    def rows(self) -> Sequence[ExerciseRow]:
        """Return the exercises, newest first."""
        ...

    def take(self, file: Path) -> str:
        """Take in an exercise that was sent as a sealed file; returns its title. Raises Fault."""
        ...

    def delete(self, ident: str) -> None:
        """Delete an exercise; the call it was made of stays. Raises Fault."""
        ...


class ExerciseServices(ExerciseShelf, Protocol):
    """Lists, plays and compares exercises. Filled by :class:`app.qa.exercise_desk.ExerciseDesk`."""

    def start(self, ident: str, microphone: bool) -> None:
        """Begin a call of source ``exercise`` on the desk. Raises Fault: a call is open, or the exercise is gone."""
        ...

    def state(self) -> ExerciseState:
        """Return how it stands. Cheap: asked several times a second."""
        ...

    def go_on(self, said: str = "") -> None:
        """The trainee has answered; ``said`` are typed words. Cheap. Nothing where it is not the trainee's turn."""
        ...

    def end(self) -> None:
        """Hang up the exercise. Cheap."""
        ...

    def result(self, call_id: str) -> ExerciseResult:
        """Return a played exercise beside its model case; as long as the program runs. Raises Fault."""
        ...
