"""What the pictures show: each scene plays one state of the windows and takes its pictures, in pixels of ``size``."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import shiboken6

from app.settings import ProtectionSettings
from assist.events import ListeningPaused, NoticeRaised, WarningGiven
from audio.events import DeviceStateChanged, LagChanged
from audio.model import Channel, DeviceHealth
from kb.changes import Changes
from kb.model import Band
from scripts.studio import Studio
from tests.helpers import care as care_desk
from tests.helpers.personal import home_in
from tests.ui import fake_team, story
from tests.ui.fake_articles import ARTICLES, SPECIALS
from tests.ui.fake_services import FakeServices
from tests.ui.fakes import FakeControl, FakePreferences
from tests.ui.rows import SESSIONS
from ui.desk import build_desk
from ui.ports import Digest
from ui.preference_ports import Preferences
from ui.team_ports import TeamStep
from ui.team_window import build_team


def idle(s: Studio, size: tuple[int, int]) -> None:
    """The start, before a call."""
    window, _ = s.desk(size)
    s.shoot("01-idle", window)
    s.done(window)


def live(s: Studio, size: tuple[int, int]) -> None:
    """A call with transcript, answers and numbers."""
    window, bus = s.desk(size)
    bus.publish(*story.live())
    s.settle(lambda: len(window.call.answers.cards) == 3)
    s.shoot("02-live", window)
    s.done(window)


def quiet(s: Studio, size: tuple[int, int]) -> None:
    """Silence with weak answers; recognition that lags."""
    window, bus = s.desk(size)
    weak = [story.card(i, Band.CANDIDATE) for i in (1, 2)]
    bus.publish(story.started("practice"), *story.spoken(2), story.suggestions(*weak), *story.noise())
    bus.publish(LagChanged(**story.at(9), backlog_s=6.0, step=1))
    bus.publish(DeviceStateChanged(**story.at(9), channel=Channel.CALLER, health=DeviceHealth.SILENT))
    s.settle(lambda: window.state.lag_s > 1)
    s.shoot("03-silence-lagging", window)
    s.done(window)


def abuse(s: Studio, size: tuple[int, int]) -> None:
    """A warning, and a call handed over."""
    window, bus = s.desk(size, unsent=1, no_key=True)
    bus.publish(*story.live(), story.abuse(), WarningGiven(**story.at(32), script=story.WARNING, count=1))
    s.settle(lambda: window.state.warnings_given == 1)
    s.shoot("04-abuse-warning", window)
    bus.publish(story.abuse(2), story.handed_over())
    s.settle(lambda: window.state.escalation is not None)
    s.shoot("05-handed-over-unsent", window)
    s.done(window)


def crisis(s: Studio, size: tuple[int, int]) -> None:
    """A person in danger."""
    window, bus = s.desk(size)
    bus.publish(*story.live(), story.crisis())
    s.settle(lambda: bool(window.state.crisis))
    s.shoot("06-crisis", window)
    s.done(window)


def wrap_up(s: Studio, size: tuple[int, int]) -> None:
    """The record after hang-up."""
    window, bus = s.desk(size)
    bus.publish(*story.live(), story.ended(), story.draft(final_one=True))
    s.settle(lambda: len(window.call.record.forms) == 2)
    window.call.show_evidence((3,))
    s.shoot("07-wrap-up", window)
    s.done(window)


def search(s: Studio, size: tuple[int, int]) -> None:
    """Search, and an entry."""
    window, bus = s.desk(size)
    bus.publish(*story.live())
    s.settle(lambda: len(window.call.answers.cards) == 3)
    window.call.answers.box.setText("과태료 신고")
    s.settle(lambda: window.call.answers.results.model.rowCount() > 0, 900)
    s.shoot("08-search", window)
    window.call.answers.results.open_current()
    s.shoot("09-entry", window)
    s.done(window)


def knowledge(s: Studio, size: tuple[int, int]) -> None:
    """Special material, districts, ended badge, notes for the DB team, entries at hand, what changed."""
    window, bus = s.desk(
        size,
        special=SPECIALS,
        favourites={"A-103"},
        opened=["A-101", "A-102"],
        stale=True,
        changed=Digest("2026-11-20T18:02:00+09:00", Changes(ARTICLES[:1], ARTICLES[1:], ("끝난 사업 안내",))),
    )
    s.settle(lambda: window.start.digest.isVisible())
    s.shoot("19-digest-line", window)
    bus.publish(story.started(), *story.spoken(), story.suggestions(*story.explained()), *story.noise())
    answers = window.call.answers
    s.settle(lambda: len(answers.cards) == 3)
    s.shoot("20-districts-ended", window)
    answers.open_place(1)
    s.shoot("21-entry-districts", window)
    answers.note_correction()
    s.shoot("22-correction", window)
    answers.back()
    answers.back()
    answers.note_gap()
    s.shoot("23-gap", window)
    answers.back()
    answers.focus_search()
    s.settle(lambda: answers.results.model.rowCount() == 3)
    s.shoot("24-at-hand", window)
    answers.search.district.setCurrentIndex(2)
    answers.box.setText("ㄱㅌㄹ")
    s.settle(lambda: "3" in answers.results.status.text(), 900)
    s.shoot("25-filters", window)
    window.open_digest()
    assert window.digest is not None
    s.settle(lambda: bool(window.digest and window.digest.list.count()))
    s.shoot("26-digest", window.digest)
    s.done(window)


def bands(s: Studio, size: tuple[int, int]) -> None:
    """A sure answer, and those that are only possible."""
    window, bus = s.desk(size, special=SPECIALS[:1])
    mixed = (story.card(0), *(story.card(i, Band.CANDIDATE) for i in (1, 2)))
    bus.publish(story.started(), *story.spoken(), story.suggestions(*mixed), *story.noise())
    s.settle(lambda: len(window.call.answers.cards) == 1)
    s.shoot("27-candidates-folded", window)
    s.done(window)


def notice(s: Studio, size: tuple[int, int]) -> None:
    """A notice."""
    window, bus = s.desk(size)
    bus.publish(*story.live())
    bus.publish(NoticeRaised(**story.at(33), code="call.recovered", severity="warning", params={"count": "1"}))
    s.settle(lambda: bool(window.notices.shown))
    s.shoot("10-notice", window)
    s.done(window)


def sound_check(s: Studio, size: tuple[int, int]) -> None:
    """Devices and levels."""
    window, _ = s.desk(size)
    window.open_sound_check()
    assert window.sound_check is not None
    s.settle(lambda: bool(window.sound_check and window.sound_check.words[Channel.CALLER].text()), 800)
    s.shoot("14-sound-check", window.sound_check)
    s.done(window)


def windows(s: Studio, size: tuple[int, int]) -> None:
    """Saved calls, outbox, settings, keys."""
    window, _ = s.desk(size)
    window.open_sessions()
    assert window.sessions is not None
    window.sessions.resize(*size)
    s.settle(lambda: bool(window.sessions and window.sessions.model.rowCount()))
    s.shoot("11-sessions", window.sessions)
    window.sessions.open_session("s1")
    s.settle(lambda: bool(window.sessions and window.sessions.view.record.forms))
    s.shoot("12-reopened", window.sessions)
    window.open_outbox()
    assert window.outbox is not None
    s.settle(lambda: bool(window.outbox and window.outbox.table.rowCount()))
    s.shoot("13-outbox", window.outbox)
    s.done(window)
    sound_check(s, size)
    window, _ = s.desk(size)
    window.open_settings()
    assert window.settings is not None
    s.shoot("15-settings", window.settings)
    window.keys.toggle()
    assert window.keys.sheet is not None
    s.shoot("16-keys", window.keys.sheet)
    s.done(window)


def no_model(s: Studio, size: tuple[int, int]) -> None:
    """A desk without a speech model."""
    window, _ = s.desk(size, models_ready=False, opening=True)
    s.shoot("17-no-model", window)
    s.done(window)


def states(s: Studio, size: tuple[int, int]) -> None:
    """Listening rests; a device is gone."""
    window, bus = s.desk(size)
    bus.publish(*story.live(), story.demand(), story.final(7, Channel.CALLER, 33, 35, "", flags=("unheard",)))
    bus.publish(story.final(8, Channel.CALLER, 36, 38, "전화는 02-120", flags=("low_digits",)))
    bus.publish(story.final(9, Channel.CALLER, 39, 41, "시청해 주셔서 감사합니다", flags=("unsupported",)))
    for channel, health in ((Channel.CALLER, DeviceHealth.UNPLUGGED), (Channel.AGENT, DeviceHealth.SILENT)):
        bus.publish(DeviceStateChanged(**story.at(41), channel=channel, health=health))
    bus.publish(ListeningPaused(**story.at(41), paused=True))
    s.settle(lambda: window.state.paused)
    s.shoot("18-paused-unplugged", window)
    s.done(window)


def layouts(s: Studio, size: tuple[int, int]) -> None:
    """The narrow column beside a telephony program, the second window, captions only."""
    for name, layout, captions_only in (
        ("53-docked", "docked", False),
        ("57-two-windows", "two", False),
        ("54-captions", "full", True),
    ):
        window, bus = s.desk(size)
        window.keep(replace(window.preferences, layout=layout, captions_only=captions_only))
        if layout == "docked":
            window.resize(window.width(), size[1])
        bus.publish(*story.live())
        s.settle(lambda window=window: len(window.call.answers.cards) == 3)
        s.shoot(name, window.layouts.second if layout == "two" and window.layouts.second else window)
        s.done(window)


def care(s: Studio, size: tuple[int, int]) -> None:
    """After an abusive call: strip, rest, support, incident report, quiet work."""
    with tempfile.TemporaryDirectory() as folder:
        named = ProtectionSettings(support_name="마음건강 지원 프로그램", support_contact="02-000-1004")
        rig = care_desk.CareRig(home_in(Path(folder)), named)
        preferences = FakePreferences(Preferences(theme=s.theme, text_scale=s.scale, speak_practice=False))
        window = build_desk(
            FakeControl(),
            FakeServices(rows=SESSIONS),
            rig.bus.subscribe,
            language=s.language,
            preferences=preferences,
            care=rig.care,
        )
        window.resize(*size)
        window.show()
        rig.call(care_desk.said(1, 20, "야 이 개새끼야"), care_desk.abuse(), care_desk.handed_over(), care_desk.ended())
        s.settle(window.care.strip.isVisible)
        s.shoot("30-care-strip", window)
        window.care.take_rest()
        s.shoot("31-rest", window)
        window.care.back_to_work()
        window.care.open_support()
        window.care.open_report()
        assert window.care.window is not None
        assert window.care.report is not None
        s.settle(lambda: bool(window.care.report and window.care.report.edit.toPlainText()))
        s.shoot("32-support", window.care.window)
        s.shoot("33-incident-report", window.care.report)
        window.care.quiet_work()
        window.close_call()
        s.shoot("34-quiet-work", window)
        s.done(window)
        rig.store.close()


def team(s: Studio, size: tuple[int, int]) -> None:
    """The dedicated team's pages."""
    fake = fake_team.FakeTeam()
    fake.add_step("01JA", TeamStep.WARNED, fake_team.TODAY, "전화로 경고함")
    preferences = FakePreferences(Preferences(theme=s.theme, text_scale=s.scale))
    window = build_team(fake, fake_team.TITLES, today=fake_team.TODAY, language=s.language, preferences=preferences)
    window.resize(*size)
    window.show()
    s.settle(lambda: bool(window.inbox.incident.incident_id))
    s.shoot("40-team-inbox", window)
    window.inbox.incident.pages.setCurrentIndex(1)
    s.shoot("41-team-steps", window)
    window.pages.setCurrentIndex(1)
    s.settle(lambda: window.register.table.rowCount() > 0)
    s.shoot("42-team-register", window)
    window.pages.setCurrentIndex(2)
    s.settle(lambda: window.figures.table.rowCount() > 0)
    s.shoot("43-team-figures", window)
    window.close()
    shiboken6.delete(window)


