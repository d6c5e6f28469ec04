"""What this PC keeps, as the counsellor sees it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.errors import StoreFault
from assist.events import CallHeld
from tests.ui import story
from tests.ui.conftest import Desk
from tests.ui.fake_services import FakeHoldings
from ui.holdings_ports import Holdings
from ui.holdings_window import HoldingsWindow


def opened(bot: QtBot, fake: FakeHoldings) -> HoldingsWindow:
    window = HoldingsWindow(fake)
    bot.addWidget(window)
    window.show()
    window.look()
    bot.waitUntil(lambda: window.table.rowCount() == 3)
    return window


def test_it_tells_what_is_kept_when_it_goes_and_what_stays_and_why(qtbot: QtBot) -> None:
    window = opened(qtbot, FakeHoldings())
    assert "한빛시 기록물 관리 기준" in window.policy.text()
    assert "90" in window.kinds.item(0, 3).text()
    fates = [window.table.item(row, 3).text() for row in range(3)]
    assert "2027" in fates[0]
    assert fates[1] in ("On hold: handed over", "보존 중: 전담팀 이관")
    assert re.search(r"1 of them are evidence|1건은 증거로", window.status.text())
    window.table.selectRow(1)
    assert not window.delete_button.isEnabled()
    assert not window.shift_button.isVisible()
    window.show_holdings(Holdings(clock_doubted=True))
    assert window.doubt.isVisible()


def test_a_call_is_destroyed_only_after_a_plain_question(qtbot: QtBot) -> None:
    fake = FakeHoldings()
    window = opened(qtbot, fake)
    window.table.selectRow(0)
    window.delete_button.click()
    assert window.confirm.isVisible()
    assert "2026" in window.question.text()
    window.back()
    assert not window.confirm.isVisible()
    assert window.isVisible()
    window.go_button.click()
    window.delete_button.click()
    window.table.selectRow(2)  # another call: the question was about the first
    assert not window.confirm.isVisible()
    assert fake.deleted == []
    window.table.selectRow(0)
    window.delete_button.click()
    with qtbot.waitSignal(window.changed):
        window.go_button.click()
    qtbot.waitUntil(lambda: window.table.rowCount() == 2)
    assert fake.deleted == ["01C"]


def test_a_refusal_is_one_sentence_and_changes_nothing(qtbot: QtBot) -> None:
    fake = FakeHoldings(fault=StoreFault("store.call_open", id="01C"))
    window = opened(qtbot, fake)
    window.table.selectRow(0)
    window.delete_button.click()
    with qtbot.waitSignal(window.failed) as told:
        window.go_button.click()
    assert told.args[0] is fake.fault
    assert fake.deleted == []


def test_a_home_worker_ends_the_shift_here(qtbot: QtBot) -> None:
    fake = FakeHoldings(shift=True)
    window = opened(qtbot, fake)
    assert window.table.item(0, 3).text() in ("When the shift ends", "근무를 마칠 때")
    window.shift_button.click()
    with qtbot.waitSignal(window.changed):
        window.go_button.click()
    assert fake.ended == 1


def test_the_list_is_exported(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeHoldings()
    window = opened(qtbot, fake)
    file = tmp_path / "list.csv"
    monkeypatch.setattr("ui.holdings_window.QFileDialog.getSaveFileName", lambda *_: (str(file), ""))
    window.export_button.click()
    qtbot.waitUntil(lambda: fake.exported == [file])


def test_the_bar_says_in_a_recorded_call_how_long_it_is_kept(desk: Desk) -> None:
    bar = desk.window.bar
    assert not bar.kept.isVisible()
    desk.live()
    assert desk.window.state.source != "practice"
    assert bar.kept.isVisible()
    assert "90" in bar.kept.text()
    desk.tell(CallHeld(**story.at(20), held=True))
    assert bar.kept.text() == "녹음 안 함"
    desk.tell(CallHeld(**story.at(25), held=False))
    assert "90" in bar.kept.text()
    bar.kept.click()
    window = desk.window.holdings
    assert window is not None
    desk.bot.waitUntil(lambda: window.table.rowCount() == 3)
    assert not window.isModal()
    window.close()
    desk.tell(story.ended())
    assert not bar.kept.isVisible(), "nothing is recorded any more"


def test_it_opens_from_the_saved_calls_and_the_settings(desk: Desk) -> None:
    desk.window.open_sessions()
    assert desk.window.sessions is not None
    desk.window.sessions.holdings_button.click()
    assert desk.window.holdings is not None
    assert desk.window.holdings.isVisible()
    desk.window.holdings.close()
    desk.window.open_settings()
    assert desk.window.settings is not None
    desk.window.settings.holdings.click()
    assert desk.window.holdings.isVisible()
    desk.window.holdings.close()
    desk.window.settings.close()
    desk.window.sessions.close()
