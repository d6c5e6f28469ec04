"""Files records: stored as a new version and, where the site set an address, put into the outbox in the same step.

Both are one transaction: a record is never filed and forgotten, nor sent and not kept. The thread ``sync`` delivers it
(:mod:`app.outbox`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlite_utils import Database

from app.filing_rows import put_filing
from app.settings import FilingSettings
from app.store import Store
from app.store_rows import insert_event, last_moment
from assist.events import RecordFiled
from assist.model import CallRecord


class RecordFiling:
    """What *file* does. Any worker thread."""

    def __init__(
        self,
        store: Store,
        settings: Callable[[], FilingSettings],
        counsellor: str,
        wake: Callable[[], None],
        now: Callable[[], datetime],
        header: Callable[[], Callable[[Database, str], object]] = lambda: lambda db, session_id: None,
    ) -> None:
        """Join the parts.

        Args:
            store: Where records lie.
            settings: Where they go, as set now.
            counsellor: Name of the open profile, or empty.
            wake: Told when something is ready to be sent.
            now: Wall clock with zone.
            header: Returns what the same transaction does for the header of the call (:mod:`app.qa.headers`).
        """
        self._header = header
        self._store = store
        self._settings = settings
        self._counsellor = counsellor
        self._wake = wake
        self._now = now

    def file(self, session_id: str, records: tuple[CallRecord, ...], *, log: bool = False) -> int:
        """File records as the next version; returns the version, from 1, when it is durable.

        Args:
            session_id: The call.
            records: One an inquiry.
            log: Add the event to the call's log too: nobody publishes it.

        Raises:
            StoreFault: ``store.no_session``, or the disk did not take it. Nothing was filed.
        """
        goes = self._settings().is_on
        at = self._now()
        header = self._header()

        def send(db: Database, version: int) -> None:
            if log:
                t_ns = last_moment(db, session_id)
                insert_event(db, RecordFiled(call_id=session_id, t_ns=t_ns, records=records, version=version))
            if goes:
                put_filing(db, session_id, version, at, self._counsellor, records)
            header(db, session_id)

        version = self._store.file_records(session_id, records, send)
        self._wake()
        return version
