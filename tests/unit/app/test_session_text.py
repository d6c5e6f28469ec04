"""Exports reach the file that was named, and nothing else is replaced."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app import session_text
from app.adapters.sqlcipher import SqlCipherVault
from app.errors import StoreFault
from app.keys import DeskKey
from app.personal import key_place, open_reader
from tests.helpers.personal import home_in

VALUES = [{"type": "session", "id": "01"}, {"type": "record"}]


def test_a_line_each_and_no_empty_one(tmp_path: Path) -> None:
    out = tmp_path / "call.jsonl"
    session_text.write(out, VALUES, one_a_line=True)
    assert out.read_text(encoding="utf-8").count("\n") == 2
    assert out.stat().st_mode & 0o077 == 0


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    link.symlink_to(target)
    session_text.write(link, VALUES, one_a_line=True)
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").startswith("{")


def test_a_pipe_is_written_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        session_text.write(pipe, VALUES, one_a_line=True)
        assert os.read(reading, 1_000).startswith(b"{")
        assert pipe.is_fifo()
    finally:
        os.close(reading)


def test_a_database_without_tables_is_no_saved_call(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    key: DeskKey = key_place(home).key()
    # What a first start on a full disk leaves behind.
    SqlCipherVault(home.personal_db, key.derive("db")).writer().conn.close()
    with pytest.raises(StoreFault) as caught:
        open_reader(home)
    assert caught.value.code == "store.absent"
