"""Windows of replay and quality assurance, filled from the fakes: a part of :mod:`tests.ui.every_window`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

from PySide6.QtWidgets import QWidget

from assist.review.model import Answer, AnswerKind
from resources.notices import Fault
from tests.ui import fake_qa, fake_replay, fake_trainer
from tests.ui.conftest import Desk
from tests.ui.fake_exercises import FakeExercises
from tests.ui.fake_quiz import ASKED
from tests.ui.fake_sharing import FakeSharing
from tests.ui.fake_then_now import FakeThenNow
from ui import parts
from ui.qa.beside_replay import add_scorecard
from ui.qa.case_page import CasePage
from ui.qa.case_pane import CasePane
from ui.qa.exercise_maker import ExerciseMaker
from ui.qa.exercise_window import ExerciseWindow
from ui.qa.ports import RatingRow
from ui.qa.qa_window import QaWindow, build_qa
from ui.qa.quiz_pane import QuizWindow
from ui.qa.rating_draft import FAULT
from ui.qa.scorecard import Scorecard
from ui.qa.share_window import ShareWindow
from ui.replay.replay_window import ReplayWindow
from ui.replay.then_now import ThenNowPage


def shown(desk: Desk, window: QWidget) -> QWidget:
    """Show a window and wait until it stands."""
    with desk.bot.waitExposed(window):
        window.show()
    return window


def _letters(objecting: bool) -> Callable[[Desk], QWidget]:
    def build(desk: Desk) -> QWidget:
        desk.window.registry.run("letters")
        window = desk.window.letters
        assert window is not None
        desk.bot.waitUntil(lambda: window.list.count() > 0)
        if objecting:
            window.object.click()
        return window

    return build


def _beside(page: int, rated: bool = True) -> Callable[[Desk], QWidget]:
    """Return a replay with the panes of quality assurance; -3 the scorecard, -2 all ratings, -1 coaching."""

    def build(desk: Desk) -> QWidget:
        first = fake_qa.rating(rater="김평가", note="차분했습니다")
        said = Answer(first.id, fake_qa.AT, AnswerKind.OBJECTED, ("figure",), "보호구역이라고 안내했습니다.")
        ratings = fake_qa.FakeRatings(
            rows=[RatingRow(first, fake_qa.total(fake_qa.RUBRIC, first), (said,))],
            coaching=list(fake_qa.LETTER.tasks),
            revealed=[] if rated else ["header-1"],
        )
        call = fake_qa.open_call()
        window = ReplayWindow(call, fake_replay.FakePlayer())
        card = add_scorecard(window, ratings, call, blind=rated)
        window.show_page(card)
        shown(desk, window)
        desk.bot.waitUntil(card.start.isEnabled)
        if rated:
            card.begin()
            desk.bot.waitUntil(lambda: card.form.draft is not None)
        window.pages.setCurrentIndex(window.pages.count() + page)
        return window

    return build


def _scorecard_fault(desk: Desk) -> QWidget:
    """Return the scorecard at a critical fault that wants its grounds, about to be submitted."""
    window = _beside(-3)(desk)
    card = window.findChild(Scorecard)
    assert isinstance(card, Scorecard)
    for item in fake_qa.RUBRIC.items:
        card.form._give(item.id, 1)
    card.form._set_fault("rude", True)
    card.form.items.choose(f"{FAULT}rude")
    card.form.faults[f"{FAULT}rude"].note.setPlainText("마지막에 말을 끊고 무시함")
    card.submit()
    return window


def _quality(page: int) -> Callable[[Desk], QWidget]:
    def build(desk: Desk) -> QWidget:
        window = build_qa(
            fake_trainer.FakeTrainer(),
            today=fake_trainer.TODAY,
            cases=fake_trainer.FakeCases(),
            language=desk.preferences.kept.language,
            preferences=desk.preferences,
            settings=desk.services.settings(),
        )
        shown(desk, window)
        desk.bot.waitUntil(lambda: window.calls.table.rowCount() > 0)
        window.pages.setCurrentIndex(page)
        if page == 1:
            desk.bot.waitUntil(lambda: window.sampling.earlier.rowCount() > 0)
            window.sampling.title.setText("11월 표본")
            window.sampling.preview()
            desk.bot.waitUntil(lambda: window.sampling.calls.rowCount() > 0)
            window.sampling.earlier.selectRow(0)
        if page == 2:
            desk.bot.waitUntil(lambda: window.calibration.table.rowCount() > 0)
            window.calibration.table.selectRow(1)
            desk.bot.waitUntil(lambda: window.calibration.items.rowCount() > 0)
        if page == 3:
            desk.bot.waitUntil(lambda: window.report.table.rowCount() > 0)
        if page == 4:
            desk.bot.waitUntil(lambda: window.people.coaching is not None)
        if page == 5:
            book = cast(CasePage, window.pages.widget(5))
            desk.bot.waitUntil(lambda: book.lines.rowCount() > 0)
        return cast(QWidget, window)

    return build


def _quality_without_key(desk: Desk) -> QWidget:
    window = build_qa(
        fake_trainer.FakeTrainer(has_identity=False, calls_here=()),
        today=fake_trainer.TODAY,
        cases=fake_trainer.FakeCases(kept=[]),
        language=desk.preferences.kept.language,
        preferences=desk.preferences,
        settings=desk.services.settings(),
    )
    shown(desk, window)
    desk.bot.waitUntil(lambda: window.trouble.isVisible())
    return cast(QWidget, window)


def _case_pane(desk: Desk) -> QWidget:
    call = fake_qa.open_call()
    window = ReplayWindow(call, fake_replay.FakePlayer())
    pane = CasePane(fake_trainer.FakeCases(), window, call, lambda: "")
    window.add_page("사례집", pane)
    window.show_page(pane)
    shown(desk, window)
    pane.add.click()
    return window


def _quality_new_session(desk: Desk) -> QWidget:
    window = cast(QaWindow, _quality(2)(desk))
    desk.bot.waitUntil(lambda: window.calibration.pick.count() > 0)
    window.calibration.begin_new()
    return cast(QWidget, window)


def _replay(page: int = 0, at_s: float = 16.0) -> Callable[[Desk], QWidget]:
    def opened(desk: Desk) -> QWidget:
        assert desk.window.replays is not None
        desk.window.replays.open("s1")
        desk.bot.waitUntil(lambda: "s1" in desk.window.replays.windows)  # type: ignore[union-attr]
        window = desk.window.replays.windows["s1"]
        desk.bot.waitUntil(lambda: window.timeline.complete and bool(window.timeline.lanes.silent))
        window.pages.setCurrentIndex(page)
        window.seek(at_s)
        return window

    return opened


def _replay_gone(desk: Desk) -> QWidget:
    window = _replay()(desk)
    assert isinstance(window, ReplayWindow)
    window.call.fault = Fault("store.no_session", id="s1")  # type: ignore[attr-defined]
    with desk.bot.waitSignal(window.gone):
        window.toggle()
    return window


def _replay_keys(desk: Desk) -> QWidget:
    window = _replay()(desk)
    assert isinstance(window, ReplayWindow)
    window.open_keys()
    assert window.key_table is not None
    return window.key_table


def _qa_keys(desk: Desk) -> QWidget:
    window = cast(QaWindow, _quality(0)(desk))
    window.open_keys()
    assert window.key_table is not None
    return window.key_table


def _framed(desk: Desk, page: QWidget, title: str) -> QWidget:
    window = QWidget()
    window.setObjectName("window")
    window.setWindowTitle(title)
    window.setAccessibleName(title)
    layout = parts.column()
    window.setLayout(layout)
    layout.addWidget(page)
    parts.open_at(window, 600, 720)
    shown(desk, window)
    return window


def _then_now(desk: Desk) -> QWidget:
    page = ThenNowPage(FakeThenNow())
    window = _framed(desk, page, page.accessibleName())
    page.start()
    desk.bot.waitUntil(lambda: page.list.count() > 0)
    return window


def _exercises(page: int) -> Callable[[Desk], QWidget]:
    def opened(desk: Desk) -> QWidget:
        services = FakeExercises()
        window = ExerciseWindow(services, sharing=FakeSharing())
        window.look()
        shown(desk, window)
        desk.bot.waitUntil(lambda: window.list.count() > 0)
        if page:
            window.start()
            desk.bot.waitUntil(lambda: window.pages.currentWidget() is window.running)
        if page == 2:
            services.end()
            desk.bot.waitUntil(lambda: not window.compare.isHidden())
            window.compare.click()
        return window

    return opened


def _exercise_maker(desk: Desk) -> QWidget:
    page = ExerciseMaker(lambda title: None, "주정차 신고", FakeExercises(), FakeSharing())
    window = _framed(desk, page, page.accessibleName())
    page.make()
    desk.bot.waitUntil(lambda: bool(page.said.text()) and page.list.count() > 0)
    return window


def _exercise_share(desk: Desk) -> QWidget:
    window = _exercises(0)(desk)
    assert isinstance(window, ExerciseWindow)
    window.list.hand_on.click()
    opened = window.findChild(ShareWindow)
    assert opened is not None
    opened.place.setText("연습.doumi")
    return opened


def _quiz(*, answered: bool) -> Callable[[Desk], QWidget]:
    def opened(desk: Desk) -> QWidget:
        window = QuizWindow(lambda: ASKED)
        shown(desk, window)
        window.pane.look()
        desk.bot.waitUntil(lambda: window.pane.buttons[0].isVisible())
        if answered:
            window.pane.choose(0)
        return window

    return opened


QUALITY: Final[dict[str, Callable[[Desk], QWidget]]] = {
    "replay": _replay(),
    "replay-end": _replay(0, 39.0),
    "replay-events": _replay(1),
    "replay-record": _replay(2),
    "replay-gone": _replay_gone,
    "replay-keys": _replay_keys,
    "qa-keys": _qa_keys,
    "letters": _letters(objecting=False),
    "letters-objecting": _letters(objecting=True),
    "scorecard-begin": _beside(-3, rated=False),
    "scorecard": _beside(-3),
    "scorecard-fault": _scorecard_fault,
    "all-ratings": _beside(-2, rated=False),
    "coaching": _beside(-1),
    "then-now": _then_now,
    "exercises": _exercises(0),
    "exercise-running": _exercises(1),
    "exercise-result": _exercises(2),
    "exercise-maker": _exercise_maker,
    "exercise-share": _exercise_share,
    "quiz": _quiz(answered=False),
    "quiz-answered": _quiz(answered=True),
    "qa-calls": _quality(0),
    "qa-without-key": _quality_without_key,
    "qa-samples": _quality(1),
    "qa-calibration": _quality(2),
    "qa-new-calibration": _quality_new_session,
    "qa-report": _quality(3),
    "qa-people": _quality(4),
    "qa-cases": _quality(5),
    "qa-case-pane": _case_pane,
}
