"""What the counsellor sees and does with knowledge: why a card is here, districts, notes, special material, search."""

from __future__ import annotations

import re
import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from assist.events import CorrectionFiled
from assist.model import CardAction, CorrectionKind
from audio.model import Channel
from kb.changes import Changes
from kb.model import Band, SearchFilters, SearchResult
from tests.ui import story
from tests.ui.conftest import Desk
from tests.ui.fake_articles import ARTICLES, SPECIALS, VARIANTS
from ui import theme
from ui.ports import Digest
from ui.text_block import TextBlock

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def explained(desk: Desk) -> None:
    desk.tell(story.started(), *story.spoken(), story.suggestions(*story.explained()))
    desk.bot.waitUntil(lambda: len(desk.window.call.answers.cards) == 3)


def gap_key(desk: Desk) -> None:
    QTest.keyClick(desk.window, Qt.Key.Key_G, CTRL)


def acted(desk: Desk) -> list[tuple[object, ...]]:
    return [args for name, args in desk.control.wishes if name == "card_acted"]


# -- cards ---------------------------------------------------------------------------------------------------


def test_a_card_tells_on_hover_and_to_a_screen_reader_why_it_is_here(desk: Desk) -> None:
    explained(desk)
    card = desk.window.call.answers.cards[0]
    told = card.toolTip()
    assert "같은 말: 신고, 주차" in told
    assert "통화에서 나온 구: 한빛구" in told
    assert "사용한 횟수: 7회" in told
    assert card.accessibleDescription() == told
    assert desk.window.call.answers.cards[2].toolTip() == ""


def test_an_ended_programme_carries_its_badge_on_card_and_entry(desk: Desk) -> None:
    explained(desk)
    answers = desk.window.call.answers
    badges = [[w.text() for w in card.findChildren(QLabel) if w.text() == "종료"] for card in answers.cards]
    assert badges == [[], ["종료"], []]
    answers.open_place(2)
    assert answers.entry.ended.isVisible()
    answers.back()
    answers.open_place(3)
    assert not answers.entry.ended.isVisible()


def test_the_same_service_in_another_district_is_picked_in_the_entry(desk: Desk) -> None:
    explained(desk)
    answers = desk.window.call.answers
    answers.cards[0].districts.click()
    chips = {chip.text(): chip for chip in answers.entry.chips}
    assert set(chips) == {"한빛구", *(one.district for one in VARIANTS)}
    assert chips["한빛구"].isChecked()
    chips["다온구"].click()
    desk.bot.waitUntil(lambda: "다온구 교통과" in answers.entry.where.text())
    again = {chip.text(): chip.isChecked() for chip in answers.entry.chips}
    assert again == {name: name == "다온구" for name in chips}
    assert acted(desk)[-1][0] == "A-101-다온구"
    QTest.keyClick(desk.window, Qt.Key.Key_Escape)
    assert answers.stack.currentIndex() == 0, "picking a district is one step, not a pile"


def test_an_open_entry_has_its_number_in_large_digits_and_takes_the_keys(desk: Desk) -> None:
    explained(desk)
    answers = desk.window.call.answers
    answers.open_place(1)
    assert answers.entry.phone.text() == "02-000-1234"
    assert answers.entry.phone.font().pixelSize() == theme.DIGITS
    QTest.keyClick(desk.window, Qt.Key.Key_F6)
    QTest.keyClick(desk.window, Qt.Key.Key_F7)
    assert [args[2] for args in acted(desk)] == [CardAction.OPENED, CardAction.COPIED, CardAction.USED]
    assert "02-000-1234" in QGuiApplication.clipboard().text()
    answers.back()
    assert not answers.cards[0].used_button.isEnabled()


# -- bands and dial ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("dial", "shown", "folded"), [("quiet", 1, False), ("normal", 1, True), ("active", 3, False)])
def test_the_dial_says_what_comes_up(desk: Desk, dial: str, shown: int, folded: bool) -> None:
    answers = desk.window.call.answers
    next(one for one in desk.window.bar.dial.buttons() if one.property("dial") == dial).click()
    assert desk.preferences.kept.dial == dial
    weak = (story.card(1, Band.CANDIDATE), story.card(2, Band.CANDIDATE))
    desk.tell(story.started(), *story.spoken(2), story.suggestions(story.card(0), *weak))
    desk.bot.waitUntil(lambda: len(answers.cards) == shown)
    assert answers.more.isVisible() is folded
    if folded:
        assert answers.more.text() == "다음 후보 2"
        answers.more.click()
        assert len(answers.cards) == 3


