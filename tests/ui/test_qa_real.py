"""The trainer's window over a real trainer's side: a call drawn from a real desk is heard, rated and reported."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPdf import QPdfDocument
from pytestqt.qtbot import QtBot

from app.commands import Context
from app.commands import qa as qa_command
from app.home import Home
from app.qa.report_files import export
from app.settings import save
from app.trainer_side import TrainerWindow, open_trainer_window
from app.usage import Parser
from tests.helpers.quality import CANARY, Clock, QaDeskPc, trainer_keys_in
from tests.ui.fake_trainer import report_of
from ui.qa.case_pane import CasePane
from ui.qa.qa_window import QaWindow, build_qa
from ui.qa.report_print import print_report
from ui.qa.scorecard import Scorecard
from ui.replay.replay_window import ReplayWindow


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[QaDeskPc, Home, Path]]:
    monkeypatch.setenv("DOUMI_KEY_MODE", "file")
    monkeypatch.delenv("DOUMI_LANG", raising=False)
    share = tmp_path / "share"
    share.mkdir()
    trainer_keys_in(tmp_path / "keys")
    desk = QaDeskPc(tmp_path / "desk", str(share), tmp_path / "keys" / "trainer.json", Clock())
    home = Home(root=tmp_path / "trainer", models=tmp_path / "models")
    settings = desk.settings.model_copy(update={"role": "trainer"})
    home.root.mkdir()
    save(home.settings, settings)
    yield desk, home, tmp_path / "keys" / "trainer.key"
    desk.close()


def rate_and_keep(replay: ReplayWindow, trainer: TrainerWindow, qtbot: QtBot) -> None:
    """Give every item all its points, submit, and make a case of the call."""
    card = cast(Scorecard, replay.pages.currentWidget())
    qtbot.waitUntil(lambda: card.rubric.count() > 0)
    card.start.click()
    qtbot.waitUntil(lambda: card.form.draft is not None)
    draft = card.form.draft
    assert draft is not None
    for item in draft.rubric.items:
        draft.give(item.id, item.points)
    card.submit()
    card.submit()
    qtbot.waitUntil(lambda: bool(trainer.services.calls()) and trainer.services.calls()[0].own == "submitted")
    pane = replay.findChild(CasePane)
    assert pane is not None
    replay.show_page(pane)
    pane.title.setText("한 번에 받은 사례")
    pane.words.setText(CANARY)
    pane.add.click()
    qtbot.waitUntil(lambda: bool(trainer.cases.cases()))
    case = trainer.cases.cases()[0]
    assert case.scores
    assert CANARY not in repr(case)


def test_a_call_is_drawn_heard_rated_and_reported_in_one_window(
    site: tuple[QaDeskPc, Home, Path], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, home, key = site
    desk.call()
    desk.send()
    with open_trainer_window(home, can_hide=False) as trainer:
        trainer.services.take_identity(key)
        window: QaWindow = build_qa(
            trainer.services,
            today=desk.clock().date(),
            replay_of=trainer.replay_of,
            cases=trainer.cases,
            language="ko",
            preferences=trainer.preferences,
            settings=trainer.settings,
        )
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        qtbot.waitUntil(lambda: window.state_words.text().startswith("아는 통화 1건"))
        window.pages.setCurrentWidget(window.sampling)
        window.sampling.title.setText("11월 정기")
        window.sampling.preview_button.click()
        qtbot.waitUntil(window.sampling.draw_button.isEnabled)
        window.sampling.draw_button.click()
        qtbot.waitUntil(lambda: window.sampling.earlier.rowCount() == 1)
        qtbot.waitUntil(lambda: bool(list((home.root.parent / "share").glob("draws/*.json"))))
        desk.look()
        desk.send()
        window.pages.setCurrentWidget(window.calls)
        qtbot.keyClick(window, Qt.Key.Key_F5)
        qtbot.waitUntil(lambda: window.calls.open_button.isEnabled())
        window.calls.table.setFocus()
        qtbot.keyClick(window.calls.table, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: bool(window.open_calls.windows))
        header = next(iter(window.open_calls.windows))
        rate_and_keep(cast(ReplayWindow, window.open_calls.windows[header]), trainer, qtbot)
        window.open_calls.windows[header].close()  # held by nobody else
        qtbot.waitUntil(lambda: not window.open_calls.windows)
        qtbot.waitUntil(lambda: window.calls.table.item(0, 5).text() == "평가함(1)")
        window.pages.setCurrentWidget(window.report)
        qtbot.waitUntil(lambda: window.report.table.rowCount() > 0)
        assert window.report.table.item(0, window.report.table.columnCount() - 1).text() == "100.0"
        window.close()


def test_the_command_tells_and_writes_a_report(
    site: tuple[QaDeskPc, Home, Path], qtbot: QtBot, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    _, home, key = site
    parser = Parser()
    qa_command.configure(parser)

    def ran(*words: str) -> str:
        assert qa_command.run(parser.parse_args(words), Context(home)) == 0
        return capsys.readouterr().out

    ran("take-key", str(key))
    assert ran("report", "--counsellor", "C-007", "--to", "2026-11-22") == "이 기간에는 제출된 평가가 없습니다.\n"
    assert '"withheld"' in ran("report", "--by", "week", "--jsonl")


def test_the_report_on_paper_holds_its_words_figures_and_a_page_for_each_chart(tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "r.pdf"
    export(report_of(), file, lambda tables: b"", print_report)
    document = QPdfDocument()
    document.load(str(file))
    assert document.pageCount() == 4
    pages = [document.getAllText(number).text() for number in range(4)]
    assert all(words in pages[0] for words in ("평가 보고서", "1팀", "2026-11", "82.5", "5명부터", "1/4쪽"))
    assert "안내 내용" in pages[2]
    assert file.stat().st_mode & 0o077 == 0
    document.close()
