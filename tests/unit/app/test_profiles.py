from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app import key_wraps
from app.adapters.sqlcipher import SqlCipherVault
from app.desk_memory import DeskMemory
from app.errors import KeyFault, ProfileFault, StoreFault
from app.home import DEFAULT_PROFILE, Home
from app.keys import DeskKey, Keyrings, KeyState
from app.live_settings import LiveSettings
from app.pin_entry import AskedPin, from_file
from app.pin_tries import FREE_TRIES, PinTries
from app.preferences import SettingsPreferences
from app.profiles import Part, Profiles, Role, checked_pin, signature, unlock
from app.settings import DeskSettings, Settings, save
from app.sound import saved_sound
from app.store import Store
from audio.model import Channel
from tests.helpers.evidence import STARTED
from tests.helpers.keys import FakeKeyring, place
from tests.helpers.personal import begin, final, home_in, now

PIN_A, PIN_B = "135790", "864200"


class Pc:
    """A PC with a keyring and clocks of its own."""

    def __init__(self, folder: Path) -> None:
        self.home = home_in(folder)
        self.ring = FakeKeyring()
        self.profiles = Profiles(self.home, lambda home: place(home, Keyrings(self.ring)))
        self.wall, self.mono = 1_000_000.0, 500.0

    def unlock(self, ident: str, pin: str) -> DeskKey:
        home = self.profiles.home_of(ident)
        return unlock(home, place(home, Keyrings(self.ring)), lambda: pin, lambda: self.wall, lambda: self.mono)

    def pass_s(self, seconds: float) -> None:
        self.wall += seconds
        self.mono += seconds


