"""The outbox table: what a row says and how it moves on. Work for :meth:`app.store.Store.write` and ``read``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlite_utils import Database

from app.store_rows import insert_event, last_moment
from assist.events import DeliveryChanged
from assist.model import Delivery
from resources.notices import sentence
from ui.ports import OutboxRow


class Kind(StrEnum):
    """What it is and whose."""

    TEAM = "team"
    PRACTICE = "practice"
    RECORD = "record"
    """A filed record for the site's own system. It has no file: see :mod:`app.filing_rows`."""
    HEADER = "header"
    """What the trainer may know of a call before it is drawn. No file: its text stands in the row, as of letters."""
    PACKAGE = "package"
    """A drawn call, sealed for the trainers."""
    LETTER = "letter"
    """A sealed note between desks and trainers: ratings, answers, draws."""


SEALED: Final = (Kind.TEAM, Kind.PRACTICE)
"""Kinds that are sealed files in a folder."""
HANDED_OVER: Final = (Kind.TEAM, Kind.PRACTICE, Kind.RECORD)
"""Kinds that the counsellor sees waiting: evidence and records."""
OF_QUALITY: Final = (Kind.HEADER, Kind.PACKAGE, Kind.LETTER)
"""Kinds of quality assurance; they go to a place in the exchange, on a thread of their own."""


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
    """Name in the outbox folder of its kind; empty until the pack is made."""
    sha256: str
    delivery: Delivery
    attempts: int = 0
    destination: str = ""
    error: str = ""
    """JSON of the last fault's code and values, or empty."""
    receipt: str = ""
    """JSON, once accepted."""
    incident_id: str = ""
    """Incident it belongs to; its own id at the press."""
    address: str = ""
    """Where the destination keeps what it has of an unfinished upload, as the destination named it."""
    sent_bytes: int = 0
    """How much of the sealed file the destination has told to have."""
    size_bytes: int = 0
    """Of the sealed file, as of the last try; 0 before the first."""
    version: int = 0
    """Of the filed record; 0 for a sealed pack."""
    body: str = ""
    """JSON of a record that is not delivered yet; empty for a sealed pack."""
    refused: bool = False
    """Whether the site's system refused the record at the last try."""
    place: str = ""
    """Name inside the exchange; empty for what goes elsewhere."""

    @property
    def is_adopted(self) -> bool:
        """Whether its incident is not in this database: of another profile, or of a database that was put back."""
        return self.kind in SEALED and not self.session_id and not self.incident_id


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
            "incident_id": pack.incident_id,
            "body": pack.body,
            "place": pack.place,
        }
    )


def all_packs(db: Database) -> tuple[Pack, ...]:
    """Return every row, oldest first."""
    return tuple(_pack(row) for row in db.query("SELECT * FROM outbox ORDER BY pack_id"))


def waiting_packs(db: Database) -> tuple[Pack, ...]:
    """Return the rows ready to be delivered, oldest first."""
    sql = "SELECT * FROM outbox WHERE delivery = ? AND (file <> '' OR body <> '') ORDER BY pack_id"
    return tuple(_pack(row) for row in db.query(sql, [Delivery.WAITING.value]))


def unsent(db: Database) -> tuple[int, int]:
    """Return how many sealed packs are not accepted, and how many of them wait for a team key."""
    sql = """
        SELECT count(*), coalesce(sum(delivery = ?), 0) FROM outbox
        WHERE delivery <> ? AND kind IN ('team', 'practice')
    """
    row = db.execute(sql, [Delivery.NO_KEY.value, Delivery.ACCEPTED.value]).fetchone()
    return int(row[0]), int(row[1])


def accept_pack(db: Database, pack_id: str, destination: str, receipt: dict[str, str]) -> DeliveryChanged:
    """Mark a pack as accepted and log it."""
    sql = "UPDATE outbox SET delivery = ?, attempts = attempts + 1, destination = ?, error = '', receipt = ?"
    values = [Delivery.ACCEPTED.value, destination, json.dumps(receipt, ensure_ascii=False), pack_id]
    db.execute(f"{sql} WHERE pack_id = ?", values)
    return _changed(db, pack_id, logged=True)


def accept_quietly(db: Database, pack_id: str, destination: str, receipt: dict[str, str]) -> None:
    """Mark what went to the exchange as accepted, and let go of its content here. No event of a call tells of it."""
    sql = """
        UPDATE outbox SET delivery = ?, attempts = attempts + 1, destination = ?, error = '', receipt = ?, body = ''
        WHERE pack_id = ?
    """
    told = json.dumps(receipt, ensure_ascii=False)
    db.execute(sql, [Delivery.ACCEPTED.value, destination, told, pack_id])


