"""A quiz for windows: two questions on one entry."""

from __future__ import annotations

from collections.abc import Sequence

from kb.model import Article
from kb.quiz import BLANK, QuizKind, QuizQuestion

ENTRY = Article(
    "a", "불법 주정차 과태료", "과태료는 승용차 4만 원입니다.", "교통", department="주차관리과", phone="02-120"
)
ASKED = (
    QuizQuestion(ENTRY, QuizKind.FIGURE, f"과태료는 승용차 {BLANK}입니다.", ("3만 원", "4만 원", "6만 원"), 1),
    QuizQuestion(ENTRY, QuizKind.DEPARTMENT, "", ("교통지도과", "시설공단", "민원과", "주차관리과"), 3),
)


class FakeQuizzes:
    """Fills :class:`ui.qa.quiz_ports.QuizServices`."""

    def __init__(self) -> None:
        self.changed: Sequence[Article] = ()

    def of(self, changed: Sequence[Article]) -> Sequence[QuizQuestion]:
        self.changed = changed
        return ASKED

    def of_last_change(self) -> Sequence[QuizQuestion]:
        return ASKED
