"""Faults of the app side.

Fault
└── AppFault
├── ModelFault    a model that is missing, damaged or cannot be fetched
├── StartFault    the desk cannot start here
├── KeyFault      the desk key cannot be had
├── StoreFault    the personal database cannot be read or written
├── TeamFault     team keys and sealed packs
├── DeliveryFault a pack that was not accepted yet
├── ProfileFault  counsellor profiles: names, PINs, roles
├── CallerFault   managed callers: a number, a key or a list that cannot be used
├── ChatFault     a summariser model that did not answer as it should
└── LineFault     something that was not done to the telephone line
"""

from __future__ import annotations

from resources.notices import Fault


class AppFault(Fault):
    """Base of the package's faults."""


class ModelFault(AppFault):
    """A model is missing, damaged or cannot be fetched."""


class StartFault(AppFault):
    """The desk cannot start here: no screen, second copy, no practice call of that name."""


class KeyFault(AppFault):
    """The desk key is locked, absent, wrong or kept where it may not be."""


class StoreFault(AppFault):
    """The personal database cannot be opened, read or written. What was stored stays as it is."""


class TeamFault(AppFault):
    """A team key or a sealed pack that cannot be used."""


class DeliveryFault(AppFault):
    """A destination did not accept a pack; it stays in the outbox and is tried again.

    ``whole_destination`` tells a destination that is down from a pack it refuses; ``retry_after_s`` is the
    destination's own wish; ``reason`` what it said itself, personal data covered, empty where it said nothing.
    """

    whole_destination: bool = True
    reason: str = ""
    retry_after_s: float = 0.0


def pack_fault(code: str, **params: object) -> DeliveryFault:
    """Return a fault of one pack alone: the others go on."""
    fault = DeliveryFault(code, **params)
    fault.whole_destination = False
    return fault


class LineFault(AppFault):
    """Something was not done to the telephone line; the counsellor does it."""


class ChatFault(AppFault):
    """The summariser model did not answer as it should; the draft made without it stands."""


class CallerFault(AppFault):
    """Managed callers: what is no number, a key or a list that cannot be used, an entry that cannot be made."""


class ProfileFault(AppFault):
    """A counsellor profile that is unknown, in use or not allowed something, or a PIN that is not the one."""
