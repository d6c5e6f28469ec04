"""Answers the first start's questions. Fills :class:`ui.first_start_ports.FirstStartDesk`."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import psutil

from app import model_bench, model_choice, sound
from app.engine import Engine
from app.home import Home
from app.models import model_store
from app.retrieval import Retrieval
from app.settings import Settings
from app.speech import SpeechProxy
from audio.model import SAMPLE_RATE, Channel, DecodeRequest, DeviceChoice
from audio.sound_trial import RecordedTrial
from audio.speech_settings import SpeechSettings
from kb.errors import ImportRejected
from resources.notices import Fault, sentence
from ui.first_start_ports import Heard, ModelAdvice, ModelMeasured, Privacy

_SPOKEN_DB: Final = -50.0
"""Below this loudness nothing was said, and nothing is recognised."""
_BEAM: Final = 5


class DeskTrial(RecordedTrial):
    """A trial that can be read and heard: recognition and playing back go through the desk's own processes."""

    def __init__(
        self, choice: DeviceChoice, settings: Settings, speech: Engine | None, play_back: sound.PlayBack
    ) -> None:
        super().__init__(lambda: sound.device_source(choice, settings.capture))
        self._speech = speech
        self._play_back = play_back

    def heard(self) -> Sequence[Heard]:
        """See :class:`ui.first_start_ports.SoundTrial`."""
        return tuple(Heard(channel, self.loudest_db(channel), self._text(channel)) for channel in self.channels)

    def play(self, channel: Channel) -> None:
        """See :class:`ui.first_start_ports.SoundTrial`."""
        self._play_back.play(self.pcm(channel))

    def end(self) -> None:
        """See :class:`ui.first_start_ports.SoundTrial`."""
        super().close()

    def close(self) -> None:
        """See :class:`ui.first_start_ports.SoundTrial`."""
        self.end()
        self.forget()

    def _text(self, channel: Channel) -> str:
        pcm = self.pcm(channel)
        if self._speech is None or len(pcm) < SAMPLE_RATE // 2 or self.loudest_db(channel) < _SPOKEN_DB:
            return ""
        return SpeechProxy(self._speech).transcribe(DecodeRequest(pcm, _BEAM)).text.strip()


