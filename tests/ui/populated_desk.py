"""A desk over fakes with everything switched on: care, an open profile, saved calls, changes of the DB."""

from __future__ import annotations

from dataclasses import replace

import shiboken6
from pytestqt.qtbot import QtBot

from assist.incident_report import IncidentReport
from kb.changes import Changes
from tests.ui import fake_replay, story
from tests.ui.conftest import Desk
from tests.ui.fake_articles import ARTICLES, SPECIALS
from tests.ui.fake_services import FakeServices
from tests.ui.fakes import FakeBus, FakeControl, FakePreferences
from tests.ui.rows import SESSIONS
from ui.call_view_state import Phase
from ui.care_ports import CareState, ReportPage
from ui.desk import build_desk
from ui.ports import Digest, RecoveredRow
from ui.preference_ports import Preferences
from ui.profile_ports import LockRule, ProfileRow


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
        replays=fake_replay.opened,
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


def care_of(desk: Desk) -> FakeCare | None:
    care = desk.window.care._care
    return care if isinstance(care, FakeCare) else None


def recovered_rows() -> tuple[RecoveredRow, ...]:
    return (
        RecoveredRow("s3", "2026-11-21T08:51:44+09:00", 905, 900, 41, True, "여권 재발급에 필요한 서류"),
        RecoveredRow("s2", "2026-11-21T09:02:10+09:00", 310, 0, 18, False, "", 2),
    )
