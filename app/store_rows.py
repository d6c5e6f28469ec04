"""Rows of one session: events, records and what is searched; written inside a transaction of the store."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from sqlite_utils import Database

from app import event_codec, search_index
from app.access_log import AccessLog, Action
from app.errors import StoreFault
from assist.events import EscalationRaised, TurnUpdated
from assist.model import CallRecord
from audio.events import CallEvent, TranscriptFinal
from audio.model import Channel

E = TypeVar("E", bound=CallEvent)


def insert_event(db: Database, event: E, body: str | None = None) -> E:
    """Add one event inside a transaction, for work given to :meth:`Store.write`; returns it as it is stored.

    An event without a number (``seq`` 0) takes the next place in its session's log: publish what is returned, so that
    log and bus agree.
    """
    if not event.seq:
        last = db.execute("SELECT coalesce(max(seq), 0) FROM events WHERE session_id = ?", [event.call_id]).fetchone()
        event, body = replace(event, seq=last[0] + 1), None
    text = event_codec.encode(event) if body is None else body
    sql = """
        INSERT INTO events (session_id, seq, t_ns, type, body)
        SELECT ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM sessions WHERE id = ?)
    """
    values = [event.call_id, event.seq, event.t_ns, type(event).__name__, text, event.call_id]
    if not db.execute(sql, values).rowcount:
        return event
    if isinstance(event, TurnUpdated):
        turn = event.turn
        search_index.put_spoken(db, event)
        first = turn.shown if turn.speaker is Channel.CALLER else ""
        # The first caller turn replaces itself while it grows.
        db.execute(
            "UPDATE sessions SET turns = max(turns, :turns), first_words = CASE"
            " WHEN :first <> '' AND instr(:first, first_words) = 1 THEN :first ELSE first_words END WHERE id = :id",
            {"turns": turn.index + 1, "first": first, "id": event.call_id},
        )
    elif isinstance(event, TranscriptFinal):
        search_index.put_spoken(db, event)
    elif isinstance(event, EscalationRaised):
        db.execute("UPDATE sessions SET escalated = 1 WHERE id = ?", [event.call_id])
    return event


def last_moment(db: Database, session_id: str) -> int:
    """Return the time of the last event of a session, ns from its beginning; for what happens after the call."""
    return int(db.execute("SELECT coalesce(max(t_ns), 0) FROM events WHERE session_id = ?", [session_id]).fetchone()[0])


def put_records(
    db: Database, session_id: str, version: int, stored_at: str, body: str, records: tuple[CallRecord, ...]
) -> bool:
    """Store one version of the records; returns whether the session exists."""
    if not db.execute("SELECT 1 FROM sessions WHERE id = ?", [session_id]).fetchone():
        return False
    row = {"session_id": session_id, "version": version, "stored_at": stored_at, "body": body}
    db.table("records").insert(row, replace=True)
    lines = [
        line
        for record in records
        for line in (record.category, record.subcategory or "", *record.inquiry, *record.answer, *record.action)
    ]
    search_index.put(db, session_id, "records", "\n".join([*lines, *(record.follow_up or "" for record in records)]))
    return True


def is_held(db: Database, session_id: str) -> bool:
    """Return whether a session is under legal hold."""
    found = db.execute("SELECT hold FROM sessions WHERE id = ?", [session_id]).fetchone()
    return bool(found and found[0])


def put_hold(db: Database, log: AccessLog, session_id: str, held: bool, reason: str) -> bool:
    """Set or lift a legal hold and log it; returns whether it was otherwise before. Raises StoreFault."""
    changed = db.execute("UPDATE sessions SET hold = ? WHERE id = ? AND hold <> ?", [held, session_id, held]).rowcount
    if not changed and not db.execute("SELECT 1 FROM sessions WHERE id = ?", [session_id]).fetchone():
        raise StoreFault("store.no_session", id=session_id)
    log.note(db, Action.HOLD if held else Action.RELEASE, session_id, reason)
    return bool(changed)
