"""Render every window and state into a folder: ``python scripts/screenshots.py [OUT]`` (default ``screenshots``).

``--tour docs/images`` makes the README's pictures instead, ``--docs DIR`` those of the guide.

Offscreen, bundled Korean font, invented content from the tests' fakes. No model, device or network is touched.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import shiboken6
from PySide6.QtCore import QElapsedTimer, QEventLoop, Qt
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QApplication, QWidget

from app.settings import ProtectionSettings
from assist.events import ListeningPaused, NoticeRaised, WarningGiven
from audio.events import DeviceStateChanged, LagChanged
from audio.model import Channel, DeviceHealth
from kb.changes import Changes
from kb.model import Band
from tests.helpers import care
from tests.helpers.personal import home_in
from tests.ui import fake_team, story
from tests.ui.fakes import ARTICLES, SPECIALS, FakeBus, FakeControl, FakePreferences, FakeServices
from tests.ui.rows import SESSIONS
from ui.desk import build_desk
from ui.main_window import MainWindow
from ui.ports import Digest, Preferences
from ui.team_ports import TeamStep
from ui.team_window import build_team

SIZES = ((1280, 800), (1920, 1080))


class Studio:
    """One desk per picture, so that no picture depends on another."""

    def __init__(self, app: QApplication, out: Path, theme: str, language: str, scale: float = 1.0) -> None:
        self.app, self.out, self.theme, self.language, self.scale = app, out, theme, language, scale
        self.made: list[Path] = []
        self.loop = QEventLoop()

    def settle(self, until: Callable[[], bool] = lambda: False, limit_ms: int = 250) -> None:
        """Let Qt work until ``until`` holds or the limit passed."""
        clock = QElapsedTimer()
        clock.start()
        while clock.elapsed() < limit_ms:
            self.loop.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
            if until():
                break
        self.loop.processEvents()

    def desk(self, size: tuple[int, int], **services: object) -> tuple[MainWindow, FakeBus]:
        """Return a fresh desk and its bus."""
        bus = FakeBus()
        fake = FakeServices(rows=SESSIONS, events=story.saved(), records=story.RECORDS, **services)  # type: ignore[arg-type]
        store = FakePreferences(Preferences(theme=self.theme, text_scale=self.scale, speak_practice=False))
        window = build_desk(FakeControl(), fake, bus.subscribe, language=self.language, preferences=store)
        window.resize(*size)
        window.show()
        self.settle(lambda: window.start.recent.count() > 0)
        return window, bus

    def shoot(self, name: str, widget: QWidget) -> None:
        """Save one picture."""
        self.settle(limit_ms=40)
        suffix = "" if self.scale == 1.0 else f"-{self.scale * 100:.0f}"
        size = f"{widget.width()}x{widget.height()}"
        file = self.out / f"{name}-{self.theme}-{self.language}{suffix}-{size}.png"
        widget.grab().save(str(file))
        self.made.append(file)

    def done(self, window: MainWindow) -> None:
        """Put a desk away."""
        window.state.phase = window.state.phase.IDLE
        window.close()
        shiboken6.delete(window)


Scene = Callable[[Studio, tuple[int, int]], None]


def _idle(s: Studio, size: tuple[int, int]) -> None:
    window, _ = s.desk(size)
    s.shoot("01-idle", window)
    s.done(window)


def _live(s: Studio, size: tuple[int, int]) -> None:
    window, bus = s.desk(size)
    bus.publish(*story.live())
    s.settle(lambda: len(window.call.answers.cards) == 3)
    s.shoot("02-live", window)
    s.done(window)


def _quiet(s: Studio, size: tuple[int, int]) -> None:
    window, bus = s.desk(size)
    weak = [story.card(i, Band.CANDIDATE) for i in (1, 2)]
    bus.publish(story.started("practice"), *story.spoken(2), story.suggestions(*weak), *story.noise())
    bus.publish(LagChanged(**story.at(9), backlog_s=6.0, step=1))
    bus.publish(DeviceStateChanged(**story.at(9), channel=Channel.CALLER, health=DeviceHealth.SILENT))
    s.settle(lambda: window.state.lag_s > 1)
    s.shoot("03-silence-lagging", window)
    s.done(window)


def _abuse(s: Studio, size: tuple[int, int]) -> None:
    window, bus = s.desk(size, unsent=1, no_key=True)
    bus.publish(*story.live(), story.abuse(), WarningGiven(**story.at(32), script=story.WARNING, count=1))
    s.settle(lambda: window.state.warnings_given == 1)
    s.shoot("04-abuse-warning", window)
    bus.publish(story.abuse(2), story.handed_over())
    s.settle(lambda: window.state.escalation is not None)
    s.shoot("05-handed-over-unsent", window)
    s.done(window)


def _crisis(s: Studio, size: tuple[int, int]) -> None:
    window, bus = s.desk(size)
    bus.publish(*story.live(), story.crisis())
    s.settle(lambda: bool(window.state.crisis))
    s.shoot("06-crisis", window)
    s.done(window)


def _wrap_up(s: Studio, size: tuple[int, int]) -> None:
    window, bus = s.desk(size)
    bus.publish(*story.live(), story.ended(), story.draft(final_one=True))
    s.settle(lambda: len(window.call.record.forms) == 2)
    window.call.show_evidence((3,))
    s.shoot("07-wrap-up", window)
    s.done(window)


def _search(s: Studio, size: tuple[int, int]) -> None:
    window, bus = s.desk(size)
    bus.publish(*story.live())
    s.settle(lambda: len(window.call.answers.cards) == 3)
    window.call.answers.box.setText("과태료 신고")
    s.settle(lambda: window.call.answers.results.model.rowCount() > 0, 900)
    s.shoot("08-search", window)
    window.call.answers.results.open_current()
    s.shoot("09-entry", window)
    s.done(window)


def _knowledge(s: Studio, size: tuple[int, int]) -> None:
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


def _bands(s: Studio, size: tuple[int, int]) -> None:
    window, bus = s.desk(size, special=SPECIALS[:1])
    mixed = (story.card(0), *(story.card(i, Band.CANDIDATE) for i in (1, 2)))
    bus.publish(story.started(), *story.spoken(), story.suggestions(*mixed), *story.noise())
    s.settle(lambda: len(window.call.answers.cards) == 1)
    s.shoot("27-candidates-folded", window)
    s.done(window)


def _notice(s: Studio, size: tuple[int, int]) -> None:
    window, bus = s.desk(size)
    bus.publish(*story.live())
    bus.publish(NoticeRaised(**story.at(33), code="call.recovered", severity="warning", params={"count": "1"}))
    s.settle(lambda: bool(window.notices.shown))
    s.shoot("10-notice", window)
    s.done(window)


def _sound_check(s: Studio, size: tuple[int, int]) -> None:
    window, _ = s.desk(size)
    window.open_sound_check()
    assert window.sound_check is not None
    s.settle(lambda: bool(window.sound_check and window.sound_check.words[Channel.CALLER].text()), 800)
    s.shoot("14-sound-check", window.sound_check)
    s.done(window)


def _windows(s: Studio, size: tuple[int, int]) -> None:
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
    _sound_check(s, size)
    window, _ = s.desk(size)
    window.open_settings()
    assert window.settings is not None
    s.shoot("15-settings", window.settings)
    window.open_keys()
    assert window.keys is not None
    s.shoot("16-keys", window.keys)
    s.done(window)


def _no_model(s: Studio, size: tuple[int, int]) -> None:
    window, _ = s.desk(size, models_ready=False, opening=True)
    s.shoot("17-no-model", window)
    s.done(window)


def _states(s: Studio, size: tuple[int, int]) -> None:
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


def _layouts(s: Studio, size: tuple[int, int]) -> None:
    """The narrow column, the second window, captions only."""
    for name, preferences in (
        ("50-column", Preferences(layout="docked")),
        ("51-two-windows", Preferences(layout="two")),
        ("52-captions", Preferences(captions_only=True)),
    ):
        window, bus = s.desk(size)
        window.keep(replace(window.preferences, layout=preferences.layout, captions_only=preferences.captions_only))
        bus.publish(*story.live())
        s.settle(lambda window=window: len(window.call.answers.cards) == 3)
        s.shoot(name, window.layouts.second if preferences.layout == "two" and window.layouts.second else window)
        s.done(window)


def _care(s: Studio, size: tuple[int, int]) -> None:
    """After an abusive call: strip, rest, support, incident report, quiet work."""
    with tempfile.TemporaryDirectory() as folder:
        named = ProtectionSettings(support_name="마음건강 지원 프로그램", support_contact="02-000-1004")
        rig = care.CareRig(home_in(Path(folder)), named)
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
        rig.call(care.said(1, 20, "야 이 개새끼야"), care.abuse(), care.handed_over(), care.ended())
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


def _team(s: Studio, size: tuple[int, int]) -> None:
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


def _tour(s: Studio, size: tuple[int, int]) -> None:
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


def _docked(s: Studio, size: tuple[int, int]) -> None:
    """The narrow column beside a telephony program, and captions only."""
    window, bus = s.desk(size)
    window.keep(replace(window.preferences, layout="docked"))
    window.resize(window.width(), size[1])
    bus.publish(*story.live())
    s.settle(lambda: len(window.call.answers.cards) == 3)
    s.shoot("53-docked", window)
    s.done(window)
    window, bus = s.desk(size)
    window.keep(replace(window.preferences, captions_only=True))
    bus.publish(*story.live())
    s.settle(lambda: bool(window.state.lines))
    s.shoot("54-captions", window)
    s.done(window)


def _first_start(s: Studio, size: tuple[int, int]) -> None:
    window, _ = s.desk(size)
    window.open_first_start()
    assert window.first_start is not None
    s.settle(limit_ms=300)
    s.shoot("55-first-start", window.first_start)
    window.first_start.close()
    s.done(window)


def _palette(s: Studio, size: tuple[int, int]) -> None:
    """Find anything, over a call."""
    window, bus = s.desk(size)
    bus.publish(*story.live())
    s.settle(lambda: len(window.call.answers.cards) == 3)
    window.find_anything()
    assert window.palette is not None
    s.settle(limit_ms=400)
    s.shoot("56-palette", window)
    s.done(window)


def _holdings(s: Studio, size: tuple[int, int]) -> None:
    window, _ = s.desk(size)
    window.open_holdings()
    assert window.holdings is not None
    s.settle(lambda: bool(window.holdings and window.holdings.table.rowCount()), 400)
    s.shoot("52-holdings", window.holdings)
    s.done(window)


SCENES = (
    _idle,
    _live,
    _quiet,
    _abuse,
    _crisis,
    _wrap_up,
    _search,
    _notice,
    _windows,
    _no_model,
    _states,
    _layouts,
    _knowledge,
    _bands,
    _care,
    _team,
    _tour,
    _holdings,
    _docked,
    _first_start,
    _palette,
)
LARGE = (_idle, _live, _abuse, _crisis, _wrap_up, _windows, _states, _knowledge, _care, _team)
LOOKS = (
    ("light", "ko", 1.0, SIZES),
    ("dark", "ko", 1.0, SIZES[:1]),
    ("light", "en", 1.0, SIZES[:1]),
    ("contrast", "ko", 1.0, SIZES[:1]),
    ("light", "ko", 1.5, SIZES[1:]),
    ("light", "ko", 2.0, SIZES[1:]),
    ("light", "en", 2.0, SIZES[1:]),
)
"""Theme, language, text size and window sizes."""
TOUR = {
    "start": (_idle, "01-idle"),
    "sound-check": (_sound_check, "14-sound-check"),
    "call": (_live, "02-live"),
    "abuse": (_abuse, "05-handed-over-unsent"),
    "record": (_wrap_up, "07-wrap-up"),
    "docked": (_docked, "53-docked"),
}
"""Pictures of the README and the scenes they are taken from."""
DOCS = {
    **TOUR,
    "tour": (_tour, "51-tour"),
    "silence": (_quiet, "03-silence-lagging"),
    "abuse-warning": (_abuse, "04-abuse-warning"),
    "crisis": (_crisis, "06-crisis"),
    "search": (_search, "08-search"),
    "entry": (_search, "09-entry"),
    "districts": (_knowledge, "20-districts-ended"),
    "gap": (_knowledge, "23-gap"),
    "sessions": (_windows, "11-sessions"),
    "reopened": (_windows, "12-reopened"),
    "outbox": (_windows, "13-outbox"),
    "settings": (_windows, "15-settings"),
    "keys": (_windows, "16-keys"),
    "holdings": (_holdings, "52-holdings"),
    "first-start": (_first_start, "55-first-start"),
    "palette": (_palette, "56-palette"),
    "captions": (_docked, "54-captions"),
    "states": (_states, "18-paused-unplugged"),
    "care": (_care, "30-care-strip"),
    "rest": (_care, "31-rest"),
    "team": (_team, "40-team-inbox"),
}
"""Pictures of the guide by the name its pages use."""


def _application() -> QApplication:
    """Open Qt on an invented screen of the largest picture's size."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "screen.json"
        width, height = SIZES[-1]
        screen = {"name": "", "x": 0, "y": 0, "width": width, "height": height}
        file.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
        if os.environ.get("QT_QPA_PLATFORM", "offscreen") == "offscreen":
            os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={file}"
        return QApplication(sys.argv[:1])


