"""The honest bar: what is waited for, heard, held, known and owed, each in its own place."""

from __future__ import annotations

import os
import signal
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from assist.events import ArsPathKnown, CallHeld
from audio.events import DeviceStateChanged, LagChanged
from audio.model import Channel, DeviceHealth
from tests.ui import story
from tests.ui.conftest import Desk
from ui.end_signals import EndSignals
from ui.main_window import OPENING_MS, STATE_MS


def test_the_bar_tells_what_it_waits_for_at_the_start(desk: Desk) -> None:
    desk.services.warming = ("speech", "language")
    desk.window.refresh_desk()
    bar = desk.window.bar
    assert bar.lag.text() == "준비 중: 음성 인식, 의미 검색"
    assert desk.window._clock.interval() == OPENING_MS
    desk.services.warming = ("language",)
    desk.window.refresh_desk()
    assert bar.lag.text() == "준비 중: 의미 검색"
    desk.services.warming = ()
    desk.window.refresh_desk()
    assert "준비" not in bar.lag.text()
    assert desk.window._clock.interval() == STATE_MS


def test_a_db_that_cannot_be_opened_is_not_said_to_be_opening(desk: Desk) -> None:
    desk.services.kb_fault = "상담DB를 열지 못했습니다."
    desk.window.refresh_desk()
    bar = desk.window.bar
    assert bar.kb.text() == "DB 열지 못함"
    assert bar.kb.toolTip() == desk.services.kb_fault
    assert desk.window.notices.standing == (desk.services.kb_fault,)
    assert desk.window._clock.interval() == STATE_MS


def test_unsent_counts_packs_and_records(desk: Desk) -> None:
    desk.services.unsent, desk.services.unsent_records = 2, 3
    desk.window.refresh_desk()
    assert desk.window.bar.unsent.text() == "미전송 5"
    assert "증거 2, 기록 3" in desk.window.bar.unsent.toolTip()


def test_hold_and_the_ars_path_have_a_place(desk: Desk) -> None:
    desk.live()
    bar = desk.window.bar
    assert not bar.ars.isVisible()
    desk.tell(ArsPathKnown(**story.at(31), path=("교통", "주정차"), category="교통"))
    assert bar.ars.isVisible()
    assert bar.ars.text() == "ARS 주정차"
    assert "교통 › 주정차" in bar.ars.toolTip()
    desk.tell(CallHeld(**story.at(32), held=True))
    assert "보류 중" in bar.call.text()
    desk.tell(CallHeld(**story.at(33), held=False))
    assert "통화 중" in bar.call.text()
    desk.tell(CallHeld(**story.at(34), held=True), story.ended())
    assert "통화 종료" in bar.call.text()


def test_the_dial_never_goes_away(desk: Desk) -> None:
    bar = desk.window.bar
    bar.show_profile("김하나", QMenu(desk.window))
    desk.services.unsent, desk.services.no_key = 12, True
    desk.live()
    desk.tell(ArsPathKnown(**story.at(31), path=("외국어",), category=""))
    desk.window.refresh_desk()
    assert bar._dials.isVisible() or bar.dial_menu.isVisible()
    bar.dial_menu.menu().actions()[2].trigger()
    assert desk.preferences.kept.dial == "active"
    assert bar.dial_menu.text() == "적극"
    assert [one.isChecked() for one in bar.dial.buttons()] == [False, False, True]


def test_no_fact_moves_another_while_the_call_goes_on(desk: Desk) -> None:
    desk.live()
    bar = desk.window.bar
    facts = (bar.call, bar.kb, bar.unsent, *(side.name for side in bar.sides.values()), bar.settings)

    def places() -> list[QPoint]:
        return [fact.mapTo(bar, QPoint()) for fact in facts]

    before, height = places(), bar.height()
    desk.tell(
        LagChanged(**story.at(41), backlog_s=12.0, step=1),
        DeviceStateChanged(**story.at(41), channel=Channel.CALLER, health=DeviceHealth.UNPLUGGED),
        CallHeld(**story.at(41), held=True),
    )
    desk.tell(CallHeld(**story.at(42), held=False), LagChanged(**story.at(42), backlog_s=15.0, step=3))
    assert places() == before
    assert bar.height() == height


# -- digits -------------------------------------------------------------------------------------------------------


def test_a_number_is_chosen_by_keys_heard_and_copied(desk: Desk) -> None:
    desk.live()
    numbers = desk.window.call.numbers
    box = desk.window.call.answers.box
    box.setFocus()
    for _ in range(2):
        desk.window.registry.run("number_down")
    assert numbers.chosen is not None
    assert numbers.chosen.display == "4만 원"
    assert numbers.rows[1].property("chosen") == "true"
    desk.window.registry.run("number_again")
    assert desk.control.last("play")[2] == "agent"
    desk.window.registry.run("copy_number")
    assert QGuiApplication.clipboard().text() == "4만 원"
    assert box.hasFocus() or not desk.window.isActiveWindow()


def test_doubt_is_told_in_dots_and_words_and_never_in_percent(desk: Desk) -> None:
    desk.live()
    doubtful, sure, _ = desk.window.call.numbers.rows
    assert doubtful.sureness.text() == "확인 필요"
    assert sure.sureness.text() == "잘 들림"
    assert doubtful.dots._filled < sure.dots._filled
    for row in (doubtful, sure):
        assert row.sureness.text() in row.accessibleName()
        assert "%" not in row.accessibleName()
    assert "1234" not in doubtful.accessibleName()


def test_a_new_number_leaves_the_focus_in_its_row(desk: Desk) -> None:
    desk.live()
    numbers = desk.window.call.numbers
    row = numbers.rows[1]
    row.copy_button.setFocus()
    heard = story.numbers()[0]
    newer = replace(heard, number=replace(heard.number, id=9, display="관악구 청룡길 34-5 은천아파트 101동"))
    desk.tell(newer)
    assert numbers.rows[2] is row
    assert desk.window.focusWidget() is row.copy_button
    digits = numbers.rows[0].digits
    desk.bot.waitUntil(lambda: digits.height() >= digits.heightForWidth(digits.width()))


# -- the system ends the program ----------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGTERM")
def test_a_signal_closes_the_desk_in_a_call_and_keeps_the_draft(desk: Desk) -> None:
    desk.wrap_up()
    edit = desk.window.call.record.forms[0].fields["answer"].rows[0].edit
    edit.setPlainText("방금 쓴 말")
    signals = EndSignals(desk.window.leave)
    try:
        os.kill(os.getpid(), signal.SIGTERM)
        desk.bot.waitUntil(lambda: not desk.window.isVisible())
    finally:
        signals.close()
    assert desk.control.last("save_draft")[0][0].answer[0] == "방금 쓴 말"


def test_leaving_in_a_live_call_is_not_refused(desk: Desk) -> None:
    desk.live()
    assert not desk.window.close()
    desk.window.leave()
    assert not desk.window.isVisible()
