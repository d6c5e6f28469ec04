"""Works through one story with the real keyring of its session bus; ``python keyring_child.py STORY HOME``."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

from app.adapters import os_keyring
from app.adapters.sqlcipher import SqlCipherVault
from app.errors import KeyFault
from app.home import Home
from app.key_side import place_of, turn_of
from app.keys import KeyPlace, KeyState
from app.store import Store
from tests.helpers.personal import begin, now


def _collection() -> object:
    import secretstorage

    return secretstorage.get_default_collection(secretstorage.dbus_init())


def _secrets() -> list[str]:
    return [item.get_secret().decode() for item in _collection().get_all_items()]  # type: ignore[attr-defined]


def _unlock() -> None:
    """Unlock as the login does it, without the prompt that needs a screen."""
    import secretstorage
    from jeepney import DBusAddress, new_method_call
    from secretstorage.util import format_secret, open_session

    bus = secretstorage.dbus_init()
    session = open_session(bus)
    path = secretstorage.get_default_collection(bus).collection_path
    interface = "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"
    address = DBusAddress("/org/freedesktop/secrets", bus_name="org.gnome.keyring", interface=interface)
    password = format_secret(session, b"login", "text/plain")
    call = new_method_call(address, "UnlockWithMasterPassword", "o(oayays)", (path, password))
    answer = bus.send_and_get_reply(call)
    assert answer.header.message_type.name == "method_return", answer.body


def _refusal(home: Home) -> str:
    try:
        place_of(home).key()
    except KeyFault as fault:
        return fault.code
    return ""


def _database(home: Home, place: KeyPlace) -> None:
    store = Store(SqlCipherVault(home.personal_db, place.key().derive("db")), now)
    begin(store)
    store.close()


def stored(home: Home) -> None:
    """A key is kept, found, wrapped anew and changed; one entry stays."""
    place = place_of(home)
    key = place.key()
    assert place.keyring_name == "SecretService"
    _database(home, place)
    assert place_of(home).look() == (KeyState.FOUND, key)
    first = _secrets()
    assert [len(secret) for secret in first] == [44]
    place.rotate()
    second = _secrets()
    assert [len(secret) for secret in second] == [44]
    assert first != second
    assert place_of(home).look() == (KeyState.FOUND, key)
    turn_of(home, place).turn()
    assert len(_secrets()) == 1
    assert place_of(home).look()[0] is KeyState.FOUND
    assert place_of(home).look()[1] != key


def locked(home: Home) -> None:
    """A locked keyring is waited for and nothing is made anew."""
    place = place_of(home)
    key = place.key()
    _database(home, place)
    before = home.personal_db.read_bytes()
    _collection().lock()  # type: ignore[attr-defined]
    state, found = place_of(home).look()
    assert (state, found) == (KeyState.LOCKED, None), state
    assert _refusal(home) == "keys.locked"
    assert home.personal_db.read_bytes() == before
    _unlock()
    assert place_of(home).look() == (KeyState.FOUND, key)
    assert len(_secrets()) == 1


def absent(home: Home) -> None:
    """An entry that was deleted is absent, and no new one is made."""
    place = place_of(home)
    place.key()
    _database(home, place)
    for item in _collection().get_all_items():  # type: ignore[attr-defined]
        item.delete()
    assert place_of(home).look() == (KeyState.ABSENT, None)
    assert _refusal(home) == "keys.absent"
    assert not _secrets()


def none(home: Home) -> None:
    """Without a keyring a home that has its key in one is told so; the key is not looked for elsewhere."""
    found = os_keyring.find()
    state, key = place_of(home).look()
    assert key is None
    assert state is KeyState.UNAVAILABLE, (state, found)
    assert not home.file_key.exists()


if __name__ == "__main__":
    warnings.simplefilter("ignore", ResourceWarning)
    where = Path(sys.argv[2])
    {"stored": stored, "locked": locked, "absent": absent, "none": none}[sys.argv[1]](Home(root=where, models=where))
    print("done")
