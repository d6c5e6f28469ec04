"""Headers: what the trainers may know of a call before it is drawn, signed by its desk. Nothing of what was said.

A header is made once a call, in the transaction that files its first record or when the call is put away, and goes
through the outbox. Calls of before the site turned quality assurance on, and practice, have none.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlite_utils import Database

from app import event_codec
from app.errors import QaFault, StoreFault
from app.evidence_check import Verifier
from app.outbox_rows import Kind, Pack, add_pack
from app.qa.places import header_place, is_id, new_id
from app.qa.signed import Signer, open_signed, sign
from app.store import Store
from assist.events import (
    AbuseSeen,
    BehaviourSeen,
    CallHeld,
    CrisisSeen,
    EscalationRaised,
    GapFiled,
    HandoverNoted,
)
from assist.model import CATEGORIES, REHEARSED, Delivery
from assist.review.model import CallHeader, HeaderFlag
from audio.events import LanguageChanged

KIND: Final = "header"
_SINCE: Final = "qa_since"
_DESKS: Final = "qa_desks"
_CODE: Final = re.compile(r"[0-9A-Za-z가-힣._-]{1,64}")
"""As a desk's own setting has it, or a desk's id."""
_LONGEST_S: Final = 7 * 24 * 3600
_LONGEST_RECIPIENT: Final = 200
_FLAG_OF: Final[Mapping[str, HeaderFlag]] = {
    EscalationRaised.__name__: HeaderFlag.ESCALATED,
    CrisisSeen.__name__: HeaderFlag.CRISIS,
    HandoverNoted.__name__: HeaderFlag.CRISIS,
    AbuseSeen.__name__: HeaderFlag.ABUSE,
    BehaviourSeen.__name__: HeaderFlag.BEHAVIOUR,
    LanguageChanged.__name__: HeaderFlag.FOREIGN,
    GapFiled.__name__: HeaderFlag.NO_ANSWER,
    CallHeld.__name__: HeaderFlag.HELD,
}
"""Events whose mere presence is a flag."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KnownHeader:
    """A header as it came in, its signature fitting."""

    header: CallHeader
    desk: str
    """Id of the desk that signed it."""
    recipient: str
    """What letters for that desk are sealed for."""
    proven: bool
    """Whether the desk is in the site's list."""


@dataclass(frozen=True, slots=True)
class HeaderParts:
    """What a desk makes headers with."""

    signer: Signer
    recipient: Callable[[], str]
    """Public side of the profile's own identity."""
    code: Callable[[], str]
    """Counsellor code as set now; empty: the desk's id stands in."""
    is_on: Callable[[], bool]
    """Whether the site set where headers go."""
    now: Callable[[], datetime]
    """Wall clock with zone."""


