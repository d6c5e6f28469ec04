from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from kb.errors import EncoderUnavailable
from kb.model import Band
from kb.query import stripped
from kb.search import Searcher, scaled
from tests.helpers.knowledge import HashEncoder, library, small_file


@pytest.fixture(scope="module", params=["words", "meaning"])
def searcher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder = tmp_path_factory.mktemp("kb")
    shelf = library(folder / "kb", HashEncoder() if request.param == "meaning" else None)
    shelf.import_file(small_file(folder))
    return shelf.open()


def ids(searcher: Searcher, text: str, **more: object) -> list[str]:
    return [hit.article.id for hit in searcher.search(text, **more).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("여권", "k1"),
        ("네 여보세요, 저기 여권을 잃어버렸는데 어떻게 해야 돼요?", "k1"),
        ("여껀 재발급 받으려고 하는데요", "k1"),  # misheard
        ("거주자 우선 주자 신청하고 싶은데", "k4"),  # misheard, spaced otherwise
        ("독감", "k5"),
        ("장롱 버리려면 어떻게 해요", "k2"),
        ("기초 연금 받을 수 있나요", "k3"),
    ],
)
def test_the_answer_comes_first(searcher: Searcher, text: str, first: str) -> None:
    assert ids(searcher, text)[0] == first


def test_the_district_picks_the_variant(searcher: Searcher) -> None:
    assert ids(searcher, "노원구인데 음식물쓰레기 언제 내놔요")[0] == "k7"
    assert ids(searcher, "상계동 음식물쓰레기 언제 내놔요")[0] == "k7"
    assert ids(searcher, "음식물쓰레기 언제 내놔요", district="마포구")[0] == "k6"
    assert ids(searcher, "음식물쓰레기 언제 내놔요", district="노원구")[0] == "k7"


def test_what_is_over_sinks(searcher: Searcher) -> None:
    found = ids(searcher, "청년 창업 자금 빌리고 싶어요")
    assert found.index("k9") < found.index("k8")


def test_earlier_turns_carry_the_topic(searcher: Searcher) -> None:
    assert ids(searcher, "그건 사진이 필요한가요", context=("여권을 잃어버렸어요",))[0] == "k1"


@pytest.mark.parametrize("text", ["", "   ", "?!…", "네", "안녕하세요", "\0", "ㄱ", "😀", "1"])
def test_nothing_to_look_for_finds_nothing_and_stays_silent(searcher: Searcher, text: str) -> None:
    found = searcher.search(text)
    assert found.hits == ()
    assert found.band is Band.SILENT
    assert not found.shown


@pytest.mark.parametrize(
    "text", ["여권 " * 2_000, "'; DROP TABLE articles; --", '여권" OR 1=1 NEAR(', "a" * 5_000, "가" * 5_000]
)
def test_odd_queries_are_answered_sanely(searcher: Searcher, text: str) -> None:
    found = searcher.search(text)
    assert all(0 <= hit.score <= 1 for hit in found.hits)
    assert found.ms < 5_000
    assert ids(searcher, "여권")[0] == "k1"


def test_decomposed_hangul_is_the_same_query(searcher: Searcher) -> None:
    import unicodedata

    assert ids(searcher, unicodedata.normalize("NFD", "여권 재발급"))[0] == "k1"


def test_hits_are_ordered_limited_and_marked_inside_the_passage(searcher: Searcher) -> None:
    found = searcher.search("여권 재발급 신청", top_n=3)
    assert len(found.hits) <= 3
    scores = [hit.score for hit in found.hits]
    assert scores == sorted(scores, reverse=True)
    first = found.hits[0]
    assert first.passage in first.article.answer
    assert {first.passage[span.start : span.end] for span in first.highlights} >= {"여권", "재발급"}
    assert searcher.search("여권", top_n=1).hits[0].article.id == "k1"


def test_an_entry_is_found_by_its_id(searcher: Searcher) -> None:
    found = searcher.article("k2")
    assert found is not None
    assert found.question == "대형 폐기물 배출"
    assert searcher.article("none") is None


def test_many_threads_get_the_same_answer(searcher: Searcher) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: tuple(ids(searcher, "여권 재발급 신청")), range(24)))
    assert len(set(found)) == 1


def test_a_certain_question_is_surer_than_a_vague_one(searcher: Searcher) -> None:
    assert searcher.search("여권 재발급 신청").confidence > searcher.search("노래방 마이크 소리").confidence


class _SilentEncoder(HashEncoder):
    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise EncoderUnavailable("kb.encoder_silent", name="hash")


def test_a_model_that_does_not_answer_leaves_words(tmp_path: Path) -> None:
    shelf = library(tmp_path / "kb", HashEncoder())
    shelf.import_file(small_file(tmp_path))
    silent = library(tmp_path / "kb", _SilentEncoder()).open()
    assert ids(silent, "여권 재발급")[0] == "k1"
    assert silent.search("여권 재발급").words_alone
    assert not shelf.open().search("여권 재발급").words_alone


def test_vectors_of_another_model_are_not_mixed(tmp_path: Path) -> None:
    shelf = library(tmp_path / "kb", HashEncoder())
    shelf.import_file(small_file(tmp_path))
    other = HashEncoder()
    other.name = "other"
    opened = library(tmp_path / "kb", other).open()
    assert not opened.with_vectors
    assert ids(opened, "여권")[0] == "k1"


def test_courtesies_are_stripped_but_never_everything() -> None:
    assert stripped("네, 안녕하세요. 저기 여권 때문에요") == "여권 때문에요"
    assert stripped("네 네") == "네 네"


def test_scaling_runs_from_the_median_to_the_best() -> None:
    assert scaled(np.array([0, 1, 2, 3, 4], np.float32)).tolist() == [0, 0, 0, 0.5, 1]
    assert scaled(np.zeros(3, np.float32)).tolist() == [0, 0, 0]
