"""Turns a knowledge file into articles: which column is which field, and which rows are fit to use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kb import tables
from kb.errors import ImportRejected
from kb.model import Article, RowFault
from kb.text import nfc

FIELDS: Final = ("id", "question", "answer", "category", "keywords", "department", "phone", "district", "updated")
REQUIRED: Final = ("id", "question", "answer")
MAX_CELL_BYTES: Final = 1_000_000
MAX_ID_CHARS: Final = 200
MAX_FAULTY: Final = 0.05
"""Share of faulty rows above which a file is refused whole."""

_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("id", "내용번호", "아이디", "문서번호", "faq번호", "articleid", "고유번호", "번호", "연번", "순번", "no"),
    "question": ("question", "제목", "질문", "title", "질의", "질문제목", "질문내용", "문의", "문의내용"),
    "answer": ("answer", "답변", "답변내용", "내용", "본문", "content"),
    "category": ("category", "분류", "분야", "카테고리", "대분류", "분류명"),
    "keywords": ("keywords", "키워드", "keyword", "검색어", "태그", "tags"),
    "department": ("department", "담당부서", "부서", "부서명", "소관부서", "담당과"),
    "phone": ("phone", "전화번호", "전화", "연락처", "tel", "담당전화", "문의전화"),
    "district": ("district", "자치구", "구", "지역", "구명", "시군구"),
    "updated": (
        "updated",
        "최종수정일",
        "수정일",
        "갱신일",
        "최종수정일자",
        "수정일자",
        "등록일",
        "등록일자",
        "작성일",
    ),
}
"""Column names recognised without a map, the better one first; compared without spaces and case."""
_NUMBER_NAMES: Final = ("번호", "number")
_DATE: Final = re.compile(r"(?<!\d)(19\d\d|20\d\d)\s*[-./년]?\s*(\d{1,2})\s*[-./월]?\s*(\d{1,2})(?!\d)")
_FORMULA: Final = re.compile(r"\s*=[-+]?\s*(?:[A-Za-z.]+\(|[A-Za-z]+\||\$?[A-Z]{1,3}\$?\d+|\d+\s*[-+*/])")
"""A spreadsheet's formula where its value should be: nothing that could be read out to a caller."""
_KEYWORD_BREAK: Final = re.compile(r"[,;|\n·#]+")


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file holds."""

    articles: tuple[Article, ...]
    skipped: tuple[RowFault, ...]


def parse_map(text: str) -> dict[str, str]:
    """Return field to column of ``field=column,…``.

    Raises:
        ImportRejected: Not of that form, or a field that does not exist.
    """
    found: dict[str, str] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        field, sign, column = (piece.strip() for piece in part.partition("="))
        if not sign or not column or field not in FIELDS:
            raise ImportRejected("kb.map_wrong", part=part, fields=", ".join(FIELDS))
        found[field] = column
    return found


def read_articles(path: Path, sheet: tables.SheetReader, columns: Mapping[str, str] | None = None) -> Imported:
    """Read a file.

    Args:
        path: CSV (UTF-8, CP949, UTF-16), XLSX or JSON lines.
        sheet: Reader of XLSX files.
        columns: Field to column name where the file's own names do not tell.

    Raises:
        ImportRejected: The file is refused whole.
    """
    table = tables.read(path, sheet)
    places = _places(path, table.header, columns or {})
    articles: list[Article] = []
    skipped: list[RowFault] = []
    seen: set[str] = set()
    rows = 0
    for row in table.rows:
        rows += 1
        if row.fault:
            skipped.append(RowFault(row.line, row.fault))
            continue
        large = next((name for name, at in places.items() if _too_large(row.cells[at])), "")
        if large:
            skipped.append(RowFault(row.line, "kb.row_cell_too_large", table.header[places[large]]))
            continue
        formula = next((name for name, at in places.items() if _FORMULA.match(row.cells[at])), "")
        if formula:
            skipped.append(RowFault(row.line, "kb.row_formula", table.header[places[formula]]))
            continue
        article = _article({name: row.cells[at] for name, at in places.items()})
        fault = _fault(article, seen)
        if fault:
            skipped.append(RowFault(row.line, fault, article.id[:MAX_ID_CHARS]))
        else:
            seen.add(article.id)
            articles.append(article)
    if skipped and len(skipped) > MAX_FAULTY * rows:
        lines = ", ".join(str(fault.line) for fault in skipped[:5]) + (" …" if len(skipped) > 5 else "")
        raise ImportRejected("kb.too_many_faults", path=path.name, faulty=len(skipped), rows=rows, lines=lines)
    if not articles:
        raise ImportRejected("kb.no_rows", path=path.name)
    return Imported(tuple(articles), tuple(skipped))


def _places(path: Path, header: tuple[str, ...], columns: Mapping[str, str]) -> dict[str, int]:
    """Return field to column index."""
    known: dict[str, int] = {}
    for at, name in enumerate(header):
        known.setdefault(_key(name), at)
    places: dict[str, int] = {}
    for field, column in columns.items():
        if _key(column) not in known:
            raise ImportRejected("kb.map_missing_column", path=path.name, column=column, found=_shown(header))
        places[field] = known[_key(column)]
    taken = set(places.values())
    for field, names in _NAMES.items():
        if field in places:
            continue
        place = next((known[name] for name in names if name in known and known[name] not in taken), None)
        if place is not None:
            places[field] = place
            taken.add(place)
    missing = [field for field in REQUIRED if field not in places]
    if len(missing) == len(REQUIRED):
        raise ImportRejected("kb.no_header", path=path.name, found=_shown(header))
    if missing:
        raise ImportRejected("kb.missing_columns", path=path.name, fields=", ".join(missing), found=_shown(header))
    number = next((known[name] for name in _NUMBER_NAMES if name in known), None)
    if number is not None and number != places["id"]:
        places["number"] = number
    return places


def _key(name: str) -> str:
    return re.sub(r"[\s_]+", "", nfc(name)).lower()


def _shown(header: tuple[str, ...]) -> str:
    """Return the header for a sentence, short: a wrong file may have prose there."""
    return ", ".join(name[:20] for name in header[:12] if name) or "-"


def _too_large(cell: str) -> bool:
    return len(cell) * 4 > MAX_CELL_BYTES and len(cell.encode("utf-8", "replace")) > MAX_CELL_BYTES


def _article(cells: dict[str, str]) -> Article:
    text = {name: nfc(cell).replace("\r\n", "\n").replace("\r", "\n").strip() for name, cell in cells.items()}
    line = {name: " ".join(value.split()) for name, value in text.items()}
    keywords = (" ".join(word.split()) for word in _KEYWORD_BREAK.split(text.get("keywords", "")))
    return Article(
        id=line["id"],
        question=line["question"],
        answer=text["answer"],
        category=line.get("category", ""),
        keywords=tuple(dict.fromkeys(word for word in keywords if word)),
        department=line.get("department", ""),
        phone=line.get("phone", ""),
        district=line.get("district", ""),
        updated=iso_date(line.get("updated", "")),
        number=line.get("number", ""),
    )


def iso_date(text: str) -> str:
    """Return the first date in ``text`` as ``YYYY-MM-DD``, or empty text."""
    found = _DATE.search(text)
    if not found:
        return ""
    year, month, day = (int(part) for part in found.groups())
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else ""


def _fault(article: Article, seen: set[str]) -> str:
    if not article.id or len(article.id) > MAX_ID_CHARS:
        return "kb.row_bad_id"
    if article.id in seen:
        return "kb.row_repeated_id"
    if not article.question:
        return "kb.row_empty_question"
    if not article.answer:
        return "kb.row_empty_answer"
    return ""
