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
from pytestqt.qtbot import QtBot

from assist.events import BehaviourSeen, CallerKnown, EndingMoved, LadderMoved, ListeningPaused, WarningGiven
from assist.incident_report import IncidentReport
from assist.model import (
    BehaviourKind,
    CallerClass,
    EndingStage,
    EndingState,
    LadderState,
    LadderWhy,
    LineAction,
    ManagedCaller,
)
from audio.events import DeviceStateChanged, LagChanged
from audio.model import Channel, DeviceHealth
from kb.changes import Changes
from kb.model import Band
from resources.notices import sentence
from tests.ui import fake_team, story
from tests.ui.conftest import Desk
from tests.ui.fakes import ARTICLES, SPECIALS, FakeBus, FakeControl, FakePreferences, FakeServices
from tests.ui.rows import SESSIONS
from ui.call_view_state import Phase
from ui.care_ports import CareState, ReportPage
from ui.desk import build_desk
from ui.key_page import KeyPage, KeyTrouble
from ui.ports import Digest, Preferences, RecoveredRow
from ui.profile_desk import PinDialog
from ui.profile_page import ProfilePage
from ui.profile_ports import LockRule, ProfileRow
from ui.strip import Strip
from ui.team_ports import TeamStep
from ui.team_window import build_team
from ui.told import Told

REPORT: Final = (
    "일시: 2026-11-21 09:14\n상담사: 3번 자리\n경위: 주정차 과태료를 문의하던 중 욕설이 세 차례 이어짐.\n"
    "조치: 경고 안내 1회, 전담팀 이관."
)


class FakeCare:
    """Care that is on offer after an abusive call."""

    def __init__(self) -> None:
        self.state = CareState()
        self.note = "오늘은 힘들었다."

    def offer(self) -> None:
        """An abusive call has ended."""
        self.state = CareState(
            story.CALL, 10.0, support_name="마음건강 지원 프로그램", support_contact="02-000-1004", own_feelings=True
        )

    def look(self) -> CareState:
        return self.state

    def take_rest(self) -> None:
        self.state = replace(self.state, resting=True, offered_minutes=0.0, left_s=600.0)

    def decline_rest(self) -> None:
        self.state = replace(self.state, offered_minutes=0.0)

    def back_to_work(self) -> None:
        self.state = replace(self.state, resting=False, rest_over=False, left_s=0.0)

    def show_support(self) -> None: ...

    def quiet_work(self) -> None:
        self.state = replace(self.state, quiet=True)

    def calls_again(self) -> None:
        self.state = replace(self.state, quiet=False)

    def put_away(self) -> None:
        self.state = CareState()

    def set_own_feelings(self, wanted: bool) -> None:
        self.state = replace(self.state, own_feelings=wanted)

    def report(self, session_id: str) -> ReportPage:
        return ReportPage(IncidentReport(()), story.saved(), saved=True)

    def draft_again(self, session_id: str) -> IncidentReport:
        return IncidentReport(())

    def save_report(self, session_id: str, text: str, before: IncidentReport) -> IncidentReport:
        return before

    def own_note(self) -> str:
        return self.note

    def keep_own_note(self, text: str) -> None:
        self.note = text


class FakeProfile:
    """An open profile with a PIN; never locks by itself."""

    def __init__(self) -> None:
        self.row = ProfileRow("p-1", "김하나", "counsellor", has_pin=True)

    def check(self, pin: str) -> None: ...

    def set_pin(self, old: str, new: str) -> None: ...

    def lock_rule(self) -> LockRule:
        return LockRule(0, in_call=False)

    def ask_switch(self) -> None: ...


class FakeDoors:
    """Three profiles of one PC."""

    def rows(self) -> tuple[ProfileRow, ...]:
        return (
            ProfileRow("default", "", "counsellor", has_pin=False),
            ProfileRow("p-1", "김하나", "counsellor", has_pin=True),
            ProfileRow("p-2", "이두리", "team", has_pin=True),
        )

    def unlock(self, ident: str, pin: str) -> None: ...


def open_desk(
    bot: QtBot, *, theme: str = "light", scale: float = 1.0, language: str = "ko", size: tuple[int, int] = (1280, 800)
) -> Desk:
    """Return a shown desk with care and an open profile. Close it with :func:`close_desk`."""
    bus, control = FakeBus(), FakeControl()
    preferences = FakePreferences(Preferences(theme=theme, text_scale=scale, language=language, speak_practice=False))
    services = FakeServices(
        rows=SESSIONS,
        events=story.saved(),
        records=story.RECORDS,
        special=SPECIALS,
        changed=Digest("2026-11-20T18:02:00+09:00", Changes(ARTICLES[:1], ARTICLES[1:], ("끝난 사업 안내",))),
    )
    window = build_desk(
        control,
        services,
        bus.subscribe,
        language=language,
        preferences=preferences,
        care=FakeCare(),
        profile=FakeProfile(),
    )
    window.resize(*size)
    with bot.waitExposed(window):
        window.show()
    bot.waitUntil(lambda: window.start.recent.count() == len(SESSIONS))
    return Desk(window, bus, control, services, preferences, bot)


