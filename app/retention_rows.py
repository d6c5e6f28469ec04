"""What the personal database holds and how rows of it go. Work for :meth:`app.store.Store.read` and ``write``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlite_utils import Database

from app import event_codec
from app.errors import StoreFault
from app.retention_plan import OF_CALLS, ClockState, Exempt, Item, Kind
from app.store_rows import put_records
from assist.model import Delivery

_CLOCK: Final = "retention_clock"
_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)

_CALLS: Final = """
SELECT s.id, s.started_at, s.title, s.first_words, s.state, s.hold, s.source,
  {words} AS words,
  (SELECT max(r.stored_at) FROM records r WHERE r.session_id = s.id AND r.version > 0) AS filed_at,
  (SELECT max(r.stored_at) FROM records r WHERE r.session_id = s.id AND r.version = 0) AS drafted_at,
  (SELECT coalesce(sum(length(r.body)), 0) FROM records r WHERE r.session_id = s.id AND r.version > 0) AS filed,
  (SELECT coalesce(sum(length(r.body)), 0) FROM records r WHERE r.session_id = s.id AND r.version = 0) AS drafted,
  (SELECT p.stored_at FROM incident_reports p WHERE p.session_id = s.id) AS reported_at,
  EXISTS (SELECT 1 FROM incidents i WHERE i.session_id = s.id AND i.completed = 0)
  OR EXISTS (SELECT 1 FROM outbox o WHERE o.session_id = s.id AND o.file = '' AND o.delivery <> 'accepted'
    AND o.kind IN ('team', 'practice')) AS unmade,
  EXISTS (SELECT 1 FROM qa_drawn d WHERE d.session_id = s.id AND d.state IN ('drawn', 'sealed')) AS drawn
