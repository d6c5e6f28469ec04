"""The organisation's way in, and ``doumi keys``."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from app import cli, key_side
from app.adapters import os_keyring
from app.adapters.age_box import AgeBox
from app.adapters.sqlcipher import SqlCipherVault
from app.doctor import Verdict
from app.errors import KeyFault
from app.home import Home
from app.key_recovery import IDENTITY_FILE, RECIPIENT_FILE, ensure_wrap, export
from app.key_side import key_findings, new_pair, place_of, recover, settle, turn_of
from app.key_wraps import COPY, MARKER, DeskKey
from app.keys import Keyrings, KeyState
from app.personal import open_personal, open_reader
from app.settings import SecuritySettings, Settings
from app.store import Store
from tests.helpers.keys import FakeKeyring
from tests.helpers.personal import begin, final, home_in, now

ROWS = 30


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    """The organisation's key pair."""
    new_pair(tmp_path / "safe")
    return tmp_path / "safe"


def _fill(home: Home, rings: Keyrings, pair: Path | None) -> DeskKey:
    place = place_of(home, rings)
    key = place.key()
    if pair is not None:
        key_side.ensure_recovery(place, key, SecuritySettings(recovery_key=pair / RECIPIENT_FILE))
    store = Store(SqlCipherVault(home.personal_db, key.derive("db")), now)
    begin(store)
    for number in range(1, ROWS + 1):
        store.append(final(number))
    store.close()
    return key


def _rows(home: Home, rings: Keyrings) -> int:
    state, key = place_of(home, rings).look()
    assert state is KeyState.FOUND
    assert key is not None
    reader = SqlCipherVault(home.personal_db, key.derive("db")).reader()
    count = int(reader.execute("SELECT count(*) FROM events").fetchone()[0])
    reader.conn.close()
    return count


def test_a_lost_keyring_loses_no_row(tmp_path: Path, pair: Path) -> None:
    home = home_in(tmp_path)
    key = _fill(home, Keyrings(FakeKeyring()), pair)
    new = FakeKeyring()
    assert place_of(home, Keyrings(new)).look() == (KeyState.ABSENT, None)
    recover(home, place_of(home, Keyrings(new)), pair / IDENTITY_FILE)
    assert _rows(home, Keyrings(new)) == ROWS
    assert len(new.secrets) == 1
    assert place_of(home, Keyrings(new)).key().master == key.master


def test_a_forgotten_pin_loses_no_row(tmp_path: Path, pair: Path) -> None:
    home, rings = home_in(tmp_path), Keyrings(FakeKeyring())
    _fill(home, rings, pair)
    place_of(home, rings).set_pin("", "2468")
    recover(home, place_of(home, rings), pair / IDENTITY_FILE)
    assert not place_of(home, rings).has_pin()
    assert _rows(home, rings) == ROWS


def test_a_laptop_that_left_only_its_folder_and_the_file_in_the_safe_loses_no_row(tmp_path: Path, pair: Path) -> None:
    home = home_in(tmp_path / "old")
    rings = Keyrings(FakeKeyring())
    _fill(home, rings, pair)
    kept = tmp_path / "desk-7.recovery"
    export(place_of(home, rings), kept)
    for name in (MARKER, COPY):
        (home.personal_db.parent / name).unlink()
    moved = home_in(tmp_path / "new")
    shutil.copytree(home.root, moved.root)
    here = Keyrings(None)
    with pytest.raises(KeyFault) as caught:
        recover(moved, place_of(moved, here), pair / IDENTITY_FILE)
    assert caught.value.code == "keys.no_recovery"
    recover(moved, place_of(moved, here), pair / IDENTITY_FILE, kept)
    assert _rows(moved, here) == ROWS