@pytest.fixture(autouse=True)
def quick_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretch PINs less; how much it takes for real is the affair of the tests of the key."""
    real = key_wraps.PinWork
    monkeypatch.setattr(key_wraps, "PinWork", lambda salt, n=2**8, r=8, p=1: real(salt, n, r, p))


@pytest.fixture
def pc(tmp_path: Path) -> Pc:
    return Pc(tmp_path)


def test_a_home_without_profiles_is_as_it_was(pc: Pc) -> None:
    (only,) = pc.profiles.all()
    assert (only.id, only.name, only.role) == (DEFAULT_PROFILE, "", Role.COUNSELLOR)
    assert not pc.profiles.choice_needed()
    assert not pc.home.profile_list.exists()
    home = pc.profiles.home_of(DEFAULT_PROFILE)
    assert home.personal_db == pc.home.root / "personal" / "personal.db"
    assert home.own_settings is None


def test_profiles_are_listed_renamed_and_found_however_they_are_typed(pc: Pc) -> None:
    made = pc.profiles.add("  김  하나 ", pin=PIN_A)
    other = pc.profiles.add("Lee")
    assert [one.name for one in pc.profiles.all()] == ["", "김 하나", "Lee"]
    assert pc.profiles.find("김 하나".encode().decode()) == made  # NFD below
    import unicodedata

    assert pc.profiles.find(unicodedata.normalize("NFD", "김 하나")) == made
    assert pc.profiles.find("LEE") == other == pc.profiles.find(other.id)
    assert pc.profiles.rename(DEFAULT_PROFILE, "박세나").id == DEFAULT_PROFILE
    assert pc.profiles.choice_needed()
    for bad in ("", " ", "lee", "x" * 41, "a\nb".replace("\n", "\x00"), "default"):
        with pytest.raises(ProfileFault):
            pc.profiles.add(bad)
    listed = json.loads(pc.home.profile_list.read_text(encoding="utf-8"))
    assert PIN_A not in pc.home.profile_list.read_text(encoding="utf-8")
    assert {frozenset(row) for row in listed["profiles"]} == {frozenset({"id", "name", "role"})}


def test_the_outbox_knowledge_and_site_settings_are_shared_the_rest_is_not(pc: Pc) -> None:
    first, second = (pc.profiles.home_of(pc.profiles.add(name).id) for name in ("하나", "두리"))
    for shared in ("outbox", "kb", "releases", "models", "settings", "logs", "lock"):
        assert getattr(first, shared) == getattr(second, shared) == getattr(pc.home, shared)
    for own in ("personal_db", "sound", "file_key", "own_settings", "pin_tries"):
        assert len({getattr(home, own) for home in (first, second, pc.home)} - {None}) >= 2
        assert getattr(first, own) != getattr(second, own)


@pytest.mark.parametrize("rows", ['[{"id": "../x", "name": "a", "role": "counsellor"}]', "[1]", '{"a": 1}'])
def test_a_list_that_names_another_folder_is_no_list(pc: Pc, rows: str) -> None:
    pc.home.profile_list.parent.mkdir(parents=True)
    pc.home.profile_list.write_text(f'{{"version": 1, "profiles": {rows}}}')
    with pytest.raises(ProfileFault, match=str(pc.home.profile_list)):
        pc.profiles.all()


def test_a_role_opens_its_part_only(pc: Pc) -> None:
    made = pc.profiles.add("전담", Role.TEAM)
    assert made.opens(Part.INBOX)
    assert not made.opens(Part.DESK)
    changed = pc.profiles.set_role(made.id, Role.TRAINER)
    assert {part for part in Part if changed.opens(part)} == {Part.DESK, Part.PACKAGES}
    assert {part for part in Part if pc.profiles.all()[0].opens(part)} == {Part.DESK}


@pytest.mark.parametrize("pin", ["123", "1234567890123", "abcde", "x" * 65, "12\t345678"])
def test_a_pin_that_is_too_easy_or_no_pin_is_refused(pin: str) -> None:
    with pytest.raises(ProfileFault):
        checked_pin(pin)


def test_a_pin_is_the_same_from_every_keyboard(pc: Pc) -> None:
    made = pc.profiles.add("하나", pin="１３５７９０")
    assert pc.unlock(made.id, PIN_A) == pc.unlock(made.id, "１３５７９０")


def test_a_pin_is_changed_with_the_old_one_only_and_the_records_stay(pc: Pc) -> None:
    made = pc.profiles.add("하나", pin=PIN_A)
    key = pc.unlock(made.id, PIN_A)
    with pytest.raises(ProfileFault):
        pc.profiles.set_pin(made.id, PIN_B, "222222")
    pc.profiles.set_pin(made.id, PIN_A, PIN_B)
    assert pc.unlock(made.id, PIN_B) == key
    with pytest.raises(ProfileFault):
        pc.unlock(made.id, PIN_A)
    pc.profiles.set_pin(made.id, PIN_B, "")
    assert not pc.profiles.has_pin(made.id)
    assert pc.unlock(made.id, "") == key


# -- wrong tries -------------------------------------------------------------------------------------------------


def _wrong(pc: Pc, ident: str) -> str:
    with pytest.raises(ProfileFault) as caught:
        pc.unlock(ident, "000000")
    return caught.value.code


def test_after_five_wrong_tries_each_takes_longer(pc: Pc) -> None:
    ident = pc.profiles.add("하나", pin=PIN_A).id
    assert [_wrong(pc, ident) for _ in range(FREE_TRIES)] == ["profiles.pin_wrong"] * 4 + ["profiles.pin_wait"]
    with pytest.raises(ProfileFault):
        pc.unlock(ident, PIN_A)  # even the right one waits
    waits = []
    for _ in range(8):
        tries = PinTries(pc.profiles.home_of(ident).pin_tries, lambda: pc.wall, lambda: pc.mono)
        waits.append(tries.wait_s())
        pc.pass_s(waits[-1])
        _wrong(pc, ident)
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]
    pc.pass_s(900)
    pc.unlock(ident, PIN_A)
    assert _wrong(pc, ident) == "profiles.pin_wrong"


@pytest.mark.parametrize("step_s", [-3600.0, -10.0, 3600.0])
def test_setting_the_clock_shortens_no_wait(pc: Pc, step_s: float) -> None:
    ident = pc.profiles.add("하나", pin=PIN_A).id
    for _ in range(FREE_TRIES):
        _wrong(pc, ident)
    pc.wall += step_s
    for left in (30, 20, 10):
        with pytest.raises(ProfileFault) as caught:
            pc.unlock(ident, PIN_A)
        assert caught.value.params["seconds"] == left
        pc.pass_s(10)
    pc.unlock(ident, PIN_A)


def test_starting_the_pc_again_shortens_no_wait(pc: Pc) -> None:
    ident = pc.profiles.add("하나", pin=PIN_A).id
    for _ in range(FREE_TRIES):
        _wrong(pc, ident)
    pc.wall, pc.mono = pc.wall + 25, 3.0
    with pytest.raises(ProfileFault) as caught:
        pc.unlock(ident, PIN_A)
    assert caught.value.params["seconds"] == 30


def test_a_program_that_dies_while_a_pin_is_checked_wins_no_try(pc: Pc) -> None:
    home = pc.profiles.home_of(pc.profiles.add("하나", pin=PIN_A).id)

    class Dying:
        def __init__(self) -> None:
            self.real = place(home, Keyrings(pc.ring))

        def __getattr__(self, name: str) -> object:
            return getattr(self.real, name)

        def look(self, pin: str = "") -> tuple[KeyState, DeskKey | None]:
            raise KeyboardInterrupt

    for _ in range(FREE_TRIES):
        with pytest.raises(KeyboardInterrupt):
            unlock(home, Dying(), lambda: "000000", lambda: pc.wall, lambda: pc.mono)
    with pytest.raises(ProfileFault) as caught:
        pc.unlock(home.profile, PIN_A)
    assert caught.value.code == "profiles.pin_wait"


def test_a_spoiled_count_gives_no_free_tries_and_ends(pc: Pc) -> None:
    home = pc.profiles.home_of(pc.profiles.add("하나", pin=PIN_A).id)
    home.pin_tries.write_text("{")
    with pytest.raises(ProfileFault):
        pc.unlock(home.profile, PIN_A)
    pc.pass_s(30)
    pc.unlock(home.profile, PIN_A)


def test_a_locked_keyring_is_no_wrong_try(pc: Pc) -> None:
    ident = pc.profiles.add("하나", pin=PIN_A).id
    pc.ring.state = KeyState.LOCKED
    for _ in range(FREE_TRIES + 1):
        with pytest.raises(KeyFault) as caught:
            pc.unlock(ident, PIN_A)
        assert caught.value.code == "keys.locked"
    pc.ring.state = None
    pc.unlock(ident, PIN_A)


# -- nobody opens another's records ------------------------------------------------------------------------------

CANARY = "카나리아 홍길동 010-9876-5432 자작나무로"


def _keep(home: Home, key: DeskKey, sound: Callable[[Path, DeskKey], None]) -> None:
    store = Store(SqlCipherVault(home.personal_db, key.derive("db")), now)
    begin(store)
    store.append(final(1, text=CANARY))
    store.end_session("call-1", 4.0)
    store.write(
        lambda db: db.execute(
            "INSERT INTO kb_notes (id, kind, filed_at, body) VALUES ('n', 'gap', '2026-11-22', ?)", [CANARY]
        )
    )
    store.close()
    sound(home.sound / "call-1", key)


def _record(folder: Path, key: DeskKey) -> None:
    import numpy as np

    from app.sound import recorder
    from audio.model import SAMPLE_RATE, AudioBlock
    from audio.settings import CaptureSettings

    made = recorder(folder, "call-1", key.derive("sound"), tuple(Channel), lambda: 0, CaptureSettings())
    words = np.frombuffer((CANARY.encode() * SAMPLE_RATE)[: SAMPLE_RATE * 2], dtype=np.int16)
    for channel in Channel:
        made.write(AudioBlock(channel, 0, words))
    made.close()


def test_nobody_opens_the_records_of_another(pc: Pc) -> None:
    first, second = pc.profiles.add("하나", pin=PIN_A), pc.profiles.add("두리", pin=PIN_B)
    home = pc.profiles.home_of(first.id)
    _keep(home, pc.unlock(first.id, PIN_A), _record)

    # His own PIN and the keyring of the whole PC open it.
    own = pc.unlock(first.id, PIN_A)
    mine = Store(SqlCipherVault(home.personal_db, own.derive("db")), now)
    assert CANARY in str(mine.events("call-1"))
    mine.close()
    assert saved_sound(home.sound / "call-1", own.derive("sound")).read(Channel.CALLER, 0, 16_000).any()

    # Another's key, made of the same keyring and his PIN, does not: not the database, not the sound.
    other = pc.unlock(second.id, PIN_B)
    assert other.master != own.master
    before = home.personal_db.read_bytes()
    with pytest.raises(StoreFault):
        Store(SqlCipherVault(home.personal_db, other.derive("db")), now)
    assert home.personal_db.read_bytes() == before
    heard = saved_sound(home.sound / "call-1", other.derive("sound"))
    assert not any(heard.read(channel, 0, 16_000).any() for channel in Channel)

    # Another's PIN on his envelope does not either, nor the keyring without a PIN.
    for pin in (PIN_B, "", "0000"):
        state, found = place(home, Keyrings(pc.ring)).look(pin)
        assert found is None
        assert state in (KeyState.WRONG_PIN, KeyState.PIN_NEEDED)
    # His envelope beside the other's records is of no use.
    stolen = pc.profiles.home_of(second.id)
    for name in ("key.json", "key.copy.json"):
        (stolen.personal / name).write_bytes((home.personal / name).read_bytes())
    assert place(stolen, Keyrings(pc.ring)).look(PIN_B)[1] is None

    # Nothing of it lies anywhere in the clear, and the PIN nowhere at all.
    for file in pc.home.root.rglob("*"):
        raw = file.read_bytes() if file.is_file() else b""
        assert not any(word.encode() in raw for word in (*CANARY.split(), PIN_A, PIN_B)), file.name
    assert not any(PIN_A in secret for secret in pc.ring.secrets.values())


def test_what_one_learned_another_does_not_know(pc: Pc) -> None:
    stores = []
    for name in ("하나", "두리"):
        made = pc.profiles.add(name)
        home = pc.profiles.home_of(made.id)
        stores.append(Store(SqlCipherVault(home.personal_db, pc.unlock(made.id, "").derive("db")), now))
    DeskMemory(stores[0]).set_favourite("article-1", True, STARTED.isoformat())
    assert DeskMemory(stores[0]).favourites() == ("article-1",)
    assert DeskMemory(stores[1]).favourites() == ()
    for store in stores:
        store.close()


def test_the_access_log_names_the_profile_and_without_one_the_user(pc: Pc) -> None:
    made = pc.profiles.add("김하나")
    assert signature(pc.profiles.home_of(made.id), "root") == "김하나"
    assert signature(pc.home, "root") == "root"
    pc.home.profile_list.write_text("{")
    assert signature(pc.profiles.home_of(made.id), "root") == "root"


# -- settings ----------------------------------------------------------------------------------------------------


def test_preferences_are_a_profiles_own_and_the_rest_is_the_pcs(pc: Pc) -> None:
    save(pc.home.settings, Settings(locked=("dial",)))
    first, second = (pc.profiles.home_of(pc.profiles.add(name).id) for name in ("하나", "두리"))
    live = LiveSettings(first, now)
    preferences = SettingsPreferences(live.now, live.change, locked=live.locked)
    shown = preferences.load()
    assert {"dial", "escalation_folder", "escalation_url", "team_key", "system_key"} <= set(shown.locked)
    preferences.store(replace(shown, theme="dark", text_scale=1.5, dial="quiet", language="en"))
    assert live.now().desk.theme == "dark"
    assert live.now().assist.dial.value == "normal"  # the site's word
    again, other = LiveSettings(first, now).now(), LiveSettings(second, now).now()
    assert (again.desk.theme, again.desk.text_scale, again.language) == ("dark", 1.5, "en")
    assert (other.desk.theme, other.desk.text_scale, other.language) == ("light", 1.0, "ko")
    # A change of the PC's own settings from a profile reaches all of them, and takes no preference along.
    live.change(live.now().with_choice(live.now().sound.choice.__class__("mic", "", "loopback")))
    assert LiveSettings(second, now).now().sound.agent_device == "mic"
    assert LiveSettings(pc.home, now).now().desk.theme == "light"


def test_whoever_comes_to_a_shared_pc_has_not_taken_the_tour_yet(pc: Pc) -> None:
    save(pc.home.settings, Settings(desk=DeskSettings(tour="done")))
    home = pc.profiles.home_of(pc.profiles.add("하나").id)
    mine = LiveSettings(home, now)
    preferences = SettingsPreferences(mine.now, mine.change)
    assert preferences.load().tour == ""
    preferences.store(replace(preferences.load(), tour="copy"))
    assert LiveSettings(home, now).now().desk.tour == "copy"
    assert LiveSettings(pc.home, now).now().desk.tour == "done"


@pytest.mark.parametrize("text", ["{", '{"theme": "pink"}', '{"unknown": 1}', '{"text_scale": 90}'])
def test_spoiled_preferences_are_those_of_the_pc(pc: Pc, text: str) -> None:
    home = pc.profiles.home_of(pc.profiles.add("하나").id)
    assert home.own_settings is not None
    home.own_settings.write_text(text)
    assert LiveSettings(home, now).now() == Settings()


# -- a PIN for a command -----------------------------------------------------------------------------------------


def test_a_command_reads_the_pin_from_a_private_file_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "pin"
    file.write_text("135790\nmore\n")
    monkeypatch.setenv("DOUMI_PIN_FILE", str(file))
    if os.name != "nt":
        file.chmod(0o644)
        with pytest.raises(ProfileFault) as caught:
            from_file()
        assert caught.value.code == "profiles.pin_file_open"
    file.chmod(stat.S_IRUSR | stat.S_IWUSR)
    assert from_file() == "135790"
    assert AskedPin(lambda: "하나")() == "135790"
    monkeypatch.setenv("DOUMI_PIN_FILE", str(tmp_path / "none"))
    with pytest.raises(ProfileFault):
        from_file()
