"""The trainer's window over a real trainer's side: a call drawn from a real desk is heard, rated and reported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app import access_log
from app.commands import Context
from app.commands import qa as qa_command
from app.home import Home
from app.package_side import own_recipient, package_opener
from app.personal import open_reader, open_writer, wall_clock
from app.qa.exercise import ExerciseBook
from app.qa.exercise_hand import ExerciseTaking
from app.qa.package_keys import write_key
from app.qa.package_make import BROKEN_OFF, MADE
from app.qa.report_files import export, printed
from app.settings import save
from app.trainer_side import TrainerWindow, open_trainer_window
from app.usage import Parser
from resources.notices import sentence
from tests.helpers.quality import CANARY, Clock, QaDeskPc, trainer_keys_in
from tests.ui.fake_trainer import report_of
from ui.qa.case_pane import CasePane
from ui.qa.exercise_maker import ExerciseMaker
from ui.qa.ports import SeriesPoint
from ui.qa.qa_window import QaWindow, build_qa
from ui.qa.report_print import pdf_of, print_report
from ui.qa.scorecard import Scorecard
from ui.qa.share_window import ShareWindow
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


def hand_on_exercise(replay: ReplayWindow, trainer: TrainerWindow, home: Home, qtbot: QtBot) -> None:
    """Make an exercise of the call and seal it for a colleague, who takes it in."""
    maker = replay.findChild(ExerciseMaker)
    assert maker is not None
    replay.show_page(maker)
    maker.title.setText("여권 연습")
    maker.button.click()
    qtbot.waitUntil(lambda: maker.list.count() == 1)
    colleague = Home(root=home.root / "colleague", models=home.models)
    write_key(home.root / "colleague.txt", own_recipient(colleague))
    maker.list.hand_on.click()
    form = maker.findChild(ShareWindow)
    assert form is not None
    form.add_key(home.root / "colleague.txt")
    qtbot.waitUntil(lambda: form.keys.count() == 1)
    form.purpose.setText("신입 교육")
    file = home.root / "case.doumi"
    form.place.setText(str(file))
    form.share_button.click()
    qtbot.waitUntil(lambda: str(file) in form.told.text())
    form.share_button.click()  # once more: nothing is ever replaced
    qtbot.waitUntil(lambda: form.told.text() == sentence("package.exists", path=str(file)))
    form.close()
    with open_writer(colleague) as store:
        book = ExerciseBook(store, wall_clock)
        taking = ExerciseTaking(colleague.packages, store, package_opener(store), book, wall_clock)
        assert taking.take(file).title == "여권 연습"
    logged = open_reader(home).read(lambda db: [one.action for one in access_log.entries(db)])
    assert logged[-5:] == ["package-open", MADE, "package-open", MADE, BROKEN_OFF]


def test_a_call_is_drawn_heard_rated_and_reported_in_one_window(
    site: tuple[QaDeskPc, Home, Path], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
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
        qtbot.waitUntil(lambda: window.state_words.text().startswith("목록에 온 통화 1건"))
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
        replay = cast(ReplayWindow, window.open_calls.windows[header])
        rate_and_keep(replay, trainer, qtbot)
        hand_on_exercise(replay, trainer, home, qtbot)
        del replay
        window.open_calls.windows[header].close()  # held by nobody else
        qtbot.waitUntil(lambda: not window.open_calls.windows)
        qtbot.waitUntil(lambda: window.calls.table.item(0, 5).text() == "평가함(1)")
        window.pages.setCurrentWidget(window.report)
        qtbot.waitUntil(lambda: window.report.table.rowCount() > 0)
        assert window.report.table.item(0, window.report.table.columnCount() - 1).text() == "100.0"
        told: list[str] = []
        window.report.told.connect(told.append)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "r.pdf"), ""))
        window.report.export.click()
        assert not window.report.export.isEnabled()  # it is drawn on a worker
        qtbot.waitUntil(lambda: bool(told))
        assert window.report.export.isEnabled()
        document = QPdfDocument()
        document.load(str(tmp_path / "r.pdf"))
        assert f"평가자 {trainer.services.rater()}" in " ".join(document.getAllText(0).text().split())
        document.close()
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


@pytest.mark.parametrize(("months", "pages"), [(13, 4), (53, 12)])
def test_a_table_of_a_report_is_torn_only_where_no_page_holds_it(qapp: object, months: int, pages: int) -> None:
    labels = [f"{2020 + n // 12}-{1 + n % 12:02d}" for n in range(months)]
    points = tuple(SeriesPoint(label, 80.0 if label == labels[-1] else None, 12) for label in labels)
    report = report_of()
    report = replace(report, series=tuple(replace(one, points=points) for one in report.series), raters=("이훈련",))
    data, count = pdf_of(printed(report))
    assert count == pages
    content = QByteArray(data)
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    texts = [document.getAllText(number).text() for number in range(count)]
    document.close()
    assert "와 빈칸은 값이 없는 기간" in texts[0]
    with_figures = [text for text in texts if "80.0" in text]
    assert len(with_figures) == 4
    assert all("기간" in text for text in with_figures)  # a head stands over them
    if months == 13:
        assert all(label in text for label in labels for text in with_figures)  # nothing was torn


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
