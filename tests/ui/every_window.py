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

from audio.model import Channel
from resources.notices import sentence
from tests.ui import fake_team, story
from tests.ui.conftest import Desk
from tests.ui.desk_states import STATES, care_strip
from tests.ui.populated_desk import FakeDoors, FakeProfile, care_of, recovered_rows
from tests.ui.quality_windows import QUALITY, shown
from tests.ui.rows import SESSIONS
from ui.call_view_state import Phase
from ui.care_ports import CareState
from ui.key_page import KeyPage, KeyTrouble
from ui.profile_desk import PinDialog
from ui.profile_page import ProfilePage
from ui.qa.share_window import ShareWindow
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
    if desk.window.keys.sheet is None or not desk.window.keys.sheet.isVisible():
        desk.window.keys.toggle()
    assert desk.window.keys.sheet is not None
    return desk.window.keys.sheet


def _rebinding(desk: Desk) -> QWidget:
    desk.window.keys.rebind()
    page = desk.window.keys.rebinding
    assert page is not None
    page.search.setText("F9")
    page.search.setText("")
    return page


def _palette(desk: Desk) -> QWidget:
    desk.live()
    if desk.window.finder is None or not desk.window.finder.isVisible():
        desk.window.find_anything()
    palette = desk.window.finder
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
    return shown(desk, dialog)


def _profiles(desk: Desk) -> QWidget:
    page = ProfilePage(FakeDoors(), last="p-1")
    page.said.setText(sentence("profiles.pin_wrong"))
    return shown(desk, page)


def _key_page(desk: Desk) -> QWidget:
    told = sentence("keys.absent", path="/srv/doumi", name="Keyring")
    trouble = KeyTrouble("keys.absent", told, Path("/srv/doumi"), "Keyring")
    return shown(desk, KeyPage(trouble, lambda _identity, _exported: None))


def _strip(desk: Desk) -> QWidget:
    desk.live()
    desk.tell(story.abuse())
    strip = Strip()
    strip.show_state(desk.window.state, "")
    return shown(desk, strip)


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
        shown(desk, window)
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
    "team-inbox": _team(0),
    "team-steps": _team(0, 1),
    "team-register": _team(1),
    "team-figures": _team(2),
    **QUALITY,
}
