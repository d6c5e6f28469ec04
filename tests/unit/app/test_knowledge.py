from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app import knowledge
from app.home import Home
from app.knowledge import Knowledge, knowledge_as_it_is
from tests.helpers.knowledge import ROWS, analyser, library, small_file


def test_a_generation_imported_elsewhere_is_taken_up_while_the_desk_runs(tmp_path: Path) -> None:
    sample = small_file(tmp_path, ROWS[:2], "sample.jsonl")
    with Knowledge(library(tmp_path / "kb", samples=[sample]), None) as desk:
        assert desk.search("여권").hits[0].article.id == "k1"
        assert desk.status.origin == "sample"
        library(tmp_path / "kb").import_file(small_file(tmp_path, ROWS[4:6]))
        desk.search("독감")  # sees that the pointer moved, and answers from the old one meanwhile
        assert desk._opening is not None
        desk._opening.join(20)
        assert desk.status.origin == "local"
        assert desk.search("독감").hits[0].article.id == "k5"
        assert desk.article("k1") is None


class Words:
    """The analyser of the tests in place of its process."""

    def __init__(self, on_restart: object) -> None:
        self._words = analyser()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._words, name)

    def close(self) -> None:
        """Nothing is held."""


@pytest.fixture
def another_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program ships another example than the one that the home's generation was built from."""
    sample = small_file(tmp_path, ROWS[4:6], "newer.jsonl")
    monkeypatch.setattr(knowledge, "sample_files", lambda: [sample])
    monkeypatch.setattr(knowledge, "EngineMorphemes", Words)


@pytest.mark.usefixtures("another_sample")
def test_who_only_looks_takes_the_knowledge_as_it_is_and_writes_nothing_into_it(tmp_path: Path) -> None:
    home, spare = Home(tmp_path / "home", tmp_path / "models"), tmp_path / "spare"
    library(home.kb, samples=[small_file(tmp_path, ROWS[:2], "sample.jsonl")]).open()
    before = sorted((one.name, one.stat().st_mtime_ns) for one in home.kb.iterdir())
    with knowledge_as_it_is(home, "none", spare) as found:
        assert (found.status.generation, found.status.origin) == (1, "sample")
        assert found.search("여권").hits[0].article.id == "k1"
    assert sorted((one.name, one.stat().st_mtime_ns) for one in home.kb.iterdir()) == before
    assert not spare.exists()


@pytest.mark.usefixtures("another_sample")
def test_who_only_looks_where_there_is_no_knowledge_has_the_example_elsewhere(tmp_path: Path) -> None:
    home, spare = Home(tmp_path / "home", tmp_path / "models"), tmp_path / "spare"
    with knowledge_as_it_is(home, "none", spare) as found:
        assert found.search("독감").hits[0].article.id == "k5"
    assert not list(home.root.rglob("*.db"))
    assert list(spare.rglob("*.db"))
