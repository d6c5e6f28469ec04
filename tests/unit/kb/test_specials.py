"""Special material: read with care, shown only while it runs, found by one keyword."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import resources
from kb import specials
from kb.errors import ImportRejected
from kb.specials import KST, Special

NOON = datetime(2026, 11, 22, 12, tzinfo=KST)


def special(ident: str = "cold", start: str = "2026-11-20", end: str = "2026-11-25", **more: object) -> Special:
    keywords = ("한파", "추위 쉼터")
    fields = {"id": ident, "title": "한파 쉼터", "body": "쉼터를 엽니다.", "keywords": keywords} | more
    return Special(**fields, start=specials.moment(start), end=specials.moment(end, end=True))  # type: ignore[arg-type]


def written(folder: Path, *rows: object) -> Path:
    path = folder / "specials.jsonl"
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


ROW = {"id": "a", "title": "제목", "body": "내용", "keywords": ["한파"], "start": "2026-11-20", "end": "2026-11-25"}


def test_a_day_ends_with_its_last_second_in_korean_time() -> None:
    one = special()
    assert not one.runs(datetime(2026, 11, 19, 14, 59, tzinfo=UTC))
    assert one.runs(datetime(2026, 11, 19, 15, 0, tzinfo=UTC))
    assert one.runs(datetime(2026, 11, 25, 14, 59, 59, tzinfo=UTC))
    assert not one.runs(datetime(2026, 11, 25, 15, 0, tzinfo=UTC))


def test_times_may_name_their_zone() -> None:
    assert specials.moment("2026-11-20T09:00") == datetime(2026, 11, 20, 9, tzinfo=KST)
    assert specials.moment("2026-11-20T00:00:00+00:00") == datetime(2026, 11, 20, 9, tzinfo=KST)


def test_what_ended_is_not_shown_and_the_newest_comes_first() -> None:
    old, new = special("old", "2026-11-01", "2026-11-30"), special("new", "2026-11-21", "2026-11-30")
    over, later = special("over", "2026-11-01", "2026-11-21"), special("later", "2026-11-23", "2026-11-30")
    assert [one.id for one in specials.running((old, over, later, new), NOON)] == ["new", "old"]
    assert specials.running((over,), NOON + timedelta(days=400)) == ()


@pytest.mark.parametrize(
    "question", ["한파 쉼터가 어디예요", "요즘 한 파가 심해서", "추위쉼터 찾아요", "함파 때문에 그러는데 한파요"]
)
def test_one_keyword_is_enough(question: str) -> None:
    assert specials.matching((special(),), question)


def test_other_questions_are_left_alone() -> None:
    assert specials.matching((special(),), "여권을 잃어버렸어요") == ()
    assert specials.matching((special(keywords=("파",)),), "파출소 전화번호") == (), "one syllable is no keyword"


def test_most_keywords_come_first() -> None:
    frost = special("frost", keywords=("동파", "계량기"))
    assert [one.id for one in specials.matching((special(), frost), "한파에 계량기가 동파됐어요")] == ["frost", "cold"]


def test_bad_rows_are_told_by_line_and_the_rest_is_used(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        ROW,
        "{broken",
        {**ROW, "id": "b", "end": "2026-11-01"},
        {**ROW, "id": "c", "start": "언젠가"},
        {**ROW, "id": "d", "body": ""},
        ROW,
        {**ROW, "id": "e", "title": "<script>alert(1)</script>", "keywords": "한파, 동파"},
    )
    found, faults = specials.read(path)
    assert [one.id for one in found] == ["a", "e"]
    assert found[1].title == "<script>alert(1)</script>", "text is text"
    assert found[1].keywords == ("한파", "동파")
    assert [(fault.line, fault.code) for fault in faults] == [
        (2, "kb.row_not_json"),
        (3, "kb.special_times"),
        (4, "kb.special_times"),
        (5, "kb.special_incomplete"),
        (6, "kb.row_repeated_id"),
    ]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xb1\xe8\xbf\xb5\n", b"[1]\n", b"x" * (specials.MAX_BYTES + 1)])
def test_a_useless_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "specials.jsonl"
    path.write_bytes(content)
    with pytest.raises(ImportRejected):
        specials.read(path)


def test_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "kb" / "specials.jsonl"
    specials.write(path, (special(), special("b", phone="02-120")))
    assert specials.read(path) == ((special(), special("b", phone="02-120")), ())
    assert [one.name for one in path.parent.iterdir()] == ["specials.jsonl"]


def test_shipped_example_is_whole_and_says_so() -> None:
    found, faults = specials.read(resources.path("sample_specials/specials.jsonl"))
    assert faults == ()
    assert all("예시" in one.title and "예시" in one.body for one in found)
