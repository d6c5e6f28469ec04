"""The replay window as a program of its own, beside a desk or without one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from assist.model import Script
from ui.dress import dress
from ui.ports import ScreenGuard
from ui.preference_ports import Preferences
from ui.replay.ports import SPEEDS, ReplayCall, ReplayPlayer
from ui.replay.replay_window import ReplayWindow
from ui.replay.then_now import ThenNowPage
from ui.replay.then_now_ports import ThenNowServices


def build_alone(
    call: ReplayCall,
    player: ReplayPlayer,
    *,
    situations: Sequence[Script] = (),
    look: Preferences | None = None,
    language: str = "",
    guard: ScreenGuard | None = None,
    then_now: ThenNowServices | None = None,
    begin_s: float = 0.0,
    speed: float = 1.0,
) -> ReplayWindow:
    """Dress the running application and return the window over one call, not yet shown.

    Args:
        call: Open; the window closes it.
        player: Of the same call; the window closes it.
        situations: The site's situations.
        look: Language, theme, text size and whether windows stay out of screen captures.
        language: ``ko`` or ``en``; empty for ``DOUMI_LANG``, then the stored one, then Korean.
        guard: Keeps windows out of screen captures; without it nothing does.
        then_now: Runs the call again; without it that page is not there.
        begin_s: Where it stands at first.
        speed: How fast it plays at first.
    """
    dress(look or Preferences(), language, guard)
    window = ReplayWindow(call, player, situations)
    if then_now is not None:
        page = ThenNowPage(then_now)
        page.asked.connect(window.seek)
        window.closed.connect(then_now.close)
        window.add_page(QCoreApplication.translate("ReplayAlone", "Then and now"), page)
    nearest = min(SPEEDS, key=lambda one: abs(one - speed))
    window.transport.speed.setCurrentIndex(SPEEDS.index(nearest))
    if begin_s:
        window.seek(begin_s)
    return window
