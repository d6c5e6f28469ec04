from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as FailKeyring
from keyring.backends.null import Keyring as NullKeyring
from keyring.backends.SecretService import Keyring as SecretServiceKeyring
from keyring.errors import KeyringLocked

from app.adapters import os_keyring
from app.errors import KeyFault
from app.keys import KEY_BYTES, MARKER, DeskKey, KeyMode, KeyPlace, Keyrings, KeyState, Reading, hkdf_sha256
from tests.helpers.material import ROOT
from tests.helpers.personal import home_in


class FakeKeyring:
    def __init__(self) -> None:
        self.name = "fake"
        self.secrets: dict[str, str] = {}
        self.state: KeyState | None = None
        self.forgets = False

    def read(self, account: str) -> Reading:
        if self.state is not None:
            return Reading(self.state)
        found = self.secrets.get(account)
        return Reading(KeyState.FOUND, found) if found else Reading(KeyState.ABSENT)

    def write(self, account: str, secret: str) -> KeyState:
        if self.state is not None:
            return self.state
        if not self.forgets:
            self.secrets[account] = secret
        return KeyState.FOUND


def _database(tmp_path: Path) -> None:
    file = home_in(tmp_path).personal_db
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"not empty")


def test_a_new_home_gets_its_key_in_the_keyring_and_finds_it_again(tmp_path: Path) -> None:
    ring = FakeKeyring()
    place = KeyPlace(home_in(tmp_path), Keyrings(ring))
    assert place.mode() is None
    key = place.key()
    assert key.mode is KeyMode.KEYRING
    assert len(key.master) == KEY_BYTES
    assert KeyPlace(home_in(tmp_path), Keyrings(ring)).key() == key
    assert all(len(secret) <= 100 for secret in ring.secrets.values())
    assert not home_in(tmp_path).file_key.exists()
    on_disk = (home_in(tmp_path).personal_db.parent / MARKER).read_text()
    assert key.master.hex() not in on_disk


def test_two_homes_of_one_user_have_their_own_keys(tmp_path: Path) -> None:
    ring = FakeKeyring()
    first = KeyPlace(home_in(tmp_path / "a"), Keyrings(ring)).key()
    second = KeyPlace(home_in(tmp_path / "b"), Keyrings(ring)).key()
    assert first.master != second.master
    assert KeyPlace(home_in(tmp_path / "a"), Keyrings(ring)).key() == first


