"""The replay window as a trainer uses it: by keys, by mouse, and what becomes of it when the call goes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from assist.events import CardsShown, DraftReady
from assist.model import CardAction
from audio.model import Channel
from resources.notices import Fault
from tests.ui import fake_replay, story
from tests.ui.conftest import Desk
from tests.ui.fake_replay import FakePlayer, FakeReplayCall
from ui import i18n, theme
from ui.replay.desk_page import DeskPage
from ui.replay.keys import KEYS
from ui.replay.ports import SilentStretch
from ui.replay.replay_window import ReplayWindow

ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
Opened = tuple[ReplayWindow, FakeReplayCall, FakePlayer]


@pytest.fixture
def opened(qtbot: QtBot) -> Opened:
    """The story in a replay window, in Korean."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    i18n.install(app, "ko")
    theme.apply(app, "light", 1.0)
    window, call, player = fake_replay.open_window(qtbot)
    window.activateWindow()
    window.timeline.setFocus()
    qtbot.waitUntil(lambda: window.timeline.complete)
    return window, call, player


def frame(window: ReplayWindow, player: FakePlayer, at_s: float) -> None:
    """Let the sound be heard up to a moment."""
    player.at_s = at_s
    window._look()


def test_it_shows_sound_words_events_and_the_desk_of_the_beginning(opened: Opened) -> None:
    window, call, _ = opened
    assert window.transcript.model.rowCount() == len(story.LINES)
    assert {channel for channel, *_ in call.asked} == {Channel.AGENT, Channel.CALLER}
    assert window.desk.view.conversation.model.rowCount() == 0
    assert window.events.model.rowCount() > 8
    assert [window.pages.tabText(n) for n in range(3)] == ["당시 화면", "사건 목록", "기록과 수정"]


def test_a_jump_takes_the_sound_the_words_and_the_desk_there(opened: Opened) -> None:
    window, _, player = opened
    window.seek(15.0)
    assert player.seeks[-1] == 15.0
    assert window.desk.view.conversation.model.rowCount() == 3
    row = window.transcript.row
    assert window.transcript.model.lines[row].text == story.LINES[3][3]
    span = window.transcript.model.heard(row)
    assert span is not None
    word = story.LINES[3][3][slice(*span)]
    assert word == "있어요."
    assert window.transport.place.text() == "00:15 / 00:39"


def test_the_desk_shows_the_card_that_was_shown_and_what_was_done_with_it(opened: Opened, qtbot: QtBot) -> None:
    window, _, _ = opened
    answers = window.desk.view.answers
    window.seek(8.8)
    assert not answers.cards
    window.seek(9.5)
    assert [card.card.title for card in answers.cards] == [story.card(0).title]
    window.seek(10.2)
    assert answers.stack.currentWidget() is answers.entry
    window.seek(9.5)
    assert answers.stack.currentIndex() == 0
    used = answers.cards[0]
    window.seek(30.0)
    assert used is not answers.cards[0]
    words = [label.text() for label in answers.cards[0].findChildren(QLabel)]
    assert "열어 봄 · 사용" in words or "열어 봄 · 사용함" in words


