"""``doumi kb keys``, ``publish`` and ``sync`` as the DB team and a desk run them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.knowledge import ROWS, small_file
from tests.helpers.material import ROOT


def doumi(home: Path, *args: str, passphrase: str = "열쇠를 지키는 말") -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONWARNINGS": "default", "DOUMI_HOME": str(home)}
    env |= {"DOUMI_MODELS": str(home / "no-models"), "DOUMI_KB_PASSPHRASE": passphrase}
    return subprocess.run(
        [sys.executable, "-m", "app", *args],
        cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", timeout=300,
        check=False,
    )  # fmt: skip


def ok(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stderr
    assert "Warning" not in done.stderr
    return done.stdout


def one_sentence(done: subprocess.CompletedProcess[str], words: str) -> None:
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert words in done.stderr


def status(home: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(ok(doumi(home, "kb", "status", "--jsonl")))
    return found


def test_from_the_teams_files_to_a_desk(tmp_path: Path) -> None:
    team, desk, keys, out = tmp_path / "team", tmp_path / "desk", tmp_path / "stick", tmp_path / "web"
    one_sentence(doumi(team, "kb", "publish", "x.csv", "--out", str(out), "--keys", str(keys)), "keys init")
    made = ok(doumi(team, "kb", "keys", "init", str(keys), "--root-keys", "2", "--threshold", "2"))
    assert "1.root.json" in made
    one_sentence(doumi(team, "kb", "keys", "init", str(keys)), "이미")

    table = tmp_path / "city.csv"
    rows = "".join(f'{row[0]},{row[1]},{row[2]},"{row[3]}"\n' for row in ROWS)
    spare = "".join(f"s{n},행정,항목 {n},내용입니다\n" for n in range(30))
    table.write_text(f"코드,분류,물음,풀이\n{rows}{spare}k1,행정,겹친 번호,내용\n빈칸,행정,,내용\n", encoding="cp949")
    golden = tmp_path / "golden.csv"
    golden.write_text('query,ids\n여권 재발급,k1\n장롱 버리기,"k2, k3"\n', encoding="utf-8")
    publish = ("kb", "publish", str(table), "--out", str(out), "--keys", str(keys))
    told = ("--map", "id=코드,question=물음,answer=풀이", "--golden", str(golden))
    one_sentence(doumi(team, *publish), "--map")
    assert doumi(team, *publish, *told, "--strict").returncode == 1
    said = ok(doumi(team, *publish, *told))
    assert "city.csv: 41번째 줄을 건너뛰었습니다" in said
    assert "city.csv: 42번째 줄을 건너뛰었습니다" in said
    assert "배포본 1호" in said
    assert "골든 질의 2개" in said
    again = ok(doumi(team, *publish))  # the map and the golden queries are remembered
    assert "배포본 2호" in again
    assert "골든 질의 2개" in again
    one_sentence(doumi(team, *publish, passphrase="a wrong passphrase"), "암호가 맞지 않습니다")

    sync = ("kb", "sync", "--from", str(out), "--root", str(keys / "1.root.json"))
    one_sentence(doumi(desk, "kb", "sync"), "releases.address")
    assert "배포본으로 바꾸었습니다: 2호" in ok(doumi(desk, *sync))
    assert "이미 가장 새 배포본입니다: 2호" in ok(doumi(desk, *sync))
    found = status(desk)
    assert (found["origin"], found["release"], found["stale"], found["articles"]) == ("release", 2, False, 39)
    assert found["expires"]
    noted = found["sync"]
    assert isinstance(noted, dict)
    assert (noted["ok"], noted["code"], noted["source"]) == (True, "kb.sync_unchanged", str(out))
    shown = ok(doumi(desk, "kb", "status"))
    assert "배포본 2호" in shown
    assert "마지막 받기" in shown
    hits = json.loads(ok(doumi(desk, "search", "여권 재발급", "--jsonl")))["hits"]
    assert hits[0]["id"] == "k1"

    assert "서명을 갱신했습니다" in ok(
        doumi(team, "kb", "publish", "--refresh", "--out", str(out), "--keys", str(keys))
    )
    assert "2.root.json" in ok(doumi(team, "kb", "keys", "rotate", str(keys), "timestamp"))
    ok(doumi(team, "kb", "publish", "--refresh", "--out", str(out), "--keys", str(keys)))
    assert "이미 가장 새 배포본입니다: 2호" in ok(doumi(desk, *sync))
    (out / "metadata" / "timestamp.json").write_bytes(b"{}")
    one_sentence(doumi(desk, *sync), "배포 목록")
    assert status(desk)["release"] == 2


def test_files_are_not_imported_under_a_release_address(tmp_path: Path) -> None:
    home = tmp_path / "desk"
    home.mkdir()
    settings = {"schema_version": 1, "releases": {"address": str(tmp_path), "trusted_root": str(tmp_path / "r.json")}}
    (home / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    one_sentence(doumi(home, "kb", "import", str(small_file(tmp_path))), "releases.address")


@pytest.mark.parametrize("args", [["--days", "0", "x"], [], ["--refresh", "x"], ["--refresh"]])
def test_wrong_ways_to_publish_are_said(tmp_path: Path, args: list[str]) -> None:
    done = doumi(tmp_path / "team", "kb", "publish", *args, "--out", str(tmp_path / "web"))
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_short_passphrase_makes_no_keys(tmp_path: Path) -> None:
    one_sentence(doumi(tmp_path, "kb", "keys", "init", str(tmp_path / "k"), passphrase="짧다"), "8자")
    assert not list((tmp_path / "k").glob("*")) if (tmp_path / "k").exists() else True
