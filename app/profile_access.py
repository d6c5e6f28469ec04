"""Profiles as the windows see them. Fills :class:`ui.profile_ports.ProfileDoors` and ``OpenProfile``."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.errors import AppFault
from app.profiles import Profile, Profiles
from app.settings import Settings
from ui.profile_ports import LockRule, ProfileRow


class Doors:
    """The profiles of this PC, before one is open. Thread: any."""

    def __init__(self, profiles: Profiles) -> None:
        self._profiles = profiles

    def rows(self) -> Sequence[ProfileRow]:
        """See :class:`ui.profile_ports.ProfileDoors`."""
        return tuple(_row(self._profiles, one) for one in self._profiles.all())

    def unlock(self, ident: str, pin: str) -> None:
        """See :class:`ui.profile_ports.ProfileDoors`."""
        self._profiles.unlock(ident, pin)


class OpenedProfile:
    """The profile whose desk is open. Thread: as :class:`ui.profile_ports.OpenProfile` says."""

    def __init__(
        self,
        profiles: Profiles,
        ident: str,
        settings: Callable[[], Settings],
        note: Callable[[str, str], None] = lambda action, subject: None,
    ) -> None:
        """Join the parts.

        Args:
            profiles: Of this PC.
            ident: Of the open one.
            settings: The settings as they are now.
            note: Adds a line to the access log: what, and which profile; raises Fault.
        """
        self._profiles = profiles
        self._id = ident
        self._settings = settings
        self._note = note
        self.switch_asked = False
        """Whether another profile is wanted once the window is closed."""

    @property
    def row(self) -> ProfileRow:
        """See :class:`ui.profile_ports.OpenProfile`."""
        return _row(self._profiles, self._profiles.of(self._id))

    def check(self, pin: str) -> None:
        """See :class:`ui.profile_ports.OpenProfile`."""
        self._profiles.unlock(self._id, pin)

    def set_pin(self, old: str, new: str) -> None:
        """See :class:`ui.profile_ports.OpenProfile`."""
        self._profiles.set_pin(self._id, old, new)
        self._note("profile.pin", self._id)

    def lock_rule(self) -> LockRule:
        """See :class:`ui.profile_ports.OpenProfile`."""
        security = self._settings().security
        return LockRule(security.lock_minutes, security.lock_in_call)

    def ask_switch(self) -> None:
        """See :class:`ui.profile_ports.OpenProfile`."""
        self.switch_asked = True


def _row(profiles: Profiles, one: Profile) -> ProfileRow:
    try:
        has_pin = profiles.has_pin(one.id)
    except AppFault:
        has_pin = False  # its key file is destroyed: opening it says so
    return ProfileRow(one.id, one.name, one.role.value, has_pin)