@pytest.mark.parametrize("dial", ["quiet", "normal", "active"])
def test_silence_offers_the_search_whatever_the_dial(desk: Desk, dial: str) -> None:
    answers = desk.window.call.answers
    answers.set_dial(dial)
    desk.tell(story.started(), *story.spoken(2), replace(story.suggestions(), band=Band.SILENT))
    assert answers.cards == []
    assert answers.silence.isVisible()
    assert "Ctrl+F" in answers.silence_text.text()


def test_cards_wait_while_the_keyboard_is_among_them(desk: Desk) -> None:
    desk.live()
    answers = desk.window.call.answers
    answers.cards[1].copy_button.setFocus()
    desk.tell(story.suggestions(story.card(2), asked=3, seconds=17.5))
    assert answers.held
    assert len(answers.cards) == 3
    desk.bot.waitUntil(answers.next.isVisible)
    answers.cards[1].copy_button.clearFocus()
    desk.bot.waitUntil(lambda: [c.card.article_id for c in answers.cards] == ["A-103"])


def test_copies_are_told_without_what_was_copied(desk: Desk) -> None:
    desk.live()
    desk.tell(*story.numbers())
    for key, modifiers in ((Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_D, CTRL)):
        desk.bot.keyClick(desk.window, key, modifiers)
        assert desk.window.notices.shown == "복사함"
        assert desk.window.notices.waiting == ()
        desk.window.notices.dismiss()


def test_a_card_alone_shows_more_of_its_passage(desk: Desk) -> None:
    desk.live()
    long = replace(story.card(0), passage="신고는 이렇게 합니다. " * 60)
    desk.window.call.answers.reset()
    desk.tell(story.suggestions(long))
    answers = desk.window.call.answers
    line = theme.current().px(theme.ANSWER) * theme.LINE_HEIGHT
    desk.bot.waitUntil(lambda: answers.cards[0].passage.height() > 4 * line)
    desk.bot.waitUntil(lambda: answers.cards[0].height() <= answers.area.viewport().height())


@pytest.mark.parametrize("number", ["02-120-1234", "1,250,000원", "30만 원", "2026. 3. 15", "15,000 원"])
def test_a_cut_never_leaves_half_a_number(qapp: QApplication, number: str) -> None:
    words = "문의는 가까운 동 주민센터나 "
    text = f"{words}{number} 로 하시면 됩니다. " + "자세한 것은 누리집에 있습니다. " * 9
    for width in range(150, 420, 3):
        block = TextBlock(text, theme.current().font(theme.ANSWER), width, max_lines=1)
        assert block.cut
        shown = block._layout.text().rstrip("…").rstrip()
        assert number in shown or not re.search(r"\d", shown)


def test_pinned_cards_never_move(desk: Desk) -> None:
    desk.live()
    answers = desk.window.call.answers
    QTest.keyClick(desk.window, Qt.Key.Key_P, CTRL)
    desk.tell(story.suggestions(story.card(2), asked=3, seconds=17.5))
    desk.bot.waitUntil(answers.next.isVisible)
    assert [c.card.article_id for c in answers.cards] == ["A-101", "A-102", "A-103"]


# -- DB에 없음, 틀림/오래됨 -------------------------------------------------------------------------------------


def test_one_key_files_the_callers_question_masked_and_takes_no_focus(desk: Desk) -> None:
    desk.live()
    before = QApplication.focusWidget()
    gap_key(desk)
    ident, question = desk.control.last("file_gap")
    assert ident
    assert "과태료는 얼마나 나와요?" in question
    strip = desk.window.call.answers.notes
    assert strip.isVisible()
    assert QApplication.focusWidget() is before
    assert "5678" not in strip.line.text()


def test_the_words_of_a_gap_can_be_changed_and_taken_back(desk: Desk) -> None:
    desk.live()
    strip = desk.window.call.answers.notes
    gap_key(desk)
    ident, _ = desk.control.last("file_gap")
    gap_key(desk)
    assert strip.line.hasFocus()
    strip.line.setText("골목 주차 과태료")
    QTest.keyClick(strip.line, Qt.Key.Key_Return)
    assert desk.control.last("file_gap") == (ident, "골목 주차 과태료")
    assert not strip.isVisible()
    gap_key(desk)
    other, _ = desk.control.last("file_gap")
    assert other != ident
    strip.take_back.click()
    assert desk.control.last("file_gap") == (other, "")


def test_esc_closes_only_the_strip(desk: Desk) -> None:
    explained(desk)
    answers = desk.window.call.answers
    answers.open_place(1)
    gap_key(desk)
    QTest.keyClick(desk.window, Qt.Key.Key_Escape)
    assert not answers.notes.isVisible()
    assert answers.stack.currentWidget() is answers.entry


