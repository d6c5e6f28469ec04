"""What the windows of training stand on, joined for one desk or one trainer's PC."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ui.qa.exercise_ports import ExerciseServices, ExerciseShelf
from ui.qa.quiz_ports import QuizServices
from ui.qa.share_ports import Sharing
from ui.replay.ports import ReplayCall
from ui.replay.then_now_ports import ThenNowServices


@dataclass(frozen=True, slots=True)
class Training:
    """Then and now, exercises, quizzes."""

    again: Callable[[ReplayCall], ThenNowServices]
    """Runs an open call again. Cheap: nothing is opened before it is run. Main thread."""
    make: Callable[[ReplayCall, str], None]
    """Makes an exercise of an open call, with a title or none. Worker thread; raises Fault."""
    quizzes: QuizServices
    exercises: ExerciseServices | None = None
    """Plays exercises; None where there is no desk to play them on."""
    shelf: ExerciseShelf | None = None
    """Lists them, there too."""
    sharing: Sharing | None = None
    """Seals exercises for colleagues, by their id."""
