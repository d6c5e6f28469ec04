"""Start panel, search, sound check, saved calls, outbox, settings, keys, notices; names for screen readers."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from assist.events import RecordFiled
from assist.model import Delivery
from audio.model import CallerSide, Channel, DeviceHealth
from resources.notices import Fault
from tests.ui import story
from tests.ui.conftest import Desk
from ui.actions import written
from ui.call_view_state import Part
from ui.search_page import SearchWish


def test_practice_calls_are_offered_and_started(desk: Desk) -> None:
    start = desk.window.start
    assert start.practice.count() == 8
    assert "위기 신호" in start.practice.item(2).text()
    start.practice.setCurrentRow(2)
    start.run_practice.click()
    assert desk.control.last("start_practice")[0] == "crisis"


def test_recording_opens_at_real_or_full_speed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("call.wav", ""))
    desk.window.start.open_file.click()
    assert desk.control.last("start_file") == (Path("call.wav"), True)
    desk.window.start.fast.setChecked(True)
    desk.window.start.open_file.click()
    assert desk.control.last("start_file") == (Path("call.wav"), False)


def test_search_as_you_type_and_open(desk: Desk) -> None:
    desk.live()
    answers = desk.window.call.answers
    QTest.keyClick(desk.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert answers.box.hasFocus()
    answers.box.insert("과태료")
    desk.bot.waitUntil(lambda: answers.results.model.rowCount() == 3)
    assert desk.services.suggested == ["과태료"]
    desk.bot.waitUntil(lambda: desk.services.queries == ["과태료"])
    QTest.keyClick(answers.box, Qt.Key.Key_Down)
    QTest.keyClick(answers.box, Qt.Key.Key_Return)
    assert answers.entry.title.text() == "거주자우선주차구역 무단주차 견인 요청"
    QTest.keyClick(desk.window, Qt.Key.Key_Escape)
    assert answers.stack.currentWidget() is answers.search
    QTest.keyClick(desk.window, Qt.Key.Key_Escape)
    assert answers.stack.currentIndex() == 0
    assert len(answers.cards) == 3


def test_search_says_what_the_db_lacks(desk: Desk) -> None:
    desk.window.search_by_hand()
    answers = desk.window.call.answers
    answers.box.setText("없는 것")
    desk.bot.waitUntil(lambda: "DB에 없습니다" in answers.results.status.text())


def test_result_of_an_older_query_is_dropped(desk: Desk) -> None:
    answers = desk.window.call.answers
    wishes: list[SearchWish] = []
    answers.search.wished.connect(wishes.append)
    answers.box.setText("과태")
    answers.box.setText("없는 것")
    desk.bot.waitUntil(lambda: len(wishes) >= 3)
    desk.bot.waitUntil(lambda: "DB에 없습니다" in answers.results.status.text())
    answers.search.take(wishes[0], desk.services.search("과태"))
    assert answers.results.model.rowCount() == 0


def test_sound_check_tells_what_is_wrong(desk: Desk) -> None:
    desk.services.health = {"agent": DeviceHealth.SILENT, "caller": DeviceHealth.UNPLUGGED}
    desk.window.start.check.click()
    check = desk.window.sound_check
    assert check is not None
    desk.bot.waitUntil(lambda: "연결이 끊겼습니다" in check.words[Channel.CALLER].text())
    assert "음소거" in check.words[Channel.AGENT].text()
    assert check.meters[Channel.AGENT].lit == 0
    desk.services.health = {"agent": DeviceHealth.OK, "caller": DeviceHealth.MISSING}
    check.again.click()
    desk.bot.waitUntil(lambda: "장치가 없습니다" in check.words[Channel.CALLER].text())
    assert check.words[Channel.AGENT].text() == "잘 들립니다."
    assert check.meters[Channel.AGENT].lit > 0
    check.close()
    assert all(one.closed for one in desk.services.checks)


def test_sound_check_stores_the_choice(desk: Desk) -> None:
    desk.window.open_sound_check()
    check = desk.window.sound_check
    assert check is not None
    desk.bot.waitUntil(lambda: check.agent.count() > 1)
    split = next(b for b in check.sides.buttons() if b.property("side") == CallerSide.SPLIT.value)
    split.click()
    check.caller.setCurrentIndex(check.caller.findData("line-1"))
    check.store.click()
    desk.bot.waitUntil(lambda: bool(desk.services.stored))
    choice = desk.services.stored[0]
    assert (choice.agent, choice.caller, choice.caller_side) == ("line-1", "line-1", CallerSide.SPLIT)


def test_a_call_closes_the_sound_check_that_holds_its_devices(desk: Desk) -> None:
    desk.window.open_sound_check()
    check = desk.window.sound_check
    assert check is not None
    assert check.isVisible()
    desk.live()
    desk.bot.waitUntil(lambda: all(one.closed for one in desk.services.checks))
    assert not check.isVisible()


def test_sound_check_never_opens_in_a_call(desk: Desk) -> None:
    desk.live()
    desk.window.open_sound_check()
    assert desk.window.sound_check is None


def test_saved_call_is_searched_reopened_and_corrected(desk: Desk) -> None:
    desk.window.open_sessions()
    sessions = desk.window.sessions
    assert sessions is not None
    desk.bot.waitUntil(lambda: sessions.model.rowCount() == 5)
    sessions.box.setText("매트리스")
    desk.bot.waitUntil(lambda: sessions.model.rowCount() == 1)
    sessions.open_button.click()
    desk.bot.waitUntil(lambda: len(sessions.view.record.forms) == 2)
    assert sessions.view.conversation.model.rowCount() == len(story.LINES)
    assert len(sessions.view.answers.cards) == 3
    assert not sessions.view.escalation.isVisible()
    assert not sessions.view.numbers.rows[0].play_button.isEnabled()
    sessions.view.record.forms[0].fields["inquiry"].rows[0].edit.setPlainText("고친 문의")
    sessions.view.record.save.click()
    desk.bot.waitUntil(lambda: bool(desk.services.filed))
    session, records = desk.services.filed[0]
    assert session == "s2"
    assert records[0].inquiry[0] == "고친 문의"
    desk.bot.waitUntil(lambda: not sessions.view.record.unsaved)


def test_outbox_tells_the_state_and_tries_again(desk: Desk) -> None:
    desk.window.open_outbox()
    outbox = desk.window.outbox
    assert outbox is not None
    desk.bot.waitUntil(lambda: outbox.table.rowCount() == 4)
    assert outbox.table.item(0, 2).text() == "미전송 (팀 열쇠 없음)"
    assert outbox.table.item(2, 2).text() == "전송됨"
    assert [outbox.table.item(3, column).text() for column in (0, 2)] == ["기록 (2차)", "거절됨"]
    assert [outbox.table.item(row, 4).text().strip("뒤분in m") for row in range(3)] == ["–", "4", "–"]
    state = outbox.table.item(1, 2).text()
    assert state.startswith("미전송 · ")
    assert "3.0" in state
    assert "8.5" in state
    assert "doumi team init" in outbox.status.text()
    outbox.retry.click()
    desk.bot.waitUntil(lambda: desk.services.retries == 1)


def test_notice_is_one_sentence_that_shifts_nothing(desk: Desk) -> None:
    desk.live()
    before = desk.window.call.geometry()
    desk.window.notices.say("첫 알림", "warning")
    desk.window.notices.say("둘째 알림", "warning")
    desk.window.notices.say("둘째 알림", "warning")
    assert desk.window.call.geometry() == before
    assert desk.window.notices.shown == "첫 알림"
    desk.window.notices.dismiss()
    assert desk.window.notices.shown == "둘째 알림"
    desk.window.notices.dismiss()
    assert desk.window.notices.shown == ""


def test_a_notice_takes_the_place_of_one_of_its_kind(desk: Desk) -> None:
    line = desk.window.notices
    line.say("하나", key="layout")
    line.say("다른 것")
    line.say("둘", key="layout")
    assert (line.shown, line.waiting) == ("둘", ("다른 것",))
    line.dismiss()
    line.say("셋", key="layout")
    line.say("넷", key="layout")
    assert (line.shown, line.waiting) == ("다른 것", ("넷",))
    line.over("layout")
    assert (line.shown, line.waiting) == ("다른 것", ())
    line.dismiss()
    desk.wrap_up()
    desk.tell(RecordFiled(**story.at(60), version=1, records=story.RECORDS))
    assert "F2" in line.shown
    desk.tell(story.started("devices"))
    assert line.shown == "", "the next call has begun"


def test_fault_of_a_wish_becomes_a_notice(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise Fault("no.such_code")

    monkeypatch.setattr(desk.control, "start_devices", refuse)
    desk.window.start_or_pause()
    assert "no.such_code" in desk.window.notices.shown


def test_esc_in_the_desk_closes_the_key_sheet_and_nothing_else(desk: Desk) -> None:
    desk.live()
    QTest.keyClick(desk.window, Qt.Key.Key_F1)
    assert desk.window.keys.sheet is not None
    assert desk.window.keys.sheet.isVisible()
    QTest.keyClick(desk.window, Qt.Key.Key_Escape)
    assert not desk.window.keys.sheet.isVisible()
    assert desk.window.stack.currentWidget() is desk.window.call


def test_every_key_is_listed_once_and_shown(desk: Desk) -> None:
    keys = [action.keys for action in desk.window.registry.offered if action.keys]
    assert len(keys) == len(set(keys))
    QTest.keyClick(desk.window, Qt.Key.Key_F1)
    sheet = desk.window.keys.sheet
    assert sheet is not None
    texts = {label.text() for label in sheet.findChildren(type(desk.window.bar.kb))}
    assert {written(key) for key in keys} <= texts


CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView, QTabBar)


def nameless(root: QWidget) -> list[str]:
    found = []
    for kind in CONTROLS:
        for widget in root.findChildren(kind):
            if (
                widget.objectName().startswith("qt_")
                or isinstance(widget.parent(), QComboBox)
                or isinstance(widget.parent().parent(), QComboBox)
            ):
                continue
            if isinstance(widget.parent(), QLineEdit) or type(widget).__name__ == "QHeaderView":
                continue
            if type(widget).__name__ == "QTableCornerButton" or not widget.metaObject().className():
                continue
            interface = QAccessible.queryAccessibleInterface(widget)
            name = widget.accessibleName() or (interface.text(QAccessible.Text.Name) if interface else "")
            if not name and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
                found.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return found


def test_no_control_without_a_name(desk: Desk) -> None:
    desk.wrap_up()
    desk.tell(story.abuse(), story.crisis(), story.handed_over(Delivery.WAITING))
    desk.window.open_sessions()
    desk.window.open_outbox()
    desk.window.open_settings()
    desk.window.keys.toggle()
    desk.window.call.refresh(set(Part))
    opened = [desk.window, desk.window.sessions, desk.window.outbox, desk.window.settings, desk.window.keys.sheet]
    for window in opened:
        assert window is not None
        assert nameless(window) == []
        assert window.accessibleName()