def test_the_desk_says_that_newer_answers_waited_and_where_the_db_came_from(qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    i18n.install(app, "ko")
    first, second = story.card(0), story.card(1)
    log = (
        story.started(),
        story.suggestions(first),
        CardsShown(**story.at(8.6), turn=1, article_ids=(first.article_id,), origin="sample"),
        story.suggestions(second, asked=3, seconds=12.0),
        CardsShown(**story.at(32), turn=3, article_ids=(second.article_id,), origin="sample"),
        story.ended(),
    )
    page = DeskPage(())
    qtbot.addWidget(page)
    page.resize(1280, 700)
    page.show()
    page.show_call(log, 39.0)
    answers = page.view.answers
    page.set_at(10.0)
    assert not answers.waited.isVisibleTo(page)
    page.set_at(20.0)
    assert answers.waited.isVisibleTo(page)
    assert "1" in answers.waited.text()
    assert "00:12" in answers.waited.text()
    assert [one.card.title for one in answers.cards] == [first.title]
    assert any(label.accessibleName().endswith("· 예시") for label in answers.cards[0].findChildren(QLabel))
    page.set_at(33.0)
    assert not answers.waited.isVisibleTo(page)
    assert any("특별 자료" in label.text() and label.isVisibleTo(page) for label in answers.findChildren(QLabel))


def test_where_there_is_nothing_to_say_the_heard_numbers_have_the_room(qtbot: QtBot) -> None:
    page = DeskPage(())
    qtbot.addWidget(page)
    page.resize(872, 480)
    page.show()
    page.show_call(fake_replay.events(), 39.0)
    page.set_at(30.0)
    numbers = page.view.numbers
    assert not page.view.stand.is_column
    assert len(numbers.rows) == 3

    def two_in_view() -> bool:
        high = [row.height() for row in numbers.rows[:2]]
        return sum(high) <= numbers.area.viewport().height() and page.view.numbers.rows[0].height() < 200

    qtbot.waitUntil(two_in_view)


def test_playing_moves_everything_and_goes_on_from_a_jump(opened: Opened, qtbot: QtBot) -> None:
    window, _, player = opened
    with qtbot.waitSignal(window.moved):
        qtbot.keyClick(window, Qt.Key.Key_F4)
        qtbot.waitUntil(lambda: player.playing)
        frame(window, player, 12.5)
    assert window.at_s == 12.5
    assert window.transport.play.text() == "멈춤"
    qtbot.keyClick(window, Qt.Key.Key_Right, ALT)
    assert player.at_s == 17.5
    assert player.playing
    qtbot.keyClick(window, Qt.Key.Key_F4)
    assert not player.playing


@pytest.mark.parametrize(
    ("key", "modifier", "where"),
    [
        (Qt.Key.Key_Down, ALT, 9.0),
        (Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier, 9.0),
        (Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier, 31.0),
        (Qt.Key.Key_F7, Qt.KeyboardModifier.NoModifier, 12.0),
        (Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier, 15.0),
    ],
)
def test_a_key_goes_to_the_next_turn_card_warning_number_or_bookmark(
    opened: Opened, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier, where: float
) -> None:
    window, _, player = opened
    window.seek(5.0)
    qtbot.keyClick(window, key, modifier)
    assert player.at_s == where
    window.seek(38.0)
    back = Qt.Key.Key_Up if key == Qt.Key.Key_Down else key
    qtbot.keyClick(window, back, ALT if modifier == ALT else SHIFT)
    assert player.at_s < 38.0


def test_speed_silence_sides_and_loop_have_keys(opened: Opened, qtbot: QtBot) -> None:
    window, _, player = opened
    for _ in range(5):
        qtbot.keyClick(window, Qt.Key.Key_PageUp, ALT)
    assert player.speed == 3.0
    qtbot.keyClick(window, Qt.Key.Key_Home, ALT)
    assert player.speed == 1.0
    qtbot.keyClick(window, Qt.Key.Key_S, ALT)
    qtbot.keyClick(window, Qt.Key.Key_C, ALT)
    assert player.skip
    assert player.sides == (True, False)
    window.seek(10.0)
    qtbot.keyClick(window, Qt.Key.Key_L, ALT)
    window.seek(14.0)
    qtbot.keyClick(window, Qt.Key.Key_L, ALT)
    assert player.loop == (10.0, 14.0)
    qtbot.keyClick(window, Qt.Key.Key_L, ALT)
    assert player.loop is None


def test_no_key_of_the_window_is_taken_from_a_text_field(opened: Opened, qtbot: QtBot) -> None:
    window, _, player = opened
    notes = QLineEdit()
    window.add_page("메모", notes)
    window.show_page(notes)
    notes.setFocus()
    before = player.at_s, player.playing
    qtbot.keyClicks(notes, "sap loc123")
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Space, Qt.Key.Key_Backspace):
        qtbot.keyClick(notes, key)
    assert (player.at_s, player.playing) == before
    assert notes.text() == "sap loc123"
    plain = [key for _, keys in KEYS for key in keys if "+" not in key and not key.startswith("F")]
    assert not plain


def test_nothing_moves_the_transcript_while_somebody_reads_elsewhere(qtbot: QtBot, opened: Opened) -> None:
    window, _, player = fake_replay.open_window(qtbot, fake_replay.long_call(600, 1200.0))
    bar = window.transcript.view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 1000)
    window.seek(600.0)
    bar.triggerAction(bar.SliderAction.SliderToMinimum)
    assert not window.transcript.following
    here = bar.value()
    player.playing = True
    for n in range(1, 60):
        frame(window, player, 600.0 + n)
    assert bar.value() == here
    qtbot.keyClick(window, Qt.Key.Key_F, ALT)
    assert bar.value() != here
    assert window.transcript.following


