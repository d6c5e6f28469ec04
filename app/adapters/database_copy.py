"""Copies the encrypted database into a new file under another key, while nobody else may use it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3
from sqlite_utils import Database

from app import access_log
from app.adapters.sqlcipher import SqlCipherVault
from app.errors import KeyFault, StoreFault

CopyTo = Callable[[Path, bytes], None]


@contextmanager
def held(path: Path, key: bytes) -> Iterator[CopyTo]:
    """Hold the database at ``path`` alone; yields ``copy(target, new_key)``, which makes ``target`` whole and durable.

    Args:
        path: The database.
        key: Its key, 32 bytes.

    Raises:
        StoreFault: It cannot be read, is damaged, or the disk is full; KeyFault ``keys.in_use``: somebody has it open.
            The database is as it was.
    """
    vault = SqlCipherVault(path, key)
    source: Any = None
    try:
        _check_whole(vault)
        source = _connect(path, key)
        # Leaving the write-ahead journal needs every other connection gone, and leaves one file that holds everything.
        if source.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
            raise KeyFault("keys.in_use")
        source.execute("PRAGMA locking_mode = EXCLUSIVE")

        def copy(target: Path, new_key: bytes) -> None:
            _copy(source, path, key, target, new_key)

        yield copy
    except sqlcipher3.Error as error:
        fault = vault.fault(error)
        if fault is not None and fault.code == "store.busy":
            raise KeyFault("keys.in_use") from error
        raise fault or error from error
    finally:
        if source is not None:
            source.close()


def _check_whole(vault: SqlCipherVault) -> None:
    """Raise StoreFault where a page is not as it was written, before anything is done to the file."""
    with closing(vault.reader().conn) as connection:
        if connection.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
            raise StoreFault("store.damaged", path=str(vault.path))


def _connect(path: Path, key: bytes) -> Any:
    connection = sqlcipher3.connect(str(path), isolation_level=None, timeout=5.0)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def _copy(source: Any, path: Path, key: bytes, target: Path, new_key: bytes) -> None:
    target.unlink(missing_ok=True)
    # The key cannot be a parameter of ATTACH; it is hexadecimal digits of ours.
    source.execute(f"ATTACH DATABASE ? AS fresh KEY \"x'{new_key.hex()}'\"", [str(target)])
    try:
        source.execute("BEGIN EXCLUSIVE")
        source.execute("SELECT sqlcipher_export('fresh')")
        source.execute(f"PRAGMA fresh.user_version = {source.execute('PRAGMA main.user_version').fetchone()[0]}")
        source.execute("COMMIT")
        if _counts(source, "main") != _counts(source, "fresh"):
            raise StoreFault("store.damaged", path=str(path))
    finally:
        if source.in_transaction:
            source.execute("ROLLBACK")
        source.execute("DETACH DATABASE fresh")
    fresh = Database(_connect(target, new_key))
    try:
        fresh.execute("BEGIN IMMEDIATE")
        if fresh.execute("SELECT 1 FROM pragma_table_info('access') WHERE name = 'hash'").fetchone():
            old_log, new_log = (SqlCipherVault(path, one).log_key for one in (key, new_key))
            access_log.rekey(fresh, path, old_log, new_log)
        fresh.execute("COMMIT")
        if fresh.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
            raise StoreFault("store.damaged", path=str(target))
    finally:
        fresh.conn.close()
    target.chmod(0o600)
    with target.open("rb+") as stream:
        os.fsync(stream.fileno())


def _counts(connection: Any, schema: str) -> dict[str, int]:
    sql = f"SELECT name FROM {schema}.sqlite_master WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite_%'"
    names = [row[0] for row in connection.execute(sql).fetchall()]
    return {name: connection.execute(f'SELECT count(*) FROM {schema}."{name}"').fetchone()[0] for name in names}
