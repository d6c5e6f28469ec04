"""Care on screen: the strip, the rest page, quiet work, support, the report and the own note; over the real care."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.settings import ProtectionSettings
from assist.model import Protection
from audio.events import CallEvent
from tests.helpers.care import CareRig, abuse, ended, handed_over, said
from tests.helpers.personal import home_in
from tests.ui import story
from tests.ui.fake_services import FakeServices
from tests.ui.fakes import FakeControl, FakePreferences
from tests.ui.rows import SESSIONS
from ui.call_view_state import Phase
from ui.care_report import write_pdf
from ui.desk import build_desk
from ui.main_window import MainWindow


@dataclass
class Cared:
    rig: CareRig
    window: MainWindow
    control: FakeControl
    bot: QtBot

    def call(self, *events: CallEvent) -> None:
        self.rig.call(said(0, 5, "안녕하십니까"), said(1, 20, "야 이 개새끼야"), *events)
        self.bot.waitUntil(lambda: self.window.state.phase is Phase.WRAP_UP)

    @property
    def care(self):  # type: ignore[no-untyped-def]
        return self.window.care


@pytest.fixture
def cared(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cared]:
    monkeypatch.delenv("DOUMI_LANG", raising=False)
    protection = ProtectionSettings(support_name="마음건강 지원", support_contact="02-000-1004")
    rig = CareRig(home_in(tmp_path), protection)
    control = FakeControl()
    services = FakeServices(rows=SESSIONS, events=story.saved(), records=story.RECORDS)
    window = build_desk(control, services, rig.bus.subscribe, preferences=FakePreferences(), care=rig.care)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    with qtbot.waitExposed(window):
        window.show()
    yield Cared(rig, window, control, qtbot)
    window.state.phase = Phase.IDLE
    window.close()
    rig.store.close()


def test_nothing_is_offered_in_the_call_and_the_strip_shifts_nothing_after_it(cared: Cared) -> None:
    before = cared.care.foot.height()
    cared.rig.call(said(1, 20, "야 이 개새끼야"), abuse())
    cared.bot.waitUntil(lambda: cared.window.state.abuse is not None)
    assert cared.care.strip.isHidden()
    focus = QApplication.focusWidget()
    cared.rig.bus.publish(ended())
    cared.bot.waitUntil(cared.care.strip.isVisible)
    assert QApplication.focusWidget() is focus
    assert cared.care.foot.height() == before
    assert cared.care.strip.rest.text() == "10분 쉬기"


def test_a_decent_call_shows_no_strip(cared: Cared) -> None:
    cared.call(ended())
    assert cared.care.strip.isHidden()


def test_rest_is_taken_shown_and_left_with_one_press(cared: Cared) -> None:
    cared.call(abuse(), ended())
    page = cared.window.stack.currentWidget()
    cared.care.strip.rest.click()
    assert cared.window.stack.currentWidget() is cared.care.rest
    assert cared.care.rest.time.text() == "10:00"
    cared.rig.later(4)
    cared.care.look()
    assert cared.care.rest.time.text() == "06:00"
    cared.care.rest.back.click()
    assert cared.window.stack.currentWidget() is page
    assert cared.rig.given()[-1] == (Protection.REST_ENDED, 4.0)


def test_the_end_of_the_rest_is_told_softly_and_waits(cared: Cared) -> None:
    cared.call(abuse(), ended())
    cared.care.strip.rest.click()
    cared.rig.later(11)
    cared.bot.waitUntil(lambda: cared.care.state.rest_over)
    assert cared.window.stack.currentWidget() is cared.care.rest
    assert "쉬는 시간이 끝났습니다" in cared.window.notices.shown
    cared.care.rest.back.click()
    assert cared.window.stack.currentWidget() is cared.window.call


def test_f2_while_resting_says_why(cared: Cared) -> None:
    cared.call(abuse(), ended())
    cared.care.strip.rest.click()
    cared.bot.keyClick(cared.window, Qt.Key.Key_F2)
    assert "쉬는 중입니다" in cared.window.notices.shown
    assert "start_devices" not in cared.control.names()


def test_quiet_work_holds_every_way_to_begin_a_call_and_one_press_lifts_it(cared: Cared) -> None:
    cared.call(abuse(), ended())
    cared.care.strip.quiet.click()
    window = cared.window
    window.close_call()
    cared.bot.keyClick(window, Qt.Key.Key_F2)
    window.start.start.click()
    window.start.run_practice.click()
    window.start.file_chosen.emit(Path("call.wav"), True)
    assert not {"start_devices", "start_practice", "start_file"} & set(cared.control.names())
    assert "전화를 받지 않는 업무" in window.notices.shown
    assert cared.care.strip.calls.isVisible()
    cared.care.strip.calls.click()
    cared.bot.keyClick(window, Qt.Key.Key_F2)
    assert "start_devices" in cared.control.names()
    assert [kind for kind, _ in cared.rig.given()][-2:] == [Protection.QUIET_WORK, Protection.CALLS_AGAIN]


def test_declining_leaves_support_and_report_and_closing_puts_the_strip_away(cared: Cared) -> None:
    cared.call(abuse(), ended())
    strip = cared.care.strip
    strip.decline.click()
    assert strip.rest.isHidden()
    assert strip.support.isVisible()
    strip.close_button.click()
    assert strip.isHidden()
    assert (Protection.REST_DECLINED, 10.0) in cared.rig.given()


def test_the_support_contact_is_one_press_away_and_logged(cared: Cared) -> None:
    cared.call(abuse(), ended())
    cared.care.strip.support.click()
    window = cared.care.window
    assert window is not None
    assert window.isVisible()
    assert (window.name.text(), window.contact.text()) == ("마음건강 지원", "02-000-1004")
    assert "산업안전보건법 제41조" in window.law.text()
    assert (Protection.SUPPORT_SHOWN, 0.0) in cared.rig.given()


def test_the_own_note_is_hidden_until_the_counsellor_wants_it(cared: Cared) -> None:
    cared.call(abuse(), ended())
    cared.care.open_support()
    window = cared.care.window
    assert window is not None
    assert not window.own.isChecked()
    assert window.note.isHidden()
    window.own.click()
    window.note.setPlainText("힘들었다")
    window.keep.click()
    cared.bot.waitUntil(lambda: cared.rig.care.own_note() == "힘들었다")
    cared.bot.waitUntil(window.delete.isVisible)
    window.delete.click()
    cared.bot.waitUntil(lambda: cared.rig.care.own_note() == "")


def test_a_kept_note_can_be_deleted_after_it_was_switched_off(cared: Cared) -> None:
    cared.rig.care.keep_own_note("지난 메모")
    cared.care.open_support()
    window = cared.care.window
    assert window is not None
    cared.bot.waitUntil(window.delete.isVisible)
    assert window.note.toPlainText() == ""
    window.delete.click()
    cared.bot.waitUntil(lambda: cared.rig.care.own_note() == "")


def test_the_report_is_drafted_edited_traced_and_saved(cared: Cared, tmp_path: Path) -> None:
    cared.call(abuse(), handed_over(), ended())
    cared.care.strip.report.click()
    report = cared.care.report
    assert report is not None
    cared.bot.waitUntil(lambda: "악성민원 경위서" in report.edit.toPlainText())
    assert "상황: 욕설" in report.edit.toPlainText()
    at = report.edit.toPlainText().index("개새끼야")
    cursor = report.edit.textCursor()
    cursor.setPosition(at)
    report.edit.setTextCursor(cursor)
    assert "야 이 개새끼야" in report.evidence.text()
    report.edit.appendPlainText("덧붙임: 손이 떨렸음")
    assert report.unsaved
    cared.bot.keyClick(report, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    cared.bot.waitUntil(lambda: not report.unsaved)
    assert cared.rig.care.report("call-1").report.text.endswith("덧붙임: 손이 떨렸음")
    report.copy.click()
    assert "덧붙임" in QApplication.clipboard().text()


def test_edits_are_not_lost_when_the_window_is_closed(cared: Cared) -> None:
    cared.call(abuse(), ended())
    cared.care.open_report()
    report = cared.care.report
    assert report is not None
    cared.bot.waitUntil(lambda: bool(report.edit.toPlainText()))
    report.edit.appendPlainText("닫기 전에 쓴 줄")
    report.close()
    cared.bot.waitUntil(lambda: cared.rig.care.report("call-1").saved)


def test_the_report_becomes_a_pdf(cared: Cared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cared.call(abuse(), ended())
    cared.care.open_report()
    report = cared.care.report
    assert report is not None
    cared.bot.waitUntil(lambda: bool(report.edit.toPlainText()))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "경위서"), ""))
    report.pdf.click()
    assert (tmp_path / "경위서.pdf").read_bytes().startswith(b"%PDF")
    assert not write_pdf("x", tmp_path / "absent" / "a.pdf")


def test_the_report_of_a_saved_call_opens_from_the_saved_calls(cared: Cared) -> None:
    cared.call(abuse(), ended())
    cared.window.open_session("call-1")
    sessions = cared.window.sessions
    assert sessions is not None
    cared.bot.waitUntil(lambda: sessions.stack.currentIndex() == 1)
    sessions.report_asked.emit("call-1")
    cared.bot.waitUntil(lambda: cared.care.report is not None and bool(cared.care.report.edit.toPlainText()))


def test_the_strip_keeps_rest_and_support_where_the_row_is_narrow_and_the_text_large(cared: Cared) -> None:
    cared.window.restyle("light", 2.0)
    cared.window.resize(1024, 680)
    cared.call(abuse(), ended())
    cared.bot.waitUntil(cared.care.strip.isVisible)
    strip = cared.care.strip
    assert strip.rest.isVisible()
    assert strip.support.isVisible()
    assert strip.width() < cared.window.width()
    cared.window.restyle("light", 1.0)


def test_a_restart_in_the_middle_of_the_rest_comes_up_resting(cared: Cared, qtbot: QtBot) -> None:
    cared.call(abuse(), ended())
    cared.care.strip.rest.click()
    cared.rig.reopen()
    services = FakeServices(rows=SESSIONS)
    again = build_desk(FakeControl(), services, cared.rig.bus.subscribe, care=cared.rig.care)
    qtbot.addWidget(again)
    again.show()
    assert again.stack.currentWidget() is again.care.rest
    assert again.care.state.resting