FROM sessions s
"""
_SIZE: Final = "(SELECT coalesce(sum(length(e.body)), 0) FROM events e WHERE e.session_id = s.id)"
_WHETHER: Final = "EXISTS (SELECT 1 FROM events e WHERE e.session_id = s.id)"


@dataclass(frozen=True, slots=True)
class HeldCall:
    """A saved call as far as its keeping goes; no words of it but its title."""

    id: str
    started_at: str
    source: str
    exempt: Exempt | None
    filed: bool
    drafted: bool


@dataclass(frozen=True, slots=True)
class Begun:
    """A deletion that has begun."""

    session_id: str
    kinds: frozenset[Kind]
    why: str
    rows_gone: bool


def moment(text: object, otherwise: datetime = _LONG_AGO) -> datetime:
    """Return a stored time; a time without a zone counts as UTC, what is no time as ``otherwise``."""
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return otherwise
    return found if found.tzinfo else found.replace(tzinfo=UTC)


# -- reading --------------------------------------------------------------------------------------------------


def calls(db: Database, in_use: Collection[str], sizes: bool = False) -> tuple[tuple[HeldCall, ...], tuple[Item, ...]]:
    """Return the saved calls and what is kept of each but its sound, oldest first.

    Args:
        db: A reader.
        in_use: Calls that are open on the desk.
        sizes: Whether the bytes are counted, which reads every word.
    """
    births = births_of(db)
    found, items = [], []
    sql = _CALLS.format(words=_SIZE if sizes else _WHETHER)
    for row in db.query(f"{sql} ORDER BY s.rowid"):
        exempt = _exempt(row, in_use)
        ident, began = str(row["id"]), moment(row["started_at"])
        born = births.get(("call", ident))
        found.append(
            HeldCall(
                ident,
                row["started_at"],
                row["source"],
                exempt,
                filed=row["filed_at"] is not None,
                drafted=row["drafted_at"] is not None,
            )
        )
        kept = {
            Kind.TRANSCRIPT: (began, row["words"]) if row["words"] or row["title"] or row["first_words"] else None,
            Kind.RECORDS: (max(moment(at) for at in times), row["filed"])
            if (times := [at for at in (row["filed_at"], row["reported_at"]) if at])
            else None,
            Kind.DRAFTS: (moment(row["drafted_at"]), row["drafted"]) if row["drafted_at"] else None,
        }
        if not any(kept.values()):
            kept[Kind.TRANSCRIPT] = (began, 0)  # nothing but the row itself
        items += [Item(kind, ident, *about[:1], born, exempt, about[1]) for kind, about in kept.items() if about]
    return tuple(found), tuple(items)


def others(db: Database) -> tuple[Item, ...]:
    """Return what is kept beside the calls: notes, learning, packs of evidence."""
    births, items = births_of(db), []

    def add(kind: Kind, ident: str, at: datetime, size: int, exempt: Exempt | None = None) -> None:
        items.append(Item(kind, ident, at, births.get((kind.value, ident)), exempt, size))

    for row in db.query("SELECT id, filed_at, length(body) AS size FROM kb_notes"):
        add(Kind.NOTES, row["id"], moment(row["filed_at"]), row["size"])
    for row in db.query("SELECT words, article_id, day FROM learned"):
        add(Kind.LEARNING, _learned(row), _LONG_AGO + timedelta(days=float(row["day"])), len(row["words"]))
    for row in db.query("SELECT article_id, opened_at FROM opened"):
        add(Kind.LEARNING, f"opened {row['article_id']}", moment(row["opened_at"]), 0)
    for row in db.query("SELECT stored_at, length(body) AS size FROM own_note"):
        add(Kind.LEARNING, "own note", moment(row["stored_at"]), row["size"])
    sql = """
        SELECT o.pack_id, o.created_at, o.delivery, coalesce(s.hold, 0) AS hold, length(o.receipt) AS size
        FROM outbox o LEFT JOIN sessions s ON s.id = o.session_id
        WHERE o.kind NOT IN ('record', 'header', 'package') OR o.delivery <> 'accepted' OR s.id IS NULL
    """  # a filed record that was taken goes with its call, and so do the traces of quality assurance
    for row in db.query(sql):
        exempt = Exempt.HELD if row["hold"] else None
        if row["delivery"] != Delivery.ACCEPTED.value:
            exempt = Exempt.UNSENT
        add(Kind.INCIDENTS, row["pack_id"], moment(row["created_at"]), row["size"], exempt)
    return tuple(items)


def births_of(db: Database) -> dict[tuple[str, str], datetime]:
    """Return when things were first seen by a clock that was believed, by family and name."""
    rows = db.query("SELECT family, ident, at FROM births")
    return {(row["family"], row["ident"]): moment(row["at"]) for row in rows}


def clock_state(db: Database, name: str = _CLOCK) -> ClockState:
    """Return what is remembered of the clock, by whoever keeps it under ``name``."""
    found = db.execute("SELECT value FROM meta WHERE name = ?", [name]).fetchone()
    value = json.loads(found[0]) if found else {}
    times = {name: moment(text) for name, text in value.items() if text}
    return ClockState(times.get("latest"), times.get("doubted"))


def begun(db: Database) -> tuple[Begun, ...]:
    """Return the deletions that have begun and are not done, oldest first."""
    rows = db.query("SELECT * FROM deletions ORDER BY began_at, session_id")
    return tuple(
        Begun(
            row["session_id"],
            frozenset(Kind(kind) for kind in json.loads(row["kinds"])),
            row["why"],
            bool(row["rows_gone"]),
        )
        for row in rows
    )


# -- writing --------------------------------------------------------------------------------------------------


def keep_clock(db: Database, state: ClockState, name: str = _CLOCK) -> None:
    """Remember the clock."""
    value = {when: at.isoformat() if at else "" for when, at in (("latest", state.latest), ("doubted", state.doubted))}
    db.table("meta").insert({"name": name, "value": json.dumps(value)}, replace=True)


def keep_births(db: Database, new: Mapping[tuple[str, str], datetime], gone: Iterable[tuple[str, str]]) -> None:
    """Remember when things were first seen, and forget what is no more."""
    db.conn.executemany("DELETE FROM births WHERE family = ? AND ident = ?", list(gone))
    rows = [(family, ident, at.isoformat()) for (family, ident), at in new.items()]
    db.conn.executemany("INSERT OR IGNORE INTO births VALUES (?, ?, ?)", rows)


def begin_deletion(
    db: Database, session_id: str, kinds: frozenset[Kind], why: str, at: datetime, in_use: Collection[str]
) -> None:
    """Note that parts of a call are going; from here on they go whatever happens.

    Raises:
        StoreFault: ``store.no_session``, ``store.held``, ``store.call_open``, ``store.handing_over`` or
            ``store.drawn``.
    """
    rows = list(db.query(f"{_CALLS.format(words=_WHETHER)} WHERE s.id = ?", [session_id]))
    if not rows:
        raise StoreFault("store.no_session", id=session_id)
    refusals = {
        Exempt.HELD: "store.held",
        Exempt.OPEN: "store.call_open",
        Exempt.UNMADE: "store.handing_over",
        Exempt.DRAWN: "store.drawn",
    }
    if (exempt := _exempt(rows[0], in_use)) is not None:
        raise StoreFault(refusals[exempt], id=session_id)
    earlier = {one.session_id: one.kinds for one in begun(db)}.get(session_id, frozenset())
    names = json.dumps(sorted(kind.value for kind in kinds | earlier))
    row = {"session_id": session_id, "kinds": names, "why": why, "began_at": at.isoformat(), "rows_gone": 0}
    db.table("deletions").insert(row, replace=True)


def delete_rows(db: Database, one: Begun, sound_left: bool, note: Callable[[Database, str, str], None]) -> None:
    """Delete the rows of a deletion that has begun, and log it; the call itself goes with its last part."""
    ident = one.session_id
    if Kind.TRANSCRIPT in one.kinds:
        db.execute("DELETE FROM events WHERE session_id = ?", [ident])
        db.execute("DELETE FROM search WHERE session_id = ? AND part <> 'records'", [ident])
        db.execute("UPDATE sessions SET first_words = '', title = '', caller = '' WHERE id = ?", [ident])
    if Kind.RECORDS in one.kinds:
        db.execute("DELETE FROM records WHERE session_id = ? AND version > 0", [ident])
        db.execute("DELETE FROM incident_reports WHERE session_id = ?", [ident])
        db.execute("DELETE FROM events WHERE session_id = ? AND type IN ('RecordFiled', 'RecordDelivered')", [ident])
    if Kind.DRAFTS in one.kinds:
        db.execute("DELETE FROM records WHERE session_id = ? AND version = 0", [ident])
    if one.kinds & {Kind.RECORDS, Kind.DRAFTS}:
        db.execute("DELETE FROM events WHERE session_id = ? AND type = 'DraftReady'", [ident])
        _index_again(db, ident)
    left = sum(
        db.execute(f"SELECT count(*) FROM {table} WHERE session_id = ?", [ident]).fetchone()[0]
        for table in ("events", "records", "incident_reports")
    )
    if not left and not sound_left:
        db.execute("DELETE FROM sessions WHERE id = ?", [ident])
        sql = "DELETE FROM outbox WHERE session_id = ? AND kind IN ('record', 'header', 'package') AND delivery = ?"
        db.execute(sql, [ident, Delivery.ACCEPTED.value])
    parts = ", ".join(kind.value for kind in OF_CALLS if kind in one.kinds)
    note(db, ident, f"{one.why}: {parts}")
    db.execute("UPDATE deletions SET rows_gone = 1 WHERE session_id = ?", [ident])


def end_deletion(db: Database, session_id: str) -> None:
    """Forget a deletion: nothing of it is left to do."""
    db.execute("DELETE FROM deletions WHERE session_id = ?", [session_id])
    if not db.execute("SELECT 1 FROM sessions WHERE id = ?", [session_id]).fetchone():
        db.execute("DELETE FROM births WHERE family = 'call' AND ident = ?", [session_id])


def delete_others(
    db: Database, items: Iterable[Item], why: str, note: Callable[[Database, str, str], None]
) -> dict[Kind, int]:
    """Delete what is kept beside the calls, logged in one line a kind; returns how many of each went."""
    names: dict[Kind, set[str]] = {}
    for item in items:
        names.setdefault(item.kind, set()).add(item.ident)
    gone: dict[Kind, int] = {}
    for ident in names.get(Kind.NOTES, ()):
        _count(gone, Kind.NOTES, db.execute("DELETE FROM kb_notes WHERE id = ?", [ident]).rowcount)
    for ident in names.get(Kind.INCIDENTS, ()):
        _count(gone, Kind.INCIDENTS, _delete_pack(db, ident))
    if wanted := names.get(Kind.LEARNING):
        for row in list(db.query("SELECT words, article_id FROM learned")):
            if _learned(row) in wanted:
                sql = "DELETE FROM learned WHERE words = ? AND article_id = ?"
                _count(gone, Kind.LEARNING, db.execute(sql, [row["words"], row["article_id"]]).rowcount)
        for ident in wanted:
            kind, _, article_id = ident.partition(" ")
            if kind == "opened":
                sql = "DELETE FROM opened WHERE article_id = ?"
                _count(gone, Kind.LEARNING, db.execute(sql, [article_id]).rowcount)
        if "own note" in wanted:
            _count(gone, Kind.LEARNING, db.execute("DELETE FROM own_note").rowcount)
    for kind, count in gone.items():
        if count:
            note(db, kind.value, f"{why}: {count}")
    return gone


def _delete_pack(db: Database, pack_id: str) -> int:
    sql = "DELETE FROM outbox WHERE pack_id = ? AND delivery = ?"
    found = db.execute("SELECT incident_id FROM outbox WHERE pack_id = ?", [pack_id]).fetchone()
    gone = db.execute(sql, [pack_id, Delivery.ACCEPTED.value]).rowcount
    if gone and found and not db.execute("SELECT 1 FROM outbox WHERE incident_id = ?", [found[0]]).fetchone():
        # The incident's facts go with its last pack, unless its call is still here and would be handed over again.
        sql = "DELETE FROM incidents WHERE incident_id = ? AND session_id NOT IN (SELECT id FROM sessions)"
        db.execute(sql, [found[0]])
    return gone


def _count(gone: dict[Kind, int], kind: Kind, number: int) -> None:
    gone[kind] = gone.get(kind, 0) + max(0, number)


def _index_again(db: Database, session_id: str) -> None:
    """Let the search find what is left of a call's records, and nothing else."""
    db.execute("DELETE FROM search WHERE session_id = ? AND part = 'records'", [session_id])
    sql = "SELECT * FROM records WHERE session_id = ? ORDER BY version = 0 DESC, version DESC LIMIT 1"
    for row in list(db.query(sql, [session_id])):
        records = event_codec.decode_records(row["body"])
        put_records(db, session_id, row["version"], row["stored_at"], row["body"], records)


def _exempt(row: Mapping[str, Any], in_use: Collection[str]) -> Exempt | None:
    if row["hold"]:
        return Exempt.HELD
    if row["state"] == "open" or row["id"] in in_use:
        return Exempt.OPEN
    if row["unmade"]:
        return Exempt.UNMADE
    return Exempt.DRAWN if row["drawn"] else None


def _learned(row: Mapping[str, Any]) -> str:
    """Name a learned row without its words."""
    return hashlib.sha256(f"{row['words']}\0{row['article_id']}".encode()).hexdigest()[:32]
