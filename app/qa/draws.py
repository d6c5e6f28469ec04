"""Draws: which calls the trainers want, on both sides of the exchange.

What desks read names header ids alone: nobody learns from it whose calls were drawn. The whole draw, with its plan and
what it was drawn from, goes sealed to the other trainers.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlite_utils import Database

from app.errors import QaFault
from app.evidence_check import Verifier
from app.outbox_rows import Kind, Pack, add_pack
from app.qa import codec
from app.qa.keys import TrainerCard
from app.qa.places import is_id, package_place
from app.qa.signed import Signer, open_signed, sign
from assist.model import Delivery
from assist.review.model import Draw

KIND: Final = "draw"
RECEIPT: Final = "receipt"
PURPOSE: Final = "qa"
"""Purpose of a package that answers a draw, as :func:`app.qa_side` words it."""
MAX_CALLS: Final = 50_000
"""Most calls of one draw."""
_LONGEST_TITLE: Final = 200


@dataclass(frozen=True, slots=True)
class Order:
    """What a desk learns of a draw."""

    plan: str
    title: str
    until: date
    """Last day on which packages are opened; no call is held longer for it."""
    headers: tuple[str, ...]
    """Header ids, sorted."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One of the own calls that was drawn."""

    header: str
    session_id: str
    plan: str
    title: str
    drawn_at: str
    until: date
    state: str
    """``drawn``, ``sealed``, ``fetched`` or ``released``."""


# -- what travels ---------------------------------------------------------------------------------------------


def order_of(draw: Draw, until: date) -> Order:
    """Return what desks are told of a draw."""
    headers = tuple(sorted({call.header for call in draw.calls}))
    return Order(draw.plan.id, draw.plan.title[:_LONGEST_TITLE], until, headers)


def write_order(order: Order, signer: Signer) -> bytes:
    """Return an order signed by the trainers."""
    body = {
        "plan": order.plan,
        "title": order.title,
        "until": order.until.isoformat(),
        "headers": list(order.headers),
    }
    return sign(KIND, body, signer)


def read_order(data: bytes, verifier: Verifier, card: TrainerCard) -> Order:
    """Return an order of these trainers. Raises QaFault: it is none, or somebody else's."""
    body = open_signed(KIND, data, verifier, card.signing_key).body
    try:
        headers = tuple(sorted({str(one) for one in body["headers"]}))
        order = Order(
            str(body["plan"]), str(body["title"])[:_LONGEST_TITLE], date.fromisoformat(str(body["until"])), headers
        )
    except (ValueError, KeyError, TypeError):
        raise QaFault("qa.note_broken") from None
    if not is_id(order.plan) or len(headers) > MAX_CALLS or not all(map(is_id, headers)):
        raise QaFault("qa.note_broken")
    return order


def write_receipt(header: str, package_id: str, signer: Signer) -> bytes:
    """Return the trainers' word that the package of a call was fetched; twice the same is the same file."""
    return sign(RECEIPT, {"header": header, "package": package_id}, signer)


def read_receipt(data: bytes, verifier: Verifier, card: TrainerCard, header: str) -> None:
    """Raise QaFault where this is not these trainers' receipt for ``header``."""
    if open_signed(RECEIPT, data, verifier, card.signing_key).body.get("header") != header:
        raise QaFault("qa.note_broken")


# -- rows of a desk -------------------------------------------------------------------------------------------


def take_order(db: Database, order: Order, at: datetime, hold_until: date, desk: str) -> int:
    """Note which of the own calls an order draws; returns how many are new.

    Calls whose header bears an earlier desk key are left out: the trainers could not tell that the package is theirs.

    Args:
        db: A writer.
        order: Checked.
        at: Now.
        hold_until: Last day this desk holds a drawn call, as its site has set.
        desk: Id of this desk.
    """
    until = min(order.until, hold_until)
    own = "SELECT session_id FROM qa_headers WHERE header_id = ? AND desk = ?"
    new = 0
    for header in order.headers:
        found = db.execute(own, [header, desk]).fetchone()
        if found is None or db.execute("SELECT 1 FROM qa_drawn WHERE header_id = ?", [header]).fetchone():
            continue
        row = {
            "header_id": header,
            "session_id": found[0],
            "plan_id": order.plan,
            "title": order.title,
            "drawn_at": at.isoformat(timespec="seconds"),
            "until": until.isoformat(),
            "state": "drawn",
        }
        db.table("qa_drawn").insert(row)
        new += 1
    return new


