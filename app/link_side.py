"""Builds what lets this user's system hand ``doumi:`` links to this program."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from app.adapters import link_bundle, link_desktop, link_registry


class LinkState(StrEnum):
    """Who follows ``doumi:`` links; each is a sentence ``links.…``."""

    OURS = "ours"
    OTHER = "other"
    """Another program, or a copy of this one elsewhere."""
    NOBODY = "nobody"


class LinkRegistrar(Protocol):
    """The system's table of link handlers, this user's part of it."""

    def register(self, command: Sequence[str]) -> None:
        """Let links be followed by ``command`` with the link as its last argument. Raises StartFault."""
        ...

    def unregister(self) -> None:
        """Take back what :meth:`register` did; nothing where it did nothing. Raises StartFault."""
        ...

    def follows(self, command: Sequence[str]) -> bool | None:
        """Return whether links go to ``command``; None where they go nowhere."""
        ...


class Links:
    """Links of this user. One thread."""

    def __init__(self, system: LinkRegistrar) -> None:
        self._system = system

    def register(self, command: Sequence[str]) -> None:
        """See :class:`LinkRegistrar`."""
        self._system.register(command)

    def unregister(self) -> None:
        """See :class:`LinkRegistrar`."""
        self._system.unregister()

    def state(self, command: Sequence[str]) -> LinkState:
        """Return who follows links."""
        follows = self._system.follows(command)
        return LinkState.NOBODY if follows is None else LinkState.OURS if follows else LinkState.OTHER


def registrar() -> Links:
    """Return the table of this system."""
    if sys.platform == "win32":
        return Links(link_registry.UserClasses())
    if sys.platform == "darwin":
        return Links(link_bundle.Bundle())
    return Links(link_desktop.DesktopEntries())


def program() -> tuple[str, ...]:
    """Return how this program is started."""
    if getattr(sys, "frozen", False):
        quiet = Path(sys.executable).with_name("doumi-desk.exe")  # no console flashes up
        return (str(quiet) if sys.platform == "win32" and quiet.exists() else sys.executable,)
    found = shutil.which("doumi", path=str(Path(sys.executable).parent))
    return (found,) if found else (sys.executable, "-m", "app")
