"""Rows of one session: events, records and what is searched; written inside a transaction of the store."""

from __future__ import annotations

from dataclasses import replace

from sqlite_utils import Database

from app import event_codec
from app.store_reader import fold
from assist.events import EscalationRaised, TurnUpdated
from assist.model import CallRecord
from audio.events import CallEvent, TranscriptFinal
from audio.model import Channel


def insert_event(db: Database, event: CallEvent, body: str | None = None) -> None:
    """Add one event inside a transaction, for work given to :meth:`Store.write`.

    An event that never went over the bus (``seq`` 0) takes the next place in its session's log.
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
        return
    if isinstance(event, TurnUpdated):
        turn = event.turn
        _index(db, event.call_id, f"turn.{turn.index}", f"{turn.text}\n{turn.display}")
        first = turn.shown if turn.speaker is Channel.CALLER else ""
        # The first caller turn replaces itself while it grows.
        db.execute(
            "UPDATE sessions SET turns = max(turns, :turns), first_words = CASE"
            " WHEN :first <> '' AND instr(:first, first_words) = 1 THEN :first ELSE first_words END WHERE id = :id",
            {"turns": turn.index + 1, "first": first, "id": event.call_id},
        )
    elif isinstance(event, TranscriptFinal):
        _index(db, event.call_id, f"final.{event.utterance}", f"{event.text}\n{event.display}")
    elif isinstance(event, EscalationRaised):
        db.execute("UPDATE sessions SET escalated = 1 WHERE id = ?", [event.call_id])


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
    _index(db, session_id, "records", "\n".join([*lines, *(record.follow_up or "" for record in records)]))
    return True


def _index(db: Database, session_id: str, part: str, text: str) -> None:
    row = {"session_id": session_id, "part": part, "body": fold(text)}
    db.table("search").insert(row, replace=True)
