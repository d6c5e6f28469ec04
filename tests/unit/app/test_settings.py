from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from app import settings
from app.home import Home
from app.live_settings import LiveSettings
from app.settings import DeskSettings, EscalationSettings, QaSettings, Settings
from audio.model import CallerSide, DeviceChoice
from resources.notices import sentence
from tests.helpers.personal import now


def test_settings_come_back_as_saved(tmp_path: Path) -> None:
    file = tmp_path / "home" / "settings.json"
    assert settings.load(file, now).settings == Settings()
    choice = DeviceChoice("mic-1", "line-2", CallerSide.SPLIT)
    escalation = EscalationSettings(
        folder=tmp_path, https_url="https://team.example/packs", team_key=tmp_path / "t.pub"
    )
    wanted = Settings(escalation=escalation).with_choice(choice)
    settings.save(file, wanted)
    loaded = settings.load(file, now)
    assert (loaded.settings, loaded.notice, loaded.backup) == (wanted, "", None)
    assert loaded.settings.sound.choice == choice
    assert (Settings().models.speech, Settings().models.encoder) == ("whisper-base", "multilingual-e5-small")
    assert [name.name for name in file.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b'{"schema_version": 1, "language"',
        b"[]",
        b"null",
        b"\xff\xfe",
        b"{}",
        b'{"schema_version": 99}',
        b'{"schema_version": "1"}',
        b'{"schema_version": 1, "unknown": 2}',
        b'{"schema_version": 1, "assist": {"warnings_allowed": 40}}',
        b'{"schema_version": 1, "escalation": {"https_url": "http://team.example"}}',
        b"[" * 200_000,
        b" " * (settings.MAX_BYTES + 1),
    ],
)
def test_a_file_that_cannot_be_used_is_kept_and_the_defaults_are_in_force(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(raw)
    loaded = settings.load(file, now)
    assert loaded.settings == Settings()
    assert loaded.notice == "cli.settings_broken"
    assert loaded.backup is not None
    assert loaded.backup.read_bytes() == raw[: settings.MAX_BYTES + 1]
    assert str(loaded.backup) in sentence(loaded.notice, path=loaded.backup)
    assert file.read_bytes() == raw


def test_older_files_are_migrated_in_order_with_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SCHEMA", 1)
    file = tmp_path / "settings.json"
    old = json.dumps({"schema_version": 1, "speak": "de"}).encode()
    file.write_bytes(old)

    def first(value: dict[str, Any]) -> dict[str, Any]:
        return {"language": value["speak"]}

    def second(value: dict[str, Any]) -> dict[str, Any]:
        return {"language": value["language"].replace("de", "en")}

    loaded = settings.load(file, now, (first, second))
    assert loaded.settings.language == "en"
    assert loaded.notice == ""
    assert loaded.backup is not None
    assert loaded.backup.read_bytes() == old
    assert json.loads(file.read_text())["language"] == "en"


@pytest.mark.parametrize("url", ["http://team.example", "team.example", "https://", "ftp://x"])
def test_only_https_endpoints_are_settings(url: str) -> None:
    with pytest.raises(ValidationError):
        EscalationSettings(https_url=url)


def test_settings_that_cannot_be_written_are_a_fault(tmp_path: Path) -> None:
    blocker = tmp_path / "home"
    blocker.write_text("a file where the folder should be")
    with pytest.raises(settings.SettingsFault) as caught:
        settings.save(blocker / "settings.json", Settings())
    assert caught.value.code == "cli.settings_not_saved"
    assert settings.load(blocker / "settings.json", now).notice == "cli.settings_unreadable"


def test_the_environment_outranks_the_language_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOUMI_LANG", "en")
    settings.apply_language(Settings(language="ko"))
    assert os.environ["DOUMI_LANG"] == "en"
    monkeypatch.setenv("DOUMI_LANG", "")
    settings.apply_language(Settings(language="ko"))
    assert os.environ["DOUMI_LANG"] == "ko"


@pytest.mark.parametrize(
    "address", ["http://x/y", "https://x/y", "ftp://x", "simplecache::https://x/y", "github://a:b@/"]
)
def test_the_exchange_is_no_open_web(address: str) -> None:
    with pytest.raises(ValidationError):
        QaSettings(exchange=address)


@pytest.mark.parametrize(
    "address", ["", "/srv/qa", "file:///srv/qa", "s3://bucket/qa", r"\\server\share", "memory://qa"]
)
def test_the_exchange_is_a_folder_a_share_or_a_store(address: str) -> None:
    assert QaSettings(exchange=f" {address} ").exchange == address


def test_the_counsellor_code_is_a_profiles_own(tmp_path: Path) -> None:
    home = Home(root=tmp_path, models=tmp_path)
    settings.save(home.settings, Settings(desk=DeskSettings(counsellor_code="C-1")))
    own = home.of_profile("p-000000000001")
    own.personal.mkdir(parents=True)
    live = LiveSettings(own, now)
    assert live.now().desk.counsellor_code == ""  # never as the PC has it: it would be another counsellor's
    live.change(live.now().model_copy(update={"desk": live.now().desk.model_copy(update={"counsellor_code": "C-2"})}))
    assert LiveSettings(own, now).now().desk.counsellor_code == "C-2"
    assert LiveSettings(home, now).now().desk.counsellor_code == "C-1"