def test_a_hand_scrubs_through_the_call_and_marks_a_passage(opened: Opened, qtbot: QtBot) -> None:
    window, _, player = opened
    line = window.timeline
    y = line.height() // 3
    qtbot.mousePress(line, Qt.MouseButton.LeftButton, pos=QPoint(300, y))
    qtbot.mouseMove(line, QPoint(600, y))
    shown = window.at_s
    assert not player.seeks
    qtbot.mouseRelease(line, Qt.MouseButton.LeftButton, pos=QPoint(600, y))
    assert player.seeks == [pytest.approx(shown)]
    with qtbot.waitSignal(window.selected):
        qtbot.mousePress(line, Qt.MouseButton.LeftButton, SHIFT, QPoint(300, y))
        qtbot.mouseMove(line, QPoint(500, y))
        qtbot.mouseRelease(line, Qt.MouseButton.LeftButton, SHIFT, QPoint(500, y))
    chosen = window.selection()
    assert chosen.marked
    assert 5 < chosen.end_s - chosen.start_s < 8
    window.desk.view.answers.back()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.selection().marked


def test_the_selection_is_the_turn_and_the_card_of_the_moment(opened: Opened) -> None:
    window, _, _ = opened
    window.seek(13.0)
    chosen = window.selection()
    assert (chosen.turn, chosen.start_s, chosen.end_s) == (3, 12.0, 17.0)
    assert chosen.card == story.card(0).article_id
    assert chosen.words == story.LINES[3][3]


def test_a_passage_plays_once_and_rests_at_its_end(opened: Opened, qtbot: QtBot) -> None:
    window, _, player = opened
    window.play_span(12.0, 14.0)
    qtbot.waitUntil(lambda: player.playing)
    frame(window, player, 13.9)
    assert player.playing
    frame(window, player, 14.02)
    assert not player.playing


def test_the_keyboard_walks_the_events_on_the_timeline_and_says_them(opened: Opened, qtbot: QtBot) -> None:
    window, _, player = opened
    line = window.timeline
    window.seek(8.6)
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Down)
    assert "답변" in line.accessibleDescription() or "발화" in line.accessibleDescription()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert player.at_s == 9.0


def test_the_list_of_events_goes_there_and_can_be_sifted(opened: Opened, qtbot: QtBot) -> None:
    window, _, player = opened
    window.show_page(window.events)
    window.events.filter.setCurrentIndex(4)
    assert window.events.model.rowCount() == 3
    window.events.table.setFocus()
    window.events.table.selectRow(1)
    qtbot.keyClick(window.events.table, Qt.Key.Key_Return)
    assert player.at_s == 22.0


def test_the_draft_stands_beside_what_was_filed_with_the_edits_in_words(opened: Opened) -> None:
    window, _, _ = opened
    window.show_page(window.record)
    assert "고친 칸 1개" in window.record.summary.text()
    assert "[뺌: 1분 간격]" in window.record.text.toPlainText()


def test_words_are_found_without_moving_the_sound(opened: Opened, qtbot: QtBot) -> None:
    window, _, player = opened
    qtbot.keyClick(window, Qt.Key.Key_F, CTRL)
    assert window.transcript.box.hasFocus()
    window.transcript.box.setText("과태료")
    qtbot.keyClick(window.transcript.box, Qt.Key.Key_Return)
    assert window.transcript.view.currentIndex().row() == 3
    assert player.at_s == 0.0


def test_a_call_deleted_while_it_is_open_leaves_the_window_with_one_sentence(opened: Opened, qtbot: QtBot) -> None:
    window, call, player = opened
    window.seek(15.0)
    call.fault = Fault("store.no_session", id="s1")
    with qtbot.waitSignal(window.gone):
        window._check()
    assert player.closed
    assert call.closed
    assert window.stack.currentWidget() is window.over
    assert window.over.words.text() == str(call.fault)
    assert not window.transcript.model.lines
    assert not window.desk.view.state.lines
    assert not window.events.model.rowCount()
    assert not window.moments

    def words() -> list[str]:
        return [label.text() for label in window.findChildren(QLabel)]

    qtbot.waitUntil(lambda: not any("신림로" in text or "안전신문고" in text for text in words()))
    window.seek(3.0)
    qtbot.keyClick(window, Qt.Key.Key_F4)
    assert not player.playing


def test_a_call_that_may_no_longer_be_open_does_not_play(opened: Opened, qtbot: QtBot) -> None:
    window, call, player = opened
    call.fault = Fault("store.no_session", id="s1")
    with qtbot.waitSignal(window.gone):
        qtbot.keyClick(window, Qt.Key.Key_F4)
    assert not player.playing


