"""``doumi evidence`` and ``doumi sessions hold|release``, as a person runs them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import cli, log_setup, team
from app.adapters.age_box import AgeBox
from app.home import Home
from app.outbox_rows import Kind
from app.personal import open_personal
from app.settings import Settings
from tests.helpers.evidence import PressDesk
from tests.helpers.personal import begin


@pytest.fixture(autouse=True)
def quiet_log() -> Iterator[None]:
    yield
    log_setup.stop()


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[tuple[Path, Path, Path]]:
    """A sealed pack, the team's secret key and a list with the desk that signed it."""
    desk = PressDesk(tmp_path / "desk")
    team.init(tmp_path / "team", AgeBox())
    desk.key = tmp_path / "team" / team.RECIPIENT_FILE
    desk.call()
    raised = desk.press()
    desk.make()
    desks = tmp_path / "desks.txt"
    desks.write_text(f"{desk.signer.desk_id} {desk.signer.public_key}\n", encoding="utf-8")
    yield desk.escalations.folder(Kind.TEAM) / f"{raised.pack_id}.age", tmp_path / "team" / team.IDENTITY_FILE, desks
    desk.close()


def doumi(*arguments: object) -> int:
    return cli.main([str(argument) for argument in arguments])


def test_a_whole_pack_is_proven(sealed: tuple[Path, Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    pack, key, desks = sealed
    assert doumi("evidence", "verify", pack, "--key", key, "--desks", desks) == 0
    out, err = capsys.readouterr()
    assert "= clip.flac" in out
    assert "목록에 있는 데스크가 서명했습니다" in out
    assert "봉인된 그대로" in out
    assert err == ""
    assert doumi("evidence", "verify", pack, "--key", key) == 0
    assert "확인하지 않았습니다" in capsys.readouterr().out


def test_a_desk_that_is_not_in_the_list_proves_nothing(
    sealed: tuple[Path, Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    pack, key, desks = sealed
    desks.write_text("# nobody\n", encoding="utf-8")
    assert doumi("evidence", "verify", pack, "--key", key, "--desks", desks) == 1
    assert "목록에 없는 데스크" in capsys.readouterr().out


def test_a_flipped_byte_breaks_the_seal_and_one_sentence_says_so(
    sealed: tuple[Path, Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    pack, key, _ = sealed
    raw = bytearray(pack.read_bytes())
    raw[len(raw) // 2] ^= 1
    pack.write_bytes(raw)
    assert doumi("evidence", "verify", pack, "--key", key) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "한 바이트 이상" in err
    assert doumi("evidence", "verify", pack, "--key", key, "--json") == 1
    assert json.loads(capsys.readouterr().out)["changed"] == [pack.name]


def test_what_was_changed_in_an_opened_folder_is_named(
    sealed: tuple[Path, Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack, key, desks = sealed
    assert doumi("team", "open", pack, "--key", key, "--out", tmp_path / "out") == 0
    folder = tmp_path / "out" / pack.stem
    assert doumi("evidence", "verify", folder, "--desks", desks) == 0
    clip = bytearray((folder / "clip.flac").read_bytes())
    clip[500] ^= 1
    (folder / "clip.flac").write_bytes(clip)
    capsys.readouterr()
    assert doumi("evidence", "verify", folder, "--desks", desks) == 1
    assert "≠ clip.flac (바뀜)" in capsys.readouterr().out
    assert doumi("evidence", "verify", folder, "--desks", desks, "--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["whole"], found["signature"], found["changed"]) == (False, "valid", ["clip.flac"])
    assert found["incident"] == pack.stem


def test_a_sealed_pack_needs_the_key(sealed: tuple[Path, Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert doumi("evidence", "verify", sealed[0]) == 1
    assert "--key" in capsys.readouterr().err


@pytest.mark.usefixtures("qapp")
def test_a_pack_is_printed(sealed: tuple[Path, Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack, key, desks = sealed
    file = tmp_path / "record.pdf"
    assert doumi("evidence", "print", pack, "--key", key, "--desks", desks, "-o", file) == 0
    assert file.read_bytes().startswith(b"%PDF")
    assert str(file) in capsys.readouterr().out


def test_a_desk_tells_its_key_once_it_has_one_and_always_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DOUMI_KEY_MODE", "file")
    assert doumi("evidence", "desk") == 1
    assert capsys.readouterr().out == ""
    open_personal(Home.from_environment(), Settings, lambda event: None).close()
    assert doumi("evidence", "desk") == 0
    first = capsys.readouterr().out
    ident, key = first.split()
    assert ident.startswith("desk-")
    # The key as printed is the body of a PEM file.
    assert key.startswith("MCowBQYDK2VwAyEA")
    open_personal(Home.from_environment(), Settings, lambda event: None).close()
    assert doumi("evidence", "desk") == 0
    assert capsys.readouterr().out == first


def test_a_hold_is_set_and_lifted_beside_a_running_desk(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DOUMI_KEY_MODE", "file")
    desk = open_personal(Home.from_environment(), Settings, lambda event: None)
    begin(desk.store, "call-1")
    desk.store.flush()
    assert doumi("sessions", "hold", "call", "--reason", "경찰 요청") == 0
    assert doumi("sessions", "hold", "call-1", "--reason", "경찰 요청") == 0
    out = capsys.readouterr().out
    assert "보존합니다" in out
    assert "이미 그 상태" in out
    assert doumi("sessions", "release", "call-1", "--reason", " ") == 1
    assert doumi("sessions", "release", "call-1", "--reason", "종결") == 0
    desk.store.delete("call-1")
    log = desk.store.read(lambda db: [row["note"] for row in db.query("SELECT note FROM access ORDER BY id")])
    assert log == ["경찰 요청", "경찰 요청", "종결", ""]
    desk.close()
