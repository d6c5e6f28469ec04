"""Opens the whole desk and closes it again: in a window, or for one call in the terminal."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app import recovery
from app.commands import Context
from app.composition import OpenDesk, open_desk, open_team_window, session_locked, window_guard
from app.errors import StartFault, StoreFault
from app.home import Home
from app.instance import InstanceLock, socket_name
from app.personal import wall_clock
from app.profile_access import Doors, OpenedProfile
from app.profiles import Part, Profiles
from app.settings import apply_language
from app.settings import load as load_settings
from app.shifts import Typed, named, profiles_of, shifts_of
from app.terminal import Terminal
from assist.events import AbuseSeen, NoticeRaised
from assist.model import Script
from audio.events import CallEvent, TranscriptFinal
from audio.model import Channel
from resources.notices import sentence
from ui.preference_ports import Preferences
from ui.profile_ports import Chosen

TERMINAL_SPEED = 4.0
"""Practice calls in the terminal run faster than life unless asked otherwise."""


@contextmanager
def _one_desk(context: Context) -> Iterator[OpenDesk]:
    with InstanceLock(context.home.lock):
        desk = open_desk(context.home)
        try:
            yield desk
        finally:
            desk.close()


@dataclass(slots=True)
class _Outcome:
    """What the terminal waits for."""

    failed: bool = False


def play_in_terminal(
    context: Context,
    practice: str | None = None,
    speed: float | None = None,
    file: Path | None = None,
    realtime: bool = True,
) -> int:
    """Run one call in the terminal; returns the exit code.

    Raises:
        Fault: The desk cannot be opened.
    """
    outcome, terminal = _Outcome(), Terminal()
    with _one_desk(context) as desk:

        def watch(event: CallEvent) -> None:
            if isinstance(event, NoticeRaised) and event.severity == "error":
                outcome.failed = True

        desk.bus.subscribe(CallEvent, terminal.show)
        desk.bus.subscribe(CallEvent, watch)
        if file is None:
            _PractisedHand(desk)
        for notice in (*desk.notices, *map(recovery.line, desk.recovered)):
            context.progress(notice)
        if file is not None:
            if desk.speech_fault is not None:
                raise desk.speech_fault
            desk.control.start_file(file, realtime)
        else:
            pace = TERMINAL_SPEED if speed is None else speed
            context.say(sentence("call.practice_speed", speed=f"{pace:g}"))
            desk.control.start_practice(practice or "", pace)
        call = desk.control.call
        if call is None:
            return 1
        _wait(call.ended)
        desk.control.close_call()
        try:
            desk.flush()
        except StoreFault:
            context.progress(sentence("call.not_saved", session=call.facts.id))
            return 1
        context.say(sentence("call.saved", session=call.facts.id))
    return 1 if outcome.failed else 0


class _PractisedHand:
    """Presses "said" for the written counsellor of a practice call, whose next words give the warning."""

    def __init__(self, desk: OpenDesk) -> None:
        self._control = desk.control
        self._offered: Script | None = None
        desk.bus.subscribe(AbuseSeen, self._offer)
        desk.bus.subscribe(TranscriptFinal, self._say)

    def _offer(self, event: AbuseSeen) -> None:
        self._offered = event.script

    def _say(self, event: TranscriptFinal) -> None:
        if event.channel is Channel.AGENT and self._offered is not None:
            self._control.warning_given(self._offered)
            self._offered = None


def _wait(event: threading.Event) -> None:
    # In slices, so that Ctrl+C is heard on every system.
    while not event.wait(0.2):
        pass


def show_window(
    context: Context,
    practice: str | None,
    speed: float | None,
    file: Path | None,
    realtime: bool,
    desk_only: bool = False,
) -> int:
    """Open the desk's window and stay until it is closed; returns the exit code.

    Where counsellors share the PC, or its one profile has a PIN, a page asks first who is there; a switch asks again.
    A profile of the dedicated team or of a trainer gets its own window; a trainer's the desk where ``desk_only`` says
    so.

    Raises:
        Fault: The desk cannot be opened, e.g. because it is open already.
    """
    from ui.single_window import raise_running_desk

    def begin(desk: OpenDesk) -> None:
        if file is not None:
            desk.control.start_file(file, realtime)
        elif practice is not None:
            desk.control.start_practice(practice, speed or 1.0)

    first: Callable[[OpenDesk], None] = begin
    try:
        with shifts_of(context.home) as shifts:
            profiles, last = profiles_of(context.home), context.home.profile
            chosen: Chosen | None = Chosen(last, "")
            ask = profiles.choice_needed() and not (named(context.home) and not profiles.has_pin(last))
            while True:
                if ask:
                    shifts.own_language()
                    with shifts.courier():
                        chosen = _who_is_there(context, profiles, last)
                if chosen is None:
                    return 0
                profile, ask = profiles.of(chosen.id), True
                last = profile.id
                shifts.own_language()
                if profile.opens(Part.INBOX):
                    with shifts.courier():
                        code = _team_window(context, context.home.of_profile(profile.id, Typed(chosen.pin)))
                    if not profiles.choice_needed():
                        return code
                    continue
                if profile.opens(Part.PACKAGES) and not desk_only:
                    with shifts.courier():
                        code = _trainer_window(context, context.home.of_profile(profile.id, Typed(chosen.pin)))
                    if not profiles.choice_needed():
                        return code
                    continue
                with shifts.desk_of(profile, chosen.pin) as desk:
                    access = OpenedProfile(profiles, profile.id, desk.settings, desk.note)
                    if profiles.choice_needed():
                        desk.note("profile.open", profile.id)
                    code = _desk_window(context, desk, access, first)
                if not access.switch_asked:
                    return code
                first = _nothing_first
    except StartFault as fault:
        if fault.code == "cli.second_copy":
            raise_running_desk(socket_name(context.home))
        raise


def _nothing_first(_desk: OpenDesk) -> None:
    """Start no call."""


def _who_is_there(context: Context, profiles: Profiles, last: str) -> Chosen | None:
    from ui.profile_page import choose_profile

    settings = load_settings(context.home.settings, wall_clock).settings
    apply_language(settings)
    look = Preferences(
        language=settings.language,
        theme=settings.desk.theme,
        text_scale=settings.desk.text_scale,
        capture="hidden" if settings.desk.hide_from_capture else "shown",
    )
    language = os.environ.get("DOUMI_LANG", "")
    return choose_profile(
        Doors(profiles), look, language=language, last=last, socket_name=socket_name(context.home), guard=window_guard()
    )


def _desk_window(context: Context, desk: OpenDesk, access: OpenedProfile, begin: Callable[[OpenDesk], None]) -> int:
    from ui.desk import build_desk, run_desk

    return run_desk(
        lambda: build_desk(
            desk.control,
            desk.services,
            desk.bus.subscribe,
            language=desk.language,
            preferences=desk.preferences,
            care=desk.care,
            system_key=desk.system_key,
            away=session_locked(),
            guard=window_guard(),
            profile=access,
            places=desk.places,
            replays=desk.replays,
            training=desk.training,
        ),
        notices=desk.notices,
        recovered=desk.recovered,
        socket_name=socket_name(context.home),
        links=lambda: desk.settings().telephony.links,
        begin=lambda: begin(desk),
    )


def role_of_pc(context: Context) -> str:
    """Return what the settings make this PC: ``counsellor``, ``team`` or ``trainer``."""
    return load_settings(context.home.settings, wall_clock).settings.role


def show_team(context: Context) -> int:
    """Open the dedicated team's window and stay until it is closed; returns the exit code.

    Raises:
        Fault: It cannot be opened, e.g. because the desk of this home is open already.
    """
    return _show_one(context, _team_window)


def show_trainer(context: Context) -> int:
    """Open the QA trainer's window and stay until it is closed; returns the exit code.

    Raises:
        Fault: It cannot be opened, e.g. because the desk of this home is open already.
    """
    return _show_one(context, _trainer_window)


def _show_one(context: Context, window: Callable[[Context, Home], int]) -> int:
    """Open the window of a role; where several share the PC, a page asks first who is there."""
    from ui.single_window import raise_running_desk

    if profiles_of(context.home).choice_needed():
        return show_window(context, None, None, None, realtime=True)
    try:
        with InstanceLock(context.home.lock):
            return window(context, context.home)
    except StartFault as fault:
        if fault.code == "cli.second_copy":
            raise_running_desk(socket_name(context.home))
        raise


def _trainer_window(context: Context, home: Home) -> int:
    from app.trainer_side import open_trainer_window
    from ui.qa.qa_window import build_qa
    from ui.qa.training_pages import quiz_page
    from ui.stay import stay

    guard = window_guard()
    with open_trainer_window(home, guard.can_hide) as trainer:
        return stay(
            lambda: build_qa(
                trainer.services,
                today=wall_clock().date(),
                replay_of=trainer.replay_of,
                cases=trainer.cases,
                more=lambda: (quiz_page(trainer.training),),
                language=trainer.language,
                preferences=trainer.preferences,
                guard=guard,
                settings=trainer.settings,
            ),
            notices=trainer.notices,
            socket_name=socket_name(context.home),
        )


def _team_window(context: Context, home: Home) -> int:
    from ui.stay import stay
    from ui.team_window import build_team

    with open_team_window(home) as team:
        return stay(
            lambda: build_team(
                team.services,
                team.titles,
                today=wall_clock().date(),
                language=team.language,
                preferences=team.preferences,
                record_of=team.record_of,
                guard=window_guard(),
                settings=team.settings,
            ),
            notices=team.notices,
            socket_name=socket_name(context.home),
        )
