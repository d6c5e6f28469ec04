"""Two counsellors on one PC, the whole program: page, PIN, desk, switch, page, desk; and the commands."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app import team
from app.adapters.age_box import AgeBox
from app.adapters.sqlcipher import SqlCipherVault
from app.cli import main
from app.commands import Context
from app.home import Home
from app.outbox_rows import all_packs
from app.personal import open_reader, wall_clock
from app.profiles import Profiles
from app.settings import EscalationSettings, Settings, save
from app.shifts import profiles_of, shifts_of
from app.start import show_window
from app.store import Store
from assist.events import EscalationRaised
from assist.model import Delivery, EscalationReason
from audio.events import CallEvent
from tests.helpers.personal import begin
from ui.call_view_state import Phase
from ui.main_window import MainWindow
from ui.profile_desk import ProfileDesk
from ui.profile_page import ProfilePage

PINS = {"김하나": "135790", "이두리": "864200"}
PATIENCE_S = 120.0


@pytest.fixture
def pc(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Profiles:
    monkeypatch.setenv("DOUMI_KEY_MODE", "file")
    monkeypatch.setenv("DOUMI_MODELS", str(own_home / "no-models"))
    monkeypatch.delenv("DOUMI_PROFILE", raising=False)
    profiles = profiles_of(Home.from_environment())
    for name, pin in PINS.items():
        profiles.add(name, pin=pin)
    return profiles


def _wait(until: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not until():
        assert time.monotonic() < end
        time.sleep(0.02)


def _store(pc: Profiles, name: str) -> Store:
    """A profile's database without the rest of its desk."""
    home = pc.home_of(pc.find(name).id)
    return Store(SqlCipherVault(home.personal_db, pc.unlock(home.profile, PINS[name]).derive("db")), wall_clock)


class Hands:
    """Somebody at the keyboard: does the next step as soon as its window is there."""

    def __init__(self, steps: Iterator[object]) -> None:
        self._steps = steps
        self._timer = QTimer()
        self._timer.setInterval(20)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        self._begun = time.monotonic()
        self.failed: BaseException | None = None

    def _look(self) -> None:
        try:
            assert time.monotonic() - self._begun < PATIENCE_S
            next(self._steps)
        except StopIteration:
            self._timer.stop()
        except BaseException as error:
            self.failed = error
            self._timer.stop()
            QApplication.exit(1)


def _window(kind: type) -> object | None:
    return next((one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()), None)


def _come_in(name: str, pin: str) -> Iterator[object]:
    while (page := _window(ProfilePage)) is None:
        yield
    assert isinstance(page, ProfilePage)
    rows = [page.names.item(row).text().split("\n")[0] for row in range(page.names.count())]
    page.names.setCurrentRow(rows.index(name))
    QTest.keyClicks(page.pin, pin)
    QTest.keyClick(page.pin, Qt.Key.Key_Return)
    while _window(MainWindow) is None:
        yield


def _desk() -> MainWindow:
    window = _window(MainWindow)
    assert isinstance(window, MainWindow)
    return window


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_shift_is_handed_over_in_the_window(pc: Profiles, qapp: QApplication) -> None:
    def work() -> Iterator[object]:
        yield from _come_in("김하나", PINS["김하나"])
        first = _desk()
        while first.state.phase is not Phase.WRAP_UP:  # the call named on the command line
            yield
        first.close_call()
        first.resize_text(1)
        while first.start.recent.count() != 1:
            yield
        assert isinstance(first.profile, ProfileDesk)
        first.profile.switch()
        yield from _come_in("이두리", PINS["이두리"])
        second = _desk()
        assert isinstance(second.profile, ProfileDesk)
        assert second.profile.name == "이두리"
        assert second.preferences.text_scale == 1.0
        assert second._services.sessions() == ()
        second.profile.switch()
        yield from _come_in("김하나", PINS["김하나"])
        third = _desk()
        assert third.preferences.text_scale > 1.0
        assert len(third._services.sessions()) == 1
        third.close()

    hands = Hands(work())
    context = Context(home=Home.from_environment())
    code = show_window(context, practice="parking-report", speed=100.0, file=None, realtime=True)
    if hands.failed is not None:
        raise hands.failed
    assert code == 0
    for one, calls in ((pc.find("김하나"), 1), (pc.find("이두리"), 0)):
        home = pc.home_of(one.id, lambda name=one.name: PINS[name])
        assert len(open_reader(home).sessions()) == calls
        actions = [row["action"] for row in open_reader(home).read(lambda db: list(db.query("SELECT * FROM access")))]
        assert "profile.open" in actions


