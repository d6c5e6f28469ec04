"""Doubtful numbers heard again at their own seconds, and a caller's other language."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from assist.events import NumberHeard
from assist.model import HeardNumber
from audio.events import DigitRun, LagChanged, LanguageChanged, LanguageOffered, WordsAligned
from audio.model import Channel, Flag, Word
from tests.ui import story
from tests.ui.conftest import Desk

SAID = "제 번호는 공일공 일이삼사 오육칠팔이요"
SHOWN = "제 번호는 010-1234-5678이요"


def number_said(desk: Desk) -> None:
    run = DigitRun("phone", "공일공 일이삼사 오육칠팔", "010-1234-5678", 6, 19, confident=False)
    final = story.final(0, Channel.CALLER, 4.0, 10.0, SAID, digits=(run,), flags=(Flag.LOW_DIGITS,))
    number = HeardNumber(0, "phone", "010-1234-5678", Channel.CALLER, 0, 4.0, 10.0, False)
    sure = HeardNumber(1, "amount", "4만 원", Channel.AGENT, 9, 22.0, 23.0, True)
    desk.tell(
        story.started(),
        final,
        story.turn(0, Channel.CALLER, 4.0, 10.0, SAID),
        NumberHeard(**story.at(10.5), number=number),
        NumberHeard(**story.at(23.5), number=sure),
    )


def test_one_key_plays_the_turn_of_the_newest_doubtful_number(desk: Desk) -> None:
    number_said(desk)
    QTest.keyClick(desk.window, Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    assert desk.control.last("play") == (3.0, 10.5, "caller")


def test_aligned_words_narrow_what_is_played(desk: Desk) -> None:
    number_said(desk)
    times = ((4.0, 4.3), (4.4, 5.0), (6.0, 7.0), (7.1, 8.0), (8.1, 9.0))
    words = tuple(Word(text, *time) for text, time in zip(SAID.split(), times, strict=True))
    desk.tell(WordsAligned(**story.at(12), utterance=0, words=words))
    QTest.keyClick(desk.window, Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    assert desk.control.last("play") == (5.0, 9.5, "caller")


def test_words_that_show_a_number_to_be_unsure_mark_it(desk: Desk) -> None:
    sure = DigitRun("phone", "공일공 일이삼사 오육칠팔", "010-1234-5678", 6, 19)
    heard = HeardNumber(0, "phone", "010-1234-5678", Channel.CALLER, 0, 4.0, 10.0, True)
    desk.tell(
        story.started(),
        story.final(0, Channel.CALLER, 4.0, 10.0, SAID, digits=(sure,)),
        story.turn(0, Channel.CALLER, 4.0, 10.0, SAID),
        NumberHeard(**story.at(10.5), number=heard),
    )
    assert desk.window.state.numbers[0].confident
    desk.tell(WordsAligned(**story.at(12), utterance=0, words=(), digits=(replace(sure, confident=False),)))
    assert not desk.window.state.numbers[0].confident
    assert not desk.window.state.lines[0].digits[0].confident


def test_what_was_heard_is_kept_behind_what_is_shown(desk: Desk) -> None:
    heard = story.final(0, Channel.CALLER, 4, 6, "장이동 사는데요")
    desk.tell(story.started(), replace(heard, display="장위동 사는데요"))
    model = desk.window.call.conversation.model
    index = model.index(0)
    assert index.data(Qt.ItemDataRole.DisplayRole) == "장위동 사는데요"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "들린 그대로: 장이동 사는데요"


def test_without_a_call_the_key_does_nothing(desk: Desk) -> None:
    QTest.keyClick(desk.window, Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    assert "play" not in desk.control.names()


def test_the_language_offered_waits_for_the_key(desk: Desk) -> None:
    desk.tell(story.started(), story.final(0, Channel.CALLER, 4, 6, "헬로", flags=(Flag.FOREIGN,)))
    pane = desk.window.call.conversation
    assert pane.model.doubt(desk.window.state.lines[0]) == "외국어 추정"
    assert not pane.language.isVisible()
    desk.tell(LanguageOffered(**story.at(9), channel=Channel.CALLER, language="en"))
    assert pane.language.isVisible()
    assert "영어" in pane.language.text()
    assert "set_language" not in desk.control.names()
    QTest.keyClick(desk.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert desk.control.last("set_language") == ("caller", "en")
    desk.tell(LanguageChanged(**story.at(10), channel=Channel.CALLER, language="en"))
    assert "한국어" in pane.language.text()
    pane.language.click()
    assert desk.control.last("set_language") == ("caller", "ko")
    desk.tell(story.started())
    assert not pane.language.isVisible()


def test_without_an_offer_korean_stays_and_it_is_said(desk: Desk) -> None:
    desk.tell(story.started())
    QTest.keyClick(desk.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert "set_language" not in desk.control.names()
    assert "한국어" in desk.window.notices.text.text()


def test_the_bar_says_what_is_cut_back_to_catch_up(desk: Desk) -> None:
    desk.tell(story.started(), LagChanged(**story.at(5), backlog_s=9.4, step=3))
    assert desk.window.bar.lag.text() == "지연 9초 · 작은 모델"
    desk.tell(LagChanged(**story.at(9), backlog_s=0.2, step=0))
    assert "지연" not in desk.window.bar.lag.text()
