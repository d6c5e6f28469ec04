"""The dedicated team's inbox: packs arrive in a folder, are opened once, checked and kept in the team's database.

The originals are only read. A pack that cannot be opened is listed with the reason and looked at again when it or the
team's identities change. Both packs of an incident find each other in either order.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from app import evidence_check, team, team_packs
from app.errors import StoreFault, TeamFault
from app.evidence_check import MAX_PACK_BYTES, Checked, Verifier
from app.store import Store
from app.team import SealBox
from assist.escalate import MANIFEST
from resources.notices import Fault, sentence
from ui.team_ports import InboxLook, PackState

_IDENTITIES: Final = "team_identities"
_ENDING: Final = ".age"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class InboxParts:
    """What an inbox is made of."""

    store: Store
    box: SealBox
    verifier: Verifier
    folder: Callable[[], Path]
    """Where packs arrive, as it is set now."""
    desks: Callable[[], Mapping[str, str]]
    """Known desks, public key by id; may raise TeamFault."""
    now: Callable[[], datetime]


class TeamInbox:
    """The inbox. Methods from any worker thread; :meth:`look` from one at a time."""

    def __init__(self, parts: InboxParts) -> None:
        self._parts = parts
        self._store = parts.store

    # -- identity -------------------------------------------------------------------------------------------

    @property
    def has_identity(self) -> bool:
        """Whether packs can be opened here."""
        return bool(self._identities())

    def take_identity(self, file: Path) -> None:
        """Keep the identity in ``file`` in the encrypted database, beside earlier ones; broken packs are tried again.

        Raises:
            TeamFault: ``outbox.not_an_identity``.
        """
        identity = team.read_identity(file, self._parts.box)

        def work(db: Database) -> None:
            kept = _identities(db)
            if identity not in kept:
                row = {"name": _IDENTITIES, "value": json.dumps([identity, *kept])}
                db.table("meta").insert(row, replace=True)
            sql = "DELETE FROM team_files WHERE sha256 IN (SELECT sha256 FROM team_packs WHERE state = 'broken')"
            db.execute(sql)

        self._store.write(work)

    # -- taking in ------------------------------------------------------------------------------------------

    def look(self) -> InboxLook:
        """Take in what is new. What is wrong with one pack never keeps another out."""
        if not self._identities():
            return InboxLook(0, 0, sentence("inbox.no_identity"))
        folder = self._parts.folder()
        try:
            files = sorted(
                file for file in folder.iterdir() if file.suffix == _ENDING and not file.name.startswith(".")
            )
        except OSError:
            return InboxLook(0, 0, sentence("inbox.inbox_unreadable", path=str(folder)))
        try:
            desks, fault = self._parts.desks(), ""
        except Fault as wrong:
            desks, fault = {}, str(wrong)
        seen = self._store.read(_seen)
        opened = broken = 0
        for file in files:
            try:
                state = self._take(file, seen, desks)
            except StoreFault as wrong:
                return InboxLook(opened, broken, str(wrong))
            except Exception as error:  # one odd pack must not keep the others out
                _log.error("a pack was not taken in (%s)", type(error).__name__)
                broken, fault = broken + 1, fault or sentence("inbox.pack_failed", path=str(file))
                continue
            opened += state is not None and state is not PackState.BROKEN
            broken += state is PackState.BROKEN
        return InboxLook(opened, broken, fault)

    def _take(self, file: Path, seen: Mapping[str, tuple[int, int, str]], desks: Mapping[str, str]) -> PackState | None:
        """Take one file in; returns its state, None where it was known or is gone."""
        try:
            facts = file.stat()
            if not file.is_file() or seen.get(str(file), ())[:2] == (facts.st_size, facts.st_mtime_ns):
                return None
            if facts.st_size > MAX_PACK_BYTES:
                raise TeamFault("outbox.pack_broken")
            data = file.read_bytes()
        except FileNotFoundError:
            return None
        except OSError:
            return self._break(file, None, f"unread:{file.name}", TeamFault("outbox.pack_not_read", path=str(file)))
        except TeamFault as fault:
            return self._break(file, (facts.st_size, facts.st_mtime_ns), f"unread:{file.name}", fault)
        stamp, digest = (facts.st_size, facts.st_mtime_ns), hashlib.sha256(data).hexdigest()
        known = self._store.read(lambda db: _state_of(db, digest))
        if known is not None and known is not PackState.BROKEN:
            self._store.write(lambda db: _put_seen(db, file, stamp, digest))
            return None
        try:
            parts = evidence_check.read_archive(self._open(data))
        except TeamFault as fault:
            return self._break(file, stamp, digest, fault)
        checked = evidence_check.check(parts, self._parts.verifier, desks)
        self._keep(file, stamp, digest, checked)
        return _state(checked)

    def _open(self, data: bytes) -> bytes:
        last = TeamFault("outbox.pack_not_opened")
        for identity in self._identities():
            try:
                return self._parts.box.open(data, identity)
            except TeamFault as fault:
                last = fault
        raise last

    def _break(self, file: Path, stamp: tuple[int, int] | None, digest: str, fault: TeamFault) -> PackState | None:
        row = {
            "sha256": digest,
            "pack_id": _file_id(file),
            "incident_id": "",
            "file": str(file),
            "received_at": self._parts.now().isoformat(),
            "state": PackState.BROKEN.value,
            "fault": json.dumps({"code": fault.code, "params": {k: str(v) for k, v in fault.params.items()}}),
        }

        def work(db: Database) -> bool:
            is_new = _state_of(db, digest) is None
            _forget_broken(db, file, digest)
            db.table("team_packs").insert(row, ignore=True)
            if stamp is not None:
                _put_seen(db, file, stamp, digest)
            return is_new

        return PackState.BROKEN if self._store.write(work) else None

    def _keep(self, file: Path, stamp: tuple[int, int], digest: str, checked: Checked) -> None:
        told = team_packs.summary(checked.parts, checked.manifest, _file_id(file))
        content = hashlib.sha256(checked.parts.get(MANIFEST, b"")).hexdigest() if checked.is_untouched else ""
        at = self._parts.now().isoformat()

        def work(db: Database) -> None:
            db.execute("DELETE FROM team_packs WHERE sha256 = ? AND state = 'broken'", [digest])
            _forget_broken(db, file, digest)
            _put_seen(db, file, stamp, digest)
            twin = "SELECT 1 FROM team_packs WHERE content = ? AND content <> ''"
            if db.execute(twin, [content]).fetchone():
                return  # the same pack sealed once more
            sql = "SELECT incident_id FROM team_incidents WHERE call_id = ? AND call_id <> ''"
            same = db.execute(sql, [told.call_id]).fetchone()
            incident_id = str(same[0]) if same else told.incident_id
            db.table("team_packs").insert(
                {
                    "sha256": digest,
                    "pack_id": told.pack_id,
                    "incident_id": incident_id,
                    "file": str(file),
                    "received_at": at,
                    "state": _state(checked).value,
                    "differing": json.dumps(checked.differing, ensure_ascii=False),
                    "completing": told.completing,
                    "desk": checked.desk,
                    "content": content,
                },
                ignore=True,
            )
            for name, body in checked.parts.items():
                db.table("team_parts").insert({"sha256": digest, "name": name, "body": body}, ignore=True)
            if not checked.is_untouched:
                # A pack that was changed may found an incident, but never change what an untouched one told of it.
                _put_incident(db, incident_id, replace(told, caller=""), at, first=False)
            else:
                _put_incident(db, incident_id, told, at, first=told.completing)

        self._store.write(work)

    def _identities(self) -> tuple[str, ...]:
        return self._store.read(_identities)


# -- parts --------------------------------------------------------------------------------------------------


def _put_incident(db: Database, incident_id: str, told: team_packs.PackSummary, at: str, first: bool) -> None:
    """Insert an incident; a completing pack's facts take the place of those of the press."""
    sql = """
        INSERT INTO team_incidents VALUES (:id, :call, :raised, :at, :label, :labels, :severity, :situation, :caller,
          :simulated, :words)
    """
    values = {
        "id": incident_id,
        "call": told.call_id,
        "raised": told.raised_at or at,
        "at": at,
        "label": told.label,
        "labels": json.dumps(told.labels),
        "severity": told.severity,
        "situation": told.situation,
        "caller": told.caller,
        "simulated": told.simulated,
        "words": told.words,
    }
    newer = """
        label = :label, labels = :labels, severity = max(severity, :severity), situation = :situation, words = :words,
        caller = CASE WHEN :caller <> '' THEN :caller ELSE caller END
    """
    older = "caller = CASE WHEN caller = '' THEN :caller ELSE caller END"
    update = newer if first else older
    db.execute(f"{sql} ON CONFLICT (incident_id) DO UPDATE SET received_at = :at, {update}", values)


