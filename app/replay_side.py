"""Builds the replay side: the output in its child, the stretching, saved calls of the own store opened for replay.

With :mod:`app.composition` and its other halves the only maker of adapters.
"""

from __future__ import annotations

from collections.abc import Callable

from app.errors import ReplayFault
from app.home import Home
from app.keys import DeskKey
from app.personal import note_access, open_reader, sound_of
from app.replay.model import LoadedCall
from app.replay.open_call import OpenReplay
from app.replay.output import ChildOutput
from app.replay.player import SavedCallPlayer
from app.replay.source import NOTE, load_session
from app.sound import saved_sound
from app.store import Store
from audio.adapters.stretch import SignalsmithStretch
from resources.notices import Fault

_OUTPUT = "audio.adapters.replay_output:build"


def call_player(
    call: OpenReplay, device: str = "", hindrance: Callable[[], Fault | None] = lambda: None
) -> SavedCallPlayer:
    """Return what plays an open call.

    Args:
        call: The call.
        device: The output, ``pulse:NAME``, ``portaudio:API:NAME`` or a name; empty: the default.
        hindrance: Returns why nothing may be played now; None: it may.
    """
    output = lambda: ChildOutput(_OUTPUT, device)  # noqa: E731 - names what is made later
    return SavedCallPlayer(call, output, SignalsmithStretch(), hindrance=hindrance)


def own_call(home: Home, session_id: str, command: str = NOTE) -> LoadedCall:
    """Return a saved call of this home for a command, beside a running desk or without one.

    Args:
        home: Whose.
        session_id: The beginning of an id, as long as only one begins so.
        command: The command, for the access log.

    Raises:
        StoreFault: ``store.absent``, ``store.no_session``, ``store.many_sessions``; KeyFault: the key cannot be had.
    """
    reader = open_reader(home)
    whole = reader.resolve(session_id)

    def note(action: str, subject: str, how: str) -> None:
        note_access(home, action, subject, how if command == NOTE else f"{how} {command}")

    return load_session(reader, sound_of(home, whole), whole, note)


class DeskReplays:
    """Opens the own saved calls of a running desk for replay; a factory for its windows."""

    def __init__(self, home: Home, store: Store, key: DeskKey, in_call: Callable[[], bool] = lambda: False) -> None:
        """Join the parts.

        Args:
            home: Whose desk.
            store: Its open store, which keeps the access log.
            key: Opens the sound.
            in_call: Whether a call is on: what is played then would reach the counsellor's ear, and the recording of
                what the PC plays.
        """
        self._home, self._store, self._key, self._in_call = home, store, key, in_call

    def __call__(self, session_id: str) -> tuple[OpenReplay, SavedCallPlayer]:
        """Return a call, open, and what plays it. Worker thread; the opening is logged first.

        Raises:
            StoreFault: It is not there, or cannot be logged.
        """
        sound = saved_sound(self._home.sound / session_id, self._key.derive("sound"))
        call = OpenReplay(load_session(self._store, sound, session_id, self._store.log))
        return call, call_player(call, hindrance=self._hindrance)

    def _hindrance(self) -> Fault | None:
        return ReplayFault("replay.in_call") if self._in_call() else None
