"""The tour over a practice call: it waits, it follows the keys that are pressed, it takes no focus and remembers."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from assist.events import ListeningPaused, RecordFiled
from tests.ui import story
from tests.ui.conftest import Desk
from ui.call_view_state import Phase
from ui.desk_lock import DeskLock
from ui.profile_ports import LockRule
from ui.tour import SPEED
from ui.tour_steps import STEPS, place_of


def step(desk: Desk) -> str:
    assert desk.window.tour.step is not None
    return desk.window.tour.step.name


def press(desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    desk.bot.keyClick(desk.window, key, modifier)


def onward(desk: Desk) -> None:
    press(desk, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)


def toggle(desk: Desk) -> None:
    press(desk, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)


def begin(desk: Desk) -> None:
    """Bring the tour to its first step in a call."""
    toggle(desk)
    onward(desk)
    desk.tell(story.started("practice"))
    desk.tell(*story.spoken(2))


def filed() -> RecordFiled:
    return RecordFiled(**story.at(60), version=1, records=story.RECORDS)


def test_the_whole_way_by_the_real_keys(desk: Desk) -> None:
    focus = QApplication.focusWidget()
    toggle(desk)
    assert step(desk) == "welcome"
    assert QApplication.focusWidget() is focus
    assert "start_practice" not in desk.control.names()
    onward(desk)
    assert desk.control.last("start_practice") == ("parking", SPEED)
    desk.tell(story.started("practice"))
    assert step(desk) == "said"
    assert desk.window.tour.outline.target is None, "nothing was said yet"
    desk.tell(*story.spoken(2))
    note, outline = desk.window.tour.note, desk.window.tour.outline
    assert outline.target is desk.window.call.conversation
    assert desk.control.last("set_paused") == (True,)
    desk.tell(ListeningPaused(**story.at(9), paused=True))
    assert desk.window.notices.standing == (), "a call that waits for the reader is nothing to warn of"
    onward(desk)
    assert desk.control.last("set_paused") == (False,), "no answer yet: the call goes on"
    desk.tell(ListeningPaused(**story.at(9), paused=False))
    desk.tell(*story.spoken(), story.suggestions(story.card(0), story.card(1)), *story.noise())
    desk.bot.waitUntil(lambda: outline.target is desk.window.call.answers)
    onward(desk)
    assert step(desk) == "copy"
    assert "F6" in note.accessibleDescription()
    press(desk, Qt.Key.Key_F6)
    assert step(desk) == "used"
    press(desk, Qt.Key.Key_F7)
    assert step(desk) == "digits"
    desk.tell(*story.numbers())
    assert outline.target is desk.window.call.numbers
    onward(desk)
    assert step(desk) == "abuse"
    onward(desk)
    assert step(desk) == "hang_up"
    onward(desk)
    assert step(desk) == "hang_up", "only the real key ends the call"
    press(desk, Qt.Key.Key_F9)
    assert "end" in desk.control.names()
    desk.tell(story.ended(), story.draft(final_one=True))
    assert step(desk) == "draft"
    onward(desk)
    assert step(desk) == "file"
    press(desk, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "file_record" in desk.control.names()
    desk.tell(filed())
    assert step(desk) == "done"
    assert desk.preferences.load().tour == "done"
    onward(desk)
    assert desk.window.tour.step is None
    assert not note.isVisible()
    assert not outline.isVisible()


def test_it_is_left_and_taken_up_again_where_it_was(desk: Desk) -> None:
    begin(desk)
    desk.tell(*story.spoken(), story.suggestions(story.card(0)), *story.numbers(), *story.noise())
    for _ in range(4):
        onward(desk)
    assert step(desk) == "digits"
    desk.tell(ListeningPaused(**story.at(9), paused=True))
    toggle(desk)
    assert desk.window.tour.step is None
    assert desk.control.last("set_paused") == (False,), "a call that waited goes on"
    assert desk.preferences.load().tour == "digits"
    toggle(desk)
    assert step(desk) == "digits"
    toggle(desk)
    desk.window.state.phase = Phase.WRAP_UP
    desk.window.close_call()
    toggle(desk)
    assert step(desk) == "welcome"
    assert desk.window.tour.note.text.text().count("들은 숫자") == 1, "it says where it goes on"
    onward(desk)
    desk.tell(story.started("practice"))
    assert step(desk) == "digits"


def test_a_real_call_puts_the_tour_away(desk: Desk) -> None:
    toggle(desk)
    desk.tell(story.started("devices"))
    assert desk.window.tour.step is None
    desk.control.wishes.clear()
    toggle(desk)
    assert desk.window.tour.step is None
    assert desk.control.wishes == []
    assert desk.window.notices.shown


def test_a_call_that_ends_early_leads_on_to_the_draft(desk: Desk) -> None:
    begin(desk)
    desk.tell(story.ended(), story.draft(final_one=True))
    assert step(desk) == "draft"
    assert not desk.window.tour.note.back_button.isEnabled()


def test_a_record_that_was_passed_over_is_not_called_filed(desk: Desk) -> None:
    begin(desk)
    desk.tell(story.ended(), story.draft(final_one=True))
    onward(desk)
    onward(desk)
    assert step(desk) == "done"
    note = desk.window.tour.note
    assert "저장하지 않았습니다" in note.text.text()
    assert "마쳤습니다" not in note.title.text()
    desk.tell(filed())
    assert "저장하지 않았습니다" not in note.text.text()


def test_a_call_closed_in_the_middle_can_be_played_again(desk: Desk) -> None:
    begin(desk)
    desk.tell(story.ended(), story.draft(final_one=True))
    desk.window.close_call()
    assert step(desk) == "welcome"
    onward(desk)
    assert desk.control.names().count("start_practice") == 2


def test_the_note_names_the_keys_in_use(desk: Desk) -> None:
    begin(desk)
    desk.tell(*story.spoken(), story.suggestions(story.card(0)), *story.noise())
    own = desk.window.preferences
    object.__setattr__(own, "keys", {"copy": "Ctrl+Shift+C"})
    onward(desk)
    onward(desk)
    assert step(desk) == "copy"
    assert "Ctrl+Shift+C" in desk.window.tour.note.accessibleDescription()
    assert "F6" not in desk.window.tour.note.accessibleDescription()


@pytest.mark.parametrize(("layout", "scale"), [("full", 1.0), ("full", 2.0), ("docked", 2.0), ("two", 1.0)])
def test_the_note_lies_over_nothing_and_shows_all_its_words(desk: Desk, layout: str, scale: float) -> None:
    desk.window.keep(replace(desk.preferences.load(), layout=layout, text_scale=scale))
    desk.window.setMinimumSize(1024 if layout == "full" else 360, 440)
    desk.window.resize(420 * int(scale) if layout == "docked" else 1280, 800)
    begin(desk)
    note, outline = desk.window.tour.note, desk.window.tour.outline
    for place in range(len(STEPS)):
        desk.window.tour._tell(place)
        QApplication.processEvents()
        assert note.geometry().intersected(desk.window.call.geometry()).isEmpty()
        for label in (note.title, note.text):
            assert label.height() >= label.heightForWidth(label.width()), label.text()
            assert not re.search(r"[A-Za-z]{4,}", label.text()), "Korean throughout"
        if outline.target is not None and outline.target.isVisible():
            assert outline.window() is outline.target.window()


def test_the_note_lies_in_the_window_where_a_pin_locks_it_too(desk: Desk) -> None:
    rule = LockRule(minutes=0, in_call=False)
    DeskLock(desk.window, "김하나", lambda _pin: None, lambda: rule, lambda: False, lambda: "")
    toggle(desk)
    note = desk.window.tour.note
    assert note.isVisible()
    assert note.window() is desk.window


def test_the_outline_follows_a_pane_into_another_layout(desk: Desk) -> None:
    begin(desk)
    desk.tell(*story.spoken(), story.suggestions(story.card(0)), *story.numbers(), *story.noise())
    desk.window.tour._tell(place_of("digits"))
    outline = desk.window.tour.outline
    assert outline.window() is desk.window
    press(desk, Qt.Key.Key_F11)
    press(desk, Qt.Key.Key_F11)
    desk.bot.waitUntil(lambda: outline.window() is desk.window.layouts.second)
    desk.bot.waitUntil(lambda: outline.isVisible() and outline.height() >= desk.window.call.numbers.height())
    press(desk, Qt.Key.Key_F11)
    desk.bot.waitUntil(lambda: outline.window() is desk.window and outline.isVisible())


def test_a_pane_that_is_folded_away_is_told(desk: Desk) -> None:
    desk.window.keep(replace(desk.preferences.load(), layout="docked"))
    begin(desk)
    assert step(desk) == "said"
    assert not desk.window.tour.outline.isVisible()
    assert "접혀" in desk.window.tour.note.text.text()
    assert "Ctrl+T" in desk.window.tour.note.accessibleDescription()
