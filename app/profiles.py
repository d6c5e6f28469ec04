"""Counsellor profiles: a name and a PIN each, with a key, records, sound, settings and learning of their own.

Shifts share a PC, so the profile and not the PC is the unit. What the profiles are called and what they are for stands
in ``profiles.json``; nothing in it is secret, and it is no lock: a profile's records are closed by its key alone.
The default profile is always there. Without a PIN it opens by itself, as on a PC that one person uses.
"""

from __future__ import annotations

import json
import math
import re
import secrets
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Protocol

from filelock import FileLock, Timeout

from app.errors import KeyFault, ProfileFault
from app.home import DEFAULT_PROFILE, Home
from app.key_wraps import DeskKey
from app.keys import MAX_PIN, KeyState
from app.pin_tries import PinTries
from app.private_file import write_private
from kb.whole_file import take

MAX_NAME: Final = 40
MOST: Final = 200
"""Profiles of one PC."""
_MAX_BYTES: Final = 200_000
_ID: Final = re.compile(r"p-[0-9a-f]{12}")
_LOCK_S: Final = 10.0


class Role(StrEnum):
    """What a profile is for."""

    COUNSELLOR = "counsellor"
    TRAINER = "trainer"
    TEAM = "team"


class Part(StrEnum):
    """What a role opens."""

    DESK = "desk"
    """Calls, and the records of the profile's own."""
    INBOX = "inbox"
    """Sealed packs of the dedicated team (전담팀)."""
    PACKAGES = "packages"
    """Sealed training packages."""


_OPENS: Final = {
    Role.COUNSELLOR: frozenset({Part.DESK}),
    Role.TRAINER: frozenset({Part.DESK, Part.PACKAGES}),
    Role.TEAM: frozenset({Part.INBOX}),
}


@dataclass(frozen=True, slots=True)
class Profile:
    """One profile."""

    id: str
    name: str
    """Empty for a default profile that was never named."""
    role: Role = Role.COUNSELLOR

    @property
    def is_default(self) -> bool:
        """Whether it is the one that every home has."""
        return self.id == DEFAULT_PROFILE

    def opens(self, part: Part) -> bool:
        """Return whether its role covers ``part``."""
        return part in _OPENS[self.role]


class KeyDoor(Protocol):
    """Where a profile's key lies; :class:`app.keys.KeyPlace` fills it."""

    def has_pin(self) -> bool:
        """Return whether a PIN is needed. Raises KeyFault."""
        ...

    def key(self, pin: str = "") -> DeskKey:
        """Return the key, minting it for a profile without a database. Raises KeyFault."""
        ...

    def look(self, pin: str = "") -> tuple[KeyState, DeskKey | None]:
        """Return the state of the key and, where found, the key. Changes nothing. Raises KeyFault."""
        ...

    def fault(self, state: KeyState) -> KeyFault:
        """Return the sentence of a state in which there is no key."""
        ...

    def set_pin(self, old: str, new: str) -> None:
        """Wrap the key with another PIN, or with none. Raises KeyFault."""
        ...


def checked_pin(pin: str) -> str:
    """Return a new PIN as it is used: 4 to 12 digits, or a text of 6 to 64 characters.

    Raises:
        ProfileFault: ``profiles.pin_rules``.
    """
    text = as_used(pin)
    fits = 4 <= len(text) <= 12 if text.isdecimal() else 6 <= len(text) <= MAX_PIN
    if not fits or any(unicodedata.category(char) == "Cc" for char in text):
        raise ProfileFault("profiles.pin_rules")
    return text


def as_used(pin: str) -> str:
    """Return a PIN as typed in the form it is compared in, whatever keyboard wrote it."""
    return unicodedata.normalize("NFKC", pin)