def every(out: Path) -> int:
    """Render everything; returns an exit code."""
    out.mkdir(parents=True, exist_ok=True)
    app = _application()
    made = 0
    for theme, language, scale, sizes in LOOKS:
        for size in sizes:
            studio = Studio(app, out, theme, language, scale)
            for scene in SCENES if scale == 1.0 else LARGE:
                scene(studio, size)
            made += len(studio.made)
    print(f"{made} pictures in {out}")
    return 0


def tour(out: Path) -> int:
    """Render the README's pictures under the names it uses; returns an exit code."""
    print(f"{_named(_application(), out, TOUR)} pictures in {out}")
    return 0


def docs_pictures(out: Path) -> int:
    """Render the guide's pictures under the names its pages use; returns how many."""
    return _named(_application(), out, DOCS)


def _named(app: QApplication, out: Path, wanted: Mapping[str, tuple[Scene, str]]) -> int:
    """Play each scene once and keep its wanted pictures, small; returns how many."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for scene in dict.fromkeys(scene for scene, _ in wanted.values()):
            studio = Studio(app, Path(folder), "light", "ko")
            scene(studio, SIZES[0])
            for name, (where, shot) in wanted.items():
                if where is scene:
                    found = next(file for file in studio.made if file.name.startswith(f"{shot}-"))
                    _optimise(found, out / f"{name}.png")
    return len(wanted)


def _optimise(source: Path, target: Path) -> None:
    """Write a picture in its 256 most frequent colours, at PNG's best compression."""
    picture = QImage(str(source)).convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(picture.constBits(), dtype=np.uint32)
    colours, counts = np.unique(pixels, return_counts=True)
    table = [int(colour) for colour in colours[np.argsort(counts)[::-1][:256]]]
    flat = picture.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.ThresholdDither)
    writer = QImageWriter(str(target), b"png")
    writer.setCompression(100)
    if not writer.write(flat):
        raise OSError(writer.errorString())


def main(arguments: list[str]) -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("out", type=Path, nargs="?", default=Path("screenshots"), help="folder for all pictures")
    parser.add_argument("--tour", type=Path, metavar="DIR", help="only the README's pictures, into this folder")
    parser.add_argument("--docs", type=Path, metavar="DIR", help="only the guide's pictures, into this folder")
    asked = parser.parse_args(arguments)
    if asked.docs:
        print(f"{docs_pictures(asked.docs)} pictures in {asked.docs}")
        return 0
    return tour(asked.tour) if asked.tour else every(asked.out)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
