"""Opens one saved call in a window of its own, beside a running desk or without one."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import Context
from app.home import Home
from app.replay.model import LoadedCall
from app.replay.open_call import OpenReplay
from resources.notices import sentence
from ui.replay.ports import ReplayFacts

if TYPE_CHECKING:
    from app.settings import Settings


def show_call(context: Context, name: str, begin_s: float, speed: float | None, output: str) -> int:
    """Open the window and stay until it is closed; returns the exit code.

    Where counsellors share the PC, or its one profile has a PIN, a page asks first whose call or key it is.

    Args:
        context: Of the command.
        name: File of a package, or the beginning of a session's id.
        begin_s: Where the window stands at first.
        speed: How fast it plays at first; None: as it was said.
        output: The sound output; empty: the default.

    Raises:
        Fault: The call cannot be opened.
    """
    from app.composition import window_guard
    from app.personal import wall_clock
    from app.preferences import SettingsPreferences
    from app.replay.rerun_desk import Rerun
    from app.replay_side import call_player
    from app.settings import apply_language
    from app.settings import load as load_settings
    from app.site_scripts import SiteScripts
    from ui.replay.alone import build_alone
    from ui.stay import stay

    settings = load_settings(context.home.settings, wall_clock).settings
    apply_language(settings)
    home = _whose(context, settings)
    if home is None:
        return 0
    with ExitStack() as stack:
        loaded = opened(home, name, stack)
        call = OpenReplay(loaded)
        return stay(
            lambda: build_alone(
                call,
                call_player(call, output),
                situations=SiteScripts(lambda: settings.protection.scripts).now().choices(),
                look=SettingsPreferences(lambda: settings, lambda changed: None).load(),
                guard=window_guard(),
                then_now=Rerun(home, loaded, lambda: settings, wall_clock),
                begin_s=begin_s,
                speed=speed or 1.0,
            )
        )


def is_package(name: str) -> bool:
    """Return whether a call is named by the file of a package, rather than by a session's id."""
    from app.opening import PACKAGE

    return Path(name).suffix.lower() == PACKAGE or Path(name).is_file()


def opened(home: Home, name: str, stack: ExitStack, how: str = "replay") -> LoadedCall:
    """Return a package or a saved call of the own store, open until ``stack`` closes; logged first. Raises Fault.

    Args:
        home: Whose.
        name: File of a package, or the beginning of a session's id.
        stack: Lets go of it.
        how: The command, for the access log.
    """
    from app.package_side import open_opener
    from app.replay_side import own_call

    if is_package(name):
        loaded = stack.enter_context(open_opener(home)).open(Path(name), how)
    else:
        loaded = own_call(home, name, how)
    stack.callback(loaded.close)
    return loaded


def tell_notes(context: Context, facts: ReplayFacts) -> None:
    """Tell what is not as it should be in a call that a command takes as it was stored."""
    in_window = sentence("replay.turns_out_of_order")
    for note in facts.notes:
        context.progress(sentence("replay.turns_as_stored") if note == in_window else note)
    if facts.unlisted:
        context.progress(sentence("package.note_unknown_desk", desk=facts.sender))


def _whose(context: Context, settings: Settings) -> Home | None:
    """Return the home of whoever is there; None: nobody said."""
    from app.profile_access import Doors
    from app.shifts import Typed, named, profiles_of
    from ui.preference_ports import Preferences
    from ui.profile_page import choose_profile

    home = context.home
    profiles = profiles_of(home)
    if not profiles.choice_needed() or (named(home) and not profiles.has_pin(home.profile)):
        return home
    look = Preferences(
        language=settings.language,
        theme=settings.desk.theme,
        text_scale=settings.desk.text_scale,
        capture="hidden" if settings.desk.hide_from_capture else "shown",
    )
    chosen = choose_profile(Doors(profiles), look, last=home.profile)
    return home.of_profile(chosen.id, Typed(chosen.pin)) if chosen is not None else None
