"""Keeping as the running desk and the command line do it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app import cli
from app.home import Home
from app.key_side import place_of
from app.keys import Keyrings
from app.personal import Personal, check_access, open_personal, open_reader
from app.settings import RetentionSettings, Settings, save
from assist.model import CallRecord
from tests.helpers.personal import final
from tests.helpers.retention import START, sound

NOW = datetime.now(UTC)


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("DOUMI_KEY_MODE", "file")
    return Home.from_environment()


def opened(home: Home, policy: RetentionSettings, now: Callable[[], datetime] = lambda: START) -> Personal:
    settings = Settings(retention=policy)
    save(home.settings, settings)
    return open_personal(home, lambda: settings, lambda event: None, now=now)


def call(desk: Personal, home: Home, ident: str, at: datetime = START) -> None:
    desk.store.begin_session(ident, at.isoformat(), "devices", "")
    desk.store.append(final(1, ident, "지울 말"))
    desk.store.end_session(ident, 5.0)
    desk.store.file_records(ident, (CallRecord("교통", inquiry=("지울 말",)),))
    sound(home, ident, 1)


def test_closing_the_desk_of_a_home_worker_ends_the_shift_and_changes_the_key(home: Home) -> None:
    desk = opened(home, RetentionSettings(mode="shift"))
    call(desk, home, "gone")
    call(desk, home, "held")
    desk.store.set_hold("held", True, "escalated")
    before = desk.key.derive("db")
    desk.close()
    key = place_of(home, Keyrings(None, "")).key()
    assert key.derive("db") != before
    assert [row.id for row in open_reader(home).sessions()] == ["held"]
    assert not (home.sound / "gone").exists()
    assert not list(home.personal.glob("*.bak"))
    assert check_access(home).whole
    again = opened(home, RetentionSettings(mode="shift"))
    assert len(again.store.events("held")) == 1
    again.close()


def test_a_desk_that_keeps_days_keeps_them(home: Home) -> None:
    desk = opened(home, RetentionSettings())
    call(desk, home, "stays")
    key = desk.key.derive("db")
    desk.close()
    again = opened(home, RetentionSettings())
    assert again.key.derive("db") == key
    assert [row.id for row in again.store.sessions()] == ["stays"]
    assert (home.sound / "stays").is_dir()
    again.close()


def test_the_list_tells_periods_ages_holds_and_reasons_and_no_content(home: Home, tmp_path: Path) -> None:
    at = [START]
    desk = opened(home, RetentionSettings(sound_days=2, basis="기록물 관리 기준"), lambda: at[0])
    call(desk, home, "plain")
    call(desk, home, "held")
    desk.store.set_hold("held", True, "소송")
    desk.retention.run()
    held = desk.holdings.look()
    assert (held.by_site, held.basis, held.shift, held.ends_with_shift) == (True, "기록물 관리 기준", False, False)
    rows = {row.session_id: row for row in held.rows}
    assert (rows["held"].exempt, rows["held"].reason, rows["held"].goes_at) == ("held", "소송", "")
    assert rows["plain"].kinds == ("sound", "transcript", "records")
    first = datetime.fromisoformat(rows["plain"].next_at)
    assert first == START + timedelta(days=2, hours=2)
    assert datetime.fromisoformat(rows["plain"].goes_at) > START + timedelta(days=365)
    kinds = {kind.kind: kind for kind in held.kinds}
    assert (kinds["sound"].count, kinds["sound"].days, kinds["notes"].count) == (2, 2, 0)
    assert kinds["sound"].size > 60_000
    desk.holdings.export(tmp_path / "list.csv")
    text = (tmp_path / "list.csv").read_text(encoding="utf-8-sig")
    assert "plain" in text
    assert "지울" not in text.replace("지울 때", "")
    at[0] += timedelta(days=40)
    assert desk.holdings.look().clock_doubted
    desk.close()


def test_the_command_line_shows_runs_and_deletes(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["retention", "show"]) == 0  # a PC that keeps nothing
    desk = opened(home, RetentionSettings(sound_days=1), lambda: NOW)
    for ident in ("01OLD", "01NEW"):
        call(desk, home, ident, NOW)
    desk.retention.run()
    old = (NOW - timedelta(days=3)).isoformat()
    desk.store.write(lambda db: db.execute("UPDATE births SET at = ? WHERE ident = '01OLD'", [old]))
    desk.store.write(lambda db: db.execute("UPDATE sessions SET started_at = ? WHERE id = '01OLD'", [old]))
    desk.close()
    capsys.readouterr()
    assert cli.main(["retention", "run", "--dry-run", "--jsonl"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["calls"], told["counts"]) == (["01OLD"], {"sound": 1})
    assert (home.sound / "01OLD").is_dir()
    assert cli.main(["retention", "run"]) == 0
    assert not (home.sound / "01OLD").exists()
    assert (home.sound / "01NEW").is_dir()
    assert cli.main(["sessions", "delete", "01NEW"]) == 0
    assert cli.main(["sessions", "hold", "01OLD", "--reason", "소송"]) == 0
    assert cli.main(["sessions", "delete", "01OLD"]) == 1
    capsys.readouterr()
    assert cli.main(["retention", "show", "--calls"]) == 0
    out = capsys.readouterr().out
    assert "01OLD" in out
    assert "01NEW" not in out
