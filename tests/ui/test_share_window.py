"""Handing a saved call on, sealed: the form asks for everything, and says in a sentence what became of it."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from resources.notices import Fault
from tests.ui.conftest import Desk
from tests.ui.fake_exercises import ROWS
from tests.ui.fake_sharing import FakeSharing
from ui.qa.share_window import ShareWindow, words_of_call, words_of_exercise


@pytest.fixture
def sharing() -> FakeSharing:
    return FakeSharing()


@pytest.fixture
def window(qtbot: QtBot, sharing: FakeSharing) -> ShareWindow:
    made = ShareWindow(sharing, "s1", words_of_call("2026-11-22 09:14"))
    qtbot.addWidget(made)
    made.show()
    return made


def test_nothing_is_handed_on_before_all_is_told(window: ShareWindow, qtbot: QtBot) -> None:
    assert not window.share_button.isEnabled()
    window.purpose.setText("교육")
    window.place.setText("a.doumi")
    assert not window.share_button.isEnabled()
    window.add_key(Path("kim.pub"))
    qtbot.waitUntil(lambda: window.keys.count() == 1)
    assert window.share_button.isEnabled()
    window.purpose.setText("  ")
    assert not window.share_button.isEnabled()
    window.purpose.setText("교육")
    window.remove.click()
    assert not window.share_button.isEnabled()


def test_a_call_is_sealed_for_those_who_were_chosen(
    window: ShareWindow, sharing: FakeSharing, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["kim.pub", "lee.pub", "kim.pub"]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (names, ""))
    window.add.click()
    qtbot.waitUntil(lambda: window.keys.count() == 2)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("out.doumi", ""))
    window.choose.click()
    window.purpose.setText(" 신입 교육 ")
    window.until.setDate(QDate(2099, 12, 31))
    window.share_button.click()
    assert not window.share_button.isEnabled()
    qtbot.waitUntil(lambda: "out.doumi/x.doumi" in window.told.text())
    ((session, keys, *rest),) = sharing.shared
    assert (session, sorted(keys)) == ("s1", ["kim.pub", "lee.pub"])
    assert rest == ["신입 교육", date(2099, 12, 31), "out.doumi"]
    assert window.share_button.isEnabled()
    assert not window.bar.isVisible()


def test_a_name_is_proposed_that_tells_nothing_of_the_call(
    window: ShareWindow, sharing: FakeSharing, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed = Path(window.place.text())
    assert proposed.is_absolute()
    assert re.fullmatch(r"통화 \d{4}-\d{2}-\d{2} \d{4}\.doumi", proposed.name)
    asked: list[tuple[object, ...]] = []

    def ask(*wish: object) -> tuple[str, str]:
        asked.append(wish)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    window.choose.click()
    assert asked[0][2] == str(proposed)
    assert asked[0][-1] == QFileDialog.Option.DontConfirmOverwrite  # nothing is ever replaced
    assert window.place.text() == str(proposed)
    window.place.setText("s3://qa/training")
    window.choose.click()
    assert Path(str(asked[1][2])).suffix == ".doumi"
    window.add_key(Path("kim.pub"))
    qtbot.waitUntil(lambda: window.keys.count() == 1)
    window.purpose.setText("교육")
    window.share_button.click()
    qtbot.waitUntil(lambda: bool(sharing.shared))
    assert sharing.shared[0][-1] == "s3://qa/training"


def test_a_file_that_is_no_key_is_told_and_not_taken(window: ShareWindow, qtbot: QtBot) -> None:
    window.add_key(Path("photo.png"))
    qtbot.waitUntil(lambda: "photo.png" in window.told.text())
    assert window.keys.count() == 0


def test_what_was_not_sealed_is_told_and_the_form_stays(
    window: ShareWindow, sharing: FakeSharing, qtbot: QtBot
) -> None:
    window.add_key(Path("kim.pub"))
    qtbot.waitUntil(lambda: window.keys.count() == 1)
    window.purpose.setText("교육")
    window.place.setText("a.doumi")
    sharing.fault = Fault("package.exists", path="a.doumi")
    window.share_button.click()
    qtbot.waitUntil(lambda: window.told.text() == str(sharing.fault))
    assert window.share_button.isEnabled()
    assert window.place.text() == "a.doumi"


def test_a_wrong_key_while_a_call_is_sealed_does_not_free_the_button(
    window: ShareWindow, sharing: FakeSharing, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.add_key(Path("kim.pub"))
    qtbot.waitUntil(lambda: window.keys.count() == 1)
    window.purpose.setText("교육")
    window.place.setText("a.doumi")
    goes_on = threading.Event()
    share = sharing.share
    monkeypatch.setattr(sharing, "share", lambda *wish: goes_on.wait(10) and share(*wish))
    window.share_button.click()
    window.add_key(Path("photo.png"))
    qtbot.waitUntil(lambda: "photo.png" in window.told.text())
    assert not window.share_button.isEnabled()
    assert window.bar.isVisible()
    goes_on.set()
    qtbot.waitUntil(window.share_button.isEnabled)
    assert len(sharing.shared) == 1


def test_the_last_day_cannot_be_over(window: ShareWindow) -> None:
    window.until.setDate(QDate(2020, 1, 1))
    assert window.until.date() >= QDate.currentDate()


def test_an_exercise_goes_no_longer_than_the_package_it_was_made_of(qtbot: QtBot, sharing: FakeSharing) -> None:
    row, today = ROWS[0], QDate.currentDate()
    for days, most in ((7, 7), (90, 30), (-1, 30)):  # one that is over is refused when it is sealed
        until = today.addDays(days).toString(Qt.DateFormat.ISODate)
        made = ShareWindow(sharing, row.id, words_of_exercise(replace(row, until=until)))
        qtbot.addWidget(made)
        assert made.until.date() == today.addDays(most)
        made.until.setDate(today.addDays(400))
        assert made.until.date() == today.addDays(days if days > 0 else 400)


def test_what_an_exercise_tells_depends_on_its_sound() -> None:
    heard, written = (words_of_exercise(row).explained for row in ROWS)
    assert heard.startswith(written)
    assert "들립니다" in heard[len(written) :]


def test_the_own_key_is_saved_for_colleagues(
    window: ShareWindow, sharing: FakeSharing, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("mine.txt", ""))
    window.own_key.click()
    qtbot.waitUntil(lambda: "mine.txt" in window.told.text())
    assert sharing.keys_written == [Path("mine.txt")]


def test_it_is_opened_from_the_list_of_calls(desk: Desk) -> None:
    desk.window.open_sessions()
    sessions = desk.window.sessions
    assert sessions is not None
    desk.bot.waitUntil(lambda: sessions.share_button.isEnabled() and sessions.model.rowCount() > 0)
    sessions.share_button.click()
    opened = sessions.findChild(ShareWindow)
    assert opened is not None
    assert opened.isVisible()
    opened.close()
