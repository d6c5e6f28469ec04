"""The access log: who did what to whose data, when and where. Lines are only ever added.

Each line holds the hash of the one before and its own: HMAC-SHA256 under a key derived from the desk key, which is not
in the database. Whoever can change the database with SQL alone can therefore neither alter, insert, reorder nor remove
a line unseen. Lines removed from the end, or an older database put in place of the newer, are seen by the *head*: a
small file beside the database that names the last line, written whole after the line is durable. It may name an earlier
line than the last one (a crash came between), never a later one.

The log holds no speech, names of callers or numbers: a call is named by its id.
"""

from __future__ import annotations

import getpass
import hmac
import json
import logging
import platform
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from filelock import FileLock
from sqlite_utils import Database

from app.private_file import write_private
from resources.notices import sentence

HEAD: Final = "access.head"
"""Name of the file of the head, beside the database."""
SCHEMA: Final = 6
"""Schema of the personal database from which on lines are chained."""
FIRST: Final = "0" * 64
"""The hash before the first line."""
_REPORT: Final = "qa-report-"
_OLD_REPORT: Final = "qa report "
"""How the note on a report began, and how it did in lines from before."""
_LOCK_S: Final = 2.0
_MAX_HEAD_BYTES: Final = 100_000

_log = logging.getLogger(__name__)


class Action(StrEnum):
    """What is logged of calls and packs. Others have names of their own, as ``register.publish``."""

    OPEN = "open"
    REVEAL = "reveal"
    PLAY = "play"
    EXPORT = "export"
    EXPORT_STOP = "export-stop"
    """What was to be exported was not written."""
    DELETE = "delete"
    HOLD = "hold"
    RELEASE = "release"
    PACK_OPEN = "pack.open"
    PACK_PRINT = "pack.print"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log."""

    id: int
    """From 1, without gaps."""
    at: str
    """ISO 8601 with offset."""
    who: str
    """Profile, or user of the system; empty in lines from before this log."""
    place: str
    """Name of the PC; empty in lines from before this log."""
    action: str
    subject: str
    """Whose: id of a call or pack, or name of a profile."""
    note: str = ""
    """Why, or how: a reason, ``cli``."""


class State(StrEnum):
    """What became of checking the log."""

    WHOLE = "whole"
    ALTERED = "altered"
    """The line is not as it was written, or was written by something else."""
    MISSING = "missing"
    """The line is gone: from between others, or from the end."""
    OTHER = "other"
    """The line is another than the one that stood there: the log was written anew, or an older database went on."""
    HEAD_MISSING = "head_missing"
    """The file of the head is gone."""
    HEAD_ALTERED = "head_altered"
    """The file of the head is not as it was written, or belongs to another key."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking the log gave."""

    state: State
    lines: int
    """Lines that are there."""
    first: int = 0
    """The first line that is not as it was; 0 where the log is whole or only the head is broken."""

    @property
    def whole(self) -> bool:
        """Whether nothing was removed or changed."""
        return self.state is State.WHOLE


@dataclass(frozen=True, slots=True)
class Head:
    """A line and its hash; line 0 is the beginning."""

    id: int
    hash: str


