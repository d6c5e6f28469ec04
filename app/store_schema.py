"""The personal database's shape: numbered migrations, each whole or not at all."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final, Protocol

from sqlite_utils import Database

import resources
from app.errors import StoreFault
from kb.whole_file import sync_folder

MIGRATIONS: Final = (
    "0001_calls",
    "0002_knowledge",
    "0003_incidents",
    "0004_team",
    "0005_care",
    "0006_access",
    "0007_retention",
    "0008_search",
    "0009_filing",
    "0010_quality",
    "0011_quality_shared",
    "0012_quality_came",
)
"""In order; the n-th brings ``user_version`` to n. Never edited once shipped."""


class Vault(Protocol):
    """Opens the encrypted database. Filled by :mod:`app.adapters.sqlcipher`."""

    @property
    def path(self) -> Path:
        """The database file."""
        ...

    @property
    def log_key(self) -> bytes:
        """32 bytes for the access log, derived from the key."""
        ...

    def writer(self) -> Database:
        """Return a connection that may write, made on first use. One at a time, used by its opener's thread only.

        Transactions are begun and ended by hand. Raises StoreFault with the file untouched.
        """
        ...

    def reader(self) -> Database:
        """Return a read-only connection for the calling thread. Raises StoreFault."""
        ...

    def fault(self, error: Exception) -> StoreFault | None:
        """Return what ``error`` means to the user, or None where it is a bug of ours."""
        ...


def version(db: Database) -> int:
    """Return the schema version of an open database."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def migrate(db: Database, path: Path, scripts: tuple[str, ...] | None = None) -> None:
    """Bring ``db`` to the newest schema, one transaction a step, with a copy of the file from before beside it.

    Args:
        db: A writer.
        path: Its file.
        scripts: SQL of the steps; by default those of :data:`MIGRATIONS`.

    Raises:
        StoreFault: ``store.newer``: made by a newer program.
    """
    steps = scripts if scripts is not None else tuple(_shipped(name) for name in MIGRATIONS)
    found = version(db)
    if found > len(steps):
        raise StoreFault("store.newer", path=str(path))
    if 0 < found < len(steps):
        _keep_copy(db, path, found)
    for number in range(found + 1, len(steps) + 1):
        db.execute("BEGIN IMMEDIATE")
        try:
            for statement in statements(steps[number - 1]):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {number}")
            db.execute("COMMIT")
        except BaseException:
            if db.conn.in_transaction:
                db.execute("ROLLBACK")
            raise


def statements(script: str) -> list[str]:
    """Split SQL without triggers into statements, comments left out."""
    lines = [line for line in script.splitlines() if not line.lstrip().startswith("--")]
    return [part.strip() for part in "\n".join(lines).split(";") if part.strip()]


def _shipped(name: str) -> str:
    return resources.path(f"sql/personal/{name}.sql").read_text(encoding="utf-8")


def _keep_copy(db: Database, path: Path, found: int) -> None:
    if db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        raise StoreFault("store.busy", path=str(path))  # somebody reads still: the file alone would not be all of it
    copy = path.with_name(f"{path.name}.v{found}.bak")
    part = copy.with_name(copy.name + ".part")
    part.touch(mode=0o600)
    part.chmod(0o600)
    shutil.copyfile(path, part)
    with part.open("rb+") as stream:
        os.fsync(stream.fileno())
    part.replace(copy)
    sync_folder(copy.parent)
