"""What the first start asks of the program: a trial of the devices, knowledge, how fast models are, what is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from audio.model import Channel, DeviceChoice, DeviceHealth, Levels


@dataclass(frozen=True, slots=True)
class Heard:
    """What one side of a trial came to."""

    channel: Channel
    loudest_db: float
    """Loudest tenth of a second, dBFS; -90 for silence."""
    text: str = ""
    """What was recognised; empty where nothing was said or nothing could be recognised."""


class SoundTrial(Protocol):
    """A few seconds from the chosen devices, in memory only. Main thread and cheap where nothing else is said."""

    def levels(self) -> Sequence[Levels]:
        """Return the latest levels, one a channel."""
        ...

    def health(self) -> dict[str, DeviceHealth]:
        """Return the state of each channel by its name."""
        ...

    def fault(self) -> str:
        """Return the sentence of what went wrong, or empty."""
        ...

    def left_s(self) -> float:
        """Return the seconds still to be recorded; 0 when it is done."""
        ...

    def heard(self) -> Sequence[Heard]:
        """Recognise both sides. Worker thread. Raises Fault."""
        ...

    def play(self, channel: Channel) -> None:
        """Play one side to the counsellor. Worker thread. Raises Fault."""
        ...

    def end(self) -> None:
        """Close the devices; the sound stays. Worker thread."""
        ...

    def close(self) -> None:
        """Close the devices and forget the sound. Worker thread."""
        ...


@dataclass(frozen=True, slots=True)
class ModelMeasured:
    """How fast one speech model is on this PC."""

    name: str
    mb: int
    per_second_s: float
    """Seconds it takes to recognise one second of speech."""
    delay_s: float
    """End of speech to text that 95 of 100 utterances hold in a busy call."""
    holds: bool
    """Whether a call is followed with room to spare."""


@dataclass(frozen=True, slots=True)
class ModelAdvice:
    """Which model suits this PC, and why."""

    measured: tuple[ModelMeasured, ...] = ()
    name: str = ""
    """The model to take; empty where none could be measured."""
    holds: bool = False
    """Whether it holds the target; else it is only the fastest."""
    chosen: str = ""
    """The model that the settings name now."""
    larger: str = ""
    """A larger one that may hold too but is not installed."""
    busy: bool = False
    """Whether other programs kept the PC busy, so that it seemed slower than it is."""


@dataclass(frozen=True, slots=True)
class Privacy:
    """What is kept here and what leaves, as the settings have it."""

    place: str
    """Folder of everything."""
    in_keyring: bool
    """Whether the key lies in the system's keyring; else in a file."""
    kept: tuple[tuple[str, int], ...]
    """Name of a kind of record and its days."""
    with_shift: bool
    """All of a call goes when the shift ends."""
    basis: str
    """Who decided the periods; empty for the program's own."""
    leaves: tuple[str, ...]
    """Sentences: what leaves this PC, when and where to; empty where nothing does."""


class FirstStartDesk(Protocol):
    """Answers the first start. Worker threads, through jobs, unless noted."""

    def try_sound(self, choice: DeviceChoice) -> SoundTrial:
        """Open the devices and record a few seconds; returns at once."""
        ...

    def import_knowledge(self, file: Path, progress: Callable[[float], None]) -> str:
        """Bring a file of entries in; returns the sentence of what came of it. Raises Fault."""
        ...

    def look_for_release(self) -> None:
        """Look at the release address now. Cheap; main thread allowed."""
        ...

    def models(self) -> Sequence[str]:
        """Return the names of the speech models that are installed. Cheap; main thread allowed."""
        ...

    def measure(self, progress: Callable[[str], None]) -> ModelAdvice:
        """Time the installed speech models one after the other; ``progress`` gets the name of each. Raises Fault.

        A minute or so. :meth:`stop` ends it early.
        """
        ...

    def stop(self) -> None:
        """Let a measurement end soon: the PC is needed. Any thread, cheap."""
        ...

    def privacy(self) -> Privacy:
        """Return what is kept and what leaves. Cheap; main thread allowed."""
        ...
