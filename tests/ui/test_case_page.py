"""The case book in the trainer's window: comments, covering, the book as a file; and the form beside a replay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from resources.notices import Fault
from tests.ui import fake_replay
from tests.ui.fake_qa import open_call
from tests.ui.fake_trainer import FakeCases
from ui import i18n
from ui.qa.case_page import CasePage
from ui.qa.case_pane import CasePane
from ui.replay.replay_window import ReplayWindow


@pytest.fixture(autouse=True)
def korean(qapp: QApplication) -> None:
    i18n.install(qapp, "ko")


@pytest.fixture
def book(qtbot: QtBot) -> Iterator[tuple[CasePage, FakeCases, list[str]]]:
    fake, told = FakeCases(), list[str]()
    page = CasePage(fake)
    page.told.connect(told.append)
    page.failed.connect(lambda error: told.append(str(error)))
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.look()
    qtbot.waitUntil(lambda: page.lines.rowCount() == 2)
    yield page, fake, told
    page.close()


def test_a_case_gets_comments_covers_and_a_lesson(book: tuple[CasePage, FakeCases, list[str]], qtbot: QtBot) -> None:
    page, fake, _ = book
    page.lines.selectRow(1)
    assert page.comment.text() == ""
    page.comment.setText("다시 말해 확인함")
    qtbot.keyClick(page.comment, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ("comment", "01CASE", "다시 말해 확인함", 2) in fake.wishes)
    page.words.setText("신림로, 홍길동 ")
    page.cover.click()
    qtbot.waitUntil(lambda: ("cover", "01CASE", ("신림로", "홍길동")) in fake.wishes)
    page.lesson.setPlainText("배울 점")
    page.keep_lesson.click()
    qtbot.waitUntil(lambda: ("comment", "01CASE", "배울 점", 0) in fake.wishes)


def test_what_is_being_written_stays_when_something_else_is_kept(
    book: tuple[CasePage, FakeCases, list[str]], qtbot: QtBot
) -> None:
    page, fake, told = book
    page.lesson.setFocus()
    qtbot.keyClicks(page.lesson, "half ")
    page.comment.setFocus()
    page.comment.selectAll()
    qtbot.keyClicks(page.comment, "comment")
    qtbot.keyClick(page.comment, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(told) == 1)
    fake.kept.insert(0, replace(fake.kept[0], id="02CASE", title="새 사례", lesson="새로 배울 점"))
    page.look()
    qtbot.waitUntil(lambda: page.table.rowCount() == 2)
    assert page.lesson.toPlainText().startswith("half ")
    page.table.selectRow(0)
    assert page.lesson.toPlainText() == "새로 배울 점"  # never what was written for another case


def test_a_case_goes_only_when_the_button_is_pressed_twice(
    book: tuple[CasePage, FakeCases, list[str]], qtbot: QtBot
) -> None:
    page, fake, _ = book
    page.remove.click()
    assert fake.wishes == []
    page.remove.click()
    qtbot.waitUntil(lambda: page.table.rowCount() == 0)
    assert fake.wishes == [("remove", "01CASE")]
    assert not page.save.isEnabled()


def test_the_book_is_written_where_it_was_asked_or_says_why_not(
    qtbot: QtBot, book: tuple[CasePage, FakeCases, list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page, fake, told = book
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "book"), ""))
    page.save.click()
    assert not page.save.isEnabled()
    qtbot.waitUntil(lambda: len(told) == 1)
    assert fake.wishes == [("write", tmp_path / "book.pdf")]
    assert "book.pdf" in told[0]
    fake.fault = Fault("store.export_not_written", path="x")
    page.save.click()
    qtbot.waitUntil(lambda: len(told) == 2)
    assert "내보낼 파일을 쓰지 못했습니다: x" in told[1]


@pytest.fixture
def pane(qtbot: QtBot) -> Iterator[tuple[CasePane, FakeCases]]:
    fake, call = FakeCases(kept=[]), open_call()
    window = ReplayWindow(call, fake_replay.FakePlayer())
    made = CasePane(fake, window, call, lambda: "01R1")
    window.add_page("사례집", made)
    window.show_page(made)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    yield made, fake
    window.close()


def test_the_focus_stays_with_the_pane_while_a_case_is_made(pane: tuple[CasePane, FakeCases], qtbot: QtBot) -> None:
    made, _ = pane
    window = made.window()
    with qtbot.waitActive(window):
        window.activateWindow()
    made.title.setText("한 번에 받은 사례")
    made.add.setFocus()
    with qtbot.waitSignal(made.added):
        qtbot.keyClick(made.add, Qt.Key.Key_Space)
        assert made.title.hasFocus()
    assert made.title.hasFocus()


def test_a_call_becomes_a_case_with_the_own_rating_and_words_to_cover(
    pane: tuple[CasePane, FakeCases], qtbot: QtBot
) -> None:
    made, fake = pane
    made.add.click()
    assert "사례 이름" in made.said.text()
    made.title.setText("한 번에 받은 사례")
    made.words.setText("신림로")
    made.only.setChecked(True)
    made.add.click()
    assert "구간을 표시" in made.said.text()
    assert fake.wishes == []
    made.only.setChecked(False)
    with qtbot.waitSignal(made.added):
        made.add.click()
    assert fake.wishes == [("add", "한 번에 받은 사례", "", (0.0, float("inf")), "01R1", ("신림로",))]
    assert made.title.text() == ""


def test_a_case_that_could_not_be_made_keeps_what_was_written(pane: tuple[CasePane, FakeCases], qtbot: QtBot) -> None:
    made, fake = pane
    fake.fault = Fault("casebook.no_words")
    made.title.setText("사례")
    made.rated.setChecked(False)
    made.add.click()
    qtbot.waitUntil(made.add.isEnabled)
    assert made.said.text() == str(Fault("casebook.no_words"))
    assert made.title.text() == "사례"
    assert fake.wishes[0][4] == ""