def accept_elsewhere(
    db: Database, pack_id: str, file: str, sha256: str, destination: str, receipt: dict[str, str]
) -> DeliveryChanged:
    """Mark a pack as accepted that another profile delivered, and log it."""
    db.execute("UPDATE outbox SET file = ?, sha256 = ? WHERE pack_id = ?", [file, sha256, pack_id])
    return accept_pack(db, pack_id, destination, receipt)


def drop_adopted(db: Database, pack_id: str) -> None:
    """Forget a pack of another profile that is delivered by now."""
    sql = "DELETE FROM outbox WHERE pack_id = ? AND session_id = '' AND incident_id = '' AND delivery <> ?"
    db.execute(sql, [pack_id, Delivery.ACCEPTED.value])


def rename_file(db: Database, pack_id: str, file: str) -> None:
    """Note another name of a pack's file."""
    db.execute("UPDATE outbox SET file = ? WHERE pack_id = ?", [file, pack_id])


def fail_pack(db: Database, pack_id: str, destination: str, code: str, params: dict[str, object]) -> DeliveryChanged:
    """Count a try that was not accepted. Not logged: eight hours offline are not eight hours of events."""
    fail_quietly(db, pack_id, destination, code, params)
    return _changed(db, pack_id, logged=False)


def fail_quietly(db: Database, pack_id: str, destination: str, code: str, params: dict[str, object]) -> None:
    """Count a try that was not accepted, and nothing else."""
    error = json.dumps({"code": code, "params": {name: str(value) for name, value in params.items()}})
    sql = "UPDATE outbox SET attempts = attempts + 1, destination = ?, error = ? WHERE pack_id = ?"
    db.execute(sql, [destination, error, pack_id])


def fill_pack(db: Database, pack_id: str, file: str, sha256: str, delivery: Delivery, error: str) -> None:
    """Note that a pack is made."""
    sealed_to = "desk" if delivery is Delivery.NO_KEY else "team"
    sql = "UPDATE outbox SET sealed_to = ?, file = ?, sha256 = ?, delivery = ?, error = ? WHERE pack_id = ?"
    db.execute(sql, [sealed_to, file, sha256, delivery.value, error, pack_id])


def delivery_changed(db: Database, pack_id: str) -> DeliveryChanged:
    """Log where a pack stands now, and return that."""
    return _changed(db, pack_id, logged=True)


def find_pack(db: Database, pack_id: str) -> Pack | None:
    """Return one row."""
    rows = list(db.query("SELECT * FROM outbox WHERE pack_id = ?", [pack_id]))
    return _pack(rows[0]) if rows else None


def keep_upload(db: Database, pack_id: str, address: str, sent_bytes: int, size_bytes: int) -> None:
    """Remember an unfinished upload."""
    text = json.dumps({"address": address, "sent": sent_bytes, "size": size_bytes})
    db.execute("UPDATE outbox SET upload = ? WHERE pack_id = ?", [text, pack_id])


def reseal_pack(db: Database, pack_id: str, file: str, sha256: str) -> DeliveryChanged:
    """Note that a pack is sealed for the team now, and log it. It is another file: no upload is continued with it."""
    sql = "UPDATE outbox SET sealed_to = 'team', file = ?, sha256 = ?, delivery = ?, error = '', upload = ''"
    sql += " WHERE pack_id = ?"
    db.execute(sql, [file, sha256, Delivery.WAITING.value, pack_id])
    return _changed(db, pack_id, logged=True)


def _changed(db: Database, pack_id: str, logged: bool) -> DeliveryChanged:
    row = db.execute("SELECT session_id, delivery, attempts FROM outbox WHERE pack_id = ?", [pack_id]).fetchone()
    session_id, delivery, attempts = row
    event = DeliveryChanged(
        call_id=session_id,
        t_ns=last_moment(db, session_id),
        pack_id=pack_id,
        delivery=Delivery(delivery),
        attempts=attempts,
    )
    if logged:
        return insert_event(db, event)
    return event


def _pack(row: dict[str, Any]) -> Pack:
    upload = json.loads(row["upload"]) if row["upload"] else {}
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
        incident_id=row["incident_id"],
        address=upload.get("address", ""),
        sent_bytes=upload.get("sent", 0),
        size_bytes=upload.get("size", 0),
        version=row["version"],
        body=row["body"],
        refused=bool(row["refused"]),
        place=row["place"],
    )


def ui_row(pack: Pack, next_try_s: float | None = None) -> OutboxRow:
    """Return a row as the desk shows it."""
    error = json.loads(pack.error) if pack.error else None
    return OutboxRow(
        pack_id=pack.pack_id,
        created_at=pack.created_at,
        delivery=pack.delivery,
        attempts=pack.attempts,
        destination=pack.destination,
        last_error=sentence(error["code"], **error["params"]) if error else "",
        next_try_s=next_try_s,
        sent_bytes=pack.sent_bytes,
        size_bytes=pack.size_bytes,
        kind=pack.kind.value,
        version=pack.version,
        refused=pack.refused,
    )
