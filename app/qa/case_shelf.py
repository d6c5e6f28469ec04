"""The case book as the trainer's window has it. Fills :class:`ui.qa.case_ports.CaseServices`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.qa.case_book import CaseBook
from app.replay.open_call import OpenReplay
from assist.review.cases import Case
from ui.replay.ports import ReplayCall


class CaseShelf:
    """Knows a call by its open replay. Methods as :class:`app.qa.case_book.CaseBook`."""

    def __init__(self, book: CaseBook) -> None:
        self._book = book

    def cases(self) -> Sequence[Case]:
        """See :class:`ui.qa.case_ports.CaseServices`."""
        return self._book.cases()

    def add(
        self,
        call: ReplayCall,
        title: str,
        lesson: str,
        passage: tuple[float, float],
        rating_id: str,
        words: Sequence[str],
    ) -> Case:
        """See :class:`ui.qa.case_ports.CaseServices`."""
        return self._book.add(opened_here(call).loaded, title, lesson, passage, rating_id, words)

    def comment(self, ident: str, text: str, line: int = 0) -> Case:
        """See :class:`ui.qa.case_ports.CaseServices`."""
        return self._book.comment(ident, text, line)

    def cover(self, ident: str, words: Sequence[str]) -> Case:
        """See :class:`ui.qa.case_ports.CaseServices`."""
        return self._book.cover(ident, words)

    def remove(self, ident: str) -> None:
        """See :class:`ui.qa.case_ports.CaseServices`."""
        self._book.remove(ident)

    def write(self, file: Path, idents: Sequence[str] = (), title: str = "") -> int:
        """See :class:`ui.qa.case_ports.CaseServices`."""
        return self._book.write(file, idents, title)


def opened_here(call: ReplayCall) -> OpenReplay:
    """Return an open call as what this program opened. Raises TypeError: it is another's."""
    if not isinstance(call, OpenReplay):
        raise TypeError("only calls that this program opened are known")
    return call
