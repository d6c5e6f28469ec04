"""Quizzes on what changed in the counselling DB. Nothing is kept of who answered what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from kb.changes import compare, known
from kb.model import Article
from kb.quiz import QuizQuestion, questions


class QuizKnowledge(Protocol):
    """The counselling DB, now and before; :class:`app.retrieval.Retrieval` fills it."""

    def articles(self) -> Sequence[Article]:
        """Return every entry."""
        ...

    def earlier(self) -> Sequence[Article]:
        """Return every entry of the generation before this one."""
        ...


class Quizzes:
    """Makes quizzes. Fills :class:`ui.qa.quiz_ports.QuizServices`. Worker threads: it reads a whole generation."""

    def __init__(self, knowledge: QuizKnowledge, seed: Callable[[], int]) -> None:
        """Join the parts; ``seed`` changes when another quiz on the same entries is wanted, e.g. the day's number."""
        self._knowledge = knowledge
        self._seed = seed

    def of(self, changed: Sequence[Article]) -> tuple[QuizQuestion, ...]:
        """Return questions on these entries. Raises KbFault."""
        before = {article.id: article for article in self._knowledge.earlier()}
        return questions(changed, before, self._knowledge.articles(), self._seed())

    def of_last_change(self) -> tuple[QuizQuestion, ...]:
        """Return questions on what the current generation changed; on any entry where no earlier one is kept.

        Raises:
            KbFault: There is nothing to ask about.
        """
        articles, earlier = self._knowledge.articles(), self._knowledge.earlier()
        before = {article.id: article for article in earlier}
        changes = compare(known(earlier), articles)
        changed = (*changes.changed, *changes.new) if earlier else tuple(articles)
        return questions(changed, before, articles, self._seed())
