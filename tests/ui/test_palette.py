"""The palette (Ctrl+K): finds as one types, Korean included, does it, and gives the focus back."""

from __future__ import annotations

import unicodedata

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Desk
from ui.palette import Palette
from ui.palette_match import BEGINS, fit
from ui.palette_sources import Found

CTRL = Qt.KeyboardModifier.ControlModifier


def opened(desk: Desk) -> Palette:
    QTest.keyClick(desk.window, Qt.Key.Key_K, CTRL)
    palette = desk.window.finder
    assert palette is not None
    assert palette.isVisible()
    return palette


def rows(palette: Palette) -> list[Found]:
    return palette.list.rows.rows


def look_for(desk: Desk, palette: Palette, words: str) -> None:
    palette.box.setText(words)
    desk.bot.waitUntil(lambda: not palette._expecting)


def compose(palette: Palette, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(palette.box, event)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("통화", "통화 종료"),
        ("통호", "통화 종료"),  # a moment before the last vowel
        ("ㅌㅎㅈㄹ", "통화 종료"),
        ("화종", "통화 종료"),
        ("통 화종료", "통화 종료"),
        ("글자크기", "글자 크기"),
        ("크기 글자", "글자 크기"),
        ("SETT", "Settings"),
        ("xhdghk", "통화 종료"),  # the input method was off
        (unicodedata.normalize("NFD", "통화"), "통화 종료"),
        ("통화", unicodedata.normalize("NFD", "통화 종료")),
    ],
)
def test_what_is_typed_fits(typed: str, text: str) -> None:
    assert fit(typed, text) > 0


def test_what_does_not_fit_and_what_fits_best() -> None:
    assert fit("환불", "통화 종료") == 0
    assert fit("ㅏ종", "통화 종료") == 0  # in the middle of a syllable nothing begins
    assert fit("통화", "통화 종료") == BEGINS
    assert fit("종료", "통화 종료") > fit("료", "통화 종료") > 0


