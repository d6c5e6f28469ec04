"""What the site sets for a machine: read from files and registry, outranks the user, refused one by one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from app import settings
from app.adapters.policy_registry import group_policy, read_key
from app.doctor import Verdict
from app.home import Home
from app.live_settings import LiveSettings
from app.policy import VARIABLE, Policy, look, machine_places, places
from app.preferences import SettingsPreferences
from app.settings import DeskSettings, Settings, save
from tests.helpers.personal import now


def written(folder: Path, value: object, name: str = "policy.json") -> Path:
    """Return a file that holds ``value`` as JSON."""
    file = folder / name
    file.write_text(json.dumps(value), encoding="utf-8")
    return file


def test_bad_and_unknown_values_are_left_out_one_by_one(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        {
            "schema_version": 1,
            "language": "fr",
            "desk": {"theme": "dark", "text_scale": 9, "colour": "red", "introduced": True},
            "retention": {"sound_days": 30},
            "escalation": {"https_url": "http://team.example", "folder": ""},
            "line": {"notice": {"timeout_s": 3}},
            "security": 5,
            "locked": ["theme"],
        },
    )
    policy = look(Settings, (file,))
    assert policy.values == {
        "desk.theme": "dark",
        "desk.introduced": True,
        "retention.sound_days": 30,
        "escalation.folder": None,
        "line.notice.timeout_s": 3.0,
        "locked": ["theme"],
    }
    assert [(fault.code, fault.params["path"]) for fault in policy.faults] == [
        ("policy.refused", "language"),
        ("policy.refused", "desk.text_scale"),
        ("policy.unknown", "desk.colour"),
        ("policy.refused", "escalation.https_url"),
        ("policy.unknown", "security"),
    ]
    assert all(str(file) in str(fault) for fault in policy.faults)
    assert policy.sources == (str(file),)


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 200_000, b" " * 1_000_001])
def test_a_file_that_is_no_policy_is_told_and_sets_nothing(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "policy.json"
    file.write_bytes(raw)
    policy = look(Settings, (file, tmp_path / "missing.json"))
    assert not policy
    assert [fault.code for fault in policy.faults] == ["policy.unreadable"]


def test_later_places_outrank_earlier_ones_and_the_registry_all(tmp_path: Path) -> None:
    low = written(tmp_path, {"desk": {"theme": "dark", "text_scale": 1.5}, "role": "team"}, "low.json")
    high = written(tmp_path, {"desk": {"theme": "contrast"}}, "high.json")
    policy = look(Settings, (low, high), lambda: {"desk.text_scale": "2.0"})
    assert policy.values == {"desk.theme": "contrast", "desk.text_scale": 2.0, "role": "team"}
    assert policy.origins["desk.theme"] == str(high)
    assert policy.origins["desk.text_scale"].startswith("HKLM")


def test_registry_values_are_read_by_the_type_of_the_setting() -> None:
    found = {
        "desk.announce": 1,
        "desk.hide_from_capture": 0,
        "security.lock_minutes": "2.5",
        "retention.sound_days": 45,
        "retention.basis": "2026",
        "assist.ends_at_once": ("sexual", "threat"),
        "locked": "theme; dial",
        "desk.keys": '{"mark": "F4"}',
        "escalation.team_key": "",
        "assist.cards": 7,
        "desk": "dark",
    }
    policy = look(Settings, (), lambda: found)
    assert policy.values == {
        "desk.announce": True,
        "desk.hide_from_capture": False,
        "security.lock_minutes": 2.5,
        "retention.sound_days": 45,
        "retention.basis": "2026",
        "assist.ends_at_once": ["sexual", "threat"],
        "locked": ["theme", "dial"],
        "desk.keys": {"mark": "F4"},
        "escalation.team_key": None,
    }
    assert [fault.params["path"] for fault in policy.faults] == ["assist.cards", "desk"]


class FakeRegistry:
    """The part of ``winreg`` that reads an open key; a key is a dictionary."""

    def QueryInfoKey(self, key: Mapping[str, object]) -> tuple[int, int, int]:  # noqa: N802 - winreg's name
        below = sum(isinstance(value, dict) for value in key.values())
        return below, len(key) - below, 0

    def EnumValue(self, key: Mapping[str, object], index: int) -> tuple[str, object, int]:  # noqa: N802 - winreg's name
        name, value = [one for one in key.items() if not isinstance(one[1], dict)][index]
        return name, value, 1

    def EnumKey(self, key: Mapping[str, object], index: int) -> str:  # noqa: N802 - winreg's name
        return [name for name, value in key.items() if isinstance(value, dict)][index]

    @contextmanager
    def OpenKey(self, key: Mapping[str, object], name: str) -> Iterator[object]:  # noqa: N802 - winreg's name
        yield key[name]


def test_a_list_in_the_registry_is_a_multi_string_or_a_key_of_numbered_values() -> None:
    key = {
        "desk.theme": "dark",
        "assist.ends_at_once": ["sexual", "hate"],
        "locked": {"10": "keys", "2": "dial", "1": "theme"},
    }
    assert read_key(FakeRegistry(), key) == {
        "desk.theme": "dark",
        "assist.ends_at_once": ("sexual", "hate"),
        "locked": ("theme", "dial", "keys"),
    }


@pytest.mark.skipif("sys.platform == 'win32'", reason="the registry of the machine decides there")
def test_elsewhere_there_is_no_registry() -> None:
    assert group_policy() == {}


def test_the_places_of_each_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROGRAMDATA", r"C:\ProgramData")
    monkeypatch.setenv("XDG_CONFIG_DIRS", "/etc/one:/etc/two:relative")
    assert [str(one) for one in machine_places("linux")] == [
        "/etc/two/doumi/policy.json",
        "/etc/one/doumi/policy.json",
        "/etc/doumi/policy.json",
    ]
    assert [one.as_posix() for one in machine_places("darwin")] == ["/Library/Application Support/doumi/policy.json"]
    (windows,) = machine_places("win32")
    assert str(windows).replace("/", "\\") == r"C:\ProgramData\doumi\policy.json"
    monkeypatch.setenv(VARIABLE, "/site/policy.json")
    assert places()[0] == Path("/site/policy.json")  # what the machine has outranks it
    assert len(places()) > 1


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home whose machine has a policy."""
    policy = {
        "desk": {"theme": "dark"},
        "escalation": {"https_url": "https://team.example/in"},
        "retention": {"sound_days": 7},
    }
    monkeypatch.setenv(VARIABLE, str(written(tmp_path, policy)))
    return Home(tmp_path / "home", tmp_path / "models")