def test_another_identity_and_another_home_change_nothing(tmp_path: Path, pair: Path) -> None:
    home, rings = home_in(tmp_path), Keyrings(FakeKeyring())
    _fill(home, rings, pair)
    new_pair(tmp_path / "other")
    stranger = home_in(tmp_path / "stranger")
    _fill(stranger, rings, pair)
    kept = tmp_path / "stranger.recovery"
    export(place_of(stranger, rings), kept)
    new = Keyrings(FakeKeyring())
    before = (home.personal_db.parent / MARKER).read_bytes()
    for identity, exported, code in (
        (tmp_path / "other" / IDENTITY_FILE, None, "keys.not_recovered"),
        (pair / RECIPIENT_FILE, None, "keys.not_an_identity"),
        (tmp_path / "missing", None, "keys.not_an_identity"),
        (pair / IDENTITY_FILE, kept, "keys.not_recovered"),
        (pair / IDENTITY_FILE, pair / RECIPIENT_FILE, "keys.not_an_export"),
    ):
        with pytest.raises(KeyFault) as caught:
            recover(home, place_of(home, new), identity, exported)
        assert caught.value.code == code
        assert str(caught.value)
    assert (home.personal_db.parent / MARKER).read_bytes() == before
    assert not new.usable.secrets  # type: ignore[union-attr]


class Died(BaseException):
    """The program was killed here."""


def _until(wanted: str) -> object:
    def step(name: str) -> None:
        if name == wanted:
            raise Died

    return step


@pytest.mark.parametrize("step", ["preparing", "turned", "swapped"])
def test_a_keyring_lost_in_the_middle_of_a_turn_loses_no_row(tmp_path: Path, pair: Path, step: str) -> None:
    home, rings = home_in(tmp_path), Keyrings(FakeKeyring())
    _fill(home, rings, pair)
    hook = _until(step)
    with pytest.raises(Died):
        turn_of(home, place_of(home, rings, hook), hook).turn()  # type: ignore[arg-type]
    new = Keyrings(FakeKeyring())
    recover(home, place_of(home, new), pair / IDENTITY_FILE)
    settle(home, place_of(home, new), lambda: "")
    assert _rows(home, new) == ROWS
    assert len(new.usable.secrets) == 1  # type: ignore[union-attr]
    assert not list(home.personal_db.parent.glob("*.new*"))