def close_desk(desk: Desk) -> None:
    """End a desk of :func:`open_desk`."""
    desk.window.state.phase = Phase.IDLE
    desk.window.close()
    shiboken6.delete(desk.window)


def put_away(desk: Desk, window: QWidget) -> None:
    """Close what a builder opened and bring the desk back to where no call is."""
    main = desk.window
    if window is not main:
        is_own = window.parent() is None
        window.close()
        if is_own:
            shiboken6.delete(window)
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
    care = _care(desk)
    if care is not None and care.state != CareState():
        care.state = CareState()
        main.care.look()
    main.stack.setCurrentWidget(main.start)
    main.keep(replace(main.preferences, layout="full", captions_only=False))


def _care(desk: Desk) -> FakeCare | None:
    care = desk.window.care._care
    return care if isinstance(care, FakeCare) else None


# -- the main window --------------------------------------------------------------------------------------------


def _idle(desk: Desk) -> QWidget:
    desk.window.show_recovered(_recovered_rows())
    return desk.window


def _no_model(desk: Desk) -> QWidget:
    desk.services.models_ready, desk.services.opening = False, True
    try:
        desk.window.refresh_desk()
    finally:
        desk.services.models_ready, desk.services.opening = True, False
    return desk.window


def _live(desk: Desk) -> QWidget:
    desk.window.refresh_desk()
    desk.live()
    return desk.window


def _column(desk: Desk) -> QWidget:
    desk.window.keep(replace(desk.window.preferences, layout="docked"))
    desk.live()
    desk.window.layouts.toggle_drawer()
    return desk.window


def _captions(desk: Desk) -> QWidget:
    desk.window.keep(replace(desk.window.preferences, captions_only=True))
    desk.live()
    return desk.window


def _second(desk: Desk) -> QWidget:
    desk.window.keep(replace(desk.window.preferences, layout="two"))
    desk.wrap_up()
    second = desk.window.layouts.second
    assert second is not None
    return second


def _quiet(desk: Desk) -> QWidget:
    weak = [story.card(i, Band.CANDIDATE) for i in (1, 2)]
    desk.services.unsent, desk.services.no_key = 1, True
    try:
        desk.window.refresh_desk()
    finally:
        desk.services.unsent, desk.services.no_key = 0, False
    desk.tell(
        story.started("practice", "집 앞 불법 주정차 신고"),
        *story.spoken(2),
        story.suggestions(*weak),
        LagChanged(**story.at(9), backlog_s=6.0, step=1),
        DeviceStateChanged(**story.at(9), channel=Channel.CALLER, health=DeviceHealth.SILENT),
    )
    return desk.window


def _states(desk: Desk) -> QWidget:
    desk.live()
    desk.tell(
        story.demand(),
        story.final(7, Channel.CALLER, 33, 35, "", flags=("unheard",)),
        story.final(8, Channel.CALLER, 36, 38, "전화는 02-120", flags=("low_digits",)),
        story.final(9, Channel.CALLER, 39, 41, "시청해 주셔서 감사합니다", flags=("unsupported",)),
        DeviceStateChanged(**story.at(41), channel=Channel.CALLER, health=DeviceHealth.UNPLUGGED),
        DeviceStateChanged(**story.at(41), channel=Channel.AGENT, health=DeviceHealth.SILENT),
        ListeningPaused(**story.at(41), paused=True),
    )
    return desk.window


def _abuse(desk: Desk) -> QWidget:
    desk.live()
    desk.tell(story.abuse(), WarningGiven(**story.at(32), script=story.WARNING, count=1))
    return desk.window


def _ladder(desk: Desk) -> QWidget:
    final = replace(story.WARNING, id="profanity.final", is_final=True)
    ladder = LadderState("profanity", next=final, why=LadderWhy.WARNINGS_USED, warnings_given=1)
    managed = ManagedCaller(CallerClass.HARD, "같은 요구는 한 번만 답하고 서면 답변으로 안내합니다.", "2027-02-28")
    kinds = (BehaviourKind.REPETITION, BehaviourKind.EARLIER_CALLS)
    script = replace(story.WARNING, id="demand-1", situation="demand")
    desk.live()
    desk.tell(
        CallerKnown(**story.at(30), managed=managed, earlier_calls=4),
        BehaviourSeen(**story.at(31), kinds=kinds, turns=(5,), script=script),
        story.abuse(2),
        LadderMoved(**story.at(32), state=ladder),
    )
    return desk.window


