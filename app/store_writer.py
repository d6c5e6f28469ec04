"""The one thread that writes the personal database.

Work is queued and done in order by the thread ``store``, many pieces to one durable transaction. What cannot be
written now (disk full, file locked) is kept in memory and tried again every second; who waits for an answer is told.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeGuard, TypeVar

from sqlite_utils import Database

from app import search_index
from app.access_log import AccessLog
from app.errors import StoreFault
from app.store_reader import SessionReader
from app.store_schema import Vault, migrate, version

BATCH: Final = 256
RETRY_S: Final = 1.0
_TRUNCATE_TRIES: Final = 3
"""A journal is not emptied in one batch with writes, nor while somebody reads from it."""
ANSWER_S: Final = 30.0
"""How long a caller waits for its write before it is told that the database is busy."""
_TRANSIENT: Final = ("store.disk_full", "store.io", "store.busy", "store.read_only")

T = TypeVar("T")
Work = Callable[[Database], Any]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    work: Work
    answer: Future[Any] | None = None


class StoreWriter(SessionReader):
    """Takes work for the thread ``store``; reads see every write made before them. Methods from any thread but that."""

    def __init__(
        self,
        vault: Vault,
        now: Callable[[], datetime],
        on_state: Callable[[StoreFault | None], None] = lambda fault: None,
        retry_s: float = RETRY_S,
    ) -> None:
        """Open, migrate and start the thread.

        Args:
            vault: The database file.
            now: Wall clock with zone, for the time of records.
            on_state: Called in the thread ``store`` when writing fails (with why) and when it works again (None).
            retry_s: Pause between tries while writing fails, seconds.

        Raises:
            StoreFault: The file cannot be opened with this key, is damaged or newer; it is left as it is.
        """
        super().__init__(vault)
        self._now = now
        self._on_state = on_state
        self._retry_s = retry_s
        self.access = AccessLog(vault.log_key, vault.path, now)
        """The access log, for work given to :meth:`write`; :meth:`app.store.Store.log` for a line that stands alone."""
        self._changed = threading.Condition()
        self._jobs: deque[_Job] = deque()
        self._running = 0
        self._closing = False
        self._failing: StoreFault | None = None
        ready: Future[None] = Future()
        self._thread = threading.Thread(target=self._main, args=(ready,), name="store", daemon=True)
        self._thread.start()
        try:
            ready.result()
        except BaseException:
            self._thread.join()
            raise

    def write(self, work: Callable[[Database], T], truncate: bool = False) -> T:
        """Run ``work`` in one transaction in the thread ``store``; returns its value when it is durable.

        Args:
            work: Must be repeatable: it may run again after a rollback. A Fault it raises undoes only this work.
            truncate: Empty the write-ahead journal afterwards, so that no deleted page stays in it.

        Raises:
            StoreFault: It was not written.
        """
        answer: Future[T] = Future()
        self._put(work, answer)
        try:
            value = answer.result(ANSWER_S)
        except TimeoutError:
            raise StoreFault("store.busy", path=str(self._vault.path)) from None
        if truncate:
            self.truncate()
        return value

    def truncate(self) -> bool:
        """Empty the write-ahead journal; returns whether it is empty: somebody may be reading from it.

        Raises:
            StoreFault: The database does not take it.
        """
        for _ in range(_TRUNCATE_TRIES):
            answer: Future[bool | None] = Future()
            self._put(_Truncate(), answer)
            try:
                if answer.result(ANSWER_S):
                    return True
            except TimeoutError:
                raise StoreFault("store.busy", path=str(self._vault.path)) from None
        return False

    def later(self, work: Work) -> None:
        """Run ``work`` in a transaction of the thread ``store`` some time soon; returns at once. Must be repeatable."""
        self._put(work)

    def flush(self) -> None:
        """Wait until everything given before is durable. Raises StoreFault when it cannot be."""
        self.write(_nothing)

    @property
    def failing(self) -> StoreFault | None:
        """Why writing does not work at the moment."""
        return self._failing

    def close(self) -> None:
        """Write what waits, end the thread, close the file. May be called twice."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join()

    def _put(self, work: Work, answer: Future[Any] | None = None) -> None:
        if answer is not None and threading.current_thread() is self._thread:
            raise RuntimeError("the store's thread must not wait for itself")
        with self._changed:
            if self._closing:
                raise StoreFault("store.closed")
            self._jobs.append(_Job(work, answer))
            self._changed.notify_all()

    def _settle(self) -> None:
        if threading.current_thread() is self._thread:
            return
        with self._changed:
            self._changed.wait_for(lambda: self._failing or not (self._jobs or self._running), timeout=ANSWER_S)

    # -- the thread -----------------------------------------------------------------------------------------

    def _main(self, ready: Future[None]) -> None:
        try:
            db = self._vault.writer()
        except BaseException as error:
            ready.set_exception(error)
            return
        try:
            self.access.prepare(version(db))
            migrate(db, self._vault.path)
            self.access.take_over(db)
            search_index.take_over(db)
            self.access.settle(db)
        except BaseException as error:
            db.conn.close()
            known = self._vault.fault(error) if isinstance(error, Exception) else None
            ready.set_exception(known or error)
            return
        ready.set_result(None)
        try:
            while batch := self._next():
                self._do(db, batch)
        finally:
            db.conn.close()

    def _next(self) -> list[_Job]:
        with self._changed:
            if self._failing and not self._closing:
                self._changed.wait(self._retry_s)
            self._changed.wait_for(lambda: self._jobs or self._closing)
            batch = [self._jobs.popleft() for _ in range(min(BATCH, len(self._jobs)))]
            self._running = len(batch)
            return batch

    def _do(self, db: Database, batch: list[_Job]) -> None:
        error = self._attempt(db, batch)
        if error is None:
            return
        if _is_transient(error):
            self._put_back(batch, error)
        elif len(batch) == 1:
            self._fail(batch[0], error)
        else:
            # One of them is to blame: the others must not go down with it.
            for index, job in enumerate(batch):
                error = self._attempt(db, [job])
                if _is_transient(error):
                    self._put_back(batch[index:], error)
                    return
                if error is not None:
                    self._fail(job, error)

    def _attempt(self, db: Database, batch: list[_Job]) -> Exception | None:
        try:
            values = _commit(db, batch)
        except Exception as error:
            if db.conn.in_transaction:
                db.execute("ROLLBACK")
            return self._vault.fault(error) or error
        self.access.settle(db)
        self._done(batch, values)
        return None

    def _done(self, batch: list[_Job], values: list[Any]) -> None:
        with self._changed:
            works_again = self._failing is not None
            self._failing = None
            self._running -= min(self._running, len(batch))
            self._changed.notify_all()
        for job, value in zip(batch, values, strict=True):
            if job.answer is not None:
                job.answer.set_result(value)
        if works_again:
            self._tell(None)

    def _put_back(self, batch: list[_Job], fault: StoreFault) -> None:
        kept = [job for job in batch if job.answer is None]
        with self._changed:
            is_new = self._failing is None or self._failing.code != fault.code
            self._failing = fault
            lost = len(kept) + len(self._jobs) if self._closing else 0
            if not self._closing:
                self._jobs.extendleft(reversed(kept))
            self._running -= min(self._running, len(batch))
            self._changed.notify_all()
        for job in batch:
            if job.answer is not None:
                job.answer.set_exception(fault)
        if lost:
            _log.error("closed with %d writes undone (%s)", lost, fault.code)
        if is_new:
            _log.warning("writing fails (%s)", fault.code)
            self._tell(fault)

    def _tell(self, fault: StoreFault | None) -> None:
        try:
            self._on_state(fault)
        except Exception as error:  # whoever listens must not stop the one writer
            _log.error("a listener failed (%s)", type(error).__name__)

    def _fail(self, job: _Job, error: Exception) -> None:
        with self._changed:
            self._running -= min(self._running, 1)
            self._changed.notify_all()
        if job.answer is not None:
            job.answer.set_exception(error)
            return
        _log.error("a write was refused (%s)", getattr(error, "code", type(error).__name__))
        self._tell(error if isinstance(error, StoreFault) else StoreFault("store.refused"))


class _Truncate:
    """Marks a job that empties the journal; it runs outside a transaction."""

    def __call__(self, db: Database) -> bool:
        return not db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]


def _nothing(db: Database) -> None:
    """Write nothing; a place in the queue."""


def _commit(db: Database, batch: list[_Job]) -> list[Any]:
    if len(batch) == 1 and isinstance(batch[0].work, _Truncate):
        return [batch[0].work(db)]
    db.execute("BEGIN IMMEDIATE")
    values = [None if isinstance(job.work, _Truncate) else job.work(db) for job in batch]
    db.execute("COMMIT")
    return values


def _is_transient(error: Exception | None) -> TypeGuard[StoreFault]:
    return isinstance(error, StoreFault) and error.code in _TRANSIENT
