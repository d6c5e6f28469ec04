"""The desk's side of managed callers: number to keyed hash, earlier calls, the signed list.

The list is fetched in the background and kept in the encrypted database; the last good one goes on helping, however
the address fares. Its version only ever goes up, and time is never earlier than the newest list was made, so neither an
old copy nor a clock set back brings back what has ended.
"""

from __future__ import annotations

import base64
import logging
import random
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Protocol

from sqlite_utils import Database

from app import caller_list
from app.caller_list import CallerList, PublicKey, Verifier
from app.caller_numbers import normalise, own_hasher
from app.errors import CallerFault
from app.settings import ProtectionSettings
from app.store import Store
from assist.model import ManagedCaller
from kb.errors import SyncFault
from kb.release.ports import Reading
from kb.whole_file import take
from resources.notices import Fault

_KEPT: Final = "callers_list"
EVERY_S: Final = 15 * 60.0
RETRY_S: Final = 120.0
JITTER: Final = 0.2
EARLIER_DAYS: Final = 90
"""How far back earlier calls are counted."""

_log = logging.getLogger(__name__)


class Address(Protocol):
    """Where lists are read; the part of :class:`kb.release.ports.Source` that is needed."""

    def read(self, path: str, start: int = 0, validator: str = "") -> AbstractContextManager[Reading]:
        """Open a file. Raises SyncFault."""
        ...

    def cancel(self) -> None:
        """Let a reading under way fail soon."""
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...


@dataclass(frozen=True, slots=True)
class KnownCaller:
    """What is known of the caller of a number. Holds no number."""

    caller: str
    """Keyed hash, under the team's key where this desk has it."""
    own: str
    """Hash under the desk's own key."""
    managed: ManagedCaller | None


@dataclass(frozen=True, slots=True)
class ListState:
    """How the list of this desk stands."""

    version: int = 0
    """0: there is none."""
    issued: str = ""
    expires: str = ""
    entries: int = 0
    current: bool = False
    """Whether it is up to date; an old one still helps."""
    fault: str = ""
    """Why the last fetch brought nothing, one sentence; empty where it did."""


