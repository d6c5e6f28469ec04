"""Migrations where the disk is full, or somebody reads: the old schema stays whole and the next start goes on."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from app.adapters import sqlcipher
from app.adapters.sqlcipher import SqlCipherVault
from app.errors import StoreFault
from app.store_schema import MIGRATIONS, version
from tests.faults.migration_child import CALLS, make
from tests.helpers.personal import KEY, open_store
from tests.helpers.personal import home_in as home_of
from tests.helpers.small_disk import small_disk


def _state(file: Path) -> tuple[int, int]:
    db = SqlCipherVault(file, KEY).reader()
    found = version(db), int(db.execute("SELECT count(*) FROM sessions").fetchone()[0])
    assert db.execute("PRAGMA cipher_integrity_check").fetchone() is None
    db.conn.close()
    return found


@pytest.mark.parametrize("leave_bytes", [0, 8_192, 40_960, 90_112])
def test_a_full_disk_leaves_the_old_schema_and_the_next_start_goes_on(tmp_path: Path, leave_bytes: int) -> None:
    with small_disk(tmp_path, 4) as disk:
        file = make(disk.path, 3)
        disk.fill(leave_bytes)
        refused = ""
        try:
            open_store(home_of(disk.path)).close()
        except StoreFault as fault:
            refused = fault.code
        disk.empty()
        reached, calls = _state(file)
        assert calls == CALLS
        assert 3 <= reached < len(MIGRATIONS) if refused else reached == len(MIGRATIONS)
        assert refused in ("", "store.disk_full")
        open_store(home_of(disk.path)).close()
        assert _state(file) == (len(MIGRATIONS), CALLS)


def test_a_disk_without_any_room_is_named_and_nothing_is_changed(tmp_path: Path) -> None:
    with small_disk(tmp_path, 4) as disk:
        file = make(disk.path, 3)
        disk.fill()
        with pytest.raises(StoreFault) as caught:
            open_store(home_of(disk.path))
        assert caught.value.code == "store.disk_full"
        disk.empty()
        assert _state(file) == (3, CALLS)


def test_the_copy_of_before_is_encrypted_and_private(tmp_path: Path) -> None:
    file = make(tmp_path, 4)
    open_store(home_of(tmp_path)).close()
    copy = file.with_name("personal.db.v4.bak")
    assert _state(copy) == (4, CALLS)
    assert b"SQLite format" not in copy.read_bytes()
    assert b"call-0" not in copy.read_bytes()
    if os.name != "nt":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with pytest.raises(StoreFault):
        SqlCipherVault(copy, bytes(32)).reader()


def test_who_reads_meanwhile_is_no_reason_for_half_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlcipher, "BUSY_MS", 50)
    file = make(tmp_path, 4)
    writer = SqlCipherVault(file, KEY).writer()
    reader = SqlCipherVault(file, KEY).reader()
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM sessions").fetchone()
    writer.execute("INSERT INTO sessions (id, started_at, source, title) VALUES ('late', '2026', 'practice', '')")
    with pytest.raises(StoreFault) as caught:
        open_store(home_of(tmp_path))
    assert caught.value.code == "store.busy"
    assert not list(file.parent.glob("*.bak"))
    reader.conn.close()
    writer.conn.close()
    open_store(home_of(tmp_path)).close()
    assert _state(file.with_name("personal.db.v4.bak")) == (4, CALLS + 1)
