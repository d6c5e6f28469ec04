"""Builds the whole desk: the place where the halves meet.

``app.models``, ``app.sound``, ``app.speech``, ``app.knowledge`` and ``app.personal`` build one side each; with this
module they are the only ones that construct adapters.
"""

from __future__ import annotations

import logging
import platform
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from app import evidence_check, evidence_record, log_setup, recovery
from app.adapters import screen_guard, session_state
from app.adapters.system_key import SystemWideKey
from app.ars_desk import ArsDesk, SiteMenus
from app.bus import EventBus
from app.caller_desk import CallerDesk
from app.caller_lookup import CallerListSync
from app.care import CareDesk
from app.care_memory import CareMemory
from app.catalogue import ModelKind
from app.clock_watch import behind, newest_start
from app.desk import Desk
from app.desk_memory import DeskMemory
from app.desk_parts import DeskParts
from app.deskbook import Deskbook
from app.disk_room import DiskRoom
from app.errors import StoreFault
from app.exercise_side import desk_exercises, training
from app.first_start import FirstStart
from app.home import Home
from app.keys import KeyMode
from app.knowledge import sample_specials, special_file
from app.line import Line
from app.line_tools import SiteModel, SiteTools
from app.live_settings import LiveSettings
from app.models import unusable
from app.notice import notice_of
from app.personal import Personal, open_personal, verifier, wall_clock
from app.preferences import SettingsPreferences
from app.qa import package_rows
from app.qa.exercise_desk import ExerciseDesk
from app.qa_side import DeskQuality, desk_quality
from app.rephrasing import Rephrasing
from app.replay_side import DeskReplays
from app.services import Services
from app.settings import Settings, apply_language
from app.settings import load as load_settings
from app.settings_desk import SettingsForm
from app.shared_side import SharedSide
from app.site_scripts import SiteCrisisGuide, SiteScripts
from app.sound import PlayBack
from app.team_desk import TeamDesk
from app.team_side import desk_callers, open_team
from app.welfare import KnownCentres
from app.window_places import StoredPlaces
from assist.summarize import summarize
from assist.turns import turns_in
from resources.notices import Fault, language, sentence
from ui.evidence_record import EvidenceRecord
from ui.ports import RecoveredRow, ScreenGuard
from ui.qa.training_ports import Training

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class OpenDesk:
    """A whole desk, open."""

    control: Desk
    services: Services
    preferences: SettingsPreferences
    care: CareDesk
    system_key: SystemWideKey
    bus: EventBus
    language: str
    notices: tuple[str, ...]
    """Sentences to show at the start: recovered calls, a broken settings file, the file-key mode."""
    speech_fault: Fault | None
    """Why there is no recognition, or None."""
    recovered: tuple[RecoveredRow, ...]
    """Calls that an earlier run did not live to end, and what was saved of each."""
    flush: Callable[[], None]
    """Waits until everything so far is saved; raises StoreFault when it cannot be."""
    settings: Callable[[], Settings]
    """The settings as they are now."""
    note: Callable[[str, str], None]
    """Adds a line to the access log: what, and whose; raises StoreFault."""
    places: StoredPlaces
    """Where the profile's windows stood."""
    quality: DeskQuality
    """Quality assurance: own drawn calls and letters of the trainers."""
    exercises: ExerciseDesk
    """Exercises made of saved calls."""
    training: Training
    """Exercises, quizzes, then and now, for the windows."""
    replays: DeskReplays
    """Opens saved calls for replay."""
    _close: tuple[Callable[[], None], ...]

    def close(self) -> None:
        """Close everything, upstream first."""
        for step in self._close:
            step()


@dataclass(frozen=True, slots=True)
class OpenTeam:
    """The dedicated team's window and what it stands on, open."""

    services: TeamDesk
    titles: Mapping[str, str]
    """Title of each situation by its id."""
    preferences: SettingsPreferences
    language: str
    notices: tuple[str, ...]
    """Sentences to show at the start."""
    record_of: Callable[[str], EvidenceRecord]
    """Returns the printable record of an incident. Raises Fault."""
    settings: SettingsForm
    """Every setting, one by one."""


