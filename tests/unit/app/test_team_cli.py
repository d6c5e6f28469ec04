"""``doumi team inbox|show|step|search``, ``doumi callers`` and ``doumi incidents figures``, as a person runs them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import cli, log_setup
from tests.helpers.evidence import PressDesk
from tests.helpers.team import NUMBER, TeamPc


@pytest.fixture(autouse=True)
def team_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    home = tmp_path / "pc"
    monkeypatch.setenv("DOUMI_HOME", str(home))
    monkeypatch.setenv("DOUMI_KEY_MODE", "file")
    monkeypatch.setenv("DOUMI_LANG", "ko")
    home.mkdir()
    settings = {
        "schema_version": 1,
        "role": "team",
        "team": {"inbox": str(tmp_path / "team" / "share"), "callers_folder": str(tmp_path / "published")},
        "protection": {
            "callers_list": str(tmp_path / "published"),
            "callers_key": str(tmp_path / "list" / "callers.pub"),
        },
    }
    (home / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    yield home
    log_setup.stop()


def doumi(*arguments: object) -> int:
    return cli.main([str(argument) for argument in arguments])


def test_from_the_packs_to_the_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pc = TeamPc(tmp_path / "team")
    desk = PressDesk(tmp_path / "desk")
    desk.key = pc.public_key
    desk.call()
    raised = desk.press()
    desk.make()
    pc.deliver(desk)
    desk.close()
    pc.close()
    assert doumi("team", "inbox") == 1
    assert "team.key" in capsys.readouterr().err
    assert doumi("team", "inbox", "--key", pc.key) == 0
    out, err = capsys.readouterr()
    assert raised.pack_id in out
    assert "데스크 미확인" in out
    assert "1건" in err
    assert doumi("team", "inbox", "--jsonl") == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["incident_id"], row["packs"]) == (raised.pack_id, 1)
    short = raised.pack_id[:12]
    assert doumi("team", "show", short, "--parts", tmp_path) == 0
    out, _ = capsys.readouterr()
    assert "시민: " in out
    assert (tmp_path / raised.pack_id / "manifest.json").exists()
    assert doumi("team", "step", short, "warned", "--note", "내용증명") == 0
    assert "1. " in capsys.readouterr().out
    assert doumi("team", "step", short, "accused", "--corrects", "1", "--out", tmp_path / "steps.csv") == 0
    assert "바로잡힘" in capsys.readouterr().out
    assert (tmp_path / "steps.csv").exists()
    assert doumi("team", "search", "내용증명") == 0
    assert raised.pack_id in capsys.readouterr().out
    assert doumi("team", "search", "--caller", "아무개") == 1
    assert doumi("team", "show", "nobody") == 1
    capsys.readouterr()
    figures = tmp_path / "figures.xlsx"
    assert doumi("incidents", "figures", "--from", "2020-01-01", "--to", "2029-01-01", "--out", figures) == 0
    assert "사건 1건" in capsys.readouterr().out
    assert figures.exists()
    with pytest.raises(SystemExit):
        doumi("incidents", "figures", "--from", "어제")
    assert "2026-11-22처럼" in capsys.readouterr().err


def test_from_the_register_to_the_desk(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = ("--class", "malicious", "--handling", "민원지원팀으로 연결", "--until", "2099-12-31", "--note", "비밀")
    assert doumi("callers", "add", NUMBER, *entry) == 1
    assert "callers init" in capsys.readouterr().err
    assert doumi("callers", "init", tmp_path / "list") == 0
    assert doumi("callers", "init", tmp_path / "list") == 1
    assert doumi("callers", "list") == 0
    assert doumi("callers", "lookup", NUMBER) == 0
    assert "받은 민원인 목록이 없습니다" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", io.StringIO("공일공 일이삼사 오육칠팔\n"))
    assert doumi("callers", "add", "-", *entry) == 0
    assert doumi("callers", "list", "--jsonl") == 0
    out = capsys.readouterr().out
    assert "1234" not in out.replace(json.loads(out.splitlines()[-1])["caller"], "")
    assert doumi("callers", "publish") == 0
    assert "1번" in capsys.readouterr().out
    assert doumi("callers", "lookup", "--fetch", NUMBER) == 0
    out, err = capsys.readouterr()
    assert "악성" in out
    assert "민원지원팀으로 연결" in out
    assert "비밀" not in out
    assert "1번" in err
    assert doumi("callers", "end", NUMBER) == 0
    assert doumi("callers", "publish") == 0
    assert doumi("callers", "lookup", "--fetch", NUMBER) == 0
    assert "목록에 없는 번호" in capsys.readouterr().out
    assert doumi("callers", "lookup", "모름") == 1
    assert doumi("callers", "end", "02-123-4567") == 1
