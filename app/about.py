"""Version, build and parts of the running program."""

from __future__ import annotations

import platform
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from app import catalogue, licences, portable
from app.build_facts import build
from app.catalogue import HubSource, ModelEntry, ModelKind
from app.settings import ModelSettings
from resources import path
from ui.about_ports import About, LicenceRow, ModelInUse

_SHOWN: Final = 12
"""Characters of a revision or digest that are shown."""


class AboutProgram:
    """Fills :class:`ui.about_ports.AboutDesk`. Thread: any."""

    def __init__(self, models: Callable[[], ModelSettings]) -> None:
        """``models`` returns those of the settings as they are now."""
        self._models = models

    def about(self) -> About:
        """See :class:`ui.about_ports.AboutDesk`."""
        parts = (*licences.other_parts(), *licences.packages())
        return About(
            version=version("doumi"),
            commit=build().commit,
            built=build().built,
            python=platform.python_version(),
            pyside=_version("PySide6-Essentials"),
            system=platform.platform(terse=True),
            portable=str(portable.folder() or ""),
            models=self._in_use(),
            parts=tuple(LicenceRow(part.name, part.version, part.licence) for part in parts),
        )

    def licence_text(self, name: str) -> str:
        """See :class:`ui.about_ports.AboutDesk`."""
        return licences.text_of(name) if name else path("licences/Apache-2.0.txt").read_text(encoding="utf-8")

    def _in_use(self) -> tuple[ModelInUse, ...]:
        chosen = self._models()
        known = {entry.name: entry for entry in catalogue.load()}
        found = []
        for name, kind in ((chosen.speech, ModelKind.SPEECH), (chosen.encoder, ModelKind.ENCODER)):
            entry = known.get(name)
            if entry is None:
                found.append(ModelInUse(Path(name).name, kind.value, "", ""))
                continue
            found.append(ModelInUse(name, kind.value, entry.licence, *revision(entry)))
        return tuple(found)


def revision(entry: ModelEntry) -> tuple[str, str]:
    """Return what fixes a catalogue model's bytes (a hub revision, else a digest), and whose it is."""
    for source in entry.source:
        if isinstance(source, HubSource):
            return source.revision[:_SHOWN], source.repository
    largest = max(entry.file, key=lambda file: file.size)
    return f"sha256 {largest.sha256[:_SHOWN]}", largest.path


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