def unlock(
    home: Home,
    door: KeyDoor,
    pin: Callable[[], str],
    wall: Callable[[], float] = time.time,
    mono: Callable[[], float] = time.monotonic,
) -> DeskKey:
    """Return the key of ``home``'s profile; wrong tries are counted and slowed down.

    Args:
        home: Whose.
        door: Where its key lies.
        pin: Returns the PIN as typed; not asked where the profile has none.
        wall: Seconds since 1970.
        mono: Seconds since the start of the PC.

    Raises:
        ProfileFault: ``profiles.pin_wrong``, or ``profiles.pin_wait``: too many wrong tries.
        KeyFault: The key cannot be had for another reason.
    """
    if not door.has_pin():
        return door.key()
    tries = PinTries(home.pin_tries, wall, mono)
    if (seconds := tries.wait_s()) > 0:
        raise _wait(seconds)
    typed = as_used(pin())
    try:
        # Tries of two programs at once are tries one after the other.
        with FileLock(home.pin_tries.with_suffix(".lock"), timeout=_LOCK_S, mode=0o600, is_singleton=False):
            if (seconds := tries.wait_s()) > 0:
                raise _wait(seconds)
            take_back = tries.begin()
            state, key = door.look(typed)
            if key is not None:
                tries.right()
                return key
            if state is not KeyState.WRONG_PIN:
                take_back()
                if state is not KeyState.PIN_NEEDED:
                    raise door.fault(state)
            if (seconds := tries.wait_s()) > 0:
                raise _wait(seconds)
    except Timeout:
        raise ProfileFault("profiles.pin_busy") from None
    raise ProfileFault("profiles.pin_wrong")


def _wait(seconds: int) -> ProfileFault:
    if seconds < 60:
        return ProfileFault("profiles.pin_wait", seconds=seconds)
    return ProfileFault("profiles.pin_wait_minutes", minutes=math.ceil(seconds / 60))


