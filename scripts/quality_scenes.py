"""Scenes of quality assurance: replay, scorecard, samples, reports, letters. See :mod:`scripts.scenes`."""

from __future__ import annotations

from typing import cast

import shiboken6
from PySide6.QtWidgets import QWidget

from scripts.studio import Studio
from tests.ui import fake_qa, fake_replay, fake_trainer
from tests.ui.fakes import FakePreferences
from ui.preference_ports import Preferences
from ui.qa.beside_replay import add_scorecard
from ui.qa.letters_window import LettersWindow
from ui.qa.qa_window import build_qa
from ui.replay.replay_window import ReplayWindow


def _dressed(s: Studio, size: tuple[int, int]) -> None:
    """Let the application speak and look as the studio wants it: a desk does that."""
    window, _ = s.desk(size)
    s.done(window)


def _put_away(window: QWidget) -> None:
    window.close()
    shiboken6.delete(window)


def replay(s: Studio, size: tuple[int, int]) -> None:
    """A call replayed, and the scorecard beside it."""
    _dressed(s, size)
    call = fake_qa.open_call()
    window = ReplayWindow(call, fake_replay.FakePlayer())
    window.resize(*size)
    window.show()
    s.settle(lambda: window.timeline.complete, 2000)
    window.seek(16.0)
    s.shoot("60-replay", window)
    ratings = fake_qa.FakeRatings()
    card = add_scorecard(window, ratings, call)
    window.show_page(card)
    s.settle(card.start.isEnabled, 2000)
    card.begin()
    s.settle(lambda: card.form.draft is not None, 2000)
    s.shoot("61-scorecard", window)
    _put_away(window)


def trainer(s: Studio, size: tuple[int, int]) -> None:
    """The trainer's window: calls, samples, reports."""
    _dressed(s, size)
    store = FakePreferences(Preferences(theme=s.theme, text_scale=s.scale))
    window = build_qa(
        fake_trainer.FakeTrainer(),
        today=fake_trainer.TODAY,
        cases=fake_trainer.FakeCases(),
        language=s.language,
        preferences=store,
    )
    window.resize(*size)
    window.show()
    s.settle(lambda: window.calls.table.rowCount() > 0, 2000)
    s.shoot("62-trainer-calls", window)
    window.pages.setCurrentIndex(1)
    window.sampling.title.setText("11월 표본")
    window.sampling.preview()
    s.settle(lambda: window.sampling.calls.rowCount() > 0, 2000)
    s.shoot("63-samples", window)
    window.pages.setCurrentIndex(3)
    s.settle(lambda: window.report.table.rowCount() > 0, 2000)
    s.shoot("64-report", window)
    _put_away(cast(QWidget, window))


def letters(s: Studio, size: tuple[int, int]) -> None:
    """The counsellor's own window of letters."""
    window, _ = s.desk(size)
    window.registry.run("letters")
    s.settle(lambda: window.letters is not None and window.letters.list.count() > 0, 2000)
    own = window.letters
    assert isinstance(own, LettersWindow)
    s.shoot("65-letters", own)
    s.done(window)