def test_an_action_is_found_and_done_and_the_focus_returns(desk: Desk) -> None:
    desk.wrap_up()
    field = desk.window.call.record.forms[0].fields["inquiry"].rows[0].edit
    field.setFocus()
    before = {pane: pane.geometry() for pane in (desk.window.call.answers, desk.window.call.record, field)}
    palette = opened(desk)
    assert palette.box.hasFocus()
    assert {pane: pane.geometry() for pane in before} == before
    look_for(desk, palette, "글자 크게")
    assert rows(palette)[0].ident == "larger"
    assert rows(palette)[0].keys == "Ctrl++"
    QTest.keyClick(palette.box, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert desk.window.preferences.text_scale > 1.0
    assert field.hasFocus()


def test_esc_closes_the_palette_only(desk: Desk) -> None:
    desk.live()
    desk.window.call.answers.focus_search()
    box = desk.window.call.answers.box
    palette = opened(desk)
    QTest.keyClick(palette.box, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert box.hasFocus()
    assert desk.window.call.answers.stack.currentWidget() is desk.window.call.answers.search


def test_it_never_covers_the_callers_words(desk: Desk) -> None:
    desk.live()
    if (before := desk.window.focusWidget()) is not None:
        before.clearFocus()
    palette = opened(desk)
    words = desk.window.call.conversation
    there = words.rect().translated(words.mapTo(desk.window, QPoint(0, 0)))
    lies = palette.rect().translated(palette.mapTo(desk.window, QPoint(0, 0)))
    assert not there.intersects(lies)
    assert desk.window.rect().contains(lies)
    QTest.keyClick(palette.box, Qt.Key.Key_Escape)
    assert desk.window.focusWidget() is None  # where nothing had the focus nothing gets it


def test_what_cannot_be_done_says_why_and_does_nothing(desk: Desk) -> None:
    palette = opened(desk)
    look_for(desk, palette, "통화 종료")
    found = next(row for row in rows(palette) if row.ident == "end")
    assert found.why_not == "통화 중에만"
    palette.list.setCurrentIndex(palette.list.rows.index(rows(palette).index(found)))
    QTest.keyClick(palette.box, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert "통화 중에만" in palette.status.text()
    assert "end" not in desk.control.names()


def test_enter_while_a_syllable_is_made_only_ends_it(desk: Desk) -> None:
    palette = opened(desk)
    compose(palette, "설")
    desk.bot.waitUntil(lambda: not palette._expecting)
    assert rows(palette)[0].ident == "settings"
    QTest.keyClick(palette.box, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert desk.window.settings is None
    compose(palette, "", "설")
    compose(palette, "저")
    desk.bot.waitUntil(lambda: not palette._expecting)
    assert rows(palette)[0].ident == "settings"  # 설저, on the way to 설정
    compose(palette, "", "정")
    desk.bot.waitUntil(lambda: not palette._expecting)
    QTest.keyClick(palette.box, Qt.Key.Key_Return)
    assert desk.window.settings is not None


def test_an_entry_opens_in_the_answers_and_a_saved_call_in_its_window(desk: Desk) -> None:
    palette = opened(desk)
    look_for(desk, palette, "과태료")
    entry = next(row for row in rows(palette) if row.kind == "entry")
    entry.run()
    answers = desk.window.call.answers
    assert answers.stack.currentWidget() is answers.entry
    assert desk.control.last("card_acted")[-1] == "과태료"
    look_for(desk, palette, "여권")
    desk.bot.waitUntil(lambda: any(row.kind == "session" for row in rows(palette)))
    next(row for row in rows(palette) if row.kind == "session").run()
    assert desk.window.sessions is not None
    assert desk.window.sessions.isVisible()


def test_a_setting_is_found_and_opened_where_it_is(desk: Desk) -> None:
    palette = opened(desk)
    look_for(desk, palette, "글자 크기")
    found = next(row for row in rows(palette) if row.kind == "setting")
    assert found.ident == "desk.text_scale"
    palette.list.setCurrentIndex(palette.list.rows.index(rows(palette).index(found)))
    QTest.keyClick(palette.box, Qt.Key.Key_Return)
    assert desk.window.settings is not None
    assert desk.window.settings.isVisible()


def test_tab_walks_inside_and_a_click_elsewhere_ends_it(desk: Desk) -> None:
    desk.live()
    palette = opened(desk)
    QTest.keyClick(palette.box, Qt.Key.Key_Tab)
    assert palette.list.hasFocus()
    QTest.keyClick(palette.list, Qt.Key.Key_Tab)
    assert palette.box.hasFocus()
    desk.window.call.answers.box.setFocus()
    assert not palette.isVisible()
    assert desk.window.call.answers.box.hasFocus()


def test_enter_before_the_entries_came_waits_for_them(desk: Desk) -> None:
    palette = opened(desk)
    palette.box.setText("과태료")
    assert palette._expecting
    QTest.keyClick(palette.box, Qt.Key.Key_Return)
    answers = desk.window.call.answers
    desk.bot.waitUntil(lambda: answers.stack.currentWidget() is answers.entry)
    assert not palette.isVisible()


def test_a_practice_call_is_found_by_initials_and_only_between_calls(desk: Desk) -> None:
    palette = opened(desk)
    title = desk.services.practice_calls()[0].title
    look_for(desk, palette, title[:6])
    assert any(row.kind == "practice" and not row.why_not for row in rows(palette))
    QTest.keyClick(palette.box, Qt.Key.Key_Escape)
    desk.live()
    opened(desk)
    look_for(desk, palette, title[:6])
    assert all(row.why_not for row in rows(palette) if row.kind == "practice")


def test_a_failing_search_still_finds_actions(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(desk.services, "suggest", fail)
    palette = opened(desk)
    look_for(desk, palette, "보낼함")
    assert [row.ident for row in rows(palette)] == ["outbox"]
