"""The team's window over the real team: packs of a real desk, opened, checked, played, recorded and managed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app import evidence_check, evidence_record
from app.adapters.signing import Ed25519Verifier
from tests.helpers.evidence import PressDesk
from tests.helpers.team import NUMBER, TeamPc
from ui.evidence_record import EvidenceRecord
from ui.team_ports import PackState, TeamStep
from ui.team_window import TeamWindow, build_team


@pytest.fixture
def pc(tmp_path: Path) -> Iterator[TeamPc]:
    made = TeamPc(tmp_path / "team")
    desk = PressDesk(tmp_path / "desk")
    desk.key = made.public_key
    made.desks = {desk.signer.desk_id: desk.signer.public_key}
    desk.call()
    desk.press()
    desk.make()
    desk.hang_up()
    desk.make()
    made.deliver(desk)
    desk.close()
    yield made
    made.close()


@pytest.fixture
def window(pc: TeamPc, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[TeamWindow]:
    monkeypatch.delenv("DOUMI_LANG", raising=False)

    def record_of(incident_id: str) -> EvidenceRecord:
        checked = evidence_check.check(pc.desk.parts(incident_id), Ed25519Verifier(), pc.desks)
        return evidence_record.record_of(checked, listed=True)

    made = build_team(pc.desk, {}, today=date(2026, 11, 22), record_of=record_of)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(made.identity.isVisible)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(pc.key), ""))
    made.identity.click()
    qtbot.waitUntil(lambda: bool(made.inbox.incident.incident_id), timeout=20_000)
    yield made
    made.close()


def test_an_incident_is_verified_played_recorded_and_printed(
    pc: TeamPc, window: TeamWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane = window.inbox.incident
    assert pane.detail is not None
    assert pane.detail.row.state is PackState.UNTOUCHED
    qtbot.keyClick(window, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: any(pc.play_back.played))
    pane.steps.step.setCurrentIndex(pane.steps.step.findData(TeamStep.RESTRICTED.value))
    pane.steps.note.setText("7일 상담 제한")
    pane.steps.record.click()
    qtbot.waitUntil(lambda: pane.steps.table.rowCount() == 1)
    assert pc.desk.incident(pane.incident_id).steps[0].note == "7일 상담 제한"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "기록.pdf"), ""))
    pane.paper.trigger()
    qtbot.waitUntil((tmp_path / "기록.pdf").exists, timeout=20_000)
    assert (tmp_path / "기록.pdf").read_bytes().startswith(b"%PDF")


def test_a_flipped_byte_shows_as_a_pack_that_cannot_be_opened(pc: TeamPc, window: TeamWindow, qtbot: QtBot) -> None:
    first = sorted(pc.share.glob("*.age"))[0]
    spoiled = bytearray(first.read_bytes())
    spoiled[400] ^= 1
    (pc.share / "spoiled.age").write_bytes(spoiled)
    qtbot.keyClick(window, Qt.Key.Key_F5)
    inbox = window.inbox
    qtbot.waitUntil(lambda: any(row.state is PackState.BROKEN for row in inbox.rows), timeout=20_000)
    inbox.table.selectRow(next(place for place, row in enumerate(inbox.rows) if row.state is PackState.BROKEN))
    assert inbox.incident.body.isHidden()
    assert inbox.incident.empty.text()


def test_a_caller_is_put_into_the_register_and_published(pc: TeamPc, window: TeamWindow, qtbot: QtBot) -> None:
    window.pages.setCurrentIndex(1)
    page = window.register
    qtbot.waitUntil(lambda: "doumi callers init" in page.list_state.text())
    assert not page.add.isEnabled()
    pc.register.init(pc.folder / "list-keys")
    window.look()
    qtbot.waitUntil(page.add.isEnabled)
    page.number.setText(NUMBER)
    page.handling.setText("첫마디에 전담팀으로 돌립니다.")
    page.add.click()
    qtbot.waitUntil(lambda: page.table.rowCount() == 1)
    assert NUMBER.replace("-", "") not in " ".join(
        page.table.item(0, column).text() for column in range(page.table.columnCount())
    )
    page.publish.click()
    qtbot.waitUntil(lambda: pc.desk.state().version == 1 and pc.desk.state().unpublished == 0)


def test_figures_count_the_incident(pc: TeamPc, window: TeamWindow, qtbot: QtBot) -> None:
    page = window.figures
    page.first.setDate(page.first.date().addYears(-5))
    page.last.setDate(page.last.date().addYears(5))
    qtbot.waitUntil(lambda: page.figures is not None and page.figures.total == 1)
    assert page.table.rowCount() >= 1