def test_without_a_keyring_the_key_lies_in_a_private_file(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    key = KeyPlace(home, Keyrings(None)).key()
    assert key.mode is KeyMode.FILE
    assert bytes.fromhex(home.file_key.read_text().strip()) == key.master
    if os.name != "nt":
        assert stat.S_IMODE(home.file_key.stat().st_mode) == 0o600
        assert stat.S_IMODE(home.file_key.parent.stat().st_mode) == 0o700


def test_a_keyring_that_appears_later_does_not_orphan_a_file_key_home(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    key = KeyPlace(home, Keyrings(None)).key()
    _database(tmp_path)
    ring = FakeKeyring()
    assert KeyPlace(home, Keyrings(ring)).key() == key
    assert not ring.secrets


def test_a_keyring_that_goes_does_not_turn_a_home_to_the_file_mode(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    KeyPlace(home, Keyrings(FakeKeyring())).key()
    _database(tmp_path)
    with pytest.raises(KeyFault) as caught:
        KeyPlace(home, Keyrings(None)).key()
    assert caught.value.code == "keys.unavailable"
    assert not home.file_key.exists()


@pytest.mark.parametrize("state", [KeyState.LOCKED, KeyState.UNAVAILABLE, KeyState.ABSENT])
def test_no_key_is_minted_while_a_database_exists(tmp_path: Path, state: KeyState) -> None:
    home, ring = home_in(tmp_path), FakeKeyring()
    KeyPlace(home, Keyrings(ring)).key()
    _database(tmp_path)
    before, marker = dict(ring.secrets), (home.personal_db.parent / MARKER).read_bytes()
    ring.state = state
    place = KeyPlace(home, Keyrings(ring))
    assert place.look() == (state, None)
    with pytest.raises(KeyFault) as caught:
        place.key()
    assert caught.value.code == f"keys.{state.value}"
    assert str(caught.value)
    assert ring.secrets == before
    assert (home.personal_db.parent / MARKER).read_bytes() == marker
    assert home.personal_db.read_bytes() == b"not empty"


def test_a_database_without_any_trace_of_its_key_gets_no_new_one(tmp_path: Path) -> None:
    _database(tmp_path)
    ring = FakeKeyring()
    with pytest.raises(KeyFault) as caught:
        KeyPlace(home_in(tmp_path), Keyrings(ring)).key()
    assert caught.value.code == "keys.absent"
    assert not ring.secrets


def test_a_lost_key_file_is_absent_and_another_key_is_wrong(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    KeyPlace(home, Keyrings(None)).key()
    _database(tmp_path)
    place = KeyPlace(home, Keyrings(None))
    home.file_key.write_text("00" * 32)
    assert place.look()[0] is KeyState.WRONG
    home.file_key.write_text("no key")
    assert place.look()[0] is KeyState.WRONG
    home.file_key.unlink()
    with pytest.raises(KeyFault) as caught:
        place.key()
    assert caught.value.code == "keys.absent"


def test_another_secret_in_the_keyring_is_wrong(tmp_path: Path) -> None:
    home, ring = home_in(tmp_path), FakeKeyring()
    KeyPlace(home, Keyrings(ring)).key()
    for secret in ("11" * 32, "11", "not hex"):
        ring.secrets = dict.fromkeys(ring.secrets, secret)
        assert KeyPlace(home, Keyrings(ring)).look() == (KeyState.WRONG, None)


def test_a_key_file_whose_marker_was_lost_is_found(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    key = KeyPlace(home, Keyrings(None)).key()
    _database(tmp_path)
    (home.personal_db.parent / MARKER).unlink()
    assert KeyPlace(home, Keyrings(FakeKeyring())).key() == key
    assert KeyPlace(home, Keyrings(None)).mode() is KeyMode.FILE


def test_a_broken_marker_is_a_fault_and_stays(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    KeyPlace(home, Keyrings(None)).key()
    marker = home.personal_db.parent / MARKER
    marker.write_text(json.dumps({"mode": "cloud"}))
    with pytest.raises(KeyFault) as caught:
        KeyPlace(home, Keyrings(None)).key()
    assert caught.value.code == "keys.marker_broken"
    assert json.loads(marker.read_text()) == {"mode": "cloud"}


def test_a_keyring_that_forgets_is_not_trusted(tmp_path: Path) -> None:
    home, ring = home_in(tmp_path), FakeKeyring()
    ring.forgets = True
    with pytest.raises(KeyFault) as caught:
        KeyPlace(home, Keyrings(ring)).key()
    assert caught.value.code == "keys.not_kept"
    assert KeyPlace(home, Keyrings(ring)).mode() is None


def test_a_refused_keyring_stops_a_new_home_unless_the_file_mode_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, rings = home_in(tmp_path), Keyrings(None, refused="keyring.backends.null")
    with pytest.raises(KeyFault) as caught:
        KeyPlace(home, rings).key()
    assert caught.value.code == "keys.refused"
    assert not home.root.exists()
    monkeypatch.setenv("DOUMI_KEY_MODE", "file")
    assert KeyPlace(home, rings).key().mode is KeyMode.FILE


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


@pytest.mark.parametrize(
    ("error", "state"), [(KeyringLocked("x"), KeyState.LOCKED), (RuntimeError("bus gone"), KeyState.UNAVAILABLE)]
)
def test_failures_of_a_backend_become_states(error: Exception, state: KeyState) -> None:
    ring = os_keyring.OsKeyring(_Failing(error))
    assert ring.read("a").state is state
    assert ring.write("a", "b") is state


def test_purposes_have_their_own_keys_by_hkdf() -> None:
    key = DeskKey(bytes(range(32)), KeyMode.FILE)
    assert key.derive("db") != key.derive("sound")
    for length in (16, 32, 80):
        reference = HKDF(SHA256(), length, salt=None, info=b"doumi/db/1").derive(key.master)
        assert hkdf_sha256(key.master, b"doumi/db/1", length) == reference
    assert key.derive("db") == hkdf_sha256(key.master, b"doumi/db/1")
    assert key.master.hex() not in repr(key)


_REAL = """
import sys
from pathlib import Path
from app.adapters import os_keyring
from app.home import Home
from app.keys import KeyPlace, KeyState
home = Home(root=Path(sys.argv[1]), models=Path(sys.argv[1]))
rings = os_keyring.find()
assert rings.usable is not None, "no keyring found"
first = KeyPlace(home, rings).key()
again = KeyPlace(home, rings).look()
assert again == (KeyState.FOUND, first), again
import secretstorage
bus = secretstorage.dbus_init()
collection = secretstorage.get_default_collection(bus)
secrets = [item.get_secret().decode() for item in collection.get_all_items()]
assert first.master.hex() in secrets
bus.close()
print(first.mode.value, rings.usable.name)
"""


def test_a_real_secret_service_keeps_the_key(tmp_path: Path) -> None:
    tools = [name for name in ("dbus-run-session", "gnome-keyring-daemon") if shutil.which(name) is None]
    if tools:
        pytest.skip(f"no real keyring here: {', '.join(tools)} missing")
    script = tmp_path / "real.py"
    script.write_text(_REAL)
    shell = (
        "printf 'login' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; "
        f"exec {sys.executable} {script} {tmp_path / 'home'}"
    )
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("DBUS_", "PYTHON_KEYRING"))},
        "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_RUNTIME_DIR": str(tmp_path),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        ["dbus-run-session", "--", "bash", "-c", shell],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["keyring", "SecretService"]