class Headers:
    """Makes the headers of one desk. Any worker thread."""

    def __init__(self, store: Store, parts: HeaderParts) -> None:
        self._store = store
        self._parts = parts

    def within(self, db: Database, session_id: str, recipient: str) -> bool:
        """Post the header of an ended call inside a transaction; returns whether one was made."""
        if not self._parts.is_on():
            return False
        header = header_of(db, session_id, self._parts.code() or self._parts.signer.desk_id)
        if header is None:
            return False
        parts = self._parts
        text = sign(KIND, {**header_values(header), "recipient": recipient}, parts.signer).decode()
        at = parts.now().isoformat()
        row = {"session_id": session_id, "header_id": header.id, "desk": parts.signer.desk_id, "made_at": at}
        db.table("qa_headers").insert(row)
        pack = Pack(
            pack_id=f"header-{header.id}",
            session_id=session_id,
            created_at=at,
            kind=Kind.HEADER,
            sealed_to_desk=False,
            file="",
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            delivery=Delivery.WAITING,
            body=text,
            place=header_place(header.started_at[:10], header.id),
        )
        add_pack(db, pack)
        return True

    def post(self, session_id: str) -> bool:
        """Post the header of an ended call that has none; returns whether one was made. Raises StoreFault."""
        if not self._parts.is_on():
            return False
        recipient = self._parts.recipient()
        return self._store.write(lambda db: self.within(db, session_id, recipient))

    def filing(self) -> Callable[[Database, str], None]:
        """Return what the transaction that files a record does for the header of its call."""
        if not self._parts.is_on():
            return lambda db, session_id: None
        recipient = self._parts.recipient()

        def work(db: Database, session_id: str) -> None:
            self.within(db, session_id, recipient)

        return work

    def sweep(self, in_use: Collection[str] = ()) -> int:
        """Post the headers that a crash or an early end left out; returns how many. Raises StoreFault.

        Args:
            in_use: Calls that are still open on the desk.
        """
        if not self._parts.is_on():
            return 0
        recipient, now = self._parts.recipient(), self._parts.now()

        def work(db: Database) -> int:
            since = _since(db, now)
            marks = ", ".join("?" * len(REHEARSED))
            sql = f"""
                SELECT s.id, s.started_at FROM sessions s WHERE s.state <> 'open' AND s.source NOT IN ({marks})
                AND NOT EXISTS (SELECT 1 FROM qa_headers h WHERE h.session_id = s.id) ORDER BY s.rowid
            """
            rows = list(db.query(sql, list(REHEARSED)))
            due = [row["id"] for row in rows if row["id"] not in in_use and _is_after(row["started_at"], since)]
            return sum(self.within(db, ident, recipient) for ident in due)

        return self._store.write(work)


def header_of(db: Database, session_id: str, code: str) -> CallHeader | None:
    """Return a new header of a call; None where it has one, is not over, is empty, or is none that has a header."""
    sql = """
        SELECT started_at, duration_s, source, state, escalated FROM sessions s WHERE id = ?
        AND NOT EXISTS (SELECT 1 FROM qa_headers h WHERE h.session_id = s.id)
    """
    found = db.execute(sql, [session_id]).fetchone()
    if found is None or found[2] in REHEARSED or found[3] == "open":
        return None
    started_at, duration_s, _source, state, escalated = found
    try:
        began = datetime.fromisoformat(started_at)
    except ValueError:
        return None
    types = {row["type"] for row in db.query("SELECT DISTINCT type FROM events WHERE session_id = ?", [session_id])}
    if not types:
        return None  # the program stopped before anything of it was kept
    flags = {_FLAG_OF[name] for name in types if name in _FLAG_OF}
    flags |= {HeaderFlag.ESCALATED} if escalated else set()
    flags |= {HeaderFlag.INTERRUPTED} if state == "interrupted" else set()
    return CallHeader(
        id=new_id(),
        counsellor=code,
        started_at=began.replace(second=0, microsecond=0).isoformat(timespec="minutes"),
        duration_s=round(duration_s or 0),
        category=_category(db, session_id),
        flags=tuple(flag for flag in HeaderFlag if flag in flags),
    )


def header_values(header: CallHeader) -> dict[str, Any]:
    """Return what a header says, by name: these fields and no others."""
    return {
        "id": header.id,
        "counsellor": header.counsellor,
        "started_at": header.started_at,
        "duration_s": header.duration_s,
        "category": header.category,
        "flags": [flag.value for flag in header.flags],
    }


def read_header(data: bytes, verifier: Verifier, desks: Mapping[str, str]) -> KnownHeader:
    """Return what a posted header says.

    Args:
        data: The file.
        verifier: Checks signatures.
        desks: Public keys of the desks of the site's list, by id; empty where there is no list.

    Raises:
        QaFault: As :func:`app.qa.signed.open_signed`; ``qa.note_broken``: a value is none.
    """
    note = open_signed(KIND, data, verifier)
    try:
        body = note.body
        header = CallHeader(
            id=str(body["id"]),
            counsellor=str(body["counsellor"]),
            started_at=datetime.fromisoformat(str(body["started_at"])).isoformat(timespec="minutes"),
            duration_s=max(0, int(body["duration_s"])),
            category=body["category"] if body["category"] in CATEGORIES else "",
            # A flag of a newer program is left out, not a reason to lose the header.
            flags=tuple(flag for flag in HeaderFlag if flag.value in list(body["flags"])),
        )
        recipient = str(body["recipient"])
    except (ValueError, KeyError, TypeError, OverflowError):
        raise QaFault("qa.note_broken") from None
    if (
        not is_id(header.id)
        or not _CODE.fullmatch(header.counsellor)
        or header.duration_s > _LONGEST_S
        or len(recipient) > _LONGEST_RECIPIENT
        or datetime.fromisoformat(header.started_at).tzinfo is None
    ):
        raise QaFault("qa.note_broken")
    return KnownHeader(header, note.signer, recipient, proven=desks.get(note.signer) == note.key)


