"""The exercises of a profile as windows list them. Fills :class:`ui.qa.exercise_ports.ExerciseShelf`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.qa.exercise import Exercise, ExerciseBook
from audio.model import Channel
from ui.qa.exercise_ports import ExerciseRow


class ExerciseShelf:
    """Lists, takes in and deletes. Any worker thread."""

    def __init__(
        self,
        book: ExerciseBook,
        is_heard: Callable[[Exercise], bool],
        until: Callable[[Exercise], str],
        take: Callable[[Path], Exercise],
    ) -> None:
        """Join the parts.

        Args:
            book: The exercises.
            is_heard: Whether there is sound of one, without opening a package: every opening is logged.
            until: Returns the last day of the package one was made of; empty where it was made of an own call.
            take: Keeps an exercise that was sent as a file; raises Fault.
        """
        self._book = book
        self._is_heard = is_heard
        self._until = until
        self._take = take

    def rows(self) -> tuple[ExerciseRow, ...]:
        """See :class:`ui.qa.exercise_ports.ExerciseShelf`."""
        return tuple(
            ExerciseRow(
                one.id,
                one.title,
                one.made_at,
                one.duration_s,
                sum(line.speaker is Channel.CALLER for line in one.lines),
                self._is_heard(one),
                self._until(one),
            )
            for one in self._book.all()
        )

    def take(self, file: Path) -> str:
        """See :class:`ui.qa.exercise_ports.ExerciseShelf`."""
        return self._take(file).title

    def delete(self, ident: str) -> None:
        """See :class:`ui.qa.exercise_ports.ExerciseShelf`."""
        self._book.delete(ident)
