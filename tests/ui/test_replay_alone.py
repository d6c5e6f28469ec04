"""The replay window as a program of its own: how it stands at first, and what it lets go of."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.ui import fake_replay
from tests.ui.fake_then_now import FakeThenNow
from ui.preference_ports import Preferences
from ui.replay.alone import build_alone
from ui.replay.then_now import ThenNowPage


def test_it_stands_where_it_was_asked_to_at_the_speed_that_was_asked(qtbot: QtBot) -> None:
    call, player, again = fake_replay.call(), fake_replay.FakePlayer(), FakeThenNow()
    window = build_alone(call, player, look=Preferences(language="ko"), then_now=again, begin_s=12.0, speed=1.4)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    assert player.seeks == [12.0]
    assert player.speed == 1.5
    assert not player.playing  # nothing makes a sound by itself
    (page,) = window.findChildren(ThenNowPage)
    page.asked.emit(20.0)
    assert player.at_s == 20.0
    window.close()
    assert (call.closed, player.closed, again.stopped) == (True, True, True)


def test_without_anything_more_it_is_the_plain_window(qtbot: QtBot) -> None:
    call, player = fake_replay.call(), fake_replay.FakePlayer()
    window = build_alone(call, player, look=Preferences(language="ko"))
    qtbot.addWidget(window)
    assert not window.findChildren(ThenNowPage)
    assert (player.seeks, player.speed) == ([], 1.0)
    window.close()
