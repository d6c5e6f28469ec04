"""Builds the whole desk: the place where the halves meet.

``app.models``, ``app.sound``, ``app.speech``, ``app.knowledge`` and ``app.personal`` build one side each; with this
module they are the only ones that construct adapters.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app import log_setup
from app.bus import EventBus
from app.desk import Desk, DeskParts
from app.desk_memory import DeskMemory
from app.deskbook import Deskbook
from app.engine import Engine
from app.errors import StoreFault
from app.home import Home
from app.kb_sync import KbSync
from app.keys import KeyMode
from app.knowledge import sample_specials, special_file
from app.notice import notice_of
from app.personal import Personal, open_personal, wall_clock
from app.preferences import SettingsPreferences
from app.releases import DeskReleases
from app.retrieval import Retrieval
from app.services import Services
from app.settings import Settings, apply_language, save
from app.settings import load as load_settings
from app.sound import PlayBack
from app.speech import speech_engine
from assist.summarize import summarize
from assist.turns import turns_in
from audio.events import EngineRestarted
from audio.speech_settings import SpeechSettings
from resources.notices import Fault, language, sentence


@dataclass(slots=True)
class OpenDesk:
    """A whole desk, open."""

    control: Desk
    services: Services
    preferences: SettingsPreferences
    bus: EventBus
    language: str
    notices: tuple[str, ...]
    """Sentences to show at the start: recovered calls, a broken settings file, the file-key mode."""
    speech_fault: Fault | None
    """Why there is no recognition, or None."""
    flush: Callable[[], None]
    """Waits until everything so far is saved; raises StoreFault when it cannot be."""
    _close: tuple[Callable[[], None], ...]

    def close(self) -> None:
        """Close everything, upstream first."""
        for step in self._close:
            step()


class _LiveSettings:
    """The settings as they are now, and the one way to change them. Thread-safe."""

    def __init__(self, file: Path, settings: Settings) -> None:
        self._file = file
        self._settings = settings
        self._lock = threading.Lock()

    def now(self) -> Settings:
        """Return the settings."""
        return self._settings

    def change(self, settings: Settings) -> None:
        """Store new settings. Raises SettingsFault."""
        with self._lock:
            save(self._file, settings)
            self._settings = settings


def open_desk(home: Home) -> OpenDesk:
    """Open the desk of ``home``; its instance lock is held by the caller.

    The children start in the background: the desk stands before they are warm.

    Raises:
        KeyFault: The desk key cannot be had.
        StoreFault: The personal database cannot be opened.
    """
    log_setup.start(home.logs)
    loaded = load_settings(home.settings, wall_clock)
    apply_language(loaded.settings)
    live, bus = _LiveSettings(home.settings, loaded.settings), EventBus()
    speech, speech_fault = _speech(home, loaded.settings)
    personal = open_personal(home, live.now, bus.publish, _disk_notices(bus))
    _draft_recovered(personal)
    knowledge = Retrieval(home, loaded.settings.models.encoder, _restarts(bus, "language"))
    if speech is not None:
        speech.start()
    play_back = PlayBack()
    deskbook = Deskbook(knowledge, DeskMemory(personal.store), special_file(home), sample_specials(), wall_clock)
    deskbook.warm()
    parts = DeskParts(home, live.now, bus, personal, knowledge, speech, play_back, wall_clock, deskbook)
    control = Desk(parts)
    services = Services(home, live.now, live.change, personal, knowledge, speech is not None, deskbook)
    notices = [sentence(loaded.notice, path=str(loaded.backup or home.settings))] if loaded.notice else []
    if personal.recovered:
        notices.append(sentence("call.recovered", count=len(personal.recovered)))
    if personal.key.mode is KeyMode.FILE:
        notices.append(sentence("call.key_file", path=str(home.file_key)))
    if speech_fault is not None:
        notices.append(str(speech_fault))
    kb_sync = _kb_sync(home, live.now, knowledge, bus)
    closing = (control.close, kb_sync.close, *((speech.close,) if speech else ()), knowledge.close, personal.close)
    preferences = SettingsPreferences(live.now, live.change)
    flush = personal.store.flush
    return OpenDesk(control, services, preferences, bus, language(), tuple(notices), speech_fault, flush, closing)


def _speech(home: Home, settings: Settings) -> tuple[Engine | None, Fault | None]:
    try:
        return speech_engine(home, SpeechSettings(model=settings.models.speech)), None
    except Fault as fault:
        return None, fault


def _kb_sync(home: Home, settings: Callable[[], Settings], knowledge: Retrieval, bus: EventBus) -> KbSync:
    releases = DeskReleases(home, lambda: settings().releases, knowledge.library)

    def tell(fault: Fault) -> None:
        bus.publish(notice_of(fault, severity="warning"))

    made = KbSync(releases.sync, releases.cancel, lambda: settings().releases.every_minutes, tell)
    made.start()
    return made


def _draft_recovered(personal: Personal) -> None:
    """Give calls that a crash cut short the draft record they never got."""
    for call_id in personal.recovered:
        if personal.store.records(call_id):
            continue
        draft = summarize(turns_in(personal.store.events(call_id)))
        personal.store.save_draft(call_id, draft.records)


def _disk_notices(bus: EventBus) -> Callable[[StoreFault | None], None]:
    def tell(fault: StoreFault | None) -> None:
        bus.publish(notice_of(fault) if fault else notice_of(Fault("store.writes_again"), severity="info"))

    return tell


def _restarts(bus: EventBus, engine: str) -> Callable[[int], None]:
    return lambda count: bus.publish(EngineRestarted(call_id="", t_ns=0, engine=engine, count=count))
