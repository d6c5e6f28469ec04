"""What a quiz asks of the program. ``app`` fills it; tests fake it. No answer is recorded anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kb.model import Article
from kb.quiz import QuizQuestion


class QuizServices(Protocol):
    """Makes quizzes, on a worker thread through a :class:`ui.jobs.Job`. Filled by :class:`app.qa.quiz.Quizzes`."""

    def of(self, changed: Sequence[Article]) -> Sequence[QuizQuestion]:
        """Return questions on these entries; none where nothing can be asked fairly. Raises Fault."""
        ...

    def of_last_change(self) -> Sequence[QuizQuestion]:
        """Return questions on what changed last in the DB. Raises Fault."""
        ...
