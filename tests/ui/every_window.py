"""Every window and dialog of the program, filled from the fakes: what the walks over all of them look at.

``WINDOWS`` maps a name to a builder. A builder takes a desk in any state, opens one window populated, and returns it
shown; :func:`put_away` takes it down again, so that one desk serves a whole walk. Add yours when you make a window.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final, cast

import shiboken6
from PySide6.QtWidgets import QWidget

from assist.review.model import Answer, AnswerKind
from audio.model import Channel
from resources.notices import Fault, sentence
from tests.ui import fake_qa, fake_replay, fake_team, fake_trainer, story
from tests.ui.conftest import Desk
from tests.ui.desk_states import STATES, care_strip
from tests.ui.fake_exercises import FakeExercises
from tests.ui.fake_quiz import ASKED
from tests.ui.fake_then_now import FakeThenNow
from tests.ui.populated_desk import FakeDoors, FakeProfile, care_of, recovered_rows
from tests.ui.rows import SESSIONS
from ui import parts
from ui.call_view_state import Phase
from ui.care_ports import CareState
from ui.key_page import KeyPage, KeyTrouble
from ui.profile_desk import PinDialog
from ui.profile_page import ProfilePage
from ui.qa.beside_replay import add_scorecard
from ui.qa.case_page import CasePage
from ui.qa.case_pane import CasePane
from ui.qa.exercise_maker import ExerciseMaker
from ui.qa.exercise_window import ExerciseWindow
from ui.qa.ports import RatingRow
from ui.qa.qa_window import QaWindow, build_qa
from ui.qa.quiz_pane import QuizWindow
from ui.qa.share_window import ShareWindow
from ui.replay.replay_window import ReplayWindow
from ui.replay.then_now import ThenNowPage
from ui.sessions_window import SessionsWindow
from ui.strip import Strip
from ui.team_ports import TeamStep
from ui.team_window import build_team
from ui.told import Told

REPORT: Final = (
    "일시: 2026-11-21 09:14\n상담사: 3번 자리\n경위: 주정차 과태료를 문의하던 중 욕설이 세 차례 이어짐.\n"
    "조치: 경고 안내 1회, 전담팀 이관."
)


def put_away(desk: Desk, window: QWidget) -> None:
    """Close what a builder opened and bring the desk back to where no call is."""
    main = desk.window
    if window is not main:
        is_own = window.parent() is None
        window.close()
        if is_own:
            shiboken6.delete(window)
    if main.replays is not None:
        main.replays.close_all()
    while main.notices.shown:
        main.notices.dismiss()
    lock = getattr(main.profile, "lock", None)
    if lock is not None and lock.locked:
        lock._unlock()
    main.tour.leave()
    main.call.answers.back()
    main.call.answers.back()
    if main.state.phase is Phase.LIVE:
        desk.tell(story.ended(), story.draft(final_one=True))
    main.close_call()
    care = care_of(desk)
    if care is not None and care.state != CareState():
        care.state = CareState()
        main.care.look()
    main.stack.setCurrentWidget(main.start)
    main.keep(replace(main.preferences, layout="full", captions_only=False))


def _sessions(desk: Desk) -> QWidget:
    desk.window.open_sessions()
    sessions = desk.window.sessions
    assert sessions is not None
    desk.bot.waitUntil(lambda: sessions.model.rowCount() == len(SESSIONS))
    return sessions


def _share(desk: Desk) -> QWidget:
    sessions = _sessions(desk)
    assert isinstance(sessions, SessionsWindow)
    sessions.share_button.click()
    window = sessions.findChild(ShareWindow)
    assert window is not None
    for name in ("kim.pub", "trainers.pub"):
        window.add_key(Path(name))
    desk.bot.waitUntil(lambda: window.keys.count() == 2)
    window.purpose.setText("신입 상담사 교육")
    window.place.setText("3분기 교육.doumi")
    return window


def _reopened(desk: Desk) -> QWidget:
    desk.window.open_session("s1")
    sessions = desk.window.sessions
    assert sessions is not None
    desk.bot.waitUntil(lambda: len(sessions.view.record.forms) == 2)
    return sessions


def _outbox(desk: Desk) -> QWidget:
    desk.window.open_outbox()
    outbox = desk.window.outbox
    assert outbox is not None
    desk.bot.waitUntil(lambda: outbox.table.rowCount() == 4)
    return outbox


def _settings(desk: Desk) -> QWidget:
    desk.window.open_settings()
    assert desk.window.settings is not None
    return desk.window.settings


def _settings_found(desk: Desk) -> QWidget:
    desk.window.open_settings()
    settings = desk.window.settings
    assert settings is not None
    settings.show_path("line.notice.timeout_s")
    return settings


def _first_start(page: int) -> Callable[[Desk], QWidget]:
    def opened(desk: Desk) -> QWidget:
        desk.window.open_first_start()
        first = desk.window.first_start
        assert first is not None
        while first.at < page:
            first.turn(1)
        return first

    return opened


def _keys(desk: Desk) -> QWidget:
    if desk.window.keys is None or not desk.window.keys.isVisible():
        desk.window.open_keys()
    assert desk.window.keys is not None
    return desk.window.keys


def _rebinding(desk: Desk) -> QWidget:
    desk.window.open_rebinding()
    page = desk.window.rebinding
    assert page is not None
    page.find.setText("F9")
    page.find.setText("")
    return page


def _palette(desk: Desk) -> QWidget:
    desk.live()
    if desk.window.palette is None or not desk.window.palette.isVisible():
        desk.window.find_anything()
    palette = desk.window.palette
    assert palette is not None
    palette.box.setText("통화")
    desk.bot.waitUntil(lambda: any(row.kind == "entry" for row in palette.list.rows.rows))
    return palette


def _sound_check(desk: Desk) -> QWidget:
    desk.window.open_sound_check()
    check = desk.window.sound_check
    assert check is not None
    desk.bot.waitUntil(lambda: bool(check.words[Channel.CALLER].text()))
    return check


def _told(desk: Desk) -> QWidget:
    told = Told(sentence("cli.package_missing", name="상담.doumi"), desk.window)
    told.show()
    return told


def _about(desk: Desk) -> QWidget:
    desk.window.open_about()
    about = desk.window.about
    assert about is not None
    desk.bot.waitUntil(lambda: about.list.count() == 5 and bool(about.text.toPlainText()))
    return about


def _holdings(desk: Desk) -> QWidget:
    desk.window.open_holdings()
    holdings = desk.window.holdings
    assert holdings is not None
    desk.bot.waitUntil(lambda: holdings.table.rowCount() == 3)
    return holdings


def _digest(desk: Desk) -> QWidget:
    desk.window.open_digest()
    digest = desk.window.digest
    assert digest is not None
    desk.bot.waitUntil(lambda: digest.list.count() > 0)
    return digest


def _recovered(desk: Desk) -> QWidget:
    desk.window.show_recovered(recovered_rows())
    desk.window.open_recovered()
    assert desk.window.recovered is not None
    return desk.window.recovered


def _support(desk: Desk) -> QWidget:
    care_strip(desk)
    desk.window.care.open_support()
    assert desk.window.care.window is not None
    return desk.window.care.window


def _report(desk: Desk) -> QWidget:
    care_strip(desk)
    desk.window.care.open_report()
    report = desk.window.care.report
    assert report is not None
    report.edit.setPlainText(REPORT)
    return report


def _pin(desk: Desk) -> QWidget:
    dialog = PinDialog(FakeProfile())
    dialog.said.setText(sentence("profiles.pin_wrong"))
    return _shown(desk, dialog)


def _profiles(desk: Desk) -> QWidget:
    page = ProfilePage(FakeDoors(), last="p-1")
    page.said.setText(sentence("profiles.pin_wrong"))
    return _shown(desk, page)


def _key_page(desk: Desk) -> QWidget:
    told = sentence("keys.absent", path="/srv/doumi", name="Keyring")
    trouble = KeyTrouble("keys.absent", told, Path("/srv/doumi"), "Keyring")
    return _shown(desk, KeyPage(trouble, lambda _identity, _exported: None))


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
        _shown(desk, window)
        desk.bot.waitUntil(card.start.isEnabled)
        if rated:
            card.begin()
            desk.bot.waitUntil(lambda: card.form.draft is not None)
        window.pages.setCurrentIndex(window.pages.count() + page)
        return window

    return build


def _strip(desk: Desk) -> QWidget:
    desk.live()
    desk.tell(story.abuse())
    strip = Strip()
    strip.show_state(desk.window.state, "")
    return _shown(desk, strip)


def _shown(desk: Desk, window: QWidget) -> QWidget:
    with desk.bot.waitExposed(window):
        window.show()
    return window


def _team(page: int, tab: int = 0) -> Callable[[Desk], QWidget]:
    def build(desk: Desk) -> QWidget:
        fake = fake_team.FakeTeam()
        fake.add_step("01JA", TeamStep.WARNED, fake_team.TODAY, "전화로 경고함")
        window = build_team(
            fake,
            fake_team.TITLES,
            today=fake_team.TODAY,
            language=desk.preferences.kept.language,
            preferences=desk.preferences,
            settings=desk.services.settings(),
        )
        _shown(desk, window)
        desk.bot.waitUntil(lambda: bool(window.inbox.incident.incident_id))
        window.inbox.incident.pages.setCurrentIndex(tab)
        window.pages.setCurrentIndex(page)
        if page == 1:
            desk.bot.waitUntil(lambda: window.register.table.rowCount() > 0)
        if page == 2:
            desk.bot.waitUntil(lambda: window.figures.table.rowCount() > 0)
        return cast(QWidget, window)

    return build


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
        _shown(desk, window)
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
    _shown(desk, window)
    desk.bot.waitUntil(lambda: window.trouble.isVisible())
    return cast(QWidget, window)


def _case_pane(desk: Desk) -> QWidget:
    call = fake_qa.open_call()
    window = ReplayWindow(call, fake_replay.FakePlayer())
    pane = CasePane(fake_trainer.FakeCases(), window, call, lambda: "")
    window.add_page("사례집", pane)
    window.show_page(pane)
    _shown(desk, window)
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


def _framed(desk: Desk, page: QWidget, title: str) -> QWidget:
    window = QWidget()
    window.setObjectName("window")
    window.setWindowTitle(title)
    window.setAccessibleName(title)
    layout = parts.column()
    window.setLayout(layout)
    layout.addWidget(page)
    parts.open_at(window, 600, 720)
    _shown(desk, window)
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
        window = ExerciseWindow(services)
        window.look()
        _shown(desk, window)
        desk.bot.waitUntil(lambda: window.list.count() > 0)
        if page:
            window.start()
            desk.bot.waitUntil(lambda: window.pages.currentWidget() is window.running)
        if page == 2:
            services.end()
            desk.bot.waitUntil(lambda: window.pages.currentWidget() is window.outcome)
        return window

    return opened


def _exercise_maker(desk: Desk) -> QWidget:
    page = ExerciseMaker(lambda title: None, "주정차 신고")
    window = _framed(desk, page, page.accessibleName())
    page.make()
    desk.bot.waitUntil(lambda: bool(page.said.text()))
    return window


def _quiz(*, answered: bool) -> Callable[[Desk], QWidget]:
    def opened(desk: Desk) -> QWidget:
        window = QuizWindow(lambda: ASKED)
        _shown(desk, window)
        window.pane.look()
        desk.bot.waitUntil(lambda: window.pane.buttons[0].isVisible())
        if answered:
            window.pane.choose(0)
        return window

    return opened


WINDOWS: Final[dict[str, Callable[[Desk], QWidget]]] = {
    **STATES,
    "sessions": _sessions,
    "reopened": _reopened,
    "outbox": _outbox,
    "settings": _settings,
    "settings-fine": _settings_found,
    "first-start": _first_start(0),
    "first-start-sound": _first_start(2),
    "first-start-knowledge": _first_start(3),
    "first-start-privacy": _first_start(5),
    "first-start-end": _first_start(6),
    "keys": _keys,
    "rebinding": _rebinding,
    "palette": _palette,
    "sound-check": _sound_check,
    "holdings": _holdings,
    "share": _share,
    "about": _about,
    "told": _told,
    "digest": _digest,
    "recovered": _recovered,
    "support": _support,
    "report": _report,
    "pin": _pin,
    "profiles": _profiles,
    "key-page": _key_page,
    "strip": _strip,
    "replay": _replay(),
    "replay-end": _replay(0, 39.0),
    "replay-events": _replay(1),
    "replay-record": _replay(2),
    "replay-gone": _replay_gone,
    "replay-keys": _replay_keys,
    "letters": _letters(objecting=False),
    "letters-objecting": _letters(objecting=True),
    "scorecard-begin": _beside(-3, rated=False),
    "scorecard": _beside(-3),
    "all-ratings": _beside(-2, rated=False),
    "coaching": _beside(-1),
    "then-now": _then_now,
    "exercises": _exercises(0),
    "exercise-running": _exercises(1),
    "exercise-result": _exercises(2),
    "exercise-maker": _exercise_maker,
    "quiz": _quiz(answered=False),
    "quiz-answered": _quiz(answered=True),
    "team-inbox": _team(0),
    "team-steps": _team(0, 1),
    "team-register": _team(1),
    "team-figures": _team(2),
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
