"""The settings as they are now: those of the PC, over them the preferences of the open profile, over all the policy."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from pydantic import Field, ValidationError

from app.home import Home
from app.policy import Policy, applied, without
from app.private_file import write_private
from app.settings import DeskSettings, Loaded, Section, Settings, load, save
from assist.settings import Dial

_LOOK: Final = (
    "theme",
    "text_scale",
    "speak_practice",
    "layout",
    "captions_only",
    "announce",
    "announce_device",
    "announce_side",
    "keys",
    "introduced",
    "tour",
    "counsellor_code",
)
OWN: Final = ("language", "dial", "strip", *_LOOK)
"""Preferences that a profile has for itself, named as :class:`ui.preference_ports.Preferences` names them."""
OF_THE_PC: Final = ("escalation_folder", "escalation_url", "team_key", "system_key")
"""Preferences of the PC: changed in its settings file or from the default profile, not from another."""
PATH_OF: Final = {
    "language": "language",
    "dial": "assist.dial",
    "strip": "protection.strip",
    **{name: f"desk.{name}" for name in _LOOK},
    "escalation_folder": "escalation.folder",
    "escalation_url": "escalation.https_url",
    "team_key": "escalation.team_key",
    "system_key": "protection.system_key",
}
"""Where each preference stands in the settings."""
_MAX_BYTES: Final = 100_000

_log = logging.getLogger(__name__)


class OwnSettings(Section):
    """What a profile has set for itself; None: as the PC has it."""

    schema_version: int = Field(default=1, ge=1, le=1)
    language: str | None = None
    theme: str | None = None
    text_scale: float | None = None
    speak_practice: bool | None = None
    layout: Literal["full", "docked", "two"] | None = None
    captions_only: bool | None = None
    announce: bool | None = None
    announce_device: str | None = None
    announce_side: str | None = None
    keys: dict[str, str] | None = None
    introduced: bool | None = None
    tour: str = ""
    """Never as the PC has it: whoever comes to a shared PC takes the tour for himself."""
    counsellor_code: str = Field(default="", pattern=r"^[0-9A-Za-z가-힣._-]{0,40}$")
    """Never as the PC has it: another counsellor's calls would bear this code."""
    dial: Dial | None = None
    strip: bool | None = None


class LiveSettings:
    """The settings of one open profile, and the one way to change them. Thread-safe."""

    def __init__(self, home: Home, now: Callable[[], datetime]) -> None:
        """Read the settings file of the PC and that of the profile; what cannot be used is left out."""
        self._file = home.settings
        self._own_file = home.own_settings
        self.loaded: Loaded = load(home.settings, now)
        self._lock = threading.Lock()
        self._pc = self.loaded.own
        self._site = self.loaded.settings
        self._own = _read(self._own_file) if self._own_file else OwnSettings()
        self._settings = self._joined()

    def now(self) -> Settings:
        """Return the settings."""
        return self._settings

    @property
    def policy(self) -> Policy:
        """What the site has set for this machine."""
        return self.loaded.policy

    @property
    def of_the_pc(self) -> bool:
        """Whether the open profile is the default one, from which the settings of the PC are changed."""
        return self._own_file is None

    def locked(self) -> tuple[str, ...]:
        """Return the preferences that cannot be changed from this profile."""
        fixed = (*self._site.locked, *(name for name, path in PATH_OF.items() if path in self.policy.values))
        return fixed if self._own_file is None else (*dict.fromkeys((*fixed, *OF_THE_PC)),)

    def change(self, settings: Settings) -> None:
        """Store new settings: what a profile has for itself with it, the rest with the PC. Raises Fault."""
        with self._lock:
            if self._own_file is None:
                self._keep(settings)
                self._settings = self._site
                return
            self._keep(_with_own_of(settings, self._site))
            own = _changed(self._own, self._settings, settings)
            if own != self._own:
                write_private(self._own_file, own.model_dump_json(indent=2) + "\n")
                self._own = own
            self._settings = self._joined()

    def _keep(self, site: Settings) -> None:
        """Store the settings of the PC where they changed; what the policy rules stays in the file as it was."""
        pc = without(site, self._pc, self.policy)
        if pc == self._pc and self._file.exists():
            return
        save(self._file, pc)
        self._pc, self._site = pc, applied(pc, self.policy.values)

    def _joined(self) -> Settings:
        return self._site if self._own_file is None else _joined(self._site, self._own, self.locked())


def _joined(site: Settings, own: OwnSettings, locked: tuple[str, ...]) -> Settings:
    """Return the settings of the PC with a profile's own over them, but for what the site has locked."""
    wanted = {name: value for name in OWN if (value := getattr(own, name)) is not None and name not in locked}
    desk: dict[str, object] = {name: wanted[name] for name in _LOOK if name in wanted}
    changes = {
        "language": wanted.get("language", site.language),
        "desk": site.desk.model_copy(update=desk),
        "assist": site.assist.model_copy(update={"dial": wanted.get("dial", site.assist.dial)}),
        "protection": site.protection.model_copy(update={"strip": wanted.get("strip", site.protection.strip)}),
    }
    try:
        return Settings.model_validate(site.model_copy(update=changes).model_dump())
    except ValidationError:
        _log.warning("the settings of a profile cannot be used")
        return site


def _with_own_of(settings: Settings, site: Settings) -> Settings:
    """Return ``settings`` with the parts that belong to profiles as the PC has them."""
    return settings.model_copy(
        update={
            "language": site.language,
            "desk": DeskSettings(**(settings.desk.model_dump() | site.desk.model_dump(include=set(_LOOK)))),
            "assist": settings.assist.model_copy(update={"dial": site.assist.dial}),
            "protection": settings.protection.model_copy(update={"strip": site.protection.strip}),
        }
    )


def _changed(own: OwnSettings, before: Settings, after: Settings) -> OwnSettings:
    """Return a profile's own settings with what differs between two states."""
    old, new = _own_of(before), _own_of(after)
    return own.model_copy(update={name: new[name] for name in OWN if new[name] != old[name]})


def _own_of(settings: Settings) -> dict[str, object]:
    return {
        "language": settings.language,
        "dial": settings.assist.dial,
        "strip": settings.protection.strip,
        **{name: getattr(settings.desk, name) for name in _LOOK},
    }


def _read(file: Path) -> OwnSettings:
    try:
        with file.open("rb") as stream:
            return OwnSettings.model_validate_json(stream.read(_MAX_BYTES))
    except FileNotFoundError:
        return OwnSettings()
    except (OSError, ValueError):  # pydantic's is one
        _log.warning("the settings of a profile cannot be read: those of the PC are used")
        return OwnSettings()
