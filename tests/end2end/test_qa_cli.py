"""``doumi qa``, as a trainer runs it, against a real desk over a real folder."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import cli, log_setup
from app.commands.qa import _line
from app.home import Home
from app.personal import wall_clock
from app.qa.headers import KnownHeader
from app.settings import QaSettings, Settings, save
from assist.review.model import CallHeader
from tests.helpers.quality import Clock, QaDeskPc

NOW = wall_clock()
"""Commands use the clock of the machine: the desk does too."""
DAY = ("--from", NOW.date().isoformat(), "--to", NOW.date().isoformat())


@pytest.fixture(autouse=True)
def trainer_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    home = Home(root=tmp_path / "trainer", models=tmp_path / "models")
    monkeypatch.setenv("DOUMI_HOME", str(home.root))
    monkeypatch.setenv("DOUMI_KEY_MODE", "file")
    monkeypatch.setenv("DOUMI_LANG", "ko")
    (tmp_path / "share").mkdir()
    home.root.mkdir()
    save(home.settings, Settings(role="trainer", qa=QaSettings(exchange=str(tmp_path / "share"))))
    yield home
    log_setup.stop()


def doumi(*arguments: object) -> int:
    return cli.main(["qa", *(str(argument) for argument in arguments)])


def test_from_the_key_to_the_draw(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert doumi("init", tmp_path / "keys") == 0
    assert (tmp_path / "keys" / "trainer.key").stat().st_mode & 0o077 == 0
    assert doumi("init", tmp_path / "keys") == 1  # never over a key that is there
    assert "이미 있는 파일" in capsys.readouterr().err
    desk = QaDeskPc(tmp_path / "desk", str(tmp_path / "share"), tmp_path / "keys" / "trainer.json", Clock(NOW))
    for number in range(3):
        desk.call(f"call-{number}")
    desk.send()
    assert doumi("look") == 1
    assert "take-key" in capsys.readouterr().err
    assert doumi("take-key", tmp_path / "keys" / "trainer.json") == 1
    assert "trainer.key" in capsys.readouterr().err
    assert doumi("take-key", tmp_path / "keys" / "trainer.key") == 0
    assert doumi("look") == 0
    capsys.readouterr()
    assert doumi("headers", "--jsonl") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["counsellor"], row["category"], row["flags"], row["proven"]) for row in rows] == [
        ("C-007", "교통", ["held"], False)
    ] * 3
    assert doumi("headers", "--counsellor", "C-008") == 0
    assert capsys.readouterr().out == ""
    # A plan, its preview twice the same, and the draw.
    plan = tmp_path / "plan.json"
    made = doumi("plan", "--title", "11월", "--per", 2, *DAY, "--by", "hour", "field", "--seed", 5, "--out", plan)
    assert made == 0
    assert doumi("plan", "--title", "11월", "--per", 2, *DAY, "--out", plan) == 1
    capsys.readouterr()
    draws = []
    for _ in range(2):
        assert doumi("draw", plan, "--jsonl") == 0
        draws.append(capsys.readouterr().out)
    assert draws[0] == draws[1]
    drawn = json.loads(draws[0])
    assert (len(drawn["calls"]), drawn["population"], drawn["plan"]["seed"]) == (2, 3, 5)
    assert desk.look().drawn == 0  # looked at, not sent
    assert doumi("draw", plan, "--send", "--until", "2099-01-01") == 0
    assert doumi("draw", plan, "--send") == 0  # again changes nothing
    assert "이미" in capsys.readouterr().err
    assert desk.look().sealed == 2
    desk.send()
    desk.close()
    assert doumi("status") == 0
    assert "아직 오지 않은 통화: 2건" in capsys.readouterr().out
    assert doumi("look", "--jsonl") == 0
    assert json.loads(capsys.readouterr().out)["packages"] == 2
    assert doumi("status") == 0
    out = capsys.readouterr().out
    assert "받은 통화: 2건, 아직 오지 않은 통화: 0건" in out
    assert "등록됨" in out


def test_an_exchange_that_is_away_is_told_and_what_was_drawn_goes_later(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    doumi("init", tmp_path / "keys")
    doumi("take-key", tmp_path / "keys" / "trainer.key")
    desk = QaDeskPc(tmp_path / "desk", str(tmp_path / "share"), tmp_path / "keys" / "trainer.json", Clock(NOW))
    desk.call()
    desk.send()
    desk.close()
    assert doumi("look") == 0
    plan = tmp_path / "plan.json"
    doumi("plan", "--title", "11월", "--per", 1, *DAY, "--out", plan)
    (tmp_path / "share").rename(tmp_path / "away")
    capsys.readouterr()
    assert doumi("draw", plan, "--send", "--until", "2099-01-01") == 1
    err = capsys.readouterr().err
    assert "보낼 것: 2건" in err
    assert str(tmp_path / "share") in err
    (tmp_path / "away").rename(tmp_path / "share")
    assert doumi("look") == 0
    assert len(list((tmp_path / "share" / "draws").iterdir())) == 1


def test_files_that_are_none_of_ours_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "none.json").write_text("[]")
    assert doumi("draw", tmp_path / "none.json") == 1
    assert "qa plan" in capsys.readouterr().err
    backwards = ("--from", "2026-11-23", "--to", "2026-11-22", "--out", tmp_path / "plan.json")
    assert doumi("plan", "--title", "x", "--per", 1, *backwards) == 1
    assert "기간" in capsys.readouterr().err
    assert not (tmp_path / "plan.json").exists()


def test_a_report_of_nobody_says_why_it_is_empty(capsys: pytest.CaptureFixture[str]) -> None:
    assert doumi("report", *DAY) == 0
    assert capsys.readouterr().out.strip()


def test_what_it_says_is_said_for_this_pc_and_in_its_language(
    tmp_path: Path, trainer_home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    doumi("init", tmp_path / "keys")
    settings = Settings(role="counsellor", qa=QaSettings(exchange=str(tmp_path / "share")))
    save(trainer_home.settings, settings)
    assert doumi("look") == 1
    assert "상담사의 PC라면" in capsys.readouterr().err
    desk = QaDeskPc(tmp_path / "desk", str(tmp_path / "share"), tmp_path / "keys" / "trainer.json", Clock(NOW))
    desk.call()
    desk.send()
    desk.close()
    doumi("take-key", tmp_path / "keys" / "trainer.key")
    assert doumi("look") == 0
    assert "확인되지 않은 안내 0건" in capsys.readouterr().out
    doumi("headers")
    line = capsys.readouterr().out
    assert "보류, 서명 확인, 목록 없음" in line
    doumi("status")
    assert "데스크 목록 없음" in capsys.readouterr().out
    trainer_home.settings.write_text("{", encoding="utf-8")
    doumi("status")
    assert "settings" in capsys.readouterr().err


def test_a_plan_is_made_with_the_words_that_are_shown_and_drawn_calls_are_told_in_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    doumi("init", tmp_path / "keys")
    doumi("take-key", tmp_path / "keys" / "trainer.key")
    desk = QaDeskPc(tmp_path / "desk", str(tmp_path / "share"), tmp_path / "keys" / "trainer.json", Clock(NOW))
    desk.call()
    desk.send()
    desk.close()
    doumi("look")
    capsys.readouterr()
    doumi("headers")
    assert "보류" in capsys.readouterr().out
    plan = tmp_path / "plan.json"
    by = ("--by", "시간대", "field", "길이")
    assert doumi("plan", "--title", "11월", "--per", 1, *DAY, *by, "--only", "보류", "--out", plan) == 0
    made = json.loads(plan.read_text())
    assert (made["must"], made["strata"]) == (["held"], ["hour", "field", "length"])
    capsys.readouterr()
    assert doumi("draw", plan) == 0
    drawn = capsys.readouterr().out.splitlines()[0]
    assert re.search(r"\d\d시 · 교통 · (\d+~\d+분|\d+분 이상)", drawn)
    with pytest.raises(SystemExit):
        doumi("plan", "--title", "x", "--per", 1, *DAY, "--without", "욕설", "--out", tmp_path / "none.json")
    assert "폭언(abuse)" in capsys.readouterr().err


def test_what_a_header_says_gives_the_terminal_no_orders() -> None:
    header = CallHeader("h1", "C-\x1b[2J\n007", "2026-11-22T09:14+09:00", 60, "교통\x1b]0;x\x07\n")
    line = _line(KnownHeader(header, "desk", "age1", proven=True), has_list=True)
    assert line.isprintable()
    assert "교통" in line
