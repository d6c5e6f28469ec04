"""Keeps what the site wants kept, no longer: at the start, once a day, and when the shift ends.

A call is destroyed in steps that each are durable: the deletion is noted; the keys of its sound are overwritten, then
its files removed; its rows with their places in the search go, and the write-ahead journal is emptied; copies of the
database from before a migration go, since they hold the same; the note is crossed out. A crash after any step is
carried to the same end by the next run. What is on hold is never begun.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from sqlite_utils import Database

from app import log_setup, retention_rows
from app.access_log import Action
from app.errors import StoreFault
from app.home import Home
from app.notice import notice_of
from app.retention_files import KeptFiles
from app.retention_plan import OF_CALLS, Exempt, Item, Judged, Kind, at_shift_end, birth, due, due_with_shift, judge
from app.retention_rows import Begun, HeldCall, begin_deletion, delete_others, delete_rows, end_deletion
from app.settings import RetentionSettings
from app.store import Store
from audio.events import CallEvent
from audio.forget import forget
from resources.notices import Fault

TICK_S: Final = 3_600.0
"""How often the thread looks whether a new day has begun, seconds."""
BY_AGE: Final = "retention"
WITH_SHIFT: Final = "shift"
BY_HAND: Final = "by hand"
_ALL: Final = frozenset(OF_CALLS)
_AT_ONCE: Final = 20
"""Calls to one transaction."""
_LOG_DAYS: Final = 7
"""How long lines go into one log file; days."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept, and what the clock says of it."""

    at: datetime
    calls: tuple[HeldCall, ...]
    items: tuple[Item, ...]
    judged: Judged


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did, or would do."""

    calls: frozenset[str] = frozenset()
    """Calls of which something went."""
    counts: dict[Kind, int] = field(default_factory=dict)
    size: int = 0
    """Bytes, about."""
    doubted: bool = False
    """The clock jumped: nothing went by its age."""
    held: int = 0
    """Calls on hold, which stay."""

    @property
    def total(self) -> int:
        """How many things went."""
        return sum(self.counts.values())


class Retention:
    """Works out what is due and destroys it. Public methods from any thread but ``store`` and Qt's: they wait."""

    def __init__(
        self,
        home: Home,
        store: Store,
        policy: Callable[[], RetentionSettings],
        now: Callable[[], datetime],
        publish: Callable[[CallEvent], None] = lambda event: None,
        recovered: Collection[str] = (),
        step: Callable[[str], None] = lambda name: None,
        tick_s: float = TICK_S,
    ) -> None:
        """Join the parts; :meth:`start` begins.

        Args:
            home: Whose records.
            store: Their rows.
            policy: The site's periods as they are now.
            now: Wall clock with zone.
            publish: The bus; told what the counsellor has to know.
            recovered: Calls that a crash cut short: they are shown first and go when the next shift ends.
            step: Told the name of each durable step; the fault tests crash there.
            tick_s: Pause between looks for a new day, seconds.
        """
        self._sound = home.sound
        self._files = KeptFiles(home)
        self._store = store
        self._policy = policy
        self._now = now
        self._publish = publish
        self._recovered = frozenset(recovered)
        self._step = step
        self._tick_s = tick_s
        self._in_use: Callable[[], Collection[str]] = frozenset
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def watch(self, in_use: Callable[[], Collection[str]]) -> None:
        """Say which calls are open on the desk, in their wrap-up too; they stay."""
        self._in_use = in_use

    def start(self) -> None:
        """Begin: what an earlier run left, then what is due, then once a day, in a thread of its own."""
        self._thread = threading.Thread(target=self._main, name="retention", daemon=True)
        self._thread.start()

    def close(self) -> bool:
        """End the thread and the shift; returns whether the desk key should be changed: nothing of the shift stays."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(60.0)
        try:
            went = self.end_shift()
        except Exception as error:  # the desk closes whatever happens; the next start does it
            _log.error("the shift was not ended in order (%s)", getattr(error, "code", type(error).__name__))
            return False
        return self._policy().mode == "shift" and bool(went.calls)

    # -- what is done ---------------------------------------------------------------------------------------

    def look(self, sizes: bool = False) -> Kept:
        """Return what is kept now; with ``sizes`` every word is counted. Raises StoreFault."""
        folders = self._files.folders()  # before the rows: a call's row is there before its folder
        now, in_use = self._now(), frozenset(self._in_use())

        def read(db: Database) -> Kept:
            calls, parts = retention_rows.calls(db, in_use, sizes)
            births = retention_rows.births_of(db)
            items = [
                *parts,
                *retention_rows.others(db),
                *self._files.sound(folders, calls, in_use),
                *self._files.others(),
            ]
            began = {call.id: retention_rows.moment(call.started_at) for call in calls}
            state = retention_rows.clock_state(db)
            judged = judge(state, max(began.values(), default=None), now)
            if judged.believed:
                for item in items:
                    claimed = began.get(item.ident, item.claimed) if item.kind in OF_CALLS else item.claimed
                    births.setdefault((item.family, item.ident), birth(claimed, state.latest, now))
            born = [replace(item, born=births.get((item.family, item.ident))) for item in items]
            return Kept(now, calls, tuple(born), judged)

        return self._store.read(read)

    def run(self, dry: bool = False) -> Outcome:
        """Delete what has reached its age, or only say what would go. Raises StoreFault, OSError."""
        with self._lock:
            if not dry:
                self._resume()
            kept, policy = self.look(), self._policy()
            found = due(kept.items, policy, kept.at) if kept.judged.believed else ()
            if not dry:
                self._remember(kept)
                self._carry_out(found, BY_AGE)
            return _outcome(kept, found)

    def end_shift(self, kept_calls: frozenset[str] = frozenset()) -> Outcome:
        """Destroy what goes with the shift, whatever the clock says. Raises StoreFault, OSError.

        Args:
            kept_calls: Calls that somebody has yet to look at.
        """
        with self._lock:
            self._resume()
            if not any(at_shift_end(kind, self._policy()) for kind in Kind):
                return Outcome()
            kept = self.look()
            found = due_with_shift(kept.items, self._policy(), kept_calls)
            self._remember(kept)
            self._carry_out(found, WITH_SHIFT)
            return _outcome(kept, found)

    def delete(self, session_id: str) -> None:
        """Destroy one call at once.

        Raises:
            StoreFault: ``store.held``, ``store.call_open``, ``store.handing_over``, ``store.drawn`` or
                ``store.no_session``: nothing was changed; another: the next run finishes it.
        """
        with self._lock:
            self._destroy([(session_id, _ALL)], BY_HAND, one=True)

    def resume(self) -> None:
        """Carry deletions to their end that a crash cut short. Raises StoreFault, OSError."""
        with self._lock:
            self._resume()

    # -- how ------------------------------------------------------------------------------------------------

    def _resume(self) -> None:
        if left := self._store.read(retention_rows.begun):
            _log.warning("%d deletions are carried to their end", len(left))
            self._finish(left)

    def _remember(self, kept: Kept) -> None:
        births = {(item.family, item.ident): item.born for item in kept.items if item.born is not None}

        def work(db: Database) -> None:
            known = retention_rows.births_of(db)
            new = {key: at for key, at in births.items() if key not in known}
            retention_rows.keep_births(db, new, [key for key in known if key not in births])
            retention_rows.keep_clock(db, kept.judged.state)

        self._store.write(work)

    def _carry_out(self, items: Iterable[Item], why: str) -> None:
        rows: dict[str, set[Kind]] = {}
        rest: list[Item] = []
        for item in items:
            if item.kind in OF_CALLS:
                rows.setdefault(item.ident, set()).add(item.kind)
            else:
                rest.append(item)
        self._destroy([(ident, frozenset(kinds)) for ident, kinds in rows.items()], why)
        if files := [item for item in rest if item.kind in (Kind.BACKUPS, Kind.LOGS)]:
            for kind, count in self._files.remove(files).items():
                self._log_one(kind.value, f"{why}: {count}")
            self._step("files")
        if others := [item for item in rest if item.kind not in (Kind.BACKUPS, Kind.LOGS)]:
            note = self._note
            gone = self._store.write(lambda db: delete_others(db, others, why, note))
            self._step("others")
            if any(gone.values()):
                self._store.truncate()
                self._files.purge_copies()

    def _destroy(self, wanted: list[tuple[str, frozenset[Kind]]], why: str, one: bool = False) -> None:
        """Begin and finish deletions; with ``one`` what hinders it is raised, else it stays for another run."""
        at, in_use = self._now(), frozenset(self._in_use())

        def begin(db: Database) -> tuple[list[Begun], list[str]]:
            begun, alone = [], []
            for ident, kinds in wanted:
                try:
                    begin_deletion(db, ident, kinds, why, at, in_use)
                    begun.append(Begun(ident, kinds, why, rows_gone=False))
                except StoreFault as fault:
                    if one:
                        raise
                    if fault.code == "store.no_session" and Kind.SOUND in kinds:
                        alone.append(ident)
            return begun, alone

        if not wanted:
            return
        begun, alone = self._store.write(begin)
        self._step("begun")
        for ident in alone:  # sound whose rows are gone: an older database was put back
            forget(self._sound / ident, self._step)
            self._log_one(ident, f"{why}: {Kind.SOUND.value}")
        for start in range(0, len(begun), _AT_ONCE):
            self._finish(begun[start : start + _AT_ONCE])

    def _finish(self, begun: Iterable[Begun]) -> None:
        done: list[tuple[Begun, bool]] = []
        failed: OSError | None = None
        for one in begun:
            folder = self._files.folder_of(one.session_id)
            try:
                if Kind.SOUND in one.kinds and folder is not None:
                    forget(folder, self._step)
                done.append((one, folder is not None and folder.is_dir()))
            except OSError as error:
                _log.warning("the sound of a call could not be destroyed yet (%s)", type(error).__name__)
                failed = error

        def rows(db: Database) -> None:
            for one, sound_left in done:
                if not one.rows_gone:
                    delete_rows(db, one, sound_left, self._note)

        def end(db: Database) -> None:
            for one, _sound_left in done:
                end_deletion(db, one.session_id)

        if done:
            self._store.write(rows)
            self._step("rows")
            empty = self._store.truncate()
            self._step("truncated")
            self._files.purge_copies()
            self._step("copies")
            if empty:
                self._store.write(end, truncate=True)
                self._step("done")
        if failed is not None:
            raise StoreFault("store.not_destroyed", path=str(self._sound)) from failed

    def _log_one(self, subject: str, text: str) -> None:
        self._store.write(lambda db: self._note(db, subject, text))

    def _note(self, db: Database, subject: str, text: str) -> None:
        self._store.access.note(db, Action.DELETE, subject, text)

    # -- the thread -----------------------------------------------------------------------------------------

    def _main(self) -> None:
        self._guarded(self._at_start)
        day = self._now().date()
        while not self._stop.wait(self._tick_s):
            today = self._now().date()
            if today != day and not self._in_use():
                day = today
                self._guarded(self._daily)

    def _at_start(self) -> None:
        policy = self._policy()
        if any(at_shift_end(kind, policy) for kind in OF_CALLS):
            # The shift before did not end in order: what nobody has to look at goes now, the rest with this shift.
            kept = self.look()
            unread = frozenset(call.id for call in kept.calls if call.drafted and not call.filed) | self._recovered
            went = self.end_shift(unread)
            if went.calls:
                self._publish(notice_of(Fault("retention.earlier_shift", count=len(went.calls)), severity="info"))
            if left := unread & {call.id for call in kept.calls if call.exempt is None}:
                self._publish(notice_of(Fault("retention.look_first", count=len(left)), severity="info"))
        self._daily()

    def _daily(self) -> None:
        log_setup.roll_over(_LOG_DAYS, self._now())
        went = self.run()
        if went.doubted:
            self._publish(notice_of(Fault("retention.clock_doubted"), severity="warning"))
        if went.total:
            _log.info("%d things reached their age and were deleted", went.total)

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except (Fault, OSError) as error:
            _log.warning("retention waits (%s)", getattr(error, "code", type(error).__name__))
        except Exception:  # a thread's top frame: tomorrow's run must not depend on today's
            _log.error("retention failed", exc_info=True)


def _outcome(kept: Kept, found: Iterable[Item]) -> Outcome:
    found = tuple(found)
    counts = {kind: n for kind in Kind if (n := sum(item.kind is kind for item in found))}
    return Outcome(
        frozenset(item.ident for item in found if item.kind in OF_CALLS),
        counts,
        sum(item.size for item in found),
        not kept.judged.believed,
        sum(call.exempt is Exempt.HELD for call in kept.calls),
    )
