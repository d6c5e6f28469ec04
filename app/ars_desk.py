"""What the caller chose in the menus (ARS), at the desk: told in a call or before it, by the telephony program."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.caller_desk import HOLD_S
from app.site_scripts import SiteFile
from assist import ars
from assist.ars import Hint, Menus
from assist.events import ArsPathKnown
from audio.events import CallEvent, LanguageOffered
from audio.model import HOME_LANGUAGE, Channel


class SiteMenus(SiteFile[Menus]):
    """The menus that are known, those of the site first."""

    def __init__(self, file: Callable[[], Path | None]) -> None:
        """Name the file: the setting ``telephony.ars_menus`` as it is now."""
        super().__init__(file, ars.load, ars.shipped)


@dataclass(frozen=True, slots=True)
class _Call:
    """The call a path belongs to."""

    ident: str
    now_ns: Callable[[], int]


class ArsDesk:
    """Takes paths and tells what they say, for the open call or the next one. Any thread. Practice calls have none.

    What a path says may stand in a file on a share: telling it is given back as work for a worker thread.
    """

    def __init__(
        self,
        menus: SiteMenus,
        publish: Callable[[CallEvent], None],
        monotonic: Callable[[], float],
    ) -> None:
        """Join the parts; ``monotonic`` in seconds."""
        self.menus = menus
        self._publish = publish
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._call: _Call | None = None
        self._practice = False
        self._told: tuple[str, ...] = ()
        self._next: tuple[tuple[str, ...], float] | None = None

    def hint(self, path: tuple[str, ...]) -> Hint:
        """Return what a path says by the menus as they are now."""
        return self.menus.now().hint(path)

    def take(self, path: tuple[str, ...]) -> Callable[[], None] | None:
        """Take a path for the open call, or for the next one; an empty one takes back what waits.

        Returns work that tells it, where there is something new to tell of the open call.
        """
        with self._lock:
            if self._practice:
                return None
            call = self._call
            if call is None:
                self._next = (path, self._monotonic()) if path else None
                return None
            if not path or path == self._told:
                return None
            self._told = path
        return lambda: self._tell(call, path)

    def begin(self, call_id: str, now_ns: Callable[[], int], practice: bool) -> Callable[[], None] | None:
        """Note that a call began; returns work that tells it where a path was given before it."""
        with self._lock:
            self._practice, self._told = practice, ()
            if practice:
                return None
            self._call = call = _Call(call_id, now_ns)
            waiting, self._next = self._next, None
            if waiting is None or self._monotonic() - waiting[1] > HOLD_S:
                return None
            self._told = path = waiting[0]
        return lambda: self._tell(call, path)

    def ended(self) -> None:
        """Note that the call ended: the next path is for the next call."""
        with self._lock:
            self._call, self._practice = None, False

    def _tell(self, call: _Call, path: tuple[str, ...]) -> None:
        hint = self.hint(path)
        t_ns = call.now_ns()
        self._publish(ArsPathKnown(call_id=call.ident, t_ns=t_ns, path=path, category=hint.category))
        if hint.language and hint.language != HOME_LANGUAGE:
            offered = LanguageOffered(call_id=call.ident, t_ns=t_ns, channel=Channel.CALLER, language=hint.language)
            self._publish(offered)
