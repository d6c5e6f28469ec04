"""The outbox table: what a row says and how it moves on. Work for :meth:`app.store.Store.write` and ``read``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlite_utils import Database

from app.store_rows import insert_event
from assist.events import DeliveryChanged
from assist.model import Delivery
from resources.notices import sentence
from ui.ports import OutboxRow


class Kind(StrEnum):
    """Whose pack it is."""

    TEAM = "team"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Pack:
    """One sealed pack."""

    pack_id: str
    session_id: str
    """Empty where the program died before it knew."""
    created_at: str
    kind: Kind
    sealed_to_desk: bool
    file: str
    """Name in the outbox folder of its kind."""
    sha256: str
    delivery: Delivery
    attempts: int = 0
    destination: str = ""
    error: str = ""
    """JSON of the last fault's code and values, or empty."""
    receipt: str = ""
    """JSON, once accepted."""


def add_pack(db: Database, pack: Pack) -> None:
    """Insert a row."""
    db.table("outbox").insert(
        {
            "pack_id": pack.pack_id,
            "session_id": pack.session_id,
            "created_at": pack.created_at,
            "kind": pack.kind.value,
            "sealed_to": "desk" if pack.sealed_to_desk else "team",
            "file": pack.file,
            "sha256": pack.sha256,
            "delivery": pack.delivery.value,
        }
    )


def all_packs(db: Database) -> tuple[Pack, ...]:
    """Return every row, oldest first."""
    return tuple(_pack(row) for row in db.query("SELECT * FROM outbox ORDER BY pack_id"))


def waiting_packs(db: Database) -> tuple[Pack, ...]:
    """Return the rows ready to be delivered, oldest first."""
    sql = "SELECT * FROM outbox WHERE delivery = ? ORDER BY pack_id"
    return tuple(_pack(row) for row in db.query(sql, [Delivery.WAITING.value]))


def unsent(db: Database) -> tuple[int, int]:
    """Return how many packs are not accepted, and how many of them wait for a team key."""
    sql = "SELECT count(*), coalesce(sum(delivery = ?), 0) FROM outbox WHERE delivery <> ?"
    row = db.execute(sql, [Delivery.NO_KEY.value, Delivery.ACCEPTED.value]).fetchone()
    return int(row[0]), int(row[1])


def ui_rows(db: Database) -> tuple[OutboxRow, ...]:
    """Return the rows as the desk shows them, newest first."""
    return tuple(_ui_row(pack) for pack in reversed(all_packs(db)))


def accept_pack(db: Database, pack_id: str, destination: str, receipt: dict[str, str]) -> DeliveryChanged:
    """Mark a pack as accepted and log it."""
    sql = "UPDATE outbox SET delivery = ?, attempts = attempts + 1, destination = ?, error = '', receipt = ?"
    values = [Delivery.ACCEPTED.value, destination, json.dumps(receipt, ensure_ascii=False), pack_id]
    db.execute(f"{sql} WHERE pack_id = ?", values)
    return _changed(db, pack_id, logged=True)


def fail_pack(db: Database, pack_id: str, destination: str, code: str, params: dict[str, object]) -> DeliveryChanged:
    """Count a try that was not accepted. Not logged: eight hours offline are not eight hours of events."""
    error = json.dumps({"code": code, "params": {name: str(value) for name, value in params.items()}})
    sql = "UPDATE outbox SET attempts = attempts + 1, destination = ?, error = ? WHERE pack_id = ?"
    db.execute(sql, [destination, error, pack_id])
    return _changed(db, pack_id, logged=False)


def reseal_pack(db: Database, pack_id: str, file: str, sha256: str) -> DeliveryChanged:
    """Note that a pack is sealed for the team now, and log it."""
    sql = "UPDATE outbox SET sealed_to = 'team', file = ?, sha256 = ?, delivery = ?, error = '' WHERE pack_id = ?"
    db.execute(sql, [file, sha256, Delivery.WAITING.value, pack_id])
    return _changed(db, pack_id, logged=True)


def _changed(db: Database, pack_id: str, logged: bool) -> DeliveryChanged:
    row = db.execute("SELECT session_id, delivery, attempts FROM outbox WHERE pack_id = ?", [pack_id]).fetchone()
    session_id, delivery, attempts = row
    last = db.execute("SELECT coalesce(max(t_ns), 0) FROM events WHERE session_id = ?", [session_id]).fetchone()[0]
    event = DeliveryChanged(
        call_id=session_id, t_ns=last, pack_id=pack_id, delivery=Delivery(delivery), attempts=attempts
    )
    if logged:
        insert_event(db, event)
    return event


def _pack(row: dict[str, Any]) -> Pack:
    return Pack(
        pack_id=row["pack_id"],
        session_id=row["session_id"],
        created_at=row["created_at"],
        kind=Kind(row["kind"]),
        sealed_to_desk=row["sealed_to"] == "desk",
        file=row["file"],
        sha256=row["sha256"],
        delivery=Delivery(row["delivery"]),
        attempts=row["attempts"],
        destination=row["destination"],
        error=row["error"],
        receipt=row["receipt"],
    )


def _ui_row(pack: Pack) -> OutboxRow:
    error = json.loads(pack.error) if pack.error else None
    return OutboxRow(
        pack_id=pack.pack_id,
        created_at=pack.created_at,
        delivery=pack.delivery,
        attempts=pack.attempts,
        destination=pack.destination,
        last_error=sentence(error["code"], **error["params"]) if error else "",
    )
