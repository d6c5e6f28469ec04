"""One window after another on a PC that counsellors share: who is there, his desk, the next one's.

The side that holds nothing personal stays open all the while. A desk that is left closes in a thread of its own, so
that nobody waits for its last upload: what it did not deliver is delivered by the next, for packs are sealed already.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from app import courier as couriers
from app.composition import OpenDesk, open_desk, open_shared
from app.courier import Courier
from app.escalation import practice_outbox
from app.home import DEFAULT_PROFILE, Home
from app.instance import InstanceLock
from app.personal import key_place, open_courier, wall_clock
from app.profiles import Profile, Profiles, Role
from app.settings import Settings
from app.settings import load as load_settings
from app.shared_side import SharedSide
from resources.notices import Fault

PATIENCE_S: Final = 1.0
"""How long a desk that is left may take before the next opens beside its last work, seconds."""

_log = logging.getLogger(__name__)


def profiles_of(home: Home) -> Profiles:
    """Return the profiles of a PC; the settings say what its default profile is for."""
    role = load_settings(home.settings, wall_clock).settings.role
    return Profiles(home, key_place, Role(role))


@dataclass(slots=True)
class Typed:
    """A PIN between the page that asked for it and the key it opens; used, it is forgotten."""

    pin: str

    def __call__(self) -> str:
        """Return the PIN."""
        return self.pin

    def forget(self) -> None:
        """Drop it."""
        self.pin = ""


class _Closing:
    """The desk of a profile that was left, on its way out."""

    def __init__(self, profile: str, desk: OpenDesk, then: Callable[[], None]) -> None:
        self.profile = profile
        self._then = then
        self._desk: OpenDesk | None = desk
        self._thread = threading.Thread(target=self._close, name="closing")
        self._thread.start()

    def wait(self, seconds: float | None) -> bool:
        """Wait at most so long (None: however long); returns whether it is closed."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _close(self) -> None:
        desk, self._desk = self._desk, None
        try:
            if desk is not None:
                desk.close()
        except Exception as error:  # a thread's top frame: the next desk must open all the same
            _log.error("a desk did not close well (%s)", type(error).__name__, exc_info=True)
        self._then()


class Shifts:
    """Opens and closes the desks of one run of the program. Main thread."""

    def __init__(self, home: Home, shared: SharedSide) -> None:
        self._home = home
        self._shared = shared
        self._language = os.environ.get("DOUMI_LANG")
        self._closing: _Closing | None = None
        self._open: OpenDesk | None = None
        self._left_at = 0.0
        self._lock = threading.Lock()
        self._nobody_is_there = False
        self._courier: Courier | None = None
        self._couriers: list[Courier] = []
        """Those on their way out."""

    def own_language(self) -> None:
        """Let the next profile's settings decide the language, where the environment did not from the beginning."""
        if self._language is None:
            os.environ.pop("DOUMI_LANG", None)

    @contextmanager
    def desk_of(self, profile: Profile, pin: str) -> Iterator[OpenDesk]:
        """Open the desk of a profile; on leaving it closes in a thread of its own.

        Raises:
            Fault: The desk cannot be opened.
        """
        typed = Typed(pin)
        home = self._home.of_profile(profile.id, self._home.pin if profile.id == self._home.profile else typed)
        if pin:
            home = self._home.of_profile(profile.id, typed)
        desk = open_desk(home, self._shared, others_at_work=not self.settled(profile.id))
        typed.forget()
        self._open = desk
        if self._left_at:
            _log.info("another profile's desk stands after %.1f s", time.monotonic() - self._left_at)
        try:
            yield desk
        finally:
            self._open = None
            self._left_at = time.monotonic()
            self._closing = _Closing(profile.id, desk, self._closed)

    def settled(self, profile: str) -> bool:
        """Wait for the desk that was left, wholly where it was this profile's; returns whether it is closed."""
        closing = self._closing
        return closing is None or closing.wait(None if closing.profile == profile else PATIENCE_S)

    @contextmanager
    def courier(self) -> Iterator[None]:
        """Deliver what lies in the outbox while nobody's desk is open."""
        self._nobody_is_there = True
        self._send()
        try:
            yield
        finally:
            with self._lock:
                self._nobody_is_there = False
                courier, self._courier = self._courier, None
            if courier is not None:
                courier.leave()
                self._couriers.append(courier)

    def close(self) -> None:
        """Wait for the last desk and the last courier."""
        if self._closing is not None:
            self._closing.wait(None)
        for courier in self._couriers:
            courier.join()

    def _closed(self) -> None:
        # The last packs of the desk before may lie there now.
        desk = self._open
        if desk is not None:
            desk.services.retry_outbox()
        else:
            self._send()

    def _send(self) -> None:
        with self._lock:
            if not self._nobody_is_there:
                return
            if self._courier is not None:
                self._courier.wake()
            elif couriers.has_work((self._home.outbox, practice_outbox(self._home))):
                try:
                    self._courier = open_courier(self._home, self._settings)
                except Fault as fault:  # they lie there until a desk is open
                    _log.warning("no courier (%s)", fault.code)

    def _settings(self) -> Settings:
        return load_settings(self._home.settings, wall_clock).settings


@contextmanager
def shifts_of(home: Home) -> Iterator[Shifts]:
    """Take the instance lock and start what the profiles share; everything ends on leaving. Raises StartFault."""
    with InstanceLock(home.lock):
        couriers.sweep(home.root / couriers.FOLDER)
        shared = open_shared(home)
        shifts = Shifts(home, shared)
        try:
            yield shifts
        finally:
            shifts.close()
            shared.close()


def named(home: Home) -> bool:
    """Return whether the command line named a profile other than the default one."""
    return home.profile != DEFAULT_PROFILE
