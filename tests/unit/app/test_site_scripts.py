"""Which sentences a desk says: the centre's where they can be used, ours everywhere else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.cli import main
from app.site_scripts import SiteScripts
from assist.protect.scripts import shipped
from tests.helpers.scripts import OWN


def test_the_file_is_read_again_when_it_changes_and_a_fault_is_told_once(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    chosen: list[Path | None] = [None]
    scripts = SiteScripts(lambda: chosen[0])
    assert scripts.now() is shipped()
    assert scripts.fault() is None
    chosen[0] = file
    fault = scripts.fault()
    assert fault is not None
    assert fault.code == "protect.scripts_absent"
    assert scripts.fault() is None
    assert scripts.now() is shipped()
    file.write_text(OWN, encoding="utf-8")
    assert scripts.fault() is None
    assert scripts.now().situation("ai_voice").title == "음성 합성으로 괴롭힘"
    file.write_text("[[situation]]\nid = 3\n", encoding="utf-8")
    os.utime(file, (1, 1))
    fault = scripts.fault()
    assert fault is not None
    assert str(file) in str(fault)
    assert scripts.now() is shipped()
    chosen[0] = Path("a\x00b")
    assert scripts.now() is shipped()


def test_the_command_writes_ours_for_editing_and_checks_what_came_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "우리 문장.toml"
    assert main(["scripts", "show", "--out", str(file)]) == 0
    assert main(["scripts", "show", "--out", str(file)]) == 1
    assert "덮어쓰지 않았습니다" in capsys.readouterr().err
    assert main(["scripts", "check", str(file)]) == 0
    count = len(shipped().situations)
    assert f"상황 {count}개, 바꾼 것 0개, 더한 것 0개" in capsys.readouterr().out
    file.write_text(OWN, encoding="utf-8")
    assert main(["scripts", "check", str(file)]) == 0
    assert f"상황 {count + 1}개, 바꾼 것 1개, 더한 것 1개" in capsys.readouterr().out
    file.write_text(OWN.replace('["insult"]', '["rude"]'), encoding="utf-8")
    assert main(["scripts", "check", str(file)]) == 1
    told = capsys.readouterr().err
    assert "rude" in told
    assert "13번째 줄" in told


def test_the_command_shows_ours(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scripts", "show"]) == 0
    assert capsys.readouterr().out.count("[[situation]]") == len(shipped().situations)
