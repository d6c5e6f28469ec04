from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as FailKeyring
from keyring.backends.null import Keyring as NullKeyring
from keyring.backends.SecretService import Keyring as SecretServiceKeyring
from keyring.errors import KeyringLocked

from app import key_wraps
from app.adapters import os_keyring
from app.errors import KeyFault
from app.home import Home
from app.key_wraps import COPY, KEY_BYTES, MARKER, DeskKey, KeyMode, fingerprint, hkdf_sha256, new_secret
from app.keys import Keyrings, KeyState
from app.private_file import write_private
from tests.helpers.keys import FakeKeyring, place
from tests.helpers.personal import home_in


@pytest.fixture(autouse=True)
def quick_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretch PINs less: how long that takes is not what is tested here."""
    monkeypatch.setattr(key_wraps, "SCRYPT_N", 2**10)


def _database(tmp_path: Path) -> None:
    file = home_in(tmp_path).personal_db
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"not empty")


def test_a_new_home_gets_its_key_in_the_keyring_and_finds_it_again(tmp_path: Path) -> None:
    ring = FakeKeyring()
    found = place(home_in(tmp_path), Keyrings(ring))
    assert found.mode() is None
    key = found.key()
    assert key.mode is KeyMode.KEYRING
    assert len(key.master) == KEY_BYTES
    assert place(home_in(tmp_path), Keyrings(ring)).key() == key
    assert all(len(secret) <= 100 for secret in ring.secrets.values())
    assert not home_in(tmp_path).file_key.exists()
    on_disk = (home_in(tmp_path).personal_db.parent / MARKER).read_text()
    assert key.master.hex() not in on_disk


def test_two_homes_of_one_user_have_their_own_keys(tmp_path: Path) -> None:
    ring = FakeKeyring()
    first = place(home_in(tmp_path / "a"), Keyrings(ring)).key()
    second = place(home_in(tmp_path / "b"), Keyrings(ring)).key()
    assert first.master != second.master
    assert place(home_in(tmp_path / "a"), Keyrings(ring)).key() == first


def test_without_a_keyring_the_key_lies_in_a_private_file(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    key = place(home, Keyrings(None)).key()
    assert key.mode is KeyMode.FILE
    assert len(home.file_key.read_text().strip()) == 44
    assert key.master.hex() not in home.file_key.read_text()
    assert place(home, Keyrings(None)).look() == (KeyState.FOUND, key)
    if os.name != "nt":
        assert stat.S_IMODE(home.file_key.stat().st_mode) == 0o600
        assert stat.S_IMODE(home.file_key.parent.stat().st_mode) == 0o700


def test_a_keyring_that_appears_later_does_not_orphan_a_file_key_home(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    key = place(home, Keyrings(None)).key()
    _database(tmp_path)
    ring = FakeKeyring()
    assert place(home, Keyrings(ring)).key() == key
    assert not ring.secrets


def test_a_keyring_that_goes_does_not_turn_a_home_to_the_file_mode(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    place(home, Keyrings(FakeKeyring())).key()
    _database(tmp_path)
    with pytest.raises(KeyFault) as caught:
        place(home, Keyrings(None)).key()
    assert caught.value.code == "keys.unavailable"
    assert not home.file_key.exists()


@pytest.mark.parametrize("state", [KeyState.LOCKED, KeyState.UNAVAILABLE, KeyState.ABSENT])
def test_no_key_is_minted_while_a_database_exists(tmp_path: Path, state: KeyState) -> None:
    home, ring = home_in(tmp_path), FakeKeyring()
    place(home, Keyrings(ring)).key()
    _database(tmp_path)
    before, marker = dict(ring.secrets), (home.personal_db.parent / MARKER).read_bytes()
    ring.state = state
    found = place(home, Keyrings(ring))
    assert found.look() == (state, None)
    with pytest.raises(KeyFault) as caught:
        found.key()
    assert caught.value.code == f"keys.{state.value}"
    assert str(caught.value)
    assert ring.secrets == before
    assert (home.personal_db.parent / MARKER).read_bytes() == marker
    assert home.personal_db.read_bytes() == b"not empty"


def test_a_database_without_any_trace_of_its_key_gets_no_new_one(tmp_path: Path) -> None:
    _database(tmp_path)
    ring = FakeKeyring()
    with pytest.raises(KeyFault) as caught:
        place(home_in(tmp_path), Keyrings(ring)).key()
    assert caught.value.code == "keys.absent"
    assert not ring.secrets


def test_a_lost_key_file_is_absent_and_another_key_is_wrong(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    place(home, Keyrings(None)).key()
    _database(tmp_path)
    found = place(home, Keyrings(None))
    for other in ("00" * 32, "no key", new_secret()):
        home.file_key.write_text(other)
        assert found.look()[0] is KeyState.WRONG
        with pytest.raises(KeyFault) as caught:
            found.key()
        assert caught.value.code == "keys.wrong"
    home.file_key.unlink()
    with pytest.raises(KeyFault) as caught:
        found.key()
    assert caught.value.code == "keys.absent"


def test_another_secret_in_the_keyring_is_wrong(tmp_path: Path) -> None:
    home, ring = home_in(tmp_path), FakeKeyring()
    place(home, Keyrings(ring)).key()
    for secret in ("11" * 32, "11", "not hex", new_secret()):
        ring.secrets = dict.fromkeys(ring.secrets, secret)
        assert place(home, Keyrings(ring)).look() == (KeyState.WRONG, None)


def test_a_destroyed_envelope_is_read_from_its_copy(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    key = place(home, Keyrings(None)).key()
    _database(tmp_path)
    (home.personal_db.parent / MARKER).write_text("{")
    assert place(home, Keyrings(None)).key() == key
    (home.personal_db.parent / MARKER).unlink()
    assert place(home, Keyrings(FakeKeyring())).key() == key
    place(home, Keyrings(None)).settle()
    assert (home.personal_db.parent / MARKER).read_bytes() == (home.personal_db.parent / COPY).read_bytes()


@pytest.mark.parametrize(
    "text", ['{"mode": "cloud"}', '{"version": 3}', "", "[]", '{"version": 2, "keys": {}}', "{" * 9000]
)
def test_a_broken_envelope_is_a_fault_and_stays(tmp_path: Path, text: str) -> None:
    home = home_in(tmp_path)
    place(home, Keyrings(None)).key()
    files = [home.personal_db.parent / name for name in (MARKER, COPY)]
    for file in files:
        file.write_text(text)
    for _ in range(2):
        with pytest.raises(KeyFault) as caught:
            place(home, Keyrings(None)).key()
        assert caught.value.code == "keys.marker_broken"
    assert [file.read_text() for file in files] == [text, text]


def test_no_envelope_asks_for_endless_work(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    found = place(home, Keyrings(FakeKeyring()))
    found.key()
    found.set_pin("", "2468")
    for name in (MARKER, COPY):
        file = home.personal_db.parent / name
        value = json.loads(file.read_text())
        value["keys"]["local"]["pin"]["n"] = 2**40
        file.write_text(json.dumps(value))
    with pytest.raises(KeyFault) as caught:
        found.look("2468")
    assert caught.value.code == "keys.marker_broken"


def test_a_keyring_that_forgets_is_not_trusted(tmp_path: Path) -> None:
    home, ring = home_in(tmp_path), FakeKeyring()
    ring.forgets = True
    with pytest.raises(KeyFault) as caught:
        place(home, Keyrings(ring)).key()
    assert caught.value.code == "keys.not_kept"
    assert place(home, Keyrings(ring)).mode() is None


def test_a_refused_keyring_stops_a_new_home_unless_the_file_mode_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, rings = home_in(tmp_path), Keyrings(None, refused="keyring.backends.null")
    with pytest.raises(KeyFault) as caught:
        place(home, rings).key()
    assert caught.value.code == "keys.refused"
    assert not home.root.exists()
    monkeypatch.setenv("DOUMI_KEY_MODE", "file")
    assert place(home, rings).key().mode is KeyMode.FILE


class _Plaintext:
    """Not derived from keyring's base class: that would offer it to the whole process."""

    def get_password(self, service: str, username: str) -> str | None:
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("a plaintext keyring must never be written to")


