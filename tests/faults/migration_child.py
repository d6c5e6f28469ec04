"""Opens a database of an older version over and over, dying at the next statement each time; prints what it found.

One process forks one child a death, before any thread is started. ``python -m tests.faults.migration_child FOLDER N``:
at every N-th statement.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from app import access_log
from app.adapters.sqlcipher import SqlCipherVault
from app.store import Store
from app.store_schema import MIGRATIONS, migrate, version
from resources import path as resource
from tests.helpers.personal import KEY, home_in, now

CALLS = 3


class CountedDatabase(Database):
    """Tells of every statement before it runs."""

    before: Callable[[str], None] = staticmethod(lambda sql: None)

    def execute(self, sql: str, parameters: Any = None) -> Any:
        self.before(sql)
        return super().execute(sql, parameters)


class DyingVault(SqlCipherVault):
    """A vault whose writer kills the process before the n-th statement of a migration."""

    def __init__(self, path: Path, at: int) -> None:
        super().__init__(path, KEY)
        self.left = at
        self.said: list[str] = []

    def writer(self) -> Database:
        db = CountedDatabase(super().writer().conn)
        db.before = self._count
        return db

    def _count(self, sql: str) -> None:
        self.said.append(sql)
        self.left -= 1
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)


def shape(db: Database) -> list[list[str]]:
    """Return the schema of a database, without what a migration leaves to be taken over row by row afterwards."""
    rows = db.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master ORDER BY 1, 2").fetchall()
    return [[str(cell) for cell in row] for row in rows if not str(row[2]).endswith("_before")]


def make(folder: Path, number: int) -> Path:
    """Make a database of version ``number`` with calls and lines of the access log as that version wrote them."""
    home = home_in(folder)
    vault = SqlCipherVault(home.personal_db, KEY)
    db = vault.writer()
    if number >= access_log.SCHEMA:
        access_log.AccessLog(vault.log_key, home.personal_db, now).prepare(0)
    scripts = [resource(f"sql/personal/{name}.sql").read_text(encoding="utf-8") for name in MIGRATIONS[:number]]
    migrate(db, home.personal_db, tuple(scripts))
    db.execute("BEGIN")
    for call in range(CALLS):
        db.table("sessions").insert(
            {"id": f"call-{call}", "started_at": now().isoformat(), "source": "practice", "title": ""}
        )
        if number < access_log.SCHEMA:
            row = {"at": now().isoformat(), "action": "hold", "session_id": f"call-{call}"}
            db.table("access").insert(row)
    db.execute("COMMIT")
    db.conn.close()
    return home.personal_db


def examine(file: Path, before: int, shapes: list[list[list[str]]]) -> str:
    """Return what is wrong with a database after a death, or empty."""
    vault = SqlCipherVault(file, KEY)
    db = vault.reader()
    found = version(db)
    if found < before:
        return f"version {found}, lower than before"
    if shape(db) != shapes[found]:
        return f"a schema between versions ({found})"
    if db.execute("SELECT count(*) FROM sessions").fetchone()[0] != CALLS:
        return "a call is lost"
    db.conn.close()
    kept = file.with_name(f"{file.name}.v{before}.bak")
    if found > before:
        if not kept.exists():
            return "no copy of before"
        copy = SqlCipherVault(kept, KEY).reader()
        if version(copy) != before or copy.execute("SELECT count(*) FROM sessions").fetchone()[0] != CALLS:
            return "the copy is not as it was before"
        copy.conn.close()
        if kept.stat().st_mode & 0o077:
            return "others may read the copy"
    return ""


def restart(file: Path) -> str:
    """Open the database as the next start does; returns what is wrong, or empty."""
    vault = SqlCipherVault(file, KEY)
    store = Store(vault, now)
    store.close()
    heads = access_log.heads(file)
    db = vault.reader()
    verdict = access_log.verify(db, heads, vault.log_key)
    lines = db.execute("SELECT count(*) FROM access").fetchone()[0]
    newest = version(db)
    db.conn.close()
    if newest != len(MIGRATIONS):
        return "not brought to the newest version"
    return "" if verdict.whole else f"the access log is not whole: {verdict.state} of {lines}"


def die(file: Path, at: int) -> bool:
    """Open ``file`` in a child that dies before the n-th statement; returns whether it died."""
    child = os.fork()
    if not child:
        try:
            Store(DyingVault(file, at), now).close()
            os._exit(0)
        except BaseException as error:
            print(repr(error), file=sys.stderr, flush=True)
        finally:
            os._exit(3)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError("the migration failed")
    return os.WIFSIGNALED(status)


def main() -> None:
    """Work through every older version."""
    folder, stride = Path(sys.argv[1]), int(sys.argv[2])
    shapes = [shape_of(folder / "shapes" / str(number), number) for number in range(len(MIGRATIONS) + 1)]
    wrong: list[str] = []
    deaths: dict[int, int] = {}
    for before in range(1, len(MIGRATIONS)):
        original = make(folder / f"v{before}", before)
        at = 1 - stride + before % stride
        while True:
            at += stride
            here = home_in(folder / f"v{before}-{at}").personal_db
            shutil.copytree(original.parent, here.parent)
            died = die(here, at)
            fault = (examine(here, before, shapes) if died else "") or restart(here)
            if fault:
                wrong.append(f"from {before}, statement {at}: {fault}")
            shutil.rmtree(here.parent)
            if not died:
                break
            deaths[before] = deaths.get(before, 0) + 1
    print(json.dumps({"wrong": wrong, "deaths": deaths}))


def shape_of(folder: Path, number: int) -> list[list[str]]:
    """Return the schema that version ``number`` has."""
    if not number:
        return []
    file = make(folder, number)
    db = SqlCipherVault(file, KEY).reader()
    found = shape(db)
    db.conn.close()
    return found


if __name__ == "__main__":
    main()
