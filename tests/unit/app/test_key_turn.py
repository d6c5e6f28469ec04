"""A change of the desk key itself: whatever dies whenever, one key opens everything."""

from __future__ import annotations

import base64
from pathlib import Path

import numpy as np
import pytest

from app import access_log, key_wraps
from app.adapters.age_box import AgeBox
from app.adapters.sqlcipher import SqlCipherVault
from app.errors import KeyFault, StoreFault
from app.home import Home
from app.key_recovery import ensure_wrap
from app.key_side import SAME_DESK, place_of, settle, turn_of
from app.key_turn import Turned
from app.key_wraps import COPY, MARKER, DeskKey, Turn
from app.keys import Keyrings, KeyState
from app.sound import rewrap_journal
from app.store import Store
from audio import journal
from audio.adapters.sealed_frames import SealedJournals
from audio.errors import JournalFault
from audio.model import Channel
from tests.helpers.keys import FakeKeyring
from tests.helpers.personal import begin, final, home_in, now, open_store
from tests.helpers.small_disk import small_disk

CALLS = 5
TURNS = 3
SOUND = np.arange(journal.SLOT_SAMPLES, dtype=np.int16)


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


@pytest.fixture(autouse=True)
def quick_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretch PINs less: how long that takes is not what is tested here."""
    monkeypatch.setattr(key_wraps, "SCRYPT_N", 2**10)


def _store(home: Home, key: DeskKey) -> Store:
    return Store(SqlCipherVault(home.personal_db, key.derive("db")), now)


def _fill(home: Home, rings: Keyrings, pin: str = "") -> DeskKey:
    """Make a home with calls, sound, a kept copy and a log."""
    place = place_of(home, rings)
    key = place.key()
    if pin:
        place.set_pin("", pin)
    store = _store(home, key)
    for call in range(CALLS):
        begin(store, f"call-{call}")
        for number in range(1, TURNS + 1):
            store.append(final(number, f"call-{call}"))
        opener = SealedJournals(key.derive("sound"))
        writer = opener.create(home.sound / f"call-{call}", journal.Title(f"call-{call}", Channel.CALLER, 0))
        writer.append(SOUND, last=True)
        writer.close()
    store.log("open", "call-0")
    store.close()
    kept = home.personal_db.with_name("personal.db.v5.bak")
    kept.write_bytes(home.personal_db.read_bytes())
    return key


def _check(home: Home, rings: Keyrings, pin: str = "") -> DeskKey:
    """Start again, then prove that one key opens everything and nothing is left over."""
    place = place_of(home, rings)
    settle(home, place, lambda: pin)
    state, key = place.look(pin)
    assert state is KeyState.FOUND
    assert key is not None
    for file in (home.personal_db, home.personal_db.with_name("personal.db.v5.bak")):
        reader = SqlCipherVault(file, key.derive("db")).reader()
        assert reader.execute("SELECT count(*) FROM events").fetchone()[0] == CALLS * TURNS
        assert reader.execute("PRAGMA cipher_integrity_check").fetchone() is None
        reader.conn.close()
    for call in range(CALLS):
        file = next((home.sound / f"call-{call}").iterdir())
        sound = SealedJournals(key.derive("sound")).open(file)
        assert sound.finished()
        assert np.array_equal(sound.slot(0), SOUND)  # type: ignore[arg-type]
        raw = file.read_bytes()
        assert raw[: journal.HEADER_BYTES] == raw[journal.HEADER_BYTES : journal.DATA_START]
    heads = access_log.heads(home.personal_db)
    vault = SqlCipherVault(home.personal_db, key.derive("db"))
    reader = vault.reader()
    assert access_log.verify(reader, heads, vault.log_key).whole
    reader.conn.close()
    assert rings.usable is not None
    assert len(rings.usable.secrets) == 1  # type: ignore[attr-defined]
    envelope = place.envelope()
    assert envelope is not None
    assert (envelope.turn, envelope.other, envelope.retire) == (Turn.NONE, None, ())
    assert not list(home.personal_db.parent.glob("*.new*"))
    assert (home.personal_db.parent / MARKER).read_bytes() == (home.personal_db.parent / COPY).read_bytes()
    return key


@pytest.mark.parametrize("pin", ["", "2468"])
def test_one_key_opens_everything_whenever_a_turn_dies(tmp_path: Path, pin: str) -> None:
    at, opened = 0, []
    while True:
        at += 1
        home, rings, death = home_in(tmp_path / str(at)), Keyrings(FakeKeyring()), Death(at)
        old = _fill(home, rings, pin)
        place = place_of(home, rings, death)
        try:
            turned = turn_of(home, place, death).turn(pin)
        except Died:
            key = _check(home, rings, pin)
            opened.append(key.master != old.master)
            # What the thief has opens nothing once the new key holds, and everything is written on under it.
            other = old.derive("db") if key.master != old.master else bytes(32)
            with pytest.raises(StoreFault):
                SqlCipherVault(home.personal_db, other).reader()
            store = _store(home, key)
            begin(store, "call-after")
            store.close()
            continue
        assert turned == Turned(journals=CALLS)
        assert _check(home, rings, pin).master != old.master
        break
    assert at > 20
    # Before one moment the old key holds, after it the new one.
    assert opened == sorted(opened)
    assert set(opened) == {False, True}


def test_hashes_of_callers_stay_and_the_signature_does_not(tmp_path: Path) -> None:
    home, rings = home_in(tmp_path), Keyrings(FakeKeyring())
    old = _fill(home, rings)
    place = place_of(home, rings)
    for _ in range(2):
        turn_of(home, place).turn()
    key = _check(home, rings)
    assert key.derive("callers") == old.derive("callers")
    assert all(key.derive(purpose) != old.derive(purpose) for purpose in ("db", "sound", "sign", "access"))


def test_a_renewal_without_theft_stays_the_same_desk_until_there_is_one(tmp_path: Path) -> None:
    home, rings = home_in(tmp_path), Keyrings(FakeKeyring())
    old = _fill(home, rings)
    place = place_of(home, rings)
    turn_of(home, place).turn(keep=SAME_DESK)
    renewed = _check(home, rings)
    assert renewed.derive("sign") == old.derive("sign")
    assert renewed.derive("db") != old.derive("db")
    turn_of(home, place).turn()
    assert _check(home, rings).derive("sign") != old.derive("sign")


def test_the_organisation_can_open_the_new_key_too(tmp_path: Path) -> None:
    home, rings, box = home_in(tmp_path), Keyrings(FakeKeyring()), AgeBox()
    key = _fill(home, rings)
    identity, recipient = box.generate()
    place = place_of(home, rings)
    assert ensure_wrap(place, box, key, recipient)
    turn_of(home, place).turn()
    new = _check(home, rings)
    envelope = place.envelope()
    assert envelope is not None
    assert envelope.keys.recovery is not None
    assert box.open(base64.b64decode(envelope.keys.recovery.sealed), identity) == new.master


def test_who_reads_beside_it_stops_a_turn_and_nothing_changes(tmp_path: Path) -> None:
    home, rings = home_in(tmp_path), Keyrings(FakeKeyring())
    key = _fill(home, rings)
    store = _store(home, key)
    with pytest.raises(KeyFault) as caught:
        turn_of(home, place_of(home, rings)).turn()
    assert caught.value.code == "keys.in_use"
    store.close()
    assert _check(home, rings).master == key.master


def test_a_damaged_database_is_not_carried_over(tmp_path: Path) -> None:
    home, rings = home_in(tmp_path), Keyrings(FakeKeyring())
    key = _fill(home, rings)
    raw = bytearray(home.personal_db.read_bytes())
    raw[len(raw) // 2] ^= 1
    home.personal_db.write_bytes(raw)
    with pytest.raises(StoreFault) as caught:
        turn_of(home, place_of(home, rings)).turn()
    assert caught.value.code == "store.damaged"
    assert home.personal_db.read_bytes() == raw
    assert place_of(home, rings).look() == (KeyState.FOUND, key)


def test_a_half_done_turn_waits_for_a_locked_keyring(tmp_path: Path) -> None:
    home, ring = home_in(tmp_path), FakeKeyring()
    _fill(home, Keyrings(ring))
    place = place_of(home, Keyrings(ring))
    death = Death()
    turning = turn_of(home, place_of(home, Keyrings(ring), lambda name: _die_at(name, "turned")), death)
    with pytest.raises(Died):
        turning.turn()
    assert place.look() == (KeyState.TURNING, None)
    ring.state = KeyState.LOCKED
    before = home.personal_db.read_bytes()
    with pytest.raises(KeyFault) as caught:
        settle(home, place, lambda: "")
    assert caught.value.code == "keys.locked"
    assert home.personal_db.read_bytes() == before
    ring.state = None
    _check(home, Keyrings(ring))


def _die_at(name: str, wanted: str) -> None:
    if name == wanted:
        raise Died


def test_a_destroyed_header_costs_no_more_than_before(tmp_path: Path) -> None:
    old, new = bytes(range(32)), bytes(range(1, 33))
    opener = SealedJournals(old)
    writer = opener.create(tmp_path, journal.Title("call-1", Channel.AGENT, 0))
    writer.append(SOUND, last=True)
    writer.close()
    file = next(tmp_path.iterdir())
    whole = file.read_bytes()
    for broken in range(2):
        raw = bytearray(whole)
        raw[broken * journal.HEADER_BYTES + 3] ^= 1
        file.write_bytes(raw)
        assert rewrap_journal(file, old, new)
        assert rewrap_journal(file, old, new)
        assert SealedJournals(new).open(file).finished()
        with pytest.raises(JournalFault):
            opener.open(file)
        assert file.read_bytes()[journal.DATA_START :] == whole[journal.DATA_START :]
    raw = bytearray(whole)
    raw[3] ^= 1
    raw[journal.HEADER_BYTES + 3] ^= 1
    file.write_bytes(raw)
    assert not rewrap_journal(file, old, new)
    assert file.read_bytes() == raw


def test_a_home_without_a_database_turns_too(tmp_path: Path) -> None:
    home, rings = home_in(tmp_path), Keyrings(FakeKeyring())
    old = place_of(home, rings).key()
    turn_of(home, place_of(home, rings)).turn()
    state, key = place_of(home, rings).look()
    assert state is KeyState.FOUND
    assert key is not None
    assert key.master != old.master


def test_the_helper_store_is_another_home(tmp_path: Path) -> None:
    # A store opened with a key of its own is no home of ours: nothing can be turned there.
    home = home_in(tmp_path)
    open_store(home).close()
    with pytest.raises(KeyFault) as caught:
        turn_of(home, place_of(home, Keyrings(FakeKeyring()))).turn()
    assert caught.value.code == "keys.absent"


def test_a_full_disk_stops_a_turn_and_the_old_key_holds(tmp_path: Path) -> None:
    with small_disk(tmp_path, 4) as disk:
        home, rings = home_in(disk.path), Keyrings(FakeKeyring())
        key = _fill(home, rings)
        disk.fill(60_000)
        with pytest.raises((StoreFault, KeyFault)) as caught:
            turn_of(home, place_of(home, rings)).turn()
        assert caught.value.code in ("store.disk_full", "keys.not_written", "keys.turn_stopped")
        assert not list(home.personal_db.parent.glob("*.new*"))
        disk.empty()
        assert _check(home, rings).master == key.master
        turn_of(home, place_of(home, rings)).turn()
        assert _check(home, rings).master != key.master
