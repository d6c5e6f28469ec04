"""A desk beside its program: what a marker makes of the environment, and what is said about its key."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import doctor_safety, portable
from app.doctor import Verdict
from app.errors import StartFault
from app.home import Home


def settled(program: Path | None, **environment: str) -> dict[str, str]:
    portable.settle(environment, program)
    return environment


def test_without_a_marker_nothing_changes(tmp_path: Path) -> None:
    assert settled(tmp_path) == {}
    assert settled(None) == {}


def test_models_inside_a_build_are_used_and_the_home_stays_the_users(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    assert settled(tmp_path) == {"DOUMI_MODELS": str(tmp_path / "models")}
    assert settled(tmp_path, DOUMI_MODELS="/site")["DOUMI_MODELS"] == "/site"


def test_a_marker_keeps_home_and_models_beside_the_program(tmp_path: Path) -> None:
    (tmp_path / "portable").touch()
    made = settled(tmp_path, DOUMI_HOME="")
    assert made["DOUMI_HOME"] == str(tmp_path / "data")
    assert made["DOUMI_MODELS"] == str(tmp_path / "models")
    assert "DOUMI_KEY_MODE" not in made  # the key stays in the keyring of the PC


def test_a_file_names_other_folders_and_takes_the_key_along(tmp_path: Path) -> None:
    (tmp_path / "doumi-portable.toml").write_text(
        '\ufeffhome = "desk"\nmodels = "../m"\nkey = "file"\n', encoding="utf-8"
    )
    made = settled(tmp_path)
    assert made["DOUMI_HOME"] == str(tmp_path / "desk")
    assert made["DOUMI_MODELS"] == str(tmp_path / "../m")
    assert made["DOUMI_KEY_MODE"] == "file"
    assert settled(tmp_path, DOUMI_HOME="/own", DOUMI_KEY_MODE="keyring")["DOUMI_KEY_MODE"] == "keyring"


@pytest.mark.parametrize("text", ["home = 3", 'key = "cloud"', "home = ", 'where = "x"', 'home = ""'])
def test_a_marker_that_says_what_it_must_not_stops_the_start(tmp_path: Path, text: str) -> None:
    (tmp_path / "doumi-portable.toml").write_text(text, encoding="utf-8")
    with pytest.raises(StartFault) as caught:
        settled(tmp_path)
    assert caught.value.code == "cli.portable_broken"


def test_a_checkout_is_portable_by_its_environment(tmp_path: Path) -> None:
    made = settled(None, DOUMI_PORTABLE=str(tmp_path))
    assert made["DOUMI_HOME"] == str(tmp_path / "data")
    (tmp_path / "doumi-portable.toml").write_text('home = "desk"', encoding="utf-8")
    assert settled(None, DOUMI_PORTABLE=str(tmp_path))["DOUMI_HOME"] == str(tmp_path / "desk")


def test_the_doctor_says_what_holds_for_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOUMI_PORTABLE", str(tmp_path))
    monkeypatch.delenv("DOUMI_KEY_MODE", raising=False)
    home = Home(root=tmp_path / "data", models=tmp_path / "models")
    assert doctor_safety.in_portable(home).verdict is Verdict.OK
    home.file_key.parent.mkdir(parents=True)
    home.file_key.touch()
    assert doctor_safety.in_portable(home).verdict is Verdict.WARN
