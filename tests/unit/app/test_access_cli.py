"""What the commands show or give out is logged, and ``doumi access`` tells it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import cli, log_setup
from app.home import Home
from app.personal import Personal, note_access, open_personal
from app.settings import Settings
from tests.helpers.personal import RECORD, begin, turn


@pytest.fixture(autouse=True)
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Personal]:
    """A running desk with a saved call that holds a number."""
    monkeypatch.setenv("DOUMI_KEY_MODE", "file")
    monkeypatch.setenv("DOUMI_LANG", "ko")
    desk = open_personal(Home.from_environment(), Settings, lambda event: None)
    begin(desk.store, "call-1")
    desk.store.append(turn(1, "제 번호는 010-1234-5678 이에요"))
    desk.store.file_records("call-1", (RECORD,))
    yield desk
    desk.close()
    log_setup.stop()


def doumi(*arguments: object) -> int:
    return cli.main([str(argument) for argument in arguments])


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    capsys.readouterr()
    assert doumi("access", "list", "--jsonl") == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_reading_and_exporting_a_call_is_logged_beside_a_running_desk(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert doumi("sessions", "list") == 0
    assert doumi("sessions", "show", "call") == 0
    assert doumi("sessions", "export", "call-1", "--out", tmp_path / "out.json") == 0
    told = [(line["action"], line["subject"], line["note"]) for line in lines(capsys)]
    assert told == [("open", "call-1", "cli"), ("export", "call-1", "cli")]
    assert all(line["who"] and line["place"] and line["at"] for line in lines(capsys))


def test_the_list_reads_well_and_can_be_narrowed(desk: Personal, capsys: pytest.CaptureFixture[str]) -> None:
    assert doumi("access", "list") == 0
    assert "접근 기록이 없습니다" in capsys.readouterr().err
    desk.store.log("open", "call-1")
    desk.store.log("site.own", "7")
    assert doumi("access", "list") == 0
    out = capsys.readouterr().out
    assert "통화 열기  call-1" in out
    assert "site.own  7" in out
    assert doumi("access", "list", "--subject", "call") == 0
    assert capsys.readouterr().out.count("\n") == 1


def test_verify_tells_a_whole_log_from_one_with_a_line_gone(desk: Personal, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(4):
        desk.store.log("open", f"call-{number}")
    assert doumi("access", "verify") == 0
    assert "온전합니다" in capsys.readouterr().out
    desk.store.write(lambda db: db.execute("DELETE FROM access WHERE id > 2"))
    assert doumi("access", "verify") == 1
    assert "없는 첫 줄: 3" in capsys.readouterr().out
    assert doumi("access", "verify", "--jsonl") == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["state"], said["first"], said["whole"]) == ("missing", 3, False)


def test_a_database_that_is_gone_is_no_whole_log(desk: Personal, capsys: pytest.CaptureFixture[str]) -> None:
    desk.store.log("open", "call-1")
    desk.close()
    home = Home.from_environment()
    for file in home.personal_db.parent.glob("personal.db*"):
        file.unlink()
    assert doumi("access", "verify") == 1
    assert "없는 첫 줄: 1" in capsys.readouterr().out


def test_no_words_names_or_numbers_reach_the_log(desk: Personal, capsys: pytest.CaptureFixture[str]) -> None:
    desk.store.set_hold("call-1", True, "경찰 요청")
    desk.store.set_hold("call-1", False, "종결")
    assert doumi("sessions", "show", "call-1") == 0
    desk.store.delete("call-1")
    assert "1234" not in json.dumps(lines(capsys))


def test_a_pc_without_records_logs_nothing_and_stays_without(tmp_path: Path) -> None:
    empty = Home(root=tmp_path / "empty", models=tmp_path / "models")
    note_access(empty, "pack.open", "pack")
    assert not empty.root.exists()
