from __future__ import annotations

from pathlib import Path

import pytest

from kb.model import Article, ReasonKind
from kb.search import Searcher
from kb.variants import kin, service
from tests.helpers.knowledge import library, small_file

ROWS = (
    ("m", "환경", "마포구 음식물쓰레기 배출 요일", "음식물쓰레기는 일요일부터 금요일까지 내놓습니다."),
    ("n", "환경", "노원구 음식물쓰레기 배출 요일", "음식물쓰레기는 화요일, 목요일, 일요일에 내놓습니다."),
    ("s", "환경", "음식물쓰레기 배출 요일", "음식물쓰레기를 내놓는 요일은 구마다 다릅니다."),
    ("p", "행정", "여권 재발급 신청", "가까운 구청 민원실에서 재발급을 신청합니다."),
    ("g", "환경", "강남구 재활용품 수거", "재활용품은 저녁에 내놓습니다."),
    ("e", "경제", "청년 창업 자금 (종료)", "청년 창업 자금을 빌려 드렸습니다."),
    ("c", "경제", "청년 창업 자금", "청년이 창업할 때 자금을 빌려 드립니다."),
)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder: Path = tmp_path_factory.mktemp("kb")
    shelf = library(folder / "kb")
    shelf.import_file(small_file(folder, ROWS))
    return shelf.open()


def test_a_title_without_its_district() -> None:
    assert service("마포구 음식물쓰레기 배출 요일") == service("[노원구] 음식물 쓰레기 배출요일 안내")
    assert service("강남구 위치") == ""
    assert service("강남역 지하상가 이용") != service("지하상가 이용")


def test_only_the_same_service_is_kin() -> None:
    same = "보건소에서 무료로 예방접종을 합니다. 신분증을 가져오세요."
    rows = [("노원구 독감 예방접종", same), ("마포구 독감 예방접종", same), ("강남구 독감 예방접종", "공사로 쉽니다")]
    articles = [Article(str(n), title, answer) for n, (title, answer) in enumerate(rows)]
    assert kin(articles, ["노원구", "마포구", "강남구"]).tolist() == [0, 0, 2]
    assert kin(articles[:2], ["", ""]).tolist() == [0, 1]


def test_one_service_in_many_districts_is_one_hit_with_variants(searcher: Searcher) -> None:
    found = searcher.search("음식물쓰레기 언제 내놔요", district="노원구", fold=True)
    assert found.hits[0].article.id == "n"
    assert [(one.article_id, one.district) for one in found.hits[0].variants] == [("s", ""), ("m", "마포구")]
    assert not {"m", "s"} & {hit.article.id for hit in found.hits}


def test_a_district_without_its_own_entry_gets_the_city_one(searcher: Searcher) -> None:
    assert searcher.search("음식물쓰레기 언제 내놔요", district="강남구", fold=True).hits[0].article.id == "s"


def test_unfolded_every_entry_is_its_own_hit(searcher: Searcher) -> None:
    found = searcher.search("음식물쓰레기 배출 요일")
    assert {"m", "n", "s"} <= {hit.article.id for hit in found.hits}
    assert all(hit.variants == () for hit in found.hits)


def test_variants_of_one_service_are_no_rivals(searcher: Searcher) -> None:
    one = searcher.examine("음식물쓰레기 배출 요일")
    assert one is not None
    assert one.evidence.margin > 0.3


def test_what_is_over_carries_its_words(searcher: Searcher) -> None:
    hits = {hit.article.id: hit for hit in searcher.search("청년 창업 자금").hits}
    assert hits["e"].ended == "(종료)"
    assert hits["c"].ended == ""
    assert hits["c"].score > hits["e"].score


def test_a_hit_says_why_it_is_here(searcher: Searcher) -> None:
    hit = searcher.search("노원구 음식물쓰레기 배출 요일", boosts={"n": 0.5}).hits[0]
    kinds = {reason.kind: reason.detail for reason in hit.reasons}
    assert "음식물쓰레기" in kinds[ReasonKind.WORDS]
    assert kinds[ReasonKind.DISTRICT] == "노원구"
    assert ReasonKind.LEARNED in kinds


def test_boosts_move_entries_a_little_and_no_further(searcher: Searcher) -> None:
    before = {hit.article.id: hit.score for hit in searcher.search("청년 창업 자금").hits}
    after = {hit.article.id: hit.score for hit in searcher.search("청년 창업 자금", boosts={"e": 99.0, "g": 1.0}).hits}
    assert 0 < after["e"] - before["e"] <= 0.05
    assert "g" not in after  # what is not found at all is not lifted into the list
    assert searcher.search("청년 창업 자금", boosts={"x": float("nan"), "c": float("nan")}).hits[0].article.id == "c"


def test_sound_counts_more_where_the_recogniser_is_unsure(searcher: Searcher) -> None:
    sure = searcher.examine("여껀 재발급")
    unsure = searcher.examine("여껀 재발급", confidence=0.2)
    assert sure is not None
    assert unsure is not None
    passport = next(n for n, article in enumerate(searcher.articles) if article.id == "p")
    heard = sure.parts["jamo"] > 0
    assert heard[passport]
    assert unsure.fused[passport] >= sure.fused[passport] * 0.9
    others = [n for n in range(len(searcher.articles)) if n != passport and sure.parts["jamo"][n] == 0]
    assert all(unsure.fused[n] <= sure.fused[n] for n in others)
