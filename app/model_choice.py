"""Which speech models are here and how fast each is: for ``doumi models bench`` and the first start."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from app import model_bench
from app.catalogue import ModelKind
from app.engine import Engine
from app.home import Home
from app.model_bench import Result
from app.model_store import SITE_FILES, ModelStore
from app.models import model_store
from app.speech import model_folder, speech_engine
from audio.speech_settings import SpeechSettings

BUSY_PERCENT: Final = 25.0
"""Load by others above which times mean little."""


def installed(store: ModelStore, folder: Path) -> list[str]:
    """Return the names of what is installed: of the catalogue, and folders a site put beside them."""
    known = [entry.name for entry in store.entries]
    here = [entry for entry in store.entries if entry.kind is ModelKind.SPEECH and store.installed(entry.name)]
    found = list(dict.fromkeys(entry.stands_in_for or entry.name for entry in here))
    for own in sorted(folder.iterdir()) if folder.is_dir() else ():
        if own.name not in known and all((own / file).is_file() for file in SITE_FILES[ModelKind.SPEECH]):
            found.append(own.name)
    return found


def time_model(home: Home, name: str, begun: Callable[[Engine], None] = lambda _engine: None) -> Result:
    """Load and time one model in a speech process of its own; ``begun`` gets the process, to end it early.

    Raises:
        Fault: It cannot be used, or its process was ended.
    """
    settings = SpeechSettings(model=name)
    folder = model_folder(home, name)
    site = all(entry.name != folder.name for entry in model_store(home).entries)
    size = (folder / "model.bin").stat().st_size
    engine = speech_engine(home, settings)
    begun(engine)
    started = time.monotonic()
    try:
        engine.start()
        engine.wait_ready()
        loaded = time.monotonic() - started
        return model_bench.judge(model_bench.measure(engine, name, size, loaded, settings, site), settings)
    finally:
        engine.close()


def next_larger(store: ModelStore, best: Result) -> str:
    """Return the next larger model of the catalogue where it is not installed; empty where there is none."""
    larger = [one for one in store.entries if one.kind is ModelKind.SPEECH and one.size > 1.2 * best.timing.size]
    found = min(larger, key=lambda one: one.size, default=None)
    return found.name if found and not store.installed(found.name) else ""
