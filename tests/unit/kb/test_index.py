from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb import columns, index
from kb.bm25 import Postings, occurrences
from kb.columns import Articles, Spans, Words, read_arrays, widened, write_arrays
from kb.errors import KbUnavailable
from kb.model import Article, KbStatus, TextSpan
from tests.helpers.knowledge import HashEncoder, analyser

ENTRIES = (
    Article(
        "b", "여권 재발급", "구청에서 신청합니다. 사진이 필요합니다.", keywords=("분실", "여권"), district="마포구"
    ),
    Article("a", "독감 예방접종", "보건소에서 맞습니다. 😀", updated="2026-01-02", number="7"),
    Article("c", "청년 지원 (종료)", "2019년 사업입니다."),
)


def written(path: Path, by_meaning: bool = True) -> Path:
    status = KbStatus(3, "x.csv", "local", 0, "2026-11-20T00:00:00+00:00", "", False)
    index.write(path, ENTRIES, status, analyser(), HashEncoder() if by_meaning else None, lambda _: None)
    return path


@pytest.mark.parametrize("by_meaning", [True, False])
def test_what_is_written_is_read(tmp_path: Path, by_meaning: bool) -> None:
    found = index.load(written(tmp_path / "kb.db", by_meaning))
    assert tuple(found.articles) == ENTRIES
    assert found.articles[-1].id == "c"
    assert [one.id for one in found.articles[:2]] == ["b", "a"]
    assert (found.articles.place("a"), found.articles.place("none"), found.articles.place("\ud800")) == (1, None, None)
    assert (found.status.articles, found.status.newest_update, found.status.has_vectors) == (
        3,
        "2026-01-02",
        by_meaning,
    )
    assert [found.districts[place] if place >= 0 else "" for place in found.places] == ["마포구", "", ""]
    assert found.over_from[2] < 20260101 < found.over_from[1]
    for number, spans in enumerate(found.passages[n] for n in range(3)):
        assert all(0 <= span.start < span.end <= len(ENTRIES[number].answer) for span in spans)
    if by_meaning:
        assert found.vectors is not None
        expected = HashEncoder().passages(["여권 재발급"])[0]
        assert float(found.vectors.titles[0] @ expected) == pytest.approx(1.0, abs=1e-3)
    else:
        assert found.vectors is None


def test_the_file_may_go_once_it_is_read(tmp_path: Path) -> None:
    path = written(tmp_path / "kb.db")
    found = index.load(path)
    path.unlink()
    assert found.articles[1].question == "독감 예방접종"


def test_a_file_of_another_schema_or_with_a_part_missing_is_refused(tmp_path: Path) -> None:
    for change in (
        "UPDATE meta SET value = '1' WHERE key = 'schema'",
        "DELETE FROM arrays WHERE name = 'morpheme_documents'",
        "DELETE FROM meta",
        "UPDATE arrays SET data = substr(data, 1, 4) WHERE name = 'articles'",
        "UPDATE meta SET value = json_set(value, '$.articles', 99) WHERE key = 'status'",
    ):
        path = written(tmp_path / f"{abs(hash(change))}.db", by_meaning=False)
        with sqlite3.connect(path) as connection:
            connection.execute(change)
        connection.close()
        with pytest.raises(KbUnavailable):
            index.load(path)


def test_large_arrays_are_kept_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "_PART_BYTES", 100)
    monkeypatch.setattr(columns, "_SLICE_BYTES", 30)
    arrays = {"one": np.arange(200, dtype=np.int32).reshape(50, 4), "none": np.zeros((0, 3), np.float32)}
    with sqlite3.connect(tmp_path / "parts.db") as connection:
        write_arrays(connection, arrays)
        assert connection.execute("SELECT count(*) FROM arrays WHERE name = 'one'").fetchone()[0] == 8
        found = read_arrays(connection)
    connection.close()
    for name, array in arrays.items():
        assert found[name].dtype == array.dtype
        assert np.array_equal(found[name], array)
    half = np.linspace(-1, 1, 77).astype(np.float16).reshape(7, 11)
    assert np.array_equal(widened(half), half.astype(np.float32))


@given(st.lists(st.text(max_size=8), max_size=40), st.text(max_size=8))
def test_words_are_looked_up_as_in_a_dictionary(known: list[str], other: str) -> None:
    words = Words(*Words.arrays(known))
    there = {word.encode("utf-8", "replace") for word in known}
    assert len(words) == len(there)
    assert sorted(words.get(word) for word in {one.decode() for one in there}) == list(range(len(there)))
    assert (other in words) == (other.encode("utf-8", "replace") in there)


@given(st.lists(st.lists(st.tuples(st.integers(0, 99), st.integers(1, 99)), max_size=4), max_size=12))
def test_passages_come_back(spans: list[list[tuple[int, int]]]) -> None:
    given_spans = [[TextSpan(*one) for one in found] for found in spans]
    kept = Spans(*Spans.arrays(given_spans))
    assert [list(kept[n]) for n in range(len(kept))] == given_spans


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), max_size=20), min_size=1, max_size=12), st.sets(st.integers(0, 9)))
def test_scores_are_those_of_the_formula(documents: list[list[int]], wanted: set[int]) -> None:
    postings = Postings.build([occurrences(np.array(one, np.int64)) for one in documents], 10)
    found = postings.scores(dict.fromkeys(wanted, 2.0))
    lengths = [len(one) for one in documents]
    mean = sum(lengths) / len(lengths) or 1.0
    for number, one in enumerate(documents):
        expected = 0.0
        for term in wanted:
            held = sum(term in other for other in documents)
            often = one.count(term)
            rarity = np.log1p((len(documents) - held + 0.5) / (held + 0.5))
            if often:
                expected += 2.0 * rarity * often * 2.2 / (often + 1.2 * (0.25 + 0.75 * lengths[number] / mean))
        assert found[number] == pytest.approx(expected, rel=1e-4, abs=1e-5)


def test_a_term_that_stands_very_often_is_still_counted() -> None:
    terms, often = occurrences(np.zeros(1_000, np.int64), np.full(1_000, 3))
    assert often.tolist() == [3_000]
    assert Postings.build([(terms, often), occurrences(np.zeros(1, np.int64))], 1).scores({0: 1.0})[0] > 0


def test_no_entries_at_all() -> None:
    assert len(Articles(Articles.arrays([]))) == 0
    assert Postings.build([], 5).scores({1: 1.0}).shape == (0,)