def user() -> str:
    """Return the name of the user of the system; empty where it has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


class AccessLog:
    """Writes the log of one personal database. Thread: its writer's, but for :attr:`who`, which any may set."""

    def __init__(
        self,
        key: bytes,
        database: Path,
        now: Callable[[], datetime],
        who: str | None = None,
        place: str | None = None,
    ) -> None:
        """Touch nothing yet.

        Args:
            key: 32 bytes derived from the desk key for this log alone.
            database: The personal database's file; the head lies beside it.
            now: Wall clock with zone.
            who: Who uses the desk; the user of the system where nothing is said.
            place: The PC; its name where nothing is said.
        """
        self._key = key
        self._file = database.with_name(HEAD)
        self._now = now
        self.who = user() if who is None else who
        """Who uses the desk now; a profile sets its name."""
        self._place = platform.node() if place is None else place
        self._pending = False

    def prepare(self, schema: int) -> None:
        """Anchor the beginning, before the database has a log; called before it is migrated. Raises KeyFault."""
        if schema < SCHEMA and not self._file.exists():
            _write(self._file, [self._line(Head(0, FIRST))])

    def take_over(self, db: Database) -> None:
        """Chain the lines from before this log, in a transaction of its own; nothing where that is done."""
        if not _has(db, "access_before"):
            return
        db.execute("BEGIN IMMEDIATE")
        try:
            if _has(db, "access_before"):
                rows = db.execute("SELECT at, action, session_id, note FROM access_before ORDER BY id").fetchall()
                for at, action, subject, note in rows:
                    self._insert(db, at, "", "", action, subject, note)
                db.execute("DROP TABLE access_before")
            db.execute("COMMIT")
        except BaseException:
            if db.conn.in_transaction:
                db.execute("ROLLBACK")
            raise
        self._pending = True

    def note(self, db: Database, action: str, subject: str, note: str = "", at: str = "") -> None:
        """Add a line inside the caller's transaction: it is stored with what it tells of, or neither is.

        Args:
            db: The writer, in a transaction.
            action: One of :class:`Action`, or a name of its own.
            subject: Whose: id of a call or pack, or name of a profile. Never a caller's name or number.
            note: Why, or how. No words of a call.
            at: When, ISO 8601 with offset; now where nothing is said.
        """
        self._insert(db, at or self._now().isoformat(), self.who, self._place, action, subject, note)

    def settle(self, db: Database) -> None:
        """Move the head to the last line, outside a transaction. What hinders it is logged; the next line tries again.

        A head that names a line which is not there (any more) stays: it is the proof.
        """
        if not self._pending:
            return
        try:
            with FileLock(self._file.with_name(f".{HEAD}.lock"), timeout=_LOCK_S, mode=0o600, is_singleton=False):
                self._move(db)
            self._pending = False
        except Exception as error:  # what the head tells of is stored: a write that went well must not fail by it
            _log.warning("the head of the access log was not written (%s)", type(error).__name__)

    def _move(self, db: Database) -> None:
        lines = _read(self._file)
        stands = _newest(lines or (), self._key)
        if stands is None:
            return  # removed or changed by somebody: verify tells it, and goes on telling it
        if stands.id and _hash_of(db, stands.id) != stands.hash:
            return
        last = _last(db)
        if last.id > stands.id:
            _write(self._file, [self._line(last)])

    def _insert(self, db: Database, at: str, who: str, place: str, action: str, subject: str, note: str) -> None:
        last = _last(db)
        fields = (last.id + 1, at, who, place, action, subject, note, last.hash)
        sql = """
            INSERT INTO access (id, at, who, place, action, subject, note, prev, hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
        db.execute(sql, [*fields, _mac(self._key, fields)])
        self._pending = True

    def _line(self, head: Head) -> str:
        return _head_line(head, self._key)


def entries(db: Database) -> Iterator[Entry]:
    """Return the lines, oldest first; none in a database from before this log."""
    if _has(db, "access", "hash"):
        for row in db.execute("SELECT id, at, who, place, action, subject, note FROM access ORDER BY id"):
            yield Entry(*row)


def heads(database: Path) -> tuple[str, ...] | None:
    """Return the lines of the file of the head; None where there is none.

    Read them *before* the database is opened for :func:`verify`: a desk that writes meanwhile then never looks as if
    lines were gone.
    """
    return _read(database.with_name(HEAD))


def verify(db: Database, lines: tuple[str, ...] | None, key: bytes) -> Verdict:
    """Check every line and the head.

    Args:
        db: A reader, opened after ``lines`` was read.
        lines: What :func:`heads` gave.
        key: The key of the log.
    """
    if not _has(db, "access", "hash"):
        return without_database(lines, key)
    count = int(db.execute("SELECT count(*) FROM access").fetchone()[0])
    head = _newest(lines or (), key)
    before, anchored = Head(0, FIRST), head is not None and head.id == 0
    sql = "SELECT id, at, who, place, action, subject, note, prev, hash FROM access ORDER BY id"
    for row in db.execute(sql):
        number, told = row[0], row[8]
        if number != before.id + 1:
            return Verdict(State.MISSING, count, before.id + 1)
        if not hmac.compare_digest(_mac(key, row[:8]).encode(), str(told).encode()):
            return Verdict(State.ALTERED, count, number)
        if row[7] != before.hash:
            return Verdict(State.OTHER, count, number)
        before = Head(number, told)
        if head is not None and head.id == number:
            if head.hash != told:
                return Verdict(State.OTHER, count, number)
            anchored = True
    if lines is None:
        return Verdict(State.HEAD_MISSING, count)
    if head is None:
        return Verdict(State.HEAD_ALTERED, count)
    if not anchored:
        return Verdict(State.MISSING, count, before.id + 1)
    return Verdict(State.WHOLE, count)


def without_database(lines: tuple[str, ...] | None, key: bytes) -> Verdict:
    """Return what the head tells where there is no log: it has not begun yet, or it is gone."""
    head = _newest(lines or (), key)
    return Verdict(State.MISSING, 0, 1) if head is not None and head.id else Verdict(State.WHOLE, 0)


def named(action: str) -> str:
    """Return an action as a person reads it; what has no words of its own stays as it is."""
    with suppress(KeyError):
        return sentence(f"access_log.action_{action.replace('.', '_').replace('-', '_')}")
    return action


def noted(note: str) -> str:
    """Return a note as a person reads it; what was typed, and what has no words of its own, stays as it is."""
    if note.startswith(_OLD_REPORT):
        note = _REPORT + note.removeprefix(_OLD_REPORT)
    return " ".join(_note_word(part) for part in note.split(" "))


def _note_word(part: str) -> str:
    with suppress(KeyError):
        return sentence(f"access_log.note_{part.replace('.', '_').replace('-', '_')}")
    return named(part)


def told(verdict: Verdict) -> str:
    """Return a verdict as one sentence."""
    return sentence(f"access_log.{verdict.state.value}", lines=verdict.lines, line=verdict.first)


def rekey(db: Database, database: Path, old: bytes, new: bytes) -> None:
    """Chain the lines anew under another key, inside the caller's transaction; for a rotation of the desk key.

    The head then holds for both keys, so that a crash on either side of the swap finds one that fits. A line that was
    not whole under the old key is not made whole.

    Args:
        db: The writer of the database that will have the new key, in a transaction.
        database: The personal database's file, whose head is extended.
        old: The key of the log until now.
        new: The key of the log from now on.

    Raises:
        KeyFault: The head was not written.
    """
    was, now = Head(0, FIRST), Head(0, FIRST)
    hashes = {0: FIRST}
    sql = "SELECT id, at, who, place, action, subject, note, prev, hash FROM access ORDER BY id"
    for row in db.execute(sql).fetchall():
        number, told = row[0], row[8]
        intact = _mac(old, row[:8]) == told and row[7] == was.hash and number == was.id + 1
        was = Head(number, told)
        if not intact:
            continue
        fields = (*row[:7], now.hash)
        now = Head(number, _mac(new, fields))
        hashes[number] = now.hash
        db.execute("UPDATE access SET prev = ?, hash = ? WHERE id = ?", [fields[7], now.hash, number])
    file = database.with_name(HEAD)
    lines = _read(file)
    head = _newest(lines or (), old)
    if head is not None and head.id in hashes:
        _write(file, [_head_line(head, old), _head_line(Head(head.id, hashes[head.id]), new)])


def _last(db: Database) -> Head:
    found = db.execute("SELECT id, hash FROM access ORDER BY id DESC LIMIT 1").fetchone()
    return Head(found[0], found[1]) if found else Head(0, FIRST)


def _hash_of(db: Database, number: int) -> str:
    found = db.execute("SELECT hash FROM access WHERE id = ?", [number]).fetchone()
    return str(found[0]) if found else ""


def _has(db: Database, table: str, column: str = "") -> bool:
    names = {row[1] for row in db.execute(f"PRAGMA table_info({table})").fetchall()}
    return bool(names) and (not column or column in names)


def _mac(key: bytes, fields: Any) -> str:
    text = json.dumps(list(fields), ensure_ascii=False, separators=(",", ":"))
    return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256").hex()


def _head_line(head: Head, key: bytes) -> str:
    return json.dumps({"id": head.id, "hash": head.hash, "mac": _mac(key, ("head", head.id, head.hash))})


def _newest(lines: tuple[str, ...], key: bytes) -> Head | None:
    """Return the furthest head in ``lines`` that this key made, or None."""
    found: Head | None = None
    for line in lines:
        with suppress(ValueError, KeyError, TypeError):
            value = json.loads(line)
            head = Head(int(value["id"]), str(value["hash"]))
            made = _mac(key, ("head", head.id, head.hash))
            if hmac.compare_digest(made.encode(), str(value["mac"]).encode()) and (found is None or head.id > found.id):
                found = head
    return found


def _read(file: Path) -> tuple[str, ...] | None:
    try:
        with file.open("rb") as stream:
            return tuple(stream.read(_MAX_HEAD_BYTES).decode("utf-8", "replace").splitlines())
    except FileNotFoundError:
        return None


def _write(file: Path, lines: list[str]) -> None:
    """Write the file of the head whole or not at all, on the disk before it returns. Raises KeyFault."""
    write_private(file, "".join(f"{line}\n" for line in lines))