def _ending(desk: Desk) -> QWidget:
    _ladder(desk)
    final = replace(story.WARNING, is_final=True)
    notice = EndingState(EndingStage.NOTICE, LineAction.NOTICE, by_person=True, script=final, number="02-000-1004")
    desk.tell(EndingMoved(**story.at(33), state=notice), story.handed_over())
    return desk.window


def _crisis(desk: Desk) -> QWidget:
    desk.live()
    desk.tell(story.crisis())
    return desk.window


def _wrap_up(desk: Desk) -> QWidget:
    desk.wrap_up()
    desk.window.call.show_evidence((3,))
    return desk.window


def _tour(desk: Desk) -> QWidget:
    desk.tell(story.started("practice"), *story.spoken(), story.suggestions(story.card(0)), *story.numbers())
    desk.window.tour.begin()
    for _ in range(4):
        desk.window.tour.onward()
    return desk.window


def _search(desk: Desk) -> QWidget:
    desk.live()
    answers = desk.window.call.answers
    answers.focus_search()
    answers.box.setText("과태료 신고")
    desk.bot.waitUntil(lambda: answers.results.model.rowCount() == 3)
    return desk.window


def _entry(desk: Desk) -> QWidget:
    desk.tell(story.started(), *story.spoken(), story.suggestions(*story.explained()), *story.noise())
    answers = desk.window.call.answers
    desk.bot.waitUntil(lambda: len(answers.cards) == 3)
    answers.open_place(1)
    return desk.window


def _correction(desk: Desk) -> QWidget:
    _entry(desk)
    desk.window.call.answers.note_correction()
    return desk.window


def _gap(desk: Desk) -> QWidget:
    desk.live()
    desk.window.call.answers.note_gap()
    return desk.window


def _notice(desk: Desk) -> QWidget:
    desk.live()
    desk.window.notices.say(sentence("call.recovered", count="1"), "warning")
    return desk.window


def _care_strip(desk: Desk) -> QWidget:
    care = _care(desk)
    if care is not None:
        desk.wrap_up()
        care.offer()
        desk.window.care.look()
    return desk.window


def _rest(desk: Desk) -> QWidget:
    _care_strip(desk)
    if _care(desk) is not None:
        desk.window.care.take_rest()
    return desk.window


def _locked(desk: Desk) -> QWidget:
    lock = getattr(desk.window.profile, "lock", None)
    if lock is not None:
        lock.lock()
        lock.page.said.setText(sentence("profiles.pin_wrong"))
    return desk.window


# -- windows beside it ------------------------------------------------------------------------------------------


def _sessions(desk: Desk) -> QWidget:
    desk.window.open_sessions()
    sessions = desk.window.sessions
    assert sessions is not None
    desk.bot.waitUntil(lambda: sessions.model.rowCount() == len(SESSIONS))
    return sessions


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
    told = Told(sentence("cli.package_later", name="상담.doumi"), desk.window)
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


def _recovered_rows() -> tuple[RecoveredRow, ...]:
    return (
        RecoveredRow("s3", "2026-11-21T08:51:44+09:00", 905, 900, 41, True, "여권 재발급에 필요한 서류"),
        RecoveredRow("s2", "2026-11-21T09:02:10+09:00", 310, 0, 18, False, "", 2),
    )


def _recovered(desk: Desk) -> QWidget:
    desk.window.show_recovered(_recovered_rows())
    desk.window.open_recovered()
    assert desk.window.recovered is not None
    return desk.window.recovered


def _support(desk: Desk) -> QWidget:
    _care_strip(desk)
    desk.window.care.open_support()
    assert desk.window.care.window is not None
    return desk.window.care.window


def _report(desk: Desk) -> QWidget:
    _care_strip(desk)
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


WINDOWS: Final[dict[str, Callable[[Desk], QWidget]]] = {
    "idle": _idle,
    "no-model": _no_model,
    "live": _live,
    "quiet": _quiet,
    "column": _column,
    "captions": _captions,
    "second": _second,
    "states": _states,
    "abuse": _abuse,
    "ladder": _ladder,
    "ending": _ending,
    "crisis": _crisis,
    "wrap-up": _wrap_up,
    "tour": _tour,
    "search": _search,
    "entry": _entry,
    "correction": _correction,
    "gap": _gap,
    "notice": _notice,
    "care-strip": _care_strip,
    "rest": _rest,
    "locked": _locked,
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
    "team-inbox": _team(0),
    "team-steps": _team(0, 1),
    "team-register": _team(1),
    "team-figures": _team(2),
}
