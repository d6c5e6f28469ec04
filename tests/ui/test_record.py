"""Wrap-up in seconds: categories by two keys, sentences, undo over the form, splitting, copies, refusals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from assist.events import CardActed, DraftReady, RecordDelivered, RecordFiled
from assist.model import CallRecord, CardAction, Delivery, Draft
from tests.ui import story
from tests.ui.conftest import Desk
from ui.record_category import CategoryBox
from ui.record_pane import RecordPane
from ui.record_rows import LineEdit

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def pane(desk: Desk) -> Iterator[RecordPane]:
    desk.wrap_up()
    record = desk.window.call.record
    desk.bot.waitUntil(lambda: len(record.forms) == 2)
    yield record
    while (menu := QApplication.activePopupWidget()) is not None:
        menu.close()


def line(pane: RecordPane, key: str, place: int = 0, record: int = 0) -> LineEdit:
    edit = pane.forms[record].fields[key].rows[place].edit
    pane.window().activateWindow()  # a popup that closed leaves none active without a window manager
    edit.setFocus()
    return edit


def press(desk: Desk, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    target = desk.window.focusWidget()
    assert isinstance(target, QWidget)
    desk.bot.keyClick(target, key, modifiers)


def test_two_keys_change_the_category_and_the_hints_say_why(desk: Desk, pane: RecordPane) -> None:
    box, chips = pane.forms[0].category, pane.forms[0].hints.buttons
    assert chips[0].text().startswith("2 교통 · ")
    assert "추천" in chips[0].accessibleName()
    assert chips[0].isChecked()
    press(desk, Qt.Key.Key_1, ALT)
    desk.bot.waitUntil(box.hasFocus)
    press(desk, Qt.Key.Key_9)
    assert box.currentText() == "안전"
    assert pane.tabs.tabText(0).endswith("안전")
    QTest.keyClick(box, "g")  # ㅎ where no input method is on: 행정, then 환경
    QTest.keyClick(box, "g")
    assert box.currentText() == "환경"
    QTest.keyClick(box, Qt.Key.Key_0)
    assert box.currentText() == "여성가족"
    chips[0].click()
    assert pane.records()[0].category == "교통"


def test_a_field_gone_to_by_key_is_in_view_however_long_the_answers(desk: Desk, pane: RecordPane) -> None:
    field = pane.forms[0].fields["answer"]
    for number in range(12):
        field.add_row(f"답변 {number}: " + "전입신고는 새로운 거주지에 전입한 날부터 14일 이내에 합니다. " * 3)
    for key, name in ((Qt.Key.Key_4, "action"), (Qt.Key.Key_3, "answer"), (Qt.Key.Key_5, "follow_up")):
        press(desk, key, ALT)
        edit = pane.forms[0].fields[name].rows[0].edit
        assert edit.hasFocus()
        desk.bot.waitUntil(lambda edit=edit: edit.visibleRegion().boundingRect() == edit.rect())
    pane.tools.open_templates()
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert menu.screen().availableGeometry().contains(menu.geometry())


@pytest.mark.parametrize("key", ["r", "ㄱ"])
def test_a_consonant_walks_the_fields_that_begin_with_it(qtbot: QtBot, key: str) -> None:
    box = CategoryBox()
    qtbot.addWidget(box)
    box.setCurrentText("교통")
    found = []
    for _ in range(3):
        assert box.choose(key)
        found.append(box.currentText())
    assert found == ["경제", "건강", "교통"]
    assert not box.choose("x")


def test_undo_takes_back_the_last_edit_wherever_it_was(desk: Desk, pane: RecordPane) -> None:
    before = pane.records()
    first = line(pane, "inquiry")
    QTest.keyClicks(first, "AB")
    second = line(pane, "answer")
    QTest.keyClicks(second, "CD")
    pane.forms[0].category.setCurrentText("안전")
    added = pane.forms[0].fields["action"].add_after(None)
    assert added is not None
    pane.forms[0].fields["answer"].rows[1].drop.click()
    after = pane.records()
    last = line(pane, "follow_up")
    press(desk, Qt.Key.Key_Z, CTRL)  # the removed line is back
    assert len(pane.forms[0].fields["answer"].rows) == 2
    press(desk, Qt.Key.Key_Z, CTRL)
    press(desk, Qt.Key.Key_Z, CTRL)
    assert pane.records()[0].category == "교통"
    press(desk, Qt.Key.Key_Z, CTRL)
    assert pane.records()[0].answer == before[0].answer
    assert second.hasFocus()
    press(desk, Qt.Key.Key_Z, CTRL)
    assert pane.records() == before
    press(desk, Qt.Key.Key_Z, CTRL)  # nothing more
    assert pane.records() == before
    for _ in range(5):
        press(desk, Qt.Key.Key_Y, CTRL)
    assert pane.records() == after
    assert not last.document().isUndoAvailable()


def test_undo_reaches_over_split_and_join(desk: Desk, pane: RecordPane) -> None:
    before = pane.records()
    pane.shaping.join()
    assert len(pane.forms) == 1
    assert "침대 매트리스 버리는 방법" in pane.records()[0].inquiry
    assert pane.records()[0].evidence["inquiry.2"] == (5,)
    QTest.keyClicks(line(pane, "inquiry"), "X")
    pane.undo()
    pane.undo()
    assert pane.records() == before
    pane.redo()
    assert len(pane.forms) == 1


def test_a_second_inquiry_gets_its_own_record_by_one_key(desk: Desk, pane: RecordPane) -> None:
    pane.tabs.setCurrentIndex(1)
    line(pane, "inquiry", 0, 1)  # the only line of its record
    assert not pane.shaping.may_split()
    pane.tabs.setCurrentIndex(0)
    line(pane, "inquiry", 1)
    press(desk, Qt.Key.Key_S, ALT)
    assert len(pane.forms) == 3
    first, second, third = pane.records()
    assert first.inquiry == story.RECORDS[0].inquiry[:1]
    assert second.inquiry == story.RECORDS[0].inquiry[1:]
    assert second.answer == story.RECORDS[0].answer  # said after the question
    assert second.evidence["inquiry.0"] == (3,)
    assert pane.forms[1].hints.buttons[0].isChecked()  # what its own words point to
    assert third == story.RECORDS[1]
    desk.bot.waitUntil(pane.forms[1].category.hasFocus)
    press(desk, Qt.Key.Key_J, ALT)
    assert pane.records()[0].inquiry == story.RECORDS[0].inquiry
    press(desk, Qt.Key.Key_N, CTRL)
    assert pane.records()[1] == CallRecord(category="")
    later = replace(story.RECORDS[0], inquiry=("늦게 온 문의",))
    desk.tell(DraftReady(**story.at(62), draft=Draft((later,), ""), final=True))
    assert pane.records()[0].inquiry == story.RECORDS[0].inquiry  # shaped by hand: a later draft stays out
    pane.file()
    assert len(desk.control.last("file_record")[0]) == 2  # the blank record is not filed


def test_a_sentence_is_filled_from_the_call_and_what_is_unknown_is_marked(desk: Desk, pane: RecordPane) -> None:
    edit = line(pane, "follow_up")
    edit.setPlainText("")
    press(desk, Qt.Key.Key_T, ALT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    desk.bot.keyClick(menu, Qt.Key.Key_1)
    assert edit.toPlainText() == "[부서]에서 확인 후 010-1234-5678로 회신"
    assert edit.textCursor().selectedText() == "[부서]"
    desk.tell(
        CardActed(**story.at(63), article_id=story.card(0).article_id, title="", action=CardAction.USED, question="")
    )
    edit.setPlainText("")
    pane.tools.open_templates()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.actions()[0].trigger()
    menu.close()
    assert edit.toPlainText() == "주차관리과에서 확인 후 010-1234-5678로 회신"
    action = line(pane, "action")
    desk.bot.waitUntil(action.hasFocus)
    pane.tools.open_templates()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.actions()[0].trigger()
    assert [row.text for row in pane.forms[0].fields["action"].rows] == [action.toPlainText(), "주차관리과로 연결"]


def test_enter_goes_to_a_new_line_and_backspace_takes_an_empty_one_away(desk: Desk, pane: RecordPane) -> None:
    field = pane.forms[0].fields["action"]
    edit = line(pane, "action")
    press(desk, Qt.Key.Key_Return)
    assert len(field.rows) == 2
    assert field.rows[1].edit.hasFocus()
    press(desk, Qt.Key.Key_Backspace)
    assert len(field.rows) == 1
    assert edit.hasFocus()
    single = line(pane, "follow_up")
    press(desk, Qt.Key.Key_Return)
    assert "\n" not in single.toPlainText()


def test_the_copy_format_is_chosen_once_and_remembered(desk: Desk, pane: RecordPane) -> None:
    clipboard = QGuiApplication.clipboard()
    press(desk, Qt.Key.Key_C, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert clipboard.text().startswith("[분류] 교통\n[문의] 집 앞")
    press(desk, Qt.Key.Key_C, ALT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    desk.bot.keyClick(menu, Qt.Key.Key_2)
    assert clipboard.text().split("\n")[1].split("\t")[:2] == ["환경", "침대 매트리스 버리는 방법"]
    assert desk.services.copy_format == "표 (탭 구분)"
    clipboard.clear()
    pane.copy.click()
    assert "\t" in clipboard.text()
    pane.tools.copy_as()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.actions()[3].trigger()
    data = clipboard.mimeData()
    assert data is not None
    assert data.html().startswith("<table")
    assert "교통\t집 앞" in " ".join(clipboard.text().split(" ")).replace("\t ", "\t").replace(" \t", "\t")


def test_a_refusal_stays_at_the_record_until_a_new_version_is_taken(desk: Desk, pane: RecordPane) -> None:
    records = pane.records()
    reason = {"where": "records.example.kr", "reason": "분류가 비어 있음"}
    refused = RecordDelivered(
        **story.at(61), version=1, delivery=Delivery.WAITING, code="filing.refused", params=reason
    )
    desk.tell(refused, RecordFiled(**story.at(61), records=records, version=1))  # the answer may overtake the filing
    assert "분류가 비어 있음" in pane.state.refusal.text()
    assert not pane.state.refusal.isHidden()
    assert any("분류가 비어 있음" in text for text in (desk.window.notices.shown, *desk.window.notices.waiting))
    desk.tell(RecordFiled(**story.at(62), records=records, version=2))
    assert pane.state.refusal.isHidden()
    desk.tell(RecordDelivered(**story.at(63), version=2, delivery=Delivery.ACCEPTED))
    assert pane.state.word.text() == "저장됨 (2차) · 전송됨"


def test_edits_of_a_saved_call_are_kept_as_a_draft(desk: Desk) -> None:
    desk.window.open_sessions()
    sessions = desk.window.sessions
    assert sessions is not None
    sessions.open_session("01A")
    desk.bot.waitUntil(lambda: sessions.stack.currentIndex() == 1)
    edit = sessions.view.record.forms[0].fields["inquiry"].rows[0].edit
    edit.setPlainText("고친 문의")
    sessions.close()
    ((session_id, records),) = desk.services.drafts
    assert session_id == "01A"
    assert records[0].inquiry[0] == "고친 문의"
