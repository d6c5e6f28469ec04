from __future__ import annotations

from pathlib import Path

from app.knowledge import Knowledge
from tests.helpers.knowledge import ROWS, library, small_file


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