def tour(s: Studio, size: tuple[int, int]) -> None:
    """The tour over a practice call, waiting for a key."""
    window, bus = s.desk(size)
    window.tour.begin()
    s.shoot("50-tour-begins", window)
    window.tour.onward()
    bus.publish(story.started("practice"), *story.spoken(), story.suggestions(*map(story.card, range(3))))
    bus.publish(*story.numbers(), *story.noise())
    s.settle(lambda: len(window.call.answers.cards) == 3)
    bus.publish(ListeningPaused(**story.at(31), paused=True))
    window.tour.onward()
    window.tour.onward()
    s.settle(lambda: window.state.paused)
    s.shoot("51-tour", window)
    s.done(window)


def first_start(s: Studio, size: tuple[int, int]) -> None:
    """The first start's questions."""
    window, _ = s.desk(size)
    window.open_first_start()
    assert window.first_start is not None
    s.settle(limit_ms=300)
    s.shoot("55-first-start", window.first_start)
    window.first_start.close()
    s.done(window)


def palette(s: Studio, size: tuple[int, int]) -> None:
    """Find anything, over a call."""
    window, bus = s.desk(size)
    bus.publish(*story.live())
    s.settle(lambda: len(window.call.answers.cards) == 3)
    window.find_anything()
    assert window.finder is not None
    s.settle(limit_ms=400)
    s.shoot("56-palette", window)
    s.done(window)


def holdings(s: Studio, size: tuple[int, int]) -> None:
    """What this PC keeps."""
    window, _ = s.desk(size)
    window.open_holdings()
    assert window.holdings is not None
    s.settle(lambda: bool(window.holdings and window.holdings.table.rowCount()), 400)
    s.shoot("52-holdings", window.holdings)
    s.done(window)
