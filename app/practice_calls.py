"""The written practice calls that ship with the program.

Each is one JSON file under ``resources/practice``: a dialogue as a recogniser would have written it, with times.
They hold invented people only. Nothing here plays them: see :mod:`app.practice`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from app.errors import AppFault
from audio.model import Channel
from kb.whole_file import take
from resources import path
from ui.ports import PracticeRow

KINDS: Final = ("normal", "two_inquiries", "callback", "not_in_db", "rambling", "angry", "abuse", "crisis")
"""Kinds from the simplest call to the hardest; also the order in which they are offered."""

FIRST: Final = "parking-report"
"""The call to begin with, and the one played where no name is asked for."""

MAX_OVERLAP_S: Final = 0.5
"""Seconds by which a turn may begin before the turn ahead of it has ended."""


class PracticeFault(AppFault):
    """Base of the faults of practice calls."""


class PracticeUnknown(PracticeFault):
    """No practice call has that name."""


class PracticeDamaged(PracticeFault):
    """A practice call of this installation cannot be read."""


@dataclass(frozen=True, slots=True)
class PracticeTurn:
    """One turn of a practice call."""

    speaker: Channel
    start: float
    """Seconds from the beginning of the call."""
    end: float
    text: str
    """As a recogniser would write it. NFC, one line, never empty."""


@dataclass(frozen=True, slots=True)
class PracticeCall:
    """One written call, turns in order of their start."""

    name: str
    title: str
    kind: str
    """One of :data:`KINDS`."""
    turns: tuple[PracticeTurn, ...]

    @property
    def seconds(self) -> float:
        """Length of the call in seconds."""
        return max(turn.end for turn in self.turns)


_Text = Annotated[str, Field(min_length=1)]
_Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class _TurnFile(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    speaker: Channel
    start: _Seconds
    end: _Seconds
    text: _Text


class _CallFile(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    title: _Text
    kind: str
    turns: Annotated[list[_TurnFile], Field(min_length=1)]

    @model_validator(mode="after")
    def _well_formed(self) -> _CallFile:
        if self.kind not in KINDS:
            raise ValueError("unknown kind")
        for text in (self.title, *(turn.text for turn in self.turns)):
            if text != text.strip() or re.search(r"[\r\n\t]", text) or not unicodedata.is_normalized("NFC", text):
                raise ValueError("text must be one trimmed NFC line")
        if any(turn.end <= turn.start for turn in self.turns):
            raise ValueError("a turn must end after it starts")
        for ahead, turn in zip(self.turns, self.turns[1:], strict=False):
            if turn.start < ahead.start or turn.start < ahead.end - MAX_OVERLAP_S:
                raise ValueError("turns must be in order and overlap little")
        return self


def _read(file: Path) -> PracticeCall:
    try:
        parsed = _CallFile.model_validate_json(take(file))
    except (OSError, ValidationError) as fault:
        raise PracticeDamaged("call.practice_damaged", file=file.name) from fault
    if parsed.name != file.stem:
        raise PracticeDamaged("call.practice_damaged", file=file.name)
    turns = tuple(PracticeTurn(turn.speaker, turn.start, turn.end, turn.text) for turn in parsed.turns)
    return PracticeCall(parsed.name, parsed.title, parsed.kind, turns)


def load(folder: Path | None = None) -> tuple[PracticeCall, ...]:
    """Return the practice calls, :data:`FIRST` first, then by kind from simple to hard, then by name.

    Args:
        folder: Where the files are; the shipped ones when None.

    Raises:
        PracticeDamaged: A file is not what it should be, or there is none.
    """
    try:
        home = path("practice") if folder is None else folder
    except FileNotFoundError as fault:
        raise PracticeDamaged("call.practice_damaged", file="practice") from fault
    calls = [_read(file) for file in sorted(home.glob("*.json"))]
    if not calls:
        raise PracticeDamaged("call.practice_damaged", file=home.name)
    return tuple(sorted(calls, key=lambda call: (call.name != FIRST, KINDS.index(call.kind), call.name)))


def by_name(name: str) -> PracticeCall:
    """Return one shipped practice call.

    Raises:
        PracticeUnknown: No such call; its ``names`` are the ones there are.
        PracticeDamaged: A file is not what it should be.
    """
    calls = load()
    for call in calls:
        if call.name == unicodedata.normalize("NFC", name).strip():
            return call
    raise PracticeUnknown("call.practice_unknown", names=", ".join(call.name for call in calls))


def rows(calls: Sequence[PracticeCall] | None = None) -> tuple[PracticeRow, ...]:
    """Return the calls as the windows list them, in the order of :func:`load`."""
    offered = load() if calls is None else calls
    return tuple(PracticeRow(call.name, call.title, call.kind, call.seconds) for call in offered)
