"""Faults of the app side.

Fault
└── AppFault
├── ModelFault    a model that is missing, damaged or cannot be fetched
├── StartFault    the desk cannot start here
├── KeyFault      the desk key cannot be had
├── StoreFault    the personal database cannot be read or written
├── TeamFault     team keys and sealed packs
├── DeliveryFault a pack that was not accepted yet
├── QaFault       quality assurance: trainers' keys, the exchange, headers, draws, letters
├── PackageFault  a session package that cannot be made or opened
├── ExchangeFault a folder, share or store for sealed files that does not answer
├── RerunFault    a call that cannot be run again
├── CaseFault     a model case that cannot be made, found or written
├── ExerciseFault an exercise that cannot be made or played
├── ProfileFault  counsellor profiles: names, PINs, roles
├── CallerFault   managed callers: a number, a key or a list that cannot be used
├── ReplayFault   a saved call that cannot be played again
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


class QaFault(AppFault):
    """Quality assurance: a trainers' key or card, the exchange, a header, a draw or a letter that cannot be used."""


class CaseFault(AppFault):
    """A model case cannot be made or found, or the case book not be written. Kept cases stay as they are."""


class RerunFault(AppFault):
    """A saved call cannot be run again, or its run was stopped. The call stays as it is."""


class ExerciseFault(AppFault):
    """An exercise cannot be made of a call, found or played."""


class LineFault(AppFault):
    """Something was not done to the telephone line; the counsellor does it."""


class ChatFault(AppFault):
    """The summariser model did not answer as it should; the draft made without it stands."""


class CallerFault(AppFault):
    """Managed callers: what is no number, a key or a list that cannot be used, an entry that cannot be made."""


class PackageFault(AppFault):
    """A session package that cannot be made or opened; nothing of it was shown."""


class ExchangeFault(AppFault):
    """The exchange does not answer, is full, or does not take a file. What is there stays as it is."""


class ExchangeMissing(ExchangeFault):
    """There is no file of that name in the exchange (any more)."""


class ProfileFault(AppFault):
    """A counsellor profile that is unknown, in use or not allowed something, or a PIN that is not the one."""


class ReplayFault(AppFault):
    """A saved call that is gone or may no longer be open, or sound that nothing plays."""
