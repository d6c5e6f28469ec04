"""From the press to a sealed file in the outbox, in steps that each are whole or not at all.

The press is one transaction: the incident, its place in the outbox, the event and the legal hold. From then on the
incident cannot be lost. Its pack is made, signed and sealed right after, or later where the disk is full or the
program died. A pack is sealed in memory for the dedicated team's public key; it is never on the disk in clear. Where
no key can be used (none set, unreadable, expired) it is sealed for the desk itself, with an identity that lives in the
encrypted database, and sealed again for the team once there is a key. Packs of practice calls go to the example team
only.

The outbox folders are shared by the profiles of the PC (:mod:`app.shared_outbox`).
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from app import team
from app.desk_identity import desk_identity
from app.errors import StoreFault, TeamFault
from app.home import Home
from app.incident_rows import (
    Incident,
    PackJob,
    Press,
    add_incident,
    find_incident,
    incomplete,
    next_pack_id,
    press_again,
    unmade,
)
from app.outbox_rows import (
    Kind,
    Pack,
    add_pack,
    all_packs,
    delivery_changed,
    fill_pack,
    find_pack,
    reseal_pack,
)
from app.shared_outbox import TO_DESK, SharedOutbox
from app.store import Store
from app.store_rows import insert_event, put_hold
from app.team import SealBox
from assist.escalate import PackKind
from assist.events import DeliveryChanged, EscalationRaised, EvidenceCompleted
from assist.model import Delivery
from kb.whole_file import sync_folder

_log = logging.getLogger(__name__)


class Escalations:
    """Keeps incidents and seals their packs. Thread: any worker, since sealing takes a while."""

    def __init__(
        self,
        home: Home,
        store: Store,
        box: SealBox,
        team_key: Callable[[], Path | None],
        now: Callable[[], datetime],
        number: Callable[[str], int] = lambda call_id: 0,
    ) -> None:
        """Join the parts.

        Args:
            home: Whose outbox.
            store: Where rows and events go.
            box: Sealing.
            team_key: The file of the team's public key as the settings have it now, or None.
            now: Wall clock with zone.
            number: Takes the next place in the log of the open call; 0 for another (:meth:`app.bus.EventBus.number`).
        """
        self._home = home
        self._store = store
        self._box = box
        self._team_key = team_key
        self._now = now
        self._number = number
        self.shared = SharedOutbox(store, self.folder, box, self._identity, self._write, now)
        """What the profiles of this PC do for each other's packs."""

    # -- the press ------------------------------------------------------------------------------------------

    def press(self, press: Press) -> EscalationRaised:
        """Keep the incident; returns its event, to be published as it is, when all of it is durable.

        A second press in the same call adds no incident: it is logged, and its reason goes into the complete pack.

        Raises:
            StoreFault: The disk did not take it; nothing is left behind.
        """
        seq = self._number(press.call_id)
        delivery = Delivery.WAITING if press.practice or self._team_recipient()[0] else Delivery.NO_KEY

        def work(db: Database) -> EscalationRaised:
            incident = find_incident(db, press.call_id)
            standing = find_pack(db, incident.incident_id) if incident else None
            if incident is None:
                pack_id = next_pack_id(db, press.at)
                add_incident(db, pack_id, press)
                self._add_row(db, pack_id, pack_id, press.call_id, press.practice, delivery)
                if not press.practice:
                    put_hold(db, self._store.access, press.call_id, True, "escalated")
            else:
                pack_id = incident.incident_id
                press_again(db, incident, press)
            return insert_event(
                db,
                EscalationRaised(
                    call_id=press.call_id,
                    seq=seq,
                    t_ns=press.t_ns,
                    pack_id=pack_id,
                    reason=press.reason,
                    delivery=standing.delivery if standing else delivery,
                ),
            )

        return self._store.write(work)

    def incomplete(self) -> tuple[Incident, ...]:
        """Return the incidents whose call has ended without its complete pack. Raises StoreFault."""
        return self._store.read(incomplete)

    def complete(self, incident: Incident) -> None:
        """Give the complete pack of an ended call its row; twice is once. Raises StoreFault."""
        now = self._now()

        def work(db: Database) -> None:
            sql = "UPDATE incidents SET completed = 1 WHERE incident_id = ? AND completed = 0"
            if db.execute(sql, [incident.incident_id]).rowcount:
                pack_id = next_pack_id(db, now)
                ids = pack_id, incident.incident_id, incident.session_id
                self._add_row(db, *ids, incident.practice, Delivery.WAITING)

        self._store.write(work)

    def unmade(self) -> tuple[PackJob, ...]:
        """Return the packs that have a row and no file yet, oldest first. Raises StoreFault."""
        return self._store.read(unmade)

    def fill(self, job: PackJob, parts: Mapping[str, bytes]) -> EvidenceCompleted | DeliveryChanged | None:
        """Seal the parts of a pack into its file; returns what to publish, which the log has already.

        Raises:
            StoreFault: The disk did not take it. The row stays, and the pack is made again later.
        """
        incident, kind = job.incident, Kind.PRACTICE if job.incident.practice else Kind.TEAM
        recipient: str | None
        fault: TeamFault | None = None
        if kind is Kind.PRACTICE:
            recipient = practice_recipient(self._home, self._box)
        else:
            recipient, fault = self._team_recipient()
        sealed = self._box.seal(team.archive(parts), recipient or self._box.recipient_of(self._identity()))
        file = self._write(kind, f"{job.pack_id}{TO_DESK if recipient is None else '.age'}", sealed)
        digest = hashlib.sha256(sealed).hexdigest()
        delivery = Delivery.NO_KEY if recipient is None else Delivery.WAITING
        seq = self._number(incident.session_id) if job.kind is PackKind.COMPLETE else 0

        def work(db: Database) -> EvidenceCompleted | DeliveryChanged | None:
            before = find_pack(db, job.pack_id)
            fill_pack(db, job.pack_id, file.name, digest, delivery, _fault_text(fault))
            if job.kind is PackKind.PRESS:
                as_foretold = before is not None and before.delivery is delivery
                return None if as_foretold else delivery_changed(db, job.pack_id)
            last = db.execute("SELECT max(t_ns) FROM events WHERE session_id = ?", [incident.session_id]).fetchone()[0]
            event = EvidenceCompleted(
                call_id=incident.session_id,
                seq=seq,
                t_ns=last or 0,
                incident_id=incident.incident_id,
                pack_id=job.pack_id,
                delivery=delivery,
            )
            return insert_event(db, event)

        return self._store.write(work)

    def not_made(self, job: PackJob, fault: StoreFault) -> None:
        """Note beside the row why its pack could not be made yet; the disk may refuse that too."""
        sql, text = "UPDATE outbox SET error = ? WHERE pack_id = ?", _fault_text(fault)
        self._store.later(lambda db: db.execute(sql, [text, job.pack_id]))

    def key_fault(self) -> TeamFault | None:
        """Return why the team key that is set cannot be used; None where none is set or all is well."""
        return self._team_recipient()[1]

    # -- later ----------------------------------------------------------------------------------------------

    def reseal_waiting(self) -> list[DeliveryChanged]:
        """Seal packs that wait for a team key for the key that is set now, if one is. Raises StoreFault."""
        waiting = [pack for pack in self._packs() if pack.delivery is Delivery.NO_KEY and pack.file]
        recipient = self._team_recipient()[0] if waiting else None
        if recipient is None:
            return []
        changes = []
        for pack in waiting:
            old = self.folder(pack.kind) / pack.file
            try:
                plain = self._box.open(old.read_bytes(), self._identity())
            except (OSError, TeamFault):
                _log.error("a pack that waits for a key cannot be read (%s)", pack.pack_id)
                continue
            sealed = self._box.seal(plain, recipient)
            new = self._write(pack.kind, f"{pack.pack_id}.team.age", sealed)
            digest = hashlib.sha256(sealed).hexdigest()
            changes.append(self._store.write(_resealing(pack.pack_id, new.name, digest)))
            old.unlink(missing_ok=True)
        return changes

    def sweep(self, others_at_work: bool = False) -> None:
        """See :meth:`app.shared_outbox.SharedOutbox.sweep`."""
        self.shared.sweep(others_at_work)

    def folder(self, kind: Kind) -> Path:
        """Return where sealed packs of ``kind`` wait."""
        return practice_outbox(self._home) if kind is Kind.PRACTICE else self._home.outbox

    # -- parts ----------------------------------------------------------------------------------------------

    def _packs(self) -> tuple[Pack, ...]:
        return self._store.read(all_packs)

    def _add_row(
        self, db: Database, pack_id: str, incident_id: str, call_id: str, practice: bool, delivery: Delivery
    ) -> None:
        row = Pack(
            pack_id=pack_id,
            session_id=call_id,
            created_at=self._now().isoformat(),
            kind=Kind.PRACTICE if practice else Kind.TEAM,
            sealed_to_desk=delivery is Delivery.NO_KEY,
            file="",
            sha256="",
            delivery=delivery,
            incident_id=incident_id,
        )
        add_pack(db, row)

    def _team_recipient(self) -> tuple[str | None, TeamFault | None]:
        """Return the team's public key, or None and why it cannot be used (no reason where none is set)."""
        file = self._team_key()
        if file is None:
            return None, None
        try:
            return team.read_current(file, self._box, self._now().date()), None
        except TeamFault as fault:
            # The incident is kept: sealed to the desk until there is a key that can be used.
            _log.warning("the team key cannot be used (%s)", fault.code)
            return None, fault

    def _identity(self) -> str:
        return self._store.write(lambda db: desk_identity(db, self._box.generate))

    def _write(self, kind: Kind, name: str, sealed: bytes) -> Path:
        folder = self.folder(kind)
        part = folder / f"{name}.{secrets.token_hex(4)}.part"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
                stream.write(sealed)
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(folder / name)
            sync_folder(folder)
        except OSError as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise StoreFault("outbox.not_written", path=str(folder)) from error
        return folder / name


def _fault_text(fault: StoreFault | TeamFault | None) -> str:
    if fault is None:
        return ""
    return json.dumps({"code": fault.code, "params": {name: str(value) for name, value in fault.params.items()}})


def _resealing(pack_id: str, file: str, sha256: str) -> Callable[[Database], DeliveryChanged]:
    return lambda db: reseal_pack(db, pack_id, file, sha256)


def practice_recipient(home: Home, box: SealBox) -> str:
    """Return the example team's public key, making its key pair and inbox on first use. Raises TeamFault."""
    practice_inbox(home).mkdir(mode=0o700, parents=True, exist_ok=True)
    file = home.practice_team / team.RECIPIENT_FILE
    if not file.exists():
        return team.init(home.practice_team, box)
    return team.read_recipient(file, box)


def practice_inbox(home: Home) -> Path:
    """Return the example team's inbox folder."""
    return home.practice_team / "inbox"


def practice_outbox(home: Home) -> Path:
    """Return where packs of practice calls wait."""
    return home.practice_team / "outbox"
