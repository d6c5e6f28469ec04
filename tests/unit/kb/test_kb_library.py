from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from kb import index
from kb.errors import ImportRejected, KbUnavailable
from kb.vector_cache import MOST_QUERIES, CachedEncoder
from tests.helpers.knowledge import DIMENSIONS, ROWS, HashEncoder, library, small_file


def first(shelf: object, text: str = "여권") -> str:
    hits = shelf.open().search(text).hits  # type: ignore[attr-defined]
    return str(hits[0].article.id) if hits else ""


def test_an_import_replaces_what_is_searched(tmp_path: Path) -> None:
    sample = small_file(tmp_path, ROWS[:2], "sample.jsonl")
    shelf = library(tmp_path / "kb", samples=[sample])
    opened = shelf.open()
    assert (opened.status.origin, opened.status.articles, opened.status.generation) == ("sample", 2, 1)
    report = shelf.import_file(small_file(tmp_path, ROWS[2:]))
    assert (report.added, report.status.origin, report.status.source) == (7, "local", "small.jsonl")
    assert shelf.open().article("k1") is None
    assert opened.article("k1") is not None  # whoever has the old one open goes on with it


def test_adding_merges_and_the_file_wins(tmp_path: Path) -> None:
    shelf = library(tmp_path / "kb")
    shelf.import_file(small_file(tmp_path, ROWS[:4]))
    changed = ("k1", "행정", "여권 새 안내", "새 답변입니다.")
    report = shelf.import_file(small_file(tmp_path, [changed, ROWS[5]]), add=True)
    assert (report.added, report.status.articles) == (2, 5)
    found = shelf.open().article("k1")
    assert found is not None
    assert found.answer == "새 답변입니다."


def test_a_refused_file_leaves_the_generation_in_use(tmp_path: Path) -> None:
    shelf = library(tmp_path / "kb")
    shelf.import_file(small_file(tmp_path))
    before = shelf.status()
    bad = tmp_path / "bad.csv"
    bad.write_text("하나,둘\n1,2\n", encoding="utf-8")
    with pytest.raises(ImportRejected):
        shelf.import_file(bad)
    assert shelf.status() == before


class _BrokenEncoder(HashEncoder):
    def passages(self, texts: object) -> object:  # type: ignore[override]
        raise OSError(28, "No space left on device")