def test_what_is_wrong_with_a_call_is_told_and_the_rest_works(qtbot: QtBot, opened: Opened) -> None:
    call = fake_replay.call()
    call.facts = replace(call.facts, notes=("발화 순서가 어긋나 시각 순으로 보여 드립니다.",))
    window, _, _ = fake_replay.open_window(qtbot, call)
    assert "발화 순서" in window.notices.text.text()
    qtbot.waitUntil(lambda: bool(window.timeline.lanes.silent))
    assert window.transcript.model.rowCount() == len(story.LINES)
    window.seek(39.0)
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert window.notices.shown == "이 뒤에는 더 없습니다: 북마크", "an answer to a key waits behind nothing"
    qtbot.keyClick(window, Qt.Key.Key_F8, SHIFT)
    assert not window.notices.shown, "a jump that worked ends it"
    assert window.at_s == 15.0


def test_missing_sound_is_told_first_and_a_sender_who_is_not_listed_in_the_head(qtbot: QtBot, opened: Opened) -> None:
    call = fake_replay.call()
    call.facts = replace(call.facts, notes=("순서",), sender="DESK-1", unlisted=True)

    def silent() -> tuple[SilentStretch, ...]:
        call.facts = replace(call.facts, notes=("순서", "소리 없음"))
        return call.stretches

    call.silent = silent  # type: ignore[method-assign]
    window, _, _ = fake_replay.open_window(qtbot, call)
    qtbot.waitUntil(lambda: window.notices.standing == ("소리 없음", "순서"))
    assert not window.notices.shown
    head = [label.text() for label in window.body.head.findChildren(QLabel)]
    assert "보낸 데스크가 목록에 없음" in head
    call.fault = Fault("store.no_session", id="s1")
    with qtbot.waitSignal(window.gone):
        window.toggle()
    assert window.notices.standing == ()


def test_hidden_numbers_that_are_shown_are_logged(opened: Opened, qtbot: QtBot) -> None:
    window, call, _ = opened
    window.seek(39.0)
    qtbot.keyClick(window, Qt.Key.Key_M, CTRL | SHIFT)
    qtbot.waitUntil(lambda: call.reveals == 1)


def test_closing_lets_go_of_call_and_player(opened: Opened, qtbot: QtBot) -> None:
    window, call, player = opened
    with qtbot.waitSignal(window.closed):
        window.close()
    assert player.closed
    assert call.closed


def test_a_call_without_sound_replays_silently_and_says_so(qtbot: QtBot, opened: Opened) -> None:
    call = fake_replay.call()
    call.facts = replace(call.facts, sound_s=0.0)
    window, _, _ = fake_replay.open_window(qtbot, call)
    assert window.peaks is None
    assert not call.asked
    window.seek(15.0)
    assert window.desk.view.conversation.model.rowCount() == 3
    assert any(label.text() == "녹음된 소리 없음" for label in window.findChildren(QLabel))


def test_a_saved_call_of_the_own_desk_is_replayed_from_the_list(desk: Desk) -> None:
    desk.window.open_sessions()
    sessions = desk.window.sessions
    assert sessions is not None
    desk.bot.waitUntil(lambda: sessions.model.rowCount() > 0)
    sessions.table.selectRow(0)
    button = next(one for one in sessions.findChildren(QPushButton) if one.text() == "다시 보기" and one.isVisible())
    button.click()
    opener = desk.window.replays
    assert opener is not None
    desk.bot.waitUntil(lambda: len(opener.windows) == 1)
    window = next(iter(opener.windows.values()))
    assert window.isVisible()
    button.click()
    desk.bot.waitUntil(lambda: len(opener.windows) == 1)
    desk.window.close_side_windows()
    assert not opener.windows


def test_a_call_that_begins_lets_a_replay_rest_and_nothing_is_played_in_it(desk: Desk) -> None:
    opener = desk.window.replays
    assert opener is not None
    opener.open("s1")
    desk.bot.waitUntil(lambda: "s1" in opener.windows)
    window = opener.windows["s1"]
    window.toggle()
    player = window.player
    assert isinstance(player, FakePlayer)
    desk.bot.waitUntil(lambda: player.playing)
    desk.tell(story.started())
    assert not player.playing
    window.toggle()
    assert "통화 중" in window.notices.text.text()
    assert not player.playing
    window.close()


def test_a_replay_put_out_of_sight_by_the_lock_is_not_heard(opened: Opened, qtbot: QtBot) -> None:
    window, _, player = opened
    window.toggle()
    qtbot.waitUntil(lambda: player.playing)
    window.hide()
    assert not player.playing


# -- what came onto the screen, told while the call is live ---------------------------------------------------


