"""Saved calls: the append-only log of every call, its records, its hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sqlite_utils import Database

from app import event_codec
from app.access_log import Action
from app.errors import StoreFault
from app.store_rows import insert_event, is_held, put_hold, put_records
from app.store_writer import StoreWriter
from assist.events import DeliveryChanged, EscalationRaised, EvidenceCompleted, RecordDelivered
from assist.model import CallRecord
from audio.events import CallEvent, LevelsMeasured, TranscriptPartial

_NOT_APPENDED: Final = (
    TranscriptPartial,
    LevelsMeasured,
    EscalationRaised,
    EvidenceCompleted,
    DeliveryChanged,
    RecordDelivered,
)


class Store(StoreWriter):
    """Saved calls, reading and writing. Methods from any thread but ``store``.

    :meth:`begin_session`, :meth:`append`, :meth:`end_session` and :meth:`save_draft` return at once and never lose what
    they were given; the other writers return when the disk has it. Reads see every write made before them.
    """

    # -- the life of a call ---------------------------------------------------------------------------------

    def begin_session(self, session_id: str, wall_time: str, source: str, title: str = "") -> None:
        """Open a session. ``wall_time`` is ISO 8601 with offset."""
        row = {"id": session_id, "started_at": wall_time, "source": source, "title": title}
        self._put(lambda db: db.table("sessions").insert(row, ignore=True))

    def append(self, event: CallEvent) -> None:
        """Add ``event`` to the log of its session.

        Left out: partial texts and levels, which the log does not need; escalations and deliveries, which their own
        transactions store; and events of a session that was never begun or is deleted.
        """
        if isinstance(event, _NOT_APPENDED):
            return
        body = event_codec.encode(event)
        self._put(lambda db: insert_event(db, event, body))

    def end_session(self, session_id: str, duration_s: float) -> None:
        """Close a session."""
        sql = "UPDATE sessions SET state = 'ended', duration_s = ? WHERE id = ?"
        self._put(lambda db: db.execute(sql, [duration_s, session_id]))

    def save_draft(self, session_id: str, records: tuple[CallRecord, ...]) -> None:
        """Keep unfiled edits in place of earlier ones."""
        body, stored_at = event_codec.encode_records(records), self._now().isoformat()
        self._put(lambda db: put_records(db, session_id, 0, stored_at, body, records))

    def file_records(
        self,
        session_id: str,
        records: tuple[CallRecord, ...],
        also: Callable[[Database, int], None] = lambda db, version: None,
    ) -> int:
        """File records as the next version and drop the draft; returns the version, from 1.

        Args:
            session_id: The call.
            records: One an inquiry.
            also: Further work of the same transaction, told the version.

        Raises:
            StoreFault: ``store.no_session``, or the disk did not take it.
        """
        body, stored_at = event_codec.encode_records(records), self._now().isoformat()

        def work(db: Database) -> int:
            # A version that was sent stays taken when its text has reached its age.
            sql = """
                SELECT max(version) FROM (SELECT version FROM records WHERE session_id = :id
                  UNION ALL SELECT version FROM outbox WHERE session_id = :id AND kind = 'record')
            """
            version = (db.execute(sql, {"id": session_id}).fetchone()[0] or 0) + 1
            if not put_records(db, session_id, version, stored_at, body, records):
                raise StoreFault("store.no_session", id=session_id)
            db.execute("DELETE FROM records WHERE session_id = ? AND version = 0", [session_id])
            also(db, version)
            return version

        return self.write(work)

    def delete(self, session_id: str) -> None:
        """Delete a session with its events and records. Packs that wait in the outbox stay.

        Raises:
            StoreFault: ``store.no_session``, or ``store.held``: it is evidence, and stays until the hold is lifted.
        """

        def work(db: Database) -> None:
            if is_held(db, session_id):
                raise StoreFault("store.held", id=session_id)
            if not db.execute("DELETE FROM sessions WHERE id = ?", [session_id]).rowcount:
                raise StoreFault("store.no_session", id=session_id)
            self.access.note(db, Action.DELETE, session_id)

        self.write(work, truncate=True)

    def set_hold(self, session_id: str, held: bool, reason: str) -> bool:
        """Set or lift the legal hold of a session; returns whether that changed anything. Logged with its reason.

        Raises:
            StoreFault: ``store.no_session``, ``store.hold_reason``: no reason was given.
        """
        if not reason.strip():
            raise StoreFault("store.hold_reason")
        return self.write(lambda db: put_hold(db, self.access, session_id, held, reason.strip()))

    def log(self, action: str, subject: str, note: str = "") -> None:
        """Add a line to the access log before something is given out. Raises StoreFault: not written, give nothing."""
        self.write(lambda db: self.access.note(db, action, subject, note))

    def log_soon(self, action: str, subject: str, note: str = "") -> None:
        """Add a line to the access log as soon as the disk takes it, with the time as it is now; returns at once."""
        at = self._now().isoformat()
        self._put(lambda db: self.access.note(db, action, subject, note, at))

    def recover(self) -> tuple[str, ...]:
        """Close sessions that never ended as interrupted, text intact; returns their ids, oldest first.

        Only for the desk that holds the instance lock: another program's call would look unfinished.
        """
        closing_sql = """
            UPDATE sessions SET state = 'interrupted',
              duration_s = coalesce((SELECT max(t_ns) FROM events e WHERE e.session_id = sessions.id), 0) / 1e9
            WHERE state = 'open'
        """

        def work(db: Database) -> tuple[str, ...]:
            rows = db.query("SELECT id FROM sessions WHERE state = 'open' ORDER BY rowid")
            found = tuple(str(row["id"]) for row in rows)
            db.execute(closing_sql)
            return found

        return self.write(work)
