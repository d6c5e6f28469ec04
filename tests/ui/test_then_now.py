"""Then and now: the page that runs a call again and shows what differs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from resources.notices import sentence
from tests.ui import fake_replay
from tests.ui.fake_quiz import FakeQuizzes
from tests.ui.fake_then_now import BASIS, ROWS, FakeThenNow
from ui.qa.exercise_maker import ExerciseMaker
from ui.qa.training_pages import add_training
from ui.qa.training_ports import Training
from ui.replay.ports import ReplayCall
from ui.replay.replay_window import ReplayWindow
from ui.replay.then_now import ThenNowPage
from ui.replay.then_now_ports import Compared, ComparedPart, ThenNow


def shown(bot: QtBot, services: FakeThenNow) -> ThenNowPage:
    page = ThenNowPage(services)
    bot.addWidget(page)
    page.resize(520, 640)
    page.show()
    return page


def titles(page: ThenNowPage) -> list[str]:
    return [page.list.item(row).text() for row in range(page.list.count())]


def test_what_differs_is_listed_in_words_and_read_out(qtbot: QtBot) -> None:
    services = FakeThenNow()
    page = shown(qtbot, services)
    qtbot.mouseClick(page.run, Qt.MouseButton.LeftButton)  # type: ignore[no-untyped-call]
    qtbot.waitUntil(lambda: page.list.count() == len(ROWS) - 1)
    assert services.asked == ["whisper-base"]
    assert "5" in page.said.text()
    assert not page.running
    page.only.setChecked(False)
    assert page.list.count() == len(ROWS)
    read = [str(page.list.item(row).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(page.list.count())]
    assert all(read)
    assert all("profanity:2" not in text for text in (*titles(page), *read))
    assert not any("1234" in text for text in (*titles(page), *read))


def test_changed_words_are_marked_by_more_than_colour_and_named(qtbot: QtBot) -> None:
    page = shown(qtbot, FakeThenNow())
    page.start()
    qtbot.waitUntil(lambda: page.list.count() > 0)
    page.list.setCurrentRow(0)
    cursor = page.then.textCursor()
    cursor.setPosition(page.then.toPlainText().index("새워둔") + 1)
    assert cursor.charFormat().fontStrikeOut()
    cursor = page.now.textCursor()
    cursor.setPosition(page.now.toPlainText().index("세워둔") + 1)
    assert cursor.charFormat().fontUnderline()
    assert "새워둔" in page.told.text()
    assert "세워둔" in page.told.text()


def test_a_known_reason_is_named_at_its_difference(qtbot: QtBot) -> None:
    services = FakeThenNow()
    page = shown(qtbot, services)
    row = Compared(ComparedPart.CARD, 12.0, (), ("여권", "구청"), False, now_ids=("k2",), words_alone="then")
    page._done(ThenNow((row,), BASIS))
    why = page._words.why(row)
    assert why
    assert why in page.told.text()
    assert why in page.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_at_the_least_size_both_texts_stand_whole_beside_the_list(qtbot: QtBot) -> None:
    page = shown(qtbot, FakeThenNow())
    page.resize(864, 440)
    page._done(
        ThenNow((Compared(ComparedPart.DRAFT, 1.0, ("가 " * 60,), ("나 " * 60,), False, field="0.answer"),), BASIS)
    )
    qtbot.waitUntil(lambda: page.sides.orientation() is Qt.Orientation.Horizontal)
    lines = 6 * page.then.fontMetrics().lineSpacing()
    qtbot.waitUntil(lambda: min(box.viewport().height() for box in (page.then, page.now)) >= lines)
    assert not page.then.verticalScrollBar().isVisible()
    assert page.told.height() <= 3 * page.told.fontMetrics().lineSpacing(), "what is told below leaves the texts room"


def test_enter_on_a_row_goes_to_its_moment(qtbot: QtBot) -> None:
    page = shown(qtbot, FakeThenNow())
    page.start()
    qtbot.waitUntil(lambda: page.list.count() > 0)
    page.list.setCurrentRow(2)
    with qtbot.waitSignal(page.asked) as asked:
        qtbot.keyClick(page.list, Qt.Key.Key_Return)  # type: ignore[no-untyped-call]
    assert asked.args == [40.0]


def test_a_run_can_be_stopped_and_says_so(qtbot: QtBot) -> None:
    services = FakeThenNow()
    services.go.clear()
    page = shown(qtbot, services)
    page.start()
    qtbot.waitUntil(lambda: page.progress.value() == 50)
    assert not page.run.isEnabled()
    with qtbot.waitSignal(page.failed):
        qtbot.mouseClick(page.halt, Qt.MouseButton.LeftButton)  # type: ignore[no-untyped-call]
    assert page.said.text() == sentence("rerun.stopped")
    assert page.run.isEnabled()
    assert not page.halt.isVisible()


def test_without_sound_only_the_stored_text_is_offered_and_why(qtbot: QtBot) -> None:
    page = shown(qtbot, FakeThenNow(sound=False))
    assert [page.model.itemData(row) for row in range(page.model.count())] == [""]
    assert page.said.text()
    without_model = shown(qtbot, FakeThenNow(models=()))
    assert without_model.said.text() not in ("", page.said.text())


def test_beside_a_replay_it_goes_to_the_moment_and_ends_with_the_window(qtbot: QtBot) -> None:
    services, made = FakeThenNow(), list[str]()
    call = fake_replay.call()

    def make(_call: ReplayCall, title: str) -> None:
        made.append(title)

    window = ReplayWindow(call, fake_replay.FakePlayer())
    qtbot.addWidget(window)
    add_training(window, call, Training(lambda _call: services, make, FakeQuizzes()))
    window.show()
    page, maker = window.findChild(ThenNowPage), window.findChild(ExerciseMaker)
    assert isinstance(page, ThenNowPage)
    assert isinstance(maker, ExerciseMaker)
    page.start()
    qtbot.waitUntil(lambda: page.list.count() > 0)
    page.list.setCurrentRow(0)
    page.go.click()
    assert window.at_s == ROWS[1].at_s
    maker.title.setText("주정차 신고")
    maker.button.click()
    qtbot.waitUntil(lambda: made == ["주정차 신고"])
    window.close()
    assert services.stopped


def test_the_focus_goes_along_with_a_run(qtbot: QtBot) -> None:
    page = shown(qtbot, FakeThenNow())
    with qtbot.waitActive(page):
        page.activateWindow()
    page.run.setFocus()
    qtbot.keyClick(page.run, Qt.Key.Key_Space)  # type: ignore[no-untyped-call]
    assert page.halt.hasFocus()
    qtbot.waitUntil(lambda: not page.running)
    assert page.run.hasFocus()


def test_text_whose_sound_is_missing_is_told_and_marked(qtbot: QtBot) -> None:
    page = shown(qtbot, FakeThenNow())
    row = Compared(ComparedPart.TEXT, 12.0, ("집 앞이요",), ("집 앞이요",), True, "caller", kept=True)
    other = Compared(ComparedPart.TEXT, 20.0, ("네",), ("네",), True, "agent")
    page._done(ThenNow((row, other), BASIS, ("소리가 없는 구간이 있습니다.",)))
    assert "소리가 없는 구간이 있습니다." in page.said.text()
    page.only.setChecked(False)
    first, second = titles(page)
    assert page._words.state(row) != page._words.state(other)
    assert page._words.state(row) in first
    assert page._words.state(other) in second
