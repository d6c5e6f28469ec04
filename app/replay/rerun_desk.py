"""Runs one loaded call again on this PC. Fills :class:`ui.replay.then_now_ports.ThenNowServices`.

It opens knowledge and recognition of its own: a running desk and its call are not held up by it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from app.ars_desk import SiteMenus
from app.catalogue import ModelKind
from app.errors import ModelFault, RerunFault
from app.home import Home
from app.knowledge import Knowledge, knowledge_as_it_is, sample_specials, special_file
from app.models import model_store
from app.replay.model import LoadedCall
from app.replay.open_call import OpenReplay, told_missing
from app.replay.rerun import HelpNow, run_again, shown_today
from app.replay.rerun_compare import compare
from app.replay.rerun_sound import fill, hear_again
from app.settings import Settings
from app.site_scripts import SiteCrisisGuide, SiteScripts
from app.speech import model_folder, speech_engine
from app.welfare import KnownCentres
from audio.events import CallEvent, TranscriptFinal
from audio.model import Channel
from audio.ports import Recording
from audio.speech_settings import SpeechSettings
from kb import specials as special_material
from kb.model import Article
from kb.specials import ID_PREFIX, Special
from ui.replay.then_now_ports import Basis, ThenNow

_HEARING: Final = 0.8
"""Part of a run that hearing the sound again takes, for the progress shown."""


class Rerun:
    """Runs one call again, as often as is asked. One run at a time, on a worker thread; the rest from any thread."""

    def __init__(
        self, home: Home, call: LoadedCall, settings: Callable[[], Settings], now: Callable[[], datetime]
    ) -> None:
        """Open nothing yet.

        Args:
            home: Whose knowledge and models.
            call: The call; nothing is written to it.
            settings: The settings as they are now.
            now: Wall clock with zone: special material counts as it runs today.
        """
        self._home = home
        self._call = call
        self._settings = settings
        self._now = now
        self._stopping = threading.Event()
        self._closed = False
        self._running = threading.Lock()
        self._knowledge: Knowledge | None = None
        self._spare: TemporaryDirectory[str] | None = None

    @property
    def has_sound(self) -> bool:
        """See :class:`ui.replay.then_now_ports.ThenNowServices`."""
        return self._sound() is not None

    def models(self) -> tuple[str, ...]:
        """See :class:`ui.replay.then_now_ports.ThenNowServices`."""
        store, used = model_store(self._home), self._settings().models.speech
        names = [entry.name for entry in store.entries if entry.kind is ModelKind.SPEECH]
        there = [name for name in names if store.installed(name)]
        with suppress(ModelFault):
            if used not in there:
                model_folder(self._home, used)
                there.append(used)
        return tuple(sorted(there, key=lambda name: (name != used, there.index(name))))

    def run(self, model: str, progress: Callable[[float], None], why_stored: str = "asked") -> ThenNow:
        """See :class:`ui.replay.then_now_ports.ThenNowServices`.

        Args:
            model: Catalogue name or folder of a speech model; empty: from the stored text.
            progress: Told the part done.
            why_stored: Why no model is named.

        Raises:
            Fault: The call is gone, the model or the knowledge cannot be had, or it was stopped.
        """
        with self._running:
            self._stopping.clear()
            if self._closed:  # a run that was asked for while the window went
                raise RerunFault("rerun.stopped")
            self._call.check()
            events = tuple(one.event for one in self._call.stored)
            if not events:
                raise RerunFault("rerun.nothing")
            sound = self._sound() if model else None
            knowledge = self._opened()
            heard, share, notes = None, 0.0, tuple[str, ...]()
            if sound is not None:
                share = _HEARING
                missing = OpenReplay(self._call).lost_since()
                notes = told_missing("rerun.sound_missing", missing)
                found = self._heard(events, sound, model, knowledge, lambda part: progress(share * part))
                heard = fill(events, found, missing, lambda final: shown_today(final, knowledge.repair))

            def told(part: float) -> None:
                self._check()
                progress(share + (1.0 - share) * part)

            again = run_again(events, self._help(knowledge), heard.finals if heard is not None else None, told)
            progress(1.0)
            status = knowledge.status
            by_meaning = knowledge.engine is not None and status.has_vectors
            why = ("no_sound" if model else why_stored) if heard is None else ""
            known = (status.generation, status.release, status.source, status.origin, by_meaning)
            basis = Basis(Path(model).name if heard is not None else "", why, *known)
            kept = heard.kept if heard is not None else frozenset[int]()
            return ThenNow(compare(events, again, kept, next(iter(self._call.versions), None)), basis, notes)

    def stop(self) -> None:
        """See :class:`ui.replay.then_now_ports.ThenNowServices`."""
        self._stopping.set()

    def close(self) -> None:
        """See :class:`ui.replay.then_now_ports.ThenNowServices`. A run under way ends behind it."""
        self._closed = True
        self._stopping.set()
        threading.Thread(target=self.let_go, name="rerun-ends", daemon=True).start()

    def let_go(self) -> None:
        """Stop, and return when everything is let go of. Not on a window's thread."""
        self._closed = True
        self._stopping.set()
        with self._running:
            if self._knowledge is not None:
                self._knowledge.close()
                self._knowledge = None
            if self._spare is not None:
                self._spare.cleanup()

    def _check(self) -> None:
        if self._stopping.is_set():
            raise RerunFault("rerun.stopped")

    def _sound(self) -> Recording | None:
        sound = self._call.sound
        return sound if sound is not None and any(sound.length(channel) for channel in Channel) else None

    def _opened(self) -> Knowledge:
        if self._knowledge is None:
            self._spare = TemporaryDirectory(prefix="doumi-", ignore_cleanup_errors=True)
            try:
                model = self._settings().models.encoder
                self._knowledge = knowledge_as_it_is(self._home, model, Path(self._spare.name))
            except BaseException:
                self._spare.cleanup()
                raise
        self._knowledge.ready()  # what is searched by words alone in one run and by meaning in the next is not the same
        return self._knowledge

    def _heard(
        self,
        events: tuple[CallEvent, ...],
        sound: Recording,
        model: str,
        knowledge: Knowledge,
        progress: Callable[[float], None],
    ) -> tuple[TranscriptFinal, ...]:
        settings = SpeechSettings(model=model)
        engine = speech_engine(self._home, settings)
        try:
            engine.start()
            return hear_again(events, sound, engine, settings, knowledge.repair, progress, self._check)
        finally:
            engine.close()

    def _help(self, knowledge: Knowledge) -> HelpNow:
        settings = self._settings()
        found = _specials(self._home, knowledge, self._now())

        def entry(ident: str) -> Article | None:
            if ident.startswith(ID_PREFIX):
                own = (one for one in found if f"{ID_PREFIX}{one.id}" == ident)
                return next((special_material.as_article(one) for one in own), None)
            return knowledge.article(ident)

        menus = SiteMenus(lambda: settings.telephony.ars_menus).now()
        return HelpNow(
            knowledge,
            entry,
            lambda: found,
            SiteScripts(lambda: settings.protection.scripts).now(),
            SiteCrisisGuide(lambda: settings.protection.crisis_scripts).now(),
            KnownCentres(knowledge),
            menus.hint,
            settings.assist,
        )


def _specials(home: Home, knowledge: Knowledge, now: datetime) -> tuple[Special, ...]:
    """Return the special material that runs now; that of the shipped example where nothing else was imported."""
    file = special_file(home)
    if not file.exists():
        if knowledge.status.origin != "sample":
            return ()
        file = sample_specials()
    found, _ = special_material.read(file) if file.stat().st_size else ((), ())
    return special_material.running(found, now)