def test_a_build_that_fails_half_way_leaves_the_generation_in_use(tmp_path: Path) -> None:
    shelf = library(tmp_path / "kb")
    shelf.import_file(small_file(tmp_path))
    before = shelf.status()
    with pytest.raises(ImportRejected) as caught:
        library(tmp_path / "kb", _BrokenEncoder()).import_file(small_file(tmp_path, ROWS[:3]))  # type: ignore[arg-type]
    assert caught.value.code == "kb.disk_full"
    assert shelf.status() == before
    assert first(shelf) == "k1"
    assert [path.name for path in (tmp_path / "kb").glob("*.db")] == ["kb-1.db"]
    assert not list((tmp_path / "kb").glob(".building*"))


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (sqlite3.OperationalError("database or disk is full"), "kb.disk_full"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "kb.disk"),
        (PermissionError(13, "Permission denied"), "kb.disk"),
    ],
)
def test_what_the_disk_refuses_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, code: str
) -> None:
    shelf = library(tmp_path / "kb")
    shelf.import_file(small_file(tmp_path))

    def refused(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(index, "write", refused)
    with pytest.raises(ImportRejected) as caught:
        shelf.import_file(small_file(tmp_path))
    assert caught.value.code == code
    assert shelf.status().generation == 1


def test_the_last_two_generations_are_kept(tmp_path: Path) -> None:
    shelf = library(tmp_path / "kb")
    for _ in range(4):
        shelf.import_file(small_file(tmp_path))
    assert sorted(path.name for path in (tmp_path / "kb").glob("kb-*.db")) == ["kb-3.db", "kb-4.db"]
    assert shelf.status().generation == 4


@pytest.mark.parametrize("damage", [b"", b"not a database at all", None])
def test_a_damaged_generation_falls_back_to_the_one_before(tmp_path: Path, damage: bytes | None) -> None:
    shelf = library(tmp_path / "kb")
    shelf.import_file(small_file(tmp_path, ROWS[:3]))
    shelf.import_file(small_file(tmp_path))
    newest = tmp_path / "kb" / "kb-2.db"
    if damage is None:
        newest.unlink()
    else:
        newest.write_bytes(damage)
    assert shelf.status().generation == 1
    assert first(shelf) == "k1"


def test_a_damaged_pointer_is_done_without(tmp_path: Path) -> None:
    shelf = library(tmp_path / "kb")
    shelf.import_file(small_file(tmp_path))
    (tmp_path / "kb" / "current.json").write_text("{", encoding="utf-8")
    assert shelf.status().generation == 1


def test_nothing_to_search_is_said(tmp_path: Path) -> None:
    shelf = library(tmp_path / "kb")
    assert shelf.status().generation == 0
    with pytest.raises(KbUnavailable) as caught:
        shelf.open()
    assert caught.value.code == "kb.nothing_to_search"


def test_a_changed_sample_is_built_anew_but_an_import_stays(tmp_path: Path) -> None:
    sample = small_file(tmp_path, ROWS[:2], "sample.jsonl")
    shelf = library(tmp_path / "kb", samples=[sample])
    assert shelf.open().status.generation == 1
    assert shelf.open().status.generation == 1
    small_file(tmp_path, ROWS[:3], "sample.jsonl")
    assert shelf.open().status.articles == 3
    shelf.import_file(small_file(tmp_path, ROWS[4:]))
    small_file(tmp_path, ROWS[:4], "sample.jsonl")
    assert shelf.open().status.origin == "local"


def test_a_model_installed_later_brings_vectors_to_the_sample(tmp_path: Path) -> None:
    sample = small_file(tmp_path, ROWS, "sample.jsonl")
    assert not library(tmp_path / "kb", samples=[sample]).open().status.has_vectors
    assert library(tmp_path / "kb", HashEncoder(), [sample]).open().status.has_vectors


def test_searches_go_on_while_an_import_swaps(tmp_path: Path) -> None:
    shelf = library(tmp_path / "kb")
    shelf.import_file(small_file(tmp_path))
    done = threading.Event()
    faults: list[BaseException] = []

    def keep_asking() -> None:
        try:
            while not done.is_set():
                assert first(shelf) == "k1"
        except BaseException as error:
            faults.append(error)

    asking = threading.Thread(target=keep_asking)
    asking.start()
    try:
        for _ in range(3):
            library(tmp_path / "kb").import_file(small_file(tmp_path))
    finally:
        done.set()
        asking.join()
    assert not faults


def test_the_morpheme_index_is_full_text_search(tmp_path: Path) -> None:
    library(tmp_path / "kb").import_file(small_file(tmp_path))
    with sqlite3.connect(tmp_path / "kb" / "kb-1.db") as db:
        rows = db.execute("SELECT rowid FROM shadow WHERE shadow MATCH '여권'").fetchall()
        meta = dict(db.execute("SELECT key, value FROM meta"))
    db.close()
    assert rows == [(0,)]  # a noun of two syllables, which n-gram tokenizers miss
    assert json.loads(meta["schema"]) == index.SCHEMA


def test_progress_runs_to_the_end(tmp_path: Path) -> None:
    seen: list[float] = []
    library(tmp_path / "kb", HashEncoder()).import_file(small_file(tmp_path), progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_vectors_are_remembered_between_imports(tmp_path: Path) -> None:
    model = HashEncoder()
    cached = CachedEncoder(model, tmp_path / "vectors.db")
    library(tmp_path / "kb", cached).import_file(small_file(tmp_path))
    asked = model.passages_asked
    assert asked > 0
    library(tmp_path / "kb", cached).import_file(small_file(tmp_path, [*ROWS, ("k10", "행정", "새 항목", "새 내용")]))
    assert model.passages_asked == asked + 2
    other = HashEncoder()
    other.name = "other"
    CachedEncoder(other, tmp_path / "vectors.db").passages(["여권"])
    assert other.passages_asked == 1


def test_a_question_is_encoded_once_and_remembered_for_a_while(tmp_path: Path) -> None:
    class Counting(HashEncoder):
        asked: list[str] = []  # noqa: RUF012 - one a test

        def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
            self.asked.extend(texts)
            return super().queries(texts)

    cached = CachedEncoder(Counting(), tmp_path / "vectors.db")
    first = cached.queries(["여권", "여권", "독감"])
    assert Counting.asked == ["여권", "독감"]
    assert np.array_equal(first, cached.queries(["여권", "여권", "독감"]))
    assert np.array_equal(first[0], HashEncoder().queries(["여권"])[0])
    assert Counting.asked == ["여권", "독감"]
    cached.queries([f"물음 {n}" for n in range(MOST_QUERIES)])
    cached.queries(["여권"])
    assert Counting.asked[-1] == "여권"
    assert cached.queries([]).shape[0] == 0
    assert not (tmp_path / "vectors.db").exists()  # what was said stays in memory


def test_a_damaged_cache_is_thrown_away(tmp_path: Path) -> None:
    (tmp_path / "vectors.db").write_bytes(b"garbage" * 1000)
    cached = CachedEncoder(HashEncoder(), tmp_path / "vectors.db")
    assert cached.passages(["하나", "둘"]).shape == (2, DIMENSIONS)
    assert cached.passages(["하나", "둘"]).shape == (2, DIMENSIONS)