def _chain(*parts: object) -> object:
    kind = type("ChainerBackend", (), {"__module__": ChainerBackend.__module__, "backends": list(parts)})
    return kind()


def test_only_keyrings_that_encrypt_are_used() -> None:
    assert os_keyring.find(FailKeyring()) == Keyrings(None)
    assert os_keyring.find(NullKeyring()).refused == "keyring.backends.null"
    assert os_keyring.find(_Plaintext()).usable is None
    assert os_keyring.find(_Plaintext()).refused
    assert os_keyring.find(_chain()) == Keyrings(None)
    of_null = os_keyring.find(_chain(NullKeyring()))
    assert (of_null.usable, of_null.refused) == (None, "keyring.backends.null")
    found = os_keyring.find(_chain(NullKeyring(), SecretServiceKeyring())).usable
    assert found is not None
    assert found.name == "SecretService"


class _Failing(_Plaintext):
    def __init__(self, error: Exception) -> None:
        self._error = error

    def get_password(self, service: str, username: str) -> str | None:
        raise self._error

    def set_password(self, service: str, username: str, password: str) -> None:
        raise self._error

    def delete_password(self, service: str, username: str) -> None:
        raise self._error


@pytest.mark.parametrize(
    ("error", "state"), [(KeyringLocked("x"), KeyState.LOCKED), (RuntimeError("bus gone"), KeyState.UNAVAILABLE)]
)
def test_failures_of_a_backend_become_states(error: Exception, state: KeyState) -> None:
    ring = os_keyring.OsKeyring(_Failing(error))
    assert ring.read("a").state is state
    assert ring.write("a", "b") is state
    assert ring.remove("a") is state