def drawn(db: Database, *states: str) -> tuple[Drawn, ...]:
    """Return the own calls that were drawn and stand at one of ``states``, oldest first."""
    marks = ", ".join("?" * len(states))
    sql = f"SELECT * FROM qa_drawn WHERE state IN ({marks}) ORDER BY drawn_at, header_id"
    return tuple(_drawn(row) for row in db.query(sql, list(states)))


def of_earlier_desk(db: Database, desk: str) -> tuple[str, ...]:
    """Return the drawn calls that are not sealed yet and whose header bears an earlier desk key."""
    sql = """
        SELECT d.header_id FROM qa_drawn d JOIN qa_headers h ON h.header_id = d.header_id
        WHERE d.state = 'drawn' AND h.desk <> ?
    """
    return tuple(row["header_id"] for row in db.query(sql, [desk]))


def untold(db: Database) -> int:
    """Return how many drawn calls the counsellor was not told of yet."""
    return int(db.execute("SELECT count(*) FROM qa_drawn WHERE told = 0").fetchone()[0])


def told(db: Database) -> None:
    """Note that the counsellor was told of every drawn call."""
    db.execute("UPDATE qa_drawn SET told = 1 WHERE told = 0")


def seal(db: Database, header: str, file: str, sha256: str, at: datetime) -> bool:
    """Put a sealed call into the outbox; returns whether it was still wanted."""
    sql = "UPDATE qa_drawn SET state = 'sealed' WHERE header_id = ? AND state = 'drawn'"
    if not db.execute(sql, [header]).rowcount:
        return False
    session_id = db.execute("SELECT session_id FROM qa_drawn WHERE header_id = ?", [header]).fetchone()[0]
    pack = Pack(
        pack_id=package_row(header),
        session_id=session_id,
        created_at=at.isoformat(),
        kind=Kind.PACKAGE,
        sealed_to_desk=False,
        file=file,
        sha256=sha256,
        delivery=Delivery.WAITING,
        place=package_place(header),
    )
    add_pack(db, pack)
    return True


def fetched(db: Database, header: str) -> None:
    """Note that the trainers have a call: its hold ends."""
    db.execute("UPDATE qa_drawn SET state = 'fetched' WHERE header_id = ? AND state = 'sealed'", [header])


def release(db: Database, header: str) -> None:
    """End the hold of a drawn call that is not fetched; what of it was not delivered is not delivered any more."""
    db.execute("UPDATE qa_drawn SET state = 'released' WHERE header_id = ? AND state <> 'fetched'", [header])
    sql = "DELETE FROM outbox WHERE pack_id = ? AND delivery <> ?"
    db.execute(sql, [package_row(header), Delivery.ACCEPTED.value])


def package_row(header: str) -> str:
    """Return the outbox id of the package of a drawn call."""
    return f"package-{header}"


def _drawn(row: Mapping[str, Any]) -> Drawn:
    return Drawn(
        row["header_id"],
        row["session_id"],
        row["plan_id"],
        row["title"],
        row["drawn_at"],
        date.fromisoformat(row["until"]),
        row["state"],
    )


# -- rows of a trainer ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KeptDraw:
    """A draw on a trainer's PC."""

    draw: Draw
    until: date
    made_at: str
    sent_at: str
    """Empty: it was not sent, or another trainer's PC sent it."""


def keep_draw(db: Database, draw: Draw, until: date, made_at: str, sent_at: str) -> bool:
    """Keep a draw; returns whether it is new. A plan is drawn once: the same again changes nothing.

    Raises:
        QaFault: ``qa.drawn_before``: this plan drew something else before.
    """
    found = db.execute("SELECT body FROM qa_draws WHERE plan_id = ?", [draw.plan.id]).fetchone()
    if found is not None:
        if _kept_draw(found[0])[0] != draw:
            raise QaFault("qa.drawn_before", title=draw.plan.title)
        return False
    body = json.dumps({"draw": json.loads(codec.dump(draw)), "until": until.isoformat()}, ensure_ascii=False)
    row = {"plan_id": draw.plan.id, "title": draw.plan.title, "made_at": made_at, "sent_at": sent_at, "body": body}
    db.table("qa_draws").insert(row)
    return True


def kept_draws(db: Database) -> tuple[KeptDraw, ...]:
    """Return the draws of all trainers that are known here, newest first."""
    rows = db.query("SELECT * FROM qa_draws ORDER BY made_at DESC, plan_id DESC")
    return tuple(KeptDraw(*_kept_draw(row["body"]), row["made_at"], row["sent_at"]) for row in rows)


def _kept_draw(body: str) -> tuple[Draw, date]:
    value = json.loads(body)
    return codec.load(Draw, json.dumps(value["draw"])), date.fromisoformat(value["until"])
