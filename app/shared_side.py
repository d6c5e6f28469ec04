"""The half of a desk that all profiles of a PC share: recognition, knowledge and its releases.

It stays warm while one profile closes and another opens. It knows nothing of any call, and its adapters are built by
the halves it joins.
"""

from __future__ import annotations

from collections.abc import Callable

from app.engine import Engine
from app.home import Home
from app.kb_sync import KbSync
from app.notice import notice_of
from app.releases import DeskReleases
from app.retrieval import Retrieval
from app.settings import Settings
from app.speech import speech_engine
from audio.events import CallEvent, EngineRestarted
from audio.speech_settings import SpeechSettings
from resources.notices import Fault


def _nobody(_event: CallEvent) -> None:
    """Hear nothing."""


class SharedSide:
    """Engines and threads that hold nothing personal. Its methods on the main thread; its news in threads of its own.

    One desk at a time is served: :meth:`serve` names it.
    """

    def __init__(self, home: Home, settings: Settings) -> None:
        """Begin to start everything; returns at once.

        Args:
            home: Of the PC.
            settings: Its settings; those of the open profile once there is one.
        """
        self._publish: Callable[[CallEvent], None] = _nobody
        self._settings: Callable[[], Settings] = lambda: settings
        self.speech: Engine | None = None
        """None where the speech model is not installed."""
        self.speech_fault: Fault | None = None
        """Why there is no recognition, or None."""
        try:
            self.speech = speech_engine(home, SpeechSettings(model=settings.models.speech))
        except Fault as fault:
            self.speech_fault = fault
        self.knowledge = Retrieval(home, settings.models.encoder, self._restarted)
        if self.speech is not None:
            self.speech.start()
        releases = DeskReleases(home, lambda: self._settings().releases, self.knowledge.library)
        every = lambda: self._settings().releases.every_minutes  # noqa: E731 - names one setting
        self._kb_sync = KbSync(releases.sync, releases.cancel, every, self._tell)
        self._kb_sync.start()

    def warming(self) -> tuple[str, ...]:
        """Return what is still being loaded: ``speech``, ``language``. Cheap; any thread."""
        speech = ("speech",) if self.speech is not None and self.speech.loading else ()
        return (*speech, *(() if self.knowledge.warm else ("language",)))

    def serve(self, publish: Callable[[CallEvent], None], settings: Callable[[], Settings]) -> None:
        """Tell this desk's bus of news from now on, and go by its settings."""
        self._settings = settings
        self._publish = publish

    def rest(self, publish: Callable[[CallEvent], None]) -> None:
        """Tell this desk's bus no longer; nothing where another is served by now. The settings stay as they were."""
        if self._publish == publish:
            last = self._settings()
            self._settings = lambda: last
            self._publish = _nobody

    def look_for_release(self) -> None:
        """Look for a release now. Any thread."""
        self._kb_sync.sync_now()

    def close(self) -> None:
        """End threads and children."""
        self._kb_sync.close()
        if self.speech is not None:
            self.speech.close()
        self.knowledge.close()

    def _restarted(self, count: int) -> None:
        self._publish(EngineRestarted(call_id="", t_ns=0, engine="language", count=count))

    def _tell(self, fault: Fault) -> None:
        self._publish(notice_of(fault, severity="warning"))