def test_the_settings_seal_the_key_at_the_next_start_and_again_for_another_organisation(
    tmp_path: Path, pair: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, rings = home_in(tmp_path), Keyrings(FakeKeyring())
    monkeypatch.setattr(os_keyring, "find", lambda: rings)
    new_pair(tmp_path / "other")
    for folder in (None, pair, tmp_path / "other"):
        settings = Settings(security=SecuritySettings(recovery_key=folder / RECIPIENT_FILE if folder else None))
        open_personal(home, lambda s=settings: s, lambda event: None).close()  # type: ignore[misc]
        envelope = place_of(home).envelope()
        assert envelope is not None
        wanted = (folder / RECIPIENT_FILE).read_text().strip() if folder else ""
        assert (envelope.keys.recovery.recipient if envelope.keys.recovery else "") == wanted
    # A key of the organisation that cannot be read keeps nobody from working and is named.
    broken = SecuritySettings(recovery_key=tmp_path / "missing.pub")
    open_personal(home, lambda: Settings(security=broken), lambda event: None).close()
    assert Verdict.FAIL in {finding.verdict for finding in key_findings(home, broken)}


def test_doctor_tells_what_a_lost_keyring_would_cost(
    tmp_path: Path, pair: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, rings, box = home_in(tmp_path), Keyrings(FakeKeyring()), AgeBox()
    monkeypatch.setattr(os_keyring, "find", lambda: rings)
    assert key_findings(home, SecuritySettings()) == []
    place = place_of(home)
    key = place.key()
    assert [finding.verdict for finding in key_findings(home, SecuritySettings())] == [Verdict.WARN]
    ensure_wrap(place, box, key, (pair / RECIPIENT_FILE).read_text().strip())
    named = SecuritySettings(recovery_key=pair / RECIPIENT_FILE)
    assert [finding.verdict for finding in key_findings(home, named)] == [Verdict.OK]
    (home.personal_db.parent / COPY).unlink()
    assert Verdict.WARN in {finding.verdict for finding in key_findings(home, named)}
    place.settle()
    assert [finding.verdict for finding in key_findings(home, named)] == [Verdict.OK]


# -- the command -----------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(own_home: Path, monkeypatch: pytest.MonkeyPatch, pair: Path) -> tuple[Home, list[Keyrings]]:
    """The home of the command line with calls, and the keyring it sees."""
    rings = [Keyrings(FakeKeyring())]
    monkeypatch.setattr(os_keyring, "find", lambda: rings[0])
    home = Home.from_environment()
    _fill(home, rings[0], pair)
    return home, rings


def test_the_command_shows_rotates_recovers_and_logs(
    desk: tuple[Home, list[Keyrings]], pair: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home, rings = desk
    assert cli.main(["keys", "status"]) == 0
    assert "fake" in capsys.readouterr().out
    assert cli.main(["keys", "rotate"]) == 0
    before = json.loads((home.personal_db.parent / MARKER).read_text())["keys"]["check"]
    assert cli.main(["keys", "rotate", "--all"]) == 0
    assert json.loads((home.personal_db.parent / MARKER).read_text())["keys"]["check"] != before
    assert cli.main(["keys", "export-recovery", "-o", str(tmp_path / "out")]) == 0
    rings[0] = Keyrings(FakeKeyring())
    capsys.readouterr()
    assert cli.main(["keys", "status"]) == 1
    assert cli.main(["keys", "status", "--json"]) == 1
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["state"] == "absent"
    assert cli.main(["keys", "recover", "--identity", str(pair / IDENTITY_FILE)]) == 0
    assert cli.main(["keys", "status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["state"] == "found"
    assert _rows(home, rings[0]) == ROWS
    lines = open_reader(home).read(lambda db: db.execute("SELECT action, note FROM access ORDER BY id").fetchall())
    assert [tuple(line) for line in lines] == [
        ("key.rotate", ""),
        ("key.turn", "begin"),
        ("key.turn", "end"),
        ("key.export", ""),
        ("key.recover", ""),
    ]
    assert cli.main(["access", "verify"]) == 0


@pytest.mark.parametrize(
    ("rings", "word"),
    [
        (Keyrings(None), "응답하지 않습니다"),
        (Keyrings(None, refused="keyring.backends.null"), "keyring.backends.null"),
        (Keyrings(FakeKeyring()), "찾지 못했습니다"),
    ],
)
def test_every_command_says_one_sentence_about_a_key_it_cannot_have(
    desk: tuple[Home, list[Keyrings]], capsys: pytest.CaptureFixture[str], rings: Keyrings, word: str
) -> None:
    home, seen = desk
    seen[0] = rings
    before = {file: file.read_bytes() for file in sorted(home.personal_db.parent.iterdir()) if file.is_file()}
    for command in (["sessions", "list"], ["keys", "rotate"], ["keys", "rotate", "--all"]):
        assert cli.main(command) == 1
        said = capsys.readouterr().err.strip().splitlines()
        assert len(said) == 1
        assert word in said[0]
    assert before == {file: file.read_bytes() for file in sorted(home.personal_db.parent.iterdir()) if file.is_file()}


def test_a_new_home_has_nothing_to_rotate(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["keys", "status"]) == 0
    assert cli.main(["keys", "rotate"]) == 0
    assert not (own_home / "personal" / MARKER).exists()


def test_a_pair_is_made_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["keys", "new-recovery", str(tmp_path / "it")]) == 0
    identity = (tmp_path / "it" / IDENTITY_FILE).read_text()
    assert cli.main(["keys", "new-recovery", str(tmp_path / "it")]) == 1
    assert (tmp_path / "it" / IDENTITY_FILE).read_text() == identity
    assert identity.strip() not in capsys.readouterr().out
