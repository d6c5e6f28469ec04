"""Rows of filed records in the outbox. Work for :meth:`app.store.Store.write` and ``read``.

A newer version takes the place of one that waits and was never sent, or was refused. One that may have arrived stays,
and is settled first: the versions of a record always go in order.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from sqlite_utils import Database

from app.filing_document import About, document, key_of
from app.outbox_rows import Kind
from app.store_rows import insert_event, last_moment
from assist.events import RecordDelivered
from assist.model import REHEARSED, CallRecord, Delivery

_WAITING = Delivery.WAITING.value


def put_filing(
    db: Database, session_id: str, version: int, at: datetime, counsellor: str, records: tuple[CallRecord, ...]
) -> bool:
    """Put a version just filed into the outbox, inside the transaction that files it; returns whether it goes.

    Practice calls and exercises never go.
    """
    sql = "SELECT started_at, duration_s, source, escalated FROM sessions WHERE id = ?"
    started_at, duration_s, source, escalated = db.execute(sql, [session_id]).fetchone()
    if source in REHEARSED or not records:
        return False
    about = About(started_at=started_at, duration_s=duration_s or 0.0, source=source, escalated=bool(escalated))
    body = document(session_id, version, at, counsellor, about, records)
    drop = "DELETE FROM outbox WHERE kind = 'record' AND session_id = ? AND delivery = ? AND (begun = 0 OR refused = 1)"
    db.execute(drop, [session_id, _WAITING])
    db.table("outbox").insert(
        {
            "pack_id": key_of(session_id, version),
            "session_id": session_id,
            "created_at": at.isoformat(),
            "kind": Kind.RECORD.value,
            "sealed_to": "desk",
            "file": "",
            "sha256": hashlib.sha256(body.encode()).hexdigest(),
            "delivery": _WAITING,
            "version": version,
            "body": body,
        }
    )
    return True


def unsent_records(db: Database) -> int:
    """Return how many filed records the site's system has not taken yet."""
    sql = "SELECT count(*) FROM outbox WHERE kind = 'record' AND delivery = ?"
    return int(db.execute(sql, [_WAITING]).fetchone()[0])


def may_go(db: Database, pack_id: str) -> bool:
    """Return whether a record still waits and no earlier version of it does."""
    sql = """
        SELECT 1 FROM outbox o WHERE o.pack_id = ? AND o.delivery = ? AND NOT EXISTS (
          SELECT 1 FROM outbox e WHERE e.kind = 'record' AND e.session_id = o.session_id AND e.version < o.version
            AND e.delivery = o.delivery)
    """
    return db.execute(sql, [pack_id, _WAITING]).fetchone() is not None


def begin_sending(db: Database, pack_id: str) -> bool:
    """Note that a record is about to leave this PC; returns whether it still waits."""
    sql = "UPDATE outbox SET begun = 1, refused = 0 WHERE pack_id = ? AND delivery = ?"
    return bool(db.execute(sql, [pack_id, _WAITING]).rowcount)


def accept_record(db: Database, pack_id: str, destination: str, receipt: dict[str, str]) -> RecordDelivered:
    """Mark a record as taken, let go of its content here, and log it."""
    sql = """
        UPDATE outbox SET delivery = ?, attempts = attempts + 1, destination = ?, error = '', receipt = ?, body = '',
          refused = 0 WHERE pack_id = ?
    """
    told = json.dumps(receipt, ensure_ascii=False)
    db.execute(sql, [Delivery.ACCEPTED.value, destination, told, pack_id])
    return insert_event(db, _event(db, pack_id, Delivery.ACCEPTED))


def fail_record(
    db: Database, pack_id: str, destination: str, code: str, params: dict[str, str], refused: bool
) -> RecordDelivered | None:
    """Count a try that was not accepted; returns the event where a refusal is new, which is logged.

    A refused version that a newer one already followed goes.
    """
    found = db.execute("SELECT session_id, version, error FROM outbox WHERE pack_id = ?", [pack_id]).fetchone()
    if found is None:
        return None
    error = json.dumps({"code": code, "params": params}, ensure_ascii=False)
    sql = "UPDATE outbox SET attempts = attempts + 1, destination = ?, error = ?, refused = ? WHERE pack_id = ?"
    db.execute(sql, [destination, error, refused, pack_id])
    if not refused:
        return None
    later = "SELECT 1 FROM outbox WHERE kind = 'record' AND session_id = ? AND version > ?"
    event = _event(db, pack_id, Delivery.WAITING, code, params)
    if db.execute(later, list(found[:2])).fetchone():
        db.execute("DELETE FROM outbox WHERE pack_id = ?", [pack_id])
        return None
    return insert_event(db, event) if found[2] != error else None


def _event(
    db: Database, pack_id: str, delivery: Delivery, code: str = "", params: dict[str, str] | None = None
) -> RecordDelivered:
    row = db.execute("SELECT session_id, version FROM outbox WHERE pack_id = ?", [pack_id]).fetchone()
    session_id, version = row
    return RecordDelivered(
        call_id=session_id,
        t_ns=last_moment(db, session_id),
        version=version,
        delivery=delivery,
        code=code,
        params=params or {},
    )