def test_purposes_have_their_own_keys_by_hkdf() -> None:
    key = DeskKey(bytes(range(32)), KeyMode.FILE)
    assert key.derive("db") != key.derive("sound")
    for length in (16, 32, 80):
        reference = HKDF(SHA256(), length, salt=None, info=b"doumi/db/1").derive(key.master)
        assert hkdf_sha256(key.master, b"doumi/db/1", length) == reference
    assert key.derive("db") == hkdf_sha256(key.master, b"doumi/db/1")
    assert key.master.hex() not in repr(key)


# -- version 1, rotation, PIN ----------------------------------------------------------------------------------------


class Died(BaseException):
    """The program was killed here."""


class Death:
    """Kills at the n-th step; counts them."""

    def __init__(self, at: int = 0) -> None:
        self.at = at
        self.steps: list[str] = []

    def __call__(self, name: str) -> None:
        self.steps.append(name)
        if len(self.steps) == self.at:
            raise Died


def _version_1(home: Home, ring: FakeKeyring | None) -> bytes:
    """Lay out a home as the first version left it."""
    master = bytes(range(7, 39))
    account = "desk-0011223344556677" if ring else ""
    if ring:
        ring.secrets[account] = master.hex()
    else:
        write_private(home.file_key, master.hex() + "\n")
    value = {"mode": "keyring" if ring else "file", "account": account, "check": fingerprint(master)}
    write_private(home.personal_db.parent / MARKER, json.dumps(value) + "\n")
    return master


def _settled(home: Home, ring: FakeKeyring | None, master: bytes, pin: str = "") -> None:
    """Start again after a death: one key opens, and nothing else is left."""
    found = place(home, Keyrings(ring))
    found.settle(pin)
    state, key = found.look(pin)
    assert state is KeyState.FOUND
    assert key is not None
    assert key.master == master
    if ring is not None:
        assert len(ring.secrets) == 1
        assert all(len(secret) <= 100 for secret in ring.secrets.values())
        assert not home.file_key.exists()
    else:
        assert len(home.file_key.read_text().split()) == 1
    envelope = found.envelope()
    assert envelope is not None
    assert envelope.retire == ()
    assert envelope.keys.local.sealed


