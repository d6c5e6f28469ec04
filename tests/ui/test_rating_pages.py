"""The pages beside the scorecard, and all of it in the real replay window over the encrypted database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.qa.ratings import RatingParts, Ratings
from app.store import Store
from assist.review.model import Answer, AnswerKind, CoachingTask, EvidenceKind, Rubric
from assist.review.observe import observe
from assist.review.rubric_file import load_folders, shipped_folder
from resources.notices import Fault
from tests.helpers.personal import home_in, now, open_store
from tests.ui import fake_replay
from tests.ui.fake_qa import AT, RUBRIC, FakeRatings, open_call, rating, total
from ui import i18n, theme
from ui.qa.beside_replay import add_scorecard
from ui.qa.coaching_page import CoachingPage
from ui.qa.ports import RatingRow
from ui.qa.ratings_page import RatingsPage
from ui.replay.replay_window import ReplayWindow

TODAY = QDate(2026, 11, 22)


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DOUMI_LANG", raising=False)
    i18n.install(qapp, "ko")
    theme.apply(qapp, "light", 1.0)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = open_store(home_in(tmp_path))
    yield made
    made.close()


def objected() -> RatingRow:
    first = rating(rater="김평가", note="차분했습니다")
    said = Answer(first.id, AT, AnswerKind.OBJECTED, ("figure",), "보호구역이라고 안내했습니다")
    return RatingRow(first, total(RUBRIC, first), (said,))


def test_a_call_is_rated_in_the_real_window_by_keys_and_is_on_the_disk(qtbot: QtBot, store: Store) -> None:
    shelf = load_folders([shipped_folder()])
    parts = RatingParts(lambda: "이훈련", lambda: shelf, lambda call: observe(call.events), now)
    ratings, call, player = Ratings(store, parts), open_call(), fake_replay.FakePlayer()
    window = ReplayWindow(call, player)
    qtbot.addWidget(window)
    card = add_scorecard(window, ratings, call)
    window.show_page(card)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    qtbot.waitUntil(card.start.isEnabled)
    card.start.setFocus()
    qtbot.keyClick(card.start, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: card.form.draft is not None)
    items = card.form.items
    assert items.hasFocus()
    window.seek(2.0)  # in the first turn
    qtbot.keyClick(window.timeline, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    first = items.ident()
    for _ in shelf.rubrics[0].items:
        qtbot.keyClicks(items, "1o")
    for _ in range(2):
        qtbot.keyClick(items, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: card.form.draft is not None and card.form.draft.is_submitted)
    (row,) = ratings.of_call("header-1")
    assert row.rating.submitted_at
    assert {score.points for score in row.rating.scores} == {1}
    (place,) = next(score.evidence for score in row.rating.scores if score.item == first)
    assert place.kind is EvidenceKind.TURN
    assert place.start_s <= 2.0 <= place.end_s
    items.choose(first)
    items.setFocus()
    qtbot.keyClicks(items, "p")
    qtbot.waitUntil(lambda: player.playing)
    assert player.seeks[-1] == place.start_s
    with qtbot.waitSignal(card.failed):
        card.post.click()
        card.post.click()  # this PC has no exchange: it is said, and the rating stays
    assert card.words.text()
    assert not ratings.of_call("header-1")[0].rating.sent_at


def test_others_are_shown_only_on_a_wish_that_is_told_what_it_costs(qtbot: QtBot) -> None:
    ratings = FakeRatings(rows=[objected()])
    page = RatingsPage(ratings, "header-1")
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.reveal.isVisible)
    assert "가림 평가" in page.hidden.text()
    assert not page.view.isVisible()
    assert "차분" not in page.list.item(0).text()
    assert "김평가" not in page.list.item(0).text()  # nor by whom
    assert not page.by.isVisible()
    page.reveal.click()
    qtbot.waitUntil(page.view.isVisible)
    assert "김평가" in page.list.item(0).text()
    assert page.by.text().startswith("평가자: 김평가, 2026-11-22")
    assert page.view.remark.text() == "차분했습니다"


def test_an_objection_is_answered_with_words(qtbot: QtBot) -> None:
    ratings = FakeRatings(rows=[objected()], revealed=["header-1"])
    page = RatingsPage(ratings, "header-1")
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.accept.isVisible)
    assert "금액과 기한" in page.word.text()
    page.accept.click()
    assert ratings.rows[0].settlements == ()
    assert page.told.text()
    page.reply.setPlainText("다시 들어 보니 맞습니다")
    page.accept.click()
    assert ratings.rows[0].settlements == ()
    assert "세지 않으며" in page.told.text()
    assert "한 번 더" in page.accept.text()
    page.accept.click()
    page.accept.click()  # a further press answers nothing again
    qtbot.waitUntil(lambda: bool(ratings.rows[0].settlements))
    (said,) = ratings.rows[0].settlements
    assert (said.accepted, said.text) == (True, "다시 들어 보니 맞습니다")
    qtbot.waitUntil(lambda: not page.accept.isVisible())
    assert "다시 들어 보니 맞습니다" in page.word.text()


def test_that_a_rating_stays_is_said_in_two_presses(qtbot: QtBot) -> None:
    ratings = FakeRatings(rows=[objected()], revealed=["header-1"])
    page = RatingsPage(ratings, "header-1")
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.decline.isVisible)
    page.decline.click()
    assert page.told.text()
    assert not page.declining.asks  # without words there is nothing to send
    page.reply.setPlainText("들어 보니 그대로입니다")
    page.decline.click()
    assert page.decline.isEnabled()  # nothing is under way
    assert "한 번 더" in page.decline.text()
    assert "상담사" in page.told.text()
    page.decline.click()
    qtbot.waitUntil(lambda: bool(ratings.rows[0].settlements))
    (said,) = ratings.rows[0].settlements
    assert (said.accepted, said.text) == (False, "들어 보니 그대로입니다")


def test_an_objection_that_comes_after_one_was_accepted_is_shown_as_words_alone(qtbot: QtBot) -> None:
    row = objected()
    ratings = FakeRatings(rows=[row], revealed=["header-1"])
    ratings.settle(row.rating.id, True, "맞습니다")
    late = Answer(row.rating.id, "2026-11-30T09:00:00+09:00", AnswerKind.OBJECTED, (), "늦게 온 말")
    ratings.rows = [replace(one, answers=(*one.answers, late)) for one in ratings.rows]
    page = RatingsPage(ratings, "header-1")
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: "늦게 온 말" in page.word.text())
    assert not page.accept.isVisible()
    assert not page.decline.isVisible()
    assert "세지 않음" in page.view.total.text()


def test_what_hindered_is_no_longer_told_once_it_is_looked_again(qtbot: QtBot) -> None:
    ratings = FakeRatings(rows=[objected()])
    page = RatingsPage(ratings, "header-1")
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    qtbot.waitUntil(page.reveal.isVisible)
    ratings.fault = Fault("qa.blind_begun")
    page.reveal.setFocus()
    page.reveal.click()
    qtbot.waitUntil(lambda: bool(page.told.text()))
    ratings.fault = None
    page.look()
    qtbot.waitUntil(lambda: not page.told.text())


def test_an_objection_takes_no_room_from_the_timeline(qtbot: QtBot) -> None:
    call = open_call()
    window = ReplayWindow(call, fake_replay.FakePlayer())
    qtbot.addWidget(window)
    add_scorecard(window, FakeRatings(rows=[objected()], revealed=["header-1"]), call)
    window.resize(1280, 800)
    with qtbot.waitExposed(window):
        window.show()
    page = window.findChild(RatingsPage)
    assert page is not None
    tall = window.timeline.height()
    window.show_page(page)
    qtbot.waitUntil(page.accept.isVisible)
    assert window.body.pane.timeline.parentWidget().height() >= tall
    assert window.body.height() <= window.stack.height()


def test_tasks_are_added_and_done_by_keys(qtbot: QtBot) -> None:
    ratings = FakeRatings(coaching=[CoachingTask("01T", "C-07", "끝인사 연습", AT)])
    page = CoachingPage(ratings, "C-07", TODAY)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    qtbot.waitUntil(lambda: page.tasks.count() == 1)
    page.about(RUBRIC, "01R1")
    page.item.setCurrentIndex(page.item.findText("금액과 기한"))
    page.dated.setChecked(True)
    page.text.setText("보호구역 과태료")
    qtbot.keyClick(page.text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.tasks.count() == 2)
    made = next(one for one in ratings.coaching if one.id != "01T")
    assert replace(made, id="", made_at="") == CoachingTask(
        "", "C-07", "보호구역 과태료", "", "2026-12-06", "01R1", "figure", "right"
    )
    page.tasks.setCurrentRow(1)
    qtbot.keyClick(page.tasks, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(one.id == "01T" and one.done_at for one in ratings.coaching))


def test_a_task_that_is_refused_stays_written(qtbot: QtBot) -> None:
    ratings = FakeRatings(fault=Fault("qa.no_day"))
    page = CoachingPage(ratings, "C-07", TODAY)
    qtbot.addWidget(page)
    page.text.setText("보호구역 과태료")
    with qtbot.waitSignal(page.failed):
        page.add()
    assert page.text.text() == "보호구역 과태료"


def test_the_history_tells_nothing_of_calls_that_can_still_be_rated_blind(qtbot: QtBot) -> None:
    page = CoachingPage(FakeRatings(rows=[objected()]), "C-07", TODAY)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: page.history.count() == 1)
    assert "합계" not in page.history.item(0).text()
    assert not any(char.isdigit() for char in page.history.item(0).text().split("\n")[1])


def test_a_rating_whose_objection_was_right_says_that_it_does_not_count(qtbot: QtBot) -> None:
    ratings = FakeRatings(rows=[objected()], revealed=["header-1"])
    ratings.settle(ratings.rows[0].rating.id, True, "맞습니다")
    page, others = CoachingPage(ratings, "C-07", TODAY), RatingsPage(ratings, "header-1")
    for one in (page, others):
        qtbot.addWidget(one)
    qtbot.waitUntil(lambda: page.history.count() == 1 and others.list.count() == 1)
    for shown in (page.history, others.list):
        assert "세지 않음" in shown.item(0).text()


def test_an_objection_that_waits_is_gone_to_with_the_answer_ready(qtbot: QtBot) -> None:
    first = rating("01R0", "박평가")
    ratings = FakeRatings(rows=[RatingRow(first, total(RUBRIC, first))], revealed=["header-1"])
    call = open_call()
    window = ReplayWindow(call, fake_replay.FakePlayer())
    qtbot.addWidget(window)
    add_scorecard(window, ratings, call)
    window.resize(1280, 800)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    page = window.findChild(RatingsPage)
    assert page is not None
    qtbot.waitUntil(lambda: page.list.count() == 1)
    ratings.rows.append(objected())  # it comes while the replay is open
    window.show_page(page)
    page.to_objection()
    qtbot.waitUntil(page.reply.hasFocus)
    assert page.list.currentRow() == 1

    def whole() -> bool:
        region = page.reply.visibleRegion().boundingRect()
        return region.height() == page.reply.height()

    qtbot.waitUntil(whole)


def test_an_unexpected_error_is_told_in_the_window_and_never_by_its_own_words(qtbot: QtBot) -> None:
    class Broken(FakeRatings):
        def rubrics(self) -> Sequence[Rubric]:
            raise KeyError("010-1234-5678")

    call = open_call()
    window = ReplayWindow(call, fake_replay.FakePlayer())
    qtbot.addWidget(window)
    card = add_scorecard(window, Broken(), call)
    qtbot.waitUntil(lambda: "KeyError" in window.notices.shown)
    assert "KeyError" in card.words.text()
    assert "1234" not in card.words.text() + window.notices.shown


def test_the_line_tells_no_longer_what_was_refused_once_the_rating_is_submitted(qtbot: QtBot) -> None:
    call, ratings = open_call(), FakeRatings()
    window = ReplayWindow(call, fake_replay.FakePlayer())
    qtbot.addWidget(window)
    card = add_scorecard(window, ratings, call)
    window.show_page(card)
    window.show()
    qtbot.waitUntil(card.start.isEnabled)
    card.begin()
    qtbot.waitUntil(lambda: card.form.draft is not None)
    draft = card.form.draft
    assert draft is not None
    card.failed.emit(Fault("qa.no_exchange"))
    refused = window.notices.shown
    assert refused
    for item in draft.rubric.items:
        draft.give(item.id, 1)
    ratings.fault = Fault("qa.no_exchange")
    with qtbot.waitSignal(card.failed):
        card.hand_in.click()
        card.hand_in.click()
    assert window.notices.shown == refused
    assert window.notices.waiting == ()
    with qtbot.waitSignal(card.submitted):
        card.hand_in.click()
        card.hand_in.click()
    assert refused not in (window.notices.shown, *window.notices.waiting)
    window.close()
