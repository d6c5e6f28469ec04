"""The actions and their keys: one table, keys that can be changed, and the sheet, card and page made from it."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from app import cli
from resources.notices import Fault
from tests.ui.conftest import Desk
from tests.ui.fake_services import FakeServices
from tests.ui.fakes import FakeBus, FakeControl, FakePreferences
from ui import i18n, key_card, key_rules
from ui.actions import ACTIONS, BY_ID, GROUPS, keys_in_use, said, sequences, written
from ui.desk import build_desk
from ui.hangul_keys import jamo_of, latin_of, strokes
from ui.palette_sources import actions_found
from ui.preference_ports import Preferences
from ui.rebinding import RebindingWindow

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
A_JAMO = Qt.Key(ord("ㅏ"))


# -- the table ----------------------------------------------------------------------------------------------------


def test_no_two_actions_share_a_key_and_each_has_its_group() -> None:
    groups = {group for group, _ in GROUPS}
    assert {action.group for action in ACTIONS} <= groups
    held: dict[QKeySequence, str] = {}
    for action in ACTIONS:
        for sequence in sequences(action.keys, action.also):
            assert sequence.count() == 1, action.id
            assert held.setdefault(sequence, action.id) == action.id


def test_the_desk_binds_every_action(desk: Desk) -> None:
    profile = {"switch", "lock", "pin_set"}
    registry = desk.window.registry
    assert {action.id for action in registry.offered} == {action.id for action in ACTIONS} - profile
    for action in registry.offered:  # and the palette finds each by its name
        if action.id not in ("find", "back"):
            assert action.id in {row.ident for row in actions_found(registry, said(action.text))}


def test_every_action_says_whether_it_can_be_done(desk: Desk) -> None:
    registry = desk.window.registry
    idle = {action.id for action in registry.offered if registry.why_not(action.id)}
    assert {"mark", "end", "file", "copy_number", "card_1"} <= idle
    assert not idle & {"start", "find", "keys", "settings", "sound_check", "quit"}
    desk.live()
    assert registry.why_not("mark") == registry.why_not("end") == registry.why_not("card_1") == ""
    assert registry.why_not("sound_check") == "통화가 없을 때만"


def test_keys_of_the_settings_file_that_make_no_sense_are_left_out() -> None:
    used = keys_in_use(
        {"mark": "No such key", "nobody": "F7", "again": "F2", "back": "F5", "pin": "", "gap": "x", "mask": "ctrl+j"}
    )
    assert used["mark"] == "F3"
    assert used["again"] == "F2"
    assert used["start"] == ""  # who chose a key has it
    assert used["back"] == "Esc"
    assert used["pin"] == ""
    assert used["gap"] == "Ctrl+G"  # with a letter text is typed
    assert used["mask"] == "Ctrl+J"
    assert "nobody" not in used


# -- pressing -----------------------------------------------------------------------------------------------------


def test_keys_work_in_the_korean_letters(desk: Desk) -> None:
    """How they arrive from a keyboard is seen in the real window; here, that every shortcut waits for them."""
    assert jamo_of("K") == ("ㅏ",)
    assert jamo_of("R", shifted=True) == ("ㄱ", "ㄲ")
    assert latin_of("ㅏ") == "k"
    assert strokes("값을") == "ㄱㅏㅂㅅㅇㅡㄹ"
    waits = {one for shortcut in desk.window.findChildren(QShortcut) for one in QShortcut.keys(shortcut)}
    for jamo in ("Ctrl+ㅏ", "Ctrl+Shift+ㅡ", "Alt+ㅜ", "Ctrl+ㅎ"):
        assert QKeySequence(jamo) in waits
    assert key_rules.pressed(ord("ㄲ"), CTRL | SHIFT) == "Ctrl+Shift+R"


def test_a_syllable_under_composition_is_not_lost_to_a_key(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    committed = []
    method = QApplication.inputMethod()
    monkeypatch.setattr("ui.composing.QGuiApplication.inputMethod", lambda: _Method(committed))
    desk.wrap_up()
    field = desk.window.call.record.forms[0].fields["inquiry"].rows[0].edit
    field.setFocus()
    QApplication.sendEvent(field, QInputMethodEvent("각", []))
    QTest.keyClick(field, Qt.Key.Key_D, CTRL)
    assert committed == [True]
    assert method is not None


class _Method:
    def __init__(self, committed: list[bool]) -> None:
        self._committed = committed

    def commit(self) -> None:
        self._committed.append(True)


def test_fields_keep_their_own_keys(desk: Desk) -> None:
    desk.wrap_up()
    field = desk.window.call.record.forms[0].fields["inquiry"].rows[0].edit
    field.setFocus()
    before = field.toPlainText()
    QTest.keyClicks(field, "abc")
    QTest.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert field.toPlainText() == before
    QTest.keyClick(field, Qt.Key.Key_Y if desk.window.style().objectName() == "windows" else Qt.Key.Key_Z, CTRL | SHIFT)
    assert "abc" in field.toPlainText()
    QTest.keyClick(field, Qt.Key.Key_A, CTRL)
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert field.toPlainText() == ""


# -- changing keys ------------------------------------------------------------------------------------------------


def rebinding(desk: Desk) -> RebindingWindow:
    desk.window.keys.rebind()
    page = desk.window.keys.rebinding
    assert page is not None
    return page


def choose(page: RebindingWindow, words: str) -> None:
    page.search.setText(words)
    assert page.table.rowCount() >= 1
    page.table.setCurrentCell(0, 0)


def test_a_key_is_changed_kept_shown_and_put_back(desk: Desk) -> None:
    page = rebinding(desk)
    choose(page, "이 순간 표시")
    QTest.keyClick(page.catch, Qt.Key.Key_J, CTRL)
    assert desk.preferences.kept.keys == {"mark": "Ctrl+J"}
    assert desk.window.registry.keys("mark") == "Ctrl+J"
    page.close()
    desk.window.activateWindow()
    desk.bot.waitUntil(desk.window.isActiveWindow)
    desk.live()
    QTest.keyClick(desk.window, Qt.Key.Key_F3)
    assert "mark" not in desk.control.names()
    QTest.keyClick(desk.window, Qt.Key.Key_J, CTRL)
    assert "mark" in desk.control.names()
    desk.window.keys.toggle()
    assert desk.window.keys.sheet is not None
    told = {label.text() for label in desk.window.keys.sheet.findChildren(QLabel)}
    assert "Ctrl+J" in told
    assert "F3" not in told
    page.own.click()
    assert desk.preferences.kept.keys == {}
    assert desk.window.registry.keys("mark") == "F3"
    page.none.click()
    assert desk.preferences.kept.keys == {"mark": ""}
    assert page.catch.text() == ""
    page.all_own.click()
    assert desk.preferences.kept.keys == {}


def test_the_windows_beside_the_desk_know_their_keys_as_they_are_bound(desk: Desk) -> None:
    desk.window.keep(replace(desk.window.preferences, keys={"file": "Ctrl+J", "keys": "Ctrl+F9"}))
    desk.window.open_session("s1")
    sessions = desk.window.sessions
    assert sessions is not None
    desk.bot.waitUntil(lambda: len(sessions.view.record.forms) == 2)
    sessions.activateWindow()
    desk.bot.waitUntil(sessions.isActiveWindow)
    QTest.keyClick(sessions, Qt.Key.Key_Return, CTRL)
    assert desk.services.filed == []
    QTest.keyClick(sessions, Qt.Key.Key_J, CTRL)
    assert len(desk.services.filed) == 1
    QTest.keyClick(sessions, Qt.Key.Key_F9, CTRL)
    sheet = desk.window.keys.sheet
    assert sheet is not None
    desk.bot.waitUntil(sheet.isActiveWindow)  # its buttons are for the keys too
    QTest.keyClick(sheet, Qt.Key.Key_F9, CTRL)
    assert not sheet.isVisible()
    desk.bot.waitUntil(sessions.isActiveWindow)
    QTest.keyClick(sessions, Qt.Key.Key_F2)  # a call is begun from the desk only
    assert "start_devices" not in desk.control.names()


def test_texts_name_the_keys_in_use(desk: Desk) -> None:
    bar, answers = desk.window.bar, desk.window.call.answers
    assert "Ctrl+H" in bar.sessions.toolTip()
    keys = {"sessions": "Ctrl+J", "search": "", "copy": "F7", "used": "F6"}
    desk.window.keep(replace(desk.window.preferences, keys=keys))
    assert "Ctrl+J" in bar.sessions.toolTip()
    assert "Ctrl+H" not in bar.sessions.toolTip()
    assert answers.box.placeholderText().endswith("–")
    desk.live()
    assert "F7" in answers.cards[0].copy_button.toolTip()
    assert "F6" in answers.cards[0].used_button.toolTip()
    desk.window.notices.say("F6 복사, Ctrl+F로 검색, Ctrl+Shift+F6")
    assert desk.window.notices.shown == "F7 복사, –로 검색, Ctrl+Shift+F6"
    desk.window.keep(replace(desk.window.preferences, keys={}))
    assert "Ctrl+H" in bar.sessions.toolTip()
    assert answers.box.placeholderText().endswith("Ctrl+F")


def test_what_cannot_be_is_refused_with_the_reason(desk: Desk) -> None:
    page = rebinding(desk)
    choose(page, "이 순간 표시")
    for key, modifiers, word in (
        (Qt.Key.Key_F9, NONE, "통화 종료"),  # another action has it
        (Qt.Key.Key_K, CTRL, "무엇이든 찾기"),
        (A_JAMO, CTRL, "무엇이든 찾기"),
        (Qt.Key.Key_C, CTRL, "글을 고칠 때"),
        (Qt.Key.Key_Right, CTRL, "글을 고칠 때"),
        (Qt.Key.Key_A, NONE, "글자를 적는"),
        (Qt.Key.Key_Space, SHIFT, "글자를 적는"),
        (Qt.Key.Key_F4, ALT, "윈도우"),
        (Qt.Key.Key_Tab, ALT, "윈도우"),
        (Qt.Key.Key_Delete, CTRL | ALT, "윈도우"),
    ):
        page.said.clear()
        QApplication.sendEvent(page.catch, QKeyEvent(QKeyEvent.Type.KeyPress, key, modifiers))
        assert word in page.said.text()
        assert desk.preferences.kept.keys == {}
        assert page.catch.text() == "F3"


def test_a_changed_key_stays_in_view_though_it_is_no_longer_what_was_looked_for(desk: Desk) -> None:
    page = rebinding(desk)
    page.activateWindow()
    desk.bot.waitUntil(page.isActiveWindow)
    choose(page, "F3")
    assert page.ident == "mark"
    page.catch.setFocus()
    QTest.keyClick(page.catch, Qt.Key.Key_J, CTRL)
    assert page.ident == "mark"
    assert page.catch.text() == "Ctrl+J"
    assert page.catch.hasFocus()
    page.none.setFocus()
    page.none.click()
    assert page.ident == "mark"
    assert page.catch.hasFocus(), "not a button that is of no more use"
    page.search.setText("Ctrl+K")
    assert page.ident != "mark"


def test_keys_of_other_programs_are_taken_with_a_warning(desk: Desk) -> None:
    page = rebinding(desk)
    choose(page, "이 순간 표시")
    page.catch.setFocus()
    QTest.keyClick(page.catch, Qt.Key.Key_Control)  # held with another, not a key by itself
    assert desk.preferences.kept.keys == {}
    QTest.keyClick(page.catch, Qt.Key.Key_Tab)  # nobody is caught here
    assert not page.catch.hasFocus()
    taken = {"Ctrl+Space": "한글 입력기", "Ctrl+Shift+D": "센스리더", "Ctrl+F12": "디버거", "Ctrl+Shift+H": "Teams"}
    for keys, program in taken.items():
        pair = QKeySequence(keys)[0]
        QTest.keyClick(page.catch, pair.key(), pair.keyboardModifiers())
        assert desk.preferences.kept.keys == {"mark": keys}
        assert program in page.said.text()


def test_the_held_key_follows_too(desk: Desk) -> None:
    desk.window.registry.use({"escalate": "Ctrl+F8"})
    desk.live()
    button = desk.window.call.escalation.button
    QTest.keyPress(desk.window, Qt.Key.Key_F12)
    assert button.progress == 0.0
    down = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_F8, CTRL)
    assert desk.window.press is not None
    assert desk.window.press.key_in_window(down, down=True)
    button.cancel()


def test_the_programs_own_keys_stay_clear_of_other_programs() -> None:
    """Ctrl+Shift+G and F9 are the centre's wish; Ctrl+Shift+M works in Teams only while Teams has the focus."""
    met = {action.keys for action in ACTIONS if key_rules.warnings(action.keys)}
    assert met <= {"F9", "Ctrl+Shift+G", "Ctrl+Shift+M"}


