"""The page in place of the desk: one for every state of the key, and what its buttons do."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app import key_trouble
from app.commands import Context
from app.errors import KeyFault, StoreFault
from app.home import Home
from app.key_recovery import IDENTITY_FILE, RECIPIENT_FILE
from app.key_side import ensure_recovery, new_pair, place_of
from app.keys import Keyrings, KeyState
from app.settings import SecuritySettings
from resources.notices import Fault, sentence
from tests.helpers.keys import FakeKeyring
from tests.helpers.personal import home_in
from ui import i18n, theme
from ui.key_page import RECOVERABLE, Choice, KeyPage, KeyTrouble

CODES = (
    "keys.locked",
    "keys.absent",
    "keys.wrong",
    "keys.unavailable",
    "keys.refused",
    "keys.marker_broken",
    "keys.turning",
    "keys.not_kept",
    "store.not_opened",
)


def _page(qtbot: QtBot, code: str, recover: object = None) -> KeyPage:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    i18n.install(app, "en")
    theme.apply(app, "light", 1.0)
    told = sentence(code, path="/home/kim/doumi", name="keyring.backends.null")
    trouble = KeyTrouble(code, told, Path("/home/kim/doumi"), "keyring.backends.null")
    page = KeyPage(trouble, recover or (lambda identity, exported: None))  # type: ignore[arg-type]
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    return page


def test_every_state_has_a_page_of_its_own(qtbot: QtBot) -> None:
    told = {}
    for code in CODES:
        page = _page(qtbot, code)
        told[code] = (page.title.text(), page.happened.text(), page.steps.text())
        assert "Nothing was changed" in page.safe.text()
        assert "/home/kim/doumi" in page.place.text()
        assert page.recover.isVisible() == (code in RECOVERABLE)
        assert page.accessibleName() == page.title.text()
        assert page.again.isDefault()
        for button in (page.again, page.elsewhere, page.quit):
            assert button.isVisible()
            assert button.accessibleName()
            assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    # The wrong key and the database that it does not open are the same to a person.
    assert len(set(told.values())) == len(CODES) - 1
    assert "keyring.backends.null" in told["keys.refused"][1]


def test_nothing_is_cut_off_at_twice_the_text_size(qtbot: QtBot) -> None:
    for code in CODES:
        page = _page(qtbot, code)
        theme.apply(QApplication.instance(), "contrast", 2.0)  # type: ignore[arg-type]
        large = KeyPage(page._trouble, lambda identity, exported: None)
        qtbot.addWidget(large)
        large.show()
        qtbot.waitExposed(large)
        for label in (large.title, large.happened, large.steps, large.place):
            assert label.height() >= label.heightForWidth(label.width()), (code, label.text())


def test_escape_quits_and_enter_tries_again(qtbot: QtBot) -> None:
    page = _page(qtbot, "keys.locked")
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.choice is Choice.QUIT
    page = _page(qtbot, "keys.locked")
    qtbot.keyClick(page, Qt.Key.Key_Return)
    assert page.choice is Choice.AGAIN


def test_a_recovery_that_fails_says_why_and_the_page_stays(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Path, Path | None]] = []

    def recover(identity: Path, exported: Path | None) -> None:
        asked.append((identity, exported))
        if len(asked) == 1:
            raise Fault("keys.not_recovered")

    page = _page(qtbot, "keys.absent", recover)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *rest: ("/media/stick/recovery.key", ""))
    page.recover.click()
    assert not page.again.isEnabled()
    qtbot.waitUntil(page.again.isEnabled)
    assert page.outcome.text() == sentence("keys.not_recovered")
    assert page.isVisible()
    page.recover.click()
    qtbot.waitUntil(lambda: not page.isVisible())
    assert page.choice is Choice.AGAIN
    assert asked == [(Path("/media/stick/recovery.key"), None)] * 2


def test_a_damaged_key_file_needs_the_file_from_the_safe_too(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Path, Path | None]] = []
    page = _page(qtbot, "keys.marker_broken", lambda identity, exported: asked.append((identity, exported)))
    answers = iter([("/stick/recovery.key", ""), ("", ""), ("/stick/recovery.key", ""), ("/stick/desk-7", "")])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *rest: next(answers))
    page.recover.click()
    assert not asked
    page.recover.click()
    qtbot.waitUntil(lambda: not page.isVisible())
    assert asked == [(Path("/stick/recovery.key"), Path("/stick/desk-7"))]


def test_only_an_empty_folder_becomes_a_new_desk(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").touch()
    (tmp_path / "empty").mkdir()
    page = _page(qtbot, "keys.absent")
    answers = iter(["", str(tmp_path / "full"), str(tmp_path / "empty")])
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *rest: next(answers))
    page.elsewhere.click()
    page.elsewhere.click()
    assert "not empty" in page.outcome.text()
    assert page.isVisible()
    page.elsewhere.click()
    assert (page.choice, page.folder) == (Choice.ELSEWHERE, tmp_path / "empty")


# -- around the start ------------------------------------------------------------------------------------------------


class _Person:
    """Answers the page as told."""

    def __init__(self, *answers: tuple[Choice, Path | None]) -> None:
        self.answers = list(answers)
        self.seen: list[str] = []
        self.recover: object = None

    def __call__(self, trouble: KeyTrouble, recover: object, preferences: object) -> tuple[Choice, Path | None]:
        self.seen.append(trouble.code)
        self.recover = recover
        return self.answers.pop(0)


def test_trying_again_opens_once_the_keyring_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    person = _Person((Choice.AGAIN, None), (Choice.AGAIN, None))
    monkeypatch.setattr(key_trouble, "ask", person)
    faults = [KeyFault("keys.locked", path="x"), StoreFault("store.not_opened", path="x")]

    def show(context: Context) -> int:
        if faults:
            raise faults.pop(0)
        return 0

    assert key_trouble.with_window(Context(home_in(tmp_path)), show) == 0
    assert person.seen == ["keys.locked", "store.not_opened"]


def test_quitting_touches_nothing_and_other_faults_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    person = _Person((Choice.QUIT, None))
    monkeypatch.setattr(key_trouble, "ask", person)

    def refuse(context: Context) -> int:
        raise KeyFault("keys.absent", path="x")

    def full(context: Context) -> int:
        raise StoreFault("store.disk_full", path="x")

    assert key_trouble.with_window(Context(home_in(tmp_path)), refuse) == 1
    assert not home_in(tmp_path).root.exists()
    with pytest.raises(StoreFault):
        key_trouble.with_window(Context(home_in(tmp_path)), full)


def test_another_folder_takes_the_site_along_and_nothing_personal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = home_in(tmp_path)
    (home.root / "kb").mkdir(parents=True)
    (home.root / "kb" / "current.json").write_text("{}")
    home.settings.write_text("{}")
    home.personal_db.parent.mkdir()
    home.personal_db.write_bytes(b"calls")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.setattr(key_trouble, "ask", _Person((Choice.ELSEWHERE, elsewhere)))
    seen: list[Home] = []

    def show(context: Context) -> int:
        seen.append(context.home)
        if len(seen) == 1:
            raise KeyFault("keys.absent", path="x")
        return 0

    assert key_trouble.with_window(Context(home), show) == 0
    assert seen[1].root == elsewhere
    assert sorted(file.name for file in elsewhere.rglob("*") if file.is_file()) == ["current.json", "settings.json"]
    assert home.personal_db.read_bytes() == b"calls"


def test_the_page_recovers_a_real_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, rings = home_in(tmp_path), [Keyrings(FakeKeyring())]
    monkeypatch.setattr("app.adapters.os_keyring.find", lambda: rings[0])
    new_pair(tmp_path / "safe")
    key = place_of(home).key()
    ensure_recovery(place_of(home), key, SecuritySettings(recovery_key=tmp_path / "safe" / RECIPIENT_FILE))
    rings[0] = Keyrings(FakeKeyring())

    class Recovering(_Person):
        def __call__(self, trouble: KeyTrouble, recover: object, preferences: object) -> tuple[Choice, Path | None]:
            recover(tmp_path / "safe" / IDENTITY_FILE, None)  # type: ignore[operator]
            return super().__call__(trouble, recover, preferences)

    monkeypatch.setattr(key_trouble, "ask", Recovering((Choice.AGAIN, None)))

    def show(context: Context) -> int:
        place = place_of(context.home)
        state, found = place.look()
        if found is None:
            raise place.fault(state)
        assert found.master == key.master
        return 0

    assert key_trouble.with_window(Context(home), show) == 0
    assert place_of(home).look()[0] is KeyState.FOUND