def open_shared(home: Home) -> SharedSide:
    """Return the side that the profiles of ``home`` share, starting; the instance lock is held by the caller."""
    log_setup.start(home.logs)
    return SharedSide(home, load_settings(home.settings, wall_clock).settings)


def open_desk(home: Home, shared: SharedSide | None = None, others_at_work: bool = False) -> OpenDesk:
    """Open the desk of ``home``'s profile; the instance lock is held by the caller.

    The children start in the background: the desk stands before they are warm.

    Args:
        home: Whose desk.
        shared: What the profiles share, where it is open already; it stays open when the desk is closed.
        others_at_work: The desk of another profile still closes.

    Raises:
        KeyFault: The desk key cannot be had.
        ProfileFault: Its PIN is not the one.
        StoreFault: The personal database cannot be opened.
    """
    log_setup.start(home.logs)
    live, bus = LiveSettings(home, wall_clock), EventBus()
    loaded = live.loaded
    apply_language(live.now())
    personal = open_personal(home, live.now, bus.publish, _disk_notices(bus), wall_clock, bus.number, others_at_work)
    _draft_recovered(personal)
    side = shared or SharedSide(home, live.now())
    side.serve(bus.publish, live.now)
    speech, knowledge, speech_fault = side.speech, side.knowledge, side.speech_fault
    play_back = PlayBack()
    deskbook = Deskbook(knowledge, DeskMemory(personal.store), special_file(home), sample_specials(), wall_clock)
    deskbook.warm()
    tools = SiteTools()
    line, scripts = Line(lambda: live.now().line, tools), SiteScripts(lambda: live.now().protection.scripts)
    guide, centres = SiteCrisisGuide(lambda: live.now().protection.crisis_scripts), KnownCentres(knowledge)
    callers = desk_callers(personal.store, personal.key, live.now)
    ars = ArsDesk(SiteMenus(lambda: live.now().telephony.ars_menus), bus.publish, time.monotonic)
    site = (line, scripts, guide, centres, CallerDesk(callers, bus.publish, time.monotonic), ars)
    callers_sync = CallerListSync(callers, lambda fault: bus.publish(notice_of(fault, severity="warning")))
    callers_sync.start()
    better = Rephrasing(lambda: live.now().summariser, SiteModel())
    quality = desk_quality(home, live.now, personal, bus.publish)
    sides = (*site, better, quality.desk.put_away)
    parts = DeskParts(home, live.now, bus, personal, knowledge, speech, play_back, wall_clock, deskbook, *sides)
    control = Desk(parts)
    exercises = desk_exercises(home, live.now, bus, personal, control, speech, knowledge, play_back)
    _sweep_packages(home, personal)
    personal.retention.watch(control.in_use)
    personal.retention.start()
    quality.desk.watch(control.in_use)
    personal.quality.start()
    quality.desk.start()
    change = lambda settings: _change(live, personal, callers_sync, settings)  # noqa: E731 - names one step
    by_keyring = personal.key.mode is KeyMode.KEYRING
    first = FirstStart(home, live.now, speech, knowledge, play_back, side.look_for_release, by_keyring)
    asked = (SettingsForm(live, change), first)
    known = (personal, knowledge, speech is not None, deskbook, scripts)
    services = Services(home, live.now, live.change, *known, *asked, warming=side.warming, letters=quality.letters)
    notices = [sentence(loaded.notice, path=str(loaded.backup or home.settings))] if loaded.notice else []
    recovered = recovery.look(home, personal, personal.recovered)
    if recovered:
        notices.append(sentence("call.recovered", count=len(recovered)))
    notices += [str(fault) for fault in live.policy.faults]
    notices += [str(fault) for fault in _conditions(home, personal, live.now()) if fault is not None]
    if personal.key.mode is KeyMode.FILE:
        notices.append(sentence("call.key_file", path=str(home.file_key)))
    if speech_fault is not None:
        notices.append(str(speech_fault))
    notices += [str(fault) for fault in unusable(home, {live.now().models.encoder: ModelKind.ENCODER})]
    notices += [
        str(fault) for fault in (scripts.fault(), guide.fault(), *personal.record_help.faults()) if fault is not None
    ]
    leave = side.close if shared is None else lambda: side.rest(bus.publish)
    ending = (first.stop, exercises.close, control.close, tools.close)
    closing = (*ending, callers_sync.close, leave, quality.desk.close, personal.close)
    preferences = SettingsPreferences(live.now, change, live.locked, window_guard().can_hide)
    care = _care(personal, live, bus, {one.situation: one.text for one in services.situations()})
    key, said = SystemWideKey(), tuple(notices)
    return OpenDesk(
        control,
        services,
        preferences,
        care,
        key,
        bus,
        language(),
        said,
        speech_fault,
        recovered,
        control.flush,
        live.now,
        personal.store.log,
        StoredPlaces(home.personal),
        quality,
        exercises,
        training(home, live.now, personal.store, knowledge, lambda: personal.key, exercises),
        DeskReplays(home, personal.store, personal.key, lambda: _in_call(control)),
        closing,
    )


