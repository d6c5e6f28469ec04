"""Every setting as a field: derived from the models, told in both languages, checked before it is stored."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from app.home import Home
from app.live_settings import OWN, PATH_OF, LiveSettings
from app.policy import VARIABLE, leaves
from app.settings import Settings, SettingsFault, save
from app.settings_desk import SettingsForm
from app.settings_fields import _SCALES, GROUPS, HIDDEN, shape, shapes
from app.settings_sheet import page
from resources.notices import LANGUAGES, codes
from tests.helpers.personal import now
from ui.settings_ports import Field, Kind, Lock, Takes

ROOT = Path(__file__).resolve().parents[3]


def form(home: Home) -> SettingsForm:
    """Return the form of a home."""
    live = LiveSettings(home, now)
    return SettingsForm(live, live.change)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home", tmp_path / "models")


def named(one: SettingsForm) -> dict[str, Field]:
    return {field.path: field for field in one.fields()}


def test_every_setting_has_a_group_and_words_in_both_languages() -> None:
    known = {path for path in leaves(Settings) if path not in HIDDEN}
    assert [one.path for one in shapes() if one.path not in known] == []
    assert {one.path for one in shapes()} == known
    wanted = {f"setting.{path}.{part}" for path in known for part in ("title", "help")}
    wanted |= {f"setting_group.{group}" for group in GROUPS}
    for one in shapes():
        if one.path not in (*_SCALES, "locked"):
            wanted |= {f"setting.{one.path}.{value}" for value in one.values}
    for language in LANGUAGES:
        told = {code for code in codes(language) if code.startswith(("setting.", "setting_group."))}
        assert wanted - told == set(), language
        assert told - wanted == set(), language


def test_titles_are_unlike_so_that_a_search_can_tell_them_apart() -> None:
    for language in LANGUAGES:
        titles = [text for code, text in codes(language).items() if code.startswith("setting.") and ".title" in code]
        assert len(titles) == len(set(titles))


def test_kinds_and_ranges_come_from_the_models(home: Home) -> None:
    fields = named(form(home))
    assert fields["desk.captions_only"].kind is Kind.SWITCH
    assert [one.value for one in fields["desk.theme"].choices] == ["light", "dark", "contrast"]
    number = fields["capture.stall_after_s"]
    assert (number.kind, number.low, number.high, number.unit, number.fine) == (Kind.NUMBER, 0.3, 10.0, "초", True)
    assert fields["assist.limit_s"].above_low
    assert fields["capture.block_ms"].whole
    assert fields["escalation.folder"].kind is Kind.FOLDER
    assert fields["escalation.team_key"].kind is Kind.FILE
    assert fields["escalation.https_url"].kind is Kind.ADDRESS
    assert fields["protection.system_key"].kind is Kind.KEYS
    assert fields["sound.agent_device"].kind is Kind.DEVICE
    assert fields["assist.ends_at_once"].kind is Kind.LIST
    assert fields["line.notice.command"].kind is Kind.SHOWN
    assert (fields["language"].takes, fields["assist.cards"].takes) == (Takes.START, Takes.CALL)
    assert all(field.value == field.default for field in fields.values())


def test_the_steps_of_the_text_size_are_those_of_the_keys() -> None:
    from ui.theme import SCALES

    assert _SCALES["desk.text_scale"] == SCALES


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("글자크기", "desk.text_scale"),
        (unicodedata.normalize("NFD", "글자 크기"), "desk.text_scale"),
        ("고대비", "desk.theme"),
        ("retention sound", "retention.sound_days"),
        ("RETENTION.SOUND_DAYS", "retention.sound_days"),
        ("화면 배치", "desk.layout"),
    ],
)
def test_a_search_finds_titles_choices_and_paths(home: Home, words: str, path: str) -> None:
    found = [field.path for field in form(home).fields() if field.found_by(words)]
    assert path in found
    assert len(found) < 8


def test_a_value_is_checked_stored_and_put_back(home: Home) -> None:
    one = form(home)
    one.change("assist.turn_gap_s", "3.5")
    one.change("desk.text_scale", "1.5")
    one.change("assist.ends_at_once", ("threat",))
    one.change("escalation.folder", str(home.root))
    again = named(form(home))
    assert again["assist.turn_gap_s"].value == 3.5
    assert again["assist.turn_gap_s"].changed
    assert again["desk.text_scale"].value == "1.5"
    assert again["assist.ends_at_once"].value == ("threat",)
    assert again["escalation.folder"].value == str(home.root)
    for path in ("assist.turn_gap_s", "desk.text_scale", "assist.ends_at_once", "escalation.folder"):
        one.reset(path)
    assert LiveSettings(home, now).now() == Settings()


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("capture.block_ms", "19", "field.range"),
        ("capture.block_ms", "nineteen", "field.not_number"),
        ("capture.block_ms", "20.5", "field.not_whole"),
        ("assist.turn_gap_s", "0", "field.above"),
        ("assist.limit_s", "-1", "field.more_than"),
        ("assist.turn_gap_s", "nan", "field.not_number"),
        ("assist.limit_s", "inf", "field.not_number"),
        ("capture.block_ms", "inf", "field.not_number"),
        ("escalation.https_url", "http://team.example", "field.https"),
        ("summariser.url", "http://team.example/v1", "field.https_or_here"),
        ("releases.address", "http://kb.example", "field.https_or_folder"),
        ("filing.proxy", "proxy:8080", "field.proxy"),
        ("protection.support_name", "x" * 201, "field.too_long"),
        ("models.speech", "", "field.needed"),
        ("desk.theme", "pink", "field.no_choice"),
        ("qa.exchange", "https://qa.example/x", "field.folder_or_store"),
        ("desk.counsellor_code", "김 상담", "field.code"),
        ("assist.ends_at_once", ("shouting",), "field.no_choice"),
        ("escalation.folder", "/no/such/folder", "cli.folder_missing"),
        ("escalation.team_key", "/no/such/file", "cli.file_missing"),
        ("retention.sound_days", "1", "field.locked"),
        ("line.notice.command", "x", "field.locked"),
        ("desk.hide_from_capture", False, "field.locked"),
        ("desk.nothing", "1", "field.unknown"),
    ],
)
def test_what_does_not_fit_is_told_and_not_stored(home: Home, path: str, value: object, code: str) -> None:
    with pytest.raises(SettingsFault) as caught:
        form(home).change(path, value)  # type: ignore[arg-type]
    assert caught.value.code == code
    assert str(caught.value)
    assert not home.settings.exists()


def test_who_locks_a_field_is_told(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(home.settings, Settings(locked=("dial",)))
    (tmp_path / "policy.json").write_text('{"desk": {"theme": "dark"}}')
    monkeypatch.setenv(VARIABLE, str(tmp_path / "policy.json"))
    monkeypatch.setenv("DOUMI_LANG", "ko")
    monkeypatch.delenv("DOUMI_LANG_APPLIED", raising=False)
    of_the_pc, of_another = form(home), form(home.of_profile("p-1"))
    locks = {path: field.lock for path, field in named(of_the_pc).items()}
    assert locks["desk.theme"] is Lock.POLICY
    assert locks["assist.dial"] is Lock.SITE
    assert locks["language"] is Lock.ENVIRONMENT
    assert locks["retention.sound_days"] is Lock.FILE
    assert locks["escalation.folder"] is Lock.NOBODY
    theirs = {path: field.lock for path, field in named(of_another).items()}
    assert theirs["desk.theme"] is Lock.POLICY
    assert theirs["escalation.folder"] is Lock.PROFILE
    assert theirs["desk.text_scale"] is Lock.NOBODY
    assert theirs["sound.agent_device"] is Lock.NOBODY
    for one, path in ((of_the_pc, "desk.theme"), (of_another, "escalation.https_url")):
        with pytest.raises(SettingsFault, match=r"바꿀 수 없는"):
            one.change(path, "dark")


def test_a_profiles_own_preferences_go_to_the_profile(home: Home) -> None:
    other = home.of_profile("p-1")
    form(other).change("desk.theme", "dark")
    assert named(form(other))["desk.theme"].value == "dark"
    assert named(form(home))["desk.theme"].value == "light"
    assert {shape(PATH_OF[name]).path for name in OWN if PATH_OF[name] not in HIDDEN} <= set(named(form(home)))


def test_the_page_of_every_setting_is_current() -> None:
    """``.venv/bin/python scripts/settings_page.py`` writes it anew."""
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == page()
    rows = {row.path: row for row in shapes()}
    assert rows["capture.block_ms"].type_name == "whole number"
    assert (rows["capture.block_ms"].low, rows["capture.block_ms"].high) == (20, 500)
    assert rows["desk.layout"].values == ("full", "docked", "two")
