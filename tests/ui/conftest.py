"""Windows without a screen: one dressed application, a desk over fakes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from audio.events import CallEvent
from tests.ui import fake_replay, story
from tests.ui.fake_services import FakeServices
from tests.ui.fakes import FakeBus, FakeControl, FakePreferences
from tests.ui.rows import SESSIONS
from ui import theme
from ui.call_view_state import Phase
from ui.desk import build_desk
from ui.main_window import MainWindow


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says what it cannot do; that is no fault of a window."""
    for item in items:
        if "tests/ui" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@dataclass
class Desk:
    """A desk under test."""

    window: MainWindow
    bus: FakeBus
    control: FakeControl
    services: FakeServices
    preferences: FakePreferences
    bot: QtBot

    def tell(self, *events: CallEvent) -> None:
        """Publish events and wait until the window has taken them."""
        with self.bot.waitSignal(self.window.bridge.batch):
            self.bus.publish(*events)

    def live(self) -> None:
        """Bring a call into full swing."""
        self.tell(*story.live())
        self.bot.waitUntil(lambda: len(self.window.call.answers.cards) == 3)

    def wrap_up(self) -> None:
        """Hang up."""
        self.live()
        self.tell(story.ended(), story.draft(final_one=True))


@pytest.fixture(autouse=True, scope="module")
def plain_look(qapp: QApplication) -> None:
    """Begin each module in the light look at 100 %, whatever the one before it left."""
    held = theme.current()
    if not qapp.styleSheet() or (held.name, held.scale) != ("light", 1.0):
        theme.apply(qapp, "light", 1.0)


@pytest.fixture
def desk(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A Korean desk at 1280 × 800, shown."""
    monkeypatch.delenv("DOUMI_LANG", raising=False)
    bus, control, preferences = FakeBus(), FakeControl(), FakePreferences()
    services = FakeServices(rows=SESSIONS, events=story.saved(), records=story.RECORDS)
    window = build_desk(control, services, bus.subscribe, preferences=preferences, replays=fake_replay.opened)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: window.start.recent.count() == len(SESSIONS))
    yield Desk(window, bus, control, services, preferences, qtbot)
    window.state.phase = Phase.IDLE