def ids(*places: int) -> tuple[str, ...]:
    return tuple(story.card(place).article_id for place in places)


def test_answers_that_come_onto_the_screen_are_told(desk: Desk) -> None:
    desk.tell(story.started(), *story.spoken(2), story.suggestions(story.card(0), story.card(1)))
    assert desk.control.shown == [(1, ids(0, 1))]


def test_answers_that_wait_are_told_when_they_are_shown(desk: Desk) -> None:
    desk.tell(story.started(), *story.spoken(2), story.suggestions(story.card(0)))
    desk.window.call.answers.pin.setChecked(True)
    desk.tell(*story.spoken(4), story.suggestions(story.card(2), asked=3, seconds=18))
    assert desk.control.shown == [(1, ids(0))]
    desk.window.call.answers.show_waiting()
    assert desk.control.shown == [(1, ids(0)), (3, ids(2))]


def test_the_same_answers_again_are_not_told_again(desk: Desk) -> None:
    desk.tell(story.started(), *story.spoken(2), story.suggestions(story.card(0)))
    desk.window.call.answers.set_dial("active")
    desk.window.call.answers.set_dial("normal")
    assert desk.control.shown == [(1, ids(0))]


def test_an_entry_that_is_closed_brings_the_answers_back_onto_the_screen(desk: Desk) -> None:
    desk.tell(story.started(), *story.spoken(2), story.suggestions(story.card(0)))
    answers = desk.window.call.answers
    answers.open_card(story.card(0))
    desk.tell(*story.spoken(4), story.suggestions(story.card(2), asked=3, seconds=18))
    assert desk.control.shown == [(1, ids(0))]
    answers.show_waiting()
    answers.back()
    assert desk.control.shown == [(1, ids(0)), (3, ids(2))]


def test_a_reopened_call_tells_nothing(desk: Desk) -> None:
    desk.window.open_session("s1")
    sessions = desk.window.sessions
    assert sessions is not None
    desk.bot.waitUntil(lambda: len(sessions.view.record.forms) == 2)
    assert not desk.control.shown


def test_a_card_of_the_past_offers_nothing_to_do_but_to_open_it(opened: Opened) -> None:
    window, _, _ = opened
    window.seek(9.5)
    card = window.desk.view.answers.cards[0]
    shown = [
        one.text()
        for one in (card.open_button, card.copy_button, card.used_button, card.not_button)
        if one.isVisibleTo(card)
    ]
    assert shown == ["열기"]
    card.acted.emit(card.card, CardAction.OPENED)
    assert window.desk.view.answers.stack.currentWidget() is window.desk.view.answers.entry


def test_the_record_of_a_moment_is_shown_and_a_log_without_it_says_so(opened: Opened, qtbot: QtBot) -> None:
    window, _, _ = opened
    window.seek(20.0)
    strip = window.desk.view.record.strip
    assert strip.lines["inquiry"].text() == " / ".join(story.RECORDS[0].inquiry)
    assert strip.missing.isHidden()
    older = fake_replay.call()
    older.events = [event for event in older.events if not (isinstance(event, DraftReady) and not event.final)]
    window, _, _ = fake_replay.open_window(qtbot, older)
    window.seek(20.0)
    strip = window.desk.view.record.strip
    assert strip.missing.text() == "이 통화에는 상담 중에 자라던 기록이 남아 있지 않습니다."
    assert not strip.missing.isHidden()
    assert not strip.lines["inquiry"].isVisible()
    window.seek(39.0)
    assert strip.missing.isHidden()
    assert strip.lines["inquiry"].isVisible()


def test_the_letters_grow_and_shrink_by_the_keys_of_the_desk(opened: Opened, qtbot: QtBot) -> None:
    window, _, _ = opened
    qtbot.keyClick(window, Qt.Key.Key_Plus, CTRL)
    assert theme.current().scale > 1.0
    qtbot.keyClick(window, Qt.Key.Key_Minus, CTRL)
    assert theme.current().scale == 1.0


def test_the_letters_of_a_replay_at_the_desk_are_those_of_the_desk_and_stay(desk: Desk) -> None:
    replays = desk.window.replays
    assert replays is not None
    replays.open("s1")
    desk.bot.waitUntil(lambda: "s1" in replays.windows)
    before = desk.window.preferences.text_scale
    desk.bot.keyClick(replays.windows["s1"], Qt.Key.Key_Plus, CTRL)
    assert desk.window.preferences.text_scale > before
    assert theme.current().scale == desk.window.preferences.text_scale
    replays.close_all()
