"""Layouts of the desk: walked through in a live call, remembered, whole at 200 %, with every help in reach."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.window_places import FILE_NAME, StoredPlaces
from audio.model import Channel
from tests.ui import fake_team, story
from tests.ui.conftest import Desk
from tests.ui.fake_services import FakeServices
from tests.ui.fakes import FakeBus, FakeControl, FakePreferences
from tests.ui.populated_desk import close_desk
from tests.ui.rows import SESSIONS
from ui.call_column import Column
from ui.call_view_state import Phase
from ui.desk import build_desk
from ui.hold_button import HoldButton
from ui.layouts import LAYOUTS, Place, WindowPlaces, after, on_screen
from ui.preference_ports import Preferences
from ui.team_window import build_team

LOOKS = [(layout, captions) for layout in LAYOUTS for captions in (False, True)]


def open_desk(bot: QtBot, wanted: Preferences, places: WindowPlaces | None = None) -> Desk:
    """Return a shown desk in a layout."""
    bus, control, preferences = FakeBus(), FakeControl(), FakePreferences(wanted)
    services = FakeServices(rows=SESSIONS, events=story.saved(), records=story.RECORDS)
    window = build_desk(control, services, bus.subscribe, preferences=preferences, places=places)
    with bot.waitExposed(window):
        window.show()
    return Desk(window, bus, control, services, preferences, bot)


@pytest.fixture(autouse=True)
def korean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DOUMI_LANG", raising=False)


def windows_of(desk: Desk) -> list[QWidget]:
    second = desk.window.layouts.second
    return [desk.window, *([second] if second is not None and second.isVisible() else [])]


def shown_in(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint()), widget.size())


def press(desk: Desk, action: str) -> None:
    QTest.keySequence(desk.window, QKeySequence(desk.window.registry.keys(action)))


def walk(desk: Desk) -> None:
    press(desk, "layout")
    QApplication.processEvents()


# -- F11 in a call ------------------------------------------------------------------------------------------------


def test_f11_goes_round_and_is_remembered_for_the_counsellor(desk: Desk) -> None:
    assert [after(one) for one in LAYOUTS] == ["docked", "two", "full"]
    assert after("no such") == "full"
    desk.live()
    seen = []
    for _ in range(3):
        walk(desk)
        seen.append((desk.preferences.kept.layout, desk.window.layouts.layout, len(windows_of(desk))))
    assert seen == [("docked", "docked", 1), ("two", "two", 2), ("full", "full", 1)]


def test_a_switch_in_a_call_keeps_text_focus_scroll_and_follows_on(desk: Desk) -> None:
    many = [story.final(n, Channel.CALLER, n * 3.0, n * 3.0 + 2, f"{n}번째 말입니다. 조금 길게.") for n in range(40)]
    desk.tell(story.started(), *many, story.suggestions(story.card(0), story.card(1)))
    call = desk.window.call
    bar = call.conversation.view.verticalScrollBar()
    desk.bot.waitUntil(lambda: bar.maximum() > 0)
    bar.setSliderPosition(bar.maximum() // 2)
    bar.triggerAction(bar.SliderAction.SliderMove)
    top = call.conversation.anchor()
    note = call.escalation.note
    note.setText("고성")
    desk.window.activateWindow()
    call.answers.box.setFocus()
    call.answers.box.insert("주차")
    desk.bot.waitUntil(call.answers.box.hasFocus)
    for utterance in (50, 51, 52):
        walk(desk)
        assert call.answers.box.hasFocus()
        assert call.answers.box.text() == "주차"
        assert note.text() == "고성"
        assert not call.conversation.following
        before = len(desk.window.state.lines)
        desk.tell(story.final(utterance, Channel.CALLER, utterance * 3.0, utterance * 3.0 + 1, "이어지는 말"))
        assert len(desk.window.state.lines) == before + 1
    desk.bot.waitUntil(lambda: call.conversation.anchor() == top)
    assert QApplication.activeModalWidget() is None
    assert QApplication.activePopupWidget() is None
    assert desk.window.state.phase is Phase.LIVE


def test_an_edited_record_survives_every_layout(desk: Desk) -> None:
    desk.wrap_up()
    record = desk.window.call.record
    edit = record.forms[0].fields["answer"].rows[0].edit
    edit.setPlainText("안전신문고 신고 안내")
    for _ in LAYOUTS:
        walk(desk)
        assert record.records()[0].answer[0] == "안전신문고 신고 안내"
        assert record.forms[0].isVisible()
    assert desk.window.call.record.stack.currentIndex() == 1


def test_the_second_window_comes_up_without_the_focus_and_takes_every_key(desk: Desk) -> None:
    desk.live()
    desk.window.activateWindow()
    desk.bot.waitUntil(desk.window.isActiveWindow)
    walk(desk)
    walk(desk)
    second = desk.window.layouts.second
    assert second is not None
    assert second.isVisible()
    assert desk.window.isActiveWindow()
    assert second.isAncestorOf(desk.window.call.numbers)
    assert second.isAncestorOf(desk.window.call.record)
    assert desk.window.isAncestorOf(desk.window.call.escalation.button)
    second.activateWindow()
    desk.bot.waitUntil(second.isActiveWindow)
    assert desk.window.layouts.in_front
    assert not desk.window.press.strip.isVisible()
    QTest.keyClick(second, Qt.Key.Key_F3)
    assert desk.control.names()[-1] == "mark"
    button = desk.window.call.escalation.button
    with desk.bot.waitSignal(button.held):
        QTest.keyPress(second, Qt.Key.Key_F12)
    QTest.keyRelease(second, Qt.Key.Key_F12)
    assert "escalate" in desk.control.names()
    QTest.keyClick(second, Qt.Key.Key_F11)
    assert not second.isVisible()
    assert desk.window.layouts.layout == "full"


def test_the_conversation_is_a_drawer_of_the_column(desk: Desk) -> None:
    desk.live()
    walk(desk)
    call, bar = desk.window.call, desk.window.bar
    assert not call.conversation.isVisible()
    assert bar.drawer.isVisible()
    press(desk, "conversation")
    assert call.conversation.isVisible()
    assert bar.drawer.isChecked()
    QTest.keyClick(desk.window, Qt.Key.Key_Escape)
    assert not call.conversation.isVisible()
    bar.drawer.click()
    assert call.conversation.isVisible()


# -- whole at every size ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("layout", "captions"), LOOKS)
def test_at_200_percent_on_a_small_screen_nothing_is_cut_and_all_is_in_reach(
    qtbot: QtBot, layout: str, captions: bool
) -> None:
    desk = open_desk(qtbot, Preferences(text_scale=2.0, layout=layout, captions_only=captions))
    try:
        window, call = desk.window, desk.window.call
        window.resize(840 if layout == "docked" else 1280, 800)
        desk.tell(*story.live(), story.crisis(), story.abuse())
        qtbot.waitUntil(lambda: call.foot.height() > 0 and window.height() == 800)
        QApplication.processEvents()
        for one in (call.escalation.button, call.next_sentence.area, window.bar.call, window.bar.unsent):
            assert one.isVisible()
            assert window.rect().contains(shown_in(one, window)), one
        assert call.next_sentence.area.height() >= 40
        for column in (c for w in windows_of(desk) for c in w.findChildren(Column)):
            viewport = column.area.viewport()
            assert column.panes.width() <= viewport.width()
            reach = column.panes.height() - viewport.height()
            assert reach <= column.area.verticalScrollBar().maximum()
            for place in range(column.panes.count()):
                box = column.panes.widget(place)
                assert box.minimumSizeHint().width() <= box.width()
        desk.tell(story.ended(), story.draft(final_one=True))
        qtbot.waitUntil(lambda: bool(call.record.forms))
        QApplication.processEvents()
        assert call.record.save.isVisible()
    finally:
        close_desk(desk)


@pytest.mark.parametrize(("layout", "size"), [("full", (1280, 800)), ("docked", (840, 1080)), ("two", (1080, 1080))])
def test_at_200_percent_a_whole_card_is_in_view(qtbot: QtBot, layout: str, size: tuple[int, int]) -> None:
    desk = open_desk(qtbot, Preferences(text_scale=2.0, layout=layout))
    try:
        window, answers = desk.window, desk.window.call.answers
        window.resize(*size)
        desk.live()
        qtbot.waitUntil(lambda: (window.width(), window.height()) == size)
        card = answers.cards[0]
        qtbot.waitUntil(lambda: card.visibleRegion().boundingRect().size() == card.size())
        assert card.passage.isVisible()
        assert window.bar.hang_up.isVisible() is (layout != "two")
    finally:
        close_desk(desk)


def test_a_place_from_smaller_letters_grows_with_them(desk: Desk) -> None:
    desk.live()
    for _ in LAYOUTS:
        walk(desk)
    desk.window.keep(replace(desk.window.preferences, text_scale=2.0))
    walk(desk)
    assert desk.window.width() == 840
    assert desk.window.geometry().right() <= desk.window.screen().availableGeometry().right() + 2
    walk(desk)
    second = desk.window.layouts.second
    assert second is not None
    assert second.width() == 840
    assert desk.window.width() == desk.window.screen().availableGeometry().width() - 840
    assert not desk.window.notices.waiting, "only the layout that stands is told"
    assert desk.window.notices.shown == desk.window.layouts.told("two")


def test_after_the_call_no_answer_is_promised(desk: Desk) -> None:
    desk.tell(story.started())
    promised = desk.window.call.answers.silence_text.text()
    desk.tell(story.ended())
    assert desk.window.call.answers.silence_text.text() != promised


@pytest.mark.parametrize("width", [420, 1280])
def test_every_fact_of_the_bar_has_room(desk: Desk, width: int) -> None:
    desk.live()
    desk.window.resize(width, 800)
    bar = desk.window.bar
    desk.bot.waitUntil(lambda: bar.width() == width)
    QApplication.processEvents()
    dial = bar._dials if bar._dials.isVisible() else bar.dial_menu
    for fact in (bar.call, bar.kept, *bar.meters.values(), bar.kb, bar.unsent, bar.lag, dial, bar.settings):
        assert fact.isVisible(), fact
        assert fact.width() >= fact.sizeHint().width(), fact
        assert bar.rect().contains(shown_in(fact, bar)), fact


# -- captions -----------------------------------------------------------------------------------------------------


def test_captions_show_both_sides_large_and_little_else(desk: Desk) -> None:
    desk.live()
    call = desk.window.call
    line = call.conversation.view.sizeHintForRow(0)
    press(desk, "captions")
    assert desk.preferences.kept.captions_only
    assert call.conversation.view.sizeHintForRow(0) > line
    assert call.conversation.isVisible()
    assert call.numbers.isVisible()
    assert call.next_sentence.isVisible()
    assert isinstance(call.escalation.button, HoldButton)
    assert call.escalation.button.isVisible()
    assert not call.answers.isVisible()
    assert not call.record.isVisible()
    desk.tell(story.crisis())
    desk.bot.waitUntil(lambda: call.next_sentence.area.isVisible())
    desk.window.bar.hang_up.click()
    assert desk.control.names()[-1] == "end"
    # A search is still one key away, and Esc gives the captions their room back.
    desk.window.search_by_hand()
    assert call.answers.isVisible()
    assert call.answers.box.hasFocus() or not desk.window.isActiveWindow()
    desk.window.back()
    desk.window.back()
    assert not call.answers.isVisible()
    desk.tell(story.ended(), story.draft(final_one=True))
    desk.bot.waitUntil(call.record.isVisible)
    assert not desk.window.bar.hang_up.isEnabled(), "there is no call left to end"
    desk.window.bar.whole.click()
    assert call.answers.isVisible()
    assert call.conversation.view.sizeHintForRow(0) == line


# -- places -------------------------------------------------------------------------------------------------------

SCREENS = [Place(0, 0, 1280, 800), Place(1280, 0, 1920, 1080)]


@pytest.mark.parametrize(
    ("stored", "wanted"),
    [
        (Place(100, 50, 800, 600), Place(100, 50, 800, 600)),
        (Place(1300, 40, 420, 1000), Place(1300, 40, 420, 1000)),
        (Place(4000, 40, 420, 700), Place(860, 40, 420, 700)),
        (Place(-5000, -900, 800, 600), Place(0, 0, 800, 600)),
        (Place(200, 0, 2500, 1400), Place(1280, 0, 1920, 1080)),
        (Place(1270, 690, 400, 400), Place(1270, 690, 400, 400)),
        (Place(1300, 1060, 400, 400), Place(1300, 680, 400, 400)),
        (Place(10, -300, 400, 400), Place(10, 0, 400, 400)),
        (Place(4000, 0, 800, 600, maximized=True), Place(480, 0, 800, 600, maximized=True)),
    ],
)
def test_a_window_never_comes_back_out_of_sight(stored: Place, wanted: Place) -> None:
    assert on_screen(stored, SCREENS) == wanted


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", '{"full.window": "x"}', '{"full.window": [1, 2]}', '{"a": [1e9, null]}', "\xff"]
)
def test_a_broken_file_of_places_gives_the_usual_ones(qtbot: QtBot, tmp_path: Path, content: str) -> None:
    (tmp_path / FILE_NAME).write_bytes(content.encode("latin-1"))
    places = StoredPlaces(tmp_path)
    assert all(isinstance(numbers, tuple) for numbers in places.load().values())
    if content != "{":
        return
    desk = open_desk(qtbot, Preferences(), places)
    assert (desk.window.width(), desk.window.height()) == (1280, 800)
    close_desk(desk)
    assert json.loads((tmp_path / FILE_NAME).read_text())["full.window"][2:4] == [1280, 800]


def test_each_layout_comes_back_where_it_was_left(qtbot: QtBot, tmp_path: Path) -> None:
    places = StoredPlaces(tmp_path)
    desk = open_desk(qtbot, Preferences(), places)
    desk.window.resize(1100, 700)
    desk.live()
    desk.window.call.stand.across.moveSplitter(500, 1)
    sizes = desk.window.call.stand.across.sizes()
    walk(desk)
    desk.window.resize(460, 640)
    walk(desk)
    close_desk(desk)
    again = open_desk(qtbot, Preferences(layout="docked"), StoredPlaces(tmp_path))
    assert (again.window.width(), again.window.height()) == (460, 640)
    again.live()
    walk(again)
    walk(again)
    assert (again.window.width(), again.window.height()) == (1100, 700)
    assert again.window.call.stand.across.sizes() == sizes
    close_desk(again)


def test_the_team_list_needs_no_sideways_scrolling_at_200_percent(qtbot: QtBot) -> None:
    window = build_team(
        fake_team.FakeTeam(),
        fake_team.TITLES,
        today=fake_team.TODAY,
        language="ko",
        preferences=FakePreferences(Preferences(text_scale=2.0)),
    )
    window.resize(1280, 800)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: window.inbox.table.rowCount() > 0)
    QApplication.processEvents()
    assert window.inbox.table.horizontalScrollBar().maximum() == 0
    window.close()
    shiboken6.delete(window)
