"""The search as a call uses it: learning nudges, special material comes more readily."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assist.guide import Guide
from assist.learning import Nudge
from kb.model import Article, Band, Hit, Reason, ReasonKind, SearchResult
from kb.specials import Special, moment

COLD = Special(
    "cold",
    "한파 쉼터 운영",
    "동주민센터가 문을 엽니다.\n밤에는 한파 쉼터로 구청 당직실이 안내합니다.",
    ("한파", "쉼터"),
    moment("2026-11-01"),
    moment("2026-12-01"),
    phone="02-120",
)


class Search:
    """Returns what it is told and notes what it was asked."""

    def __init__(self, band: Band = Band.SURE) -> None:
        self.band = band
        self.boosts: Mapping[str, float] | None = None

    def search(
        self,
        text: str,
        top_n: int = 10,
        district: str = "",
        context: tuple[str, ...] = (),
        boosts: Mapping[str, float] | None = None,
        *,
        confidence: float = 1.0,
    ) -> SearchResult:
        self.boosts = boosts
        learned = (Reason(ReasonKind.LEARNED),) if boosts and "A" in boosts else ()
        hits = tuple(Hit(Article(i, i, "답변"), "답변", (), 0.9, reasons=learned if i == "A" else ()) for i in "AB")
        sure = {Band.SURE: 0.8, Band.CANDIDATE: 0.5, Band.SILENT: 0.1}[self.band]
        return SearchResult(text, hits, sure, self.band, 5.0)


def test_what_was_learned_reaches_the_search_and_is_explained() -> None:
    search = Search()
    guide = Guide(search, lambda _text: {"A": Nudge(0.3, 4), "B": Nudge(-0.2, 0)}, tuple)
    found = guide.search("불법주정차 신고")
    assert search.boosts == {"A": 0.3, "B": -0.2}
    assert found.hits[0].reasons == (Reason(ReasonKind.LEARNED, "4"),)
    assert found.hits[1].reasons == (Reason(ReasonKind.UNLEARNED),)


def test_without_anything_learned_or_special_the_result_is_the_searchs_own() -> None:
    search = Search(Band.CANDIDATE)
    found = Guide(search, lambda _text: {}, lambda: (COLD,)).search("여권 재발급")
    assert found == replace(Search(Band.CANDIDATE).search("여권 재발급"))
    assert not search.boosts


def test_special_material_comes_first_where_a_keyword_is_said() -> None:
    found = Guide(Search(), lambda _text: {}, lambda: (COLD,)).search("한파 쉼터가 어디 있나요")
    assert [hit.article.id for hit in found.hits] == ["special:cold", "A", "B"]
    first = found.hits[0]
    assert "쉼터" in first.passage
    assert {first.passage[span.start : span.end] for span in first.highlights} & {"한파", "쉼터", "한파 쉼터"}


def test_it_comes_where_the_search_would_be_silent_and_lifts_nothing_else() -> None:
    found = Guide(Search(Band.SILENT), lambda _text: {}, lambda: (COLD,)).search("한파 쉼터가 어디 있나요")
    assert [hit.article.id for hit in found.hits] == ["special:cold"]
    assert found.shown
