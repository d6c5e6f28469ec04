"""Opens the window, and shows what is the matter and what can be done where the desk's key cannot be had."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.commands import Context
from app.errors import KeyFault, StoreFault
from app.home import Home
from app.instance import InstanceLock
from app.key_side import place_of, recover, settle
from app.personal import note_access, wall_clock
from app.preferences import SettingsPreferences
from app.settings import load
from resources.notices import sentence
from ui.key_page import Choice, KeyTrouble, ask

_STORE = ("store.not_opened",)


def with_window(context: Context, show: Callable[[Context], int]) -> int:
    """Run ``show`` until it opens or the person gives up; returns the exit code. Main thread.

    Args:
        context: Of the command.
        show: Opens a window and stays. A fault of the key it raises becomes a page, every other one goes on.
    """
    while True:
        try:
            return show(context)
        except (KeyFault, StoreFault) as fault:
            if isinstance(fault, StoreFault) and fault.code not in _STORE:
                raise
            home = context.home
            context.progress(str(fault))
            place = place_of(home)
            trouble = KeyTrouble(fault.code, str(fault), home.root, place.refused or place.keyring_name)
            settings = load(home.settings, wall_clock).settings
            preferences = SettingsPreferences(lambda s=settings: s, lambda changed: None).load()  # type: ignore[misc]
            choice, folder = ask(trouble, _recovery(home), preferences)
        if choice is Choice.QUIT:
            return 1
        if choice is Choice.ELSEWHERE and folder is not None:
            _take_along(home, folder)
            context = replace(context, home=Home(root=folder, models=home.models))
            context.say(sentence("keys.elsewhere", path=str(folder)))


def _take_along(home: Home, folder: Path) -> None:
    """Copy what is not personal, so that the new desk knows the site and its knowledge."""
    for source in (home.settings, home.kb, home.releases):
        if source.is_dir():
            shutil.copytree(source, folder / source.name, dirs_exist_ok=True)
        elif source.exists():
            shutil.copyfile(source, folder / source.name)


def _recovery(home: Home) -> Callable[[Path, Path | None], None]:
    def run(identity: Path, exported: Path | None) -> None:
        with InstanceLock(home.lock):
            place = place_of(home)
            recover(home, place, identity, exported)
            settle(home, place, home.pin)
            note_access(home, "key.recover", home.profile)

    return run