def _state(checked: Checked) -> PackState:
    if not checked.is_untouched:
        return PackState.CHANGED
    return PackState.UNTOUCHED if checked.is_proven else PackState.UNPROVEN


def _file_id(file: Path) -> str:
    return file.name.split(".", 1)[0]


def _identities(db: Database) -> tuple[str, ...]:
    found = db.execute("SELECT value FROM meta WHERE name = ?", [_IDENTITIES]).fetchone()
    return tuple(json.loads(found[0])) if found else ()


def _seen(db: Database) -> dict[str, tuple[int, int, str]]:
    rows = db.query("SELECT * FROM team_files")
    return {row["file"]: (row["size"], row["mtime_ns"], row["sha256"]) for row in rows}


def _put_seen(db: Database, file: Path, stamp: tuple[int, int], digest: str) -> None:
    row = {"file": str(file), "size": stamp[0], "mtime_ns": stamp[1], "sha256": digest}
    db.table("team_files").insert(row, replace=True)


def _state_of(db: Database, digest: str) -> PackState | None:
    found = db.execute("SELECT state FROM team_packs WHERE sha256 = ?", [digest]).fetchone()
    return PackState(found[0]) if found else None


def _forget_broken(db: Database, file: Path, digest: str) -> None:
    """Drop what was listed as broken under this file's name: the file is another one now (e.g. was copied whole)."""
    db.execute("DELETE FROM team_packs WHERE file = ? AND state = 'broken' AND sha256 <> ?", [str(file), digest])
