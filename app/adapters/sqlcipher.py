"""The encrypted database file through SQLCipher: every page encrypted and authenticated under a raw key."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path
from typing import Any, Final

import sqlcipher3
from sqlite_utils import Database

from app.errors import StoreFault
from app.keys import hkdf_sha256

_CACHE_KIB: Final = 2_000
"""Pages a connection keeps in memory, KiB: SQLCipher's own 8 MB would fill over a shift and bring a desk nothing."""
_NO_ROOM_BYTES: Final = 65_536
BUSY_MS: Final = 5_000
"""How long to wait for a lock, e.g. while a virus scanner holds the journal."""

_CODES: Final = {
    "SQLITE_FULL": "store.disk_full",
    "SQLITE_IOERR": "store.io",
    "SQLITE_BUSY": "store.busy",
    "SQLITE_LOCKED": "store.busy",
    "SQLITE_NOTADB": "store.not_opened",
    "SQLITE_CORRUPT": "store.damaged",
    "SQLITE_READONLY": "store.read_only",
    "SQLITE_CANTOPEN": "store.read_only",
    "SQLITE_PERM": "store.read_only",
}


class SqlCipherVault:
    """Opens one database file with one 32-byte key. Thread: any; connections stay in the thread that opened them."""

    def __init__(self, path: Path, key: bytes) -> None:
        if len(key) != 32:
            raise ValueError("the key has 32 bytes")
        self._path = path
        self._key = key

    @property
    def path(self) -> Path:
        """The database file."""
        return self._path

    @property
    def log_key(self) -> bytes:
        """32 bytes for the access log, derived from the key."""
        return hkdf_sha256(self._key, b"doumi/access/1")

    def writer(self) -> Database:
        """Return the writing connection; a file that does not open with the key is left as it is."""
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StoreFault("store.read_only", path=str(self._path.parent)) from error
        if self._path.exists() and self._path.stat().st_size > 0:
            self.reader().conn.close()
        connection = self._connect(f"{self._path.as_uri()}?mode=rwc")
        try:
            for setting in (
                "journal_mode = WAL",
                "synchronous = FULL",
                "secure_delete = ON",
                "foreign_keys = ON",
                "journal_size_limit = 4194304",
            ):
                connection.execute(f"PRAGMA {setting}")
            self._path.chmod(0o600)
        except (sqlcipher3.Error, OSError) as error:
            connection.close()
            raise self._as_fault(error) from error
        return Database(connection)

    def reader(self) -> Database:
        """Return a read-only connection."""
        if not self._path.exists():
            raise StoreFault("store.absent", path=str(self._path))
        try:
            connection = self._connect(f"{self._path.as_uri()}?mode=ro")
        except StoreFault as fault:
            if fault.code != "store.read_only" or not self._path.with_name(f"{self._path.name}-journal").exists():
                raise
            # A program that died while it left the write-ahead journal: what it began is undone, which needs writing.
            self._connect(f"{self._path.as_uri()}?mode=rw").close()
            connection = self._connect(f"{self._path.as_uri()}?mode=ro")
        return Database(connection)

    def fault(self, error: Exception) -> StoreFault | None:
        """Return what ``error`` means to the user, or None for a bug."""
        if isinstance(error, StoreFault):
            return error
        if isinstance(error, sqlcipher3.Error):
            name = str(getattr(error, "sqlite_errorname", "") or "")
            for prefix, code in _CODES.items():
                if name.startswith(prefix):
                    full = code == "store.io" and self._no_room()
                    return StoreFault("store.disk_full" if full else code, path=str(self._path))
        if isinstance(error, OSError):
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            return StoreFault("store.disk_full" if full else "store.io", path=str(self._path))
        return None

    def _no_room(self) -> bool:
        """Return whether the disk is full, which SQLite calls an input/output error where it maps its journal."""
        try:
            return shutil.disk_usage(self._path.parent).free < _NO_ROOM_BYTES
        except OSError:
            return False

    def _connect(self, uri: str) -> Any:
        try:
            connection = sqlcipher3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_MS / 1000)
        except sqlcipher3.Error as error:
            raise self._as_fault(error) from error
        try:
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = \"x'{self._key.hex()}'\"")
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlcipher3.Error as error:
            connection.close()
            raise self._as_fault(error) from error
        return connection

    def _as_fault(self, error: Exception) -> Exception:
        return self.fault(error) or error
