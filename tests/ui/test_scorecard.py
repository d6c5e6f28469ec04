"""The scorecard by keys alone: a whole call is rated, with evidence, notes and a fault; then submitted and sent."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assist.review.model import Evidence, EvidenceKind, ItemScore
from resources.notices import Fault
from tests.ui.fake_qa import RUBRIC, FakeRatings, FakeReplay, open_call, rating, total
from ui import i18n, theme
from ui.qa.ports import RatingRow
from ui.qa.rating_draft import FAULT
from ui.qa.scorecard import Scorecard
from ui.qa.scorecard_form import WHOLE
from ui.replay.selection import Selection

TURN = Evidence(EvidenceKind.TURN, 61.0, 64.0, "5", "과태료는 4만 원입니다")
SPOKEN = Selection(61.0, 64.0, 5, "", marked=False, words="과태료는 4만 원입니다")


@dataclass
class Pane:
    card: Scorecard
    ratings: FakeRatings
    replay: FakeReplay
    bot: QtBot

    def keys(self, text: str) -> None:
        for one in text:
            self.bot.keyClicks(self.focus(), one)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.bot.keyClick(self.focus(), key, modifier)

    def focus(self):  # type: ignore[no-untyped-def]
        return QApplication.focusWidget() or self.card

    def begin(self) -> None:
        self.bot.waitUntil(self.card.start.isEnabled)
        self.card.start.setFocus()
        self.key(Qt.Key.Key_Return)
        self.bot.waitUntil(lambda: self.card.form.draft is not None)

    @property
    def row(self) -> RatingRow:
        (mine,) = [row for row in self.ratings.rows if row.rating.rater == self.ratings.me]
        return mine

    def kept(self, wanted: tuple[ItemScore, ...]) -> None:
        self.bot.waitUntil(lambda: self.row.rating.scores == wanted)


def opened(qtbot: QtBot, ratings: FakeRatings, **more: object) -> Pane:
    replay = FakeReplay()
    card = Scorecard(ratings, replay, open_call(), **more)  # type: ignore[arg-type]
    qtbot.addWidget(card)
    card.resize(460, 760)
    with qtbot.waitActive(card):
        card.show()
        card.activateWindow()
    return Pane(card, ratings, replay, qtbot)


@pytest.fixture
def pane(qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Pane:
    monkeypatch.delenv("DOUMI_LANG", raising=False)
    i18n.install(qapp, "ko")
    theme.apply(qapp, "light", 1.0)
    return opened(qtbot, FakeRatings())


def test_a_whole_call_is_rated_submitted_and_sent_by_keys(pane: Pane) -> None:
    pane.begin()
    items = pane.card.form.items
    assert items.hasFocus()
    assert items.ident() == "greeting"  # the rubric's first; shown under its skill
    pane.keys("2")
    pane.key(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)  # the first thing the program found
    pane.keys("p")
    assert pane.replay.heard == [(1.0, 3.5)]
    pane.keys("o1")
    assert items.ident() == "closing"
    pane.keys("o")
    assert items.ident() == "silence"
    pane.keys("no")
    assert items.ident() == "answer"
    pane.replay.chosen = SPOKEN
    pane.keys("3em")
    pane.keys("once")
    pane.key(Qt.Key.Key_Escape)
    assert items.hasFocus()
    pane.keys("o")
    assert items.ident() == "figure"
    pane.keys("9")  # more than it has
    assert "2" in pane.card.words.text()
    pane.keys("0+")
    items.choose(f"{FAULT}wrong")
    pane.keys(" me")
    pane.key(Qt.Key.Key_Escape)
    items.choose(WHOLE)
    pane.keys("m")
    pane.keys("good")
    pane.key(Qt.Key.Key_Escape)
    pane.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "한 번 더" in pane.card.hand_in.text()
    pane.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    pane.bot.waitUntil(lambda: bool(pane.row.rating.submitted_at))
    scores = {score.item: score for score in pane.row.rating.scores}
    assert {item: score.points for item, score in scores.items()} == {
        "greeting": 2,
        "closing": 1,
        "silence": None,
        "answer": 3,
        "figure": 1,
    }
    assert [one.ref for one in scores["greeting"].evidence] == ["greeting.1"]
    assert scores["answer"].evidence == (TURN,)
    assert scores["answer"].note == "once"
    assert pane.row.rating.faults == ("wrong",)
    assert pane.row.rating.note == "good"
    assert pane.row.rating.grounds == (ItemScore("wrong", None, note="e"),)
    pane.bot.waitUntil(pane.card.post.isVisible)
    pane.key(Qt.Key.Key_Return)  # one press too many
    pane.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not pane.card.post.hasFocus()
    pane.card.post.setFocus()
    pane.key(Qt.Key.Key_Return)
    assert "C-07" in pane.card.words.text()
    assert "한 번 더" in pane.card.post.text()
    assert not pane.row.rating.sent_at
    pane.key(Qt.Key.Key_Return)
    pane.bot.waitUntil(lambda: bool(pane.row.rating.sent_at))
    pane.bot.waitUntil(lambda: "다시" in pane.card.post.text())
    items.setFocus()
    items.choose("greeting")
    pane.keys("0")
    assert pane.card.form.pages["greeting"].note.isReadOnly()
    assert pane.row.rating.scores[0].points == 2


def test_a_call_is_rated_again_when_its_objection_was_right(qtbot: QtBot, qapp: QApplication) -> None:
    i18n.install(qapp, "ko")
    theme.apply(qapp, "light", 1.0)
    done = rating("01R1", "이훈련")
    ratings = FakeRatings(rows=[RatingRow(done, total(RUBRIC, done))])
    pane = opened(qtbot, ratings)
    qtbot.waitUntil(lambda: pane.card.stack.currentIndex() == 1)
    assert not pane.card.again.isVisible()
    ratings.settle("01R1", True, "다시 들어 보니 맞습니다")
    pane.card.look()
    qtbot.waitUntil(pane.card.again.isVisible)
    pane.card.again.click()
    assert (pane.card.stack.currentIndex(), pane.card.blind.isChecked()) == (0, False)
    assert pane.card.start.hasFocus()
    pane.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: pane.card.form.draft is not None)
    assert pane.card.form.items.hasFocus()
    assert [row.rating.submitted_at for row in ratings.rows] == [done.submitted_at, ""]
    assert not pane.card.again.isVisible()


def test_keys_of_the_window_around_it_do_not_take_the_raters(pane: Pane) -> None:
    taken: list[str] = []
    for keys in ("2", "N", "E", "P", "Space"):
        QShortcut(QKeySequence(keys), pane.card, lambda keys=keys: taken.append(keys))
    pane.begin()
    pane.keys("2n")
    assert taken == []
    assert pane.card.form.draft is not None
    assert pane.card.form.draft.score("greeting").points is None
    pane.keys(" ")
    assert taken == ["Space"]  # playing is the window's


def test_letters_rate_with_the_korean_layout_on(pane: Pane) -> None:
    pane.begin()
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
        no_modifier = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(pane.card.form.items, QKeyEvent(kind, ord("ㅜ"), no_modifier, "ㅜ"))
    assert pane.card.form.draft is not None
    assert not pane.card.form.draft.is_open("greeting")


def test_a_draft_is_kept_and_opened_again(pane: Pane, qtbot: QtBot) -> None:
    pane.begin()
    pane.replay.chosen = SPOKEN
    pane.keys("e1")
    pane.bot.waitUntil(lambda: bool(pane.ratings.kept))
    pane.card.close()
    again = opened(qtbot, pane.ratings)
    again.bot.waitUntil(lambda: again.card.form.draft is not None)
    assert again.card.form.draft is not None
    assert again.card.form.draft.score("greeting") == ItemScore("greeting", 1, (TURN,))
    assert again.card.form.items.ident() == "closing"
    assert again.card.form.draft.is_open("closing")


def test_evidence_waits_with_an_open_item(pane: Pane) -> None:
    pane.begin()
    pane.replay.chosen = SPOKEN
    pane.keys("e")
    pane.card.close()
    pane.bot.waitUntil(lambda: [one.item for one in pane.row.rating.pending] == ["greeting"])
    assert pane.row.rating.scores == ()


def rated(pane: Pane) -> None:
    """Give every item of the rubric points."""
    pane.begin()
    for _ in range(5):
        pane.keys("1o")
    assert pane.card.form.draft is not None
    assert not any(pane.card.form.draft.is_open(item.id) for item in pane.card.form.draft.rubric.items)


def test_what_was_refused_is_told_no_longer_once_it_is_mended_or_done(pane: Pane) -> None:
    told: list[str] = []
    pane.card.failed.connect(lambda _error: told.append("failed"))
    pane.card.mended.connect(lambda: told.append("mended"))
    rated(pane)
    items = pane.card.form.items
    items.choose(f"{FAULT}wrong")
    pane.keys(" ")
    pane.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    pane.bot.waitUntil(lambda: told == ["failed"])
    items.choose("greeting")
    pane.keys("2")  # mends nothing
    assert told == ["failed"]
    items.choose(f"{FAULT}wrong")
    pane.replay.chosen = SPOKEN
    pane.keys("e")
    assert told == ["failed", "mended"]
    pane.ratings.fault = Fault("qa.no_exchange")
    for _ in range(2):
        pane.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    pane.bot.waitUntil(lambda: told[2:] == ["failed"])
    for _ in range(2):
        pane.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    pane.bot.waitUntil(lambda: bool(pane.row.rating.submitted_at) and told[3:] == ["mended"])


def test_a_rating_that_counts_no_longer_says_so_beside_its_total_and_when_it_is_rated_again(qtbot: QtBot) -> None:
    done = rating("01R1", "이훈련")
    ratings = FakeRatings(rows=[RatingRow(done, total(RUBRIC, done))])
    ratings.settle("01R1", True, "맞습니다")
    pane = opened(qtbot, ratings)
    qtbot.waitUntil(pane.card.again.isVisible)
    assert "세지 않음" in pane.card.form.total.text()
    pane.card.again.click()
    assert "세지 않" in pane.card.others.text()
    pane.card.begin()
    qtbot.waitUntil(lambda: len(ratings.rows) == 2 and pane.card.form.draft is not None)
    assert "세지 않음" not in pane.card.form.total.text()


def test_one_press_submits_nothing_and_a_change_takes_it_back(pane: Pane) -> None:
    rated(pane)
    button = pane.card.hand_in
    plain = button.text()
    for kind in (pane.bot.mousePress, pane.bot.mouseRelease, pane.bot.mouseDClick, pane.bot.mouseRelease):
        kind(button, Qt.MouseButton.LeftButton)  # a double click is one press
    assert "한 번 더" in button.text()
    assert button.accessibleName() == button.text()
    pane.card.form.items.setFocus()
    pane.keys("0")
    assert button.text() == plain
    pane.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert button.text() != plain
    pane.card.hide()
    assert button.text() == plain
    assert not pane.row.rating.submitted_at


def test_what_is_attached_by_a_key_comes_into_view(qtbot: QtBot, pane: Pane) -> None:
    pane.card.resize(900, 330)
    pane.begin()
    page = pane.card.form.pages["greeting"]
    view = page.area.viewport()
    pane.key(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)

    def seen() -> bool:
        top = page.places.mapTo(view, QPoint(0, 0)).y()
        return top >= 0 and top + page.places.height() <= view.height()

    qtbot.waitUntil(seen)
    assert page.places.currentRow() == 0


def test_what_is_open_is_said_and_nothing_is_lost(pane: Pane) -> None:
    pane.begin()
    pane.keys("2")
    pane.ratings.fault = Fault("rubric.rating_open", count=4, item="끝인사")
    pane.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    pane.bot.waitUntil(lambda: "끝인사" in pane.card.words.text())
    assert pane.card.form.items.ident() == "closing"
    pane.kept((ItemScore("greeting", 2),))


def test_a_draft_that_cannot_be_kept_is_tried_again(pane: Pane) -> None:
    pane.begin()
    pane.ratings.fault = Fault("qa.no_rating")
    with pane.bot.waitSignal(pane.card.failed):
        pane.keys("2")
    assert pane.card.words.text()
    pane.keys("1")
    pane.kept((ItemScore("greeting", 1),))


def test_the_second_rater_is_offered_to_rate_blind_and_sees_nothing(qtbot: QtBot) -> None:
    first = rating(rater="김평가", note="첫 평가의 말")
    pane = opened(qtbot, FakeRatings(rows=[RatingRow(first, total(RUBRIC, first))]), blind=True)
    pane.bot.waitUntil(lambda: bool(pane.card.others.text()))
    assert "1" in pane.card.others.text()
    assert pane.card.blind.isChecked()
    assert pane.card.rates_as.text() == "평가자: 이훈련"  # before anything is begun
    pane.begin()
    assert pane.card.rater.text() == "평가자: 이훈련"
    assert pane.row.rating.blind
    shown = [pane.card.form.items.item(row).text() for row in range(pane.card.form.items.count())]
    assert not any("첫 평가의 말" in words for words in shown)


def test_what_was_submitted_under_a_former_name_is_shown_with_it(qtbot: QtBot) -> None:
    done = rating(rater="평가 담당 1a2b3c")
    ratings = FakeRatings(rows=[RatingRow(done, total(RUBRIC, done))], former="평가 담당 1a2b3c")
    pane = opened(qtbot, ratings)
    pane.bot.waitUntil(lambda: pane.card.stack.currentIndex() == 1)
    assert pane.card.rater.text() == "평가자: 평가 담당 1a2b3c"
    assert pane.card.hand_in.isHidden()


def test_a_draft_is_thrown_away_only_on_a_second_press(pane: Pane) -> None:
    pane.begin()
    pane.card.discard.setFocus()
    pane.key(Qt.Key.Key_Return)
    assert pane.ratings.rows
    pane.key(Qt.Key.Key_Return)
    pane.bot.waitUntil(lambda: not pane.ratings.rows)
    pane.bot.waitUntil(pane.card.start.isVisible)


def test_a_click_too_many_sends_nothing(pane: Pane) -> None:
    rated(pane)
    spot = pane.card.hand_in.mapTo(pane.card, pane.card.hand_in.rect().center())
    for _ in range(2):
        pane.bot.mouseClick(pane.card.hand_in, Qt.MouseButton.LeftButton)
    pane.bot.waitUntil(pane.card.post.isVisible)
    assert not pane.card.post.geometry().contains(pane.card.foot.mapFrom(pane.card, spot))
    pane.bot.mouseClick(pane.card.post, Qt.MouseButton.LeftButton)
    assert "한 번 더" in pane.card.post.text()
    pane.card.form.items.setFocus()  # thought better of it
    assert "한 번 더" not in pane.card.post.text() + pane.card.words.text()
    assert pane.ratings.sent == []
    pane.card.post.click()
    pane.card.foot.words.setText("저장하지 못했습니다.")  # something is told meanwhile
    pane.card.form.items.setFocus()
    assert pane.card.foot.words.text() == "저장하지 못했습니다."


def test_a_digit_too_many_makes_no_critical_fault(pane: Pane) -> None:
    rated(pane)
    items, form = pane.card.form.items, pane.card.form
    items.choose("figure")
    for _ in range(4):  # the usual rhythm, further than the items go
        pane.key(Qt.Key.Key_Down)
        pane.keys("1")
    assert form.draft is not None
    assert form.draft.rating().faults == ()
    items.choose(f"{FAULT}wrong")
    pane.keys("1")
    assert "스페이스" in pane.card.words.text()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Space):
        pane.key(key)
    assert form.draft.rating().faults == ("wrong",)


def test_a_critical_fault_says_what_it_empties_and_wants_grounds(pane: Pane) -> None:
    rated(pane)
    items, form = pane.card.form.items, pane.card.form
    items.choose(f"{FAULT}rude")
    pane.key(Qt.Key.Key_Space)
    assert form.total.text().startswith("합계 0.0 (치명 오류: 욕설이나 무시하는 말)")
    items.choose("greeting")
    pane.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    pane.bot.waitUntil(lambda: "근거나 메모" in pane.card.words.text())
    assert items.ident() == f"{FAULT}rude"
    assert not pane.row.rating.submitted_at
    pane.replay.chosen = SPOKEN
    pane.keys("e")
    assert form.faults[f"{FAULT}rude"].places.count() == 1
    for _ in range(2):
        pane.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    pane.bot.waitUntil(lambda: bool(pane.row.rating.submitted_at))
    assert pane.row.rating.grounds == (ItemScore("rude", None, (TURN,)),)


def test_a_total_of_some_items_says_so(pane: Pane) -> None:
    pane.begin()
    pane.keys("2")
    assert "평가한 항목의 합계" in pane.card.form.total.text()
    for _ in range(4):
        pane.keys("o1")
    assert "평가한 항목의 합계" not in pane.card.form.total.text()
