"""Learning over the real search: the used answer rises, the dismissed one sinks, the rest stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from assist.guide import Guide
from assist.learning import Learner, Nudge
from assist.model import CardAction
from assist.suggest import content_words
from kb.model import ReasonKind
from kb.search import Searcher
from tests.helpers.knowledge import ROWS, library, small_file

NEAR = (
    ("p1", "행정", "여권 재발급 신청 서류", "여권 재발급 신청에는 사진과 신분증이 필요합니다. 구청에 냅니다."),
    ("p2", "행정", "여권 재발급 신청 기간", "여권 재발급 신청 뒤 나흘쯤 걸립니다. 구청에서 찾습니다."),
    ("p3", "행정", "여권 재발급 신청 비용", "여권 재발급 신청 비용은 구청에 냅니다."),
)
QUESTION = "여권 재발급 신청하려고요"
TODAY = 20_000.0


@pytest.fixture
def searcher(tmp_path: Path) -> Searcher:
    held = library(tmp_path / "kb")
    held.import_file(small_file(tmp_path, (*NEAR, *ROWS[1:])))
    return held.open()


def order(searcher: Searcher, learner: Learner, question: str) -> list[str]:
    def nudges(text: str) -> dict[str, Nudge]:
        return learner.nudges(content_words(text), TODAY)

    return [hit.article.id for hit in Guide(searcher, nudges, tuple).search(question, 10).hits]


def test_200_uses_and_dismissals_move_what_they_are_about_and_nothing_else(searcher: Searcher) -> None:
    learner = Learner()
    before = order(searcher, learner, QUESTION)
    others = {row[2]: order(searcher, learner, row[2]) for row in ROWS[1:]}
    first, used = before[0], next(ident for ident in reversed(before) if ident.startswith("p"))
    for _ in range(100):
        learner.learn(content_words(QUESTION), used, "v", CardAction.USED, TODAY)
        learner.learn(content_words(QUESTION), first, "v", CardAction.DISMISSED, TODAY)
    after = order(searcher, learner, QUESTION)
    assert after.index(used) < before.index(used)
    assert after.index(first) > before.index(first)
    assert set(after) == set(before), "sinks, never vanishes"
    assert {title: order(searcher, learner, title) for title in others} == others


def test_why_it_moved_is_told(searcher: Searcher) -> None:
    learner = Learner()
    for _ in range(3):
        learner.learn(content_words(QUESTION), "p3", "v", CardAction.USED, TODAY)
    guide = Guide(searcher, lambda text: learner.nudges(content_words(text), TODAY), tuple)
    hit = next(hit for hit in guide.search(QUESTION).hits if hit.article.id == "p3")
    assert [reason.detail for reason in hit.reasons if reason.kind is ReasonKind.LEARNED] == ["3"]
