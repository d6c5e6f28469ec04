"""Puts the pages of training beside a replay, and into the trainer's window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ui.qa.exercise_maker import ExerciseMaker
from ui.qa.qa_window import Page
from ui.qa.quiz_pane import QuizPane
from ui.qa.training_ports import Training
from ui.replay.ports import ReplayCall
from ui.replay.replay_window import ReplayWindow
from ui.replay.then_now import ThenNowPage


def add_training(window: ReplayWindow, call: ReplayCall, training: Training) -> None:
    """Add *then and now* and *exercise* to an open replay. Main thread."""
    services = training.again(call)
    page = ThenNowPage(services)
    page.asked.connect(window.seek)
    window.closed.connect(services.close)
    window.add_page(QCoreApplication.translate("Training", "Then and now"), page)
    maker = ExerciseMaker(lambda title: training.make(call, title), shelf=training.shelf, sharing=training.sharing)
    window.add_page(QCoreApplication.translate("Training", "Exercise"), maker)


def quiz_page(training: Training) -> Page:
    """Return the trainer's page of quizzes on what changed last. Main thread."""
    pane = QuizPane(training.quizzes.of_last_change)
    return Page(QCoreApplication.translate("Training", "Quiz"), pane, pane.look)