def test_what_other_programs_take_is_written_as_qt_writes_it() -> None:
    for one in key_rules.taken():
        assert one.kind in {"reserved", "ime", "reader", "system", "telephony"}
        assert all(keys and QKeySequence(keys).count() == 1 for keys in one.keys), one.en


def test_a_desk_that_starts_with_other_keys_names_them_in_english_too(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DOUMI_LANG", raising=False)
    preferences = FakePreferences(Preferences(language="en", keys={"sessions": "Ctrl+J"}))
    window = build_desk(FakeControl(), FakeServices(), FakeBus().subscribe, preferences=preferences)
    qtbot.addWidget(window)
    assert window.bar.sessions.toolTip() == "Saved calls (Ctrl+J)"
    window.registry.use({})
    assert window.bar.sessions.toolTip() == "Saved calls (Ctrl+H)"


# -- the card -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("paper", "width"), [("a5", 420), ("a4", 595)])
def test_the_card_is_one_page_with_every_key_in_use(qapp: QApplication, tmp_path: Path, paper: str, width: int) -> None:
    i18n.install(qapp, "ko")
    file = tmp_path / "card.pdf"
    key_card.write_card(file, {"copy": "Ctrl+Alt+C", "used": ""}, paper)
    assert b"/FontFile" in file.read_bytes()  # its letters come with it
    document = QPdfDocument()
    assert document.load(str(file)) == QPdfDocument.Error.None_
    assert document.pageCount() == 1
    assert round(document.pagePointSize(0).width()) == width
    text = document.getAllText(0).text()
    for action in ACTIONS:
        if action.keys and action.id not in ("copy", "used"):
            assert written(action.keys) in text
    assert "Ctrl+Alt+C" in text
    assert "F7 " not in text
    assert "답변 복사" in text
    drawn = document.render(0, QSize(200, 283))
    used = {drawn.pixelColor(x, y).alpha() > 0 for x in (20, 60, 120) for y in range(20, 200)}
    assert used == {True, False}
    document.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows shows a dialog of its own, which waits for a person")
def test_the_card_is_printed_once_the_dialog_says_so(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "card.pdf"
    desk.window.keys.print_card()
    dialog = desk.window.findChild(QPrintDialog)
    assert dialog.isVisible()
    dialog.printer().setOutputFileName(str(file))  # to no printer of whoever runs this
    dialog.done(QDialog.DialogCode.Accepted)
    document = QPdfDocument()
    assert document.load(str(file)) == QPdfDocument.Error.None_
    assert document.pageCount() == 1
    document.close()


def test_the_command_line_lists_the_keys_and_writes_the_card(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DOUMI_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("DOUMI_LANG", raising=False)
    assert cli.main(["shortcuts", "--jsonl"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["action"] for row in told] == [action.id for action in ACTIONS]
    assert next(row for row in told if row["action"] == "end") == {
        "action": "end",
        "group": "call",
        "text": "통화 종료",
        "keys": "F9",
    }
    assert cli.main(["shortcuts", "--card", str(tmp_path / "card.pdf")]) == 0
    assert (tmp_path / "card.pdf").read_bytes().startswith(b"%PDF")


def test_a_card_that_cannot_be_written_is_a_fault(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(Fault) as fault:
        key_card.write_card(tmp_path / "none" / "card.pdf", {})
    assert fault.value.code == "shortcuts.card_not_written"


def test_the_table_names_each_action_once() -> None:
    assert len(BY_ID) == len(ACTIONS)
