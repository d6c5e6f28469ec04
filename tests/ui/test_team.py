"""The dedicated team's window over a team from memory: inbox, playing, steps, register, figures; keys and names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QDateEdit, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from assist.model import CallerClass
from tests.ui.fake_team import ROWS, TITLES, TODAY, FakeTeam
from tests.ui.fakes import FakePreferences
from ui import theme
from ui.evidence_record import EvidenceRecord
from ui.team_ports import InboxLook, TeamStep
from ui.team_window import TeamWindow, build_team

RECORD = EvidenceRecord(
    title="증거 기록",
    incident_id="01JA",
    facts=(("통화", "call-1"),),
    basis="근거",
    verdict=("원본 그대로",),
    is_untouched=True,
    timeline_title="시간 순서",
    timeline_head=("때", "경과", "누가", "내용"),
    timeline=(),
    parts_title="부분",
    parts_head=("부분", "바이트", "SHA-256", "상태"),
    parts=(),
    how_title="확인하는 방법",
    how=("sha256sum",),
    covered="",
    page="{page}/{pages}",
)


@dataclass
class Team:
    window: TeamWindow
    fake: FakeTeam
    bot: QtBot

    def __post_init__(self) -> None:
        self.inbox = self.window.inbox
        self.pane = self.inbox.incident

    def shown(self, ident: str) -> None:
        self.bot.waitUntil(lambda: self.pane.incident_id == ident)

    def cells(self, table, row: int) -> list[str]:  # type: ignore[no-untyped-def]
        return [table.item(row, column).text() for column in range(table.columnCount())]


def opened(qtbot: QtBot, fake: FakeTeam) -> Team:
    window = build_team(
        fake,
        TITLES,
        today=TODAY,
        preferences=FakePreferences(),
        record_of=lambda ident: replace(RECORD, incident_id=ident),
    )
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return Team(window, fake, qtbot)


@pytest.fixture
def team(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Team]:
    monkeypatch.delenv("DOUMI_LANG", raising=False)
    made = opened(qtbot, FakeTeam())
    made.shown("01JA")
    yield made
    made.window.close()


def test_the_inbox_lists_incidents_with_what_checking_found_in_words(team: Team) -> None:
    table = team.inbox.table
    assert table.rowCount() == len(ROWS)
    assert team.cells(table, 0) == ["11-21 09:15", "원본 그대로", "협박", "해치겠다는 협박", "조치 전"]
    checks = [team.cells(table, row)[1] for row in range(len(ROWS))]
    assert checks == ["원본 그대로", "바뀜", "보낸 곳 확인 안 됨", "열 수 없음"]
    assert not any(table.item(row, 1).icon().isNull() for row in range(len(ROWS)))
    assert "관리 대상(악성)" in team.cells(table, 1)[3]
    assert team.cells(table, 2)[3] == "연습: 욕설"


def test_an_incident_shows_facts_timeline_and_evidence(team: Team) -> None:
    pane = team.pane
    assert "원본 그대로입니다" in pane.verdict.text()
    rows = [team.cells(pane.timeline, row) for row in range(pane.timeline.rowCount())]
    assert rows[1] == ["09:14:30", "시민", "야 이 개새끼야 지금 몇 번째 전화하는지 알아?", "욕설 (심함)\n“개새끼”"]
    assert ["09:14:45", "경고", "상담을 끝낼 수 있습니다.", ""] in rows
    assert rows[-1][1:] == ["통화 돌림", "", "실패"]


def test_a_changed_pack_names_what_was_changed(team: Team) -> None:
    team.bot.keyClick(team.window, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    team.shown("01JB")
    assert "clip.flac" in team.pane.verdict.text()
    assert "첫마디에 전담팀으로 돌립니다." in team.pane.caller.text()
    assert team.pane.manage.isHidden()


def test_a_broken_pack_says_why_and_opens_nothing(team: Team) -> None:
    team.inbox.table.selectRow(3)
    assert "열쇠로 열리지 않습니다" in team.pane.empty.text()
    assert team.pane.body.isHidden()


def test_f4_plays_some_seconds_before_the_incident_and_shift_f4_stops(team: Team) -> None:
    team.bot.keyClick(team.window, Qt.Key.Key_F4)
    team.bot.waitUntil(lambda: "play" in team.fake.names())
    assert team.fake.wishes[-1] == ("play", "01JA", 25.0, 80.0)
    team.bot.keyClick(team.window, Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    assert team.fake.wishes[-1] == ("stop",)


def test_the_keys_go_from_incident_to_incident_in_the_call(team: Team) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    team.bot.keyClick(team.window, Qt.Key.Key_Right, alt)
    team.bot.keyClick(team.window, Qt.Key.Key_F4)
    team.bot.waitUntil(lambda: ("play", "01JA", 55.0, 80.0) in team.fake.wishes)
    team.bot.keyClick(team.window, Qt.Key.Key_Right, alt)
    assert "협박" in team.cells(team.pane.timeline, team.pane.timeline.currentRow())[3]
    team.bot.keyClick(team.window, Qt.Key.Key_Left, alt)
    assert "욕설" in team.cells(team.pane.timeline, team.pane.timeline.currentRow())[3]


def test_a_pack_without_sound_offers_no_playing(team: Team) -> None:
    team.inbox.table.selectRow(2)
    team.shown("01JC")
    assert not team.pane.play.isEnabled()
    team.bot.keyClick(team.window, Qt.Key.Key_F4)
    assert "play" not in team.fake.names()


def test_a_step_is_recorded_with_day_and_note(team: Team) -> None:
    steps = team.pane.steps
    steps.step.setCurrentIndex(steps.step.findData(TeamStep.ACCUSED.value))
    steps.note.setText("관할 경찰서")
    steps.record.click()
    team.bot.waitUntil(lambda: steps.table.rowCount() == 1)
    assert ("add_step", "01JA", TeamStep.ACCUSED, TODAY, "관할 경찰서", 0) in team.fake.wishes
    team.bot.waitUntil(lambda: team.cells(team.inbox.table, 0)[4] == "고발")
    assert steps.note.text() == ""


def test_a_wrong_step_is_put_right_and_stays_struck_through(team: Team) -> None:
    team.fake.add_step("01JA", TeamStep.SENTENCED, TODAY, "잘못 적음")
    team.inbox.search()
    steps = team.pane.steps
    team.bot.waitUntil(lambda: steps.table.rowCount() == 1)
    assert steps.step.findData(TeamStep.WITHDRAWN.value) == -1
    steps.table.selectRow(0)
    steps.correct.click()
    steps.step.setCurrentIndex(steps.step.findData(TeamStep.WITHDRAWN.value))
    steps.record.click()
    team.bot.waitUntil(lambda: steps.table.rowCount() == 2)
    assert steps.table.item(0, 1).font().strikeOut()
    assert "정정" in team.cells(steps.table, 1)[1]
    assert steps.step.findData(TeamStep.WITHDRAWN.value) == -1


def test_search_by_words_and_by_number(team: Team) -> None:
    team.bot.keyClick(team.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    team.inbox.words.setText("threat")
    team.bot.waitUntil(lambda: team.inbox.table.rowCount() == 1)
    team.inbox.words.clear()
    team.inbox.number.setText("010")
    team.bot.waitUntil(lambda: ("inbox", "", "010") in team.fake.wishes)
    assert team.window.notices.shown == ""
    team.inbox.number.setText("010-1234-5678")
    team.bot.waitUntil(lambda: team.inbox.table.rowCount() == 2)
    team.inbox.number.setText("010-1111-2222")
    assert ("inbox", "", "010-1234-5678") in team.fake.wishes


def test_other_incidents_of_the_caller_narrow_the_list_and_back(team: Team) -> None:
    team.pane.others.click()
    team.bot.waitUntil(lambda: team.inbox.table.rowCount() == 2)
    team.inbox.all.click()
    team.bot.waitUntil(lambda: team.inbox.table.rowCount() == len(ROWS))


def test_new_packs_and_a_fault_of_the_folder_are_told(team: Team) -> None:
    team.fake.looked = InboxLook(2, 1)
    team.bot.keyClick(team.window, Qt.Key.Key_F5)
    team.bot.waitUntil(lambda: "새 자료 2건" in team.window.notices.shown)
    team.window.notices.dismiss()
    team.fake.looked = InboxLook(0, 0, "폴더를 읽을 수 없습니다.")
    team.inbox.look()
    team.bot.waitUntil(lambda: "폴더를 읽을 수 없습니다." in team.window.notices.shown)


def test_without_the_teams_key_the_head_says_what_to_do(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DOUMI_LANG", raising=False)
    team = opened(qtbot, FakeTeam(rows=(), identity=False))
    qtbot.waitUntil(team.window.identity.isVisible)
    assert "team.key" in team.window.state_words.text()
    qtbot.waitUntil(lambda: "아직 들어온 사건이 없습니다" in team.pane.empty.text())
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "team.key"), ""))
    team.window.identity.click()
    qtbot.waitUntil(team.window.identity.isHidden)
    team.window.close()


def test_the_record_is_printed_and_the_parts_are_saved(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "기록"), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    team.pane.paper.trigger()
    team.bot.waitUntil(lambda: "기록.pdf" in team.window.notices.shown)
    assert (tmp_path / "기록.pdf").read_bytes().startswith(b"%PDF")
    team.pane.lay_out.trigger()
    team.pane.export.trigger()
    team.bot.waitUntil(lambda: {"save_parts", "export_steps"} <= set(team.fake.names()))
    assert ("export_steps", tmp_path / "기록.xlsx", "01JA") in team.fake.wishes


def test_the_register_adds_changes_ends_and_publishes(team: Team) -> None:
    team.bot.keyClick(team.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    page = team.window.register
    team.bot.waitUntil(lambda: page.table.rowCount() == 1)
    assert "변경 1건" in page.list_state.text()
    page.add.click()
    assert "응대 방법을 적어" in team.window.notices.shown
    page.number.setText("010-1234-5678")
    page.kind.setCurrentIndex(page.kind.findData(CallerClass.HARD.value))
    page.handling.setText("20분 뒤 마칩니다.")
    page.add.click()
    team.bot.waitUntil(lambda: page.table.rowCount() == 2)
    _name, number, entry = next(wish for wish in team.fake.wishes if wish[0] == "add_caller")
    assert (number, entry.caller_class, entry.handling) == ("010-1234-5678", CallerClass.HARD, "20분 뒤 마칩니다.")
    assert page.number.text() == ""
    page.table.selectRow(0)
    page.change.click()
    assert page.handling.text() == "첫마디에 전담팀으로 돌립니다."
    page.handling.setText("바로 돌립니다.")
    page.add.click()
    team.bot.waitUntil(lambda: "바로 돌립니다." in team.cells(page.table, 0)[2])
    page.table.selectRow(0)
    page.end.click()
    team.bot.waitUntil(lambda: team.cells(page.table, 0)[5] == "끝남")
    assert not page.end.isEnabled()
    page.publish.click()
    team.bot.waitUntil(lambda: "명단 4판: 1명" in page.list_state.text())
    assert "변경" not in page.list_state.text()


def test_a_number_is_looked_up_in_the_register(team: Team) -> None:
    team.window.pages.setCurrentIndex(1)
    page = team.window.register
    team.bot.waitUntil(lambda: page.table.rowCount() == 1)
    page.number.setText("02-111-2222")
    page.look_up.click()
    team.bot.waitUntil(lambda: "등록되지 않은 번호" in team.window.notices.shown)
    page.number.setText("010-1234-5678")
    page.look_up.click()
    team.bot.waitUntil(lambda: page.table.currentRow() == 0)


def test_the_caller_of_an_incident_is_managed_without_his_number(team: Team) -> None:
    team.pane.manage.click()
    page = team.window.register
    assert team.window.pages.currentIndex() == 1
    assert page.number.isHidden()
    page.handling.setText("전담팀으로 돌립니다.")
    page.add.click()
    team.bot.waitUntil(lambda: "add_caller_of" in team.fake.names())
    team.bot.waitUntil(lambda: not page.number.isHidden())


def test_figures_are_a_table_charts_and_words_and_are_exported(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    team.bot.keyClick(team.window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    page = team.window.figures
    team.bot.waitUntil(lambda: page.table.rowCount() == 3)
    assert team.cells(page.table, 1) == ["협박", "14:00", "고발", "2"]
    assert "욕설 14" in page.kinds.accessibleName()
    assert "가장 많은 시간: 14시" in page.words.text()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "통계.csv"), ""))
    page.export.click()
    team.bot.waitUntil(lambda: ("export_figures", tmp_path / "통계.csv") in team.fake.wishes)


def test_everything_that_takes_the_focus_has_a_name(team: Team) -> None:
    kinds = (QAbstractButton, QLineEdit, QComboBox, QDateEdit, QAbstractItemView)
    for widget in team.window.findChildren(QWidget):
        inner = widget.window() is not team.window or isinstance(widget.parent(), QDateEdit | QComboBox)
        inner = inner or widget.objectName().startswith("qt_")
        reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if reached and isinstance(widget, kinds) and not inner:
            assert widget.accessibleName() or getattr(widget, "text", str)(), widget


def test_larger_text_by_the_keys(team: Team) -> None:
    team.bot.keyClick(team.window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert theme.current().scale > 1.0
    team.bot.keyClick(team.window, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert theme.current().scale == 1.0
