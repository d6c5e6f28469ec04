"""The outbox folders, shared by the profiles of the PC.

Whichever profile is open delivers every pack that lies there sealed for the team, and leaves a receipt for its owner
(:mod:`app.receipts`). What is sealed for a desk has a name of its own (``.desk.age``) and is left to that desk.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from app import receipts
from app.errors import TeamFault
from app.outbox_rows import SEALED, Kind, Pack, accept_elsewhere, add_pack, all_packs, drop_adopted, rename_file
from app.store import Store
from app.team import SealBox
from assist.events import DeliveryChanged
from assist.model import Delivery

TO_DESK: Final = ".desk.age"
"""End of the names of packs that are sealed for a desk itself."""

_log = logging.getLogger(__name__)


class SharedOutbox:
    """Keeps rows and files in step. Thread: any worker."""

    def __init__(
        self,
        store: Store,
        folder: Callable[[Kind], Path],
        box: SealBox,
        identity: Callable[[], str],
        write: Callable[[Kind, str, bytes], Path],
        now: Callable[[], datetime],
    ) -> None:
        """Join the parts.

        Args:
            store: The open profile's rows.
            folder: Where sealed packs of a kind wait.
            box: Sealing.
            identity: What opens packs sealed for this profile's desk.
            write: Puts a file into the folder of a kind, durable on return.
            now: Wall clock with zone.
        """
        self._store = store
        self._folder = folder
        self._box = box
        self._identity = identity
        self._write = write
        self._now = now

    def sweep(self, others_at_work: bool = False) -> None:
        """Put the outbox folders in order after a crash. Only at the start, before the first press.

        Files that no row names any more go: a pack that was being made is made again. A sealed file whose row is
        gone altogether (an older database was put back) becomes a row: its incident is kept.

        Args:
            others_at_work: Another profile of this program still writes its last packs.
        """
        for pack in self._packs():
            if pack.delivery is Delivery.NO_KEY and pack.file == f"{pack.pack_id}.age":
                self._rename_to_desk(pack)
        self.take_up(first=True)
        packs = {pack.pack_id: pack for pack in self._packs()}
        for kind in SEALED:
            for name in self._names(kind):
                file, found = self._folder(kind) / name, packs.get(receipts.owner_of(name))
                if receipts.is_receipt(name):
                    continue
                if found is not None and (found.file != name or found.delivery is Delivery.ACCEPTED):
                    if found.file == name and found.is_adopted:
                        self.leave_receipt(found, found.destination, json.loads(found.receipt or "{}"))
                    file.unlink(missing_ok=True)
                elif file.suffix == ".part" and not others_at_work:
                    file.unlink(missing_ok=True)

    def take_up(self, first: bool = False) -> list[DeliveryChanged]:
        """Follow what the other profiles did in the shared folders; returns what changed for this one's packs.

        Their sealed packs become rows and are delivered from here. Receipts they left for packs of this profile are
        believed where the pack itself is gone; else it is delivered again, which its id makes harmless.

        Args:
            first: Also try whether packs that are sealed for a desk are this one's.

        Raises:
            StoreFault: The disk does not take it.
        """
        changes = []
        for kind in SEALED:
            # The names first: a pack of our own has its row before its file.
            names = self._names(kind)
            packs = {pack.pack_id: pack for pack in self._packs() if pack.kind is kind}
            for pack in packs.values():
                if pack.is_adopted and pack.delivery is not Delivery.ACCEPTED and pack.file not in names:
                    self._store.write(_forgetting(pack.pack_id))
            for name in names:
                file, found = self._folder(kind) / name, packs.get(receipts.owner_of(name))
                if receipts.is_receipt(name):
                    if found is not None and not found.is_adopted:
                        changes += self._take_receipt(found, file, found.file in names)
                elif found is None and name.endswith(".age") and (first or not name.endswith(TO_DESK)):
                    self._adopt(kind, file)
        return changes

    def leave_receipt(self, pack: Pack, destination: str, receipt: dict[str, str]) -> None:
        """Leave word of a delivered pack of another profile. Raises StoreFault."""
        left = receipts.LeftReceipt(pack.pack_id, pack.file, pack.sha256, destination, receipt)
        receipts.leave(self._folder(pack.kind), left)

    def _packs(self) -> tuple[Pack, ...]:
        return self._store.read(all_packs)

    def _names(self, kind: Kind) -> list[str]:
        folder = self._folder(kind)
        return sorted(file.name for file in folder.iterdir()) if folder.is_dir() else []

    def _take_receipt(self, pack: Pack, file: Path, pack_is_there: bool) -> list[DeliveryChanged]:
        changes = []
        if pack.delivery is not Delivery.ACCEPTED:
            if pack_is_there or pack.delivery is Delivery.NO_KEY:
                return []
            left = receipts.read(file)
            if left is not None:
                changes.append(self._store.write(_receiving(left)))
        file.unlink(missing_ok=True)
        return changes

    def _rename_to_desk(self, pack: Pack) -> None:
        old = self._folder(pack.kind) / pack.file
        if old.exists():
            new = self._write(pack.kind, f"{pack.pack_id}{TO_DESK}", old.read_bytes())
            self._store.write(_renaming(pack.pack_id, new.name))

    def _adopt(self, kind: Kind, file: Path) -> None:
        sealed = file.read_bytes()
        try:
            self._box.open(sealed, self._identity())
            to_desk = True
        except TeamFault:
            if file.name.endswith(TO_DESK):
                return  # another profile's, which alone opens it
            to_desk = False
        row = Pack(
            pack_id=receipts.owner_of(file.name),
            session_id="",
            created_at=self._now().isoformat(),
            kind=kind,
            sealed_to_desk=to_desk,
            file=file.name,
            sha256=hashlib.sha256(sealed).hexdigest(),
            delivery=Delivery.NO_KEY if to_desk else Delivery.WAITING,
        )
        self._store.write(lambda db: add_pack(db, row))
        _log.warning("a pack without a row was taken up (%s)", row.pack_id)


def _forgetting(pack_id: str) -> Callable[[Database], None]:
    return lambda db: drop_adopted(db, pack_id)


def _renaming(pack_id: str, file: str) -> Callable[[Database], None]:
    return lambda db: rename_file(db, pack_id, file)


def _receiving(left: receipts.LeftReceipt) -> Callable[[Database], DeliveryChanged]:
    return lambda db: accept_elsewhere(db, left.pack_id, left.file, left.sha256, left.destination, left.receipt)