def test_a_gap_is_filed_after_the_call_and_what_was_searched_in_vain_too(desk: Desk) -> None:
    desk.wrap_up()
    gap_key(desk)
    assert "과태료" in desk.control.last("file_gap")[1]
    desk.window.call.answers.notes.shut()
    desk.window.search_by_hand()
    desk.window.call.answers.box.insert("없는 것")
    gap_key(desk)
    assert desk.control.last("file_gap")[1] == "없는 것"


def test_without_a_question_the_line_waits_for_words(desk: Desk) -> None:
    gap_key(desk)
    strip = desk.window.call.answers.notes
    assert strip.line.hasFocus()
    assert "file_gap" not in desk.control.names()
    strip.line.setText("한강 수영장 물 온도")
    QTest.keyClick(strip.line, Qt.Key.Key_Return)
    assert desk.control.last("file_gap")[1] == "한강 수영장 물 온도"


def test_a_correction_names_the_entry_in_view_and_what_is_wrong(desk: Desk) -> None:
    explained(desk)
    answers = desk.window.call.answers
    answers.open_place(2)
    QTest.keyClick(desk.window, Qt.Key.Key_G, CTRL | SHIFT)
    names = {one.text(): one for one in answers.notes.kinds.buttons()}
    assert list(names) == ["틀림", "오래됨", "전화번호", "기타"]
    names["오래됨"].click()
    answers.notes.line.setText("작년 금액입니다")
    QTest.keyClick(answers.notes.line, Qt.Key.Key_Return)
    wish = desk.control.last("file_correction")
    title = "거주자우선주차구역 무단주차 견인 요청"
    assert wish[1:] == ("A-102", title, CorrectionKind.OUTDATED, "작년 금액입니다")
    desk.tell(
        CorrectionFiled(
            **story.at(40), correction_id="c", article_id="A-102", title="", kind=wish[3], note="", generation=3
        )
    )
    assert any("DB팀" in label.text() for label in desk.window.notices.findChildren(QLabel))


def test_a_correction_without_an_entry_says_what_to_do(desk: Desk) -> None:
    desk.tell(story.started())
    QTest.keyClick(desk.window, Qt.Key.Key_G, CTRL | SHIFT)
    strip = desk.window.call.answers.notes
    assert "먼저" in strip.words.text()
    assert not strip.line.isVisible()
    QTest.keyClick(desk.window, Qt.Key.Key_Escape)
    assert not strip.isVisible()


# -- special material, digest, age -------------------------------------------------------------------------------


def test_special_material_stands_above_the_answers_until_it_ends(desk: Desk) -> None:
    desk.services.special = SPECIALS
    desk.window.refresh_desk()
    explained(desk)
    strip = desk.window.call.answers.specials
    assert [line.text() for line in strip.lines] == ["오늘의 특별자료: 한파 쉼터 운영 안내"]
    assert strip.fold.text() == "외 1건"
    strip.fold.click()
    assert len(strip.lines) == 2
    strip.lines[0].click()
    entry = desk.window.call.answers.entry
    assert entry.phone.text() == "02-000-0119"
    assert not entry.report.isVisible()
    assert not entry.star.isVisible()
    desk.services.special = ()
    desk.window.refresh_desk()
    assert not strip.isVisible()


def test_the_strip_does_not_move_while_nothing_changed(desk: Desk) -> None:
    desk.services.special = SPECIALS
    desk.window.refresh_desk()
    lines = list(desk.window.call.answers.specials.lines)
    desk.window.refresh_desk()
    assert desk.window.call.answers.specials.lines == lines


def test_what_changed_since_the_last_shift_waits_as_one_calm_line(desk: Desk) -> None:
    assert not desk.window.start.digest.isVisible()
    changes = Changes(ARTICLES[:1], ARTICLES[1:], ("끝난 사업",))
    desk.services.changed = Digest("2026-11-20T18:00:00+09:00", changes)
    desk.window.look_at_digest()
    desk.bot.waitUntil(desk.window.start.digest.isVisible)
    assert desk.window.start.digest.text() == "지난 근무 뒤 바뀐 답변 4건 보기"
    assert desk.services.digests_seen == 0
    desk.window.start.digest.click()
    shown = desk.window.digest
    assert shown is not None
    assert shown.list.count() == 4
    assert shown.list.item(0).text().startswith(ARTICLES[1].question)
    assert shown.entry.title.text() == ARTICLES[1].question
    assert not shown.isModal()
    desk.bot.waitUntil(lambda: desk.services.digests_seen == 1)


def test_the_bar_says_that_the_db_is_not_current(desk: Desk) -> None:
    desk.services.stale = True
    desk.window.refresh_desk()
    assert "최신 아님" in desk.window.bar.kb.text()
    desk.services.stale = False
    desk.window.refresh_desk()
    assert "최신 아님" not in desk.window.bar.kb.text()


