"""Which window ``doumi run`` opens: the desk's or the dedicated team's; and what the team's window stands on."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from app import cli, keys, start
from app.composition import open_team_window
from app.settings import Settings, save
from app.trainer_side import open_trainer_window
from resources.notices import Fault
from tests.helpers.personal import home_in


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """What was opened, in order, without opening it."""
    found: list[str] = []

    def note(name: str) -> Any:
        return lambda *_args, **_more: found.append(name) or 0

    monkeypatch.setattr(start, "show_team", note("team"))
    monkeypatch.setattr(start, "show_trainer", note("trainer"))
    monkeypatch.setattr(start, "show_window", note("desk"))
    monkeypatch.setattr("app.commands.run.has_screen", lambda: True)
    monkeypatch.setenv("DOUMI_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("sys.stdout", io.StringIO())
    return found


def role(tmp_path: Path, name: str) -> None:
    home = home_in(tmp_path)
    home.root.mkdir(parents=True, exist_ok=True)
    save(home.settings, Settings(role=name))  # type: ignore[arg-type]


def test_a_counsellors_pc_opens_the_desk_unless_asked_otherwise(opened: list[str]) -> None:
    cli.main(["run"])
    cli.main(["run", "--role", "team"])
    assert opened == ["desk", "team"]


def test_the_teams_pc_opens_the_team_unless_asked_otherwise(opened: list[str], tmp_path: Path) -> None:
    role(tmp_path, "team")
    cli.main(["run"])
    cli.main(["run", "--role", "counsellor"])
    cli.main(["run", "--practice", "parking-report"])
    assert opened == ["team", "desk", "desk"]


def test_a_trainers_pc_opens_the_trainers_window_unless_asked_otherwise(opened: list[str], tmp_path: Path) -> None:
    cli.main(["run", "--role", "trainer"])
    role(tmp_path, "trainer")
    cli.main(["run"])
    cli.main(["run", "--role", "counsellor"])
    cli.main(["run", "--practice", "parking-report"])
    assert opened == ["trainer", "trainer", "desk", "desk"]


def test_the_trainers_window_stands_on_the_real_trainer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(keys.MODE_VARIABLE, keys.KeyMode.FILE.value)
    with open_trainer_window(home_in(tmp_path), can_hide=False) as trainer:
        state = trainer.services.state()
        assert (state.exchange, state.has_identity, state.headers, state.unrated) == ("", False, 0, 0)
        assert trainer.services.rater()
        assert "교환 장소" in trainer.services.look().fault
        assert [one.id for one in trainer.services.rubrics()]


def test_the_teams_window_stands_on_the_real_team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(keys.MODE_VARIABLE, keys.KeyMode.FILE.value)
    home = home_in(tmp_path)
    with open_team_window(home) as team:
        assert team.titles["profanity"] == "욕설"
        assert not team.services.state().has_identity
        assert list(team.services.inbox()) == []
        with pytest.raises(Fault):
            team.record_of("absent")