def test_packs_of_the_earlier_shift_are_delivered_by_the_next(pc: Profiles, tmp_path: Path) -> None:
    share = tmp_path / "share"
    team.init(tmp_path / "team", AgeBox())
    home = Home.from_environment()
    key = tmp_path / "team" / team.RECIPIENT_FILE
    save(home.settings, Settings(escalation=EscalationSettings(folder=share, team_key=key)))
    with shifts_of(home) as shifts:
        heard: list[CallEvent] = []
        with shifts.desk_of(pc.find("김하나"), PINS["김하나"]) as first:
            first.bus.subscribe(CallEvent, heard.append)
            first.control.start_practice("abuse", 100)
            first.control.escalate(EscalationReason(situation=first.services.situations()[0].id))
            _wait(lambda: any(isinstance(event, EscalationRaised) for event in heard))
            call = first.control.call
            assert call is not None
            _wait(call.ended.is_set)
            first.control.close_call()
            # Practice packs go to the example team; the real ones would not be delivered while the share is away.
            first.flush()
        with shifts.courier(), shifts.desk_of(pc.find("이두리"), PINS["이두리"]) as second:
            assert second.services.sessions() == ()
            _wait(lambda: len(list(second.services.practice_inbox().glob("*.age"))) == 2)
    owner = open_reader(pc.home_of(pc.find("김하나").id, lambda: PINS["김하나"]))
    with shifts_of(home) as shifts, shifts.desk_of(pc.find("김하나"), PINS["김하나"]) as first:
        assert {row.delivery for row in first.services.outbox()} == {Delivery.ACCEPTED}
    assert len(owner.read(all_packs)) == 2
    assert list((home.practice_team / "outbox").iterdir()) == []
    assert not (home.root / "courier").exists() or list((home.root / "courier").iterdir()) == []


def test_commands_open_the_named_profile_with_its_pin_only(
    pc: Profiles, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "pin"
    file.write_text(PINS["김하나"] + "\n")
    file.chmod(0o600)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    for name in PINS:
        _store(pc, name).close()
    assert main(["sessions", "list", "--profile", "김하나"]) == 1
    assert "PIN" in capsys.readouterr().err
    monkeypatch.setenv("DOUMI_PIN_FILE", str(file))
    assert main(["sessions", "list", "--profile", "김하나"]) == 0
    assert main(["--profile=김하나", "sessions", "list"]) == 0
    monkeypatch.setenv("DOUMI_PROFILE", "이두리")
    assert main(["sessions", "list"]) == 1
    monkeypatch.delenv("DOUMI_PROFILE")
    assert main(["sessions", "list"]) == 0  # the default profile: nothing was ever saved there
    assert main(["sessions", "list", "--profile", "nobody"]) == 1
    capsys.readouterr()
    assert main(["profiles", "list", "--jsonl"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["name"], row["pin"]) for row in rows] == [("", False), ("김하나", True), ("이두리", True)]
    assert main(["profiles", "role", "이두리", "team"]) == 0
    assert main(["sessions", "list", "--profile", "이두리"]) == 1
    assert main(["team", "inbox", "--profile", "김하나"]) == 1
    told = capsys.readouterr()
    assert not any(pin in told.out + told.err for pin in PINS.values())


def test_a_profile_is_removed_whole_but_not_its_evidence(
    pc: Profiles, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "pin"
    file.write_text(PINS["김하나"] + "\n")
    file.chmod(0o600)
    monkeypatch.setenv("DOUMI_PIN_FILE", str(file))
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    gone, ident = pc.find("김하나"), "01M8162HZ7JVEHWVMV1X25RX4H"
    store = _store(pc, "김하나")
    begin(store, ident)
    store.end_session(ident, 4.0)
    store.close()
    assert main(["sessions", "hold", ident, "--reason", "수사 협조", "--profile", "김하나"]) == 0
    assert main(["profiles", "remove", "김하나"]) == 1
    assert pc.home_of(gone.id).personal_db.exists()
    assert main(["sessions", "release", ident, "--reason", "끝남", "--profile", "김하나"]) == 0
    assert main(["profiles", "remove", "default"]) == 1
    assert main(["profiles", "remove", "김하나"]) == 0
    assert not pc.home_of(gone.id).personal.exists()
    assert [one.name for one in pc.all()] == ["", "이두리"]
    capsys.readouterr()