# -- search by hand ------------------------------------------------------------------------------------------


def test_the_empty_box_lists_favourites_and_what_was_opened(desk: Desk) -> None:
    desk.services.favourites.add("A-103")
    desk.services.opened.extend(["A-101", "A-103"])
    QTest.keyClick(desk.window, Qt.Key.Key_F, CTRL)
    answers = desk.window.call.answers
    desk.bot.waitUntil(lambda: [hit.article.id for hit in answers.results.model.hits] == ["A-103", "A-101"])
    assert answers.results.status.text() == "자주 쓰는 답변 1 · 최근에 연 답변 1"
    QTest.keyClick(answers.box, Qt.Key.Key_Return)
    assert answers.entry.article == ARTICLES[2]
    assert answers.entry.star.isChecked()
    answers.entry.star.click()
    desk.bot.waitUntil(lambda: desk.services.favourites == set())


def test_opening_is_remembered_with_what_was_typed(desk: Desk) -> None:
    desk.live()
    desk.window.search_by_hand()
    answers = desk.window.call.answers
    answers.box.insert("과태료")
    desk.bot.waitUntil(lambda: answers.results.model.rowCount() == 3)
    answers.results.open_current()
    assert desk.services.opened == ["A-101"]
    assert acted(desk)[-1] == ("A-101", ARTICLES[0].question, CardAction.OPENED, "과태료")


def test_filters_narrow_and_are_removed(desk: Desk) -> None:
    desk.window.search_by_hand()
    search = desk.window.call.answers.search
    desk.bot.waitUntil(lambda: search.district.count() == 3)
    search.district.setCurrentIndex(search.district.findData("관악구"))
    desk.bot.waitUntil(lambda: desk.services.narrowed[-1:] == [SearchFilters(district="관악구")])
    search.clear_filters.click()
    assert not search.filters
    desk.window.call.answers.box.insert("과태료")
    desk.bot.waitUntil(lambda: desk.services.queries[-1:] == ["과태료"])
    assert desk.services.narrowed[-1] == SearchFilters()


def test_a_syllable_under_composition_is_searched(desk: Desk) -> None:
    desk.window.search_by_hand()
    box = desk.window.call.answers.box
    box.insert("과태")
    QCoreApplication.sendEvent(box, QInputMethodEvent("료", []))
    desk.bot.waitUntil(lambda: desk.services.suggested[-1:] == ["과태료"])
    assert box.text() == "과태"
    done = QInputMethodEvent("", [])
    done.setCommitString("료")
    QCoreApplication.sendEvent(box, done)
    assert box.text() == "과태료"
    desk.bot.waitUntil(lambda: desk.services.queries[-1:] == ["과태료"])
    assert box.words == "과태료"


def test_typing_never_waits_and_never_queues_searches(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first search hangs while five more letters come: only the newest is searched then."""
    going, asked = threading.Event(), []

    def slow(text: str, top_n: int = 20, filters: SearchFilters | None = None) -> SearchResult:
        asked.append(text)
        going.wait(30)
        return SearchResult(text, (), 0.0, Band.SILENT, 1.0)

    monkeypatch.setattr(desk.services, "suggest", slow)
    answers = desk.window.call.answers
    desk.window.search_by_hand()
    for letter in "가나다라마바":
        answers.box.insert(letter)
    assert answers.box.text() == "가나다라마바"
    desk.bot.waitUntil(lambda: len(asked) == 1)
    going.set()
    desk.bot.waitUntil(lambda: asked == ["가", "가나다라마바"])


def test_the_search_can_be_reached_and_left_by_keyboard(desk: Desk) -> None:
    desk.live()
    answers = desk.window.call.answers
    QTest.keyClick(desk.window, Qt.Key.Key_F, CTRL)
    desk.bot.waitUntil(lambda: answers.search.district.isEnabled())
    reached = set()
    for _ in range(8):
        focus = QApplication.focusWidget()
        assert focus is not None
        reached.add(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    search = answers.search
    assert {answers.box, search.field, search.district, search.department, answers.results.view} <= reached
    QTest.keyClick(desk.window, Qt.Key.Key_Escape)
    assert answers.stack.currentIndex() == 0
    assert len(answers.cards) == 3


def test_speech_goes_on_beside_an_open_search(desk: Desk) -> None:
    desk.live()
    desk.window.search_by_hand()
    answers = desk.window.call.answers
    desk.tell(
        story.final(20, Channel.CALLER, 50, 52, "여보세요"), story.suggestions(story.card(2), asked=5, seconds=53)
    )
    assert answers.stack.currentWidget() is answers.search
    assert answers.box.hasFocus()
