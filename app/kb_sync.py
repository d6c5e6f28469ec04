"""Keeps the knowledge current: looks for a new release at the start and every so often, and says what is wrong."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable
from typing import Final

from kb.errors import SyncFault, SyncUnreachable
from kb.release.sync import SyncReport
from resources.notices import Fault

_log = logging.getLogger(__name__)

FIRST_PAUSE_S: Final = 60.0
"""After a first failure; doubled with each further one."""
JITTER: Final = 0.2
"""Hundreds of desks should not ask in the same second."""


class KbSync:
    """The thread ``kb-sync``. A sync may run in the middle of a call: searching goes on meanwhile."""

    def __init__(
        self,
        sync: Callable[[], SyncReport | None],
        cancel: Callable[[], None],
        every_minutes: Callable[[], int],
        tell: Callable[[Fault], None],
        rng: random.Random | None = None,
    ) -> None:
        """Join the parts; :meth:`start` begins.

        Args:
            sync: Syncs once; None where no address is set. Raises Fault.
            cancel: Lets a sync under way fail soon; any thread.
            every_minutes: How often, as it is set now.
            tell: Told, in the thread, once of each refusal. An address that cannot be reached is no news: the desk
                shows 최신 아님 when it matters.
            rng: Jitter.
        """
        self._sync = sync
        self._cancel = cancel
        self._every_minutes = every_minutes
        self._tell = tell
        self._rng = rng or random.Random()
        self._wake = threading.Event()
        self._stop = False
        self._failures = 0
        self._told = ""
        self._thread = threading.Thread(target=self._main, name="kb-sync", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def sync_now(self) -> None:
        """Look for a release now. Any thread."""
        self._wake.set()

    def close(self, timeout_s: float = 5.0) -> None:
        """End the thread; a download under way is left behind and resumed at the next start."""
        self._stop = True
        self._cancel()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def round(self) -> float:
        """Sync once and return how long to wait, in seconds. In the thread."""
        regular = self._every_minutes() * 60.0
        try:
            report = self._sync()
        except SyncUnreachable as fault:
            self._failures += 1
            _log.warning("release: %s", fault.code)
            regular = min(regular, FIRST_PAUSE_S * 2 ** min(self._failures - 1, 10))
        except Fault as fault:
            self._failures = 0
            self._once(fault)
        else:
            self._failures, self._told = 0, ""
            if report is not None and report.updated:
                _log.info("release %d is searched from now on", report.status.release)
        return regular * self._rng.uniform(1 - JITTER, 1 + JITTER)

    def _once(self, fault: Fault) -> None:
        _log.warning("release: %s", fault.code)
        if not isinstance(fault, SyncFault) or fault.code == "kb.sync_busy":
            return  # the knowledge cannot be opened, which is said elsewhere; or another process is at it
        if str(fault) != self._told:
            self._told = str(fault)
            self._tell(fault)

    def _main(self) -> None:
        while not self._stop:
            try:
                pause = self.round()
            except Exception:
                _log.exception("the sync failed")
                pause = FIRST_PAUSE_S
            self._wake.wait(pause)
            self._wake.clear()
