"""``doumi package``, as a person runs it: a key is handed over, a call sealed for it, and opened by its owner alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import cli, log_setup
from app.home import Home
from app.personal import open_personal, open_reader
from app.qa.package_rows import KeptPackage, put_package
from app.settings import Settings
from app.sound import recorder
from audio.model import SAMPLE_RATE, AudioBlock, Channel
from audio.settings import CaptureSettings
from resources.notices import sentence
from tests.helpers.call_sound import pattern
from tests.helpers.packages import WORDS, rewritten, story
from tests.helpers.personal import NOW


@pytest.fixture(autouse=True)
def by_file_key(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DOUMI_KEY_MODE", "file")
    yield
    log_setup.stop()


@pytest.fixture
def saved(tmp_path: Path) -> Home:
    """The home of a counsellor with one saved call of three seconds."""
    home = Home.from_environment()
    desk = open_personal(home, Settings, lambda event: None)
    desk.store.begin_session("call-1", NOW.isoformat(), "devices")
    for event in story("call-1"):
        desk.store.append(event)
    desk.store.end_session("call-1", 3.0)
    made = recorder(
        home.sound / "call-1", "call-1", desk.key.derive("sound"), tuple(Channel), lambda: 0, CaptureSettings()
    )
    for channel in Channel:
        made.write(AudioBlock(channel, 0, pattern(channel, 0, 3 * SAMPLE_RATE)))
    made.close()
    desk.store.flush()
    desk.close()
    return home


def doumi(*arguments: object) -> int:
    return cli.main([str(argument) for argument in arguments])


def make(out: object, *to: object) -> int:
    return doumi(
        "package", "make", "call", "--to", *to, "--purpose", "신입 교육", "--until", "2099-12-31", "--out", out
    )


def log_of(home: Home) -> list[tuple[str, str]]:
    return open_reader(home).read(
        lambda db: [(row["action"], row["note"]) for row in db.query("SELECT * FROM access ORDER BY id")]
    )


def test_a_call_goes_from_one_profile_to_another(
    saved: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    colleague = tmp_path / "colleague"
    monkeypatch.setenv("DOUMI_HOME", str(colleague))
    assert doumi("package", "key", "--out", tmp_path / "kim.pub") == 0
    assert doumi("package", "key") == 0
    assert capsys.readouterr().out.splitlines()[-1] in (tmp_path / "kim.pub").read_text(encoding="utf-8")

    monkeypatch.setenv("DOUMI_HOME", str(saved.root))
    assert make(tmp_path / "out", tmp_path / "kim.pub") == 0
    file = tmp_path / "out.doumi"
    assert str(file) in capsys.readouterr().out
    # Who sealed it is no receiver.
    assert doumi("package", "show", file) == 1
    assert "다른 사람" in capsys.readouterr().err
    assert [action for action, _ in log_of(saved)] == ["open", "package-make", "package-refuse"]

    monkeypatch.setenv("DOUMI_HOME", str(colleague))
    assert doumi("package", "show", file) == 0
    out = capsys.readouterr().out
    assert "신입 교육" in out
    assert "2099-12-31" in out
    assert "목록에 없는 데스크" in out
    assert WORDS not in out
    assert doumi("package", "show", file, "--json") == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["purpose"], facts["sound_s"], facts["events"]) == ("신입 교육", 3.0, len(story("call-1")))
    assert doumi("replay", file, "--jsonl") == 0
    lines = capsys.readouterr().out.splitlines()
    stored = open_reader(saved).read(lambda db: [row["body"] for row in db.query("SELECT body FROM events")])
    assert lines == stored
    assert log_of(Home(colleague, saved.models)) == [
        ("package-look", "cli"),
        ("package-look", "cli"),
        ("package-open", "replay"),
    ]


def test_a_pc_that_keeps_no_records_has_no_key_and_makes_none(
    saved: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert doumi("package", "key", "--out", tmp_path / "own.pub") == 0
    assert make(tmp_path / "a.doumi", tmp_path / "own.pub") == 0
    monkeypatch.setenv("DOUMI_HOME", str(tmp_path / "empty"))
    capsys.readouterr()
    assert doumi("package", "show", tmp_path / "a.doumi") == 1
    assert "다른 사람" in capsys.readouterr().err
    assert doumi("package", "list") == 0
    assert "없습니다" in capsys.readouterr().err
    assert not (tmp_path / "empty" / "personal").exists()


def test_a_package_goes_into_a_folder_under_a_name_that_tells_nothing_and_nowhere_that_is_gone(
    saved: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert doumi("package", "key", "--out", tmp_path / "own.pub") == 0
    share = tmp_path / "share"
    share.mkdir()
    assert make(share, tmp_path / "own.pub") == 0
    (file,) = share.iterdir()
    assert len(file.stem) == 32
    assert doumi("package", "show", file) == 0
    capsys.readouterr()
    assert make("memory://packages-cli", tmp_path / "own.pub") == 1
    assert "교환 장소의 주소" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("nothing\n", "열쇠 파일이 아닙니다"),
        ("# only remarks\n", "열쇠 파일이 아닙니다"),
        ('{"recipient": 5}', "열쇠 파일이 아닙니다"),
        ("{" * 5000, "열쇠 파일이 아닙니다"),
    ],
)
def test_a_file_that_is_no_key_is_told(
    saved: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, told: str
) -> None:
    (tmp_path / "key").write_text(content, encoding="utf-8")
    assert make(tmp_path / "a.doumi", tmp_path / "key") == 1
    assert told in capsys.readouterr().err
    assert make(tmp_path / "a.doumi", tmp_path / "absent") == 1
    assert not (tmp_path / "a.doumi").exists()


def test_what_cannot_be_made_is_told(saved: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert doumi("package", "key", "--out", tmp_path / "own.pub") == 0
    (tmp_path / "a.doumi").write_bytes(b"mine")
    assert make(tmp_path / "a.doumi", tmp_path / "own.pub") == 1
    assert "이미 있어" in capsys.readouterr().err.splitlines()[-1]
    assert (tmp_path / "a.doumi").read_bytes() == b"mine"
    assert make("https://example.org/x", tmp_path / "own.pub") == 1
    assert "교환 장소" in capsys.readouterr().err
    past = ("--purpose", "x", "--until", "2020-01-01", "--out", tmp_path / "b")
    assert doumi("package", "make", "call", "--to", tmp_path / "own.pub", *past) == 1
    assert "지난 날" in capsys.readouterr().err
    nobody = ("--purpose", "x", "--until", "2099-01-01", "--out", tmp_path / "b")
    assert doumi("package", "make", "nope", "--to", tmp_path / "own.pub", *nobody) == 1
    assert not (tmp_path / "b.doumi").exists()


def test_a_call_that_goes_on_is_not_packed(saved: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert doumi("package", "key", "--out", tmp_path / "own.pub") == 0
    desk = open_personal(saved, Settings, lambda event: None)
    desk.store.begin_session("open-2", NOW.isoformat(), "devices")
    desk.store.flush()
    what = ("--purpose", "x", "--until", "2099-01-01", "--out", tmp_path / "b")
    assert doumi("package", "make", "open-2", "--to", tmp_path / "own.pub", *what) == 1
    assert "진행 중" in capsys.readouterr().err
    desk.close()
    assert not (tmp_path / "b.doumi").exists()


def test_packages_that_were_received_are_listed(saved: Home, capsys: pytest.CaptureFixture[str]) -> None:
    row = KeptPackage(
        "p1", "h1", "", "h1.doumi", "", "2026-11-20T09:00", "session", "평가", "2026-12-01", "d", "C-07", "", 60.0, ""
    )
    desk = open_personal(saved, Settings, lambda event: None)
    desk.store.write(lambda db: put_package(db, row))
    desk.close()
    assert doumi("package", "list") == 0
    out = capsys.readouterr().out
    assert all(text in out for text in ("p1", "2026-12-01", "C-07", "평가"))
    assert doumi("package", "list", "--json") == 0
    assert json.loads(capsys.readouterr().out)["package_id"] == "p1"


def test_missing_sound_is_told_by_the_command_line_and_the_lines_stay_as_they_are(
    saved: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert doumi("package", "key", "--out", tmp_path / "own.pub") == 0
    assert make(tmp_path / "a.doumi", tmp_path / "own.pub") == 0
    file = rewritten(tmp_path / "a.doumi", tmp_path / "b.doumi", {"sound/00000": None})
    capsys.readouterr()
    assert doumi("replay", tmp_path / "a.doumi", "--jsonl") == 0
    whole = capsys.readouterr()
    assert whole.err == ""
    for how in ("--jsonl", "--headless"):
        assert doumi("replay", file, how) == 0
        told = capsys.readouterr()
        assert told.err.splitlines() == [sentence("replay.sound_missing", count=1, seconds="3")]
        assert how == "--headless" or told.out == whole.out
    assert doumi("package", "show", file) == 0
    assert sentence("package.show_missing", count=1, seconds="3") in capsys.readouterr().out.splitlines()
    assert doumi("package", "show", file, "--json") == 0
    facts = json.loads(capsys.readouterr().out)
    assert {(one["channel"], one["start_s"], one["end_s"], one["why"]) for one in facts["missing"]} == {
        (side.value, 0.0, 3.0, "missing") for side in Channel
    }


def test_a_side_whose_file_is_gone_is_told(saved: Home, capsys: pytest.CaptureFixture[str]) -> None:
    (file,) = (saved.sound / "call-1").glob("caller-*")
    file.unlink()
    assert doumi("replay", "call-1", "--jsonl") == 0
    assert sentence("replay.sound_missing", count=1, seconds="3") in capsys.readouterr().err


def test_turns_out_of_order_keep_the_order_they_were_stored_in_and_nothing_else_is_said(
    saved: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = open_personal(saved, Settings, lambda event: None)
    desk.store.begin_session("mixed-2", NOW.isoformat(), "devices")
    events = story("mixed-2")
    events[1], events[9] = events[9], events[1]
    for event in events:
        desk.store.append(event)
    desk.store.end_session("mixed-2", 3.0)
    desk.store.flush()
    desk.close()
    assert doumi("replay", "mixed-2", "--jsonl") == 0
    assert capsys.readouterr().err.splitlines() == [sentence("replay.turns_as_stored")]


def test_a_name_that_is_no_text_is_a_call_that_is_not_there(saved: Home, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (("replay", "\udcff\udcfe", "--headless"), ("rerun", "\udcff\udcfe")):
        assert doumi(*command) == 1
        assert "찾을 수 없습니다" in capsys.readouterr().err


def test_without_a_standard_output_nothing_fails(saved: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", None)
    assert doumi("replay", "call-1", "--jsonl") == 0
    assert doumi("replay", "call-1", "--headless") == 0
    assert doumi("sessions", "list", "--json") == 0
