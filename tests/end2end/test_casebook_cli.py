"""``doumi casebook``, as a trainer runs it: a case out of a saved call, commented, and the book."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import cli, log_setup
from app.home import Home
from app.personal import open_personal, open_reader
from app.settings import Settings
from audio.model import Channel
from tests.helpers.personal import NOW, turn

PHONE, NAME = "010-0123-4567", "나도담"


@pytest.fixture(autouse=True)
def by_file_key(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DOUMI_KEY_MODE", "file")
    yield
    log_setup.stop()


@pytest.fixture
def home() -> Home:
    """The home of a profile with one saved call."""
    home = Home.from_environment()
    desk = open_personal(home, Settings, lambda event: None)
    desk.store.begin_session("call-1", NOW.isoformat(), "devices")
    desk.store.append(turn(1, "무엇을 도와드릴까요", speaker=Channel.AGENT))
    desk.store.append(turn(10, f"제 이름은 {NAME}이고요 번호는 {PHONE}입니다", index=1))
    desk.store.append(turn(20, "네 파란대문집 접수했습니다", speaker=Channel.AGENT, index=2))
    desk.store.end_session("call-1", 30.0)
    desk.store.flush()
    desk.close()
    return home


def doumi(*arguments: object) -> int:
    return cli.main(["casebook", *(str(argument) for argument in arguments)])


@pytest.mark.usefixtures("qapp")
def test_from_a_call_to_the_book(home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert doumi("add", "call", "--title", "이름을 되짚은 통화", "--cover", "파란대문집") == 0
    shown = capsys.readouterr()
    ident = shown.out.split()[0]
    assert ident in shown.err
    assert "  2  00:10  시민: 제 이름은 •••이고요" in shown.out
    assert doumi("note", ident, "잘 들었습니다", "--line", "2") == 0
    assert doumi("note", ident, f"{NAME} 고객님께 친절했습니다") == 0
    assert doumi("list", "--json") == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["title"] == "이름을 되짚은 통화"
    for ending in ("html", "pdf"):
        assert doumi("make", "--out", tmp_path / f"book.{ending}", ident) == 0
        assert (tmp_path / f"book.{ending}").stat().st_size > 1000
    page = (tmp_path / "book.html").read_text(encoding="utf-8")
    assert "잘 들었습니다" in page
    out = capsys.readouterr().out
    assert not any(secret in page + out + shown.out for secret in (PHONE, NAME, "파란대문집"))
    log = open_reader(home).read(
        lambda db: [(row["action"], row["subject"]) for row in db.query("SELECT * FROM access ORDER BY id")]
    )
    assert log == [("open", "call-1"), ("casebook-add", ident), ("casebook-write", ident), ("casebook-write", ident)]
    assert doumi("remove", ident) == 0
    assert doumi("make", "--out", tmp_path / "none.pdf") == 1
    assert "사례" in capsys.readouterr().err


@pytest.mark.usefixtures("home")
def test_what_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert doumi("add", "nobody", "--title", "가") == 1
    assert doumi("show", "nobody") == 1
    assert doumi("add", tmp_path / "none.doumi", "--title", "가") == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 3
