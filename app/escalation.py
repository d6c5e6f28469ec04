"""From an evidence pack to a sealed file in the outbox, in one step that is whole or not at all.

A pack is sealed in memory for the dedicated team's public key. Where no team key is set it is sealed for the desk
itself, with an identity that lives in the encrypted database, and sealed again for the team once there is a key. It
is never on the disk in clear. Packs of practice calls go to the example team only.
"""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from sqlite_utils import Database
from ulid import ULID

from app import team
from app.errors import StoreFault, TeamFault
from app.home import Home
from app.keys import sync_folder
from app.outbox_rows import Kind, Pack, add_pack, all_packs, reseal_pack
from app.store import Store
from app.store_rows import insert_event
from app.team import SealBox
from assist.events import DeliveryChanged, EscalationRaised
from assist.model import Delivery, EscalationReason

_IDENTITY: Final = "desk_identity"
_log = logging.getLogger(__name__)


class EvidencePack(Protocol):
    """What goes to the team; made by :mod:`assist.escalate`."""

    @property
    def parts(self) -> Mapping[str, bytes]:
        """Content by file name."""
        ...


class Escalations:
    """Seals packs and keeps them. Thread: any worker; not the Qt main thread, since sealing takes a while."""

    def __init__(
        self, home: Home, store: Store, box: SealBox, team_key: Callable[[], Path | None], now: Callable[[], datetime]
    ) -> None:
        """Join the parts.

        Args:
            home: Whose outbox.
            store: Where rows and events go.
            box: Sealing.
            team_key: The file of the team's public key as the settings have it now, or None.
            now: Wall clock with zone.
        """
        self._home = home
        self._store = store
        self._box = box
        self._team_key = team_key
        self._now = now

    def escalate(
        self, call_id: str, t_ns: int, reason: EscalationReason, pack: EvidencePack, practice: bool = False
    ) -> EscalationRaised:
        """Seal ``pack``, put it in the outbox and log the event; returns it when all of that is durable.

        Raises:
            StoreFault: The disk did not take it; nothing is left behind.
        """
        kind = Kind.PRACTICE if practice else Kind.TEAM
        recipient = practice_recipient(self._home, self._box) if practice else self._team_recipient()
        sealed_to_desk = recipient is None
        sealed = self._box.seal(team.archive(pack.parts), recipient or self._box.recipient_of(self._identity()))
        now = self._now()
        pack_id = str(ULID.from_datetime(now))
        file = self._write(kind, f"{pack_id}.age", sealed)
        row = Pack(
            pack_id=pack_id,
            session_id=call_id,
            created_at=now.isoformat(),
            kind=kind,
            sealed_to_desk=sealed_to_desk,
            file=file.name,
            sha256=hashlib.sha256(sealed).hexdigest(),
            delivery=Delivery.NO_KEY if sealed_to_desk else Delivery.WAITING,
        )
        event = EscalationRaised(call_id=call_id, t_ns=t_ns, pack_id=pack_id, reason=reason, delivery=row.delivery)

        def work(db: Database) -> None:
            add_pack(db, row)
            insert_event(db, event)

        try:
            self._store.write(work)
        except BaseException:
            file.unlink(missing_ok=True)
            raise
        return event

    def reseal_waiting(self) -> list[DeliveryChanged]:
        """Seal packs that wait for a team key for the key that is set now, if one is. Raises StoreFault."""
        waiting = [pack for pack in self._packs() if pack.delivery is Delivery.NO_KEY]
        recipient = self._team_recipient() if waiting else None
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

    def sweep(self) -> None:
        """Put the outbox folders in order after a crash. Only at the start, before the first escalation.

        A sealed file without a row (the program died between the two) becomes a row: its incident is kept. Leftovers
        of finished steps go.
        """
        packs = {pack.pack_id: pack for pack in self._packs()}
        for kind in Kind:
            folder = self.folder(kind)
            for file in sorted(folder.glob("*")) if folder.is_dir() else ():
                pack = packs.get(file.name.split(".", 1)[0])
                is_done = pack is not None and (pack.file != file.name or pack.delivery is Delivery.ACCEPTED)
                if is_done or file.suffix == ".part":
                    file.unlink(missing_ok=True)
                elif pack is None and file.suffix == ".age":
                    self._adopt(kind, file)

    def folder(self, kind: Kind) -> Path:
        """Return where sealed packs of ``kind`` wait."""
        return self._home.practice_team / "outbox" if kind is Kind.PRACTICE else self._home.outbox

    # -- parts ----------------------------------------------------------------------------------------------

    def _packs(self) -> tuple[Pack, ...]:
        return self._store.read(all_packs)

    def _team_recipient(self) -> str | None:
        file = self._team_key()
        if file is None:
            return None
        try:
            return team.read_recipient(file, self._box)
        except TeamFault:
            # The incident is kept: sealed to the desk until the key can be read.
            _log.warning("the team key cannot be used")
            return None

    def _identity(self) -> str:
        def work(db: Database) -> str:
            found = db.execute("SELECT value FROM meta WHERE name = ?", [_IDENTITY]).fetchone()
            if found:
                return str(found[0])
            identity, _ = self._box.generate()
            db.table("meta").insert({"name": _IDENTITY, "value": identity})
            return identity

        return self._store.write(work)

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

    def _adopt(self, kind: Kind, file: Path) -> None:
        sealed = file.read_bytes()
        try:
            self._box.open(sealed, self._identity())
            to_desk = True
        except TeamFault:
            to_desk = False
        row = Pack(
            pack_id=file.name.split(".", 1)[0],
            session_id="",
            created_at=self._now().isoformat(),
            kind=kind,
            sealed_to_desk=to_desk,
            file=file.name,
            sha256=hashlib.sha256(sealed).hexdigest(),
            delivery=Delivery.NO_KEY if to_desk else Delivery.WAITING,
        )
        self._store.write(lambda db: add_pack(db, row))
        _log.warning("an unfinished escalation was taken up (%s)", row.pack_id)


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
