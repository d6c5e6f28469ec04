"""The desk in a call: what it shows, what keys and buttons ask for, and the rules of calm."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from assist.events import CallEnded, DeliveryChanged, NoticeRaised, RecordFiled, WarningGiven
from assist.model import CardAction, Delivery
from audio.model import Channel
from kb.model import Band
from tests.ui import story
from tests.ui.conftest import Desk
from tests.ui.rows import SESSIONS
from ui.call_view_state import Phase
from ui.conversation_lines import LINE_ROLE
from ui.hold_button import HOLD_MS
from ui.side_windows import LETTERS_MS


def lines(desk: Desk) -> list[tuple[str, bool]]:
    model = desk.window.call.conversation.model
    found = [model.index(row).data(LINE_ROLE) for row in range(model.rowCount())]
    return [(line.text, line.solid) for line in found]


def test_partial_turns_solid_in_place(desk: Desk) -> None:
    desk.tell(story.started(), story.partial(0, Channel.CALLER, 4.0, "집 앞에"))
    assert lines(desk) == [("집 앞에", False)]
    desk.tell(story.final(0, Channel.CALLER, 4.0, 8.0, "집 앞에 차를 세워 놔서"))
    assert lines(desk) == [("집 앞에 차를 세워 놔서", True)]


def test_reader_who_scrolled_up_stays_there(desk: Desk) -> None:
    many = [
        story.final(n, Channel.CALLER, n * 3.0, n * 3.0 + 2, f"{n}번째 말입니다. 조금 길게 이어집니다.")
        for n in range(40)
    ]
    desk.tell(story.started(), *many)
    pane = desk.window.call.conversation
    bar = pane.view.verticalScrollBar()
    desk.bot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    bar.setSliderPosition(0)
    bar.triggerAction(bar.SliderAction.SliderMove)
    assert not pane.following
    desk.tell(story.final(40, Channel.AGENT, 130, 132, "네"), story.final(41, Channel.CALLER, 133, 134, "그래요"))
    assert bar.value() == 0
    assert pane.newer.isVisible()
    assert "2" in pane.newer.text()
    pane.newer.click()
    desk.bot.waitUntil(lambda: bar.value() == bar.maximum())
    assert not pane.newer.isVisible()


def test_three_cards_with_what_a_counsellor_needs(desk: Desk) -> None:
    desk.live()
    cards = desk.window.call.answers.cards
    assert [c.card.article_id for c in cards] == ["A-101", "A-102", "A-103"]
    texts = {w.text() for w in cards[0].findChildren(type(desk.window.bar.kb))}
    assert any("한빛구" in t and "주차관리과" in t for t in texts)
    assert "02-000-1234" in texts
    assert any("2026-11-18" in t and "예시" in t for t in texts)


def test_keys_act_on_the_current_card(desk: Desk) -> None:
    desk.live()
    for key in (Qt.Key.Key_F6, Qt.Key.Key_F7, Qt.Key.Key_F8):
        QTest.keyClick(desk.window, key)
    acted = [args for name, args in desk.control.wishes if name == "card_acted"]
    assert acted == [
        ("A-101", "불법 주정차 신고 방법과 처리 절차", CardAction.COPIED),
        ("A-101", "불법 주정차 신고 방법과 처리 절차", CardAction.USED),
        ("A-101", "불법 주정차 신고 방법과 처리 절차", CardAction.DISMISSED),
    ]
    assert "02-000-1234" in QGuiApplication.clipboard().text()
    assert [c.card.article_id for c in desk.window.call.answers.cards] == ["A-102", "A-103"]


def test_opened_card_shows_the_whole_entry_and_esc_returns(desk: Desk) -> None:
    desk.live()
    answers = desk.window.call.answers
    QTest.keyClick(desk.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert answers.stack.currentWidget() is answers.entry
    assert answers.entry.title.text() == "거주자우선주차구역 무단주차 견인 요청"
    QTest.keyClick(desk.window, Qt.Key.Key_Escape)
    assert answers.stack.currentIndex() == 0


def test_cards_wait_while_the_pointer_is_in_the_list(desk: Desk) -> None:
    desk.live()
    answers = desk.window.call.answers
    here = QPointF(10, 10)
    QApplication.sendEvent(answers.area, QEnterEvent(here, here, here))
    answers.area.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)
    desk.tell(story.suggestions(story.card(2), asked=3, seconds=17.5))
    assert len(answers.cards) == 3
    desk.bot.waitUntil(answers.next.isVisible)
    answers.area.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    desk.bot.waitUntil(lambda: [c.card.article_id for c in answers.cards] == ["A-103"])


def test_cards_wait_while_the_counsellor_speaks_and_f5_brings_them(desk: Desk) -> None:
    desk.live()
    answers = desk.window.call.answers
    desk.tell(
        story.partial(9, Channel.AGENT, 40.0, "네 그러시면"), story.suggestions(story.card(2), asked=3, seconds=41.0)
    )
    assert len(answers.cards) == 3
    QTest.keyClick(desk.window, Qt.Key.Key_F5)
    assert [c.card.article_id for c in answers.cards] == ["A-103"]


def test_silence_is_quiet_and_candidates_stay_folded(desk: Desk) -> None:
    desk.tell(story.started(), *story.spoken(2), story.suggestions(story.card(1, Band.CANDIDATE)))
    answers = desk.window.call.answers
    assert answers.cards == []
    assert answers.silence.isVisible()
    assert answers.more.isVisible()
    answers.more.click()
    assert [c.card.article_id for c in answers.cards] == ["A-102"]


def test_what_is_being_read_stays_when_nothing_newer_is_sure(desk: Desk) -> None:
    desk.live()
    desk.window.call.answers._since.invalidate()
    desk.tell(story.suggestions(asked=5, seconds=31.0))
    assert len(desk.window.call.answers.cards) == 3


def test_nothing_in_a_call_takes_the_focus(desk: Desk) -> None:
    desk.tell(story.started())
    box = desk.window.call.answers.box
    box.setFocus()
    desk.window.activateWindow()
    desk.bot.waitUntil(box.hasFocus)
    box.insert("주")
    desk.tell(*story.live()[1:], story.abuse(), story.crisis(), story.handed_over())
    desk.tell(NoticeRaised(**story.at(40), code="no.such", severity="error", params={}))
    assert box.hasFocus()
    assert box.text() == "주"
    assert QApplication.activeModalWidget() is None
    assert QApplication.activePopupWidget() is None


def test_the_window_stays_active_from_ring_to_wrap_up(desk: Desk) -> None:
    shown: list[str] = []
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.focusWindowChanged.connect(lambda window: shown.append(str(window)))
    desk.wrap_up()
    desk.bot.waitUntil(lambda: len(desk.window.call.record.forms) == 2)
    app.focusWindowChanged.disconnect()
    assert shown == []
    assert desk.window.isActiveWindow()


def test_beginning_of_a_call_puts_the_focus_nowhere(desk: Desk) -> None:
    desk.window.start.start.setFocus()
    desk.tell(story.started())
    assert desk.window.focusWidget() in (None, desk.window.start.start) or not desk.window.call.isAncestorOf(
        desk.window.focusWidget()
    )


def test_numbers_are_masked_until_asked(desk: Desk) -> None:
    desk.live()
    numbers = desk.window.call.numbers
    assert [row.digits.text() for row in numbers.rows] == ["010-••••-5678", "4만 원", "신림로 12길"]
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(desk.window, Qt.Key.Key_M, both)
    assert numbers.rows[0].digits.text() == "010-1234-5678"
    QTest.keyClick(desk.window, Qt.Key.Key_M, both)
    assert numbers.rows[0].digits.text() == "010-••••-5678"
    QTest.keyClick(desk.window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "010-1234-5678"
    numbers.rows[0].play_button.click()
    assert desk.control.last("play") == (25.0, 29.5, "caller")


def test_new_call_masks_again(desk: Desk) -> None:
    desk.live()
    desk.window.call.numbers.toggle()
    desk.wrap_up()
    desk.live()
    assert desk.window.call.numbers.rows[0].digits.text() == "010-••••-5678"


def test_escalation_needs_half_a_second(desk: Desk) -> None:
    desk.live()
    desk.tell(story.abuse())
    button = desk.window.call.escalation.button
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    with desk.bot.assertNotEmitted(button.held, wait=HOLD_MS + 100):
        pass
    assert "escalate" not in desk.control.names()
    with desk.bot.waitSignal(button.held):
        QTest.mousePress(button, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    reason = desk.control.last("escalate")[0]
    assert reason.situation == "profanity"
    assert desk.control.names().count("escalate") == 1


def test_escalation_by_key_and_its_result(desk: Desk) -> None:
    desk.live()
    pane = desk.window.call.escalation
    QTest.keyPress(desk.window, Qt.Key.Key_F12)
    QTest.keyRelease(desk.window, Qt.Key.Key_F12)
    assert pane.button.progress == 0
    with desk.bot.waitSignal(pane.button.held):
        QTest.keyPress(desk.window, Qt.Key.Key_F12)
    QTest.keyRelease(desk.window, Qt.Key.Key_F12)
    desk.tell(story.handed_over(Delivery.NO_KEY))
    assert "미전송 (팀 열쇠 없음)" in pane.result.text()
    desk.tell(DeliveryChanged(**story.at(41), pack_id="01J", delivery=Delivery.ACCEPTED, attempts=1))
    assert "전송됨" in pane.result.text()


def test_situation_follows_the_rules_once_and_then_the_counsellor(desk: Desk) -> None:
    desk.live()
    combo = desk.window.call.escalation.situation
    assert desk.window.call.escalation.reason().situation == "", "nothing was seen: nothing is named"
    assert combo.placeholderText() == "사유 선택"
    combo.setCurrentIndex(1)
    desk.tell(story.abuse())
    assert combo.currentData() == "profanity"
    combo.setCurrentIndex(2)
    desk.tell(story.abuse(1))
    assert combo.currentData() == "threat"


def test_warning_is_given_by_the_counsellor_only(desk: Desk) -> None:
    desk.live()
    desk.tell(story.abuse())
    assert "warning_given" not in desk.control.names()
    desk.window.call.next_sentence.ladder.said.click()
    assert desk.control.last("warning_given") == (story.WARNING,)
    desk.tell(WarningGiven(**story.at(33), script=story.WARNING, count=1))
    texts = [w.text() for w in desk.window.call.next_sentence.findChildren(type(desk.window.bar.kb))]
    assert any("2회 중 1회" in text for text in texts)


def test_crisis_shows_steps_and_numbers(desk: Desk) -> None:
    desk.live()
    desk.tell(story.crisis())
    texts = [w.text() for w in desk.window.call.next_sentence.findChildren(type(desk.window.bar.kb))]
    assert "109" in texts
    assert any("자살" in text for text in texts)


def test_wrap_up_draft_links_every_line_to_its_turns(desk: Desk) -> None:
    desk.wrap_up()
    record = desk.window.call.record
    assert record.unsaved
    assert len(record.forms) == 2
    assert record.records() == story.RECORDS
    chip = record.forms[0].fields["inquiry"].rows[1].chips[0]
    chip.click()
    assert desk.window.call.conversation.model._lit == frozenset({3})


def test_edit_keeps_a_draft_and_filing_says_so(desk: Desk) -> None:
    desk.wrap_up()
    record = desk.window.call.record
    edit = record.forms[0].fields["answer"].rows[0].edit
    edit.setPlainText("안전신문고 신고 안내")
    desk.bot.waitUntil(lambda: "save_draft" in desk.control.names())
    assert desk.control.last("save_draft")[0][0].answer[0] == "안전신문고 신고 안내"
    QTest.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    filed = desk.control.last("file_record")[0]
    assert filed[0].evidence["answer.0"] == (4,)
    assert "저장 전" in record.state.word.text()
    desk.tell(RecordFiled(**story.at(60), records=filed, version=1))
    assert "저장됨" in record.state.word.text()
    assert not record.unsaved


def test_removed_line_takes_its_evidence_along(desk: Desk) -> None:
    desk.wrap_up()
    form = desk.window.call.record.forms[0]
    form.fields["inquiry"].rows[0].drop.click()
    made = form.record()
    assert made.inquiry == story.RECORDS[0].inquiry[1:]
    assert made.evidence["inquiry.0"] == (3,)
    assert "inquiry.1" not in made.evidence


def test_copied_record_is_plain_text(desk: Desk) -> None:
    desk.wrap_up()
    desk.window.call.record.copy.click()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("[분류] 교통\n[문의] 집 앞")
    assert "[후속조치] 담당자 회신" in text


def test_closing_a_call_returns_to_the_start(desk: Desk) -> None:
    desk.wrap_up()
    desk.window.call.record.close_button.click()
    assert desk.control.names()[-1] == "close_call"
    assert desk.window.stack.currentWidget() is desk.window.start
    assert "초안" in desk.window.notices.shown


def test_window_stays_open_in_a_call(desk: Desk) -> None:
    desk.live()
    assert not desk.window.close()
    assert desk.window.isVisible()
    assert "F9" in desk.window.notices.shown


@pytest.mark.parametrize(
    ("key", "wish"),
    [(Qt.Key.Key_F2, "set_paused"), (Qt.Key.Key_F3, "mark"), (Qt.Key.Key_F4, "play"), (Qt.Key.Key_F9, "end")],
)
def test_call_keys(desk: Desk, key: Qt.Key, wish: str) -> None:
    desk.live()
    QTest.keyClick(desk.window, key)
    assert desk.control.names()[-1] == wish


def test_f2_starts_from_the_stored_devices(desk: Desk) -> None:
    QTest.keyClick(desk.window, Qt.Key.Key_F2)
    assert desk.control.last("start_devices") == (desk.services.choice(),)


def test_bar_tells_db_unsent_key_and_call(desk: Desk) -> None:
    bar = desk.window.bar
    assert "예시" in bar.origin_word.text()
    assert "파일" in bar.alert.text()
    desk.services.unsent, desk.services.no_key = 2, True
    desk.window.refresh_desk()
    assert bar.unsent.text() == "미전송 2 (팀 열쇠 없음)"
    desk.live()
    assert "통화 중" in bar.call.text()
    assert bar.meters[Channel.CALLER].lit > 0
    desk.tell(CallEnded(**story.at(39), duration_s=462.0))
    assert bar.call.text() == "○ 통화 종료 07:42"
    assert desk.window.state.phase is Phase.WRAP_UP


def test_pinned_answers_stay(desk: Desk) -> None:
    desk.live()
    QTest.keyClick(desk.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert desk.control.last("card_acted")[2] is CardAction.PINNED
    desk.tell(story.suggestions(story.card(2), asked=3, seconds=17.5))
    assert len(desk.window.call.answers.cards) == 3


def test_leaving_the_window_lets_go_of_the_hold(desk: Desk) -> None:
    desk.live()
    button = desk.window.call.escalation.button
    button.begin()
    QApplication.sendEvent(button, QEvent(QEvent.Type.Hide))
    assert button.progress == 0
    assert button.rect().contains(QPoint(5, 5))


def test_a_call_that_was_deleted_meanwhile_leaves_the_recent_ones(desk: Desk) -> None:
    recent = desk.window.start.recent
    desk.services.rows = SESSIONS[1:]
    (timer,) = (one for one in desk.window.findChildren(QTimer) if one.interval() == LETTERS_MS)
    timer.timeout.emit()
    desk.bot.waitUntil(lambda: recent.count() == len(SESSIONS) - 1)
    assert SESSIONS[0].id not in {recent.item(row).data(Qt.ItemDataRole.UserRole) for row in range(recent.count())}
