"""Puts the panes of quality assurance beside a replay: scorecard, all ratings, coaching."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDate

from assist.review.model import Rating
from ui.qa.beside import ReplaySide
from ui.qa.coaching_page import CoachingPage
from ui.qa.ports import RatingServices
from ui.qa.ratings_page import RatingsPage
from ui.qa.scorecard import Scorecard
from ui.replay.ports import ReplayCall


def add_scorecard(
    window: ReplaySide, services: RatingServices, call: ReplayCall, calibration: str = "", blind: bool = False
) -> Scorecard:
    """Add the pages to a replay window and return the scorecard.

    Args:
        window: The replay of ``call``, not yet shown or shown.
        services: Asked on workers.
        call: Open; the window closes it.
        calibration: Id of a calibration session, or empty.
        blind: Whether to propose a blind rating.
    """
    card = Scorecard(services, window, call, calibration, blind)
    others = RatingsPage(services, call.facts.header or call.facts.id)
    coaching = CoachingPage(services, call.facts.counsellor, QDate.currentDate())
    others.hear_asked.connect(window.play_span)

    def begun(rating: Rating) -> None:
        if card.form.draft is not None:
            coaching.about(card.form.draft.rubric, rating.id)

    def submitted(_row: object) -> None:
        others.look()
        coaching.look()

    card.begun.connect(begun)
    card.submitted.connect(submitted)
    others.revealed.connect(card.others_seen)
    others.revealed.connect(coaching.look)
    others.settled.connect(card.look)
    window.add_page(_said("Scorecard"), card)
    window.add_page(_said("Ratings"), others)
    window.add_page(_said("Coaching"), coaching)
    return card


def _said(title: str) -> str:
    translate = QCoreApplication.translate
    return {
        "Scorecard": translate("BesideReplay", "Scorecard"),
        "Ratings": translate("BesideReplay", "All ratings"),
        "Coaching": translate("BesideReplay", "Coaching"),
    }[title]