class DeskCallers:
    """Looks callers up. Methods from any worker thread; :meth:`known` takes some 80 ms of CPU."""

    def __init__(
        self,
        store: Store,
        own_key: bytes,
        settings: Callable[[], ProtectionSettings],
        verifier: Verifier,
        open_address: Callable[[str], Address],
        now: Callable[[], datetime],
    ) -> None:
        """Join the parts.

        Args:
            store: The desk's database.
            own_key: 32 bytes derived from the desk key, for the desk's own hashes.
            settings: Where the list is and its key, as they are set now.
            verifier: Checks signatures.
            open_address: Opens the address; raises SyncFault.
            now: Wall clock with zone.
        """
        self._store = store
        self._own = own_hasher(own_key)
        self._settings = settings
        self._verifier = verifier
        self._open_address = open_address
        self._now = now
        self._lock = threading.Lock()
        self._list: CallerList | None = None
        self._list_key = ""
        self._fault = ""
        self._source: Address | None = None
        self._cancelled = False

    def known(self, text: str) -> KnownCaller:
        """Return what is known of the number in ``text``. Raises CallerFault ``caller.not_a_number``."""
        number = normalise(text)
        own = self._own.of(number)
        key = self._key()
        if key is None:
            return KnownCaller(own, own, None)
        caller = key.hasher().of(number)
        found = self._current(key)
        managed = found.callers.get(caller) if found else None
        if managed is not None and found is not None and managed.until < self._today(found):
            managed = None
        return KnownCaller(caller, own, managed)

    def earlier(self, caller: KnownCaller, but: str = "") -> int:
        """Return how many calls of the same caller this desk had of late, practice and the call ``but`` left out."""
        sql = """
            SELECT count(*) FROM sessions WHERE caller IN (?, ?) AND id <> ? AND source <> 'practice'
              AND julianday(started_at) > julianday(?) - ?
        """
        values = [caller.caller, caller.own, but, self._now().astimezone(UTC).isoformat(), EARLIER_DAYS]
        return self._store.read(lambda db: int(db.execute(sql, values).fetchone()[0]))

    def note(self, call_id: str, caller: KnownCaller) -> None:
        """Keep the hash with a call. Returns at once."""
        sql = "UPDATE sessions SET caller = ? WHERE id = ?"
        self._store.later(lambda db: db.execute(sql, [caller.caller, call_id]))

    def state(self) -> ListState:
        """Return how the list stands."""
        key = self._key()
        found = self._current(key) if key else None
        if found is None:
            return ListState(fault=self._fault)
        return ListState(
            found.version,
            found.issued.isoformat(),
            found.expires.isoformat(),
            len(found.callers),
            key is not None and self._time(found) <= found.expires and self._today(found) <= key.expires.isoformat(),
            self._fault,
        )

    def refresh(self) -> bool:
        """Fetch the list once; returns whether a newer one came. The thread ``callers-sync``.

        Raises:
            CallerFault: The key cannot be read, or the list was refused; the last good one stays.
            SyncFault: The address cannot be reached.
            StoreFault: The disk did not take it.
        """
        try:
            came = self._fetch()
        except Fault as fault:
            self._fault = str(fault)
            raise
        self._fault = ""
        return came

    def cancel(self) -> None:
        """Let a fetch under way fail soon and begin no other. Any thread."""
        with self._lock:
            self._cancelled = True
            if self._source is not None:
                self._source.cancel()

    # -- parts ----------------------------------------------------------------------------------------------

    def _fetch(self) -> bool:
        settings = self._settings()
        if not settings.callers_list:
            return False
        key = self._key(strict=True)
        if key is None:
            raise CallerFault("caller.no_public_key")
        data = self._read(settings.callers_list)
        fresh = caller_list.open_list(data, key, self._verifier)
        seen = self._current(key)
        if seen is not None and fresh.version < seen.version:
            raise CallerFault("caller.list_older", version=fresh.version, seen=seen.version)
        if seen is not None and fresh.version == seen.version:
            if fresh != seen:
                raise CallerFault("caller.list_twice", version=fresh.version)
            return False
        text = base64.b64encode(data).decode("ascii")

        def work(db: Database) -> None:
            db.table("meta").insert({"name": _KEPT, "value": text}, replace=True)

        self._store.write(work)
        with self._lock:
            self._list, self._list_key = fresh, key.verify
        return True

    def _read(self, address: str) -> bytes:
        with self._lock:
            if self._cancelled:
                raise CallerFault("caller.list_missing")
            self._source = source = self._open_address(address)
        try:
            with source.read(caller_list.LIST_FILE) as reading:
                data = bytearray()
                for chunk in reading.chunks:
                    data += chunk
                    if len(data) > caller_list.MAX_BYTES:
                        raise CallerFault("caller.list_broken")
            return bytes(data)
        finally:
            with self._lock:
                self._source = None
            source.close()

    def _key(self, strict: bool = False) -> PublicKey | None:
        file = self._settings().callers_key
        if file is None:
            return None
        try:
            return caller_list.read_public(take(Path(file)).decode())
        except (OSError, UnicodeDecodeError, CallerFault):
            if strict:
                raise CallerFault("caller.not_a_list_key") from None
            return None

    def _current(self, key: PublicKey) -> CallerList | None:
        """Return the last good list under this key, from memory or the database."""
        with self._lock:
            if self._list_key == key.verify:
                return self._list
        kept = self._store.read(_kept)
        found: CallerList | None = None
        if kept:
            try:
                found = caller_list.open_list(base64.b64decode(kept), key, self._verifier)
            except (CallerFault, ValueError):
                found = None  # of another centre's key: the next fetch brings ours
        with self._lock:
            self._list, self._list_key = found, key.verify
        return found

    def _time(self, found: CallerList) -> datetime:
        return max(self._now(), found.issued)

    def _today(self, found: CallerList) -> str:
        return self._time(found).astimezone(self._now().tzinfo).date().isoformat()


class CallerListSync:
    """The thread ``callers-sync``: fetches the list at the start and every quarter of an hour or so."""

    def __init__(self, callers: DeskCallers, tell: Callable[[Fault], None], rng: random.Random | None = None) -> None:
        """Join the parts; ``tell`` hears once, in the thread, of each list that was refused."""
        self._callers = callers
        self._tell = tell
        self._rng = rng or random.Random()
        self._wake = threading.Event()
        self._stop = False
        self._told = ""
        self._thread = threading.Thread(target=self._main, name="callers-sync", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def look_now(self) -> None:
        """Fetch now, e.g. after a setting changed. Any thread."""
        self._wake.set()

    def close(self, timeout_s: float = 5.0) -> None:
        """End the thread."""
        self._stop = True
        self._callers.cancel()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def round(self) -> float:
        """Fetch once; returns how long to wait, seconds. In the thread."""
        pause = EVERY_S
        try:
            self._callers.refresh()
            self._told = ""
        except CallerFault as fault:
            _log.warning("list of callers: %s", fault.code)
            if str(fault) != self._told:
                self._told = str(fault)
                self._tell(fault)
        except SyncFault as fault:  # an address that cannot be reached is no news in a call
            _log.info("list of callers: %s", fault.code)
            pause = RETRY_S
        return pause * self._rng.uniform(1 - JITTER, 1 + JITTER)

    def _main(self) -> None:
        while not self._stop:
            try:
                pause = self.round()
            except Exception as error:  # a thread's top frame
                _log.error("fetching the list of callers failed (%s)", type(error).__name__)
                pause = RETRY_S
            self._wake.wait(pause)
            self._wake.clear()


def _kept(db: Database) -> str:
    found = db.execute("SELECT value FROM meta WHERE name = ?", [_KEPT]).fetchone()
    return str(found[0]) if found else ""