class Profiles:
    """The profiles of one PC. Thread: any, one at a time; unlocking and setting a PIN take some tenths of a second."""

    def __init__(self, home: Home, door: Callable[[Home], KeyDoor], role: Role = Role.COUNSELLOR) -> None:
        """Look at nothing yet.

        Args:
            home: Of the PC.
            door: Where the key of a home's profile lies.
            role: Of the default profile, where the list does not say.
        """
        self._home = home
        self._door = door
        self._role = role

    # -- reading --------------------------------------------------------------------------------------------

    def all(self) -> tuple[Profile, ...]:
        """Return the profiles, the default one first, then by age. Raises ProfileFault: the list cannot be read."""
        listed = _listed(self._home.profile_list)
        default = next((one for one in listed if one.is_default), Profile(DEFAULT_PROFILE, "", self._role))
        return (default, *(one for one in listed if not one.is_default))

    def choice_needed(self) -> bool:
        """Return whether somebody must say who is there: there are several profiles, or the one has a PIN."""
        found = self.all()
        return len(found) > 1 or self.has_pin(found[0].id)

    def of(self, ident: str) -> Profile:
        """Return a profile by its id. Raises ProfileFault: ``profiles.unknown``."""
        for one in self.all():
            if one.id == ident:
                return one
        raise ProfileFault("profiles.unknown", name=ident)

    def find(self, name: str) -> Profile:
        """Return a profile by its name or id. Raises ProfileFault: ``profiles.unknown``."""
        wanted = _folded(name)
        for one in self.all():
            if name == one.id or (one.name and _folded(one.name) == wanted):
                return one
        raise ProfileFault("profiles.unknown", name=name)

    def home_of(self, ident: str, pin: Callable[[], str] | None = None) -> Home:
        """Return the home as a profile sees it."""
        return self._home.of_profile(ident, pin or self._home.pin)

    def has_pin(self, ident: str) -> bool:
        """Return whether a profile opens with a PIN only. Raises KeyFault: its key file is destroyed."""
        return self._door(self.home_of(ident)).has_pin()

    # -- opening and changing -------------------------------------------------------------------------------

    def unlock(self, ident: str, pin: str) -> DeskKey:
        """Return the key of a profile; see :func:`unlock`."""
        home = self.home_of(ident)
        return unlock(home, self._door(home), lambda: pin)

    def add(self, name: str, role: Role = Role.COUNSELLOR, pin: str = "") -> Profile:
        """Make a profile with a key of its own; it is listed when all of it is there.

        Raises:
            ProfileFault: The name is taken or none, the PIN is too short, or there are too many.
            KeyFault: The key cannot be kept.
        """
        found, used = self.all(), checked_pin(pin) if pin else ""
        if len(found) >= MOST:
            raise ProfileFault("profiles.too_many", most=MOST)
        made = Profile(f"p-{secrets.token_hex(6)}", self._free_name(name, found), role)
        door = self._door(self.home_of(made.id))
        door.key()
        if used:
            door.set_pin("", used)
        self._write((*found, made))
        return made

    def rename(self, ident: str, name: str) -> Profile:
        """Give a profile another name. Raises ProfileFault."""
        found = self.all()
        changed = replace(self.of(ident), name=self._free_name(name, [one for one in found if one.id != ident]))
        self._write(tuple(changed if one.id == ident else one for one in found))
        return changed

    def set_role(self, ident: str, role: Role) -> Profile:
        """Give a profile another role. Raises ProfileFault."""
        changed = replace(self.of(ident), role=role)
        self._write(tuple(changed if one.id == ident else one for one in self.all()))
        return changed

    def set_pin(self, ident: str, old: str, new: str) -> None:
        """Change a profile's PIN, or take it away with an empty one.

        Raises:
            ProfileFault: The old PIN is not it, or the new one breaks the rules; KeyFault: nothing was kept.
        """
        used = checked_pin(new) if new else ""
        self.unlock(ident, old)
        self._door(self.home_of(self.of(ident).id)).set_pin(as_used(old), used)

    def unlist(self, ident: str) -> None:
        """Take a profile off the list; its files and key are gone (:func:`app.profile_removal.remove`)."""
        self._write(tuple(one for one in self.all() if one.id != ident))

    # -- the list -------------------------------------------------------------------------------------------

    def _free_name(self, name: str, others: Any) -> str:
        text = " ".join(unicodedata.normalize("NFC", name).split())
        if not 1 <= len(text) <= MAX_NAME or not text.isprintable() or _folded(text) == DEFAULT_PROFILE:
            raise ProfileFault("profiles.name_rules", most=MAX_NAME)
        if any(_folded(one.name) == _folded(text) for one in others):
            raise ProfileFault("profiles.name_taken", name=text)
        return text

    def _write(self, profiles: tuple[Profile, ...]) -> None:
        rows = [{"id": one.id, "name": one.name, "role": one.role.value} for one in profiles]
        text = json.dumps({"version": 1, "profiles": rows}, ensure_ascii=False, indent=1)
        write_private(self._home.profile_list, text + "\n")


def signature(home: Home, otherwise: str) -> str:
    """Return who uses a profile's desk, for the access log: its name, else ``otherwise``."""
    try:
        return next((one.name for one in _listed(home.profile_list) if one.id == home.profile), "") or otherwise
    except ProfileFault:
        return otherwise


def _listed(file: Path) -> tuple[Profile, ...]:
    try:
        value = json.loads(take(file, _MAX_BYTES))
        if value["version"] != 1:
            raise ValueError("a newer program's")
        return tuple(_profile(row) for row in value["profiles"])
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ProfileFault("profiles.list_broken", path=str(file)) from None


def _profile(row: dict[str, Any]) -> Profile:
    ident, name = str(row["id"]), str(row["name"])
    if ident != DEFAULT_PROFILE and not _ID.fullmatch(ident):
        raise ValueError("no id of ours")  # it names a folder
    if len(name) > MAX_NAME or not (name.isprintable() or ident == DEFAULT_PROFILE):
        raise ValueError("no name of ours")
    return Profile(ident, name, Role(row["role"]))


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()
