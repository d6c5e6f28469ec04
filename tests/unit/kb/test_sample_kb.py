"""The shipped sample knowledge keeps its shape."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from datetime import date

import pytest

from resources import path

FIELDS = ("행정", "교통", "복지", "환경", "주택도시계획", "문화관광", "경제", "건강", "안전", "여성가족")
TEXTS = ("id", "category", "question", "answer", "department", "phone", "district", "updated", "source")
LATEST = date(2026, 11, 22)
PUBLIC_PHONES = {
    "02-120", "109", "112", "119", "126", "129", "132", "182", "1330", "1332", "1339", "1350", "1355", "1357",
    "1366", "1372", "1388", "1399", "1577-0199", "1577-1000", "1577-1234", "1577-1366", "1577-2514", "1577-6119",
    "1588-4388", "1599-0120", "1599-0903", "1600-1004", "1600-3190", "1600-3456", "1600-9582", "1644-6621",
    "1661-2642", "1688-1377", "1899-9988",
}  # fmt: skip
"""Numbers of public services; an entry never names a number outside this list."""

FILES = sorted(path("sample_kb").glob("*.jsonl"))
ROWS = [json.loads(line) for file in FILES for line in file.read_text(encoding="utf-8").splitlines()]


def test_at_least_160_entries_and_14_a_field() -> None:
    counts = Counter(row["category"] for row in ROWS)
    assert set(counts) == set(FIELDS)
    assert len(ROWS) >= 160
    assert min(counts.values()) >= 14


def test_one_file_a_field() -> None:
    assert len(FILES) == len(FIELDS)
    for file in FILES:
        fields = {json.loads(line)["category"] for line in file.read_text(encoding="utf-8").splitlines()}
        assert len(fields) == 1, file.name


def test_nothing_twice() -> None:
    for field in ("id", "question", "answer"):
        repeated = [value for value, times in Counter(row[field] for row in ROWS).items() if times > 1]
        assert not repeated, field
    for line, times in Counter(
        line for row in ROWS if not row["district"] for line in row["answer"].split("\n")
    ).items():
        assert times == 1, line


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['category']}-{row['id'][-3:]}" for row in ROWS])
def test_an_entry_is_complete(row: dict[str, object]) -> None:
    assert set(row) == {*TEXTS, "keywords"}
    text = {field: str(row[field]) for field in TEXTS}
    assert all(isinstance(row[field], str) and text[field] == text[field].strip() for field in TEXTS)
    assert all(text[field] for field in TEXTS if field != "district")
    assert re.fullmatch(rf"S-{text['category']}-\d{{3}}", text["id"])
    assert "예시" in text["source"]
    lines = text["answer"].split("\n")
    assert 4 <= len(lines) <= 10
    assert 200 <= len(text["answer"]) <= 600
    assert all(line == line.strip() and line for line in lines)
    keywords = row["keywords"]
    assert isinstance(keywords, list)
    assert 5 <= len(set(keywords)) == len(keywords) <= 10
    assert all(isinstance(word, str) and word == word.strip() and word for word in keywords)
    assert text["district"] == "" or re.fullmatch(r"[가-힣]{1,3}구", text["district"])
    assert text["district"] in text["question"]
    updated = date.fromisoformat(text["updated"])
    assert date(2025, 1, 1) <= updated <= LATEST


def test_all_text_is_nfc_and_plain() -> None:
    for file in FILES:
        raw = file.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", raw), file.name
        assert not re.search(r"<[a-z]|\t|\r|\ufeff|\ufffd|\xa0", raw), file.name


def test_phones_are_public_service_numbers_only() -> None:
    assert {row["phone"] for row in ROWS} <= PUBLIC_PHONES
    written = {n for row in ROWS for n in re.findall(r"(?<![\d-])\d{2,4}-\d{3,4}(?:-\d{4})?(?![\d-])", row["answer"])}
    assert written <= PUBLIC_PHONES | {"1544-9030"}


def test_districts_are_variants_of_a_few_services() -> None:
    districts = Counter(row["district"] for row in ROWS if row["district"])
    assert sum(districts.values()) >= 20
    assert len(districts) >= 8
    assert districts["관악구"] >= 3