class FirstStart:
    """Thread: as :class:`ui.first_start_ports.FirstStartDesk` says."""

    def __init__(
        self,
        home: Home,
        settings: Callable[[], Settings],
        speech: Engine | None,
        knowledge: Retrieval,
        play_back: sound.PlayBack,
        look_for_release: Callable[[], None],
        in_keyring: bool,
    ) -> None:
        """Join the parts.

        Args:
            home: Whose desk.
            settings: The settings as they are now.
            speech: The desk's speech process; None where no model is installed.
            knowledge: The standard counselling DB.
            play_back: Plays to the counsellor.
            look_for_release: Looks at the release address.
            in_keyring: Whether the desk key lies in the system's keyring.
        """
        self._home = home
        self._settings = settings
        self._speech = speech
        self._knowledge = knowledge
        self._play_back = play_back
        self._look_for_release = look_for_release
        self._in_keyring = in_keyring
        self._lock = threading.Lock()
        self._measuring: Engine | None = None
        self._stopped = False

    def try_sound(self, choice: DeviceChoice) -> DeskTrial:
        """See :class:`ui.first_start_ports.FirstStartDesk`."""
        return DeskTrial(choice, self._settings(), self._speech, self._play_back)

    def import_knowledge(self, file: Path, progress: Callable[[float], None]) -> str:
        """See :class:`ui.first_start_ports.FirstStartDesk`."""
        if self._settings().releases.address:
            raise ImportRejected("kb.import_while_release")
        report = self._knowledge.library().import_file(file, progress=progress)
        return sentence("kb.imported", added=report.added, skipped=len(report.skipped))

    def look_for_release(self) -> None:
        """See :class:`ui.first_start_ports.FirstStartDesk`."""
        self._look_for_release()

    def models(self) -> Sequence[str]:
        """See :class:`ui.first_start_ports.FirstStartDesk`."""
        return tuple(model_choice.installed(model_store(self._home), self._home.models))

    def measure(self, progress: Callable[[str], None]) -> ModelAdvice:
        """See :class:`ui.first_start_ports.FirstStartDesk`."""
        with self._lock:
            self._stopped = False
        busy = psutil.cpu_percent(interval=0.5) > model_choice.BUSY_PERCENT
        results: list[model_bench.Result] = []
        last: Fault | None = None
        for name in self.models():
            progress(name)
            try:
                results.append(model_choice.time_model(self._home, name, self._begun))
            except Fault as fault:
                last = fault
            finally:
                with self._lock:
                    self._measuring = None
            if self._stopped:
                raise Fault("first.measure_stopped")
        chosen = self._settings().models.speech
        if not results:
            raise last or Fault("models.missing", name=chosen)
        store = model_store(self._home)
        return replace(advice(results, chosen, lambda best: model_choice.next_larger(store, best)), busy=busy)

    def stop(self) -> None:
        """See :class:`ui.first_start_ports.FirstStartDesk`."""
        with self._lock:
            self._stopped, engine = True, self._measuring
        if engine is not None:
            threading.Thread(target=engine.close, name="measure-end", daemon=True).start()

    def privacy(self) -> Privacy:
        """See :class:`ui.first_start_ports.FirstStartDesk`."""
        settings = self._settings()
        kept = settings.retention
        kinds = ("sound", "transcript", "records")
        return Privacy(
            place=str(self._home.root),
            in_keyring=self._in_keyring,
            kept=tuple((sentence(f"first.kept_{kind}"), kept.days(kind)) for kind in kinds),
            with_shift=kept.mode == "shift",
            basis=kept.basis,
            leaves=leaves(settings),
        )

    def _begun(self, engine: Engine) -> None:
        with self._lock:
            self._measuring = engine
        if self._stopped:
            self.stop()


def advice(
    results: Sequence[model_bench.Result], chosen: str, larger: Callable[[model_bench.Result], str]
) -> ModelAdvice:
    """Return what measured models come to: the largest that holds the target with headroom, else the fastest."""
    best = model_bench.recommended(results)
    taken = best or model_bench.fastest(results)
    more = larger(best) if best else ""
    return ModelAdvice(
        tuple(
            ModelMeasured(
                one.timing.name,
                round(one.timing.size / 1e6),
                one.timing.final.wall_s(model_bench.SHORT_S) / model_bench.SHORT_S,
                one.now.p95_s,
                one.holds,
            )
            for one in results
        ),
        taken.timing.name,
        best is not None,
        chosen,
        more if best and more and model_bench.room_for_larger(best, SpeechSettings()) else "",
    )


def leaves(settings: Settings) -> tuple[str, ...]:
    """Return sentences of what leaves this PC, when and where to."""
    team, filing = settings.escalation, settings.filing
    to_team = _place(team.https_url, team.folder)
    found = [
        sentence("first.leaves_escalation", place=to_team) if to_team else sentence("first.leaves_escalation_unset")
    ]
    if filing.is_on:
        found.append(sentence("first.leaves_records", place=_place(filing.https_url, filing.folder)))
    if settings.summariser.is_on:
        found.append(sentence("first.leaves_draft", place=_shown(settings.summariser.url)))
    if settings.releases.address:
        found.append(sentence("first.leaves_release", place=_shown(settings.releases.address)))
    if settings.protection.callers_list:
        found.append(sentence("first.leaves_callers", place=_shown(settings.protection.callers_list)))
    if settings.qa.is_on:
        found.append(sentence("first.leaves_quality", place=_shown(settings.qa.exchange)))
    return tuple(found)


def _place(url: str, folder: Path | None) -> str:
    return _shown(url) if url else str(folder or "")


def _shown(address: str) -> str:
    """Return an address as a person may see it: without the name, password or key that may stand in it."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.hostname}" if parts.scheme and parts.hostname else address