def _in_call(control: Desk) -> bool:
    call = control.call
    return call is not None and not call.ended.is_set()


def _sweep_packages(home: Home, personal: Personal) -> None:
    """Remove session packages past their last day; what hinders it is logged, and the next start does it."""
    try:
        package_rows.sweep(personal.store, home.packages, wall_clock())
    except StoreFault as fault:
        _log.warning("packages past their day were not removed (%s)", fault.code)


def _change(live: LiveSettings, personal: Personal, callers: CallerListSync, settings: Settings) -> None:
    live.change(settings)
    personal.sender.retry_now()  # perhaps the packs have a key or a way now
    personal.quality.retry_now()
    callers.look_now()


@contextmanager
def open_team_window(home: Home) -> Iterator[OpenTeam]:
    """Open what the dedicated team's window needs; its instance lock is held by the caller.

    Raises:
        KeyFault: The key of this PC cannot be had.
        StoreFault: The personal database cannot be opened.
    """
    log_setup.start(home.logs)
    live = LiveSettings(home, wall_clock)
    loaded = live.loaded
    apply_language(live.now())
    scripts = SiteScripts(lambda: live.now().protection.scripts)
    titles = {one.situation: one.text for one in scripts.now().choices()}
    notices = [sentence(loaded.notice, path=str(loaded.backup or home.settings))] if loaded.notice else []
    notices += [str(fault) for fault in live.policy.faults]
    with open_team(home, live.now) as services:

        def record_of(incident_id: str) -> EvidenceRecord:
            file = live.now().team.desks
            desks = evidence_check.read_desks(file, verifier()) if file else None
            services.printed(incident_id)
            checked = evidence_check.check(services.parts(incident_id), verifier(), desks)
            return evidence_record.record_of(checked, listed=desks is not None)

        preferences = SettingsPreferences(live.now, live.change, live.locked, window_guard().can_hide)
        form = SettingsForm(live, live.change)
        yield OpenTeam(services, titles, preferences, language(), tuple(notices), record_of, form)


def session_locked() -> Callable[[], bool] | None:
    """Return what tells whether the system's own session is locked; None where its bus does."""
    return session_state.find()


def window_guard() -> ScreenGuard:
    """Return what keeps windows out of screen captures on this system."""
    return screen_guard.find()


def _care(personal: Personal, live: LiveSettings, bus: EventBus, titles: dict[str, str]) -> CareDesk:
    memory = CareMemory(personal.store, wall_clock)
    return CareDesk(memory, personal.store, live.now, live.change, bus, wall_clock, titles, platform.node())


def _conditions(home: Home, personal: Personal, settings: Settings) -> tuple[Fault | None, ...]:
    """Return what a counsellor should know before the first call: a clock that is wrong, a disk that is nearly full."""
    capture = settings.capture
    minutes = DiskRoom(home.sound, capture.disk_reserve_mb).minutes()
    low = Fault("audio.disk_low", minutes=minutes) if minutes < capture.disk_low_minutes else None
    return behind(wall_clock(), personal.store.read(newest_start)), low


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