def keep_header(db: Database, known: KnownHeader, received_at: str) -> bool:
    """Keep a header that came in; returns whether it is new. One that another desk claims later changes nothing."""
    header = known.header
    row = {
        "header_id": header.id,
        "desk": known.desk,
        "recipient": known.recipient,
        "proven": int(known.proven),
        "counsellor": header.counsellor,
        "started_at": header.started_at,
        "duration_s": header.duration_s,
        "category": header.category,
        "flags": " ".join(flag.value for flag in header.flags),
        "received_at": received_at,
    }
    if db.execute("SELECT 1 FROM qa_known_headers WHERE header_id = ?", [header.id]).fetchone():
        return False
    db.table("qa_known_headers").insert(row)
    return True


def known_headers(db: Database, proven_only: bool = False) -> tuple[KnownHeader, ...]:
    """Return the headers that came in, by counsellor and time."""
    sql = "SELECT * FROM qa_known_headers WHERE proven OR NOT :only ORDER BY counsellor, started_at, header_id"
    return tuple(_known(row) for row in db.query(sql, {"only": int(proven_only)}))


def known_header(db: Database, header_id: str) -> KnownHeader | None:
    """Return one header that came in."""
    rows = list(db.query("SELECT * FROM qa_known_headers WHERE header_id = ?", [header_id]))
    return _known(rows[0]) if rows else None


def desk_ids(db: Database, now: str) -> tuple[str, ...]:
    """Return every id this desk has had, the present one first: a changed desk key gives it another.

    Letters about calls of before go on coming under the earlier ones.
    """
    found = db.execute("SELECT value FROM meta WHERE name = ?", [_DESKS]).fetchone()
    ids = tuple(json.loads(found[0])) if found else ()
    if now not in ids:
        ids = (now, *ids)
        db.table("meta").insert({"name": _DESKS, "value": json.dumps(ids)}, replace=True)
    return ids


def _known(row: Mapping[str, Any]) -> KnownHeader:
    named = str(row["flags"]).split()
    header = CallHeader(
        id=row["header_id"],
        counsellor=row["counsellor"],
        started_at=row["started_at"],
        duration_s=row["duration_s"],
        category=row["category"],
        flags=tuple(flag for flag in HeaderFlag if flag.value in named),
    )
    return KnownHeader(header, row["desk"], row["recipient"], bool(row["proven"]))


def _category(db: Database, session_id: str) -> str:
    """Return the field of a call: of what was filed last, else of the draft."""
    sql = "SELECT body FROM records WHERE session_id = ? ORDER BY version DESC LIMIT 1"  # 0 is the draft
    found = db.execute(sql, [session_id]).fetchone()
    try:
        records = event_codec.decode_records(found[0]) if found else ()
    except StoreFault:
        records = ()
    category = records[0].category if records else ""
    return category if category in CATEGORIES else ""


def _since(db: Database, now: datetime) -> datetime:
    """Return from when on calls have headers: since the site turned it on, as first seen here."""
    found = db.execute("SELECT value FROM meta WHERE name = ?", [_SINCE]).fetchone()
    if found:
        return datetime.fromisoformat(found[0])
    db.table("meta").insert({"name": _SINCE, "value": now.isoformat()})
    return now


def _is_after(started_at: str, since: datetime) -> bool:
    try:
        return datetime.fromisoformat(started_at) >= since
    except (ValueError, TypeError):
        return False
