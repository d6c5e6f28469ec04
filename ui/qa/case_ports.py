"""What the pages of the case book (우수상담 사례집) ask of the program. ``app`` fills it; tests fake it.

Methods touch the disk and are called on a worker thread through a :class:`ui.jobs.Job`, unless they say otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from assist.review.cases import Case
from ui.replay.ports import ReplayCall


class CaseServices(Protocol):
    """Model cases of one profile."""

    def cases(self) -> Sequence[Case]:
        """Return every case, oldest first."""
        ...

    def add(
        self,
        call: ReplayCall,
        title: str,
        lesson: str,
        passage: tuple[float, float],
        rating_id: str,
        words: Sequence[str],
    ) -> Case:
        """Make a case of an open call, covered, and keep it. Raises Fault.

        Args:
            call: The call.
            title: What the case is called.
            lesson: What there is to learn.
            passage: From and to, seconds of the call.
            rating_id: A submitted rating of this call whose points are shown; empty: none.
            words: Words to cover that masking does not know.
        """
        ...

    def comment(self, ident: str, text: str, line: int = 0) -> Case:
        """Put a comment to a line (from 1), or, for 0, in the place of the lesson. Raises Fault."""
        ...

    def cover(self, ident: str, words: Sequence[str]) -> Case:
        """Cover words everywhere in a case, for good. Raises Fault."""
        ...

    def remove(self, ident: str) -> None:
        """Take a case out for good. Raises Fault."""
        ...

    def write(self, file: Path, idents: Sequence[str] = (), title: str = "") -> int:
        """Write the book as PDF or HTML by the file's ending; returns the number of cases.

        Raises Fault.
        """
        ...