def _deaths(work: Callable[[Path, Death], object], folder: Path) -> Iterator[Path]:
    """Do ``work`` again and again, each time dying one step later, until it comes through."""
    at = 0
    while True:
        at += 1
        death, here = Death(at), folder / str(at)
        try:
            work(here, death)
        except Died:
            yield here
            continue
        assert at > 1
        yield here
        return


@pytest.mark.parametrize("with_ring", [True, False])
def test_a_home_of_version_1_opens_and_is_taken_over_whenever_it_dies(tmp_path: Path, with_ring: bool) -> None:
    rings: dict[Path, FakeKeyring | None] = {}
    masters: list[bytes] = []

    def work(here: Path, death: Death) -> None:
        ring = rings[here] = FakeKeyring() if with_ring else None
        home = home_in(here)
        master = _version_1(home, ring)
        masters.append(master)
        assert place(home, Keyrings(ring)).look() == (
            KeyState.FOUND,
            DeskKey(master, KeyMode.KEYRING if with_ring else KeyMode.FILE),
        )
        place(home, Keyrings(ring), death).settle()

    for here in _deaths(work, tmp_path):
        _settled(home_in(here), rings[here], masters[0])
    assert len(rings) > 4


def test_a_home_of_version_1_without_any_marker_is_found_by_its_key_file(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    master = _version_1(home, None)
    (home.personal_db.parent / MARKER).unlink()
    _database(tmp_path)
    key = place(home, Keyrings(FakeKeyring())).key()
    assert (key.master, key.mode) == (master, KeyMode.FILE)


def test_a_locked_keyring_leaves_a_home_of_version_1_as_it_is(tmp_path: Path) -> None:
    home, ring = home_in(tmp_path), FakeKeyring()
    master = _version_1(home, ring)
    before = (home.personal_db.parent / MARKER).read_bytes()
    ring.state = KeyState.LOCKED
    place(home, Keyrings(ring)).settle()
    assert place(home, Keyrings(ring)).look() == (KeyState.LOCKED, None)
    ring.state = None
    assert json.loads(before)["check"] in (home.personal_db.parent / MARKER).read_text()
    _settled(home, ring, master)


@pytest.mark.parametrize("pin", ["", "2468"])
@pytest.mark.parametrize("with_ring", [True, False])
def test_rotation_leaves_one_valid_wrap_whenever_it_dies(tmp_path: Path, with_ring: bool, pin: str) -> None:
    rings: dict[Path, FakeKeyring | None] = {}
    masters: dict[Path, bytes] = {}

    def work(here: Path, death: Death) -> None:
        ring = rings[here] = FakeKeyring() if with_ring else None
        home = home_in(here)
        masters[here] = place(home, Keyrings(ring)).key().master
        if pin:
            place(home, Keyrings(ring)).set_pin("", pin)
        place(home, Keyrings(ring), death).rotate(pin)

    for here in _deaths(work, tmp_path):
        _settled(home_in(here), rings[here], masters[here], pin)


def test_rotation_changes_the_secret_and_not_the_key(tmp_path: Path) -> None:
    home, ring = home_in(tmp_path), FakeKeyring()
    key = place(home, Keyrings(ring)).key()
    before = dict(ring.secrets)
    place(home, Keyrings(ring)).rotate()
    assert place(home, Keyrings(ring)).look() == (KeyState.FOUND, key)
    assert len(ring.secrets) == 1
    assert not before.items() & ring.secrets.items()


def test_rotation_moves_a_key_file_into_a_keyring_that_came_later(tmp_path: Path) -> None:
    home, ring = home_in(tmp_path), FakeKeyring()
    master = place(home, Keyrings(None)).key().master
    place(home, Keyrings(ring)).rotate()
    assert place(home, Keyrings(ring)).mode() is KeyMode.KEYRING
    _settled(home, ring, master)


def test_an_old_entry_goes_only_when_the_keyring_lets_it_and_is_not_forgotten(tmp_path: Path) -> None:
    home, ring = home_in(tmp_path), FakeKeyring()
    master = place(home, Keyrings(ring)).key().master
    ring.remove = lambda account: KeyState.LOCKED  # type: ignore[method-assign]
    place(home, Keyrings(ring)).rotate()
    assert len(ring.secrets) == 2
    del ring.remove  # type: ignore[attr-defined]
    _settled(home, ring, master)


@pytest.mark.parametrize("with_ring", [True, False])
def test_a_pin_is_needed_beside_the_keyring_and_neither_is_enough(tmp_path: Path, with_ring: bool) -> None:
    home, ring = home_in(tmp_path), FakeKeyring() if with_ring else None
    found = place(home, Keyrings(ring))
    key = found.key()
    old_wrap = (home.personal_db.parent / MARKER).read_bytes()
    assert not found.has_pin()
    found.set_pin("", "2468")
    assert found.has_pin()
    assert found.look() == (KeyState.PIN_NEEDED, None)
    assert found.look("1357") == (KeyState.WRONG_PIN, None)
    assert found.look("2468") == (KeyState.FOUND, key)
    for state, code in ((KeyState.WRONG_PIN, "keys.wrong_pin"), (KeyState.PIN_NEEDED, "keys.pin_needed")):
        with pytest.raises(KeyFault) as caught:
            found.key("1357" if state is KeyState.WRONG_PIN else "")
        assert caught.value.code == code
    # The wrap from before the PIN opens with nothing that is still kept.
    for name in (MARKER, COPY):
        (home.personal_db.parent / name).write_bytes(old_wrap)
    assert found.look()[0] in (KeyState.WRONG, KeyState.ABSENT)


def test_a_pin_is_changed_and_taken_away_only_with_the_old_one(tmp_path: Path) -> None:
    home, ring = home_in(tmp_path), FakeKeyring()
    found = place(home, Keyrings(ring))
    key = found.key()
    found.set_pin("", "2468")
    for old in ("", "1111"):
        with pytest.raises(KeyFault):
            found.set_pin(old, "9999")
    with pytest.raises(KeyFault) as caught:
        found.set_pin("2468", "123")
    assert caught.value.code == "keys.pin_length"
    found.set_pin("2468", "암호 아홉자")
    assert found.look("2468") == (KeyState.WRONG_PIN, None)
    found.set_pin("암호 아홉자", "")
    assert found.look() == (KeyState.FOUND, key)


def test_another_keyring_is_told_from_another_pin(tmp_path: Path) -> None:
    home, ring = home_in(tmp_path), FakeKeyring()
    found = place(home, Keyrings(ring))
    found.key()
    found.set_pin("", "2468")
    ring.secrets = dict.fromkeys(ring.secrets, new_secret())
    assert found.look("2468") == (KeyState.WRONG, None)


def test_a_refused_keyring_is_told_from_one_that_does_not_answer(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    place(home, Keyrings(FakeKeyring())).key()
    _database(tmp_path)
    found = place(home, Keyrings(None, refused="keyring.backends.null"))
    assert found.look() == (KeyState.REFUSED, None)
    with pytest.raises(KeyFault) as caught:
        found.key()
    assert caught.value.code == "keys.refused"
    assert "keyring.backends.null" in str(caught.value)
    assert not home.file_key.exists()


def test_no_key_is_minted_while_sound_or_a_kept_copy_lies_there(tmp_path: Path) -> None:
    home, ring = home_in(tmp_path), FakeKeyring()
    for name, file in (
        ("a", home.sound / "call-1" / "agent-000000000000.dmj"),
        ("b", home.personal_db.with_suffix(".db.v5.bak")),
    ):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(name.encode())
        with pytest.raises(KeyFault) as caught:
            place(home, Keyrings(ring)).key()
        assert caught.value.code == "keys.absent"
        file.unlink()
    assert not ring.secrets
