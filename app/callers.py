"""The dedicated team's register of managed callers, and the list it publishes. Lives in the team's encrypted database.

A caller stands there by the keyed hash of the number (:mod:`app.caller_numbers`); class, agreed handling, last day and
the team's own note. Every change is logged. The signing key is in the same database; ``callers.key`` is its copy for
the safe: without it the register can neither be published nor looked up in again.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlite_utils import Database

from app import caller_list
from app.caller_list import CallerList, PublicKey, SecretKey, Signer, Verifier
from app.caller_numbers import CallerHasher, normalise
from app.errors import CallerFault
from app.private_file import write_private
from app.store import Store
from app.store_reader import SessionReader
from assist.model import CallerClass, ManagedCaller
from kb.whole_file import put, take
from resources.notices import sentence
from ui.team_ports import CallerEntry, CallerRow

_KEY: Final = "callers_key"
_PUBLISHED: Final = "callers_published"
MAX_HANDLING: Final = 500
MAX_NOTE: Final = 5_000

_ROWS: Final = """
SELECT c.*, (SELECT count(*) FROM team_incidents i WHERE i.caller = c.caller) AS incidents FROM team_callers c
"""


@dataclass(frozen=True, slots=True)
class Publication:
    """The list published last."""

    version: int = 0
    issued: str = ""
    expires: str = ""
    entries: int = 0


class Signing:
    """What the register needs of signatures; built from the adapters by :mod:`app.team_side`."""

    def __init__(self, signer: Callable[[bytes], Signer], verifier: Verifier) -> None:
        self.signer = signer
        self.verifier = verifier

    def public_of(self, seed: bytes) -> str:
        """Return the public key line of a seed."""
        return self.signer(seed).public_key


class Register:
    """The register. Methods from any thread but ``store``; those that take a number use some 40 ms of CPU."""

    def __init__(self, store: Store, signing: Signing, now: Callable[[], datetime]) -> None:
        """Join the parts; ``now`` is the wall clock with zone."""
        self._store = store
        self._signing = signing
        self._now = now

    # -- keys -----------------------------------------------------------------------------------------------

    def init(self, folder: Path) -> SecretKey:
        """Make the keys: into the database, with ``callers.key`` for the safe and ``callers.pub`` for the desks.

        Raises:
            CallerFault: ``caller.key_here``, ``caller.key_exists``: there are keys already; ``caller.not_written``.
        """
        if self._secret() is not None:
            raise CallerFault("caller.key_here")
        for name in (caller_list.KEY_FILE, caller_list.PUBLIC_FILE):
            if (folder / name).exists():
                raise CallerFault("caller.key_exists", path=str(folder / name))
        made = caller_list.new_key(self._signing.public_of, self._now().date())
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_private(folder / caller_list.KEY_FILE, made.text())
            write_private(folder / caller_list.PUBLIC_FILE, made.public.text())
        except OSError as error:
            raise CallerFault("caller.not_written", path=str(folder)) from error
        self._keep(made)
        return made

    def take(self, file: Path) -> SecretKey:
        """Take in ``callers.key`` from the safe, e.g. on another PC of the team. Raises CallerFault."""
        try:
            found = caller_list.read_secret(take(file).decode())
        except (OSError, UnicodeDecodeError):
            raise CallerFault("caller.not_a_secret_key") from None
        known = self._secret()
        if known is not None and known.public.centre != found.public.centre:
            raise CallerFault("caller.key_here")
        self._keep(found)
        return found

    @property
    def has_key(self) -> bool:
        """Whether the keys are here."""
        return self._secret() is not None

    def hasher(self) -> CallerHasher | None:
        """Return what hashes numbers, or None where there is no key."""
        secret = self._secret()
        return secret.public.hasher() if secret else None

    # -- rows -----------------------------------------------------------------------------------------------

    def rows(self) -> tuple[CallerRow, ...]:
        """Return the register, those that stand first, by last day."""
        today = self._now().date()
        found = self._store.read(lambda db: [_row(row, today) for row in db.query(_ROWS)])
        return tuple(sorted(found, key=lambda row: (row.ended, row.entry.until, row.caller)))

    def row(self, caller: str) -> CallerRow | None:
        """Return one row by hash."""
        today = self._now().date()
        rows = self._store.read(lambda db: [_row(r, today) for r in db.query(f"{_ROWS} WHERE c.caller = ?", [caller])])
        return rows[0] if rows else None

    def find(self, number: str) -> CallerRow | None:
        """Return the row of a number in any shape. Raises CallerFault."""
        return self.row(self.hash_of(number))

    def hash_of(self, number: str) -> str:
        """Return the hash of a number in any shape. Raises CallerFault."""
        secret = self._secret()
        if secret is None:
            raise CallerFault("caller.no_key")
        return secret.public.hasher().of(normalise(number))

    def add(self, number: str, entry: CallerEntry) -> CallerRow:
        """Put the caller of a number into the register. Raises CallerFault."""
        return self.add_hash(self.hash_of(number), entry)

    def add_hash(self, caller: str, entry: CallerEntry) -> CallerRow:
        """Put a caller into the register by hash; one whose entry has ended comes back.

        Raises:
            CallerFault: ``caller.already``, ``caller.day_over``, ``caller.no_handling``, ``caller.other_key``.
        """
        secret = self._secret()
        if secret is None:
            raise CallerFault("caller.no_key")
        if not caller.startswith(f"{secret.public.name}:"):
            raise CallerFault("caller.other_key")
        self._check(entry)
        known = self.row(caller)
        if known is not None and not known.ended:
            raise CallerFault("caller.already", until=known.entry.until.isoformat())
        return self._put(caller, entry, "register.add")

    def change(self, caller: str, entry: CallerEntry) -> CallerRow:
        """Change an entry. Raises CallerFault."""
        self._known(caller)
        self._check(entry)
        return self._put(caller, entry, "register.change")

    def end(self, caller: str) -> CallerRow:
        """End an entry; the row stays. Raises CallerFault ``caller.unknown``."""
        self._known(caller)
        at = self._now().isoformat()

        def work(db: Database) -> None:
            sql = "UPDATE team_callers SET ended_at = ?, changed_at = ?, unpublished = 1 WHERE caller = ?"
            db.execute(f"{sql} AND ended_at = ''", [at, at, caller])
            self._store.access.note(db, "register.end", caller)

        self._store.write(work)
        return self._known(caller)

    # -- publishing -----------------------------------------------------------------------------------------

    def published(self) -> Publication:
        """Return what was published last."""
        text = self._store.read(lambda db: _meta(db, _PUBLISHED))
        return Publication(**json.loads(text)) if text else Publication()

    def unpublished(self) -> int:
        """Return how many rows were added, changed or ended since."""
        sql = "SELECT count(*) FROM team_callers WHERE unpublished"
        return self._store.read(lambda db: int(db.execute(sql).fetchone()[0]))

    def publish(self, folder: Path, days: int) -> Publication:
        """Sign the list and put it into ``folder`` as a whole; an empty register makes an empty list.

        The version is higher than any before, in the database as in the folder, whatever the clock says.

        Raises:
            CallerFault: ``caller.no_key``, ``caller.key_expired``, ``caller.not_written``.
        """
        secret = self._secret()
        if secret is None:
            raise CallerFault("caller.no_key")
        now, before = self._now(), self.published()
        if before.issued:
            # A clock that was set back must not make a list that looks older than the one before.
            now = max(now, datetime.fromisoformat(before.issued))
        if now.date() > secret.public.expires:
            raise CallerFault("caller.key_expired", day=secret.public.expires.isoformat())
        standing = [row for row in self.rows() if not row.ended]
        content = CallerList(
            centre=secret.public.centre,
            version=max(before.version, self._version_in(folder, secret.public)) + 1,
            issued=now,
            expires=now + timedelta(days=days),
            callers={
                row.caller: ManagedCaller(row.entry.caller_class, row.entry.handling, row.entry.until.isoformat())
                for row in standing
            },
        )
        data = caller_list.seal_list(content, self._signing.signer(secret.seed))
        made = Publication(content.version, content.issued.isoformat(), content.expires.isoformat(), len(standing))
        published = {row.caller: row.changed_at for row in self.rows()}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            put(folder / caller_list.LIST_FILE, data)
        except OSError as error:
            raise CallerFault("caller.not_written", path=str(folder)) from error

        def work(db: Database) -> None:
            _set_meta(db, _PUBLISHED, json.dumps({name: getattr(made, name) for name in made.__slots__}))
            for caller, changed_at in published.items():
                sql = "UPDATE team_callers SET unpublished = 0 WHERE caller = ? AND changed_at = ?"
                db.execute(sql, [caller, changed_at])
            self._store.access.note(db, "register.publish", str(made.version))

        self._store.write(work)
        return made

    # -- parts ----------------------------------------------------------------------------------------------

    def _version_in(self, folder: Path, key: PublicKey) -> int:
        """Return the version of our list in ``folder``, 0 without one: another PC of the team may have published."""
        try:
            data = take(folder / caller_list.LIST_FILE, caller_list.MAX_BYTES)
            return caller_list.open_list(data, key, self._signing.verifier).version
        except (OSError, CallerFault):
            return 0

    def _check(self, entry: CallerEntry) -> None:
        if entry.until < self._now().date():
            raise CallerFault("caller.day_over", day=entry.until.isoformat())
        if not entry.handling.strip() or len(entry.handling) > MAX_HANDLING or len(entry.note) > MAX_NOTE:
            raise CallerFault("caller.no_handling", limit=MAX_HANDLING)

    def _known(self, caller: str) -> CallerRow:
        found = self.row(caller)
        if found is None:
            raise CallerFault("caller.unknown")
        return found

    def _put(self, caller: str, entry: CallerEntry, action: str) -> CallerRow:
        at = self._now().isoformat()
        sql = """
            INSERT INTO team_callers (caller, class, handling, until, note, added_at, changed_at)
            VALUES (:caller, :class, :handling, :until, :note, :at, :at)
            ON CONFLICT (caller) DO UPDATE SET class = :class, handling = :handling, until = :until, note = :note,
              changed_at = :at, ended_at = '', unpublished = 1
        """
        values = {
            "caller": caller,
            "class": entry.caller_class.value,
            "handling": entry.handling.strip(),
            "until": entry.until.isoformat(),
            "note": entry.note.strip(),
            "at": at,
        }

        def work(db: Database) -> None:
            db.execute(sql, values)
            self._store.access.note(db, action, caller)

        self._store.write(work)
        return self._known(caller)

    def _secret(self) -> SecretKey | None:
        return secret_key(self._store)

    def _keep(self, key: SecretKey) -> None:
        self._store.write(lambda db: _set_meta(db, _KEY, key.text()))


def secret_key(reader: SessionReader) -> SecretKey | None:
    """Return the team's key where this database holds it."""
    text = reader.read(lambda db: _meta(db, _KEY))
    return caller_list.read_secret(text) if text else None


def class_name(caller_class: CallerClass) -> str:
    """Return a class as a person reads it: 악성, 강성."""
    return sentence(f"caller.class_{caller_class.value}")


def _row(row: dict[str, Any], today: date) -> CallerRow:
    until = date.fromisoformat(row["until"])
    entry = CallerEntry(CallerClass(row["class"]), row["handling"], until, row["note"])
    ended = bool(row["ended_at"]) or until < today
    return CallerRow(row["caller"], entry, row["added_at"], row["changed_at"], ended, row["incidents"])


def _meta(db: Database, name: str) -> str:
    found = db.execute("SELECT value FROM meta WHERE name = ?", [name]).fetchone()
    return str(found[0]) if found else ""


def _set_meta(db: Database, name: str, value: str) -> None:
    db.table("meta").insert({"name": name, "value": value}, replace=True)
