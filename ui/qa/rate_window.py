"""The window in which a trainer hears and rates a call: the replay with everything that stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication

from assist.model import Script
from ui.qa.beside_replay import add_scorecard
from ui.qa.case_pane import CasePane
from ui.qa.case_ports import CaseServices
from ui.qa.ports import RatingServices
from ui.qa.training_pages import add_training
from ui.qa.training_ports import Training
from ui.replay.landing import focus_page
from ui.replay.ports import ReplayCall, ReplayPlayer
from ui.replay.replay_window import ReplayWindow


def rate_window(
    services: RatingServices,
    call: ReplayCall,
    player: ReplayPlayer,
    *,
    calibration: str = "",
    blind: bool = False,
    situations: Sequence[Script] = (),
    training: Training | None = None,
    cases: CaseServices | None = None,
    changed: Callable[[], object] = lambda: None,
) -> ReplayWindow:
    """Return it, not yet shown. Main thread.

    Args:
        services: Rubrics and ratings.
        call: Open; the window closes it.
        player: Of the same call; the window closes it.
        calibration: Id of a calibration session, or empty.
        blind: Whether a second rating without seeing the first is proposed.
        situations: The site's situations, for the desk as it was.
        training: Then and now, and exercises to make; without it those pages are left out.
        cases: Keeps model cases; without it none can be made.
        changed: Told when a rating was submitted or sent.
    """
    window = ReplayWindow(call, player, situations)
    card = add_scorecard(window, services, call, calibration, blind)
    card.submitted.connect(lambda _row: changed())
    if training is not None:
        add_training(window, call, training)
    if cases is not None:

        def own_rating() -> str:
            rows = services.of_call(call.facts.header or call.facts.id)
            own = [row.rating for row in rows if row.own and not row.rating.calibration]
            return next((one.id for one in reversed(own) if one.submitted_at), "")

        pane = CasePane(cases, window, call, own_rating)
        window.add_page(QCoreApplication.translate("Quality", "Case book"), pane)
    window.show_page(card)
    focus_page(window.pages)
    return window