def test_the_policy_outranks_the_user_and_never_gets_into_his_file(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    save(home.settings, Settings(desk=DeskSettings(theme="contrast")))
    live = LiveSettings(home, now)
    assert live.now().desk.theme == "dark"
    assert live.now().retention.by_site
    assert {"theme", "escalation_url"} <= set(live.locked())
    wanted = live.now().model_copy(update={"desk": DeskSettings(theme="light", text_scale=1.5)})
    live.change(wanted)
    assert (live.now().desk.theme, live.now().desk.text_scale) == ("dark", 1.5)
    raw = json.loads(home.settings.read_text())
    assert (raw["desk"]["theme"], raw["desk"]["text_scale"]) == ("contrast", 1.5)
    assert raw["retention"]["sound_days"] == 90
    assert raw["escalation"]["https_url"] == ""
    monkeypatch.delenv(VARIABLE)
    assert LiveSettings(home, now).now().desk.theme == "contrast"


def test_the_policy_holds_for_every_profile_and_for_the_windows(home: Home) -> None:
    live = LiveSettings(home.of_profile("p-1"), now)
    preferences = SettingsPreferences(live.now, live.change, live.locked)
    stored = preferences.load()
    assert stored.theme == "dark"
    assert "theme" in stored.locked
    preferences.store(replace(stored, theme="light", text_scale=1.3))
    assert (live.now().desk.theme, live.now().desk.text_scale) == ("dark", 1.3)
    again = LiveSettings(home.of_profile("p-1"), now).now()
    assert (again.desk.theme, again.desk.text_scale) == ("dark", 1.3)


def test_loading_applies_it_and_a_copy_of_the_file_stays_as_it_was(home: Home) -> None:
    loaded = settings.load(home.settings, now)
    assert loaded.settings.retention.sound_days == 7
    assert loaded.own == Settings()
    assert not home.settings.exists()
    plain = settings.load(home.settings, now, policy=Policy)
    assert plain.settings == Settings()


def test_the_doctor_names_what_is_locked_and_what_is_wrong(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.doctor import Patient, examine

    def finding() -> tuple[Verdict, str]:
        patient = Patient(
            home=home,
            settings=lambda: settings.load(home.settings, now),
            key_state=lambda: (_ for _ in ()).throw(OSError()),
            refused_keyring=str,
            database=str,
        )
        (one,) = (one for one in examine(patient) if one.check == "policy")
        return one.verdict, one.detail

    verdict, told = finding()
    assert verdict is Verdict.OK
    assert "desk.theme, escalation.https_url, retention.sound_days" in told
    assert "policy.json" in told
    monkeypatch.setenv(VARIABLE, str(written(tmp_path, {"desk": {"theme": "pink"}}, "bad.json")))
    verdict, told = finding()
    assert verdict is Verdict.WARN
    assert "desk.theme" in told
