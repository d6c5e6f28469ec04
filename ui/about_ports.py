"""What the window "About" shows. ``app.about`` fills it; tests fake it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ModelInUse:
    """One model of this PC."""

    name: str
    purpose: str
    """``speech`` or ``encoder``."""
    licence: str
    """Empty for a folder the site brought."""
    revision: str
    """What fixes its bytes: the source's revision, else the start of the SHA-256 of its largest file."""
    source: str = ""


@dataclass(frozen=True, slots=True)
class LicenceRow:
    """One package, typeface or other part inside the program."""

    name: str
    version: str
    licence: str


@dataclass(frozen=True, slots=True)
class About:
    """Version and parts of the running program."""

    version: str
    commit: str = ""
    """Short; empty where it was not built by ``make dist``."""
    built: str = ""
    """Date of the build, ISO; empty as above."""
    python: str = ""
    pyside: str = ""
    system: str = ""
    portable: str = ""
    """Folder of a portable desk; empty: installed."""
    models: tuple[ModelInUse, ...] = ()
    parts: tuple[LicenceRow, ...] = ()


class AboutDesk(Protocol):
    """Reads files: called on worker threads."""

    def about(self) -> About:
        """Return what the program is and is made of."""
        ...

    def licence_text(self, name: str) -> str:
        """Return the licence texts of one part of :attr:`About.parts`; empty name: of the program itself."""
        ...
